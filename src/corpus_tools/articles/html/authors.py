"""Who wrote a page, from all places that name somebody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus_tools.articles import _data, dates
from corpus_tools.articles.html.blocks import Block, above
from corpus_tools.articles.html.names import (
    LONGEST,
    begun,
    cut,
    is_nickname,
    is_person,
    kind_of,
    names_people,
    pieces,
    says_nobody,
    split,
)
from corpus_tools.articles.html.structured import Structured, plain
from corpus_tools.articles.html.titles import fold
from corpus_tools.articles.rules import Rules

#: Bylines are not looked for in places of these kinds.
_ELSEWHERE = frozenset(("comments", "related", "teaser", "ads", "chrome", "caption", "media", "subscribe"))
#: Not even between headline and text.
_NEVER = frozenset(("comments", "related", "caption", "subscribe"))

#: Longest line of names and a date, and elements that are never one.
_SIGNED, _HEADS = 70, frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "td", "th", "figcaption"))
#: More blanks are in no name of an organisation that stands beside people, but in what they are.
_LONG = 5

#: What stands where only writers are named, and is no full name: `Ines`, `Desk of the Harl Post`.
_SHORT = re.compile(r"[^\W\d_][\w.-]{2,30}(?:\s(?:[A-ZÄÖÜ0-9][\w.-]{0,30}|of|the|für)){0,3}")


def choose(
    structured: Structured,
    marked: Sequence[str],
    near: Sequence[Block],
    blocks: Sequence[Block],
    *,
    site: str | None,
    rules: Rules,
) -> list[str]:
    """Return the people who wrote a page; when it names none, who or what else it names as its writer.

    Parameters
    ----------
    structured : Structured
        What the page says for machines.
    marked : sequence of str
        Texts of elements that are marked as author (``itemprop``, ``rel``).
    near : sequence of Block
        The blocks between the headline and the text.
    blocks : sequence of Block
        The blocks of the page up to its text, and its furniture.
    site : str or None
        Name of the outlet: not taken for a writer when somebody else is named.
    rules : Rules
        Names of outlets and agencies.
    """
    best: dict[str, list[str]] = {}
    for place, names in _places(structured, marked, near, blocks):
        if place == "written" and ("nickname" in best or "organisation" in best):
            known = best.get("nickname", [])
            names = names if not known or _hidden(known) else []
        given = split(names, rules=rules)
        own = [name for name in given if not _is_site(name, site, rules)]
        kinds = {kind_of(name) for name in own}
        if kinds == {"nickname"} and len(own) < len(given):
            # The outlet's address: `Harl Post, Harl, Norland`.
            best.setdefault("site", [name for name in given if name not in own])
        elif "person" in kinds:
            own = [name for name in own if kind_of(name) == "person" or name.count(" ") < _LONG]
            if place == "claimed":
                own = _all(own, structured, rules)
            if "nickname" not in best or not _hidden(best["nickname"]) or _are(own, best["nickname"]):
                return own
            best.setdefault("person", own)
        elif kinds:
            kind = "nickname" if "nickname" in kinds else "claimed" if place == "claimed" else "organisation"
            kind = "written" if place == "written" else kind
            best.setdefault(kind, own)
        elif given:
            best.setdefault("site", given)
    ranks = ("person", "nickname", "claimed", "organisation", "site", "written")
    return next((best[kind] for kind in ranks if kind in best), [])


def _all(people: list[str], structured: Structured, rules: Rules) -> list[str]:
    """Return the list of a meta element that names all these people and others beside them; else these."""
    for place in _data.listed("html_meta.tsv")["authors"]:
        others = split(list(dict.fromkeys(structured.meta.get(place, ()))), rules=rules)
        if set(people) < set(others) and all(kind_of(name) == "person" for name in others):
            return others
    return people


def _hidden(nicknames: Sequence[str]) -> bool:
    """Return whether names are what a content system calls people: `annalorne`, `ines-orr`."""
    return all(name.islower() and len(name) > 5 for name in nicknames)


def _are(people: Sequence[str], nicknames: Sequence[str]) -> bool:
    """Return whether a person is the one whom a content system calls `ines-orr`."""
    short = {fold(name).replace(" ", "") for name in nicknames}
    return any(fold(name).replace(" ", "") in short for name in people)


def _places(
    structured: Structured, marked: Sequence[str], near: Sequence[Block], blocks: Sequence[Block]
) -> Iterator[tuple[str, list[str]]]:
    """Yield kinds of places and the names that they give, the most reliable place first."""
    article = structured.article or {}
    yield "claimed", named(article.get("author"))
    yield "claimed", named(article.get("creator"))
    yield from (("near", [names]) for names in map(below_headline, near) if names)
    for place in _data.listed("html_meta.tsv")["authors"]:
        if place in structured.meta and (place != "twitter:data1" or _labelled(structured)):
            yield "meta", list(dict.fromkeys(structured.meta[place]))
    yield "marked", list(dict.fromkeys(marked))
    yield from (("written", [names]) for names in map(dated, near) if names)
    yield from (("written", [names]) for names in map(byline, blocks) if names)


def below_headline(block: Block) -> str | None:
    """Return the names in a line between headline and text that begins as bylines do."""
    begins, rest = begun(block.text) if len(block.text) <= LONGEST else (False, "")
    if not begins or any(place.kinds & _NEVER for place in itertools.islice(above(block.place), 3)):
        return None
    return rest if names_people(rest) or (len(block.text) < 60 and is_nickname(cut(rest))) else None


def dated(block: Block) -> str | None:
    """Return the names in a line that holds nothing but names, a mark and a date.

    Without these it is none: headings of sections and places have the form of names, too.
    """
    text = block.text
    around = itertools.islice(above(block.place), 4)
    if len(text) > _SIGNED or block.tag in _HEADS or any(place.kinds & _ELSEWHERE for place in around):
        return None
    rest = cut(text)
    people = [piece for piece in pieces(rest) if piece]
    if not people or not all(is_person(piece) and len(piece.split()) <= 4 for piece in people):
        return None
    behind = re.match(r"\s*[|•·–—-]\s*(?=\w)", text[len(rest) :])
    return rest if behind and dates.leading(text[len(rest) + behind.end() :]) is not None else None


def _labelled(structured: Structured) -> bool:
    label = structured.first("twitter:label1") or ""
    return (
        re.search(
            r"writ|by|verfasst|geschrieben|autor|author|von|par|por|scritto|door|skrevet|napisan", label, re.IGNORECASE
        )
        is not None
    )


def named(value: Any, depth: int = 0) -> list[str]:
    """Return the names in a JSON-LD value.

    Examples
    --------
    >>> named([{"@type": "Person", "name": "Ines Orr"}, "Ott Bram"])
    ['Ines Orr', 'Ott Bram']
    """
    if depth > 3:
        return []
    if isinstance(value, list):
        return [name for one in value[:30] for name in named(one, depth + 1)]
    if isinstance(value, dict):
        if isinstance(value.get("name"), list):
            return named(value["name"], depth + 1)
        whole = plain(value.get("name")) or " ".join(
            filter(None, (plain(value.get(key)) for key in ("givenName", "familyName")))
        )
        return [whole] if whole else []
    text = plain(value)
    return [text] if text else []


def byline(block: Block) -> str | None:
    """Return the names in a block that is a byline; None for any other."""
    if len(block.text) > LONGEST:
        return None
    around = list(itertools.islice(above(block.place), 6))
    own = [place for place in around[:3] if "byline" in place.kinds]
    if not own and len(block.text) >= 90:
        return None
    begins, rest = begun(block.text)
    if not own and not begins:
        return None
    page = list(above(around[-1]))[-1].weight
    if any(place.kinds & _ELSEWHERE and place.weight <= 0.3 * page for place in around if place not in own):
        return None
    if names_people(rest):
        return rest
    marked = begins or any("writer" in place.kinds and place.size < LONGEST for place in around[:2])
    rest = cut(rest)
    short = own and marked and _SHORT.fullmatch(rest) and not says_nobody(rest) and dates.parse(rest) is None
    return rest if short else None


def _is_site(name: str, site: str | None, rules: Rules) -> bool:
    own, outlet = fold(name), fold(site or "")
    squeezed, host = own.replace(" ", ""), outlet.replace(" ", "")
    if outlet and (squeezed == host or (len(squeezed) > 3 and (squeezed in host or host in squeezed))):
        return True
    return rules.outlet(name) is not None or own.split()[-1:] in (["redaktion"], ["nachrichten"], ["online"], ["news"])
