"""Neighbouring expressions that are one: *10 p.m. Wednesday*, *the end of March 1998*, *August of that year*."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus_tools.timeline._meaning import Clock, Meaning, Point, Shift, Widening
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
    return [atom for atom in joined if not isinstance(atom.meaning, Widening)]


def _join(left: Atom, right: Atom, tokens: Tokens) -> Atom | None:
    if right.first - left.last > 2 or right.first < left.last:
        return None
    gap = " ".join(tokens.words[left.last : right.first])
    meaning = _together(left.meaning, gap, right.meaning)
    return None if meaning is None else Atom(left.first, right.last, meaning)


def _together(left: Meaning, gap: str, right: Meaning) -> Meaning | None:
    if isinstance(left, Widening):
        return _widen(left, gap, right)
    if isinstance(left, Clock):
        return _on_day(left, right) if gap in ("", ",", "on", "of", "on the", "of the", "in", "in the") else None
    if isinstance(right, Clock):
        return (
            _on_day(right, left)
            if gap in ("", ",", "at", "at about", "at around") and not (gap and right.part)
            else None
        )
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
    if not (isinstance(left, Shift) and isinstance(right, Point) and gap == "'s"):
        return None
    if left.unit == "Y" and right.unit in _MONTH_LIKE and right.year is None:
        return replace(right, within=left)
    return None


def _widen(left: Widening, gap: str, right: Meaning) -> Meaning | None:
    if not isinstance(right, (Point, Shift)):
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
