"""Functions that run in a process of their own, with limits of time and memory.

Parsers of formats that strangers write can hang or eat all memory. A call through `call` cannot: its process is ended,
the caller gets an `UnreadableInput`, and the next call starts a new one.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import pickle
import struct
import subprocess
import sys
import threading
from typing import Any, BinaryIO, cast

from corpus_tools.errors import UnreadableInput

#: Seconds of CPU time, and bytes of memory, that one call may use.
SECONDS, MEMORY = 20.0, 3_000_000_000
_LENGTH = struct.Struct("<Q")
_lock = threading.Lock()
_running: dict[int, subprocess.Popen[bytes]] = {}


def call(function: str, *args: Any, seconds: float = SECONDS, memory: int = MEMORY, **options: Any) -> Any:
    """Return what a function returns, run in a process of its own.

    Parameters
    ----------
    function : str
        ``"package.module:function"``; it must be importable, and return what JSON can hold.
    *args, **options
        Its arguments; they are pickled.
    seconds : float
        Most CPU time; three times as much by the clock.
    memory : int
        Most memory in bytes (address space), where the system can limit it.

    Raises
    ------
    UnreadableInput
        With reason ``"too_costly"`` when it takes more than it may, or is killed; with its own reason when the function
        raises one; with reason ``"unreadable"`` for any other error.

    Examples
    --------
    >>> call("math:sqrt", 9.0)
    3.0
    """
    with _lock:
        worker = _worker()
        request = pickle.dumps((function, args, options, seconds, memory))
        timer = threading.Timer(3 * seconds + 10, worker.kill)
        timer.start()
        try:
            _send(cast(BinaryIO, worker.stdin), request)
            answer = _receive(cast(BinaryIO, worker.stdout))
        except (OSError, EOFError):
            _stop(worker)
            raise UnreadableInput(
                "too_costly",
                f"Reading it took more than {seconds:g} seconds or {memory:,} bytes of memory; it was given up.",
            ) from None
        finally:
            timer.cancel()
    told: dict[str, Any] = json.loads(answer)
    if "reason" in told:
        raise UnreadableInput(told["reason"], told["detail"])
    return told["result"]


def _worker() -> subprocess.Popen[bytes]:
    """Return the running process of this one, or start it."""
    own = os.getpid()
    worker = _running.get(own)
    if worker is None or worker.poll() is not None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        worker = subprocess.Popen(
            [sys.executable, "-c", "from corpus_tools.articles.guarded import serve; serve()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        _running.clear()
        _running[own] = worker
    return worker


def _stop(worker: subprocess.Popen[bytes]) -> None:
    _running.pop(os.getpid(), None)
    worker.kill()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    worker.wait()


@atexit.register
def stop() -> None:
    """End the process, when there is one; the next call starts another."""
    worker = _running.get(os.getpid())
    if worker is not None:
        _stop(worker)


def _send(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: BinaryIO) -> bytes:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


def serve() -> None:
    """Answer requests from standard input until it ends; what `call` starts."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Whatever a library prints must not get among the answers.
    while True:
        try:
            request = _receive(source)
        except EOFError:
            return
        _send(target, json.dumps(_answer(request)).encode())


def _answer(request: bytes) -> dict[str, Any]:
    function, args, options, seconds, memory = pickle.loads(request)  # noqa: S301 - from our own parent
    _limit(seconds, memory)
    module, name = function.split(":")
    try:
        return {"result": getattr(importlib.import_module(module), name)(*args, **options)}
    except UnreadableInput as error:
        return {"reason": error.reason, "detail": error.detail}
    except MemoryError:
        return {
            "reason": "too_costly",
            "detail": f"Reading it took more than {memory:,} bytes of memory; it was given up.",
        }
    except Exception as error:
        return {"reason": "unreadable", "detail": f"{type(error).__name__}: {str(error)[:300]}"}


def _limit(seconds: float, memory: int) -> None:
    """Set this process's limits; where the system has none, the caller's clock is what is left."""
    try:
        import resource
    except ImportError:  # pragma: no cover - not on Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
