"""What a name in a byline names: a person, somebody under one name, or an organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from corpus_tools.articles import _data, bylines, dates
from corpus_tools.articles.rules import Rules

Kind = Literal["person", "nickname", "organisation"]
LONGEST = 200
_SOFT = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_ADDRESS = re.compile(
    r"^(?:https?:)?//|^www\.|^/|\.(?:com|de|org|net|html?|php)/|^@|\S+@\S+\.\w+$|^\d+$|^\d+\s*(?:min|Min)"
)
#: What stands behind the names: dates, and what else a line of metadata holds.
_BEHIND = re.compile(
    r"\s*(?:[|•·»]|\s[–—-]\s|,\sin\s(?=\w)|\b(?:posted|published|updated|veröffentlicht|aktualisiert|stand|am|on|at|le|el)\b(?=.*\d)|"
    r"(?<!\w)\d|[→›]|(?<=[a-zß-ÿ])(?:Twitter|Facebook|Instagram|LinkedIn|E-?[Mm]ail|Follow)\b).*$",
    re.IGNORECASE,
)
#: A date before the byline.
_DATED = re.compile(
    r"(?:(?:posted|published|veröffentlicht|geschrieben|erstellt|publié)\s+)?(?:(?:on|am|le|el)\s+)?"
    r"[\w.,/: -]{0,24}\b\d{4}"
    r"(?:,?\s\d\d?[:.h]\d\d(?:\s?uhr)?)?\s*[-–|·,]?\s*(?=(?:by|von|par|por|di|door)\b)",
    re.IGNORECASE,
)
#: Who made the pictures.
_CREDITS = re.compile(
    r"(?<=\w)[,;.]?\s+(?:illustration|grafik|fotos?|bild(?:er)?|photos?|photographs?|graphics|video|kamera)(?:en|s)?"
    r"\s*(?::|\b(?:von|by|par|de|di)\b).*$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\s*[,(–-]\s*(?:[\w-]+\s){0,2}(?:redakteur|reporter|korrespondent|editor|correspondent|writer|journalist)\w*\)?$|"
    r"(?<=[\uac00-\ud7af])\s(?:기자|특파원|논설위원)(?:\s외(?:\s\d+명)?)?$",
    re.IGNORECASE,
)
_WORDY = re.compile(r"[^\W\d_]{2}|[^\W\d_]\.\s?[^\W\d_]\.|[\u3400-\u9fff]")
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "do",
        "la",
        "le",
        "las",
        "los",
        "van",
        "von",
        "vom",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "ben",
        "ter",
        "ten",
        "zu",
        "zur",
        "y",
        "e",
        "i",
        "af",
        "av",
        "st",
        "und",
        "and",
    ]
)
_STRANGE = re.compile(r"[:!?/|<>@\d©*#()…]|\.\.")
#: Names without gaps: two to four characters in Chinese and Japanese, and in Korean.
_JOINED = re.compile("[\u3400-\u9fff\u3005]{2,5}|[\uac00-\ud7af]{2,4}")
_DOMAIN = re.compile(r"\.[a-z]{2,4}\b")


def kind_of(name: str) -> Kind:
    """Return what a name names, by its form and by words such as `Ministry` and `e.V.`.

    Examples
    --------
    >>> [kind_of(name) for name in ("Ines Orr", "ines_orr", "Harl Water Board", "Pia van der Holm")]
    ['person', 'nickname', 'organisation', 'person']
    """
    if _JOINED.fullmatch(name):
        return "person"
    words = name.split()
    if len(words) == 1:
        whole = name.isupper() or name.lower() in _organisations() or _DOMAIN.search(name)
        return "organisation" if whole else "nickname"
    return "person" if is_person(name) else "organisation"


def is_person(text: str) -> bool:
    """Return whether a text has the form of a person's full name.

    Examples
    --------
    >>> is_person("Ramón y Cajal"), is_person("Comments as RSS"), is_person("Redaktion Harl")
    (True, False, False)
    """
    words = text.split()
    if not 2 <= len(words) <= 6 or len(text) > 50 or _STRANGE.search(text):
        return False
    if not words[0][0].isupper() and words[0].lower() not in _PARTICLES:
        return text[0].isalpha() and not re.match("[a-zß-ÿ]", text) and not words[-1][0].islower()
    small = [word for word in words if word[0].islower()]
    if any(word not in _PARTICLES and not word.startswith(("al-", "el-", "d'", "d’", "l'")) for word in small):
        return False
    lowered = {word.lower().strip(".,") for word in words}
    return len(words) - len(small) >= 2 and not lowered & _organisations() and not _DOMAIN.search(text)


@cache
def _organisations() -> frozenset[str]:
    return _data.words("html_organisations.txt")


def says_nobody(text: str) -> bool:
    """Return whether a text is one word that names nobody: `Von`, `Twitter`, `Team`."""
    return text.lower() in _organisations() or text.lower() in _PARTICLES


def begun(text: str) -> tuple[bool, str]:
    """Return whether a line begins as bylines do, and what stands behind that; a date before it is passed over.

    Examples
    --------
    >>> begun("13 September 2023 by Ines Orr"), begun("Ines Orr")
    ((True, 'Ines Orr'), (False, 'Ines Orr'))
    """
    dated = _DATED.match(text) if any(map(str.isdigit, text[:40])) else None
    start = dated.end() if dated else 0
    found = lead().match(text, start)
    return (True, text[found.end() :]) if found else (False, text)


def cut(text: str) -> str:
    """Return the names of a byline without the date and other things behind them.

    Examples
    --------
    >>> cut("Ines Orr | 2 August 2016, 10:40"), cut("Ines Orr, Fotos: Ott Bram")
    ('Ines Orr', 'Ines Orr')
    """
    return _BEHIND.sub("", _CREDITS.sub("", text).strip(" :,–-")).strip(" :,–-|")


def is_nickname(text: str) -> bool:
    """Return whether a text is one name that somebody may be called by: `Ines`, `ines84`."""
    return re.fullmatch(r"[^\W\d_][\w.-]{2,25}", text) is not None and kind_of(text) == "nickname" and text[0].isupper()


def names_people(text: str) -> bool:
    """Return whether a text is one or more names of people, perhaps with a date behind."""
    text = cut(text)
    if not text or len(text.split()) > 14 or dates.parse(text) is not None:
        return False
    found = [piece for piece in pieces(text) if piece]
    return bool(found) and is_person(found[0])


@cache
def lead() -> re.Pattern[str]:
    """Return the pattern of what bylines begin with."""
    forms = "|".join(row[0] for row in _data.rows("html_byline_leads.txt"))
    return re.compile(rf"(?:{forms})\s*:?\s*(?=\S)", re.IGNORECASE)


@cache
def _joining() -> re.Pattern[str]:
    words = "|".join(sorted(_data.words("html_conjunctions.txt")))
    return re.compile(rf"(?<=[^\W_])\s+(?:{words})\s+(?=(?-i:[A-ZÀ-ÞŁŚŻŽŠČÖÄÜ]))", re.IGNORECASE)


def pieces(text: str) -> list[str]:
    """Return the names in the text of a byline."""
    parts = [part.strip() for part in re.split(r"\s*[,;/|]\s*|\s+(?:and|with|&)\s+", text)]
    return [piece.strip() for part in parts for piece in _parted(part)]


def _parted(text: str) -> list[str]:
    """Split at a joining word between two full names: `Anna Lorne und Petr Havel`, not `Ramón y Cajal`."""
    parts = _joining().split(text)
    return parts if all(len(part.split()) > 1 for part in parts) else [text]


def split(values: Iterable[str], *, rules: Rules) -> list[str]:
    """Return the writers in the texts of bylines, without what is no name.

    Examples
    --------
    >>> split(["By Anna Lorne, Petr Havel and Ines Tolland"], rules=Rules())
    ['Anna Lorne', 'Petr Havel', 'Ines Tolland']
    >>> split(["Anna Lorne, Reuters"], rules=Rules())
    ['Anna Lorne', 'Reuters']
    >>> split(["Von Ilka Brandt und Ott Bram", "Staff", "https://harl.example/ilka"], rules=Rules())
    ['Ilka Brandt', 'Ott Bram']
    """
    found: list[str] = []
    for value in values:
        text = re.sub(r"<[^<>]{0,200}>", " ", _SOFT.sub("", " ".join(value.split())))[:LONGEST]
        if _ADDRESS.search(text):
            continue
        text = cut(begun(text)[1])
        text = re.sub(r"\s*\([^()]{1,40}\)$", "", _ROLE.sub("", text))
        for piece in filter(None, _parted(text)):
            byline = bylines.from_value(piece, rules=rules)
            found.extend(byline.authors)
            if byline.affiliation and rules.agency(byline.affiliation):
                found.append(byline.affiliation)
    return [name for name in bylines.tidy(found) if _WORDY.search(name) and dates.parse(name) is None]
