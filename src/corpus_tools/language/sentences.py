"""Where sentences begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_tools.language._resources import table, words

if TYPE_CHECKING:
    from corpus_tools.language._stretches import Reading

_CLOSERS = "\"'”’»)\\]}*_"
_OPENERS = "\"'“‘«(\\[{*_"
_STOPS = ".!?…"
_WIDE = "。！？｡"
_BREAKS = "\\x0b\\x0c\\u2028\\u2029\\x85"


@cache
def _boundary(*, rare: bool) -> re.Pattern[str]:
    """Match what may end a sentence: starts with one set of characters, which is quick to search for, unless `rare`."""
    common = (
        rf"[\n{_BREAKS}{_STOPS}{_WIDE}](?:"
        r"(?<=\n)(?:(?P<paragraph>[^\S\n]*\n\s*)|(?P<line>))"
        rf"|(?<=[{_BREAKS}])(?P<page>\s*)"
        rf"|(?<=[{_STOPS}])(?<![{_STOPS}][{_STOPS}])[{_STOPS}]*+(?P<close>[{_CLOSERS}]*+)(?=\s|$)"
        rf"|(?<=[{_WIDE}])(?P<wide>[{_WIDE}]*[”’」』）]*))"
    )
    rules = r"(?P<rule>(?<!\S)(?:[-=_~#]{5,}|\*{3,})(?!\S))"
    return re.compile(rf"{common}|{rules}|(?P<stamp>{_stamp().pattern})" if rare else common)


@cache
def _stamp() -> re.Pattern[str]:
    return re.compile(r"\d\d?/\d\d?/\d{2,4}\s\d\d?:\d\d(?::\d\d)?(?:\s[AP]M)?(?=\s[A-Z])")


@cache
def _signs() -> re.Pattern[str]:
    """Match what every line of signs that ends a sentence has in it."""
    return re.compile(r"[-=_~#*][-=_~#*]{2}")


def _boundaries(text: str) -> Iterator[re.Match[str]]:
    rare = bool(_signs().search(text) or ("/" in text and _stamp().search(text)))
    return _boundary(rare=rare).finditer(text)


@cache
def _note() -> re.Pattern[str]:
    """Match marks of footnotes, which belong to the sentence before them."""
    return re.compile(r"(?: ?\[(?:\d{1,3}|[a-z][a-z ]{2,24})\]){1,9}(?=\s|$)")


@cache
def _next_word() -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<open>[{_OPENERS}<]*)(?P<word>[^\W_]+(?:['’.-][^\W_]+)*|\S)")


@cache
def _last_word() -> re.Pattern[str]:
    return re.compile(r"[^\s\"“”‘(\[/–—]*$")


@cache
def _abbreviations() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for form, kind, *capital in table("abbreviations.tsv"):
        kinds[form] = kind
        if len(form) > 1:
            kinds.setdefault(form.upper(), kind)
            if not capital:
                kinds.setdefault(form.lower(), kind)
    return kinds


def sentences(text: str) -> list[tuple[int, int]]:
    r"""Sentences as character offsets, in order, without white space at their ends.

    Blank lines always end a sentence. A single line break does so unless the text is wrapped by hand (then it is a
    space) and the line before runs on.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        ``[start, end)`` of each sentence; together they hold every character that is not white space.

    Examples
    --------
    >>> text = "Mr. Oda met U.S. President Lee at 5 p.m. on Friday. \"We agree.\" He left."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Mr. Oda met U.S. President Lee at 5 p.m. on Friday.', '"We agree."', 'He left.']
    """
    from corpus_tools.language._stretches import Reading

    return read_sentences([text], Reading([text]))[0]


def read_sentences(texts: list[str], reading: Reading) -> list[list[tuple[int, int]]]:
    """Sentences of some texts, each with offsets of its own."""
    import numpy as np

    from corpus_tools.language._gaps import decided

    ruled = [by_rules(text) for text in texts]
    offsets = reading.offsets.tolist()
    starts = [start + offset for spans, offset in zip(ruled, offsets, strict=True) for start, _ in spans]
    found = decided(reading, np.array(starts, dtype=np.intp)).tolist()
    if found == starts:
        return ruled
    bounds = [bisect_left(found, offset) for offset in [*offsets, len(reading.text) + 1]]
    for number, (first, last) in enumerate(pairwise(bounds)):
        text, spans = texts[number], ruled[number]
        begin = [start - offsets[number] for start in found[first:last]]
        if begin != [start for start, _ in spans] and (len(spans) > 1 or " " in text):
            ends = pairwise([*begin, len(text)])
            ruled[number] = [(start, start + len(text[start:end].rstrip())) for start, end in ends]
    return ruled


def by_rules(text: str) -> list[tuple[int, int]]:
    """Sentences as the rules alone have them."""
    spans: list[tuple[int, int]] = []
    start = 0
    wrapped: bool | None = None
    for match in _boundaries(text):
        group = match.lastgroup
        if match.end() <= start:
            continue
        if group == "line":
            if wrapped is None:
                wrapped = _is_wrapped(text)
            if wrapped and _runs_on(text, match.start()):
                continue
        elif group == "close" and not _ends_sentence(text, start, match):
            continue
        end = match.end()
        if group in {"rule", "stamp"}:
            start = _append(spans, text, start, match.start())
        elif group == "close" and (note := _note().match(text, end)):
            end = note.end()
        start = _append(spans, text, start, end)
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> int:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(stripped)))
    return end


def _is_wrapped(text: str) -> bool:
    """Whether single line breaks are layout: most lines of a paragraph end at about the same width."""
    lengths = [len(line.rstrip()) for line in text[:20_000].split("\n")]
    body = [length for length, following in pairwise(lengths) if length and following]
    if len(body) < 3 or max(lengths) > 100:
        return False
    return sum(length >= 45 for length in body) >= 0.7 * len(body)


def _runs_on(text: str, place: int) -> bool:
    before = text[max(0, place - 120) : place].rpartition("\n")[2].rstrip()
    following = text[place + 1 : place + 4].lstrip()
    return len(before) >= 45 and before[-1] not in '.!?:…"”' and following[:1] not in {"-", "*", "•", "–", "#", ">"}


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    close, place = match["close"], match.start()
    stop = text[place : match.start("close")]
    following = _next_word().match(text, match.end())
    if following is None:
        return True
    word = following["word"]
    if not word[0].isalnum() and not following["open"]:
        return word[0] not in ",;:" and _ends_before_sign(word)
    lower = word[0].islower()
    if len(stop) > 1 or stop != ".":
        return not lower if (close or "…" in stop or "..." in stop) else not (lower and len(stop) == 1 and close)
    if close and lower:
        return False
    before = _last_word().search(text, max(start, place - 30), place)
    return close != "" or _ends_at_stop(before.group() if before else "", text, start, place, following)


def _ends_before_sign(sign: str) -> bool:
    return sign not in "%&+=/"


def _ends_at_stop(before: str, text: str, start: int, place: int, following: re.Match[str]) -> bool:
    """Decide about one full stop after the word `before`."""
    word = following["word"]
    kind = _abbreviations().get(before)
    if len(before) == 1 and before.islower() and word[0].isdigit():
        return False
    if kind is None and _is_initials(before):
        kind = "initial" if len(before) == 1 else "other"
    if kind is None:
        return not (before[:1].isdigit() and _is_list_number(text, start, place, before))
    if kind in {"title", "unit"}:
        return kind == "unit" and word[0].isupper()
    if kind == "number":
        return not word[0].isdigit() and not (following["open"] or word[0].islower()) and word.lower() in _starters()
    if kind == "initial":
        return before != "I" and word.lower() in _starters() and word[0].isupper() and word not in {"A", "I"}
    return word[0].isupper() and (bool(following["open"]) or word.lower() in _starters())


def _is_initials(word: str) -> bool:
    return word[:1].isupper() and all(len(letter) == 1 and letter.isalpha() for letter in word.split("."))


def _is_list_number(text: str, start: int, place: int, number: str) -> bool:
    """Whether the sentence begins with this number, or with what it numbers ("Figure 1.")."""
    if len(number) > 5 or not number.replace(".", "").isdigit():
        return False
    before = text[start : place - len(number)].strip()
    return not before or before in {
        "Figure",
        "Table",
        "Fig.",
        "Chapter",
        "Section",
        "Part",
        "Article",
    }


@cache
def _starters() -> frozenset[str]:
    return words("starters.txt")
