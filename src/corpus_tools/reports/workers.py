"""Several reports at the same time, each made in a process of its own; what a process says arrives while it works."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any

#: Imported once, before the processes are forked that need it (where processes are forked).
_PRELOADED = ["papermill", "nbformat", "nbconvert.exporters.html", "corpus_tools.reports.run"]

#: A task's number, what is said of it (`started`, `step`, `done` or `lost`), and what there is to say.
Said = tuple[int, str, Any]


def each(work: Callable[[Any, Callable[..., None]], Any], tasks: Sequence[Any], *, jobs: int) -> Iterator[Said]:
    """Carry out `work` on each task, `jobs` at a time; yield what is said of them, in the order in which it happens.

    Parameters
    ----------
    work : callable
        A function of a module, called with the task and with what it may call to say how far it is.
    tasks : sequence
        What to work on; pickled.
    jobs : int
        How many processes.

    Yields
    ------
    tuple of (int, str, anything)
        The task's number, and ``started``; ``step`` with what `work` said; ``done`` with what it returned; ``lost``
        when its process died.
    """
    context: Any = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    if sys.platform == "linux":
        context.set_forkserver_preload(_PRELOADED)
    waiting = list(enumerate(tasks))[::-1]
    busy: dict[Connection, tuple[Any, int]] = {}
    with _ended(busy):
        while waiting or busy:
            while waiting and len(busy) < jobs:
                ours, theirs = context.Pipe()
                process = context.Process(target=_work, args=(theirs, work))
                process.start()
                theirs.close()
                yield from _give(ours, process, waiting, busy)
            for ready in wait(list(busy)):
                assert isinstance(ready, Connection)
                process, number = busy[ready]
                try:
                    kind, value = ready.recv()
                except (EOFError, OSError):
                    del busy[ready]
                    ready.close()
                    process.join()
                    yield number, "lost", process.exitcode
                    continue
                yield number, kind, value
                if kind == "done":
                    yield from _give(ready, process, waiting, busy)


def _give(
    connection: Connection, process: Any, waiting: list[tuple[int, Any]], busy: dict[Connection, tuple[Any, int]]
) -> Iterator[Said]:
    """Give a process the next task, or let it end when there is none."""
    if not waiting:
        del busy[connection]
        connection.close()
        process.join()
        return
    number, task = waiting.pop()
    busy[connection] = (process, number)
    yield number, "started", None
    with contextlib.suppress(OSError):  # it has died; that is seen when its answer is awaited
        connection.send(task)


@contextmanager
def _ended(busy: dict[Connection, tuple[Any, int]]) -> Iterator[None]:
    """Afterwards, ask processes that still work to stop (they keep what they have), and see to it that they do."""
    try:
        yield
    finally:
        for process, _number in busy.values():
            if process.is_alive():
                process.terminate()
        for process, _number in busy.values():
            process.join(10)
            if process.is_alive():
                process.kill()


def _work(connection: Connection, work: Callable[[Any, Callable[..., None]], Any]) -> None:
    """Work on what arrives, until nothing arrives any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the process that started this one, which says so

    def stop(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            task = connection.recv()
            value = work(task, lambda *said: connection.send(("step", said)))
            connection.send(("done", value))
    os._exit(0)  # no thread that a library left behind keeps it
