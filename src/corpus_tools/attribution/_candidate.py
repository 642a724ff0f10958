"""What the rules make before it becomes a row."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_tools.attribution._view import View

Tokens = tuple[int, int]


@dataclass(eq=False)
class Candidate:
    """One attribution in token numbers, before it becomes a row.

    Parameters
    ----------
    source, cue, content : list of (int, int)
        Token numbers.
    cue_class, frame : str
        The cue's class, and the frame that found it: right, left, inverted, according, passive, agentless, participle,
        infinitive, noun, adverb, colon, floating, quoting.
    unit : int
        Number of the unit of the cue.
    parent : Candidate, optional
        The attribution inside whose content this one stands.
    score : float
        How likely the trained weights think it, once asked.
    spoken : bool
        Whether its quotation is speech for sure, whoever may have said it.
    looks : (content, groups of features), optional
        The features of the candidate with that content, once asked.
    """

    source: list[Tokens]
    cue: list[Tokens]
    content: list[Tokens]
    cue_class: str
    frame: str
    unit: int
    lemma: str = ""
    negated: bool = False
    shared: bool = False
    clause: str = ""
    parent: Candidate | None = field(default=None, repr=False)
    score: float = 0.0
    spoken: bool = False
    looks: tuple[list[Tokens], list[tuple[str, ...]]] | None = field(default=None, repr=False)


def last_token(seen: View, unit: Tokens) -> int:
    """Return the token behind the unit's last word; a final full stop outside of marks does not count."""
    stop = unit[1]
    while stop > unit[0] and seen.quote[stop - 1] < 0 and seen.low[stop - 1] in (".", "!", "?", "…", "...", ";"):
        stop -= 1
    return stop
