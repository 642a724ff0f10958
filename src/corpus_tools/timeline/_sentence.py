"""The happenings of one sentence: one for its toll, one for each other kind that it names, and what is claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus_tools.timeline import _circumstances, _participants, _tolls, _triggers
from corpus_tools.timeline._datings import Dating, best_dated, interval, nearest
from corpus_tools.timeline._event import Event
from corpus_tools.timeline._tolls import Toll
from corpus_tools.timeline._triggers import Trigger


def of_sentence(text: str, start: int, end: int, datings: list[Dating], triggers: list[Trigger]) -> Iterator[Event]:
    """Yield the happenings of one sentence: one for its toll, one for each other kind that it names."""
    sentence = text[start:end]
    blocked = [(dating.start - start, dating.end - start) for dating in datings]
    triggers = best_dated(triggers, datings, text, start)
    tolls = _shifted(_tolls.find(sentence, blocked), start)
    harm = [toll for toll in tolls if toll.name in ("killed", "injured", "missing", "displaced")]
    if not triggers and not harm:
        return
    seen: set[str] = set()
    chosen = _chosen(triggers, harm, text)
    for trigger, with_toll in chosen:
        toll_end = max(toll.end for toll in harm) if with_toll else None
        _, dating = nearest(trigger, datings, text, start, toll_end)
        if trigger.kind == "" and harm[0].total:
            dating = None
        if trigger.kind in seen or (trigger.kind == "other" and seen - {"statement"}):
            continue
        status = _circumstances.status(sentence, trigger.start - start, trigger.end - start)
        own = (
            tuple(tolls) if with_toll else tuple(t for t in tolls if t.name == "arrested" and trigger.kind == "arrest")
        )
        if own and all(toll.zero for toll in own):
            status = "denied" if "denied" in sentence[: own[0].start - start + 12] else "happened"
        if status == "hypothetical" and own and _TOLD_AS_FACT.search(text, trigger.end, max(toll.end for toll in own)):
            status = "happened"
        if not _worth_telling(trigger, dating, own, status) or (
            not own and _only_mentioned(trigger, text, chosen, datings)
        ):
            continue
        seen.add(trigger.kind)
        begin, finish = interval(trigger, dating, text)
        details = _details(sentence, trigger, start, datings)
        details["lasting"] = dating is not None and text[max(0, dating.start - 6) : dating.start].lower() == "since "
        yield Event(start, end, trigger, status, own, dating, begin, finish, details=details)


#: *A quarrel might have led to a shooting that left two men dead*: of the dead there is no doubt.
_TOLD_AS_FACT = re.compile(r"\b(?:that|which) (?:left|killed|injured|wounded|claimed|took)\b")


def _shifted(tolls: list[Toll], offset: int) -> list[Toll]:
    return [
        replace(toll, start=toll.start + offset, end=toll.end + offset,
                predicate=(toll.predicate[0] + offset, toll.predicate[1] + offset))
        for toll in tolls
    ]  # fmt: skip


def _chosen(triggers: list[Trigger], harm: list[Toll], text: str) -> list[tuple[Trigger, bool]]:
    """Return the triggers to tell of, each with whether the sentence's toll belongs to it."""
    ordered = sorted(triggers, key=lambda trigger: (not trigger.is_verb, not trigger.strong, trigger.start))
    if not harm:
        return [(trigger, False) for trigger in ordered]
    displaced = all(toll.name == "displaced" for toll in harm)
    culprit = _triggers.cause([trigger for trigger in triggers if not (displaced and trigger.kind == "protest")])
    if culprit is None and displaced and ordered:
        return [(trigger, False) for trigger in ordered]
    if culprit is None:
        start, end = harm[0].predicate
        culprit = Trigger(start, end, text[start:end], "", True, True)
    return [
        (culprit, True),
        *((trigger, False) for trigger in ordered if trigger.kind not in (culprit.kind, *_triggers.HARMFUL)),
    ]


def _worth_telling(trigger: Trigger, dating: Dating | None, tolls: tuple[Toll, ...], status: str) -> bool:
    if tolls or trigger.kind == "":
        return True
    if dating is not None:
        return trigger.kind != "statement" or trigger.is_verb
    if status == "ongoing" and trigger.kind in ("military_action", "protest", "strike", "disaster"):
        return True
    return trigger.strong and trigger.kind not in ("statement", "other", "sport") and status != "hypothetical"


def _only_mentioned(trigger: Trigger, text: str, chosen: list[tuple[Trigger, bool]], datings: list[Dating]) -> bool:
    """Whether a noun only points back (*responsibility for the blast*) in a sentence that tells of something else."""
    if trigger.is_verb:
        return False
    lead = text[max(0, trigger.start - 30) : trigger.start]
    if not re.search(r"\b(?:the|this|that|these|his|her|its|their)(?: [\w’'-]+)? $", lead, re.IGNORECASE):
        return False
    if lead.rstrip().endswith(("responsibility for the", "responsibility for that", "responsibility for this")):
        return True
    if any(dating.start >= trigger.end and dating.start - trigger.end < 30 for dating in datings):
        return False
    return any(other.is_verb and other.kind != "other" for other, _ in chosen)


def _details(sentence: str, trigger: Trigger, offset: int, datings: list[Dating]) -> dict[str, Any]:
    blocked = [(dating.start - offset, dating.end - offset) for dating in datings]
    start, end = trigger.start - offset, trigger.end - offset
    return {
        "actor": _participants.actor(sentence, trigger, offset, blocked),
        "target": _participants.target(sentence, trigger, offset, blocked),
        "place": _circumstances.place(sentence, start, end, blocked),
        "reported_by": _circumstances.reporter(sentence) if trigger.kind != "statement" else None,
        "certainty": _circumstances.certainty(sentence, start),
        "claimed_by": None,
    }


def claimed(
    text: str, start: int, end: int, datings: list[Dating], triggers: list[Trigger], claimant: str
) -> Iterator[Event]:
    """Yield the attack that somebody claims, where nothing but the claim tells of it, and it has its day."""
    for trigger in triggers:
        if trigger.kind not in _CLAIMABLE or trigger.is_verb:
            continue
        _, dating = nearest(trigger, datings, text, start)
        if dating is None:
            continue
        begin, finish = interval(trigger, dating, text)
        details = _details(text[start:end], trigger, start, datings) | {"claimed_by": claimant, "lasting": False}
        yield Event(start, end, trigger, "happened", (), dating, begin, finish, details=details)
        return


_CLAIMABLE = ("attack", "explosion", "military_action")


def mark_claimed(earlier: list[Event], here: list[Event], claimant: str) -> bool:
    """Put the claim down to the last harmful event told before, or in the claim's own sentence."""
    for events_ in (here, earlier):
        for event in reversed(events_):
            if event.trigger.kind in _CLAIMABLE and event.status == "happened":
                event.details["claimed_by"] = claimant
                return True
    return False
