"""The command line: each command reads its arguments, calls the library, and says what happened."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import corpus_tools as ct
from corpus_tools import _reading_engine, _report_progress
from corpus_tools.errors import CorpusToolsError

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from corpus_tools.reports.plan import Plan, Report

app = typer.Typer(
    name="corpus-tools",
    help="From a folder of saved news articles to findings: what is said, who says it, when it happened.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Corpus = Annotated[Path, typer.Argument(help="Folder of a built corpus, or raw articles.")]
_Out = Annotated[Path, typer.Option("--out", help="File to write: .csv, .parquet or .jsonl.")]


def main() -> None:
    """Run the command line; an error that corpus-tools raises on purpose is one clear line and exit code 2."""
    try:
        app()
    except CorpusToolsError as error:
        _say(f"Error: {' '.join(str(error).split())}", error=True)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    if version:
        _say(f"corpus-tools {ct.__version__}")
        raise typer.Exit


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or globs of raw articles.")],
    into: Annotated[Path, typer.Option("--into", help="Folder of the corpus; made, or added to.")],
    rules: Annotated[Path | None, typer.Option(help="File of metadata rules of your own.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes that read; by default one per processor.")] = None,
    engine: Annotated[str, typer.Option(help="Where to read: here, processes or dask.")] = "processes",
    scheduler: Annotated[str | None, typer.Option(help="Address of a running Dask scheduler (tcp://...).")] = None,
) -> None:
    """Read raw articles and store them as a corpus; running it again adds only what is new, or goes on."""
    over = _reading_engine.reading_on(ct.compute.Engine(engine, jobs, scheduler))
    try:
        with _progress("Reading files") as advance, _notes():
            summary = ct.build(list(paths), into, rules=rules, progress=advance, over=over)
    except KeyboardInterrupt:
        _say("Interrupted. What was read is kept; the same command goes on from there.", error=True)
        raise typer.Exit(130) from None
    before = f" ({summary.continued:,} of them before an interruption)" if summary.continued else ""
    _say(
        f"Read {_count(summary.read, 'file')}{before}; {summary.unchanged:,} had not changed. "
        f"{_count(summary.added, 'article')} added, {summary.rejected:,} rejected "
        f"({_count(summary.duplicates, 'duplicate')} among them)."
    )
    for reason, count in sorted(summary.reasons.items()):
        _say(f"  {count:,} × {reason}")
    for kind, meaning in _VERSIONS.items():
        if shared := summary.versions.get(kind, 0):
            _say(f"  {_count(shared, 'article')} {meaning} (kind {kind} of ct.articles.versions)")
    if summary.read:
        _say_mapped(ct.open(into).mapped)
    _say(f"The corpus in {into} has {_count(summary.articles, 'article')}.")
    _say(f"Next: corpus-tools report --corpus {into}")


_VERSIONS = {
    "updated": "with the address of an earlier one, and another text",
    "same_url": "with the address of another, another text, and no time that says which is later",
    "same_id": "with the source's id of another, and another text",
}


@app.command()
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
        with _report_progress.shown(len(reports), _say) as tell:
            results = ct.reports.regenerate(
                planned, out=folder, only=only or None, force=force, progress=tell, **options
            )
    except KeyboardInterrupt:
        _say(f"Interrupted. What was made before stands in {folder}; partial notebooks in {folder / 'notebooks'}.")
        raise typer.Exit(130) from None
    names = {report.name for report in reports}
    failed = sum(result.state == "failed" for result in results if result.report.name in names)
    _say(f"{len(reports) - failed} of {len(reports)} reports are up to date after {time.monotonic() - started:.0f} s.")
    _say(f"Open {folder / 'index.html'}")
    if failed:
        raise typer.Exit(1)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
) -> None:
    """Make a study folder: notebooks, a plan of reports, a place for articles, and a sample corpus to begin with."""
    made = ct.reports.new(folder)
    _say(f"Made {made}. Next: cd {made} && make report")


@app.command()
def params(
    notebook: Annotated[Path, typer.Argument(help="A notebook.")],
) -> None:
    """Say what a notebook lets its user set: name, type, default, and what it does."""
    from corpus_tools.reports.parameters import declared
    from corpus_tools.reports.plan import load_notebook

    for found in declared(load_notebook(notebook), name=notebook.name).values():
        _say(f"{found.name}: {found.type} = {found.default!r}  {found.help}")


@app.command()
def info(corpus: _Corpus) -> None:
    """Say what is in a corpus."""
    opened = ct.open(corpus)
    articles = opened.articles
    _say(f"{opened.name}: {_count(len(articles), 'article')} (fingerprint {opened.fingerprint})")
    days = articles["published"].dropna()
    if len(days):
        _say(f"published from {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}; {len(articles) - len(days):,} undated")
    else:
        _say("none has a date of publication")
    outlets = articles["outlet"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    for name, count in outlets.items():
        _say(f"  {count:>6,}  {name}")
    unnamed = int(articles["outlet"].isna().sum())
    if unnamed:
        _say(f"  {unnamed:>6,}  (no outlet named)")
    for reason, count in opened.rejected["reason"].value_counts().sort_index().items():
        _say(f"rejected: {count:,} × {reason}")


@app.command()
def furniture(
    folder: Annotated[Path, typer.Argument(help="Folder of saved pages.")],
) -> None:
    """Learn what the pages of each site have in common; it is kept in the folder, and no longer read as text."""
    with _console().status(f"Reading {folder} …"), _notes():
        found = ct.articles.learn_furniture(folder)
    for site, blocks in zip(found["site"], found["blocks"], strict=True):
        _say(f"  {blocks:>5,}  {site or '(pages that name no site)'}")
    _say(f"{_count(int(found['blocks'].sum()), 'block')} of {_count(len(found), 'site')} will be left out.")


@app.command()
def search(
    corpus: Annotated[Path, typer.Argument(help="Folder of a built corpus.")],
    query: Annotated[str, typer.Argument(help='Words, "a phrase", flood*, with AND, OR, NOT, NEAR, title:.')],
    limit: Annotated[int, typer.Option(min=1, help="Most articles to show.")] = 20,
) -> None:
    """Find articles by words and phrases, best first; the first time, the corpus is indexed."""
    with _console().status(f"Searching {corpus} …"), _notes():
        found = ct.open(corpus).search(query, limit=limit)
    shown = found.assign(published=found["published"].dt.strftime("%Y-%m-%d"))
    shown = shown.astype("object").where(shown.notna(), None)
    for article_id, day, outlet, title, snippet in zip(
        *(shown[name] for name in ("article_id", "published", "outlet", "title", "snippet")), strict=True
    ):
        _say("  ".join(filter(None, (article_id, day, outlet, title))))
        _say(f"    {' '.join(snippet.split())}")
    _say(f"{_count(len(found), 'article')}" + (" or more" if len(found) == limit else ""))


@app.command()
def export(
    corpus: _Corpus,
    out: Annotated[Path, typer.Option("--out", help="A new folder for the package.")],
    formats: Annotated[list[str] | None, typer.Option("--format", help="parquet or csv; may be repeated.")] = None,
    licenses: Annotated[
        list[str] | None, typer.Option("--license", help="Such as CC-BY-4.0; may be repeated. Not given: none.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the package.")] = None,
) -> None:
    """Write a corpus as a Data Package (datapackage.json and tables) that others can cite and load."""
    with _console().status(f"Reading {corpus} …"), _notes():
        written = ct.open(corpus).export(out, formats=formats or ["parquet"], licenses=licenses or [], title=title)
    _say(f"Wrote {written}. Load it with ct.open({str(written.parent)!r}).")


@app.command()
def terms(path: _Corpus, out: _Out) -> None:
    """Write how often each term is used (`corpus_tools.terms.frequency`)."""
    _save(lambda articles: ct.terms.frequency(articles), path, out)


@app.command()
def attributions(path: _Corpus, out: _Out) -> None:
    """Write who says what (`corpus_tools.attribution.find`)."""
    _save(lambda articles: ct.attribution.find(articles), path, out)


@app.command()
def expressions(path: _Corpus, out: _Out) -> None:
    """Write all time expressions, resolved (`corpus_tools.timeline.expressions`)."""
    _save(lambda articles: ct.timeline.expressions(articles), path, out)


@app.command()
def events(path: _Corpus, out: _Out) -> None:
    """Write the events that are reported, with dates and tolls (`corpus_tools.timeline.events`)."""
    _save(lambda articles: ct.timeline.events(articles), path, out)


@app.command()
def compute(
    analysis: Annotated[str, typer.Argument(help="attributions, expressions or events.")],
    corpus: Annotated[str, typer.Argument(help="Folder of a built corpus, or its address (s3://...).")],
    engine: Annotated[str, typer.Option(help="here, processes or dask.")] = "processes",
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes; by default one per processor.")] = None,
    scheduler: Annotated[str | None, typer.Option(help="Address of a running Dask scheduler (tcp://...).")] = None,
) -> None:
    """Analyse a corpus part by part and keep the tables beside it; only what is new is computed."""
    chosen = ct.compute.Engine(engine, jobs, scheduler)
    with _progress("Parts") as advance, _notes():
        done = ct.compute.derive(ct.open(corpus), analysis, engine=chosen, progress=advance)
    _say(
        f"{_count(done.computed, 'part')} analysed, {done.reused:,} kept from before: {_count(done.rows, 'new row')}, "
        f"{done.bytes_written:,} bytes."
    )
    for path, detail in zip(done.rejected["source_path"], done.rejected["detail"], strict=True):
        _say(f"rejected: {path}: {detail}", error=True)
    if len(done.rejected):
        raise typer.Exit(1)


@app.command()
def timeline(
    path: _Corpus,
    out: Annotated[Path, typer.Option("--out", help="File to write: .csv, .json, .ics or .timelinejs.json.")],
    kind: Annotated[list[str] | None, typer.Option(help="Kind of event to keep; may be repeated.")] = None,
) -> None:
    """Write the timeline: one event for all its reports, with evidence (`corpus_tools.timeline.export`)."""
    ct.timeline.format_of(out)
    with _console().status(f"Reading {path} …"), _notes():
        opened = ct.open(path)
        articles = opened.articles
        events = ct.timeline.select(ct.timeline.events(articles, ct.attribution.find(articles)), kinds=kind or ())
        merged = ct.timeline.merge(events, articles, ct.articles.reprints(articles))
        evidence = ct.timeline.evidence(events, articles)
        written = ct.timeline.export(merged, out, evidence=evidence, title=f"Timeline of {opened.name}")
    _say(f"{_count(len(merged), 'event')} in {written}")


def _save(analyse: Callable[[pd.DataFrame], pd.DataFrame], path: Path, out: Path) -> None:
    from corpus_tools.reports.export import check_suffix, save

    check_suffix(out)
    with _console().status(f"Reading {path} …"), _notes():
        table = analyse(ct.open(path).articles)
    _say(f"{len(table):,} rows in {save(table, out)}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _say_mapped(mapped: pd.DataFrame) -> None:
    """Say which columns of tables became which fields, once for all files that are alike."""
    alike: dict[str, list[str]] = {}
    for source, columns in mapped.groupby("source_path", sort=True):
        pairs = sorted(zip(columns["column"], columns["field"], strict=True), key=str)
        used = ", ".join(f"{column} → {field}" for column, field in pairs if isinstance(field, str))
        unused = ", ".join(str(column) for column, field in pairs if not isinstance(field, str))
        alike.setdefault(used + (f"; not used: {unused}" if unused else ""), []).append(str(source))
    for columns_said, sources in alike.items():
        more = f" and {_count(len(sources) - 1, 'file')} like it" if len(sources) > 1 else ""
        _say(f"  {sources[0]}{more}: {columns_said}")


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
        _say(f"{report.name}: {'would be made again: ' + ', '.join(reasons) if reasons else 'unchanged'}")


def _list_reports(reports: list[Report]) -> None:
    for report in reports:
        _say(f"{report.name}: {report.title} ({report.notebook.name} on {report.corpus.name})")
        given = dict(report.parameters)
        for found in report.declared:
            if found.name in given:
                _say(f"  {found.name}: {found.type} = {given[found.name]!r}  {found.help}")
            elif found.name != "corpus_path":
                _say(f"  {found.name}: {found.type} = {found.default!r} (default)  {found.help}")


def _check(planned: Plan, folder: Path, reports: list[Report], options: dict[str, Any]) -> None:
    """Make the reports anew, elsewhere, and compare the pages byte by byte."""
    wrong = ct.reports.differing(planned, folder, only=[report.name for report in reports], **options)
    for name, reason in wrong.items():
        _say(f"✗ {name}: {reason}")
    _say(f"{len(reports) - len(wrong)} of {len(reports)} pages in {folder} are what would be made.")
    if wrong:
        raise typer.Exit(1)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar with rate and time left, in a terminal; yield what moves it, called with done and total."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = _console()
    started = time.monotonic()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None, rate="")

        def advance(done: int, total: int) -> None:
            seconds = time.monotonic() - started
            rate = f"{done / seconds:,.1f}/s" if done and seconds else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield advance


@contextmanager
def _notes() -> Iterator[None]:
    """Say what the library warns of, once each, as notes."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        yield
    for message in dict.fromkeys(str(warning.message) for warning in caught):
        _say(f"Note: {message}", error=True)


@cache
def _console() -> Console:
    from rich.console import Console

    return Console()


def _say(line: str, *, error: bool = False) -> None:
    """Print a line as it stands."""
    typer.echo(line, err=error)
