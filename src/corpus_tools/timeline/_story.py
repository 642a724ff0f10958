"""Which year a bare date of a story means: *In May* after *a campaign planned for 1976*.

Each year that can be meant is described by a few features: how far it lies from the last two dates and from the next
two that are written out with their year, and whether the story has just left one year for another. A linear chooser
weighs them. Its weights (``data/story.tsv``) come from ``training/timex.py``; see the model card beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import exp

from corpus_tools.timeline._tokens import lines

#: Months between two dates, in classes: the first bound that is not passed names the class. Fine for the last date,
#: wide for the others.
_FINE = (-36, -14, -11, -7, -3, -1, 0, 2, 5, 8, 11, 14, 36)
_WIDE = (-25, -12, -4, -1, 0, 3, 8, 11, 25)
#: How many years away a date may be to count as part of the same story.
_REACH = 100
#: How many characters a paragraph may go on to the next written-out date.
_NEAR = 2000


@dataclass(frozen=True)
class Mention:
    """A date of a story, and where it stands."""

    year: int
    month: int | None
    start: int


@dataclass
class Story:
    """The last two dates of a text so far, and those with a year that are still to come."""

    text: str
    coming: list[Mention]
    past: list[Mention] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        """Remember a date."""
        self.past.append(mention)
        del self.past[:-3]

    def year_of(self, month: int, start: int) -> tuple[int, float]:
        """Return the year that a month, day or season named at `start` means, and how likely it is.

        Some date must have been named before.
        """
        known = weights()
        ahead = self._ahead(start)
        odds = {
            year: exp(sum(known.get(name, 0.0) for name in self.features(year, month, start, ahead)))
            for year in self.candidates(ahead)
        }
        best = max(odds, key=lambda year: odds[year])
        return best, odds[best] / sum(odds.values())

    def _ahead(self, start: int) -> list[Mention]:
        place = bisect_right(self.coming, start, key=lambda mention: mention.start)
        return self.coming[place : place + 2]

    def candidates(self, ahead: list[Mention]) -> list[int]:
        """Return the years that can be meant, the most obvious first."""
        last = self.past[-1].year
        years = [last, last + 1, last - 1, *(mention.year for mention in reversed(self.past))]
        for mention in ahead[:1]:
            years += [mention.year, mention.year - 1]
        return [year for year in dict.fromkeys(years) if abs(year - last) < _REACH]

    def features(self, year: int, month: int, start: int, ahead: list[Mention]) -> Iterator[str]:
        """Yield the names of the features of `year`."""
        last = self.past[-1]
        yield f"same {_compared(year, last.year)}"
        yield f"last {_step(last, year, month, _FINE)}"
        for before in self.past[-2:-1]:
            yield f"before {_step(before, year, month, _WIDE)}"
            yield f"turn {_compared(last.year, before.year)} {_compared(year, last.year)}"
        for place, mention in enumerate(ahead):
            near = place == 0 and mention.start - start < _NEAR and "\n" not in self.text[start : mention.start]
            yield f"{'near' if near else ('next', 'then')[place]} {_step(mention, year, month, _WIDE)}"


def _step(mention: Mention, year: int, month: int, bounds: tuple[int, ...]) -> str:
    """Name the distance in months from a date to a candidate; in years where the date has no month."""
    if mention.month is None:
        return f"year {_compared(year, mention.year)}"
    months = (year - mention.year) * 12 + month - mention.month
    return f"months {next((bound for bound in bounds if months <= bound), 99)}"


def _compared(year: int, other: int) -> str:
    return f"{max(-2, min(2, year - other)):+d}"


@cache
def weights() -> dict[str, float]:
    """Load the chooser's weights."""
    return {name: float(weight) for name, weight in lines("story.tsv")}
