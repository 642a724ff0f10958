"""Commands that say who says it and when it happened, and that keep these tables beside a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

import corpus_tools as ct
from corpus_tools.cli._app import PEOPLE_AND_TIME, app
from corpus_tools.cli._options import CORPUS, FROM, OUT_OR_SHOW, OUTLETS, TO, TOP, Choice, give
from corpus_tools.cli._saying import counted, progress, say, working
from corpus_tools.errors import InvalidQuery

_KINDS = Annotated[list[str] | None, typer.Option("--kind", help="Kind of event to keep; may be repeated.")]


@app.command(rich_help_panel=PEOPLE_AND_TIME)
def attributions(
    path: CORPUS,
    out: OUT_OR_SHOW = None,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
    top: TOP = 20,
) -> None:
    """Who says what (`corpus_tools.attribution.find`)."""
    shown = ("article_id", "speaker", "cue", "content", "confidence")
    _rows("attributions", path, Choice(outlet, date_from, date_to), out, shown, top)


@app.command(rich_help_panel=PEOPLE_AND_TIME)
def expressions(
    path: CORPUS,
    out: OUT_OR_SHOW = None,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
    top: TOP = 20,
) -> None:
    """All time expressions, resolved (`corpus_tools.timeline.expressions`)."""
    shown = ("article_id", "text", "type", "value", "begin", "finish", "confidence")
    _rows("expressions", path, Choice(outlet, date_from, date_to), out, shown, top)


@app.command(rich_help_panel=PEOPLE_AND_TIME)
def events(
    path: CORPUS,
    out: OUT_OR_SHOW = None,
    kind: _KINDS = None,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
    top: TOP = 20,
) -> None:
    """Events as they are reported, with dates and tolls (`corpus_tools.timeline.events`)."""
    shown = (
        "article_id",
        "begin",
        "finish",
        "kind",
        "status",
        "place",
        "killed_min",
        "killed_max",
        "claimed_by",
        "sentence",
    )
    _rows("events", path, Choice(outlet, date_from, date_to), out, shown, top, kinds=kind or ())


@app.command(rich_help_panel=PEOPLE_AND_TIME)
def timeline(
    path: CORPUS,
    out: Annotated[Path, typer.Option("--out", help="File to write: .csv, .json, .ics or .timelinejs.json.")],
    kind: _KINDS = None,
    of: Annotated[
        list[str] | None, typer.Option("--of", help="Only what this name did or underwent; repeat it for other names.")
    ] = None,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
) -> None:
    """Write the timeline: one event for all its reports, with evidence (`corpus_tools.timeline.export`).

    With --of, the timeline of one person, organisation or thing (`corpus_tools.timeline.of`).
    """
    ct.timeline.format_of(out)
    with working(f"Reading {path} …"):
        corpus = ct.open(path)
        articles = Choice(outlet, date_from, date_to).of(corpus.articles)
        if of:
            expressions = ct.compute.rows(corpus, "expressions", articles)
            evidence = ct.timeline.of(articles, of[0], aliases=of[1:], expressions=expressions)
            evidence = ct.timeline.select(evidence, kinds=kind) if kind else evidence
            merged = ct.timeline.events_of(evidence)
        else:
            events = ct.timeline.select(ct.compute.rows(corpus, "events", articles), kinds=kind or ())
            merged = ct.timeline.merge(events, articles, ct.articles.reprints(articles))
            evidence = ct.timeline.evidence(events, articles)
        title = f"Timeline of {of[0] if of else corpus.name}"
        written = ct.timeline.export(merged, out, evidence=evidence, title=title)
    say(f"{counted(len(merged), 'event')} in {written}")


@app.command(rich_help_panel=PEOPLE_AND_TIME)
def compute(
    analysis: Annotated[str, typer.Argument(help="attributions, expressions or events.")],
    path: Annotated[
        str | None, typer.Argument(metavar="CORPUS", help="Folder of a built corpus, or its address (s3://...).")
    ] = None,
    corpus: Annotated[str | None, typer.Option(help="The same, as `corpus-tools report` takes it.")] = None,
    engine: Annotated[str, typer.Option(help="here, processes or dask.")] = "processes",
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes; by default one per processor.")] = None,
    scheduler: Annotated[str | None, typer.Option(help="Address of a running Dask scheduler (tcp://...).")] = None,
) -> None:
    """Analyse a corpus part by part and keep the tables beside it; only what is new is computed."""
    chosen = ct.compute.Engine(engine, jobs, scheduler)
    given = [one for one in (path, corpus) if one is not None]
    if len(given) != 1:
        raise InvalidQuery(f"Name one corpus, e.g. corpus-tools compute {analysis} FOLDER; there are {len(given)}.")
    with progress("Parts") as advance:
        done = ct.compute.derive(ct.open(given[0]), analysis, engine=chosen, progress=advance)
    say(
        f"{counted(done.computed, 'part')} analysed, {done.reused:,} kept from before: "
        f"{counted(done.rows, 'new row')}, {done.bytes_written:,} bytes."
    )
    for path, detail in zip(done.rejected["source_path"], done.rejected["detail"], strict=True):
        say(f"rejected: {path}: {detail}", error=True)
    if len(done.rejected):
        raise typer.Exit(1)


def _rows(
    name: str,
    path: str,
    choice: Choice,
    out: Path | None,
    shown: Sequence[str],
    top: int,
    *,
    kinds: Sequence[str] = (),
) -> None:
    """Analyse the chosen articles (what is kept beside the corpus need not be computed again), and give the table."""
    with give(out, shown, top) as given, working(f"Reading {path} …"):
        corpus = ct.open(path)
        table = ct.compute.rows(corpus, name, choice.of(corpus.articles))
        given.table = ct.timeline.select(table, kinds=kinds) if kinds else table
