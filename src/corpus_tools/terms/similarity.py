"""How alike articles or outlets are in their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._groups import group
from corpus_tools.terms.frequency import group_sizes, grouped_counts
from corpus_tools.terms.matrix import DocumentTermMatrix, as_matrix
from corpus_tools.terms.tokens import Source

#: Every pair of groups is compared.
MOST_GROUPS = 500

MEASURES = ("cosine", "jensen_shannon", "jaccard")


def similarity(
    articles: Source | DocumentTermMatrix,
    *,
    by: str | Sequence[str] = "outlet",
    measure: str = "cosine",
    drivers: int = 5,
    **options: Any,
) -> pd.DataFrame:
    """Compare the vocabulary of groups, pair by pair.

    Parameters
    ----------
    articles : DataFrame, Tokens or DocumentTermMatrix
        The corpus.
    by : str or sequence of str
        What to compare: groups as in `corpus_tools.terms.frequency`, or ``"article_id"``.
    measure : {"cosine", "jensen_shannon", "jaccard"}
        Cosine of the counts (1: the same proportions); 1 less the Jensen-Shannon divergence of the distributions in
        bits (1: the same); shared terms by all terms of both.
    drivers : int
        How many of the terms to name that part the two most: the largest terms of the Jensen-Shannon divergence.
    **options
        What is counted, as in `corpus_tools.terms.document_term_matrix`.

    Returns
    -------
    DataFrame
        One row for each pair, most alike first: ``first``, ``second``, ``similarity``, ``more_in_first`` and
        ``more_in_second`` (lists of terms), ``first_tokens``, ``second_tokens``.

    References
    ----------
    Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on Information Theory 37.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "outlet": ["Lakeside Post", "Meridian Press"],
    ...                          "text": ["dam dam river", "dam river river"]})
    >>> similarity(articles)[["similarity", "more_in_first", "more_in_second"]].values.tolist()
    [[0.8, ['dam'], ['river']]]
    """
    if measure not in MEASURES:
        raise InvalidQuery(f"There is no measure {measure!r}; there are {', '.join(MEASURES)}.")
    matrix = as_matrix(articles, **options)
    groups = group(matrix.articles, by)
    if len(groups.labels) > MOST_GROUPS:
        raise InvalidQuery(f"{len(groups.labels):,} groups make too many pairs; {MOST_GROUPS} are compared at most.")
    counts, _ = grouped_counts(matrix, groups)
    _, words = group_sizes(matrix, groups)
    names = groups.labels.agg(", ".join, axis=1).tolist() if len(groups.labels) else []
    rows = [
        _compare(matrix, names, counts, words, one, other, measure, drivers)
        for one in range(len(names))
        for other in range(one + 1, len(names))
    ]
    columns = ["first", "second", "similarity", "more_in_first", "more_in_second", "first_tokens", "second_tokens"]
    table = pd.DataFrame(rows, columns=columns).astype({"first": "str", "second": "str", "similarity": "float64"})
    table = table.sort_values(["similarity", "first", "second"], ascending=[False, True, True], kind="stable")
    table = table.reset_index(drop=True)
    table.attrs = {"tokens": matrix.describe(), "measure": measure}
    return table


def _compare(
    matrix: DocumentTermMatrix,
    names: list[str],
    counts: Any,
    words: Any,
    one: int,
    other: int,
    measure: str,
    drivers: int,
) -> tuple[Any, ...]:
    a, b = (np.asarray(counts[[place]].todense(), dtype=np.float64).ravel() for place in (one, other))
    p, q = (values / max(values.sum(), 1) for values in (a, b))
    parts = _divergence(p, q)
    value: Any
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure == "cosine":
            value = a @ b / np.sqrt((a @ a) * (b @ b))
        elif measure == "jaccard":
            value = ((a > 0) & (b > 0)).sum() / ((a > 0) | (b > 0)).sum()
        else:
            value = 1 - parts.sum() if a.any() and b.any() else np.nan
    more = [_leading(matrix, np.where(sign * (p - q) > 0, parts, 0), drivers) for sign in (1, -1)]
    return names[one], names[other], value, more[0], more[1], int(words[one]), int(words[other])


def _divergence(p: Any, q: Any) -> Any:
    """Return what each term adds to the Jensen-Shannon divergence, in bits."""
    middle = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(p > 0, p * np.log2(p / middle), 0.0)
        right = np.where(q > 0, q * np.log2(q / middle), 0.0)
    return (left + right) / 2


def _leading(matrix: DocumentTermMatrix, parts: Any, number: int) -> list[str]:
    order = np.argsort(-parts, kind="stable")[:number]
    return [matrix.terms[int(place)].as_py() for place in order if parts[place] > 0]
