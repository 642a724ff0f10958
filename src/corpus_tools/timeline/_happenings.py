"""Happenings in one text: found sentence by sentence, then dated and attributed by the article as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from corpus_tools.timeline import _circumstances, _participants, _tolls, _triggers
from corpus_tools.timeline._datings import Dating, Day, best_dated, interval, nearest
from corpus_tools.timeline._tolls import Toll
from corpus_tools.timeline._triggers import Trigger

#: Longer sentences are read in pieces of so many characters.
LONGEST_SENTENCE = 1500


@dataclass(frozen=True)
class Speech:
    """What somebody says in a text: the spans of the words, those of the cue (*said*), and who."""

    spans: tuple[tuple[int, int], ...]
    cues: tuple[tuple[int, int], ...]
    speaker: str


@dataclass(frozen=True)
class Event:
    """One reported happening of a text."""

    start: int
    end: int
    trigger: Trigger
    status: str
    tolls: tuple[Toll, ...] = ()
    dating: Dating | None = None
    begin: Day | None = None
    finish: Day | None = None
    inherited: bool = False
    details: dict[str, Any] = field(default_factory=dict)


def find_events(text: str, datings: list[Dating], speeches: list[Speech], published: Day | None = None) -> list[Event]:
    """Return the happenings of one text, given its time expressions, who says what in it, and when it was published."""
    from corpus_tools import language

    found: list[Event] = []
    mentions: Counter[str] = Counter()
    place = 0
    datings = sorted(datings, key=lambda dating: dating.start)
    for start, end in _pieces(text, language.sentences(text)):
        while place < len(datings) and datings[place].end <= start:
            place += 1
        inside, index = [], place
        while index < len(datings) and datings[index].start < end:
            inside.append(datings[index])
            index += 1
        triggers = _triggers.find(text, start, end)
        mentions.update(trigger.kind for trigger in triggers if trigger.kind in _triggers.HARMFUL)
        triggers = [trigger for trigger in triggers if not trigger.named]
        sentence_events = list(_of_sentence(text, start, end, inside, triggers))
        claimant = _circumstances.claimant(text[start:end])
        if claimant and not _mark_claimed(found, sentence_events, claimant):
            sentence_events += _claimed(text, start, end, inside, triggers, claimant)
        found += sentence_events
    dated = [_planned(event, published) for event in _dated_by_article(found, mentions)]
    return _attributed([event for event in dated if _told(event)], speeches)


def _told(event: Event) -> bool:
    """Whether anything is told at all: nothing said or done by the way that was not, or may be."""
    minor = {"statement": ("planned", "negated", "hypothetical"), "other": ("negated", "hypothetical")}
    return bool(event.tolls) or event.status not in minor.get(event.trigger.kind, ())


def _pieces(text: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences; one longer than any real one (a list, a table) in pieces, so that time stays linear."""
    for start, end in sentences:
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            cut = cut if cut > start else start + LONGEST_SENTENCE
            yield start, cut
            start = cut + 1 if text[cut] == " " else cut
        if start < end:
            yield start, end


def _planned(event: Event, published: Day | None) -> Event:
    """Mark what lies after the day of publication as planned."""
    if published is not None and event.begin is not None and event.begin > published and event.status == "happened":
        return replace(event, status="planned")
    return event


def _of_sentence(text: str, start: int, end: int, datings: list[Dating], triggers: list[Trigger]) -> Iterator[Event]:
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


def _claimed(
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


def _mark_claimed(earlier: list[Event], here: list[Event], claimant: str) -> bool:
    """Put the claim down to the last harmful event told before, or in the claim's own sentence."""
    for events_ in (here, earlier):
        for event in reversed(events_):
            if event.trigger.kind in _CLAIMABLE and event.status == "happened":
                event.details["claimed_by"] = claimant
                return True
    return False


def _dated_by_article(found: list[Event], mentions: Counter[str]) -> list[Event]:
    """Give an event without a date that of the like event told before it, and a toll without a cause its kind."""
    common = max(mentions, key=lambda kind: (mentions[kind], kind)) if mentions else "other"
    result: list[Event] = []
    last: dict[str, Event] = {}
    harmful: Event | None = None
    for event in found:
        kind = event.trigger.kind
        if kind == "":
            kind = harmful.trigger.kind if harmful is not None else common
            event = replace(event, trigger=replace(event.trigger, kind=kind))
        dateless = event.begin is None and event.finish is None
        known = last.get(kind) or _main(found, kind)
        if dateless and known is not None and event.status in ("happened", "denied") and _same_story(event, known):
            event = replace(event, begin=known.begin, finish=known.finish, inherited=True)
        elif _is_anchor(event):
            last[kind] = event
        if kind in _triggers.HARMFUL and not event.details["lasting"]:
            harmful = event
        result.append(event)
    return result


def _main(found: list[Event], kind: str) -> Event | None:
    """Return the first event of a kind that the article dates to a day."""
    for event in found:
        if event.trigger.kind == kind and _is_anchor(event):
            return event
    return None


def _is_anchor(event: Event) -> bool:
    """Whether other reports can take their day from this one."""
    dated = event.dating is not None and event.dating.fine and event.begin is not None
    return event.status == "happened" and dated and not event.details["lasting"]


def _same_story(event: Event, known: Event) -> bool:
    """Whether an event without a date can be that other one: a toll, or a definite mention (*the blast*)."""
    return known.trigger.kind in ("explosion", "attack", "accident", "disaster", "protest") or (
        event.trigger.text.lower() in ("raid", "operation")
    )


def _attributed(found: list[Event], speeches: list[Speech]) -> list[Event]:
    """Name the speaker in whose words an event stands, and who makes a statement."""
    for event in found:
        place = event.trigger.start
        for speech in speeches:
            if any(start <= place < end for start, end in speech.spans):
                event.details["reported_by"] = speech.speaker
                break
        if event.trigger.kind == "statement" and event.details["actor"] is None:
            told = (speech.speaker for speech in speeches if any(a <= place < b for a, b in speech.cues))
            event.details["actor"] = next(told, None)
    return found
