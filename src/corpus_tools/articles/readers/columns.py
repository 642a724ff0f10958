"""Columns by name: which field each one fills."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from corpus_tools.articles import _data

#: Fields whose columns are joined instead of the first one counting.
JOINED = ("regions", "themes")


@cache
def _known() -> dict[str, tuple[int, str]]:
    return {_plain(name): (rank, field) for rank, (field, name) in enumerate(_data.rows("columns.tsv"))}


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def mapping(names: Iterable[str]) -> dict[str, str | None]:
    """Return, for each column, the field that it fills; None when it is not used.

    Examples
    --------
    >>> mapping(["Rank", "Headline", "pubDate", "Body Text"])
    {'Rank': None, 'Headline': 'title', 'pubDate': 'published', 'Body Text': 'text'}
    """
    found: dict[str, str | None] = {}
    for name in names:
        known = _known().get(_plain(name))
        found[name] = known[1] if known else None
    return found


def fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of `row` by field: the best known column with a value, lists joined.

    Examples
    --------
    >>> fields({"content": "", "body": "Rain.", "section": "News", "tags": ["Weather"]})
    {'text': 'Rain.', 'themes': ['Weather', 'News']}
    """
    ranked: list[tuple[int, str, Any]] = []
    for name, value in row.items():
        known = _known().get(_plain(str(name)))
        if known and not missing(value):
            ranked.append((known[0], known[1], value))
    found: dict[str, Any] = {}
    for _, field, value in sorted(ranked, key=lambda item: item[0]):
        if field in JOINED:
            found.setdefault(field, []).extend(value if isinstance(value, list) else _split(value))
        else:
            found.setdefault(field, value)
    return found


def _split(value: Any) -> list[Any]:
    from corpus_tools.articles.pages import items_of

    return list(items_of(value))


def missing(value: Any) -> bool:
    """Return whether a cell says nothing."""
    if value is None or (isinstance(value, float) and value != value):
        return True
    if isinstance(value, str):
        return value.strip().lower() in ("", "nan", "null", "none", "n/a", "nat")
    return isinstance(value, (list, dict)) and not value


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with one level of nested mappings as ``outer.inner``.

    Examples
    --------
    >>> flat({"source": {"name": "The Harl Post"}})
    {'source.name': 'The Harl Post'}
    """
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            found |= {f"{name}.{inner}": item for inner, item in value.items()}
        else:
            found[str(name)] = value
    return found


def canonical(row: Mapping[str, Any]) -> str:
    """Return the form of a row that its id is made from: JSON with sorted names, Unicode NFC."""
    from corpus_tools.articles.cleaning import canonical as plain

    kept = {plain(str(name)): _value(value) for name, value in row.items() if not missing(value)}
    return plain(json.dumps(kept, sort_keys=True, ensure_ascii=False, default=_text, separators=(",", ":")))


def _value(value: Any) -> Any:
    from corpus_tools.articles.cleaning import canonical as plain

    return plain(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
