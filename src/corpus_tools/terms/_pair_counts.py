"""Words counted in company: what every measure of collocation is made of, of a corpus or of a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.terms._grams import distinct_values, rank
from corpus_tools.terms._specification import Specification
from corpus_tools.terms._types import Integers
from corpus_tools.terms.association import association, log_dice
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.tokens import Tokens

#: What a row of a table of counts says: a pair, one of the two in its place, or a word that is no part of a node.
PAIR, FIRST, SECOND, OUTSIDE = "pair", "first", "second", "outside"


@dataclass(frozen=True)
class PairCounts:
    """Counts of words and of pairs of them.

    Parameters
    ----------
    vocabulary : pyarrow.LargeStringArray
        The words.
    firsts, seconds : arrays of int64
        The two of each pair, as places in `vocabulary`; all `firsts` are 0 when there is a node.
    together, documents : arrays of int64
        How often each pair stands together, and in how many articles.
    first, second : arrays of int64
        How often each word stands in the first and in the second place; with a node, how often the node occurs (one
        number), and how often each word occurs.
    outside : array of int64, optional
        With a node, how often each word stands where no node does.
    node : str, optional
        The node's name.
    share : int
        By how much `together` is divided before it is compared with the frequencies of words: of pairs in n-grams, each
        word heads as many as there are places after it.
    """

    vocabulary: Any
    specification: Specification
    firsts: Integers
    seconds: Integers
    together: Integers
    documents: Integers
    first: Integers
    second: Integers
    outside: Integers | None = None
    node: str | None = None
    share: int = 1

    def scored(self, kept: npt.NDArray[np.bool_], min_count: int) -> pd.DataFrame:
        """Return pairs of `kept` words with their measures."""
        chosen = self.together >= max(min_count, 1)
        if len(chosen):
            chosen &= kept[self.seconds] & (kept[self.firsts] if self.node is None else True)
        heads, lasts, together = self.firsts[chosen], self.seconds[chosen], self.together[chosen]
        first, second = self.first[heads], self.second[lasts]
        if self.outside is None:
            scores = association(together / self.share, first, second, int(self.first.sum()))
        else:
            near, elsewhere = int(self.together.sum()), self.outside[lasts]
            scores = association(together, near, elsewhere, int(self.outside.sum()))
            dice = 2 * together / (first + second)
            scores = scores.assign(log_dice=log_dice(together, first, second), dice=dice)
        counts = {
            "node": self._names(heads) if self.node is None else [self.node] * len(heads),
            "collocate": self._names(lasts),
            "count": together,
            "documents": self.documents[chosen],
            "node_count": first,
            "collocate_count": second,
        }
        table = pd.DataFrame(counts).astype({"node": "str", "collocate": "str"})
        return pd.concat([table, scores], axis=1)

    def _names(self, codes: Integers) -> Any:
        import pyarrow as pa

        return self.vocabulary.take(pa.array(codes, type=pa.int64())).to_pylist()

    def to_table(self) -> pd.DataFrame:
        """Return the counts as a table that can be added to others of its kind."""
        words = np.asarray(self.vocabulary.to_pylist(), dtype=object)
        nodes = words if self.node is None else np.array([self.node], dtype=object)
        blocks = [_rows(PAIR, self.together, nodes[self.firsts], words[self.seconds], self.documents)]
        blocks.append(_rows(FIRST, self.first, nodes, None))
        blocks.append(_rows(SECOND, self.second, None, words))
        if self.outside is not None:
            blocks.append(_rows(OUTSIDE, self.outside, None, words))
        table = pd.concat(blocks, ignore_index=True)
        return table[(table["count"] > 0) | (table["kind"] == FIRST)].reset_index(drop=True)


def _rows(kind: str, counts: Integers, first: Any, second: Any, documents: Any = 0) -> pd.DataFrame:
    index = range(len(counts))
    data = {"kind": kind, "node": first, "collocate": second, "count": counts, "documents": documents}
    return pd.DataFrame(data, index=index).astype({"kind": "str", "node": "str", "collocate": "str"})


def from_table(table: pd.DataFrame, specification: Specification, node: str | None, share: int) -> PairCounts:
    """Return the counts that `PairCounts.to_table` put into a table."""
    import pyarrow as pa

    of = {kind: table[table["kind"] == kind] for kind in (PAIR, FIRST, SECOND, OUTSIDE)}
    words = of[SECOND]["collocate"] if node is not None else pd.concat([of[FIRST]["node"], of[SECOND]["collocate"]])
    vocabulary = pd.Index(sorted(set(words.tolist())), dtype="str")

    def places(kind: str, column: str) -> Integers:
        return np.asarray(vocabulary.get_indexer(pd.Index(of[kind][column])), dtype=np.int64)

    def counts(kind: str, column: str) -> Integers:
        values = np.zeros(len(vocabulary), dtype=np.int64)
        values[places(kind, column)] = of[kind]["count"]
        return values

    pairs = of[PAIR]
    return PairCounts(
        vocabulary=pa.array(vocabulary.tolist(), type=pa.large_string()),
        specification=specification,
        firsts=places(PAIR, "node") if node is None else np.zeros(len(pairs), dtype=np.int64),
        seconds=places(PAIR, "collocate"),
        together=pairs["count"].to_numpy(),
        documents=pairs["documents"].to_numpy(),
        first=counts(FIRST, "node") if node is None else of[FIRST]["count"].to_numpy(),
        second=counts(SECOND, "collocate"),
        outside=None if node is None else counts(OUTSIDE, "collocate"),
        node=node,
        share=share,
    )


def count_neighbours(
    counted: Tokens, node: str, places: tuple[Integers, Integers], window: tuple[int, int], bounds: Integers
) -> PairCounts:
    """Count the words in the windows around a node, which stands from and up to `places`; none crosses `bounds`."""
    (begins, ends), (before, after) = places, window
    inside = _cover(len(counted), begins, ends)
    lowest = bounds[np.searchsorted(bounds, begins, side="right") - 1]
    # A node that reaches into the next sentence has that one's words after it.
    highest = bounds[np.searchsorted(bounds, ends, side="left")]
    near = _cover(len(counted), np.maximum(begins - before, lowest), begins)
    near |= _cover(len(counted), ends, np.minimum(ends + after, highest))
    near &= ~inside
    size = len(counted.vocabulary)
    together = np.bincount(counted.codes[near], minlength=size)
    documents = _distinct(counted.article_of[near], counted.codes[near], size)
    found = np.flatnonzero(together)
    return PairCounts(
        counted.vocabulary, counted.specification, np.zeros(len(found), dtype=np.int64), found, together[found],
        documents[found], np.array([len(begins)]), np.bincount(counted.codes, minlength=size),
        np.bincount(counted.codes[~inside], minlength=size), node,
    )  # fmt: skip


def count_pairs(counted: Tokens, reach: int, bounds: Integers, *, ngram: bool) -> PairCounts:
    """Count the pairs of words of which the second stands up to `reach` words after the first, within `bounds`.

    Each word is compared by how often it is first or second in a pair; in n-grams, by how often it occurs.
    """
    lefts, rights, owners = [], [], []
    article_of = counted.article_of
    unit_of = np.searchsorted(bounds, np.arange(len(counted)), side="right")
    for step in range(1, reach + 1):
        same = unit_of[step:] == unit_of[:-step]
        lefts.append(counted.codes[:-step][same])
        rights.append(counted.codes[step:][same])
        owners.append(article_of[step:][same])
    left, right, owner = np.concatenate(lefts), np.concatenate(rights), np.concatenate(owners)
    size = max(len(counted.vocabulary), 1)
    codes, distinct = rank(left.astype(np.int64) * size + right)
    places = (counted.codes, counted.codes) if ngram else (left, right)
    first, second = (np.bincount(words, minlength=len(counted.vocabulary)) for words in places)
    return PairCounts(
        counted.vocabulary, counted.specification, distinct // size, distinct % size,
        np.bincount(codes, minlength=len(distinct)), _distinct(owner, codes, len(distinct)), first, second,
        share=reach if ngram else 1,
    )  # fmt: skip


def with_sizes(table: pd.DataFrame, sizes: dict[str, Any]) -> pd.DataFrame:
    """Return scored pairs with their rate and the corpus' sizes beside the counts."""
    tokens = int(sizes["tokens"])
    table.insert(3, "per_million", per_million(table["count"], tokens))
    table.insert(7, "articles", int(sizes["articles"]))
    table.insert(8, "tokens", tokens)
    return table


def _cover(size: int, begins: Integers, ends: Integers) -> Any:
    """Return which places lie in any of the intervals."""
    change = np.bincount(begins, minlength=size + 1) - np.bincount(ends, minlength=size + 1)
    return np.cumsum(change[:size]) > 0


def _distinct(owners: Integers, codes: Any, size: int) -> Integers:
    """Return in how many articles each code occurs."""
    pairs = distinct_values(owners * max(size, 1) + codes)
    return np.bincount(pairs % max(size, 1), minlength=size)
