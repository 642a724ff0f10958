"""How strongly the words of runs of two, three or more words hold together (Blaheta and Johnson's lambda)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._grams import Grams, check_sizes, distinct_values, grams, joined, rank
from corpus_tools.terms._types import Integers
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.matrix import allowed, check_min_count
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Tokens, tokens

#: Longest run that is measured: its table has two to this power of cells.
LONGEST = 6


def multiword_association(
    articles: Source,
    *,
    sizes: int | Sequence[int] = (2, 3),
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 5,
    smoothing: float = 0.5,
    lowercase: bool = True,
) -> pd.DataFrame:
    """Measure how far runs of words stand together more often than all their parts explain.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    sizes : int or sequence of int
        Numbers of words, from 2 to 6.
    stopwords : str, iterable of str or None
        Words with which no run begins or ends.
    min_count : int
        Fewest occurrences.
    smoothing : float
        Added to each cell of the table of a run.
    lowercase : bool
        Whether upper and lower case are one.

    Returns
    -------
    DataFrame
        One row for each run, highest z first: ``term``, ``size``, ``count``, ``per_million``, ``documents``,
        ``articles``, ``tokens``, ``log_odds`` (lambda), ``log_odds_z`` (that by its standard error), and how far the
        run is from independence of all its words: ``expected`` (count by chance), ``pmi``, ``t``, ``log_likelihood``,
        ``chi_squared`` (both with the sign of the difference), ``mi_like``, ``poisson_stirling`` and ``jaccard``, for
        two words those of `association`, for three those of NLTK's ``TrigramAssocMeasures``.

    Notes
    -----
    Runs of one size are told apart by which of their words, place by place, are those of the run in question. lambda
    is the interaction of all places in the saturated log-linear model of that table, as in quanteda's
    ``textstat_collocations``; for two words it is the logarithm of the odds ratio.

    References
    ----------
    Blaheta, D., Johnson, M. (2001). Unsupervised learning of multi-word verbs. ACL/EACL workshop on collocations.

    Examples
    --------
    >>> text = "red front army and blue front navy and red front army"
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": [text]})
    >>> multiword_association(articles, sizes=3, min_count=2)[["term", "count"]].values.tolist()
    [['red front army', 2]]
    """
    check_min_count(min_count)
    wanted = check_sizes(sizes if isinstance(sizes, int) else tuple(sizes))
    if not 2 <= wanted[0] <= wanted[-1] <= LONGEST:
        raise InvalidQuery(f"sizes={sizes!r} has no meaning here; give numbers of words from 2 to {LONGEST}.")
    if smoothing < 0:
        raise InvalidQuery("smoothing must be 0 or more.")
    counted = tokens(articles, lowercase=lowercase)
    kept = allowed(counted, _stopwords(stopwords))
    frames = [_measured(counted, grams(counted, size), kept, max(min_count, 1), smoothing) for size in wanted]
    table = pd.concat(frames, ignore_index=True)
    table = table.sort_values(["log_odds_z", "term"], ascending=[False, True], kind="stable").reset_index(drop=True)
    table.attrs = {"tokens": counted.describe(), "smoothing": smoothing}
    return table


def _measured(counted: Tokens, run: Grams, kept: Any, min_count: int, smoothing: float) -> pd.DataFrame:
    counts = np.bincount(run.codes, minlength=len(run.parts))
    chosen = np.flatnonzero((counts >= min_count) & kept[run.parts[:, 0]] & kept[run.parts[:, -1]])
    cells = _tables(run, counts, chosen, len(counted.vocabulary))
    log_odds, z = _interaction(cells, smoothing)
    article = np.repeat(np.arange(len(run.offsets) - 1), np.diff(run.offsets))
    pairs = distinct_values(article * max(len(run.parts), 1) + run.codes)
    documents = np.bincount(pairs % max(len(run.parts), 1), minlength=len(run.parts))
    return pd.DataFrame(
        {
            "term": pd.Series(joined(counted, run.parts[chosen]).to_pandas(), dtype="str"),
            "size": run.size,
            "count": counts[chosen],
            "per_million": per_million(counts[chosen], len(counted)),
            "documents": documents[chosen],
            "articles": len(counted.articles),
            "tokens": len(counted),
            "log_odds": log_odds,
            "log_odds_z": z,
            **_against_independence(cells),
        }
    )


def _tables(run: Grams, counts: Integers, chosen: Integers, vocabulary: int) -> npt.NDArray[np.int64]:
    """Return the cells of each chosen run: column `bits` counts the runs that agree with it in just these places."""
    size = run.size
    cells = np.empty((len(chosen), 1 << size), dtype=np.int64)
    for places in (chosen_places for length in range(size + 1) for chosen_places in combinations(range(size), length)):
        bits = sum(1 << place for place in places)
        cells[:, bits] = _agreeing(run.parts, counts, chosen, places, vocabulary)
    # So far each cell also counts the runs that agree in more places.
    for place in range(size):
        without = [bits for bits in range(1 << size) if not bits >> place & 1]
        cells[:, without] -= cells[:, [bits | 1 << place for bits in without]]
    return cells


def _agreeing(parts: Any, counts: Integers, chosen: Integers, places: tuple[int, ...], vocabulary: int) -> Integers:
    """Return how many runs agree with each chosen one at `places`, whatever stands elsewhere."""
    codes = np.zeros(len(parts), dtype=np.int64)
    for place in places:
        codes, _ = rank(codes * max(vocabulary, 1) + parts[:, place])
    sums = np.bincount(codes, weights=counts, minlength=1).astype(np.int64)
    return np.asarray(sums[codes[chosen]])


def _interaction(cells: npt.NDArray[np.int64], smoothing: float) -> tuple[Any, Any]:
    """Return the interaction of all places in the saturated log-linear model, and its Wald statistic."""
    size = int(cells.shape[1]).bit_length() - 1
    signs = np.array([(-1.0) ** (size - bits.bit_count()) for bits in range(cells.shape[1])])
    with np.errstate(divide="ignore", invalid="ignore"):
        smoothed = cells + smoothing
        log_odds = np.log(smoothed) @ signs
        return log_odds, log_odds / np.sqrt((1 / smoothed).sum(axis=1))


def _against_independence(cells: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Return the measures that compare a run with what the frequencies of its words, place by place, give."""
    size = int(cells.shape[1]).bit_length() - 1
    total = cells.sum(axis=1).astype(np.float64)
    bits = np.arange(1 << size)
    expected = np.repeat(total[:, None], 1 << size, axis=1)
    margins = np.ones(len(cells))
    for place in range(size):
        has = bits >> place & 1 == 1
        inside = cells[:, has].sum(axis=1)
        margins *= inside
        expected *= np.where(has, (inside / total)[:, None], (1 - inside / total)[:, None])
    count, chance = cells[:, -1].astype(np.float64), expected[:, -1]
    sign = np.sign(count - chance)
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log2(count / chance)
        ratios = np.divide(cells, expected, out=np.ones_like(expected), where=(cells > 0) & (expected > 0))
        squares = np.divide((cells - expected) ** 2, expected, out=np.zeros_like(expected), where=expected > 0)
        return {
            "expected": chance,
            "pmi": pmi,
            "t": (count - chance) / np.sqrt(count),
            "log_likelihood": sign * np.maximum(2 * (cells * np.log(ratios)).sum(axis=1), 0.0),
            "chi_squared": sign * squares.sum(axis=1),
            "mi_like": count**3 / margins,
            "poisson_stirling": count * (pmi - 1),
            "jaccard": count / (total - cells[:, 0]),
        }
