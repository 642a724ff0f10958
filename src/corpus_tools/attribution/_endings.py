"""Where what is said ends."""

from __future__ import annotations

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._candidate import Tokens
from corpus_tools.attribution._clauses import clause_at
from corpus_tools.attribution._lexicon import words
from corpus_tools.attribution._view import View


def aside(seen: View, start: int, end: int) -> int:
    """Where the reporter takes over again: "; ...", ", although ..."."""
    for token in range(start + 2, end - 2):
        if seen.quote[token] >= 0:
            continue
        if seen.low[token] == ";" or (seen.low[token] == "," and seen.low[token + 1] in ("although", "though")):
            return token
    return end


def resumed(seen: View, start: int, end: int) -> int:
    """Where the main clause goes on behind a participle: "Veld, citing a report, said"."""
    for token in range(start + 1, end - 1):
        if seen.low[token] == "," and seen.quote[token] < 0 and seen.tags[token + 1] in phrases.FINITE:
            return token
        if seen.quote_ends_at(token) >= 0 and seen.tags[token + 1] in phrases.FINITE:
            return token + 1
    return end


def before_main_clause(seen: View, unit: Tokens, cue: int) -> bool:
    """Whether the cue stands in a clause that opens the sentence: "Speaking of ...", "When Veld said ..., "."""
    first = unit[0]
    while first < cue and seen.tags[first] in ("CC", "RB", "``"):
        first += 1
    if first == cue:
        return seen.tags[cue] == "VBG" or seen.low[cue] in ("asked", "told")
    if seen.low[first] in words("opening") and not any(seen.low[t] == "," for t in range(first, cue)):
        return True
    if (seen.tags[first] in ("VBG", "VBN") or seen.low[first] == "asked") and main_clause_comma(
        seen, first, cue
    ) == cue:
        return True
    return seen.tags[first] == "IN" and not phrases.has_finite(seen, first, cue + 1)


def main_clause_comma(seen: View, start: int, end: int) -> int:
    """Return the comma behind which the main clause begins, or `end`."""
    for token in range(start + 1, end - 1):
        if seen.low[token] == "," and seen.quote[token] < 0 and clause_at(seen, token + 1, end):
            return token
        if seen.quote_ends_at(token) >= 0 and seen.low[token - 1] == "," and clause_at(seen, token + 1, end):
            return token + 1
    return end


def object_end(seen: View, start: int, stop: int) -> int:
    """Where the object of "criticised" ends: before a new clause, a participle behind a comma, a time."""
    for token in range(start + 1, stop):
        if seen.quote[token] >= 0:
            continue
        word = seen.low[token]
        if word in (";", "—", "–", "--", ":"):
            return token
        if (
            word == ","
            and token + 1 < stop
            and (
                seen.tags[token + 1] in ("VBG", "CC", "RB", "WDT", "WP", "IN")
                or seen.low[token + 1] in ("who", "which", "but", "and", "while")
            )
        ):
            if (
                seen.tags[token + 1] == "CC"
                and seen.low[token + 1] == "and"
                and not phrases.has_finite(seen, token + 1, min(token + 8, stop))
            ):
                continue
            return token
        if word in ("and", "but") and token + 1 < stop and seen.tags[token + 1] in ("VBD", "VBZ", "VBP", "MD", "VB"):
            return token
        if word in words("object_border") and token - start > 1:
            return token
    return stop
