"""From ten thousand articles to a million: time, memory and bytes of each analysis, and what a second worker brings.

python -m benchmarks.scale --articles 10000 --articles 100000
python -m benchmarks.scale --table --keep FOLDER

The second measures all rows of the table, each in a time that is bounded, the most telling first. What is measured is
kept in a file as it comes, so that a run that was interrupted is continued; with --articles, --analysis or --workers it
measures these rows only, and keeps the others. Libraries are held to one thread in each process, so that one worker is
one processor; kernels are compiled beforehand.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import pyarrow.parquet as pq
import typer
from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks import _made
from corpus_tools.articles.places import write

#: What is measured, and up to how many articles: beyond, rows of analyses are extrapolated by the reader.
ANALYSES = {"terms": 1_000_000, "expressions": 100_000, "attributions": 100_000}
#: The same count done by another program, where it is installed.
PEER = "DuckDB words"
#: Two programs that count words in half of the parts each, and know nothing of each other: what the machine allows.
BOUND = "terms, halves apart"
_HALF = "half of terms"
#: The rows of the table, the most telling first: analysis, articles, workers.
ROWS = (
    *(("terms", size, workers) for size in (10_000, 100_000, 1_000_000) for workers in (2, 1)),
    *((BOUND, size, 2) for size in (100_000, 1_000_000)),
    *((PEER, size, 2) for size in (10_000, 100_000, 1_000_000)),
    *((name, 10_000, workers) for name in ("expressions", "attributions") for workers in (2, 1)),
    *((name, 100_000, workers) for name in ("expressions", "attributions") for workers in (2, 1)),
)
NAMES = (
    "analysis", "articles", "workers", "s", "CPU s", "articles/s", "peak MB a process", "MB written", "rows",
    "CPU ms an article", "… a further one", "× one worker",
)  # fmt: skip
#: Most minutes that a row may take.
MINUTES = 40.0


@dataclass(frozen=True)
class Run:
    """One analysis of one corpus with so many workers, or of as much of it as there was time for."""

    analysis: str
    articles: int
    workers: int
    seconds: float
    cpu: float
    peak_mb: float
    written_mb: float
    rows: int
    #: Articles that were done when the time was over; all, if it was not.
    done: int

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells the row from others."""
        return self.analysis, self.articles, self.workers

    def cells(self) -> list[str]:
        """Return the row of the table."""
        size = f"{self.articles:,}" if self.done == self.articles else f"{self.done:,} of {self.articles:,}"
        return [
            self.analysis, size, str(self.workers), f"{self.seconds:,.1f}", f"{self.cpu:,.1f}",
            f"{self.done / self.seconds:,.0f}", f"{self.peak_mb:,.0f}", f"{self.written_mb:,.1f}", f"{self.rows:,}",
        ]  # fmt: skip


class _TimeIsOverError(Exception):
    """Ends a derivation whose parts so far are what is measured."""


def measure(folder: Path, analysis: str, workers: int, *, minutes: float = MINUTES) -> Run:
    """Run an analysis in a fresh process, and take its time, and the peak memory of its largest process."""
    if analysis == BOUND:
        with ThreadPoolExecutor(2) as threads:
            halves = list(threads.map(lambda half: measure(folder, f"{_HALF} {half}", 1, minutes=minutes), (0, 1)))
        longest = max(halves, key=lambda half: half.seconds)
        peak = max(half.peak_mb for half in halves)
        return replace(longest, analysis=BOUND, workers=2, cpu=sum(half.cpu for half in halves), peak_mb=peak)
    code = (
        "import sys; from pathlib import Path; from benchmarks.scale import run; "
        "run(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))"
    )
    command = [sys.executable, "-c", code, str(folder), analysis, str(workers), str(minutes)]
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=alone, start_new_session=True) as process:
        try:
            told, _ = process.communicate(timeout=60 * (minutes + 10))
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode:
        raise RuntimeError(f"{analysis} of {folder.name} with {workers} workers stopped with {process.returncode}")
    return Run(**json.loads(told.splitlines()[-1]))


def run(folder: Path, analysis: str, workers: int, minutes: float = MINUTES) -> None:
    """Analyse, and print what it took as JSON."""
    import corpus_tools as ct

    corpus = ct.open(folder)
    engine = ct.compute.Engine("processes" if workers > 1 else "here", workers)
    started = time.monotonic()
    is_whole = True
    if analysis == PEER:
        rows = _peer(corpus, workers)
    elif analysis == "terms":
        rows = _terms(corpus, engine)
    elif analysis.startswith(_HALF):
        rows = len(_counts(_half(corpus, int(analysis.removeprefix(_HALF))), engine))
    else:
        is_whole = _derived(corpus, analysis, engine, started + 60 * minutes)
    seconds, (peak, cpu) = time.monotonic() - started, _taken(engine)
    done, written = len(corpus), 0
    if analysis in ct.compute.ANALYSES:
        files = list((folder / "derived" / analysis).iterdir())
        rows, written = sum(pq.read_metadata(file).num_rows for file in files), sum(f.stat().st_size for f in files)
    if not is_whole:
        # Parts that were under way when the time was over have been finished, and count.
        done, seconds = len(files) * _made.ROWS, time.monotonic() - started
    print(json.dumps(asdict(Run(analysis, len(corpus), workers, seconds, cpu, peak, written / 1e6, rows, done))))


def _derived(corpus: Any, analysis: str, engine: Any, until: float) -> bool:
    """Derive a table, and say whether it was whole when the time was over."""
    import corpus_tools as ct

    def advance(_done: int, _total: int) -> None:
        if time.monotonic() > until:
            raise _TimeIsOverError

    try:
        ct.compute.derive(corpus, analysis, engine=engine, progress=advance)
    except _TimeIsOverError:
        return False
    return True


def _terms(corpus: Any, engine: Any) -> int:
    """Count words by outlet, and compare an outlet with the others; return how many rows there are."""
    import corpus_tools as ct

    counts = _counts(corpus, engine)
    first = counts["outlet"] == counts["outlet"].iloc[0]
    rest = counts[~first].groupby("term")["count"].sum()
    ct.terms.keyness(counts[first].set_index("term")["count"].to_dict(), rest.to_dict())
    return len(counts)


def _counts(corpus: Any, engine: Any) -> pd.DataFrame:
    import corpus_tools as ct

    return ct.compute.run(
        corpus, ct.terms.frequency, combine=ct.terms.combine_frequencies, engine=engine, by="outlet"
    ).table


def _half(corpus: Any, half: int) -> Any:
    """Return every other part of a corpus as a corpus."""
    return replace(corpus, _manifest=replace(corpus._manifest, parts=corpus._manifest.parts[half::2]))


def _taken(engine: Any) -> tuple[float, float]:
    """Return the largest resident size (MB) that a process has had, and the CPU time of all."""
    if engine.name != "here":
        from loky import get_reusable_executor

        get_reusable_executor(max_workers=engine.workers).shutdown(wait=True)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return max(one.ru_maxrss for one in used) / 1024, sum(one.ru_utime + one.ru_stime for one in used)


def _peer(corpus: Any, workers: int) -> int:
    """Have DuckDB count words by outlet; return how many rows it gives."""
    import duckdb

    found = duckdb.sql(
        f"set threads to {workers}; select outlet, word, count(*) from (select outlet, "
        r"unnest(regexp_extract_all(lower(text), '[\p{L}\p{N}]+')) as word "
        f"from '{corpus.path}/parts/articles-*.parquet') group by all"
    )
    assert found is not None
    return len(found.fetchall())


def main(
    articles: Annotated[list[int] | None, typer.Option(help="Sizes of corpora; may be repeated.")] = None,
    analysis: Annotated[list[str] | None, typer.Option(help="Which analyses; may be repeated.")] = None,
    workers: Annotated[list[int] | None, typer.Option(help="How many workers; may be repeated.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Folder that keeps the corpora for another time.")] = None,
    table: Annotated[bool, typer.Option("--table", help="Measure all rows of the table, or go on with it.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the table as Markdown.")] = False,
    minutes: Annotated[
        float,
        typer.Option(help="Most minutes for a row; of tables, what is done by then is measured."),
    ] = MINUTES,
) -> None:
    """Print the table."""
    some = articles or analysis or workers
    chosen = tuple(_chosen(articles or [10_000, 100_000], analysis, workers or [1, 2])) if some or not table else ROWS
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        _print(_measured(folder, chosen, folder / "measured.json" if table else None, minutes), markdown=markdown)


def _chosen(sizes: list[int], analyses: list[str] | None, workers: list[int]) -> Iterator[tuple[str, int, int]]:
    for size in sizes:
        for name, most in ANALYSES.items():
            if name in (analyses or ANALYSES) and size <= most:
                yield from ((name, size, number) for number in workers)
        for name in (BOUND, PEER):
            if analyses is None or name in analyses:
                yield name, size, max(workers)


def _measured(folder: Path, chosen: Sequence[tuple[str, int, int]], notes: Path | None, minutes: float) -> list[Run]:
    """Measure what is not in the notes, and note it at once, beside what another process may have noted meanwhile."""
    runs: list[Run] = []
    _compile()
    for name, size, number in chosen:
        if any(run.key == (name, size, number) for run in _noted(notes)):
            continue
        try:
            runs.append(measure(_corpus(folder, size, name), name, number, minutes=minutes))
        except (subprocess.TimeoutExpired, RuntimeError) as error:
            print(f"left out: {name}, {size:,} articles, {number} workers: {error}", file=sys.stderr, flush=True)
            continue
        print(*runs[-1].cells(), sep="  ", file=sys.stderr, flush=True)
        if notes:
            others = [run for run in _noted(notes) if run.key != runs[-1].key]
            write(notes, json.dumps([asdict(run) for run in [*others, runs[-1]]], indent=1).encode())
    return _noted(notes) if notes else runs


def _compile() -> None:
    """Have kernels compiled and kept on disk, as they are after their first use."""
    from corpus_tools.terms import combining

    for share in (1, 1_000):
        combining.sum_of_part(_made.make_part(0, 100), share=share, by="outlet")


def _noted(notes: Path | None) -> list[Run]:
    return [Run(**row) for row in json.loads(notes.read_text())] if notes and notes.is_file() else []


def _corpus(folder: Path, size: int, analysis: str) -> Path:
    """Return a corpus of this size without tables of this analysis, making it when it is not there."""
    made = folder / f"made-{size}"
    if not (made / "manifest.json").is_file():
        started = time.monotonic()
        _made.make_corpus(made, size, jobs=os.cpu_count() or 1)
        written = size * _made.LENGTH / 1e6
        print(
            f"{size:,} articles made: {written / (time.monotonic() - started):,.0f} MB/s", file=sys.stderr, flush=True
        )
    kept = made / "derived" / analysis
    for file in kept.iterdir() if kept.is_dir() else ():
        file.unlink()
    return made


def _print(runs: list[Run], *, markdown: bool = False) -> None:
    shown = Table(*NAMES, title=None if markdown else "From one article to many", title_justify="left")
    shown.box = box.MARKDOWN if markdown else box.SIMPLE_HEAVY
    for cells in _rows(runs):
        shown.add_row(*cells)
    Console(width=190).print(shown)


def _rows(runs: list[Run]) -> Iterator[list[str]]:
    """Yield the rows of the table, larger corpora below smaller ones."""
    alone = {(run.analysis, run.articles): run.done / run.seconds for run in runs if run.workers == 1}
    order = ["terms", BOUND, PEER, "expressions", "attributions"]
    ordered = sorted(runs, key=lambda run: (order.index(run.analysis), run.articles, run.workers))
    for run in ordered:
        smaller = [one for one in ordered if one.key[::2] == run.key[::2] and one.done < run.done]
        further = 1000 * (run.cpu - smaller[-1].cpu) / (run.done - smaller[-1].done) if smaller else None
        rate = alone.get(("terms" if run.analysis == BOUND else run.analysis, run.articles))
        yield [
            *run.cells(),
            f"{1000 * run.cpu / run.done:,.3f}",
            "" if further is None else f"{further:,.3f}",
            f"{run.done / run.seconds / rate:.2f}" if rate and run.workers > 1 else "",
        ]


if __name__ == "__main__":
    typer.run(main)
