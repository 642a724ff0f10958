"""Where files are: on this machine, or on an object store that fsspec knows (``s3://``, ``gs://``, ``hdfs://`` ...)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeAlias

from corpus_tools.errors import MissingExtra, UnreadableInput

#: A path of this machine, or something with the same methods.
Place: TypeAlias = Any


def place(path: str | os.PathLike[str] | Place) -> Place:
    """Return a path as something to read from and write to.

    Parameters
    ----------
    path : str or path-like
        A path of this machine, or an address with a scheme (``s3://bucket/corpus``).

    Returns
    -------
    Path or UPath
        Both have `pathlib`'s methods.

    Raises
    ------
    MissingExtra
        When the library for object stores is not installed.
    UnreadableInput
        When nothing is known for the scheme of the address, or the store's own library (``s3fs``) is not installed.

    Examples
    --------
    >>> place("data/sample").name
    'sample'
    """
    if not is_remote(path):
        return Path(path).expanduser()
    try:
        from upath import UPath
    except ImportError as error:
        raise MissingExtra("remote", f"reading {path}") from error
    try:
        found = UPath(path)
        assert found.fs is not None  # finds the store's own library
        return found
    except (ValueError, ImportError) as error:
        raise UnreadableInput("unsupported", f"{path} cannot be opened: {error}") from error


def is_remote(path: object) -> bool:
    """Return whether this is the address of an object store rather than a path of this machine."""
    if isinstance(path, Path):
        return False
    scheme, found, _ = str(path).partition("://")
    return bool(found) and scheme.isalnum()


def is_folder(path: Place) -> bool:
    """Return whether a folder is there.

    Raises
    ------
    UnreadableInput
        When the store cannot be asked.
    """
    if isinstance(path, Path):
        return path.is_dir()
    try:
        return bool(path.is_dir())
    except Exception as error:  # each store's library has errors of its own
        raise UnreadableInput(
            "unreadable",
            f"{path} cannot be reached ({type(error).__name__}: {error}); check the address, and the credentials where "
            "the store's library looks for them (environment, configuration).",
        ) from error


def write(target: Place, data: bytes) -> None:
    """Write a file whole or not at all, and have it stored when this returns."""
    if not isinstance(target, Path):
        target.write_bytes(data)
        return
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
