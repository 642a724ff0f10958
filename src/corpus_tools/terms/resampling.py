"""How far keyness rests on single articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery, NoArticles
from corpus_tools.terms.matrix import DocumentTermMatrix, as_matrix
from corpus_tools.terms.tokens import Source


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
    """Draw articles anew, with replacement, and see how the log ratio of terms varies.

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
        One row for each term: ``term``, ``count``, ``reference_count``, ``documents``, ``reference_documents``,
        ``log_ratio``, ``low``, ``high``, ``same_sign`` (share of draws with a difference in the same direction),
        ``articles``, ``reference_articles``, ``tokens``, ``reference_tokens``.

    References
    ----------
    Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora. Digital Scholarship in the
    Humanities 31.

    Examples
    --------
    >>> target = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["dam dam dam dam", "river and road"]})
    >>> reference = pd.DataFrame({"article_id": ["b1", "b2"], "text": ["river and sea", "the dam and road"]})
    >>> row = keyness_bootstrap(target, reference, ["dam"]).iloc[0]
    >>> bool(row["low"] < 0 < row["log_ratio"])
    True
    """
    if resamples < 1 or floor <= 0 or not 0 < confidence < 1:
        raise InvalidQuery("resamples must be 1 or more, floor above 0, and confidence between 0 and 1.")
    sides = [as_matrix(source, **options) for source in (target, reference)]
    if not all(int(side.totals.sum()) for side in sides):
        raise NoArticles("Both corpora need at least one word; check what was selected.")
    chance = np.random.default_rng(seed)
    counts = [_columns(side, terms) for side in sides]
    drawn = [_draw(chance, side, block, resamples) for side, block in zip(sides, counts, strict=True)]
    ratios = _ratio(*drawn[0], *drawn[1], floor)
    whole = [
        (np.asarray(block.sum(axis=0), dtype=np.float64), float(side.totals.sum()))
        for side, block in zip(sides, counts, strict=True)
    ]
    middle = _ratio(whole[0][0][None], np.array([[whole[0][1]]]), whole[1][0][None], np.array([[whole[1][1]]]), floor)[
        0
    ]
    edge = (1 - confidence) / 2
    low, high = np.quantile(ratios, [edge, 1 - edge], axis=0) if len(terms) else (middle, middle)
    table = pd.DataFrame(
        {
            "term": pd.Series(list(terms), dtype="str"),
            "count": whole[0][0].astype(np.int64),
            "reference_count": whole[1][0].astype(np.int64),
            "documents": (counts[0] > 0).sum(axis=0),
            "reference_documents": (counts[1] > 0).sum(axis=0),
            "log_ratio": middle,
            "low": low,
            "high": high,
            "same_sign": (np.sign(ratios) == np.sign(middle)).mean(axis=0),
            "articles": len(sides[0].articles),
            "reference_articles": len(sides[1].articles),
            "tokens": int(whole[0][1]),
            "reference_tokens": int(whole[1][1]),
        }
    )
    table.attrs = {"tokens": sides[0].describe(), "reference_tokens": sides[1].describe(), "resamples": resamples}
    return table


def _columns(side: DocumentTermMatrix, terms: Sequence[str]) -> Any:
    """Return the counts of `terms`, articles by terms."""
    import pyarrow as pa
    import pyarrow.compute as pc

    places = pc.index_in(pa.array(list(terms), type=pa.large_string()), value_set=side.terms)
    block = np.zeros((len(side.articles), len(terms)), dtype=np.int64)
    for column, place in enumerate(places.to_pylist()):
        if place is not None:
            block[:, column] = side.counts[:, [place]].toarray().ravel()
    return block


def _draw(chance: np.random.Generator, side: DocumentTermMatrix, block: Any, resamples: int) -> tuple[Any, Any]:
    """Return the counts of terms and of all words in each draw of as many articles."""
    size = len(side.articles)
    counts = np.empty((resamples, block.shape[1]))
    words = np.empty((resamples, 1))
    for number in range(resamples):
        times = np.bincount(chance.integers(0, size, size), minlength=size)
        counts[number] = times @ block
        words[number] = times @ side.totals
    return counts, np.maximum(words, 1)


def _ratio(a: Any, c: Any, b: Any, d: Any, floor: float) -> Any:
    return np.log2((np.where(a == 0, floor, a) / c) / (np.where(b == 0, floor, b) / d))
