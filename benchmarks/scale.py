"""From ten thousand articles to a million: time, memory and bytes of each analysis, and what a second worker brings.

python -m benchmarks.scale --articles 10000 --articles 100000
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import _made

#: What is measured, and up to how many articles: beyond, rows of analyses are extrapolated by the reader.
ANALYSES = {"terms": 1_000_000, "expressions": 100_000, "attributions": 100_000}


@dataclass(frozen=True)
class Run:
    """One analysis of one corpus with so many workers."""

    analysis: str
    articles: int
    workers: int
    seconds: float
    peak_mb: float
    written_mb: float
    rows: int


def measure(folder: Path, analysis: str, workers: int) -> Run:
    """Run an analysis in a fresh process, and take its time, and the peak memory of its largest process."""
    code = (
        "import sys; from pathlib import Path; from benchmarks.scale import run; "
        "run(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))"
    )
    command = [sys.executable, "-c", code, str(folder), analysis, str(workers)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Run(**json.loads(told.splitlines()[-1]))


def run(folder: Path, analysis: str, workers: int) -> None:
    """Analyse, and print what it took as JSON."""
    import corpus_tools as ct

    corpus = ct.open(folder)
    engine = ct.compute.Engine("processes" if workers > 1 else "here", workers)
    started = time.monotonic()
    if analysis == "terms":
        counts = ct.compute.run(
            corpus, ct.terms.frequency, combine=ct.terms.combine_frequencies, engine=engine, by="outlet"
        ).table
        first = counts["outlet"] == counts["outlet"].iloc[0]
        rest = counts[~first].groupby("term")["count"].sum()
        ct.terms.keyness(counts[first].set_index("term")["count"].to_dict(), rest.to_dict())
        rows, written = len(counts), 0
    else:
        done = ct.compute.derive(corpus, analysis, engine=engine)
        rows, written = done.rows, done.bytes_written
    seconds = time.monotonic() - started
    taken = Run(analysis, len(corpus), workers, seconds, _peak_mb(engine), written / 1e6, rows)
    print(json.dumps(asdict(taken)))


def _peak_mb(engine: Any) -> float:
    """Return the largest resident size that this process or one of its workers has had."""
    import resource

    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if engine.name == "here":
        return own / 1024
    from loky import get_reusable_executor

    get_reusable_executor(max_workers=engine.workers).shutdown(wait=True)
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def duckdb_words(folder: Path) -> float | None:
    """Return the seconds that DuckDB takes for counts of words by outlet, on all processors; None without it."""
    try:
        import duckdb
    except ImportError:
        return None
    started = time.monotonic()
    found = duckdb.sql(
        "select outlet, word, count(*) from (select outlet, "
        r"unnest(regexp_extract_all(lower(text), '[\p{L}\p{N}]+')) as word "
        f"from '{folder}/parts/articles-*.parquet') group by all"
    )
    assert found is not None
    found.fetchall()
    return time.monotonic() - started


def main(
    articles: Annotated[list[int] | None, typer.Option(help="Sizes of corpora; may be repeated.")] = None,
    analysis: Annotated[list[str] | None, typer.Option(help="Which analyses; may be repeated.")] = None,
    workers: Annotated[list[int] | None, typer.Option(help="How many workers; may be repeated.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Folder that keeps the corpora for another time.")] = None,
) -> None:
    """Print the table."""
    table = Table(title="From one article to many", title_justify="left")
    for name in ("analysis", "articles", "workers", "seconds", "articles/s", "peak MB a process", "MB written", "rows"):
        table.add_column(name, justify="right")
    with tempfile.TemporaryDirectory() as scratch:
        for size in articles or [10_000, 100_000]:
            folder = (keep or Path(scratch)) / f"made-{size}"
            if not (folder / "manifest.json").is_file():
                _made.make_corpus(folder, size)
            for name, most in ANALYSES.items():
                if name not in (analysis or ANALYSES) or size > most:
                    continue
                for number in workers or [1, 2]:
                    _clear(folder, name)
                    told = measure(folder, name, number)
                    table.add_row(
                        name, f"{size:,}", str(number), f"{told.seconds:,.1f}", f"{size / told.seconds:,.0f}",
                        f"{told.peak_mb:,.0f}", f"{told.written_mb:,.1f}", f"{told.rows:,}",
                    )  # fmt: skip
                if name == "terms" and (peer := duckdb_words(folder)) is not None:
                    table.add_row("DuckDB words", f"{size:,}", "all", f"{peer:,.1f}", f"{size / peer:,.0f}", "", "", "")
    Console(width=120).print(table)


def _clear(folder: Path, name: str) -> None:
    kept = folder / "derived" / name
    for file in kept.iterdir() if kept.is_dir() else ():
        file.unlink()


if __name__ == "__main__":
    typer.run(main)
