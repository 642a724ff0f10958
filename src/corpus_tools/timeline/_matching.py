"""Which reports tell of one event: scored pairs of near kinds and times, joined from the surest on."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus_tools.timeline._reports import Report
from corpus_tools.timeline._scoring import THRESHOLD, Features, score

_NEAR = {
    frozenset(pair)
    for pair in (
        ("harm", "force"), ("crowd", "force"), ("crowd", "strike"), ("statement", "resignation"), ("arrest", "force"),
        ("election", "statement"), ("arrest", "court"),
    )
}  # fmt: skip
#: Reports compared with each other in one block of kind; beyond it only neighbours in time are.
WINDOW = 60
#: Reports of a block whose pairs are looked at together.
_TOGETHER = 5_000
_RARE = 0.25
#: A word that two of so many reports share is rare; in fewer reports nothing more is known of it.
_LEAST = 100
#: Families whose undated reports may belong to a dated one.
_UNDATED = ("harm",)

#: A score, and the numbers of the two reports.
Pair = tuple[float, int, int]


@dataclass(frozen=True)
class Block:
    """Reports of near kinds in the order of time, to be compared by themselves.

    Parameters
    ----------
    numbers : list of int
        Which reports they are.
    items : list of Report
        The reports themselves; the first `heads` are compared with those that follow them, the others are there to be
        compared with.
    rarity : dict of str to float
        Of the words and names in them.
    heads : int
        See `items`.
    across : bool
        Whether only reports of different families are compared.
    """

    numbers: list[int]
    items: list[Report]
    rarity: dict[str, float]
    heads: int
    across: bool

    def pairs(self) -> list[Pair]:
        """Return the pairs that score high enough to be joined."""
        features = Features(self.items, self.rarity)
        families = np.array([item.family for item in self.items])
        found: list[Pair] = []
        for distance in range(1, min(WINDOW, len(self.items) - 1) + 1):
            first = np.arange(min(self.heads, len(self.items) - distance))
            if self.across:
                first = first[families[first] != families[first + distance]]
            for place in first[features.promising(first, first + distance)].tolist():
                found += self._scored(place, place + distance)
        return found

    def _scored(self, one: int, other: int) -> list[Pair]:
        value = score(self.items[one], self.items[other], self.rarity)
        first, second = self.numbers[one], self.numbers[other]
        return [(value, min(first, second), max(first, second))] if value >= THRESHOLD else []


def matched(items: Sequence[Report]) -> list[int]:
    """Return a cluster for each report."""
    rarity = rarities(items)
    return clusters(
        items, [*(pair for block in blocks(items, rarity) for pair in block.pairs()), *undated(items, rarity)]
    )


def clusters(items: Sequence[Report], pairs: Iterable[Pair]) -> list[int]:
    """Return a cluster for each report: greedy agglomeration of the pairs that score highest.

    Two groups that are each dated to a day are never joined when the days differ.
    """
    parent = list(range(len(items)))
    days = [item.begin if item.begin == item.finish else None for item in items]
    for _, first, second in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        a, b = _root(parent, first), _root(parent, second)
        if a == b or (days[a] is not None and days[b] is not None and days[a] != days[b]):
            continue
        parent[b] = a
        days[a] = days[a] if days[a] is not None else days[b]
    return [_root(parent, index) for index in range(len(items))]


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def rarities(items: Sequence[Report]) -> dict[str, float]:
    """Return how rare each word and name of the reports is, 0 to 1."""
    counts = Counter(word for item in items for word in item.words | item.names)
    total = max(len(items), _LEAST)
    return {word: math.log(total / count) / math.log(total) for word, count in counts.items()}


def blocks(items: Sequence[Report], rarity: Mapping[str, float]) -> Iterator[Block]:
    """Yield blocks of dated reports, or of undated ones, of near kinds: whatever may be one event is in one block.

    Reports of one family are compared in a block of their own; neighbours there are all that would be neighbours among
    others too.
    """
    named: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        if item.dated:
            named[item.family].append(number)
            for near in _NEAR:
                if item.family in near:
                    named["+".join(sorted(near))].append(number)
        else:
            named["undated " + item.family].append(number)
    for name, numbers in sorted(named.items()):
        numbers.sort(key=lambda number: (items[number].begin or items[number].finish or 0, number))
        for start in range(0, len(numbers), _TOGETHER):
            piece = numbers[start : start + _TOGETHER + WINDOW]
            chosen = [items[number] for number in piece]
            known = {word: rarity[word] for item in chosen for word in item.words | item.names}
            yield Block(piece, chosen, known, min(_TOGETHER, len(piece)), "+" in name)


def undated(items: Sequence[Report], rarity: Mapping[str, float]) -> list[Pair]:
    """Return pairs of harm without a date and dated harm with which it shares rare words or names."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        if item.dated and item.family in _UNDATED:
            for word in item.words | item.names:
                if rarity[word] > _RARE:
                    index[item.family, word].append(number)
    found: list[Pair] = []
    for number, item in enumerate(items):
        if not item.dated and item.family in _UNDATED:
            for other in _sharing(item, index, rarity):
                value = score(item, items[other], rarity)
                if value >= THRESHOLD:
                    found.append((value, min(number, other), max(number, other)))
    return found


def _sharing(item: Report, index: Mapping[tuple[str, str], list[int]], rarity: Mapping[str, float]) -> list[int]:
    """Return the reports that share most of a report's rare words and names, two at least."""
    common = Counter(
        other for word in sorted(item.words | item.names) if rarity[word] > _RARE
        for other in index.get((item.family, word), ())[:WINDOW]
    )  # fmt: skip
    return [other for other, number in common.most_common(WINDOW) if number >= 2]
