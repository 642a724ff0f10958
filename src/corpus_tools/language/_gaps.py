"""Gaps between words where a sentence may end beside or against the rules, and a model that decides about them.

The rules of `corpus_tools.language.sentences` know stops, abbreviations and paragraphs. Headlines, signatures, lists
and addresses in running text have no stops: the model weighs the words on both sides (``training/sentences.md``).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Combinations, Keys, Weights, spread, unpack
from corpus_tools.language._resources import arrays, pairs
from corpus_tools.language._types import (
    CASE,
    CLUSTER10,
    COLUMNS,
    LOWER,
    SHAPE,
    WORD,
    complete,
    describe,
    grown,
)

#: The score from which a gap ends a sentence; above 0, so that edited text is not cut without need.
ENOUGH = 0.5
#: The score down to which a boundary of the rules stands.
TOLERATED = -2.0
#: Scores of single words from which on the rest does not change what the rules say: in about a thousand texts nothing
#: above -1.1 without, and nothing below 0.5 with a boundary of the rules was changed.
NO_DOUBT = (-1.3, 1.0)
Places = NDArray[np.intp]
_EDGES = ".,;:!?…()[]{}<>\"'“”‘’«»*_-–—"
_BREAKS = "\n\x0b\x0c\u2028\u2029\x85"
_LIMIT = 200_000
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
_WORD, _SHAPE, _CASE, _CLUSTER, _SIGN = range(5)
_LOWER = spread(LOWER)
_NOTHING, _DIGIT, _ADDRESS, _OTHER, _STOP = 0, 1, 13, 14, 5
_BUCKETS = np.array([1, 2, 3, 4, 6, 9, 14, 25])


#: Features of one word alone, and at which of the four places around a gap the word stands.
_ALONE = [number for number, column in enumerate(_SINGLE) if column not in {BEHIND, AHEAD, STYLE}]
_PLACE_OF = {
    **{W0: 0, W1: 1, W2: 2, W3: 3, S0: 0, S1: 1, S2: 2, S3: 3},
    **{K0: 0, K1: 1, SIGN: 0},
}
_BY_PLACE = np.array([[_PLACE_OF[_SINGLE[number]] == place for place in range(4)] for number in _ALONE], dtype=np.int16)
#: Where the four words around a gap stand, from the word before the one behind it, two places of nothing first.
_AROUND = np.array([1, 2, 0, 3])[:, None]


class _Chunks:
    """What is known of stretches without white space: word and shape, case and cluster without marks, last sign."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything, so that a long run keeps its memory bounded."""
        self._ids: dict[str, int] = {"": 0}
        self.columns: Keys = np.zeros((1, 5), dtype=np.uint32)
        self._alone: NDArray[np.int16] = np.zeros((0, 2, 4), dtype=np.int16)
        self._judged = 0

    def look_up(self, chunks: list[str]) -> Places:
        """Ids of chunks, between two of nothing at either end."""
        if len(self._ids) > _LIMIT:
            self.clear()
        found = list(map(self._ids.get, chunks))
        if None in found:
            self._add(sorted({chunk for chunk in chunks if chunk not in self._ids}))
            found = list(map(self._ids.get, chunks))
        return np.array([0, 0, *found, 0, 0], dtype=np.intp)

    def alone(self) -> NDArray[np.int16]:
        """Return sums of the weights of each chunk alone: a row a chunk, without and with a boundary, at each place."""
        size = len(self._ids)
        if self._judged < size:
            self._alone = grown(self._alone, size)
            fresh = self.columns[self._judged : size]
            for rule in (0, 1):
                parts = (
                    [fresh[:, _WORD]] * 4 + [fresh[:, _SHAPE]] * 4 + [fresh[:, _CASE]] * 4 + [fresh[:, _CLUSTER]] * 2
                )
                parts += [spread(fresh[:, _SIGN])] * 4 + [np.full(len(fresh), spread(rule))]
                rows = _weights().table.rows(_TOGETHER.keys(parts)[:, _ALONE])
                self._alone[self._judged : size, rule] = _weights().rows[:, 0].take(rows) @ _BY_PLACE
            self._judged = size
        return self._alone

    def _add(self, chunks: list[str]) -> None:
        known, size = len(self._ids), len(self._ids) + len(chunks)
        self.columns = grown(self.columns, size)
        cores = np.zeros((len(chunks), COLUMNS), dtype=np.uint32)
        numbers = [describe(chunk.strip(_EDGES)) for chunk in chunks]
        cores[:, : len(numbers[0])] = numbers
        complete(cores)
        fresh = self.columns[known:size]
        fresh[:, [_CASE, _CLUSTER]] = cores[:, [CASE, CLUSTER10]]
        fresh[:, _CASE] = spread(fresh[:, _CASE])
        whole = np.array([describe(chunk) for chunk in chunks], dtype=np.uint32)
        fresh[:, [_WORD, _SHAPE]] = whole[:, [WORD, SHAPE]]
        fresh[:, _SIGN] = [_sign(chunk) for chunk in chunks]
        self._ids.update(zip(chunks, range(known, size), strict=True))


_CHUNKS = _Chunks()


class Gaps:
    """Gaps of one text inside its lines; not before most words in lower case.

    Parameters
    ----------
    text : str
        The text.
    starts : list of int
        Where the rules begin sentences.

    Attributes
    ----------
    starts : array
        Where the word behind each gap starts.
    """

    def __init__(self, text: str, starts: list[int]) -> None:
        at, lines = _places(text)
        self._count = len(at)
        self._ids = _CHUNKS.look_up(text.split())
        signs = _CHUNKS.columns[self._ids[1:-2], _SIGN]
        self._ruled = _marked(at, np.array(starts, dtype=np.intp))
        may = _CHUNKS.columns[self._ids[2:-2], _CASE] != _LOWER
        may |= signs[:-1] > _DIGIT
        may |= self._ruled
        may &= ~lines
        self._border = np.flatnonzero(self._ruled | lines)
        ends = signs[np.append(self._border[1:], self._count)]
        self._style = 4 * np.count_nonzero(ends >= _STOP) // max(1, len(ends))
        self._at = at
        self._choose(np.flatnonzero(may))

    def _choose(self, chosen: Places) -> None:
        self._chosen, self.starts = chosen, self._at[chosen]

    def only_doubtful(self) -> Gaps:
        """Leave out the gaps where the words alone say what the rules say."""
        rule = self._ruled[self._chosen].astype(np.intp)
        words = self._ids[self._chosen + _AROUND]
        total = sum(_CHUNKS.alone()[row, rule, place] for place, row in enumerate(words)) * _weights().scale
        self._choose(self._chosen[np.where(rule, total < NO_DOUBT[1], total > NO_DOUBT[0])])
        return self

    def keys(self, part: slice) -> Keys:
        """Keys of the features of some gaps, a row a gap."""
        chosen = self._chosen[part]
        parts = np.zeros((19, len(chosen)), dtype=np.uint32)
        around = _CHUNKS.columns[self._ids[chosen + _AROUND]]
        parts[W0 : W3 + 1], parts[S0 : S3 + 1] = around[:, :, _WORD], around[:, :, _SHAPE]
        parts[C0 : C3 + 1], parts[K0 : K1 + 1] = around[:, :, _CASE], around[:2, :, _CLUSTER]
        place = np.searchsorted(self._border, chosen)
        following = np.append(self._border, self._count)[np.searchsorted(self._border, chosen, side="right")]
        parts[BEHIND] = np.searchsorted(_BUCKETS, chosen - self._border[place - 1], side="right")
        parts[AHEAD] = np.searchsorted(_BUCKETS, following - chosen, side="right")
        parts[SIGN], parts[STYLE], parts[RULE] = around[0, :, _SIGN], self._style, self._ruled[chosen]
        parts[BEHIND:] = spread(parts[BEHIND:])
        return _TOGETHER.keys(list(parts))


@cache
def _kinds_of_space() -> NDArray[np.uint8]:
    """For each character up to the last white one 1 for white space, 2 for an end of line, else 0; at the end a 0."""
    return np.array([chr(code).isspace() + (chr(code) in _BREAKS) for code in range(0x3002)], dtype=np.uint8)


def _places(text: str) -> tuple[Places, NDArray[np.bool_]]:
    """Where the chunks start, and which of them are the first on their line."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = _kinds_of_space().take(codes, mode="clip")
    begins = kinds == 0
    begins[1:] &= kinds[:-1] > 0
    at = np.flatnonzero(begins)
    first = np.zeros(len(at) + 1, dtype=bool)
    first[np.searchsorted(at, np.flatnonzero(kinds == 2))] = True
    first[0] = True
    return at, first[:-1]


def _marked(at: Places, starts: Places) -> NDArray[np.bool_]:
    """Whether each chunk is where a sentence starts; some start inside of a chunk."""
    marked = np.zeros(len(at) + 1, dtype=bool)
    places = np.searchsorted(at, starts)
    marked[places] = np.append(at, -1)[places] == starts
    return marked[:-1]


@cache
def _marks() -> dict[str, int]:
    return {mark: int(kind) for mark, kind in pairs("last_marks.tsv").items()}


def _sign(chunk: str) -> int:
    last = chunk[-1:]
    if "://" in chunk or ((last.isalpha() or last == "/") and ("www." in chunk or "@" in chunk)):
        return _ADDRESS
    if last.isalpha():
        return _NOTHING
    return _DIGIT if last.isdigit() else _marks().get(last, _OTHER)


@cache
def _weights() -> Weights:
    data = arrays("sentences.npz")
    return Weights(unpack(data["keys0"]), data["rows0"], float(data["scale0"]))


def decided(text: str, starts: list[int]) -> list[int]:
    """Where sentences begin, given where the rules begin them."""
    found = Gaps(text, starts).only_doubtful()
    begin = set(starts)
    for first in range(0, len(found.starts), _BATCH):
        part = slice(first, first + _BATCH)
        scores = _weights().total(found.keys(part))[:, 0]
        here = found.starts[part]
        begin.update(here[scores >= ENOUGH].tolist())
        begin.difference_update(here[scores < TOLERATED].tolist())
    return sorted(begin)
