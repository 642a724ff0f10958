"""Patterns of page furniture: those that ship, and users' own, which can neither hang nor break a run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from corpus_tools.articles import _data, telling
from corpus_tools.errors import InvalidRules

#: Where furniture stands.
PLACES = ("head", "tail", "edge", "anywhere")
LONGEST_LINE = 4_000
_LONGEST_PATTERN = 1_000
_SECONDS = 0.25
# Lines on which a pattern that backtracks without end shows itself.
_TRIALS = ("a" * 64 + "!", "a " * 200 + "!", "Ab" * 100 + "\x00", "1,2 " * 100 + "\x00", " " * 300 + "x")


@dataclass(frozen=True)
class Furniture:
    """A kind of line that is no text of the article.

    Parameters
    ----------
    where : {"head", "tail", "edge", "anywhere"}
        Where such a line may stand; ``edge`` is head or tail.
    pattern : Any
        Compiled pattern, matched from the start of the line.
    words : int
        Most words of such a line; 0 for any number.
    continues : bool
        Whether the lines behind it may belong to it.
    timed : bool
        Whether the pattern is a user's, and matched against the clock.
    spare : {"says", "tells", "none"}
        Which lines are news although the pattern fits: those in which somebody says something, or also those with
        a verb in the past, or none.
    """

    where: str
    pattern: Any
    words: int = 0
    continues: bool = False
    timed: bool = False
    spare: str = "says"

    def matches(self, line: str, words: int) -> bool:
        """Return whether `line`, which has `words` words, is furniture of this kind."""
        if self.words and words > self.words:
            return False
        if not self.timed:
            return self.pattern.match(line, 0, LONGEST_LINE) is not None
        try:
            return self.pattern.match(line[:LONGEST_LINE], timeout=_SECONDS) is not None
        except TimeoutError as error:
            raise InvalidRules(
                f"The pattern {self.pattern.pattern!r} takes too long on a line of {len(line)} characters; "
                "avoid nested repetitions such as (a+)+."
            ) from error

    def spares(self, line: str) -> bool:
        """Return whether `line` is news in spite of its form."""
        if self.timed or self.spare == "none":
            return False
        return telling.tells(line) if self.spare == "tells" else telling.says(line)


@cache
def shipped(places: tuple[str, ...] = PLACES) -> tuple[Furniture, ...]:
    """Return the furniture of these places that ships (``data/furniture.tsv``)."""
    return tuple(
        Furniture(where, re.compile(pattern, re.IGNORECASE), int(words), "continues" in flags, spare=_spare(flags))
        for where, words, flags, pattern in _data.rows("furniture.tsv")
        if where in places
    )


@cache
def shipped_any(places: tuple[str, ...] = PLACES) -> re.Pattern[str]:
    """Return one pattern that matches what any of `shipped` matches: most lines are none of them."""
    return re.compile("|".join(f"(?:{piece.pattern.pattern})" for piece in shipped(places)), re.IGNORECASE)


def _spare(flags: str) -> str:
    return "tells" if "caption" in flags else "none" if "fixed" in flags else "says"


def user_furniture(entry: Mapping[str, Any], where: str) -> Furniture:
    """Return furniture from an entry of a rules file.

    Raises
    ------
    InvalidRules
        When an entry is missing or wrong, or the pattern cannot be compiled or backtracks without end.
    """
    regex: Any = import_module("regex")  # It has no type stubs.

    unknown = sorted(set(entry) - {"pattern", "where", "words", "continues"})
    if unknown:
        raise InvalidRules(f"{where}: unknown entry {unknown[0]!r}; allowed are pattern, where, words, continues.")
    pattern, place = entry.get("pattern"), entry.get("where", "tail")
    words, continues = entry.get("words", 0), entry.get("continues", False)
    if not isinstance(pattern, str) or not pattern.strip() or len(pattern) > _LONGEST_PATTERN:
        raise InvalidRules(f"{where}: pattern must be a regular expression of 1 to {_LONGEST_PATTERN} characters.")
    if place not in PLACES:
        raise InvalidRules(f"{where}: where is {place!r}; it may be {', '.join(PLACES)}.")
    if not isinstance(words, int) or isinstance(words, bool) or words < 0 or not isinstance(continues, bool):
        raise InvalidRules(f"{where}: words must be a number from 0, and continues true or false.")
    try:
        compiled = regex.compile(pattern, regex.IGNORECASE)
    except regex.error as error:
        raise InvalidRules(f"{where}: the pattern {pattern!r} is no regular expression: {error}.") from error
    if compiled.match("") is not None:
        raise InvalidRules(f"{where}: the pattern {pattern!r} matches every line, even an empty one; make it narrower.")
    furniture = Furniture(place, compiled, words, continues, timed=True)
    for trial in _TRIALS:
        furniture.matches(trial, 0)
    return furniture
