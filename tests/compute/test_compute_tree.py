"""Which results are put together does not depend on the order in which they come."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.compute.tree import Tree


def joined(leaves: list[str | None], order: list[int]) -> tuple[str | None, int]:
    """Return what comes out, and how many results waited at most."""
    tree = Tree[str](len(leaves))
    most = 0
    for place in order:
        ready = tree.put(0, place, leaves[place])
        while ready is not None:
            ready = tree.put(ready.level, ready.place, f"({ready.left}{ready.right})")
        most = max(most, len(tree._waiting))
    return tree.root, most


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(0, 1000), st.sets(st.integers(0, 39)))
def test_any_order_gives_the_same(count: int, seed: int, failed: set[int]) -> None:
    leaves = [None if place in failed else f"{place}." for place in range(count)]
    shuffled = list(range(count))
    random.Random(seed).shuffle(shuffled)
    expected, _ = joined(leaves, list(range(count)))
    assert joined(leaves, shuffled)[0] == expected
    kept = [leaf for leaf in leaves if leaf is not None]
    assert (expected or "").replace("(", "").replace(")", "") == "".join(kept)


@pytest.mark.parametrize(("count", "expected"), [(1, "0"), (2, "(01)"), (3, "((01)2)"), (5, "(((01)(23))4)")])
def test_joins_neighbours(count: int, expected: str) -> None:
    assert joined([str(place) for place in range(count)], list(range(count)))[0] == expected


def test_few_results_wait_when_they_come_in_order() -> None:
    assert joined(["x"] * 1000, list(range(1000)))[1] <= 10
