"""JSON Lines: one object a line, one article each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from corpus_tools.articles.readers import LARGEST_RECORD, Broken, Columns, Item, Record, Source, columns
from corpus_tools.articles.readers.delimited import text_of


def records(source: Source) -> Iterator[Item]:
    """Yield the objects of a file, one a line."""
    opened, notes = text_of(source)
    seen: dict[str, str | None] = {}
    with opened:
        number = 0
        while line := opened.readline(LARGEST_RECORD):
            if not line.endswith("\n") and len(line) >= LARGEST_RECORD:
                number += 1
                _skip(opened)
                yield Broken("too_large", f"The line has more than {LARGEST_RECORD:,} characters.", number)
                continue
            line = line.removeprefix("\ufeff").strip().replace("\x00", "")
            if not line:
                continue
            number += 1
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Broken("broken_row", f"Not JSON: {str(error)[:200]}; write one object a line.", number)
                continue
            if not isinstance(row, Mapping):
                yield Broken("broken_row", "The line holds no JSON object ({...}); write one object a line.", number)
                continue
            flat = columns.flat(row)
            seen |= {name: field for name, field in columns.mapping(flat).items() if name not in seen}
            yield record(row, flat, number, notes)
    if seen:
        yield Columns(seen)


def record(row: Mapping[str, object], flat: Mapping[str, object], number: int, notes: tuple[str, ...]) -> Item:
    """Return the record of one object, or why it is none; `flat` is the object without its first level of nesting."""
    fields = columns.fields(flat)
    text = fields.pop("text", "")
    if not isinstance(text, str):
        if not isinstance(text, list):
            return Broken("no_text", "The text is neither text nor a list of paragraphs.", number)
        text = "\n\n".join(str(piece) for piece in text)
    if "text" not in columns.mapping(flat).values():
        return Broken(
            "no_text",
            f"No field holds the text; there are {', '.join(list(flat)[:20])}. Name the field 'text'.",
            number,
        )
    return Record(text, columns.canonical(row), number, fields, notes=notes)


def _skip(opened: object) -> None:
    readline = opened.readline  # type: ignore[attr-defined]
    while True:
        piece = readline(LARGEST_RECORD)
        if not piece or piece.endswith("\n"):
            return
