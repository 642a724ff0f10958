"""All reports of a plan: executed, rendered, listed. One that fails does not stop the others."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_tools.errors import ReportFailed
from corpus_tools.reports import execute as execution
from corpus_tools.reports import freshness, workers
from corpus_tools.reports.plan import Plan, Report, heading, load_notebook, names_used, read_plan

#: Where reports go by default, beside the plan.
OUT = "html"


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


#: Called with a report, what happens to it (started, cell, made, failed, unchanged), and its result once there is one
#: (for a cell, its number and how many there are).
Progress = Callable[[Report, str, Any], None]

#: From so many reports on, loading what kernels need once and forking them takes less time than starting each.
_WORTH_FORKING = 3


def regenerate(
    plan: Plan | str | Path,
    *,
    corpus: str | Path | None = None,
    out: str | Path | None = None,
    only: str | Iterable[str] | None = None,
    force: bool = False,
    jobs: int = 1,
    timeout: int = execution.TIMEOUT,
    memory: float | None = None,
    progress: Progress | None = None,
) -> list[Result]:
    """Make the reports of a plan, and the index of all of them.

    Everything is checked before anything runs. A report that fails is marked in the index and keeps its executed
    notebook; the others are made all the same. The same inputs give the same bytes, so a report is not made again when
    nothing that it depends on has changed.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan, or the path of a reports.toml.
    corpus : str or Path, optional
        A corpus that replaces those of the plan.
    out : str or Path, optional
        Folder for the pages; by default ``html`` beside the reports.toml.
    only : str or iterable of str, optional
        Names of the reports to make; the index lists the others as they are.
    force : bool, default False
        Whether to make reports again of which nothing has changed.
    jobs : int, default 1
        How many reports to make at the same time, each in a process of its own.
    timeout : int
        Longest time that one report may take, in seconds.
    memory : float, optional
        Most memory that the kernel of one report may take, in gigabytes; by default what the computer has. It holds
        where kernels are forked, on Linux.
    progress : callable, optional
        Called with the report, ``"started"``, ``"cell"``, ``"made"``, ``"failed"`` or ``"unchanged"``, and with the
        result once there is one, or for a cell its number and how many there are.

    Returns
    -------
    list of Result
        One for each report of the plan, in its order.

    Raises
    ------
    InvalidPlan
        When the plan or a parameter is wrong; nothing has been run then.
    ReportFailed
        When the folder cannot be written, or another run writes to it.
    """
    if isinstance(plan, Plan):
        plan = plan.on(corpus) if corpus is not None else plan
        folder = Path(out) if out is not None else Path("reports") / OUT
    else:
        folder = Path(out) if out is not None else Path(plan).parent / OUT
        plan = read_plan(plan, corpus=corpus)
    names = [only] if isinstance(only, str) else only
    wanted = plan.only(*names) if names is not None else list(plan.reports)
    tell = progress or _say_nothing
    freshness.forget()
    with _alone_in(folder):
        made = {result.report.name: result for result in _unchanged(wanted, folder, force, tell)}
        left = [report for report in wanted if report.name not in made]
        try:
            for result in _make_all(left, folder, jobs, timeout, _bytes(memory), tell):
                made[result.report.name] = result
        finally:
            results = [made.get(report.name) or kept(report, folder) for report in plan.reports]
            _write_index(folder, plan.title, results)
    return results


def differing(plan: Plan, folder: str | Path, *, only: Iterable[str] | None = None, **options: Any) -> dict[str, str]:
    """Make the reports of a plan in a temporary folder, and return which pages in `folder` are others, and how.

    Parameters
    ----------
    plan : Plan
        What to make.
    folder : str or Path
        Where the pages to check stand.
    only : iterable of str, optional
        Names of the reports to check; by default all.
    **options
        As for `regenerate`.

    Returns
    -------
    dict of str to str
        By the name of the report, what is wrong; empty when each page is, byte by byte, what would be made.
    """
    wrong = {}
    names = list(only) if only is not None else [report.name for report in plan.reports]
    with tempfile.TemporaryDirectory(prefix="ct-", ignore_cleanup_errors=True) as made:
        for result in regenerate(plan, out=made, only=names, **options):
            name = result.report.name
            if name not in names:
                continue
            stands = Path(folder) / f"{name}.html"
            if result.page is None:
                wrong[name] = f"it fails: {result.error}"
            elif not stands.is_file():
                wrong[name] = "there is no page"
            elif stands.read_bytes() != result.page.read_bytes():
                wrong[name] = "the page is not what would be made"
    return wrong


def make(
    report: Report,
    folder: Path,
    limits: execution.Limits | None = None,
    progress: execution.CellProgress | None = None,
) -> Result:
    """Execute one report and write its page; a failed one keeps its executed notebook and has no page.

    Raises
    ------
    KeyboardInterrupt
        When it was interrupted; the partial notebook is kept beside what an earlier run made.
    """
    made_from = freshness.inputs(report)
    done = execution.execute(report, limits=limits, progress=progress)
    if done.error == execution.INTERRUPTED:
        execution.write(done.notebook, folder / "notebooks" / f"{report.name}.partial.ipynb")
        raise KeyboardInterrupt
    try:
        return _keep(report, folder, done, made_from)
    except OSError as problem:
        error = execution.one_line(f"What was made could not be written: {problem.strerror or problem}.")
        question = heading(load_notebook(report.notebook))[1]
        return Result(report, "failed", question, None, None, error, done.remarks, {})


def _keep(report: Report, folder: Path, done: execution.Executed, made_from: dict[str, str]) -> Result:
    """Write the page and the executed notebook of a report that has been run."""
    from corpus_tools.reports import changes, render

    error = done.error
    page, notebook = folder / f"{report.name}.html", _notebook_path(report, folder)
    before = changes.tables_in(notebook)
    if error is None:
        try:
            execution.replace(page, render.page(done.notebook, report))
        except ValueError as problem:  # a picture or an output that is not what it says
            error = execution.one_line(f"The page could not be made: {problem}")
    if error is not None:
        page.unlink(missing_ok=True)
    done.notebook.metadata["corpus_tools"] = {
        "state": "failed" if error else "made",
        "error": error,
        "remarks": list(done.remarks),
        "facts": render.facts(done.notebook),
        "thumbnail": render.thumbnail(done.notebook),
        "changes": changes.between(before, changes.tables_of(done.notebook)) if error is None else [],
        "made_from": {**made_from, "page": freshness.of_page(page)},
    }
    execution.write(done.notebook, notebook)
    notebook.with_suffix(".partial.ipynb").unlink(missing_ok=True)
    return kept(report, folder)


def kept(report: Report, folder: Path) -> Result:
    """Return what stands in `folder` of a report, from this run or an earlier one."""
    question = heading(load_notebook(report.notebook))[1]
    notebook, page = _notebook_path(report, folder), folder / f"{report.name}.html"
    try:
        summary = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]["corpus_tools"]
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


def _unchanged(reports: list[Report], folder: Path, force: bool, tell: Progress) -> Iterator[Result]:
    """Return what need not be made again."""
    for report in reports:
        if not force and not why(report, folder):
            result = kept(report, folder)
            tell(report, "unchanged", result)
            yield result


def _make_all(
    reports: list[Report], folder: Path, jobs: int, timeout: int, memory: int, tell: Progress
) -> Iterator[Result]:
    """Make reports one after the other, or several at a time."""
    with _zygote(reports) as address:
        limits = execution.Limits(timeout, memory, address)
        if jobs <= 1 or len(reports) <= 1:
            for report in reports:
                yield _make_one(report, folder, limits, tell)
            return
        tasks = [(report, folder, limits) for report in reports]
        for number, kind, said in workers.each(_make_task, tasks, jobs=min(jobs, len(reports))):
            report = reports[number]
            if kind in ("started", "step"):
                tell(report, "cell" if kind == "step" else kind, said)
                continue
            result = said if kind == "done" else _lost(report)
            tell(report, result.state, result)
            yield result


def _make_one(report: Report, folder: Path, limits: execution.Limits, tell: Progress) -> Result:
    tell(report, "started", None)
    result = make(report, folder, limits, lambda number, total: tell(report, "cell", (number, total)))
    tell(report, result.state, result)
    return result


def _make_task(task: tuple[Report, Path, execution.Limits], progress: Callable[..., None]) -> Result:
    return make(*task, progress)


def _lost(report: Report) -> Result:
    question = heading(load_notebook(report.notebook))[1]
    error = "The process that made it died; perhaps the computer ran out of memory."
    return Result(report, "failed", question, None, None, error, (), {})


@contextmanager
def _zygote(reports: list[Report]) -> Iterator[str]:
    """Give the address of a process that forks kernels; empty where that is not worth it, or not possible."""
    from corpus_tools.reports import zygote

    if len(reports) < _WORTH_FORKING or not zygote.available():
        yield ""
        return
    names = {name for report in reports for name in names_used(load_notebook(report.notebook))}
    with (
        tempfile.TemporaryDirectory(prefix="ct-", ignore_cleanup_errors=True) as folder,
        zygote.started(Path(folder), names) as address,
    ):
        yield address


def _bytes(gigabytes: float | None) -> int:
    """Return a limit of memory in bytes; by default all that the computer has."""
    if gigabytes is not None:
        return int(gigabytes * 1e9)
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


def _write_index(folder: Path, title: str, results: list[Result]) -> None:
    from corpus_tools.reports.index import index

    try:
        execution.replace(folder / "index.html", index(title, results))
    except OSError as error:
        raise ReportFailed(f"The index in {folder} cannot be written: {error.strerror or error}.") from error


def _notebook_path(report: Report, folder: Path) -> Path:
    return folder / "notebooks" / f"{report.name}.ipynb"


def _alone_in(folder: Path) -> Any:
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


def _say_nothing(_report: Report, _state: str, _said: Any) -> None:
    pass
