"""WARC files: the pages that a crawler stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus_tools.articles import html
from corpus_tools.articles.readers import LARGEST_RECORD, Broken, Item, Source
from corpus_tools.articles.readers.web import named, traced
from corpus_tools.errors import MissingExtra, UnreadableInput

_PAGES = ("text/html", "application/xhtml+xml")


def records(source: Source) -> Iterator[Item]:
    """Yield the pages among the responses; what is no page (pictures, requests, errors of servers) is passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtra("warc", "WARC files") from error
    number = 0
    with source.path.open("rb") as opened:
        try:
            for found in ArchiveIterator(opened, record_types=WarcRecordType.response, parse_http=True):
                item = _page(found, number + 1)
                if item is not None:
                    number += 1
                    yield item
        except (OSError, ValueError, RuntimeError) as error:
            number += 1
            yield Broken("damaged", f"The file cannot be read on from here: {str(error)[:200]}.", number)
    if number == 0:
        raise UnreadableInput("no_text", "There is no HTML page among the responses in the file.")


def _page(found: Any, number: int) -> Item | None:
    """Return the page of a response; None when it is something else."""
    url, said = found.headers.get("WARC-Target-URI"), found.content_length
    headers = found.http_headers
    if headers is not None and not _is_page(headers.status_code, found.http_content_type):
        return None
    if said > LARGEST_RECORD:
        return Broken("too_large", f"{url}: {said:,} bytes; a page may have {LARGEST_RECORD:,}.", number)
    data = found.reader.read()
    if len(data) < said:
        return Broken("damaged", f"{url}: the file ends in the middle of this page.", number)
    if headers is None:
        return None
    try:
        page = html.record(_decoded(headers, data), url=url, charset=named(found.http_charset), number=number)
        return replace(traced(page), fields={**page.fields, "retrieved": found.headers.get("WARC-Date")})
    except UnreadableInput as error:
        return Broken(error.reason, f"{url}: {error.detail}", number)


def _is_page(status: int | None, kind: str | None) -> bool:
    return (status or 200) < 300 and (kind or _PAGES[0]).lower() in _PAGES


def _decoded(headers: Any, data: bytes) -> bytes:
    """Undo the compression that the server applied."""
    coding = (headers.get("Content-Encoding") or "").lower()
    if "gzip" in coding or "deflate" in coding:
        import zlib

        for bits in (47, -15):
            try:
                return zlib.decompressobj(bits).decompress(data, LARGEST_RECORD)
            except zlib.error:
                continue
    return data
