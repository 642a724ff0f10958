"""Excel and OpenDocument sheets: one row, one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus_tools.articles.readers import LARGEST_RECORD, Broken, Columns, Item, Record, Source, columns
from corpus_tools.errors import MissingExtra, UnreadableInput


def records(source: Source) -> Iterator[Item]:
    """Yield the rows of every sheet that has a header with a column for the text."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise MissingExtra("office", "Excel files") from error
    try:
        book = CalamineWorkbook.from_path(str(source.path))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableInput("unreadable", f"Not a whole workbook: {str(error)[:200]}; save it again.") from error
    number, mapped, seen = 0, False, []
    for name, sheet in sheets.items():
        rows = sheet.iter_rows()
        header = _header(next(rows, []))
        fields = columns.mapping(header)
        if "text" not in fields.values():
            seen.append(f"{name}: {', '.join(header[:10]) or 'empty'}")
            continue
        mapped = True
        yield Columns(fields)
        for row in rows:
            if any(cell not in ("", None) for cell in row):
                number += 1
                yield _record(dict(zip(header, row, strict=False)), number)
    if not mapped:
        raise UnreadableInput(
            "no_text", f"No sheet has a column for the text ({'; '.join(seen)[:300]}). Name it 'text'."
        )


def _header(row: list[Any]) -> list[str]:
    names: list[str] = []
    for place, cell in enumerate(row, 1):
        name = str(cell).strip() or f"column {place}"
        names.append(name if name not in names else f"{name} ({place})")
    return names


def _record(cells: dict[str, Any], number: int) -> Item:
    plain = {name: _plain(value) for name, value in cells.items()}
    fields = columns.fields(plain)
    text = str(fields.pop("text", ""))
    if len(text) > LARGEST_RECORD:
        return Broken("too_large", f"The text has {len(text):,} characters.", number)
    return Record(text, columns.canonical(plain), number, fields)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
