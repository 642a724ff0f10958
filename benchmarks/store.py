"""A corpus on disk: how long it takes to build it, to add to it, to open it, to index it, and to find a phrase in it.

python -m benchmarks.store --articles 100000                       open, index, search
python -m benchmarks.store --articles 100000 --build               build from files first
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import _made

#: Searches that are timed; each is made of words that the generated articles hold.
_TIMES = 20
_QUERIES = (
    '"reporters that the"', '"told reporters that"', '"in Ustria on Monday"', '"Greta Korson told"', '"of the"',
    "killed", "police NEAR/5 spokesman", '"Greta Korson" NEAR killed', "title:ustria AND reporters",
)  # fmt: skip
Row = tuple[str, str, float, float]


def built(folder: Path, sources: Path, articles: int) -> list[Row]:
    """Build a corpus from JSON Lines files with so many articles, build it again, and add a file."""
    import corpus_tools as ct

    first, more = sources / "first", sources / "more"
    for place, numbers in ((first, range(-(-articles // _made.ROWS))), (more, [1_000_000])):
        place.mkdir(parents=True)
        for number in numbers:
            frame = _made.make_part(number)[["article_id", "title", "outlet", "published", "text"]]
            frame.to_json(place / f"{number:07d}.jsonl", orient="records", lines=True, date_format="iso")
    tasks = {
        f"build from {articles:,} rows of JSON Lines": first,
        "build again: nothing is new": first,
        f"add a file of {_made.ROWS:,} rows": more,
    }
    rows = []
    for name, place in tasks.items():
        _, cpu, clock = _taken(partial(ct.build, place, folder))
        rows.append((name, "", cpu, clock))
    return rows


def measure(folder: Path) -> list[Row]:
    """Return what was done, how many articles match, the median of its seconds of CPU time, and by the clock."""
    import corpus_tools as ct

    corpus, *first = _taken(partial(ct.open, folder))
    rows: list[Row] = [("open", "", first[0], first[1])]
    _, *second = _taken(corpus.index)
    rows.append(("index", "", second[0], second[1]))
    for query in _QUERIES:
        taken = [_taken(partial(corpus.search, query))[1:] for _ in range(_TIMES)]
        matches = len(corpus.search(query, limit=None))
        rows.append((query, f"{matches:,}", *(statistics.median(times) for times in zip(*taken, strict=True))))
    return rows


def _taken(function: Callable[[], Any]) -> tuple[Any, float, float]:
    cpu, clock = time.process_time(), time.monotonic()
    result = function()
    return result, time.process_time() - cpu, time.monotonic() - clock


def main(
    articles: Annotated[int, typer.Option(help="How many articles.")] = 100_000,
    build: Annotated[
        bool, typer.Option("--build", help="Build a corpus from files, too: about 6 ms an article.")
    ] = False,
    keep: Annotated[Path | None, typer.Option(help="Folder that keeps the corpus for another time.")] = None,
) -> None:
    """Print the table."""
    table = Table(title=f"A corpus of {articles:,} articles on disk", title_justify="left")
    for name in ("what", "articles", "CPU ms", "clock ms"):
        table.add_column(name, justify="left" if name == "what" else "right")
    with tempfile.TemporaryDirectory() as scratch:
        folder = (keep or Path(scratch)) / f"made-{articles}"
        if not (folder / "manifest.json").is_file():
            _made.make_corpus(folder, articles)
        rows = built(Path(scratch) / "built", Path(scratch) / "sources", articles) if build else []
        for what, matches, cpu, clock in rows + measure(folder):
            table.add_row(what, matches, f"{1000 * cpu:,.1f}", f"{1000 * clock:,.1f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    typer.run(main)
