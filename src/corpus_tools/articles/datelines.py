"""Datelines: ``KABUL, July 24 (AP) —`` at the start of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from corpus_tools.articles import _data, dates
from corpus_tools.articles.rules import Rules


@dataclass(frozen=True)
class Dateline:
    """A dateline: what it says, and where the text behind it begins."""

    written: str
    end: int
    place: str | None = None
    day: str | None = None
    agency: str | None = None

    def date(self, near: datetime | None) -> datetime | None:
        """Return its day; the year, when not written, is the one that brings it nearest to `near`."""
        if self.day is None:
            return None
        written = dates.parse(self.day)
        if written is not None:
            return written.value
        if near is None:
            return None
        days = [dates.parse(f"{self.day} {year}") for year in (near.year - 1, near.year, near.year + 1)]
        values = [day.value for day in days if day is not None and day.value is not None]
        return min(values, key=lambda value: abs(value - near), default=None)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = (
        "(?:" + "|".join(name for _, name in sorted(_data.rows("months.tsv"), key=lambda row: -len(row[1]))) + r")\b\.?"
    )
    day = rf"(?:(?i:{month})\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\d{{1,2}}\s+(?i:{month})(?:,?\s+\d{{4}})?)"
    weekday = r"(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
    upper = r"[^\W\d_a-z][^\W\d_a-z.’'\-]+|ST\.|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?"
    place = rf"(?:{upper})(?:[ /-](?:{upper}|de|la|del|al-)){{0,4}}"
    region = r"(?:,\s+(?:[A-Z][\w.’'\-]+)(?:\s[A-Z][\w.’'\-]+){0,2})?"
    title = r"[A-Z][\w’'\-]+(?:[ /-][A-Z][\w’'\-]+){0,3}"
    agency = r"\((?P<agency>[A-Za-z][\w .&/’'\-]{1,40})\)"
    dash = r"\s*(?:—|–|--+|-|:|_(?=\s))"
    full = rf"(?P<place>{place}){region}(?:,?\s+{weekday}(?P<day>{day}))?,?(?:\s+{agency})?{dash}(?=\s|$|[\"“‘'A-Z])"
    dash = r"\s*(?:—|–|--+|-)(?=\s|$|[\"“A-Z])"
    mixed = rf"(?P<place>{title}){region}(?:,?\s+{weekday}(?P<day>{day}))?(?:,?\s+{agency})?{dash}"
    alone = rf"(?P<place>)(?P<day>)?{agency}\s*(?:—|–|--+|-|:)(?=\s|$|[\"“A-Z])"
    return tuple(re.compile(form) for form in (full, mixed, alone))


def parse(text: str, *, rules: Rules) -> Dateline | None:
    """Return the dateline with which `text` begins, if any.

    Examples
    --------
    >>> from corpus_tools.articles.rules import Rules
    >>> parse("KABUL, July 24 (AP) — The minister said", rules=Rules())
    Dateline(written='KABUL, July 24 (AP) —', end=21, place='KABUL', day='July 24', agency='AP')
    >>> parse("NATO — which has no troops there — said", rules=Rules()) is None
    True
    """
    head = text[:160]
    for pattern in _patterns():
        found = pattern.match(head)
        if not found:
            continue
        place, day, agency = found["place"] or None, found["day"] or None, found["agency"]
        if not _plausible(found, place, day, agency, head, rules):
            continue
        return Dateline(found[0].strip(), found.end(), place, day, agency)
    return None


def _plausible(
    found: re.Match[str], place: str | None, day: str | None, agency: str | None, head: str, rules: Rules
) -> bool:
    rest = head[found.end() :].lstrip()
    if agency and agency[0].islower() and "." not in agency and rules.agency(agency) is None:
        return False
    dash = found[0].rstrip()[-1:]
    if place is None:
        return agency is not None and (rules.agency(agency) is not None or agency.isupper())
    if not place.isupper() and not (day or agency):
        return False
    if place.lower() in _data.words("not_places.txt"):
        return False
    if day or agency:
        return dash != ":" or agency is not None
    # A place alone needs a dash with white space and a new sentence behind it.
    spaced = re.search(r"(?:\s(?:—|–|--+|-)|—|–)$", found[0].rstrip()) is not None
    return (
        dash != ":"
        and spaced
        and len(place) >= (3 if "," in found[0] else 4)
        and bool(re.match(r"[\"“‘'(]?[A-Z0-9$£€]", rest) or not rest)
    )
