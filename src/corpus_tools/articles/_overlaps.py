"""How many runs of words texts share, from a sample of the runs that is the same for all texts.

A run is in the sample when its hash is small (FracMinHash), so that whatever two texts share is in the samples of both,
and shares are kept. How large a part is sampled follows from how many runs there are, not from their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus_tools.articles._shingles import Hashes, Places, batches

#: Most runs in a sample: for each text, and whatever the number of texts.
EACH, LEAST = 192, 500_000
#: Lower bits of a packed run that hold the place of its text, when there are no more texts than they can number.
_BITS = 24
#: Packed runs that are looked at together.
_WINDOW = 1 << 20
#: A pair's count of shared runs stands above this bit of its value, and their weight below.
_COUNT = 40
#: Parts of a weight that are told apart; whole numbers add up to the same in any order.
_FINE = 1 << 14
#: A run that one outlet alone has is its furniture on so many articles, and on such a part of all that it has.
_OWN_LEAST, _OWN_SHARE = 4, 0.2
#: How many hashes there are.
_ALL = 1 << 64


@dataclass(frozen=True)
class Pairs:
    """Pairs of texts (``first * texts + second``), in order, and how many runs both hold, and the weight of these.

    Both numbers stand in ``counts``, the count above bit 40.
    """

    codes: Places
    counts: Places

    @classmethod
    def none(cls) -> Pairs:
        """Return no pairs."""
        return cls(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


@dataclass(frozen=True)
class Window:
    """Some of the sampled runs, all that are alike together: what can be counted by itself."""

    runs: Hashes
    bits: int
    texts: int
    limit: int


def bits_for(texts: int) -> int:
    """Return how many lower bits of a packed run the places of so many texts need."""
    return max(_BITS, (texts - 1).bit_length())


def packed(texts: Sequence[str], words: int, bits: int) -> Hashes:
    """Return the runs of `words` words of texts as numbers: a hash, and the place of the text in the lower bits."""
    upper = ~np.uint64((1 << bits) - 1)
    found = [(hashes & upper) | owners.astype(np.uint64) for hashes, owners in batches(texts, words)]
    return np.concatenate(found) if found else np.empty(0, dtype=np.uint64)


class Sample:
    """A sample of runs that never grows beyond a number, and does not depend on the order in which they come.

    Parameters
    ----------
    texts : int
        How many texts the runs are of.
    """

    def __init__(self, texts: int) -> None:
        self._most = max(LEAST, EACH * texts)
        self._size = 0
        self._pieces: dict[int, Hashes] = {}
        #: Hashes below this are in the sample.
        self._limit = _ALL

    def add(self, place: int, runs: Hashes) -> None:
        """Take the packed runs of some texts; `place` tells these texts from others."""
        self._pieces[place] = self._thinned(runs)
        self._size += len(self._pieces[place])
        self._shrink()

    def shrink(self, texts: int) -> None:
        """Let go what is more than the sample of fewer texts holds."""
        self._most = max(LEAST, EACH * texts)
        self._shrink()

    def _shrink(self) -> None:
        while self._size > self._most:
            self._limit = self._limit // 5 * 4
            self._pieces = {place: self._thinned(runs) for place, runs in self._pieces.items()}
            self._size = sum(len(runs) for runs in self._pieces.values())

    def _thinned(self, runs: Hashes) -> Hashes:
        return runs if self._limit == _ALL else runs[runs < np.uint64(self._limit)]

    @property
    def scale(self) -> float:
        """Of how many runs one is taken."""
        return _ALL / self._limit

    def runs(self, starts: Mapping[int, int]) -> Hashes:
        """Return the runs, sorted, each once for a text, and forget them.

        Parameters
        ----------
        starts : mapping of int to int
            For each place that was given, the number of the first of its texts among all.
        """
        taken = np.empty(self._size, dtype=np.uint64)
        end = 0
        while self._pieces:
            place, runs = self._pieces.popitem()
            taken[end : end + len(runs)] = runs + np.uint64(starts[place])
            end += len(runs)
        taken.sort()
        return _each_once(taken)


def _each_once(runs: Hashes) -> Hashes:
    """Return sorted runs without repetitions, moved together where they stand: a copy would need as much memory again.

    Examples
    --------
    >>> _each_once(np.array([2, 2, 3, 7, 7, 7], dtype=np.uint64)).tolist()
    [2, 3, 7]
    """
    end = 0
    for start in range(0, len(runs), _WINDOW):
        part = runs[start : start + _WINDOW]
        before = runs[end - 1] if end else ~part[0]
        kept = part[np.r_[part[0] != before, part[1:] != part[:-1]]]
        runs[end : end + len(kept)] = kept
        end += len(kept)
    return runs[:end]


def windows(runs: Hashes, bits: int, texts: int, limit: int) -> Iterator[Window]:
    """Cut sorted runs into pieces of about a million, so that none are parted that are alike."""
    start = 0
    while start < len(runs):
        last = runs[min(start + _WINDOW, len(runs)) - 1]
        end = int(np.searchsorted(runs, last | np.uint64((1 << bits) - 1), side="right"))
        yield Window(runs[start:end], bits, texts, limit)
        start = end


def without_own(runs: Hashes, bits: int, outlets: Places) -> Hashes:
    """Return sorted runs without those that only one outlet has, on many of its articles: its own furniture.

    Parameters
    ----------
    runs : array
        Packed runs, sorted.
    bits : int
        Lower bits of a run that hold the place of its text.
    outlets : array of int
        The outlet of each text, as a number from 0; -1 where it is not known.
    """
    if not len(runs):
        return runs
    keys, of_text = runs >> np.uint64(bits), outlets[(runs & np.uint64((1 << bits) - 1)).astype(np.int64)]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    counts = np.diff(np.r_[starts, len(keys)])
    lowest, highest = np.minimum.reduceat(of_text, starts), np.maximum.reduceat(of_text, starts)
    sizes = np.bincount(outlets + 1)
    own = (lowest == highest) & (lowest >= 0) & (counts >= np.maximum(_OWN_LEAST, _OWN_SHARE * sizes[lowest + 1]))
    kept: Hashes = runs[~np.repeat(own, counts)]
    return kept


def counted(window: Window) -> Pairs:
    """Return the pairs of texts that share runs of a window; runs in more than `limit` texts do not count."""
    owners, starts, counts = _groups(window)
    weights = _values(window)
    found = [
        merged(Pairs(codes, np.full(len(codes), weights[size])), Pairs.none())
        for size in np.unique(counts[(counts > 1) & (counts <= window.limit)]).tolist()
        for codes in [_codes(owners, starts[counts == size], size, window.texts)]
    ]
    return joined(found)


def add_sizes(window: Window, sizes: Places) -> None:
    """Add for each text how many runs of a window count, and their weight, to `sizes`."""
    owners, _, counts = _groups(window)
    values = np.where(counts <= window.limit, _values(window)[np.minimum(counts, window.limit)], 0)
    np.add.at(sizes, owners, np.repeat(values, counts))


def _groups(window: Window) -> tuple[Places, Places, Places]:
    """Return the texts of the runs, and where each kind of run begins and how many texts hold it."""
    keys = window.runs >> np.uint64(window.bits)
    owners = (window.runs & np.uint64((1 << window.bits) - 1)).astype(np.int64)
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    return owners, starts, np.diff(np.r_[starts, len(keys)])


def _values(window: Window) -> Places:
    """Return what a run counts, by the number of texts that hold it: the rarer, the more."""
    sizes = np.arange(1, window.limit + 1)
    weights = np.rint(_FINE * np.log1p(max(window.texts, 1_000) / sizes)).astype(np.int64)
    values: Places = np.r_[np.int64(0), weights + (1 << _COUNT)]
    return values


def _codes(owners: Places, starts: Places, size: int, texts: int) -> Places:
    first, second = np.triu_indices(size, 1)
    members = owners[starts[:, None] + np.arange(size)]
    codes: Places = (members[:, first] * texts + members[:, second]).ravel()
    return codes


def joined(found: Iterable[Pairs]) -> Pairs:
    """Return the pairs of several windows as one, joining those of about one size, so that few wait."""
    waiting: list[Pairs] = []
    for pairs in found:
        waiting.append(pairs)
        while len(waiting) > 1 and len(waiting[-2].codes) <= 2 * len(waiting[-1].codes):
            waiting[-2:] = [merged(*waiting[-2:])]
    while len(waiting) > 1:
        waiting[-2:] = [merged(*waiting[-2:])]
    return waiting[0] if waiting else Pairs.none()


def merged(left: Pairs, right: Pairs) -> Pairs:
    """Return the pairs of two windows as one: each pair once, its values added."""
    codes = np.concatenate([left.codes, right.codes])
    if not len(codes):
        return left
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    return Pairs(codes[starts], np.add.reduceat(np.concatenate([left.counts, right.counts])[order], starts))


@dataclass(frozen=True)
class Overlaps:
    """Pairs of texts that share runs, by their numbers, and how many runs of each text count.

    Parameters
    ----------
    first, second : array of int
        Numbers of the texts of each pair.
    shared, weight : array
        Sampled runs that both hold, and their weight.
    sizes, weights : array
        The same for each text by itself.
    scale : float
        Of how many runs one was sampled.
    """

    first: Places
    second: Places
    shared: Places
    weight: Places
    sizes: Places
    weights: Places
    scale: float


def overlaps(pairs: Pairs, sizes: Places, scale: float) -> Overlaps:
    """Return pairs and sizes with the numbers that were put into one taken apart."""
    first, second = np.divmod(pairs.codes, max(len(sizes), 1))
    lower = (1 << _COUNT) - 1
    return Overlaps(
        first, second, pairs.counts >> _COUNT, pairs.counts & lower, sizes >> _COUNT, sizes & lower, scale
    )  # fmt: skip
