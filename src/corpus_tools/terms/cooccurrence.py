"""Which words stand near each other, how often: the table behind networks of words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._types import Integers
from corpus_tools.terms.association import association, log_dice
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.matrix import allowed
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Tokens, tokens

#: Most words: the table of all pairs is dense while it is counted.
MOST_TERMS = 4000

COUNTS = ("frequency", "boolean", "weighted")
COLUMNS = (
    "first", "second", "count", "per_million", "documents", "first_count", "second_count", "articles", "tokens",
    "log_dice", "npmi",
)  # fmt: skip


def cooccurrence(
    articles: Source,
    *,
    terms: Iterable[str] | None = None,
    top: int = 60,
    window: int | None = 5,
    ordered: bool = False,
    count: str = "frequency",
    stopwords: str | Iterable[str] | None = None,
    lowercase: bool = True,
) -> pd.DataFrame:
    """Count how often each of some words stands near each other one.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    terms : iterable of str, optional
        The words; by default the `top` most frequent ones that are no stop words.
    top : int
        How many words, where `terms` are not given.
    window : int, optional
        How many words further the other may stand; None for anywhere in the article. No window reaches over an
        article's end.
    ordered : bool
        Whether only the second word's places after the first count. Without, (a, b) and (b, a) have one count.
    count : {"frequency", "boolean", "weighted"}
        All pairs of places; articles with such a pair; pairs, each by one over its distance.
    stopwords : str, iterable of str or None
        Words that are not taken by themselves.
    lowercase : bool
        Whether upper and lower case are one.

    Returns
    -------
    DataFrame
        One row for each pair that occurs, most often first: ``first``, ``second``, ``count``, ``per_million``,
        ``documents`` (articles with such a pair), ``first_count``, ``second_count``, ``articles``, ``tokens``,
        ``log_dice`` and ``npmi`` (of the pairs of places: how much more often than by chance). Where `ordered` is false
        a pair has a row in both directions, so that ``table.pivot_table("count", "first", "second")`` is quanteda's
        ``fcm``; a word with itself counts from both sides.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["the dam broke the dam"]})
    >>> table = cooccurrence(articles, window=1)
    >>> table[["first", "second", "count"]].head(2).values.tolist()
    [['dam', 'the', 2], ['the', 'dam', 2]]
    """
    if count not in COUNTS:
        raise InvalidQuery(f"There is no count {count!r}; there are {', '.join(COUNTS)}.")
    if (window is not None and window < 1) or top < 0:
        raise InvalidQuery("window must be 1 or more, or None for whole articles; top 0 or more.")
    counted = tokens(articles, lowercase=lowercase)
    chosen = _chosen(counted, terms, top, _stopwords(stopwords))
    if len(chosen) > MOST_TERMS:
        raise InvalidQuery(f"{len(chosen):,} words make too many pairs; {MOST_TERMS:,} are counted at most.")
    number = np.full(len(counted.vocabulary) + 1, -1, dtype=np.int64)
    number[chosen] = np.arange(len(chosen))
    of = number[counted.codes] if len(counted) else np.empty(0, dtype=np.int64)
    reach = max(int(counted.lengths.max(initial=1)) - 1, 1) if window is None else window
    holding = _cells(of, counted.article_of, len(chosen), reach, "boolean", ordered=ordered)
    cells = holding
    if count != "boolean":
        cells = _cells(of, counted.article_of, len(chosen), reach, count, ordered=ordered)
    table = _table(counted, chosen, (cells, holding), reach, ordered=ordered, pairs=count == "frequency")
    table.attrs = {"tokens": counted.describe(), "window": window, "ordered": ordered, "count": count}
    return table


def _chosen(counted: Tokens, terms: Iterable[str] | None, top: int, excluded: frozenset[str]) -> Integers:
    """Return the numbers of the words to look at, the most frequent first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    frequency = np.bincount(counted.codes, minlength=len(counted.vocabulary))
    if terms is not None:
        normalise = counted.specification.normaliser()
        wanted = pa.array(list(dict.fromkeys(normalise(term) for term in terms)), type=pa.large_string())
        places = pc.index_in(wanted, value_set=counted.vocabulary).drop_null()
        return np.asarray(places.to_numpy(zero_copy_only=False), dtype=np.int64)
    order = np.argsort(-frequency, kind="stable")
    return np.asarray(order[allowed(counted, excluded)[order]][:top], dtype=np.int64)


def _cells(of: Integers, article_of: Integers, size: int, reach: int, count: str, *, ordered: bool) -> Any:
    """Return how often the word of each column stands within `reach` words of (or after) that of each row."""
    places = np.flatnonzero(of >= 0)
    cells = np.zeros(size * size)
    articles: list[Integers] = []
    # Only places of the chosen words matter: the step goes from one to the next of them.
    for step in range(1, len(places)):
        here, there = places[:-step], places[step:]
        near = (there - here <= reach) & (article_of[here] == article_of[there])
        if not near.any():
            break
        first, second, article = of[here[near]], of[there[near]], article_of[here[near]]
        weights = 1 / (there - here)[near] if count == "weighted" else None
        for row, column in ((first, second),) if ordered else ((first, second), (second, first)):
            pair = row * size + column
            if count == "boolean":
                articles.append(np.unique(article * size * size + pair))
            else:
                cells += np.bincount(pair, weights=weights, minlength=size * size)
    if articles:
        cells += np.bincount(np.unique(np.concatenate(articles)) % (size * size), minlength=size * size)
    return cells.reshape(size, size)


def _table(
    counted: Tokens, chosen: Integers, both: tuple[Any, Any], reach: int, *, ordered: bool, pairs: bool
) -> pd.DataFrame:
    """Return a row for each pair, given the cells of counts and of articles."""
    cells, holding = both
    names = np.array(counted.terms(chosen), dtype=object)
    frequency = np.bincount(counted.codes, minlength=len(counted.vocabulary))[chosen]
    rows, columns = np.nonzero(cells)
    values = cells[rows, columns]
    table = pd.DataFrame(
        {
            "first": pd.Series(names[rows], dtype="str"),
            "second": pd.Series(names[columns], dtype="str"),
            "count": values.astype(np.int64) if np.array_equal(values, np.round(values)) else values,
            "per_million": per_million(values, len(counted)),
            "documents": holding[rows, columns].astype(np.int64),
            "first_count": frequency[rows],
            "second_count": frequency[columns],
            "articles": len(counted.articles),
            "tokens": len(counted),
        }
    )
    sides = 1 if ordered else 2
    scores = {"log_dice": np.full(len(table), np.nan), "npmi": np.full(len(table), np.nan)}
    if pairs and len(table):
        # Each place has `reach` neighbours on each side, and each of them could be the other word.
        slots = sides * reach
        first, second = frequency[rows] * slots, frequency[columns] * slots
        together = np.minimum(values, np.minimum(first, second))
        measured = association(together, first, second, np.maximum(len(counted) * slots, first + second))
        scores = {"log_dice": log_dice(together, first, second), "npmi": measured["npmi"].to_numpy()}
    table = table.assign(**scores)[list(COLUMNS)]
    table = table.sort_values(["count", "first", "second"], ascending=[False, True, True], kind="stable")
    return table.reset_index(drop=True)
