"""Counting by sorting: which run of words stands how often in which article, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpus_tools.terms._compiled import BYTES_OF_A_WORD, kernels
from corpus_tools.terms._grams import Grams, grams, rank
from corpus_tools.terms._stretch_arrays import blocks
from corpus_tools.terms._types import Integers
from corpus_tools.terms.tokens import Tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_LARGEST = np.iinfo(np.int64).max
#: Words that are sorted together.
_BLOCK = 1 << 18


@dataclass(frozen=True)
class Columns:
    """Counts of runs of words, sparse, one column for each run.

    Parameters
    ----------
    cells : array of int32, two columns
        For each run and article in which it stands, the article and how often.
    offsets : array of int64
        Where each run's cells begin; one more at the end.
    parts : array of int32, one row for each run
        The codes of its words.
    """

    cells: npt.NDArray[np.int32]
    offsets: Integers
    parts: npt.NDArray[np.int32]

    @property
    def totals(self) -> Integers:
        """How often each run stands in all articles together."""
        totals = np.zeros(len(self.parts), dtype=np.int64)
        add_counts(self, totals)
        return totals

    def select(self, wanted: npt.NDArray[np.bool_]) -> Columns:
        """Return some of the columns."""
        lengths = np.diff(self.offsets)
        offsets = np.zeros(int(wanted.sum()) + 1, dtype=np.int64)
        np.cumsum(lengths[wanted], out=offsets[1:])
        return Columns(self.cells[np.repeat(wanted, lengths)], offsets, self.parts[wanted])


def count_columns(tokens: Tokens, sizes: Sequence[int]) -> list[Columns]:
    """Return the counts of all runs of each of `sizes` words, in the order of their words."""
    quick = kernels(len(tokens) * BYTES_OF_A_WORD)
    if quick is None or not len(tokens):
        return [_count_arrays(tokens, size) for size in sizes]
    found: dict[int, Columns] = {}
    for size in [size for size in sizes if size > 1] or [1]:
        shorter = grams(tokens, max(size - 1, 1))
        records, ends = _by_last_word(quick, tokens, shorter, size)
        if size > 1:
            found[size] = _runs_compiled(quick, records, ends, shorter)
        if 1 in sizes and 1 not in found:
            # Takes the place of the records.
            found[1] = _words(quick, records, ends)
    return [found[size] for size in sizes]


def frequencies(blocks: list[Columns]) -> tuple[Integers, Integers]:
    """Return how often each run of columns side by side stands in all articles, and in how many."""
    size = sum(len(block.parts) for block in blocks)
    totals, documents = np.zeros(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    first = 0
    for block in blocks:
        here = slice(first, first + len(block.parts))
        np.subtract(block.offsets[1:], block.offsets[:-1], out=documents[here])
        add_counts(block, totals[here])
        first = here.stop
    # Several analyses share them.
    totals.flags.writeable = documents.flags.writeable = False
    return totals, documents


def add_counts(block: Columns, totals: Integers) -> None:
    """Add to `totals` how often each run stands in all articles."""
    quick = kernels(len(block.cells) * BYTES_OF_A_WORD)
    if quick is not None:
        quick.totals(block.cells, block.offsets, totals)
    elif len(totals):
        totals += np.add.reduceat(block.cells[:, 1].astype(np.int64), block.offsets[:-1])


def rows(blocks: list[Columns], articles: int) -> csr_array[Any]:
    """Return columns side by side as a matrix with one row for each article."""
    from scipy.sparse import csc_array, csr_array

    size = sum(len(block.cells) for block in blocks)
    shape = articles, sum(len(block.parts) for block in blocks)
    quick = kernels(size * BYTES_OF_A_WORD)
    if quick is None:
        cells = np.concatenate([block.cells for block in blocks])
        begins = _smallest(np.concatenate([[0], *_shifted(blocks)]))
        return csc_array((cells[:, 1], cells[:, 0], begins), shape=shape).tocsr()
    ends = np.zeros(articles + 1, dtype=np.int64)
    for block in blocks:
        quick.add_sizes(block.cells, ends[1:])
    cursor = np.cumsum(ends)
    begins = _smallest(cursor)
    columns, counts = np.empty(size, dtype=begins.dtype), np.ones(size, dtype=np.int32)
    shift = 0
    for block in blocks:
        quick.put_rows(block.cells, block.offsets, shift, cursor, columns, counts)
        shift += len(block.parts)
    matrix = csr_array((counts, columns, begins), shape=shape)
    matrix.has_canonical_format = True
    return matrix


def words_in_groups(tokens: Tokens, group_of: Integers, counts: Integers, documents: Integers) -> None:
    """Add to both tables how often each word stands in each group, and in how many of its articles.

    Words are sorted within blocks of articles, which are small enough to be sorted in the cache.
    """
    vocabulary = counts.shape[1]
    for first, last in blocks(tokens.offsets, _BLOCK):
        bits = (last - first - 1).bit_length()
        keys: Any = tokens.codes[tokens.offsets[first] : tokens.offsets[last]]
        keys = keys.astype(np.int32 if vocabulary << bits < np.iinfo(np.int32).max else np.int64)
        keys <<= bits
        keys |= np.repeat(np.arange(last - first, dtype=keys.dtype), tokens.lengths[first:last])
        if not len(keys):
            continue
        keys.sort()
        begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        distinct = keys[begins]
        cells = distinct >> bits
        if len(counts) > 1:
            owners = distinct & ((1 << bits) - 1)
            cells = group_of[first + owners] * vocabulary + cells
        times = np.diff(begins, append=len(keys))
        # Sums of counts are exact in floating point up to 2**53.
        counts += np.bincount(cells, weights=times, minlength=counts.size).astype(np.int64).reshape(counts.shape)
        documents += np.bincount(cells, minlength=counts.size).reshape(counts.shape)


def _shifted(blocks: list[Columns]) -> list[Integers]:
    shifts = np.cumsum([0, *(len(block.cells) for block in blocks)])
    return [block.offsets[1:] + shift for block, shift in zip(blocks, shifts, strict=False)]


def _smallest(offsets: Any) -> Any:
    return offsets.astype(np.int32 if offsets[-1] < np.iinfo(np.int32).max else np.int64)


# Compiled loops: put in order by last words, then by what stands before these, then counted where neighbours differ.


def _by_last_word(quick: Any, tokens: Tokens, shorter: Grams, size: int) -> tuple[Any, Integers]:
    ends, records = np.zeros(len(tokens.vocabulary), dtype=np.int64), np.empty((len(tokens), 2), dtype=np.int32)
    heads = shorter.codes.astype(np.int32, copy=False)
    quick.by_last_word(tokens.codes, tokens.offsets, heads, shorter.offsets, size, ends, records)
    return records, ends


def _words(quick: Any, records: Any, ends: Integers) -> Columns:
    begins = np.empty(len(ends) + 1, dtype=np.int64)
    cells = quick.words_in_articles(records, ends, begins)
    return Columns(records[:cells], begins, np.arange(len(ends), dtype=np.int32)[:, None])


def _runs_compiled(quick: Any, records: Any, ends: Integers, shorter: Grams) -> Columns:
    begins, ordered = np.zeros(len(shorter.parts) + 1, dtype=np.int64), np.empty_like(records)
    quick.by_head(records, ends, begins, ordered)
    # Room for as many runs as there may be; memory that is never written to is never taken.
    offsets, parts = np.empty(len(records) + 1, dtype=np.int64), np.empty((len(records), 2), dtype=np.int32)
    cells, runs = quick.runs_in_articles(ordered, begins, offsets, parts)
    parts = parts[:runs]
    if shorter.size > 1:
        parts = np.column_stack([shorter.parts[parts[:, 0]], parts[:, 1]])
    return Columns(ordered[:cells], offsets[: runs + 1], parts)


def _count_arrays(tokens: Tokens, size: int) -> Columns:
    """Count with array operations: run and article are packed into one integer each, and sorted."""
    vocabulary, articles = max(len(tokens.vocabulary), 1), max(len(tokens.offsets) - 1, 1)
    heads, parts, lasts, owners = _runs(tokens, size)
    if len(parts) * vocabulary > _LARGEST // articles:
        pairs, distinct = rank(heads * vocabulary + lasts)
    else:
        pairs, distinct = heads * vocabulary + lasts, None
    del heads, lasts
    keys = pairs * articles
    keys += owners
    del pairs, owners
    keys.sort()
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    cells = np.empty((len(first), 2), dtype=np.int32)
    cells[:, 1] = np.diff(first, append=len(keys))
    runs, cells[:, 0] = np.divmod(keys[first], articles)
    del keys, first
    begins = np.flatnonzero(np.concatenate([[True], runs[1:] != runs[:-1]])) if len(runs) else np.empty(0, np.int64)
    pair = runs[begins] if distinct is None else distinct[runs[begins]]
    head, last = np.divmod(pair, vocabulary)
    words = np.column_stack([parts[head], last]) if size > 1 else last[:, None]
    return Columns(cells, np.append(begins, len(runs)), words.astype(np.int32))


def _runs(tokens: Tokens, size: int) -> tuple[Integers, Any, Integers, Integers]:
    """Return each run's beginning as a number (and what these mean), its last word and its article."""
    if size == 1:
        codes = tokens.codes.astype(np.int64)
        return np.zeros_like(codes), np.empty((1, 0), dtype=np.int32), codes, tokens.article_of
    shorter = grams(tokens, size - 1)
    lengths = np.diff(shorter.offsets)
    heads = np.delete(shorter.codes, shorter.offsets[1:][lengths > 0] - 1).astype(np.int64)
    keep = np.ones(len(tokens.codes), dtype=bool)
    for step in range(size - 1):
        keep[tokens.offsets[:-1][tokens.lengths > step] + step] = False
    owners = np.repeat(np.arange(len(lengths)), np.maximum(lengths - 1, 0))
    return heads, shorter.parts, tokens.codes[keep].astype(np.int64), owners
