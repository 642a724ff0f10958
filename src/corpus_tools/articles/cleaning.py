"""Bytes to text, and text to clean text; every repair is told.

Nothing here changes what an article says: quotation marks stay as they are, only damage is repaired (wrong encodings,
control and invisible characters, HTML entities).
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from corpus_tools.articles import _data
from corpus_tools.errors import UnreadableInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
#: Letters that tell a text's language, and characters that are looked at.
_TELLING, _TELLING_SAMPLE = 60, 4_000
_BEYOND = bytes(range(0x80, 0x100))
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_NEWLINES = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_JOINERS = re.compile("[\u200c\u200d]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Mojibake is two characters beyond ASCII in a row, or one that UTF-8 often begins with; looking more closely is slow.
_SUSPECT = re.compile("[^\x00-\x7f]{2}|[\x80-\x9fÂÃâ]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Characters that cp1252 gives in English and western European prose; anything else speaks for another encoding.
_WESTERN = frozenset("‘’“”–—…•€£©®°§·«»„‚½¼¾×™ \u00a0ßŒœŠšŽžŸ" + "".join(map(chr, range(0xC0, 0x100))))


@dataclass(frozen=True)
class Decoded:
    """Text of an input, with what was noticed while decoding it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text that `data` encodes.

    Tried in order: byte order mark, strict UTF-8, UTF-16 without mark, UTF-8 with a few stray bytes, the encoding of
    the language (Polish, Czech, Turkish, Lithuanian ...) that the plain letters show, Windows-1252 where the result
    reads like western prose, detection by charset-normalizer, and Windows-1252 at last.

    Raises
    ------
    UnreadableInput
        With reason ``"empty"`` or ``"unsupported"`` when the bytes are no text.

    Examples
    --------
    >>> decode("Café".encode("cp1252")).notes
    ('cleaning: read as cp1252, since it is not UTF-8',)
    """
    if not data.strip(b" \t\r\n\x00"):
        raise UnreadableInput("empty", f"{len(data)} bytes, and no text in them; nothing was lost.")
    encoding = encoding_of(data)
    if encoding.startswith(("utf-16", "utf-32")):
        text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
        return Decoded(text, encoding, (f"cleaning: read as {encoding.upper()}",))
    if encoding == "utf-8":
        plain = data.removeprefix(codecs.BOM_UTF8)
        notes = ("cleaning: byte order mark removed",) if data.startswith(codecs.BOM_UTF8) else ()
        try:
            return Decoded(plain.decode("utf-8"), encoding, notes)
        except UnicodeDecodeError:  # The mark says UTF-8, and some bytes are not.
            text = plain.decode("utf-8", errors=MIXED)
            return Decoded(text, encoding, (*notes, "cleaning: stray bytes read as cp1252"))
    if encoding == MIXED:
        return Decoded(data.decode("utf-8", errors=MIXED), "utf-8", ("cleaning: stray bytes read as cp1252",))
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, (f"cleaning: read as {encoding}, since it is not UTF-8",))


#: Name of the codec error handler, and what `encoding_of` calls UTF-8 with a few stray cp1252 bytes.
MIXED = "corpus_tools_mixed"


def _stray(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(MIXED, _stray)


def encoding_of(data: bytes) -> str:
    """Return the name of the encoding of `data` (`MIXED` for UTF-8 with a few stray bytes)."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    nuls = data.count(b"\x00", 0, _SAMPLE)
    if nuls > min(len(data), _SAMPLE) // 4:
        return _wide(data)
    if len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", data[:_SAMPLE])) > min(len(data), _SAMPLE) // 10:
        raise UnreadableInput("unsupported", "This is binary data, not text; export it as text, CSV or JSON Lines.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _foreign(data, error.start)
    return "utf-8"


def _wide(data: bytes) -> str:
    head = data[: min(len(data), _SAMPLE)]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > 0.4 * len(head) / 2 and min(even, odd) < 0.1 * len(head) / 2:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise UnreadableInput("unsupported", "This is binary data, not text; export it as text, CSV or JSON Lines.")


def _foreign(data: bytes, first: int) -> str:
    """Choose among the encodings that are left when strict UTF-8 fails at byte `first`."""
    sample = data if len(data) <= _SAMPLE else data[max(0, first - _SAMPLE // 2) : first + _SAMPLE // 2]
    forced = sample.decode("utf-8", errors="surrogateescape")
    strays = len(re.findall("[\udc80-\udcff]", forced))
    if len(forced) - len(forced.encode("ascii", "ignore")) >= 2 * strays:
        return MIXED
    if regional := _regional(sample):
        return regional
    if _reads_western(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding != "ascii" else "cp1252"


def _regional(sample: bytes) -> str | None:
    """Return the encoding of a text in Latin letters whose language, told by its plain letters, is not western."""
    plain = re.sub(rb"[\x80-\xff]", b" ", sample).decode("ascii")
    letters = sum(map(str.isalpha, plain))
    if letters < _TELLING or letters < 3 * (len(sample) - len(sample.translate(None, _BEYOND))):
        return None
    import py3langid

    code = str(py3langid.classify(plain[:_TELLING_SAMPLE])[0])
    windows, iso = next(
        ((first, second) for name, first, second in _data.rows("encodings.tsv") if name == code), ("", "")
    )
    encoding = windows if re.search(rb"[\x80-\x9f]", sample) else iso
    try:
        return encoding if encoding and sample.decode(encoding) else None
    except UnicodeDecodeError:
        return None


def _reads_western(sample: bytes) -> bool:
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    special = [character for character in text if ord(character) > 127]
    letters = sum(character.isalpha() and ord(character) < 128 for character in text)
    # Capital accented letters inside words are what Cyrillic, Greek or Czech bytes look like in cp1252.
    odd = re.findall("(?<=[a-z])[À-Þ](?=[a-z])|[À-ÿ]{3,}", text)
    return letters >= 3 * len(special) and not odd and all(character in _WESTERN for character in special)


def canonical(text: str) -> str:
    r"""Return the form of a decoded text that ids are made from: newlines as ``\n``, Unicode NFC."""
    plain = _SURROGATES.sub("\ufffd", re.sub("\r\n?", "\n", text))
    return unicodedata.normalize("NFC", plain)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Repair damage in a decoded text.

    Parameters
    ----------
    text : str
        Any text; lines are kept as lines.

    Returns
    -------
    (str, tuple of str)
        The text in Unicode NFC with ``\n`` as newline, and one note (``cleaning: ...``) for each kind of repair.

    Examples
    --------
    >>> clean("He\u200b said itâ€™s late")
    ('He said it’s late', ('cleaning: mojibake repaired in 1 line', 'cleaning: 1 invisible character removed'))
    """
    notes: list[str] = []
    text = _SURROGATES.sub("\ufffd", text)
    text, count = _mojibake(text)
    if count:
        notes.append(f"cleaning: mojibake repaired in {_several(count, 'line')}")
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
    if plain != text:
        notes.append("cleaning: HTML entities unescaped")
        text = plain
    text = _NEWLINES.sub("\n", text).replace("\u2029", "\n\n")
    text, count = _CONTROLS.subn("", text)
    if count:
        notes.append(f"cleaning: {_several(count, 'control character')} removed")
    text, count = _invisible(text)
    if count:
        notes.append(f"cleaning: {_several(count, 'invisible character')} removed")
    text = _SPACES.sub(" ", text)
    if "\ufffd" in text:
        notes.append(f"cleaning: {_several(text.count(chr(0xFFFD)), 'character')} could not be decoded")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        notes.append("cleaning: Unicode normalised to NFC")
    return text, tuple(notes)


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _mojibake(text: str) -> tuple[str, int]:
    if not _SUSPECT.search(text):
        return text, 0
    import ftfy

    lines = text.split("\n")
    count = 0
    for index, line in enumerate(lines):
        if _SUSPECT.search(line):
            repaired = ftfy.fix_text(line, _configuration()) if len(line) < 1_000_000 else line
            if repaired != line:
                lines[index] = repaired
                count += 1
    return "\n".join(lines), count


def _configuration() -> Any:
    """Return the settings of ftfy that repair mojibake and leave everything else (quotes, ligatures ...) alone."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )


def _invisible(text: str) -> tuple[str, int]:
    text, count = _INVISIBLE.subn("", text)
    if "\u200c" in text or "\u200d" in text:
        before = len(text)
        text = _JOINERS.sub(lambda found: found[0] if _joins(text, found.start()) else "", text)
        count += before - len(text)
    if _TAGS.search(text):
        before = len(text)
        # A flag such as Scotland's is a black flag with tags behind it; elsewhere tags only hide text.
        text = re.sub(
            "(\U0001f3f4[\U000e0020-\U000e007f]+)|[\U000e0000-\U000e007f]", lambda found: found[1] or "", text
        )
        count += before - len(text)
    return text, count


def _joins(text: str, index: int) -> bool:
    """Return whether the joiner at `index` stands where a script or an emoji needs it."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if not before or not after:
        return False
    if before in "\ufe0f\u20e3" or unicodedata.category(before) in ("So", "Sk"):
        return unicodedata.category(after) in ("So", "Sk", "Sm")
    letters = unicodedata.category(before)[0] in "LM" and unicodedata.category(after)[0] in "LM"
    return letters and ord(before) >= 0x0600 and not 0x1E00 <= ord(before) < 0x2C00
