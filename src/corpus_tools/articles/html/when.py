"""When a page was published, from all places that date it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from corpus_tools.articles import _data, dates, leads
from corpus_tools.articles.dates import DateReading
from corpus_tools.articles.html.blocks import Block, above
from corpus_tools.articles.html.structured import Structured, plain

_IN_URL = re.compile(
    r"/((?:19|20)\d\d)/([01]?\d)/([0-3]?\d)(?=/|$)|(?<!\d)((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?!\d)|"
    r"(?<!\d)((?:19[89]|20[0-3])\d)([01]\d)([0-3]\d)(?!\d)"
)
_ISO = re.compile(
    r"((?:19|20)\d\d-[01]\d-[0-3]\d)(?:[T ]([0-2]\d:[0-5]\d(?::[0-6]\d)?)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
)
_ELSEWHERE = frozenset(("comments", "related", "teaser", "ads", "chrome", "subscribe"))
_EARLIEST = 1995


def choose(
    structured: Structured, times: Sequence[tuple[str, str]], blocks: Sequence[Block], url: str | None,
    language: str | None = None, page: str = "",
) -> DateReading | None:  # fmt: skip
    """Return the date of publication; None when no place gives one.

    Parameters
    ----------
    structured : Structured
        What the page says for machines.
    times : sequence of (str, str)
        Kind (``"published"``, ``"time"``, ``"updated"``) and text of elements that hold a date.
    blocks : sequence of Block
        The blocks of the page, in order.
    url : str or None
        Its address.
    language : str or None
        Code of the language that it declares: some are written day first everywhere.
    page : str
        Its HTML: htmldate is asked where nothing is marked as the date of publication.
    """
    addressed = in_url(url)
    unclear: DateReading | None = None
    lines = list(_lines(blocks))
    bylines = (text for byline, text in lines if byline)
    others = [text for byline, text in lines if not byline]
    places = (
        _marked(structured, times, addressed),
        bylines,
        _asked(page, url, changed(structured, times)),
        _shown(structured, times, others),
    )
    for written in itertools.chain(*places):
        reading = written if isinstance(written, DateReading) else read(written)
        if reading is None or (reading.problem and not reading.candidates):
            continue
        if reading.value is None:
            unclear = unclear or reading
        elif reading.value.year >= _EARLIEST and (unclear is None or _fits(reading, unclear)):
            return _by_the_outlets_clock(reading, addressed, blocks)
    return _day_first(unclear, language) if unclear is not None else None


def _asked(page: str, url: str | None, change: DateReading | None) -> Iterator[DateReading]:
    """Yield the date that htmldate finds, when it is not that of a change, and can be read in one way only."""
    if not page:
        return
    import htmldate

    try:
        found = htmldate.find_date(page, original_date=True, extensive_search=True, url=url)
    except Exception:  # Whatever it stumbles over: the next place is asked.
        return
    reading = dates.parse(found) if found else None
    if reading is None or reading.value is None or (change and change.value and _same_day(reading.value, change)):
        return
    if _plainly(reading.value, page):
        yield reading


def _same_day(day: datetime, other: DateReading) -> bool:
    """Return whether a moment is on a day, by the clock in which it is written or by that of UTC."""
    if other.value is None:
        return False
    local = other.value + timedelta(minutes=other.offset or 0)
    return day.date() in (other.value.date(), local.date())


def _plainly(day: datetime, page: str) -> bool:
    """Return whether a page writes a day in a way that can be read in one way only."""
    year, month, number = day.year, day.month, day.day
    if f"{year}-{month:02}-{number:02}" in page or f"{year}/{month:02}/{number:02}" in page:
        return True
    pattern = _writings(year, month, number)
    windows = itertools.islice(re.finditer(str(year), page), 400)
    return any(pattern.search(page, max(0, one.start() - 30), one.end() + 20) for one in windows)


def _writings(year: int, month: int, number: int) -> re.Pattern[str]:
    names = sorted({name for value, name in _data.rows("months.tsv") if value == str(month)}, key=len, reverse=True)
    gap, word = r"(?:[\s,.-]|&nbsp;|\bde\b|st|nd|rd|th|er)+", f"(?:{'|'.join(names)})"
    forms = [rf"(?<!\d)0?{number}\.\s?0?{month}\.\s?{year}", rf"(?<!\d)0?{number}{gap}{word}{gap}{year}",
             rf"{word}{gap}0?{number}{gap}{year}"]  # fmt: skip
    if number > 12 or number == month:
        forms.append(rf"(?<!\d)(?:0?{number}/0?{month}|0?{month}/0?{number})/{year}")
    return re.compile("|".join(forms), re.IGNORECASE)


def _by_the_outlets_clock(reading: DateReading, addressed: DateReading | None, blocks: Sequence[Block]) -> DateReading:
    """Return the day that the page shows instead of a time in UTC on the day beside it."""
    if reading.offset != 0 or not reading.timed:
        return reading
    written = (_labelled(text) for byline, text in itertools.islice(_lines(blocks), 20) if byline)
    return next((other for other in (addressed, *written) if other is not None and _next_day(reading, other)), reading)


def _next_day(reading: DateReading, shown: DateReading) -> bool:
    """Return whether a time in UTC is on the day beside one that the page shows: the outlet's clock is another."""
    if reading.value is None or shown.value is None or shown.offset == 0:
        return False
    days = (shown.value.date() - reading.value.date()).days
    return (days == -1 and reading.value.hour < 9) or (days == 1 and reading.value.hour >= 21)


def _day_first(reading: DateReading, language: str | None) -> DateReading:
    """Settle a date that can be read two ways where its points, or the page's language, say how it is read."""
    code = re.split(r"[-_]", (language or "").lower())[0]
    if len(reading.candidates) == 2 and ("." in reading.written or code in _data.words("html_day_first.txt")):
        return replace(reading, value=reading.candidates[0], candidates=(), shows=dates.DAY_FIRST)
    return reading


def _fits(reading: DateReading, unclear: DateReading) -> bool:
    return reading.value is not None and reading.value.date() in {day.date() for day in unclear.candidates}


def _marked(
    structured: Structured, times: Sequence[tuple[str, str]], addressed: DateReading | None
) -> Iterator[str | DateReading]:
    """Yield the dates that the page marks as its publication's, and the one in its address."""
    article, page = structured.article or {}, structured.page or {}
    yield from _values(article, "datePublished")
    for name in _data.listed("html_meta.tsv")["published"]:
        yield from structured.meta.get(name, ())[:1]
    yield from (text for kind, text in times if kind == "published")
    for node in structured.nodes:
        yield from _values(node, "datePublished")
    yield from _values(article, "dateCreated")
    yield from _values(page, "dateCreated")
    if addressed is not None:
        yield addressed


def _shown(
    structured: Structured, times: Sequence[tuple[str, str]], lines: Sequence[str]
) -> Iterator[str | DateReading]:
    """Yield dates that may be the publication's: in time elements, and in short lines."""
    yield from (text for kind, text in times if kind == "time")
    yield from lines[:60]
    yield from _values(structured.article or {}, "uploadDate")


def changed(structured: Structured, times: Sequence[tuple[str, str]]) -> DateReading | None:
    """Return the date of the last change of a page as it marks it; None when there is none or it is ambiguous."""
    written = list(_values(structured.article or {}, "dateModified"))
    for name in _data.listed("html_meta.tsv")["updated"]:
        written.extend(structured.meta.get(name, ())[:1])
    written.extend(_values(structured.page or {}, "dateModified"))
    written.extend(text for kind, text in times if kind == "updated")
    readings = (read(text) for text in written)
    return next((one for one in readings if one and one.value and one.value.year >= _EARLIEST), None)


def _values(node: dict[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        value = plain(node.get(name))
        if value:
            yield value


def read(written: str) -> DateReading | None:
    """Return what a machine-readable or written date says.

    Examples
    --------
    >>> read("2020-03-05T23:40:00.000+01:00").offset
    60
    >>> read("13/14/2016").problem, len(read("03/04/2016").candidates)
    ('there is no such day', 2)
    """
    written = written.strip()
    found = _ISO.match(written)
    if found:
        day, clock, zone = found.groups()
        if zone and len(zone) == 3:
            zone += ":00"
        return dates.parse(f"{day}T{clock}{zone or ''}" if clock else day)
    return dates.from_value(written[: dates.LONGEST]) or _labelled(written)


def _labelled(text: str) -> DateReading | None:
    """Return the date of `Published: 2 August 2016 at 10:40` or `2 August 2016, by Ines Orr`."""
    if len(text) > 160:
        return None
    for piece in leads.parts(text):
        start = leads.pattern().match(piece)
        if start and start["update"] is not None:
            continue
        rest = piece[start.end() :].lstrip(" :") if start else piece
        leading = dates.leading(rest)
        if leading is not None:
            return leading[0]
        trailing = dates.trailing(rest)
        if trailing is not None:
            return trailing[1]
    return None


def in_url(url: str | None) -> DateReading | None:
    """Return the day in an address.

    Examples
    --------
    >>> in_url("https://harl.example/2016/08/02/rain.html").value
    datetime.datetime(2016, 8, 2, 0, 0)
    """
    found = _IN_URL.search(url or "")
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return DateReading(f"{year}-{month:02}-{day:02}", datetime(year, month, day))
    except ValueError:
        return None


def _lines(blocks: Sequence[Block]) -> Iterator[tuple[bool, str]]:
    """Yield short lines with a digit, and whether they stand in a place for bylines."""
    for block in blocks:
        text = block.text
        if len(text) > 160 or not any(map(str.isdigit, text)):
            continue
        around = list(itertools.islice(above(block.place), 6))
        if frozenset().union(*(place.kinds for place in around)) & _ELSEWHERE:
            continue
        byline = any("byline" in place.kinds for place in around[:3])
        if byline or len(text) < 100:
            yield byline, text
