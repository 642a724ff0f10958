"""How often an expression of a kind gets the value that readers give it."""

from __future__ import annotations

from functools import cache

from corpus_tools.timeline._meaning import Clock, Constant, Length, Meaning, Point, Recurring, SamePeriod, Shift
from corpus_tools.timeline._reference import Resolved
from corpus_tools.timeline._tokens import lines

_PLAIN: dict[type, str] = {Clock: "time", Recurring: "set", SamePeriod: "period"}
_SHIFTED = {"D": "days", "W": "weeks", "FN": "weeks", "Y": "years", "DE": "years", "CE": "years"}
_POINTS = {"D": "day", "M": "month", "Y": "year", "Q": "quarter", "H": "quarter", "DE": "decade", "CE": "decade"}


def confidence(meaning: Meaning, resolved: Resolved, *, narrative: bool) -> float:
    """Return the share of expressions of this kind that have the right value, from ``data/certainty.tsv``.

    Where a model chose among years, its chance counts.
    """
    name = kind(meaning, resolved)
    known = _shares()
    told = known.get((name, "narrative" if narrative else "news"))
    sure = told if told is not None else known["other", "news"]
    return round(sure if resolved.chance is None else min(sure, resolved.chance), 2)


def kind(meaning: Meaning, resolved: Resolved) -> str:
    """Name the kind of an expression, as ``data/certainty.tsv`` has it."""
    value = resolved.value or ""
    if isinstance(meaning, Constant):
        return value.lower() if value.endswith("_REF") else "set" if meaning.type == "SET" else "vague"
    if isinstance(meaning, Length):
        return "vague length" if meaning.amount is None else "length"
    if "XX" in value:
        return "open"
    if isinstance(meaning, Shift):
        return f"{_SHIFTED.get(meaning.unit, 'units')} from {'then' if resolved.anchor == 'narrative' else 'now'}"
    if isinstance(meaning, Point):
        point = "weekday" if meaning.weekday is not None else _POINTS.get(meaning.unit, "season")
        return f"{point} written out" if meaning.year is not None else point
    return _PLAIN.get(type(meaning), "other")


@cache
def _shares() -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for name, news, narrative in lines("certainty.tsv"):
        table[name, "news"], table[name, "narrative"] = float(news), float(narrative)
    return table
