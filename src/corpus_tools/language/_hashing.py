"""Features as 32-bit numbers, and a table that finds the weights of many of them at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]

_MULTIPLIERS = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D))


def mix(*parts: Any) -> Keys:
    """Combine numbers (arrays of the same shape, or single numbers) into one well-spread 32-bit key each."""
    total: Any = np.uint32(0)
    with np.errstate(over="ignore"):
        for part in parts:
            value = np.uint32(part) if isinstance(part, int) else part
            total = (total ^ value) * _MULTIPLIERS[0]
            total = total ^ (total >> np.uint32(15))
        total = total * _MULTIPLIERS[1]
        return np.asarray(total ^ (total >> np.uint32(13)), dtype=np.uint32)


class KeyTable:
    """Where each known key stands; three hash tables, so that a million keys are looked up with a few array operations.

    Parameters
    ----------
    keys : array of uint32
        Distinct keys. Those that find no free place in any table are left out (a few in a million).
    """

    def __init__(self, keys: Keys) -> None:
        bits = max(8, int(np.ceil(np.log2(max(2, len(keys))))) + 2)
        self.keys = keys
        self._tables: list[tuple[np.uint32, np.uint32, NDArray[np.int32]]] = []
        waiting = np.arange(1, len(keys) + 1, dtype=np.int32)
        for level, multiplier in enumerate(_MULTIPLIERS):
            width = max(8, bits - 2 * level)
            shift = np.uint32(32 - width)
            table = np.zeros(1 << width, dtype=np.int32)
            places = _places(keys[waiting - 1], multiplier, shift)
            table[places[::-1]] = waiting[::-1]  # the first of several keys for one place stays
            waiting = waiting[table[places] != waiting]
            self._tables.append((multiplier, shift, table))
        self._keys_after_none = np.concatenate([np.zeros(1, dtype=np.uint32), keys])

    def rows(self, keys: Keys) -> NDArray[np.int32]:
        """Return 1 + the index of each key in `keys` of the table, or 0 for those that are not known."""
        found = np.zeros(keys.shape, dtype=np.int32)
        for multiplier, shift, table in self._tables:
            candidate = table[_places(keys, multiplier, shift)]
            candidate *= self._keys_after_none[candidate] == keys
            found |= candidate
        return found


def _places(keys: Keys, multiplier: np.uint32, shift: np.uint32) -> Keys:
    with np.errstate(over="ignore"):
        return (keys * multiplier) >> shift
