"""Runs of consecutive words, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._compiled import BYTES_OF_A_WORD, kernels
from corpus_tools.terms._stretch_arrays import eights
from corpus_tools.terms._stretches import buffers
from corpus_tools.terms._types import Codes, Integers
from corpus_tools.terms.tokens import Tokens

#: Longest run that is counted.
LONGEST = 10


@dataclass(frozen=True)
class Grams:
    """All runs of `size` words.

    Parameters
    ----------
    codes : array of int
        Number of each run, in the order of the text.
    offsets : array of int64
        Where each article's runs begin in `codes`; one more at the end.
    parts : array of int32, one row for each distinct run
        The codes of its words; rows are in the order of the words.
    size : int
        Words in a run.
    """

    codes: Any
    offsets: Integers
    parts: npt.NDArray[np.int32]
    size: int


def grams(tokens: Tokens, size: int) -> Grams:
    """Return the runs of `size` words; none reaches over the end of an article."""
    run = Grams(tokens.codes, tokens.offsets, np.arange(len(tokens.vocabulary), dtype=np.int32)[:, None], 1)
    while run.size < size:
        run = longer(tokens, run)
    return run


def longer(tokens: Tokens, shorter: Grams) -> Grams:
    """Return the runs that are one word longer than those of `shorter`."""
    vocabulary, size = max(len(tokens.vocabulary), 1), shorter.size + 1
    lengths = np.diff(shorter.offsets)
    offsets = np.zeros(len(shorter.offsets), dtype=np.int64)
    np.cumsum(np.maximum(lengths - 1, 0), out=offsets[1:])
    heads = np.delete(shorter.codes, shorter.offsets[1:][lengths > 0] - 1)
    lasts = _last_words(tokens, size, int(offsets[-1]))
    codes, distinct = rank(heads.astype(np.int64) * vocabulary + lasts)
    parts = np.column_stack([shorter.parts[distinct // vocabulary], distinct % vocabulary])
    return Grams(codes, offsets, parts.astype(np.int32), size)


def rank(keys: Integers) -> tuple[Integers, Integers]:
    """Return each key's place among the distinct keys, and these in order.

    Examples
    --------
    >>> places, distinct = rank(np.array([7, 3, 7]))
    >>> places.tolist(), distinct.tolist()
    ([1, 0, 1], [3, 7])
    """
    import pandas as pd

    codes, distinct = pd.factorize(keys)
    order = np.argsort(distinct)
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places[codes] if len(order) else codes.astype(np.int64), distinct[order]


def distinct_values(values: Integers) -> Integers:
    """Return the distinct values in order, by sorting, which is faster here than a hash table.

    Examples
    --------
    >>> distinct_values(np.array([7, 3, 7])).tolist()
    [3, 7]
    """
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def joined(tokens: Tokens, *parts: npt.NDArray[np.int32]) -> Any:
    """Return runs as an Arrow array of text, words parted by one blank."""
    import pyarrow as pa
    import pyarrow.compute as pc

    quick = kernels(sum(block.size for block in parts) * BYTES_OF_A_WORD)
    if quick is not None:
        return _joined_compiled(quick, tokens.vocabulary, parts)
    arrays = []
    for block in parts:
        words = [tokens.vocabulary.take(pa.array(column)) for column in block.T]
        blank = pa.scalar(" ", type=pa.large_string())
        arrays.append(words[0] if len(words) == 1 else pc.binary_join_element_wise(*words, blank))
    return arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays)


def _joined_compiled(quick: Any, vocabulary: Any, parts: Sequence[npt.NDArray[np.int32]]) -> Any:
    import pyarrow as pa

    letters, offsets = buffers(vocabulary)
    # Eight bytes are read and written at once, so some must follow the last letter.
    padded = np.append(letters[: offsets[-1]], np.zeros(8, dtype=np.uint8))
    ends = np.zeros(sum(map(len, parts)) + 1, dtype=np.int64)
    first = size = 0
    for block in parts:
        size = quick.joined_lengths(block, offsets, size, ends[first + 1 :])
        first += len(block)
    text = np.empty(size + 8, dtype=np.uint8)
    at = 0
    for block in parts:
        at = quick.join(block, offsets, eights(padded), at, eights(text))
    return pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(text))


def check_sizes(ngrams: int | Sequence[int]) -> tuple[int, ...]:
    """Return the sizes of runs in order, or say what is wrong with them."""
    sizes = (ngrams,) if isinstance(ngrams, int) else tuple(ngrams)
    if not sizes or any(not 1 <= size <= LONGEST for size in sizes):
        raise InvalidQuery(f"ngrams={ngrams!r} has no meaning; give sizes between 1 and {LONGEST}, e.g. (1, 2).")
    return tuple(sorted(set(sizes)))


def _last_words(tokens: Tokens, size: int, total: int) -> Codes:
    """Return the last word of each run of `size` words."""
    lengths = tokens.lengths
    skipped = np.minimum(lengths, size - 1)
    keep = np.ones(len(tokens.codes), dtype=bool)
    for step in range(size - 1):
        keep[tokens.offsets[:-1][skipped > step] + step] = False
    lasts = tokens.codes[keep]
    assert len(lasts) == total
    return lasts
