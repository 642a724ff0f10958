"""Where functions are called: in this process, in other processes, or on a cluster; one face for all three."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from corpus_tools.compute.engines import Engine
from corpus_tools.errors import CorpusToolsError, MissingExtra

#: How often a part is tried that stops with an error.
ATTEMPTS = 2


class Pool(Protocol):
    """What the engines have in common."""

    #: How many processes there are.
    workers: int
    #: How many parts one call may be on at most, a power of 2, where results are joined.
    together: int

    @property
    def window(self) -> int:
        """How many calls may be under way."""

    def submit(self, function: Callable[..., Any], inputs: tuple[Any, ...]) -> Any:
        """Have a function called; return a handle."""

    def done(self, handles: Collection[Any]) -> list[Any]:
        """Wait for one or more of the handles; return those that have finished, in the order given."""

    def value(self, handle: Any) -> Any:
        """Return the result, or something that stands for it where further functions are called; raise its error."""

    def fetch(self, value: Any) -> Any:
        """Return the result itself."""

    def renew(self) -> None:
        """Start afresh after worker processes have died."""


@contextmanager
def open_pool(engine: Engine) -> Iterator[Pool]:
    """Open the pool of an engine, and close it behind.

    Raises
    ------
    EngineUnavailable, MissingExtra
        When the cluster cannot be used, or its library is not installed.
    """
    if engine.name == "dask":
        try:
            from corpus_tools.compute.on_dask import on_dask
        except ImportError as error:
            raise MissingExtra("dask", "the engine 'dask'") from error
        with on_dask(engine) as pool:
            yield pool
    elif engine.name == "processes" and engine.workers > 1:
        from corpus_tools.compute.on_processes import on_processes

        with on_processes(engine.workers) as pool:
            yield pool
    else:
        yield _Here()


@dataclass(frozen=True, eq=False)
class _Finished:
    value: Any = None
    error: Exception | None = None


class _Here:
    """Calls functions at once."""

    workers = window = together = 1

    def submit(self, function: Callable[..., Any], inputs: tuple[Any, ...]) -> Any:
        try:
            return _Finished(attempt(function, *inputs))
        except Exception as error:
            return _Finished(error=error)

    def done(self, handles: Collection[Any]) -> list[Any]:
        return list(handles)

    def value(self, handle: Any) -> Any:
        if handle.error is not None:
            raise handle.error
        return handle.value

    def fetch(self, value: Any) -> Any:
        return value

    def renew(self) -> None:
        raise AssertionError("nothing dies here")


@dataclass(frozen=True)
class Spanned:
    """The joined result of neighbouring parts, None when all failed, and the errors of those that did, by number."""

    value: Any
    failures: dict[int, BaseException]


def attempt(function: Callable[..., Any], *inputs: Any) -> Any:
    """Call a function, and once more if it stops with an error that may be the machine's and not the call's."""
    for left in reversed(range(ATTEMPTS)):
        try:
            return function(*inputs)
        except CorpusToolsError:
            raise
        except Exception:
            if not left:
                raise
    raise AssertionError("every attempt returns or raises")


def portable(error: BaseException) -> BaseException:
    """Return an error that can be handed from process to process: itself, or one that says the same."""
    try:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - written a moment ago
    except Exception:
        again = None
    return error if isinstance(again, type(error)) else RuntimeError(f"{type(error).__name__}: {error}")
