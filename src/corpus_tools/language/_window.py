"""A fast linear labeller: every token is scored from its neighbourhood, then again with its neighbours' labels.

The first pass adds up the weights of features of the words at distance up to two, and of pairs and triples of them.
What one word contributes is summed once per distinct form and remembered, so that running text costs a few array
operations. The second pass adds features of the labels that the first pass gave, also of the label that the same word
has elsewhere in the document; where it changes a label, it is run again around the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Combinations, Keys, Weights, spread, unpack
from corpus_tools.language._types import (
    ALL_CAPITALS,
    CAPITAL,
    CASE,
    CLASS,
    CLUSTER,
    LOWER,
    OTHER_CASE,
    POSSIBLE_CASE,
    SUFFIX2,
    SUFFIX3,
    WORD,
    TypeStore,
    grown,
    window_keys,
)

#: A label that the first pass prefers by so much stands; the second pass hardly ever changes such labels.
SURE = 4.0
#: The same for the words alone, before their pairs and triples are looked at.
SURE_WORD = 6.0
Integers = NDArray[np.int32]
Scores = NDArray[np.float32]
STORE = TypeStore()
#: Pairs and triples of words (columns 0-2) and their classes (3-7: two before to two after); case, habit, suffix.
CONTEXT = Combinations(
    1,
    (
        (0, 1),
        (1, 2),
        (0, 2),
        (4, 5),
        (5, 6),
        (4, 6),
        (3, 4),
        (6, 7),
        (4, 5, 6),
        (8, 9),
        (8, 9, 10),
        (11, 12),
        (12, 13),
        (11, 13),
        (11, 12, 13),
    ),
    14,
)
#: Labels two before to two after (columns 0-4), word, suffix, label elsewhere, case elsewhere, case.
AROUND = Combinations(
    2,
    (
        *(
            (1,),
            (3,),
            (0,),
            (4,),
            (1, 3),
            (0, 1),
            (3, 4),
            (0, 1, 3, 4),
            (1, 5),
            (3, 5),
            (1, 6),
            (3, 6),
        ),
        *((0, 1, 3), (1, 3, 4), (2,), (2, 5), (1, 2, 3), (7,), (7, 2), (8, 9)),
        *((1, 10), (3, 10), (1, 3, 10)),
    ),
    11,
)


@dataclass(frozen=True)
class Layout:
    """Tokens of a document as ids of forms, with room between sentences.

    Attributes
    ----------
    ids : array
        Ids of the forms, padded with two 0 before each sentence and at the end.
    place : array
        Where each token stands in `ids`.
    sentence : array
        Number of each token's sentence.
    columns : array
        Feature numbers of the tokens' forms, padded like `ids`.
    words : array
        Number of each token's normalised word, counted from 0 within the document.
    cases : array
        In which cases a token's word is written at other places: bits for lower case, capital, all capitals, and 8 for
        the first token of a sentence.
    """

    ids: Integers
    place: NDArray[np.intp]
    sentence: Integers
    columns: Keys
    words: NDArray[np.intp]
    cases: Keys


def lay_out(forms: list[str], lengths: list[int], store: TypeStore = STORE) -> Layout:
    """Prepare a document: its forms in order, and how many of them each sentence has."""
    ids = store.look_up(forms)
    sentence = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    place = np.arange(len(forms)) + 2 * (sentence.astype(np.intp) + 1)
    padded = np.zeros(len(forms) + 2 * (len(lengths) + 1), dtype=np.int32)
    padded[place] = ids
    words = np.unique(store.word_ids[ids], return_inverse=True)[1]
    cases = _cases_elsewhere(words, store.columns[ids, CASE], padded[place - 1] == 0)
    return Layout(padded, place, sentence, store.columns[padded], words, cases)


def _cases_elsewhere(words: NDArray[np.intp], case: Keys, first: NDArray[np.bool_]) -> Keys:
    """Bits for the cases that each token's word has at other places of the document; see `Layout.cases`."""
    told = (~first | (case == LOWER) | (case == ALL_CAPITALS)) & (case < OTHER_CASE)
    counts = np.zeros((int(words.max(initial=0)) + 1, OTHER_CASE + 1), dtype=np.int32)
    np.add.at(counts, (words[told], case[told]), 1)
    seen = counts[words]
    seen[np.flatnonzero(told), case[told]] -= 1
    bits = (seen[:, LOWER] > 0) * 1 + (seen[:, CAPITAL] > 0) * 2 + (seen[:, ALL_CAPITALS] > 0) * 4 + first * 8
    return spread(bits)


def context_keys(layout: Layout, chosen: Any = slice(None)) -> Keys:
    """Keys of pairs and triples of words, and of the sentence's habit of capitals; one row a token."""
    at = layout.place[chosen]
    word, kind = layout.columns[:, WORD], layout.columns[:, CLASS]
    w1, w2, w3 = word[at - 1], word[at], word[at + 1]
    c0, c1, c2, c3, c4 = (kind[at + offset] for offset in (-2, -1, 0, 1, 2))
    cl = layout.columns[:, CLUSTER]
    cl = np.where(cl == 0, kind, cl)
    case = layout.columns[at, CASE]
    habit = capital_habit(layout)[chosen]
    return CONTEXT.keys(
        [
            w1,
            w2,
            w3,
            c0,
            c1,
            c2,
            c3,
            c4,
            spread(case),
            habit,
            layout.columns[at, SUFFIX2],
            cl[at - 1],
            cl[at],
            cl[at + 1],
        ]
    )


def capital_habit(layout: Layout) -> Keys:
    """How much of each token's sentence is capitalised, as a small number: headlines are not names."""
    case = layout.columns[layout.place, CASE]
    count = len(layout.sentence) and int(layout.sentence[-1]) + 1
    words = np.bincount(layout.sentence, case < OTHER_CASE, count)
    capitals = np.bincount(layout.sentence, (case == CAPITAL) | (case == ALL_CAPITALS), count)
    screams = np.bincount(layout.sentence, case == ALL_CAPITALS, count)
    share = np.minimum(4, 5 * capitals / np.maximum(1, words)).astype(np.uint32)
    habit = share + 8 * (screams > 0.5 * words) + 16 * (words < 4)
    numbers: Keys = spread(habit)[layout.sentence]
    return numbers


def label_keys(layout: Layout, labels: NDArray[np.intp], classes: int, chosen: Any = slice(None)) -> Keys:
    """Keys of the labels around tokens, and of the label of the same word elsewhere; one row a token.

    Parameters
    ----------
    layout : Layout
    labels : array
        Label of every token.
    classes : int
        How many labels there are.
    chosen : slice or array
        The tokens whose keys are wanted.
    """
    at = layout.place[chosen]
    padded = np.full(len(layout.ids), spread(classes), dtype=np.uint32)
    padded[layout.place] = spread(labels)
    around = [padded[at + offset] for offset in (-2, -1, 0, 1, 2)]
    own = layout.columns[at]
    elsewhere = label_elsewhere(layout.words, labels, classes)[chosen]
    return AROUND.keys(
        [
            *around,
            own[:, WORD],
            own[:, SUFFIX3],
            elsewhere,
            layout.cases[chosen],
            spread(own[:, CASE]),
            own[:, POSSIBLE_CASE],
        ]
    )


def label_elsewhere(words: NDArray[np.intp], labels: NDArray[np.intp], classes: int) -> Keys:
    """Most frequent label of the same word at other places of the document; apart from all where there is none."""
    counts = np.bincount(words * classes + labels, minlength=(int(words.max(initial=0)) + 1) * classes)
    others = counts.reshape(-1, classes)[words]
    others[np.arange(len(labels)), labels] -= 1
    return spread(np.where(others.any(axis=1), others.argmax(axis=1) + 1, 0))


class WindowModel:
    """Labels for the tokens of a document (see the module's docstring).

    Parameters
    ----------
    labels : list of str
        The labels, in the order of the weights' columns.
    first, second : Weights
        Of the two passes.
    carry : float
        How much of the first pass's scores goes into the second.
    """

    def __init__(self, labels: list[str], first: Weights, second: Weights, carry: float = 0.5) -> None:
        self.labels = labels
        self.first = first
        self.second = second
        self.carry = np.float32(carry)
        self._vectors: Scores = np.zeros((0, 5, len(labels)), dtype=np.float32)
        self._generation, self._known = -1, 0

    @classmethod
    def from_arrays(cls, data: dict[str, Any]) -> WindowModel:
        """Make a model of its arrays."""
        first, second = [Weights(unpack(data[f"keys{n}"]), data[f"rows{n}"], float(data["scales"][n])) for n in (0, 1)]
        return cls([str(label) for label in data["labels"]], first, second)

    def scores(self, layout: Layout, store: TypeStore = STORE) -> Scores:
        """Score of each label for each token, after both passes."""
        if not len(layout.place):
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        local = self.local_scores(layout, store)
        before = local.argmax(axis=1)
        unsure = lead(local) < SURE
        scores = local.copy()
        open_ = np.flatnonzero(unsure)
        scores[open_] = self._again(layout, local, before, open_)
        after = scores.argmax(axis=1)
        near = _near(np.flatnonzero(before != after), len(after))
        near = near[unsure[near]]
        scores[near] = self._again(layout, local, after, near)
        return scores

    def _again(self, layout: Layout, local: Scores, labels: NDArray[np.intp], chosen: NDArray[np.intp]) -> Scores:
        """Score some tokens, given the labels of all."""
        if not len(chosen):
            return local[chosen]
        scores: Scores = local[chosen] * self.carry + self.second.total(
            label_keys(layout, labels, len(self.labels), chosen)
        )
        return scores

    def local_scores(self, layout: Layout, store: TypeStore = STORE) -> Scores:
        """Scores after the first pass."""
        vectors = self._type_vectors(store)
        total: Scores = vectors[layout.ids[layout.place - 2], 0]
        for offset in range(1, 5):
            total += vectors[layout.ids[layout.place + offset - 2], offset]
        unsure = np.flatnonzero(lead(total) < SURE_WORD)
        if len(unsure):
            total[unsure] += self.first.total(context_keys(layout, unsure))
        return total

    def _type_vectors(self, store: TypeStore) -> Scores:
        if self._generation != store.generation:
            self._generation, self._known = store.generation, 0
        if self._known < store.size:
            fresh = slice(self._known, store.size)
            self._vectors = grown(self._vectors, store.size)
            for offset, keys in enumerate(window_keys(store.columns[fresh])):
                self._vectors[fresh, offset] = self.first.total(keys)
            self._known = store.size
        return self._vectors


def lead(scores: Scores) -> NDArray[np.float32]:
    """By how much the best label of each token leads."""
    two = np.partition(scores, -2, axis=1)[:, -2:]
    lead: NDArray[np.float32] = two[:, 1] - two[:, 0]
    return lead


def _near(places: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Places at distance of at most two from one of `places`."""
    marked = np.zeros(count + 4, dtype=bool)
    for offset in range(5):
        marked[places + offset] = True
    return np.flatnonzero(marked[2:-2])
