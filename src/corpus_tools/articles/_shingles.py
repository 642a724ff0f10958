"""Runs of words (shingles) of texts as numbers, for many texts at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

#: Characters that are worked on together: few enough for a processor's cache.
_TOGETHER = 1 << 16
_ODD = np.uint64(0xBF58476D1CE4E5B9)
_BASE = 0x9E3779B97F4A7C15


def shingles(text: str, words: int = 5) -> Hashes:
    """Return the distinct hashes of all runs of `words` words of a text, sorted.

    Examples
    --------
    >>> len(shingles("one two three four five six"))
    2
    """
    return np.unique(np.concatenate([hashes for hashes, _ in batches([text], words)]))


def batches(texts: Sequence[str], words: int) -> Iterator[tuple[Hashes, Places]]:
    """Yield hashes of the runs of `words` words of texts, and the place of the text that each is from.

    Case does not count, nor does what stands between words; a run that a text repeats comes as often.

    Parameters
    ----------
    texts : sequence of str
        Any number; a batch is a few of them, or one long one.
    words : int
        Words in a run.
    """
    first, size = 0, 0
    for place, text in enumerate(texts):
        if size and size + len(text) > _TOGETHER:
            yield _runs(texts[first:place], words, first)
            first, size = place, 0
        size += len(text) + 1
    if len(texts):
        yield _runs(texts[first:], words, first)


def _runs(texts: Sequence[str], words: int, first: int) -> tuple[Hashes, Places]:
    numbers, owners = _words(texts)
    length = len(numbers) - words + 1
    if length < 1:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    total = numbers[:length].copy()
    for place in range(1, words):
        total *= _ODD
        total += numbers[place : length + place]
    _mix(total)
    whole = owners[:length] == owners[words - 1 :]
    return total[whole], owners[:length][whole] + first


def _words(texts: Sequence[str]) -> tuple[Hashes, Places]:
    """Return a hash of each word of some texts, in order, and the place of its text.

    A word's hash is a polynomial of its characters modulo 2**64, taken for all words at once from sums over stretches
    of the joined texts, each divided by the power at which it begins.
    """
    units = [f"\n{text}".encode("utf-16-le", "surrogatepass") for text in texts]
    codes = np.frombuffer(b"".join(units), dtype=np.uint16)
    values = _values()[codes]
    inside = values != 0
    starts = np.flatnonzero(inside[1:] > inside[:-1]) + 1
    if not len(starts):
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    powers, inverses = _powers(1 << len(codes).bit_length())
    values *= powers[: len(codes)]
    hashes: Hashes = np.add.reduceat(values, starts)
    hashes *= inverses[starts]
    _mix(hashes)
    ends = np.cumsum([len(unit) // 2 for unit in units])
    return hashes, np.searchsorted(ends, starts, side="right")


def _mix(hashes: Hashes) -> None:
    hashes ^= hashes >> np.uint64(31)
    hashes *= _ODD
    hashes ^= hashes >> np.uint64(29)


@cache
def _values() -> Hashes:
    """Return a number for each 16-bit unit, the same for both cases, and 0 where it belongs to no word."""
    folded = [chr(code).casefold() for code in range(0x10000)]
    codes = [ord(letter) if len(letter) == 1 else code for code, letter in enumerate(folded)]
    values = np.array(codes, dtype=np.uint64) + np.uint64(1)
    _mix(values)
    return values * np.fromiter((_is_letter(chr(code)) for code in range(0x10000)), dtype=np.uint64, count=0x10000)


def _is_letter(character: str) -> bool:
    return character.isalnum() or "\ud800" <= character <= "\udfff"


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Return the powers of the polynomial's base, and those of its inverse."""
    powers = np.r_[np.uint64(1), np.cumprod(np.full(length - 1, _BASE, dtype=np.uint64))]
    inverses = np.r_[np.uint64(1), np.cumprod(np.full(length - 1, pow(_BASE, -1, 1 << 64), dtype=np.uint64))]
    return powers, inverses
