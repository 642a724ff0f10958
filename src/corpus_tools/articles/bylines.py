"""Who wrote it: bylines split into people, affiliations set apart."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus_tools.articles import _data
from corpus_tools.articles.rules import Rules

LONGEST = 300
_PARTICLES = "de|del|della|der|den|di|da|dos|du|la|le|van|von|bin|bint|ibn|al|el|ben|ter|ten|zu|y|e|af|av"
_WORD = r"(?:[^\W\d_a-z][\w’'.\-]*|(?:al|el|d|de|l|ul)[-’'][^\W\d_a-z][\w’'\-]*)"
_NAME = rf"{_WORD}(?:\s+(?:(?:{_PARTICLES})\s+)*{_WORD}){{0,4}}"
_PERSON = re.compile(rf"{_WORD}(?:\s+(?:(?:{_PARTICLES})\s+)*{_WORD}){{1,4}}")
_NAMELIKE = re.compile(_NAME)
_BY = re.compile(
    r"(?:(?:written|reported|reporting|posted|words|story|text|report|analysis|opinion|commentary|interview)\s+)?by\s*:?\s+(?=\S)|"
    r"(?:byline|authors?|writers?|reporters?|correspondents?|text|report|words)\s*:\s*",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|sir)\.?|"
    r"(?:col|gen|lt|maj|capt|cmdr|adm|sgt|rev|fr|amb|hon|lt\. ?(?:col|gen)|maj\. ?gen)\.)"
    r"(?:\s*\(ret(?:d|ired)?\.?\))?\s+(?=\w)",
    re.IGNORECASE,
)
_DEGREES = re.compile(r",?\s+(?:ph\.?d\.?|m\.?d\.?|m\.?a\.?|esq\.?)\b\.?$", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:staff|senior|chief|special|political|foreign|defen[cs]e|diplomatic|security|business|economics?|science|health|"
    r"sports?|crime|legal|city|national|regional|local|travel|education|environment|technology|religious|social)?\s*"
    r"(?:writers?|reporters?|correspondents?|editors?|columnists?|journalists?|contributors?|producers?|analysts?|staff|bureau|"
    r"photographers?|fellow|professor|director|special to|freelance\w*|contributing)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(?:(?:our|the|a)\s+)?(?:(?:own|staff|special|foreign|senior|political|science|sports?|guest)\s+){0,2}"
    r"(?:correspondent|reporter|writer|editor|columnist)s?:?,?\s+(?=(?-i:[A-ZÀ-Þ])\S*\s+(?-i:[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\(?(?:@\w{2,30}|[\w.+-]{1,64}@[\w.-]{1,100}\.\w{2,10}|https?://\S+)\)?")
_AWAY = re.compile(
    r"\b(?:days?|years?|months?|weeks?|hours?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|"
    r"march|april|june|july|august|september|october|november|december|midday|noon|dawn|dusk|nightfall|midnight|then|now|"
    r"contrast|comparison|law)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Byline:
    """Authors of a byline, and what else it says."""

    authors: tuple[str, ...] = ()
    affiliation: str | None = None
    place: str | None = None


def parse(line: str, *, rules: Rules, bare: bool = False) -> Byline | None:
    """Return the byline that `line` is, from its first to its last character; None when it is none.

    Parameters
    ----------
    line : str
        A line of a page, without markup.
    bare : bool
        Whether a line without ``By`` may be one (`Ewan Carrow in Brennick`).

    Examples
    --------
    >>> from corpus_tools.articles.rules import Rules
    >>> parse("By Anna Lorne, Petr Havel and Ines Tolland", rules=Rules()).authors
    ('Anna Lorne', 'Petr Havel', 'Ines Tolland')
    >>> parse("By Mara Quill, Special to The Open Ledger", rules=Rules())
    Byline(authors=('Mara Quill',), affiliation='The Open Ledger', place=None)
    >>> parse("By Monday, the water had reached the second step.", rules=Rules()) is None
    True
    """
    line = line.strip().strip("*_").strip()
    if not 3 <= len(line) <= LONGEST:
        return None
    found = _BY.match(line)
    if found is None and (foreign := _foreign(line)) is not None:
        return foreign
    if found is None:
        if not bare or not re.fullmatch(
            rf"{_PERSON.pattern}(?:(?:,\s+|\s+and\s+|\s+&\s+){_PERSON.pattern})*(?:,?\s+in\s+{_NAME}|,\s+{_NAME})?",
            line,
        ):
            return None
        rest = line
    else:
        rest = line[found.end() :].strip()
    if re.search(r"[!?;:]\s|[.!?]$", rest) and not re.search(r"\b(?:Jr|Sr|Inc|Ph\.?D|[A-Z])\.$", rest) and not bare:
        if re.search(r"[!?]|:\s", rest) or len(rest.split()) > 12 or not _names_only(rest.rstrip(".")):
            return None
        rest = rest.rstrip(".")
    byline = _split(rest, rules)
    people = byline.authors or (rest,)
    if not all(_is_name(person) for person in people) or (found is not None and _AWAY.match(rest)):
        return None
    return byline


@cache
def _foreign_leads() -> re.Pattern[str]:
    leads = "|".join(sorted(_data.words("byline_leads.txt"), key=len, reverse=True))
    return re.compile(rf"(?:{leads})\s+(?=\w)", re.IGNORECASE)


def _foreign(line: str) -> Byline | None:
    """Return the byline that a line such as `Von Anna Lorne und Petr Havel` is."""
    found = _foreign_leads().match(line)
    if found is None:
        return None
    names = [name.strip() for name in re.split(r",|\s(?:und|et|y|e|en)\s", line[found.end() :])]
    place = names.pop() if len(names) > 1 and " " not in names[-1] else None
    if all(_PERSON.fullmatch(name) for name in names):
        return Byline(tuple(tidy(names)), place=place)
    return None


def _names_only(text: str) -> bool:
    return all(_NAMELIKE.fullmatch(part.strip()) for part in re.split(r",|;|\band\b|&", text) if part.strip())


def _is_name(text: str) -> bool:
    """Return whether `text` can be a person or a desk: few words, mostly capitalised."""
    words = text.split()
    if not words or len(words) > 8 or not (text[0].isupper() or text[0].isdigit() or not text.isascii()):
        return False
    capital = sum(not word[0].islower() for word in words)
    small = [word for word in words if word[0].islower()]
    allowed = {*_PARTICLES.split("|"), "the", "of", "for", "staff", "desk", "bureau", "and", "team", "board"}
    strange = [word for word in small if word not in allowed and not word.startswith(("al-", "el-", "d'", "d’"))]
    return capital >= 1 and (not strange or (len(strange) <= 1 and words[-1] in ("desk", "staff", "team", "bureau")))


def _split(text: str, rules: Rules) -> Byline:
    """Split what stands behind ``By``."""
    text = _HANDLE.sub("", text).strip(" ,|–—-")
    text = _OFFICE.sub("", text)
    place = affiliation = None
    if found := re.search(r",?\s+(?i:special to|for|of(?= the))\s+((?:[Tt]he\s+)?[^\W\d_a-z].*)$", text):
        affiliation, text = found[1].strip(), text[: found.start()]
    if found := re.search(r"\s*\(([^()]{2,60})\)$", text):
        affiliation, text = found[1], text[: found.start()]
    if found := re.search(r"\s+[|•·–—]\s+(.+)$", text):
        affiliation, text = found[1].strip(), text[: found.start()]
    parts: list[str] = []
    for part in re.split(r"\s*;\s*|\s+/\s+|\s*,?\s+(?:[Aa]nd|AND|with|&)\s+|\s*,\s+(?:and\s+)?|\s*\u060c\s*", text):
        if found := re.search(rf",?\s+in\s+({_NAME})$", part):
            place, part = found[1], part[: found.start()]
        elif parts and re.match(rf"in\s+{_NAME}$", part):
            break
        if parts and re.fullmatch(r"(?:Jr|Sr)\.?|I{2,3}|IV", part.strip()):
            parts[-1] = f"{parts[-1]} {part.strip()}"
        elif part.strip():
            parts.append(part.strip())
    authors: list[str] = []
    for index, part in enumerate(parts):
        if index and (_ROLE.search(part) or _is_place_or_outlet(part, parts, index, rules)):
            if not _ROLE.search(part):
                affiliation = affiliation or part
            continue
        authors.append(part)
    return Byline(tuple(tidy(authors)), affiliation, place)


def _is_place_or_outlet(part: str, parts: list[str], index: int, rules: Rules) -> bool:
    if index == len(parts) - 1 and rules.outlet(part) is not None:
        return True
    words = part.lower().split()
    if len(words) > 1 and (rules.agency(part) or words[-1] in _data.words("outlet_words.txt")):
        return True
    # "Ailsa Renn, Oskeld": one word after a full name is where they are.
    return len(words) == 1 and index == len(parts) - 1 and len(parts[0].split()) > 1 and not part.isupper()


def decapitalised(name: str) -> str:
    """Return a person's name without capitals throughout.

    Examples
    --------
    >>> decapitalised("M. J. O'QUILL-SMITH"), decapitalised("PIA VAN DER HOLM"), decapitalised("AFP")
    ("M. J. O'Quill-Smith", 'Pia van der Holm', 'AFP')
    """
    words = name.split()
    if not name.isupper() or len(words) < 2 or any(word.lower() in _data.words("outlet_words.txt") for word in words):
        return name
    if not all(re.fullmatch(r"[^\W\d_][\w’'.\-]*", word) for word in words):
        return name
    small = _PARTICLES.split("|")
    turned = [
        word if "." in word else word.lower() if index and word.lower() in small else _capital(word)
        for index, word in enumerate(words)
    ]
    return " ".join(turned)


def _capital(word: str) -> str:
    word = "".join(part.capitalize() for part in re.split(r"([-’'])", word))
    return re.sub(r"^Mc([a-z])", lambda found: f"Mc{found[1].upper()}", word)


def nobody(name: str) -> bool:
    """Return whether a byline's name names nobody (`Staff`, `admin`)."""
    return name.lower() in _data.words("junk_authors.txt")


def has_role(text: str) -> bool:
    """Return whether a line says what a writer is (`Anna Lorne, Political Correspondent`)."""
    return _ROLE.search(text) is not None


def tidy(names: Iterable[str]) -> list[str]:
    """Return names without titles, junk and repetitions, in order.

    Examples
    --------
    >>> tidy(["Dr. Ruth Amsel", "Staff", "RUTH AMSEL", "By Lena Orsk"])
    ['Ruth Amsel', 'Lena Orsk']
    """
    seen: dict[str, str] = {}
    for name in names:
        name = _HANDLE.sub("", name)
        name = re.sub(r"^by\s+", "", " ".join(name.split()).strip(" ,;|–—-*_"), flags=re.IGNORECASE)
        name = decapitalised(_DEGREES.sub("", _TITLES.sub("", name)).strip(" ,"))
        if name.lower() in _data.words("junk_authors.txt") or not re.search(r"[^\W\d_]", name) or len(name) > 120:
            continue
        seen.setdefault(name.lower(), name)
    return list(seen.values())


def from_value(value: Any, *, rules: Rules) -> Byline:
    """Return the authors in a value of a table or of a front matter: text, list, or list of mappings.

    Examples
    --------
    >>> from corpus_tools.articles.rules import Rules
    >>> from_value("Lena Orsk and Jonas Wexley", rules=Rules()).authors
    ('Lena Orsk', 'Jonas Wexley')
    >>> from_value("['Orsk, Lena', 'Wexley, Jonas']", rules=Rules()).authors
    ('Lena Orsk', 'Jonas Wexley')
    """
    if isinstance(value, str):
        value = listed(value)
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, str):
        if ";" in value:
            return Byline(tuple(tidy(_turned(part) for part in value.split(";"))))
        text = _BY.sub("", value.strip(), count=1) if _BY.match(value.strip()) else value.strip()
        return _split(text[:LONGEST], rules)
    names: list[str] = []
    affiliation = None
    for item in value if isinstance(value, Iterable) else [value]:
        if isinstance(item, Mapping):
            item = item.get("name") or " ".join(str(item[key]) for key in ("first", "last") if item.get(key))
        text = str(item or "").strip()
        if re.fullmatch(r"[^,\s]+(?:\s[^,\s]+)?,\s*[^,\s]+(?:\s[^,\s]+)?", text):
            names.append(_turned(text))
        elif text:
            one = from_value(text, rules=rules) if not text.startswith("[") else Byline((text,))
            names.extend(one.authors)
            affiliation = affiliation or one.affiliation
    return Byline(tuple(tidy(names)), affiliation)


def listed(value: str) -> Any:
    """Return the list that a text such as ``"['A', 'B']"`` writes; any other text as it is."""
    text = value.strip()
    if not (text.startswith("[") and text.endswith("]")) or len(text) > 20_000:
        return value
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return value
    return [str(item) for item in found] if isinstance(found, list) else value


def _turned(name: str) -> str:
    """Return ``Lena Orsk`` for ``Orsk, Lena``."""
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else name.strip()
