"""Who passes a statement on: "Reuters reported that", "told Reuters", "as quoted by"."""

from __future__ import annotations

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._candidate import Candidate
from corpus_tools.attribution._lexicon import words
from corpus_tools.attribution._people import outlets
from corpus_tools.attribution._speaker import Speaker
from corpus_tools.attribution._view import View

_TOLD = frozenset({"told", "tells", "tell", "telling", "informed"})
_VIA = frozenset(
    {("interview", "with"), ("interview", "on"), ("quoted", "by"), ("cited", "by"), ("reported", "by")}
    | {("published", "by"), ("carried", "by"), ("statement", "to"), ("spoke", "to"), ("speaking", "to")}
    | {("posted", "on"), ("post", "on")}
)


def relay(seen: View, candidate: Candidate, speakers: dict[int, Speaker]) -> str | None:
    """Return the outlet or person that passes this statement on; None when nobody does."""
    parent = candidate.parent
    if parent is not None and parent.cue_class != "attitude":
        speaker = speakers.get(id(parent))
        if speaker is not None and speaker.name:
            return speaker.name
    unit = seen.units[candidate.unit]
    if not candidate.cue:
        return None
    cue = candidate.cue[-1][1]
    if seen.low[candidate.cue[0][1] - 1] in _TOLD:
        found = _outlet(seen, cue, unit[1])
        if found:
            return found
    for token in range(unit[0], unit[1] - 2):
        if seen.quote[token] < 0 and (seen.low[token], seen.low[token + 1]) in _VIA:
            found = _outlet(seen, token + 2, unit[1])
            if found:
                return found
    return None


def _outlet(seen: View, start: int, stop: int) -> str | None:
    """Return the outlet that the phrase at `start` names, if it is one."""
    end = phrases.phrase_right(seen, start, stop)
    for first in range(start, end):
        for last in range(min(end, first + 5), first, -1):
            name = " ".join(seen.low[first:last])
            known = outlets().get(name) or (outlets().get("the " + name) if last - first > 1 else None)
            if known is not None and seen.words[first][0].isupper():
                return known
    head = end - 1
    if head > start and seen.low[head] in words("masthead"):
        first = head
        while first > start and seen.words[first - 1][0].isupper():
            first -= 1
        if first < head and seen.words[head][0].isupper():
            return " ".join(seen.words[first : head + 1])
    return None
