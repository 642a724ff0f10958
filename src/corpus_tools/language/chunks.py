"""Noun phrases with heads and appositives, by one regular expression over a string of tag letters."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.language.spans import Chunk, Token

_LETTERS = {
    "DET": "D",
    "ADJ": "J",
    "NOUN": "N",
    "PROPN": "N",
    "NUM": "C",
    "PRON": "P",
    "ADV": "R",
    "SYM": "$",
}
_PENN_LETTERS = {
    "PRP$": "D",
    "WP$": "D",
    "POS": "S",
    "HYPH": "H",
    "VBG": "G",
    "VBN": "G",
    "EX": "O",
    "WDT": "W",
    "WRB": "W",
    "WP": "W",
}


@cache
def _phrase() -> re.Pattern[str]:
    return re.compile(
        r"P"
        r"|D{0,4}+(?:(?<!N)R(?=R{0,4}[JCG])|J|C|\$|(?<=[DJCHS])G(?=[RJCGNH$]{0,6}N)|N|H(?=[JCGN])|S(?=[RJCGN$])){0,40}+(?<=[NC])"
    )


def letters(upos: list[str], xpos: list[str]) -> str:
    """One letter for each token, by its tags."""
    get, penn = _LETTERS.get, _PENN_LETTERS.get
    return "".join([penn(fine) or get(tag, "O") for tag, fine in zip(upos, xpos, strict=True)])


def find_chunks(
    text: str, tokens: list[Token], upos: list[str], xpos: list[str], sentence_lengths: list[int]
) -> list[Chunk]:
    """Find the noun phrases of all sentences, in order (see `corpus_tools.language.Chunk`)."""
    codes = letters(upos, xpos)
    found: list[Chunk] = []
    first = 0
    for length in sentence_lengths:
        _sentence_chunks(text, tokens, codes, first, first + length, found)
        first += length
    return found


def _sentence_chunks(text: str, tokens: list[Token], codes: str, first: int, last: int, found: list[Chunk]) -> None:
    previous = -1
    for match in _phrase().finditer(codes, first, last):
        begin, end = match.span()
        if begin == end:
            continue
        head = max(codes.rfind("N", begin, end), codes.rfind("P", begin, end))
        if head < 0:
            head = end - 1
        appositive = (
            previous if previous >= 0 and _is_appositive(tokens, codes, found[previous], head, begin, end) else -1
        )
        start, stop = tokens[begin].start, tokens[end - 1].end
        found.append(Chunk(start, stop, begin, end, head, text[start:stop], appositive))
        previous = len(found) - 1


def _is_appositive(tokens: list[Token], codes: str, before: Chunk, head: int, begin: int, end: int) -> bool:
    """Whether the phrase explains the one before: a comma between, an end behind, one of the two a name, no list."""
    if begin != before.last + 1 or tokens[before.last].text != "," or codes[head] != "N" or codes[before.head] != "N":
        return False
    names = [_is_name(tokens[index].text) for index in (before.head, head)]
    if names[0] == names[1]:
        return False
    if end >= len(tokens):
        return True
    after = tokens[end].text
    if after == ",":
        return end + 1 >= len(tokens) or tokens[end + 1].text not in {"and", "or", "&"}
    return after in {".", "?", "!", ")", "”", '"', ";", ":", "who", "which", "of", "for", "in", "at"}


def _is_name(form: str) -> bool:
    return form[0].isupper()
