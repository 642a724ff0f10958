"""The garbage collector is left as it was found."""

import gc
from collections.abc import Iterator

import pytest

from corpus_tools._collector import SELDOM, seldom


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_it_looks_less_often_for_a_while_and_as_before_even_after_an_error() -> None:
    seen = []

    def fail() -> None:
        with seldom():
            seen.append(gc.get_threshold())
            raise ZeroDivisionError

    gc.set_threshold(700, 10, 10)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert seen == [SELDOM]
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("threshold", [(0, 10, 10), (1_000_000, 5, 5)])
def test_who_has_it_look_never_or_even_less_often_keeps_that(threshold: tuple[int, int, int]) -> None:
    gc.set_threshold(*threshold)
    with seldom():
        assert gc.get_threshold() == threshold
    assert gc.get_threshold() == threshold
