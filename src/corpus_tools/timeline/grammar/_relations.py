"""*last*, *this*, *next* and their kin."""

from __future__ import annotations

from corpus_tools.timeline._meaning import Relation
from corpus_tools.timeline._pattern import Found

_RELATIONS: dict[str, Relation] = {
    "last": "last",
    "past": "last",
    "next": "next",
    "coming": "next",
    "upcoming": "next",
    "forthcoming": "next",
    "this": "this",
    "previous": "previous",
    "preceding": "previous",
    "prior": "previous",
    "following": "following",
    "ensuing": "following",
    "subsequent": "following",
    "same": "same",
    "very": "same",
    "that": "same",
    "current": "this",
}


def relation(found: Found) -> Relation:
    """Return the relation that the part of that name says; empty when there is none."""
    return _RELATIONS.get(found.text("relation"), "")
