"""Counts of parts of a corpus, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery, NoArticles
from corpus_tools.terms._compiled import BYTES_OF_A_WORD, kernels
from corpus_tools.terms._sums import Sum, check_most_phrases, finished, pruned, sum_of_counted, sum_of_table, sum_up
from corpus_tools.terms.frequency import COLUMNS, count
from corpus_tools.terms.intervals import quantile
from corpus_tools.terms.matrix import check_min_count

#: Options of `frequency` that have to do with intervals only.
_OF_INTERVALS = {"interval", "resamples", "seed"}
#: Tables that are added up at once.
_TOGETHER = 8


def frequency_of_parts(
    parts: Iterable[pd.DataFrame], *, min_count: int = 1, most_phrases: int | None = None, **options: Any
) -> pd.DataFrame:
    """Count a corpus part by part, so that it need not fit into memory.

    Parameters
    ----------
    parts : iterable of DataFrame
        Tables of articles, e.g. ``corpus.parts()``; no article may be in two of them.
    min_count : int
        Fewest occurrences in all parts together.
    most_phrases : int, optional
        Phrases (terms of several words) that are kept while counting; by default all. The pairs of words of a huge
        corpus fill any memory, and nearly all of them are rare. Words are never dropped.
    **options
        As in `corpus_tools.terms.frequency`.

    Returns
    -------
    DataFrame
        What `corpus_tools.terms.frequency` gives for all articles at once. With `most_phrases` there is one more
        column, ``missed``: how many occurrences of the term were dropped at most, so that its true count is between
        ``count`` and ``count + missed``; ``attrs["tokens"]["absent_at_most"]`` says how often a phrase that is not in
        the table may occur. Terms are kept that may have `min_count` occurrences.

    Notes
    -----
    Tables are combined eight at a time, and their sums again, so each count is added only as often as the number of
    parts has octal digits. Phrases are dropped as in lossy counting: the rarest first, and what is kept knows how much
    it may have lost before it was first seen.

    References
    ----------
    Manku and Motwani (2002). Approximate frequency counts over data streams. VLDB.
    Agarwal et al. (2012). Mergeable summaries. PODS.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam and the dam.", "The dam held."]})
    >>> parts = [articles.head(1), articles.tail(1)]
    >>> frequency_of_parts(parts)[["term", "count", "documents"]].head(1).values.tolist()
    [['dam', 3, 2]]
    >>> table = frequency_of_parts(parts, ngrams=2, most_phrases=1)
    >>> table[["term", "count", "missed"]].values.tolist(), table.attrs["tokens"]["absent_at_most"]
    ([['the dam', 2, 1]], 2)
    """
    confidence = options.pop("confidence", 0.95)
    check_options(options, min_count=min_count, confidence=confidence, most_phrases=most_phrases)
    waiting: list[list[Sum]] = [[]]
    words = 0
    for part in parts:
        waiting[0].append(pruned(sum_of_part(part, **options), most_phrases))
        words += waiting[0][-1].tokens
        # Loads compiled loops once all parts together are worth it, small as each may be.
        kernels(words * BYTES_OF_A_WORD)
        for level in range(len(waiting)):
            if len(waiting[level]) == _TOGETHER:
                waiting.extend([[]] if level + 1 == len(waiting) else [])
                waiting[level + 1].append(added(waiting[level], most_phrases))
                waiting[level] = []
    sums = [total for totals in waiting for total in totals]
    if not sums:
        raise NoArticles("The corpus has no parts to count.")
    return table_of_sum(
        added(sums, most_phrases), min_count=min_count, confidence=confidence, most_phrases=most_phrases
    )  # fmt: skip


def check_options(
    options: Mapping[str, Any], *, min_count: int = 1, confidence: float = 0.95, most_phrases: int | None = None
) -> None:
    """Raise `InvalidQuery` for options that have no meaning where parts are counted one at a time."""
    check_min_count(min_count)
    quantile(confidence)
    check_most_phrases(most_phrases)
    if options.get("interval", "wilson") != "wilson":
        raise InvalidQuery("Articles can only be drawn anew where all are at hand; count parts with interval='wilson'.")


def sum_of_part(articles: pd.DataFrame, *, share: int = 1, **options: Any) -> Sum:
    """Return what `frequency` counts in some articles, in the form that is added up.

    Parameters
    ----------
    articles : DataFrame
        The articles.
    share : int
        How many parts like this one the process will count: compiled loops are loaded once all together are worth it.
    **options
        Those of `frequency` on what is counted and in which groups.
    """
    if share > 1 and "text" in articles:
        kernels(share * int(articles["text"].str.len().sum()))
    counted, groups, described, _ = count(articles, **{key: options[key] for key in options.keys() - _OF_INTERVALS})
    return sum_of_counted(counted, groups, described)


def added(sums: Sequence[Sum], most_phrases: int | None = None) -> Sum:
    """Return the counts of the articles of all, without the rarest phrases if they are too many."""
    return pruned(sum_up(sums), most_phrases)


def table_of_sum(
    total: Sum, *, min_count: int = 1, confidence: float = 0.95, most_phrases: int | None = None
) -> pd.DataFrame:
    """Return the table that `frequency_of_parts` gives for these counts."""
    is_pruned = most_phrases is not None
    return finished(pruned(total, most_phrases), confidence=confidence, is_pruned=is_pruned, min_count=min_count)


def combine_frequencies(
    tables: Iterable[pd.DataFrame], *, most_phrases: int | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Add up tables that `corpus_tools.terms.frequency` made of different articles with the same options.

    Parameters
    ----------
    tables : iterable of DataFrame
        The tables, made with ``min_count=1``: what was left out of one cannot be added up. Tables that were made here
        can be added to others again, also those from which phrases were dropped.
    most_phrases : int, optional
        See `frequency_of_parts`.
    confidence : float
        Of the intervals.

    Returns
    -------
    DataFrame
        One table of the same form; with `most_phrases`, or where a table has it, the column ``missed``.

    Raises
    ------
    InvalidQuery
        When they have different groups, or count different things as terms.
    """
    given = list(tables)
    if not given:
        raise NoArticles("There is no table to combine.")
    for table in given:
        schema.require(table, *COLUMNS)
    is_pruned = most_phrases is not None or any("missed" in table.columns for table in given)
    total = added([sum_of_table(table) for table in given], most_phrases)
    return finished(total, confidence=confidence, is_pruned=is_pruned)
