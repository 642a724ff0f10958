"""How far a rate, or keyness, rests on single articles: articles drawn anew, with replacement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery, NoArticles
from corpus_tools.terms._groups import Groups, group
from corpus_tools.terms.intervals import MILLION, per_million, wilson
from corpus_tools.terms.matrix import DocumentTermMatrix, as_matrix
from corpus_tools.terms.tokens import Source

COLUMNS = (
    "term", "count", "reference_count", "per_million", "reference_per_million", "documents", "reference_documents",
    "log_ratio", "low", "high", "same_sign", "articles", "reference_articles", "tokens", "reference_tokens",
)  # fmt: skip

#: Draws that are held in memory at once, times articles.
_AT_ONCE = 4_000_000


def keyness_bootstrap(
    target: Source | DocumentTermMatrix,
    reference: Source | DocumentTermMatrix,
    terms: Sequence[str],
    *,
    resamples: int = 1000,
    floor: float = 0.5,
    confidence: float = 0.95,
    seed: int = 0,
    **options: Any,
) -> pd.DataFrame:
    """Draw articles anew and see how the log ratio of terms varies (Lijffijt et al. 2016).

    A word that stands twenty times in one article is that article's word, not the corpus'. The usual interval takes
    its occurrences for independent; this one takes articles for independent, so it is wide for such a word.

    Parameters
    ----------
    target, reference : DataFrame, Tokens or DocumentTermMatrix
        The corpora.
    terms : sequence of str
        The terms, e.g. the first of `keyness`.
    resamples : int
        How often to draw.
    floor : float
        Stands for a count of 0, as in `keyness`.
    confidence : float
        Of the interval (percentiles).
    seed : int
        Of the random numbers: the same seed gives the same table.
    **options
        What is counted, as in `corpus_tools.terms.document_term_matrix`.

    Returns
    -------
    DataFrame
        One row for each term: ``term``, ``count``, ``reference_count``, ``per_million``, ``reference_per_million``,
        ``documents``, ``reference_documents``, ``log_ratio``, ``low``, ``high``, ``same_sign`` (share of draws with a
        difference in the same direction), ``articles``, ``reference_articles``, ``tokens``, ``reference_tokens``.

    Examples
    --------
    >>> target = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["dam dam dam dam", "river and road"]})
    >>> reference = pd.DataFrame({"article_id": ["b1", "b2"], "text": ["river and sea", "the dam and road"]})
    >>> row = keyness_bootstrap(target, reference, ["dam"]).iloc[0]
    >>> bool(row["low"] < 0 < row["log_ratio"])
    True
    """
    _check(resamples, confidence)
    if floor <= 0:
        raise InvalidQuery("floor must be above 0.")
    sides = [as_matrix(source, **options) for source in (target, reference)]
    if not all(int(side.totals.sum()) for side in sides):
        raise NoArticles("Both corpora need at least one word; check what was selected.")
    chance = np.random.default_rng(seed)
    counts = [_columns(side, terms) for side in sides]
    drawn = [_draw(chance, block, side.totals, resamples) for side, block in zip(sides, counts, strict=True)]
    whole = [
        (block.sum(axis=0)[None], np.array([[side.totals.sum()]])) for side, block in zip(sides, counts, strict=True)
    ]
    ratios, middle = _ratio(*drawn[0], *drawn[1], floor), _ratio(*whole[0], *whole[1], floor)[0]
    low, high = _percentiles(ratios, confidence)
    table = pd.DataFrame({"term": pd.Series(list(terms), dtype="str")})
    for prefix, side, block in zip(("", "reference_"), sides, counts, strict=True):
        table[f"{prefix}count"], table[f"{prefix}documents"] = block.sum(axis=0), (block > 0).sum(axis=0)
        table[f"{prefix}per_million"] = per_million(table[f"{prefix}count"], int(side.totals.sum()))
        table[f"{prefix}articles"], table[f"{prefix}tokens"] = len(side.articles), int(side.totals.sum())
    same = (np.sign(ratios) == np.sign(middle)).mean(axis=0)
    table = table.assign(log_ratio=middle, low=low, high=high, same_sign=same)[list(COLUMNS)]
    table.attrs = {"tokens": sides[0].describe(), "reference_tokens": sides[1].describe(), "resamples": resamples}
    return table


def frequency_bootstrap(
    articles: Source | DocumentTermMatrix,
    terms: Sequence[str],
    *,
    by: str | Sequence[str] | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
    **options: Any,
) -> pd.DataFrame:
    """Draw articles anew and see how the rates of terms vary: the interval that bursts of words do not narrow.

    Parameters
    ----------
    articles : DataFrame, Tokens or DocumentTermMatrix
        The corpus.
    terms : sequence of str
        The terms, e.g. the first of `frequency`.
    by : str or sequence of str, optional
        Groups, as in `frequency`; articles are drawn within each.
    resamples, confidence, seed
        As in `keyness_bootstrap`.
    **options
        What is counted, as in `corpus_tools.terms.document_term_matrix`.

    Returns
    -------
    DataFrame
        One row for each group and term: the group's columns, ``term``, ``count``, ``per_million``, ``low`` and ``high``
        (percentiles of the draws; missing for a group of one article, which says nothing of others), ``wilson_low``
        and ``wilson_high`` (were words independent), ``documents``, ``articles``, ``tokens``. `plots.term_frequencies`
        draws it.

    Examples
    --------
    >>> texts = ["dam dam dam dam", "the sea", "a road", "the sun"]
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "text": texts})
    >>> row = frequency_bootstrap(articles, ["dam"]).iloc[0]
    >>> bool(row["low"] < row["wilson_low"] < row["per_million"] < row["wilson_high"] < row["high"])
    True
    """
    _check(resamples, confidence)
    matrix = as_matrix(articles, **options)
    groups = group(matrix.articles, by)
    block = _columns(matrix, terms)
    frames = []
    for number in range(len(groups.labels)):
        members = np.flatnonzero(groups.codes == number)
        chance = np.random.default_rng(seed)
        frame = _rates(chance, block[members], matrix.totals[members], resamples, confidence)
        labels = groups.labels.iloc[[number] * len(terms)].reset_index(drop=True)
        frames.append(pd.concat([labels, frame.assign(term=pd.Series(list(terms), dtype="str"))], axis=1))
    columns = [
        "term",
        "count",
        "per_million",
        "low",
        "high",
        "wilson_low",
        "wilson_high",
        "documents",
        "articles",
        "tokens",
    ]
    names = list(groups.labels.columns)
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*names, *columns])
    table = table[[*names, *columns]]
    table.attrs = {"tokens": matrix.describe(), "resamples": resamples}
    return table


def _rates(chance: np.random.Generator, block: Any, totals: Any, resamples: int, confidence: float) -> pd.DataFrame:
    count, words = block.sum(axis=0), int(totals.sum())
    low, high = wilson(count, words, confidence=confidence)
    missing = np.full(block.shape[1], np.nan)
    drawn = (missing, missing)
    if len(block) > 1 and words:
        counts, sizes = _draw(chance, block, totals, resamples)
        drawn = _percentiles(counts / sizes, confidence)
    return pd.DataFrame(
        {
            "count": count,
            "per_million": per_million(count, words),
            "low": drawn[0] * MILLION,
            "high": drawn[1] * MILLION,
            "wilson_low": low * MILLION,
            "wilson_high": high * MILLION,
            "documents": (block > 0).sum(axis=0),
            "articles": len(block),
            "tokens": words,
        }
    )


def rates_of_draws(
    matrix: DocumentTermMatrix, groups: Groups, cells: tuple[Any, Any], resamples: int, confidence: float, seed: int
) -> tuple[Any, Any]:
    """Return the interval of the rate of terms in groups (`cells`: numbers of groups in order, of terms)."""
    _check(resamples, confidence)
    of_group, of_term = cells
    bounds = np.full((2, len(of_group)), np.nan)
    edges = np.searchsorted(of_group, np.arange(len(groups.labels) + 1))
    for number in range(len(groups.labels)):
        members = np.flatnonzero(groups.codes == number)
        totals = matrix.totals[members]
        if len(members) < 2 or not totals.sum():
            continue
        # The same draws for all terms of a group.
        times = np.concatenate(list(_times(np.random.default_rng(seed), len(members), resamples)))
        words = np.maximum(times @ totals, 1)
        counts = matrix.counts[members].astype(np.int64)
        step = max(_AT_ONCE // resamples, 1)
        for first in range(edges[number], edges[number + 1], step):
            here = slice(first, min(first + step, edges[number + 1]))
            drawn = (counts[:, of_term[here]].T @ times.T).T / words[:, None]
            bounds[:, here] = _percentiles(drawn, confidence)
    return bounds[0], bounds[1]


def _check(resamples: int, confidence: float) -> None:
    if resamples < 1 or not 0 < confidence < 1:
        raise InvalidQuery("resamples must be 1 or more, and confidence between 0 and 1.")


def _percentiles(drawn: Any, confidence: float) -> tuple[Any, Any]:
    edge = (1 - confidence) / 2
    low, high = np.quantile(drawn, [edge, 1 - edge], axis=0) if drawn.size else (drawn[0], drawn[0])
    return low, high


def _columns(side: DocumentTermMatrix, terms: Sequence[str]) -> Any:
    """Return the counts of `terms`, articles by terms."""
    import pyarrow as pa
    import pyarrow.compute as pc

    places = pc.index_in(pa.array(list(terms), type=pa.large_string()), value_set=side.terms).to_pylist()
    known = [place for place in places if place is not None]
    block = np.zeros((len(side.articles), len(terms)), dtype=np.int64)
    if known:
        block[:, [place is not None for place in places]] = side.counts[:, known].toarray()
    return block


def _draw(chance: np.random.Generator, block: Any, totals: Any, resamples: int) -> tuple[Any, Any]:
    """Return the counts of terms and of all words in each draw of as many articles."""
    parts = [(times @ block, (times @ totals)[:, None]) for times in _times(chance, len(block), resamples)]
    counts, words = (np.concatenate(values) for values in zip(*parts, strict=True))
    return counts, np.maximum(words, 1)


def _times(chance: np.random.Generator, size: int, resamples: int) -> Iterator[Any]:
    """Yield how often each article is drawn, some draws at a time."""
    step = max(_AT_ONCE // size, 1)
    for first in range(0, resamples, step):
        number = min(step, resamples - first)
        drawn = chance.integers(0, size, (number, size)) + np.arange(number)[:, None] * size
        yield np.bincount(drawn.ravel(), minlength=number * size).reshape(number, size)


def _ratio(a: Any, c: Any, b: Any, d: Any, floor: float) -> Any:
    return np.log2((np.where(a == 0, floor, a) / c) / (np.where(b == 0, floor, b) / d))
