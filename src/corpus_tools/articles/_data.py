"""Load the data files of this room, once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

_FOLDER = resources.files("corpus_tools.articles") / "data"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a TSV file, without comments (``#``) and blank lines."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Return the lines of a word list in lower case, without comments and blank lines."""
    return frozenset(row[0].strip().lower() for row in rows(name))


@cache
def table(name: str) -> dict[str, Any]:
    """Return a TOML file."""
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


@cache
def listed(name: str) -> dict[str, tuple[str, ...]]:
    """Return a TSV file of ``key``, ``items parted by blanks``: the items by key, rows of one key joined."""
    found: dict[str, tuple[str, ...]] = {}
    for key, items in rows(name):
        found[key] = (*found.get(key, ()), *items.split())
    return found
