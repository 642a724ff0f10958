"""A corpus on disk: how long it takes to open it, to index it, and to find a phrase in it.

python -m benchmarks.store --articles 100000
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


def measure(folder: Path) -> list[tuple[str, float, float]]:
    """Return what was done, the median of its seconds of CPU time, and by the clock."""
    import corpus_tools as ct

    corpus, *first = _taken(partial(ct.open, folder))
    rows = [("open", first[0], first[1])]
    index, *second = _taken(corpus.index)
    rows.append(("index", second[0], second[1]))
    words = corpus.articles["text"].iloc[0].split()
    phrases = {
        "phrase": f'"{words[8]} {words[9]}"',
        "phrase of names": '"told reporters that"',
        "words near": "police NEAR/5 spokesman",
    }
    for name, query in phrases.items():
        taken = [_taken(partial(index.search, query))[1:] for _ in range(_TIMES)]
        rows.append((name, *(statistics.median(times) for times in zip(*taken, strict=True))))
    return rows


def _taken(function: Callable[[], Any]) -> tuple[Any, float, float]:
    cpu, clock = time.process_time(), time.monotonic()
    result = function()
    return result, time.process_time() - cpu, time.monotonic() - clock


def main(
    articles: Annotated[int, typer.Option(help="How many articles.")] = 100_000,
    keep: Annotated[Path | None, typer.Option(help="Folder that keeps the corpus for another time.")] = None,
) -> None:
    """Print the table."""
    table = Table(title=f"A corpus of {articles:,} articles on disk", title_justify="left")
    for name in ("what", "CPU ms", "clock ms"):
        table.add_column(name, justify="left" if name == "what" else "right")
    with tempfile.TemporaryDirectory() as scratch:
        folder = (keep or Path(scratch)) / f"made-{articles}"
        if not (folder / "manifest.json").is_file():
            _made.make_corpus(folder, articles)
        for what, cpu, clock in measure(folder):
            table.add_row(what, f"{1000 * cpu:,.1f}", f"{1000 * clock:,.1f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    typer.run(main)
