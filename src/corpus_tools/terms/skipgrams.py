"""Runs of words with gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import numpy as np

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._grams import check_sizes, joined, rank
from corpus_tools.terms._types import Integers
from corpus_tools.terms.matrix import DocumentTermMatrix, allowed, check_min_count
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Tokens, tokens

#: Most combinations of gaps.
MOST_PATTERNS = 200


def skip_grams(
    articles: Source,
    *,
    size: int = 2,
    skips: int | Sequence[int] = (0, 1),
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 1,
    lowercase: bool = True,
    stemming: str | None = None,
) -> DocumentTermMatrix:
    """Count runs of words that may leave some words out in between.

    Parameters
    ----------
    articles : DataFrame or Tokens
        What to count.
    size : int
        Words in a run.
    skips : int or sequence of int
        How many words may be left out at each joint: ``(0, 1)`` none or one.
    stopwords, min_count, lowercase, stemming
        As in `corpus_tools.terms.document_term_matrix`.

    Returns
    -------
    DocumentTermMatrix
        Ready for `frequency`, `keyness`, `dispersion` and all others; a run has one column however wide its gaps are.

    References
    ----------
    Guthrie, D. et al. (2006). A closer look at skip-gram modelling. LREC. quanteda's ``tokens_ngrams`` counts alike.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["heavy cold rain"]})
    >>> skip_grams(articles).terms.to_pylist()
    ['cold rain', 'heavy cold', 'heavy rain']
    """
    check_min_count(min_count)
    check_sizes(size)
    gaps = sorted({skips} if isinstance(skips, int) else set(skips))
    if not gaps or gaps[0] < 0:
        raise InvalidQuery(f"skips={skips!r} has no meaning; give numbers of words from 0.")
    if len(gaps) ** (size - 1) > MOST_PATTERNS:
        raise InvalidQuery("So many gaps in so many places make too many runs; give a smaller size or fewer skips.")
    counted = tokens(articles, lowercase=lowercase, stemming=stemming)
    begins, parts = _runs(counted, size, gaps)
    kept = allowed(counted, _stopwords(stopwords))
    if len(parts):
        wanted = kept[parts[:, 0]] & kept[parts[:, -1]]
        begins, parts = begins[wanted], parts[wanted]
    return _matrix(counted, begins, parts, min_count)


def _runs(counted: Tokens, size: int, gaps: list[int]) -> tuple[Integers, Any]:
    """Return where each run begins and the codes of its words, pattern of gaps by pattern of gaps."""
    article_of, begins, parts = counted.article_of, [], []
    for pattern in product(gaps, repeat=size - 1):
        shifts = np.concatenate([[0], np.cumsum(np.array(pattern, dtype=np.int64) + 1)]).astype(np.int64)
        reach = int(shifts[-1])
        places = np.arange(max(len(counted) - reach, 0))
        places = places[article_of[places] == article_of[places + reach]]
        begins.append(places)
        parts.append(counted.codes[places[:, None] + shifts])
    return np.concatenate(begins), np.concatenate(parts)


def _matrix(counted: Tokens, begins: Integers, parts: Any, min_count: int) -> DocumentTermMatrix:
    from scipy.sparse import coo_array

    codes = np.zeros(len(parts), dtype=np.int64)
    for column in parts.T:
        codes, _ = rank(codes * max(len(counted.vocabulary), 1) + column)
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    wanted = counts >= max(min_count, 1)
    column_of = np.cumsum(wanted) - 1
    chosen = wanted[codes] if len(codes) else np.empty(0, dtype=bool)
    rows = np.searchsorted(counted.offsets, begins[chosen], side="right") - 1
    shape = (len(counted.offsets) - 1, int(wanted.sum()))
    ones = np.ones(int(chosen.sum()), dtype=np.int32)
    matrix = coo_array((ones, (rows, column_of[codes[chosen]])), shape=shape).tocsr()
    matrix.sum_duplicates()
    names = joined(counted, parts[first[wanted]].astype(np.int32))
    sizes = np.full(shape[1], parts.shape[1], dtype=np.int64)
    return DocumentTermMatrix(matrix, names, sizes, counted.lengths, counted.articles, counted.specification)
