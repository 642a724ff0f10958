"""How results of parts are put together: in pairs, and pairs of pairs, always the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Pair(Generic[Value]):
    """Two results that can be put together now, and the place of what comes out."""

    level: int
    place: int
    left: Value
    right: Value


@dataclass
class Tree(Generic[Value]):
    """A tree over a fixed number of results, which may arrive in any order.

    Which results are joined depends on their places alone, so that the outcome does not depend on who was first; and
    not more results wait than there are gaps between those that have arrived.

    Parameters
    ----------
    leaves : int
        How many results there will be.

    Examples
    --------
    >>> tree = Tree[str](3)
    >>> tree.put(0, 1, "b"), tree.put(0, 2, "c")
    (None, None)
    >>> tree.put(0, 0, "a")
    Pair(level=1, place=0, left='a', right='b')
    >>> tree.put(1, 0, "ab")
    Pair(level=2, place=0, left='ab', right='c')
    >>> tree.put(2, 0, "abc")
    >>> tree.root
    'abc'
    """

    leaves: int
    root: Value | None = None
    _waiting: dict[tuple[int, int], Value | None] = field(default_factory=dict)

    def put(self, level: int, place: int, value: Value | None) -> Pair[Value] | None:
        """Take a result; return what can be joined because of it, if anything.

        Parameters
        ----------
        level, place : int
            Where it belongs: level 0 for the results of parts, otherwise as the `Pair` said.
        value
            The result; None when there is none, since the part failed.
        """
        width = self._width(level)
        while width > 1:
            sibling = place ^ 1
            if sibling < width:
                if (level, sibling) not in self._waiting:
                    self._waiting[level, place] = value
                    return None
                other = self._waiting.pop((level, sibling))
                if value is not None and other is not None:
                    left, right = (value, other) if place < sibling else (other, value)
                    return Pair(level + 1, place // 2, left, right)
                value = other if value is None else value
            level, place = level + 1, place // 2
            width = self._width(level)
        self.root = value
        return None

    def _width(self, level: int) -> int:
        return -(-self.leaves // (1 << level))


def spans(leaves: int, workers: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield levels and places that have all leaves below them, in order: large ones first, so that none ends late.

    Parameters
    ----------
    leaves, workers : int
        How many leaves there are, and how many processes share them.
    most : int
        Most leaves below one place, a power of 2.

    Examples
    --------
    >>> list(spans(11, 2, 4))
    [(2, 0), (1, 2), (1, 3), (0, 8), (0, 9), (0, 10)]
    """
    first = 0
    while first < leaves:
        size = most
        while size > 1 and (workers * size > leaves - first or first % size):
            size //= 2
        yield size.bit_length() - 1, first // size
        first += size
