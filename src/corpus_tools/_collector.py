"""How often Python's garbage collector looks while an analysis makes objects by the million, hardly any in a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects, and rounds of the younger generations, after which it looks. Python's own are 700, 10 and 10.
SELDOM = (50_000, 20, 20)


def look_seldom() -> None:
    """Have the collector look less often from now on: each time it goes through much of what is loaded."""
    gc.set_threshold(*SELDOM)


@contextmanager
def seldom() -> Iterator[None]:
    """Have the collector look less often meanwhile, unless it looks even less often already.

    Examples
    --------
    >>> before = gc.get_threshold()
    >>> with seldom():
    ...     gc.get_threshold()
    (50000, 20, 20)
    >>> gc.get_threshold() == before
    True
    """
    before = gc.get_threshold()
    if 0 < before[0] < SELDOM[0]:
        look_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def uncollected() -> Iterator[None]:
    """Have the collector not look at all meanwhile: for the thousands of objects of one page, none of them in a cycle.

    Examples
    --------
    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
