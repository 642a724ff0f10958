"""Newsletters: one letter (EML), or a mailbox of many (MBOX)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from corpus_tools.articles import cleaning
from corpus_tools.articles.readers import LARGEST_RECORD, Broken, Item, Record, Source
from corpus_tools.articles.readers.fragments import text_of
from corpus_tools.errors import UnreadableInput

#: Largest letter in bytes: it may hold pictures.
LARGEST_LETTER = 50_000_000
_HEADERS = (b"from:", b"subject:", b"date:", b"to:", b"received:", b"message-id:", b"return-path:", b"mime-version:")


def records(source: Source) -> Iterator[Item]:
    """Yield the record of one letter."""
    size = source.path.stat().st_size
    if size > LARGEST_LETTER:
        raise UnreadableInput("too_large", f"{size:,} bytes; a letter may have {LARGEST_LETTER:,}.")
    yield _record(source.path.read_bytes(), None)


def boxed(source: Source) -> Iterator[Item]:
    """Yield the letters of a mailbox."""
    for number, data in enumerate(_letters(source), 1):
        if len(data) > LARGEST_LETTER:
            yield Broken("too_large", f"A letter may have {LARGEST_LETTER:,} bytes.", number)
            continue
        try:
            yield _record(data, number)
        except UnreadableInput as error:
            yield Broken(error.reason, error.detail, number)


def _letters(source: Source) -> Iterator[bytes]:
    """Yield the letters as they stand, one in memory at a time; of one too large, only so much that this shows."""
    lines: list[bytes] = []
    size, blank = 0, True
    with source.path.open("rb") as opened:
        while line := opened.readline(1 << 20):
            if blank and line.startswith(b"From ") and lines:
                yield b"".join(lines)
                lines, size = [], 0
            elif not (blank and line.startswith(b"From ")) and size <= LARGEST_LETTER:
                lines.append(line[1:] if line.startswith(b">From ") else line)
                size += len(line)
            blank = not line.strip()
    if lines:
        yield b"".join(lines)


def _record(data: bytes, number: int | None) -> Record:
    message = email.message_from_bytes(data, policy=email.policy.default)
    text = _text(message)
    if not text.strip():
        raise UnreadableInput("no_text", "The letter has neither text nor HTML.")
    name, address = parseaddr(_header(message, "From"))
    fields = {
        "title": _header(message, "Subject"),
        "outlet": name or address.partition("@")[2],
        "published": _day(_header(message, "Date")),
        "url": _header(message, "Archived-At").strip("<> "),
        "source_id": _header(message, "Message-ID").strip("<> "),
    }
    told = cleaning.canonical(f"{_header(message, 'Message-ID')}\n{fields['title']}\n{text}")
    return Record(text, told, number, {key: value for key, value in fields.items() if value})


def _text(message: EmailMessage) -> str:
    """Return the letter's text: the plain part unless it only points to the HTML one."""
    plain = _part(message, "plain")
    html = _part(message, "html")
    if html and len(plain.split()) < 50:
        return text_of(html[:LARGEST_RECORD])
    return plain


def _part(message: EmailMessage, kind: str) -> str:
    try:
        body = message.get_body((kind,))
        payload = body.get_payload(decode=True) if body is not None else None
    except (LookupError, ValueError, AttributeError, KeyError):
        return ""
    if not isinstance(payload, bytes) or body is None:
        return ""
    try:
        return payload.decode(body.get_content_charset() or "utf-8")
    except (LookupError, ValueError):  # An unknown encoding, a wrong one, or a name that is none.
        return cleaning.decode(payload).text


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, AttributeError, IndexError):
        return ""


def _day(written: str) -> str | None:
    try:
        moment: datetime = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return written or None
    return moment.isoformat()


def is_letter(head: bytes) -> bool:
    r"""Return whether the first bytes of a file are a letter's.

    Examples
    --------
    >>> is_letter(b"From: The Harl Post <news@harl.example>\nSubject: Rain\n\nIt rained.")
    True
    >>> is_letter(b"From: here\n\nTo there.")
    False
    """
    top = head.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].lower().split(b"\n")
    named = sum(line.startswith(_HEADERS) for line in top)
    return named >= 2 and all(b":" in line.split(b" ")[0] or line[:1] in (b" ", b"\t") for line in top[:-1] or top)


def is_box(head: bytes) -> bool:
    """Return whether the first bytes of a file are a mailbox's."""
    first, _, rest = head.replace(b"\r\n", b"\n").partition(b"\n")
    return first.startswith(b"From ") and is_letter(rest)
