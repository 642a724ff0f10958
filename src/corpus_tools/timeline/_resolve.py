"""From what an expression says to when that was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from corpus_tools.timeline._constants import day_of
from corpus_tools.timeline._meaning import (
    Clock,
    Constant,
    Length,
    Meaning,
    Moved,
    Nothing,
    Point,
    Recurring,
    SamePeriod,
    Shift,
    WeekOf,
)
from corpus_tools.timeline._reference import SEASONS, Context, Reference, Resolved, first_month, kind_of, suffix
from corpus_tools.timeline._shifts import moved, plus, same_period, shift, week_of
from corpus_tools.timeline._values import length_text, make_date, week_text, year_text


def resolve(meaning: Meaning, context: Context) -> Resolved | None:
    """Return the value of `meaning`; None when it turns out to be no time at all."""
    if isinstance(meaning, Nothing):
        return None
    if isinstance(meaning, Constant):
        if meaning.style and (meaning.style == "narrative") != context.narrative:
            return None
        value = _EACH.get(meaning.value or "", meaning.value) if context.narrative else meaning.value
        return Resolved(meaning.type, value, None)
    if isinstance(meaning, Length):
        if meaning.name and not context.narrative:
            return None
        return Resolved("DURATION", _long(meaning), None)
    if isinstance(meaning, Moved):
        return moved(meaning, resolve(meaning.start, context))
    if isinstance(meaning, WeekOf):
        return week_of(meaning, resolve(meaning.day, context))
    if isinstance(meaning, Recurring):
        return Resolved("SET", meaning.value, None)
    if isinstance(meaning, Clock):
        return _clock(meaning, context)
    if isinstance(meaning, Shift) and meaning.event:
        return _from_event(meaning, context)
    if isinstance(meaning, Shift):
        return shift(meaning, context)
    if isinstance(meaning, SamePeriod):
        return same_period(meaning, context)
    if isinstance(meaning, Point):
        return _point(meaning, context)
    return None


def _long(meaning: Length) -> str:
    """Write a length with its smaller part: *22 years and nine months* as P22Y9M."""
    text = length_text(meaning.unit, meaning.amount)
    if meaning.rest is None:
        return text
    rest = length_text(meaning.rest.unit, meaning.rest.amount)
    both = text.startswith("PT") and rest.startswith("PT")
    return text + rest[2:] if both else text + rest[1:]


#: *Daily* in stories: days that are not counted, rather than one day each.
_EACH = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}


def _from_event(meaning: Shift, context: Context) -> Resolved:
    """Resolve *two days after the siege*, beside the date that it explains or from the time of the story."""
    if not context.narrative or context.reference.year is None:
        return Resolved("DURATION", length_text(meaning.unit, meaning.amount), None)
    if context.beside:
        return Resolved("DATE", context.beside, "narrative")
    return shift(meaning, context)


def _clock(meaning: Clock, context: Context) -> Resolved | None:
    if meaning.bare and not context.narrative:
        return None
    reference = context.reference
    day = reference.date()
    anchor = "narrative"
    if day is None and context.today and not context.narrative:
        day, anchor = context.today, context.source
    text = day.isoformat() if day else "XXXX-XX-XX"
    return Resolved("TIME", text + suffix(meaning.part, meaning.time), anchor if day else None)


def _point(meaning: Point, context: Context) -> Resolved | None:
    if meaning.unit == "NAMED":
        return _named(meaning, context)
    if meaning.unit == "SLASH":
        return _slashed(meaning, context)
    if meaning.unit == "NTH":
        return _counted_day(meaning, context)
    if meaning.within is not None:
        inner = resolve(meaning.within, context)
        year = inner.value if inner and inner.value else "XXXX"
        if year[:4].isdigit():
            filled = replace(meaning, year=int(year[:4]), within=None)
            done = _point(filled, context)
            anchor = inner.anchor if inner and meaning.unit != "WI" else "itself"
            return Resolved(done.type, done.value, anchor) if done else None
    if meaning.unit == "DE":
        number = meaning.number or 0
        return Resolved("DATE", f"{number:03d}" if number > 0 else f"BC{-number:03d}", "itself")
    if meaning.unit == "CE":
        number = meaning.number or 0
        return Resolved("DATE", f"{number:02d}" if number >= 0 else f"BC{-number:02d}", "itself")
    if meaning.weekday is not None:
        return _weekday(meaning, context)
    if meaning.unit == "WE":
        return _weekend(meaning, context)
    kind = kind_of(meaning.part, meaning.time)
    if meaning.year is not None:
        meant = _in_story(meaning.year, context) if meaning.open_century else meaning.year
        return Resolved(kind, _written(meaning, meant, meaning.month), "itself")
    if meaning.unit == "D" and meaning.month is None:
        base, anchor = context.base("reference")
        if base.year is None or base.month is None:
            return Resolved(kind, f"XXXX-XX-{meaning.day:02d}", None)
        return Resolved(kind, _written(meaning, base.year, base.month), anchor)
    if context.narrative and meaning.relation == "" and context.story is not None and context.story.past:
        told, chance = context.story.year_of(_start_month(meaning, narrative=True), context.position)
        return Resolved(kind, _written(meaning, told, meaning.month), "narrative", chance)
    chosen, decided = _choose_year(meaning, context)
    if chosen is None:
        return Resolved(kind, _written(meaning, None, meaning.month), None)
    return Resolved(kind, _written(meaning, chosen, meaning.month), decided)


def _slashed(meaning: Point, context: Context) -> Resolved | None:
    """Resolve *1/8/2015*: its year only, where no other date of the text tells day and month apart."""
    if context.day_first is None:
        return _point(Point("Y", year=meaning.year), context)
    day, month = (meaning.month, meaning.day) if context.day_first else (meaning.day, meaning.month)
    return _point(Point("D", year=meaning.year, month=month, day=day), context)


def _counted_day(meaning: Point, context: Context) -> Resolved | None:
    """Resolve *the third Sunday of April*: its month first, then its day."""
    month = _point(replace(meaning, unit="M", weekday=None, number=None), context)
    if month is None or month.value is None or not month.value[:4].isdigit():
        return month
    day = day_of(f"{meaning.month:02d}-W{meaning.number}-{meaning.weekday}", int(month.value[:4]))
    right = day is not None and day.month == meaning.month
    return replace(month, value=day.isoformat()) if day and right else month


def _in_story(year: int, context: Context) -> int:
    """Return the year with the same last two figures that is nearest to the time of the story: *the men of '89*."""
    now = context.reference.year
    return year + 100 * round((now - year) / 100) if context.narrative and now is not None and now > 0 else year


def _written(meaning: Point, year: int | None, month: int | None) -> str:
    text = year_text(year) if year is not None else "XXXX"
    if meaning.unit == "M" and month:
        return f"{text}-{month:02d}"
    if meaning.unit == "D" and month and meaning.day:
        return f"{text}-{month:02d}-{meaning.day:02d}" + suffix(meaning.part, meaning.time)
    if meaning.unit in ("Q", "H"):
        return f"{text}-{meaning.unit}{meaning.number}"
    if meaning.unit in SEASONS:
        return f"{text}-{meaning.unit}"
    return text


def _start_month(meaning: Point, *, narrative: bool = False) -> int:
    if meaning.unit == "Q":
        return (meaning.number or 1) * 3 - 2
    if meaning.unit == "H":
        return (meaning.number or 1) * 6 - 5
    if meaning.unit in SEASONS:
        return first_month(meaning.unit, ends=narrative)
    return meaning.month or 1


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
    start, now = _start_month(meaning, narrative=True), base.month
    if meaning.relation in ("last", "previous"):
        return base.year if now and start < now else base.year - 1
    if meaning.relation in ("next", "following"):
        return base.year if now and start > now else base.year + 1
    return base.year


def _news_year(meaning: Point, base: Reference, context: Context) -> int:
    assert base.year is not None
    assert base.month is not None
    start, now, year = _start_month(meaning), base.month, base.year
    if context.begun is not None and meaning.unit in ("M", "D") and not meaning.relation:
        return context.begun[0] + (start < context.begun[1])
    if meaning.relation == "this":
        return year - 1 if meaning.unit == "WI" and now <= 3 else year
    if meaning.relation in ("last", "previous"):
        length = 3 if meaning.unit in SEASONS else 1
        return year if start + length - 1 < now else year - 1
    if meaning.relation in ("next", "following"):
        return year if start > now else year + 1
    if context.told and context.opens and meaning.unit in ("D", "M") and context.look <= 0:
        told = _after_told(meaning, context)
        if told is not None:
            return told
    if meaning.unit == "D":
        return _nearest_year(meaning, base, context)
    ahead = (start - now) % 12
    if meaning.unit == "M" and (ahead == 1 or (ahead == 2 and context.look == 0)):
        return year if start > now else year + 1
    if context.look > 0 and meaning.unit != "Q":
        length = {"M": 1, "Q": 3, "H": 6}.get(meaning.unit, 3)
        return year if start + length - 1 >= now else year + 1
    return year if start <= now else year - 1


def _after_told(meaning: Point, context: Context) -> int | None:
    """Return the year of a month that follows a date of long ago: *in July 1998 ... In August*."""
    then, today = context.reference, context.today
    if then.year is None or then.month is None or today is None or context.position - then.position > _NEAR:
        return None
    year = then.year + ((meaning.month or 1, meaning.day or 31) < (then.month, then.day or 1))
    return year if (year, meaning.month or 1) <= (today.year, today.month) else None


#: In characters.
_NEAR = 300


def _nearest_year(meaning: Point, base: Reference, context: Context) -> int:
    assert base.year is not None
    today = base.date() or date(max(1, base.year), 1, 1)
    best, least = base.year, 10**9
    for year in (base.year, base.year - 1, base.year + 1):
        day = make_date(year, meaning.month, min(meaning.day or 1, 28) if meaning.month == 2 else meaning.day)
        if day is None:
            continue
        distance = (day - today).days
        cost = abs(distance) + (200 if distance * context.look < 0 else 0)
        if cost < least:
            best, least = year, cost
    return best


def _weekday(meaning: Point, context: Context) -> Resolved:
    kind = kind_of(meaning.part, meaning.time)
    relative = meaning.relation in ("previous", "following", "same")
    base, anchor = context.base("reference" if relative else "document")
    if context.narrative and not relative and base.date() is None and context.document is None:
        anchor = ""
    today = base.date()
    assert meaning.weekday is not None
    behind = suffix(meaning.part, meaning.time)
    if today is None:
        return Resolved(kind, f"XXXX-WXX-{meaning.weekday}{behind}", None)
    back = (today.isoweekday() - meaning.weekday) % 7
    ahead = (meaning.weekday - today.isoweekday()) % 7
    relation = meaning.relation
    linked = _after_linked(meaning.weekday, today, context)
    if relation in ("last", "previous"):
        days = -(back or 7)
    elif relation in ("next", "following"):
        days = ahead or 7
    elif relation == "this":
        days = -back if context.look < 0 and back else ahead
    elif linked is not None:
        days = linked
    elif back == 0:
        days = 0
    else:
        days = ahead if context.look > 0 else -back
    moved = plus(today, days)
    text = moved.isoformat() if moved else f"XXXX-WXX-{meaning.weekday}"
    return Resolved(kind, text + behind, anchor)


def _after_linked(weekday: int, today: date, context: Context) -> int | None:
    """Return the days from today to the weekday that follows another: *from Thursday until Saturday*."""
    if context.linked is None:
        return None
    days = (context.linked - today).days + ((weekday - context.linked.isoweekday()) % 7 or 7)
    passed = context.linked <= today < today + timedelta(days=days)
    return None if passed and context.look <= 0 and not context.range else days


def _weekend(meaning: Point, context: Context) -> Resolved:
    base, anchor = context.base("reference" if meaning.relation in ("previous", "following", "same") else "document")
    today = base.date()
    if today is None:
        return Resolved("DATE", "XXXX-WXX-WE", None)
    weeks = {"last": -1, "previous": -1, "next": 1, "following": 1, "this": 0}.get(meaning.relation)
    if weeks is None:
        weeks = -1 if today.isoweekday() <= 3 and context.look <= 0 else 0
    moved = plus(today, 7 * weeks)
    return Resolved("DATE", f"{week_text(moved)}-WE" if moved else "XXXX-WXX-WE", anchor)


def _named(meaning: Point, context: Context) -> Resolved:
    base, anchor = context.base("document")
    rule = meaning.part
    if meaning.year is not None:
        day = day_of(rule, meaning.year)
        return Resolved("DATE", day.isoformat() if day else year_text(meaning.year), "itself")
    if base.year is None or base.year < 1583:
        fixed = rule[:2].isdigit() and rule[3:5].isdigit()
        return Resolved("DATE", f"XXXX-{rule}" if fixed else "XXXX", None)
    today = base.date() or date(base.year, 7, 1)
    days = [day for year in (base.year - 1, base.year, base.year + 1) if (day := day_of(rule, year))]
    if anchor == "narrative":
        days = [day for day in days if day.year == base.year] or days
    days.sort(key=lambda day: abs((day - today).days) + (150 if (day - today).days * context.look < 0 else 0))
    return Resolved("DATE", days[0].isoformat() if days else "XXXX", anchor)
