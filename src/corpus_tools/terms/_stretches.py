"""The distinct stretches of text between blanks, found with array operations on the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_tools.terms._types import Codes, Integers

#: Bytes up to this one part stretches: blanks and control characters.
_BLANK = 32
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(9)], dtype=np.uint64)


@dataclass(frozen=True)
class Stretches:
    """Texts as numbered stretches.

    Parameters
    ----------
    codes : array of int32
        Number of each stretch of all texts, in order.
    offsets : array of int64
        Where each text's stretches begin in `codes`; one more at the end.
    distinct : list of str
        What the numbers mean.
    """

    codes: Codes
    offsets: Integers
    distinct: list[str]


def number_stretches(texts: Any) -> Stretches:
    """Return the stretches of `texts`, an Arrow array of large_string without missing values."""
    data, begins = _joined(texts)
    blank = data <= _BLANK
    turns = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    starts, ends = turns[0::2], turns[1::2]
    offsets = np.searchsorted(starts, begins).astype(np.int64)
    codes, samples = _number(data, starts, (ends - starts).astype(np.int32))
    raw = data.tobytes()
    places = zip(starts[samples].tolist(), ends[samples].tolist(), strict=True)
    distinct = b" ".join([raw[start:end] for start, end in places]).decode().split(" ") if len(samples) else []
    return Stretches(codes, offsets, distinct)


def _joined(texts: Any) -> tuple[npt.NDArray[np.uint8], Integers]:
    """Return the bytes of all texts with a blank before and after each, and where each begins; one more at the end."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lengths = np.asarray(pc.binary_length(texts), dtype=np.int64)
    begins = np.concatenate([[1], 1 + np.cumsum(lengths + 1)])
    whole = pa.LargeListArray.from_arrays(pa.array([0, len(texts)], type=pa.int64()), texts)
    text = pc.binary_join(whole, pa.scalar("\n", type=pa.large_string()))[0]
    # Eight bytes are read at once, so some must follow the last word.
    data = np.full(int(begins[-1]) + 8, ord("\n"), dtype=np.uint8)
    if len(texts):
        data[1 : int(begins[-1]) - 1] = np.frombuffer(text.as_buffer(), dtype=np.uint8)
    return data, begins


def _number(data: npt.NDArray[np.uint8], starts: Integers, lengths: Codes) -> tuple[Codes, Integers]:
    """Return the number of each stretch, and of each number one stretch that has it."""
    if not len(starts):
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    eight = np.ndarray(shape=(len(data) - 7,), dtype="<u8", buffer=data.data, strides=(1,))
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


def _encode(values: Any) -> tuple[Codes, int]:
    import pyarrow as pa

    encoded = pa.array(values).dictionary_encode()
    return np.array(encoded.indices, dtype=np.int32), len(encoded.dictionary)
