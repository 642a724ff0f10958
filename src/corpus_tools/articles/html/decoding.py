"""Bytes of a page to its text."""

from __future__ import annotations

import codecs
import re

from corpus_tools.articles import cleaning
from corpus_tools.articles.cleaning import Decoded

_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})",
    re.IGNORECASE,
)
_HEAD = 16_384
#: A text that begins so is no binary data.
_PAGE = re.compile(r"\s*<[a-zA-Z!?]")
#: What the standard of the web reads as Windows-1252, and other names that pages use.
_ALIASES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
            "x-sjis": "cp932", "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949",
            "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "windows-874": "cp874", "tis-620": "cp874"}  # fmt: skip


def decode(data: bytes, *, charset: str | None = None) -> Decoded:
    """Return the text of a page, by byte order mark, strict UTF-8, what is declared, detection, and Windows-1252.

    Parameters
    ----------
    data : bytes
        The page.
    charset : str, optional
        What a container or a server declares; it stands before what the page declares itself.

    Raises
    ------
    UnreadableInput
        With reason ``"empty"`` or ``"unsupported"`` when the bytes are no text.

    Examples
    --------
    >>> page = '<meta charset="iso-8859-2"><p>Zażółć</p>'.encode("iso-8859-2")
    >>> decode(page).text[-10:], decode(page).notes
    ('Zażółć</p>', ('cleaning: read as iso8859-2, as the page declares',))
    """
    plain = data.replace(b"\x00", b"") if 0 < data.count(b"\x00", 0, 65_536) < 0.02 * len(data[:65_536]) else data
    if _marked(plain):
        return cleaning.decode(plain)
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        return _foreign(plain, charset)
    return Decoded(text, "utf-8") if _PAGE.match(text) and "\x00" not in text else cleaning.decode(plain)


def _foreign(plain: bytes, charset: str | None) -> Decoded:
    """Return the text of a page that is not UTF-8, as it declares itself, or by detection."""
    if declared := _declared(plain, charset):
        try:
            text = plain.decode(declared)
        except UnicodeDecodeError:
            text = plain.decode(declared, errors="replace")
            if text.count("\ufffd") > 0.005 * len(text):
                return cleaning.decode(plain)
        return Decoded(text, declared, (f"cleaning: read as {declared}, as the page declares",))
    return cleaning.decode(plain)


def _marked(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _declared(data: bytes, charset: str | None) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    inside = (found[1] or found[2]).decode("ascii", "replace") if found else None
    for name in (charset, inside):
        if not name:
            continue
        name = _ALIASES.get(name.strip().lower(), name.strip().lower())
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        if (
            known not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-7")
            and codecs.lookup(name)._is_text_encoding
        ):
            return known
    return None


def looks_html(head: bytes) -> bool:
    """Return whether the first bytes of a file are those of a page.

    Examples
    --------
    >>> looks_html(b"  <!-- saved --><!DOCTYPE html><p>Rain"), looks_html(b"Rain <b>fell</b>")
    (True, False)
    """
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            head = head.decode(name, "ignore").encode()
    start = re.sub(
        rb"<!--.*?(?:-->|$)|<\?xml[^>]*\?>", b"", head.removeprefix(codecs.BOM_UTF8), flags=re.DOTALL
    ).lstrip(b" \t\r\n\x00")
    return (
        re.match(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|h1|p|table)\b", start, re.IGNORECASE)
        is not None
    )
