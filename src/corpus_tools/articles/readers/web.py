"""Saved web pages: HTML files, and MHTML archives of one page."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace

from corpus_tools.articles import html
from corpus_tools.articles.readers import Item, Record, Source
from corpus_tools.errors import UnreadableInput

#: Largest MHTML file in bytes: it holds the page's pictures, too.
LARGEST_ARCHIVE = 100_000_000
_LARGEST = 10_500_000


def records(source: Source) -> Iterator[Item]:
    """Yield the one record of an HTML file."""
    size = source.path.stat().st_size
    if size > _LARGEST:
        raise UnreadableInput("too_large", f"{size:,} bytes; a page may have {_LARGEST:,}.")
    yield traced(html.record(source.path.read_bytes(), furniture=source.common))


def archived(source: Source) -> Iterator[Item]:
    """Yield the record of the page in an MHTML file."""
    size = source.path.stat().st_size
    if size > LARGEST_ARCHIVE:
        raise UnreadableInput("too_large", f"{size:,} bytes; an MHTML file may have {LARGEST_ARCHIVE:,}.")
    data, url, charset = page_of(source.path.read_bytes())
    yield traced(html.record(data, url=url, charset=charset, furniture=source.common))


def page_of(data: bytes) -> tuple[bytes, str | None, str | None]:
    """Return page, address and declared encoding of an MHTML file.

    Raises
    ------
    UnreadableInput
        With reason ``"unreadable"`` when there is no page in it.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                address = (
                    part.get("Content-Location")
                    or message.get("Snapshot-Content-Location")
                    or message.get("Content-Location")
                )
                url = str(address) if address and str(address).startswith("http") else None
                return payload, url, named(part.get_content_charset())
    raise UnreadableInput("unreadable", "There is no HTML part in the MHTML file; save the page again.")


def traced(page: Record) -> Record:
    """Return the record of a page with the page that it was taken from."""
    return replace(page, raw=page.canonical, markup=True)


def named(charset: str | None) -> str | None:
    """Return a declared encoding when it can be the name of one."""
    return charset if charset and charset.isascii() and charset.isprintable() else None


def is_archive(head: bytes) -> bool:
    r"""Return whether the first bytes of a file are those of an MHTML file.

    Examples
    --------
    >>> is_archive(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n")
    True
    """
    top = head.split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0].lower()
    return b"multipart/related" in top and b"content-type:" in top and not top.lstrip().startswith(b"<")
