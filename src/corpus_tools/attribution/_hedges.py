"""Words that weaken a claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from corpus_tools.attribution._lexicon import rows, words

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(
    r"\s+(?:[$€£]?\d|a (?:dozen|hundred|thousand|million)\b|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|dozens?|hundreds?|thousands?)\b)",
    re.IGNORECASE,
)


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds: dict[str, str] = {}
    alternatives = []
    for row in sorted(rows("hedges.tsv"), key=lambda row: -len(row["hedge"])):
        pattern = re.escape(row["hedge"]).replace(r"\ ", r"\s+").replace(r"\{be\}", "(?:is|are|was|were|be|been)")
        alternatives.append(pattern)
        kinds[row["hedge"]] = row["kind"]
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", re.IGNORECASE), kinds


@cache
def first_words() -> frozenset[str]:
    """Return the words with which hedges begin, lower-cased."""
    found = {word for row in rows("hedges.tsv") for word in [row["hedge"].split()[0].split("-")[0]]}
    return frozenset((found - {"{be}"}) | words("be"))


def hedges(text: str, places: Iterable[int] | None = None) -> list[tuple[int, int, str]]:
    """Return the hedges of `text` with their places, in order.

    Parameters
    ----------
    text : str
    places : iterable of int, optional
        Where words with which hedges begin (`first_words`) stand; by default they are looked for.

    Examples
    --------
    >>> hedges("The film is thought to show some 200 men; this could not be confirmed.")
    [(9, 22, 'is thought to'), (28, 32, 'some'), (47, 69, 'could not be confirmed')]
    """
    pattern, kinds = _pattern()
    found = []
    if places is None:
        places = (word.start() for word in _WORD.finditer(text) if word.group().lower() in first_words())
    done = 0
    for place in places:
        match = pattern.match(text, place) if place >= done else None
        if match is None:
            continue
        done = match.end()
        kind = kinds.get(" ".join(match.group().lower().split()), "")
        if kind == "approximate" and not _NUMBER.match(text, match.end()):
            continue
        found.append((match.start(), match.end(), match.group()))
    return found


def within(found: list[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    """Return those hedges that lie between `start` and `end`."""
    first = bisect_left(found, (start, 0, ""))
    chosen: list[tuple[int, int, str]] = []
    for begin, finish, hedge in found[first:]:
        if begin >= end:
            break
        if finish <= end:
            chosen.append((begin, finish, hedge))
    return chosen
