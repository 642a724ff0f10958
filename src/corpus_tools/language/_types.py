"""What a word looks like, as numbers: worked out once for each distinct form and then remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import cache
from threading import RLock
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Keys, multipliers
from corpus_tools.language._lexicon import lexicon
from corpus_tools.language._resources import lines

#: Columns of a form's feature numbers.
WORD, FORM, SHAPE, CASE, CLASS, SUFFIX1, SUFFIX2, SUFFIX3 = range(8)
PREFIX3 = 12
#: Columns that come from the lexicon: clusters by the length of their path, possible tags, lists of names.
CLUSTER, CLUSTER10, CLUSTER6, CLUSTER4, POSSIBLE, POSSIBLE_CASE = range(23, 29)
LISTS = 29
COLUMNS = 30
#: Columns that describe the word itself, a neighbour at distance one, and at distance two.
OWN = tuple(range(LISTS))
NEAR = (WORD, SHAPE, CLASS, SUFFIX2, SUFFIX3, CLUSTER, CLUSTER10, CLUSTER6, POSSIBLE)
FAR = (WORD, SUFFIX3, CASE, CLUSTER, CLUSTER6)
_FIRST_LIST, _LISTS_USED = 15, 8
#: Codes of `CASE`.
LOWER, CAPITAL, SINGLE_CAPITAL, ALL_CAPITALS, OTHER_CASE, NOTHING = range(1, 7)

_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_LONGEST = 48
_NO_ROWS = np.zeros(0)


@cache
def _shape_table() -> dict[int, str]:
    upper = dict.fromkeys(range(65, 91), "X")
    return upper | dict.fromkeys(range(97, 123), "x") | dict.fromkeys(range(48, 58), "d")


@cache
def _frequent() -> frozenset[str]:
    return frozenset(lines("frequent_words.txt"))


def normalise(form: str) -> str:
    """Lower case, straight apostrophes, every digit a 0; very long forms are cut."""
    lower = form[:_LONGEST].lower().replace("’", "'")
    return lower if lower.isalpha() else _DIGIT.sub("0", lower)


def case_of(form: str) -> int:
    """Tell lower case, capitalised, one capital, all capitals and everything else apart."""
    if form.islower():
        return LOWER
    if form.isupper():
        return ALL_CAPITALS if len(form) > 1 else SINGLE_CAPITAL
    return CAPITAL if form[:1].isupper() else OTHER_CASE


def shape_of(form: str) -> str:
    """Return capitals as X, other letters as x, digits as d, everything else as it is; runs are cut down to two."""
    shape = form[:_LONGEST].translate(_shape_table())
    for run in ("xxx", "XXX", "ddd"):
        while run in shape:
            shape = shape.replace(run, run[:2])
    return shape if shape.isalnum() and shape.isascii() else _RUN.sub(r"\1\1", shape)


def word_key(word: str) -> int:
    """Feature number of a normalised word."""
    return crc32(word.encode("utf-8", "surrogatepass"), 1)


def form_key(form: str) -> int:
    """Feature number of a form as it is written."""
    return crc32(form[:_LONGEST].encode("utf-8", "surrogatepass"), 2)


def shape_key(form: str) -> int:
    """Feature number of what a form looks like."""
    return crc32(shape_of(form).encode("utf-8", "surrogatepass"), 3)


def describe(form: str, word: str) -> list[int]:
    """Feature numbers of one form, whose normalised word is given, in the order of the columns."""
    form = form[:_LONGEST]
    case = case_of(form)
    shape = shape_of(form).encode("utf-8", "surrogatepass")
    lower = word.encode("utf-8", "surrogatepass")
    size = len(lower)
    if word in _frequent():
        kind = crc32(lower, 5)
    elif form.isalpha():
        kind = crc32(lower[-3:] if size > 4 else lower[-2:], 6 + case)
    else:
        kind = crc32(shape, 14)
    return [
        crc32(lower, 1),
        form_key(form),
        crc32(shape, 3),
        case,
        kind,
        crc32(lower[-1:], 21) if size > 1 else 0,
        crc32(lower[-2:], 22) if size > 2 else 0,
        crc32(lower[-3:], 23) if size > 3 else 0,
        crc32(lower[-4:], 24) if size > 4 else 0,
        crc32(lower[-5:], 25) if size > 5 else 0,
        crc32(lower[:1], 31) if size > 1 else 0,
        crc32(lower[:2], 32) if size > 2 else 0,
        crc32(lower[:3], 33) if size > 3 else 0,
        crc32(lower[:4], 34) if size > 4 else 0,
        crc32(lower[-3:], 40 + case) if size > 3 else 0,
    ]


def complete(columns: Keys) -> None:
    """Fill the columns that come from the lexicon, given those of the words as they are written."""
    known = lexicon()
    case = columns[:, CASE]
    lists, possible, cluster = known.look_up(columns[:, WORD], columns[:, FORM])
    for place in range(_LISTS_USED):
        bit = lists >> np.uint32(place) & np.uint32(1)
        columns[:, _FIRST_LIST + place] = bit * (np.uint32(50 + 8 * place) + case)
    path = known.paths[cluster]
    found = (cluster > 0).astype(np.uint32)
    columns[:, CLUSTER] = found * (cluster + np.uint32(1000))
    for column, length in ((CLUSTER10, 10), (CLUSTER6, 6), (CLUSTER4, 4)):
        columns[:, column] = found * ((path & np.uint32((1 << length) - 1)) + np.uint32(1 << 12 + length))
    columns[:, POSSIBLE] = possible + np.uint32(20_000)
    columns[:, POSSIBLE_CASE] = possible * np.uint32(8) + case + np.uint32(30_000)
    columns[:, LISTS] = lists


class TypeStore:
    """Distinct word forms and their numbers; the first form is the padding between sentences.

    Attributes
    ----------
    size : int
        How many forms are known.
    forms : array of object
        The forms as written; rows from `size` on are spare, here and below.
    columns : array
        Feature numbers, a row a form.
    word_ids : array
        Number of each form's normalised word.
    """

    def __init__(self) -> None:
        self.size = 1
        self._ids: dict[str, int] = {"": 0}
        self._words: dict[str, int] = {"": 0}
        self.forms: NDArray[np.object_] = np.array([""], dtype=object)
        self.columns: Keys = np.full((1, COLUMNS), NOTHING, dtype=np.uint32)
        self.word_ids: NDArray[np.int32] = np.zeros(1, dtype=np.int32)
        self._derived: dict[Hashable, tuple[int, NDArray[Any]]] = {}
        self._lock = RLock()

    def look_up(self, forms: list[str]) -> NDArray[np.int32]:
        """Ids of forms, in order; new forms are described first."""
        found = list(map(self._ids.get, forms))
        if None in found:
            with self._lock:
                self._add(sorted({form for form in forms if form not in self._ids}))
            found = list(map(self._ids.get, forms))
        return np.array(found, dtype=np.int32)

    def derived(self, name: Hashable, compute: Callable[[slice], NDArray[Any]]) -> NDArray[Any]:
        """Return what `compute` says of the forms of a slice, a row a form, for all forms; asked once for each."""
        known, rows = self._derived.get(name, (0, _NO_ROWS))
        if known < self.size:
            with self._lock:
                known, rows = self._derived.get(name, (0, _NO_ROWS))
                size = self.size
                fresh = compute(slice(known, size))
                rows = grown(rows if known else fresh[:0], size)
                rows[known:size] = fresh
                self._derived[name] = size, rows
        return rows

    def _add(self, forms: list[str]) -> None:
        size = self.size + len(forms)
        if not forms:
            return
        self.forms = grown(self.forms, size)
        self.columns = grown(self.columns, size)
        self.word_ids = grown(self.word_ids, size)
        self.forms[self.size : size] = forms
        described = self.columns[self.size : size]
        words = list(map(normalise, forms))
        described[:, :_FIRST_LIST] = list(map(describe, forms, words))
        complete(described)
        known = self._words
        self.word_ids[self.size : size] = [known.setdefault(word, len(known)) for word in words]
        first, self.size = self.size, size
        self._ids.update(zip(forms, range(first, size), strict=True))


def grown(array: NDArray[Any], size: int) -> NDArray[Any]:
    """Return `array`, or a copy of at least twice the length when it has fewer than `size` rows."""
    if size <= len(array):
        return array
    longer = np.zeros((max(1024, 2 * len(array), size), *array.shape[1:]), dtype=array.dtype)
    longer[: len(array)] = array
    return longer


def window_keys(columns: Keys) -> list[Keys]:
    """Keys of the features that a form gives to the token itself and to its neighbours.

    Returns
    -------
    list of five arrays
        Rows are forms: for the word two before, before, at, after and two after the token that is described.
    """
    keys = []
    for offset, chosen in enumerate((FAR, NEAR, OWN, NEAR, FAR)):
        part = columns[:, chosen]
        factors = multipliers(offset + 1, 2 * len(chosen))
        keys.append(np.where(part == 0, np.uint32(0), part * factors[::2] + factors[1::2]))
    return keys
