"""Ranges, of which one end says less than the other: *May 3–5*, *22–25 April 1951*, *from March to May 1998*."""

from __future__ import annotations

from dataclasses import replace

from corpus_tools.timeline._compose import Atom
from corpus_tools.timeline._meaning import Meaning, Point
from corpus_tools.timeline._tokens import Tokens

_LINKS = ("-", "–", "—", "to", "and", "or", "through", "until", "till", "&", ",")


def split(atoms: list[Atom], tokens: Tokens) -> list[Atom]:
    """Add the bare numbers that a dash or *and* ties to a date."""
    taken = {place for atom in atoms for place in range(atom.first, atom.last)}
    added: list[Atom] = []
    for atom in atoms:
        if not isinstance(atom.meaning, Point):
            continue
        added += _behind(atom, tokens, taken) + _ahead(atom, tokens, taken)
    return sorted(atoms + added, key=lambda atom: atom.first)


def _number(tokens: Tokens, place: int) -> int | None:
    if not 0 <= place < len(tokens.words):
        return None
    word = tokens.words[place].rstrip("stndrh")
    return int(word) if word.isdecimal() and len(word) <= 2 else None


def _behind(atom: Atom, tokens: Tokens, taken: set[int]) -> list[Atom]:
    """*May 3–5*, *1914–18*."""
    meaning, place = atom.meaning, atom.last
    assert isinstance(meaning, Point)
    if place + 1 >= len(tokens.words) or place + 1 in taken or tokens.words[place] not in (*_LINKS, "/"):
        return []
    number = _number(tokens, place + 1)
    if number is None:
        return []
    tight = tokens.words[place] in "-–—/"
    follows = tokens.words[place + 2] if place + 2 < len(tokens.words) else ""
    if (
        meaning.unit == "Y"
        and meaning.year
        and tight
        and number > meaning.year % 100
        and len(tokens.words[place + 1]) == 2
    ):
        taken.add(place + 1)
        return [Atom(place + 1, place + 2, Point("Y", year=meaning.year - meaning.year % 100 + number))]
    starts_with_month = not tokens.words[atom.first][0].isdecimal() and tokens.words[atom.first] != "the"
    if meaning.unit == "D" and meaning.month and meaning.year is None and meaning.day and starts_with_month:
        linked = tight or (tokens.words[place] in ("and", "to", "or", "through") and _closes(follows))
        if linked and meaning.day < number <= 31:
            taken.add(place + 1)
            return [Atom(place + 1, place + 2, replace(meaning, day=number, part="", time=""))]
    return []


_FOLLOWING = frozenset(
    (
        "in",
        "at",
        "the",
        "was",
        "were",
        "is",
        "are",
        "will",
        "when",
        "as",
        "by",
        "with",
        "for",
        "of",
        "after",
        "and",
        "to",
    )
)


def _closes(word: str) -> bool:
    """Whether a number before `word` counts nothing: *May 4 and 5 were dry*, but not *May 4 and 5 ships*."""
    return not word.isalpha() or word in _FOLLOWING


def _ahead(atom: Atom, tokens: Tokens, taken: set[int]) -> list[Atom]:
    """*22–25 April 1951*: the number before."""
    meaning, place = atom.meaning, atom.first
    assert isinstance(meaning, Point)
    if meaning.unit == "CE":
        return _century_before(place, tokens, taken)
    if meaning.unit == "Y" and meaning.year is not None and meaning.year < 0:
        return _before_christ(meaning.year, place, tokens, taken)
    if (
        meaning.unit != "D"
        or not meaning.month
        or not meaning.day
        or place < 2
        or not tokens.words[place][0].isdecimal()
    ):
        return []
    if tokens.words[place - 1] not in ("-", "–", "—", "to", "and", "or", "&") or place - 2 in taken:
        return []
    number = _number(tokens, place - 2)
    if number is None or not 1 <= number < meaning.day:
        return []
    taken.add(place - 2)
    return [Atom(place - 2, place - 1, replace(meaning, day=number, part="", time=""))]


def _century_before(place: int, tokens: Tokens, taken: set[int]) -> list[Atom]:
    """Read *the 19th* in *the 19th and 20th centuries*."""
    if place < 2 or place - 2 in taken or tokens.words[place - 1] not in _LINKS[:-1]:
        return []
    value = "2" if tokens.words[place - 2] == "second" else tokens.values[place - 2]
    if not value.isdecimal() or tokens.words[place - 2].isdecimal() or not 1 <= int(value) <= 30:
        return []
    first = place - 3 if place > 2 and tokens.words[place - 3] == "the" and place - 3 not in taken else place - 2
    taken.update(range(first, place - 1))
    return [Atom(first, place - 1, Point("CE", number=int(value) - 1))]


def _before_christ(year: int, place: int, tokens: Tokens, taken: set[int]) -> list[Atom]:
    """*499* in *499 to 493 BC*."""
    if place < 2 or place - 2 in taken or tokens.words[place - 1] not in _LINKS[:-1]:
        return []
    word = tokens.words[place - 2]
    if not (word.isdecimal() and len(word) <= 4 and int(word) > -year):
        return []
    taken.add(place - 2)
    return [Atom(place - 2, place - 1, Point("Y", year=-int(word)))]


def share(atoms: list[Atom], tokens: Tokens) -> list[Atom]:
    """Give year and month of the second end to the first: *from March to May 1998*, *the 3rd to the 5th of May*."""
    result = list(atoms)
    for index in range(len(result) - 2, -1, -1):
        left, right = result[index], result[index + 1]
        if right.first - left.last != 1 or tokens.words[left.last] not in _LINKS:
            continue
        shared = _shared(left.meaning, right.meaning, tokens.words[left.last])
        if shared is not None:
            result[index] = replace(left, meaning=shared)
    return result


def _shared(left: Meaning, right: Meaning, link: str) -> Meaning | None:
    if not (isinstance(left, Point) and isinstance(right, Point)) or left.year is not None or left.relation:
        return None
    if left.day is not None and left.month is None and right.day is not None and right.month is not None:
        return replace(left, month=right.month, year=right.year) if left.day < right.day else None
    if right.year is None or left.weekday is not None or left.unit not in ("M", "D", "Q", "SP", "SU", "FA", "WI"):
        return None
    if left.unit == "D" and left.month is None:
        return None
    earlier = right.month is not None and left.month is not None and left.month > right.month and link != "or"
    return replace(left, year=right.year - 1 if earlier else right.year)
