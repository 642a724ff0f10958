"""Times told as so many units from another: *two weeks ago*, *the following year*, *the year-earlier quarter*."""

from __future__ import annotations

from datetime import date, timedelta

from corpus_tools.timeline._meaning import Moved, SamePeriod, Shift, WeekOf
from corpus_tools.timeline._reference import Context, Reference, Resolved, kind_of, near_quarter, suffix
from corpus_tools.timeline._values import make_date, month_shift, week_text, year_text


def same_period(meaning: SamePeriod, context: Context) -> Resolved | None:
    """Resolve *the quarter*, *the year-earlier period* against the period named last; None where there is none."""
    known = near_quarter(context, 2500)
    if meaning.latest and known and context.today and known > _last_quarter(context.today):
        known = _last_quarter(context.today)
    if known is None:
        if meaning.unit == "P":
            return None
        if meaning.unit == "Y":
            base, anchor = context.base("document")
            return Resolved("DATE", year_text(base.year + meaning.year_shift) if base.year else "XXXX", anchor or None)
        if context.today is None:
            return Resolved("DATE", "XXXX-QX", None)
        year, quarter = _last_quarter(context.today)
        return Resolved("DATE", f"{year_text(year + meaning.year_shift)}-Q{quarter}", context.source)
    year, quarter = known
    return Resolved("DATE", f"{year_text(year + meaning.year_shift)}-Q{quarter}", "narrative")


def _last_quarter(day: date) -> tuple[int, int]:
    quarter = (day.month - 1) // 3
    return (day.year, quarter) if quarter else (day.year - 1, 4)


def shift(meaning: Shift, context: Context) -> Resolved:
    """Resolve a distance from today or from the time that the text has reached: *two weeks ago*, *the next day*."""
    comparison = meaning.exact and not context.narrative
    base, anchor = context.base("document" if comparison else meaning.base)
    kind = kind_of(meaning.part, meaning.time)
    if meaning.amount is None:
        return Resolved(kind, "PAST_REF" if meaning.sign < 0 else "FUTURE_REF", anchor or None)
    amount = meaning.amount * meaning.sign
    unit, value = meaning.unit, None
    if meaning.months:
        base = _months_away(base, meaning.months)
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
    value += suffix(meaning.part, meaning.time)
    return Resolved(kind, value, anchor or None)


def moved(meaning: Moved, start: Resolved | None) -> Resolved | None:
    """Resolve a distance from another day: *two weeks from Saturday*, *the day after Christmas*."""
    if start is None:
        return None
    day = _whole_day(start.value or "")
    if day is None:
        return Resolved("DATE", "XXXX-XX-XX", start.anchor)
    base = Reference(day.year, day.month, day.day)
    unit, amount = meaning.unit, int(meaning.amount)
    if unit in ("D", "W"):
        gone = plus(day, amount * (7 if unit == "W" else 1))
    else:
        away = _months_away(base, amount * (12 if unit == "Y" else 1))
        gone = away.date()
    return Resolved("DATE", gone.isoformat() if gone else "XXXX-XX-XX", start.anchor)


def week_of(meaning: WeekOf, inside: Resolved | None) -> Resolved | None:
    """Resolve *the week of March 6*, *the weekend of 9 March*."""
    if inside is None:
        return None
    day = _whole_day(inside.value or "")
    value = week_text(day) if day else "XXXX-WXX"
    return Resolved("DATE", value + ("-WE" if meaning.weekend else ""), inside.anchor)


def _whole_day(value: str) -> date | None:
    parts = value[:10].split("-")
    return make_date(*map(int, parts)) if len(parts) == 3 and all(part.isdecimal() for part in parts) else None


def _months_away(base: Reference, months: int) -> Reference:
    """Return the time so many months from another; the day is the last of a month that is too short for it."""
    if base.year is None or base.month is None:
        return Reference(base.year + months // 12) if base.year and months % 12 == 0 else Reference()
    year, month = month_shift(base.year, base.month, months)
    day = base.day
    while day and day > 28 and make_date(year, month, day) is None:
        day -= 1
    return Reference(year, month, day)


def _day_shift(unit: str, amount: float, base: Reference) -> str:
    day = base.date()
    if unit == "W" or unit == "FN":
        days = amount * (14 if unit == "FN" else 7)
        if day is None:
            return f"{year_text(base.year)}-WXX" if base.year else "XXXX-WXX"
        moved = plus(day, days)
        return week_text(moved) if moved else "XXXX-WXX"
    if unit != "D":
        amount = amount / {"TH": 24, "TM": 1440, "TS": 86400}[unit]
        amount = int(amount)
    moved = plus(day, amount) if day else None
    if moved:
        return moved.isoformat()
    if base.year and base.month and abs(amount) < 15:
        return f"{year_text(base.year)}-{base.month:02d}-XX"
    return "XXXX-XX-XX"


def plus(day: date, days: float) -> date | None:
    """Return the day that lies `days` later; None outside the calendar."""
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


def _near_month(context: Context) -> bool:
    """Whether a month is named just before: *in September, compared with a year ago*."""
    reference = context.reference
    return reference.whole_month and context.position - reference.position < _BESIDE


#: In characters.
_BESIDE = 120


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
        quarter = near_quarter(context, 1000) if meaning.exact and not context.narrative else None
        if quarter:
            return f"{year_text(quarter[0] + int(years))}-Q{quarter[1]}"
        if meaning.exact and not context.narrative and _near_month(context):
            return f"{year_text((context.reference.year or year) + int(years))}-{context.reference.month:02d}"
        return year_text(year)
    if unit == "DE" and meaning.amount and meaning.base == "document" and meaning.sign < 0 and amount != 0:
        return year_text(year)
    if unit == "DE":
        return year_text(year)[:-1]
    return year_text(year)[:-2] if unit == "CE" else year_text(year)
