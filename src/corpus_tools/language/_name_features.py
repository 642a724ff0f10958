"""What tells the kind of a possible name: its words, its neighbours, the lists they are in; all as numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._candidates import Candidate
from corpus_tools.language._hashing import Combinations, Keys, spread
from corpus_tools.language._lexicon import lexicon, wording_keys
from corpus_tools.language._types import (
    CASE,
    CLUSTER,
    CLUSTER4,
    CLUSTER6,
    CLUSTER10,
    LISTS,
    PREFIX3,
    SHAPE,
    SUFFIX2,
    SUFFIX3,
    WORD,
)
from corpus_tools.language._window import Layout

#: Words of a name that are looked at, and lists of names that are told apart.
_LONGEST, _LISTS = 6, 15
#: Columns of a candidate, by letter: W word, C cluster (with the length of its path), L lists.
(SIZE, W_FIRST, W_LAST, W_BEFORE, W_AFTER, W_BEFORE2, W_AFTER2, W_HEAD) = range(8)
(C_FIRST, C_LAST, C_BEFORE, C_AFTER, C_HEAD, C_AFTER2, C_BEFORE2) = range(8, 15)
(C6_FIRST, C6_LAST, C6_BEFORE, C6_AFTER, C10_FIRST, C10_LAST, C10_BEFORE, C10_AFTER) = range(15, 23)
(L_FIRST, L_LAST, L_BEFORE, L_AFTER, L_HEAD, L_UNION) = range(23, 29)
(SHAPE_FIRST, SHAPE_LAST, END3, END2, START3, CASES, WHOLE, PLACE, TITLE, OPENS, TAGS, LONGER) = range(29, 41)
(C4_LAST, C4_FIRST, C10_HEAD) = range(41, 44)
COLUMNS = 44
_RECIPES = (
    *((column,) for column in (SIZE, W_FIRST, W_LAST, W_BEFORE, W_AFTER, W_HEAD, WHOLE, END3, END2, START3, CASES)),
    *((column,) for column in (PLACE, C_BEFORE, C_AFTER, C6_BEFORE, C6_AFTER, C10_BEFORE, C10_AFTER, C_HEAD, C10_HEAD)),
    *((column,) for column in (C_AFTER2, C_BEFORE2, L_BEFORE, L_AFTER, TITLE, TAGS)),
    *((column, SIZE) for column in (C_FIRST, C_LAST, C6_FIRST, C6_LAST, C10_FIRST, C10_LAST, C4_LAST, C4_FIRST)),
    *((column, SIZE) for column in (L_FIRST, L_LAST, L_HEAD, L_UNION, SHAPE_FIRST, SHAPE_LAST, OPENS, LONGER)),
    *((W_BEFORE, column) for column in (PLACE, SIZE, L_LAST, W_BEFORE2, C6_LAST)),
    *((C6_LAST, C6_AFTER), (C6_BEFORE, C6_AFTER), (C6_BEFORE, C6_LAST), (W_AFTER, W_AFTER2), (W_AFTER2, CASES)),
    *((C10_FIRST, C10_LAST), (C10_LAST, L_LAST), (C10_FIRST, L_FIRST)),
    *((C6_FIRST, C6_LAST, SIZE), (L_FIRST, L_LAST, SIZE)),
)
_TOGETHER = Combinations(7, _RECIPES, COLUMNS)
_INNER = Combinations(8, ((0,),), 1)
#: Which columns of a word go where: at the first, last, title's neighbours (one and two away) and the head.
_FROM_WORDS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (WORD, (W_FIRST, W_LAST, W_BEFORE, W_AFTER, W_BEFORE2, W_AFTER2, W_HEAD)),
    (CLUSTER, (C_FIRST, C_LAST, C_BEFORE, C_AFTER, C_BEFORE2, C_AFTER2, C_HEAD)),
    (CLUSTER10, (C10_FIRST, C10_LAST, C10_BEFORE, C10_AFTER, -1, -1, C10_HEAD)),
    (CLUSTER6, (C6_FIRST, C6_LAST, C6_BEFORE, C6_AFTER)),
    (CLUSTER4, (C4_FIRST, C4_LAST)),
    (SHAPE, (SHAPE_FIRST, SHAPE_LAST)),
    (SUFFIX3, (-1, END3)),
    (SUFFIX2, (-1, END2)),
    (PREFIX3, (START3,)),
)
_COPIED = np.array(
    [(target, place, source) for source, targets in _FROM_WORDS for place, target in enumerate(targets) if target >= 0]
).T
_LIST_COLUMNS = [L_FIRST, L_LAST, L_BEFORE, L_AFTER, L_HEAD]
_LIST_PLACES = [0, 1, 2, 3, 6]
_BITS = np.arange(_LISTS, dtype=np.uint32)
#: Numbers of a candidate's flags before its length is added: any word's lists, the first word's, the last word's.
_FLAGS = np.array([[1000 + 100 * place] for place in range(3)], dtype=np.uint32) + _BITS
_STEPS = np.arange(_LONGEST)[:, None]


def candidate_keys(
    layout: Layout, upos: NDArray[np.intp], found: list[Candidate], heads: NDArray[np.intp]
) -> tuple[Keys, Keys]:
    """Keys of each candidate's features, a row a candidate; and the keys of their wordings as far as each word."""
    spans = np.array(found, dtype=np.intp)
    first, last, title = layout.place[spans[:, 0]], layout.place[spans[:, 1] - 1], layout.place[spans[:, 2]]
    size = last - first + 1
    places = np.stack([first, last, title - 1, last + 1, title - 2, last + 2, layout.place[heads]])
    around = layout.rows(places)
    parts = np.zeros((COLUMNS, len(found)), dtype=np.uint32)
    parts[_COPIED[0]] = around[_COPIED[1], :, _COPIED[2]]
    lists = around[:, :, LISTS]
    parts[_LIST_COLUMNS] = spread(lists[_LIST_PLACES])
    steps = np.minimum(first + _STEPS, last)
    inside = (size > _STEPS).astype(np.uint32)
    inner = layout.column(WORD, steps) * inside
    union = np.bitwise_or.reduce(layout.column(LISTS, steps) * inside)
    wordings = wording_keys(inner)
    parts[L_UNION], parts[SIZE] = spread(union), spread(np.minimum(size, 4))
    parts[CASES] = spread(around[0, :, CASE] * 8 + around[1, :, CASE] + 64 * (size == 1))
    parts[WHOLE] = wordings[-1]
    parts[PLACE] = spread(lexicon().places(wordings[-1]))
    parts[TITLE] = np.where(title < first, layout.column(WORD, first - 1), 1)
    parts[OPENS] = spread(layout.ids[title - 1] == 0)
    parts[TAGS] = _tags_around(layout, upos, title - 1, last + 1)
    parts[LONGER] = spread(_longer(layout.document[spans[:, 0]], parts, size, lists[1]))
    inner_keys = _INNER.keys([inner.ravel()]).reshape(inner.shape) * (inner > 0)
    flags = _flags(size, np.stack([union, lists[0], lists[1]], axis=1))
    return np.concatenate([_TOGETHER.keys(list(parts)), inner_keys.T, flags], axis=1), wordings


def _tags_around(layout: Layout, upos: NDArray[np.intp], before: NDArray[np.intp], after: NDArray[np.intp]) -> Keys:
    tags = np.full(len(layout.ids), 31)
    tags[layout.place] = upos
    return spread(tags[before] * 32 + tags[after])


def _flags(size: NDArray[np.intp], lists: Keys) -> Keys:
    """Return a key for each list that any word, the first or the last word is in; 0 for the other lists."""
    length = np.minimum(size, 3).astype(np.uint32) * np.uint32(32)
    more = np.stack([np.zeros_like(length), length, length], axis=1)
    flags: Keys = spread(_FLAGS + more[:, :, None])
    flags *= np.uint32(77_777)
    flags *= lists[:, :, None] >> _BITS & np.uint32(1)
    return flags.reshape(len(size), -1)


def _longer(document: NDArray[np.int32], parts: Keys, size: NDArray[np.intp], lists: Keys) -> NDArray[np.intp]:
    """For names of one word: a number for the longer name of the text that ends or begins so; 0 for longer names."""
    ends: dict[int, int] = {}
    begins: dict[int, int] = {}
    texts = document.astype(np.intp) << 32
    words, sizes = (texts + parts[W_FIRST]).tolist(), size.tolist()
    for first, last, length, bits in zip(words, (texts + parts[W_LAST]).tolist(), sizes, lists.tolist(), strict=True):
        if length > 1:
            ends.setdefault(last, 1 + 2 * bits)
            begins.setdefault(first, 2 + 2 * bits + (1 << 20))
    alone = 1 << 21
    return np.array(
        [
            0 if length > 1 else ends.get(word, begins.get(word, alone))
            for word, length in zip(words, sizes, strict=True)
        ]
    )
