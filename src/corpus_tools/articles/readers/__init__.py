"""Readers: one small function per format, behind one registry.

A reader takes a `Source` and yields, in order, `Record` (an article to be), `Broken` (a record that cannot be read) and
`Columns` (which columns fill which fields). It streams: nothing holds more than one record, or one batch of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    common : mapping
        What pages of one site have in common, by site: fingerprints of blocks that are no text.
    """

    path: Path
    name: str
    common: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)


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
    raw : str
        The decoded text that the record was taken from, where that is more than `text`.
    markup : bool
        Whether `raw` is HTML.
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
    raw: str = ""
    markup: bool = False


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
    ".json": "jsonfiles",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".html": "web",
    ".htm": "web",
    ".xhtml": "web",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".warc": "warc",
    ".rss": "feeds",
    ".atom": "feeds",
    ".eml": "letter",
    ".mbox": "boxed",
    ".pdf": "pdf",
    ".docx": "docx",
    ".rtf": "rtf",
    ".xlsx": "sheets",
    ".xls": "sheets",
    ".ods": "sheets",
    ".zip": "zipped",
    ".tar": "tarred",
    ".tgz": "compressed",
    ".gz": "compressed",
    ".bz2": "compressed",
    ".xz": "compressed",
}
#: What the first bytes of a file say it is, whatever its name.
_SIGNATURES = (
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "warc"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ\x00", "compressed"),
)
_REFUSED = (
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
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
    """Return the reader of a file: by its first bytes, and where these say nothing, by its extension.

    Raises
    ------
    UnreadableInput
        With reason ``"unsupported"`` when there is none; the detail says what to do.
    """
    for signature, what in _REFUSED:
        if head.startswith(signature):
            raise UnreadableInput("unsupported", f"This is {what}.")
    extension = _EXTENSIONS.get(source.path.suffix.lower())
    name = _by_content(source, head, extension) or extension
    if name is None:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
        if start.startswith(b"<?xml"):
            raise UnreadableInput("unsupported", "This is XML, but no page or feed; export CSV or JSON Lines.")
        raise UnreadableInput(
            "unsupported",
            f"Files ending in {source.path.suffix or 'nothing'} are not read; read are {', '.join(_EXTENSIONS)}.",
        )
    if name in _BINARY and extension == name and _by_content(source, head, None) != name:
        raise UnreadableInput(
            "unreadable", f"The file ends in {source.path.suffix} but is something else; export it again."
        )
    return _reader(name)


_BINARY = ("parquet", "pdf", "docx", "sheets", "zipped", "compressed")


def _by_content(source: Source, head: bytes, extension: str | None) -> str | None:
    """Return what the first bytes say; None when they say nothing that the extension does not say better."""
    from corpus_tools.articles import html
    from corpus_tools.articles.readers import feeds, mail, web

    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return "warc" if name == "compressed" and ".warc" in source.name.lower() else name
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _office(source)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "sheets"
    if head[257:262] == b"ustar":
        return "tarred"
    if web.is_archive(head):
        return "mhtml"
    if extension not in (None, "pages", "web", "mhtml", "feeds"):
        return None
    if extension is None and (mail.is_box(head) or mail.is_letter(head)):
        return "boxed" if mail.is_box(head) else "letter"
    return "feeds" if feeds.is_feed(head) else "web" if html.looks_html(head) else None


def _office(source: Source) -> str:
    """Return what a ZIP file is: a document, a workbook, or an archive."""
    import zipfile

    try:
        with zipfile.ZipFile(source.path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return "zipped"
    if "word/document.xml" in names:
        return "docx"
    return "sheets" if {"xl/workbook.xml", "xl/workbook.bin"} & names or "content.xml" in names else "zipped"


def _reader(name: str) -> Reader:
    from corpus_tools.articles.readers import (
        archives,
        delimited,
        documents,
        feeds,
        jsonfiles,
        jsonlines,
        mail,
        pages,
        parquet,
        sheets,
        warc,
        web,
    )  # fmt: skip

    readers: dict[str, Reader] = {
        "pages": pages.records,
        "delimited": delimited.records,
        "jsonlines": jsonlines.records,
        "jsonfiles": jsonfiles.records,
        "parquet": parquet.records,
        "sheets": sheets.records,
        "web": web.records,
        "mhtml": web.archived,
        "warc": warc.records,
        "feeds": feeds.records,
        "letter": mail.records,
        "boxed": mail.boxed,
        "pdf": documents.reader("pdf"),
        "docx": documents.reader("docx"),
        "rtf": documents.reader("rtf"),
        "zipped": archives.zipped,
        "tarred": archives.tarred,
        "compressed": archives.compressed,
    }
    return readers[name]
