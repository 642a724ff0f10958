"""A process that has loaded what notebooks use, and forks a kernel from it whenever one is asked for.

Starting Python and importing pandas, matplotlib and the models takes longer than most reports; a fork has them at once.
The process forks before any thread of Python or context of ZMQ exists, and every kernel is a session of its own.

A client connects, sends one line of JSON (`argv`, `environment`, `folder`, `memory`) and keeps the connection: it gets
the kernel's process id, and when the kernel ends, its exit status. Who closes the connection ends the kernel; when the
process that started this one goes away, all end.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import inspect
import json
import os
import pkgutil
import resource
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus_tools.reports import memory

#: What kernels use whatever the notebook is. What a notebook itself names is loaded, too.
ALWAYS = (
    "numpy",
    "pandas",
    "pyarrow.parquet",
    "pyarrow.pandas_compat",
    "encodings.utf_8_sig",
    "matplotlib.pyplot",
    "matplotlib.dates",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.heartbeat",
    "ipykernel.iostream",
    "ipykernel.shellchannel",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "jedi",
    "corpus_tools.articles",
    "corpus_tools.reports.tables",
    "corpus_tools.reports.evidence",
    "corpus_tools.reports.pictures",
    "corpus_tools.reports.shell",
    "corpus_tools.reports.provenance",
)

#: What the functions of a room import when they are called.
BEHIND = {
    "corpus_tools.attribution": ("corpus_tools.language.annotate", "networkx"),
    "corpus_tools.plots": ("networkx",),
    "corpus_tools.quality": ("networkx", "scipy.optimize"),
    "corpus_tools.terms": ("corpus_tools.language.annotate", "networkx", "regex", "scipy.sparse", "scipy.special"),
    "corpus_tools.timeline": ("corpus_tools.attribution.find", "corpus_tools.language.annotate"),
}

# Rooms of which only what is named is loaded: one kernel reads raw articles for all, and clusters are none of theirs.
_AS_NAMED = ("corpus_tools.articles", "corpus_tools.compute")

#: One thread for each library: there are as many kernels as cores, and threads do not survive a fork.
_ALONE = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def available() -> bool:
    """Return whether this system forks safely (macOS has ``fork``, but its libraries do not survive it)."""
    return sys.platform == "linux"


@contextmanager
def started(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Start the process; give the address at which it forks kernels, and end it and them afterwards.

    Parameters
    ----------
    folder : Path
        Where its socket, and what kernels remember for each other, may stand.
    names : iterable of str
        Dotted names that the notebooks use; they are loaded, not called.
    """
    address = str(folder / "fork")
    environment = {
        **os.environ,
        **dict.fromkeys(_ALONE, "1"),
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(64)  # from here on, who connects waits until everything is loaded
    command = [sys.executable, "-m", __name__, str(listener.fileno()), str(folder), *sorted(set(names))]
    process = subprocess.Popen(  # noqa: S603 - this very Python
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        pass_fds=[listener.fileno()],
    )
    listener.close()
    try:
        yield address
    finally:
        assert process.stdin is not None
        process.stdin.close()  # which it takes for the end
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def load(names: Iterable[str]) -> None:
    """Import what `names` say, as far as it is there, and the data that the loaded rooms read when first used.

    Data are read lazily by functions without parameters that keep their result; so these can be called beforehand.
    """
    rooms = {_room(name) for name in names}
    rooms |= {_room(name) for room in list(rooms) for name in BEHIND.get(room, ())}
    for room in sorted(rooms):
        if room.startswith("corpus_tools.") and room not in _AS_NAMED:
            _import_all(room)
    for _ in range(2):  # reading data may import further modules
        for name, module in list(sys.modules.items()):
            if name.startswith("corpus_tools.") and not name.startswith(_AS_NAMED):
                _read_data(module)


def _room(name: str) -> str:
    """Import what a dotted name says, if it is there; return the package and room that it is from."""
    found = None
    with contextlib.suppress(Exception):
        found = pkgutil.resolve_name(name)
    return ".".join(getattr(found, "__module__", name).split(".")[:2])


def _import_all(room: str) -> None:
    """Import the modules of a room; its functions import each other's only when they are called."""
    package = sys.modules.get(room)
    for module in pkgutil.walk_packages(getattr(package, "__path__", []), f"{room}."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(Exception):
                importlib.import_module(module.name)


def _read_data(module: Any) -> None:
    for value in list(vars(module).values()):
        if hasattr(value, "cache_info") and getattr(value, "__module__", "") == module.__name__:
            with contextlib.suppress(Exception):
                if not inspect.signature(value).parameters:
                    value()


def main(descriptor: int, folder: Path, names: list[str]) -> None:
    """Load, then fork kernels until the standard input is closed."""
    if sys.path and sys.path[0] == str(Path.cwd()):
        del sys.path[0]  # what `python -m` puts there is no part of a kernel
    listener = socket.socket(fileno=descriptor)
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # no report is debugged, and each kernel would load it
    load([*ALWAYS, *names])
    # Nothing is drawn here: fonts that are open share their place in the file with every fork.
    memory.install(folder)
    gc.collect()
    gc.freeze()  # so that the collector of a kernel does not touch, and so copy, what they share
    _Server(listener).run()


class _Server:
    """Accepts connections, forks, and tells each client how its kernel ended."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.clients: dict[socket.socket, int] = {}  # with the process id of its kernel; 0 before there is one
        self.ready = selectors.DefaultSelector()
        self.wake, self.waker = socket.socketpair()
        self.waker.setblocking(False)

    def run(self) -> None:
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        for source in (self.listener, self.wake, sys.stdin):
            self.ready.register(source, selectors.EVENT_READ)
        while True:
            for key, _ in self.ready.select():
                if key.fileobj is sys.stdin:
                    return self._end()
                if key.fileobj is self.listener:
                    self._accept()
                elif key.fileobj is self.wake:
                    self.wake.recv(4096)
                    self._reap()
                else:
                    self._serve(key.fileobj)  # type: ignore[arg-type]

    def _accept(self) -> None:
        client, _ = self.listener.accept()
        self.clients[client] = 0
        self.ready.register(client, selectors.EVENT_READ)

    def _serve(self, client: socket.socket) -> None:
        """Fork the kernel that a client asks for; end the kernel of one that has gone."""
        if client not in self.clients:
            return
        request = b""
        with contextlib.suppress(OSError):
            request = client.recv(1)
        if not request:
            self._kill(self.clients[client])
            self._forget(client)
            return
        while not request.endswith(b"\n"):
            request += client.recv(65536)
        pid = os.fork()
        if pid == 0:
            self._become(json.loads(request))
        self.clients[client] = pid
        client.sendall(f"{pid}\n".encode())

    def _reap(self) -> None:
        """Tell the clients of ended kernels how they ended."""
        clients = {pid: client for client, pid in self.clients.items()}
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                client = clients.get(ended[0])
                if client is not None:
                    with contextlib.suppress(OSError):
                        client.sendall(f"{os.waitstatus_to_exitcode(ended[1])}\n".encode())
                    self._forget(client)

    def _forget(self, client: socket.socket) -> None:
        del self.clients[client]
        self.ready.unregister(client)
        client.close()

    @staticmethod
    def _kill(pid: int) -> None:
        """End a kernel and what it started; one that was forked just now leads no group of processes yet."""
        if pid:
            for end in (os.killpg, os.kill):
                with contextlib.suppress(OSError):
                    end(pid, signal.SIGKILL)

    def _end(self) -> None:
        for pid in self.clients.values():
            self._kill(pid)

    def _become(self, request: dict[str, Any]) -> None:
        """Turn this process, just forked, into a kernel; never return."""
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for held in (self.listener, self.wake, self.waker, *self.clients):
                held.close()
            self.ready.close()
            _without_terminal()
            if request["memory"]:
                resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], request["memory"]))
            os.environ.clear()
            os.environ.update(request["environment"])
            os.chdir(request["folder"])
            sys.argv = ["ipykernel_launcher", *request["argv"]]
            application = importlib.import_module("ipykernel.kernelapp").IPKernelApp
            application.launch_instance(request["argv"])
            os._exit(0)
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else 1)
        except BaseException:
            os._exit(1)


def _without_terminal() -> None:
    """Let standard input, output and error lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
