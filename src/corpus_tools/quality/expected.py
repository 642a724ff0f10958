"""What a careful reader wrote down about articles, found again in the articles' text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from corpus_tools.errors import InvalidRules
from corpus_tools.schema import require

#: A stretch of text: first character, and the character after the last.
Span = tuple[int, int]


@dataclass(frozen=True)
class ExpectedAttribution:
    """One attribution as the reader saw it; spans are offsets into the article's text, empty when not found there."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    kind: str
    anonymity: str


@dataclass(frozen=True)
class ExpectedEvent:
    """One event as the reader saw it; `event` is the same in every article that reports it."""

    sentence: Span | None
    kind: str
    status: str
    date: str | None
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    event: str | None


@dataclass(frozen=True)
class ExpectedArticle:
    """The reader's notes on one article that is in the corpus."""

    article_id: str
    source: str
    metadata: dict[str, Any]
    attributions: tuple[ExpectedAttribution, ...]
    events: tuple[ExpectedEvent, ...]
    reprint_of: str | None


@dataclass(frozen=True)
class Expected:
    """The reader's notes on a corpus.

    Parameters
    ----------
    articles : tuple of ExpectedArticle
        Notes on the articles that the corpus has.
    absent : tuple of str
        Sources that the notes name and the corpus lacks.
    """

    articles: tuple[ExpectedArticle, ...] = ()
    absent: tuple[str, ...] = ()
    by_source: dict[str, str] = field(default_factory=dict)


def load(folder: str | Path, articles: pd.DataFrame) -> Expected:
    """Read the notes in `folder` and find them again in `articles`.

    Parameters
    ----------
    folder : path
        Folder of JSON files, one for each article (subfolders are read too).
    articles : DataFrame
        The corpus (`corpus_tools.schema.ARTICLES`); an article is recognised by the end of its ``source_path`` and,
        in a file of several, its ``source_record``.

    Returns
    -------
    Expected
        In the order of the files' names.

    Raises
    ------
    InvalidRules
        When a file is not of this form; the message names it.
    """
    require(articles, "article_id", "text", "source_path", "source_record")
    places = _places(articles)
    found: list[ExpectedArticle] = []
    absent: list[str] = []
    for path in sorted(Path(folder).rglob("*.json")):
        try:
            note = json.loads(path.read_text(encoding="utf-8"))
            place = places.get(_last_two(note["source"]))
            if place is None:
                absent.append(note["source"])
            else:
                found.append(_article(note, *place))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidRules(
                f"{path.name} is not a reader's note ({error!r}); data/README.md gives the form."
            ) from error
    return Expected(tuple(found), tuple(absent), {article.source: article.article_id for article in found})


def _places(articles: pd.DataFrame) -> dict[str, tuple[str, str]]:
    places = {}
    rows = zip(articles.article_id, articles.text, articles.source_path, articles.source_record, strict=True)
    for article_id, text, path, record in rows:
        name = str(path).replace("\\", "/")
        places[_last_two(name if pd.isna(record) else f"{name}#{record}")] = (str(article_id), str(text))
    return places


def _last_two(source: str) -> str:
    return "/".join(source.split("/")[-2:])


def _article(note: dict[str, Any], article_id: str, text: str) -> ExpectedArticle:
    return ExpectedArticle(
        article_id=article_id,
        source=note["source"],
        metadata=dict(note["metadata"]),
        attributions=tuple(_attribution(one, text) for one in note.get("attributions", [])),
        events=tuple(_event(one, text) for one in note.get("events", [])),
        reprint_of=note.get("reprint_of"),
    )


def _attribution(note: dict[str, Any], text: str) -> ExpectedAttribution:
    pieces = [note["content"]] if isinstance(note["content"], str) else note["content"]
    content = _in_order(pieces, text)
    cue = _nearest(note.get("cue"), text, near=content, avoid=content)
    source = _nearest(note.get("source"), text, near=cue or content, avoid=content + cue)
    return ExpectedAttribution(source, cue, content, note.get("speaker"), note["kind"], note.get("anonymity", "none"))


def _event(note: dict[str, Any], text: str) -> ExpectedEvent:
    spans = _in_order([note["sentence"]], text)
    return ExpectedEvent(
        sentence=spans[0] if spans else None,
        kind=note["kind"],
        status=note.get("status", "happened"),
        date=note.get("date"),
        killed=_range(note.get("killed")),
        injured=_range(note.get("injured")),
        event=note.get("event"),
    )


def _range(bounds: list[int | None] | None) -> tuple[int, int | None] | None:
    return None if bounds is None or bounds[0] is None else (bounds[0], bounds[1])


def _in_order(pieces: Iterable[str], text: str) -> tuple[Span, ...]:
    """Find each piece behind the one before it, or else its first place in the text."""
    spans: list[Span] = []
    for piece in pieces:
        places = _all_places(piece, text)
        if places:
            behind = [place for place in places if not spans or place[0] >= spans[-1][1]]
            spans.append((behind or places)[0])
    return tuple(spans)


def _nearest(piece: str | None, text: str, *, near: tuple[Span, ...], avoid: tuple[Span, ...]) -> tuple[Span, ...]:
    """Find the place of a short piece closest to the spans `near`, outside of `avoid` where there is one."""
    places = _all_places(piece, text) if piece else []
    if not places:
        return ()
    free = [place for place in places if not any(_overlap(place, other) for other in avoid)]

    def distance(place: Span) -> int:
        return min((max(other[0] - place[1], place[0] - other[1], 0) for other in near), default=0)

    return (min(free or places, key=distance),)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _all_places(piece: str, text: str) -> list[Span]:
    pattern = r"\s+".join(re.escape(word) for word in piece.split())
    left = r"(?<!\w)" if piece[:1].isalnum() else ""
    right = r"(?!\w)" if piece[-1:].isalnum() else ""
    return [match.span() for match in re.finditer(left + pattern + right, text)] if pattern else []
