"""Words that weaken a claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from corpus_tools.attribution._lexicon import rows

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


def hedges(text: str) -> list[tuple[int, int, str]]:
    """Return the hedges of `text` with their places, in order.

    Examples
    --------
    >>> hedges("The film is thought to show some 200 men; this could not be confirmed.")
    [(9, 22, 'is thought to'), (28, 32, 'some'), (47, 69, 'could not be confirmed')]
    """
    pattern, kinds = _pattern()
    found = []
    for match in pattern.finditer(text):
        kind = kinds.get(" ".join(match.group().lower().split()), "")
        if kind == "approximate" and not _NUMBER.match(text, match.end()):
            continue
        found.append((match.start(), match.end(), match.group()))
    return found


def within(found: list[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    """Return those hedges that lie between `start` and `end`."""
    first = bisect_left(found, (start, 0, ""))
    chosen: list[tuple[int, int, str]] = []
    for begin, finish, words in found[first:]:
        if begin >= end:
            break
        if finish <= end:
            chosen.append((begin, finish, words))
    return chosen
