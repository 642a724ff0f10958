"""Which words of one text stand in another, in order: in a time that grows with the texts, whatever is in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

#: A stretch that both texts have: where it begins in each, and how many words it has.
Stretch = tuple[int, int, int]

#: Words in the runs that the texts are held together by.
_RUN = 4
#: Where nothing holds two passages together, they are compared word by word up to this number of pairs of words.
_PAIRS = 2_500
_WORD = re.compile(r"\w+")


def words(text: str) -> list[tuple[int, int]]:
    """Return where each word of a text begins and ends."""
    return [match.span() for match in _WORD.finditer(text)]


def aligned(first: Sequence[str], second: Sequence[str]) -> list[Stretch]:
    """Return the stretches that two lists of words have in common, in order, as long as they can be.

    Runs of words that stand once in both hold the texts together (Cohen's patience diff); what lies between is compared
    word by word where it is short.

    Examples
    --------
    >>> aligned("a b c d e x f".split(), "z a b c d e f".split())
    [(0, 1, 5), (6, 6, 1)]
    """
    found: list[Stretch] = []
    end = (0, 0)
    for one, other in [(0, 0), *_anchors(first, second), (len(first), len(second))]:
        if one < end[0] or other < end[1]:
            continue
        found += _between(first, second, end, (one, other))
        size = 0
        while one + size < len(first) and other + size < len(second) and first[one + size] == second[other + size]:
            size += 1
        found.append((one, other, size))
        end = one + size, other + size
    return _together(found)


def _anchors(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of runs that stand once in each, most of them that are in the same order in both."""
    one, other = _single(first), _single(second)
    pairs = [(place, other[run]) for run, place in one.items() if run in other]
    last: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        rank = bisect_left(last, place)
        before.append(heads[rank - 1] if rank else -1)
        last[rank : rank + 1] = [place]
        heads[rank : rank + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = heads[-1] if heads else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _single(listed: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = [tuple(listed[place : place + _RUN]) for place in range(len(listed) - _RUN + 1)]
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counts[run] == 1}


def _between(
    first: Sequence[str], second: Sequence[str], start: tuple[int, int], end: tuple[int, int]
) -> list[Stretch]:
    """Return what two passages without runs in common share: their last words, and the rest where it is short."""
    one, other = end
    while one > start[0] and other > start[1] and first[one - 1] == second[other - 1]:
        one, other = one - 1, other - 1
    found: list[Stretch] = []
    if (one - start[0]) * (other - start[1]) <= _PAIRS:
        matcher = SequenceMatcher(None, first[start[0] : one], second[start[1] : other], autojunk=False)
        found = [(start[0] + a, start[1] + b, size) for a, b, size in matcher.get_matching_blocks()]
    return [*found, (one, other, end[0] - one)]


def _together(found: list[Stretch]) -> list[Stretch]:
    """Join stretches that follow each other without a gap, and leave out empty ones."""
    joined: list[Stretch] = []
    for one, other, size in found:
        if size and joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (one, other):
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        elif size:
            joined.append((one, other, size))
    return joined
