"""How often terms occur over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery, NoArticles
from corpus_tools.terms._groups import MISSING, PERIODS, Groups, check_period, group, period_name
from corpus_tools.terms._locate import locate
from corpus_tools.terms._types import Integers
from corpus_tools.terms.intervals import MILLION, per_million, wilson
from corpus_tools.terms.queries import Queries, named
from corpus_tools.terms.tokens import Source, Tokens, tokens

_COUNTED = ("count", "documents", "articles", "tokens")
_NUMBERS = ("count", "per_million", "low", "high", "documents", "articles", "tokens")
_SIZES = ("articles", "tokens")


def trend(
    articles: Source,
    terms: Queries,
    *,
    freq: str = "month",
    by: str | Sequence[str] | None = None,
    lowercase: bool = True,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Follow words, phrases or patterns over time.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    terms : str, sequence of str or mapping
        Queries (word, phrase or pattern such as ``flood*``), each counted for itself, or a mapping from a name to the
        queries that are counted together under it.
    freq : {"month", "day", "week", "quarter", "year"}
        Length of the periods.
    by : str or sequence of str, optional
        Groups within each period, as in `frequency`.
    lowercase : bool
        Whether upper and lower case are one.
    confidence : float
        Of the interval.

    Returns
    -------
    DataFrame
        One row for each group, term and period from the first to the last that has articles, in the order of time:
        ``period`` (as text), ``begin`` (its first day), the group's columns, ``term``, ``count``, ``per_million``,
        ``low`` and ``high`` (Wilson interval), ``documents`` (articles with the term), ``articles`` and ``tokens`` in
        that period. A period without articles has a count of 0 and no rate. Articles without a date stand in the
        period ``(missing)``, at the end.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam broke.", "Who owns the dam? The dam!"],
    ...                          "published": pd.to_datetime(["2031-03-02", "2031-05-09"])})
    >>> trend(articles, "dam")[["period", "count", "tokens"]].values.tolist()
    [['2031-03', 1, 3], ['2031-04', 0, 0], ['2031-05', 2, 6]]
    """
    check_period(freq)
    wanted = named(terms)
    if not wanted:
        raise InvalidQuery("There is no term to follow; give at least one.")
    counted = tokens(articles, lowercase=lowercase)
    groups = group(counted.articles, by)
    periods = _periods(_dates(counted.articles), freq)
    frames = [
        _follow(counted, name, locate(articles, counted, queries)[0], periods, groups)
        for name, queries in wanted.items()
    ]
    labels = groups.labels
    table = pd.concat(frames, ignore_index=True)
    table = table.assign(**{name: labels[name].to_numpy()[table["_group"]] for name in labels.columns})
    table = _with_rates(table, list(labels.columns), confidence)
    table.attrs = {"tokens": counted.describe(), "freq": freq}
    return table


def trend_of_parts(parts: Iterable[pd.DataFrame], terms: Queries, **options: Any) -> pd.DataFrame:
    """Follow terms over time in a corpus that is read part by part.

    Parameters
    ----------
    parts : iterable of DataFrame
        Tables of articles, e.g. ``corpus.parts()``; no article may be in two of them.
    terms, **options
        As in `trend`.

    Returns
    -------
    DataFrame
        What `trend` gives for all articles at once.

    Raises
    ------
    NoArticles
        When there are no parts.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam broke.", "Who owns the dam?"],
    ...                          "published": pd.to_datetime(["2031-03-02", "2031-05-09"])})
    >>> found = trend_of_parts([articles.head(1), articles.tail(1)], "dam")
    >>> found.equals(trend(articles, "dam"))
    True
    """
    confidence = options.get("confidence", 0.95)
    return combine_trends((trend(part, terms, **options) for part in parts), confidence=confidence)


def combine_trends(tables: Iterable[pd.DataFrame], *, confidence: float = 0.95) -> pd.DataFrame:
    """Add up tables that `trend` made of different articles with the same options.

    Parameters
    ----------
    tables : iterable of DataFrame
        The tables; sums can be added to others again.
    confidence : float
        Of the intervals.

    Returns
    -------
    DataFrame
        What `trend` gives for all articles at once: periods between those of the parts are filled in.

    Raises
    ------
    InvalidQuery
        When they follow other terms, or were made with other options.
    NoArticles
        When there is no table.
    """
    given = list(tables)
    if not given:
        raise NoArticles("There is no table to combine.")
    first = given[0]
    schema.require(first, "period", "begin", "term", *_NUMBERS)
    followed = first["term"].drop_duplicates().tolist()
    names = [str(name) for name in first.columns if name not in ("period", "begin", "term", *_NUMBERS)]
    specified = [_specified(table) for table in given]
    if any(one != specified[0] for one in specified) or any(
        list(table.columns) != list(first.columns) for table in given
    ):
        raise InvalidQuery(
            "These tables were made with different options; follow the same terms in the same way in each part."
        )
    rows = pd.concat([table for table in given if len(table)] or [first], ignore_index=True)
    if set(rows["term"]) != set(followed) and followed:
        raise InvalidQuery("These tables follow different terms; follow the same in each part.")
    table = _with_rates(_summed(rows, names, str(first.attrs["freq"])), names, confidence)
    sizes = {name: sum(int(one.attrs["tokens"][name]) for one in given) for name in _SIZES}
    table.attrs = {"tokens": {**first.attrs["tokens"], **sizes}, "freq": first.attrs["freq"]}
    return table


def _specified(table: pd.DataFrame) -> tuple[Any, dict[str, Any]]:
    described = table.attrs.get("tokens", {})
    return table.attrs.get("freq"), {name: value for name, value in described.items() if name not in _SIZES}


def _summed(rows: pd.DataFrame, names: list[str], freq: str) -> pd.DataFrame:
    """Return the counts of each term, group and period, also of those in which there is nothing."""
    labels, _ = _periods(rows["begin"], freq)
    keys = ["term", *names, "period"]
    sums = rows.groupby(keys)[list(_COUNTED)].sum()
    groups = group(rows, names or None).labels
    terms = rows["term"].drop_duplicates().tolist()
    shape = len(terms), len(groups), len(labels)
    of_term, of_group, of_period = (numbers.ravel() for numbers in np.indices(shape))
    grid = labels.take(of_period).reset_index(drop=True)
    grid = grid.assign(**{name: groups[name].to_numpy()[of_group] for name in names})
    grid = grid.assign(term=np.asarray(terms, dtype=object)[of_term])
    counted = sums.reindex(pd.MultiIndex.from_frame(grid[keys]), fill_value=0)
    return pd.concat([grid, counted.reset_index(drop=True)], axis=1)


def _with_rates(table: pd.DataFrame, names: list[str], confidence: float) -> pd.DataFrame:
    low, high = wilson(table["count"], table["tokens"], confidence=confidence)
    rates = per_million(table["count"], table["tokens"])
    table = table.assign(per_million=rates, low=low * MILLION, high=high * MILLION)
    return table[["period", "begin", *names, "term", *_NUMBERS]].astype(
        dict.fromkeys(("period", "term", *names), "str")
    )


def _dates(articles: pd.DataFrame) -> pd.Series[Any]:
    if "published" in articles.columns:
        return pd.to_datetime(articles["published"])
    return pd.Series(pd.NaT, index=articles.index, dtype="datetime64[s]")


def _periods(dates: pd.Series[Any], freq: str) -> tuple[pd.DataFrame, Any]:
    """Return the periods, without gaps, and the number of each date's among them."""
    known = dates.notna().to_numpy()
    ordinals = pd.PeriodIndex(dates[known], freq=PERIODS[freq])
    numbers = np.full(len(dates), -1, dtype=np.int64)
    table = pd.DataFrame({"period": [], "begin": []})
    if known.any():
        span = pd.period_range(ordinals.min(), ordinals.max(), freq=PERIODS[freq])
        table = pd.DataFrame({"period": [period_name(one, freq) for one in span], "begin": span.start_time})
        numbers[known] = np.asarray(ordinals.asi8) - int(span.asi8[0])
    if not known.all():
        numbers[~known] = len(table)
        table = pd.concat([table, pd.DataFrame({"period": [MISSING], "begin": [pd.NaT]})], ignore_index=True)
    return table.assign(begin=pd.to_datetime(table["begin"]).astype("datetime64[s]")), numbers


def _follow(
    counted: Tokens, name: str, begins: Integers, periods: tuple[pd.DataFrame, Any], groups: Groups
) -> pd.DataFrame:
    """Count one term in each group and period."""
    labels, period_of = periods
    number_of_groups = len(groups.labels)
    cell_of = groups.codes * len(labels) + period_of
    cells = number_of_groups * len(labels)
    owners = np.searchsorted(counted.offsets, begins, side="right") - 1
    repeated = np.tile(np.arange(len(labels)), number_of_groups)
    return pd.DataFrame(
        {
            "period": labels["period"].to_numpy()[repeated],
            "begin": labels["begin"].to_numpy()[repeated],
            "_group": np.repeat(np.arange(number_of_groups), len(labels)),
            "term": pd.Series([name] * cells, dtype="str"),
            "count": np.bincount(cell_of[owners], minlength=cells),
            "documents": np.bincount(cell_of[np.unique(owners)], minlength=cells),
            "articles": np.bincount(cell_of, minlength=cells),
            "tokens": np.bincount(cell_of, weights=counted.lengths, minlength=cells).astype(np.int64),
        }
    )
