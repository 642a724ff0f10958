"""Gaps between words where a sentence may end beside or against the rules, and a model that decides about them.

The rules of `corpus_tools.language.sentences` know stops, abbreviations and paragraphs. Headlines, signatures, lists
and addresses in running text have no stops: the model weighs the words on both sides (``training/sentences.md``).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Combinations, Keys, Weights, spread, unpack
from corpus_tools.language._resources import arrays
from corpus_tools.language._stretches import (
    DIGIT,
    STOP,
    STRETCH_CASE,
    STRETCH_CLUSTER,
    STRETCH_SHAPE,
    STRETCH_SIGN,
    STRETCH_WORD,
    Places,
    Reading,
    merged,
)
from corpus_tools.language._types import LOWER

#: The score from which a gap ends a sentence; above 0, so that edited text is not cut without need.
ENOUGH = 0.5
#: The score down to which a boundary of the rules stands.
TOLERATED = -2.0
#: Scores of single words from which on the rest does not change what the rules say: in about a thousand texts nothing
#: above -1.1 without, and nothing below 0.5 with a boundary of the rules was changed.
NO_DOUBT = (-1.3, 1.0)
_BATCH = 20_000
#: Columns of a gap, for the words before (0), after (1), two before (2), two after (3): word, shape, case, cluster;
#: what the rules say; how far their boundaries are; the last sign before the gap; how the text's lines end.
(W0, W1, W2, W3, S0, S1, S2, S3, C0, C1, C2, C3, K0, K1, BEHIND, AHEAD, SIGN, STYLE, RULE) = range(19)
_SINGLE = (W0, W1, W2, W3, S0, S1, S2, S3, K0, K1, BEHIND, AHEAD, SIGN, STYLE)
_PAIRS = (
    (S0, S1),
    (W0, S1),
    (S0, W1),
    (W0, W1),
    (SIGN, S1),
    (K0, K1),
    (BEHIND, AHEAD),
    (SIGN, W1),
    (W0, C1),
)
_MORE = (
    *(
        (SIGN, C1, C3),
        (S2, S0, S1),
        (S0, S1, S3),
        (SIGN, C1, BEHIND),
        (SIGN, C1, AHEAD),
        (SIGN, C1, STYLE),
    ),
    *((C2, C0, SIGN, C1, C3), (K1, C1, C3), (K0, C0, SIGN, C1)),
)
_TOGETHER = Combinations(
    11, tuple((*columns, RULE) for columns in (*((column,) for column in _SINGLE), *_PAIRS, *_MORE)), 19
)
_LOWER = spread(LOWER)
_BUCKETS = np.array([1, 2, 3, 4, 6, 9, 14, 25])


#: Features of one word alone, and at which of the four places around a gap the word stands.
_ALONE = [number for number, column in enumerate(_SINGLE) if column not in {BEHIND, AHEAD, STYLE}]
_PLACE_OF = {
    **{W0: 0, W1: 1, W2: 2, W3: 3, S0: 0, S1: 1, S2: 2, S3: 3},
    **{K0: 0, K1: 1, SIGN: 0},
}
_BY_PLACE = np.array([[_PLACE_OF[_SINGLE[number]] == place for place in range(4)] for number in _ALONE], dtype=np.int16)
#: Where the four words around a gap stand, from the one behind it.
_AROUND = np.array([-1, 0, -2, 1])[:, None]


class Gaps:
    """Gaps of texts inside their lines; not before most words in lower case.

    Parameters
    ----------
    reading : Reading
        The texts.
    starts : array
        Where the rules begin sentences.

    Attributes
    ----------
    starts : array
        Where the word behind each gap starts.
    """

    def __init__(self, reading: Reading, starts: Places) -> None:
        self._reading = reading
        self._memory = reading.memory
        ids, lines = reading.ids, reading.opens_line
        columns = self._memory.columns[ids]
        self._ruled = _marked(reading.starts, starts)
        behind = self._memory.columns[reading.padded[reading.place - 1], STRETCH_SIGN]
        may = columns[:, STRETCH_CASE] != _LOWER
        may |= behind > DIGIT
        may |= self._ruled
        may &= ~lines
        self._border = (self._ruled | lines).nonzero()[0]
        self._styles = self._style(columns[:, STRETCH_SIGN])
        self._choose(may.nonzero()[0])

    def _style(self, signs: Keys) -> Places:
        """Tell how many quarters of each text's lines and sentences end with a stop."""
        count = len(self._reading.offsets)
        if not len(signs):
            return np.zeros(count, dtype=np.intp)
        ends = np.append(self._border[1:], len(signs)) - 1
        text = np.searchsorted(self._reading.documents, ends, side="right") - 1
        stops = np.bincount(text[signs[ends] >= STOP], minlength=count)
        quarters: Places = 4 * stops // np.maximum(1, np.bincount(text, minlength=count))
        return quarters

    def _choose(self, chosen: Places) -> None:
        self._chosen, self.starts = chosen, self._reading.starts[chosen]

    def _around(self, chosen: Places) -> Places:
        around: Places = self._reading.padded[self._reading.place[chosen] + _AROUND]
        return around

    def only_doubtful(self) -> Gaps:
        """Leave out the gaps where the words alone say what the rules say."""
        rule = self._ruled[self._chosen].astype(np.intp)
        alone = self._memory.judged(_judge)
        total = sum(alone[row, rule, place] for place, row in enumerate(self._around(self._chosen)))
        total = total * _weights().scale
        self._choose(self._chosen[np.where(rule, total < NO_DOUBT[1], total > NO_DOUBT[0])])
        return self

    def keys(self, part: slice) -> Keys:
        """Keys of the features of some gaps, a row a gap."""
        chosen = self._chosen[part]
        parts = np.zeros((19, len(chosen)), dtype=np.uint32)
        around = self._memory.columns[self._around(chosen)]
        parts[W0 : W3 + 1], parts[S0 : S3 + 1] = around[:, :, STRETCH_WORD], around[:, :, STRETCH_SHAPE]
        parts[C0 : C3 + 1], parts[K0 : K1 + 1] = around[:, :, STRETCH_CASE], around[:2, :, STRETCH_CLUSTER]
        place = np.searchsorted(self._border, chosen)
        following = np.append(self._border, len(self._ruled))[np.searchsorted(self._border, chosen, side="right")]
        parts[BEHIND] = np.searchsorted(_BUCKETS, chosen - self._border[place - 1], side="right")
        parts[AHEAD] = np.searchsorted(_BUCKETS, following - chosen, side="right")
        text = np.searchsorted(self._reading.documents, chosen, side="right") - 1
        parts[SIGN], parts[STYLE], parts[RULE] = around[0, :, STRETCH_SIGN], self._styles[text], self._ruled[chosen]
        parts[BEHIND:] = spread(parts[BEHIND:])
        return _TOGETHER.keys(list(parts))


def _judge(columns: Keys) -> NDArray[np.int16]:
    """Sum the weights of stretches alone: a row a stretch, without and with a boundary, at each place."""
    judged = np.zeros((len(columns), 2, 4), dtype=np.int16)
    for rule in (0, 1):
        parts = [columns[:, STRETCH_WORD]] * 4 + [columns[:, STRETCH_SHAPE]] * 4 + [columns[:, STRETCH_CASE]] * 4
        parts += [columns[:, STRETCH_CLUSTER]] * 2
        parts += [spread(columns[:, STRETCH_SIGN])] * 4 + [np.full(len(columns), spread(rule))]
        judged[:, rule] = _weights().each(_TOGETHER.keys(parts)[:, _ALONE]) @ _BY_PLACE
    return judged


def _marked(at: Places, starts: Places) -> NDArray[np.bool_]:
    """Whether each chunk is where a sentence starts; some start inside of a chunk."""
    marked = np.zeros(len(at) + 1, dtype=bool)
    places = np.searchsorted(at, starts)
    marked[places] = np.append(at, -1)[places] == starts
    return marked[:-1]


@cache
def _weights() -> Weights:
    data = arrays("sentences.npz")
    return Weights(unpack(data["keys0"]), data["rows0"], float(data["scale0"]))


def decided(reading: Reading, starts: Places) -> Places:
    """Where sentences begin, given where the rules begin them."""
    found = Gaps(reading, starts).only_doubtful()
    for first in range(0, len(found.starts), _BATCH):
        part = slice(first, first + _BATCH)
        scores = _weights().total(found.keys(part))[:, 0]
        here = found.starts[part]
        starts = merged(starts, here[scores >= ENOUGH])
        starts = np.setdiff1d(starts, here[scores < TOLERATED], assume_unique=True)
    return starts
