"""JSON files: one article, a list of articles, or an answer of a service that holds such a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from corpus_tools.articles.readers import LARGEST_RECORD, Broken, Columns, Item, Source, columns
from corpus_tools.articles.readers.delimited import text_of
from corpus_tools.articles.readers.jsonlines import record
from corpus_tools.errors import UnreadableInput

_PIECE = 1 << 20
_BLANK = " \t\r\n,\ufeff\x00"
_GAP = re.compile(f"[{_BLANK}]+")
#: Levels below an answer on which its list of articles may lie: ``{"response": {"docs": [...]}}``.
_DEEPEST = 3


def records(source: Source) -> Iterator[Item]:
    """Yield the objects of a file, one after the other; a list is read by and by.

    Raises
    ------
    UnreadableInput
        With reason ``"unreadable"`` when the file is no JSON from its first character on.
    """
    opened, notes = text_of(source)
    seen: dict[str, str | None] = {}
    with opened:
        for number, value in enumerate(_articles(_values(opened)), 1):
            if isinstance(value, Broken):
                yield Broken(value.reason, value.detail, number)
                continue
            if not isinstance(value, Mapping):
                yield Broken("broken_row", "This is no JSON object ({...}); an article is an object.", number)
                continue
            flat = columns.flat(value)
            seen |= {name: field for name, field in columns.mapping(flat).items() if name not in seen}
            yield record(value, flat, number, notes)
    if seen:
        yield Columns(seen)


def _articles(values: Iterator[Any]) -> Iterator[Any]:
    """Yield the values, and of one that holds a list of articles instead of a text, what is in the list."""
    for value in values:
        held = _held(value) if isinstance(value, Mapping) else None
        if held is None:
            yield value
        else:
            yield from held


def _held(answer: Mapping[str, Any], depth: int = 0) -> list[Any] | None:
    """Return the longest list of objects in an answer that has no text of its own; None when it is an article."""
    if "text" in columns.mapping(columns.flat(answer)).values() and not _lists_objects(answer.get("articles")):
        return None
    lists = [value for value in answer.values() if _lists_objects(value)]
    if not lists and depth < _DEEPEST:
        inner = (_held(value, depth + 1) for value in answer.values() if isinstance(value, Mapping))
        lists = [value for value in inner if value is not None]
    found = max(lists, key=len, default=None)
    return None if found is None else [_source(one) for one in found]


def _lists_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _source(hit: Mapping[str, Any]) -> Any:
    """Return the article in a hit of Elasticsearch; anything else as it is."""
    return hit["_source"] if isinstance(hit.get("_source"), Mapping) else hit


def _values(opened: IO[str]) -> Iterator[Any]:
    """Yield the values that stand in a file one after the other, or in the list that it is."""
    decoder = json.JSONDecoder(strict=False)
    text = opened.read(_PIECE).lstrip(_BLANK)
    listed = text.startswith("[")
    place, found = int(listed), 0
    while True:
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        if listed and text.startswith("]", place):
            return
        problem, value, end = "", None, 0
        try:
            value, end = decoder.raw_decode(text, place) if place < len(text) else (None, 0)
        except (ValueError, RecursionError) as error:
            problem = str(error)[:200]
        if not place < end < len(text):
            # It may go on: a number is whole only when something follows, an object only when it ends.
            more = opened.read(max(_PIECE, len(text) - place))
            text, place = text[place:] + more, 0
            if len(text) > 2 * LARGEST_RECORD:
                detail = f"An object has more than {LARGEST_RECORD:,} characters; from here on, nothing is read."
                yield Broken("too_large", detail)
                return
            if more:
                continue
            end = end and len(text)
        if problem or not text[place:]:
            yield from _ended(problem, listed, found)
            return
        found += 1
        yield value
        place = end


def _ended(problem: str, listed: bool, found: int) -> Iterator[Broken]:
    """Say what is wrong about the end of a file; nothing where it is whole."""
    if problem and not found:
        raise UnreadableInput("unreadable", f"It is no JSON: {problem}.")
    if problem:
        yield Broken("damaged", f"From here on, it is no JSON: {problem}. What comes before is read.")
    elif listed:
        yield Broken("damaged", "The list ends without a bracket; what comes before is read.")
