"""The trained weights: how likely a candidate attributes, or is right in all parts, or a quotation is speech."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus_tools.attribution import _features, _speech
from corpus_tools.attribution._candidate import Candidate
from corpus_tools.attribution._view import View

FILE = "weights.tsv"


@dataclass(frozen=True)
class Scorer:
    """Three logistic models over named features.

    Parameters
    ----------
    attributes, right, speech : dict
        Weight by feature; "bias" is a feature that everything has.
    """

    attributes: dict[str, float]
    right: dict[str, float]
    speech: dict[str, float]

    def attribution(self, seen: View, candidate: Candidate) -> float:
        """Return how likely cue and source of a candidate are those of an attribution."""
        if not candidate.score:
            candidate.score = _logistic(self.attributes, _features.features(seen, candidate))
        return candidate.score

    def rightness(self, seen: View, candidate: Candidate) -> float:
        """Return how likely cue, source and content of a settled candidate are right."""
        return _logistic(self.right, _features.settled(seen, candidate))

    def spoken(self, seen: View, quote: int, unit: int, holder: Candidate | None) -> float:
        """Return how likely a quotation is speech, given the attribution that holds it, if any."""
        return _logistic(self.speech, _speech.features(seen, quote, unit, holder))


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


def _logistic(weights: dict[str, float], names: list[str]) -> float:
    total = sum([weights.get(name, 0.0) for name in names])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
