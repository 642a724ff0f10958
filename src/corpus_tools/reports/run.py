"""All reports of a plan: executed, rendered, listed. One that fails does not stop the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_tools.errors import ReportFailed
from corpus_tools.reports import execute as execution
from corpus_tools.reports import freshness
from corpus_tools.reports.plan import Plan, Report, heading, load_notebook, read_plan

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


#: Called with a report, what happens to it (started, made, failed, unchanged), and its result once there is one.
Progress = Callable[[Report, str, Result | None], None]


def regenerate(
    plan: Plan | str | Path,
    *,
    corpus: str | Path | None = None,
    out: str | Path | None = None,
    only: str | Iterable[str] | None = None,
    force: bool = False,
    jobs: int = 1,
    timeout: int = execution.TIMEOUT,
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
        Longest time that one cell may take, in seconds.
    progress : callable, optional
        Called with the report, ``"started"``, ``"made"``, ``"failed"`` or ``"unchanged"``, and the result once there
        is one.

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
        made |= {result.report.name: result for result in _make_all(left, folder, jobs, timeout, tell)}
        results = [made.get(report.name) or kept(report, folder) for report in plan.reports]
        from corpus_tools.reports.index import index

        execution.replace(folder / "index.html", index(plan.title, results))
    return results


def make(report: Report, folder: Path, timeout: int = execution.TIMEOUT) -> Result:
    """Execute one report and write its page; a failed one keeps its executed notebook and has no page."""
    from corpus_tools.reports import render

    made_from = freshness.inputs(report)
    done = execution.execute(report, timeout=timeout)
    error = done.error
    page = folder / f"{report.name}.html"
    if error is None:
        try:
            execution.replace(page, render.page(done.notebook, report))
        except ValueError as problem:  # a picture or an output that is not what it says
            error = execution.one_line(f"The page could not be made: {problem}")
    if error is not None:
        page.unlink(missing_ok=True)
    facts = render.facts(done.notebook)
    done.notebook.metadata["corpus_tools"] = {
        "state": "failed" if error else "made",
        "error": error,
        "remarks": list(done.remarks),
        "facts": facts,
        "made_from": {**made_from, "page": freshness.of_page(page)},
    }
    execution.write(done.notebook, _notebook_path(report, folder))
    return kept(report, folder)


def kept(report: Report, folder: Path) -> Result:
    """Return what stands in `folder` of a report, from this run or an earlier one."""
    question = heading(load_notebook(report.notebook))[1]
    notebook, page = _notebook_path(report, folder), folder / f"{report.name}.html"
    try:
        summary = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]["corpus_tools"]
        state, remarks = str(summary["state"]), tuple(map(str, summary["remarks"]))
        error, facts, made_from = summary["error"], dict(summary["facts"]), summary.get("made_from")
    except (OSError, ValueError, KeyError, TypeError):
        return Result(report, "missing", question, None, None, None, (), {})
    shown = page if state == "made" and page.exists() else None
    state = "missing" if state == "made" and shown is None else state
    return Result(report, state, question, shown, notebook, error, remarks, facts, made_from)


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


def _make_all(reports: list[Report], folder: Path, jobs: int, timeout: int, tell: Progress) -> Iterator[Result]:
    """Make reports one after the other, or several at a time."""
    if jobs <= 1 or len(reports) <= 1:
        for report in reports:
            tell(report, "started", None)
            result = make(report, folder, timeout)
            tell(report, result.state, result)
            yield result
        return
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=min(jobs, len(reports)), mp_context=context) as pool:
        running = {}
        for report in reports:
            tell(report, "started", None)
            running[pool.submit(make, report, folder, timeout)] = report
        for future in as_completed(running):
            result = future.result()
            tell(running[future], result.state, result)
            yield result


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


def _say_nothing(_report: Report, _state: str, _result: Result | None) -> None:
    pass
