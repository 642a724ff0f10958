"""Stretches without white space: how a text is cut into them, and what is remembered of those that were seen before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Keys, spread
from corpus_tools.language._resources import pairs
from corpus_tools.language._types import (
    CASE,
    CLUSTER10,
    COLUMNS,
    FORM,
    WORD,
    TypeStore,
    case_of,
    complete,
    form_key,
    grown,
    normalise,
    shape_key,
    word_key,
)

Places = NDArray[np.intp]
#: Parts of a stretch: where they start and end in it, and their form.
Pieces = Sequence[tuple[int, int, str]]
EDGES = ".,;:!?…()[]{}<>\"'“”‘’«»*_-–—"
_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
BREAKS = "\n\x0b\x0c\u2028\u2029\x85"
#: Columns of a stretch: word and shape, case and cluster without marks, last sign.
STRETCH_WORD, STRETCH_SHAPE, STRETCH_CASE, STRETCH_CLUSTER, STRETCH_SIGN = range(5)
#: Kinds of last signs: a letter, a figure, one that ends a sentence (and all above it), an address, any other.
NOTHING, DIGIT, STOP, ADDRESS, OTHER = 0, 1, 5, 13, 14
#: How many stretches, characters of them, pieces of them and distinct forms are remembered, about.
_MOST, _MOST_CHARACTERS = 200_000, 4_000_000
_UNKNOWN = -1
#: Characters of a stretch that are looked at, without marks at its ends.
_LONGEST = 48


class Memory:
    """Stretches and forms seen before; shared by all texts until it is full, then a new one takes its place.

    Attributes
    ----------
    types : TypeStore
        The forms of tokens.
    columns : array
        What tells where sentences end, a row a stretch (`STRETCH_WORD` and so on).
    lemmas : dict
        Dictionary forms by a number for form and tags.
    """

    def __init__(self) -> None:
        self.types = TypeStore()
        self.columns: Keys = np.zeros((1, 5), dtype=np.uint32)
        self.lemmas: dict[int, str] = {}
        self._ids: dict[str, int] = {"": 0}
        self._words: list[str] = [""]
        self._characters = 0
        self._judged: tuple[int, NDArray[np.int16]] = 0, np.zeros((0, 2, 4), dtype=np.int16)
        self._first: Places = np.zeros(2, dtype=np.intp)
        self._count: Places = np.full(2, _UNKNOWN)
        self._pieces: NDArray[np.int32] = np.zeros((0, 3), dtype=np.int32)
        self._size = 0
        self._lock = RLock()

    @property
    def full(self) -> bool:
        """Whether no more should be remembered."""
        sizes = len(self._ids), self.types.size, self._size, len(self.lemmas)
        return max(sizes) > _MOST or self._characters > _MOST_CHARACTERS

    def look_up(self, words: list[str]) -> Places:
        """Ids of stretches; new ones are described first."""
        found = list(map(self._ids.get, words))
        if None in found:
            with self._lock:
                self._add(sorted({word for word in words if word not in self._ids}))
            found = list(map(self._ids.get, words))
        return np.array(found, dtype=np.intp)

    def judged(self, judge: Callable[[Keys], NDArray[np.int16]]) -> NDArray[np.int16]:
        """Return what `judge` says of each stretch by its columns, for all stretches; asked once for each."""
        known, rows = self._judged
        if known < len(self._ids):
            with self._lock:
                known, rows = self._judged
                size = len(self._ids)
                rows = grown(rows, size)
                rows[known:size] = judge(self.columns[known:size])
                self._judged = size, rows
        return rows

    def split(
        self, ids: Places, at_end: NDArray[np.bool_], split: Callable[..., Pieces]
    ) -> tuple[Places, NDArray[np.int32]]:
        """Cut stretches into tokens.

        Parameters
        ----------
        ids : array
            The stretches.
        at_end : array of bool
            Which of them end a sentence.
        split : callable
            What cuts a stretch that was not met before.

        Returns
        -------
        (array, array)
            How many tokens each stretch has; and for each token its start and its end in the stretch, and its form.
        """
        variants = 2 * ids + at_end
        counts = self._count[variants]
        if (counts == _UNKNOWN).any():
            with self._lock:
                self._split_new(merged(variants[self._count[variants] == _UNKNOWN]), split)
            counts = self._count[variants]
        skipped = self._first[variants] - (np.cumsum(counts) - counts)
        return counts, self._pieces.take(np.arange(counts.sum()) + np.repeat(skipped, counts), axis=0)

    def _split_new(self, variants: Places, split: Callable[..., Pieces]) -> None:
        pieces: list[tuple[int, int, str]] = []
        counts = []
        for variant in variants.tolist():
            found = split(self._words[variant // 2], at_end=bool(variant % 2))
            pieces.extend(found)
            counts.append(len(found))
        size = self._size + len(pieces)
        self._pieces = grown(self._pieces, size)
        fresh = self._pieces[self._size : size]
        fresh[:, 2] = self.types.look_up([form for _, _, form in pieces])
        fresh[:, :2] = np.array([place for *places, _ in pieces for place in places], dtype=np.int32).reshape(-1, 2)
        self._first[variants] = self._size + np.cumsum(counts) - counts
        self._count[variants] = counts
        self._size = size

    def _add(self, words: list[str]) -> None:
        if not words:
            return
        known, size = len(self._ids), len(self._ids) + len(words)
        self.columns, self._first, self._count = (
            grown(self.columns, size),
            grown(self._first, 2 * size),
            grown(self._count, 2 * size),
        )
        self._count[2 * known :] = _UNKNOWN
        cores = np.zeros((len(words), COLUMNS), dtype=np.uint32)
        parts = [word.strip(EDGES)[:_LONGEST] for word in words]
        cores[:, [WORD, FORM, CASE]] = [(word_key(normalise(part)), form_key(part), case_of(part)) for part in parts]
        complete(cores)
        fresh = self.columns[known:size]
        fresh[:, STRETCH_CASE] = spread(cores[:, CASE])
        fresh[:, STRETCH_CLUSTER] = cores[:, CLUSTER10]
        whole = [(word_key(normalise(word)), shape_key(word), _sign(word)) for word in words]
        fresh[:, [STRETCH_WORD, STRETCH_SHAPE, STRETCH_SIGN]] = whole
        self._words += words
        self._characters += sum(map(len, words))
        self._ids.update(zip(words, range(known, size), strict=True))


def merged(*places: Places) -> Places:
    """Return the different numbers of arrays in order; what numpy has for it takes longer to import than to run."""
    return np.array(sorted({place for some in places for place in some.tolist()}), dtype=np.intp)


_CURRENT = [Memory()]


def memory() -> Memory:
    """Return what is remembered; a new memory when the last is full, so that a long run stays bounded."""
    current = _CURRENT[0]
    if current.full:
        current = _CURRENT[0] = Memory()
    return current


@cache
def _marks() -> dict[str, int]:
    return {mark: int(kind) for mark, kind in pairs("last_marks.tsv").items()}


def _sign(word: str) -> int:
    last = word[-1:]
    if "://" in word or ((last.isalpha() or last == "/") and ("www." in word or "@" in word)):
        return ADDRESS
    if last.isalpha():
        return NOTHING
    return DIGIT if last.isdigit() else _marks().get(last, OTHER)


@cache
def _kinds_of_space() -> NDArray[np.uint8]:
    """For each character up to the last white one 1 for white space, 2 for an end of line, else 0; at the end a 0."""
    kinds = np.zeros(ord(max(_SPACES)) + 2, dtype=np.uint8)
    kinds[[ord(space) for space in _SPACES]] = 1
    kinds[[ord(space) for space in BREAKS]] = 2
    return kinds


class Reading:
    """Texts, joined by line breaks, as stretches without white space.

    Parameters
    ----------
    texts : list of str
        The texts.

    Attributes
    ----------
    memory : Memory
        Where the stretches are known.
    text : str
        The texts, joined; places are characters of it.
    offsets : array
        Where each text starts.
    starts, ends : array
        Where each stretch starts and ends.
    opens_line : array of bool
        Which stretches are the first on their line.
    documents : array
        How many stretches there are before each text, and in all.
    """

    def __init__(self, texts: list[str]) -> None:
        self.memory = memory()
        self.text = texts[0] if len(texts) == 1 else "\n".join(texts)
        sizes = np.array([len(text) + 1 for text in texts])
        self.offsets: Places = np.cumsum(sizes) - sizes
        codes = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        kinds = _kinds_of_space().take(codes, mode="clip")
        black = np.zeros(len(kinds) + 2, dtype=bool)
        np.equal(kinds, 0, out=black[1:-1])
        changes = (black[1:] != black[:-1]).nonzero()[0]
        self.starts: Places = changes[::2]
        self.ends: Places = changes[1::2]
        first = np.zeros(len(self.starts) + 1, dtype=bool)
        first[self.starts.searchsorted((kinds == 2).nonzero()[0])] = True
        first[0] = True
        self.opens_line: NDArray[np.bool_] = first[:-1]
        self.documents: Places = np.append(np.searchsorted(self.starts, self.offsets), len(self.starts))
        self._words = self.text.split()

    @cached_property
    def ids(self) -> Places:
        """Ids of the stretches in `memory`."""
        return self.memory.look_up(self._words)

    @cached_property
    def place(self) -> Places:
        """Where each stretch stands in `padded`."""
        return np.arange(len(self.starts)) + 2 * np.repeat(np.arange(1, len(self.documents)), np.diff(self.documents))

    @cached_property
    def padded(self) -> Places:
        """Ids with two 0 before each text and at the end."""
        ids = np.zeros(len(self.starts) + 2 * len(self.documents), dtype=np.intp)
        ids[self.place] = self.ids
        return ids

    def cut(self, places: Places) -> Reading:
        """Return the reading with more stretches: those at the places, which are inside of stretches, are cut there."""
        if not len(places):
            return self
        reading: Any = object.__new__(Reading)
        reading.memory, reading.text, reading.offsets = self.memory, self.text, self.offsets
        reading.starts, reading.ends = merged(self.starts, places), merged(self.ends, places)
        bounds = zip(reading.starts.tolist(), reading.ends.tolist(), strict=True)
        reading._words = [self.text[start:end] for start, end in bounds]
        return reading  # type: ignore[no-any-return]
