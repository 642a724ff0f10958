"""The time that a text has reached, and what an article gives to resolve against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from corpus_tools.timeline._meaning import Meaning, Point, SamePeriod, Shift
from corpus_tools.timeline._story import Mention, Story
from corpus_tools.timeline._values import ends_a_winter, make_date

#: First month of each season.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True)
class Resolved:
    """A TIMEX3 type and value, what it was resolved against, and how likely it is where a model chose it."""

    type: str
    value: str | None
    anchor: str | None
    chance: float | None = None


@dataclass
class Reference:
    """The time that the text has reached: as much of year, month, day and quarter as is known.

    `whole_month`: a month was named, not a week or a season that begins in it.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    position: int = -1
    whole_month: bool = False
    last_day: date | None = None
    quarter: tuple[int, int] | None = None
    quarter_position: int = -10_000

    def date(self) -> date | None:
        """Return the day, where one is known."""
        return make_date(self.year, self.month, self.day)


@dataclass
class Context:
    """What an article gives to resolve against.

    `source` says where `document`, its day, is from; `beside` is the value of the date that stands just before,
    `linked` the weekday to which *and*, *or*, *to* tie what comes, `range` whether these two are the ends of a time,
    of which `begun` is year and month of the first;
    `day_first`: how the text writes dates such as *1/8/2015*, None where that cannot be told; `told`: the date before
    has its year, long ago, so that a bare month is of that time if it `opens` the next sentence.
    """

    document: datetime | None
    narrative: bool = False
    reference: Reference = field(default_factory=Reference)
    look: int = 0
    position: int = 0
    beside: str = ""
    linked: date | None = None
    range: bool = False
    begun: tuple[int, int] | None = None
    story: Story | None = None
    day_first: bool | None = None
    told: bool = False
    opens: bool = False
    source: str = "published"

    @property
    def today(self) -> date | None:
        """Day of publication."""
        return self.document.date() if self.document else None

    def base(self, name: str) -> tuple[Reference, str]:
        """Return the time that `name` (document, reference or published) stands for here, and its label."""
        known = self.reference.year is not None
        if name == "reference" and known:
            return self.reference, "narrative"
        if self.narrative and known and not (name == "published" and self.document):
            return self.reference, "narrative"
        if self.document is None:
            return (self.reference, "narrative") if name == "reference" else (Reference(), "")
        day = self.document
        return Reference(day.year, day.month, day.day), self.source


def advance(context: Context, meaning: Meaning, resolved: Resolved) -> None:
    """Let the text's time reach what has just been resolved; a comparison (*a year earlier*) does not move it."""
    value = resolved.value
    if isinstance(meaning, SamePeriod) or (isinstance(meaning, Shift) and meaning.exact and not context.narrative):
        return
    if resolved.type not in ("DATE", "TIME") or not value or value.endswith("_REF"):
        return
    context.told = _long_ago(value, context, meaning)
    sign = 1
    if value.startswith("BC"):
        sign, value = -1, value[2:]
    if not value[:4].isdigit() or len(value) < 4:
        return
    reference = context.reference
    reference.year = sign * int(value[:4])
    reference.month = reference.day = None
    reference.position = context.position
    reference.whole_month = len(value) == 7 and value[5:].isdigit()
    if value[4:6] == "-Q" and value[6:7].isdigit():
        reference.quarter, reference.quarter_position = (reference.year, int(value[6])), context.position
        reference.month = int(value[6]) * 3 - 2
    elif value[4:6] == "-W" and sign > 0:
        week = value[6:8]
        if week.isdigit():
            day = date.fromisocalendar(reference.year, max(1, min(int(week), 52)), 1)
            reference.year, reference.month = day.year, day.month
    elif value[5:7] in SEASONS:
        reference.month = first_month(value[5:7], ends=ends_a_winter(value, resolved.anchor))
    elif value[5:7].isdigit():
        reference.month = int(value[5:7])
        if value[8:10].isdigit():
            reference.day = int(value[8:10])
            reference.last_day = reference.date()
    if context.story is not None:
        context.story.add(Mention(reference.year, reference.month, context.position))


def first_month(season: str, *, ends: bool) -> int:
    """Return the month with which a season begins; the first of a winter named by the year in which it ends."""
    return 1 if season == "WI" and ends else SEASONS[season]


def _long_ago(value: str, context: Context, meaning: Meaning) -> bool:
    """Whether a date with its month lies long before publication, and says so itself or follows one that does."""
    today = context.today
    if today is None or not isinstance(meaning, Point) or meaning.weekday is not None or meaning.famous:
        return False
    if not value[5:7].isdigit():
        return False
    if not value[:4].isdigit() or not (meaning.year is not None or context.told):
        return False
    return (today.year - int(value[:4])) * 12 + today.month - int(value[5:7]) >= _MONTHS


#: From when on a date lies long ago.
_MONTHS = 12


def suffix(part: str, clock: str) -> str:
    """Return what a value gets behind its day for a part of the day or a time."""
    return clock or (f"T{part}" if part else "")


def kind_of(part: str, clock: str) -> str:
    """Return the TIMEX3 type of a day with that part or time."""
    return "TIME" if part or clock else "DATE"


def near_quarter(context: Context, reach: int) -> tuple[int, int] | None:
    """Return the quarter named at most `reach` characters before."""
    reference = context.reference
    return reference.quarter if context.position - reference.quarter_position < reach else None
