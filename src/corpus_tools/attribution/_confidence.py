"""How sure a row is: the share of right ones among rows of its kind in annotated news."""

from __future__ import annotations

from functools import cache

from corpus_tools.attribution._frames import Candidate
from corpus_tools.attribution._lexicon import rows
from corpus_tools.attribution._speakers import Speaker


@cache
def _table() -> dict[tuple[str, str, str], float]:
    return {(row["frame"], row["clause"], row["class"]): float(row["confidence"]) for row in rows("confidence.tsv")}


def confidence(candidate: Candidate, speaker: Speaker) -> float:
    """Return how likely cue, source and content of a candidate are right (``data/confidence.tsv``)."""
    table = _table()
    frame, clause, cue_class = candidate.frame, candidate.clause or "-", candidate.cue_class
    for key in ((frame, clause, cue_class), (frame, clause, "*"), (frame, "*", "*"), ("*", "*", "*")):
        if key in table:
            value = table[key]
            break
    else:
        value = 0.5
    if speaker.kind == "unknown" and candidate.source and speaker.anonymity == "none":
        value *= 0.8
    return round(value * (0.9 if candidate.parent is not None else 1.0), 3)
