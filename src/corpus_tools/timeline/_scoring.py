"""How much speaks for it that two reports tell of one event."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from corpus_tools.timeline._reports import Report

#: From this score on two reports are taken for one event.
THRESHOLD = 3.0
#: What a shared name of the context counts where one of two reports has no date.
_NAMES = 0.7
#: More than the error of scores that are counted for many pairs at once.
_ERROR = 1e-6
#: A shared word counts this above its rarity, so that one sum tells how many are shared and how rare they are.
_ONE = 1024.0
_NONE = -1
#: Kinds of which many happen on a day.
_VAGUE = ("statement", "other")

_Numbers = npt.NDArray[np.int64]
_Scores = npt.NDArray[np.float64]


def score(first: Report, second: Report, rarity: Mapping[str, float]) -> float:
    """Return how much speaks for one event; below zero where it cannot be."""
    time = _time_score(first, second)
    if time is None:
        return -1.0
    shared = math.fsum(rarity[word] for word in first.words & second.words)
    smaller = min(len(first.words), len(second.words)) or 1
    total = time + min(shared, 4.0) * 0.6 + 2.0 * len(first.words & second.words) / smaller
    total += 1.0 if first.kind == second.kind else 0.5 if first.family == second.family else -0.5
    tolls = _toll_score(first.killed, second.killed)
    if first.place and second.place:
        elsewhere = first.place.isdisjoint(second.place)
        if elsewhere and tolls < 0:
            return -1.0
        total += -0.7 if elsewhere else 1.0
    if first.predicate == second.predicate:
        total += 0.5
    if first.article == second.article and first.kind == second.kind and first.begin == second.begin is not None:
        total += 0.7
    if not (first.dated and second.dated):
        total += min(math.fsum(rarity[name] for name in first.names & second.names), 3.0) * _NAMES
    return total + tolls


def _time_score(first: Report, second: Report) -> float | None:
    bounds = (first.begin, first.finish, second.begin, second.finish)
    if all(bound is None for bound in bounds):
        return 0.0
    if (first.begin is None and first.finish is None) or (second.begin is None and second.finish is None):
        return -0.5 if first.family == second.family and first.family == "harm" else None
    begin = max((bound for bound in (first.begin, second.begin) if bound is not None), default=None)
    finish = min((bound for bound in (first.finish, second.finish) if bound is not None), default=None)
    if begin is not None and finish is not None and begin > finish:
        return None
    exact = first.begin == first.finish and second.begin == second.finish and first.begin is not None
    if exact and first.kind == second.kind and first.kind not in _VAGUE:
        return 2.2
    return 1.5 if exact else 0.5


def _toll_score(first: tuple[int | None, int | None], second: tuple[int | None, int | None]) -> float:
    if first[0] is None or second[0] is None:
        return 0.0
    if first[0] == second[0]:
        return 1.5 if first[0] >= 10 else 1.0 if first[0] > 1 else 0.3
    low, high = sorted((max(first[0], 1), max(second[0], 1)))
    return 0.0 if high <= 4 * low + 5 else -1.0


class Features:
    """Reports as arrays, so that many pairs of them can be looked at together.

    Parameters
    ----------
    items : sequence of Report
        The reports.
    rarity : mapping of str to float
        How rare each of their words and names is.
    """

    def __init__(self, items: Sequence[Report], rarity: Mapping[str, float]) -> None:
        self._family, self._kind, self._predicate, self._article = (
            _coded([getattr(item, name) for item in items]) for name in ("family", "kind", "predicate", "article")
        )
        self._begin, self._finish = (_or_none(getattr(item, name) for item in items) for name in ("begin", "finish"))
        self._killed = _or_none(item.killed[0] for item in items)
        self._words, self._names, self._places = (
            _matrix([getattr(item, name) for item in items], rarity) for name in ("words", "names", "place")
        )
        self._sizes = np.diff(self._words.indptr)
        self._telling = np.array([item.kind not in _VAGUE for item in items], dtype=np.bool_)
        self._harm = np.array([item.family == "harm" for item in items], dtype=np.bool_)

    def promising(self, first: _Numbers, second: _Numbers) -> npt.NDArray[np.bool_]:
        """Return which pairs of reports share a word or a name and can reach the threshold."""
        promising: npt.NDArray[np.bool_] = np.zeros(len(first), dtype=np.bool_)
        times = self._times(first, second)
        possible = np.flatnonzero(~np.isnan(times))
        first, second, times = first[possible], second[possible], times[possible]
        number, rarity = _shared(self._words, first, second)
        dated = self._dated(first) & self._dated(second)
        named = np.zeros(len(first), dtype=np.int64)
        names = np.zeros(len(first))
        asked = np.flatnonzero((number == 0) | ~dated)
        named[asked], names[asked] = _shared(self._names, first[asked], second[asked])
        smaller = np.maximum(np.minimum(self._sizes[first], self._sizes[second]), 1)
        total = times + np.minimum(rarity, 4.0) * 0.6 + 2.0 * number / smaller + self._alike(first, second)
        total += np.where(dated, 0.0, np.minimum(names, 3.0) * _NAMES)
        promising[possible] = ((number > 0) | (named > 0)) & (total >= THRESHOLD - _ERROR)
        return promising

    def _dated(self, which: _Numbers) -> npt.NDArray[np.bool_]:
        known: npt.NDArray[np.bool_] = (self._begin[which] != _NONE) | (self._finish[which] != _NONE)
        return known

    def _times(self, first: _Numbers, second: _Numbers) -> _Scores:
        """Return what `_time_score` does, not a number where it cannot be one event."""
        begins, finishes = self._begin[first], self._finish[first]
        others, ends = self._begin[second], self._finish[second]
        last, least = np.maximum(begins, others), np.minimum(finishes, ends)
        least = np.where(finishes == _NONE, ends, np.where(ends == _NONE, finishes, least))
        exact = (begins == finishes) & (others == ends) & (begins != _NONE)
        same = self._kind[first] == self._kind[second]
        times = np.where(exact, np.where(same & self._telling[first], 2.2, 1.5), 0.5)
        times[(last != _NONE) & (least != _NONE) & (last > least)] = np.nan
        one, other = self._dated(first), self._dated(second)
        harm = self._harm[first] & self._harm[second]
        return np.where(one & other, times, np.where(~one & ~other, 0.0, np.where(harm, -0.5, np.nan)))

    def _alike(self, first: _Numbers, second: _Numbers) -> _Scores:
        """Return what kind, place, predicate, article and toll count together."""
        kind = self._kind[first] == self._kind[second]
        total = np.where(kind, 1.0, np.where(self._family[first] == self._family[second], 0.5, -0.5))
        tolls = self._tolls(first, second)
        both = np.flatnonzero((np.diff(self._places.indptr)[first] > 0) & (np.diff(self._places.indptr)[second] > 0))
        elsewhere = _shared(self._places, first[both], second[both])[0] == 0
        total[both] += np.where(elsewhere, np.where(tolls[both] < 0, -np.inf, -0.7), 1.0)
        total += 0.5 * (self._predicate[first] == self._predicate[second])
        begins = (self._begin[first] == self._begin[second]) & (self._begin[first] != _NONE)
        total += 0.7 * (kind & begins & (self._article[first] == self._article[second]))
        result: _Scores = total + tolls
        return result

    def _tolls(self, first: _Numbers, second: _Numbers) -> _Scores:
        """Return what `_toll_score` does."""
        one, other = self._killed[first], self._killed[second]
        low, high = np.maximum(np.minimum(one, other), 1), np.maximum(np.maximum(one, other), 1)
        same = np.where(one >= 10, 1.5, np.where(one > 1, 1.0, 0.3))
        differing = np.where(high <= 4 * low + 5, 0.0, -1.0)
        known = (one != _NONE) & (other != _NONE)
        tolls: _Scores = np.where(known, np.where(one == other, same, differing), 0.0)
        return tolls


def _coded(values: Sequence[str]) -> _Numbers:
    codes: dict[str, int] = {}
    return np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int64)


def _or_none(values: Iterable[int | None]) -> _Numbers:
    return np.array([_NONE if value is None else value for value in values], dtype=np.int64)


def _matrix(sets: Sequence[frozenset[str]], rarity: Mapping[str, float]) -> Any:
    """Return which report has which word, each counting one and its rarity."""
    codes: dict[str, int] = {}
    columns = [codes.setdefault(word, len(codes)) for found in sets for word in found]
    values = np.array([_ONE + rarity.get(word, 0.0) for word in codes])
    starts = np.cumsum([0, *map(len, sets)])
    matrix = sparse.csr_array((values[columns] if columns else [], columns, starts), shape=(len(sets), len(codes)))
    matrix.sort_indices()
    return matrix


def _shared(matrix: Any, first: _Numbers, second: _Numbers) -> tuple[_Numbers, _Scores]:
    """Return how many words the reports of each pair share, and how rare these are together."""
    if not len(first) or not matrix.shape[1]:
        return np.zeros(len(first), dtype=np.int64), np.zeros(len(first))
    presence = matrix[first]
    presence.data[:] = 1.0
    sums = np.asarray(presence.multiply(matrix[second]).sum(axis=1)).ravel()
    number = np.floor(sums / _ONE).astype(np.int64)
    return number, sums - number * _ONE
