"""Dask calls the functions: its scheduler, its retries, its transport."""

from __future__ import annotations

import contextlib
import logging
import math
import queue
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from distributed import Client, LocalCluster, get_worker

from corpus_tools.compute.engines import Engine
from corpus_tools.compute.pools import ATTEMPTS, Pool
from corpus_tools.compute.versions import version
from corpus_tools.errors import EngineUnavailable, InvalidQuery

#: Seconds to wait for a scheduler, and for its first worker.
PATIENCE = 20
#: What Dask takes for an address; anything else it tries to close for a long time.
_ADDRESS = re.compile(r"(\w+://)?[^\s/]+:\d+|inproc://.+")
#: Calls under way for each worker: enough that none waits, few enough that results do not pile up.
_EACH = 4
#: Seconds after which is asked again how many workers there are.
_ASKING = 5


@contextmanager
def on_dask(engine: Engine) -> Iterator[Pool]:
    """Connect to a scheduler, or start one on this machine for as long as this is open.

    Raises
    ------
    EngineUnavailable
        When the scheduler cannot be reached, has no workers, or its workers run other code.
    """
    with tempfile.TemporaryDirectory(prefix="corpus-tools-") as folder, _client(engine, folder) as client:
        _check(client, engine)
        yield _Dask(client)


@contextmanager
def _client(engine: Engine, folder: str) -> Iterator[Client]:
    if engine.scheduler is None:
        with (
            LocalCluster(
                n_workers=engine.workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                local_directory=folder,
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client
        return
    if not _ADDRESS.fullmatch(engine.scheduler):
        raise InvalidQuery(f"{engine.scheduler!r} is no address of a scheduler; give one like tcp://10.0.0.1:8786.")
    try:
        client = Client(engine.scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise EngineUnavailable(
            f"The Dask scheduler at {engine.scheduler} cannot be reached ({type(error).__name__}: {error}); check the "
            "address, and that the scheduler is running."
        ) from error
    with client:
        yield client


def _check(client: Client, engine: Engine) -> None:
    """Refuse workers that run other code, or cannot use the package."""
    here = version()
    for worker, found in sorted(_versions(client, engine).items()):
        if isinstance(found, BaseException):
            raise EngineUnavailable(
                f"The worker {worker} cannot use corpus-tools ({type(found).__name__}: {found}); install {here} there."
            )
        if found != here:
            raise _other_code(worker, found, here)


def _versions(client: Client, engine: Engine) -> dict[str, Any]:
    """Return what each worker that can be asked says it runs, or its error."""
    for _ in range(ATTEMPTS):
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise EngineUnavailable(
                f"The Dask scheduler at {engine.scheduler} has no workers; start some with "
                f"`dask worker {engine.scheduler}` where corpus-tools is installed."
            ) from error
        told: dict[str, Any] = client.run(version, on_error="return")
        # A connection that is lost says nothing about the code: the worker has gone, and Dask will not use it.
        found = {worker: value for worker, value in told.items() if not isinstance(value, OSError)}
        if found:
            return found
    raise EngineUnavailable(f"The workers of the Dask scheduler at {engine.scheduler} were lost while they were asked.")


def _other_code(worker: str, found: str, here: str) -> EngineUnavailable:
    return EngineUnavailable(
        f"The worker {worker} has {found}, but here is {here}; install the same on both, so that all parts are counted "
        "alike."
    )


def _called(here: str, function: Callable[..., Any], *inputs: Any) -> Any:
    """Call a function, unless this worker, which may have come in later than others, runs other code."""
    if version() != here:
        raise _other_code(get_worker().address, version(), here)
    return function(*inputs)


class _Dask:
    """Results stay with the workers; what is handed about here are Dask's futures."""

    def __init__(self, client: Client) -> None:
        self._client, self._version = client, version()
        # Futures put themselves here when they end: to wait anew for thousands after each would take most of the time.
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._asked = -math.inf
        self.workers = self._present()
        # Results stay where they were made, so that there is nothing to gain by calls on several parts.
        self.together = 1

    @property
    def window(self) -> int:
        """How many calls may be under way: more when workers have come in since."""
        self.workers = self._present()
        return _EACH * self.workers

    def _present(self) -> int:
        """Return how many workers there are, asking now and then."""
        if time.monotonic() - self._asked < _ASKING:
            return self.workers
        self._asked = time.monotonic()
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def submit(self, function: Callable[..., Any], inputs: tuple[Any, ...]) -> Any:
        handle = self._client.submit(_called, self._version, function, *inputs, pure=False, retries=ATTEMPTS - 1)
        handle.add_done_callback(self._ended.put)
        return handle

    def done(self, handles: Collection[Any]) -> list[Any]:
        finished = {self._ended.get()}
        with contextlib.suppress(queue.Empty):
            while True:
                finished.add(self._ended.get_nowait())
        return [handle for handle in handles if handle in finished]

    def value(self, handle: Any) -> Any:
        if handle.status == "cancelled":
            raise EngineUnavailable("The Dask scheduler went away while it worked; start it again, and then this.")
        if handle.status != "finished":
            error = handle.exception()
            assert error is not None
            raise error
        return handle

    def fetch(self, value: Any) -> Any:
        return value.result()

    def renew(self) -> None:
        raise AssertionError("Dask starts its workers again by itself")
