"""What a sentence says around a predicate: status, certainty, place, actor, target, who reports it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from corpus_tools.timeline._tokens import lines
from corpus_tools.timeline._triggers import Trigger

_NAME = r"[A-Z][\w’'-]*[\w](?:(?: (?:of|the|de|al|bin|and the)(?= [A-Z]))? [A-Z][\w’'-]*\w)*"
_BEFORE_PLACE = (
    r"(?:central|northern|southern|eastern|western|downtown|north|south|east|west|nearby|neighbouring|"
    r"neighboring|capital|"
    r"town of|city of|village of|port of)"
)
_BEHIND_PLACE = (
    r"(?:station|market|airport|harbour|harbor|square|gorge|dam|mine|bridge|university|hospital|prison|stadium|street|"
    r"district|province)"
)
_PLACE = re.compile(
    r"\b(?P<lead>in|at|near|outside|off|above|across|around|over|on|into|from|inside)(?: (?:the|a|an))?"
    r"(?: (?:[a-z]+ (?:of|above|near|outside|town of|city of|province of|village of) )?)?"
    rf"(?: ?{_BEFORE_PLACE})* ?(?P<name>{_NAME}(?: {_BEHIND_PLACE})?)"
)
_NOT_PLACES = re.compile(
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|"
    r"July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|I|He|She|They|We|It|The|In|On|Mr|Mrs|Ms|Dr|President|"
    r"Minister|Christmas|Easter)\b"
)
_CLAUSE_END = re.compile(r"[,;:—–]|\b(?:and|but|while|after|when|who|which|because|although|though|that|said)\b")


@cache
def _statuses() -> tuple[tuple[str, re.Pattern[str]], ...]:
    result = []
    for status, phrases in lines("status.tsv"):
        words = sorted((phrase.strip() for phrase in phrases.split(",")), key=len, reverse=True)
        result.append((status, re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)))
    return tuple(result)


@cache
def _hedges() -> re.Pattern[str]:
    text = (files(__package__) / "data" / "hedges.txt").read_text(encoding="utf-8")
    words = [line for line in text.splitlines() if line and not line.startswith("#")]
    words.sort(key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def status(sentence: str, start: int, end: int) -> str:
    """Return whether the predicate from `start` to `end` in the sentence is said to have happened.

    Examples
    --------
    >>> text = "The army will attack the town."
    >>> status(text, 14, 20)
    'planned'
    """
    before = sentence[max(0, start - 90) : start]
    cuts = [cut.end() for cut in _CLAUSE_END.finditer(before) if cut.group() not in ("that", "said")]
    clause = before[cuts[-1] :] if cuts else before
    for name, pattern in _statuses():
        scope = before if name == "denied" else clause
        matches = list(pattern.finditer(scope))
        if not matches:
            continue
        if name in ("negated", "hypothetical", "planned", "denied") and len(scope[matches[-1].end() :].split()) > 7:
            continue
        return name
    ahead = _CLAUSE_END.split(sentence[end : end + 70])[0]
    if re.search(r"^[^.]{0,45}?\b(?:will|is to|are to|is due|are due|is planned|is scheduled|is expected)\b", ahead):
        return "planned"
    return "happened"


def certainty(sentence: str, start: int) -> str:
    """Return the hedge nearest to a place in the sentence, or ``certain``."""
    hedges = sorted(_hedges().finditer(sentence), key=lambda match: (abs(match.start() - start), match.start()))
    return hedges[0].group().lower() if hedges else "certain"


def place(sentence: str, start: int, end: int, blocked: list[tuple[int, int]]) -> str | None:
    """Return where the predicate from `start` to `end` happened, as written.

    Examples
    --------
    >>> text = "A bomb went off at the Fishmarket in central Velisk on Monday."
    >>> place(text, 7, 15, [])
    'Fishmarket'
    """
    best: tuple[int, str] | None = None
    for match in _PLACE.finditer(sentence):
        name = match["name"]
        name_start = match.start("name")
        if _NOT_PLACES.match(name) or any(a < match.end() and name_start < b for a, b in blocked):
            continue
        if match["lead"] in ("on", "over", "from", "into") and name.count(" ") == 0 and match.start() < start:
            continue
        gap = match.start() - end if match.start() >= end else (start - match.end()) + 25
        if gap > 140 or gap < 0:
            continue
        if best is None or gap < best[0]:
            best = (gap, re.sub(r"[’']s$", "", name))
    return best[1] if best else None


_PEOPLE = r"[a-z]+(?:men|ers|ists|ants|ces|ice|my|els|ors)"
_BY = re.compile(rf"\s+(?:[\w ]{{0,20}}?)by ((?:the |an? |some )?(?:[a-z-]+ ){{0,3}}?(?:{_NAME}|{_PEOPLE}))\b")
_SUBJECT = re.compile(
    r"(?<![\w’'-])((?:(?:[Tt]he|[Aa]n?|[Ss]ome|[Mm]asked|[Aa]rmed) (?:[a-z-]+ ){0,2})?"
    rf"(?:{_NAME}(?: [a-z]+(?:ists|ants|ers|men|ces))?|{_PEOPLE}))(?:,[^,]{{3,60}},)? "
    r"(?:(?:have|has|had|also|then|later|\w+ly) )*$"
)
_OBJECT = re.compile(
    rf"\s+((?:the |an? |some |at least |more than )?(?:[\w,-]+ ){{0,4}}?(?:{_NAME}(?: [a-z]+)?|[a-z]+))(?=[ ,.;]|$)"
)


def actor(sentence: str, trigger: Trigger, offset: int) -> str | None:
    """Return who did it, as written: the subject of an active verb, or what follows *by*."""
    start, end = trigger.start - offset, trigger.end - offset
    by = _BY.match(sentence, end)
    if by:
        return by[1].strip()
    if not trigger.is_verb or re.search(
        r"\b(?:was|were|been|being|be|is|are)(?: \w+ly)? $", sentence[max(0, start - 16) : start]
    ):
        return None
    subject = _SUBJECT.search(sentence[max(0, start - 120) : start])
    return subject[1].strip() if subject else None


def target(sentence: str, trigger: Trigger, offset: int) -> str | None:
    """Return to whom or what it was done, as written: the object of an active verb, the subject of a passive one."""
    start, end = trigger.start - offset, trigger.end - offset
    if not trigger.is_verb:
        on = re.match(
            rf"\s+(?:on|of|against|at) ((?:the |an? )?(?:[a-z-]+ ){{0,3}}?(?:{_NAME}|[a-z]+))", sentence[end:]
        )
        return on[1].strip() if on and trigger.kind in ("attack", "explosion", "military_action") else None
    passive = re.search(
        r"^(.*?)\s(?:was|were|been|being|is|are)(?: \w+ly)? $", sentence[max(0, start - 120) : start], re.DOTALL
    )
    if passive:
        subject = _SUBJECT.search(passive[1] + " ")
        return subject[1].strip() if subject else None
    if trigger.kind in ("attack", "arrest", "military_action", "court"):
        found = _OBJECT.match(sentence, end)
        return found[1].strip() if found and found[1].split()[0].lower() not in _NOT_OBJECTS else None
    return None


_NOT_OBJECTS = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "and",
        "or",
        "after",
        "before",
        "when",
        "while",
        "to",
        "from",
        "for",
        "with",
        "as",
        "because",
        "since",
        "during",
        "over",
        "near",
        "outside",
        "late",
        "early",
        "until",
    ]
)
_ACCORDING = re.compile(r"\b[Aa]ccording to ((?:the |an? )?[^,.;]{2,70}?)(?=[,.;]|$| (?:on|in|at|who|which)\b)")
_TAIL = re.compile(
    r",[”\"]? ((?:the |an? )?[^,.;“”\"]{2,60}?) (?:said|says|told|reported|announced|confirmed|added|"
    r"insisted|claimed|say)\b"
)
_HEAD = re.compile(
    r"^[“\"]?((?:[Tt]he |[Aa]n? )?[^,.;“”\"]{2,60}?)(?: on \w+)? (?:said|says|told reporters|reported|"
    r"announced|confirmed|insisted|claimed|say|estimated|denied)\b"
)


def reporter(sentence: str) -> str | None:
    """Return to whom the sentence attributes what it tells, as written.

    Examples
    --------
    >>> reporter("Two people died, the harbour police said on Monday.")
    'the harbour police'
    """
    for pattern in (_ACCORDING, _TAIL, _HEAD):
        match = pattern.search(sentence)
        if match and len(match[1].split()) <= 9:
            return match[1].strip()
    return None


_CLAIMS = (
    re.compile(
        rf"((?:[Tt]he |[Aa]n? )?(?:[a-z-]+ ){{0,3}}?{_NAME}(?: \([A-Z]+\))?)(?:, [^,]{{3,90}},)? (?:has |"
        rf"have |had |later |also |quickly )*claim(?:ed|s|ing)? (?:the )?(?:responsibility|credit)"
    ),
    re.compile(rf"claimed (?:\w+ )?by ((?:the |an? )?(?:[a-z-]+ ){{0,4}}?{_NAME})"),
    re.compile(rf"[Rr]esponsibility for [^.]{{3,60}} was claimed by ((?:the |an? )?(?:[a-z-]+ ){{0,3}}?{_NAME})"),
)


def claimant(sentence: str) -> str | None:
    """Return who is said to claim responsibility, as written.

    Examples
    --------
    >>> claimant("The bombing was claimed by the Dawn Front.")
    'the Dawn Front'
    """
    if "claim" not in sentence:
        return None
    for pattern in _CLAIMS:
        match = pattern.search(sentence)
        if match:
            return re.sub(r" \([A-Z]+\)$", "", match[1]).strip()
    return None
