"""Stretches between blanks, numbered with array operations: a stretch of up to eight bytes is its own key."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_tools.terms import _bytes
from corpus_tools.terms._types import Codes, Integers

Bytes = npt.NDArray[np.uint8]
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(9)], dtype=np.uint64)
_BLANKS = bytes(int(chr(byte).isspace()) if byte < 128 else 0 for byte in range(256))
#: Marks that are cut off a stretch on either side; more of them stay, which does not change its words.
_CUTS = 3
#: Documents of about this many bytes are read together, so that arrays of their stretches stay in the cache.
_BLOCK = 1_000_000


def number(data: Bytes, offsets: Integers) -> tuple[Codes, Integers, Any, npt.NDArray[np.bool_]]:
    """Return number and bounds of the stretches of each text, what the numbers mean, and which of them are plain."""
    import pyarrow as pa
    import pyarrow.compute as pc

    data = _without_zeros(data)
    parts = [_split(data, offsets[first : last + 1]) for first, last in blocks(offsets, _BLOCK)]
    before = np.cumsum([0, *(len(part[0]) for part in parts)])
    numbered = list(zip(parts, before, strict=False))
    places = np.concatenate([*(part[1] + size for part, size in numbered), before[-1:]])
    longer = np.concatenate([np.empty(0, np.int64), *(part[2] + size for part, size in numbered)])
    bounds = np.concatenate([np.empty((2, 0), np.int64), *(part[3] for part in parts)], axis=1)
    codes, keys = _encode_chunks([part[0] for part in parts])
    del parts, numbered
    long_codes, samples = _number_longer(data, bounds[0], bounds[1].astype(np.int32))
    codes[longer] = long_codes + np.int32(len(keys))
    short = pa.array(keys.astype("<u8").view("S8").astype(object), type=pa.large_binary())
    texts = pa.concat_arrays([short, taken(data, bounds[0][samples], bounds[1][samples])])
    distinct = _without_marks(texts)
    return codes, places, distinct, np.asarray(pc.ascii_is_alnum(distinct), dtype=bool)


def blocks(offsets: Integers, size: int) -> list[tuple[int, int]]:
    """Return which documents stand in each block of about `size` bytes, as places of the first and past the last."""
    cuts = np.arange(offsets[0] + size, offsets[-1], size)
    places = np.unique(np.concatenate([[0], np.searchsorted(offsets, cuts), [len(offsets) - 1]]))
    return list(zip(places[:-1].tolist(), places[1:].tolist(), strict=True))


def eights(data: Bytes) -> npt.NDArray[np.uint64]:
    """Return the eight bytes from each byte on as one number, uncopied."""
    return np.ndarray(shape=(max(len(data) - 7, 0),), dtype="<u8", buffer=data.data, strides=(1,))


def taken(data: Bytes, starts: Integers, sizes: Integers | Codes) -> Any:
    """Return pieces of `data` as an Arrow array of large_binary."""
    import pyarrow as pa

    offsets = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=offsets[1:])
    letters = data[np.repeat(starts - offsets[:-1], sizes) + np.arange(offsets[-1])]
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(letters)]
    return pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(sizes), buffers)


def _without_zeros(data: Bytes) -> Bytes:
    """Return bytes of which none is 0: it fills up keys, and belongs to no word, nor does what takes its place."""
    return data if data.all() else np.where(data == 0, np.uint8(1), data)


def _split(data: Bytes, offsets: Integers) -> tuple[Any, Integers, Integers, Integers]:
    """Return the stretches of some documents: keys; how many come before each document; which are longer, and bounds.

    The key of a longer one is 0; its bounds are a row of first bytes and one of sizes.
    """
    low, high = int(offsets[0]), int(offsets[-1])
    text = data[low : high + 8]
    if len(text) < high - low + 8:
        # Eight bytes are read at once, so some must follow the last word.
        text = np.append(text, np.zeros(8, dtype=np.uint8))
    blank = np.frombuffer(text[: high - low].tobytes().translate(_BLANKS), dtype=np.bool_)
    at = np.flatnonzero(blank)
    # Documents part stretches as blanks do, but take no room.
    edges = offsets - low
    places = np.searchsorted(at, edges)
    ends = np.insert(at, places, edges)
    starts = np.insert(at + 1, places, edges)
    sizes = ends[1:] - starts[:-1]
    some = sizes > 0
    before = np.concatenate([[0], np.cumsum(some)])[places[:-1] + np.arange(len(places) - 1)]
    starts, sizes = starts[:-1][some], sizes[some]
    keys = eights(text)[starts] & _MASKS[np.minimum(sizes, 8)]
    longer = np.flatnonzero(sizes > 8)
    keys[longer] = 0
    return keys, before, longer, np.stack([starts[longer] + low, sizes[longer]])


def _encode_chunks(chunks: list[Any]) -> tuple[Codes, Any]:
    """Return each key's number, and the distinct keys."""
    import pyarrow as pa

    encoded = pa.chunked_array([pa.array(chunk) for chunk in chunks], type=pa.uint64()).dictionary_encode()
    if not encoded.num_chunks:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.uint64)
    # Chunks share one dictionary as it is; should a version of pyarrow give each its own, these are joined.
    if len({len(chunk.dictionary) for chunk in encoded.chunks}) > 1:
        encoded = encoded.unify_dictionaries()
    codes = np.concatenate([np.asarray(chunk.indices) for chunk in encoded.chunks])
    return codes.astype(np.int32, copy=False), np.asarray(encoded.chunk(0).dictionary)


def _number_longer(data: Bytes, starts: Integers, lengths: Codes) -> tuple[Codes, Integers]:
    """Return the number of each stretch of more than eight bytes, and of each number one stretch that has it."""
    if not len(starts):
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    _, places, letters = taken(data, starts, lengths).buffers()
    starts = np.frombuffer(places, dtype=np.int64)[:-1]
    eight = eights(np.append(np.frombuffer(letters, dtype=np.uint8), np.zeros(8, dtype=np.uint8)))
    codes, known = _encode(eight[starts])
    longer, depth = np.arange(len(codes)), 8
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


def _encode(values: Any) -> tuple[Codes, int]:
    import pyarrow as pa

    encoded = pa.array(values).dictionary_encode()
    return np.array(encoded.indices, dtype=np.int32), len(encoded.dictionary)


def _without_marks(texts: Any) -> Any:
    """Return texts without the marks before and after words, as an Arrow array of large_string."""
    import pyarrow as pa

    _, places, letters = texts.buffers()
    offsets = np.frombuffer(places, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    # A blank after all, at which the last one may begin when it is empty.
    data = np.append(np.frombuffer(letters or b"", dtype=np.uint8), np.uint8(ord(" ")))
    starts, ends = _cut(data, offsets[:-1], offsets[1:])
    return taken(data, starts, ends - starts).cast(pa.large_string())


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
