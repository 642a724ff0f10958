"""Neighbouring parts go to a worker together, and the outcome is what it would be if each went alone."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Collection
from concurrent.futures import BrokenExecutor
from functools import partial
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.articles import Corpus
from corpus_tools.compute import run
from corpus_tools.compute.pools import portable
from corpus_tools.compute.spreading import over
from corpus_tools.compute.tree import spans
from corpus_tools.errors import DamagedCorpus, InvalidQuery


class Scattered:
    """A pool that ends its calls in any order, and whose processes die of some parts."""

    def __init__(self, seed: int, together: int, deadly: Collection[str] = ()) -> None:
        self.workers, self.window, self.together = 2, 3, together
        self._chance, self._deadly, self._is_broken = random.Random(seed), deadly, False
        self.calls: list[tuple[Any, ...]] = []

    def submit(self, function: Callable[..., Any], inputs: tuple[Any, ...]) -> Any:
        assert not self._is_broken
        self.calls.append(inputs)
        return object(), partial(function, *inputs), any(part in self._deadly for part in inputs)

    def done(self, handles: Collection[Any]) -> list[Any]:
        return self._chance.sample(list(handles), self._chance.randint(1, len(handles)))

    def value(self, handle: Any) -> Any:
        self._is_broken |= handle[2]
        if self._is_broken:
            raise BrokenExecutor("died")
        return handle[1]()

    def fetch(self, value: Any) -> Any:
        return value

    def renew(self) -> None:
        self._is_broken = False


def _read(part: str) -> str:
    if part.endswith("!"):
        raise DamagedCorpus(part)
    return part


def _join(left: str, right: str) -> str:
    return f"({left}{right})"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 40),
    st.integers(0, 1000),
    st.sampled_from([1, 2, 8, 32]),
    st.sets(st.integers(0, 39), max_size=5),
    st.sets(st.integers(0, 39), max_size=3),
)
def test_together_or_alone_is_the_same(
    count: int, seed: int, together: int, damaged: set[int], deadly: set[int]
) -> None:
    parts = [f"{place}{'!' if place in damaged else '.'}" for place in range(count)]
    deaths = {parts[place] for place in deadly if place < count}
    told: list[int] = []
    found = over(Scattered(seed, together, deaths), parts, _read, _join, lambda done, _: told.append(done))
    bad = {place for place, part in enumerate(parts) if part.endswith("!") or part in deaths}
    assert set(found.failures) == bad
    for place, error in found.failures.items():
        assert isinstance(error, BrokenExecutor if parts[place] in deaths else DamagedCorpus)
    alone = over(Scattered(0, 1, deaths), parts, _read, _join)
    assert found.root == alone.root
    left = [part for place, part in enumerate(parts) if place not in bad]
    assert (found.root or "").replace("(", "").replace(")", "") == "".join(left)
    assert told == sorted(told)
    assert told[-1] == count


@given(st.integers(0, 300), st.integers(1, 9), st.sampled_from([1, 2, 4, 8, 32]))
def test_spans_hold_each_leaf_once(leaves: int, workers: int, most: int) -> None:
    ranges = [range(place << level, (place + 1) << level) for level, place in spans(leaves, workers, most)]
    assert [leaf for span in ranges for leaf in span] == list(range(leaves))
    assert all(len(span) <= most for span in ranges)


def test_many_parts_make_few_calls() -> None:
    pool = Scattered(1, 8)
    over(pool, [f"{place}." for place in range(256)], _read, _join)
    assert sum(len(inputs) > 2 for inputs in pool.calls) > 25
    assert len(pool.calls) < 100


class Awkward(Exception):
    """An error that cannot be handed on as it is."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def test_errors_that_cannot_be_handed_on_keep_their_words() -> None:
    told = portable(Awkward("this", "that"))
    assert str(pickle.loads(pickle.dumps(told))) == "Awkward: this and that"
    kept = ValueError("as it is")
    assert portable(kept) is kept


def test_options_of_counts_hold_for_all_parts_together(corpus: Corpus) -> None:
    options: dict[str, Any] = {"by": "outlet", "ngrams": (1, 2), "min_count": 3, "confidence": 0.9}
    found = run(corpus, ct.terms.frequency, combine=ct.terms.combine_frequencies, **options).table
    pd.testing.assert_frame_equal(found, ct.terms.frequency(corpus.articles, **options))
    few = partial(ct.terms.combine_frequencies, most_phrases=50)
    kept = run(corpus, ct.terms.frequency, combine=few, ngrams=(1, 2)).table
    assert (kept["size"] > 1).sum() <= 50
    whole = ct.terms.frequency(corpus.articles, ngrams=(1, 2)).set_index(["term", "size"])["count"]
    true = whole.loc[list(kept[["term", "size"]].itertuples(index=False, name=None))].to_numpy()
    assert ((kept["count"] <= true) & (true <= kept["count"] + kept["missed"])).all()


@pytest.mark.parametrize(
    "options", [{"interval": "bootstrap"}, {"min_count": -1}, {"confidence": 2}, {"ngrams": 0}, {"by": "nothing"}]
)
def test_options_of_counts_without_a_meaning_end_at_once(corpus: Corpus, options: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuery):
        run(corpus, ct.terms.frequency, combine=ct.terms.combine_frequencies, **options)
