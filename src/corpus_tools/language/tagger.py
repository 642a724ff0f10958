"""Universal and Penn part-of-speech tags, by a model trained on treebanks (see ``training/tagger.md``)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Combinations, Keys, Weights, spread, unpack
from corpus_tools.language._resources import arrays
from corpus_tools.language._types import (
    CASE,
    CLASS,
    FORM,
    SHAPE,
    SUFFIX1,
    SUFFIX2,
    SUFFIX3,
    WORD,
    TypeStore,
    grown,
)
from corpus_tools.language._window import STORE, Layout, Scores, WindowModel, lead

Tags = NDArray[np.intp]
#: A Penn tag that the word and its universal tag prefer by so much stands; in 10,000 the words around change one.
SURE_PENN = 3.0
#: Universal tag here, one before, two before, after (columns 0-3); word, form, shape, suffixes, case (4-10); the words
#: before and after (11, 12), their classes one and two before (13, 14). The tag is in every feature.
PENN = Combinations(
    3,
    (
        *((0,), *((0, column) for column in range(4, 11)), (0, 1), (0, 3), (0, 1, 2), (0, 1, 3), (0, 11), (0, 12)),
        *((0, 13, 8), (0, 1, 4), (0, 1, 2, 8), (0, 13, 14), (0, 3, 8), (0, 11, 4)),
    ),
    15,
)
#: Features without the words around.
_ALONE = 8
_UNKNOWN, _UNSURE = -2, -1


class Tagger:
    """The two tag sets: universal tags from the words, Penn tags from words and universal tags."""

    def __init__(self, model: WindowModel, data: dict[str, Any]) -> None:
        self.model = model
        self.upos_names = model.labels
        self._penn_names = [str(name) for name in data["penn"]]
        self._penn = Weights(unpack(data["keys2"]), data["rows2"], float(data["scale2"]))
        self._generation = -1
        self._sure: NDArray[np.int8] = np.zeros((0, len(self.upos_names)), dtype=np.int8)

    def upos(self, layout: Layout) -> tuple[Tags, Scores]:
        """Return the number of each token's universal tag, and the scores of all."""
        scores = self.model.scores(layout)
        return scores.argmax(axis=1), scores

    def xpos(self, layout: Layout, upos: Tags) -> list[str]:
        """Penn tag of each token, given the universal ones."""
        if not len(upos):
            return []
        tags = self._sure_tags(layout, upos)
        open_ = np.flatnonzero(tags == _UNSURE)
        tags[open_] = self._penn.total(xpos_keys(layout, upos, open_)).argmax(axis=1)
        return [self._penn_names[tag] for tag in tags.tolist()]

    def _sure_tags(self, layout: Layout, upos: Tags, store: TypeStore = STORE) -> NDArray[np.int8]:
        """Return the number of each token's Penn tag where the words around do not matter, else `_UNSURE`."""
        if self._generation != store.generation:
            self._generation, self._sure = store.generation, self._sure[:0]
        if len(self._sure) < store.size:
            known = len(self._sure)
            self._sure = grown(self._sure, store.size)
            self._sure[known:] = _UNKNOWN
        ids = layout.ids[layout.place]
        new = np.flatnonzero(self._sure[ids, upos] == _UNKNOWN)
        if len(new):
            scores = self._penn.total(xpos_keys(layout, upos, new)[:, :_ALONE])
            best = np.where(lead(scores) > SURE_PENN, scores.argmax(axis=1), _UNSURE)
            self._sure[ids[new], upos[new]] = best
        return self._sure[ids, upos]


def xpos_keys(layout: Layout, upos: Tags, chosen: Any = slice(None)) -> Keys:
    """Keys of the features that Penn tags of some tokens are told by; all of them go with the universal tag."""
    at = layout.place[chosen]
    padded = np.full(len(layout.ids), spread(99), dtype=np.uint32)
    padded[layout.place] = spread(upos)
    columns = layout.columns
    word, kind, own = columns[:, WORD], columns[:, CLASS], columns[at]
    return PENN.keys(
        [
            *(padded[at + offset] for offset in (0, -1, -2, 1)),
            *(own[:, column] for column in (WORD, FORM, SHAPE, SUFFIX1, SUFFIX2, SUFFIX3)),
            spread(own[:, CASE]),
            word[at - 1],
            word[at + 1],
            kind[at - 1],
            kind[at - 2],
        ]
    )


@cache
def load() -> Tagger:
    """Return the tagger that ships."""
    data = arrays("tagger.npz")
    return Tagger(WindowModel.from_arrays(data), data)
