"""Gaps between words where a sentence may end beside or against the rules, and a model that decides about them.

The rules of `corpus_tools.language.sentences` know stops, abbreviations and paragraphs. Headlines, signatures, lists
and addresses in running text have no stops: the model weighs the words on both sides (``training/sentences.md``).
"""

from __future__ import annotations

import re
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
Places = NDArray[np.intp]
_CHUNK = re.compile(r"\S+")
_EDGES = ".,;:!?…()[]{}<>\"'“”‘’«»*_-–—"
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
_NOTHING, _DIGIT, _ADDRESS, _OTHER, _STOP = 0, 1, 13, 14, 5
_BUCKETS = np.array([1, 2, 3, 4, 6, 9, 14, 25])


class _Chunks:
    """What is known of stretches without white space: word and shape, case and cluster without marks, last sign."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything, so that a long run keeps its memory bounded."""
        self.ids: dict[str, int] = {"": 0}
        self.columns: Keys = np.zeros((1, 5), dtype=np.uint32)

    def look_up(self, chunks: list[str]) -> Keys:
        """Rows of columns, one for each chunk, between two rows of nothing at either end."""
        if len(self.ids) > _LIMIT:
            self.clear()
        new = {chunk for chunk in chunks if chunk not in self.ids}
        if new:
            self._add(sorted(new))
        rows = np.zeros(len(chunks) + 4, dtype=np.intp)
        rows[2:-2] = [self.ids[chunk] for chunk in chunks]
        return self.columns[rows]

    def _add(self, chunks: list[str]) -> None:
        known, size = len(self.ids), len(self.ids) + len(chunks)
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
        self.ids.update(zip(chunks, range(known, size), strict=True))


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
        matches = list(_CHUNK.finditer(text))
        at = np.array([match.start() for match in matches], dtype=np.intp)
        self._columns = _CHUNKS.look_up([match.group() for match in matches])
        ruled = np.isin(at, np.array(starts, dtype=np.intp))
        lines = _line_starts(text, at)
        signs = self._columns[2:-2, _SIGN]
        may = ruled | (self._columns[2:-2, _CASE] != spread(LOWER))
        may[1:] |= signs[:-1] > _DIGIT
        may &= ~lines
        self._chosen = np.flatnonzero(may)
        self._ruled, self._border = ruled, np.flatnonzero(ruled | lines)
        self._count = len(at)
        self.starts = at[self._chosen]
        ends = signs[np.append(self._border[1:], self._count) - 1] if self._count else signs
        self._style = int(4 * np.mean(ends >= _STOP)) if len(ends) else 0

    def keys(self, part: slice) -> Keys:
        """Keys of the features of some gaps, a row a gap."""
        chosen, columns = self._chosen[part], self._columns
        parts = [np.zeros(len(chosen), dtype=np.uint32)] * 19
        for number, offset in enumerate((-1, 0, -2, 1)):
            rows = columns[chosen + 2 + offset]
            parts[W0 + number], parts[S0 + number], parts[C0 + number] = (
                rows[:, _WORD],
                rows[:, _SHAPE],
                rows[:, _CASE],
            )
            if offset in {-1, 0}:
                parts[K0 + number] = rows[:, _CLUSTER]
        place = np.searchsorted(self._border, chosen)
        following = np.append(self._border, self._count)[np.searchsorted(self._border, chosen, side="right")]
        parts[BEHIND] = spread(np.searchsorted(_BUCKETS, chosen - self._border[place - 1], side="right"))
        parts[AHEAD] = spread(np.searchsorted(_BUCKETS, following - chosen, side="right"))
        parts[SIGN] = spread(columns[chosen + 1, _SIGN])
        parts[RULE] = spread(self._ruled[chosen])
        parts[STYLE] = np.full(len(chosen), spread(self._style), dtype=np.uint32)
        return _TOGETHER.keys(parts)


def _line_starts(text: str, at: Places) -> NDArray[np.bool_]:
    """Whether each chunk is the first on its line."""
    first = np.zeros(len(at) + 1, dtype=bool)
    breaks = [match.start() for match in re.finditer("[\n\x0b\x0c\u2028\u2029\x85]", text)]
    first[np.searchsorted(at, np.array([0, *breaks], dtype=np.intp))] = True
    return first[:-1]


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
    found = Gaps(text, starts)
    begin = set(starts)
    weights = _weights()
    for first in range(0, len(found.starts), _BATCH):
        part = slice(first, first + _BATCH)
        scores = weights.total(found.keys(part))[:, 0]
        here = found.starts[part]
        begin.update(here[scores >= ENOUGH].tolist())
        begin.difference_update(here[scores < TOLERATED].tolist())
    return sorted(begin)
