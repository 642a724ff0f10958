"""Who did it and to whom: the participants of a happening, as written."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.timeline._circumstances import NAME, not_a_name
from corpus_tools.timeline._tokens import lines
from corpus_tools.timeline._triggers import Trigger

Span = tuple[int, int]

_PEOPLE = r"[a-z]+(?:men|ers|ists|ants|ces|ice|my|els|ors|ments|ties|ians)"
_DETERMINER = (
    r"(?:the|an?|some|this|these|those|his|her|their|its|its own|two|three|four|five|six|several|many|"
    r"dozens of|hundreds of|thousands of|masked|armed|\d+(?:,\d{3})*|at least \w+|more than [\w,]+)"
)
_BY = re.compile(rf"\s+(?:[\w ]{{0,20}}?)by ((?:the |an? |some )?(?:[a-z-]+ ){{0,3}}?(?:{NAME}|{_PEOPLE}))\b")
#: Between a subject and its verb: *the army, which has been accused, has also*.
_AUXILIARIES = (
    r"(?:, [^,]{3,60},)? (?:(?:have|has|had|also|then|later|did|do|does|not|will|would|may|might|could|can|must|should|"
    r"is to|are to|plans? to|vowed to|threatened to|been|be|\w+ly) )*$"
)
_NAMED = re.compile(rf"(?<![\w’'-])((?:(?i:{_DETERMINER}) )?(?:[a-z-]+ ){{0,2}}{NAME}(?: {_PEOPLE})?){_AUXILIARIES}")
_PLAIN = re.compile(
    rf"(?<![\w’'-])((?i:{_DETERMINER}) (?:[a-z-]+ ){{0,3}}?[a-z-]+"
    rf"|{_PEOPLE.replace('[a-z]+', '[A-Za-z][a-z]+')}){_AUXILIARIES}"
)
#: A subject with what is said of it behind: *rebels led by Omar Haddad*, *a base in Moran*.
_LONG_SUBJECT = re.compile(
    rf"(?:^|[,;:“”\"] |\b(?:that|said|when|after|while|and) )"
    rf"((?:(?i:{_DETERMINER}) )?(?:[a-z-]+ ){{0,3}}?(?:{NAME}|[A-Za-z]?[a-z-]+))"
    r"(?: (?:led|headed|backed|armed|loyal|in|near|at|from|outside) [^,;]{2,60}?)$"
)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in lines("participants.tsv") if row[0] == name for word in row[1].split())


def actor(sentence: str, trigger: Trigger, offset: int, blocked: list[Span]) -> str | None:
    """Return who did it, as written: the subject of an active verb, or what follows *by*.

    Examples
    --------
    >>> text = "Rebels led by Omar Haddad attacked the base."
    >>> actor(text, Trigger(26, 34, "attacked", "attack", True, True), 0, [])
    'Rebels'
    """
    start, end = trigger.start - offset, trigger.end - offset
    by = _BY.match(sentence, end)
    if by and not _touches(blocked, by.span(1)):
        return by[1].strip()
    if not trigger.is_verb or _passive(sentence, start) or _suffered(sentence, trigger, end):
        return None
    found = None if trigger.kind in _UNDONE else _subject(sentence, start, blocked)
    return None if found and trigger.kind == "explosion" and not _SOMEBODY.search(found) else found


def _suffered(sentence: str, trigger: Trigger, end: int) -> bool:
    """Whether a word of harm stands without an object: its subject is who was hurt (*four died*)."""
    deed = _DEED.match(trigger.text) is not None
    return (trigger.kind == "" and not deed) or (deed and _OBJECT.match(sentence, end) is None)


#: What nobody does.
_UNDONE = frozenset(("accident", "disaster"))
_DEED = re.compile(r"kill|murder|injur|wound|shot|stab", re.IGNORECASE)
_SOMEBODY = re.compile(rf"(?:{_PEOPLE}|{NAME}|bomber)$")


def target(sentence: str, trigger: Trigger, offset: int, blocked: list[Span]) -> str | None:
    """Return to whom or what it was done, as written: the object of an active verb, the subject of a passive one.

    Examples
    --------
    >>> text = "An army base in Moran was attacked by rebels."
    >>> target(text, Trigger(26, 34, "attacked", "attack", True, True), 0, [])
    'An army base'
    """
    start, end = trigger.start - offset, trigger.end - offset
    if not trigger.is_verb:
        found = _ON.match(sentence, end) if trigger.kind in _AIMED else None
        return _object(found, blocked)
    if _passive(sentence, start) and trigger.kind in _AIMED:
        passive = sentence[max(0, start - 120) : start]
        return _subject(sentence, start - len(passive) + passive.rstrip().rfind(" ") + 1, blocked)
    return _object(_OBJECT.match(sentence, end), blocked) if trigger.kind in _AIMED else None


_AIMED = frozenset(("attack", "explosion", "military_action", "arrest", "court"))
_ENDS = (
    r"(?=[,.;:—–”\"]|$| (?:in|on|at|by|and|or|after|before|when|while|to|from|for|with|as|who|which|that|near|late|"
    r"early|during|over|outside)\b)"
)
_HEAD = rf"(?:(?i:{_DETERMINER}) )?(?:[\w’'-]+ ){{0,5}}?[\w’'-]+"
_ON = re.compile(rf"\s+(?:on|of|against|at) ({_HEAD}){_ENDS}")
_OBJECT = re.compile(rf"\s+({_HEAD}){_ENDS}")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)(?: \w+ly)? $")


def _passive(sentence: str, start: int) -> bool:
    return _PASSIVE.search(sentence, max(0, start - 20), start) is not None


def _touches(blocked: list[Span], span: Span) -> bool:
    return any(first < span[1] and span[0] < last for first, last in blocked)


def _object(found: re.Match[str] | None, blocked: list[Span]) -> str | None:
    if found is None or _touches(blocked, found.span(1)):
        return None
    words = found[1].split()
    if (
        words[0].lower() in _words("no object") - _DETERMINERS
        or words[-1].lower() in _words("no object")
        or not_a_name(found[1])
    ):
        return None
    if len(words) == 1 and words[0].lower() in _words("pronoun"):
        return None
    verb = next((place for place, word in enumerate(words) if place and _VERB.fullmatch(word)), len(words))
    return " ".join(words[:verb])


_DETERMINERS = frozenset(("the", "a", "an", "some", "this", "these", "those"))
#: What ends the name of a target: *a bomb at the station killed twelve*.
_VERB = re.compile(r"was|were|is|are|has|had|have|left|will|\w{3,}(?<!e)ed")


def _subject(sentence: str, end: int, blocked: list[Span]) -> str | None:
    """Return the subject of the verb at `end`."""
    first = max(0, end - 140)
    lead = sentence[first:end]
    auxiliaries = re.search(rf"(?<=[\w,]){_AUXILIARIES}", lead)
    bare = lead[: auxiliaries.start()] if auxiliaries else lead.rstrip()
    aside = _LONG_SUBJECT.search(bare)
    if aside and not _touches(blocked, (first + aside.start(1), first + aside.end(1))):
        return _clean(aside[1])
    for pattern in (_NAMED, _PLAIN):
        found = pattern.search(lead)
        if found and not _touches(blocked, (first + found.start(1), first + found.end(1))):
            return _clean(found[1])
    return None


def _clean(words: str) -> str | None:
    """Return a subject; None for a pronoun, which names nobody, and for words that are no noun."""
    parts = words.strip().split()
    opening = _words("relative head") | _words("conjunction")
    told_by = max((place for place, part in enumerate(parts[:-1]) if part in opening), default=-1)
    behind = parts[told_by + 1 :]
    named = behind and (behind[0][0].isupper() or behind[0] in _DETERMINERS)
    if named or re.fullmatch(_PEOPLE, " ".join(behind)):
        parts = behind
        words = " ".join(parts)
    if not parts or parts[-1].lower() in _words("no object") | _words("pronoun"):
        return None
    bare = parts[1:] if parts[0] in ("The", "the") else parts
    inner = {part.lower() for part in parts[1:]} - {"of", "the"}
    led = parts[0].lower() in _words("no object") - _DETERMINERS
    if led or inner & (_words("no object") | _words("pronoun")) or not_a_name(" ".join(bare)):
        return None
    if any(_VERB.fullmatch(part) for part in parts[:1] + parts[2:]) and not parts[-1].istitle():
        return None
    if any(_VERB.fullmatch(part) for part in parts[2:-1]):
        return None
    return words.strip()
