"""What is known of an event's time and tolls, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

PRECISIONS = ("day", "month", "year", "interval", "until", "from", "undated")


def precision(begin: Any, finish: Any) -> str:
    """Return how closely an event is dated: one of `PRECISIONS`.

    Examples
    --------
    >>> precision(pd.Timestamp("2023-10-01"), pd.Timestamp("2023-10-31")), precision(None, pd.Timestamp("2023-10-31"))
    ('month', 'until')
    """
    if pd.isna(begin) and pd.isna(finish):
        return "undated"
    if pd.isna(begin):
        return "until"
    if pd.isna(finish):
        return "from"
    if begin == finish:
        return "day"
    if begin.day == 1 and (finish + pd.Timedelta(days=1)).day == 1:
        if (begin.year, begin.month) == (finish.year, finish.month):
            return "month"
        if (begin.month, finish.month) == (1, 12) and begin.year == finish.year:
            return "year"
    return "interval"


def when(begin: Any, finish: Any) -> str:
    """Return when something happened, as closely as it is known.

    Examples
    --------
    >>> when(pd.Timestamp("2023-10-07"), pd.Timestamp("2023-10-07")), when(None, None)
    ('7 October 2023', 'undated')
    >>> when(pd.Timestamp("2023-10-03"), pd.Timestamp("2023-10-09")), when(None, pd.Timestamp("2023-10-09"))
    ('between 3 October 2023 and 9 October 2023', 'by 9 October 2023')
    """
    known = precision(begin, finish)
    if known == "undated":
        return "undated"
    if known == "until":
        return f"by {_day(finish)}"
    if known == "from":
        return f"on or after {_day(begin)}"
    if known == "interval":
        return f"between {_day(begin)} and {_day(finish)}"
    return {"day": _day(begin), "month": f"{begin:%B} {begin.year}", "year": str(begin.year)}[known]


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B} {day.year}"


def toll(least: Any, most: Any) -> str:
    """Return a toll as a range, "" when there is none.

    Examples
    --------
    >>> toll(23, 36), toll(80, None), toll(4, 4), toll(None, None)
    ('23–36', '80+', '4', '')
    """
    if pd.isna(least):
        return ""
    if pd.isna(most):
        return f"{int(least)}+"
    return f"{int(least)}" if least == most else f"{int(least)}–{int(most)}"


def headline(event: Mapping[Any, Any]) -> str:
    """Return what happened, in a line: the word that names it, its place, its tolls.

    Examples
    --------
    >>> headline({"kind": "explosion", "predicate": "exploded", "place": "Arlen", "killed_min": 3, "killed_max": 3})
    'exploded, Arlen, 3 killed'
    """
    parts = [str(event[name]) for name in ("predicate", "place") if isinstance(event.get(name), str)]
    if not isinstance(event.get("predicate"), str):
        parts.insert(0, str(event["kind"]).replace("_", " "))
    for name in ("killed", "injured"):
        number = toll(event.get(f"{name}_min"), event.get(f"{name}_max"))
        parts += [f"{number} {name}"] if number else []
    return ", ".join(parts)
