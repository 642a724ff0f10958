"""How the vocabulary grows with the corpus (Heaps), and how frequency falls with rank (Zipf)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._groups import group
from corpus_tools.terms._types import Integers
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.matrix import DocumentTermMatrix, as_matrix
from corpus_tools.terms.tokens import Source, tokens


def vocabulary_growth(
    articles: Source,
    *,
    by: str | Sequence[str] | None = None,
    points: int = 50,
    lowercase: bool = True,
    stemming: str | None = None,
) -> pd.DataFrame:
    """Count the distinct words met so far while the articles are read in their order.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles; sort them by date for growth over time.
    by : str or sequence of str, optional
        Groups, each read for itself, as in `frequency`.
    points : int
        How many places of the curve, evenly spaced.
    lowercase, stemming
        See `corpus_tools.terms.tokens`.

    Returns
    -------
    DataFrame
        One row for each group and place: the group's columns, ``tokens`` (read so far), ``types`` (distinct words),
        ``hapaxes`` (met once), ``expected`` (types by Heaps' law), ``heaps_k`` and ``heaps_beta`` of the fit
        ``types = k tokens ** beta`` (least squares of the logarithms; missing below three places) and ``new_per_1000``
        (new words expected in the next thousand).

    References
    ----------
    Heaps, H. S. (1978). Information retrieval, 7.5. Herdan, G. (1960). Type-token mathematics.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["the dam broke", "the dam held"]})
    >>> vocabulary_growth(articles, points=2)[["tokens", "types", "hapaxes"]].values.tolist()
    [[3, 3, 3], [6, 4, 2]]
    """
    if points < 1:
        raise InvalidQuery(f"points={points} has no meaning; give 1 or more.")
    counted = tokens(articles, lowercase=lowercase, stemming=stemming)
    groups = group(counted.articles, by)
    of_word = groups.codes[counted.article_of]
    order = np.argsort(of_word, kind="stable")
    bounds = np.searchsorted(of_word[order], np.arange(len(groups.labels) + 1))
    frames = []
    for number, (first, last) in enumerate(pairwise(bounds.tolist())):
        curve = _curve(counted.codes[order[first:last]], points)
        labels = groups.labels.iloc[[number] * len(curve)].reset_index(drop=True)
        frames.append(pd.concat([labels, curve], axis=1))
    table = pd.concat(frames, ignore_index=True) if frames else groups.labels.join(_curve(np.empty(0, int), points))
    table.attrs = {"tokens": counted.describe()}
    return table


def zipf(articles: Source | DocumentTermMatrix, **options: Any) -> pd.DataFrame:
    """Rank terms by frequency, and fit the law of Zipf and Mandelbrot.

    Parameters
    ----------
    articles : DataFrame, Tokens or DocumentTermMatrix
        The corpus.
    **options
        What is counted, as in `corpus_tools.terms.document_term_matrix`.

    Returns
    -------
    DataFrame
        One row for each term: ``rank``, ``term``, ``count``, ``per_million``, ``documents``, ``articles``, ``tokens``,
        ``expected`` (count by the law), and the law's ``exponent`` and ``shift``: a count is in proportion to
        ``(rank + shift) ** -exponent`` (the most likely values; missing below ten terms).

    References
    ----------
    Mandelbrot, B. (1953). An informational theory of the statistical structure of language. Izsák, J. (2006). Some
    practical aspects of fitting and testing the Zipf-Mandelbrot model. Scientometrics 67.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["the dam and the river"]})
    >>> zipf(articles)[["rank", "term", "count"]].head(2).values.tolist()
    [[1, 'the', 2], [2, 'and', 1]]
    """
    matrix = as_matrix(articles, **options)
    count = matrix.collection_frequency()
    order = np.argsort(-count, kind="stable")
    ranks, ranked = np.arange(1, len(count) + 1), count[order]
    exponent, shift = _zipf_mandelbrot(ranked.astype(np.float64))
    share = (ranks + shift) ** -exponent
    terms = pd.Series(matrix.terms.to_pandas(), dtype="str")
    table = pd.DataFrame(
        {
            "rank": ranks,
            "term": terms.to_numpy()[order],
            "count": ranked,
            "per_million": per_million(ranked, int(matrix.totals.sum())),
            "documents": matrix.document_frequency()[order],
            "articles": len(matrix.articles),
            "tokens": int(matrix.totals.sum()),
            "expected": ranked.sum() * share / share.sum() if len(share) else share,
            "exponent": exponent,
            "shift": shift,
        }
    ).astype({"term": "str"})
    table.attrs = {"tokens": matrix.describe()}
    return table


def _curve(codes: Any, points: int) -> pd.DataFrame:
    """Return the growth of one text, given as numbers of words."""
    n = len(codes)
    places = np.unique(np.linspace(0, n, points + 1).round().astype(np.int64))[1:]
    first, second = _occurrences(codes)
    types = np.searchsorted(np.sort(first), places)
    hapaxes = types - np.searchsorted(np.sort(second), places)
    k, beta = _heaps(places, types)
    expected = k * places.astype(np.float64) ** beta
    return pd.DataFrame(
        {
            "tokens": places,
            "types": types,
            "hapaxes": hapaxes,
            "expected": expected,
            "heaps_k": k,
            "heaps_beta": beta,
            "new_per_1000": k * (places + 1000.0) ** beta - expected,
        }
    )


def _occurrences(codes: Any) -> tuple[Integers, Integers]:
    """Return where each distinct word stands first, and where those that come again stand the second time."""
    order = np.argsort(codes, kind="stable")
    begins = np.flatnonzero(np.concatenate([[True], codes[order[1:]] != codes[order[:-1]]])) if len(codes) else order
    several = np.diff(begins, append=len(codes)) > 1
    return order[begins], order[begins[several] + 1]


def _heaps(places: Integers, types: Integers) -> tuple[float, float]:
    if len(places) < 3:
        return float("nan"), float("nan")
    x, y = np.log(places), np.log(types)
    beta = float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())
    return float(np.exp(y.mean() - beta * x.mean())), beta


def _zipf_mandelbrot(counts: Any) -> tuple[float, float]:
    """Return the most likely exponent and shift of counts in the order of their ranks."""
    from scipy.optimize import minimize

    if len(counts) < 10:
        return float("nan"), float("nan")
    ranks = np.arange(1, len(counts) + 1)

    def cost(values: Iterable[float]) -> float:
        exponent, shift = np.exp(list(values)) - [0, 1]
        logs = -exponent * np.log(ranks + shift)
        return float(counts.sum() * np.logaddexp.reduce(logs) - counts @ logs)

    found = minimize(cost, x0=np.log([1.0, 2.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-4})
    return float(np.exp(found.x[0])), float(np.exp(found.x[1]) - 1)
