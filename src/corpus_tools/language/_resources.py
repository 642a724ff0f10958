"""Data files of this room, read once, when first asked for."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib.resources import files
from typing import Any


def read_text(name: str) -> str:
    """Return the content of a data file."""
    return files("corpus_tools.language").joinpath("data", name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """Return the bytes of a data file."""
    return files("corpus_tools.language").joinpath("data", name).read_bytes()


def lines(name: str) -> list[str]:
    """Lines of a data file without blank lines and without comments (lines that start with ``#``)."""
    return [line for line in read_text(name).splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """Set of a data file's words, however they stand on its lines."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a tab-separated data file."""
    return tuple(tuple(line.split("\t")) for line in lines(name))


@cache
def pairs(name: str) -> dict[str, str]:
    """Map the first column of a tab-separated data file to its second."""
    return dict(line.split("\t", 1) for line in lines(name))


def arrays(name: str) -> dict[str, Any]:
    """Arrays of a model's file."""
    import numpy as np

    with zipfile.ZipFile(io.BytesIO(read_bytes(name))) as archive:
        return {
            item.filename.removesuffix(".npy"): np.load(io.BytesIO(archive.read(item)), allow_pickle=False)
            for item in archive.infolist()
        }


@cache
def mark_class() -> str:
    """Content of a regular expression's character class: all combining marks and joiners (see ``marks.txt``)."""
    pairs = (line.split("-") for line in lines("marks.txt"))
    return "".join(chr(int(low, 16)) + ("" if low == high else "-" + chr(int(high, 16))) for low, high in pairs)
