"""Notebooks executed with papermill, and made the same from the same inputs: no times, no random ids."""

from __future__ import annotations

import json
import logging
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_tools.reports import cells
from corpus_tools.reports.plan import Report

#: Longest time that one cell may take, in seconds.
TIMEOUT = 900

_COLOUR_CODE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,16}")
_CELL_FILE = re.compile(r"\S*ipykernel_\d+[/\\]\d+\.py")


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


def execute(report: Report, *, timeout: int = TIMEOUT) -> Executed:
    """Run a report's notebook with papermill, in its own folder and in a kernel of this very Python.

    Parameters
    ----------
    report : Report
        What to run, with its checked parameters.
    timeout : int
        Longest time that one cell may take, in seconds.

    Returns
    -------
    Executed
        Also when the notebook fails: then with `error`, and the outputs up to there.
    """
    with tempfile.TemporaryDirectory(prefix="ct-", ignore_cleanup_errors=True) as folder, _quiet():
        written = Path(folder) / "notebook.ipynb"
        node = _read(report.notebook)
        error = _run(node, written, report, timeout)
        if written.exists():
            node = _read(written)
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


def _run(node: Any, written: Path, report: Report, timeout: int) -> str | None:
    """Let papermill execute `node`; return why it stopped, or None."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from corpus_tools.reports.kernel import ARGUMENTS, kernel_manager

    try:
        papermill.execute_notebook(
            node,
            str(written),
            parameters=report.values,
            kernel_name="python3",
            language="python",
            cwd=str(report.notebook.parent),
            progress_bar=False,
            execution_timeout=timeout,
            kernel_manager_class=kernel_manager(written.parent),
            extra_arguments=ARGUMENTS,
        )
    except papermill.PapermillExecutionError as error:
        return one_line(f"{error.ename}: {error.evalue}")
    except CellTimeoutError:
        return f"A cell took longer than {timeout} seconds."
    except DeadKernelError:
        return "The kernel died; perhaps the computer ran out of memory."
    except Exception as error:
        return one_line(f"{type(error).__name__}: {error}")
    return None


@contextmanager
def _quiet() -> Iterator[None]:
    """Hush papermill's log, which tells of each step and each cell."""
    log = logging.getLogger("papermill")
    level = log.level
    log.setLevel(logging.ERROR)
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
    return _CELL_FILE.sub("<cell>", _ADDRESS.sub("", _joined(text)))


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)
