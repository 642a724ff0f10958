"""Which time expression dates which happening."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from corpus_tools.timeline._incident_day import on_the_page
from corpus_tools.timeline._triggers import Trigger

Day = pd.Timestamp


@dataclass(frozen=True)
class Dating:
    """A time expression that can date an event."""

    start: int
    end: int
    text: str
    begin: Day | None
    finish: Day | None
    fine: bool
    hour: bool = False
    bare_hour: bool = False


def from_row(row: dict[str, Any]) -> Dating | None:
    """Return what a row of the expressions table can date; None for durations and sets."""
    if row["type"] not in ("DATE", "TIME"):
        return None
    begin = None if pd.isna(row["begin"]) else pd.Timestamp(row["begin"]).normalize()
    finish = None if pd.isna(row["finish"]) else pd.Timestamp(row["finish"]).normalize()
    fine = row["granularity"] in ("day", "hour", "minute", "second")
    if fine and begin is not None:
        if "T24" in str(row["value"]):
            begin = pd.Timestamp(str(row["value"])[:10])
        finish = begin
    hour = row["type"] == "TIME"
    return Dating(
        int(row["start"]), int(row["end"]), row["text"], begin, finish, fine, hour, hour and row["confidence"] <= 0.6
    )


def best_dated(triggers: list[Trigger], datings: list[Dating], text: str, start: int) -> list[Trigger]:
    """Keep one trigger of each kind: the one nearest to an expression that dates it, else a strong verb."""
    best: dict[str, tuple[tuple[bool | int, ...], Trigger]] = {}
    for trigger in triggers:
        cost, dating = nearest(trigger, datings, text, start)
        reach = 0 if trigger.kind == "statement" else cost // 40
        key = (
            dating is None,
            trigger.kind == "statement" and not trigger.is_verb,
            reach,
            not (trigger.is_verb and trigger.strong),
            not trigger.is_verb,
            trigger.start,
        )
        if trigger.kind not in best or key < best[trigger.kind][0]:
            best[trigger.kind] = (key, trigger)
    return sorted((trigger for _, trigger in best.values()), key=lambda trigger: trigger.start)


_SPEAKING = re.compile(
    r"\b(?:said|says|told \w+|announced|reported|added|confirmed|insisted|warned|stated)(?: (?:reporters|"
    r"back|in a statement|late|early))?(?: on| in)? ?$"
)


def _afterwards(lead: str, trigger: Trigger) -> bool:
    """Whether a date is that of what police and courts did later: *the man shot on Elm Street was identified today*."""
    return trigger.kind not in ("arrest", "court", "statement", "other") and _LATER_DEED.search(lead) is not None


_LATER_DEED = re.compile(
    r"\b(?:was|were|been|is|are) (?:identified|named|charged|arrested|arraigned|sentenced|convicted|indicted|booked|"
    r"jailed|captured)(?: \w+ly)?(?: late| early)?(?: on)? $"
)


#: Farther than this, in characters and breaks between clauses, an expression dates nothing.
FARTHEST = 200


def nearest(
    trigger: Trigger, datings: list[Dating], text: str, start: int, toll_end: int | None = None
) -> tuple[int, Dating | None]:
    """Return the expression nearest to the trigger (or behind its toll), in its own clause first, and how far it is.

    One that dates what was said (*said on Monday*) dates nothing else; but what is told *after* it lies before.
    """
    best: tuple[int, int] | None = None
    chosen = None
    for order, dating in enumerate(datings):
        if (
            (dating.begin is None and dating.finish is None)
            or _leans(dating, text)
            or on_the_page(text, dating.start, titled=True)
        ):
            continue
        lead = text[max(start, dating.start - 30) : dating.start]
        spoken = _SPEAKING.search(lead) is not None or _afterwards(lead, trigger)
        between = text[trigger.end : dating.start] if dating.start >= trigger.end else text[dating.end : trigger.start]
        if trigger.kind == "statement":
            behind = dating.start >= trigger.end
            if (
                re.search(r"[“”\"]|\bthat\b", between)
                or len(between) > 50
                or (not behind and re.search(r",|\band\b", between))
            ):
                continue
        elif spoken and not (dating.end <= trigger.start and _AFTER.match(between)):
            continue
        cost = _distance(between)
        if toll_end is not None and dating.start >= toll_end:
            cost = min(cost, _distance(text[toll_end : dating.start]))
        if cost > FARTHEST:
            continue
        if best is None or (cost, order) < best:
            best, chosen = (cost, order), dating
    if chosen is not None and not chosen.fine and trigger.kind != "statement":
        chosen = _finer(chosen, datings, trigger, text) or chosen
    return (best[0] if best else 0), chosen


def _finer(coarse: Dating, datings: list[Dating], trigger: Trigger, text: str) -> Dating | None:
    """Return the day that opens the clause and lies within a wider date: *yesterday, at this year's fair*."""
    if coarse.begin is None or coarse.finish is None or coarse.start > trigger.start:
        return None
    for dating in datings:
        day = dating.begin if dating.fine and dating.end <= coarse.start else None
        within = day is not None and coarse.begin <= day <= coarse.finish
        if within and not _BREAK.search(text[dating.end : trigger.start]):
            return dating
    return None


_BREAK = re.compile(r"[;:—–]|, (?:after|when|while|and|but|who|which)\b|\b(?:after|before|when|since|while|that)\b")


def _distance(between: str) -> int:
    """Return how far apart two places are: characters, and more for each clause that begins between them."""
    return len(between) + 60 * len(_BREAK.findall(between)) + 15 * between.count(", ")


def _leans(dating: Dating, text: str) -> bool:
    """Whether an expression is told from something else in the sentence: *the day after the fire*, *that evening*."""
    words = dating.text.lower()
    if re.fullmatch(r"the (?:day|night|morning|evening) (?:after|before)", words):
        return bool(re.match(r" (?:the|a|an|his|her|its|their|he|she|they|[A-Z])", text[dating.end : dating.end + 8]))
    return dating.bare_hour


_AFTER = re.compile(r"\s*,? ?(?:just |shortly |soon |a day |days )?after [^,;.]{2,60}$")


#: What lies before a trigger that is told by its distance: *on Friday, four months after the ferry burned*.
_APART = re.compile(
    r"\b(?:day|night|week|month|year|decade)s?(?: to the day)? (after|before) [^,;.]{2,60}$", re.IGNORECASE
)


def interval(trigger: Trigger, dating: Dating | None, text: str) -> tuple[Day | None, Day | None]:
    """Return the first and last day on which what the trigger names can have happened."""
    if dating is None:
        return None, None
    lead = text[max(0, dating.start - 12) : dating.start].lower()
    between = text[dating.end : trigger.start] if trigger.start >= dating.end else ""
    apart = _APART.search(between)
    if apart and apart[1] == "before":
        return dating.begin, None
    if apart or _AFTER.match(between) or (not dating.hour and re.search(r"\b(?:by|until|before) $", lead)):
        return None, dating.finish
    if re.search(r"\bsince $", lead):
        return dating.begin, dating.finish
    return dating.begin, dating.finish
