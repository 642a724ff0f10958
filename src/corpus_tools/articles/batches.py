"""Files read a batch at a time, wherever the batch is sent; what they gave is kept until the corpus is written.

A batch depends on the files alone, not on how many processes read: so the corpus is the same to the byte. What a batch
gave goes into a folder of the corpus; a build that was stopped finds it there, and reads only what is missing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from corpus_tools.articles import manifest as _manifest
from corpus_tools.articles.inputs import Input
from corpus_tools.articles.reading import FileReading, read_rows, rejection, table
from corpus_tools.articles.rules import Rules
from corpus_tools.errors import CorpusToolsError, DamagedCorpus

#: Called with how many batches are done, and how many there are.
Advance = Callable[[int, int], None]
#: Calls a function on each item, wherever it likes, and tells how many are done; returns the results and the errors by
#: the place of their item.
Over = Callable[[Callable[[Any], Any], Sequence[Any], Advance], tuple[dict[int, Any], dict[int, BaseException]]]

#: Folder, in a corpus, of what was read and is not in the corpus yet.
FOLDER = ".reading"
#: Articles that are held in memory while a file is read.
ROWS = 2_000
#: Where a batch ends: after so many files or bytes, or after a file whose digest says so (one in `_MEAN`), so that
#: files that come in between do not move all batches behind them.
_MOST_FILES, _MOST_BYTES, _MEAN = 64, 4_000_000, 16


@dataclass(frozen=True)
class Batch:
    """Files to be read by one process.

    Parameters
    ----------
    files : tuple of Input
        The files, in order.
    shas : tuple of str
        Their SHA-256.
    rules : Rules
        Rules for outlets.
    folder : str
        Where to keep what they give.
    """

    files: tuple[Input, ...]
    shas: tuple[str, ...]
    rules: Rules
    folder: str

    @property
    def key(self) -> str:
        """Name of what the batch gives: the same for the same files, names and rules."""
        named = [(file.name, sha) for file, sha in zip(self.files, self.shas, strict=True)]
        told = repr((version("corpus-tools"), _manifest.VERSION, named, self.rules))
        return hashlib.sha256(told.encode()).hexdigest()[:24]

    @property
    def place(self) -> Path:
        """File that says what the batch gave; it is written last."""
        return Path(self.folder) / f"{self.key}.json"


@dataclass
class Given:
    """What a batch gave: names of files of rows, and what else there is to say about each file."""

    rows: list[str] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)


def in_batches(files: Sequence[tuple[Input, str]], rules: Rules, folder: Path) -> list[Batch]:
    """Return the files in batches, in order."""
    batches: list[Batch] = []
    held: list[tuple[Input, str]] = []
    size = 0
    for file, sha in files:
        held.append((file, sha))
        size += _size(file.path)
        if len(held) >= _MOST_FILES or size >= _MOST_BYTES or (sha and int(sha[:8], 16) % _MEAN == 0):
            batches.append(_batch(held, rules, folder))
            held, size = [], 0
    if held:
        batches.append(_batch(held, rules, folder))
    return batches


def _batch(held: Sequence[tuple[Input, str]], rules: Rules, folder: Path) -> Batch:
    return Batch(tuple(file for file, _ in held), tuple(sha for _, sha in held), rules, str(folder))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def one_after_another(
    function: Callable[[Any], Any], items: Sequence[Any], advance: Advance
) -> tuple[dict[int, Any], dict[int, BaseException]]:
    """Call a function on each item in this process."""
    results = {}
    for place, item in enumerate(items):
        results[place] = function(item)
        advance(place + 1, len(items))
    return results, {}


def read_batch(batch: Batch) -> bool:
    """Read the files of a batch and keep what they give; return whether it had to be read."""
    if given(batch) is not None:
        return False
    found, held, ids = Given(), list[dict[str, Any]](), set[str]()
    for file in batch.files:
        for item in read_rows(file, rules=batch.rules, ids=ids):
            if isinstance(item, FileReading):
                found.told.append(asdict(item) | {"rows": []})
                continue
            held.append(item)
            if len(held) >= ROWS:
                found.rows.append(_keep(batch, held))
                held = []
    if held:
        found.rows.append(_keep(batch, held))
    _write(batch.place, json.dumps(asdict(found)).encode())
    return True


def failed(batch: Batch, error: BaseException) -> None:
    """Keep, for a batch of one file, that the process that read it was ended or stopped."""
    (file,), (sha,) = batch.files, batch.shas
    died = not isinstance(error, Exception) or type(error).__name__ in ("TerminatedWorkerError", "KilledWorker")
    detail = (
        "The process that read it was ended by the system, twice; it may have needed more memory than there is."
        if died or isinstance(error, MemoryError)
        else f"The process that read it stopped, twice ({type(error).__name__}: {str(error)[:200]}); please report it."
    )
    reason = "too_costly" if died or isinstance(error, MemoryError) else "failed"
    told = FileReading(sha, _size(file.path), rejected=[rejection(file.name, reason, detail)])
    _write(batch.place, json.dumps(asdict(Given(told=[asdict(told)]))).encode())


def given(batch: Batch) -> Given | None:
    """Return what a batch gave; None when it was not read yet, or what it gave is not whole."""
    try:
        found = Given(**json.loads(batch.place.read_text(encoding="utf-8")))
        for name in found.rows:
            _manifest.read_part(Path(batch.folder), name)
    except (OSError, ValueError, TypeError, DamagedCorpus):
        return None
    return found


def rows_of(batch: Batch, found: Given) -> Iterator[pd.DataFrame]:
    """Yield the rows that a batch gave."""
    for name in found.rows:
        yield table(_manifest.frame_of(_manifest.read_part(Path(batch.folder), name)))


def told_of(found: Given) -> list[FileReading]:
    """Return what is said about each file of a batch."""
    return [FileReading(**{**told, "copies": [(id_, place) for id_, place in told["copies"]]}) for told in found.told]


def _keep(batch: Batch, rows: list[dict[str, Any]]) -> str:
    data = _manifest.parquet_bytes(table(rows))
    name = _manifest.content_name("rows", data)
    _write(Path(batch.folder) / name, data)
    return name


def _write(target: Path, data: bytes) -> None:
    """Write a file whole or not at all; what a power cut spoils is read again."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, target)  # noqa: PTH105 - the same
    except OSError as error:
        temporary.unlink(missing_ok=True)
        why = error.strerror or type(error).__name__
        raise CorpusToolsError(
            f"What was read cannot be kept in {target.parent.parent.name}/ ({why}); make room, or build into another "
            "folder, and run it again: it goes on where it stopped."
        ) from error
