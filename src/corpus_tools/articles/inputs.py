"""Which files are meant: paths, folders and globs."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tools.errors import UnreadableInput

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE = ".corpusignore"
PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class Input:
    """A file to be read.

    Parameters
    ----------
    path : Path
        Where it is.
    name : str
        Its path as it goes into the tables: relative to the current folder, or to the folder that all inputs share.
    """

    path: Path
    name: str


def expand(paths: Sequence[PathLike]) -> list[Input]:
    """Return the files that `paths` mean, sorted and without repetition.

    Folders are searched with their subfolders; hidden files, and those that a ``.corpusignore`` names, are left out.

    Raises
    ------
    UnreadableInput
        With reason ``"not_found"`` when a path does not exist, or a pattern matches nothing.
    """
    files: dict[Path, None] = {}
    tops: list[Path] = []
    for given in paths:
        for path in _matching(os.fspath(given)):
            tops.append(path if _is_folder(path) else path.parent)
            for file in _files(path):
                files[file] = None
    names = _names(list(files), tops)
    return sorted((Input(path, names[path]) for path in files), key=lambda file: (file.name, str(file.path)))


def _matching(given: str) -> list[Path]:
    path = Path(given).expanduser()
    if os.path.lexists(path):
        return [path]
    if any(mark in given for mark in "*?["):
        found = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - absolute and relative alike
        if found:
            return [Path(match) for match in found]
        raise UnreadableInput("not_found", f"No file matches {given!r}.")
    raise UnreadableInput("not_found", f"There is no file or folder {given!r} (looked from {Path.cwd().name}/).")


def _is_folder(path: Path) -> bool:
    """Return whether a path is a folder; what may not be looked at is none, and reading it later gives the reason."""
    return os.path.isdir(path)  # noqa: PTH112 - unlike Path.is_dir, it says no where access is denied


def _files(path: Path) -> Iterator[Path]:
    if not _is_folder(path):
        yield path
        return
    seen: set[str] = set()
    yield from _walk(path, (), seen)


def _walk(folder: Path, specs: tuple[tuple[Path, GitIgnoreSpec], ...], seen: set[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in seen:  # A symbolic link that leads back to where it stands.
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield folder  # Reading it later gives the reason.
        return
    spec = _ignored(folder / IGNORE)
    if spec is not None:
        specs = (*specs, (folder, spec))
    saved = _companions(entries)
    for entry in entries:
        if entry.name.startswith(".") or entry.name in saved:
            continue
        is_folder = _is_folder(entry)
        if any(spec.match_file(entry.relative_to(base).as_posix() + "/" * is_folder) for base, spec in specs):
            continue
        if is_folder:
            yield from _walk(entry, specs, seen)
        else:
            yield entry


def _companions(entries: Sequence[Path]) -> set[str]:
    """Return the names of the folders in which browsers keep the pictures and scripts of the pages beside them."""
    stems = [entry.stem for entry in entries if entry.suffix.lower() in (".html", ".htm", ".xhtml")]
    return {
        f"{stem}{ending}" for stem in stems for ending in ("_files", ".files", "-Dateien", "_fichiers", "_archivos")
    }


def _ignored(file: Path) -> GitIgnoreSpec | None:
    if not os.path.isfile(file):  # noqa: PTH113 - unlike Path.is_file, it says no where access is denied
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(file.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, ValueError) as error:
        raise UnreadableInput("unreadable", f"{file.name} in {file.parent.name}/ cannot be read: {error}.") from error


def _names(files: Sequence[Path], tops: Sequence[Path]) -> dict[Path, str]:
    """Return for each file a path that is the same on every machine, as far as can be."""
    here = Path.cwd()
    # Links are not followed: a file goes by the name under which it was given.
    absolute = {file: Path(os.path.normpath(here / file)) for file in files}
    folders = [os.path.normpath(here / top) for top in tops]
    common = Path(os.path.commonpath(folders)) if folders else here
    names: dict[Path, str] = {}
    for file, path in absolute.items():
        if path.is_relative_to(here):
            names[file] = path.relative_to(here).as_posix()
        else:
            base = common.parent if common.name else common
            names[file] = path.relative_to(base).as_posix()
    # What follows "#" names a record, or a file in an archive.
    return {file: name.encode("utf-8", "backslashreplace").decode().replace("#", "%23") for file, name in names.items()}


def digest(path: Path) -> tuple[str, int, bytes]:
    """Return the SHA-256 of a file, its size, and its first bytes."""
    sha = hashlib.sha256()
    head = b""
    size = 0
    with path.open("rb") as opened:
        while piece := opened.read(1 << 20):
            head = head or piece[:4096]
            size += len(piece)
            sha.update(piece)
    return sha.hexdigest(), size, head
