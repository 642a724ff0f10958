"""How the blocks of a page stand to each other: what is around them, and which were made alike by one template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus_tools.articles.html.blocks import Block, Place

#: Blocks before and behind a block that are its surroundings; characters of running text that make a block prose.
_AROUND, _PROSE = 4, 80
_OVER = frozenset(("p", "li", "blockquote", "span", "td", "h1", "h2", "h3", "h4", "h5", "h6"))


def over_of(place: Place) -> Place:
    """Return what is around a block: its place, or what is around a place that holds single blocks only."""
    return place.parent if place.tag in _OVER and place.parent else place


class Prose:
    """Where the blocks of running text stand: how far each block is from those before and behind it, in the tree."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self.overs = [over_of(block.place) for block in blocks]
        self.under: Counter[int] = Counter()
        last, behind = -1, []
        for number, block in enumerate(blocks):
            behind.append(last)
            if block.weight >= _PROSE:
                self.under[id(self.overs[number])] += 1
                last = number
        self._before, self._behind, last = behind, [0] * len(blocks), -1
        for number in range(len(blocks) - 1, -1, -1):
            self._behind[number] = last
            if blocks[number].weight >= _PROSE:
                last = number

    def steps(self, number: int, place: Place) -> tuple[float, float]:
        """Return how many elements up what a block shares with the prose before and behind it begins."""
        back, ahead = self._before[number], self._behind[number]
        return (
            99 if back < 0 else _steps(place, self._blocks[back].place),
            99 if ahead < 0 else _steps(place, self._blocks[ahead].place),
        )


def _steps(place: Place, other: Place) -> int:
    steps = 0
    here, there = place, other
    while here is not there:
        if here.depth >= there.depth and here.parent is not None:
            here, steps = here.parent, steps + 1
        elif there.parent is not None:
            there = there.parent
        else:
            break
    return steps


class Course:
    """What has been seen on the way down the page: headlines, and articles of some size."""

    def __init__(self, total: float) -> None:
        self._total = total
        self._last = -1
        self._headlines = 0
        self._articles: dict[int, int] = {}
        self._known: dict[int, Place | None] = {}

    def at(self, number: int, block: Block, titled: bool) -> tuple[float, float, float, float]:
        """Return blocks since the last headline, headlines so far, number of the article, and its share of the page."""
        since = number - self._last if self._last >= 0 else -1
        if titled or block.tag == "h1":
            self._last = number
            self._headlines += block.tag == "h1"
        article = self._article(block.place)
        if article is None or article.weight < 0.05 * self._total:
            return since, self._headlines, 0, 0
        rank = self._articles.setdefault(id(article), len(self._articles) + 1)
        return since, self._headlines, rank, article.weight / self._total

    def _article(self, place: Place) -> Place | None:
        if id(place) not in self._known:
            around = place.parent
            self._known[id(place)] = (
                place if place.tag == "article" else self._article(around) if around is not None else None
            )
        return self._known[id(place)]


def surroundings(blocks: Sequence[Block], total: float) -> Any:
    """Return the running text around each block, and how much of what is around it is links."""
    width = np.ones(2 * _AROUND + 1)
    weight, linked, size = (
        np.convolve(values, width)[_AROUND : _AROUND + len(blocks)]
        for values in (
            [block.weight for block in blocks],
            [float(block.linked) for block in blocks],
            [float(len(block.text)) for block in blocks],
        )
    )
    return np.stack([weight / total, linked / np.maximum(size, 1)], axis=1).astype(np.float32)


def alike(blocks: Sequence[Block], total: float) -> list[Any]:
    """Return what the blocks that a template made alike have in common: by their elements, and by all around them."""
    paths: dict[int, int] = {}
    known: dict[Any, int] = {}

    def path(place: Place) -> int:
        found = paths.get(id(place))
        if found is None:
            around = path(place.parent) if place.parent is not None else -1
            found = paths[id(place)] = known.setdefault((around, place.tag, place.names), len(known))
        return found

    near: list[Any] = []
    far: list[Any] = []
    for block in blocks:
        place, around = block.place, block.place.parent
        near.append((block.tag, place.tag, place.names, around.tag if around else "", around.names if around else ""))
        far.append((block.tag, path(place)))
    weight, linked, size = (
        np.array(values, dtype=float)
        for values in (
            [block.weight for block in blocks],
            [block.linked for block in blocks],
            [len(block.text) for block in blocks],
        )
    )
    return [_together(names, weight, linked, size, total) for names in (near, far)]


def _together(names: Sequence[Any], weight: Any, linked: Any, size: Any, total: float) -> Any:
    numbers: dict[Any, int] = {}
    groups = np.array([numbers.setdefault(name, len(numbers)) for name in names])
    weights, links, sizes = (np.bincount(groups, values) for values in (weight, linked, size))
    counts = np.bincount(groups)
    columns = (weights / max(weights.max(), 1.0), weights / total, links / np.maximum(sizes, 1), counts, sizes / counts)
    return np.stack([column[groups] for column in columns], axis=1).astype(np.float32)
