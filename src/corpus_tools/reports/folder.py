"""What stands in a folder of reports: pages, executed notebooks, what was noted of each, and the index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_tools.errors import ReportFailed
from corpus_tools.reports import execute as execution
from corpus_tools.reports import freshness
from corpus_tools.reports.plan import Report, heading, load_notebook


@dataclass(frozen=True)
class Result:
    """What has become of one report.

    Parameters
    ----------
    report : Report
        What was planned.
    state : {"made", "failed", "missing"}
        ``missing`` is one that was never made (only others were asked for).
    question : str
        The first paragraph of its notebook.
    page : Path or None
        The HTML file, when there is one.
    notebook : Path or None
        The executed notebook, also of a failed report.
    error : str or None
        Why it failed, in one line.
    remarks : tuple of str
        What the notebook wrote to the error stream; not part of the page.
    facts : dict
        Corpus, number of articles and their dates, as the notebook handed them over.
    made_from : dict or None
        Digests of what it was made from (`corpus_tools.reports.freshness`).
    changes : tuple of str
        What is new, gone or different in its tables since it was made before, in words.
    thumbnail : str
        Its first picture, small, as a data address; empty when there is none.
    """

    report: Report
    state: str
    question: str
    page: Path | None
    notebook: Path | None
    error: str | None
    remarks: tuple[str, ...]
    facts: dict[str, Any]
    made_from: dict[str, str] | None = None
    changes: tuple[str, ...] = ()
    thumbnail: str = ""


def keep(report: Report, folder: Path, done: execution.Executed, made_from: dict[str, str]) -> Result:
    """Write the page and the executed notebook of a report that has been run, and note what has become of it.

    A failed one keeps its executed notebook and has no page.

    Parameters
    ----------
    report : Report
        What was run.
    folder : Path
        Where it goes.
    done : Executed
        What came of it.
    made_from : dict of str to str
        Digests of what it was made from (`corpus_tools.reports.freshness`).

    Returns
    -------
    Result
        As it stands now; failed also when it could not be written.
    """
    try:
        return _keep(report, folder, done, made_from)
    except OSError as problem:
        error = execution.one_line(f"What was made could not be written: {problem.strerror or problem}.")
        return _failed(report, error, done.remarks)


def _keep(report: Report, folder: Path, done: execution.Executed, made_from: dict[str, str]) -> Result:
    from corpus_tools.reports import changes, render

    error = done.error
    page, notebook, noted = _files(report, folder)
    before = changes.tables_in(notebook)
    if error is None:
        try:
            execution.replace(page, render.page(done.notebook, report))
        except ValueError as problem:  # a picture or an output that is not what it says
            error = execution.one_line(f"The page could not be made: {problem}")
    if error is not None:
        page.unlink(missing_ok=True)
    summary = {
        "state": "failed" if error else "made",
        "error": error,
        "remarks": list(done.remarks),
        "facts": render.facts(done.notebook),
        "thumbnail": render.thumbnail(done.notebook),
        "changes": changes.between(before, changes.tables_of(done.notebook)) if error is None else [],
        "made_from": {**made_from, "page": freshness.of_page(page)},
    }
    execution.write(done.notebook, notebook)
    execution.replace(noted, json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    notebook.with_suffix(".partial.ipynb").unlink(missing_ok=True)
    return kept(report, folder)


def kept(report: Report, folder: Path) -> Result:
    """Return what stands in `folder` of a report, from this run or an earlier one."""
    question = heading(load_notebook(report.notebook))[1]
    page, notebook, noted = _files(report, folder)
    try:
        summary = json.loads(noted.read_text(encoding="utf-8"))
        state, remarks = str(summary["state"]), tuple(map(str, summary["remarks"]))
        error, facts, made_from = summary["error"], dict(summary["facts"]), summary.get("made_from")
        changed, thumbnail = tuple(map(str, summary.get("changes", []))), str(summary.get("thumbnail", ""))
    except (OSError, ValueError, KeyError, TypeError):
        return Result(report, "missing", question, None, None, None, (), {})
    shown = page if state == "made" and page.exists() else None
    state = "missing" if state == "made" and shown is None else state
    return Result(report, state, question, shown, notebook, error, remarks, facts, made_from, changed, thumbnail)


def why(report: Report, folder: Path) -> list[str]:
    """Return why a report has to be made again, in words; nothing when `folder` holds what would be made."""
    before = kept(report, folder)
    if before.state == "failed":
        return ["it failed"]
    return freshness.stale(freshness.inputs(report), before.made_from, folder / f"{report.name}.html")


def lost(report: Report) -> Result:
    """Return what is said of a report when the process that made it is gone."""
    return _failed(report, "The process that made it died; perhaps the computer ran out of memory.")


def _failed(report: Report, error: str, remarks: tuple[str, ...] = ()) -> Result:
    question = heading(load_notebook(report.notebook))[1]
    return Result(report, "failed", question, None, None, error, remarks, {})


def write_index(folder: Path, title: str, results: Sequence[Result]) -> None:
    """Write the index of `results`, unless it stands there already.

    Raises
    ------
    ReportFailed
        When it cannot be written.
    """
    page, noted = folder / "index.html", folder / "notebooks" / "index.json"
    made_from = freshness.digest(f"{title} {freshness.of_package()} {list(results)}".encode())
    if _noted(noted) == {"made_from": made_from, "page": freshness.of_page(page)}:
        return
    from corpus_tools.reports.index import index

    try:
        execution.replace(page, index(title, results))
        execution.replace(noted, json.dumps({"made_from": made_from, "page": freshness.of_page(page)}) + "\n")
    except OSError as error:
        raise ReportFailed(f"The index in {folder} cannot be written: {error.strerror or error}.") from error


def _noted(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _files(report: Report, folder: Path) -> tuple[Path, Path, Path]:
    """Return where its page, its executed notebook and what is noted of it stand."""
    notebooks = folder / "notebooks"
    return folder / f"{report.name}.html", notebooks / f"{report.name}.ipynb", notebooks / f"{report.name}.json"


def alone_in(folder: Path) -> Any:
    """Return a lock on `folder`, so that two runs do not write over each other."""
    from filelock import FileLock, Timeout

    class OneRun(FileLock):  # type: ignore[misc, unused-ignore]
        def __enter__(self) -> Any:
            try:
                return super().__enter__()
            except Timeout:
                raise ReportFailed(f"Another run is writing to {folder}; wait for it to end.") from None

    try:
        (folder / "notebooks").mkdir(parents=True, exist_ok=True)
        return OneRun(folder / ".lock", timeout=0)
    except OSError as error:
        raise ReportFailed(f"{folder} cannot be written: {error.strerror or error}.") from error
