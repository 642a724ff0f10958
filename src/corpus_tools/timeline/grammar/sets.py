"""Repeated times."""

from __future__ import annotations

from corpus_tools.timeline._meaning import Meaning, Recurring
from corpus_tools.timeline._pattern import Found, Rule
from corpus_tools.timeline._values import number_text
from corpus_tools.timeline.grammar._numbers import count

_LENGTHS = {
    "Y": "P1Y",
    "M": "P1M",
    "W": "P1W",
    "D": "P1D",
    "TH": "PT1H",
    "TM": "PT1M",
    "DE": "P10Y",
    "CE": "P100Y",
    "FN": "P2W",
}


def every(found: Found) -> Meaning | None:
    """Read *every day*, *each year*, *every three months*."""
    unit = found.value("unit")
    amount = count(found, "amount") if found.has("amount") else 1.0
    if amount is None or not 0 < amount <= 1_000_000:
        return None
    if found.has("other"):
        amount = 2.0
    if unit in ("TH", "TM", "TS"):
        return Recurring(f"PT{number_text(amount)}{unit[1]}")
    if unit in ("DE", "CE"):
        return Recurring(f"P{number_text(amount * (10 if unit == 'DE' else 100))}Y")
    return Recurring(f"P{number_text(amount * (2 if unit == 'FN' else 1))}{'W' if unit == 'FN' else unit}")


def weekday(found: Found) -> Meaning:
    """Read *every Tuesday*, *Tuesdays*, *Tuesday nights*."""
    part = found.value("part")
    return Recurring(f"XXXX-WXX-{found.value('weekday')}" + (f"T{part}" if part else ""))


def month(found: Found) -> Meaning:
    """Read *every July*."""
    return Recurring(f"XXXX-{int(found.value('month')):02d}")


def season(found: Found) -> Meaning:
    """Read *every summer*, *the past three summers*."""
    return Recurring(f"XXXX-{found.value('season')}")


def daypart(found: Found) -> Meaning:
    """Read *every morning*."""
    return Recurring(f"XXXX-XX-XXT{found.value('part')}")


def per(found: Found) -> Meaning | None:
    """Read *twice a week*, *three times per year*, *per day*."""
    return Recurring(_LENGTHS[found.value("unit")]) if found.value("unit") in _LENGTHS else None


RULES = (
    Rule("each unit=unit", every),
    Rule("each amount=@count unit=units|unit", every),
    Rule("each other=other unit=unit", every),
    Rule("each weekday=weekday part=daypart?", weekday),
    Rule("weekday=weekdays", weekday),
    Rule("weekday=weekday part=dayparts", weekday),
    Rule("each month=month", month),
    Rule("each season=season", season),
    Rule("the? past|last|next @count season=seasons", season),
    Rule("each part=daypart", daypart),
    Rule("each quarter=quarter", lambda _: Recurring("P1Q")),
    Rule("each weekend=weekend", lambda _: Recurring("XXXX-WXX-WE")),
    Rule("once|twice a|each|per unit=unit", per),
    Rule("number|day times a|each|per unit=unit", per),
    Rule("number|day units|unit a|each|per unit=unit", per),
    Rule("per unit=unit", per),
)
