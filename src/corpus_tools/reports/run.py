"""All reports of a plan: executed, rendered, listed. One that fails does not stop the others."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus_tools.reports import execute as execution
from corpus_tools.reports import freshness
from corpus_tools.reports.folder import Result, alone_in, keep, kept, lost, why, write_index
from corpus_tools.reports.plan import Plan, Report, load_notebook, names_used, read_plan

__all__ = ["OUT", "Progress", "Result", "differing", "kept", "make", "regenerate", "why"]

#: Where reports go by default, beside the plan.
OUT = "html"


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
    planned, folder = _planned(plan, corpus, out)
    names = [only] if isinstance(only, str) else only
    wanted = planned.only(*names) if names is not None else list(planned.reports)
    tell = progress or _say_nothing
    freshness.forget()
    with alone_in(folder):
        made = {} if force else {result.report.name: result for result in _unchanged(wanted, folder, tell)}
        left = [report for report in wanted if report.name not in made]
        try:
            for result in _make_all(left, folder, jobs, timeout, _bytes(memory), tell):
                made[result.report.name] = result
        finally:
            results = [made.get(report.name) or kept(report, folder) for report in planned.reports]
            write_index(folder, planned.title, results)
    return results


def _planned(plan: Plan | str | Path, corpus: str | Path | None, out: str | Path | None) -> tuple[Plan, Path]:
    """Return a plan, read and checked, and the folder for its pages."""
    if isinstance(plan, Plan):
        folder = Path("reports") / OUT
        plan = plan.on(corpus) if corpus is not None else plan
    else:
        folder = Path(plan).parent / OUT
        plan = read_plan(plan, corpus=corpus)
    return plan, Path(out) if out is not None else folder


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
    return keep(report, folder, done, made_from)


def _unchanged(reports: list[Report], folder: Path, tell: Progress) -> Iterator[Result]:
    """Return what need not be made again."""
    for report in reports:
        if not why(report, folder):
            result = kept(report, folder)
            tell(report, "unchanged", result)
            yield result


def _make_all(
    reports: list[Report], folder: Path, jobs: int, timeout: int, memory: int, tell: Progress
) -> Iterator[Result]:
    """Make reports one after the other, or several at a time."""
    if not reports:
        return
    with _zygote(reports) as address:
        limits = execution.Limits(timeout, memory, address)
        if jobs <= 1 or len(reports) <= 1:
            for report in reports:
                yield _make_one(report, folder, limits, tell)
            return
        from corpus_tools.reports import workers

        tasks = [(report, folder, limits) for report in reports]
        for number, kind, said in workers.each(_make_task, tasks, jobs=min(jobs, len(reports))):
            report = reports[number]
            if kind in ("started", "step"):
                tell(report, "cell" if kind == "step" else kind, said)
                continue
            result = said if kind == "done" else lost(report)
            tell(report, result.state, result)
            yield result


def _make_one(report: Report, folder: Path, limits: execution.Limits, tell: Progress) -> Result:
    tell(report, "started", None)
    result = make(report, folder, limits, lambda number, total: tell(report, "cell", (number, total)))
    tell(report, result.state, result)
    return result


def _make_task(task: tuple[Report, Path, execution.Limits], progress: Callable[..., None]) -> Result:
    return make(*task, progress)


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


def _say_nothing(_report: Report, _state: str, _said: Any) -> None:
    pass
