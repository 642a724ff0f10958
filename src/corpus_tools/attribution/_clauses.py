"""Where a clause begins, and what is a time."""

from __future__ import annotations

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._lexicon import words
from corpus_tools.attribution._view import View


def clause_at(seen: View, start: int, stop: int) -> bool:
    """Whether a clause begins at `start`: a noun phrase and then, near, a finite verb."""
    place = start
    if place < stop and seen.tags[place] == "RB":
        place += 1
    if place < stop and seen.tags[place] == "EX":
        return True
    end = phrases.phrase_right(seen, place, stop)
    if end == place:
        return False
    if seen.low[place] in ("he", "she", "they", "i", "we"):
        return True
    for token in range(end, min(end + 3, stop)):
        if seen.tags[token] in phrases.FINITE and seen.quote[token] < 0:
            return True
        if seen.tags[token] not in ("RB", "NNP", "CD") and seen.quote[token] < 0:
            break
    if end < stop and (
        seen.low[end] in (",", "who", "that", "which", "—", "–") or seen.tags[end] in ("VBN", "VBG", "TO", "IN", "JJ")
    ):
        for token in range(end, min(end + 22, stop)):
            if seen.low[token] in (";", ":"):
                return False
            if seen.tags[token] in phrases.FINITE and seen.quote[token] < 0:
                relative = any(seen.low[t] in words("subordinating") for t in range(end, token))
                if not relative:
                    return True
                end = token + 1
    return end + 1 < stop and seen.quote_starts_at(end) >= 0 and seen.tags[end + 1] in phrases.FINITE


def is_time(seen: View, place: int) -> bool:
    """Tell whether a time begins at `place`: *on Monday*, *last week*, *in May*."""
    time = words("time")
    low = seen.low
    here = low[place]
    after = low[place + 1] if place + 1 < len(low) else ""
    third = low[place + 2] if place + 2 < len(low) else ""
    if here in words("time_lead"):
        if here in ("that", "the") and after not in time:
            return here == "the" and after in ("following", "previous", "same", "next") and third in time
        return (
            after in time or (third in time and after in words("time_middle")) or (after.isdigit() and len(after) == 4)
        )
    return here in time and here not in ("now", "then", "may", "moment", "time")


def over_time(seen: View, place: int, stop: int) -> int:
    """Return the token behind the time that begins at `place`."""
    time = words("time")
    while place < stop and (
        seen.low[place] in time
        or seen.tags[place] in ("CD", "IN", "DT", "RB")
        or seen.low[place] in words("time_modifier")
    ):
        nearby = seen.low[place : place + 3]
        if seen.low[place] in time or any(word in time for word in nearby) or seen.tags[place] == "CD":
            place += 1
        else:
            break
    return place
