"""Words that name a happening."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus_tools.timeline._tokens import lines

#: Kinds whose happenings can kill, in the order in which one sentence's toll is put down to them.
HARMFUL = ("explosion", "attack", "accident", "disaster", "military_action", "protest")


@dataclass(frozen=True)
class Trigger:
    """A word or phrase of events.tsv in a text."""

    start: int
    end: int
    text: str
    kind: str
    is_verb: bool
    strong: bool
    named: bool = False  # part of a longer name: *the Accident Board*


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, tuple[str, bool, bool]]]:
    table: dict[str, tuple[str, bool, bool]] = {}
    for kind, word_class, strength, phrases in lines("events.tsv"):
        for phrase in phrases.split(","):
            table.setdefault(phrase.strip(), (kind, word_class == "verb", strength == "strong"))
    longest = sorted(table, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])", re.IGNORECASE), table


def kinds() -> list[str]:
    """Return the kinds of event in the data file, in its order.

    Examples
    --------
    >>> kinds()[:3]
    ['attack', 'explosion', 'arrest']
    """
    return list(dict.fromkeys(row[0] for row in lines("events.tsv")))


_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "our",
        "this",
        "that",
        "these",
        "those",
        "some",
        "any",
        "no",
        "of",
        "in",
        "on",
        "after",
        "before",
        "during",
        "for",
        "by",
    ]
)
_STRIKE_FORCE = re.compile(r"\b(?:air|missile|drone|military|rocket|artillery|naval|precision|nuclear) $", re.I)
_AMBIGUOUS = frozenset(
    (
        "march",
        "shot",
        "fire",
        "strike",
        "strikes",
        "beat",
        "report",
        "charged",
        "returned",
        "opened",
        "began",
        "named",
        "landed",
        "drew with",
        "match",
        "final",
        "poll",
        "sentence",
        "deal",
        "operation",
        "appeal",
        "visit",
    )
)


def find(text: str, start: int, end: int) -> list[Trigger]:
    """Return the triggers of the sentence from `start` to `end`, in order."""
    pattern, table = _lexicon()
    found: list[Trigger] = []
    for match in pattern.finditer(text, start, end):
        kind, is_verb, strong = table[match.group().lower()]
        if not _meant(text, match, is_verb, start):
            continue
        if kind == "strike" and _STRIKE_FORCE.search(text[max(start, match.start() - 14) : match.start()]):
            kind = "military_action"
        named = match.start() > start and _in_name(text, match)
        found.append(Trigger(match.start(), match.end(), match.group(), kind, is_verb, strong, named))
    return found


def _meant(text: str, match: re.Match[str], is_verb: bool, start: int) -> bool:
    word = match.group()
    if word[0].isupper() and match.start() > start and word.lower() in _AMBIGUOUS:
        return False
    before = re.findall(r"[\w’']+", text[max(start, match.start() - 20) : match.start()])
    previous = before[-1].lower() if before else ""
    if (
        is_verb
        and previous in _DETERMINERS
        and word.lower() not in ("killed", "dead")
        and " " not in word
        and previous in ("the", "a", "an", "his", "her", "their", "its", "our", "of")
    ):
        return False
    if word.lower() == "killing" and not (previous in _DETERMINERS or text[match.end() : match.end() + 4] == " of "):
        return False  # a toll's participle: "a fire broke out, killing six"
    if word.lower() in ("campaign", "final", "report", "operation") and _COMPOUND.match(text, match.end()):
        return False
    if word.lower() in ("fire", "march", "strike", "report", "vote", "deal", "visit", "poll") and not is_verb:
        return not (
            previous in ("to", "will", "could", "would", "not", "in", "on")
            and word.lower() in ("march", "report", "vote", "visit")
        )
    return True


def _in_name(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 2]
    return match.group()[0].isupper() and len(after) == 2 and after[0] == " " and after[1].isupper()


_COMPOUND = re.compile(
    r" (?:group|groups|office|offices|trail|manager|poster|posters|headquarters|team|promise|speech|funds|"
    r"number|report|figure|toll|say|"
    r"stage|version|decision|result|results|count|card|whistle|cost|costs|room|centre|center|table)\b"
)


def cause(triggers: list[Trigger]) -> Trigger | None:
    """Return the trigger that can have caused a toll; bombs before attacks before accidents."""
    for kind in HARMFUL:
        for trigger in triggers:
            if trigger.kind == kind:
                return trigger
    return None
