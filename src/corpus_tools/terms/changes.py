"""When the use of a term changed, and when it came in bursts: from the table that `trend` gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.schema import require
from corpus_tools.terms import _segmentation as segmentation
from corpus_tools.terms.intervals import MILLION, per_million, wilson

_COUNTS = ("count", "documents", "articles", "tokens")
#: Columns of `trend` that are no groups.
_OWN = {"period", "begin", "term", "per_million", "low", "high", *_COUNTS}
STRETCHES = (
    "term", "first", "last", "begin", "finish", "periods", *_COUNTS, "per_million", "low", "high", "share", "change",
    "ratio", "p",
)  # fmt: skip
BURSTS = (
    "term", "level", "first", "last", "begin", "finish", "periods", *_COUNTS, "per_million", "share", "weight",
)  # fmt: skip


def change_points(
    trend: pd.DataFrame,
    *,
    unit: str = "documents",
    level: float = 0.05,
    simulations: int = 999,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Divide time into stretches in which the rate of a term is the same for all that can be told.

    Parameters
    ----------
    trend : DataFrame
        What `corpus_tools.terms.trend` gives. Articles without a date, and periods without articles, do not count.
    unit : {"documents", "count"}
        Whether articles with the term among all articles are compared, or its occurrences among all words. Words come
        in bursts within an article, so occurrences find changes that one talkative article made.
    level : float
        Largest `p` of a change that is kept.
    simulations : int
        How many random divisions the test draws.
    confidence : float
        Of the interval of the rate.
    seed : int
        Of the random numbers: the same seed gives the same table.

    Returns
    -------
    DataFrame
        One row for each group, term and stretch, in the order of time: the group's columns, ``term``, ``first`` and
        ``last`` (periods), ``begin`` and ``finish`` (their first days), ``periods``, ``count``, ``documents``,
        ``articles``, ``tokens``, ``per_million``, ``low``, ``high``, ``share`` (of articles with the term), and of the
        change at its beginning, all missing for the first, ``change`` (``rise`` or ``fall``), ``ratio`` (of the rate to
        that before) and ``p``.

    Notes
    -----
    Dynamic programming finds the division with the highest likelihood (binomial, or Poisson by number of words) less a
    penalty of the logarithm of the number of periods for each rate and each place (Jackson et al. 2005). Each change
    must then pass a test that is exact for small counts: given how often the term stands in both stretches together,
    chance would divide it among their periods like a draw without replacement (like dice for occurrences); `p` is the
    share of such draws whose best division is as marked. The least sure change goes first, until all pass.

    References
    ----------
    Jackson, B. et al. (2005). An algorithm for optimal partitioning of data on an interval. IEEE Signal Processing
    Letters 12. Worsley, K. J. (1983). The power of likelihood ratio and cumulative sum tests for a change in a binomial
    probability. Biometrika 70.

    Examples
    --------
    >>> from corpus_tools.terms import trend
    >>> days = pd.date_range("2031-03-01", periods=40)
    >>> texts = ["calm sea"] * 20 + ["high water"] * 20
    >>> articles = pd.DataFrame({"article_id": [str(day) for day in days], "text": texts, "published": days})
    >>> change_points(trend(articles, "water", freq="day"))[["first", "share", "change"]].values.tolist()
    [['2031-03-01', 0.0, nan], ['2031-03-21', 1.0, 'rise']]
    """
    if unit not in ("documents", "count"):
        raise InvalidQuery(f"unit is 'documents' or 'count', not {unit!r}.")
    if not 0 < level <= 1 or simulations < 1:
        raise InvalidQuery("level must be above 0 and at most 1, simulations 1 or more.")
    rows: list[dict[str, Any]] = []
    for series in _series(trend):
        hits, exposure = (series.columns[name] for name in _unit(unit))
        bounds, p = segmentation.stretches(
            hits, exposure, binomial=unit == "documents", level=level, simulations=simulations, seed=seed
        )
        rows += _stretches(series, bounds, p, unit)
    groups = _groups(trend)
    table = _typed(rows, [*groups, *STRETCHES], text=(*groups, "term", "first", "last", "change"))
    low, high = wilson(table["count"], table["tokens"], confidence=confidence)
    table = table.assign(
        per_million=per_million(table["count"], table["tokens"]), low=low * MILLION, high=high * MILLION
    )
    table.attrs = {**trend.attrs, "unit": unit, "level": level}
    return table


def bursts(trend: pd.DataFrame, *, ratio: float = 2.0, gamma: float = 1.0, levels: int = 3) -> pd.DataFrame:
    """Find stretches of time in which many more articles than usual have a term.

    Parameters
    ----------
    trend : DataFrame
        What `corpus_tools.terms.trend` gives.
    ratio : float
        How many times more frequent than one level below a term is on the next.
    gamma : float
        Reluctance to go to a higher level: more of it finds fewer bursts.
    levels : int
        Most levels above the usual one.

    Returns
    -------
    DataFrame
        One row for each burst, in the order of time; within a burst those of higher level: the group's columns,
        ``term``, ``level``, ``first`` and ``last`` (periods), ``begin`` and ``finish`` (their first days), ``periods``,
        ``count``, ``documents``, ``articles``, ``tokens``, ``per_million``, ``share`` (of articles) and ``weight`` (how
        much better this level explains the articles than the level below, in natural logarithms of likelihood).

    References
    ----------
    Kleinberg, J. (2003). Bursty and hierarchical structure in streams. Data Mining and Knowledge Discovery 7 (section
    4: streams in batches).

    Examples
    --------
    >>> from corpus_tools.terms import trend
    >>> days = pd.date_range("2031-03-01", periods=40)
    >>> texts = ["calm sea"] * 20 + ["high water"] * 6 + ["calm sea"] * 14
    >>> articles = pd.DataFrame({"article_id": [str(day) for day in days], "text": texts, "published": days})
    >>> bursts(trend(articles, "water", freq="day"), levels=1)[["first", "last", "documents"]].values.tolist()
    [['2031-03-21', '2031-03-26', 6]]
    """
    if ratio <= 1 or gamma < 0 or levels < 1:
        raise InvalidQuery("ratio must be above 1, gamma 0 or more, and levels 1 or more.")
    rows: list[dict[str, Any]] = []
    for series in _series(trend):
        hits, articles = (series.columns[name] for name in ("documents", "articles"))
        for found in segmentation.bursts(hits, articles, ratio=ratio, gamma=gamma, levels=levels):
            span = _span(series, found.first, found.last + 1)
            share = span["documents"] / span["articles"]
            rows.append({**series.labels, **span, "share": share, "level": found.level, "weight": found.weight})
    groups = _groups(trend)
    table = _typed(rows, [*groups, *BURSTS], text=(*groups, "term", "first", "last"))
    table = table.assign(per_million=per_million(table["count"], table["tokens"]))
    table.attrs = {**trend.attrs, "ratio": ratio, "gamma": gamma}
    return table


class _Series(NamedTuple):
    """One term in one group: what names it, and its periods with articles in the order of time."""

    labels: dict[str, Any]
    rows: pd.DataFrame
    columns: dict[str, Any]


def _groups(trend: pd.DataFrame) -> list[str]:
    return [str(name) for name in trend.columns if name not in _OWN]


def _unit(unit: str) -> tuple[str, str]:
    return ("documents", "articles") if unit == "documents" else ("count", "tokens")


def _series(trend: pd.DataFrame) -> Iterator[_Series]:
    require(trend, "period", "begin", "term", *_COUNTS)
    names = [*_groups(trend), "term"]
    dated = trend[trend["begin"].notna() & (trend["tokens"] > 0)]
    for key, rows in dated.groupby(names, sort=False):
        ordered = rows.sort_values("begin", kind="stable")
        columns = {name: ordered[name].to_numpy() for name in ("period", "begin", *_COUNTS)}
        yield _Series(dict(zip(names, key, strict=True)), ordered, columns)


def _span(series: _Series, first: int, end: int) -> dict[str, Any]:
    """Return what the periods from `first` up to `end` are together."""
    columns = series.columns
    return {
        "first": columns["period"][first],
        "last": columns["period"][end - 1],
        "begin": columns["begin"][first],
        "finish": columns["begin"][end - 1],
        "periods": end - first,
        **{name: int(columns[name][first:end].sum()) for name in _COUNTS},
    }


def _stretches(series: _Series, bounds: list[int], p: list[float], unit: str) -> list[dict[str, Any]]:
    hits, exposure = _unit(unit)
    rows: list[dict[str, Any]] = []
    for first, end, chance in zip(bounds, [*bounds[1:], len(series.rows)], [np.nan, *p], strict=True):
        row = {**series.labels, **_span(series, first, end)}
        rate = row[hits] / row[exposure]
        change: dict[str, Any] = {"change": None, "ratio": np.nan}
        if rows:
            before = rows[-1][hits] / rows[-1][exposure]
            change = {"change": "rise" if rate > before else "fall", "ratio": rate / before if before else np.inf}
        rows.append({**row, **change, "share": row["documents"] / row["articles"], "p": chance})
    return rows


def _typed(rows: list[dict[str, Any]], columns: list[str], *, text: tuple[str, ...]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns)
    types = {**dict.fromkeys(columns, "float64"), **dict.fromkeys(text, "str")}
    types |= dict.fromkeys(("begin", "finish"), "datetime64[s]")
    types |= dict.fromkeys(({"level", "periods", *_COUNTS} & set(columns)), "int64")
    return table.astype(types)
