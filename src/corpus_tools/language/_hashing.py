"""Features as 32-bit numbers, and a table that finds the weights of many of them at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]

_MULTIPLIERS = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D))
#: Tokens that are summed at a time; few enough to stay in the processor's cache.
_BLOCK = 1024
#: Weights in one large integer, and what each is raised by.
_LANES, _RAISED = 4, 128


def spread(values: Any) -> Keys:
    """Small numbers as large ones that differ in many bits; 0 stays apart from no number."""
    numbers = np.asarray(values).astype(np.uint32)
    numbers += np.uint32(1)
    numbers *= _MULTIPLIERS[0]
    return numbers


def multipliers(seed: int, count: int) -> Keys:
    """Return odd numbers that look random and are always the same for a seed (splitmix64)."""
    numbers, state = [], seed * 0x632BE59BD9B4E019 & 0xFFFFFFFFFFFFFFFF
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        value = state
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        value = (value ^ value >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        numbers.append((value ^ value >> 31) >> 32 | 1)
    return np.array(numbers, dtype=np.uint32)


class Combinations:
    """Which parts of a token's surroundings make a feature together; all their keys by one multiplication of matrices.

    Parameters
    ----------
    family : int
        Number of this family of features; keys of different families differ.
    recipes : tuple of tuples of int
        For each feature the columns that it combines.
    columns : int
        How many columns there are.
    """

    def __init__(self, family: int, recipes: tuple[tuple[int, ...], ...], columns: int) -> None:
        self._matrix = np.zeros((columns, len(recipes)), dtype=np.uint32)
        for number, recipe in enumerate(recipes):
            factors = multipliers(1000 * family + number, len(recipe))
            for column, factor in zip(recipe, factors, strict=True):
                self._matrix[column, number] = factor
        self._added = multipliers(1000 * family + 999, len(recipes))

    def keys(self, parts: list[Keys]) -> Keys:
        """Keys, a row a token, given the columns."""
        keys: Keys = np.array(parts).T @ self._matrix
        keys += self._added
        return keys

    def share(self, columns: list[int], parts: list[Keys], *, first: bool = False) -> Keys:
        """Return what some columns give to all keys; shares of all columns, one of them the `first`, add up to keys."""
        share: Keys = np.array(parts).T @ self._matrix[columns]
        if first:
            share += self._added
        return share


def pack(keys: Keys) -> NDArray[np.uint8]:
    """Sorted keys as the bytes of their differences, which compress well; see `unpack`."""
    steps = np.diff(keys, prepend=np.uint32(0)).astype("<u4")
    return np.ascontiguousarray(steps.view(np.uint8).reshape(-1, 4).T)


def unpack(packed: NDArray[np.uint8]) -> Keys:
    """Return the keys that `pack` made bytes of."""
    steps = np.ascontiguousarray(packed.T).view("<u4").ravel()
    keys: Keys = np.cumsum(steps, dtype=np.uint32)
    return keys


def pack_rows(rows: NDArray[np.int8]) -> tuple[NDArray[np.uint8], NDArray[np.int8]]:
    """Which weights are not 0, as bits, and these weights; smaller than the rows when both are compressed."""
    return np.packbits(rows != 0, axis=1), rows[rows != 0]


def unpack_rows(bits: NDArray[np.uint8], weights: NDArray[np.int8], labels: int) -> NDArray[np.int8]:
    """Return the rows that `pack_rows` made bits and weights of, given how many weights are in a row."""
    given = np.unpackbits(bits, axis=1, count=labels).view(bool)
    rows = np.zeros(given.shape, dtype=np.int8)
    np.place(rows, given, weights)
    return rows


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
        flat = keys.ravel()
        found, again = self._level(0, flat)
        for level in range(1, len(self._tables)):
            if not len(again):
                break
            found[again], more = self._level(level, flat.take(again))
            again = again.take(more)
        return found.reshape(keys.shape)

    def _level(self, level: int, keys: Keys) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """Look keys up in one table; also return which of them met another key there, and so may be in the next."""
        multiplier, shift, table = self._tables[level]
        found = table.take(_places(keys, multiplier, shift))
        other = self._keys_after_none.take(found) != keys
        other &= found != 0
        met = other.nonzero()[0]
        found[met] = 0
        return found, met


class Weights:
    """Weights of features: a row of small integers for each known key.

    Four weights stand side by side in one large integer, each in 16 bits and raised so that none is below 0; the large
    integers of many features are added up as they are.
    """

    def __init__(self, keys: Keys, rows: NDArray[np.int8], scale: float) -> None:
        self.table = KeyTable(keys)
        self.scale = np.float32(scale)
        self._labels = rows.shape[1]
        lanes = np.zeros((len(rows) + 1, -(-self._labels // _LANES) * _LANES), dtype=np.uint16)
        lanes[0] = _RAISED
        np.bitwise_xor(rows.view(np.uint8), np.uint8(_RAISED), out=lanes[1:, : self._labels])
        self._lanes = lanes.view(np.uint64)

    def total(self, keys: Keys) -> NDArray[np.float32]:
        """Sum of the weights of each row of keys, of which there are at most 250."""
        if len(keys) <= _BLOCK:
            return self._sum(keys)
        return np.concatenate([self._sum(keys[start : start + _BLOCK]) for start in range(0, len(keys), _BLOCK)])

    def each(self, keys: Keys) -> NDArray[np.int16]:
        """Weight of each key for the first label."""
        return self._lanes[:, 0].take(self.table.rows(keys)).astype(np.uint16).view(np.int16) - np.int16(_RAISED)

    def _sum(self, keys: Keys) -> NDArray[np.float32]:
        rows = self.table.rows(keys)
        lanes = np.einsum("ijk->ik", self._lanes.take(rows, axis=0)).view(np.uint16)[:, : self._labels]
        total: NDArray[np.float32] = (lanes.astype(np.float32) - _RAISED * keys.shape[1]) * self.scale
        return total


def _places(keys: Keys, multiplier: np.uint32, shift: np.uint32) -> Keys:
    places: Keys = keys * multiplier
    places >>= shift
    return places
