"""PDF, Word and RTF files: their text layer, read like a text page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus_tools.articles import cleaning
from corpus_tools.articles.guarded import call
from corpus_tools.articles.readers import LARGEST_RECORD, Item, Record, Source, exports
from corpus_tools.errors import MissingExtra, UnreadableInput

#: Largest file in bytes.
LARGEST = 200_000_000
#: Seconds of CPU time for one file.
_SECONDS = 120.0


def reader(kind: str) -> Callable[[Source], Iterator[Item]]:
    """Return the reader of ``pdf``, ``docx`` or ``rtf`` files."""

    def records(source: Source) -> Iterator[Item]:
        size = source.path.stat().st_size
        if size > LARGEST:
            raise UnreadableInput("too_large", f"{size:,} bytes; such a file may have {LARGEST:,}.")
        _check_installed(kind)
        text = call(f"corpus_tools.articles.readers.documents:{kind}_text", str(source.path), seconds=_SECONDS)
        if not re.search(r"\w", text):
            raise UnreadableInput("no_text", _EMPTY[kind])
        if exports.is_export(text):
            yield from exports.articles(text)
            return
        if len(text) > LARGEST_RECORD:
            raise UnreadableInput("too_large", f"{len(text):,} characters; a page may have {LARGEST_RECORD:,}.")
        yield Record(text, cleaning.canonical(text), page=True)

    return records


_EMPTY = {
    "pdf": "The PDF has no text layer (it may be a scan); run OCR over it and save it again.",
    "docx": "There is no text in the document.",
    "rtf": "There is no text in the document.",
}
_NEEDS = {"pdf": ("pypdf", "pdf"), "docx": ("docx", "office"), "rtf": ("striprtf", "office")}


def _check_installed(kind: str) -> None:
    from importlib.util import find_spec

    module, extra = _NEEDS[kind]
    if find_spec(module) is None:
        raise MissingExtra(extra, f"{kind.upper()} files")


def pdf_text(path: str) -> str:
    """Return the text layer of a PDF, paragraphs apart, words that lines part joined again."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    document = pypdf.PdfReader(path, strict=False)
    if document.is_encrypted and not document.decrypt(""):
        raise UnreadableInput("encrypted", "The PDF needs a password; save it without one.")
    return "\n\n".join(_unwrapped(page.extract_text() or "") for page in document.pages)


def _unwrapped(page: str) -> str:
    """Return a page with its lines joined to paragraphs: a line goes on unless it is short or ends a sentence."""
    lines = [line.strip() for line in page.replace("\r", "\n").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    pieces: list[str] = []
    for line in lines:
        if not line:
            pieces.append("\n\n")
        elif re.search(r"\w[-\u2010\u00ad]$", line) and len(line) > usual * 0.6:
            pieces.append(line[:-1] if line[-2].islower() else line)
        else:
            ends = len(line) < usual * 0.75 or (re.search(r"[.!?][\"'”’)]*$", line) and len(line) < usual * 0.9)
            pieces.append(line + ("\n\n" if ends else " "))
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip()


def docx_text(path: str) -> str:
    """Return the paragraphs and table cells of a Word document, in order."""
    import docx
    from docx.table import Table

    document = docx.Document(path)
    pieces: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            pieces.extend(cell.text for row in block.rows for cell in row.cells)
        else:
            pieces.append(block.text)
    return "\n\n".join(piece.strip() for piece in pieces if piece.strip())


def rtf_text(path: str) -> str:
    """Return the text of an RTF file."""
    from pathlib import Path

    from striprtf.striprtf import rtf_to_text

    to_text: Callable[..., str] = rtf_to_text
    return to_text(Path(path).read_bytes().decode("cp1252", errors="replace"), errors="replace")
