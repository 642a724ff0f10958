"""How alike articles or outlets are in their words, and how far apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._groups import group
from corpus_tools.terms._proximity import DISTANCES, SIMILARITIES, Floats, Measure, divergence, minkowski
from corpus_tools.terms.frequency import group_sizes, grouped_counts
from corpus_tools.terms.matrix import DocumentTermMatrix, as_matrix
from corpus_tools.terms.tokens import Source

#: Every pair of groups is compared.
MOST_GROUPS = 500

MEASURES = tuple(SIMILARITIES)


def similarity(
    articles: Source | DocumentTermMatrix,
    *,
    by: str | Sequence[str] = "outlet",
    measure: str = "cosine",
    drivers: int = 5,
    **options: Any,
) -> pd.DataFrame:
    """Compare the vocabulary of groups, pair by pair, and name the words that part them.

    Parameters
    ----------
    articles : DataFrame, Tokens or DocumentTermMatrix
        The corpus.
    by : str or sequence of str
        What to compare: groups as in `corpus_tools.terms.frequency`, or ``"article_id"``.
    measure : str
        ``cosine`` or ``correlation`` of the counts; ``jensen_shannon`` (1 less the divergence in bits, Lin 1991); of
        the sets of terms ``jaccard``, ``dice``, ``simple_matching`` (also counts what both lack), ``hamann`` (twice
        that less 1) and ``faith`` (what both lack counts half); ``extended_jaccard`` and ``extended_dice`` of the
        counts. 1 is the same; in ``faith`` only for two groups that have every term.
    drivers : int
        How many of the terms to name that part the two most: the largest terms of the Jensen-Shannon divergence.
    **options
        What is counted, as in `corpus_tools.terms.document_term_matrix`.

    Returns
    -------
    DataFrame
        One row for each pair, most alike first: ``first``, ``second``, ``similarity``, ``more_in_first`` and
        ``more_in_second`` (lists of terms), ``first_articles``, ``second_articles``, ``first_tokens``,
        ``second_tokens``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "outlet": ["Lakeside Post", "Meridian Press"],
    ...                          "text": ["dam dam river", "dam river river"]})
    >>> similarity(articles)[["similarity", "more_in_first", "more_in_second"]].values.tolist()
    [[0.8, ['dam'], ['river']]]
    """
    _check(measure, SIMILARITIES)
    rows = _grouped(articles, by, options)
    pairs = list(rows.pairs())
    with np.errstate(divide="ignore", invalid="ignore"):
        values = [SIMILARITIES[measure](rows.dense(one), rows.dense(other)) for one, other in pairs]
    parting = [rows.parting(one, other, drivers) for one, other in pairs]
    columns = {
        "similarity": values,
        "more_in_first": [a for a, _ in parting],
        "more_in_second": [b for _, b in parting],
    }
    return rows.table(pairs, columns, "similarity", ascending=False, attrs={"measure": measure})


def distance(
    articles: Source | DocumentTermMatrix,
    *,
    by: str | Sequence[str] = "outlet",
    measure: str = "euclidean",
    proportions: bool = True,
    p: float = 2.0,
    **options: Any,
) -> pd.DataFrame:
    """Measure how far groups are apart in their words, pair by pair.

    Parameters
    ----------
    articles : DataFrame, Tokens or DocumentTermMatrix
        The corpus.
    by : str or sequence of str
        What to compare, as in `similarity`.
    measure : str
        ``euclidean``, ``manhattan``, ``maximum``, ``minkowski`` (of order `p`), ``canberra``, ``hamming`` (terms that
        differ), ``chi_squared`` (of the table of both), or ``burrows_delta`` (Burrows 2002: mean difference of the
        terms' z-scores over all groups).
    proportions : bool
        Whether each term's share of its group is compared rather than its count; counts measure length above all.
    p : float
        Order of the Minkowski distance: 1 is ``manhattan``, 2 ``euclidean``.
    **options
        What is counted, as in `corpus_tools.terms.document_term_matrix`.

    Returns
    -------
    DataFrame
        One row for each pair, nearest first: ``first``, ``second``, ``distance``, ``first_articles``,
        ``second_articles``, ``first_tokens``, ``second_tokens``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["dam dam river", "dam river river"]})
    >>> distance(articles, by="article_id", proportions=False)["distance"].round(4).tolist()
    [1.4142]
    """
    measures: dict[str, Measure] = {**DISTANCES, "minkowski": partial(minkowski, p=p)}
    _check(measure, measures)
    if p <= 0:
        raise InvalidQuery(f"p={p} has no meaning; give an order above 0.")
    rows = _grouped(articles, by, options).scaled(proportions=proportions, standard=measure == "burrows_delta")
    pairs = list(rows.pairs())
    with np.errstate(divide="ignore", invalid="ignore"):
        values = [measures[measure](rows.dense(one), rows.dense(other)) for one, other in pairs]
    attrs = {"measure": measure, "proportions": proportions}
    return rows.table(pairs, {"distance": values}, "distance", ascending=True, attrs=attrs)


@dataclass(frozen=True)
class _Grouped:
    """The counts of each group, one dense row at a time."""

    matrix: DocumentTermMatrix
    names: list[str]
    counts: Any
    articles: Any
    words: Any

    def pairs(self) -> Iterator[tuple[int, int]]:
        for one in range(len(self.names)):
            for other in range(one + 1, len(self.names)):
                yield one, other

    def dense(self, row: int) -> Floats:
        values: Floats = np.zeros(self.counts.shape[1])
        first, last = self.counts.indptr[row : row + 2]
        values[self.counts.indices[first:last]] = self.counts.data[first:last]
        return values

    def scaled(self, *, proportions: bool, standard: bool) -> _Grouped:
        counts = self.counts.astype(np.float64)
        if proportions or standard:
            sums = np.asarray(counts.sum(axis=1)).ravel()
            counts.data /= np.repeat(np.where(sums > 0, sums, 1.0), np.diff(counts.indptr))
        if standard:
            size = max(len(self.names), 1)
            mean = np.asarray(counts.sum(axis=0)).ravel() / size
            squares = np.bincount(counts.indices, weights=counts.data**2, minlength=len(mean)) / size
            spread = np.sqrt(np.maximum(squares - mean**2, 0.0))
            # Differences of z-scores do not depend on the mean, so zeros may stay zeros.
            counts.data /= np.where(spread > 0, spread, 1.0)[counts.indices]
        return _Grouped(self.matrix, self.names, counts, self.articles, self.words)

    def parting(self, one: int, other: int, number: int) -> tuple[list[str], list[str]]:
        p, q = (values / max(values.sum(), 1) for values in (self.dense(one), self.dense(other)))
        parts = divergence(p, q)
        leading = [_leading(self.matrix, np.where(sign * (p - q) > 0, parts, 0.0), number) for sign in (1, -1)]
        return leading[0], leading[1]

    def table(
        self,
        pairs: list[tuple[int, int]],
        columns: dict[str, Any],
        rank: str,
        *,
        ascending: bool,
        attrs: dict[str, Any],
    ) -> pd.DataFrame:
        first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        data: dict[str, Any] = {
            "first": pd.Series([self.names[one] for one in first], dtype="str"),
            "second": pd.Series([self.names[other] for other in second], dtype="str"),
            **columns,
            "first_articles": self.articles[first],
            "second_articles": self.articles[second],
            "first_tokens": self.words[first],
            "second_tokens": self.words[second],
        }
        table = pd.DataFrame(data).astype({rank: "float64"})
        table = table.sort_values([rank, "first", "second"], ascending=[ascending, True, True], kind="stable")
        table = table.reset_index(drop=True)
        table.attrs.update(tokens=self.matrix.describe(), **attrs)
        return table


def _check(measure: str, known: dict[str, Any]) -> None:
    if measure not in known:
        raise InvalidQuery(f"There is no measure {measure!r}; there are {', '.join(known)}.")


def _grouped(articles: Source | DocumentTermMatrix, by: str | Sequence[str], options: dict[str, Any]) -> _Grouped:
    matrix = as_matrix(articles, **options)
    groups = group(matrix.articles, by)
    if len(groups.labels) > MOST_GROUPS:
        raise InvalidQuery(f"{len(groups.labels):,} groups make too many pairs; {MOST_GROUPS} are compared at most.")
    counts, _ = grouped_counts(matrix, groups)
    sizes = group_sizes(matrix, groups)
    names = groups.labels.agg(", ".join, axis=1).tolist() if len(groups.labels) else []
    return _Grouped(matrix, names, counts, *sizes)


def _leading(matrix: DocumentTermMatrix, parts: Any, number: int) -> list[str]:
    order = np.argsort(-parts, kind="stable")[:number]
    return [matrix.terms[int(place)].as_py() for place in order if parts[place] > 0]
