"""Which way analyses of many parts are run, and how that is chosen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from corpus_tools.errors import InvalidQuery

#: In this process; over processes of this machine; on Dask.
ENGINES = ("here", "processes", "dask")


@dataclass(frozen=True)
class Engine:
    """A way to run a function over parts.

    Parameters
    ----------
    name : {"here", "processes", "dask"}
        In this process, over processes of this machine, or on Dask.
    jobs : int, optional
        How many worker processes; by default as many as the machine has processors. A running cluster has its own.
    scheduler : str, optional
        Address of a running Dask scheduler, e.g. ``tcp://10.0.0.1:8786``; without it, one is started on this machine
        for as long as the computation takes.

    Raises
    ------
    InvalidQuery
        When there is no such engine, or an option does not go with it.

    Examples
    --------
    >>> Engine("processes", jobs=2)
    Engine(name='processes', jobs=2, scheduler=None)
    """

    name: str = "here"
    jobs: int | None = None
    scheduler: str | None = None

    def __post_init__(self) -> None:
        if self.name not in ENGINES:
            raise InvalidQuery(f"There is no engine {self.name!r}; there are {', '.join(ENGINES)}.")
        if self.jobs is not None and self.jobs < 1:
            raise InvalidQuery(f"jobs must be 1 or more, not {self.jobs}.")
        if self.scheduler is not None and self.name != "dask":
            raise InvalidQuery(f"A scheduler goes with the engine 'dask', not with {self.name!r}.")

    @property
    def workers(self) -> int:
        """How many worker processes to start."""
        return self.jobs or os.cpu_count() or 1


_CHOSEN: ContextVar[Engine | None] = ContextVar("engine", default=None)


def current() -> Engine:
    """Return the engine in force: this process, unless `engine` chose another."""
    return _CHOSEN.get() or Engine()


@contextmanager
def engine(name: str = "here", *, jobs: int | None = None, scheduler: str | None = None) -> Iterator[Engine]:
    """Choose the engine for what is computed inside a ``with`` block.

    Parameters
    ----------
    name, jobs, scheduler
        As for `Engine`.

    Yields
    ------
    Engine
        The engine in force.

    Examples
    --------
    >>> with engine("processes", jobs=2):
    ...     current().name
    'processes'
    >>> current().name
    'here'
    """
    token = _CHOSEN.set(Engine(name, jobs, scheduler))
    try:
        yield current()
    finally:
        _CHOSEN.reset(token)
