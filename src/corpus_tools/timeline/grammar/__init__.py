"""The time grammar: one module for each family of expressions."""

from __future__ import annotations

from functools import cache

from corpus_tools.timeline._pattern import Grammar, prepare

#: Classes of which one must stand in a stretch of words before the rules are tried.
TRIGGERS = (
    "month",
    "weekday",
    "weekdays",
    "unit",
    "units",
    "second",
    "quarter",
    "quarters",
    "period",
    "half",
    "weekend",
    "season",
    "seasons",
    "fall",
    "daypart",
    "dayparts",
    "noon",
    "year",
    "year2",
    "decade",
    "decadeword",
    "iso",
    "slash",
    "clock",
    "ampm",
    "oclock",
    "era",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "overnight",
    "ordinal",
    "number",
    "zone",
    "q",
    "fy",
)


@cache
def grammar() -> Grammar:
    """Return the whole grammar, compiled once."""
    from corpus_tools.timeline.grammar import clock, dates, durations, parts, periods, relative, sets, widening

    rules = (
        *dates.RULES,
        *relative.RULES,
        *durations.RULES,
        *sets.RULES,
        *clock.RULES,
        *periods.RULES,
        *parts.RULES,
        *widening.RULES,
    )
    return prepare(rules, TRIGGERS)
