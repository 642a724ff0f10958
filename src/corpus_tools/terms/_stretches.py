"""The distinct stretches of text between blanks, found with array operations on the bytes, or with compiled loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_tools.terms import _bytes
from corpus_tools.terms._compiled import kernels
from corpus_tools.terms._stretch_arrays import Bytes, blocks, eights, number, taken
from corpus_tools.terms._types import Codes, Integers

#: Compiled loops take documents of about this many bytes together.
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Stretches:
    """Texts as numbered stretches, without marks at their ends that belong to no word.

    Parameters
    ----------
    codes : array of int32
        Number of each stretch of all texts, in order.
    offsets : array of int64
        Where each text's stretches begin in `codes`; one more at the end.
    distinct : pyarrow.LargeStringArray
        What the numbers mean. Several numbers may mean the same.
    plain : array of bool
        Which of them are one word as a whole, of ASCII letters and digits and single hyphens and apostrophes between
        them. Those that are not may be words, too.
    """

    codes: Codes
    offsets: Integers
    distinct: Any
    plain: npt.NDArray[np.bool_]


def number_stretches(texts: Any, *, lowercase: bool) -> Stretches:
    """Return the stretches of `texts`, an Arrow array of large_string without missing values.

    Plain ones may be in lower case already when `lowercase` is set.
    """
    data, offsets = buffers(texts)
    size = int(offsets[-1] - offsets[0])
    quick = kernels(size)
    if quick is not None and size:
        stretches = _number_compiled(quick, data, offsets, lowercase=lowercase)
        if stretches is not None:
            return stretches
    return Stretches(*number(data, offsets))


def buffers(texts: Any) -> tuple[Bytes, Integers]:
    """Return the bytes of an Arrow array of large_string (64 bit offsets) and where each text begins, uncopied."""
    _, places, data = texts.buffers()
    if not len(texts) or data is None:
        return np.empty(0, dtype=np.uint8), np.zeros(len(texts) + 1, dtype=np.int64)
    offsets = np.frombuffer(places, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data, dtype=np.uint8), offsets


def _number_compiled(quick: Any, data: Bytes, offsets: Integers, *, lowercase: bool) -> Stretches | None:
    """Return stretches as compiled loops number them; None in the event that two share a hash."""
    kinds, lowered = _bytes.kinds(), _bytes.lowered() if lowercase else _bytes.unchanged()
    eight = eights(data)
    table, known = np.zeros(1 << 16, dtype=np.uint64), 0
    ends = np.zeros(len(offsets), dtype=np.int64)
    parts = blocks(offsets, _BLOCK)
    # Room for as many as there may be; memory that is never written to is never taken.
    codes = np.empty(_most(offsets, 0, len(offsets) - 1), dtype=np.int32)
    keys, samples = np.empty(len(codes), dtype=np.uint64), np.empty((len(codes), 2), dtype=np.int64)
    room = max(_most(offsets, first, last) for first, last in parts)
    found, hashed = np.empty(room, dtype=np.uint64), np.empty((room, 3), dtype=np.int64)
    total = 0
    for first, last in parts:
        block = ends[first + 1 : last + 1]
        count, others = quick.split(data, eight, offsets[first : last + 1], kinds, lowered, found, hashed, block)
        block += total
        here, earlier = codes[total : total + count], known
        table, known = quick.number(found[:count], here, table, keys, known)
        samples[earlier:known] = 0
        if not quick.sample(data, lowered, here, hashed[:others], samples):
            return None
        total += count
    distinct, plain = _texts_of_keys(data, keys[:known], samples[:known], lowercase=lowercase)
    return Stretches(codes[:total], ends, distinct, plain)


def _most(offsets: Integers, first: int, last: int) -> int:
    """Return how many stretches some documents may have: each of one letter, with one blank between two."""
    return int(offsets[last] - offsets[first] + last - first) // 2 + 1


def _texts_of_keys(
    data: Bytes, keys: npt.NDArray[np.uint64], samples: Integers, *, lowercase: bool
) -> tuple[Any, npt.NDArray[np.bool_]]:
    """Return the text of each key, and whether it is plain."""
    import pyarrow as pa

    hashed = samples[:, 1] != 0
    short = pa.array(keys[~hashed].astype("<u8").view("S8").astype(object), type=pa.large_binary())
    firsts, plain = samples[hashed, 0], samples[hashed, 1] > 0
    sizes = np.abs(samples[hashed, 1])
    long = taken(data, firsts, sizes)
    if lowercase and len(long):
        letters = np.frombuffer(long.buffers()[2], dtype=np.uint8)
        letters = np.where(np.repeat(plain, sizes), _bytes.lowered()[letters], letters)
        buffers_of_long = [None, long.buffers()[1], pa.py_buffer(letters)]
        long = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(long), buffers_of_long)
    # Short ones come first here, and the order of keys is that of the places where they came from.
    places = np.empty(len(keys), dtype=np.int64)
    places[np.concatenate([np.flatnonzero(~hashed), np.flatnonzero(hashed)])] = np.arange(len(keys))
    texts = pa.concat_arrays([short, long]).take(pa.array(places))
    return texts.cast(pa.large_string()), samples[:, 1] >= 0
