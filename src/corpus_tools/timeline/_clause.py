"""Whether the words around an expression look back or ahead."""

from __future__ import annotations

from functools import cache

from corpus_tools.timeline._tokens import Tokens, lines

_REACH = 22


@cache
def _signs() -> dict[str, int]:
    return {
        word: int(value)
        for value, words in ((row[0], row[1]) for row in lines("tense.tsv") if row[0] in ("1", "-1"))
        for word in words.split()
    }


@cache
def _coming() -> frozenset[str]:
    return frozenset(word for row in lines("tense.tsv") if row[0] == "coming" for word in row[1].split())


def direction(tokens: Tokens, first: int, last: int) -> int:
    """Return 1 when the clause looks ahead (*will*, *plans to*), -1 when it looks back, 0 when it does not say.

    *Friday's ruling* looks back, unless it is of a kind that is told before (*Sunday's election*). Otherwise the verb
    before the expression counts first, then the one behind it, within the sentence.
    """
    lead = tokens.words[max(0, first - 3) : first]
    if tokens.words[last : last + 1] == ["'s"] and not _coming() & set(tokens.words[last + 1 : last + 4]):
        return -1
    if lead[-2:] in (["is", "on"], ["are", "on"]):
        return 1
    if lead[-1:] == ["until"] and (first == 1 or lead[-2:-1] in (["."], [";"], ["?"]) or "\n" in lead[-2]):
        return _nearest(tokens, range(last, min(len(tokens.words), last + _REACH))) or 1
    if lead[-1:] in (["until"], ["effective"]) or lead in (["as", "early", "as"], ["as", "soon", "as"]):
        return 1
    before = _nearest(tokens, range(first - 1, max(-1, first - 1 - _REACH), -1))
    if before:
        return before
    return _nearest(tokens, range(last, min(len(tokens.words), last + _REACH)))


def _was_planned(words: list[str], place: int) -> bool:
    """Whether a plan lies behind: *it had been due to open*."""
    return words[place] in _PLANNED and {"had", "been"} <= set(words[max(0, place - 4) : place])


_PLANNED = frozenset(("planned", "scheduled", "due", "set", "slated", "expected"))


def _nearest(tokens: Tokens, places: range) -> int:
    signs = _signs()
    words = tokens.words
    for place in places:
        word = words[place]
        if word in (".", ";", "?", "!") or "\n" in word:
            return 0
        sign = signs.get(word)
        if sign == -1 and place and words[place - 1] == "be":
            continue
        if sign == 1 and _was_planned(words, place - (word == "to")):
            return -1
        if sign is not None:
            if word == "to" and not _infinitive(words, place):
                continue
            return sign
        if _looks_back(word, words[place - 1] if place else ""):
            return -1
    return 0


def _looks_back(word: str, before: str) -> bool:
    """Whether a word in -ed is a past tense: not *to be opened*, *the proposed law*, *an unspecified day*."""
    if len(word) <= 4 or not word.endswith("ed") or word in ("united", "hundred", "need"):
        return False
    return before not in _NOT_PAST and not word.startswith("un")


_NOT_PAST = frozenset(("be", "a", "an", "the", "its", "his", "her", "their"))


@cache
def _leads() -> frozenset[str]:
    return frozenset(word for row in lines("tense.tsv") if row[0] == "to" for word in row[1].split())


def _infinitive(words: list[str], place: int) -> bool:
    """Whether this *to* leads a coming action: *plans to*, *is to*, *due to be*."""
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    return (before in _leads() or after == "be") and _signs().get(after, 1) >= 0
