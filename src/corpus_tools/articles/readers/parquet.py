"""Parquet: one row, one article, read in batches."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tools.articles.readers import LARGEST_RECORD, Broken, Columns, Item, Record, Source, columns
from corpus_tools.errors import UnreadableInput

_BATCH = 256


def records(source: Source) -> Iterator[Item]:
    """Yield the rows of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source.path)
        names = list(file.schema_arrow.names)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableInput(
            "unreadable", f"Not a whole Parquet file: {str(error)[:200]}; export it again."
        ) from error
    with file:
        mapped = columns.mapping(names)
        if "text" not in mapped.values():
            raise UnreadableInput(
                "no_text", f"No column holds the text; there are {', '.join(names[:20])}. Rename that column to 'text'."
            )
        yield Columns(mapped)
        number = 0
        try:
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield _record(row, number)
        except (pa.ArrowException, OSError, ValueError) as error:
            yield Broken("unreadable", f"Rows from here on are damaged: {str(error)[:200]}; export again.", number + 1)


def _record(row: dict[str, object], number: int) -> Item:
    flat = columns.flat(row)
    fields = columns.fields(flat)
    text = fields.pop("text", "")
    if isinstance(text, bytes):
        text = text.decode("utf-8", errors="replace")
    if isinstance(text, list):
        text = "\n\n".join(str(piece) for piece in text)
    if len(str(text)) > LARGEST_RECORD:
        return Broken(
            "too_large", f"The text has {len(str(text)):,} characters; {LARGEST_RECORD:,} are allowed.", number
        )
    return Record(str(text), columns.canonical(row), number, fields)
