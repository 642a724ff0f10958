"""The data files of this room, loaded when first used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus_tools.errors import InvalidRules

_CODES = frozenset("cltnoav")


@dataclass(frozen=True)
class Verb:
    """A verb that attributes: see the header of ``data/cues.tsv``."""

    lemma: str
    cue_class: str
    takes: frozenset[str]
    prepositions: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Noun:
    """A noun that attributes: see the header of ``data/nouns.tsv``."""

    lemma: str
    cue_class: str
    takes: frozenset[str]


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a tab-separated data file; lines that begin with # are comments."""
    text = resources.files("corpus_tools.attribution").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise InvalidRules(f"attribution/data/{name} has no header line.")
    header = lines[0].split("\t")
    found = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) > len(header):
            raise InvalidRules(f"attribution/data/{name}: {line!r} has more columns than the header.")
        found.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
    return found


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of one list of ``data/words.tsv``."""
    return frozenset(
        word.strip() for row in rows("words.tsv") if row["list"] == name for word in row["words"].split(",")
    )


@cache
def auxiliaries() -> frozenset[str]:
    """Return the forms of *be*, *have* and *do*, and the modal verbs."""
    return words("be") | words("have") | words("do") | words("modal")


@cache
def verbs() -> dict[str, Verb]:
    """Return the attributing verbs by every inflected form, lower-cased."""
    table: dict[str, Verb] = {}
    for row in rows("cues.tsv"):
        unknown = set(row["takes"]) - _CODES
        if unknown:
            raise InvalidRules(f"cues.tsv: {row['verb']} takes {row['takes']!r}; allowed letters: {''.join(_CODES)}.")
        prepositions = tuple(tuple(item.split()) for item in row["prepositions"].split(",") if item.strip())
        verb = Verb(row["verb"], row["class"], frozenset(row["takes"]), prepositions)
        for form in [*inflections(row["verb"]), *row["forms"].split()]:
            table.setdefault(form, verb)
    return table


@cache
def nouns() -> dict[str, Noun]:
    """Return the attributing nouns by singular and plural, lower-cased."""
    table: dict[str, Noun] = {}
    for row in rows("nouns.tsv"):
        noun = Noun(row["noun"], row["class"], frozenset(row["takes"]))
        table[row["noun"]] = noun
        table[plural(row["noun"])] = noun
    return table


@cache
def classes() -> dict[str, str]:
    """Return the class of each cue that is neither verb nor noun (``data/others.tsv``)."""
    return {row["cue"]: row["class"] for row in rows("others.tsv")}


def plural(noun: str) -> str:
    """Return the regular plural.

    Examples
    --------
    >>> plural("study"), plural("speech"), plural("claim")
    ('studies', 'speeches', 'claims')
    """
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else "s")


def inflections(verb: str) -> list[str]:
    """Return the regular English forms of `verb`; forms that nobody uses do no harm.

    Examples
    --------
    >>> inflections("deny")
    ['deny', 'denies', 'denied', 'denying']
    """
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing", verb + "ing"]
    if re.search(r"[^aeiou]y$", verb):
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    third = verb + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else "s")
    forms = [verb, third, verb + "ed", verb + "ing"]
    if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb):
        forms += [verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    return forms
