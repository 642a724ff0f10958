"""Times of day."""

from __future__ import annotations

from corpus_tools.timeline._meaning import Clock, Meaning
from corpus_tools.timeline._pattern import Found, Rule


def _clock(hour: int, minute: int | None, half: str, zone: str, second: str = "") -> Meaning | None:
    if not (0 <= hour <= 24 and (minute is None or 0 <= minute <= 59)):
        return None
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    written = f"T{hour:02d}:{minute or 0:02d}{second}"
    return Clock(written + (zone if zone in ("Z",) else ""))


def figures(found: Found) -> Meaning | None:
    """Read *10:35*, *10:35 a.m.*, *15:00 GMT*, *8.30am*."""
    parts = found.value("clock").replace("hrs", "").replace("hr", "").strip().replace(".", ":").split(":")
    second = f":{parts[2]}" if len(parts) == 3 else ""
    return _clock(int(parts[0]), int(parts[1]), found.value("half"), found.value("zone"), second)


def hour(found: Found) -> Meaning | None:
    """Read *10 p.m.*, *four o'clock*."""
    value = found.integer("hour")
    if value is None or not 1 <= value <= 12:
        return None
    return _clock(value, 0, found.value("half"), found.value("zone"))


def four_figures(found: Found) -> Meaning | None:
    """Read *2000 GMT*, *0000 GMT*."""
    figures = found.text("figures")
    if len(figures) != 4 or not figures.isdigit():
        return None
    return _clock(int(figures[:2]), int(figures[2:]), "", found.value("zone"))


def small_hours(found: Found) -> Meaning | None:
    """Read *the early hours* of a day."""
    early = found.text("which") in ("early", "small") and found.text("unit") == "hours"
    return Clock("", "MO", bare=True) if early else None


def noon(found: Found) -> Meaning | None:
    """Read *noon*, *midnight*; not *high noon*."""
    if found.first and found.tokens.words[found.first - 1] == "high":
        return None
    return Clock(found.value("noon"))


def part(found: Found) -> Meaning | None:
    """Read *the morning*: a part of a day still to be found; with a capital (*Golden Dawn*) it is a name."""
    place = found.groups["part"][0]
    if place > found.first and found.tokens.text[found.tokens.starts[place]].isupper():
        return None
    if place and found.tokens.text[found.tokens.starts[place]].isupper() and found.tokens.words[place - 1].isalpha():
        return None
    return Clock("", found.value("part"), bare=found.last - found.first == 1)


def in_the(found: Found) -> Meaning | None:
    """Read *4 in the morning*."""
    value = found.integer("hour")
    half = "a" if found.value("part") == "MO" else "p"
    return None if value is None or not 1 <= value <= 12 else _clock(value, 0, half, "")


RULES = (
    Rule("about? clock=clock half=ampm? zone=zone? ( time )?", figures),
    Rule("about? hour=day|number half=ampm zone=zone? ( time )?", hour),
    Rule("about? hour=day|number oclock", hour),
    Rule("about? hour=day|number oclock in the part=daypart", in_the),
    Rule("figures=year|integer zone=zone", four_figures),
    Rule("the which=part|small unit=units", small_hours),
    Rule("about? hour=day|number in the part=daypart", in_the),
    Rule("about? clock=clock in the part=daypart", figures),
    Rule("noon=noon", noon),
    Rule("the? ( part -? )? part=daypart", part),
    Rule("the? ( part -? )? part=daypart units", part),
    Rule("part -? part=daypart", part),
    Rule("the part part=daypart", part),
)
