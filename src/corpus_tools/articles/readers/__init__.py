"""Readers: one small function per format, behind one registry.

A reader takes a `Source` and yields, in order, `Record` (an article to be), `Broken` (a record that cannot be read) and
`Columns` (which columns fill which fields). It streams: nothing holds more than one record, or one batch of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus_tools.errors import UnreadableInput

#: Largest page, and largest text cell of a table, in bytes.
LARGEST_RECORD = 10_000_000
#: Largest file of several records, in bytes.
LARGEST_FILE = 20_000_000_000


@dataclass(frozen=True)
class Source:
    """One input file.

    Parameters
    ----------
    path : Path
        Where it is.
    name : str
        Under which path it goes into the tables.
    """

    path: Path
    name: str


@dataclass(frozen=True)
class Record:
    """One article to be.

    Parameters
    ----------
    text : str
        Decoded text: a page with everything on it, or the text cell of a row.
    canonical : str
        What its id is made from.
    number : int or None
        Number of the record in a file of several, from 1.
    fields : mapping
        Values of other cells or of front matter, by field.
    markdown, page : bool
        Whether it is markdown, and whether it is a whole page (with headline) rather than a cell.
    front : str
        Front matter as written, for the boilerplate.
    notes : tuple of str
        What was repaired while decoding.
    within : str
        Of a record from an archive: the name of its file there.
    """

    text: str
    canonical: str
    number: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    markdown: bool = False
    page: bool = False
    front: str = ""
    notes: tuple[str, ...] = ()
    within: str = ""


@dataclass(frozen=True)
class Broken:
    """A record that cannot be read."""

    reason: str
    detail: str
    number: int | None = None
    within: str = ""


@dataclass(frozen=True)
class Columns:
    """Columns of a file, and the fields that they fill (None: not used)."""

    fields: Mapping[str, str | None]


Item = Record | Broken | Columns
Reader = Callable[[Source], Iterator[Item]]

_EXTENSIONS = {
    ".txt": "pages",
    ".text": "pages",
    ".md": "pages",
    ".markdown": "pages",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".jsonl": "jsonlines",
    ".ndjson": "jsonlines",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".html": "web",
    ".htm": "web",
    ".xhtml": "web",
    ".mhtml": "archive",
    ".mht": "archive",
}
_SIGNATURES = (
    (b"%PDF-", "a PDF; save its text as .txt"),
    (b"PK\x03\x04", "a ZIP archive or an Office file; unpack it, or save its text as .txt"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first"),
    (b"BZh", "compressed with bzip2; unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save its text as .txt"),
    (b"{\\rtf", "RTF; save its text as .txt"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


def supported() -> tuple[str, ...]:
    """Return the extensions that are read.

    Examples
    --------
    >>> ".jsonl" in supported()
    True
    """
    return tuple(_EXTENSIONS)


def reader_for(source: Source, head: bytes) -> Reader:
    """Return the reader of a file, by its extension and its first bytes.

    Raises
    ------
    UnreadableInput
        With reason ``"unsupported"`` when there is none; the detail says what to do.
    """
    from corpus_tools.articles import html
    from corpus_tools.articles.readers import delimited, jsonlines, pages, parquet, web

    readers: dict[str, Reader] = {
        "pages": pages.records,
        "delimited": delimited.records,
        "jsonlines": jsonlines.records,
        "parquet": parquet.records,
        "web": web.records,
        "archive": web.archived,
    }
    if head.startswith(b"PAR1"):
        return readers["parquet"]
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableInput("unsupported", f"This is {what}.")
    name = _EXTENSIONS.get(source.path.suffix.lower())
    if web.is_archive(head):
        return readers["archive"]
    if name in (None, "pages", "web", "archive") and html.looks_html(head):
        return readers["web"]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith(b"<?xml") and name != "web":
        raise UnreadableInput("unsupported", "This is XML; save the page as HTML or text, or export CSV or JSON Lines.")
    if name is None:
        raise UnreadableInput(
            "unsupported",
            f"Files ending in {source.path.suffix or 'nothing'} are not read; read are {', '.join(_EXTENSIONS)}.",
        )
    if name == "parquet":
        raise UnreadableInput("unreadable", "The file ends in .parquet but is not Parquet; export it again.")
    return readers[name]
