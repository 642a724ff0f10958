"""Counts of parts of a corpus, put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery, NoArticles
from corpus_tools.terms._groups import MISSING
from corpus_tools.terms.frequency import COLUMNS, frequency
from corpus_tools.terms.intervals import MILLION, per_million, wilson
from corpus_tools.terms.matrix import check_min_count


def frequency_of_parts(parts: Iterable[pd.DataFrame], *, min_count: int = 1, **options: Any) -> pd.DataFrame:
    """Count a corpus part by part, so that it need not fit into memory.

    Parameters
    ----------
    parts : iterable of DataFrame
        Tables of articles, e.g. ``corpus.parts()``; no article may be in two of them.
    min_count : int
        Fewest occurrences in all parts together.
    **options
        As in `corpus_tools.terms.frequency`.

    Returns
    -------
    DataFrame
        What `corpus_tools.terms.frequency` gives for all articles at once.

    Notes
    -----
    Tables are combined in pairs of like size, so each count is added only as often as the number of parts has binary
    digits.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam broke.", "The dam held."]})
    >>> frequency_of_parts([articles.head(1), articles.tail(1)])[["term", "count", "documents"]].head(1).values.tolist()
    [['dam', 2, 2]]
    """
    check_min_count(min_count)
    waiting: list[tuple[int, pd.DataFrame]] = []
    for part in parts:
        level, table = 0, frequency(part, **options)
        while waiting and waiting[-1][0] == level:
            table = combine_frequencies([waiting.pop()[1], table])
            level += 1
        waiting.append((level, table))
    if not waiting:
        raise NoArticles("The corpus has no parts to count.")
    table = combine_frequencies([table for _, table in waiting])
    kept = table.groupby("term")["count"].transform("sum") >= min_count
    attrs = table.attrs
    table = table[kept].reset_index(drop=True)
    table.attrs = attrs
    return table


def combine_frequencies(tables: Iterable[pd.DataFrame], *, confidence: float = 0.95) -> pd.DataFrame:
    """Add up tables that `corpus_tools.terms.frequency` made of different articles with the same options.

    Parameters
    ----------
    tables : iterable of DataFrame
        The tables, made with ``min_count=1``: what was left out of one cannot be added up.
    confidence : float
        Of the intervals.

    Returns
    -------
    DataFrame
        One table of the same form.

    Raises
    ------
    InvalidQuery
        When they have different groups, or count different things as terms.
    """
    given = list(tables)
    if not given:
        raise NoArticles("There is no table to combine.")
    for table in given:
        schema.require(table, *COLUMNS)
    groups = [str(name) for name in given[0].columns if name not in COLUMNS]
    options = [{name: value for name, value in _described(table).items() if name not in _SIZES} for table in given]
    if any(list(table.columns) != list(given[0].columns) for table in given) or any(
        one != options[0] for one in options
    ):
        raise InvalidQuery("These tables were counted with different options; count all with the same.")
    sizes = {name: sum(int(_described(table).get(name, 0)) for table in given) for name in _SIZES}
    counts = (
        pd.concat(given).groupby([*groups, "term", "size"], as_index=False, sort=False)[["count", "documents"]].sum()
    )
    if groups:
        each = pd.concat([table.drop_duplicates(groups) for table in given])
        counts = counts.merge(each.groupby(groups, as_index=False)[list(_SIZES)].sum(), on=groups)
    else:
        counts = counts.assign(**sizes)
    low, high = wilson(counts["count"], counts["tokens"], confidence=confidence)
    counts = counts.assign(
        per_million=per_million(counts["count"], counts["tokens"]), low=low * MILLION, high=high * MILLION
    )
    missing = {f"{name}?": counts[name] == MISSING for name in groups}
    order = [key for name in groups for key in (f"{name}?", name)]
    table = counts.assign(**missing).sort_values(
        [*order, "count", "size", "term"], ascending=[*[True] * len(order), False, True, True], kind="stable"
    )
    table = table[[*groups, *COLUMNS]].reset_index(drop=True)
    table.attrs["tokens"] = {**options[0], **sizes}
    return table


_SIZES = ("articles", "tokens")


def _described(table: pd.DataFrame) -> dict[str, Any]:
    return dict(table.attrs.get("tokens", {}))
