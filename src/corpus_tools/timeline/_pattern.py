"""Patterns over classes of tokens: how the rules of the time grammar are written.

A pattern is a line of elements parted by blanks. An element is a class of the word list, a form of token (``day``,
``year``, ``clock`` ...) or a word; ``a|b`` allows either, ``?`` makes it optional, ``+`` repeats it, ``name=`` keeps
it for the rule, brackets ``( ... )`` group elements, and ``@name`` stands for a pattern of `MACROS`::

    amount=@count unit=unit|units ago
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from corpus_tools.timeline._meaning import Meaning
from corpus_tools.timeline._tokens import FORMS, Lexicon, Tokens, lexicon, lines

#: Patterns that several families share.
MACROS = {
    "@numeral": "( number|day|short|integer|decimal|fraction ( -? number ( and? number )? )? ( -? and -? a -? half )? "
    "| year )",
    "@count": "( number|day|short|integer|decimal|fraction ( -? number ( and? number )? )? ( -? and -? a -? half )? "
    "( or|to|-|dash number|day|short|integer )? | year | a? couple of? | a vague | a number | vague | some )",
    "@approx": "( about | over | more than | less than | fewer than | no more than | no less than |"
    " at least | at most | "
    "up to | as long as | as vague as | well over )",
    "@one": "( the|this|that|last|next )",
}

Build = Callable[["Found"], "Meaning | None"]


@dataclass(frozen=True)
class Rule:
    """One rule of the grammar: where it applies and what it makes of the words."""

    pattern: str
    build: Build = field(repr=False)


@dataclass(frozen=True)
class Found:
    """A rule's pattern found in a text: `groups` gives the first and last token of each named part."""

    tokens: Tokens
    first: int
    last: int
    groups: dict[str, tuple[int, int]]

    def has(self, name: str) -> bool:
        """Whether the named part is there."""
        return name in self.groups

    def words(self, name: str) -> list[str]:
        """Lower-case words of the named part; empty when it is absent."""
        if name not in self.groups:
            return []
        first, last = self.groups[name]
        return self.tokens.words[first:last]

    def text(self, name: str) -> str:
        """Lower-case words of the named part in one string."""
        return " ".join(self.words(name))

    def value(self, name: str) -> str:
        """Value that the word list gives to the named part's first token."""
        if name not in self.groups:
            return ""
        return self.tokens.values[self.groups[name][0]]

    def values(self, name: str) -> list[str]:
        """Values of all tokens of the named part."""
        if name not in self.groups:
            return []
        first, last = self.groups[name]
        return self.tokens.values[first:last]

    def integer(self, name: str) -> int | None:
        """Value of the named part as a whole number, or None."""
        value = self.value(name)
        return int(value) if value.isdecimal() else None


@dataclass(frozen=True)
class Grammar:
    """Rules ready to be applied."""

    words: Lexicon
    rules: tuple[tuple[re.Pattern[str], Build], ...]
    known: re.Pattern[str]
    trigger: re.Pattern[str]
    needing: dict[str, list[int]]

    def find(self, tokens: Tokens) -> Iterable[Found]:
        """Yield every rule that fits anywhere; they may overlap."""
        for stretch in self.known.finditer(tokens.classes):
            start, end = stretch.span()
            if self.trigger.search(tokens.classes, start, end) is None:
                continue
            for place in self._candidates(tokens.classes[start:end]):
                pattern, build = self.rules[place]
                for match in pattern.finditer(tokens.classes, start, end):
                    groups = {
                        name: match.span(name) for name in pattern.groupindex if match.end(name) > match.start(name)
                    }
                    found = Found(tokens, match.start(), match.end(), groups)
                    yield Hit(found.tokens, found.first, found.last, found.groups, build)

    def _candidates(self, classes: str) -> list[int]:
        """Return the rules of which the one class that they cannot do without is there, in order."""
        places = set(self.needing[""])
        for letter in set(classes):
            places.update(self.needing.get(letter, ()))
        return sorted(places)


@dataclass(frozen=True)
class Hit(Found):
    """A pattern found, with the rule's function."""

    build: Build = field(repr=False)


def prepare(rules: Iterable[Rule], triggers: Iterable[str]) -> Grammar:
    """Compile `rules`; a stretch of known words is looked at only if it holds one of the classes in `triggers`."""
    rules = tuple(rules)
    spelled = [_expand(rule.pattern).split() for rule in rules]
    names = {row[0] for row in lines("words.tsv")} | set(FORMS)
    literals = frozenset(word for line in spelled for word in _leaves(line) if word not in names)
    words = lexicon(literals)
    compiled = tuple(
        (re.compile(_compile(line, words.alphabet)), rule.build) for line, rule in zip(spelled, rules, strict=True)
    )
    some = "".join(words.alphabet[name] for name in triggers if name in words.alphabet)
    unknown = words.alphabet["unknown"]
    needing: dict[str, list[int]] = {"": []}
    for place, line in enumerate(spelled):
        for name in _needed(line) or ("",):
            needing.setdefault(words.alphabet.get(name, ""), []).append(place)
    return Grammar(words, compiled, re.compile(f"[^{unknown}]+"), re.compile(f"[{some}]"), needing)


def _needed(line: list[str]) -> list[str]:
    """Return the classes of one element without which a pattern cannot fit, the rarest kind of element first."""
    depth = 0
    elements: list[list[str]] = []
    for element in line:
        if element == "(" or element.endswith("=("):
            depth += 1
        elif element.startswith(")"):
            depth -= 1
        elif depth == 0 and not element.endswith("?"):
            elements.append(element.rpartition("=")[2].rstrip("+").split("|"))
    elements.sort(key=lambda names: (any(name in _COMMON for name in names), len(names)))
    return elements[0] if elements else []


_COMMON = frozenset(
    ("a", "the", "of", "in", "or", "and", "to", "-", "this", "that", "number", "day", "part", "about", ",")
)


def _expand(pattern: str) -> str:
    for name, meaning in MACROS.items():
        pattern = re.sub(rf"{name}\b", lambda _, meaning=meaning: meaning, pattern)  # type: ignore[misc]
    return pattern


def _leaves(line: list[str]) -> Iterable[str]:
    for element in line:
        if element.strip("()?+|") == "" or element.endswith("=("):
            continue
        yield from element.rpartition("=")[2].rstrip("?+").split("|")


def _compile(line: list[str], alphabet: dict[str, str]) -> str:
    parts: list[str] = []
    for element in line:
        if element in ("(", "|", ")", ")?", ")+"):
            parts.append("(?:" if element == "(" else element)
            continue
        name, _, body = element.rpartition("=")
        if body == "(":
            parts.append(f"(?P<{name}>")
            continue
        suffix = body[len(body.rstrip("?+")) :]
        letters = "[" + "".join(alphabet[word] for word in body.rstrip("?+").split("|")) + "]"
        parts.append((f"(?P<{name}>{letters})" if name else letters) + suffix)
    return "".join(parts)
