"""What a possible name's words and neighbours are like, as numbers, and a small network that tells the kind by them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._candidates import Candidate
from corpus_tools.language._hashing import Keys, KeyTable, unpack
from corpus_tools.language._lexicon import lexicon, word_and_form
from corpus_tools.language._types import CASE, LISTS, LOWER, OTHER_CASE, POSSIBLE, WORD, TypeStore
from corpus_tools.language._window import Layout

Floats = NDArray[np.float32]
Integers = NDArray[np.intp]
#: Longest name whose length is told apart; words of a name whose mean is taken, at most.
_LONGEST, _INSIDE = 4, 6
#: First and last word, head, two words before and after; the nearest verb before and after, the next noun.
PLACES = 10
#: A vector for each place, for the mean of the name's words, and for the means of the sentence and the text.
VECTORS = PLACES + 3
#: How far a verb or noun may be from a name.
_FAR = 5
#: Candidates that are described at a time, so that memory is bounded.
_BLOCK = 4096
#: Candidates that the network scores at a time: always as many, for how a product of matrices is rounded depends on
#: their shape, and a name's chance must not depend on the texts that are annotated beside its own. And few, so that no
#: product is spread over threads, which takes longer than to work it out.
_ROWS = 4
#: Bits of lists of names, of possible tags and of kinds of whole names that are looked at.
_BITS = np.arange(15, dtype=np.uint32)
#: Words and marks beside a name that are told apart.
_MARKS = (
    ",",
    "(",
    ")",
    "'s",
    "of",
    "the",
    "in",
    "at",
    "and",
    "by",
    '"',
    "“",
    "”",
    ":",
    "a",
    "et",
    ".",
    "-",
    "/",
    "from",
)


@cache
def _mark_words() -> Keys:
    return np.array([int(word_and_form(mark)[0][0]) for mark in _MARKS], dtype=np.uint32)


@cache
def _year() -> Keys:
    return word_and_form("1999")[0]


class WordVectors:
    """Vectors of words, remembered for each form that was seen.

    Parameters
    ----------
    data : dict of arrays
        ``words``, their hashes as `pack` leaves them; ``vectors``, small integers, a column a word; ``unit``, their
        size.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._table = KeyTable(unpack(data["words"]))
        self._rows = np.concatenate([np.zeros((1, len(data["vectors"])), dtype=np.int8), data["vectors"].T])
        self._unit = np.float32(data["unit"])
        self.size = self._rows.shape[1]

    def of_types(self, types: TypeStore) -> Floats:
        """Vector of each form, then 1 if it is known, and 1 if it is known and in lower case."""
        return types.derived(self, lambda part: self._look_up(types.columns[part]))

    def _look_up(self, columns: Keys) -> Floats:
        rows = self._table.rows(columns[:, WORD])
        signs = np.stack([rows > 0, (rows > 0) & (columns[:, CASE] == LOWER)], axis=1)
        found: Floats = np.concatenate([self._rows.take(rows, axis=0) * self._unit, signs], axis=1, dtype=np.float32)
        return found


def describe(
    vectors: WordVectors,
    layout: Layout,
    roles: NDArray[np.int8],
    found: list[Candidate],
    heads: Integers,
    wordings: Keys,
    group: Integers,
) -> Iterator[Floats]:
    """Numbers of the candidates for the network, a row a candidate, some thousands of candidates at a time.

    Parameters
    ----------
    vectors : WordVectors
    layout : Layout
        The text's tokens.
    roles : array
        1 for each token that is a verb, 2 for each that is a noun, 0 for others.
    found : list of Candidate
    heads : array
        Index of each candidate's head.
    wordings, group : array
        Key and number of each candidate's wording.
    """
    table = vectors.of_types(layout.types)
    size = vectors.size
    spans = np.array(found, dtype=np.intp)
    place, ids = layout.place, layout.ids
    first, last, title = place[spans[:, 0]], place[spans[:, 1] - 1], place[spans[:, 2]]
    near = np.stack([first, last, place[heads], title - 1, last + 1, title - 2, last + 2], axis=1)
    around = np.concatenate([ids[near], _by_role(layout, roles, spans)], axis=1)
    explained = _explained(layout, near, spans, group)
    sentence, text = _elsewhere(layout, table)
    for start in range(0, len(found), _BLOCK):
        part = slice(start, start + _BLOCK)
        steps = first[part, None] + np.arange(_INSIDE)
        inside = steps <= last[part, None]
        words = table[ids[np.minimum(steps, last[part, None])], :size]
        beside = table[around[part]]
        numbers = [
            beside[:, :, :size].reshape(len(beside), -1),
            np.einsum("ijk,ij->ik", words, inside / inside.sum(axis=1)[:, None]),
            sentence[layout.sentence[spans[part, 0]]],
            text[layout.document[spans[part, 0]]],
            beside[:, :, size],
            np.minimum(last[part] - first[part], _LONGEST - 1)[:, None] == np.arange(_LONGEST),
            _known_of_words(layout, near[part], wordings[part]),
            _signs(layout, near[part], spans[part]),
            explained[part],
        ]
        yield np.concatenate(numbers, axis=1, dtype=np.float32)


def _by_role(layout: Layout, roles: NDArray[np.int8], spans: Integers) -> Integers:
    """Ids of the nearest verb after and before each candidate and of the next noun; 0 where none is near."""
    count = len(roles)
    index = np.arange(count)
    after = np.minimum(spans[:, 1], count - 1)
    before = np.maximum(spans[:, 2] - 1, 0)
    next_verb = np.minimum.accumulate(np.where(roles == 1, index, count)[::-1])[::-1][after]
    next_noun = np.minimum.accumulate(np.where(roles == 2, index, count)[::-1])[::-1][after]
    last_verb = np.maximum.accumulate(np.where(roles == 1, index, -1))[before]
    chosen = []
    own = layout.sentence[spans[:, 0]]
    for target, near in (
        (next_verb, next_verb - spans[:, 1] < _FAR),
        (last_verb, spans[:, 2] - last_verb <= _FAR),
        (next_noun, next_noun - spans[:, 1] < _FAR),
    ):
        inside = np.clip(target, 0, count - 1)
        there = near & (target >= 0) & (target < count) & (layout.sentence[inside] == own)
        there &= (inside >= spans[:, 1]) | (inside < spans[:, 2])
        chosen.append(np.where(there, layout.ids[layout.place[inside]], 0))
    return np.stack(chosen, axis=1)


def _elsewhere(layout: Layout, table: Floats) -> tuple[Floats, Floats]:
    """Mean vector of the words in lower case of each sentence, and of each text."""
    tokens = layout.own
    used = np.flatnonzero(table[tokens, -1])
    words = table[tokens[used], :-2]
    means: list[Floats] = []
    for number in (layout.sentence, layout.document):
        whose = number[used]
        begins = np.flatnonzero(np.diff(whose, prepend=-1))
        total = np.zeros((int(number[-1]) + 1, words.shape[1]), dtype=np.float32)
        if len(used):
            total[whose[begins]] = np.add.reduceat(words, begins, axis=0)
        counts = np.maximum(1, np.bincount(whose, minlength=len(total)))
        total /= counts[:, None]
        means.append(total)
    return means[0], means[1]


def _known_of_words(layout: Layout, near: Integers, wordings: Keys) -> NDArray[np.bool_]:
    """Bits: lists of the first and last word, head and word before; possible tags of first and last; kinds of names."""
    chosen = near[:, :4]
    possible = layout.column(POSSIBLE, near[:, :2]) - np.uint32(20_000)
    kinds = lexicon().places(wordings)[:, None]
    numbers = np.concatenate([layout.column(LISTS, chosen), np.where(possible < 512, possible, 0), kinds], axis=1)
    bits: NDArray[np.bool_] = (numbers[:, :, None] >> _BITS & np.uint32(1)).astype(bool)
    return bits.reshape(len(near), -1)


def _signs(layout: Layout, near: Integers, spans: Integers) -> Any:
    """Bits: cases here and elsewhere in the text, marks beside, a year behind, an end of the sentence beside."""
    cases = layout.column(CASE, near)[:, :, None] == np.arange(1, OTHER_CASE + 1, dtype=np.uint32)
    marks = layout.column(WORD, near[:, 3:5])[:, :, None] == _mark_words()
    behind = np.minimum(near[:, 4:5] + np.arange(3), len(layout.ids) - 1)
    ends = layout.place[np.searchsorted(layout.document, layout.document[spans[:, 0]], side="right") - 1]
    year = ((layout.column(WORD, behind) == _year()) & (behind <= ends[:, None])).any(axis=1)
    bits = np.stack([layout.cases[spans[:, 0]], layout.cases[spans[:, 1] - 1]], axis=1)
    elsewhere = bits[:, :, None] >> np.arange(4) & 1
    opens, closes = (layout.ids[near[:, place]] == 0 for place in (3, 4))
    parts = [cases, marks, elsewhere, np.stack([year, opens, closes], axis=1)]
    return np.concatenate([part.reshape(len(near), -1) for part in parts], axis=1)


def _explained(layout: Layout, near: Integers, spans: Integers, group: Integers) -> NDArray[np.bool_]:
    """Whether the wording stands in brackets behind a word in lower case, or behind another, in its text."""
    words = layout.column(WORD, near[:, 3:5])
    bracketed = (words[:, 0] == _mark_words()[1]) & (words[:, 1] == _mark_words()[2]) & (spans[:, 1] - spans[:, 0] == 1)
    plain = layout.column(CASE, near[:, 5]) == LOWER
    explained = np.zeros((int(group.max()) + 1, 2), dtype=bool)
    explained[group[bracketed & plain], 0] = True
    explained[group[bracketed & ~plain], 1] = True
    return explained[group]


class Network:
    """One hidden layer, with a way around it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._inner, self._bias, self._outer, self._direct, self._base = (
            data[name].astype(np.float32) for name in ("inner", "bias", "outer", "direct", "base")
        )

    def scores(self, numbers: Floats) -> Floats:
        """Score of each kind, a row a candidate."""
        count, width = numbers.shape
        blocks = np.zeros((-(-count // _ROWS), _ROWS, width), dtype=np.float32)
        blocks.reshape(-1, width)[:count] = numbers
        hidden = blocks @ self._inner
        hidden += self._bias
        np.maximum(hidden, 0, out=hidden)
        scores: Floats = hidden @ self._outer + blocks @ self._direct + self._base
        return scores.reshape(-1, scores.shape[-1])[:count]
