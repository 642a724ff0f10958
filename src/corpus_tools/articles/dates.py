"""Dates as pages write them.

A day that the writing leaves open (03/04/2016) is not decided here: the reading carries both days, and `settling`
decides by what the outlet's other dates show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from corpus_tools.articles import _data

#: Orders of day and month in numeric dates.
DAY_FIRST, MONTH_FIRST = "day first", "month first"
_YEARS = range(1600, 2101)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = 120
_DIGIT, _JOINED = re.compile(r"\d"), re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)")
#: Where in a line a date may begin.
_STARTS = re.compile(r"(?:(?<=[\s(\[|,:])|^)(?=[A-Za-z0-9])")


@dataclass(frozen=True)
class DateReading:
    """What one written date says.

    Parameters
    ----------
    written : str
        The date as written.
    value : datetime or None
        The date, in UTC when the zone is given; None when impossible or ambiguous.
    offset : int or None
        Minutes east of UTC of the zone as written.
    timed : bool
        Whether a time of day is given.
    candidates : tuple of datetime
        ``(day first, month first)`` when the writing allows both.
    shows : str or None
        The order that this date proves (`DAY_FIRST`, `MONTH_FIRST`), for settling others.
    problem : str or None
        Why there is no value.
    """

    written: str
    value: datetime | None = None
    offset: int | None = None
    timed: bool = False
    candidates: tuple[datetime, ...] = ()
    shows: str | None = None
    problem: str | None = None


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, name in _data.rows("months.tsv")}


@cache
def _zones() -> dict[str, int | str]:
    return {name: place if "/" in place else int(place) for name, place in _data.rows("zones.tsv")}


@cache
def _pattern() -> re.Pattern[str]:
    month = "(?:" + "|".join(sorted(_months(), key=len, reverse=True)) + r")\b\.?"
    foreign = "|".join(sorted(_data.words("weekdays.txt")))
    english = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:day)?\b\.?"
    weekday = rf"(?:(?:{english}|{foreign}),?\s+(?:(?:den|le|el)\s+)?)?"
    behind = rf"(?:,?\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|{foreign})\b)?"
    zone = r"(?:\s?(?P<zone>[A-Za-z]{2,4}\b|Z\b)|\s?(?:GMT|UTC)?(?P<offset>[+-]\d\d:?\d\d|[+-]\d\d?)(?!\d))?"
    clock = (
        r"(?=\d\d?(?:[:.h]\d\d|\s?[ap]\.?m))(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-6]\d)(?:[.,]\d{1,9})?)?)?"
        r"\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?(?:hrs|hours|uhr|h)\b)?" + zone
    )
    bare = clock.replace("?P<", "?P<b_")
    tail = rf"(?:(?:T|,?\s+(?:(?:at|à|um|alle|a las|om)\s+|[|•·–—/-]\s+)?|\s*[|•·]\s*){clock})?"
    head = rf"(?:{bare}(?:,|\s+on|\s*[|•·–—-])?\s+)?"
    day = r"(?P<d{n}>[0-3]?\d)(?:st|nd|rd|th|er|\.|º)?"
    forms = "|".join(
        (
            r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>[01]?\d)(?P=s1)(?P<d1>[0-3]?\d)",
            rf"{day.replace('{n}', '2')}[\s-]+(?:day\s+)?(?:(?:of|de|del)\s+)?"
            rf"(?P<m2>{month})[\s,-]+(?:del?\s+)?(?P<y2>\d{{4}}|(?<=-)\d\d(?!\d))",
            rf"(?P<m3>{month})\s+{day.replace('{n}', '3')},?\s+(?P<y3>\d{{4}})",
            r"(?P<a4>[0-3]?\d)(?P<s4>[/.-])(?P<b4>[0-3]?\d)(?P=s4)(?P<y4>\d{4}|\d\d)(?![\d])",
            rf"(?P<m6>{month})\s+{day.replace('{n}', '6')}\s+(?P<c6>[0-2]\d:[0-5]\d:[0-5]\d)\s+(?P<y6>\d{{4}})",
            rf"(?P<m5>{month})\s+(?P<y5>\d{{4}})",
        )
    )
    return re.compile(rf"{head}{weekday}(?:{forms}){behind}{tail}", re.IGNORECASE)


def parse(text: str, *, zone: tzinfo | None = None) -> DateReading | None:
    """Return what `text` says as a date, or None when it is no date from its first to its last character.

    Parameters
    ----------
    text : str
        A date, with or without weekday, time and zone.
    zone : tzinfo, optional
        Zone of times that come without one.

    Examples
    --------
    >>> parse("Tuesday, August 2nd, 2016").value
    datetime.datetime(2016, 8, 2, 0, 0)
    >>> parse("2016-08-02T23:40:00-05:00").value
    datetime.datetime(2016, 8, 3, 4, 40)
    >>> [str(day.date()) for day in parse("03/04/2016").candidates]
    ['2016-04-03', '2016-03-04']
    >>> parse("31 June 2016").problem
    'there is no such day'
    """
    text = text.strip().strip("()[]").strip()
    if found := _JOINED.fullmatch(text):
        text = "-".join(found.groups())
    if not 4 <= len(text) <= LONGEST:
        return None
    found = _pattern().fullmatch(text)
    return _read(found, zone) if found else None


def trailing(line: str, *, zone: tzinfo | None = None) -> tuple[str, DateReading] | None:
    """Return ``(what stands before, date)`` when `line` ends with a date.

    Examples
    --------
    >>> before, date = trailing("The Harbour Gazette, August 02, 2016")
    >>> before, str(date.value.date())
    ('The Harbour Gazette', '2016-08-02')
    """
    if len(line) > 2 * LONGEST or _DIGIT.search(line) is None:
        return None
    line = line.strip().rstrip(")]")
    for found in _STARTS.finditer(line):
        reading = parse(line[found.start() :], zone=zone)
        if reading is not None:
            return line[: found.start()].strip(" \t,|–—-([•·:"), reading
    return None


def leading(line: str, *, zone: tzinfo | None = None) -> tuple[DateReading, str] | None:
    """Return ``(date, what stands behind)`` when `line` begins with a date."""
    found = _pattern().match(line[: 2 * LONGEST])
    if not found or re.match(r"\w", line[found.end() :]):
        return None
    return _read(found, zone), line[found.end() :].strip(" \t,|–—-)]•·:")


def from_value(value: object, *, zone: tzinfo | None = None) -> DateReading | None:
    """Return what a value of a table's cell says as a date; also epoch seconds and milliseconds.

    Examples
    --------
    >>> from_value(1470096000).value
    datetime.datetime(2016, 8, 2, 0, 0)
    >>> from_value("20160802T184000Z").value
    datetime.datetime(2016, 8, 2, 18, 40)
    """
    if isinstance(value, datetime):
        return _of_datetime(value, zone)
    if isinstance(value, date):
        return DateReading(value.isoformat(), datetime(value.year, value.month, value.day))
    text = str(value).strip()
    if found := re.fullmatch(r"(\d{10})(?:\d{3})?(?:\.\d+)?", text):
        moment = datetime.fromtimestamp(int(found[1]), UTC).replace(tzinfo=None)
        return DateReading(text, moment, offset=0, timed=True)
    if found := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?", text):
        year, month, day, hour, minute, second, utc = found.groups()
        clock = f"T{hour}:{minute}:{second or '00'}{utc or ''}" if hour else ""
        return parse(f"{year}-{month}-{day}{clock}", zone=zone)
    return parse(text, zone=zone)


def _of_datetime(value: datetime, zone: tzinfo | None) -> DateReading:
    timed = bool(value.hour or value.minute or value.second)
    value = value.replace(microsecond=0)
    if value.tzinfo is None and zone is not None and timed:
        value = value.replace(tzinfo=zone)
    offset = value.utcoffset()
    written = value.isoformat()
    if offset is None:
        return DateReading(written, value, timed=timed)
    return DateReading(written, (value - offset).replace(tzinfo=None), int(offset.total_seconds()) // 60, True)


def _read(found: re.Match[str], zone: tzinfo | None) -> DateReading:
    part = found.groupdict()
    reading = DateReading(found[0])
    if part["y5"]:
        return replace(reading, problem="only the month is given")
    days = _days(part)
    if not days or not all(day.year in _YEARS for day in days):
        return replace(reading, problem="there is no such day")
    shows = None
    if part["y4"] and len(days) == 2 and part["weekday"]:
        fitting = [day for day in days if _WEEKDAYS[day.weekday()] == part["weekday"].lower()]
        if len(fitting) == 1:
            shows = DAY_FIRST if fitting[0] == days[0] else MONTH_FIRST
            days = fitting
    elif part["y4"] and len(days) == 1 and part["a4"].lstrip("0") != part["b4"].lstrip("0"):
        shows = DAY_FIRST if int(part["a4"]) == days[0].day else MONTH_FIRST
    moments = [_with_time(datetime(day.year, day.month, day.day), part, zone) for day in days]
    value, offset, timed = moments[0]
    if len(moments) == 2:
        return replace(reading, candidates=tuple(moment[0] for moment in moments), offset=offset, timed=timed)
    return replace(reading, value=value, offset=offset, timed=timed, shows=shows)


def _days(part: dict[str, str | None]) -> list[date]:
    """Return the day, or the two days (day first, month first), that the parts allow."""
    if part["y4"] and part["a4"] and part["b4"]:
        year = int(part["y4"]) if len(part["y4"]) == 4 else _century(int(part["y4"]))
        first, second = int(part["a4"]), int(part["b4"])
        days = [_day(year, second, first), _day(year, first, second)]
        return list(dict.fromkeys(day for day in days if day))
    for form in "1236":
        year_, month_, day_ = part[f"y{form}"], part[f"m{form}"], part[f"d{form}"]
        if year_ and month_ and day_:
            number = int(month_) if month_.isdigit() else _months()[month_.lower().rstrip(".")]
            year = int(year_) if len(year_) == 4 else _century(int(year_))
            day = _day(year, number, int(day_))
            return [day] if day else []
    return []


def _century(year: int) -> int:
    return 2000 + year if year < 70 else 1900 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(day: datetime, part: dict[str, str | None], zone: tzinfo | None) -> tuple[datetime, int | None, bool]:
    prefix = "" if part["hour"] else "b_"
    hour = part[f"{prefix}hour"]
    if part["c6"]:
        hours, minutes, seconds = map(int, part["c6"].split(":"))
        return day + timedelta(hours=hours, minutes=minutes, seconds=seconds), None, True
    if hour is None:
        return day, None, False
    half = (part[f"{prefix}half"] or "").lower().replace(".", "")
    number = int(hour)
    if half:
        number = number % 12 + (12 if half == "pm" else 0)
    delta = timedelta(
        hours=number, minutes=int(part[f"{prefix}minute"] or 0), seconds=int(part[f"{prefix}second"] or 0)
    )
    moment = day + delta
    offset = _offset(part[f"{prefix}zone"], part[f"{prefix}offset"], moment)
    if offset is None and zone is not None:
        there = moment.replace(tzinfo=zone).utcoffset()
        offset = None if there is None else int(there.total_seconds()) // 60
    return (moment if offset is None else moment - timedelta(minutes=offset)), offset, True


def _offset(name: str | None, offset: str | None, moment: datetime) -> int | None:
    if name:
        minutes = _zones().get(name.upper())
        if isinstance(minutes, str):
            there = moment.replace(tzinfo=ZoneInfo(minutes)).utcoffset()
            return None if there is None else int(there.total_seconds()) // 60
        return minutes
    if offset:
        digits = offset[1:].replace(":", "")
        minutes = int(digits) * 60 if len(digits) <= 2 else int(digits[:-2]) * 60 + int(digits[-2:])
        return -minutes if offset[0] == "-" else minutes
    return None
