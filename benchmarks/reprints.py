"""Reprints on made-up stories whose copies are known: how well they are found, how fast, and how that grows.

python -m benchmarks.reprints --articles 10000 --articles 100000
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import typer
from rich.console import Console
from rich.table import Table

from benchmarks._copied import Newsroom

#: Mean words of a story of ordinary and of short length.
ORDINARY, SHORT = 350, 80
#: Sets that quality is measured on: seeds that nothing was tuned on, and their size.
SEEDS, SET = (101, 102, 103, 104, 105), 10_000


def agreement(stories: npt.NDArray[np.int64], found: npt.NDArray[np.int64]) -> float:
    """Return the adjusted Rand index of two ways to group the same articles."""
    together = pd.DataFrame({"story": stories, "found": found})

    def pairs(*names: str) -> float:
        sizes = together.groupby(list(names)).size().to_numpy().astype(float)
        return float((sizes * (sizes - 1) / 2).sum())

    both, truth, guess = pairs("story", "found"), pairs("story"), pairs("found")
    chance = truth * guess / (len(together) * (len(together) - 1) / 2)
    return (both - chance) / ((truth + guess) / 2 - chance)


def grouped(articles: pd.DataFrame, found: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the cluster of each article; one that is in none is one by itself."""
    clusters = articles["article_id"].map(found.set_index("article_id")["cluster"])
    alone = pd.Series(-np.arange(1, len(articles) + 1), index=articles.index)
    return clusters.where(clusters.notna(), alone).to_numpy(dtype=np.int64)


def measure(seed: int, number: int, length: int) -> dict[str, Any]:
    """Return what finding the reprints among so many articles took, and how well they were found."""
    from corpus_tools.articles import reprints

    with tempfile.TemporaryDirectory() as folder:
        # Made in a process of its own, so that the memory of this one holds the table and nothing else.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            pool.submit(_make, seed, number, length, folder).result()
        articles = pd.read_parquet(f"{folder}/articles.parquet")
        stories = np.load(f"{folder}/stories.npy")
    pa.default_memory_pool().release_unused()  # what reading the file took
    reprints(articles.head(2))
    before = _peak_mb()
    cpu, wall = time.process_time(), time.monotonic()
    found = reprints(articles)
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    return {
        "ari": agreement(stories, grouped(articles, found)),
        "words": float(articles["text"].head(2_000).str.split().map(len).mean()),
        "cpu": cpu,
        "wall": wall,
        "before_mb": before,
        "peak_mb": _peak_mb(),
    }


def _make(seed: int, number: int, length: int, folder: str) -> None:
    articles, stories = Newsroom(seed, length).articles(number)
    articles.to_parquet(f"{folder}/articles.parquet", row_group_size=20_000)
    np.save(f"{folder}/stories.npy", stories)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(seed: int, number: int, length: int) -> dict[str, Any]:
    """Measure in a process of its own, whose peak of memory is this run's."""
    code = (
        "import json, sys; from benchmarks.reprints import measure; print(json.dumps(measure(*map(int, sys.argv[1:]))))"
    )
    command = [sys.executable, "-c", code, str(seed), str(number), str(length)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def main(
    articles: Annotated[list[int] | None, typer.Option(help="Sizes that growth is measured on; repeatable.")] = None,
    seed: Annotated[list[int] | None, typer.Option(help="Seeds of the sets for quality; repeatable.")] = None,
    quality: Annotated[bool, typer.Option(help="Measure quality on several sets too.")] = True,
) -> None:
    """Print quality (adjusted Rand index), speed, and how time and memory grow with short texts."""
    names = ("set", "articles", "words each", "ARI", "CPU s", "articles/CPU s", "peak MB", "of it texts MB")
    table = Table(*names, title="Reprints among made-up articles", title_justify="left")
    runs = [(f"seed {number}", number, SET, ORDINARY) for number in seed or SEEDS] if quality else []
    runs += [("short texts", 1, number, SHORT) for number in articles or (10_000, 100_000)]
    for name, number, size, length in runs:
        told = alone(number, size, length)
        row = (
            name, f"{size:,}", f"{told['words']:.0f}", f"{told['ari']:.4f}", f"{told['cpu']:.2f}",
            f"{size / told['cpu']:,.0f}", f"{told['peak_mb']:,.0f}", f"{told['before_mb']:,.0f}",
        )  # fmt: skip
        print(*row, sep="  ", file=sys.stderr, flush=True)
        table.add_row(*row)
    Console(width=120).print(table)


if __name__ == "__main__":
    typer.run(main)
