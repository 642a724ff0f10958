"""Counts of some articles in a form that is small and quickly added up: terms and groups as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._groups import MISSING, Groups
from corpus_tools.terms._types import Codes, Integers
from corpus_tools.terms.frequency import COLUMNS, Counted, group_sizes, with_empty_groups
from corpus_tools.terms.intervals import MILLION, per_million, wilson

#: What is known of a group beside its labels.
SIZES = ("articles", "tokens")
#: What is added up of a term.
_COUNTED = ("count", "documents", "missed")


@dataclass(frozen=True)
class Sum:
    """Counts of some articles, a row for each group and term in it.

    Parameters
    ----------
    vocabulary : pyarrow.LargeStringArray
        The distinct terms.
    groups : DataFrame
        The labels of each group, its ``articles`` and ``tokens``.
    of_term, of_group, size : arrays of int32
        Of each row, the place of its term, of its group, and the number of words of the term.
    count, documents, missed : arrays of int64
        Of each row, how often the term occurs, in how many articles, and how many occurrences were dropped at most.
    specification : dict
        What counts as a term.
    articles, tokens : int
        Of all groups together.
    absent_at_most : int
        How often a phrase occurs at most that is not among the rows of a group.
    """

    vocabulary: Any
    groups: pd.DataFrame
    of_term: Codes
    of_group: Codes
    size: Codes
    count: Integers
    documents: Integers
    missed: Integers
    specification: dict[str, Any]
    articles: int
    tokens: int
    absent_at_most: int = 0

    @property
    def names(self) -> list[str]:
        """Names of the columns that make groups."""
        return [str(name) for name in self.groups.columns if name not in SIZES]

    def select(self, wanted: npt.NDArray[np.bool_]) -> Sum:
        """Return some of the rows."""
        rows = {name: getattr(self, name)[wanted] for name in ("of_term", "of_group", "size", *_COUNTED)}
        return replace(self, **rows)


def sum_of_counted(counted: Counted, groups: Groups, described: dict[str, Any]) -> Sum:
    """Return terms counted in groups of articles, as `Sum`."""
    articles, words = group_sizes(counted, groups)
    of_group = np.repeat(np.arange(len(groups.labels)), np.diff(counted.counts.indptr)).astype(np.int32)
    of_term = counted.counts.indices.astype(np.int32, copy=False)
    specification = {name: value for name, value in described.items() if name not in SIZES}
    return Sum(
        counted.terms,
        groups.labels.assign(articles=articles, tokens=words).iloc[: None if len(groups.labels.columns) else 0],
        of_term,
        of_group,
        counted.sizes.astype(np.int32)[of_term],
        counted.counts.data.astype(np.int64, copy=False),
        counted.documents.data.astype(np.int64, copy=False),
        np.zeros(len(of_term), dtype=np.int64),
        specification,
        int(described["articles"]),
        int(described["tokens"]),
    )


def sum_of_table(table: pd.DataFrame) -> Sum:
    """Return what `corpus_tools.terms.frequency` gives, or `finished`, as `Sum`."""
    import pyarrow as pa

    names = [str(name) for name in table.columns if name not in (*COLUMNS, "missed")]
    described = dict(table.attrs.get("tokens", {}))
    articles, tokens = (int(described.pop(name, 0)) for name in SIZES)
    absent = int(described.pop("absent_at_most", 0))
    groups = table[[*names, *SIZES]].drop_duplicates(names) if names else table[[*SIZES]].head(0)
    of_group = table.groupby(names, sort=False, dropna=False).ngroup() if names else pd.Series(0, index=table.index)
    empty = table.attrs.get("empty_groups")
    if names and empty:
        known = pd.DataFrame(empty, columns=list(groups.columns)).astype(dict.fromkeys(names, "str"))
        groups = pd.concat([groups, known], ignore_index=True) if len(groups) else known
    terms = pa.array(table["term"], type=pa.large_string(), from_pandas=True)
    if isinstance(terms, pa.ChunkedArray):
        terms = pa.concat_arrays(terms.chunks) if terms.num_chunks else pa.array([], type=pa.large_string())
    encoded = terms.dictionary_encode()
    counts = {name: table[name].to_numpy(dtype=np.int64) for name in ("count", "documents")}
    missed = table["missed"].to_numpy(dtype=np.int64) if "missed" in table else np.zeros(len(table), dtype=np.int64)
    return Sum(
        encoded.dictionary, groups.reset_index(drop=True), np.asarray(encoded.indices, dtype=np.int32),
        np.asarray(of_group, dtype=np.int32), np.asarray(table["size"], dtype=np.int32), counts["count"],
        counts["documents"], missed, described, articles, tokens, absent,
    )  # fmt: skip


def sum_up(sums: Sequence[Sum]) -> Sum:
    """Return the counts of the articles of all.

    Raises
    ------
    InvalidQuery
        When they have different groups, or count different things as terms.
    """
    import pyarrow as pa

    first = sums[0]
    if any(total.names != first.names or total.specification != first.specification for total in sums):
        raise InvalidQuery("These tables were counted with different options; count all with the same.")
    if len(sums) == 1:
        return first
    groups, group_places = _together([total.groups for total in sums], first.names)
    encoded = pa.concat_arrays([total.vocabulary for total in sums]).dictionary_encode()
    words = np.asarray(encoded.indices, dtype=np.int64)
    word_places = np.split(words, np.cumsum([len(total.vocabulary) for total in sums])[:-1])
    longest = 1 + max((int(total.size.max()) for total in sums if len(total.size)), default=0)
    keys = np.concatenate(
        [
            (group_places[place][total.of_group] * len(encoded.dictionary) + word_places[place][total.of_term])
            * longest + total.size
            for place, total in enumerate(sums)
        ]
    )  # fmt: skip
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    counts = {name: np.concatenate([_lossless(total, name) for total in sums])[order] for name in _COUNTED}
    summed = {name: np.add.reduceat(values, begins) if len(begins) else values for name, values in counts.items()}
    rest, size = np.divmod(keys[begins], longest)
    of_group, of_term = np.divmod(rest, max(len(encoded.dictionary), 1))
    articles, tokens, absent = (
        sum(getattr(total, name) for total in sums) for name in ("articles", "tokens", "absent_at_most")
    )
    summed["missed"] += np.where(size > 1, absent, 0)
    return Sum(
        encoded.dictionary, groups, of_term.astype(np.int32), of_group.astype(np.int32), size.astype(np.int32),
        summed["count"], summed["documents"], summed["missed"], first.specification, articles, tokens, absent,
    )  # fmt: skip


def _lossless(total: Sum, name: str) -> Integers:
    """Return a column; a phrase's losses without those that any phrase of that sum may have had."""
    values: Integers = getattr(total, name)
    return values - np.where(total.size > 1, total.absent_at_most, 0) if name == "missed" else values


def _together(tables: list[pd.DataFrame], names: list[str]) -> tuple[pd.DataFrame, list[Integers]]:
    """Return the groups of all tables with their sizes added up, and where each table's groups stand among them."""
    below = pd.concat(tables, ignore_index=True)
    if not names:
        return below, [np.zeros(1, dtype=np.int64) for _ in tables]
    grouped = below.groupby(names, sort=False, dropna=False)
    numbers = grouped.ngroup().to_numpy(dtype=np.int64)
    sizes = grouped[list(SIZES)].sum().reset_index()
    return sizes, np.split(numbers, np.cumsum([len(table) for table in tables])[:-1])


def check_most_phrases(most_phrases: int | None) -> None:
    """Raise `InvalidQuery` for a number of phrases that has no meaning."""
    if most_phrases is not None and most_phrases < 1:
        raise InvalidQuery(f"most_phrases={most_phrases} has no meaning; give 1 or more.")


def pruned(total: Sum, most_phrases: int | None) -> Sum:
    """Return the counts without the rarest phrases, if they are too many."""
    check_most_phrases(most_phrases)
    if most_phrases is None:
        return total
    possible, is_phrase = total.count + total.missed, total.size > 1
    phrases = possible[is_phrase]
    if len(phrases) <= most_phrases:
        return total
    # All that may be as frequent as the first one too many go, whichever of them that is.
    dropped = int(np.partition(phrases, len(phrases) - most_phrases - 1)[len(phrases) - most_phrases - 1])
    kept = total.select(~is_phrase | (possible > dropped))
    return _without_unused(replace(kept, absent_at_most=max(total.absent_at_most, dropped)))


def _without_unused(total: Sum) -> Sum:
    """Return the counts with a vocabulary of what occurs in them."""
    import pyarrow as pa

    used = np.zeros(len(total.vocabulary), dtype=bool)
    used[total.of_term] = True
    places = np.cumsum(used, dtype=np.int32) - np.int32(1)
    return replace(total, vocabulary=total.vocabulary.filter(pa.array(used)), of_term=places[total.of_term])


def finished(total: Sum, *, confidence: float, is_pruned: bool, min_count: int = 1) -> pd.DataFrame:
    """Return the table of counts with rates and intervals, most frequent first; terms that may be frequent enough."""
    import pyarrow as pa

    names, (groups, places) = total.names, _ordered(total)
    possible = np.zeros(len(total.vocabulary), dtype=np.int64)
    np.add.at(possible, total.of_term, total.count + total.missed)
    kept = total if min_count <= 1 else total.select(possible[total.of_term] >= min_count)
    of_group = places[kept.of_group]
    order = np.lexsort((_rank(kept.vocabulary)[kept.of_term], kept.size, -kept.count, of_group))
    of_group, count = of_group[order], kept.count[order]
    in_group, words = (groups[name].to_numpy(dtype=np.int64)[of_group] for name in SIZES)
    low, high = wilson(count, words, confidence=confidence)
    terms = kept.vocabulary.take(pa.array(kept.of_term[order]))
    data: dict[str, Any] = {name: groups[name].to_numpy(dtype=object)[of_group] for name in names}
    data |= {
        "term": pd.Series(terms.to_pandas(), dtype="str"),
        "size": kept.size[order].astype(np.int64),
        "count": count,
        "per_million": per_million(count, words),
        "low": low * MILLION,
        "high": high * MILLION,
        "documents": kept.documents[order],
        "articles": in_group,
        "tokens": words,
    }
    if is_pruned:
        data["missed"] = kept.missed[order]
    table = pd.DataFrame(data).astype(dict.fromkeys(names, "str"))
    described = {**total.specification, "articles": total.articles, "tokens": total.tokens}
    table.attrs["tokens"] = described | ({"absent_at_most": total.absent_at_most} if is_pruned else {})
    return with_empty_groups(table, groups[names], groups["articles"], groups["tokens"])


def _rank(vocabulary: Any) -> Integers:
    """Return the place of each term in the order of code points."""
    import pyarrow.compute as pc

    order = np.asarray(pc.sort_indices(vocabulary), dtype=np.int64)
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places


def _ordered(total: Sum) -> tuple[pd.DataFrame, Integers]:
    """Return the groups in their order, missing ones last, and where each stands in it."""
    names = total.names
    if not names:
        alone = pd.DataFrame({name: [getattr(total, name)] for name in SIZES})
        return alone, np.zeros(1, dtype=np.int64)
    missing = {f"{name}?": total.groups[name] == MISSING for name in names}
    keys = [key for name in names for key in (f"{name}?", name)]
    order = total.groups.assign(**missing).sort_values(keys).index.to_numpy()
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return total.groups.loc[order].reset_index(drop=True), places
