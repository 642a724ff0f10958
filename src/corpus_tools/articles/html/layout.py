"""How the blocks of a page stand to each other: what is around them, and which were made alike by one template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from corpus_tools.articles.html.blocks import Block, Place, above

#: Blocks before and behind a block that are its surroundings; characters of running text that make a block prose.
_AROUND, _PROSE = 4, 80
_OVER = frozenset(("p", "li", "blockquote", "span", "td", "h1", "h2", "h3", "h4", "h5", "h6"))
#: Steps to prose, where there is none.
_FAR = 99


class Sums:
    """Characters of blocks, and of what stands under each place: running text, all text, and links."""

    def __init__(self, blocks: Sequence[Block], places: Sequence[Place]) -> None:
        self.weight, self.size, self.linked = (
            np.array(values, dtype=float)
            for values in (
                [block.weight for block in blocks],
                [len(block.text) for block in blocks],
                [block.linked for block in blocks],
            )
        )
        first, last = np.array([place.first for place in places]), np.array([place.last for place in places])
        #: Running text up to each block, and in the end of the page.
        self.before = _summed(self.weight)
        self.weights = self.before[last] - self.before[first]
        self.sizes, self.links = (summed[last] - summed[first] for summed in (_summed(self.size), _summed(self.linked)))
        self.page = float(self.before[-1])


def _summed(values: Any) -> Any:
    # Tenths of characters are whole numbers: sums of them do not depend on their order.
    return np.concatenate([[0], np.cumsum(np.rint(10 * values))]) / 10


def placed(
    blocks: Sequence[Block], places: Sequence[Place], main: Place, sums: Sums, total: float, titled: Sequence[bool]
) -> Iterator[tuple[str, Any]]:
    """Yield names and values of what is measured of a block's place on the page."""
    count = len(blocks)
    overs = [over_of(block.place) for block in blocks]
    over = np.array([place.number for place in overs])
    around = np.array([(place.parent or place).number for place in overs])
    prose = np.bincount(over[sums.weight >= _PROSE], minlength=len(places))
    steps = np.zeros(count)
    for number, place in reversed(list(enumerate(above(main)))):
        steps[place.first : place.last] = number
    yield "main_steps", steps
    yield "above_share", sums.weights[around] / total
    yield "over_share", sums.weights[over] / total
    yield "over_linked", sums.links[over] / np.maximum(sums.sizes[over], 1)
    yield "over_blocks", np.array([place.blocks for place in overs])
    yield "over_prose", prose[over]
    yield "before", sums.before[:-1] / total
    yield "after", 1 - sums.before[1:] / total
    yield "position", np.arange(count) / count
    yield "page_weight", total
    yield "page_linked", sums.linked.sum() / (sums.size.sum() or 1)
    yield "main_share", main.weight / total
    yield from _course(blocks, total, titled)
    yield from _steps(blocks)


def over_of(place: Place) -> Place:
    """Return what is around a block: its place, or what is around a place that holds single blocks only."""
    return place.parent if place.tag in _OVER and place.parent else place


def _course(blocks: Sequence[Block], total: float, titled: Sequence[bool]) -> Iterator[tuple[str, Any]]:
    """Yield what has been seen on the way down the page: blocks since the last headline, headlines, and articles."""
    since: list[int] = []
    headlines: list[int] = []
    ranks: list[int] = []
    shares: list[float] = []
    known: dict[int, int] = {}
    last, seen = -1, 0
    for number, block in enumerate(blocks):
        since.append(number - last if last >= 0 else -1)
        if block.tag == "h1":
            last, seen = number, seen + 1
        elif titled[number]:
            last = number
        headlines.append(seen)
        article = block.place.article
        if article is None or article.weight < 0.05 * total:
            ranks.append(0)
            shares.append(0)
        else:
            ranks.append(known.setdefault(article.number, len(known) + 1))
            shares.append(article.weight / total)
    yield "since_title", since
    yield "headlines", headlines
    yield "articles", ranks
    yield "article_share", shares


def _steps(blocks: Sequence[Block]) -> Iterator[tuple[str, list[int]]]:
    """Yield how many elements up what a block shares with the prose before it begins, and with the prose behind it."""
    count = len(blocks)
    heights = [block.place.height for block in blocks]
    shared = [0] * (count + 1)
    here = blocks[0].place
    for number in range(1, count):  # How high what a block shares with the one before it stands.
        there = blocks[number].place
        own = there.number
        while not here.number <= own < here.end:
            assert here.parent is not None  # The place around all of them holds every other one.
            here = here.parent
        shared[number] = here.height
        here = there
    prose = [block.weight >= _PROSE for block in blocks]
    back, ahead = [_FAR] * count, [_FAR] * count
    low = -1
    for number in range(count):
        if low >= 0:
            low = min(low, shared[number])
            back[number] = heights[number] - low
        if prose[number]:
            low = heights[number]
    low = -1
    for number in range(count - 1, -1, -1):
        if low >= 0:
            low = min(low, shared[number + 1])
            ahead[number] = heights[number] - low
        if prose[number]:
            low = heights[number]
    yield "back", back
    yield "ahead", ahead


def surroundings(sums: Sums, total: float) -> Any:
    """Return the running text around each block, and how much of what is around it is links."""
    width, count = np.ones(2 * _AROUND + 1), len(sums.size)
    weight, linked, size = (
        np.convolve(values, width)[_AROUND : _AROUND + count] for values in (sums.weight, sums.linked, sums.size)
    )
    return np.stack([weight / total, linked / np.maximum(size, 1)], axis=1)


def alike(blocks: Sequence[Block], places: Sequence[Place]) -> tuple[list[Any], list[Any]]:
    """Return what the blocks that a template made alike have in common: their elements; and all that is around them."""
    paths = [-1] * len(places)
    known: dict[Any, int] = {}
    for place in places:
        if place.last > place.first:
            around = paths[place.parent.number] if place.parent is not None else -1
            paths[place.number] = known.setdefault((around, place.tag, place.names), len(known))
    near: list[Any] = []
    far: list[Any] = []
    for block in blocks:
        tag, place, above_ = block.tag, block.place, block.place.parent
        near.append((tag, place.tag, place.names, above_.tag if above_ else "", above_.names if above_ else ""))
        far.append((tag, paths[place.number]))
    return near, far


def together(names: Sequence[Any], sums: Sums, total: float) -> Any:
    """Return what is measured of all blocks of one name, for each block."""
    numbers: dict[Any, int] = {}
    groups = np.array([numbers.setdefault(name, len(numbers)) for name in names])
    weights, links, sizes = (np.bincount(groups, values) for values in (sums.weight, sums.linked, sums.size))
    counts = np.bincount(groups)
    columns = (weights / max(weights.max(), 1.0), weights / total, links / np.maximum(sizes, 1), counts, sizes / counts)
    return np.stack(columns, axis=1)[groups]
