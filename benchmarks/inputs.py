"""Damaged inputs by the thousand: mutated web pages, and mutated files of every form that is read.

python -m benchmarks.inputs --gold FOLDER --count 20000
python -m benchmarks quality --gold FOLDER inputs          (2,000 of them)

Each must end as articles or as rows of ``rejected`` within a bounded time. What is counted against the readers: an
exception, a ``failed`` row (an exception that was caught at the last moment), an input without any trace, and one that
took longer than may be (CPU time).
"""

from __future__ import annotations

import gzip
import signal
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks._forms import forms

#: Most seconds of CPU time for one input, besides those of guarded processes, which have limits of their own.
BOUND = 60
#: Share of the inputs that are web pages.
_PAGES = 0.7
_ENCODINGS = ("utf-16", "utf-16-be", "cp1251", "gbk", "shift_jis", "iso8859-2", "utf-32", "cp037", "utf-7")


@dataclass
class Tally:
    """What became of the inputs of one form."""

    inputs: int = 0
    articles: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: float = 0.0


def mutate(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Return bytes with one to four kinds of damage."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_DAMAGES)(data, others, chance)[:3_000_000]
    return data


def _flipped(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    changed = bytearray(data)
    for _turn in range(min(len(data), chance.choice((1, 8, 64, 512)))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.7 else data[chance.randrange(len(data) + 1) :]


def _spliced(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    other = chance.choice(others)
    start, end = sorted((chance.randrange(len(other) + 1), chance.randrange(len(other) + 1)))
    place = chance.randrange(len(data) + 1)
    return data[:place] + other[start:end] + data[place:]


def _repeated(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 10, 100, 5_000))]
    return data[:start] + piece * chance.choice((2, 50, 2_000)) + data[start:]


def _recoded(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "ignore")


def _misread(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    return data.decode(chance.choice(("cp1252", "latin-1", "cp437")), "ignore").encode("utf-8", "ignore")


def _holed(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    length = chance.choice((1, 20, 400, 4_000))
    filler = chance.choice((b"", b"\x00", b"\xff", b"<", b"\n", b'"', b"]]>", b"&#x110000;", b"\xed\xa0\x80"))
    return data[:start] + filler * (length if filler else 0) + data[start + length :]


def _shuffled(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    mark = chance.choice((b"<", b"\n", b">", b" "))
    pieces = data.split(mark)
    if len(pieces) > 20_000:
        return data
    chance.shuffle(pieces)
    return mark.join(pieces)


_DAMAGES: tuple[Callable[[bytes, Sequence[bytes], Random], bytes], ...] = (
    _flipped, _flipped, _cut, _cut, _spliced, _repeated, _recoded, _misread, _holed, _shuffled,
)  # fmt: skip


def inputs(pages: Sequence[Path], count: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield form, name and bytes of so many damaged inputs; the same seed gives the same ones."""
    chance = Random(seed)
    made = forms()
    names = sorted(made)
    for number in range(count):
        if pages and chance.random() < _PAGES:
            name, data = f"{number}.html", _load(chance.choice(pages))
            others = [_load(chance.choice(pages)), made[chance.choice(names)]]
            form = "web page"
        else:
            form = chance.choice(names)
            suffix = "." + form.split(".", 1)[1] if chance.random() < 0.9 else chance.choice((".txt", ".bin", ""))
            name, data, others = f"{number}{suffix}", made[form], list(made.values())
        yield form, name, mutate(data, others, chance)


def _load(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


class _TooLong(BaseException):
    """Raised by the clock, so that nothing that catches errors catches it."""


def _ring(*_: Any) -> None:
    raise _TooLong


def run(pages: Sequence[Path], count: int, *, seed: int = 1, keep: Path | None = None) -> dict[str, Tally]:
    """Read so many damaged inputs; `keep` is a folder for those that went wrong."""
    tallies: dict[str, Tally] = {}
    signal.signal(signal.SIGPROF, _ring)
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for form, name, data in inputs(pages, count, seed):
            tally = tallies.setdefault(form, Tally())
            path = Path(scratch) / name
            path.write_bytes(data)
            started = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, BOUND)
            try:
                wrong = _read(path, tally)
            except _TooLong:
                wrong = f"more than {BOUND} s"
            except Exception as error:
                wrong = f"{type(error).__name__}: {error}"
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            taken = time.process_time() - started
            tally.inputs += 1
            tally.seconds += taken
            tally.slowest = max(tally.slowest, taken)
            if wrong:
                tally.wrong.append(f"{name}: {wrong[:200]}")
            if keep is not None and (wrong or taken > BOUND / 10):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / name).write_bytes(data)
            path.unlink()
    return tallies


def _read(path: Path, tally: Tally) -> str:
    """Read an input as `corpus_tools.read` and `build` do, up to the bytes on disk; return what is wrong about it."""
    from corpus_tools.articles.inputs import Input
    from corpus_tools.articles.manifest import parquet_bytes, row_digest
    from corpus_tools.articles.reading import FileReading, read_rows, table
    from corpus_tools.articles.rules import Rules

    rows: list[dict[str, Any]] = []
    told = FileReading()
    for item in read_rows(Input(path, path.name), rules=Rules(), ids=set()):
        if isinstance(item, FileReading):
            told = item
        else:
            rows.append(item)
    if rows:
        frame = table(rows)
        parquet_bytes(frame)
        row_digest(frame)
    tally.articles += len(rows)
    tally.rejected.update([row["reason"] for row in told.rejected] + ["duplicate"] * len(told.copies))
    failed = [row["detail"] for row in told.rejected if row["reason"] == "failed"]
    return "no trace" if not rows and not told.rejected else next(iter(failed), "")


def show(tallies: dict[str, Tally]) -> None:
    """Print the table, and what went wrong."""
    table = Table(title="Damaged inputs", title_justify="left")
    for name in ("form", "inputs", "articles", "rejected", "exceptions or hangs", "slowest CPU s", "mean CPU ms"):
        table.add_column(name, justify="left" if name == "form" else "right")
    total = Tally()
    for form, tally in sorted(tallies.items()):
        table.add_row(form, *_cells(tally))
        total.inputs += tally.inputs
        total.articles += tally.articles
        total.rejected += tally.rejected
        total.wrong += tally.wrong
        total.seconds += tally.seconds
        total.slowest = max(total.slowest, tally.slowest)
    table.add_row("all", *_cells(total), style="bold")
    console = Console(width=120)
    console.print(table)
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in total.rejected.most_common())
    console.print(f"Rejected: {reasons or 'none'}", markup=False, highlight=False)
    for line in total.wrong[:50]:
        console.print(line, markup=False, highlight=False)


def _cells(tally: Tally) -> list[str]:
    return [
        f"{tally.inputs:,}", f"{tally.articles:,}", f"{tally.rejected.total():,}", f"{len(tally.wrong):,}",
        f"{tally.slowest:.1f}", f"{1000 * tally.seconds / max(1, tally.inputs):.1f}",
    ]  # fmt: skip


def _found(gold: Path) -> list[Path]:
    return sorted((gold / "pages").rglob("*.html.gz")) or sorted((gold / "pages").rglob("*.gz"))


def quality(gold: Path) -> None:
    """Read 2,000 damaged inputs and print the table."""
    show(run(_found(gold), 2_000))


def main(
    gold: Annotated[Path | None, typer.Option(help="Folder of gold data, for real pages.")] = None,
    count: Annotated[int, typer.Option(help="How many inputs.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Other seeds give other damage.")] = 1,
    keep: Annotated[Path | None, typer.Option(help="Folder for the inputs that went wrong.")] = None,
) -> None:
    """Read damaged inputs and print what became of them."""
    tallies = run(_found(gold) if gold else [], count, seed=seed, keep=keep)
    show(tallies)
    if any(tally.wrong for tally in tallies.values()):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
