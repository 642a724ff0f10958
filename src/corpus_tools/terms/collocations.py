"""Which words keep company."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._grams import distinct_values, rank
from corpus_tools.terms._locate import locate
from corpus_tools.terms._types import Integers
from corpus_tools.terms.association import association, log_dice
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.matrix import allowed, check_min_count
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Tokens, tokens

MEASURES = (
    "log_dice", "log_likelihood", "pmi", "pmi2", "pmi3", "npmi", "t", "z", "chi_squared", "dice", "jaccard", "delta_p",
    "delta_p_reverse", "log_odds", "log_odds_z", "min_sensitivity", "phi_squared", "mi_like", "poisson_stirling",
    "count",
)  # fmt: skip


def collocations(
    articles: Source,
    *,
    node: str | Sequence[str] | None = None,
    window: int | tuple[int, int] | None = None,
    measure: str = "log_dice",
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 5,
    lowercase: bool = True,
    stemming: str | None = None,
) -> pd.DataFrame:
    """Find words that stand together more often than chance has it.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    node : str or sequence of str, optional
        A query (see `concordance`) whose neighbours are wanted; without one, all pairs of words.
    window : int or (int, int), optional
        How many words before and after the node belong to its company; 5 by default. For pairs, how many words
        further the second may stand; by default 1, the next word. No window reaches over the end of an article.
    measure : str
        What to rank by; all measures are columns, see `association`.
    stopwords : str, iterable of str or None
        Collocates to leave out, as in `frequency`; they still count as neighbours.
    min_count : int
        Fewest occurrences together.
    lowercase, stemming
        See `corpus_tools.terms.tokens`.

    Returns
    -------
    DataFrame
        One row for each pair, strongest first: ``node``, ``collocate``, ``count`` (together), ``per_million``,
        ``documents`` (articles with both together), ``node_count``, ``collocate_count``, ``articles``, ``tokens``,
        then the measures.

    Notes
    -----
    With a node the table behind each measure compares the words in its windows (each word once, however many
    windows it is in) with all words outside (Evert 2008, surface cooccurrence); `log_dice` and `dice` take the
    frequencies of node and collocate, as Sketch Engine does. Pairs are compared with all pairs at such a distance.

    References
    ----------
    Evert, S. (2008). Corpora and collocations. Rychlý, P. (2008). A lexicographer-friendly association score. Gries, S.
    T. (2013). 50-something years of work on collocations.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["Heavy rain fell. Heavy rain again, then light rain."]})
    >>> table = collocations(articles, node="rain", window=1, min_count=1)
    >>> table[["collocate", "count", "node_count"]].head(2).values.tolist()
    [['heavy', 2, 3], ['again', 1, 3]]
    """
    if measure not in MEASURES:
        raise InvalidQuery(f"There is no measure {measure!r}; there are {', '.join(MEASURES)}.")
    check_min_count(min_count)
    counted = tokens(articles, lowercase=lowercase, stemming=stemming)
    kept = allowed(counted, _stopwords(stopwords))
    before, after = _reach(window, default=1 if node is None else 5)
    if node is None:
        table = _pairs(counted, after, kept, min_count)
    else:
        queries = [node] if isinstance(node, str) else list(node)
        places = locate(articles, counted, queries)
        table = _neighbours(counted, " | ".join(queries), places, (before, after), kept, min_count)
    table = table.sort_values(
        [measure, "count", "node", "collocate"], ascending=[False, False, True, True], kind="stable"
    ).reset_index(drop=True)
    table.attrs = {"tokens": counted.describe(), "measure": measure, "window": [before, after]}
    return table


def _reach(window: int | tuple[int, int] | None, *, default: int) -> tuple[int, int]:
    before, after = (window, window) if isinstance(window, int) else window or (default, default)
    if before < 0 or after < 0 or before + after == 0:
        raise InvalidQuery(f"window={window!r} has no meaning; give 1 or more words.")
    return before, after


def _neighbours(
    counted: Tokens, node: str, places: tuple[Integers, Integers], window: tuple[int, int], kept: Any, min_count: int
) -> pd.DataFrame:
    (begins, ends), (before, after) = places, window
    inside = _cover(len(counted), begins, ends)
    of = np.searchsorted(counted.offsets, begins, side="right")
    near = _cover(len(counted), np.maximum(begins - before, counted.offsets[of - 1]), begins)
    near |= _cover(len(counted), ends, np.minimum(ends + after, counted.offsets[of]))
    near &= ~inside
    size = len(counted.vocabulary)
    together = np.bincount(counted.codes[near], minlength=size)
    elsewhere = np.bincount(counted.codes[~inside], minlength=size)
    documents = _distinct(counted.article_of[near], counted.codes[near], size)
    chosen = np.flatnonzero((together >= max(min_count, 1)) & kept)
    scores = association(together[chosen], int(near.sum()), elsewhere[chosen], int((~inside).sum()))
    frequencies = np.bincount(counted.codes, minlength=size)[chosen]
    dice = 2 * together[chosen] / (len(begins) + frequencies)
    scores = scores.assign(log_dice=log_dice(together[chosen], len(begins), frequencies), dice=dice)
    return _table(
        counted, [node] * len(chosen), chosen, together[chosen], documents[chosen],
        np.full(len(chosen), len(begins)), frequencies, scores,
    )  # fmt: skip


def _pairs(counted: Tokens, reach: int, kept: Any, min_count: int) -> pd.DataFrame:
    lefts, rights, owners = [], [], []
    article_of = counted.article_of
    for step in range(1, reach + 1):
        same = article_of[step:] == article_of[:-step]
        lefts.append(counted.codes[:-step][same])
        rights.append(counted.codes[step:][same])
        owners.append(article_of[step:][same])
    left, right, owner = np.concatenate(lefts), np.concatenate(rights), np.concatenate(owners)
    size = max(len(counted.vocabulary), 1)
    codes, distinct = rank(left.astype(np.int64) * size + right)
    together = np.bincount(codes, minlength=len(distinct))
    documents = _distinct(owner, codes, len(distinct))
    first, second = np.bincount(left, minlength=size), np.bincount(right, minlength=size)
    heads, lasts = distinct // size, distinct % size
    chosen = together >= max(min_count, 1)
    if len(distinct):
        chosen &= kept[heads] & kept[lasts]
    heads, lasts = heads[chosen], lasts[chosen]
    scores = association(together[chosen], first[heads], second[lasts], len(left))
    return _table(
        counted, counted.terms(heads), lasts, together[chosen], documents[chosen], first[heads], second[lasts], scores
    )


def _table(
    counted: Tokens, nodes: list[str], collocates: Integers, together: Integers, documents: Integers,
    node_count: Integers, collocate_count: Integers, scores: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    table = pd.DataFrame(
        {
            "node": pd.Series(nodes, dtype="str"),
            "collocate": pd.Series(counted.terms(collocates), dtype="str"),
            "count": together,
            "per_million": per_million(together, len(counted)),
            "documents": documents,
            "node_count": node_count,
            "collocate_count": collocate_count,
            "articles": len(counted.articles),
            "tokens": len(counted),
        }
    )
    return pd.concat([table, scores], axis=1)


def _cover(size: int, begins: Integers, ends: Integers) -> Any:
    """Return which places lie in any of the intervals."""
    change = np.bincount(begins, minlength=size + 1) - np.bincount(ends, minlength=size + 1)
    return np.cumsum(change[:size]) > 0


def _distinct(owners: Integers, codes: Any, size: int) -> Integers:
    """Return in how many articles each code occurs."""
    pairs = distinct_values(owners * max(size, 1) + codes)
    return np.bincount(pairs % max(size, 1), minlength=size)
