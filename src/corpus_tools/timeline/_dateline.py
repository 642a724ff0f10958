"""The day on which a report was filed, where its dateline says so: *LENN, March 12 (Agency) --*."""

from __future__ import annotations

import re
from datetime import datetime

from corpus_tools.timeline._compose import Atom
from corpus_tools.timeline._meaning import Point
from corpus_tools.timeline._tokens import Tokens
from corpus_tools.timeline._values import make_date

_PLACE = re.compile(r"\s*[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?, ?")
_END = re.compile(r" ?(?:\([\w /-]{2,30}\) ?)?(?:--|[-–—_:])")
#: Days that a report may lie before it is published.
_LATE = 10


def filed(atoms: list[Atom], tokens: Tokens, published: datetime | None) -> datetime | None:
    """Return the day that the dateline names; None without one, or where it cannot be that of the report.

    A dateline seldom has a year: it is that of the day of publication, which follows at most ten days later.

    Examples
    --------
    >>> from corpus_tools.timeline.expressions import read
    >>> tokens, atoms = read("LENN, March 12 (Agency) -- The mine shut.")
    >>> filed(atoms, tokens, datetime(2011, 3, 14))
    datetime.datetime(2011, 3, 12, 0, 0)
    """
    if not atoms or not isinstance(atoms[0].meaning, Point):
        return None
    meaning, start, end = atoms[0].meaning, tokens.starts[atoms[0].first], tokens.ends[atoms[0].last - 1]
    if not (meaning.month and meaning.day and _PLACE.fullmatch(tokens.text[:start][-80:])):
        return None
    if not _END.match(tokens.text, end):
        return None
    years = [meaning.year] if meaning.year else [published.year, published.year - 1] if published else []
    for day in (make_date(year, meaning.month, meaning.day) for year in years):
        if day is not None and (published is None or 0 <= (published.date() - day).days <= _LATE):
            return datetime(day.year, day.month, day.day)
    return None
