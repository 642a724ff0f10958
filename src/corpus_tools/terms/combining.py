"""Counts of parts of a corpus, put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery, NoArticles
from corpus_tools.terms._compiled import BYTES_OF_A_WORD, kernels
from corpus_tools.terms._groups import MISSING
from corpus_tools.terms.frequency import COLUMNS, frequency, with_empty_groups
from corpus_tools.terms.intervals import MILLION, per_million, wilson
from corpus_tools.terms.matrix import check_min_count

_SIZES = ("articles", "tokens")
_COUNTED = ("count", "documents", "missed")
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
    check_min_count(min_count)
    if options.get("interval", "wilson") != "wilson":
        raise InvalidQuery("Articles can only be drawn anew where all are at hand; count parts with interval='wilson'.")
    waiting: list[list[_Sum]] = [[]]
    words = 0
    for part in parts:
        waiting[0].append(_pruned(_sum_of(frequency(part, **options)), most_phrases))
        words += waiting[0][-1].tokens
        # Loads compiled loops once all parts together are worth it, small as each may be.
        kernels(words * BYTES_OF_A_WORD)
        for level in range(len(waiting)):
            if len(waiting[level]) == _TOGETHER:
                waiting.extend([[]] if level + 1 == len(waiting) else [])
                waiting[level + 1].append(_pruned(_added(waiting[level]), most_phrases))
                waiting[level] = []
    sums = [total for totals in waiting for total in totals]
    if not sums:
        raise NoArticles("The corpus has no parts to count.")
    total = _pruned(_added(sums), most_phrases)
    table = _finished(total, confidence=options.get("confidence", 0.95), pruned=most_phrases is not None)
    possible = table["count"] + (table["missed"] if most_phrases is not None else 0)
    kept = possible.groupby(table["term"]).transform("sum") >= min_count
    attrs = table.attrs
    table = table[kept].reset_index(drop=True)
    table.attrs = attrs
    return _with_empty_groups(table, total)


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
    pruned = most_phrases is not None or any("missed" in table.columns for table in given)
    total = _pruned(_added([_sum_of(table) for table in given]), most_phrases)
    return _with_empty_groups(_finished(total, confidence=confidence, pruned=pruned), total)


@dataclass(frozen=True)
class _Sum:
    """Counts of some articles.

    Parameters
    ----------
    counts : pyarrow.Table
        Groups, ``term``, ``size``, ``count``, ``documents`` and ``missed``.
    groups : DataFrame
        Groups with their ``articles`` and ``tokens``.
    specification : dict
        What counts as a term.
    articles, tokens : int
        Of all groups together.
    absent_at_most : int
        How often a phrase occurs at most that is not among the counts of a group.
    """

    counts: Any
    groups: pd.DataFrame
    specification: dict[str, Any]
    articles: int
    tokens: int
    absent_at_most: int = 0

    @property
    def names(self) -> list[str]:
        """Names of the columns that make groups."""
        return [str(name) for name in self.groups.columns if name not in _SIZES]


def _sum_of(table: pd.DataFrame) -> _Sum:
    import pyarrow as pa

    names = [str(name) for name in table.columns if name not in (*COLUMNS, "missed")]
    described = dict(table.attrs.get("tokens", {}))
    sizes = [int(described.pop(name, 0)) for name in _SIZES]
    absent = int(described.pop("absent_at_most", 0))
    columns = table[[*names, "term", "size", "count", "documents"]].assign(missed=table.get("missed", 0))
    groups = table[[*names, *_SIZES]].drop_duplicates(names) if names else table[[*_SIZES]].head(0)
    empty = table.attrs.get("empty_groups")
    if names and empty:
        known = pd.DataFrame(empty, columns=list(groups.columns)).astype(dict.fromkeys(names, "str"))
        groups = pd.concat([groups, known], ignore_index=True) if len(groups) else known
    counts = pa.Table.from_pandas(columns, preserve_index=False)
    return _Sum(counts, groups, described, sizes[0], sizes[1], absent)


def _added(sums: Sequence[_Sum]) -> _Sum:
    """Return the counts of the articles of all."""
    import pyarrow as pa

    first = sums[0]
    if any(total.names != first.names or total.specification != first.specification for total in sums):
        raise InvalidQuery("These tables were counted with different options; count all with the same.")
    if len(sums) == 1:
        return first
    # A phrase may have been dropped from each of them; where it was not, that is undone before all losses are added.
    lossless = pa.concat_tables([_with_missed(total, -total.absent_at_most) for total in sums])
    # One thread: several would each fill a table of their own first.
    counts = lossless.group_by([*first.names, "term", "size"], use_threads=False).aggregate(
        [(name, "sum") for name in _COUNTED]
    )
    counts = counts.rename_columns({f"{name}_sum": name for name in _COUNTED})
    groups = pd.concat([total.groups for total in sums])
    if first.names:
        groups = groups.groupby(first.names, as_index=False, sort=False)[list(_SIZES)].sum()
    articles, tokens, absent = (
        sum(getattr(total, name) for total in sums) for name in ("articles", "tokens", "absent_at_most")
    )
    together = _Sum(counts, groups, first.specification, articles, tokens, absent)
    return replace(together, counts=_with_missed(together, absent))


def _with_missed(total: _Sum, change: int) -> Any:
    """Return the counts with another number of occurrences that may have been dropped of each phrase."""
    import pyarrow.compute as pc

    if not change:
        return total.counts
    is_phrase = pc.greater(total.counts["size"], 1).cast("int64")
    missed = pc.add(total.counts["missed"], pc.multiply(is_phrase, change))
    return total.counts.set_column(total.counts.column_names.index("missed"), "missed", missed)


def _pruned(total: _Sum, most_phrases: int | None) -> _Sum:
    """Return the counts without the rarest phrases, if they are too many."""
    import pyarrow as pa

    if most_phrases is None:
        return total
    if most_phrases < 1:
        raise InvalidQuery(f"most_phrases={most_phrases} has no meaning; give 1 or more.")
    possible = np.asarray(total.counts["count"]) + np.asarray(total.counts["missed"])
    is_phrase = np.asarray(total.counts["size"]) > 1
    phrases = possible[is_phrase]
    if len(phrases) <= most_phrases:
        return total
    # All that may be as frequent as the first one too many go, whichever of them that is.
    dropped = int(np.partition(phrases, len(phrases) - most_phrases - 1)[len(phrases) - most_phrases - 1])
    kept = total.counts.filter(pa.array(~is_phrase | (possible > dropped)))
    return replace(total, counts=kept, absent_at_most=max(total.absent_at_most, dropped))


def _ordered_groups(total: _Sum) -> pd.DataFrame:
    names = total.names
    if not names:
        return pd.DataFrame({name: [getattr(total, name)] for name in _SIZES})
    missing = {f"{name}?": total.groups[name] == MISSING for name in names}
    order = [key for name in names for key in (f"{name}?", name)]
    return total.groups.assign(**missing).sort_values(order, ignore_index=True)[[*names, *_SIZES]]


def _with_empty_groups(table: pd.DataFrame, total: _Sum) -> pd.DataFrame:
    groups = _ordered_groups(total)
    return with_empty_groups(table, groups[total.names], groups["articles"], groups["tokens"])


def _finished(total: _Sum, *, confidence: float, pruned: bool) -> pd.DataFrame:
    """Return the table of counts with rates and intervals, most frequent first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    names, groups = total.names, _ordered_groups(total)
    counts = total.counts
    if names:
        numbers = counts.select(names).to_pandas().merge(groups.reset_index(), on=names, how="left")["index"].to_numpy()
    else:
        numbers = np.zeros(len(counts), dtype=np.int64)
    ordered = pc.sort_indices(
        counts.append_column("group", pa.array(numbers)),
        [("group", "ascending"), ("count", "descending"), ("size", "ascending"), ("term", "ascending")],
    )
    table: pd.DataFrame = counts.take(ordered).to_pandas()
    of_group = groups[list(_SIZES)].take(numbers[np.asarray(ordered)]).reset_index(drop=True)
    table = table.assign(**{name: of_group[name] for name in _SIZES})
    low, high = wilson(table["count"], table["tokens"], confidence=confidence)
    table = table.assign(
        per_million=per_million(table["count"], table["tokens"]), low=low * MILLION, high=high * MILLION
    )
    table = table[[*names, *COLUMNS, *(["missed"] if pruned else [])]]
    described = {**total.specification, "articles": total.articles, "tokens": total.tokens}
    table.attrs["tokens"] = described | ({"absent_at_most": total.absent_at_most} if pruned else {})
    return table
