"""Processes of this machine call the functions: loky starts them, watches them and carries what they are given.

A process that is forked has at once all that this one has loaded, while one that is started anew takes seconds to load
it. But a fork takes along only the thread that forks, and whatever other threads hold at that moment stays held: so
processes are forked only from a program without further threads of Python. In JupyterLab they are started anew, and
stay for a while so that the next computation finds them.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from corpus_tools._collector import look_seldom
from corpus_tools.compute.pools import Pool, Spanned, attempt, portable

#: Seconds that processes which were started anew wait for more before they end.
_IDLE = 30
#: Parts that a process is given together at most: what it hands on is made of all of them.
_TOGETHER = 32
#: Seconds that the threads which watched forked processes may take to end, so that others can be forked after them.
_ENDING = 1
#: Linux's name for "send me a signal when who made me has ended".
_PR_SET_PDEATHSIG = 1


@contextmanager
def on_processes(workers: int) -> Iterator[Pool]:
    """Have so many processes for as long as this is open."""
    pool = _Processes(workers)
    try:
        yield pool
    except BaseException:
        pool.close(at_once=True)
        raise
    pool.close()


def forks() -> bool:
    """Return whether processes may be forked from this one, here and now.

    The libraries' own threads (of pyarrow, of OpenBLAS) are no hindrance: these libraries provide for forks.
    """
    return (
        sys.platform == "linux"
        and threading.current_thread() is threading.main_thread()
        and threading.active_count() == 1
        and multiprocessing.parent_process() is None
    )


@dataclass(frozen=True)
class _Sealed:
    """A result as it came from a process: it is opened only where it is used."""

    data: bytes


def _sealed(function: Callable[..., Any], *inputs: Any) -> Any:
    try:
        found = attempt(function, *map(_opened, inputs))
    except Exception as error:
        raise portable(error) from None
    if isinstance(found, Spanned):
        return found if found.value is None else replace(found, value=_seal(found.value))
    return _seal(found)


def _seal(value: Any) -> _Sealed:
    return _Sealed(pickle.dumps(value, protocol=5))


def _opened(value: Any) -> Any:
    return pickle.loads(value.data) if isinstance(value, _Sealed) else value  # noqa: S301 - our own process wrote it


class _Processes:
    """Calls functions in processes of this machine."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        #: A few calls wait, so that no worker does.
        self.window = workers + 1
        self.together = _TOGETHER
        self._executor: Any = None
        self.renew()

    def submit(self, function: Callable[..., Any], inputs: tuple[Any, ...]) -> Any:
        with warnings.catch_warnings():
            # The first call forks, and Python warns of the libraries' own threads.
            warnings.filterwarnings("ignore", ".*fork.*", DeprecationWarning)
            return self._executor.submit(_sealed, function, *inputs)

    def done(self, handles: Collection[Any]) -> list[Any]:
        from concurrent.futures import FIRST_COMPLETED, wait

        finished = wait(handles, return_when=FIRST_COMPLETED).done
        return [handle for handle in handles if handle in finished]

    def value(self, handle: Any) -> Any:
        return handle.result()

    def fetch(self, value: Any) -> Any:
        return _opened(value)

    def renew(self) -> None:
        from loky import get_reusable_executor

        self.close(at_once=True)
        self._is_forked = forks()
        if self._is_forked:
            self._executor = _forked(self.workers)
        else:
            self._executor = get_reusable_executor(max_workers=self.workers, timeout=_IDLE, initializer=_settle)

    def close(self, *, at_once: bool = False) -> None:
        """End forked processes, `at_once` whatever they are doing; others stay for the next computation."""
        if self._executor is not None and self._is_forked:
            self._executor.shutdown(wait=True, kill_workers=at_once)
            until = time.monotonic() + _ENDING
            while not forks() and time.monotonic() < until:
                time.sleep(0.001)


def _forked(workers: int) -> Any:
    from loky import ProcessPoolExecutor

    return ProcessPoolExecutor(
        workers, context=multiprocessing.get_context("fork"), initializer=_begin, initargs=(os.getpid(),)
    )


def _begin(parent: int) -> None:
    """Make a forked process end with the one that forked it, also when that is killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    gc.freeze()  # so that the collector does not touch, and so copy, what was there before
    _settle()


def _settle() -> None:
    """Have the libraries of a worker use one thread, as there are as many workers as shall work at a time.

    The garbage collector looks less often: what it would take is a quarter of a worker's start.
    """
    import pyarrow as pa

    pa.set_cpu_count(1)
    look_seldom()
