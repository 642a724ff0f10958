"""How sure a row is: the share of right ones among rows of its kind in annotated news."""

from __future__ import annotations

from functools import cache

from corpus_tools.attribution._candidate import Candidate
from corpus_tools.attribution._lexicon import rows
from corpus_tools.attribution._scoring import Scorer
from corpus_tools.attribution._view import View


@cache
def _table() -> dict[tuple[str, str, str], float]:
    return {(row["frame"], row["clause"], row["class"]): float(row["confidence"]) for row in rows("confidence.tsv")}


def confidence(candidate: Candidate, *, unknown: bool = False) -> float:
    """Return how likely cue, source and content of a candidate are right (``data/confidence.tsv``).

    Parameters
    ----------
    candidate : Candidate
    unknown : bool
        Whether there is a source of which nothing is known, which makes a row less sure.
    """
    table = _table()
    frame, clause, cue_class = candidate.frame, candidate.clause or "-", candidate.cue_class
    keys = ((frame, clause, cue_class), (frame, clause, "*"), (frame, "*", "*"), ("*", "*", "*"))
    value = next((table[key] for key in keys if key in table), 0.5)
    if unknown and candidate.source:
        value *= 0.8
    return round(value * (0.9 if candidate.parent is not None else 1.0), 3)


def sure_of(seen: View, candidate: Candidate, scorer: Scorer | None, *, unknown: bool = False) -> float:
    """Return the confidence of a settled candidate, by the trained weights when there are any."""
    if scorer is None or not scorer.right:
        return confidence(candidate, unknown=unknown)
    return round(scorer.rightness(seen, candidate) * (0.9 if candidate.parent is not None else 1.0), 3)
