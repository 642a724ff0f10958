"""What the rest of a text says about a name: other names with its words, names beside it, how it is used elsewhere."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._candidates import Candidate
from corpus_tools.language._hashing import Combinations, Keys, spread
from corpus_tools.language._lexicon import word_and_form
from corpus_tools.language._types import WORD
from corpus_tools.language._window import Layout

Integers = NDArray[np.intp]
Scores = NDArray[np.float32]
#: Columns: own guess, names before and after with what stands between, guesses of names that share words, the text's
#: mixture of kinds, how often the name comes, and how its mentions stand in their sentences.
(OWN, SIZE, BEFORE, BETWEEN_BEFORE, AFTER, BETWEEN_AFTER, ENDS, BEGINS, ALONE_LAST, ALONE_FIRST) = range(10)
(SHARES, OFTEN, OPENING, USES) = range(10, 14)
COLUMNS = 14
_RECIPES = (
    *((OWN, SIZE), (OWN, ENDS, SIZE), (OWN, BEGINS, SIZE), (ENDS, BEGINS), (OWN, ALONE_LAST), (OWN, ALONE_FIRST)),
    *((OWN, BEFORE, BETWEEN_BEFORE), (OWN, AFTER, BETWEEN_AFTER), (BEFORE, BETWEEN_BEFORE), (AFTER, BETWEEN_AFTER)),
    *((BEFORE, BETWEEN_BEFORE, AFTER, BETWEEN_AFTER), (OWN, SHARES), (SHARES, SIZE), (OWN, OFTEN), (OWN, OPENING)),
    *((OWN, OFTEN, OPENING), (OWN, USES), (USES, SIZE), (BETWEEN_BEFORE, SIZE), (BETWEEN_AFTER, SIZE)),
)
_TOGETHER = Combinations(9, _RECIPES, COLUMNS)
_LABELS = 4
#: Words between two names, at most, that are looked at.
_FAR = 3


def context_keys(
    layout: Layout, upos: Integers, verbs: NDArray[np.bool_], found: list[Candidate], group: Integers, scores: Scores
) -> Keys:
    """Keys of the second pass's features, a row a candidate.

    Parameters
    ----------
    layout, upos
        The text's tokens and the numbers of their tags.
    verbs : array of bool
        Which tags are verbs.
    found : list of Candidate
        The possible names.
    group : array
        Number of each candidate's wording.
    scores : array
        The first pass's scores.
    """
    spans = np.array(found, dtype=np.intp)
    first, last = spans[:, 0], spans[:, 1]
    guess = scores.argmax(axis=1)
    parts = np.zeros((COLUMNS, len(found)), dtype=np.uint32)
    size = np.minimum(last - first, 3)
    parts[OWN], parts[SIZE] = guess, size
    parts[BEFORE], parts[BETWEEN_BEFORE], parts[AFTER], parts[BETWEEN_AFTER] = _neighbours(layout, spans, guess)
    words = layout.words
    _shared(parts, words[first], words[last - 1], guess, size, len(words))
    parts[SHARES] = _mixture(layout.document[first], guess)
    counts = np.bincount(group)
    parts[OFTEN] = np.searchsorted([1, 2, 4, 9], counts)[group]
    opening = np.zeros(len(counts), dtype=np.intp)
    np.maximum.at(opening, group, _opens(layout, first).astype(np.intp))
    parts[OPENING] = opening[group]
    parts[USES] = _uses(layout, upos, verbs, spans, group, counts)
    plain = [OWN, SIZE, BEFORE, AFTER, ENDS, BEGINS, ALONE_LAST, ALONE_FIRST, SHARES, OFTEN, OPENING, USES]
    parts[plain] = spread(parts[plain])
    return _TOGETHER.keys(list(parts))


def _mixture(document: NDArray[np.int32], guess: Integers) -> Integers:
    """Return a number for how many of a text's names are of which kind."""
    counts = np.bincount(document.astype(np.intp) * _LABELS + guess, minlength=(int(document[-1]) + 1) * _LABELS)
    counts = counts.reshape(-1, _LABELS)
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    level = np.searchsorted([0.1, 0.25, 0.45, 0.7], shares[:, :3])
    mixture: Integers = (level @ np.array([1, 8, 64]))[document]
    return mixture


def _opens(layout: Layout, first: Integers) -> NDArray[np.bool_]:
    """Tell whether tokens are in one of their text's first two sentences."""
    begin = np.searchsorted(layout.document, layout.document[first])
    return layout.sentence[first] - layout.sentence[begin] < 2


def _neighbours(layout: Layout, spans: Integers, guess: Integers) -> tuple[Integers, Keys, Integers, Keys]:
    """Guesses of the names before and after (the number of labels where none is near), and of the words between."""
    count = len(spans)
    before, after = np.full(count, _LABELS), np.full(count, _LABELS)
    between_before = layout.column(WORD, layout.place[spans[:, 2]] - 1)
    ends = layout.place[spans[:, 1] - 1] + 1
    between_after = layout.column(WORD, ends)
    gap = spans[1:, 2] - spans[:-1, 1]
    near = ((gap <= _FAR) & (gap >= 0) & (layout.sentence[spans[1:, 0]] == layout.sentence[spans[:-1, 0]])).nonzero()[0]
    link = np.zeros(len(near), dtype=np.uint32)
    for step in range(_FAR):
        inside = gap[near] > step
        at = layout.place[np.minimum(spans[near, 1] + step, len(layout.place) - 1)]
        link = np.where(inside, (link + layout.column(WORD, at)) * np.uint32(0x9E3779B1), link).astype(np.uint32)
    before[near + 1], after[near] = guess[near], guess[near + 1]
    between_before[near + 1] = between_after[near] = link
    return before, between_before, after, between_after


def _shared(parts: Keys, begin: Integers, end: Integers, guess: Integers, size: Integers, words: int) -> None:
    """Guesses of longer names that end or begin with a name's last word, and of its words where they stand alone."""
    longer, alone = size > 1, size == 1
    for column, keys, chosen, own in (
        (ENDS, end, longer, end),
        (BEGINS, begin, longer, end),
        (ALONE_LAST, end, alone, end),
        (ALONE_FIRST, end, alone, begin),
    ):
        votes = np.bincount(keys[chosen] * _LABELS + guess[chosen], minlength=(words + 1) * _LABELS)
        votes = votes.reshape(-1, _LABELS)[own]
        if column in {ENDS, ALONE_LAST}:
            mine = chosen.nonzero()[0]
            votes[mine, guess[mine]] -= 1
        parts[column] = np.where(votes.any(axis=1), votes.argmax(axis=1) + 1, 0)


@cache
def _number(word: str) -> int:
    return int(word_and_form(word)[0][0])


@cache
def _prepositions() -> Keys:
    return np.array([_number(word) for word in ("in", "at", "from", "to", "near", "into")], dtype=np.uint32)


def _uses(
    layout: Layout, upos: Integers, verbs: NDArray[np.bool_], spans: Integers, group: Integers, counts: Integers
) -> Integers:
    """Return a number for how the mentions of a name are used: behind "the", behind "in", before a verb, with "'s"."""
    before = layout.column(WORD, layout.place[spans[:, 0]] - 1)
    behind = np.minimum(spans[:, 1], len(upos) - 1)
    after = layout.column(WORD, layout.place[spans[:, 1] - 1] + 1)
    goes_on = (spans[:, 1] < len(upos)) & (layout.document[behind] == layout.document[spans[:, 0]])
    marks = (
        before == _number("the"),
        (before[:, None] == _prepositions()).any(axis=1),
        verbs[upos[behind]] & goes_on,
        after == _number("'s"),
    )
    number = np.zeros(len(counts), dtype=np.intp)
    for mark in marks:
        share = np.bincount(group[mark], minlength=len(counts)) / counts
        number = number * 3 + (share > 0) + (share > 0.4)
    return number[group]
