"""Phrases with a fixed value (*now*, *recently*) and named days (*Christmas Eve*)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from corpus_tools.timeline._meaning import Constant, Meaning, Nothing, Point
from corpus_tools.timeline._tokens import Tokens, lines

Phrases = dict[str, list[tuple[tuple[str, ...], Meaning]]]


@cache
def phrases() -> Phrases:
    """Return the phrases by their first word, the longest first."""
    table: Phrases = {}
    for type_, value, phrase, *style in lines("constants.tsv"):
        meaning = Constant(type_, None if value == "-" else value, style[0] if style else "")
        _add(table, phrase, Nothing() if type_ == "NONE" else meaning)
    for name, rule in lines("days.tsv"):
        _add(table, name, _named_day(rule))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def _add(table: Phrases, phrase: str, meaning: Meaning) -> None:
    words = tuple(phrase.replace("-", " - ").replace("'s", "'s").split())
    table.setdefault(words[0], []).append((words, meaning))


def _named_day(rule: str) -> Meaning:
    if len(rule) == 10 and rule[4] == "-" and rule[:4].isdigit():
        return Point("D", year=int(rule[:4]), month=int(rule[5:7]), day=int(rule[8:]), famous=True)
    return Point("NAMED", part=rule)


def find(tokens: Tokens) -> list[tuple[int, int, Meaning]]:
    """Return (first token, last token exclusive, meaning) of each phrase, longest first at each place."""
    table = phrases()
    words = tokens.words
    found: list[tuple[int, int, Meaning]] = []
    for place in [place for place, word in enumerate(words) if word in table]:
        for phrase, meaning in table[words[place]]:
            if tuple(words[place : place + len(phrase)]) == phrase:
                found.append((place, place + len(phrase), meaning))
                break
    return found


def day_of(rule: str, year: int) -> date | None:
    """Return the named day's date in a year.

    Examples
    --------
    >>> day_of("11-W4-4", 1999), day_of("easter-2", 2016)
    (datetime.date(1999, 11, 25), datetime.date(2016, 3, 25))
    """
    if not 1583 <= year <= 9998:
        return None
    if rule.startswith("easter"):
        return _easter(year) + timedelta(days=int(rule[6:]))
    month, _, rest = rule.partition("-")
    if not rest.startswith("W"):
        return date(year, int(month), int(rest))
    number, weekday = rest[1:].rsplit("-", 1)
    if number == "-1":
        last = date(year, int(month), 28) + timedelta(days=10)
        last = last.replace(day=1) - timedelta(days=1)
        return last - timedelta(days=(last.isoweekday() - int(weekday)) % 7)
    first = date(year, int(month), 1)
    return first + timedelta(days=(int(weekday) - first.isoweekday()) % 7 + 7 * (int(number) - 1))


def _easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Jones and Butcher's computation)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    l = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7  # noqa: E741
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)
