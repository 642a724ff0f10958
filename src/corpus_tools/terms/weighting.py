"""Weights of terms in articles: the usual variants of tf-idf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms.matrix import DocumentTermMatrix, as_matrix
from corpus_tools.terms.tokens import Source

if TYPE_CHECKING:
    from scipy.sparse import csr_array

TF = ("count", "prop", "propmax", "boolean", "logcount", "logave", "augmented")
DF = ("inverse", "inversemax", "inverseprob", "unary")


def weigh(matrix: DocumentTermMatrix, *, tf: str = "count", df: str = "inverse") -> csr_array[Any]:
    """Return the matrix with weights instead of counts.

    Parameters
    ----------
    matrix : DocumentTermMatrix
        The counts.
    tf : {"count", "prop", "propmax", "boolean", "logcount", "logave", "augmented"}
        Weight of a term within its article: how often; how often by all words; how often by the most frequent term; 1;
        1 + log10 of how often; that by 1 + log10 of the mean count of the article's terms; 0.5 + 0.5 by the most
        frequent term.
    df : {"inverse", "inversemax", "inverseprob", "unary"}
        Weight of a term that stands in d of n articles: log10(n / d); log10(largest d / d); log10((n - d) / d) but at
        least 0; 1.

    Returns
    -------
    scipy.sparse.csr_array of float64
        One row for each article, one column for each term.

    References
    ----------
    Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to Information Retrieval, 6.4. The names are
    quanteda's (``dfm_tfidf``).

    Examples
    --------
    >>> from corpus_tools.terms import document_term_matrix
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["dam dam river", "river"]})
    >>> weigh(document_term_matrix(articles)).toarray().round(3).tolist()
    [[0.602, 0.0], [0.0, 0.0]]
    """
    if tf not in TF or df not in DF:
        raise InvalidQuery(f"tf is one of {', '.join(TF)} and df one of {', '.join(DF)}; not {tf!r} and {df!r}.")
    weighted = matrix.counts.astype(np.float64)
    row = np.repeat(np.arange(weighted.shape[0]), np.diff(weighted.indptr))
    weighted.data = _within(weighted, matrix, row, tf) * _across(matrix, df)[weighted.indices]
    return weighted


def tf_idf(
    articles: Source | DocumentTermMatrix,
    *,
    tf: str = "count",
    df: str = "inverse",
    top: int | None = 10,
    **options: Any,
) -> pd.DataFrame:
    """Find the terms that are most typical of each article.

    Parameters
    ----------
    articles : DataFrame, Tokens or DocumentTermMatrix
        The corpus.
    tf, df : str
        The variant, see `weigh`.
    top : int, optional
        Most terms of each article; None for all.
    **options
        What is counted, as in `corpus_tools.terms.document_term_matrix`.

    Returns
    -------
    DataFrame
        One row for each article and term with a weight above 0, in the order of the articles, the highest weight first:
        ``article_id``, ``term``, ``tf_idf``, ``count``, ``per_million`` (in the article), ``documents``, ``articles``,
        ``tokens`` (of the article).

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["dam dam river", "river"]})
    >>> tf_idf(articles)[["article_id", "term", "count", "documents"]].values.tolist()
    [['a1', 'dam', 2, 1]]
    """
    import pyarrow as pa

    matrix = as_matrix(articles, **options)
    weights = weigh(matrix, tf=tf, df=df)
    row = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    order = np.lexsort((weights.indices, -weights.data, row))
    order = order[weights.data[order] > 0]
    if top is not None:
        first = np.searchsorted(row[order], np.arange(weights.shape[0]))
        order = order[np.arange(len(order)) - first[row[order]] < top]
    rows, columns = row[order], weights.indices[order]
    table = pd.DataFrame(
        {
            "article_id": matrix.articles["article_id"].to_numpy()[rows],
            "term": matrix.terms.take(pa.array(columns, type=pa.int64())).to_pandas(),
            "tf_idf": weights.data[order],
            "count": matrix.counts.data[order],
            "per_million": matrix.counts.data[order] / matrix.totals[rows] * 1e6,
            "documents": matrix.document_frequency()[columns],
            "articles": len(matrix.articles),
            "tokens": matrix.totals[rows],
        }
    ).astype({"article_id": "str", "term": "str"})
    table.attrs = {"tokens": matrix.describe(), "tf": tf, "df": df}
    return table


def _within(weighted: csr_array[Any], matrix: DocumentTermMatrix, row: Any, tf: str) -> Any:
    counts = weighted.data
    if tf == "prop":
        return counts / matrix.totals[row]
    if tf == "boolean":
        return np.ones_like(counts)
    if tf == "logcount":
        return 1 + np.log10(counts)
    if tf in ("augmented", "propmax"):
        largest = np.zeros(weighted.shape[0])
        np.maximum.at(largest, row, counts)
        share = counts / largest[row]
        return share if tf == "propmax" else 0.5 + 0.5 * share
    if tf == "logave":
        mean = np.bincount(row, weights=counts) / np.maximum(np.bincount(row), 1)
        return (1 + np.log10(counts)) / (1 + np.log10(mean[row]))
    return counts


def _across(matrix: DocumentTermMatrix, df: str) -> Any:
    documents, articles = matrix.document_frequency().astype(np.float64), len(matrix.articles)
    with np.errstate(divide="ignore", invalid="ignore"):
        if df == "inverse":
            return np.log10(articles / documents)
        if df == "inversemax":
            return np.log10(documents.max(initial=0) / documents)
        if df == "inverseprob":
            return np.maximum(np.log10((articles - documents) / documents), 0.0)
    return np.ones_like(documents)
