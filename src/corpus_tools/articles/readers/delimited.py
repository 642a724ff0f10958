"""CSV and TSV: one row, one article."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from corpus_tools.articles import cleaning
from corpus_tools.articles.readers import LARGEST_RECORD, Broken, Columns, Item, Record, Source, columns
from corpus_tools.errors import UnreadableInput

_SAMPLE = 262_144
_CHUNK = 1_048_576


def records(source: Source) -> Iterator[Item]:
    """Yield the rows of a table with a header line."""
    csv.field_size_limit(LARGEST_RECORD)
    opened, notes = text_of(source)
    with opened:
        lines = _Lines(opened)
        first = next(lines, "")
        lines.again([first] if first else [])
        rows = csv.reader(lines, delimiter=_delimiter(source, first), strict=True)
        header = _header(rows)
        mapped = columns.mapping(header)
        if "text" not in mapped.values():
            raise UnreadableInput(
                "no_text",
                f"No column holds the text; there are {', '.join(header[:20])}. Rename that column to 'text'.",
            )
        yield Columns(mapped)
        number = 0
        while True:
            lines.taken.clear()
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                yield Broken("broken_row", f"Near line {lines.count}: {error}; repair the row and read again.", number)
                lines.recover(len(header), rows.dialect.delimiter)
                continue
            if any(cell.strip() for cell in row):
                number += 1
                yield _record(row, header, number, notes)
                if len(row) != len(header):
                    lines.recover(len(header), rows.dialect.delimiter)


class _Lines:
    """Lines of a file, the last of which can be read again after a broken row."""

    def __init__(self, opened: io.TextIOWrapper) -> None:
        self._opened = opened
        self._again: list[str] = []
        self._recovered = 0
        self.taken: list[str] = []
        self.count = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._again:
            line = self._again.pop()
        else:
            line = self._opened.readline(LARGEST_RECORD + 1)
            if len(line) > LARGEST_RECORD:
                raise UnreadableInput(
                    "too_large", f"Line {self.count + 1} is longer than {LARGEST_RECORD:,} characters; split the file."
                )
            if not line:
                raise StopIteration
            line = (line.removeprefix("\ufeff") if not self.count else line).replace("\x00", "")
            self.count += 1
        self.taken.append(line)
        return line

    def again(self, lines: list[str]) -> None:
        """Give `lines` once more."""
        self._again.extend(reversed(lines))

    def recover(self, cells: int, delimiter: str) -> None:
        """Find, among the lines that a broken row swallowed, the first at which a whole row begins."""
        taken, size = self.taken, sum(map(len, self.taken))
        self._recovered += size
        if len(taken) < 2 or self._recovered > 10 * LARGEST_RECORD:
            return
        for start in range(1, min(len(taken), 200)):
            try:
                row = next(csv.reader(taken[start : start + 500], delimiter=delimiter, strict=True), [])
            except csv.Error:
                continue
            if len(row) == cells:
                self.again(taken[start:])
                return


def _record(row: list[str], header: list[str], number: int, notes: tuple[str, ...]) -> Item:
    if len(row) != len(header):
        return Broken(
            "broken_row",
            f"{len(row)} cells where the header has {len(header)}; quote cells that hold delimiters.",
            number,
        )
    cells = dict(zip(header, row, strict=True))
    fields = columns.fields(cells)
    text = fields.pop("text", "")
    return Record(text, columns.canonical(cells), number, fields, notes=notes)


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = [cell.strip() for cell in next(rows)]
    except StopIteration:
        raise UnreadableInput("empty", "The file has no rows.") from None
    except csv.Error as error:
        raise UnreadableInput("broken_row", f"The header line cannot be read: {error}.") from error
    seen: dict[str, int] = {}
    for index, name in enumerate(header):
        name = name or f"column {index + 1}"
        seen[name] = seen.get(name, 0) + 1
        header[index] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return header


def _delimiter(source: Source, header: str) -> str:
    if source.path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    counts = {mark: header.count(mark) for mark in ",;\t|"}
    return max(counts, key=lambda mark: (counts[mark], mark == ","))


def encoding_of(source: Source) -> tuple[str, tuple[str, ...]]:
    """Return the encoding of a file of several records, and a note about it; reads it once, in pieces."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.path.open("rb") as opened:
        head = opened.read(_SAMPLE)
        if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
            raise UnreadableInput("empty", f"{len(head)} bytes, and no text in them; nothing was lost.")
        encoding = "utf-8" if _cut(head) else cleaning.encoding_of(head)
        if encoding != "utf-8":
            return encoding, (f"cleaning: read as {_shown(encoding)}",)
        piece = head
        while piece:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                found = cleaning.encoding_of(piece[max(0, error.start - _SAMPLE // 2) :][:_SAMPLE].lstrip(_TRAILS))
                return (found, (f"cleaning: read as {_shown(found)}",)) if found != "utf-8" else (cleaning.MIXED, ())
            piece = opened.read(_CHUNK)
    return "utf-8", ()


_TRAILS = bytes(range(0x80, 0xC0))


def _cut(head: bytes) -> bool:
    """Return whether `head` is UTF-8 up to a character that the sample cuts."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return b"\x00" not in head[:1000] and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _shown(encoding: str) -> str:
    return "UTF-8 with stray bytes as cp1252" if encoding == cleaning.MIXED else encoding


def _errors(encoding: str) -> str:
    return cleaning.MIXED if encoding == cleaning.MIXED else "replace"


def text_of(source: Source) -> tuple[io.TextIOWrapper, tuple[str, ...]]:
    """Return the file opened as text, and notes about its encoding."""
    encoding, notes = encoding_of(source)
    name = "utf-8" if encoding == cleaning.MIXED else encoding
    return source.path.open(encoding=name, errors=_errors(encoding), newline=""), notes
