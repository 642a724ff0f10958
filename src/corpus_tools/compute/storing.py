"""Derived tables as Parquet, and back without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus_tools import schema

if TYPE_CHECKING:
    import pyarrow as pa


def to_parquet(table: pd.DataFrame, form: str) -> bytes:
    """Return a derived table as Parquet (zstd).

    Parameters
    ----------
    table : DataFrame
        A table of this form.
    form : str
        Its name in `corpus_tools.schema`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {column.name: column.kind for column in schema.TABLES[form].columns}
    arrays = {str(name): _array(table[name], kinds.get(str(name), "")) for name in table.columns}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(arrays), sink, compression="zstd")
    return bytes(sink.getvalue())


def from_parquet(data: bytes, form: str) -> pd.DataFrame:
    """Return the table that `to_parquet` wrote."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {column.name: column.kind for column in schema.TABLES[form].columns}
    stored = pq.read_table(pa.BufferReader(data))
    nested = [name for name in stored.column_names if kinds.get(name) in ("list", "spans", "hedges")]
    frame = stored.drop_columns(nested).to_pandas() if nested else stored.to_pandas()
    lists = {name: pd.Series(_lists(stored.column(name), kinds[name]), dtype="object") for name in nested}
    joined = frame.assign(**lists)[stored.column_names]
    return schema.TABLES[form].conform(joined)


def _array(values: pd.Series, kind: str) -> pa.Array:
    import pyarrow as pa

    if kind == "spans":
        return pa.array(values.tolist(), pa.list_(pa.list_(pa.int64())))
    if kind == "hedges":
        rows = [[{"start": start, "end": end, "text": text} for start, end, text in row] for row in values]
        fields = [("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())]
        return pa.array(rows, pa.list_(pa.struct(fields)))
    if kind == "list":
        return pa.array(values.tolist(), pa.list_(pa.string()))
    return pa.Array.from_pandas(values)


def _lists(column: Any, kind: str) -> list[Any]:
    found: list[Any] = column.to_pylist()
    if kind == "hedges":
        return [[[hedge["start"], hedge["end"], hedge["text"]] for hedge in row] for row in found]
    return found
