"""Words that belong to an expression's span without changing its value: *early*, *the end of*, *later*."""

from __future__ import annotations

from corpus_tools.timeline._meaning import Widening
from corpus_tools.timeline._pattern import Found, Rule


def _plain(_: Found) -> Widening:
    return Widening("|the")


def _tight(_: Found) -> Widening:
    return Widening("")


RULES = (
    Rule("part -?", _tight),
    Rule("part in", _plain),
    Rule("the part", _tight),
    Rule("the? very? edge|part of", _plain),
    Rule("earlier|later in?", _plain),
    Rule("about", _tight),
    Rule("sometime", _tight),
    Rule("some time", _tight),
)
