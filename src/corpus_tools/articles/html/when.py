"""When a page was published, from all places that date it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from corpus_tools.articles import _data, dates, leads
from corpus_tools.articles.dates import DateReading
from corpus_tools.articles.html.blocks import Block, Place, above
from corpus_tools.articles.html.structured import Structured, plain

_IN_URL = re.compile(
    r"/((?:19|20)\d\d)/([01]?\d)/([0-3]?\d)(?=/|$)|(?<!\d)((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?!\d)|"
    r"(?<!\d)((?:19[89]|20[0-3])\d)([01]\d)([0-3]\d)(?!\d)"
)
_ISO = re.compile(
    r"((?:19|20)\d\d-[01]\d-[0-3]\d)(?:[T ]([0-2]\d:[0-5]\d(?::[0-6]?\d)?)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
)
_ELSEWHERE = frozenset(("comments", "related", "teaser", "ads", "chrome", "subscribe"))
_EARLIEST = 1995
#: Not even between headline and text.
_NEVER = frozenset(("comments", "related", "ads"))
_SHORT_LINE = 80
#: Longest sentence that files an entry.
_FILED_LINE = 500
#: `(2 August 2016) It rained`, `2.8.2016 - It rained`.
_OPENING = re.compile(r"\(([^()]{6,40})\)\s|([^|–—-]{6,60}?)\s*(?:\||\s[–—-]\s)")
#: A day within a line.
_DAY = re.compile(
    r"(?<![\w.])(?:[0-3]?\d\.?\s[^\W\d_]{3,12}\.?,?\s(?:19|20)\d\d|[^\W\d_]{3,12}\.?\s[0-3]?\d(?:st|nd|rd|th)?,?\s(?:19|20)\d\d|"
    r"[0-3]?\d\.[01]?\d\.(?:19|20)\d\d|(?:19|20)\d\d[-.][01]\d[-.][0-3]\d)(?!\w)"
)
#: Most words before a date at the end of a line; and words before a date that is none of publication.
_FEW = 5
_LIMIT = re.compile(
    r"\b(?:bis|until|till|jusqu[’']au|hasta|fino al?|tot|ab|since|seit|depuis|desde)(?:\s(?:zum|the|el|le))?$",
    re.IGNORECASE,
)
#: `4. 2. 2022`, `26 | 01 | 2022`.
_SPACED = re.compile(r"(?<![\d.])([0-3]?\d)(?:\.\s|\s\|\s)([01]?\d)(?:\.\s|\s\|\s)((?:19|20)\d\d)(?!\d)")


def choose(
    structured: Structured, times: Sequence[tuple[str, str]], near: Sequence[Block], blocks: Sequence[Block],
    url: str | None, language: str | None = None,
) -> DateReading | None:  # fmt: skip
    """Return the date of publication; None when no place gives one.

    Parameters
    ----------
    structured : Structured
        What the page says for machines.
    times : sequence of (str, str)
        Kind (``"published"``, ``"time"``, ``"updated"``) and text of elements that hold a date.
    near : sequence of Block
        The blocks between headline and text, and the first ones of the text.
    blocks : sequence of Block
        The blocks around the text, in order.
    url : str or None
        Its address.
    language : str or None
        Code of the language that it declares: some are written day first everywhere.
    """
    addressed = in_url(url)
    unclear: DateReading | None = None
    lines = list(_lines(blocks))
    places = (
        _marked(structured, times, addressed),
        (_inside(text) for byline, text in lines if byline),
        (text for kind, text in times if kind == "time"),
        _below_headline(near),
        _filed([*near, *blocks]),
        _shown(structured, [text for byline, text in lines if not byline]),
    )
    for written in itertools.chain(*places):
        reading = written if isinstance(written, DateReading) else read(written)
        if reading is None or (reading.problem and not reading.candidates):
            continue
        if reading.value is None:
            unclear = unclear or reading
        elif reading.value.year >= _EARLIEST and (unclear is None or _fits(reading, unclear)):
            return _by_the_outlets_clock(reading, addressed, lines)
    return _day_first(unclear, language) if unclear is not None else None


def _below_headline(near: Sequence[Block]) -> Iterator[str]:
    """Yield lines between headline and text with a digit, and what the first paragraphs have before a dash."""
    for block in near:
        if not any(map(str.isdigit, block.text[:160])):
            continue
        if any(place.kinds & _NEVER for place in itertools.islice(above(block.place), 3)):
            continue
        if len(block.text) <= _SHORT_LINE:
            yield block.text
        first = _OPENING.match(block.text)
        if first:
            yield first[1] or first[2]


def _filed(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the dates of sentences such as `This entry was posted on Tuesday, August 2nd, 2016 at 6:40 pm`."""
    for block in blocks:
        begun = _posted().match(block.text) if len(block.text) <= _FILED_LINE else None
        day = _DAY.search(block.text, begun.end(), begun.end() + _SHORT_LINE) if begun else None
        if day:
            yield re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", day[0])


@cache
def _posted() -> re.Pattern[str]:
    return re.compile("|".join(row[0] for row in _data.rows("html_filed.txt")), re.IGNORECASE)


def _by_the_outlets_clock(
    reading: DateReading, addressed: DateReading | None, lines: Sequence[tuple[bool, str]]
) -> DateReading:
    """Return the day that the page shows instead of a time in UTC on the day beside it."""
    if reading.offset != 0 or not reading.timed:
        return reading
    written = (_labelled(_SPACED.sub(r"\1.\2.\3", text)) for byline, text in lines[:20] if byline)
    shown = [other for other in (addressed, *written) if other is not None and other.value is not None]
    if any(other.value and reading.value and other.value.date() == reading.value.date() for other in shown):
        return reading
    return next((other for other in shown if _next_day(reading, other)), reading)


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


def _shown(structured: Structured, lines: Sequence[str]) -> Iterator[str | DateReading]:
    """Yield dates that may be the publication's: in short lines, and of a video."""
    yield from lines[:60]
    yield from _values(structured.article or {}, "uploadDate")


def changed(structured: Structured, times: Sequence[tuple[str, str]], blocks: Sequence[Block]) -> DateReading | None:
    """Return the date of the last change of a page as it gives it; None when there is none or it is ambiguous."""
    written = list(_values(structured.article or {}, "dateModified"))
    for name in _data.listed("html_meta.tsv")["updated"]:
        written.extend(structured.meta.get(name, ())[:1])
    written.extend(_values(structured.page or {}, "dateModified"))
    written.extend(text for kind, text in times if kind == "updated")
    written.extend(_updated(blocks))
    readings = (read(text) for text in written)
    return next((one for one in readings if one and one.value and one.value.year >= _EARLIEST), None)


def _updated(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the dates of lines such as `Last updated: 2 August 2016`."""
    for _, text in _lines(blocks):
        for piece in leads.parts(text):
            start = leads.pattern().match(piece)
            if start and start["update"] is not None:
                yield piece[start.end() :].strip(" :.")


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
        if clock and clock[-2] == ":":
            clock = f"{clock[:-1]}0{clock[-1]}"
        return dates.parse(f"{day}T{clock}{zone or ''}" if clock else day)
    written = _SPACED.sub(r"\1.\2.\3", written)
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
        if trailing is not None and len(trailing[0].split()) <= _FEW and not _LIMIT.search(trailing[0]):
            return trailing[1]
        inside = _DAY.search(rest) if start else None
        if inside is not None:
            return dates.parse(inside[0])
    return None


def _inside(line: str) -> str:
    """Return the date in a line for bylines, where it stands beside other things; the line when there is none."""
    found = _DAY.search(line)
    return found[0] if found and read(line) is None and not leads.pattern().search(line[: found.start()]) else line


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
        if any(place.kinds & _ELSEWHERE and not _dates_teaser(place) for place in around):
            continue
        byline = any("byline" in place.kinds for place in around[:3])
        if byline or len(text) < 100:
            yield byline, text


def _dates_teaser(place: Place) -> bool:
    """Return whether a place that is named like a list of articles holds a date: `news-list-date`."""
    return "byline" in place.kinds and place.size < _SHORT_LINE and not place.kinds & _NEVER
