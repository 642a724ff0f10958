"""Who wrote a page, from all places that name somebody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from corpus_tools.articles import _data, bylines, dates
from corpus_tools.articles.html.blocks import Block, above
from corpus_tools.articles.html.structured import Structured, plain
from corpus_tools.articles.html.titles import fold
from corpus_tools.articles.rules import Rules

LONGEST = 200
#: Bylines are not looked for in places of these kinds.
_ELSEWHERE = frozenset(("comments", "related", "teaser", "ads", "chrome", "caption", "media", "subscribe"))
_ADDRESS = re.compile(
    r"^(?:https?:)?//|^www\.|^/|\.(?:com|de|org|net|html?|php)/|^@|\S+@\S+\.\w+$|^\d+$|^\d+\s*(?:min|Min)"
)
_BEHIND = re.compile(
    r"\s*(?:[|•·»]|\s[–—-]\s|\b(?:posted|published|updated|veröffentlicht|aktualisiert|stand|am|on|at|le|el)\b(?=.*\d)|\d).*$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\s*[,(–-]\s*(?:[\w-]+\s){0,2}(?:redakteur|reporter|korrespondent|editor|correspondent|writer|journalist)\w*\)?$",
    re.IGNORECASE,
)
_WORDY = re.compile(r"[^\W\d_]{2}")


def choose(
    structured: Structured, marked: Sequence[str], blocks: Sequence[Block], *, site: str | None, rules: Rules
) -> list[str]:
    """Return the people who wrote a page; the organisation that it names as writer when it names no people.

    Parameters
    ----------
    structured : Structured
        What the page says for machines.
    marked : sequence of str
        Texts of elements that are marked as author (``itemprop``, ``rel``).
    blocks : sequence of Block
        The blocks of the page up to its text, and its furniture.
    site : str or None
        Name of the outlet: not taken for a writer when somebody else is named.
    rules : Rules
        Names of outlets and agencies.
    """
    fallback: list[str] = []
    for names in _places(structured, marked, blocks):
        people = split(names, rules=rules)
        own = [name for name in people if not _is_site(name, site, rules)]
        if own and not all(_is_handle(name) for name in own):
            return own
        fallback = fallback or own or people
    return fallback


def _places(structured: Structured, marked: Sequence[str], blocks: Sequence[Block]) -> Iterator[list[str]]:
    """Yield the names that each place gives, the most reliable place first."""
    article = structured.article or {}
    yield named(article.get("author"))
    yield named(article.get("creator"))
    for place in _data.listed("html_meta.tsv")["authors"]:
        if place in structured.meta and (place != "twitter:data1" or _labelled(structured)):
            yield list(dict.fromkeys(structured.meta[place]))
    yield list(dict.fromkeys(marked))
    yield from written(blocks)


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


def written(blocks: Sequence[Block]) -> Iterator[list[str]]:
    """Yield names from the bylines that stand on the page."""
    for block in blocks:
        names = byline(block)
        if names is not None:
            yield [names]


def byline(block: Block) -> str | None:
    """Return the names in a block that is a byline; None for any other."""
    if len(block.text) > LONGEST:
        return None
    lead = _lead().match(block.text)
    around = list(itertools.islice(above(block.place), 6))
    own = [place for place in around[:3] if "byline" in place.kinds]
    if not own and (lead is None or len(block.text) >= 90):
        return None
    page = list(above(around[-1]))[-1].weight
    if any(place.kinds & _ELSEWHERE and place.weight <= 0.3 * page for place in around if place not in own):
        return None
    rest = block.text[lead.end() :] if lead else block.text
    alone = own and lead is not None and re.fullmatch(r"[^\W\d_][\w.-]{2,30}", rest) is not None
    return rest if alone or _names(rest) else None


def _names(text: str) -> bool:
    """Return whether a text is one or more names of people, perhaps with a date behind."""
    text = _BEHIND.sub("", text.strip(" :,–-")).strip(" :,–-")
    if not text or len(text.split()) > 14 or dates.parse(text) is not None:
        return False
    pieces = [piece for piece in _pieces(text) if piece]
    return bool(pieces) and all(_is_person(piece) for piece in pieces[:1])


def _is_person(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 50:
        return False
    capital = [word for word in words if word[0].isupper()]
    return len(capital) >= 2 and words[0][0].isupper() and not re.search(r"[:!?/|<>@\d]", text)


@cache
def _lead() -> re.Pattern[str]:
    forms = "|".join(row[0] for row in _data.rows("html_byline_leads.txt"))
    return re.compile(rf"(?:{forms})\s*:?\s*(?=\S)", re.IGNORECASE)


@cache
def _joining() -> re.Pattern[str]:
    words = "|".join(sorted(_data.words("html_conjunctions.txt")))
    return re.compile(rf"(?<=[^\W_])\s+(?:{words})\s+(?=(?-i:[A-ZÀ-ÞŁŚŻŽŠČÖÄÜ]))", re.IGNORECASE)


def _pieces(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"\s*[,;/|]\s*|\s+(?:and|with|&)\s+", text)]
    return [piece.strip() for part in parts for piece in _parted(part)]


def _parted(text: str) -> list[str]:
    """Split at a joining word between two full names: `Anna Lorne und Petr Havel`, not `Ramón y Cajal`."""
    pieces = _joining().split(text)
    return pieces if all(len(piece.split()) > 1 for piece in pieces) else [text]


def split(values: Iterable[str], *, rules: Rules) -> list[str]:
    """Return the writers in the texts of bylines, without what is no name.

    Examples
    --------
    >>> split(["By Anna Lorne, Petr Havel and Ines Tolland"], rules=Rules())
    ['Anna Lorne', 'Petr Havel', 'Ines Tolland']
    >>> split(["Von Ilka Brandt und Ott Bram", "Staff", "https://harl.example/ilka"], rules=Rules())
    ['Ilka Brandt', 'Ott Bram']
    """
    found: list[str] = []
    for value in values:
        text = re.sub(r"<[^<>]{0,200}>", " ", " ".join(value.split()))[:LONGEST]
        if _ADDRESS.search(text):
            continue
        if lead := _lead().match(text):
            text = text[lead.end() :]
        text = _BEHIND.sub("", text).strip(" :,–-|") or ""
        text = re.sub(r"\s*\([^()]{1,40}\)$", "", _ROLE.sub("", text))
        for piece in _parted(text):
            found.extend(bylines.from_value(piece, rules=rules).authors if piece else ())
    return [name for name in bylines.tidy(found) if _WORDY.search(name) and dates.parse(name) is None]


def _is_site(name: str, site: str | None, rules: Rules) -> bool:
    own, outlet = fold(name), fold(site or "")
    squeezed, host = own.replace(" ", ""), outlet.replace(" ", "")
    if outlet and (squeezed == host or (len(squeezed) > 3 and (squeezed in host or host in squeezed))):
        return True
    return rules.outlet(name) is not None or own.split()[-1:] in (["redaktion"], ["nachrichten"], ["online"], ["news"])


def _is_handle(name: str) -> bool:
    """Return whether a name is what somebody is called by a content system: `annalorne`."""
    return " " not in name and name.islower()
