"""Text as tokens with the classes of the time grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: Class of words that the grammar does not know; patterns can never contain it.
UNKNOWN = "unknown"

#: Classes that come from the form of a token rather than from the word list.
FORMS = (
    UNKNOWN,
    "day",
    "short",
    "year",
    "integer",
    "decimal",
    "ordinal",
    "decade",
    "iso",
    "slash",
    "clock",
    "ampm",
    "oclock",
    "-",
    "dash",
    ",",
    "/",
    "'s",
    "year2",
    "fraction",
    "clocktime",
)

_TOKEN = re.compile(
    r"""
    (?=[^ ])(?:  # most of the time goes into blanks and long words: they come first
    (?P<long>[^\W\d_]{3,})
  | (?=[^\W\d_])(?:  # then short words, few of which can be more than that
      (?=[abopABP])(?:
        (?P<ampm>(?:\b|(?<=\d))(?:[apAP]\.[mM]\b\.?|[ap]m\b|[AP]M\b))
      | (?P<era>\bB\.C\.(?:E\.)?|\bB\.C\b|\bA\.D\.)
      | (?P<oclock>\bo['’]clock\b))
    | (?P<word>[^\W\d_]{1,2}))
  | (?=[\d'’‘])(?:
      (?P<iso>\b\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?!\d))
    | (?P<slash>(?<![\d/])\d{1,4}(?:/\d{1,2}/\d{1,4}|\.\d{1,2}\.\d{4})(?![\d/]))
    | (?P<clock>(?<![\d:])\d{1,2}(?::\d{2}(?::\d{2})?(?![\d:])
      |(?<![.,$£€]\d)(?<![.,$£€]\d\d)\.[0-5]\d(?=[ ]?(?:[apAP]\.?[mM]\b|(?:GMT|BST|UTC|CET)\b))))(?:[ ]?hrs?\b)?
    | (?P<fraction>\d{1,2}[ ]1/2\b)
    | (?P<digits>\d{1,15}(?:st|nd|rd|th)\b)
    | (?P<decade>\b\d{3}0(?:'|’)?s\b|\b\d{1,2}0s(?=[ ](?:B\.?C|A\.?D))|(?<!['’‘\w])['’‘]\d0s\b)
    | (?P<year2>(?<!['’‘\w])['’‘]\d\d(?!\d|['’]))
    | (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
    | (?P<clitic>['’]s\b))
  | (?P<paragraph>\n[ \t]*\n\s*)
  | (?P<mark>[-–—‐‑,/])
  | (?P<other>[^\s\w]))
    """,
    re.VERBOSE,
)

#: Kinds of token that mean something only if the word list has them.
_PLAIN = ("long", "word", "other")
_ABBREVIATIONS = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "approx",
    ]
)


@dataclass(frozen=True)
class Tokens:
    """A text in tokens; `classes` holds one character for each, made by the word list's alphabet."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    values: list[str]
    classes: str

    def span(self, first: int, last: int) -> str:
        """Text from token `first` to token `last`, exclusive."""
        return self.text[self.starts[first] : self.ends[last - 1]]


@dataclass(frozen=True)
class Lexicon:
    """Word list: word in lower case to (class, value, needs a capital), and class to character."""

    entries: dict[str, tuple[str, str, bool]]
    alphabet: dict[str, str]


def lines(name: str) -> list[list[str]]:
    """Return the rows of a data file of this room, without comments and empty lines."""
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def lexicon(literals: frozenset[str] = frozenset()) -> Lexicon:
    """Load the word list; `literals` are words that patterns name themselves."""
    entries: dict[str, tuple[str, str, bool]] = {}
    for name, value, words in lines("words.tsv"):
        for word in words.split():
            entries[word.lower()] = (name, value, word[0].isupper())
    for word in sorted(literals):
        entries.setdefault(word, (word, word, False))
    names = sorted({*FORMS, *(entry[0] for entry in entries.values())})
    names.remove(UNKNOWN)
    alphabet = {name: chr(0xE000 + place) for place, name in enumerate([UNKNOWN, *names])}
    return Lexicon(entries, alphabet)


def tokenize(text: str, words: Lexicon) -> Tokens:
    """Split `text` into tokens and give each its class."""
    matches = list(_TOKEN.finditer(text))
    forms = [match.group() for match in matches]
    keys = [form.lower() for form in forms]
    starts = [match.start() for match in matches]
    ends = [match.end() for match in matches]
    entries, unknown = words.entries, words.alphabet[UNKNOWN]
    values = [""] * len(keys)
    classes = [unknown] * len(keys)
    kinds = [match.lastgroup or "" for match in matches]
    telling = [place for place, kind in enumerate(kinds) if kind not in _PLAIN or keys[place] in entries]
    swallowed: set[int] = set()
    for place in telling:
        kind, form, key, start, end = kinds[place], forms[place], keys[place], starts[place], ends[place]
        name, value = _word(form, key, entries) if kind in _PLAIN else _form(kind, form, text, start, end)
        values[place], classes[place] = value, words.alphabet.get(name, unknown)
        if name != UNKNOWN and key in _ABBREVIATIONS and text[end : end + 1] == ".":
            ends[place] += 1
            swallowed.add(place + 1)
    if swallowed:
        kept = [place for place in range(len(keys)) if place not in swallowed]
        starts, ends, keys = [starts[n] for n in kept], [ends[n] for n in kept], [keys[n] for n in kept]
        values, classes = [values[n] for n in kept], [classes[n] for n in kept]
    return Tokens(text, starts, ends, keys, values, "".join(classes))


def _word(form: str, key: str, entries: dict[str, tuple[str, str, bool]]) -> tuple[str, str]:
    name, value, capital = entries.get(key, (UNKNOWN, "", False))
    return (UNKNOWN, "") if capital and not form[0].isupper() else (name, value)


def _form(kind: str, form: str, text: str, start: int, end: int) -> tuple[str, str]:
    if kind in ("iso", "slash", "clock", "decade", "fraction", "year2", "oclock"):
        return kind, form
    if kind == "digits":
        return "ordinal", form[:-2]
    if kind == "number":
        return _number(form)
    if kind == "ampm":
        return "ampm", form[0].lower()
    if kind == "era":
        return "era", "BC" if form[0] == "B" else "AD"
    if kind == "clitic":
        return "'s", ""
    if form in "-–—‐‑":
        tight = start > 0 and not text[start - 1].isspace() and end < len(text) and not text[end].isspace()
        return ("-" if tight else "dash"), form
    return (form if form in (",", "/") else UNKNOWN), form


def _number(form: str) -> tuple[str, str]:
    if "." in form:
        return "decimal", form.replace(",", "")
    value = form.replace(",", "")
    if "," not in form and len(form) == 4 and 1000 <= int(form) <= 2199:
        return "year", form
    if "," not in form and len(form) <= 2 and 1 <= int(form) <= 31:
        return "day", str(int(form))
    if "," not in form and len(form) <= 2:
        return "short", str(int(form))
    return "integer", value
