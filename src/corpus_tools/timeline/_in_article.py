"""What the article as a whole says of its happenings: days and kinds taken from others told before, plans, speakers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from corpus_tools.timeline import _triggers
from corpus_tools.timeline._datings import Day
from corpus_tools.timeline._event import Event, Speech


def planned(event: Event, published: Day | None) -> Event:
    """Mark what lies after the day of publication as planned."""
    if published is not None and event.begin is not None and event.begin > published and event.status == "happened":
        return replace(event, status="planned")
    return event


def dated(found: list[Event], mentions: Counter[str]) -> list[Event]:
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


def attributed(found: list[Event], speeches: list[Speech]) -> list[Event]:
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
