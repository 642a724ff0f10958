"""Which of the days that an article names is that of its main incident."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from corpus_tools.timeline._tokens import lines

_FINE = ("day", "hour", "minute", "second")
_ONE_DAY = pd.Timedelta(days=1)
#: How far to look for a word that says what a date is about, in characters.
_REACH = 70
#: From this hour on, a time without a day in a report of the day is rather that of the evening before.
_LATE = 15

# What a mention of a day weighs: its form, the words beside it, its place; chosen by reading, in rough numbers.
_CLOCK = 2.0
_OVERNIGHT = -1.0
_HAPPENED, _AFTERWARDS = 0.7, -0.7
_FIRST, _TOLL = 0.6, 0.5
#: The day of publication and the one before are named for many other reasons.
_NEWS = -0.7
#: Characters of text over which a mention loses one.
_FADES = 1500
#: A clock time without a day belongs to the day told before it, if that weighs at least this.
_TELLS = -0.6


@dataclass(frozen=True)
class Candidate:
    """A day that the article names, and how much speaks for it."""

    day: pd.Timestamp
    score: float
    bare: bool


@cache
def _words(name: str) -> re.Pattern[str]:
    phrases = [phrase.strip() for row in lines("incident.tsv") if row[0] == name for phrase in row[1].split(",")]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.IGNORECASE)


def main_day(
    expressions: pd.DataFrame, text: str, published: pd.Timestamp | None, harmful: set[int]
) -> pd.Timestamp | None:
    """Return the day of the incident that a text is about, None when it names no day up to its publication.

    Every mention of a day votes for it, weighted by the words beside it: a time of day and words of what happened
    speak for a day, words of what police, courts and papers did afterwards against it.

    Parameters
    ----------
    expressions : DataFrame
        The time expressions of the text.
    text : str
        The text.
    published : Timestamp, optional
        The day of its publication.
    harmful : set of int
        Where the expressions begin that date an event with a toll.
    """
    votes: dict[pd.Timestamp, float] = defaultdict(float)
    candidates = list(_candidates(expressions, text, published, harmful))
    named = any(not candidate.bare for candidate in candidates)
    told: pd.Timestamp | None = None
    for candidate in candidates:
        if not candidate.bare and (told is None or candidate.score > _TELLS):
            told = candidate.day
        day = told if candidate.bare and named else candidate.day
        if day is not None:
            votes[day] += math.exp(candidate.score)
    return max(votes, key=lambda day: (votes[day], day)) if votes else None


def _candidates(
    expressions: pd.DataFrame, text: str, published: pd.Timestamp | None, harmful: set[int]
) -> Iterator[Candidate]:
    first = True
    for row in expressions.to_dict("records"):
        day = _day(row)
        if day is None:
            continue
        start, end = int(row["start"]), int(row["end"])
        if (published is not None and day > published) or on_the_page(text, start):
            continue
        bare = row["type"] == "TIME" and row["confidence"] <= 0.6
        score = _score(text, start, end, row) + _FIRST * first + _TOLL * (start in harmful)
        if published is not None:
            score += _NEWS * (day >= published - _ONE_DAY)
            if day == published and _evening_before(row, bare):
                day -= _ONE_DAY
        first = False
        yield Candidate(day, score, bare)


def _evening_before(row: Mapping[Hashable, Any], bare: bool) -> bool:
    """Whether an expression resolved to the day of publication rather means the evening before."""
    return "overnight" in row["text"].lower() or (bare and pd.Timestamp(row["begin"]).hour >= _LATE)


def _day(row: Mapping[Hashable, Any]) -> pd.Timestamp | None:
    """Return the one day that an expression means; midnight of a day counts to that day, as people say it."""
    if row["type"] not in ("DATE", "TIME") or row["granularity"] not in _FINE or pd.isna(row["begin"]):
        return None
    written = _WHOLE_DAY.match(str(row["value"]))
    return pd.Timestamp(written[0]) if written else None


_ONLY_SMALL = re.compile(r"\W*(?:on|at)?\W*")
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!-)")


def on_the_page(text: str, start: int, *, titled: bool = False) -> bool:
    """Whether a date is part of the page's furniture: *Published March 13, 2018*; `titled`: only with a capital."""
    lead = text[max(0, start - 25) : start]
    found = [match.end() for match in _words("page").finditer(lead) if not titled or match.group()[0].isupper()]
    return bool(found) and _ONLY_SMALL.fullmatch(lead, found[-1]) is not None


def _score(text: str, start: int, end: int, row: Mapping[Hashable, Any]) -> float:
    """Return what speaks for an expression: its own form, and the words before and behind it in its sentence."""
    lead = re.split(r"[.!?]\s|\n", text[max(0, start - _REACH) : start])[-1]
    tail = re.split(r"[.!?]\s|\n", text[end : end + _REACH])[0]
    score: float = _CLOCK * (row["type"] == "TIME") + _OVERNIGHT * ("overnight" in row["text"].lower()) - start / _FADES
    return float(score + _about(lead, last=True) + _about(tail, last=False))


def _about(stretch: str, *, last: bool) -> float:
    """Return what the word nearest to the expression says: of the incident, or of what came afterwards."""
    places = [(match.start(), _HAPPENED) for match in _words("incident").finditer(stretch)]
    places += [(match.start(), _AFTERWARDS) for match in _words("later").finditer(stretch)]
    if not places:
        return 0.0
    return (max(places) if last else min(places))[1]
