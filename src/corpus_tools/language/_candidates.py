"""Stretches of tokens that may be names, with titles taken off."""

from __future__ import annotations

from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._lexicon import lexicon, word_and_form, wording_keys
from corpus_tools.language._resources import words
from corpus_tools.language.spans import Token

_NUMERALS = frozenset(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"]
)
_LINKS = frozenset({"of", "for"})
_ARTICLES = frozenset({"the"})
#: No name goes on with a link, and no known name ends, after so many words; keeps the work in proportion to the text.
_LONGEST = 60
#: Lists of words that tell an organization.
_ORGANISATION_WORD = np.uint32(64 | 512)
#: Lists of names: cities, countries, states, given names, peoples, organization words (bits, see `Lexicon`).
_STANDS_ALONE = np.uint32(1 | 4 | 8 | 16 | 32 | 64 | 512 | 2048)
#: Bit of well-known organizations among the kinds of whole names.
_ORGANISATION = 32


class Candidate(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) of a possible name; its title's tokens stand before, from ``title``."""

    first: int
    last: int
    title: int


def candidates(tokens: list[Token], upos: list[str], proper: list[bool], ends: set[int]) -> list[Candidate]:
    """Find the possible names.

    Parameters
    ----------
    tokens : list of Token
    upos : list of str
        Their tags.
    proper : list of bool
        Which of them are tagged as proper nouns.
    ends : set of int
        Indices of the tokens that sentences begin with.
    """
    proper = _with_surnames(tokens, proper, ends)
    found: list[Candidate] = []
    last = 0
    for index in compress(range(len(tokens)), proper):
        if index < last or not _may_begin(tokens[index].text):
            continue
        last = _run_end(tokens, upos, proper, index, ends)
        if (middle := _title_inside(tokens, index, last)) < last:
            found.append(_without_title(tokens, index, middle))
            index = middle
        if index not in ends and index - 1 not in ends and _goes_on_before(tokens, upos, index - 1):
            index -= 1
        elif index not in ends and (start := _coordinated_start(tokens, index, last)) < index:
            index = start
            while found and found[-1].last > start:
                found.pop()
        found.append(_without_title(tokens, index, last))
    return [candidate for candidate in found if candidate.first < candidate.last]


def _title_inside(tokens: list[Token], first: int, last: int) -> int:
    """Where a title stands between two names ("Iowa Senator Ann Oda"), or `last`."""
    titles = words("strict_titles.txt")
    for index in range(first + 1, min(last - 1, first + _LONGEST)):
        if tokens[index].text.rstrip(".").lower() in titles and tokens[index].text.istitle():
            after = tokens[index + 1].text
            if after[0].isupper() and _is_known(tokens[first:index]):
                return index
    return last


def heads(tokens: list[Token], found: list[Candidate]) -> NDArray[np.intp]:
    """Index of each candidate's head: the word before "of" or "for", else the last word."""
    places = []
    for first, last, _ in found:
        links = (index - 1 for index in range(first + 1, last - 1) if tokens[index].text in _LINKS)
        places.append(next(links, last - 1))
    return np.array(places, dtype=np.intp)


def _with_surnames(tokens: list[Token], proper: list[bool], ends: set[int]) -> list[bool]:
    """Take capitalised words for names where the text has them at the end of a longer name."""
    behind = [*proper[1:], False]
    surnames = {
        tokens[index].text
        for index in compress(range(1, len(tokens)), proper[1:])
        if proper[index - 1]
        and index not in ends
        and (not behind[index] or index + 1 in ends)
        and tokens[index].text.istitle()
    }
    proper = proper.copy()
    if surnames:
        for index in [index for index, token in enumerate(tokens) if token.text in surnames]:
            if index not in ends:
                proper[index] = True
    return proper


def _goes_on_before(tokens: list[Token], upos: list[str], index: int) -> bool:
    """Whether the capitalised word before a name belongs to it ("Interior" Ministry), however it is tagged."""
    form = tokens[index].text
    return (
        index > 0
        and upos[index] in {"ADJ", "NOUN", "VERB"}
        and form[0].isupper()
        and not form.isupper()
        and form.lower() not in words("nationalities.txt")
        and form.lower() not in words("strict_titles.txt")
        and (tokens[index - 1].text[0].islower() or tokens[index - 1].text.lower() in words("nationalities.txt"))
    )


def _may_begin(form: str) -> bool:
    if not form[0].isupper() or form.rstrip(".").lower() in words("calendar_words.txt"):
        return form[0].isdigit() and any(character.isupper() for character in form)
    return "@" not in form and "://" not in form


def _coordinated_start(tokens: list[Token], index: int, last: int) -> int:
    """Where a name begins that goes on with "and" before `index` ("Food and Drug Administration"), or `index`."""
    if index < 3 or tokens[index - 1].text != "and" or last - index < 2:
        return index
    if tokens[last - 1].text.lower() not in words("coordinated_names.txt"):
        return index
    start = index - 1
    while start > 0 and index - start < 4 and _may_be_duty(tokens[start - 1].text):
        start -= 1
    return start if start < index - 1 and tokens[start - 1].text.lower() == "the" else index


def _may_be_duty(form: str) -> bool:
    return form.istitle() and form != "The" and not _is_listed(form)


def _is_listed(form: str) -> bool:
    """Whether a word is in a list of names or says what an organization is: then it stands for itself."""
    known, _, _ = lexicon().look_up(*word_and_form(form))
    return form.isupper() or bool(known[0] & _STANDS_ALONE)


def _run_end(tokens: list[Token], upos: list[str], proper: list[bool], first: int, ends: set[int]) -> int:
    """Index after the last token of the run that starts at `first`."""
    count = len(tokens)
    last = first + 1
    while last < count and last not in ends:
        form = tokens[last].text
        if (proper[last] and _may_continue(form)) or (form in _NUMERALS and upos[last] != "PRON"):
            last += 1
        elif step := _joined(tokens, proper, first, last, ends):
            last += step
        else:
            break
    return last


def _may_continue(form: str) -> bool:
    return (
        form[0].isalnum()
        and "@" not in form
        and "://" not in form
        and form.rstrip(".").lower() not in words("calendar_words.txt")
    )


def _joined(tokens: list[Token], proper: list[bool], first: int, last: int, ends: set[int]) -> int:
    """How many tokens a link at `last` and what it joins take: hyphen, ampersand, of, for, and."""
    form = tokens[last].text
    following = last + 1
    if following >= len(tokens) or following in ends or last - first > _LONGEST:
        return 0
    beside = tokens[last - 1].end == tokens[last].start and tokens[last].end == tokens[following].start
    if form in {"-", "‐", "‑"} and beside:
        if proper[following]:
            return 2 if tokens[following].text[0].isalpha() else 0
        return 2 if last - first > 1 and _may_be_syllable(tokens[following].text) else 0
    if form == "&" and proper[following]:
        return 2 if _is_firm(tokens, proper, first, following, ends) else 0
    if form == "and" and proper[following] and _may_continue(tokens[following].text):
        return 2 if _lists_duties(tokens, first, last) else 0
    if form in _LINKS and tokens[last - 1].text.lower() in words("name_joiners.txt"):
        if _may_follow_link(tokens, proper, following):
            return 2
        after = following + 1
        if tokens[following].text in _ARTICLES and after < len(tokens) and after not in ends:
            return 3 if _may_follow_link(tokens, proper, after) else 0
    return 0


def _may_follow_link(tokens: list[Token], proper: list[bool], index: int) -> bool:
    """Whether a word can go on a name after "of" or "for": a name, or a capital before another ("Visual Arts")."""
    form = tokens[index].text
    if not _may_continue(form):
        return False
    if proper[index]:
        return True
    return (
        form.istitle()
        and form.lower() not in words("nationalities.txt")
        and index + 2 < len(tokens)
        and (proper[index + 1] or (tokens[index + 1].text == "and" and proper[index + 2]))
    )


def _may_be_syllable(form: str) -> bool:
    """Whether a word in lower case may be part of a given name ("Wai-keung"): short, and no word of English."""
    _, possible, _ = lexicon().look_up(*word_and_form(form))
    return form.isalpha() and form.islower() and len(form) <= 6 and not possible[0]


def _is_firm(tokens: list[Token], proper: list[bool], first: int, following: int, ends: set[int]) -> bool:
    """Whether "&" joins the name of one organization, not two names: it is known, or its last word says so."""
    if _is_citation(tokens, following + 1):
        return False
    last = following + 1
    while last < len(tokens) and last not in ends and proper[last] and _may_continue(tokens[last].text):
        last += 1
    known, _, _ = lexicon().look_up(*word_and_form(tokens[last - 1].text))
    letters = all(token.text.isupper() for token in tokens[first : following + 1] if token.text != "&")
    return letters or bool(known[0] & _ORGANISATION_WORD) or _is_known(tokens[first:last])


def _is_known(tokens: list[Token]) -> bool:
    """Whether words are the whole name of a well-known place or organization."""
    return bool(_kinds(tokens))


def _kinds(tokens: list[Token]) -> int:
    """Return the kinds (bits) that the lexicon has for a whole name."""
    numbers = np.array([word_and_form(token.text)[0] for token in tokens], dtype=np.uint32)
    return int(lexicon().places(wording_keys(numbers)[-1])[0])


def _is_citation(tokens: list[Token], index: int) -> bool:
    """Whether a year follows: two authors are two names."""
    years = (token.text for token in tokens[index : index + 2])
    return any(len(year) == 4 and year.isdigit() for year in years)


def _lists_duties(tokens: list[Token], first: int, last: int) -> bool:
    """Whether what stands before "and" says what an organization is for ("Ministry of Culture" and "Sport")."""
    links = [index for index in range(first + 1, last - 1) if tokens[index].text in _LINKS]
    return (
        len(links) == 1
        and last - links[0] == 2
        and tokens[links[0] - 1].text.lower() in words("coordinated_names.txt")
        and not _is_listed(tokens[last - 1].text)
    )


def _without_title(tokens: list[Token], first: int, last: int) -> Candidate:
    """Take titles off the front, as long as something is left and the whole is no organization ("General Motors")."""
    title = start = first
    titles = words("strict_titles.txt")
    if tokens[first].text.rstrip(".").lower() in titles and _kinds(tokens[first:last]) & _ORGANISATION:
        return Candidate(first, last, first)
    while start < last - 1 and tokens[start].text.rstrip(".").lower() in titles:
        if tokens[start + 1].text.lower() in _LINKS:
            break
        start += 1
        if tokens[start].text == "-":
            start += 1
    return Candidate(min(start, last), last, title)
