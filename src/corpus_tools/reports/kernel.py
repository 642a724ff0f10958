"""The kernel in which notebooks run: this very Python, whatever kernels a user has installed, and repeatable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

# Longest path of a socket on any system that has them is 103 characters (macOS); jupyter appends a few.
_LONGEST_SOCKET = 90

#: Plots at two densities, for sharp pictures on sharp screens, each with a description of what it shows.
ARGUMENTS = [
    "--InlineBackend.figure_formats={'retina'}",
    "--IPKernelApp.exec_lines=from corpus_tools.reports import alt as _alt; _alt.register(); del _alt",
]


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


def kernel_manager(folder: Path) -> type[AsyncKernelManager]:
    """Return a kernel manager class whose kernels run this Python and keep their files in `folder`.

    Parameters
    ----------
    folder : Path
        An empty folder of this run alone. Where sockets can stand in it, they are used instead of network ports.
    """

    class ThisPython(AsyncKernelManager):  # type: ignore[misc, unused-ignore]
        def __init__(self, **options: Any) -> None:
            specs = _OneSpec()
            specs.folder = str(folder)
            connection = str(folder / "kernel.json")
            sockets = hasattr(os, "fork") and len(connection) < _LONGEST_SOCKET
            options["transport"] = "ipc" if sockets else "tcp"
            super().__init__(kernel_spec_manager=specs, connection_file=connection, **options)

        async def _async_pre_start_kernel(self, **options: Any) -> Any:
            # What a kernel says outside of any cell (at its end, say) is no part of a report, nor of a terminal.
            silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            return await super()._async_pre_start_kernel(**{**silent, **options})

    return ThisPython
