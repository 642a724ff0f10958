"""Words that belong to an expression's span without changing its value: *early*, *the end of*, *later*."""

from __future__ import annotations

from corpus_tools.timeline._meaning import Widening
from corpus_tools.timeline._pattern import Found, Rule


def _plain(_: Found) -> Widening:
    return Widening("|the")


def _tight(_: Found) -> Widening:
    return Widening("")


def _the(found: Found) -> Widening | None:
    """Read *the late*; in *the late-May vote* the article belongs to the vote."""
    words = found.tokens.words
    return None if words[found.last : found.last + 1] == ["-"] else Widening("")


def _about(_: Found) -> Widening:
    return Widening("", clock=True)


RULES = (
    Rule("part -?", _tight),
    Rule("part in", _plain),
    Rule("the part", _the),
    Rule("the? very? edge|part of", _plain),
    Rule("earlier|later in?", _plain),
    Rule("about", _about),
    Rule("sometime", _tight),
    Rule("some time", _tight),
)
