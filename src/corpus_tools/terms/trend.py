"""How often terms occur over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._groups import MISSING, PERIODS, Groups, check_period, group, period_name
from corpus_tools.terms._locate import locate
from corpus_tools.terms._types import Integers
from corpus_tools.terms.intervals import MILLION, per_million, wilson
from corpus_tools.terms.queries import Queries, named
from corpus_tools.terms.tokens import Source, Tokens, tokens


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
    periods = _periods(counted, freq)
    frames = [
        _follow(counted, name, locate(articles, counted, queries)[0], periods, groups)
        for name, queries in wanted.items()
    ]
    table = _with_rates(pd.concat(frames, ignore_index=True), groups, confidence)
    table.attrs = {"tokens": counted.describe(), "freq": freq}
    return table


def _with_rates(table: pd.DataFrame, groups: Groups, confidence: float) -> pd.DataFrame:
    low, high = wilson(table["count"], table["tokens"], confidence=confidence)
    names = list(groups.labels.columns)
    table = table.assign(
        per_million=per_million(table["count"], table["tokens"]), low=low * MILLION, high=high * MILLION,
        **{name: groups.labels[name].to_numpy()[table["_group"]] for name in names},
    )  # fmt: skip
    numbers = ["count", "per_million", "low", "high", "documents", "articles", "tokens"]
    return table[["period", "begin", *names, "term", *numbers]].astype(dict.fromkeys(("period", "term", *names), "str"))


def _periods(counted: Tokens, freq: str) -> tuple[pd.DataFrame, Any]:
    """Return the periods, without gaps, and each article's number among them."""
    articles = counted.articles
    if "published" in articles.columns:
        dates = pd.to_datetime(articles["published"])
    else:
        dates = pd.Series(pd.NaT, index=articles.index, dtype="datetime64[s]")
    known = dates.notna().to_numpy()
    ordinals = pd.PeriodIndex(dates[known], freq=PERIODS[freq])
    numbers = np.full(len(articles), -1, dtype=np.int64)
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
