"""Counting by sorting: which run of words stands how often in which article, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpus_tools.terms._compiled import BYTES_OF_A_WORD, kernels
from corpus_tools.terms._grams import Grams, grams, rank
from corpus_tools.terms._types import Integers
from corpus_tools.terms.tokens import Tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_LARGEST = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Columns:
    """Counts of runs of words, sparse, one column for each run.

    Parameters
    ----------
    counts : array of int32
        How often, for each run and article in which it stands.
    articles : array of int32
        The article of each count.
    offsets : array of int64
        Where each run's counts begin; one more at the end.
    parts : array of int32, one row for each run
        The codes of its words.
    """

    counts: npt.NDArray[np.int32]
    articles: npt.NDArray[np.int32]
    offsets: Integers
    parts: npt.NDArray[np.int32]

    @property
    def totals(self) -> Integers:
        """How often each run stands in all articles together."""
        if not len(self.parts):
            return np.empty(0, dtype=np.int64)
        return np.add.reduceat(self.counts.astype(np.int64), self.offsets[:-1])

    def select(self, wanted: npt.NDArray[np.bool_]) -> Columns:
        """Return some of the columns."""
        lengths = np.diff(self.offsets)
        kept = np.repeat(wanted, lengths)
        offsets = np.zeros(int(wanted.sum()) + 1, dtype=np.int64)
        np.cumsum(lengths[wanted], out=offsets[1:])
        return Columns(self.counts[kept], self.articles[kept], offsets, self.parts[wanted])


def count_columns(tokens: Tokens, sizes: Sequence[int]) -> list[Columns]:
    """Return the counts of all runs of each of `sizes` words, in the order of their words."""
    quick = kernels(len(tokens) * BYTES_OF_A_WORD)
    if quick is None or not len(tokens):
        return [_count_arrays(tokens, size) for size in sizes]
    found: dict[int, Columns] = {}
    for size in [size for size in sizes if size > 1] or [1]:
        shorter = grams(tokens, max(size - 1, 1))
        records, ends = _by_last_word(quick, tokens, shorter, size)
        if 1 in sizes and 1 not in found:
            found[1] = _words(quick, records, ends)
        if size > 1:
            found[size] = _runs_compiled(quick, records, ends, shorter)
    return [found[size] for size in sizes]


def rows(blocks: list[Columns], articles: int) -> csr_array[Any]:
    """Return columns side by side as a matrix with one row for each article."""
    from scipy.sparse import csc_array, csr_array

    cells = sum(len(block.counts) for block in blocks)
    columns = sum(len(block.parts) for block in blocks)
    quick = kernels(cells * BYTES_OF_A_WORD)
    if quick is None:
        shifts = np.cumsum([0, *(len(block.counts) for block in blocks)])
        offsets = [block.offsets[1:] + shift for block, shift in zip(blocks, shifts, strict=False)]
        counts = np.concatenate([block.counts for block in blocks])
        owners = np.concatenate([block.articles for block in blocks])
        by_column = csc_array((counts, owners, _smallest(np.concatenate([[0], *offsets]))), shape=(articles, columns))
        return by_column.tocsr()
    sizes = np.zeros(articles + 1, dtype=np.int64)
    for block in blocks:
        quick.add_sizes(block.articles, sizes[1:])
    begins = np.cumsum(sizes)
    cursor, placed = begins[:-1].copy(), np.empty((cells, 2), dtype=np.int32)
    shift = 0
    for block in blocks:
        quick.put_rows(block.counts, block.articles, block.offsets, shift, cursor, placed)
        shift += len(block.parts)
    begins = _smallest(begins)
    matrix = csr_array((placed[:, 1].copy(), placed[:, 0].astype(begins.dtype), begins), shape=(articles, columns))
    matrix.has_canonical_format = True
    return matrix


def _smallest(offsets: Any) -> Any:
    return offsets.astype(np.int32) if offsets[-1] < np.iinfo(np.int32).max else offsets.astype(np.int64)


# Compiled loops: put in order by last words, then by what stands before these, then counted where neighbours differ.


def _by_last_word(quick: Any, tokens: Tokens, shorter: Grams, size: int) -> tuple[Any, Integers]:
    ends, records = np.zeros(len(tokens.vocabulary), dtype=np.int64), np.empty((len(tokens), 2), dtype=np.int32)
    heads = shorter.codes.astype(np.int32, copy=False)
    quick.by_last_word(tokens.codes, tokens.offsets, heads, shorter.offsets, size, ends, records)
    return records, ends


def _words(quick: Any, records: Any, ends: Integers) -> Columns:
    counts, articles = np.empty(len(records), dtype=np.int32), np.empty(len(records), dtype=np.int32)
    begins = np.empty(len(ends) + 1, dtype=np.int64)
    cells = quick.words_in_articles(records, ends, counts, articles, begins)
    return Columns(counts[:cells], articles[:cells], begins, np.arange(len(ends), dtype=np.int32)[:, None])


def _runs_compiled(quick: Any, records: Any, ends: Integers, shorter: Grams) -> Columns:
    begins, ordered = np.zeros(len(shorter.parts) + 1, dtype=np.int64), np.empty_like(records)
    quick.by_head(records, ends, begins, ordered)
    runs, cells = quick.count_runs(ordered, begins)
    counts, articles = np.empty(cells, dtype=np.int32), np.empty(cells, dtype=np.int32)
    offsets, parts = np.empty(runs + 1, dtype=np.int64), np.empty((runs, 2), dtype=np.int32)
    quick.runs_in_articles(ordered, begins, counts, articles, offsets, parts)
    if shorter.size > 1:
        parts = np.column_stack([shorter.parts[parts[:, 0]], parts[:, 1]])
    return Columns(counts, articles, offsets, parts)


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
    counts = np.diff(first, append=len(keys)).astype(np.int32)
    runs, owner = np.divmod(keys[first], articles)
    del keys, first
    begins = np.flatnonzero(np.concatenate([[True], runs[1:] != runs[:-1]])) if len(runs) else np.empty(0, np.int64)
    pair = runs[begins] if distinct is None else distinct[runs[begins]]
    head, last = np.divmod(pair, vocabulary)
    words = np.column_stack([parts[head], last]) if size > 1 else last[:, None]
    return Columns(counts, owner.astype(np.int32), np.append(begins, len(runs)), words.astype(np.int32))


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
