"""HTML pages: from the bytes of one page to one article.

>>> page = b"<html lang=en><title>Rain floods Millbeck</title><h1>Rain floods Millbeck</h1><article>" + b"".join(
...     b"<p>The river rose by %d feet on Tuesday, the mayor said, and the lower town was under water.</p>" % feet
...     for feet in range(3, 9)) + b"</article>"
>>> found = article(page, url="https://harl.example/2016/08/02/rain.html")
>>> found["title"], found["published"].isoformat(), found["text"].count("river")
('Rain floods Millbeck', '2016-08-02T00:00:00', 6)
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np

from corpus_tools._collector import uncollected
from corpus_tools.articles.html.decoding import decode, looks_html
from corpus_tools.articles.html.guards import suspicious
from corpus_tools.articles.html.offsets import locate
from corpus_tools.articles.html.repeated import Furniture, furniture
from corpus_tools.articles.readers import Record
from corpus_tools.articles.rules import Rules
from corpus_tools.errors import UnreadableInput

__all__ = ["article", "furniture", "locate", "looks_html", "record"]

_SAVED = re.compile(
    r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)"
)


def record(
    data: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    number: int | None = None,
    furniture: Furniture | None = None,
) -> Record:
    """Return the record of one page, for readers of pages and of containers that hold pages.

    Parameters
    ----------
    data : bytes
        The page as it was served or saved.
    url : str, optional
        Its address, where the container tells it.
    charset : str, optional
        Its encoding, where the container declares it.
    number : int, optional
        Its number in the container, from 1.
    furniture : mapping, optional
        What the pages of its site have in common (`furniture`): it is no text.

    Raises
    ------
    UnreadableInput
        When it is no page, has no article in it, or cannot be parsed within the limits.

    Examples
    --------
    >>> lines = "".join(f"<p>It rained for {days} days in Harl, and nobody minded it.</p>" for days in range(2, 9))
    >>> record(f"<title>Rain</title><h1>Rain</h1>{lines}".encode()).fields["title"]
    'Rain'
    """
    if not data.strip(b" \t\r\n\x00"):
        raise UnreadableInput("empty", f"{len(data)} bytes, and no text in them; nothing was lost.")
    guarded = suspicious(data)
    decoded = decode(data, charset=charset)
    saved = _SAVED.search(decoded.text[:5_000])
    address = url or ((saved[1] or saved[2]) if saved else None)
    if guarded:
        from corpus_tools.articles.guarded import call

        common = {site: sorted(prints) for site, prints in (furniture or {}).items()}
        found = call("corpus_tools.articles.html:parts", decoded.text, address, common)
    else:
        with uncollected():
            found = parts(decoded.text, address, furniture)
    if not found["paragraphs"]:
        detail = (
            "No article was found on the page; it may be a list, a stub behind a paywall, or be filled in by scripts."
        )
        raise UnreadableInput("no_text", detail)
    return Record(
        text="\n\n".join(found["paragraphs"]),
        canonical=_canonical(decoded.text),
        number=number,
        fields={name: value for name, value in found["fields"].items() if value},
        front="\n".join(found["furniture"]),
        notes=(*decoded.notes, *found["notes"]),
    )


def _canonical(text: str) -> str:
    r"""Return a page with ``\n`` as newline, in Unicode NFC."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if _is_plain(text) else unicodedata.normalize("NFC", text)


def _is_plain(text: str) -> bool:
    """Return whether a text is in NFC, told from its bytes alone: Latin letters, and signs such as quotation marks."""
    data = np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    wide = np.flatnonzero(data >= 0xCC)  # Smaller ones begin characters below U+0300.
    if not len(wide):
        return True
    return bool((data[wide] == 0xE2).all() and (data[wide + 1] == 0x80).all() and (data[wide + 2] >= 0x90).all())


def parts(text: str, url: str | None = None, furniture: Furniture | None = None) -> dict[str, Any]:
    """Return what `extract.extract` finds on a page, as values that JSON can hold.

    Examples
    --------
    >>> parts("<title>Rain</title><p>It rained.</p>")["fields"]["title"]
    'Rain'
    """
    from corpus_tools.articles.html.extract import extract

    found = extract(text, url=url, furniture=furniture)
    published = found.published
    written = None
    if published is not None:
        written = (
            published.written if published.value is None else _iso(published.value, published.offset, published.timed)
        )
    return {
        "paragraphs": list(found.paragraphs),
        "fields": {
            "title": found.title,
            "authors": list(found.authors),
            "outlet": found.outlet,
            "published": written,
            "url": found.url,
            "language": found.language,
            "themes": list(found.themes),
            "regions": list(found.regions),
            "original_outlet": next(iter(found.origins), None),
        },
        "furniture": list(found.furniture),
        "notes": list(found.notes),
    }


def _iso(value: Any, offset: int | None, timed: bool) -> str:
    from datetime import timedelta

    if not timed:
        return str(value.date().isoformat())
    if offset is None:
        return str(value.isoformat())
    sign, minutes = "+" if offset >= 0 else "-", abs(offset)
    return f"{(value + timedelta(minutes=offset)).isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"


def article(
    data: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    rules: Rules | None = None,
    furniture: Furniture | None = None,
    name: str = "page.html",
) -> dict[str, Any]:
    """Return the row of the articles table that one page gives (`corpus_tools.schema.ARTICLES`).

    Parameters
    ----------
    data, url, charset, furniture
        As for `record`.
    rules : Rules, optional
        Rules of outlets beyond those that ship.
    name : str
        What goes into ``source_path``.

    Raises
    ------
    UnreadableInput
        When it is no page, has no article in it, or cannot be parsed within the limits: reason and detail are those of
        the row of ``rejected`` that the page becomes.
    """
    import hashlib

    from corpus_tools.articles.rows import row

    return row(
        record(data, url=url, charset=charset, furniture=furniture),
        rules=rules or Rules(),
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
    )
