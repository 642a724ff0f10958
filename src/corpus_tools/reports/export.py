"""Tables written to files that other programs open: CSV that no spreadsheet executes, Parquet, JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_tools.errors import InvalidQuery

if TYPE_CHECKING:
    import pandas as pd

# A spreadsheet takes a cell that starts with one of these for a formula (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: Endings that `save` understands.
SUFFIXES = (".csv", ".parquet", ".jsonl")


def save(table: pd.DataFrame, path: str | Path) -> Path:
    """Write `table` to a file of the kind that its ending names.

    In CSV, lists are joined with ``; `` (spans are written as JSON), dates read YYYY-MM-DD (with the time, where there
    is one), and a text that a spreadsheet would take for a formula gets an apostrophe in front.

    Parameters
    ----------
    table : DataFrame
        Any table.
    path : str or Path
        Ends in ``.csv``, ``.parquet`` or ``.jsonl``.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InvalidQuery
        When the ending is another.

    Examples
    --------
    >>> import pandas as pd, tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = save(pd.DataFrame({"title": ["=1+1"], "authors": [["A", "B"]]}), pathlib.Path(folder) / "a.csv")
    ...     print(file.read_text(encoding="utf-8-sig"), end="")
    title,authors
    '=1+1,A; B
    """
    file = Path(path)
    check_suffix(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".csv":
        # With a byte order mark, Excel reads it as UTF-8, too.
        _flat(table).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")
    elif file.suffix == ".parquet":
        _nested(table).to_parquet(file, index=False)
    else:
        _nested(table).to_json(file, orient="records", lines=True, date_format="iso", date_unit="s", force_ascii=False)
    return file


def check_suffix(path: str | Path) -> None:
    """Raise `InvalidQuery` unless `save` can write a file of this name."""
    if Path(path).suffix not in SUFFIXES:
        raise InvalidQuery(f"{Path(path).name} should end in one of {', '.join(SUFFIXES)}.")


def safe(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula.

    Examples
    --------
    >>> safe("=HYPERLINK(1)"), safe("plain")
    ("'=HYPERLINK(1)", 'plain')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    from pandas.api import types

    flat = table.copy()
    for name in flat.columns:
        if types.is_datetime64_any_dtype(flat[name].dtype):
            days = flat[name].dt.strftime("%Y-%m-%d")
            times = flat[name].dt.strftime("%Y-%m-%dT%H:%M:%S")
            flat[name] = days.where(flat[name] == flat[name].dt.normalize(), times)
        elif types.is_object_dtype(flat[name].dtype) or types.is_string_dtype(flat[name].dtype):
            flat[name] = [_cell(value) for value in flat[name]]
    return flat.rename(columns=lambda name: safe(str(name)))


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, (list, tuple)):
        if all(isinstance(item, str) for item in value):
            return safe("; ".join(value))
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def _nested(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with what Parquet cannot hold (lists that mix numbers and words) as JSON."""
    nested = table.copy()
    for name in nested.columns:
        if any(_mixed(value) for value in nested[name] if isinstance(value, (list, tuple))):
            nested[name] = [json.dumps(value, ensure_ascii=False, default=str) for value in nested[name]]
    return nested


def _mixed(value: Any) -> bool:
    return any(isinstance(item, (list, tuple)) and len({type(part) for part in item}) > 1 for item in value)
