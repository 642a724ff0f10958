"""From what an expression says to when that was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from corpus_tools.timeline._constants import day_of
from corpus_tools.timeline._meaning import (
    Clock,
    Constant,
    Length,
    Meaning,
    Nothing,
    Point,
    Recurring,
    SamePeriod,
    Shift,
)
from corpus_tools.timeline._values import length_text, make_date, month_shift, week_text, year_text

#: Months by which a date must lie before the last one for the next year to be meant.
ROLLOVER = 9

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True)
class Resolved:
    """A TIMEX3 type and value, what it was resolved against, and how sure that is."""

    type: str
    value: str | None
    anchor: str | None
    confidence: float


@dataclass
class Reference:
    """The time that the text has reached: as much of year, month, day and quarter as is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    position: int = -1
    last_day: date | None = None
    quarter: tuple[int, int] | None = None
    quarter_position: int = -10_000

    def date(self) -> date | None:
        """Return the day, where one is known."""
        return make_date(self.year, self.month, self.day)


@dataclass
class Context:
    """What an article gives to resolve against."""

    document: datetime | None
    narrative: bool = False
    reference: Reference = field(default_factory=Reference)
    look: int = 0
    position: int = 0

    @property
    def today(self) -> date | None:
        """Day of publication."""
        return self.document.date() if self.document else None

    def base(self, name: str) -> tuple[Reference, str]:
        """Return the reference time that `name` (document or reference) stands for here, and its label."""
        known = self.reference.year is not None
        if name == "reference" and known:
            return self.reference, "narrative"
        if self.narrative and known:
            return self.reference, "narrative"
        if self.document is None:
            return (self.reference, "narrative") if name == "reference" else (Reference(), "")
        day = self.document
        return Reference(day.year, day.month, day.day), "published"


def resolve(meaning: Meaning, context: Context) -> Resolved | None:
    """Return the value of `meaning`; None when it turns out to be no time at all."""
    if isinstance(meaning, Nothing):
        return None
    if isinstance(meaning, Constant):
        if meaning.style and (meaning.style == "narrative") != context.narrative:
            return None
        return Resolved(meaning.type, meaning.value, None, 0.9)
    if isinstance(meaning, Length):
        return Resolved("DURATION", length_text(meaning.unit, meaning.amount), None, 0.9)
    if isinstance(meaning, Recurring):
        return Resolved("SET", meaning.value, None, 0.9)
    if isinstance(meaning, Clock):
        return _clock(meaning, context)
    if isinstance(meaning, Shift):
        return _shift(meaning, context)
    if isinstance(meaning, SamePeriod):
        return _same_period(meaning, context)
    if isinstance(meaning, Point):
        return _point(meaning, context)
    return None


def advance(context: Context, meaning: Meaning, resolved: Resolved) -> None:
    """Let the text's time reach what has just been resolved; a comparison (*a year earlier*) does not move it."""
    value = resolved.value
    if isinstance(meaning, SamePeriod) or (isinstance(meaning, Shift) and meaning.exact and not context.narrative):
        return
    if resolved.type not in ("DATE", "TIME") or not value or value.endswith("_REF"):
        return
    sign = 1
    if value.startswith("BC"):
        sign, value = -1, value[2:]
    if not value[:4].isdigit() or len(value) < 4:
        return
    reference = context.reference
    reference.year = sign * int(value[:4])
    reference.month = reference.day = None
    reference.position = context.position
    if value[4:6] == "-Q" and value[6:7].isdigit():
        reference.quarter, reference.quarter_position = (reference.year, int(value[6])), context.position
        reference.month = int(value[6]) * 3 - 2
    elif value[4:6] == "-W" and sign > 0:
        week = value[6:8]
        if week.isdigit():
            day = date.fromisocalendar(reference.year, max(1, min(int(week), 52)), 1)
            reference.year, reference.month = day.year, day.month
    elif value[5:7] in SEASONS:
        reference.month = SEASONS[value[5:7]]
    elif value[5:7].isdigit():
        reference.month = int(value[5:7])
        if value[8:10].isdigit():
            reference.day = int(value[8:10])
            reference.last_day = reference.date()


def _suffix(part: str, clock: str) -> str:
    return clock or (f"T{part}" if part else "")


def _type(part: str, clock: str) -> str:
    return "TIME" if part or clock else "DATE"


def _clock(meaning: Clock, context: Context) -> Resolved:
    reference = context.reference
    day = reference.date()
    anchor = "narrative"
    if day is None and context.today and not context.narrative:
        day, anchor = context.today, "published"
    text = day.isoformat() if day else "XXXX-XX-XX"
    return Resolved("TIME", text + _suffix(meaning.part, meaning.time), anchor if day else None, 0.6)


def _same_period(meaning: SamePeriod, context: Context) -> Resolved | None:
    known = _near_quarter(context, 2500)
    if known is None:
        if meaning.unit == "P":
            return None
        if meaning.unit == "Y":
            base, anchor = context.base("document")
            return Resolved(
                "DATE", year_text(base.year + meaning.year_shift) if base.year else "XXXX", anchor or None, 0.6
            )
        if context.today is None:
            return Resolved("DATE", "XXXX-QX", None, 0.3)
        year, quarter = _last_quarter(context.today)
        return Resolved("DATE", f"{year_text(year + meaning.year_shift)}-Q{quarter}", "published", 0.5)
    year, quarter = known
    return Resolved("DATE", f"{year_text(year + meaning.year_shift)}-Q{quarter}", "narrative", 0.6)


def _near_quarter(context: Context, reach: int) -> tuple[int, int] | None:
    """Return the quarter named at most `reach` characters before."""
    reference = context.reference
    return reference.quarter if context.position - reference.quarter_position < reach else None


def _last_quarter(day: date) -> tuple[int, int]:
    quarter = (day.month - 1) // 3
    return (day.year, quarter) if quarter else (day.year - 1, 4)


def _shift(meaning: Shift, context: Context) -> Resolved:
    comparison = meaning.exact and not context.narrative
    base, anchor = context.base("document" if comparison else meaning.base)
    kind = _type(meaning.part, meaning.time)
    if meaning.amount is None:
        return Resolved(kind, "PAST_REF" if meaning.sign < 0 else "FUTURE_REF", anchor or None, 0.7)
    amount = meaning.amount * meaning.sign
    unit, value = meaning.unit, None
    if unit in ("D", "W", "FN", "TH", "TM", "TS"):
        value = _day_shift(unit, amount, base)
        if value.startswith("XXXX") and base is context.reference and base.last_day and unit == "D":
            value = _day_shift(unit, amount, Reference(base.last_day.year, base.last_day.month, base.last_day.day))
    elif unit == "M":
        value = _month_shift(amount, base)
    elif unit == "Q":
        value = _quarter_shift(amount, base)
    else:
        value = _year_shift(unit, amount, base, context, meaning)
    value += _suffix(meaning.part, meaning.time)
    sure = 0.9 if anchor == "published" else 0.7
    return Resolved(kind, value, anchor or None, sure if "X" not in value else 0.4)


def _day_shift(unit: str, amount: float, base: Reference) -> str:
    day = base.date()
    if unit == "W" or unit == "FN":
        days = amount * (14 if unit == "FN" else 7)
        if day is None:
            return f"{year_text(base.year)}-WXX" if base.year else "XXXX-WXX"
        moved = _plus(day, days)
        return week_text(moved) if moved else "XXXX-WXX"
    if unit != "D":
        amount = amount / {"TH": 24, "TM": 1440, "TS": 86400}[unit]
        amount = int(amount)
    moved = _plus(day, amount) if day else None
    if moved:
        return moved.isoformat()
    if base.year and base.month and abs(amount) < 15:
        return f"{year_text(base.year)}-{base.month:02d}-XX"
    return "XXXX-XX-XX"


def _plus(day: date, days: float) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _month_shift(amount: float, base: Reference) -> str:
    if base.year is None:
        return "XXXX-XX"
    if base.month is None:
        return f"{year_text(base.year)}-XX"
    if abs(amount) > 100_000:
        return "XXXX-XX"
    year, month = month_shift(base.year, base.month, int(amount))
    return f"{year_text(year)}-{month:02d}"


def _quarter_shift(amount: float, base: Reference) -> str:
    if base.year is None:
        return "XXXX-QX"
    if base.month is None:
        return f"{year_text(base.year)}-QX"
    total = base.year * 4 + (base.month - 1) // 3 + int(amount)
    return f"{year_text(total // 4)}-Q{total % 4 + 1}"


def _year_shift(unit: str, amount: float, base: Reference, context: Context, meaning: Shift) -> str:
    years = amount * {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}.get(unit, 1)
    if base.year is None:
        return {"Y": "XXXX", "DE": "XXX", "CE": "XX"}.get(unit, "XXXX")
    if abs(years) > 100_000:
        return "XXXX"
    year = int(base.year + years)
    if base.year < 0 < year or base.year > 0 >= year:
        year += 1 if years > 0 else -1
    if unit == "Y":
        quarter = _near_quarter(context, 1000) if meaning.exact and not context.narrative else None
        if quarter:
            return f"{year_text(quarter[0] + int(years))}-Q{quarter[1]}"
        return year_text(year)
    if unit == "DE" and meaning.amount and meaning.base == "document" and meaning.sign < 0 and amount != 0:
        return year_text(year)
    if unit == "DE":
        return year_text(year)[:-1]
    return year_text(year)[:-2] if unit == "CE" else year_text(year)


def _point(meaning: Point, context: Context) -> Resolved | None:
    if meaning.unit == "NAMED":
        return _named(meaning, context)
    if meaning.within is not None:
        inner = resolve(meaning.within, context)
        year = inner.value if inner and inner.value else "XXXX"
        if year[:4].isdigit():
            filled = Point(**{**meaning.__dict__, "year": int(year[:4]), "within": None})
            done = _point(filled, context)
            return Resolved(done.type, done.value, inner.anchor if inner else None, 0.85) if done else None
    if meaning.unit == "DE":
        number = meaning.number or 0
        return Resolved("DATE", f"{number:03d}" if number > 0 else f"BC{-number:03d}", "itself", 0.9)
    if meaning.unit == "CE":
        number = meaning.number or 0
        return Resolved("DATE", f"{number:02d}" if number >= 0 else f"BC{-number:02d}", "itself", 0.9)
    if meaning.weekday is not None:
        return _weekday(meaning, context)
    if meaning.unit == "WE":
        return _weekend(meaning, context)
    kind = _type(meaning.part, meaning.time)
    if meaning.year is not None:
        return Resolved(kind, _written(meaning, meaning.year, meaning.month), "itself", 1.0)
    if meaning.unit == "D" and meaning.month is None:
        base, anchor = context.base("reference")
        if base.year is None or base.month is None:
            return Resolved(kind, f"XXXX-XX-{meaning.day:02d}", None, 0.3)
        return Resolved(kind, _written(meaning, base.year, base.month), anchor, 0.6)
    year, anchor = _choose_year(meaning, context)
    if year is None:
        return Resolved(kind, _written(meaning, None, meaning.month), None, 0.4)
    return Resolved(kind, _written(meaning, year, meaning.month), anchor, 0.8)


def _written(meaning: Point, year: int | None, month: int | None) -> str:
    text = year_text(year) if year is not None else "XXXX"
    if meaning.unit == "M" and month:
        return f"{text}-{month:02d}"
    if meaning.unit == "D" and month and meaning.day:
        return f"{text}-{month:02d}-{meaning.day:02d}" + _suffix(meaning.part, meaning.time)
    if meaning.unit in ("Q", "H"):
        return f"{text}-{meaning.unit}{meaning.number}"
    if meaning.unit in SEASONS:
        return f"{text}-{meaning.unit}"
    return text


def _start_month(meaning: Point) -> int:
    if meaning.unit == "Q":
        return (meaning.number or 1) * 3 - 2
    if meaning.unit == "H":
        return (meaning.number or 1) * 6 - 5
    return SEASONS.get(meaning.unit) or meaning.month or 1


def _choose_year(meaning: Point, context: Context) -> tuple[int | None, str | None]:
    """Return the year of a month, day, season or quarter named without one, and what decided it."""
    relative = meaning.relation in ("previous", "following", "same")
    base, anchor = context.base("reference" if relative else "document")
    if base.year is None:
        return None, None
    if anchor == "narrative":
        return _narrative_year(meaning, base), anchor
    return _news_year(meaning, base, context), anchor


def _narrative_year(meaning: Point, base: Reference) -> int | None:
    assert base.year is not None
    start, now = _start_month(meaning), base.month
    if meaning.relation in ("last", "previous"):
        return base.year if now and start < now else base.year - 1
    if meaning.relation in ("next", "following"):
        return base.year if now and start > now else base.year + 1
    if now and meaning.relation == "" and now - start >= ROLLOVER:
        return base.year + 1
    return base.year


def _news_year(meaning: Point, base: Reference, context: Context) -> int:
    assert base.year is not None
    assert base.month is not None
    start, now, year = _start_month(meaning), base.month, base.year
    if meaning.relation == "this":
        return year - 1 if meaning.unit == "WI" and now <= 3 else year
    if meaning.relation in ("last", "previous"):
        length = 3 if meaning.unit in SEASONS else 1
        return year if start + length - 1 < now else year - 1
    if meaning.relation in ("next", "following"):
        return year if start > now else year + 1
    if meaning.unit == "D":
        return _nearest_year(meaning, base, context)
    if context.look > 0 and meaning.unit != "Q":
        length = {"M": 1, "Q": 3, "H": 6}.get(meaning.unit, 3)
        return year if start + length - 1 >= now else year + 1
    return year if start <= now else year - 1


def _nearest_year(meaning: Point, base: Reference, context: Context) -> int:
    assert base.year is not None
    today = base.date() or date(max(1, base.year), 1, 1)
    best, least = base.year, 10**9
    for year in (base.year, base.year - 1, base.year + 1):
        day = make_date(year, meaning.month, min(meaning.day or 1, 28) if meaning.month == 2 else meaning.day)
        if day is None:
            continue
        distance = (day - today).days
        cost = abs(distance) + (150 if distance * context.look < 0 else 0)
        if cost < least:
            best, least = year, cost
    return best


def _weekday(meaning: Point, context: Context) -> Resolved:
    kind = _type(meaning.part, meaning.time)
    relative = meaning.relation in ("previous", "following", "same")
    base, anchor = context.base("reference" if relative else "document")
    if context.narrative and not relative and base.date() is None and context.document is None:
        anchor = ""
    today = base.date()
    assert meaning.weekday is not None
    suffix = _suffix(meaning.part, meaning.time)
    if today is None:
        return Resolved(kind, f"XXXX-WXX-{meaning.weekday}{suffix}", None, 0.4)
    back = (today.isoweekday() - meaning.weekday) % 7
    ahead = (meaning.weekday - today.isoweekday()) % 7
    relation = meaning.relation
    if relation in ("last", "previous"):
        days = -(back or 7)
    elif relation in ("next", "following"):
        days = ahead or 7
    elif relation == "this":
        days = -back if context.look < 0 and back else ahead
    elif back == 0:
        days = 0
    else:
        days = ahead if context.look > 0 else -back
    moved = _plus(today, days)
    text = moved.isoformat() if moved else f"XXXX-WXX-{meaning.weekday}"
    return Resolved(kind, text + suffix, anchor, 0.8)


def _weekend(meaning: Point, context: Context) -> Resolved:
    base, anchor = context.base("reference" if meaning.relation in ("previous", "following", "same") else "document")
    today = base.date()
    if today is None:
        return Resolved("DATE", "XXXX-WXX-WE", None, 0.4)
    weeks = {"last": -1, "previous": -1, "next": 1, "following": 1, "this": 0}.get(meaning.relation)
    if weeks is None:
        weeks = -1 if today.isoweekday() <= 3 and context.look <= 0 else 0
    moved = _plus(today, 7 * weeks)
    return Resolved("DATE", f"{week_text(moved)}-WE" if moved else "XXXX-WXX-WE", anchor, 0.7)


def _named(meaning: Point, context: Context) -> Resolved:
    base, anchor = context.base("document")
    rule = meaning.part
    if base.year is None or base.year < 1583:
        fixed = rule[:2].isdigit() and rule[3:5].isdigit()
        return Resolved("DATE", f"XXXX-{rule}" if fixed else "XXXX", None, 0.4)
    today = base.date() or date(base.year, 7, 1)
    days = [day for year in (base.year - 1, base.year, base.year + 1) if (day := day_of(rule, year))]
    if anchor == "narrative":
        days = [day for day in days if day.year == base.year] or days
    days.sort(key=lambda day: abs((day - today).days) + (150 if (day - today).days * context.look < 0 else 0))
    return Resolved("DATE", days[0].isoformat() if days else "XXXX", anchor, 0.7)
