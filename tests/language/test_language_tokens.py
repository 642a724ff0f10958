import unicodedata

import pytest

from corpus_tools.language import TOKEN_SPECIFICATIONS, tokenize, words
from corpus_tools.language._stretches import _SPACES


def analysis(text):
    return [text[start:end] for start, end in tokenize(text)]


def counting(text):
    return [text[start:end] for start, end in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't can't won’t cannot gonna", ["do", "n't", "ca", "n't", "wo", "n’t", "can", "not", "gon", "na"]),
        ("Oda's the Odas' O'Neill's", ["Oda", "'s", "the", "Odas", "'", "O'Neill", "'s"]),
        ("a nine-minute anti-war e-mail", ["a", "nine", "-", "minute", "anti-war", "e-mail"]),
        (
            "5,000 men, 13,14 and 3.5m at 10:30",
            ["5,000", "men", ",", "13", ",", "14", "and", "3.5", "m", "at", "10:30"],
        ),
        (
            "$3.5m US$5 5pm 40km 4G 20th 1990s",
            ["$", "3.5", "m", "US$", "5", "5", "pm", "40", "km", "4G", "20th", "1990s"],
        ),
        ("see www.example.org/a?b=1.", ["see", "www.example.org/a?b=1", "."]),
        ("(http://x.example.com) ann@oda.example", ["(", "http://x.example.com", ")", "ann@oda.example"]),
        ("@ann_oda #bridge :-) report.pdf", ["@ann_oda", "#bridge", ":-)", "report.pdf"]),
        ("Mr. J. Hale of the U.S. left.", ["Mr.", "J.", "Hale", "of", "the", "U.S.", "left", "."]),
        ("They left at 5 p.m.", ["They", "left", "at", "5", "p.m", "."]),
        ("Wait... what?! No -- yes", ["Wait", "...", "what", "?!", "No", "--", "yes"]),
        ("and/or 11/28/2000", ["and", "/", "or", "11/28/2000"]),
        ("its not its fault", ["it", "s", "not", "its", "fault"]),
        ("👩‍👩‍👧 🇬🇧 👍🏽!", ["👩‍👩‍👧", "🇬🇧", "👍🏽", "!"]),
        ("हिन्दी cafe\u0301 naïve", ["हिन्दी", "cafe\u0301", "naïve"]),
    ],
)
def test_analysis_view(text, expected):
    assert analysis(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The people's well-known 'choice' isn’t ours.", ["The", "people's", "well-known", "choice", "isn’t", "ours"]),
        ("1,234.56 3.5% $5m 10:30 U.S. e.g. Ph.D.", ["1,234.56", "3.5", "5m", "10", "30", "U.S", "e.g", "Ph.D"]),
        (
            "See http://x.example.com/a @user #tag a@b.com",
            ["See", "http://x.example.com/a", "@user", "#tag", "a@b.com"],
        ),
        ("anti- -ism — … 👍 *bold* _it_", ["anti", "ism", "bold", "it"]),
        (
            "हिन्दी cafe\u0301 日本語 soft\u00adhyphen zero\u200bwidth",
            ["हिन्दी", "cafe\u0301", "日本語", "soft\u00adhyphen", "zero", "width"],
        ),
    ],
)
def test_counting_view(text, expected):
    assert counting(text) == expected


def test_both_spellings_of_an_accent_give_the_same_words():
    text = "Déjà vu à Orléans, naïve café-goers"
    decomposed = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", word) for word in counting(decomposed)] == counting(text)
    assert [unicodedata.normalize("NFC", token) for token in analysis(decomposed)] == analysis(text)


def test_specifications_name_both_views():
    assert set(TOKEN_SPECIFICATIONS) == {"analysis", "counting"}
    assert all(text.startswith(f"{name}/") for name, text in TOKEN_SPECIFICATIONS.items())


@pytest.mark.parametrize("unit", ["x", "x.", "x-", "a@", "1,", "'", "http://", "_", "\u0301", "\ud800", "x_-.", "ab."])
def test_long_text_without_spaces_is_linear(unit):
    text = unit * (30_000 // len(unit))
    assert all(text[start:end] for start, end in tokenize(text))
    assert all(text[start:end] for start, end in words(text))


def test_keycaps_and_flags_of_regions_are_one_token():
    flag = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    text = f"Press 5️⃣ or #️⃣ for {flag} 3 #news 1️⃣2️⃣"
    forms = [text[start:end] for start, end in tokenize(text)]
    assert forms == ["Press", "5️⃣", "or", "#️⃣", "for", flag, "3", "#news", "1️⃣", "2️⃣"]


def test_white_space_is_what_python_takes_for_it():
    spaces = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    assert sorted(_SPACES) == spaces
    text = "a" + "a".join(spaces) + "a"
    assert [text[start:end] for start, end in tokenize(text)] == ["a"] * (len(spaces) + 1)
