"""What is new, gone or different in a report since it was made before: its tables compared, row by row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus_tools.reports import cells, tables

#: Rows by the words that name them, and what else stands there; tables by caption.
Tables = Mapping[str, Mapping[str, tuple[str, ...]]]

#: Most rows that are named; of more, the number is said.
_NAMED = 4
_MOST_LINES = 12


def tables_in(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the tables of an executed notebook in a file; none where there is no such file."""
    try:
        return tables_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def tables_of(notebook: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the tables of an executed notebook: by caption, rows by the texts that name them."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get(tables.MIMETYPE)
            if isinstance(data, dict) and data.get("caption"):
                found[str(data["caption"])] = _rows(data["columns"])
    return found


def between(before: Tables, after: Tables) -> list[str]:
    """Return what differs, in a line for each table and kind of difference.

    Examples
    --------
    >>> between({"Terms": {"ferry": ("7",), "quay": ("2",)}}, {"Terms": {"ferry": ("9",), "mine": ("4",)}})
    ['Terms: new: mine', 'Terms: gone: quay', 'Terms: different: ferry (7 → 9)']
    """
    lines = []
    for caption, rows in after.items():
        earlier = before.get(caption)
        if earlier is None:
            continue
        new = [name for name in rows if name not in earlier]
        gone = [name for name in earlier if name not in rows]
        moved = [
            f"{name} ({_moved(earlier[name], rows[name])})" for name in rows if _moved(earlier.get(name), rows[name])
        ]
        for said, names in (("new", new), ("gone", gone), ("different", moved)):
            if names:
                more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
                lines.append(f"{caption}: {said}: {'; '.join(names[:_NAMED])}{more}")
    return lines[:_MOST_LINES]


def _moved(before: tuple[str, ...] | None, after: tuple[str, ...]) -> str:
    if before is None or len(before) != len(after):
        return ""
    return ", ".join(f"{old} → {new}" for old, new in zip(before, after, strict=True) if old != new)


def _rows(columns: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the rows of a table by the texts in its first columns that are neither number nor date."""
    columns = list(columns)
    names = [column for column in columns if column["kind"] not in ("number", "date")][:2] or columns[:1]
    others = [column for column in columns if column["kind"] in ("number", "date") and column not in names]
    seen: Counter[str] = Counter()
    rows = {}
    for row in range(len(columns[0]["cells"]) if columns else 0):
        name = cells.clean(", ".join(str(column["cells"][row]) for column in names), longest=80)
        seen[name] += 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        rows[name + again] = tuple(str(column["cells"][row]) for column in others)
    return rows
