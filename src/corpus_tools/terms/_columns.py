"""Counting by sorting: which run of words stands how often in which article, column by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_tools.terms._grams import grams, rank
from corpus_tools.terms._types import Integers
from corpus_tools.terms.tokens import Tokens

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


def count_columns(tokens: Tokens, size: int) -> Columns:
    """Return the counts of all runs of `size` words, in the order of their words.

    Notes
    -----
    Run and article are packed into one integer each and sorted, which takes a fraction of the time of a hash table.
    """
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
