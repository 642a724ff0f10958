"""Loops that numba compiles: splitting text at blanks and numbering stretches (counting is in `_count_kernels`).

Only `_compiled.kernels` imports this module. Each kernel has a counterpart made of array operations, and the tests
compare both with plain Python.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_tools.terms._bytes import ALNUM, BLANK, JOINER, LEAD, TRAIL
from corpus_tools.terms._compiled import compiled
from corpus_tools.terms._count_kernels import (
    add_sizes,
    by_head,
    by_last_word,
    join,
    joined_lengths,
    put_rows,
    runs_in_articles,
    spread,
    totals,
    words_in_articles,
    words_in_groups,
)

__all__ = [
    "add_sizes",
    "by_head",
    "by_last_word",
    "join",
    "joined_lengths",
    "number",
    "put_rows",
    "runs_in_articles",
    "sample",
    "split",
    "spread",
    "totals",
    "words_in_articles",
    "words_in_groups",
]

_U = np.uint64
_ZERO, _ONE, _SEVEN, _HALF, _LAST = _U(0), _U(1), _U(7), _U(32), _U(56)
_EIGHT_ONES = _U(0x0101010101010101)
_EIGHT_HIGHS = _U(0x80) * _EIGHT_ONES
_EIGHT_LOWS = _U(0x7F) * _EIGHT_ONES
_EIGHT_CASES = _U(0x20) * _EIGHT_ONES
# Added to a byte below 128, these set its high bit if it is at least "a", past "z", at least "0", past "9".
_FROM_A, _PAST_Z = _U(0x80 - 0x61) * _EIGHT_ONES, _U(0x80 - 0x7B) * _EIGHT_ONES
_FROM_0, _PAST_9 = _U(0x80 - 0x30) * _EIGHT_ONES, _U(0x80 - 0x3A) * _EIGHT_ONES
#: Keys of words of up to eight letters are these letters; those of all others are hashes, and at least this.
HASHED = _U(1 << 63)
_MULTIPLIER = _U(0x9E3779B97F4A7C15)


@compiled
def _plain_bytes(eight: Any) -> Any:
    """Return a mask of the ASCII letters and digits with which eight bytes begin; 0 when they are nothing else."""
    cased = (eight | _EIGHT_CASES) & _EIGHT_LOWS
    bare = eight & _EIGHT_LOWS
    letters = (cased + _FROM_A) & ~(cased + _PAST_Z)
    digits = (bare + _FROM_0) & ~(bare + _PAST_9)
    others = ~((letters | digits) & ~eight) & _EIGHT_HIGHS
    return ((others & (~others + _ONE)) >> _SEVEN) - _ONE if others else _ZERO


@compiled
def _core_end(data: Any, at: int, end: int, kinds: Any) -> int:
    """Return where letters and digits, and single joiners between them, end."""
    first = at
    while at < end:
        kind = kinds[data[at]]
        joins = kind & JOINER != 0 and at > first and at + 1 < end and kinds[data[at + 1]] == ALNUM
        if kind != ALNUM and not joins:
            break
        at += 1
    return at


@compiled
def _stretch(data: Any, at: int, end: int, kinds: Any) -> Any:
    """Return bounds of a stretch without marks at its ends, its end with them, and whether it is a plain word."""
    while at < end and kinds[data[at]] & LEAD != 0:
        at += 1
    first = at
    at = last = _core_end(data, at, end, kinds)
    while at < end and kinds[data[at]] & TRAIL != 0:
        at += 1
    if at == end or kinds[data[at]] == BLANK:
        return first, last, at, True
    while at < end and kinds[data[at]] != BLANK:
        at += 1
    last = at
    while kinds[data[last - 1]] & TRAIL != 0:
        last -= 1
    return first, last, at, False


@compiled
def _key(data: Any, first: int, end: int, lowered: Any, plain: bool) -> Any:
    key = _ZERO
    if plain and end - first <= 8:
        for place in range(first, end):
            key |= _U(lowered[data[place]]) << _U(8 * (place - first))
        return key
    for place in range(first, end):
        byte = lowered[data[place]] if plain else data[place]
        key = (key ^ _U(byte)) * _MULTIPLIER
        key ^= key >> _HALF
    return key | HASHED


@compiled
def split(data: Any, eights: Any, offsets: Any, kinds: Any, lowered: Any, keys: Any, hashed: Any, ends: Any) -> Any:
    """Write a key for each stretch between blanks; return how many there are, and how many of these are hashes.

    Parameters
    ----------
    data, eights : arrays of uint8 and uint64
        The text, and eight bytes of it from each byte on.
    offsets : array of int64
        Where each document begins; one more at the end.
    kinds, lowered : arrays of uint8
        Of each byte what it can be, and what stands for it in a plain word.
    keys, hashed : arrays to write into
        Keys; and for each hash its place among the keys, its first byte and its length, which is negative unless the
        stretch is one plain word.
    ends : array to write into
        Number of keys up to the end of each document.
    """
    fold = _EIGHT_CASES if lowered[65] == 97 else _ZERO
    count = others = 0
    for document in range(len(offsets) - 1):
        at, end = offsets[document], offsets[document + 1]
        while at < end:
            if kinds[data[at]] == BLANK:
                at += 1
                continue
            if at + 8 < end:
                mask = _plain_bytes(eights[at])
                size = np.int64(((mask & _EIGHT_ONES) * _EIGHT_ONES) >> _LAST)
                after = at + size
                # Most words end with a blank, or with a mark before one.
                if size > 0 and kinds[data[after]] & TRAIL != 0 and after + 1 < end:
                    after += 1
                if size > 0 and kinds[data[after]] == BLANK:
                    keys[count] = (eights[at] | fold) & mask
                    count += 1
                    at = after + 1
                    continue
            first, last, at, plain = _stretch(data, at, end, kinds)
            if last == first:
                continue
            key = _key(data, first, last, lowered, plain)
            if key >= HASHED:
                hashed[others, 0], hashed[others, 1] = count, first
                hashed[others, 2] = last - first if plain else first - last
                others += 1
            keys[count] = key
            count += 1
        ends[document] = count
    return count, others


@compiled
def number(keys: Any, codes: Any, table: Any, known_keys: Any, known: int) -> Any:
    """Write each key's number; return the table of keys and numbers (grown if need be) and how many keys are known."""
    mask = _U(len(table) // 2 - 1)
    for place in range(len(keys)):
        key = keys[place]
        mixed = key * _MULTIPLIER
        slot = (mixed ^ (mixed >> _HALF)) & mask
        found = table[2 * slot]
        while found != key and found != _ZERO:
            slot = (slot + _ONE) & mask
            found = table[2 * slot]
        if found != _ZERO:
            codes[place] = table[2 * slot + _ONE]
            continue
        known_keys[known] = key
        table[2 * slot], table[2 * slot + _ONE] = key, known
        codes[place] = known
        known += 1
        if 4 * known > len(table):
            table = _enlarged(table)
            mask = _U(len(table) // 2 - 1)
    return table, known


@compiled
def _enlarged(table: Any) -> Any:
    larger = np.zeros(2 * len(table), np.uint64)
    mask = _U(len(larger) // 2 - 1)
    for old in range(0, len(table), 2):
        key = table[old]
        if key != _ZERO:
            mixed = key * _MULTIPLIER
            slot = (mixed ^ (mixed >> _HALF)) & mask
            while larger[2 * slot] != _ZERO:
                slot = (slot + _ONE) & mask
            larger[2 * slot], larger[2 * slot + _ONE] = key, table[old + 1]
    return larger


@compiled
def sample(data: Any, lowered: Any, codes: Any, hashed: Any, samples: Any) -> bool:
    """Note for each hash where it stands first; return whether all stretches of one hash are the same letters."""
    for row in range(len(hashed)):
        code, first, size = codes[hashed[row, 0]], hashed[row, 1], hashed[row, 2]
        if samples[code, 1] == 0:
            samples[code, 0], samples[code, 1] = first, size
        if samples[code, 1] != size:
            return False
        earlier = samples[code, 0]
        for place in range(abs(size)):
            one, other = data[first + place], data[earlier + place]
            if one != other and (size < 0 or lowered[one] != lowered[other]):
                return False
    return True
