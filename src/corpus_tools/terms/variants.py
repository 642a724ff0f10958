"""Names that may belong to a concept, found in the texts: short forms that are explained, and other spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.language import words
from corpus_tools.terms.concepts import Concepts
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.queries import all_occurrences, parse
from corpus_tools.terms.tokens import Tokens, tokens

COLUMNS = (
    "concept", "variant", "suggestion", "kind", "distance", "count", "per_million", "documents", "articles", "tokens",
    "example",
)  # fmt: skip

#: Words from this length on may have one letter wrong, and from the second on two.
_ONE_WRONG, _TWO_WRONG = 5, 9

_SHORT = re.compile(r"\(\s*[\"'“‘]?([^\W\d_][\w.&/-]{1,9})[\"'”’]?\s*\)")
_LONG = re.compile(r"\b([^\W\d_][\w.&/-]{1,9})\s*\(([^()]{4,80})\)")


def suggest_variants(
    articles: pd.DataFrame,
    concepts: Mapping[str, Sequence[str]],
    *,
    min_count: int = 1,
) -> pd.DataFrame:
    """Suggest names that a concept may lack; a person decides.

    Parameters
    ----------
    articles : DataFrame
        The articles.
    concepts : Concepts or mapping
        The concepts with the variants that are known.
    min_count : int
        Fewest occurrences of a suggestion.

    Returns
    -------
    DataFrame
        One row for each suggestion that the concept does not have, most frequent first within its concept:
        ``concept``, ``variant`` (the known name that led to it), ``suggestion``, ``kind`` (``short form``, ``long
        form``, ``spelling``), ``distance`` (letters changed; missing for forms), ``count``, ``documents``, ``example``
        (where a form is explained; missing for spellings).

    Notes
    -----
    A short form in brackets belongs to the words before it that hold its letters in order, the first at the beginning
    of a word (Schwartz and Hearst 2003). Spellings differ by one letter changed, left out, added or swapped with its
    neighbour (two in words of nine letters and more), in one word of the name; words of four letters and less, and
    different numbers, are no spellings of each other. Both are found by letters alone, so some will be other things.

    References
    ----------
    Schwartz, A. S., Hearst, M. A. (2003). A simple algorithm for identifying abbreviation definitions in biomedical
    text. Damerau, F. J. (1964). A technique for computer detection and correction of spelling errors.

    Examples
    --------
    >>> text = "The Mirava Workers Front (MWF) met. The Mirava Worker Front left."
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": [text]})
    >>> suggest_variants(articles, {"front": ["Mirava Workers Front"]})[["suggestion", "kind"]].values.tolist()
    [['MWF', 'short form'], ['mirava worker front', 'spelling']]
    """
    schema.require(articles, "article_id", "text")
    checked = concepts if isinstance(concepts, Concepts) else Concepts(concepts)
    counted = tokens(articles)
    explained = list(_explained(articles))
    rows = []
    for name in checked:
        known = {_key(variant, counted) for variant in checked[name]}
        found = [*_forms(checked[name], explained, counted), *_spellings(checked[name], counted)]
        for row in found:
            key = _key(row["suggestion"], counted)
            if key and key not in known and not _is_covered(key, checked[name], counted):
                known.add(key)
                rows.append({"concept": name, **row, **_counts(counted, row["suggestion"])})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table[table["count"] >= min_count]
    table = table.assign(
        per_million=per_million(table["count"].astype("int64"), len(counted)), articles=len(counted.articles)
    ).assign(tokens=len(counted))
    text = dict.fromkeys(("concept", "variant", "suggestion", "kind", "example"), "str")
    table = table.astype({**text, "distance": "Int64", "count": "int64", "documents": "int64"})
    place = {name: number for number, name in enumerate(checked)}
    table = table.assign(_place=table["concept"].map(place)).sort_values(
        ["_place", "count", "suggestion"], ascending=[True, False, True], kind="stable"
    )
    table = table.drop(columns="_place").reset_index(drop=True)
    table.attrs = {"tokens": counted.describe()}
    return table


def _key(name: str, counted: Tokens) -> tuple[str, ...]:
    normalise = counted.specification.normaliser()
    return tuple(normalise(name[start:end]) for start, end in words(name))


def _is_covered(key: tuple[str, ...], variants: list[str], counted: Tokens) -> bool:
    """Return whether a pattern of the concept (``flood*``) means these words already."""
    for variant in variants:
        parts = parse(variant, counted.specification).parts
        if len(parts) == len(key) and all(
            re.fullmatch(".*".join(map(re.escape, part.split("*"))), word)
            for part, word in zip(parts, key, strict=True)
        ):
            return True
    return False


def _counts(counted: Tokens, name: str) -> dict[str, int]:
    begins, _ = all_occurrences(counted, [name])
    holders = np.searchsorted(counted.offsets, begins, side="right")
    return {"count": len(begins), "documents": len(np.unique(holders))}


def _explained(articles: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Yield short form, long form and the passage, for each short form that an article explains."""
    for text in articles["text"]:
        if not isinstance(text, str) or "(" not in text:
            continue
        for match in _SHORT.finditer(text):
            before = text[max(0, match.start() - 120) : match.start()].rstrip()
            long = _long_form(match[1], before)
            if long:
                yield match[1], long, _passage(text, match.start() - len(long) - 1, match.end())
        for match in _LONG.finditer(text):
            inside = match[2].strip("\"'“”‘’ ")
            if _long_form(match[1], inside) == inside:
                yield match[1], inside, _passage(text, match.start(), match.end())


def _passage(text: str, start: int, end: int) -> str:
    return " ".join(text[max(start, 0) : end].split())


def _long_form(short: str, before: str) -> str | None:
    """Return the end of `before` that `short` shortens, or nothing."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    if len(letters) < 2 or not any(letter.isupper() for letter in short):
        return None
    place = len(before)
    for number, letter in reversed(list(enumerate(letters))):
        place = before.lower().rfind(letter, 0, place)
        # The first letter must begin a word.
        while number == 0 and place > 0 and before[place - 1].isalnum():
            place = before.lower().rfind(letter, 0, place)
        if place < 0:
            return None
    long = before[place:]
    many = len(words(long)) > min(len(letters) + 5, len(letters) * 2)
    unfit = re.search(r"[.;:!?()]\s", long) or len(long) <= len(short) or short.lower() in long.lower().split()
    return None if many or unfit else long


def _forms(variants: list[str], explained: list[tuple[str, str, str]], counted: Tokens) -> Iterator[dict[str, Any]]:
    known = {_key(variant, counted): variant for variant in variants}
    for short, long, passage in explained:
        for ours, other, kind in ((long, short, "short form"), (short, long, "long form")):
            key = _key(ours, counted)
            # "Front" in "the Workers' Front (WF)" may have an article before it.
            variant = known.get(key) or known.get(key[1:])
            if variant:
                row = {"variant": variant, "suggestion": other, "kind": kind}
                yield {**row, "distance": pd.NA, "example": passage}


def _spellings(variants: list[str], counted: Tokens) -> Iterator[dict[str, Any]]:
    vocabulary = counted.vocabulary.to_pylist()
    for variant in variants:
        key = _key(variant, counted)
        if "*" in variant or not key:
            continue
        for place, word in enumerate(key):
            for other, distance in _near(word, vocabulary):
                name = " ".join([*key[:place], other, *key[place + 1 :]])
                row = {"variant": variant, "suggestion": name, "kind": "spelling"}
                yield {**row, "distance": distance, "example": None}


def _near(word: str, vocabulary: list[str]) -> Iterator[tuple[str, int]]:
    """Yield the words that differ from `word` by a slip or two."""
    most = (len(word) >= _ONE_WRONG) + (len(word) >= _TWO_WRONG)
    if not most or any(letter.isdigit() for letter in word):
        return
    for other in vocabulary:
        # Most words share neither the beginning nor the end.
        if abs(len(other) - len(word)) <= most and (other[:2] == word[:2] or other[-2:] == word[-2:]) and other != word:
            distance = edit_distance(word, other)
            if distance <= most:
                yield other, distance


def edit_distance(one: str, other: str) -> int:
    """Return how many letters must be changed, left out, added or swapped with their neighbour.

    Examples
    --------
    >>> edit_distance("daesh", "daehs"), edit_distance("daesh", "dash"), edit_distance("", "ab")
    (1, 1, 2)
    """
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]
