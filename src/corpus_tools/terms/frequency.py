"""How often each term occurs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._columns import words_in_groups
from corpus_tools.terms._compiled import BYTES_OF_A_WORD, kernels
from corpus_tools.terms._grams import check_sizes
from corpus_tools.terms._groups import Groups, group
from corpus_tools.terms._types import Integers
from corpus_tools.terms.intervals import MILLION, per_million, wilson
from corpus_tools.terms.matrix import DocumentTermMatrix, allowed, as_matrix, check_min_count
from corpus_tools.terms.resampling import rates_of_draws
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Tokens, tokens

COLUMNS = ("term", "size", "count", "per_million", "low", "high", "documents", "articles", "tokens")
#: Groups times words up to which each word is counted in each group; beyond, most of these counts would be 0.
_MOST_CELLS = 4_000_000


def frequency(
    articles: Source | DocumentTermMatrix,
    *,
    ngrams: int | Sequence[int] = (1,),
    by: str | Sequence[str] | None = None,
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 1,
    lowercase: bool = True,
    stemming: str | None = None,
    interval: str = "wilson",
    resamples: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Count words and phrases.

    Parameters
    ----------
    articles : DataFrame, Tokens or DocumentTermMatrix
        What to count. The options on terms have no effect on a `DocumentTermMatrix`, which has terms already.
    ngrams : int or sequence of int
        Numbers of words in a term: ``(1, 2)`` counts words and pairs of neighbouring words. None reaches over the end
        of an article.
    by : str or sequence of str, optional
        Groups to count in: ``"outlet"``, ``"day"``, ``"week"``, ``"month"``, ``"quarter"``, ``"year"`` (of
        publication), or any column of the articles. Articles without a value stand in the group ``(missing)``.
    stopwords : str, iterable of str or None
        Words to leave out (and phrases that begin or end with them): ``"en"`` or words of your own. None by
        default, because a list decides beforehand what cannot be found.
    min_count : int
        Fewest occurrences in all articles together.
    lowercase : bool
        Whether `The` and `the` are one term.
    stemming : str, optional
        Language of a Snowball stemmer, e.g. ``"english"``, or ``"lemma"`` for dictionary forms.
    interval : {"wilson", "bootstrap"}
        Whether the interval takes words for independent of each other, or articles: these are then drawn anew
        `resamples` times with the random numbers of `seed` (percentiles; missing for a group of one article).
    confidence : float
        Of the interval of the rate.

    Returns
    -------
    DataFrame
        One row for each group and term that occurs in it, most frequent first: the group's columns; ``term``; ``size``
        (words in it); ``count``; ``per_million`` words; ``low`` and ``high`` (interval of that rate); ``documents``
        (articles with the term); ``articles`` and ``tokens`` (articles and words in the group). Groups without a term
        stand in ``attrs["empty_groups"]``.

    Notes
    -----
    Words come in bursts, so Wilson's intervals are too narrow; see `dispersion` for how unevenly a term is spread.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam broke.", "The dam held."],
    ...                          "outlet": ["Lakeside Post", None]})
    >>> frequency(articles, by="outlet")[["outlet", "term", "count", "tokens"]].head(4)
              outlet   term  count  tokens
    0  Lakeside Post  broke      1       3
    1  Lakeside Post    dam      1       3
    2  Lakeside Post    the      1       3
    3      (missing)    dam      1       3
    """
    if interval not in ("wilson", "bootstrap"):
        raise InvalidQuery(f"There is no interval {interval!r}; there are wilson and bootstrap.")
    counted, groups, described, matrix = count(
        articles, ngrams=ngrams, by=by, stopwords=stopwords, min_count=min_count, lowercase=lowercase,
        stemming=stemming, quick=interval == "wilson",
    )  # fmt: skip
    table, of_group, of_term = _tabulate(counted, groups)
    if interval == "wilson":
        low, high = wilson(table["count"], table["tokens"], confidence=confidence)
    else:
        assert matrix is not None
        low, high = rates_of_draws(matrix, groups, (of_group, of_term), resamples, confidence, seed)
    table = table.assign(low=low * MILLION, high=high * MILLION)
    table.attrs["tokens"] = described
    return with_empty_groups(table, groups.labels, *group_sizes(counted, groups))


def count(
    articles: Source | DocumentTermMatrix,
    *,
    ngrams: int | Sequence[int] = (1,),
    by: str | Sequence[str] | None = None,
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 1,
    lowercase: bool = True,
    stemming: str | None = None,
    quick: bool = True,
) -> tuple[Counted, Groups, dict[str, Any], DocumentTermMatrix | None]:
    """Return terms counted in groups, the groups, what was counted, and the matrix, which `quick` may leave out."""
    check_min_count(min_count)
    source = articles
    if not isinstance(source, DocumentTermMatrix):
        source = tokens(source, lowercase=lowercase, stemming=stemming)
    groups = group(source.articles, by)
    check_names(list(groups.labels.columns))
    counted = None
    if isinstance(source, Tokens) and check_sizes(ngrams) == (1,) and quick:
        counted = _count_words(source, groups, stopwords, min_count)
    if counted is not None:
        return counted, groups, source.describe(), None
    matrix = as_matrix(source, ngrams=ngrams, stopwords=stopwords, min_count=min_count)
    counted = Counted(matrix.terms, matrix.sizes, matrix.totals, *grouped_counts(matrix, groups))
    return counted, groups, source.describe(), matrix


def check_names(names: list[str]) -> None:
    """Raise `InvalidQuery` when groups have a name of the result's own."""
    clash = set(names) & set(COLUMNS)
    if clash:
        raise InvalidQuery(f"by={sorted(clash)} is a name of the result's own; rename that column first.")


def with_empty_groups(table: pd.DataFrame, labels: pd.DataFrame, articles: Any, words: Any) -> pd.DataFrame:
    """Note which groups have no row in a table of terms: their labels, articles and words."""
    names = list(labels.columns)
    if names:
        found = set(table[names].drop_duplicates().itertuples(index=False, name=None))
        rows = zip(labels.itertuples(index=False, name=None), articles, words, strict=True)
        empty = [[*label, int(size), int(number)] for label, size, number in rows if label not in found]
        if empty:
            table.attrs["empty_groups"] = empty
    return table


@dataclass(frozen=True)
class Counted:
    """Terms (with their sizes) counted in groups of articles (with all words of each article).

    `counts` and `documents` are sparse matrices of one pattern: a row for each group, a column for each term.
    """

    terms: Any
    sizes: Integers
    totals: Integers
    counts: Any
    documents: Any


def _count_words(
    counted: Tokens, groups: Groups, stopwords: str | Iterable[str] | None, min_count: int
) -> Counted | None:
    """Count words without a matrix of all articles; None where there are too many groups for a table of all words."""
    import pyarrow as pa
    from scipy.sparse import csr_array

    shape = len(groups.labels), len(counted.vocabulary)
    if shape[0] * shape[1] > _MOST_CELLS:
        return None
    quick = kernels(len(counted) * BYTES_OF_A_WORD)
    counts, documents = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    if quick is None:
        words_in_groups(counted, groups.codes, counts, documents)
    else:
        quick.words_in_groups(counted.codes, counted.offsets, groups.codes, counts, documents)
    wanted = allowed(counted, _stopwords(stopwords)) & (counts.sum(axis=0) >= min_count)
    if not wanted.all():
        counts, documents = counts[:, wanted], documents[:, wanted]
    terms = counted.vocabulary.filter(pa.array(wanted))
    return Counted(terms, np.ones(len(terms), dtype=np.int64), counted.lengths, csr_array(counts), csr_array(documents))


def grouped_counts(matrix: DocumentTermMatrix, groups: Groups) -> tuple[Any, Any]:
    """Return occurrences of each term in each group and articles with it, as two sparse matrices of one pattern."""
    from scipy.sparse import csr_array

    size = len(groups.codes)
    members = csr_array(
        (np.ones(size, dtype=np.int64), (groups.codes, np.arange(size))), shape=(len(groups.labels), size)
    )
    counts = members @ matrix.counts.astype(np.int64)
    present = matrix.counts.copy()
    present.data = np.ones_like(present.data, dtype=np.int64)
    documents = members @ present
    counts.sort_indices()
    documents.sort_indices()
    return counts, documents


def group_sizes(source: DocumentTermMatrix | Counted, groups: Groups) -> tuple[Any, Any]:
    """Return how many articles and how many words each group has."""
    size = len(groups.labels)
    articles = np.bincount(groups.codes, minlength=size)
    words = np.bincount(groups.codes, weights=source.totals, minlength=size).astype(np.int64)
    return articles, words


def _tabulate(counted: Counted, groups: Groups) -> tuple[pd.DataFrame, Any, Any]:
    """Return the table, intervals left open, and each row's group and term as numbers."""
    import pyarrow as pa

    counts = counted.counts
    in_group, words = group_sizes(counted, groups)
    rows = np.repeat(np.arange(len(groups.labels)), np.diff(counts.indptr))
    order = np.lexsort((counts.indices, -counts.data, rows))
    rows, columns = rows[order], counts.indices[order]
    number = counts.data[order]
    terms = counted.terms.take(pa.array(columns, type=pa.int64()))
    data: dict[str, Any] = {name: groups.labels[name].to_numpy()[rows] for name in groups.labels.columns}
    data |= {
        "term": pd.Series(terms.to_pandas(), dtype="str"),
        "size": counted.sizes[columns],
        "count": number,
        "per_million": per_million(number, words[rows]),
        "low": np.nan,
        "high": np.nan,
        "documents": counted.documents.data[order],
        "articles": in_group[rows],
        "tokens": words[rows],
    }
    table = pd.DataFrame(data)
    return table.astype(dict.fromkeys(groups.labels.columns, "str")), rows, columns
