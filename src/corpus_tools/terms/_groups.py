"""Articles in groups: by outlet, by time, by any column; what has no value stands in a group of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._types import Integers

#: Name of the group of articles without an outlet, a date, ...
MISSING = "(missing)"

#: Lengths of time and the pandas period that they are.
PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True)
class Groups:
    """Groups of articles.

    Parameters
    ----------
    labels : DataFrame
        One row for each group: its values, sorted, missing ones last.
    codes : array of int64
        Number of each article's group.
    """

    labels: pd.DataFrame
    codes: Integers


def group(articles: pd.DataFrame, by: str | Sequence[str] | None) -> Groups:
    """Return the groups that the columns or lengths of time in `by` make; one group when it is None."""
    names = [] if by is None else [by] if isinstance(by, str) else list(by)
    if not names:
        return Groups(pd.DataFrame(index=range(1)), np.zeros(len(articles), dtype=np.int64))
    labels, numbers = zip(*(_numbered(label(articles, name)) for name in names), strict=True)
    together = np.ravel_multi_index(numbers, [max(len(values), 1) for values in labels])
    distinct, codes = np.unique(together, return_inverse=True)
    places = np.unravel_index(distinct, [max(len(values), 1) for values in labels])
    columns = {name: values[place] for name, values, place in zip(names, labels, places, strict=True)}
    return Groups(pd.DataFrame(columns, dtype="str"), codes.astype(np.int64))


def _numbered(values: pd.Series[Any]) -> tuple[Any, Integers]:
    """Return the distinct values in order, the missing ones last, and each value's place among them."""
    codes, distinct = pd.factorize(values)
    names = np.asarray(distinct, dtype=object)
    order = np.array(
        sorted(range(len(names)), key=lambda place: (names[place] == MISSING, names[place])), dtype=np.int64
    )
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return names[order], places[codes]


def label(articles: pd.DataFrame, name: str) -> pd.Series[Any]:
    """Return each article's group in one respect, as text."""
    if name in PERIODS and name not in articles.columns:
        return periods(articles, name)
    if name not in articles.columns:
        if name == "outlet":
            return pd.Series([MISSING] * len(articles), index=articles.index, dtype="str")
        columns = ", ".join(map(str, articles.columns))
        raise InvalidQuery(f"Articles cannot be grouped by {name!r}; give one of {', '.join(PERIODS)}, {columns}.")
    column = articles[name]
    if column.dtype == object and column.map(lambda value: isinstance(value, list)).any():
        raise InvalidQuery(f"Column {name} holds lists, so an article has no single {name}; group by another column.")
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    text = column.astype("str")
    return text.where(column.notna() & (text != ""), MISSING)


def periods(articles: pd.DataFrame, length: str) -> pd.Series[Any]:
    """Return each article's period of publication: 2026-03-14, 2026-W11, 2026-03, 2026-Q1 or 2026."""
    if "published" not in articles.columns:
        return pd.Series([MISSING] * len(articles), index=articles.index, dtype="str")
    published = pd.to_datetime(articles["published"])
    codes, distinct = pd.factorize(published.dt.to_period(PERIODS[length]))
    names = [*(period_name(period, length) for period in distinct), MISSING]
    # Articles without a date have the code -1, which is the last name.
    return pd.Series([names[code] for code in codes.tolist()], index=articles.index, dtype="str")


def period_name(period: Any, length: str) -> str:
    """Return a period's name, which sorts in the order of time.

    Examples
    --------
    >>> period_name(pd.Period("2026-03-14", "W-SUN"), "week")
    '2026-W11'
    >>> period_name(pd.Period("2026-03-14", "Q"), "quarter")
    '2026-Q1'
    """
    if length == "week":
        year, week, _ = period.start_time.isocalendar()
        return f"{year}-W{week:02d}"
    patterns = {"day": "%Y-%m-%d", "month": "%Y-%m", "quarter": "%Y-Q%q", "year": "%Y"}
    return str(period.strftime(patterns[length]))


def check_period(length: str) -> None:
    """Raise `InvalidQuery` unless `length` is a known length of time."""
    if length not in PERIODS:
        raise InvalidQuery(f"There is no period {length!r}; give one of {', '.join(PERIODS)}.")
