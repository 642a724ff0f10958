"""A speaker, and what may be said of one: roles, kinds of organisation, short descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus_tools.attribution._lexicon import rows, words
from corpus_tools.attribution._people import Person, kinds, singular, titles

INSTITUTIONS = frozenset({"government", "organisation", "media outlet"})


@dataclass(frozen=True)
class Speaker:
    """Who spoke: name (None when the text does not tell), kind, role and anonymity as in the table."""

    name: str | None
    kind: str
    role: str | None
    anonymity: str
    person: Person | None = None


NOBODY = Speaker(None, "unknown", None, "none")


@cache
def role_words() -> dict[str, frozenset[str]]:
    """Return the words for an office that a description may stand for (``data/roles.tsv``)."""
    return {row["noun"]: frozenset(row["words"].split(",")) for row in rows("roles.tsv")}


def has_role(person: Person, wanted: frozenset[str], modifiers: list[str]) -> bool:
    """Tell whether a person has one of the wanted roles, with these modifiers."""
    for role in person.roles:
        parts = {part.strip(",.’'") for part in role.lower().replace("’s", "").replace("'s", "").split()}
        parts |= {part.lower() for part in role.split()}
        stripped = {singular(part) for part in parts} | parts
        if wanted & stripped and all(
            m in stripped or m in titles() or m in ("former", "veteran", "senior") for m in modifiers
        ):
            return True
    return False


def can_be(name: str, head: str) -> bool:
    """Tell whether an organisation of this name can be called "the HEAD" ("the company", "the union")."""
    parts = [singular(word) for word in name.lower().split()]
    nouns = {part for part in parts if "organisation" in kinds().get(part, set())}
    if head in words("businesses"):
        return nouns <= words("businesses") and "group" not in kinds().get(parts[-1], set())
    return head in nouns or (not nouns and "group" in kinds().get(parts[-1], set()))


def without_article(text: str) -> str:
    """Return a description without its article."""
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else text


def short(text: str) -> str:
    """Cut a description at its first comma."""
    return re.split(r",\s|\s[—–]\s", text)[0].strip()
