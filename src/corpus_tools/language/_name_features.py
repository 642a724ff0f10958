"""The words of a possible name and around it, as numbers; what they are like: see `_name_vectors`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._candidates import Candidate
from corpus_tools.language._hashing import Combinations, Keys, spread
from corpus_tools.language._lexicon import lexicon, wording_keys
from corpus_tools.language._types import CASE, LISTS, PREFIX3, SHAPE, SUFFIX2, SUFFIX3, WORD
from corpus_tools.language._window import Layout

#: Words of a name that are looked at.
_LONGEST = 6
#: Columns of a candidate: its length; words; endings; the whole; what stands around.
(SIZE, W_FIRST, W_LAST, W_BEFORE, W_AFTER, W_BEFORE2, W_AFTER2, W_HEAD) = range(8)
(SHAPE_FIRST, SHAPE_LAST, END3, END2, START3, CASES, WHOLE, PLACE, TITLE, OPENS, LONGER) = range(8, 19)
COLUMNS = 19
_RECIPES = (
    *((column,) for column in (SIZE, W_FIRST, W_LAST, W_BEFORE, W_AFTER, W_HEAD, WHOLE, END3, END2, START3, CASES)),
    *((PLACE,), (TITLE,), (SHAPE_FIRST, SIZE), (SHAPE_LAST, SIZE), (OPENS, SIZE), (LONGER, SIZE)),
    *((W_BEFORE, PLACE), (W_BEFORE, SIZE), (W_BEFORE, W_BEFORE2), (W_AFTER, W_AFTER2), (W_AFTER2, CASES)),
)
_TOGETHER = Combinations(7, _RECIPES, COLUMNS)
_INNER = Combinations(8, ((0,),), 1)
#: Which columns of a word go where: at the first, last, title's neighbours (one and two away) and the head.
_FROM_WORDS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (WORD, (W_FIRST, W_LAST, W_BEFORE, W_AFTER, W_BEFORE2, W_AFTER2, W_HEAD)),
    (SHAPE, (SHAPE_FIRST, SHAPE_LAST)),
    (SUFFIX3, (-1, END3)),
    (SUFFIX2, (-1, END2)),
    (PREFIX3, (START3,)),
)
_COPIED = np.array(
    [(target, place, source) for source, targets in _FROM_WORDS for place, target in enumerate(targets) if target >= 0]
).T
_STEPS = np.arange(_LONGEST)[:, None]


def candidate_keys(layout: Layout, found: list[Candidate], heads: NDArray[np.intp]) -> tuple[Keys, Keys]:
    """Keys of each candidate's features, a row a candidate; and the keys of their wordings as far as each word."""
    spans = np.array(found, dtype=np.intp)
    first, last, title = layout.place[spans[:, 0]], layout.place[spans[:, 1] - 1], layout.place[spans[:, 2]]
    size = last - first + 1
    places = np.stack([first, last, title - 1, last + 1, title - 2, last + 2, layout.place[heads]])
    around = layout.rows(places)
    parts = np.zeros((COLUMNS, len(found)), dtype=np.uint32)
    parts[_COPIED[0]] = around[_COPIED[1], :, _COPIED[2]]
    steps = np.minimum(first + _STEPS, last)
    inner = layout.column(WORD, steps) * (size > _STEPS).astype(np.uint32)
    wordings = wording_keys(inner)
    parts[SIZE] = spread(np.minimum(size, 4))
    parts[CASES] = spread(around[0, :, CASE] * 8 + around[1, :, CASE] + 64 * (size == 1))
    parts[WHOLE] = wordings[-1]
    parts[PLACE] = spread(lexicon().places(wordings[-1]))
    parts[TITLE] = np.where(title < first, layout.column(WORD, first - 1), 1)
    parts[OPENS] = spread(layout.ids[title - 1] == 0)
    parts[LONGER] = spread(_longer(layout.document[spans[:, 0]], parts, size, around[1, :, LISTS]))
    inner_keys = _INNER.keys([inner.ravel()]).reshape(inner.shape) * (inner > 0)
    return np.concatenate([_TOGETHER.keys(list(parts)), inner_keys.T], axis=1), wordings


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
