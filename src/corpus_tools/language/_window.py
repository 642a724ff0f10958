"""A fast linear labeller: every token is scored from its neighbourhood, then again with its neighbours' labels.

The first pass adds up the weights of features of the words at distance up to two, and of pairs and triples of them.
What one word contributes is summed once per distinct form and remembered, so that running text costs a few array
operations. The second pass adds features of the labels that the first pass gave, also of the label that the same word
has elsewhere in the document; where it changes a label, it is run again around the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Combinations, Keys, Weights, spread, unpack, unpack_rows
from corpus_tools.language._stretches import memory
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
    window_keys,
)

#: A label that the first pass prefers by so much stands; the second pass hardly ever changes such labels.
SURE = 4.0
#: The same for the words alone, before their pairs and triples are looked at.
SURE_WORD = 6.0
Integers = NDArray[np.int32]
Scores = NDArray[np.float32]
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
_TWO_BEFORE, _TWO_AFTER = 3, 7
#: Tokens for which it is quicker to sort scores than to go through them label by label.
_FEW = 1000
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
    """Tokens of some texts as ids of forms, with room between sentences.

    Attributes
    ----------
    types : TypeStore
        Where the ids are from.
    ids : array
        Ids of the forms, padded with two 0 before each sentence and at the end.
    place : array
        Where each token stands in `ids`.
    sentence, document : array
        Number of each token's sentence and text.
    words : array
        Number of each token's normalised word, counted from 0; each text has numbers of its own.
    """

    types: TypeStore
    ids: Integers
    place: NDArray[np.intp]
    sentence: Integers
    document: Integers
    words: NDArray[np.intp]

    def column(self, column: int, places: Any = slice(None)) -> Keys:
        """Feature numbers of the forms at some places of `ids`."""
        numbers: Keys = self.types.columns[self.ids[places], column]
        return numbers

    def rows(self, places: Any) -> Keys:
        """All feature numbers of the forms at some places of `ids`."""
        numbers: Keys = self.types.columns[self.ids[places]]
        return numbers

    @cached_property
    def own(self) -> Integers:
        """Ids of the tokens' forms."""
        return self.ids[self.place]

    @cached_property
    def cases(self) -> NDArray[np.intp]:
        """In which cases a token's word is written at other places of its text.

        Bits for lower case, capital and all capitals, and 8 for the first token of a sentence.
        """
        case = self.types.columns[self.own, CASE].astype(np.intp)
        first = self.ids[self.place - 1] == 0
        told = (~first | (case == LOWER) | (case == ALL_CAPITALS)) & (case < OTHER_CASE)
        width = OTHER_CASE + 1
        numbers = self.words * width + case
        counts = np.bincount(numbers[told], minlength=(int(self.words.max(initial=0)) + 1) * width)
        seen = counts.reshape(-1, width)[self.words]
        seen[told.nonzero()[0], case[told]] -= 1
        lower, capital, capitals = (seen[:, column] > 0 for column in (LOWER, CAPITAL, ALL_CAPITALS))
        bits: NDArray[np.intp] = lower * 1 + capital * 2 + capitals * 4 + first * 8
        return bits

    @cached_property
    def habits(self) -> NDArray[np.intp]:
        """How much of each sentence is capitalised, as a small number: headlines are not names."""
        case = self.types.columns[self.own, CASE]
        count = len(self.sentence) and int(self.sentence[-1]) + 1
        words = np.bincount(self.sentence, case < OTHER_CASE, count)
        capitals = np.bincount(self.sentence, (case == CAPITAL) | (case == ALL_CAPITALS), count)
        screams = np.bincount(self.sentence, case == ALL_CAPITALS, count)
        share = np.minimum(4, 5 * capitals / np.maximum(1, words)).astype(np.intp)
        habits: NDArray[np.intp] = share + 8 * (screams > 0.5 * words) + 16 * (words < 4)
        return habits


def lay_out(forms: list[str], lengths: list[int], types: TypeStore | None = None) -> Layout:
    """Prepare one text: its forms in order, and how many of them each sentence has."""
    types = types or memory().types
    return arrange(types, types.look_up(forms), np.array(lengths, dtype=np.intp), np.array([len(forms)]))


def arrange(types: TypeStore, ids: Integers, sentences: NDArray[np.intp], documents: NDArray[np.intp]) -> Layout:
    """Prepare texts: the ids of their forms, and how many of them each sentence and each text has."""
    sentence = np.repeat(np.arange(len(sentences), dtype=np.int32), sentences)
    document = np.repeat(np.arange(len(documents), dtype=np.int32), documents)
    place = np.arange(len(ids)) + 2 * (sentence.astype(np.intp) + 1)
    padded = np.zeros(len(ids) + 2 * (len(sentences) + 1), dtype=np.int32)
    padded[place] = ids
    words = types.word_ids[ids].astype(np.intp)
    if len(documents) > 1:
        words += document * (int(words.max(initial=0)) + 1)
    return Layout(types, padded, place, sentence, document, np.unique(words, return_inverse=True)[1])


def context_keys(layout: Layout, chosen: Any = slice(None)) -> Keys:
    """Keys of pairs and triples of words, and of the sentence's habit of capitals; one row a token."""
    at, ids, types = layout.place[chosen], layout.ids, layout.types
    keys: Keys = _habit_shares().take(layout.habits[layout.sentence[chosen]], axis=0)
    for offset in (-1, 0, 1):
        shares = types.derived(("context", offset), partial(_context_shares, types, offset))
        keys += shares.take(ids[at + offset], axis=0)
    for column, offset in ((_TWO_BEFORE, -2), (_TWO_AFTER, 2)):
        keys += CONTEXT.share([column], [layout.column(CLASS, at + offset)])
    return keys


def _context_shares(types: TypeStore, offset: int, part: slice) -> Keys:
    """Return what forms give to the keys of the word behind, themselves or the word before them."""
    columns = types.columns[part]
    word, kind, cluster = columns[:, WORD], columns[:, CLASS], columns[:, CLUSTER]
    cluster = np.where(cluster == 0, kind, cluster)
    if offset:
        return CONTEXT.share([1 + offset, 5 + offset, 12 + offset], [word, kind, cluster])
    case, suffix = spread(columns[:, CASE]), columns[:, SUFFIX2]
    return CONTEXT.share([1, 5, 8, 10, 12], [word, kind, case, suffix, cluster], first=True)


@cache
def _habit_shares() -> Keys:
    return CONTEXT.share([9], [spread(np.arange(32))])


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
    at, types, each = layout.place[chosen], layout.types, classes + 1
    padded = np.full(len(layout.ids), classes)
    padded[layout.place] = labels
    before, own, after, cases = _label_shares(classes)
    keys: Keys = types.derived("labels", partial(_label_type_shares, types)).take(layout.ids[at], axis=0)
    keys += before.take(padded[at - 2] * each + padded[at - 1], axis=0)
    keys += after.take(padded[at + 1] * each + padded[at + 2], axis=0)
    keys += own.take(padded[at] * each + label_elsewhere(layout.words, labels, classes, chosen), axis=0)
    keys += cases.take(layout.cases[chosen], axis=0)
    return keys


def _label_type_shares(types: TypeStore, part: slice) -> Keys:
    """Return what forms themselves give to the keys of the labels around them."""
    columns = types.columns[part]
    parts = [columns[:, WORD], columns[:, SUFFIX3], spread(columns[:, CASE]), columns[:, POSSIBLE_CASE]]
    return AROUND.share([5, 6, 9, 10], parts, first=True)


@cache
def _label_shares(classes: int) -> tuple[Keys, Keys, Keys, Keys]:
    """Return what labels give: two before, the own and that elsewhere, two after, all by pairs; and the cases."""
    pairs = np.divmod(np.arange((classes + 1) ** 2), classes + 1)
    parts = [spread(number) for number in pairs]
    before, own, after = (AROUND.share(columns, parts) for columns in ([0, 1], [2, 7], [3, 4]))
    return before, own, after, AROUND.share([8], [spread(np.arange(16))])


def label_elsewhere(
    words: NDArray[np.intp], labels: NDArray[np.intp], classes: int, chosen: Any = slice(None)
) -> NDArray[np.intp]:
    """Return 1 + the most frequent label of the same word at other places of the text; 0 where there is none."""
    counts = np.bincount(words * classes + labels, minlength=(int(words.max(initial=0)) + 1) * classes)
    others = counts.reshape(-1, classes)[words[chosen]]
    others[np.arange(len(others)), labels[chosen]] -= 1
    return np.where(others.any(axis=1), others.argmax(axis=1) + 1, 0)


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

    @classmethod
    def from_arrays(cls, data: dict[str, Any]) -> WindowModel:
        """Make a model of its arrays."""
        labels = [str(label) for label in data["labels"]]
        first, second = (
            Weights(
                unpack(data[f"keys{number}"]),
                unpack_rows(data[f"bits{number}"], data[f"weights{number}"], len(labels)),
                float(data["scales"][number]),
            )
            for number in (0, 1)
        )
        return cls(labels, first, second)

    def scores(self, layout: Layout) -> Scores:
        """Score of each label for each token, after both passes."""
        if not len(layout.place):
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        local = self.local_scores(layout)
        before = local.argmax(axis=1)
        unsure = lead(local) < SURE
        scores = local.copy()
        open_ = unsure.nonzero()[0]
        scores[open_] = self._again(layout, local, before, open_)
        after = before.copy()
        after[open_] = scores[open_].argmax(axis=1)
        near = _near((before != after).nonzero()[0], len(after))
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

    def local_scores(self, layout: Layout) -> Scores:
        """Scores after the first pass."""
        total: Scores = np.zeros((len(layout.place), len(self.labels)), dtype=np.float32)
        for offset in range(5):
            total += self._type_scores(layout.types, offset).take(layout.ids[layout.place + offset - 2], axis=0)
        unsure = (lead(total) < SURE_WORD).nonzero()[0]
        if len(unsure):
            total[unsure] += self.first.total(context_keys(layout, unsure))
        return total

    def _type_scores(self, types: TypeStore, offset: int) -> Scores:
        """Return what each form says about the token two behind it, one behind it, itself and so on."""
        return types.derived((self, offset), lambda part: self.first.total(window_keys(types.columns[part])[offset]))


def lead(scores: Scores) -> NDArray[np.float32]:
    """By how much the best label of each token leads."""
    if len(scores) < _FEW:
        two = np.partition(scores, -2, axis=1)[:, -2:]
        return two[:, 1] - two[:, 0]
    first, *others = np.ascontiguousarray(scores.T)
    second = np.full_like(first, -np.inf)
    for other in others:
        second = np.maximum(second, np.minimum(first, other))
        first = np.maximum(first, other)
    leads: NDArray[np.float32] = first - second
    return leads


def _near(places: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Places at distance of at most two from one of `places`."""
    marked = np.zeros(count + 4, dtype=bool)
    for offset in range(5):
        marked[places + offset] = True
    return marked[2:-2].nonzero()[0]
