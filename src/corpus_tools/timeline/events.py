"""Reported happenings: what, when, where, how many, and who says so."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.timeline import _circumstances, _tolls, _triggers
from corpus_tools.timeline._tolls import TOLLS, Toll
from corpus_tools.timeline._triggers import Trigger
from corpus_tools.timeline.expressions import expressions as find_all_expressions

Day = pd.Timestamp

#: Longer sentences are read in pieces of so many characters.
LONGEST_SENTENCE = 1500


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


def events(
    articles: pd.DataFrame, attributions: pd.DataFrame | None = None, expressions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the happenings that the articles report.

    Parameters
    ----------
    articles : DataFrame
        Articles (`corpus_tools.schema.ARTICLES`); needs ``article_id`` and ``text``.
    attributions : DataFrame, optional
        Attributions (`corpus_tools.schema.ATTRIBUTIONS`): an event inside what somebody said is reported by that speaker.
        Without it, ``reported_by`` comes from the sentence alone (*according to ...*, *..., the police said*).
    expressions : DataFrame, optional
        What `corpus_tools.timeline.expressions` gives for these articles; computed when not given.

    Returns
    -------
    DataFrame
        `corpus_tools.schema.EVENTS`: one row for each happening that a sentence reports, with ``begin`` and ``finish`` the
        first and last day on which it can have happened.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "published": [pd.Timestamp("2023-10-08")],
    ...     "text": ["A bomb exploded in Arlen on Saturday, killing at least 23 people."]})
    >>> table = events(articles)
    >>> table[["kind", "place", "begin", "killed_min"]].astype(str).values.tolist()
    [['explosion', 'Arlen', '2023-10-07', '23']]
    """
    schema.require(articles, "article_id", "text")
    if expressions is None:
        expressions = find_all_expressions(articles)
    datings = _by_article(expressions, _dating)
    speakers = _by_article(attributions, _speech) if attributions is not None else {}
    published = articles["published"] if "published" in articles.columns else [None] * len(articles)
    rows = [
        _row(article_id, text, event)
        for article_id, text, when in zip(articles["article_id"], articles["text"], published, strict=True)
        if isinstance(text, str)
        for event in find_events(text, datings.get(article_id, []), speakers.get(article_id, []), _day(when))
    ]
    return schema.EVENTS.conform(rows) if rows else schema.EVENTS.empty()


def _day(value: Any) -> Day | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).tz_localize(None).normalize()


def _by_article(table: pd.DataFrame, build: Any) -> dict[str, list[Any]]:
    result: dict[str, list[Any]] = defaultdict(list)
    for row in table.to_dict("records"):
        built = build(row)
        if built is not None:
            result[row["article_id"]].append(built)
    return result


def _dating(row: dict[str, Any]) -> Dating | None:
    if row["type"] not in ("DATE", "TIME"):
        return None
    begin = None if pd.isna(row["begin"]) else pd.Timestamp(row["begin"]).normalize()
    finish = None if pd.isna(row["finish"]) else pd.Timestamp(row["finish"]).normalize()
    fine = row["granularity"] in ("day", "hour", "minute", "second")
    if fine and begin is not None:
        finish = begin
    hour = row["type"] == "TIME"
    return Dating(int(row["start"]), int(row["end"]), row["text"], begin, finish, fine, hour, hour and row["confidence"] <= 0.6)


def _speech(row: dict[str, Any]) -> tuple[list[list[int]], str] | None:
    speaker = row.get("speaker")
    speaker = speaker if isinstance(speaker, str) else row.get("source")
    return (row["content_spans"], speaker) if isinstance(speaker, str) else None


def find_events(
    text: str, datings: list[Dating], speeches: list[tuple[list[list[int]], str]], published: Day | None = None
) -> list[Event]:
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
        sentence_events = list(_of_sentence(text, start, end, inside, triggers))
        claimant = _circumstances.claimant(text[start:end])
        if claimant:
            _mark_claimed(found, sentence_events, claimant)
        found += sentence_events
    dated = [_planned(event, published) for event in _dated_by_article(found, mentions)]
    return _attributed(dated, text, speeches)


def _pieces(text: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences; what is longer than any real sentence (a list, a table) in pieces, so that time stays linear."""
    for start, end in sentences:
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            cut = cut if cut > start else start + LONGEST_SENTENCE
            yield start, cut
            start = cut + 1 if text[cut] == " " else cut
        if start < end:
            yield start, end


def _planned(event: Event, published: Day | None) -> Event:
    """What lies after the day of publication has not happened yet."""
    if published is not None and event.begin is not None and event.begin > published and event.status == "happened":
        return replace(event, status="planned")
    return event


def _of_sentence(
    text: str, start: int, end: int, datings: list[Dating], triggers: list[Trigger]
) -> Iterator[Event]:
    """Yield the happenings of one sentence: one for its toll, one for each other kind that it names."""
    sentence = text[start:end]
    blocked = [(dating.start - start, dating.end - start) for dating in datings]
    triggers = _best_dated(triggers, datings, text, start)
    tolls = _shifted(_tolls.find(sentence, blocked), start)
    harm = [toll for toll in tolls if toll.name in ("killed", "injured", "missing")]
    if not triggers and not harm:
        return
    seen: set[str] = set()
    chosen = _chosen(triggers, harm, text)
    for trigger, with_toll in chosen:
        _, dating = _nearest(trigger, datings, text, start)
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
        if not _worth_telling(trigger, dating, own, status) or (not own and _only_mentioned(trigger, text, chosen, datings)):
            continue
        seen.add(trigger.kind)
        begin, finish = _interval(trigger, dating, text)
        details = _details(sentence, trigger, start, datings)
        details["lasting"] = dating is not None and text[max(0, dating.start - 6) : dating.start].lower() == "since "
        yield Event(start, end, trigger, status, own, dating, begin, finish, details=details)


def _best_dated(triggers: list[Trigger], datings: list[Dating], text: str, start: int) -> list[Trigger]:
    """Keep one trigger of each kind: the one nearest to an expression that dates it, else a strong verb."""
    best: dict[str, tuple[tuple[bool | int, ...], Trigger]] = {}
    for trigger in triggers:
        cost, dating = _nearest(trigger, datings, text, start)
        reach = 0 if trigger.kind == "statement" else cost // 40
        key = (dating is None, trigger.kind == "statement" and not trigger.is_verb, reach, not (trigger.is_verb and trigger.strong), not trigger.is_verb, trigger.start)
        if trigger.kind not in best or key < best[trigger.kind][0]:
            best[trigger.kind] = (key, trigger)
    return sorted((trigger for _, trigger in best.values()), key=lambda trigger: trigger.start)


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
    culprit = _triggers.cause(triggers)
    if culprit is None:
        start, end = harm[0].predicate
        culprit = Trigger(start, end, text[start:end], "", True, True)
    return [
        (culprit, True),
        *((trigger, False) for trigger in ordered if trigger.kind not in (culprit.kind, *_triggers.HARMFUL)),
    ]


_SPEAKING = re.compile(
    r"\b(?:said|says|told \w+|announced|reported|added|confirmed|insisted|warned|stated)(?: (?:reporters|back|in a statement|late|early))?(?: on| in)? ?$"
)


def _nearest(trigger: Trigger, datings: list[Dating], text: str, start: int) -> tuple[int, Dating | None]:
    """Return the expression nearest to the trigger, in its own clause first, and how far it is.

    One that dates what was said (*said on Monday*) dates nothing else; but what is told *after* it lies before.
    """
    best: tuple[int, int] | None = None
    chosen = None
    for order, dating in enumerate(datings):
        if (dating.begin is None and dating.finish is None) or _leans(dating, text):
            continue
        spoken = bool(_SPEAKING.search(text[max(start, dating.start - 30) : dating.start]))
        between = text[trigger.end : dating.start] if dating.start >= trigger.end else text[dating.end : trigger.start]
        if trigger.kind == "statement":
            behind = dating.start >= trigger.end
            if re.search(r"[“”\"]", between) or len(between) > 50 or (not behind and re.search(r",|\band\b", between)):
                continue
        elif spoken and not (dating.end <= trigger.start and _AFTER.match(between)):
            continue
        cost = len(between) + 60 * len(
            re.findall(
                r"[;:—–]|, (?:after|when|while|and|but|who|which)\b|\b(?:after|when|since|while|that)\b", between
            )
        )
        if cost > 320:
            continue
        if best is None or (cost, order) < best:
            best, chosen = (cost, order), dating
    return (best[0] if best else 0), chosen


def _leans(dating: Dating, text: str) -> bool:
    """Whether an expression is told from something else in the sentence: *the day after the fire*, *that evening*."""
    words = dating.text.lower()
    if re.fullmatch(r"the (?:day|night|morning|evening) (?:after|before)", words):
        return bool(re.match(r" (?:the|a|an|his|her|its|their|he|she|they|[A-Z])", text[dating.end : dating.end + 8]))
    return dating.bare_hour


_AFTER = re.compile(r"\s*,? ?(?:just |shortly |soon |a day |days )?after [^,;.]{2,60}$")


def _interval(trigger: Trigger, dating: Dating | None, text: str) -> tuple[Day | None, Day | None]:
    if dating is None:
        return None, None
    lead = text[max(0, dating.start - 12) : dating.start].lower()
    between = text[dating.end : trigger.start] if trigger.start >= dating.end else ""
    if _AFTER.match(between) or (not dating.hour and re.search(r"\b(?:by|until|before) $", lead)):
        return None, dating.finish
    if re.search(r"\bsince $", lead):
        return dating.begin, dating.finish
    return dating.begin, dating.finish


def _worth_telling(trigger: Trigger, dating: Dating | None, tolls: tuple[Toll, ...], status: str) -> bool:
    if tolls or trigger.kind == "":
        return True
    if dating is not None:
        return trigger.kind != "statement" or trigger.is_verb
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
        "actor": _circumstances.actor(sentence, trigger, offset),
        "target": _circumstances.target(sentence, trigger, offset),
        "place": _circumstances.place(sentence, start, end, blocked),
        "reported_by": _circumstances.reporter(sentence) if trigger.kind != "statement" else None,
        "certainty": _circumstances.certainty(sentence, start),
        "claimed_by": None,
    }


def _mark_claimed(earlier: list[Event], here: list[Event], claimant: str) -> None:
    """Put the claim down to the last harmful event told before, or in the claim's own sentence."""
    for events_ in (here, earlier):
        for event in reversed(events_):
            if event.trigger.kind in ("attack", "explosion", "military_action") and event.status == "happened":
                event.details["claimed_by"] = claimant
                return


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


def _attributed(found: list[Event], text: str, speeches: list[tuple[list[list[int]], str]]) -> list[Event]:
    """Name the speaker in whose words an event stands."""
    for event in found:
        for spans, speaker in speeches:
            if any(start <= event.trigger.start < end for start, end in spans):
                event.details["reported_by"] = speaker
                break
    return found


def _confidence(event: Event) -> float:
    value = 0.9 if event.trigger.is_verb and event.trigger.strong else 0.7
    if event.dating is None:
        value -= 0.2
    if event.inherited:
        value -= 0.1
    if event.details["certainty"] != "certain":
        value -= 0.1
    return round(max(value, 0.1), 2)


def _row(article_id: str, text: str, event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {
        "article_id": article_id, "start": event.start, "end": event.end, "sentence": text[event.start : event.end],
        "predicate": event.trigger.text, "kind": event.trigger.kind, "status": event.status, "begin": event.begin,
        "finish": event.finish, "confidence": _confidence(event), **{name: value for name, value in event.details.items() if name != "lasting"},
        "predicate_start": event.trigger.start, "predicate_end": event.trigger.end,
        "dated_by": event.dating.text if event.dating else None,
        "dated_start": event.dating.start if event.dating else None,
        "dated_end": event.dating.end if event.dating else None,
    }  # fmt: skip
    for toll in event.tolls:
        row[f"{toll.name}_min"], row[f"{toll.name}_max"] = toll.least, toll.most
    row["toll_text"] = text[event.tolls[0].start : max(toll.end for toll in event.tolls)] if event.tolls else None
    return row


__all__ = ["TOLLS", "Dating", "Event", "events", "find_events"]
