"""Days counted within a month: *the third Sunday of April*, *the last day of March*."""

from __future__ import annotations

from calendar import monthrange

from corpus_tools.timeline._meaning import Meaning, Point, WeekOf
from corpus_tools.timeline._pattern import Found, Rule
from corpus_tools.timeline.grammar.dates import month_day

_LAST = ("last", "final")


def _number(found: Found) -> int | None:
    word = found.text("number")
    return -1 if word in _LAST else 2 if word == "second" else found.integer("number")


def weekday(found: Found) -> Meaning | None:
    """Read *the third Sunday of April*, *the last Friday in May 2014*."""
    number = _number(found)
    if number is None or not (number == -1 or 1 <= number <= 5):
        return None
    month, year = found.integer("month"), found.integer("year")
    return Point("NTH", year=year, month=month, number=number, weekday=found.integer("weekday"))


def edge(found: Found) -> Meaning | None:
    """Read *the first day of May*, *the last day of March 2012*."""
    number, month, year = _number(found), found.integer("month"), found.integer("year")
    if month is None or number not in (-1, 1) or found.value("unit") != "D":
        return None
    last = monthrange(year or 2001, month)[1]
    return Point("D", year=year, month=month, day=1 if number == 1 else last)


def part(found: Found) -> Meaning | None:
    """Read *the first week of March*, *the last days of May 2012*: no more than the month is sure."""
    if found.has("unit") and found.value("unit") not in ("D", "W"):
        return None
    return Point("M", year=found.integer("year"), month=found.integer("month"))


def week_of(found: Found) -> Meaning | None:
    """Read *the week of March 6*, *the weekend of 9 March 2013*."""
    if found.has("unit") and found.value("unit") != "W":
        return None
    day = month_day(found)
    return None if day is None else WeekOf(day, weekend=not found.has("unit"))


_PART = "the? very? ordinal|second|last|final|opening|closing unit=unit|units of|in month=month"
_HALF = "the? ordinal|second|last|latter half of month=month"

RULES = (
    Rule("the? very? number=ordinal|last|final unit=unit of month=month ( ,|of )? year=year", edge),
    Rule("the? very? number=ordinal|last|final unit=unit of month=month", edge),
    Rule(_PART, part),
    Rule(f"{_PART} ( ,|of )? year=year", part),
    Rule(_HALF, part),
    Rule(f"{_HALF} ( ,|of )? year=year", part),
    Rule("the? number=ordinal|second|last|final weekday=weekday of|in month=month ( ,|of )? year=year", weekday),
    Rule("the? number=ordinal|second|last|final weekday=weekday of|in month=month", weekday),
    Rule("the unit=unit of month=month day=day|ordinal ( ,? year=year )?", week_of),
    Rule("the unit=unit of the? day=day|ordinal of? month=month ( ,? year=year )?", week_of),
    Rule("the weekend of month=month day=day|ordinal ( ,? year=year )?", week_of),
    Rule("the weekend of the? day=day|ordinal of? month=month ( ,? year=year )?", week_of),
)
