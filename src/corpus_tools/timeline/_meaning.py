"""What a time expression says, before it is known when that was.

A meaning stays symbolic until `corpus_tools.timeline._resolve` gives it a value: *Friday* is a weekday, whether before
or after today is decided from the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["", "this", "last", "next", "same", "previous", "following"]
Base = Literal["document", "reference", "published"]


@dataclass(frozen=True)
class Point:
    """A place in the calendar, of which some parts are known.

    `unit` is the granularity (D, W, WE, M, Q, H, SP ... for seasons, Y, DE, CE); `within` is the year (or month) that
    another expression gives: *March of that year*. `famous`: a day that names an event, of which the text need not tell
    (*the Sept. 11 attacks*).
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    number: int | None = None
    relation: Relation = ""
    part: str = ""
    time: str = ""
    within: Meaning | None = None
    open_century: bool = False
    famous: bool = False


@dataclass(frozen=True)
class Shift:
    """A number of units from now (`base` document) or from the time the text has reached (`base` reference).

    `event`: from an event that the text names, *two days after the siege*: a date in stories, a length in news.
    `months`, with their sign, come on top of the other units: *ten years ago this week*, *six months and a day ago*.
    """

    unit: str
    amount: float | None
    base: Base
    part: str = ""
    time: str = ""
    sign: int = -1
    exact: bool = False
    event: bool = False
    months: int = 0


@dataclass(frozen=True)
class Length:
    """A duration; `rest` is its smaller part: *22 years and nine months*.

    `name`: it is part of the name of a war or a broadcast (*the Six-Day War*).
    """

    unit: str
    amount: float | None
    rest: Length | None = None
    name: bool = False


@dataclass(frozen=True)
class Moved:
    """So many units from another day: *two weeks from Saturday*, *the day after Christmas*."""

    start: Meaning
    unit: str
    amount: float


@dataclass(frozen=True)
class WeekOf:
    """The week in which a day lies, or its `weekend`: *the week of March 6*."""

    day: Meaning
    weekend: bool = False


@dataclass(frozen=True)
class Constant:
    """A value that needs no resolution."""

    type: str
    value: str | None
    style: str = ""


@dataclass(frozen=True)
class Clock:
    """A time of day, on a day still to be found; `bare` when a lone word says it (*night*), which news seldom means."""

    time: str
    part: str = ""
    bare: bool = False


@dataclass(frozen=True)
class Widening:
    """Words that widen an expression's span without changing its value: *early*, *the end of*.

    `clock`: words that can stand before an hour, but not before a weekday (*about*).
    """

    words: str
    clock: bool = False


@dataclass(frozen=True)
class Recurring:
    """A set of times: *every Tuesday*."""

    value: str


@dataclass(frozen=True)
class Nothing:
    """Words that look like a time but are none, such as an age; they keep other rules away."""


@dataclass(frozen=True)
class SamePeriod:
    """The period that the text speaks of: *the quarter*, *the period*; `year_shift` moves it by years."""

    unit: str
    year_shift: int = 0
    latest: bool = False


Meaning = Point | Shift | Length | Moved | WeekOf | Constant | Clock | Widening | Recurring | SamePeriod | Nothing
