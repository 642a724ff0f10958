"""Commands that make reports and studies."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import corpus_tools as ct
from corpus_tools.cli import _report_progress
from corpus_tools.cli._app import REPORTS, app
from corpus_tools.cli._saying import say

if TYPE_CHECKING:
    from corpus_tools.reports.plan import Plan, Report


@app.command(rich_help_panel=REPORTS)
def report(
    corpus: Annotated[Path | None, typer.Option(help="A corpus that replaces those of the plan.")] = None,
    plan: Annotated[Path, typer.Option(help="Which reports to make.")] = Path("reports/reports.toml"),
    out: Annotated[Path | None, typer.Option(help="Folder for the pages; by default html beside the plan.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Name of a report to make; may be repeated.")] = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", "--parameter", help="NAME=VALUE; for this run.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also make those of which nothing has changed.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Only say what would be made again, and why.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="The same as --explain.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Only list the reports and their parameters.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only see if the pages are what would be made.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="How many reports to make at the same time.")] = 2,
    timeout: Annotated[int, typer.Option(min=1, help="Most seconds for one report.")] = 900,
    memory: Annotated[float | None, typer.Option(help="Most gigabytes for one report.")] = None,
) -> None:
    """Execute the notebooks of a plan and write HTML reports and their index."""
    folder = out if out is not None else plan.parent / "html"
    planned = ct.reports.read_plan(plan, corpus=corpus).given(_pairs(parameter or []), *(only or []))
    reports = planned.only(*only) if only else list(planned.reports)
    if listing:
        _list_reports(reports)
        return
    if explain or dry_run:
        _explain(reports, folder, force)
        return
    options: dict[str, Any] = {"jobs": jobs, "timeout": timeout, "memory": memory}
    if check:
        _check(planned, folder, reports, options)
        return
    started = time.monotonic()
    try:
        with _report_progress.shown(len(reports), say) as tell:
            results = ct.reports.regenerate(
                planned, out=folder, only=only or None, force=force, progress=tell, **options
            )
    except KeyboardInterrupt:
        say(f"Interrupted. What was made before stands in {folder}; partial notebooks in {folder / 'notebooks'}.")
        raise typer.Exit(130) from None
    names = {report.name for report in reports}
    failed = sum(result.state == "failed" for result in results if result.report.name in names)
    say(f"{len(reports) - failed} of {len(reports)} reports are up to date after {time.monotonic() - started:.0f} s.")
    say(f"Open {folder / 'index.html'}")
    if failed:
        raise typer.Exit(1)


@app.command(rich_help_panel=REPORTS)
def new(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
) -> None:
    """Make a study folder: notebooks, a plan of reports, a place for articles, and a sample corpus to begin with."""
    made = ct.reports.new(folder)
    say(f"Made {made}. Next: cd {made} && make report")


@app.command(rich_help_panel=REPORTS)
def params(
    notebook: Annotated[Path, typer.Argument(help="A notebook.")],
) -> None:
    """Say what a notebook lets its user set: name, type, default, and what it does."""
    from corpus_tools.reports.parameters import declared
    from corpus_tools.reports.plan import load_notebook

    for found in declared(load_notebook(notebook), name=notebook.name).values():
        say(f"{found.name}: {found.type} = {found.default!r}  {found.help}")


def _pairs(given: list[str]) -> dict[str, str]:
    """Return ``NAME=VALUE`` as name and value."""
    for pair in given:
        if "=" not in pair:
            raise typer.BadParameter(f"{pair!r} should read NAME=VALUE.", param_hint="-p")
    return {name.strip(): value for name, _, value in (pair.partition("=") for pair in given)}


def _explain(reports: list[Report], folder: Path, force: bool) -> None:
    from corpus_tools.reports.run import why

    for report in reports:
        reasons = why(report, folder) or (["--force"] if force else [])
        say(f"{report.name}: {'would be made again: ' + ', '.join(reasons) if reasons else 'unchanged'}")


def _list_reports(reports: list[Report]) -> None:
    for report in reports:
        say(f"{report.name}: {report.title} ({report.notebook.name} on {report.corpus.name})")
        given = dict(report.parameters)
        for found in report.declared:
            if found.name in given:
                say(f"  {found.name}: {found.type} = {given[found.name]!r}  {found.help}")
            elif found.name != "corpus_path":
                say(f"  {found.name}: {found.type} = {found.default!r} (default)  {found.help}")


def _check(planned: Plan, folder: Path, reports: list[Report], options: dict[str, Any]) -> None:
    """Make the reports anew, elsewhere, and compare the pages byte by byte."""
    wrong = ct.reports.differing(planned, folder, only=[report.name for report in reports], **options)
    for name, reason in wrong.items():
        say(f"✗ {name}: {reason}")
    say(f"{len(reports) - len(wrong)} of {len(reports)} pages in {folder} are what would be made.")
    if wrong:
        raise typer.Exit(1)
