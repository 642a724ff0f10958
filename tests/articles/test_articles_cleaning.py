"""Decoding and cleaning."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.articles.cleaning import canonical, clean, decode
from corpus_tools.errors import UnreadableInput

PROSE = "The café in São Tomé closed – “for good”, its owner’s niece said. It cost £5."


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ("cleaning: byte order mark removed",)),
        ("cp1252", ("cleaning: read as cp1252, since it is not UTF-8",)),
        ("utf-16", ("cleaning: read as UTF-16-LE",)),
        ("utf-32", ("cleaning: read as UTF-32-LE",)),
        ("utf-16-le", ("cleaning: read as UTF-16-LE",)),
        ("utf-16-be", ("cleaning: read as UTF-16-BE",)),
    ],
)
def test_encodings(encoding, note):
    decoded = decode(PROSE.encode(encoding))
    assert (decoded.text, decoded.notes) == (PROSE, note)


def test_other_scripts_are_detected():
    text = "Жители города сообщили, что мост через реку закрыт уже третью неделю, а паром не ходит."
    assert decode(text.encode("cp1251")).text == text


def test_stray_byte_in_utf8_does_not_spoil_the_rest():
    assert decode("“It’s late”, he said – ".encode() + b"\x93no\x94").text == "“It’s late”, he said – “no”"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x00\x00\x00", "empty"),
        (bytes(range(32)) * 20, "unsupported"),
        (b"\x00\x00\x00\x01\x00\x00\x00\x02ab" * 50, "unsupported"),
    ],
)
def test_no_text(data, reason):
    with pytest.raises(UnreadableInput) as caught:
        decode(data)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("dirty", "expected", "note"),
    [
        ("Itâ€™s late", "It’s late", "cleaning: mojibake repaired in 1 line"),
        ("A &amp; B &#8211; &bogus; C", "A & B – &bogus; C", "cleaning: HTML entities unescaped"),
        ("a\x00b\x1fc", "abc", "cleaning: 2 control characters removed"),
        ("a\u200bb\u202ec\ufeff", "abc", "cleaning: 3 invisible characters removed"),
        ("soft\u00adly", "softly", "cleaning: 1 invisible character removed"),
        ("cafe\u0301", "café", "cleaning: Unicode normalised to NFC"),
        ("a\ud800b", "a\ufffdb", "cleaning: 1 character could not be decoded"),
    ],
)
def test_repairs_are_told(dirty, expected, note):
    text, notes = clean(dirty)
    assert text == expected
    assert note in notes


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” and ‘single’ – and … stay",
        'Straight "marks" stay',
        "naïve façade, Zoë’s Über-Œuvre",
        "ﬁne ligature, ｆｕｌｌ width",
        "👨‍👩‍👧 and 🏳️‍🌈 and ✈️",
        "می‌خواهم",
        "क्‍ष",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿 flag",
        "A & B; C&A; R&D;",
    ],
)
def test_what_is_whole_stays(text):
    assert clean(text) == (text, ())


def test_joiners_between_latin_letters_go():
    assert clean("pass\u200dword")[0] == "password"


def test_line_ends_and_spaces():
    assert clean("a\r\nb\rc\u2028d\u2029e\x0cf\u00a0g\th")[0] == "a\nb\nc\nd\n\ne\nf g h"


def test_canonical_form_does_not_depend_on_line_ends_or_composition():
    assert canonical("cafe\u0301\r\nb\rc") == canonical("café\nb\nc")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_cleaned_once_and_for_all(text):
    once, _ = clean(text)
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") and character != "\n" for character in once)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        decoded = decode(data)
    except UnreadableInput as error:
        reason = error.reason
    else:
        reason = "" if isinstance(decoded.text, str) else "no text"
    assert reason in ("", "empty", "unsupported")


def test_a_mark_of_utf_8_before_bytes_that_are_not():
    decoded = decode(b"\xef\xbb\xbf" + PROSE.encode() + b" Caf\xe9 Harl.")
    assert decoded.text == f"{PROSE} Café Harl."
    assert decoded.notes == ("cleaning: byte order mark removed", "cleaning: stray bytes read as cp1252")
