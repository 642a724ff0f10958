"""What several commands take, and how they give a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import corpus_tools as ct
from corpus_tools.cli._saying import say, show

if TYPE_CHECKING:
    import pandas as pd

CORPUS = Annotated[
    str, typer.Argument(metavar="CORPUS", help="Folder of a built corpus (or its address, s3://...), or raw articles.")
]
OUT_OR_SHOW = Annotated[
    Path | None, typer.Option("--out", help="File to write: .csv, .parquet or .jsonl. Not given: show the first rows.")
]
TOP = Annotated[int, typer.Option("--top", min=1, help="Most rows to show.")]
OUTLETS = Annotated[list[str] | None, typer.Option("--outlet", help="Only this outlet; may be repeated.")]
FROM = Annotated[str | None, typer.Option("--from", help="Only articles of this day (YYYY-MM-DD) or later.")]
TO = Annotated[str | None, typer.Option("--to", help="Only articles of this day (YYYY-MM-DD) or earlier.")]


@dataclass(frozen=True)
class Choice:
    """Which articles of a corpus: those of some outlets and days."""

    outlets: list[str] | None = None
    date_from: str | None = None
    date_to: str | None = None

    def of(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Return the chosen articles (`corpus_tools.articles.select`)."""
        return ct.articles.select(articles, outlets=self.outlets, date_from=self.date_from, date_to=self.date_to)

    def __bool__(self) -> bool:
        return any((self.outlets, self.date_from, self.date_to))


@dataclass
class Given:
    """Holds the table that a command makes."""

    table: pd.DataFrame | None = None


@contextmanager
def give(out: Path | None, shown: Sequence[str], top: int) -> Iterator[Given]:
    """Take a table and write it to a file, or show its first rows where no file is named.

    Parameters
    ----------
    out : Path, optional
        The file; a name with an ending that cannot be written is refused before the table is made.
    shown : sequence of str
        Columns to show in the terminal; a file has all.
    top : int
        Most rows to show.
    """
    from corpus_tools.reports.export import check_suffix, save

    if out is not None:
        check_suffix(out)
    given = Given()
    yield given
    assert given.table is not None
    if out is None:
        show(given.table, shown, top)
    else:
        say(f"{len(given.table):,} rows in {save(given.table, out)}")
