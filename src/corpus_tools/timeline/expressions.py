"""Time expressions: where they stand, what they say, and when that was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools._collector import seldom
from corpus_tools.timeline import _clause, _constants, _ranges
from corpus_tools.timeline._certainty import confidence
from corpus_tools.timeline._compose import Atom, compose
from corpus_tools.timeline._dateline import filed
from corpus_tools.timeline._meaning import Clock, Meaning, Point, Shift, Widening
from corpus_tools.timeline._reference import Context, Resolved, advance
from corpus_tools.timeline._resolve import resolve
from corpus_tools.timeline._story import Mention, Story
from corpus_tools.timeline._tokens import Tokens, tokenize
from corpus_tools.timeline._values import bounds, granularity, make_date
from corpus_tools.timeline.grammar import grammar

#: Kinds of text: as given by the caller, or to be decided.
_LINKS = frozenset(("and", "or", "to", "through", "until", "till", "-", "–", ","))
_RANGES = _LINKS - {"and", "or", ","}
#: Marks of which one stands at most a word before what opens a sentence.
_ENDS = frozenset((".", "?", "!"))
STYLES = ("auto", "news", "narrative")


@dataclass(frozen=True)
class Expression:
    """One time expression of a text."""

    start: int
    end: int
    text: str
    type: str
    value: str | None
    anchor: str | None
    confidence: float


def find_expressions(text: str, published: datetime | None = None, *, style: str = "auto") -> list[Expression]:
    """Return the time expressions of one text, in order.

    Parameters
    ----------
    text : str
        The text.
    published : datetime, optional
        When it was published; without it, what depends on it stays underspecified (``XXXX-10``).
    style : {"auto", "news", "narrative"}
        Whether bare dates are told from the day of publication or from the time that the story has reached; by default
        decided from the text.

    Examples
    --------
    >>> [(e.text, e.value) for e in find_expressions("It opened two days ago.", datetime(2016, 8, 2))]
    [('two days ago', '2016-07-31')]
    """
    tokens, atoms = read(text)
    day = filed(atoms, tokens, published)
    context = Context(day or published, source="dateline" if day else "published")
    context.narrative = _is_narrative(atoms, context.document) if style == "auto" else style == "narrative"
    context.day_first = _day_first(atoms, tokens)
    if context.narrative:
        context.story = Story(text, written_out(atoms, tokens))
    return list(resolve_all(atoms, tokens, context))


def _day_first(atoms: list[Atom], tokens: Tokens) -> bool | None:
    """Whether the text puts the day first in dates such as *25/12/2015*; None where it does both, or neither."""
    if not any(isinstance(atom.meaning, Point) and atom.meaning.unit == "SLASH" for atom in atoms):
        return None
    found = (_SLASHED.fullmatch(word) for word in tokens.words)
    pairs = [(int(match[1]), int(match[2])) for match in found if match]
    ways = {first > 12 for first, second in pairs if (first > 12) != (second > 12)}
    return ways.pop() if len(ways) == 1 else None


_SLASHED = re.compile(r"(\d\d?)/(\d\d?)/\d{2,4}")


def read(text: str) -> tuple[Tokens, list[Atom]]:
    """Return the tokens of a text and what its time expressions say, before it is known when that was.

    Examples
    --------
    >>> tokens, atoms = read("It opened in May.")
    >>> [(tokens.span(atom.first, atom.last), atom.meaning.month) for atom in atoms]
    [('May', 5)]
    """
    tokens = tokenize(text, grammar().words)
    return tokens, _ranges.share(compose(_ranges.split(_select(tokens), tokens), tokens), tokens)


def written_out(atoms: list[Atom], tokens: Tokens) -> list[Mention]:
    """Return the dates of which the year is written out."""
    return [
        Mention(atom.meaning.year, atom.meaning.month, tokens.starts[atom.first])
        for atom in atoms
        if isinstance(atom.meaning, Point) and atom.meaning.year is not None
    ]


def _select(tokens: Tokens) -> list[Atom]:
    """Return the longest meanings that do not overlap, in order."""
    candidates = [(found.last - found.first, found.first, found) for found in grammar().find(tokens)]
    taken = bytearray(len(tokens.words))
    chosen: list[Atom] = []
    options: list[tuple[int, int, int, Any]] = [
        (-(last - first), first, -1, meaning) for first, last, meaning in _constants.find(tokens)
    ]
    options += [(-length, first, order, found) for order, (length, first, found) in enumerate(candidates)]
    options.sort(key=lambda option: option[:3])
    for length, first, _, found in options:
        last = first - length
        if any(taken[first:last]):
            continue
        meaning = found.build(found) if hasattr(found, "build") else found
        if meaning is None:
            continue
        taken[first:last] = b"\x01" * (last - first)
        chosen.append(Atom(first, last, meaning))
    chosen.sort(key=lambda atom: atom.first)
    return chosen


def resolve_all(atoms: list[Atom], tokens: Tokens, context: Context) -> Iterator[Expression]:
    """Yield the expressions, each resolved in the light of those before it."""
    before, value, weekday = -1, "", False
    for atom in atoms:
        gap = tokens.words[before : atom.first] if before >= 0 else []
        context.beside = value if gap == [","] else ""
        context.linked = _day(value) if weekday and len(gap) == 1 and gap[0] in _LINKS else None
        context.range = len(gap) == 1 and gap[0] in _RANGES
        context.begun = _month(value) if context.range and not weekday else None
        context.position = tokens.starts[atom.first]
        context.opens = bool(_ENDS & set(tokens.words[max(0, atom.first - 2) : atom.first]))
        context.look = _clause.direction(tokens, atom.first, atom.last) if _needs_tense(atom.meaning) else 0
        resolved = resolve(atom.meaning, context)
        if resolved is None:
            continue
        if context.narrative or not _compared_with(tokens, atom.first):
            advance(context, atom.meaning, resolved)
        before, value = atom.last, resolved.value or ""
        weekday = isinstance(atom.meaning, Point) and atom.meaning.weekday is not None
        yield _expression(atom, tokens, resolved, confidence(atom.meaning, resolved, narrative=context.narrative))


def _compared_with(tokens: Tokens, first: int) -> bool:
    """Whether a report only looks back to a time, and goes on with its own: *the worst since 1933*."""
    return tokens.words[first - 1 : first] == ["since"] and first > 0


def _month(value: str) -> tuple[int, int] | None:
    """Return year and month of a TIMEX3 value."""
    year, month = value[:4], value[5:7]
    return (int(year), int(month)) if year.isdecimal() and month.isdecimal() and value[4:5] == "-" else None


def _day(value: str) -> date | None:
    """Return the day of a TIMEX3 value, whatever its time."""
    parts = value[:10].split("-")
    return make_date(*map(int, parts)) if len(parts) == 3 and all(part.isdecimal() for part in parts) else None


def _expression(atom: Atom, tokens: Tokens, resolved: Resolved, sure: float) -> Expression:
    start, end = tokens.starts[atom.first], tokens.ends[atom.last - 1]
    return Expression(start, end, tokens.text[start:end], resolved.type, resolved.value, resolved.anchor, sure)


def _needs_tense(meaning: Meaning) -> bool:
    return isinstance(meaning, Point) and meaning.year is None and meaning.within is None


def _is_narrative(atoms: list[Atom], published: datetime | None) -> bool:
    """Whether the text tells of times long past rather than of its own days."""
    if published is None:
        return True
    past = recent = deictic = 0
    for atom in atoms:
        meaning = atom.meaning
        if isinstance(meaning, Shift) and meaning.base != "reference":
            deictic += 1
        elif isinstance(meaning, Point):
            if meaning.year is not None:
                if published.year - meaning.year >= 1:
                    past += 1
                else:
                    recent += 1
            elif meaning.weekday is not None and not meaning.relation:
                deictic += 1
    return past >= (3 if deictic + recent == 0 else 5) and past > 4 * deictic + 2 * recent


def expressions(articles: pd.DataFrame, *, style: str = "auto") -> pd.DataFrame:
    """Return the time expressions of all articles.

    Parameters
    ----------
    articles : DataFrame
        Articles (`corpus_tools.schema.ARTICLES`); needs ``article_id`` and ``text``, and uses ``published``.
    style : {"auto", "news", "narrative"}
        See `find_expressions`.

    Returns
    -------
    DataFrame
        `corpus_tools.schema.EXPRESSIONS`: one row for each expression, with its TIMEX3 type and value, the interval
        that it
        denotes, and what it was resolved against.

    Raises
    ------
    InvalidQuery
        When `style` is none of the three.

    References
    ----------
    J. Strötgen and M. Gertz (2013), "Multilingual and cross-domain temporal tagging", for the two ways of resolving;
    TimeML annotation guidelines 1.2.1 (2006), for the values.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["The dam broke last October."],
    ...                          "published": [datetime(2023, 11, 20)]})
    >>> expressions(articles)[["text", "value"]].values.tolist()
    [['last October', '2023-10']]
    """
    from corpus_tools.errors import InvalidQuery

    if style not in STYLES:
        raise InvalidQuery(f"There is no style {style!r}; there are {', '.join(STYLES)}.")
    schema.require(articles, "article_id", "text")
    published = articles["published"] if "published" in articles.columns else [None] * len(articles)
    with seldom():
        rows = [
            _row(article_id, found)
            for article_id, text, when in zip(articles["article_id"], articles["text"], published, strict=True)
            for found in find_expressions(_string(text), _moment(when), style=style)
        ]
    return schema.EXPRESSIONS.conform(rows) if rows else schema.EXPRESSIONS.empty()


def _string(text: Any) -> str:
    return text if isinstance(text, str) else ""


def _moment(when: Any) -> datetime | None:
    if when is None or pd.isna(when):
        return None
    moment = pd.Timestamp(when)
    return moment.to_pydatetime(warn=False).replace(tzinfo=None)


def _row(article_id: str, found: Expression) -> dict[str, Any]:
    begin, finish = bounds(found.value, found.anchor) if found.type in ("DATE", "TIME") else (None, None)
    return {
        "article_id": article_id, "start": found.start, "end": found.end, "text": found.text, "type": found.type,
        "value": found.value, "begin": begin, "finish": finish, "granularity": granularity(found.value),
        "anchor": found.anchor, "confidence": found.confidence,
    }  # fmt: skip


__all__ = ["Clock", "Expression", "Widening", "expressions", "find_expressions"]
