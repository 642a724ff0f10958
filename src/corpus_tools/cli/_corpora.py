"""Commands that make a corpus, look into it, and give it on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import corpus_tools as ct
from corpus_tools.cli import _reading_engine
from corpus_tools.cli._app import CORPUS, app
from corpus_tools.cli._options import CORPUS as PATH
from corpus_tools.cli._saying import counted, progress, say, working

if TYPE_CHECKING:
    import pandas as pd


@app.command(rich_help_panel=CORPUS)
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
        with progress("Reading files") as advance:
            summary = ct.build(list(paths), into, rules=rules, progress=advance, over=over)
    except KeyboardInterrupt:
        say("Interrupted. What was read is kept; the same command goes on from there.", error=True)
        raise typer.Exit(130) from None
    before = f" ({summary.continued:,} of them before an interruption)" if summary.continued else ""
    say(
        f"Read {counted(summary.read, 'file')}{before}; {summary.unchanged:,} had not changed. "
        f"{counted(summary.added, 'article')} added, {summary.rejected:,} rejected "
        f"({counted(summary.duplicates, 'duplicate')} among them)."
    )
    for reason, count in sorted(summary.reasons.items()):
        say(f"  {count:,} × {reason}")
    for kind, meaning in _VERSIONS.items():
        if shared := summary.versions.get(kind, 0):
            say(f"  {counted(shared, 'article')} {meaning} (kind {kind} of ct.articles.versions)")
    if summary.read:
        _say_mapped(ct.open(into).mapped)
    say(f"The corpus in {into} has {counted(summary.articles, 'article')}.")
    say(f"Next: corpus-tools report --corpus {into}")


_VERSIONS = {
    "updated": "with the address of an earlier one, and another text",
    "same_url": "with the address of another, another text, and no time that says which is later",
    "same_id": "with the source's id of another, and another text",
}


@app.command(rich_help_panel=CORPUS)
def info(corpus: PATH) -> None:
    """Say what is in a corpus."""
    with working(f"Reading {corpus} …"):
        opened = ct.open(corpus)
        articles = opened.articles
    say(f"{opened.name}: {counted(len(articles), 'article')} (fingerprint {opened.fingerprint})")
    days = articles["published"].dropna()
    if len(days):
        say(f"published from {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}; {len(articles) - len(days):,} undated")
    else:
        say("none has a date of publication")
    outlets = articles["outlet"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    for name, count in outlets.items():
        say(f"  {count:>6,}  {name}")
    unnamed = int(articles["outlet"].isna().sum())
    if unnamed:
        say(f"  {unnamed:>6,}  (no outlet named)")
    for reason, count in opened.rejected["reason"].value_counts().sort_index().items():
        say(f"rejected: {count:,} × {reason}")


@app.command(rich_help_panel=CORPUS)
def furniture(
    folder: Annotated[Path, typer.Argument(help="Folder of saved pages.")],
) -> None:
    """Learn what the pages of each site have in common; it is kept in the folder, and no longer read as text."""
    with working(f"Reading {folder} …"):
        found = ct.articles.learn_furniture(folder)
    for site, blocks in zip(found["site"], found["blocks"], strict=True):
        say(f"  {blocks:>5,}  {site or '(pages that name no site)'}")
    say(f"{counted(int(found['blocks'].sum()), 'block')} of {counted(len(found), 'site')} will be left out.")


@app.command(rich_help_panel=CORPUS)
def search(
    corpus: Annotated[Path, typer.Argument(help="Folder of a built corpus.")],
    query: Annotated[str, typer.Argument(help='Words, "a phrase", flood*, with AND, OR, NOT, NEAR, title:.')],
    limit: Annotated[int, typer.Option(min=1, help="Most articles to show.")] = 20,
) -> None:
    """Find articles by words and phrases, best first; the first time, the corpus is indexed."""
    with working(f"Searching {corpus} …"):
        found = ct.open(corpus).search(query, limit=limit)
    shown = found.assign(published=found["published"].dt.strftime("%Y-%m-%d"))
    shown = shown.astype("object").where(shown.notna(), None)
    for article_id, day, outlet, title, snippet in zip(
        *(shown[name] for name in ("article_id", "published", "outlet", "title", "snippet")), strict=True
    ):
        say("  ".join(filter(None, (article_id, day, outlet, title))))
        say(f"    {' '.join(snippet.split())}")
    say(f"{counted(len(found), 'article')}" + (" or more" if len(found) == limit else ""))
    if len(found) and found["score"].isna().all():
        say("Very many articles match: these are the first of the corpus, not the best. More words find fewer.")


@app.command(rich_help_panel=CORPUS)
def export(
    corpus: PATH,
    out: Annotated[Path, typer.Option("--out", help="A new folder for the package.")],
    formats: Annotated[list[str] | None, typer.Option("--format", help="parquet or csv; may be repeated.")] = None,
    licenses: Annotated[
        list[str] | None, typer.Option("--license", help="Such as CC-BY-4.0; may be repeated. Not given: none.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the package.")] = None,
) -> None:
    """Write a corpus as a Data Package (datapackage.json and tables) that others can cite and load."""
    with working(f"Reading {corpus} …"):
        written = ct.open(corpus).export(out, formats=formats or ["parquet"], licenses=licenses or [], title=title)
    say(f"Wrote {written}. Load it with ct.open({str(written.parent)!r}).")


def _say_mapped(mapped: pd.DataFrame) -> None:
    """Say which columns of tables became which fields, once for all files that are alike."""
    alike: dict[str, list[str]] = {}
    for source, columns in mapped.groupby("source_path", sort=True):
        pairs = sorted(zip(columns["column"], columns["field"], strict=True), key=str)
        used = ", ".join(f"{column} → {field}" for column, field in pairs if isinstance(field, str))
        unused = ", ".join(str(column) for column, field in pairs if not isinstance(field, str))
        alike.setdefault(used + (f"; not used: {unused}" if unused else ""), []).append(str(source))
    for columns_said, sources in alike.items():
        more = f" and {counted(len(sources) - 1, 'file')} like it" if len(sources) > 1 else ""
        say(f"  {sources[0]}{more}: {columns_said}")
