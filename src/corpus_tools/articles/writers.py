"""Who may write a corpus, and into which folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus_tools.articles import manifest as _manifest
from corpus_tools.articles.batches import FOLDER
from corpus_tools.errors import CorpusLocked, InvalidQuery


def check_target(folder: Path) -> None:
    """Raise `InvalidQuery` when a folder holds other things than a corpus."""
    if folder.exists() and not folder.is_dir():
        raise InvalidQuery(f"{folder.name} is a file; name a folder to build into.")
    if not folder.is_dir() or (folder / _manifest.NAME).is_file():
        return
    foreign = sorted(
        entry.name
        for entry in folder.iterdir()
        if entry.name not in (_manifest.PARTS, _manifest.LOCK, FOLDER, f".{_manifest.NAME}.tmp")
    )
    if foreign:
        raise InvalidQuery(
            f"{folder.name}/ is not empty and is no corpus (it holds {foreign[0]}); name a new or an empty folder."
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only writer of a corpus; raise `CorpusLocked` when there is another."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _manifest.LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise CorpusLocked(
            f"Another process is writing to the corpus {folder.name}/; wait until it has finished and try again."
        ) from error
    try:
        yield
    finally:
        lock.release()
