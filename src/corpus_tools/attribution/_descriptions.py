"""What kind of source a description without a name is: "two of them", "a senior official", "the report"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus_tools.attribution._lexicon import words
from corpus_tools.attribution._people import kinds, singular
from corpus_tools.attribution._view import View

_HUMAN_ENDING = re.compile(r"(?:[^e]er|or|ist|ian|ant|ee|eer|man|woman|child|wife|ess|mum|dad)$")
_NO_HUMAN = re.compile(
    r"(?:number|water|letter|paper|order|poster|register|chapter|matter|border|centre|center|power|river)$"
)
_INSTITUTIONS = ("government", "media outlet", "document", "organisation")


@dataclass(frozen=True)
class Described:
    """The head noun of a description and what follows from it.

    Parameters
    ----------
    head : str
        Singular, lower-cased.
    token : int
        Number of its token.
    kind : str
        As in the table, or "individual".
    anonymity : str
    """

    head: str
    token: int
    kind: str
    anonymity: str


def described(seen: View, first: int, core: int, last: int) -> Described:
    """Return what kind of source the words from `first` to `last` describe; the noun phrase proper ends at `core`."""
    token = _head_token(seen, first, core)
    head = singular(seen.low[token])
    possible = kinds().get(head, set()) or kinds().get(seen.low[token], set())
    before_of = core < last and seen.low[core] == "of"
    if _counts_people(seen, first, token, head, before_of):
        return Described(head, token, "group", "unnamed group")
    if head in ("one", "another") or (seen.tags[token] == "JJ" and seen.low[first] in ("a", "another")):
        return Described(head, token, "individual", "unnamed individual")
    plural = seen.tags[token] in ("NNS", "NNPS") or seen.low[token] == "people"
    if head == "figure" and not plural:
        return Described(head, token, "individual", "unnamed individual")
    if plural and possible & {"individual", "group"} and not possible & set(_INSTITUTIONS):
        return Described(head, token, "group", "unnamed group")
    if "individual" in possible and not plural:
        return Described(head, token, "individual", "unnamed individual")
    for kind in _INSTITUTIONS:
        if kind in possible:
            return Described(head, token, kind, "named")
    if possible:
        return Described(head, token, "group", "unnamed group")
    return _unheard_of(seen, first, core, last, head, token, plural)


def _unheard_of(seen: View, first: int, core: int, last: int, head: str, token: int, plural: bool) -> Described:
    """Judge a noun that no list holds by its form and by what is said of it."""
    human = bool(_HUMAN_ENDING.search(head)) and not _NO_HUMAN.search(head)
    relative = any(seen.low[place] in ("who", "whose") for place in range(core, min(last, core + 8)))
    owned = seen.tags[first] in ("PRP$",) and human
    if plural and (human or relative or core - first <= 2):
        return Described(head, token, "group", "unnamed group")
    if not plural and (relative or owned or (human and seen.low[first] in ("a", "an", "one", "another"))):
        return Described(head, token, "individual", "unnamed individual")
    return Described(head, token, "unknown", "named")


def _head_token(seen: View, first: int, core: int) -> int:
    nominal = ("NN", "NNS", "NNP", "NNPS", "CD", "PRP")
    for token in range(core - 1, first - 1, -1):
        if seen.tags[token] in nominal:
            return token
    return core - 1


def _counts_people(seen: View, first: int, token: int, head: str, before_of: bool) -> bool:
    """Whether it is a quantity of people: "some", "two of them", "a third of voters"."""
    if token == first and seen.low[first] in words("quantity"):
        return True
    if token == first and seen.tags[first] == "CD" and seen.low[first] not in ("one", "1"):
        return True
    return before_of and head in words("portion")
