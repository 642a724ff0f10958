"""Deeds told without a subject of their own: *she returned to open it*, *he left, saying that ...*."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_tools.timeline._tokens import lines

if TYPE_CHECKING:
    from corpus_tools.language import Annotation, VerbGroup

_STATUS = {"begins": None, "meant": "planned", "wished": "hypothetical", "failed": "negated"}
_NOUNS = ("NOUN", "PROPN", "PRON")


@cache
def _verbs() -> dict[str, str]:
    return {verb: name for name, verbs in lines("control.tsv") for verb in verbs.split()}


def only_begins(annotation: Annotation, verb: VerbGroup) -> bool:
    """Whether a verb is no deed beside the one that it leads to: *went on to win*, *began by thanking*."""
    return _verbs().get(annotation.lemmas[verb.head]) == "begins"


def deeds(annotation: Annotation, place: int, verb: VerbGroup) -> list[tuple[VerbGroup, str | None]]:
    """Return the verbs that share the subject of the verb of a clause, as if told like it, each with its status.

    Parameters
    ----------
    annotation : Annotation
        The text.
    place : int
        The number of the clause.
    verb : VerbGroup
        Its verb.
    """
    clause = annotation.clauses[place]
    found: list[tuple[VerbGroup, str | None]] = []
    number = clause.verb + 1
    while number < len(annotation.verbs) and annotation.verbs[number].first < clause.last:
        if _participle(annotation, annotation.verbs[number]):
            found.append((_told_like(annotation.verbs[number], verb), None))
        number += 1
    following = annotation.clauses[place + 1] if place + 1 < len(annotation.clauses) else None
    if following is not None and following.kind == "infinitive" and following.verb >= 0:
        other = annotation.verbs[following.verb]
        right_behind = following.first == clause.last and other.first == following.first
        if right_behind and not _object(annotation, verb, following.first):
            name = _verbs().get(annotation.lemmas[verb.head])
            found.append((_told_like(other, verb), _STATUS[name] if name else "planned"))
    return found


def _told_like(verb: VerbGroup, other: VerbGroup) -> VerbGroup:
    return verb._replace(
        tense=other.tense, aspect=other.aspect, modal=other.modal, negated=verb.negated or other.negated, finite=True
    )


def _participle(annotation: Annotation, verb: VerbGroup) -> bool:
    """Whether a verb in -ing hangs on the clause behind a comma or *by*: *by opening it*, *, later adding*."""
    if annotation.xpos[verb.head] != "VBG" or verb.head != verb.last - 1 or verb.first == 0:
        return False
    place = verb.first - 1
    while place > 0 and annotation.upos[place] == "ADV":
        place -= 1
    return annotation.tokens[place].text.lower() in (",", "by")


def _object(annotation: Annotation, verb: VerbGroup, end: int) -> bool:
    """Whether a verb has an object, who may be the one to act: *she asked him to leave*."""
    governed = False
    for place in range(verb.last, end):
        governed = governed or annotation.upos[place] == "ADP"
        if annotation.upos[place] in _NOUNS and not governed:
            return True
    return False
