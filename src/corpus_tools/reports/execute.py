"""Notebooks executed with papermill, and made the same from the same inputs: no times, no random ids."""

from __future__ import annotations

import json
import logging
import math
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as replace_in
from pathlib import Path
from typing import Any

from corpus_tools.reports import cells
from corpus_tools.reports.plan import Report

#: Longest time that one report may take, in seconds.
TIMEOUT = 900

#: How it is said that a kernel died, and that somebody pressed Ctrl-C.
DIED = "Python ended while the notebook ran, twice; perhaps the computer ran out of memory (--jobs 1 needs less)."
INTERRUPTED = "It was interrupted."

_COLOUR_CODE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,16}")
_CELL_FILE = re.compile(r"ipykernel_\d+[/\\]\d+\.py")


@dataclass(frozen=True)
class Executed:
    """A notebook that has been run.

    Parameters
    ----------
    notebook : NotebookNode
        With its outputs, as far as it came.
    error : str or None
        Why it stopped, in one line.
    remarks : tuple of str
        What it wrote to the error stream (warnings), one line each; not part of the page.
    """

    notebook: Any
    error: str | None
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Limits:
    """What one report may take, and where its kernel comes from.

    Parameters
    ----------
    seconds : int
        Longest time for a report, from its first cell to its last.
    memory : int
        Most bytes that a forked kernel may take; 0 for no limit.
    zygote : str
        Address of a process that forks kernels (`corpus_tools.reports.zygote`); empty starts ordinary kernels.
    """

    seconds: int = TIMEOUT
    memory: int = 0
    zygote: str = ""


#: Called before each code cell, with its number (from 1) and how many there are.
CellProgress = Callable[[int, int], None]


def execute(report: Report, *, limits: Limits | None = None, progress: CellProgress | None = None) -> Executed:
    """Run a report's notebook with papermill, in its own folder and in a kernel of this very Python.

    A kernel that dies is tried once more, as an ordinary kernel.

    Parameters
    ----------
    report : Report
        What to run, with its checked parameters.
    limits : Limits, optional
        What it may take.
    progress : callable, optional
        Called before each code cell, with its number (from 1) and how many there are.

    Returns
    -------
    Executed
        Also when the notebook fails or is interrupted: then with `error`, and the outputs up to there.
    """
    limits = limits or Limits()
    done = _execute(report, limits, progress or _say_nothing)
    if done.error == DIED:
        return _execute(report, replace_in(limits, zygote=""), progress or _say_nothing)
    return done


def _execute(report: Report, limits: Limits, progress: CellProgress) -> Executed:
    with tempfile.TemporaryDirectory(prefix="ct-", ignore_cleanup_errors=True) as folder, _quiet():
        node = _read(report.notebook)
        error, node = _run(node, Path(folder), report, limits, progress)
    settled = settle(node)
    return Executed(settled, error, _remarks(settled))


def settle(notebook: Any) -> Any:
    """Return `notebook` without what differs from run to run: times, random ids, addresses, papermill's own notes."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    notebook.cells = [c for c in notebook.cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]
    for place, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        if "injected-parameters" in tags or "id" not in cell:
            cell["id"] = "injected-parameters" if "injected-parameters" in tags else f"cell-{place}"
        for output in cell.get("outputs", []):
            if "text/plain" in output.get("data", {}):
                output["data"]["text/plain"] = _same(output["data"]["text/plain"])
            if "text" in output:
                output["text"] = _same(output["text"])
            if "traceback" in output:
                output["traceback"] = [_same(line) for line in output["traceback"]]
    return notebook


def one_line(message: str, *, longest: int = 300) -> str:
    r"""Return an error's message in one line, without colour codes.

    Examples
    --------
    >>> one_line("\x1b[31mNo such\n file\x1b[0m")
    'No such file'
    """
    return cells.clean(_COLOUR_CODE.sub("", message), longest=longest)


def write(notebook: Any, path: Path) -> None:
    """Write an executed notebook so that the same notebook gives the same bytes, whole or not at all."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    replace(path, text + "\n")


def replace(path: Path, text: str) -> None:
    """Write `text` to `path`; who looks finds the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _read(path: Path) -> Any:
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, unused-ignore]


def _run(node: Any, folder: Path, report: Report, limits: Limits, progress: CellProgress) -> tuple[str | None, Any]:
    """Let papermill execute `node`; return why it stopped, or None, and the notebook as far as it came."""
    running: list[Any] = []
    error = _stopped_by(node, running, folder, report, limits, progress)
    return error, running[-1] if running else node


def _stopped_by(
    node: Any, running: list[Any], folder: Path, report: Report, limits: Limits, progress: CellProgress
) -> str | None:
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from corpus_tools.reports import engine
    from corpus_tools.reports.kernel import ARGUMENTS, kernel_manager

    try:
        papermill.execute_notebook(
            node,
            None,
            parameters=report.values,
            engine_name=engine.registered(),
            running=running,
            kernel_name="python3",
            language="python",
            cwd=str(report.notebook.parent),
            progress_bar=False,
            timeout_func=_clock(node, limits.seconds, progress),
            iopub_timeout=limits.seconds,  # four seconds by default, which a busy computer may need for a large output
            kernel_manager_class=kernel_manager(folder, zygote=limits.zygote, memory=limits.memory),
            extra_arguments=ARGUMENTS,
            shutdown_kernel="immediate",
        )
    except papermill.PapermillExecutionError as error:
        return _said(str(error.ename), str(error.evalue), limits)
    except CellTimeoutError:
        return f"The report took longer than {limits.seconds} seconds; --timeout allows more."
    except DeadKernelError:
        return DIED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _said(type(error).__name__, str(error), limits)
    return None


def _said(name: str, message: str, limits: Limits) -> str:
    """Return in one line what went wrong; for want of memory, also what helps."""
    if name == "MemoryError" and limits.memory:
        return f"The report needed more memory than {limits.memory / 1e9:,.1f} gigabytes; --memory allows more."
    return one_line(f"{name}: {message}" if message.strip() else name)


def _clock(node: Any, seconds: int, progress: CellProgress) -> Callable[[Any], int]:
    """Return what nbclient asks, before each cell, how long it may take: what is left of the report's time."""
    total = 1 + sum(cell.cell_type == "code" for cell in node.cells)  # papermill adds a cell of parameters
    started = time.monotonic()
    count = 0

    def left(_cell: Any) -> int:
        nonlocal count
        count += 1
        progress(count, total)
        return max(1, math.ceil(seconds - (time.monotonic() - started)))

    return left


@contextmanager
def _quiet() -> Iterator[None]:
    """Hush papermill's log, which tells of each step and each cell."""
    log = logging.getLogger("papermill")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def _remarks(notebook: Any) -> tuple[str, ...]:
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    streams = (output for output in outputs if output.get("output_type") == "stream")
    return tuple(one_line(_joined(stream.get("text", ""))) for stream in streams if stream.get("name") == "stderr")


def _same(text: Any) -> str:
    """Return a text without the addresses and temporary file names of this run."""
    return _without_cell_files(_ADDRESS.sub("", _joined(text)))


def _without_cell_files(text: str) -> str:
    """Return a text that calls the temporary file of a cell just that, with the whole of its path.

    Examples
    --------
    >>> _without_cell_files("In /tmp/ipykernel_7/12.py: line 3")
    'In <cell>: line 3'
    """
    parts, last = [], 0
    for match in _CELL_FILE.finditer(text):
        begin = match.start()
        while begin > last and not text[begin - 1].isspace():
            begin -= 1
        parts += [text[last:begin], "<cell>"]
        last = match.end()
    return "".join([*parts, text[last:]])


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)


def _say_nothing(_number: int, _total: int) -> None:
    pass
