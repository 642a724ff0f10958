"""The kernel in which notebooks run: this very Python, whatever kernels a user has installed, and repeatable."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import os
import queue
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

# Longest path of a socket on any system that has them is 103 characters (macOS); jupyter appends a few.
_LONGEST_SOCKET = 90

# How often to look whether a kernel has made its sockets, every five milliseconds.
_MOST_LOOKS = 1000

#: Plots as `pictures` draws them: light, sharp, the same each time, each with a description of what it shows.
ARGUMENTS = [
    "--HistoryManager.enabled=False",
    "--InlineBackend.figure_formats=[]",
    "--IPKernelApp.exec_lines=from corpus_tools.reports import shell as _s; _s.prepare(); del _s",
]


class Forked(LocalProvisioner):  # type: ignore[misc, unused-ignore]
    """Gets its kernel from a `corpus_tools.reports.zygote` and learns from it when the kernel has ended."""

    address = ""
    memory = 0
    status: int | None = None
    connection: socket.socket | None = None

    @property
    def has_process(self) -> bool:
        """Whether a kernel has been started and not waited for."""
        return self.connection is not None

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Ask for a kernel; `cmd` is what would start an ordinary one."""
        request = {
            "argv": cmd[cmd.index("ipykernel_launcher") + 1 :],
            "environment": options["env"],
            "folder": str(options.get("cwd") or Path.cwd()),
            "memory": self.memory,
        }
        self.connection = socket.socket(socket.AF_UNIX)
        try:
            self.connection.connect(self.address)
            self.connection.sendall(json.dumps(request).encode() + b"\n")
            answer = await asyncio.to_thread(self.connection.recv, 64)
            self.pid = self.pgid = int(answer.partition(b"\n")[0])
        except (OSError, ValueError) as error:
            self.connection.close()
            self.connection = None
            raise RuntimeError("No kernel could be forked.") from error
        self.connection.setblocking(False)
        await self._listening(cmd)
        return self.connection_info

    async def _listening(self, cmd: list[str]) -> None:
        """Wait until the kernel has made its sockets: who connects before that has to try again, and waits longer."""
        file = Path(cmd[cmd.index("-f") + 1])
        ports = json.loads(file.read_bytes())
        sockets = [Path(f"{ports['ip']}-{ports[name]}") for name in ("shell_port", "iopub_port")]
        for _ in range(_MOST_LOOKS if ports["transport"] == "ipc" else 0):
            if all(socket.exists() for socket in sockets) or await self.poll() is not None:
                return
            await asyncio.sleep(0.005)

    async def poll(self) -> int | None:
        """Return the exit status of the kernel, or None while it runs."""
        if self.connection is not None and self.status is None:
            try:
                said = self.connection.recv(64)
            except BlockingIOError:
                return None
            except OSError:
                said = b""
            self.status = int(said or b"1")
            self.connection.close()
            self.connection = None
        return self.status

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        while self.connection is not None and await self.poll() is None:
            await asyncio.sleep(0.01)
        return self.status

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it has started."""
        if await self.poll() is None and self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signum)

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002 - the manager's signature
        """End the kernel at once."""
        await self.send_signal(signal.SIGKILL)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), 1)

    async def terminate(self, restart: bool = False) -> None:  # noqa: ARG002 - the manager's signature
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)


class Client(AsyncKernelClient):  # type: ignore[misc, unused-ignore]
    """Talks with a kernel of its own, of which it need not wait until nobody else is heard."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers, and is heard to say so to all.

        Raises
        ------
        DeadKernelError
            When it has died.
        RuntimeError
            When it does not answer within `timeout` seconds.
        """
        from nbclient.exceptions import DeadKernelError

        deadline = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < deadline:
            self.kernel_info()
            with contextlib.suppress(queue.Empty):
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=0.2)
                return
            if not await self._async_is_alive():
                raise DeadKernelError("The kernel died before it answered.")
        raise RuntimeError(f"The kernel did not answer in {timeout:.0f} seconds.")


class _OneSpec(KernelSpecManager):  # type: ignore[misc, unused-ignore]
    """Knows one kernel only, under any name: the Python that runs this."""

    folder = ""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002 - the name is what must not matter
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            env={
                "IPYTHONDIR": os.path.join(self.folder, "ipython"),  # noqa: PTH118
                "JUPYTER_PLATFORM_DIRS": "1",
                "PYDEVD_DISABLE_FILE_VALIDATION": "1",
                "PYTHONHASHSEED": "0",
            },
        )


def kernel_manager(folder: Path, *, zygote: str = "", memory: int = 0) -> type[AsyncKernelManager]:
    """Return a kernel manager class whose kernels run this Python and keep their files in `folder`.

    Parameters
    ----------
    folder : Path
        An empty folder of this run alone. Where sockets can stand in it, they are used instead of network ports.
    zygote : str
        Address of a process that forks kernels; empty starts each by itself.
    memory : int
        Most bytes that a forked kernel may take; 0 for no limit.
    """

    class ThisPython(AsyncKernelManager):  # type: ignore[misc, unused-ignore]
        def __init__(self, **options: Any) -> None:
            specs = _OneSpec()
            specs.folder = str(folder)
            connection = str(folder / "kernel.json")
            sockets = hasattr(os, "fork") and len(connection) < _LONGEST_SOCKET
            options["client_factory"] = Client
            options["transport"] = "ipc" if sockets else "tcp"
            super().__init__(kernel_spec_manager=specs, connection_file=connection, **options)

        async def _async_pre_start_kernel(self, **options: Any) -> Any:
            if zygote and self.provisioner is None:
                self.provisioner = Forked(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
                self.provisioner.address, self.provisioner.memory = zygote, memory
            # What a kernel says outside of any cell (at its end, say) is no part of a report, nor of a terminal.
            silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            return await super()._async_pre_start_kernel(**{**silent, **options})

    return ThisPython
