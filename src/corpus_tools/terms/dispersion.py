"""How evenly terms are spread over a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.terms._groups import group
from corpus_tools.terms._locate import locate
from corpus_tools.terms.frequency import group_sizes, grouped_counts
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.matrix import DocumentTermMatrix, as_matrix, check_min_count
from corpus_tools.terms.queries import Queries, named
from corpus_tools.terms.tokens import Source, Tokens, tokens

COLUMNS = (
    "term", "count", "per_million", "documents", "range", "dp", "dp_norm", "juilland_d", "da", "parts", "articles",
    "tokens",
)  # fmt: skip


def dispersion(
    articles: Source | DocumentTermMatrix,
    *,
    parts: str | Sequence[str] = "article_id",
    ngrams: int | Sequence[int] = (1,),
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 5,
    lowercase: bool = True,
    stemming: str | None = None,
) -> pd.DataFrame:
    """Measure how evenly each term is spread.

    Parameters
    ----------
    articles : DataFrame, Tokens or DocumentTermMatrix
        The corpus.
    parts : str or sequence of str
        What the corpus is divided into: articles, or groups as in `frequency`, e.g. ``"outlet"``. Parts without words
        do not count.
    ngrams, stopwords, lowercase, stemming
        What is counted, as in `frequency`.
    min_count : int
        Fewest occurrences; dispersion says little of rarer terms.

    Returns
    -------
    DataFrame
        One row for each term, most frequent first: ``term``, ``count``, ``per_million``, ``documents``, ``range``
        (parts with the term), ``dp`` (Gries' deviation of proportions: 0 as even as can be, near 1 all in one small
        part), ``dp_norm`` (the same from 0 to 1), ``juilland_d`` (from 0 uneven to 1 even), ``da`` (likewise),
        ``parts``, ``articles``, ``tokens``. Measures of a corpus of one part are missing.

    References
    ----------
    Gries, S. T. (2008). Dispersions and adjusted frequencies in corpora. IJCL 13. Lijffijt, J., Gries, S. T. (2012).
    Correction. IJCL 17. Juilland, A., Chang-Rodriguez, E. (1964). Burch, B., Egbert, J., Biber, D. (2017). Measuring
    and interpreting lexical dispersion in corpus linguistics (D_A).

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2", "a3"],
    ...                          "text": ["dam dam river", "dam road sea", "sun wind ice"]})
    >>> dispersion(articles, min_count=3)[["term", "range", "dp", "dp_norm"]].round(3).values.tolist()
    [['dam', 2, 0.333, 0.5]]
    """
    check_min_count(min_count)
    options = {"ngrams": ngrams, "stopwords": stopwords, "lowercase": lowercase, "stemming": stemming}
    matrix = as_matrix(articles, min_count=min_count, **options)
    groups = group(matrix.articles, parts)
    counts, _ = grouped_counts(matrix, groups)
    _, words = group_sizes(matrix, groups)
    counts, words = counts[words > 0], words[words > 0]
    total = np.asarray(counts.sum(axis=0)).ravel()
    measures = _measures(counts.tocsc(), words, total)
    table = pd.DataFrame(
        {
            "term": pd.Series(matrix.terms.to_pandas(), dtype="str"),
            "count": total,
            "per_million": per_million(total, int(words.sum())),
            "documents": matrix.document_frequency(),
            **measures,
            "parts": len(words),
            "articles": len(matrix.articles),
            "tokens": int(words.sum()),
        }
    )[list(COLUMNS)]
    table = table[table["count"] >= max(min_count, 1)]
    table = table.sort_values(["count", "term"], ascending=[False, True], kind="stable").reset_index(drop=True)
    table.attrs = {"tokens": matrix.describe(), "parts": parts}
    return table


def positions(articles: Source, terms: Queries, *, lowercase: bool = True) -> pd.DataFrame:
    """Say where in each article terms occur, for a dispersion (X-ray) plot.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles, in the order that the plot is to have.
    terms : str, sequence of str or mapping
        Queries, or names of several queries each, as in `trend`.
    lowercase : bool
        Whether upper and lower case are one.

    Returns
    -------
    DataFrame
        One row for each occurrence: ``article_id``, ``article`` (its number, from 0), ``term``, ``word`` (number of
        its first word in the article, from 0), ``words`` (in the article), ``place`` (of that word in the whole
        corpus, from 0), ``corpus_words``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam broke.", "A dam."]})
    >>> positions(articles, "dam")[["article_id", "word", "words", "place"]].values.tolist()
    [['a1', 1, 3, 1], ['a2', 1, 2, 4]]
    """
    counted: Tokens = tokens(articles, lowercase=lowercase)
    frames = []
    for name, queries in named(terms).items():
        begins, _ = locate(articles, counted, queries)
        owner = np.searchsorted(counted.offsets, begins, side="right") - 1
        frames.append(
            pd.DataFrame(
                {
                    "article_id": counted.articles["article_id"].to_numpy()[owner],
                    "article": owner,
                    "term": name,
                    "word": begins - counted.offsets[owner],
                    "words": counted.lengths[owner],
                    "place": begins,
                    "corpus_words": len(counted),
                }
            )
        )
    table = pd.concat(frames, ignore_index=True).astype({"article_id": "str", "term": "str"})
    table.attrs = {"tokens": counted.describe(), "terms": list(named(terms))}
    return table


def _measures(counts: Any, words: Any, total: Any) -> dict[str, Any]:
    """Return the measures of each column of a parts by terms matrix, without making it dense."""
    parts, size = len(words), counts.shape[1]
    column = np.repeat(np.arange(size), np.diff(counts.indptr))
    share = words / max(int(words.sum()), 1)
    reached = np.diff(counts.indptr)
    with np.errstate(divide="ignore", invalid="ignore"):
        here = share[counts.indices]
        gap = np.abs(counts.data / total[column] - here) - here
        dp = (np.bincount(column, weights=gap, minlength=size) + 1) / 2
        rates = counts.data / words[counts.indices]
        mean = np.bincount(column, weights=rates, minlength=size) / parts
        spread = np.bincount(column, weights=(rates - mean[column]) ** 2, minlength=size) + (parts - reached) * mean**2
        juilland = 1 - np.sqrt(spread / parts) / mean / np.sqrt(parts - 1)
        da = 1 - _mean_difference(column, rates, reached, parts, size) / (2 * mean)
        normed = dp / (1 - share.min(initial=1.0))
    several = parts > 1
    return {
        "range": reached,
        "dp": dp if several else np.full(size, np.nan),
        "dp_norm": normed if several else np.full(size, np.nan),
        "juilland_d": np.clip(juilland, 0, 1) if several else np.full(size, np.nan),
        "da": np.clip(da, 0, 1) if several else np.full(size, np.nan),
    }


def _mean_difference(column: Any, rates: Any, reached: Any, parts: int, size: int) -> Any:
    """Return the mean absolute difference between the rates of two parts, from the ranks of rates above 0."""
    order = np.lexsort((rates, column))
    first = np.cumsum(reached) - reached
    place = np.arange(len(rates)) - first[column[order]] + (parts - reached)[column[order]]
    weights = (2 * (place + 1) - parts - 1) * rates[order]
    return np.bincount(column[order], weights=weights, minlength=size) / (parts * (parts - 1) / 2)
