"""The trained weights: how likely a candidate attributes, or is right in all parts, or a quotation is speech."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from corpus_tools.attribution import _features, _speech
from corpus_tools.attribution._candidate import Candidate
from corpus_tools.attribution._features import REMEMBERED, Group
from corpus_tools.attribution._view import View

FILE = "weights.tsv"

#: The sum of the weights of a group of features, in hundredths: whole numbers add up to the same in any order.
Sums = Callable[[Group], int]


@dataclass(frozen=True)
class Scorer:
    """Three logistic models over named features.

    Parameters
    ----------
    attributes, right, speech : dict
        Weight by feature, to two decimals; "bias" is a feature that everything has.
    """

    attributes: dict[str, float]
    right: dict[str, float]
    speech: dict[str, float]

    def attribution(self, seen: View, candidate: Candidate) -> float:
        """Return how likely cue and source of a candidate are those of an attribution."""
        if not candidate.score:
            candidate.score = _logistic(self._attributes, _features.groups(seen, candidate))
        return candidate.score

    def rightness(self, seen: View, candidate: Candidate) -> float:
        """Return how likely cue, source and content of a settled candidate are right."""
        return _logistic(self._right, _features.settled_groups(seen, candidate))

    def spoken(self, seen: View, quote: int, unit: int, holder: Candidate | None) -> float:
        """Return how likely a quotation is speech, given the attribution that holds it, if any."""
        return _logistic(self._speech, _speech.groups(seen, quote, unit, holder))

    @cached_property
    def _attributes(self) -> Sums:
        return _sums(self.attributes)

    @cached_property
    def _right(self) -> Sums:
        return _sums(self.right)

    @cached_property
    def _speech(self) -> Sums:
        return _sums(self.speech)


@cache
def trained() -> Scorer | None:
    """Return the trained scorer; None when its file was left out of the installation."""
    path = resources.files("corpus_tools.attribution").joinpath("data", FILE)
    if not path.is_file():
        return None
    tables: dict[str, dict[str, float]] = {"attributes": {}, "right": {}, "speech": {}}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            model, feature, weight = line.split("\t")
            tables[model][feature] = float(weight)
    return Scorer(**tables)


def _sums(weights: dict[str, float]) -> Sums:
    """Return what sums the weights of a group of features, and remembers the sum."""
    hundredths = {name: round(100 * weight) for name, weight in weights.items()}

    def summed(names: Group) -> int:
        return sum([hundredths.get(name, 0) for name in names])

    return lru_cache(8 * REMEMBERED)(summed)


def _logistic(sums: Sums, groups: list[Group]) -> float:
    total = sum(map(sums, groups)) / 100
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
