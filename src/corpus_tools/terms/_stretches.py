"""The distinct stretches of text between blanks, found with array operations on the bytes, or with compiled loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_tools.terms import _bytes
from corpus_tools.terms._compiled import kernels
from corpus_tools.terms._types import Codes, Integers

Bytes = npt.NDArray[np.uint8]
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(9)], dtype=np.uint64)
_BLANKS = bytes(int(chr(byte).isspace()) if byte < 128 else 0 for byte in range(256))
#: Marks that are cut off a stretch on either side; more of them stay, which does not change its words.
_CUTS = 3
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
    return _number_arrays(data, offsets)


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
    blocks = _blocks(offsets)
    # Room for as many as there may be; memory that is never written to is never taken.
    codes = np.empty(_most(offsets, 0, len(offsets) - 1), dtype=np.int32)
    keys, samples = np.empty(len(codes), dtype=np.uint64), np.empty((len(codes), 2), dtype=np.int64)
    room = max(_most(offsets, first, last) for first, last in blocks)
    found, hashed = np.empty(room, dtype=np.uint64), np.empty((room, 3), dtype=np.int64)
    total = 0
    for first, last in blocks:
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


def _blocks(offsets: Integers) -> list[tuple[int, int]]:
    """Return which documents stand in each block, as places of the first and past the last."""
    cuts = np.arange(offsets[0] + _BLOCK, offsets[-1], _BLOCK)
    places = np.unique(np.concatenate([[0], np.searchsorted(offsets, cuts), [len(offsets) - 1]]))
    return list(zip(places[:-1].tolist(), places[1:].tolist(), strict=True))


def _texts_of_keys(
    data: Bytes, keys: npt.NDArray[np.uint64], samples: Integers, *, lowercase: bool
) -> tuple[Any, npt.NDArray[np.bool_]]:
    """Return the text of each key, and whether it is plain."""
    import pyarrow as pa

    hashed = samples[:, 1] != 0
    short = pa.array(keys[~hashed].astype("<u8").view("S8").astype(object), type=pa.large_binary())
    firsts, plain = samples[hashed, 0], samples[hashed, 1] > 0
    sizes = np.abs(samples[hashed, 1])
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    letters = data[np.repeat(firsts - offsets[:-1], sizes) + np.arange(offsets[-1])]
    if lowercase:
        letters = np.where(np.repeat(plain, sizes), _bytes.lowered()[letters], letters)
    long = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(sizes), [None, pa.py_buffer(offsets), pa.py_buffer(letters)]
    )
    # Short ones come first here, and the order of keys is that of the places where they came from.
    places = np.empty(len(keys), dtype=np.int64)
    places[np.concatenate([np.flatnonzero(~hashed), np.flatnonzero(hashed)])] = np.arange(len(keys))
    texts = pa.concat_arrays([short, long]).take(pa.array(places))
    return texts.cast(pa.large_string()), samples[:, 1] >= 0


def _number_arrays(data: Bytes, offsets: Integers) -> Stretches:
    """Return stretches as array operations number them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    data, begins = _parted(data, offsets)
    blank = np.frombuffer(data.tobytes().translate(_BLANKS), dtype=np.bool_)
    turns = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    starts, ends = turns[0::2], turns[1::2]
    places = np.searchsorted(starts, begins).astype(np.int64)
    starts, ends = _cut(data, starts, ends)
    codes, samples = _number(data, starts, (ends - starts).astype(np.int32))
    raw = data.tobytes()
    bounds = zip(starts[samples].tolist(), ends[samples].tolist(), strict=True)
    distinct = pa.array([raw[start:end] for start, end in bounds], type=pa.large_binary()).cast(pa.large_string())
    return Stretches(codes, places, distinct, np.asarray(pc.ascii_is_alnum(distinct)))


def _parted(data: Bytes, offsets: Integers) -> tuple[Bytes, Integers]:
    """Return the bytes of all texts with a blank before and after each, and where each begins; one more at the end."""
    begins = offsets - offsets[0] + np.arange(1, len(offsets) + 1)
    # Eight bytes are read at once, so some must follow the last word.
    parted = np.full(int(begins[-1]) + 8, ord("\n"), dtype=np.uint8)
    taken = np.ones(int(begins[-1]), dtype=bool)
    taken[begins - 1] = False
    parted[: len(taken)][taken] = data[offsets[0] : offsets[-1]]
    return parted, begins


def _cut(data: Bytes, starts: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Return bounds without the marks before and after words."""
    kinds = _bytes.kinds()
    starts, ends = starts.copy(), ends.copy()
    for bounds, beside, kind, step in ((ends, -1, _bytes.TRAIL, -1), (starts, 0, _bytes.LEAD, 1)):
        is_mark = kinds & kind != 0
        among = np.flatnonzero(is_mark[data[bounds + beside]])
        for _ in range(_CUTS):
            among = among[ends[among] - starts[among] > 1]
            bounds[among] += step
            among = among[is_mark[data[bounds[among] + beside]]]
    return starts, ends


def _number(data: Bytes, starts: Integers, lengths: Codes) -> tuple[Codes, Integers]:
    """Return the number of each stretch, and of each number one stretch that has it."""
    if not len(starts):
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    eight = eights(data)
    codes, known = _encode(eight[starts] & _MASKS[np.minimum(lengths, 8)])
    longer, depth = np.flatnonzero(lengths > 8), 8
    while len(longer):
        # A longer stretch gets a number for what was read of it so far and the next eight bytes together.
        following, kinds = _encode(eight[starts[longer] + depth] & _MASKS[np.minimum(lengths[longer] - depth, 8)])
        both, several = _encode(codes[longer].astype(np.int64) * kinds + following)
        codes[longer] = both + known
        known += several
        depth += 8
        longer = longer[lengths[longer] > depth]
    samples = np.full(known, -1, dtype=np.int64)
    samples[codes] = np.arange(len(codes))
    used = samples >= 0
    numbers = np.cumsum(used, dtype=np.int32) - 1
    return (codes if used.all() else numbers[codes]), samples[used]


def eights(data: Bytes) -> npt.NDArray[np.uint64]:
    """Return the eight bytes from each byte on as one number, uncopied."""
    return np.ndarray(shape=(max(len(data) - 7, 0),), dtype="<u8", buffer=data.data, strides=(1,))


def _encode(values: Any) -> tuple[Codes, int]:
    import pyarrow as pa

    encoded = pa.array(values).dictionary_encode()
    return np.array(encoded.indices, dtype=np.int32), len(encoded.dictionary)
