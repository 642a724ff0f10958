"""How likely a reader would keep a happening on a timeline: told early, dated, with a toll, no mere statement."""

from __future__ import annotations

import math

from corpus_tools.timeline._event import Event

# What speaks for an event, in rough numbers chosen by reading; the first fades as the text goes on.
_LEAD, _FADES = 1.0, 6.0
_TOLL, _DATED, _VERB = 0.8, 0.6, 0.4
_MINOR, _UNREAL = -0.8, -0.8


def salience(event: Event, length: int) -> float:
    """Return from 0 (in passing) to 1 (what the article is about) for one event of a text of that length.

    Examples
    --------
    >>> from corpus_tools.timeline._triggers import Trigger
    >>> blast = Trigger(2, 7, "blast", "explosion", False, False)
    >>> salience(Event(0, 20, blast, "happened"), 400) > salience(Event(380, 400, blast, "planned"), 400)
    True
    """
    trigger = event.trigger
    score = _LEAD * math.exp(-_FADES * event.start / max(length, 1))
    score += _TOLL * bool(event.tolls) + _DATED * (event.dating is not None)
    score += _VERB * (trigger.is_verb and trigger.strong)
    score += _MINOR * (trigger.kind in ("statement", "other"))
    score += _UNREAL * (event.status in ("planned", "negated", "hypothetical"))
    return round(1 / (1 + math.exp(-score)), 2)
