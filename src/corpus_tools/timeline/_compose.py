"""Neighbouring expressions that are one: *10 p.m. Wednesday*, *the end of March 1998*, *August of that year*."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus_tools.timeline._meaning import Clock, Length, Meaning, Moved, Point, Shift, Widening
from corpus_tools.timeline._tokens import Tokens

_MONTH_LIKE = ("M", "D", "Q", "H", "SP", "SU", "FA", "WI")
_SEASONS = ("SP", "SU", "FA", "WI")


@dataclass(frozen=True)
class Atom:
    """A meaning and the tokens that say it, `last` exclusive."""

    first: int
    last: int
    meaning: Meaning


def compose(atoms: list[Atom], tokens: Tokens) -> list[Atom]:
    """Join neighbours until nothing can be joined; drop widening words that widen nothing."""
    joined: list[Atom] = []
    for atom in reversed(atoms):
        while joined:
            both = _join(atom, joined[-1], tokens)
            if both is None:
                break
            joined.pop()
            atom = both
        joined.append(atom)
    joined.reverse()
    return beside_clock([atom for atom in joined if not isinstance(atom.meaning, Widening)], tokens)


def _join(left: Atom, right: Atom, tokens: Tokens) -> Atom | None:
    if right.first - left.last > 2 or right.first < left.last:
        return None
    gap = " ".join(tokens.words[left.last : right.first])
    meaning = _together(left.meaning, gap, right.meaning)
    return None if meaning is None else Atom(left.first, right.last, meaning)


def _together(left: Meaning, gap: str, right: Meaning) -> Meaning | None:
    if isinstance(left, Widening):
        return _widen(left, gap, right)
    if isinstance(left, Clock) and gap == "," and (not left.time or (isinstance(right, Shift) and right.event)):
        return None
    if isinstance(left, Clock):
        return _on_day(left, right) if gap in ("", ",", "on", "of", "on the", "of the", "in", "in the") else None
    if isinstance(right, Clock):
        return (
            _on_day(right, left)
            if gap in ("", ",", "at", ", at", "at about", "at around") and not (gap and right.part)
            else None
        )
    if isinstance(left, Length):
        return _longer(left, gap, right)
    if isinstance(left, Shift) and isinstance(right, (Shift, Point)):
        return _shifted(left, gap, right)
    if isinstance(left, Point) and isinstance(right, Point):
        return _points(left, gap, right)
    if isinstance(left, Point) and isinstance(right, Shift):
        if (
            left.unit in _MONTH_LIKE
            and left.weekday is None
            and left.year is None
            and right.unit == "Y"
            and gap in ("", "of", ",", "in")
        ):
            return replace(left, within=right)
        return None
    return None


_ORDER = ("CE", "DE", "Y", "M", "W", "D", "TH", "TM", "TS")


def _longer(left: Length, gap: str, right: Meaning) -> Meaning | None:
    """Join *22 years* and *nine months*, or *two weeks* and *Saturday* where *from* stands between."""
    if isinstance(right, Length):
        smaller = left.unit in _ORDER and right.unit in _ORDER and _ORDER.index(left.unit) < _ORDER.index(right.unit)
        whole = left.rest is None and right.rest is None and left.amount is not None and right.amount is not None
        alike = left.unit.startswith("T") == right.unit.startswith("T") and left.unit in _ORDER[2:]
        return replace(left, rest=right) if gap == "and" and smaller and whole and alike else None
    day = isinstance(right, Shift) and right.unit == "D"
    day = day or (isinstance(right, Point) and (right.weekday is not None or right.unit == "NAMED"))
    if day and gap == "from" and left.amount and left.rest is None and left.unit in ("D", "W", "M", "Y"):
        return Moved(right, left.unit, left.amount)
    return None


def _shifted(left: Shift, gap: str, right: Shift | Point) -> Meaning | None:
    if isinstance(right, Point):
        if gap == "'s" and left.unit == "Y" and right.unit in _MONTH_LIKE and right.year is None:
            return replace(right, within=left)
        day = right.weekday is not None or right.unit == "NAMED"
        if gap == "" and left == replace(_DAY_BEFORE, sign=left.sign) and day and right.unit in ("D", "NAMED"):
            return Moved(right, "D", left.sign)
        return None
    years = left.amount is not None and left.unit == "Y" and left.base == "document" and left.sign < 0
    if (
        gap == ""
        and years
        and right.amount in (0, 1, -1)
        and right.unit in ("D", "W", "M")
        and right.base != "reference"
    ):
        assert left.amount is not None
        return replace(right, base="document", months=-int(12 * left.amount)) if left.amount < 1000 else None
    same = left.amount == 0 and left.base == "reference" and left.unit in ("M", "Q")
    if (
        gap in ("", "of", "of the")
        and same
        and right.unit == "Y"
        and right.amount in (1, -1)
        and right.base == "document"
    ):
        return replace(left, base="document", months=12 * int(right.amount) * right.sign)
    return None


#: *The day before*, *the day after*.
_DAY_BEFORE = Shift("D", 1.0, "reference")


def beside_clock(atoms: list[Atom], tokens: Tokens) -> list[Atom]:
    """Give the day behind a second clock to both: *03:36 local time (0136 GMT) Wednesday*."""
    result = list(atoms)
    for place in range(len(atoms) - 2):
        first, second, day = atoms[place : place + 3]
        if not (isinstance(first.meaning, Clock) and isinstance(second.meaning, Clock)):
            continue
        marks = tokens.words[first.last : second.first], tokens.words[second.last : day.first]
        if marks in ((["("], [")"]), (["("], [")", "on"])):
            both = _on_day(first.meaning, day.meaning), _on_day(second.meaning, day.meaning)
            if both[0] and both[1]:
                result[place], result[place + 1] = replace(first, meaning=both[0]), replace(second, meaning=both[1])
    return result


def _widen(left: Widening, gap: str, right: Meaning) -> Meaning | None:
    if not isinstance(right, (Point, Shift)):
        return None
    if left.clock and isinstance(right, Point) and right.weekday is not None and not right.time:
        return None
    return right if gap in left.words.split("|") else None


def _on_day(clock: Clock, day: Meaning) -> Meaning | None:
    clock = replace(clock, time=_afternoon(clock.time, getattr(day, "part", "")))
    if clock.bare and isinstance(day, Point) and day.part:
        return day
    if isinstance(day, Point) and day.unit == "D" and not day.time:
        return (
            replace(day, time=clock.time, part=clock.part or day.part)
            if clock.time
            else (replace(day, part=clock.part) if not day.part else None)
        )
    if isinstance(day, Shift) and day.unit == "D":
        return replace(day, time=clock.time, part="" if clock.time else clock.part) if not day.time else None
    return None


def _afternoon(clock: str, part: str) -> str:
    """Return the time of *7:30 this evening* on a clock of 24 hours."""
    hour = int(clock[1:3]) if clock[1:3].isdigit() else 12
    later = (part in ("AF", "EV") and hour < 12) or (part == "NI" and 5 < hour < 12)
    return f"T{hour + 12}{clock[3:]}" if later else clock


def _points(left: Point, gap: str, right: Point) -> Meaning | None:
    if left.unit == "NAMED":
        named_year = right.unit == "Y" and right.year is not None and left.year is None and gap in ("", ",", "of", "in")
        return replace(left, year=right.year) if named_year else None
    if left.weekday is not None and right.weekday is None and right.unit == "D" and right.day is not None:
        return (
            replace(right, part=right.part or left.part, time=right.time or left.time)
            if gap in ("", ",", "the", ", the")
            else None
        )
    if left.day is not None and left.month is not None and right.weekday is not None and gap == ",":
        return None
    if (
        right.unit == "Y"
        and left.year is None
        and left.unit in _MONTH_LIKE
        and left.weekday is None
        and (
            gap in ("of", ", of")
            or (gap in ("", ",") and left.unit != "Q")
            or (gap == "in" and left.unit in ("Q", "H"))
        )
    ):
        return replace(left, year=right.year) if right.year is not None else None
    if right.unit == "M" and left.unit == "D" and left.month is None and left.weekday is None and gap in ("of", ""):
        return replace(right, unit="D", day=left.day)
    return None
