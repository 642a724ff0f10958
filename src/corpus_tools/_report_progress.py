"""How the command line tells of reports while they are made: a bar for all, and one for the cells of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from corpus_tools.reports.plan import Report
    from corpus_tools.reports.run import Result


@contextmanager
def shown(console: Console, total: int, say: Callable[[str], None]) -> Iterator[Callable[[Report, str, Any], None]]:
    """Show progress in a terminal (elsewhere, outcomes only); yield what `corpus_tools.reports.regenerate` calls.

    Parameters
    ----------
    console : Console
        Where to show it.
    total : int
        How many reports there are.
    say : callable
        Called with a line for each report that is done.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    started = time.monotonic()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        overall = bar.add_task("Making reports", total=total, rate="")
        cells: dict[str, Any] = {}
        done = 0

        def tell(report: Report, state: str, said: Any) -> None:
            nonlocal done
            if state == "started":
                cells[report.name] = bar.add_task(f"  {report.name}", total=None, rate="cells")
            elif state == "cell":
                number, count = said
                bar.update(cells[report.name], completed=number - 1, total=count)
            else:
                done += 1
                if report.name in cells:
                    bar.remove_task(cells.pop(report.name))
                seconds = time.monotonic() - started
                bar.update(overall, completed=done, rate=f"{60 * done / seconds:,.0f} reports/min" if seconds else "")
                say(outcome(said, state))

        yield tell


def outcome(result: Result, state: str) -> str:
    """Return what has become of a report, in one line."""
    if state == "unchanged":
        return f"= {result.report.name}: {result.report.title} (nothing it depends on has changed)"
    if result.state == "failed":
        kept = f" (executed so far: {result.notebook})" if result.notebook is not None else ""
        return f"✗ {result.report.name}: {result.error}{kept}"
    remarks = f" ({len(result.remarks)} messages; they stand in {result.notebook})" if result.remarks else ""
    return f"✓ {result.report.name}: {result.report.title}{remarks}"
