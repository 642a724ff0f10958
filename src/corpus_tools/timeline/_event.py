"""A reported happening, and what somebody says in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from corpus_tools.timeline._datings import Dating, Day
from corpus_tools.timeline._tolls import Toll
from corpus_tools.timeline._triggers import Trigger


@dataclass(frozen=True)
class Speech:
    """What somebody says in a text: the spans of the words, those of the cue (*said*), and who."""

    spans: tuple[tuple[int, int], ...]
    cues: tuple[tuple[int, int], ...]
    speaker: str


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
