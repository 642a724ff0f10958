"""Happenings in one text: found sentence by sentence, then dated and attributed by the article as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus_tools.timeline import _circumstances, _in_article, _triggers
from corpus_tools.timeline._datings import Dating, Day
from corpus_tools.timeline._event import Event, Speech
from corpus_tools.timeline._sentence import claimed, mark_claimed, of_sentence

#: Longer sentences are read in pieces of so many characters.
LONGEST_SENTENCE = 1500


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
        sentence_events = list(of_sentence(text, start, end, inside, triggers))
        claimant = _circumstances.claimant(text[start:end])
        if claimant and not mark_claimed(found, sentence_events, claimant):
            sentence_events += claimed(text, start, end, inside, triggers, claimant)
        found += sentence_events
    dated = [_in_article.planned(event, published) for event in _in_article.dated(found, mentions)]
    return _in_article.attributed([event for event in dated if _told(event)], speeches)


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
