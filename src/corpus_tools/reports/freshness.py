"""Whether a report is still what would be made: digests of all that it depends on, by content and not by date."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from corpus_tools.reports.plan import Report

#: What a report depends on, and how it is said when it changed.
REASONS = {
    "notebook": "the notebook changed",
    "parameters": "title or parameters changed",
    "corpus": "the corpus changed",
    "package": "corpus-tools changed",
    "environment": "Python or an installed package changed",
    "page": "the page is not the one that was made",
}


#: A folder of the package with the sample and the notebooks of a study, which no report depends on.
_LINKS = "study"


def inputs(report: Report) -> dict[str, str]:
    """Return a digest of each thing that a report depends on.

    Parameters
    ----------
    report : Report
        What is planned.

    Returns
    -------
    dict of str to str
        ``notebook``, ``parameters``, ``corpus`` (the content of its files), ``package`` (the source and data of
        corpus-tools) and ``environment`` (Python and the installed packages).
    """
    said = json.dumps([report.name, report.title, report.values], sort_keys=True, ensure_ascii=False)
    return {
        "notebook": digest(report.notebook.read_bytes()),
        "parameters": digest(said.encode()),
        "corpus": _of_corpus(report.corpus),
        "package": of_package(),
        "environment": _environment(),
    }


def forget() -> None:
    """Look at all files anew from here on; within one run, a corpus is looked at once for all its reports."""
    of_files.cache_clear()
    _environment.cache_clear()


def stale(now: dict[str, str], then: Any, page: Path) -> list[str]:
    """Return why a report has to be made again; nothing when it is still what would be made.

    Parameters
    ----------
    now : dict of str to str
        What `inputs` gives.
    then : dict of str to str or None
        What it gave when the report was made, with the digest of the page.
    page : Path
        The page as it stands.

    Returns
    -------
    list of str
        In words.

    Examples
    --------
    >>> stale({"notebook": "1"}, None, Path("nowhere.html"))
    ['it has not been made']
    >>> stale({"notebook": "2"}, {"notebook": "1", "page": "x"}, Path("nowhere.html"))
    ['the notebook changed', 'the page is not the one that was made']
    """
    if not isinstance(then, dict):
        return ["it has not been made"]
    same = {**now, "page": of_page(page)}
    return [reason for name, reason in REASONS.items() if name in same and same[name] != then.get(name)]


def of_page(page: Path) -> str:
    """Return the digest of a page as it stands; empty when it is not there."""
    return digest(page.read_bytes()) if page.is_file() else ""


def of_package() -> str:
    """Return a digest of the source and data of corpus-tools; kept until `forget`."""
    return of_files(Path(__file__).resolve().parents[1], aside=_LINKS)


def digest(content: bytes) -> str:
    """Return a short digest of some content."""
    return hashlib.sha256(content).hexdigest()[:32]


def _of_corpus(path: Path) -> str:
    """Return a digest of a corpus: of raw files, all of them; of one on disk, what its manifest names.

    What is kept beside a corpus (tables of analyses, the index of its words) follows from it.
    """
    manifest, parts = path / "manifest.json", path / "parts"
    if manifest.is_file() and parts.is_dir():
        return digest(f"{of_files(manifest)} {of_files(parts)}".encode())
    return of_files(path)


@cache
def of_files(path: Path, *, aside: str = "") -> str:
    """Return a digest of a file, or of all files in a folder with their names; kept until `forget`.

    Parameters
    ----------
    path : Path
        A file or a folder.
    aside : str
        Name of a folder in it that does not count.

    Returns
    -------
    str
        Of the content, not of dates.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("rain")
    ...     of_files(Path(folder))
    'bf5602d5b7ee66c413fce607762c5a35'
    """
    total = hashlib.sha256()
    for name in sorted(_names(path, {"__pycache__", aside})):
        with (path / name).open("rb") as content:
            total.update(f"{name}\0".encode("utf-8", "surrogateescape"))
            total.update(hashlib.file_digest(content, "sha256").digest())
    return total.hexdigest()[:32]


def _names(path: Path, aside: set[str]) -> Iterator[str]:
    """Yield the names of the files in a folder, relative to it and with ``/``; for a file, the folder is itself."""
    if path.is_file():
        yield "."
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if name not in aside]
        within = Path(folder).relative_to(path).as_posix()
        for name in files:
            if not name.endswith(".lock") and os.path.isfile(f"{folder}/{name}"):  # noqa: PTH113 - twice as fast
                yield name if within == "." else f"{within}/{name}"


@cache
def _environment() -> str:
    folders = [Path(folder) for folder in sys.path if folder]
    packages = sorted({item.name for folder in folders if folder.is_dir() for item in folder.glob("*.dist-info")})
    return digest("\n".join([sys.version, *packages]).encode())
