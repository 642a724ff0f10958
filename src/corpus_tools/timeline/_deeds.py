"""What the one that a text speaks of did or underwent: verbs with their roles, states and days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from corpus_tools.timeline import _controlled, _triggers
from corpus_tools.timeline._circumstances import not_a_name
from corpus_tools.timeline._datings import Dating, Day, interval, nearest
from corpus_tools.timeline._mentions import Mention
from corpus_tools.timeline._triggers import Trigger

if TYPE_CHECKING:
    from corpus_tools.language import Annotation, Clause, VerbGroup

#: Farther before publication than this, in days, a day that the article told before dates nothing else.
_RECENT = 14
#: How sure a row is by where its day is from, and what a pronoun takes off.
_SURE = {"sentence": 0.8, "article": 0.5, "publication": 0.4, "": 0.3}
_WEAKER = 0.1


@dataclass(frozen=True)
class Deed:
    """One verb with the one spoken of as its subject or object."""

    start: int
    end: int
    predicate: str
    lemma: str
    predicate_start: int
    predicate_end: int
    kind: str
    role: str
    status: str
    mention: Mention
    dating: Dating | None
    dated: str | None
    begin: Day | None
    finish: Day | None
    confidence: float


def deeds(
    annotation: Annotation, mentions: Sequence[Mention], datings: Sequence[Dating], published: Day | None
) -> Iterator[Deed]:
    """Yield what the one whom `mentions` mean did or underwent, in the order of the text."""
    if not mentions:
        return
    turned = dict(_turned(annotation, mentions))
    mentions = [mention for mention in mentions if mention not in turned.values()]
    starts = [mention.start for mention in mentions]
    ends = [sentence.end for sentence in annotation.sentences]
    datings = sorted(datings, key=lambda dating: dating.start)
    dated = [dating.start for dating in datings]
    told: Day | None = None
    subject: tuple[int, Mention] | None = None
    joined: tuple[int, list[Mention]] = (-1, [])
    for place, clause in enumerate(annotation.clauses):
        number = bisect_left(ends, clause.end)
        sentence = annotation.sentences[min(number, len(ends) - 1)]
        here = _within(datings, dated, sentence)
        told = _day_told(here, published) or told
        inside = mentions[bisect_left(starts, clause.start) : bisect_right(starts, clause.end - 1)]
        if clause.verb < 0:
            joined = (number, inside)
            continue
        if joined[0] == number and clause.kind == "coordinate":  # *Ana Marenko and Clara Oda resigned*
            inside = [*joined[1], *inside]
        joined = (-1, [])
        verb = _meant(annotation, clause, annotation.verbs[clause.verb])
        found = _role(annotation, verb, inside)
        if found is None and subject and subject[0] == number and _shares_subject(annotation, clause, verb):
            found = ("target" if verb.voice == "passive" else "actor", subject[1])
        if found is None or annotation.lemmas[verb.head] in _NO_DEEDS:
            continue
        role, mention = found
        if role == "actor" and mention.start < verb.start:
            subject = (number, mention)
        if not (verb.finite or verb.tense != "none"):
            continue
        inherits = told if clause.kind in ("main", "coordinate") else None
        others = _controlled.deeds(annotation, place, verb) if role == "actor" and mention.start < verb.start else []
        if not (others and _controlled.only_begins(annotation, verb)):
            yield _deed(annotation, verb, sentence, role, mention, here, inherits, published)
        for other, status in others:
            deed = _deed(annotation, other, sentence, role, mention, here, inherits, published)
            yield deed if status is None or deed.status == "negated" else replace(deed, status=status)
    for verb, mention in turned.items():
        sentence = annotation.sentences[min(bisect_left(ends, verb.end), len(ends) - 1)]
        here = _within(datings, dated, sentence)
        yield _deed(annotation, verb, sentence, "actor", mention, here, _day_told(here, published), published)


def _within(datings: Sequence[Dating], starts: list[int], sentence: tuple[int, ...]) -> Sequence[Dating]:
    """Return the expressions of a sentence; `starts` says where each begins, in order."""
    return datings[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])]


def _turned(annotation: Annotation, mentions: Sequence[Mention]) -> Iterator[tuple[VerbGroup, Mention]]:
    """Yield verbs of saying with the speaker behind them: *"We lost," said the minister Ana Marenko*."""
    heads = {verb.head: verb for verb in annotation.verbs}
    for mention in mentions:
        place = _token(annotation, mention.start) - 1
        while place >= 0 and (annotation.upos[place] in _NOUN_PHRASE or annotation.tokens[place].text == ","):
            place -= 1
        behind = _token(annotation, mention.end)
        closed = behind >= len(annotation.tokens) or annotation.upos[behind] == "PUNCT"
        said = place > 0 and place in heads and annotation.lemmas[place] in _SAYING
        if said and closed and annotation.upos[place - 1] == "PUNCT":
            yield heads[place], mention


#: Of what a title before a name is made: *said the minister, Ana Marenko*.
_NOUN_PHRASE = frozenset(("DET", "ADJ", "PROPN", "NOUN"))
_SAYING = frozenset(("say", "add", "tell", "write", "reply", "ask", "warn", "explain", "insist"))


def _day_told(datings: Sequence[Dating], published: Day | None) -> Day | None:
    """Return the last day of a sentence that lies shortly before publication."""
    days = [dating.begin for dating in datings if dating.fine and dating.begin is not None]
    near = [day for day in days if published is not None and 0 <= (published - day).days <= _RECENT]
    return near[-1] if near else None


def _meant(annotation: Annotation, clause: Clause, verb: VerbGroup) -> VerbGroup:
    """Return the verb of a main clause as a past tense where the tagger took it for a participle: *they struck*."""
    alone = verb.tense == "none" and verb.last - verb.first == 1 and clause.kind == "main"
    if not (alone and annotation.xpos[verb.head] == "VBN" and verb.first > clause.first):
        return verb
    return verb._replace(tense="past", voice="active", finite=True)


def _shares_subject(annotation: Annotation, clause: Clause, verb: VerbGroup) -> bool:
    """Whether a clause has no noun before its verb: *he left and founded a party*."""
    nouns = ("NOUN", "PROPN", "PRON")
    return clause.kind == "coordinate" and not any(tag in nouns for tag in annotation.upos[clause.first : verb.first])


def _role(annotation: Annotation, verb: VerbGroup, inside: Sequence[Mention]) -> tuple[str, Mention] | None:
    """Return how a clause involves one of its mentions: as subject or as object; None where it only names it."""
    before = [mention for mention in inside if mention.start < verb.start]
    behind = [mention for mention in inside if mention.start >= verb.end]
    for mention in before:
        if _another_acts(annotation, mention, verb):
            continue
        if _governed(annotation, mention) is None and not _owns(annotation, mention):
            return ("target" if verb.voice == "passive" else "actor"), mention
    for mention in behind:
        governed = _governed(annotation, mention)
        if governed == "by" and verb.voice == "passive":
            return "actor", mention
        apart = any(mark in annotation.text[verb.end : mention.start] for mark in '“”",;:')
        if governed is None and not apart and not _owns(annotation, mention):
            return "target", mention
    return None


def _another_acts(annotation: Annotation, mention: Mention, verb: VerbGroup) -> bool:
    """Whether a name right before the verb, parted from the mention by a comma, is its subject."""
    end, place = _token(annotation, mention.end), verb.first - 1
    while place >= end and annotation.upos[place] == "ADV":
        place -= 1
    if place < end or annotation.upos[place] not in ("PROPN", "PRON"):
        return False
    while place > end and annotation.upos[place - 1] == "PROPN":
        place -= 1
    between = [token.text for token in annotation.tokens[end:place]]
    return "," in between and between[-1] not in ("and", "or", "&")


#: What is no deed: what somebody is.
_NO_DEEDS = frozenset(("be", "will", "become", "seem", "appear"))


def _token(annotation: Annotation, start: int) -> int:
    return bisect_left(annotation.tokens, start, key=lambda token: token.start)


def _governed(annotation: Annotation, mention: Mention) -> str | None:
    """Return the preposition before a mention, its article and titles aside: *by the minister Ana Marenko*."""
    if mention.pronoun:  # subjects only
        return None
    place = _token(annotation, mention.start) - 1
    while place >= 0 and _before_noun(annotation, place):
        if not_a_name(annotation.tokens[place].text):
            return None
        place -= 1
    governing = place >= 0 and annotation.upos[place] == "ADP"
    return annotation.tokens[place].text.lower() if governing else None


def _before_noun(annotation: Annotation, place: int) -> bool:
    """Whether a token can stand between a preposition and its name: *of her recently opened Harbour Inn*."""
    if annotation.upos[place] in ("DET", "ADJ", "PROPN", "NOUN", "NUM") or annotation.xpos[place] == "PRP$":
        return True
    led = place > 0 and (annotation.upos[place - 1] in ("DET", "ADV") or annotation.xpos[place - 1] == "PRP$")
    return led and (annotation.upos[place] == "ADV" or annotation.xpos[place] in ("VBN", "VBG"))


def _owns(annotation: Annotation, mention: Mention) -> bool:
    """Whether a mention is a possessive: *Marenko's letter*."""
    place = _token(annotation, mention.end)
    return place < len(annotation.tokens) and annotation.tokens[place].text in ("'s", "’s", "'", "’")


def _deed(
    annotation: Annotation, verb: VerbGroup, sentence: tuple[int, int], role: str, mention: Mention,
    here: Sequence[Dating], told: Day | None, published: Day | None,
) -> Deed:  # fmt: skip
    head = annotation.tokens[verb.head]
    text, (start, end) = annotation.text, sentence
    known = _triggers.find(text, verb.start, verb.end)
    kind = known[0].kind if known else "other"
    trigger = Trigger(head.start, head.end, head.text, kind, True, True)
    _, dating = nearest(trigger, list(here), text, start)
    status = _status(verb)
    begin, finish = interval(trigger, dating, text)
    dated: str | None = "sentence" if dating is not None else None
    if dating is None:
        begin, finish, dated = _from_article(verb, status, told, published)
    if published is not None and begin is not None and begin > published and status == "happened":
        status = "planned"
    sure = _SURE[dated or ""] - _WEAKER * mention.pronoun
    return Deed(
        start, end, head.text, annotation.lemmas[verb.head], head.start, head.end, kind, role, status, mention,
        dating, dated, begin, finish, round(sure, 2),
    )  # fmt: skip


def _status(verb: VerbGroup) -> str:
    if verb.negated:
        return "negated"
    if verb.modal:
        return "hypothetical"
    if verb.tense == "future":
        return "planned"
    return "ongoing" if verb.tense == "present" and verb.aspect != "perfect" else "happened"


def _from_article(
    verb: VerbGroup, status: str, told: Day | None, published: Day | None
) -> tuple[Day | None, Day | None, str | None]:
    """Return the days that the article as a whole allows, and what says so."""
    if status == "happened" and verb.tense == "past" and verb.aspect == "simple" and told is not None:
        return told, told, "article"
    if published is None or status not in ("happened", "ongoing"):
        return None, None, None
    day: Day = pd.Timestamp(published)
    return (day, day, "publication") if status == "ongoing" else (None, day, "publication")
