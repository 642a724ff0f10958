"""TIMEX3 values: how they are written, which interval they denote, how fine they are."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_PARTS = {"MO": (6, 12), "AF": (12, 18), "EV": (18, 22), "NI": (20, 30), "DT": (6, 20), "MI": (11, 13)}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.+))?$")
_CLOCK = re.compile(r"(\d\d)(?::(\d\d)(?::(\d\d))?)?(?:Z|[+-]\d\d(?::?\d\d)?)?$")


def year_text(year: int) -> str:
    """Return a year as TIMEX3 writes it; years before Christ are negative here, and years without four digits unknown.

    Examples
    --------
    >>> year_text(1989), year_text(-490), year_text(10_000)
    ('1989', 'BC0490', 'XXXX')
    """
    if year == 0 or abs(year) > 9999:
        return "XXXX"
    return f"{year:04d}" if year > 0 else f"BC{-year:04d}"


def week_text(day: date) -> str:
    """Return the ISO week of a day, as TIMEX3 writes it.

    Examples
    --------
    >>> week_text(date(2016, 7, 23))
    '2016-W29'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def make_date(year: int | None, month: int | None, day: int | None) -> date | None:
    """Return the date, or None where there is none (31 February, year 0 or 99999)."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_shift(year: int, month: int, amount: int) -> tuple[int, int]:
    """Return year and month, `amount` months away."""
    total = year * 12 + month - 1 + amount
    return total // 12, total % 12 + 1


def ends_a_winter(value: str | None, anchor: str | None) -> bool:
    """Whether a winter is named by the year in which it ends, as in stories those are that are told without a year.

    Examples
    --------
    >>> ends_a_winter("1915-WI", "narrative"), ends_a_winter("1914-WI", "itself")
    (True, False)
    """
    return anchor == "narrative" and value is not None and value.endswith("-WI")


def bounds(value: str | None, anchor: str | None = None) -> tuple[datetime | None, datetime | None]:
    """Return first and last second of the interval that a value denotes; None for what it leaves open.

    The `anchor` tells whether a winter is named by the year in which it begins or ends.

    Examples
    --------
    >>> bounds("2015-10")
    (datetime.datetime(2015, 10, 1, 0, 0), datetime.datetime(2015, 10, 31, 23, 59, 59))
    >>> bounds("PAST_REF")
    (None, None)
    """
    if not value:
        return None, None
    try:
        if ends_a_winter(value, anchor):
            return _bounds(f"{int(value[:4]) - 1:04d}-WI")
        return _bounds(value)
    except (ValueError, OverflowError):
        return None, None


def _bounds(value: str) -> tuple[datetime | None, datetime | None]:
    if match := _DAY.match(value):
        return _day_bounds(date(int(match[1]), int(match[2]), int(match[3])), match[4])
    if match := re.match(r"(\d{4})-(\d\d)(?:-XX)?(?:T.*)?$", value):
        return _months(int(match[1]), int(match[2]), 1)
    if match := re.match(r"(\d{4})-W(\d\d)(-WE)?$", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        first = monday + timedelta(days=5) if match[3] else monday
        return _span(first, monday + timedelta(days=7))
    if match := re.match(r"(\d{4})-([QH])(\d)$", value):
        length = 3 if match[2] == "Q" else 6
        return _months(int(match[1]), (int(match[3]) - 1) * length + 1, length)
    if match := re.match(r"(\d{4})-(SP|SU|FA|WI)$", value):
        return _months(int(match[1]), _SEASONS[match[2]], 3)
    if match := re.match(r"(\d{4})(?:-XX-XX|-XX|-WXX|-QX)?$", value):
        return _months(int(match[1]), 1, 12)
    if re.match(r"\d{3}$", value):
        return _span(date(max(int(value) * 10, 1), 1, 1), date(int(value) * 10 + 10, 1, 1))
    if re.match(r"\d{2}$", value):
        return _span(date(int(value) * 100 + 1, 1, 1), date(int(value) * 100 + 101, 1, 1))
    return None, None


def _day_bounds(day: date, clock: str | None) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time())
    if not clock:
        return start, start + timedelta(days=1, seconds=-1)
    if clock in _PARTS:
        first, last = _PARTS[clock]
        return start + timedelta(hours=first), start + timedelta(hours=last, seconds=-1)
    match = _CLOCK.match(clock)
    if not match:
        return start, start + timedelta(days=1, seconds=-1)
    begin = start + timedelta(hours=int(match[1]), minutes=int(match[2] or 0), seconds=int(match[3] or 0))
    length = 1 if match[3] else 60 if match[2] else 3600
    return begin, begin + timedelta(seconds=length - 1)


def _months(year: int, month: int, length: int) -> tuple[datetime, datetime]:
    last_year, last_month = month_shift(year, month, length)
    return _span(date(year, month, 1), date(last_year, last_month, 1))


def _span(first: date, after: date) -> tuple[datetime, datetime]:
    return datetime.combine(first, time()), datetime.combine(after, time()) - timedelta(seconds=1)


def granularity(value: str | None) -> str | None:
    """Return how fine a value is: day, week, month ...; None where it says nothing of that kind.

    Examples
    --------
    >>> granularity("2015-10"), granularity("P5M"), granularity("PAST_REF")
    ('month', 'month', None)
    """
    if not value or value.endswith("_REF"):
        return None
    if value.startswith("P"):
        return _length_granularity(value)
    plain = value.removeprefix("BC")
    for pattern, name in _GRANULARITY:
        if pattern.match(plain):
            return name
    return None


_GRANULARITY = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r".*T\d\d:\d\d:\d\d", "second"),
        (r".*T\d\d:\d\d", "minute"),
        (r".*T", "hour"),
        (r"[\dX]{4}-[\dX]{2}-[\dX]{2}$", "day"),
        (r"[\dX]{4}-W[\dX]{2}-(WE|\d)$", "day"),
        (r"[\dX]{4}-W", "week"),
        (r"[\dX]{4}-Q", "quarter"),
        (r"[\dX]{4}-H", "half-year"),
        (r"[\dX]{4}-(SP|SU|FA|WI)", "season"),
        (r"[\dX]{4}-[\dX]{2}$", "month"),
        (r"[\dX]{4}$", "year"),
        (r"[\dX]{3}$", "decade"),
        (r"[\dX]{2}$", "century"),
    )
)


def _length_granularity(value: str) -> str | None:
    time_letters = {"H": "hour", "M": "minute", "S": "second"}
    letters = {"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter"}
    if value.startswith("PT"):
        return time_letters.get(value[-1])
    return letters.get(value[-1])


def number_text(amount: float) -> str:
    """Return a number without an exponent.

    Examples
    --------
    >>> number_text(1_000_000), number_text(2.5)
    ('1000000', '2.5')
    """
    return str(int(amount)) if amount == int(amount) else f"{amount:g}"


def length_text(unit: str, amount: float | None) -> str:
    """Return a duration as TIMEX3 writes it.

    Examples
    --------
    >>> length_text("M", 5), length_text("DE", 2), length_text("TH", 1.5), length_text("D", None)
    ('P5M', 'P20Y', 'PT1H30M', 'PXD')
    """
    factors = {"DE": ("Y", 10), "CE": ("Y", 100), "ML": ("Y", 1000), "FN": ("W", 2), "S": ("D", 0)}
    if amount is None:
        letter = {"FN": "W", "ML": "L"}.get(unit, unit)
        if letter in ("DE", "CE"):
            return "PXY" if letter == "DE" else "PXCE"
        return f"PTX{unit[1]}" if unit.startswith("T") and len(unit) == 2 else f"PX{letter}"
    if unit in factors:
        unit, factor = factors[unit][0], factors[unit][1]
        amount *= factor
    whole, rest = int(amount), amount - int(amount)
    if unit.startswith("T"):
        return _clock_length(unit[1], whole, rest)
    if rest == 0.5 and unit == "Y":
        return f"P{whole}Y6M" if whole else "P6M"
    return f"P{number_text(amount)}{unit}"


def _clock_length(letter: str, whole: int, rest: float) -> str:
    smaller = {"H": "M", "M": "S"}.get(letter)
    if rest == 0.5 and smaller:
        return f"PT{whole}{letter}30{smaller}" if whole else f"PT30{smaller}"
    return f"PT{number_text(whole + rest)}{letter}"
