"""What a sentence says around a predicate: status, certainty, place, actor, target, who reports it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from corpus_tools.timeline._tokens import lines

NAME = r"[A-Z][\w’'-]*[\w](?:(?: (?:of|the|de|al|bin|and the)(?= [A-Z]))? [A-Z][\w’'-]*\w)*"
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
    rf"(?: ?{_BEFORE_PLACE})* ?(?P<name>{NAME}(?: {_BEHIND_PLACE})?)"
)
_NOT_PLACES = re.compile(
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|"
    r"July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|I|He|She|They|We|It|The|In|On|Mr|Mrs|Ms|Dr|President|"
    r"Minister|Christmas|Easter)\b"
)
_CLAUSE_END = re.compile(r"[,;:—–]|\b(?:and|but|while|after|when|who|which|because|although|though|that|said)\b")


def not_a_name(words: str) -> bool:
    """Whether words begin with a day, a month or a pronoun rather than with a name."""
    return _NOT_PLACES.match(words) is not None


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
    if _CALLED_OFF.match(sentence, end):
        return "negated"
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
    if _GOING_ON.search(before) and sentence[start:end].endswith("ing"):
        return "ongoing"
    ahead = _CLAUSE_END.split(sentence[end : end + 70])[0]
    if _GOES_ON.match(sentence, end):
        return "ongoing"
    if re.search(r"^[^.]{0,45}?\b(?:will|is to|are to|is due|are due|is planned|is scheduled|is expected)\b", ahead):
        return "planned"
    return "happened"


#: *The strike was planned for Thursday but was called off*.
_CALLED_OFF = re.compile(
    r"[^.;]{0,60}?\b(?:was|were|been|is|are|but)(?: \w+)? "
    r"(?:called off|cancelled|canceled|averted|foiled|thwarted|scrapped)\b"
)
_GOING_ON = re.compile(r"\b(?:is|are|has been|have been)(?: \w+ly| still| now)? $")
_GOES_ON = re.compile(
    r"(?: in [A-Z]\w+| there)? (?:is|are|was still|were still)(?: still)? "
    r"(?:going on|continuing|under way|underway|ongoing)\b"
    r"|(?: in [A-Z]\w+)? (?:has|have) (?:continued|gone on)\b"
)


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
        if _of_people(sentence, match):
            continue
        if match["lead"] in ("on", "over", "from", "into") and name.count(" ") == 0 and match.start() < start:
            continue
        gap = match.start() - end if match.start() >= end else (start - match.end()) + 25
        if gap > 140 or gap < 0:
            continue
        if best is None or gap < best[0]:
            best = (gap, re.sub(r"[’']s$", "", name))
    return best[1] if best else None


def _of_people(sentence: str, match: re.Match[str]) -> bool:
    """Whether a name is that of people who have something: *in the Rovers' ranks*; not *in Athens' harbour*."""
    article = re.search(r" the $", sentence[match.start() : match.start("name")]) is not None
    return article and match["name"].endswith("s") and _PLURAL_HAVING.match(sentence, match.end()) is not None


_PLURAL_HAVING = re.compile(r"['’] [a-z]")


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
            who = _TRAILING.sub("", match[1].strip())
            return None if not who or _VERBS.search(who) or _NOBODY.search(who) else who
    return None


#: *Officials later said*, *the attack was claimed*.
_TRAILING = re.compile(r" (?:later|also|then|earlier|meanwhile|has|have|had|\w+ly)$")
#: Pronouns name nobody, and what is no noun phrase is not who said it.
_NOBODY = re.compile(
    r"^(?:he|she|they|it|we|you|i|who|which|that|this|both|one|some|others|all|(?:\w+ of )?(?:them|us|whom))$"
    r"|:|[\d)]$|^(?:[\w ]{0,20}\b(?:days?|weeks?|hours?|months?|years?) (?:after|before|later|earlier))\b",
    re.IGNORECASE,
)
_VERBS = re.compile(r"\b(?:was|were|is|are|been)$")


#: *A statement attributed to the Front claimed responsibility*.
_LED = re.compile(r"^.*\b(?:to|by|from|of) (?=(?:the )?[A-Z])")
_CLAIMS = (
    re.compile(
        rf"((?:[Tt]he |[Aa]n? )?(?:[a-z-]+ ){{0,3}}?{NAME}(?: \([A-Z]+\))?)(?:, [^,]{{3,90}},)? (?:has |"
        rf"have |had |later |also |quickly )*claim(?:ed|s|ing)? (?:the )?(?:responsibility|credit)"
    ),
    re.compile(rf"claimed (?:\w+ )?by ((?:the |an? )?(?:[a-z-]+ ){{0,4}}?{NAME})"),
    re.compile(rf"[Rr]esponsibility for [^.]{{3,60}} was claimed by ((?:the |an? )?(?:[a-z-]+ ){{0,3}}?{NAME})"),
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
            return _LED.sub("", re.sub(r" \([A-Z]+\)$", "", match[1]).strip())
    return None
