"""Twelve reports, nothing cached: papermill and nbconvert from a shell, one by one, beside `corpus-tools report`.

Once with three plain notebooks of four plots each, for four numbers of rows; once with the four notebooks of this
project, for three. Then the same again, of which nothing has changed. Seconds pass on the clock and on the processors.

    python -m benchmarks speed reports
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"

_PARAMETERS = 'corpus_path: str = "x"  # folder of a corpus\ntop_n: int = 20  # how many rows'
_LOAD = (
    "import pandas as pd\nimport matplotlib.pyplot as plt\nimport corpus_tools as ct\n"
    "articles = ct.open(corpus_path).articles"
)
_PLOTS = (
    'counts = articles["outlet"].value_counts().head(top_n)\nfig, ax = plt.subplots(figsize=(8, 4.5))\n'
    'ax.barh(counts.index, counts)\nax.set_title("Articles by outlet")\nax;',
    'fig, ax = plt.subplots(figsize=(8, 4.5))\nax.hist(articles["text"].str.len(), bins=20)\n'
    'ax.set_title("Length")\nax;',
    'days = articles["published"].dropna().dt.to_period("W").dt.start_time.value_counts().sort_index()\n'
    'fig, ax = plt.subplots(figsize=(8, 4.5))\nax.plot(days.index, days)\nax.set_title("By week")\nax;',
    'fig, ax = plt.subplots(figsize=(8, 4.5))\nax.scatter(articles["published"], articles["text"].str.len())\n'
    'ax.set_title("Length by date")\nax;',
)


@dataclass(frozen=True)
class Job:
    """One report: its notebook, and the number of rows that it shows."""

    notebook: Path
    top_n: int


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock and on the processors."""

    clock: float
    processors: float


def plain_notebooks(folder: Path) -> list[Path]:
    """Write three notebooks that read the sample and draw four plots each."""
    paths = []
    for number in range(3):
        cells = [
            _cell("title", f"# Plain {number}\n\nWhat is there?"),
            _cell("parameters", _PARAMETERS),
            _cell("load", _LOAD),
        ]
        cells += [_cell(f"plot-{place}", source) for place, source in enumerate(_PLOTS)]
        cells.append(_cell("table", "ct.reports.show(counts)"))
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
        notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        paths.append(folder / f"plain_{number}.ipynb")
        paths[-1].write_text(json.dumps(notebook), encoding="utf-8")
    return paths


def _cell(name: str, source: str) -> dict[str, Any]:
    if name == "title":
        return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
    tags = {"tags": ["parameters"]} if name == "parameters" else {}
    code: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
    return {**code, "id": name, "metadata": tags, "source": source}


def from_a_shell(jobs: list[Job], folder: Path) -> Spent:
    """Make the reports as one would by hand, one after the other."""
    scripts = Path(sys.executable).parent
    folder.mkdir()

    def make() -> None:
        for number, job in enumerate(jobs):
            executed = folder / f"{number}.ipynb"
            corpus = [
                "-p",
                "corpus_path",
                str(SAMPLE),
                "-p",
                "top_n",
                str(job.top_n),
                "--cwd",
                str(job.notebook.parent),
            ]
            _run([scripts / "papermill", job.notebook, executed, *corpus, "-k", "python3", "--no-progress-bar"])
            _run([scripts / "jupyter", "nbconvert", "--to", "html", executed])

    return _measured(make)


def with_corpus_tools(jobs: list[Job], folder: Path) -> tuple[Spent, Spent]:
    """Make the same reports with `corpus-tools report`, and ask for them once more."""
    folder.mkdir()
    lines = [f'corpus = "{SAMPLE}"']
    for job in jobs:
        lines += ["[[report]]", f'notebook = "{job.notebook}"', f'title = "{job.notebook.stem} {job.top_n}"']
        lines.append(f"parameters = {{ top_n = {job.top_n} }}")
    (folder / "reports.toml").write_text("\n".join(lines), encoding="utf-8")
    command: list[str | Path] = [
        Path(sys.executable).parent / "corpus-tools",
        "report",
        "--plan",
        folder / "reports.toml",
    ]
    return _measured(lambda: _run(command)), _measured(lambda: _run(command))


def speed() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = [Job(path, top_n) for path in plain_notebooks(folder) for top_n in (5, 10, 15, 20)]
        own = [Job(path, top_n) for path in sorted((ROOT / "notebooks").glob("*.ipynb")) for top_n in (5, 10, 20)]
        for title, jobs in (("3 plain notebooks × 4", plain), ("4 notebooks of the project × 3", own)):
            ours, again = with_corpus_tools(jobs, folder / f"ours {title}")
            theirs = from_a_shell(jobs, folder / f"theirs {title}")
            print(f"{title} = {len(jobs)} reports              clock s  processors s")
            for label, spent in (("papermill + nbconvert", theirs), ("corpus-tools report", ours), ("… again", again)):
                print(f"  {label:<42} {spent.clock:8.1f} {spent.processors:8.1f}")
            print(f"  times as fast {theirs.clock / ours.clock:37.1f} {theirs.processors / ours.processors:8.1f}")


def _run(command: Sequence[str | Path]) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, env={**os.environ})


def _measured(work: object) -> Spent:
    assert callable(work)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(perf_counter() - started, used)
