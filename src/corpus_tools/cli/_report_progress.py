"""How the command line tells of reports while they are made: a bar for all, and one for the cells of each."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress

    from corpus_tools.reports.plan import Report
    from corpus_tools.reports.run import Result


#: States of a report that is not done yet.
_ON_THE_WAY = ("started", "cell")


@contextmanager
def shown(total: int, say: Callable[[str], None]) -> Iterator[Callable[[Report, str, Any], None]]:
    """Show progress in a terminal (elsewhere, outcomes only); yield what `corpus_tools.reports.regenerate` calls.

    Parameters
    ----------
    total : int
        How many reports there are.
    say : callable
        Called with a line for each report that is done.
    """
    if not sys.stdout.isatty():
        yield lambda _report, state, said: None if state in _ON_THE_WAY else say(outcome(said, state))
        return
    with _bars() as bar:
        yield _Bars(bar, total).tell


class _Bars:
    """A bar for all reports, and one for the cells of each that is being made."""

    def __init__(self, bar: Progress, total: int) -> None:
        self.bar = bar
        self.started = time.monotonic()
        self.all = bar.add_task("Making reports", total=total, rate="")
        self.cells: dict[str, Any] = {}
        self.done = 0

    def tell(self, report: Report, state: str, said: Any) -> None:
        """Show what happens to a report."""
        if state == "started":
            self.cells[report.name] = self.bar.add_task(f"  {report.name}", total=None, rate="cells")
        elif state == "cell":
            number, count = said
            self.bar.update(self.cells[report.name], completed=number - 1, total=count)
        else:
            self._finish(report, outcome(said, state))

    def _finish(self, report: Report, line: str) -> None:
        self.done += 1
        if report.name in self.cells:
            self.bar.remove_task(self.cells.pop(report.name))
        minutes = (time.monotonic() - self.started) / 60
        rate = f"{self.done / minutes:,.0f} reports/min" if minutes else ""
        self.bar.update(self.all, completed=self.done, rate=rate)
        self.bar.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _bars() -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        transient=True,
    )


def outcome(result: Result, state: str) -> str:
    """Return what has become of a report, in one line."""
    if state == "unchanged":
        return f"= {result.report.name}: {result.report.title} (nothing it depends on has changed)"
    if result.state == "failed":
        kept = f" (executed so far: {result.notebook})" if result.notebook is not None else ""
        return f"✗ {result.report.name}: {result.error}{kept}"
    remarks = f" ({len(result.remarks)} messages; they stand in {result.notebook})" if result.remarks else ""
    return f"✓ {result.report.name}: {result.report.title}{remarks}"
