"""Universal and Penn part-of-speech tags, by a model trained on treebanks (see ``training/tagger.md``)."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Combinations, Keys, Weights, spread, unpack, unpack_rows
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
)
from corpus_tools.language._window import Layout, Scores, WindowModel, lead

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
#: Number of the tag between sentences; there are fewer universal ones.
_PADDING = 17


class Tagger:
    """The two tag sets: universal tags from the words, Penn tags from words and universal tags."""

    def __init__(self, model: WindowModel, data: dict[str, Any]) -> None:
        self.model = model
        self.upos_names = model.labels
        self.xpos_names = [str(name) for name in data["penn"]]
        rows = unpack_rows(data["bits2"], data["weights2"], len(self.xpos_names))
        self._penn = Weights(unpack(data["keys2"]), rows, float(data["scale2"]))

    def upos(self, layout: Layout) -> tuple[Tags, Scores]:
        """Return the number of each token's universal tag, and the scores of all."""
        scores = self.model.scores(layout)
        return scores.argmax(axis=1), scores

    def xpos(self, layout: Layout, upos: Tags) -> Tags:
        """Return the number of each token's Penn tag, given the universal ones."""
        tags = self._sure_tags(layout, upos)
        open_ = (tags == _UNSURE).nonzero()[0]
        if len(open_):
            tags[open_] = self._penn.total(xpos_keys(layout, upos, open_)).argmax(axis=1)
        return tags

    def _sure_tags(self, layout: Layout, upos: Tags) -> Tags:
        """Return the number of each token's Penn tag where the words around do not matter, else `_UNSURE`."""
        classes = len(self.upos_names)
        sure = layout.types.derived(
            (self, "Penn"), lambda part: np.full((part.stop - part.start, classes), _UNKNOWN, dtype=np.int8)
        )
        ids = layout.own
        tags = sure[ids, upos]
        new = (tags == _UNKNOWN).nonzero()[0]
        if len(new):
            scores = self._penn.total(xpos_keys(layout, upos, new)[:, :_ALONE])
            tags[new] = np.where(lead(scores) > SURE_PENN, scores.argmax(axis=1), _UNSURE)
            sure[ids[new], upos[new]] = tags[new]
        return tags.astype(np.intp)


def xpos_keys(layout: Layout, upos: Tags, chosen: Any = slice(None)) -> Keys:
    """Keys of the features that Penn tags of some tokens are told by; all of them go with the universal tag."""
    at, ids, types = layout.place[chosen], layout.ids, layout.types
    padded = np.full(len(ids), _PADDING)
    padded[layout.place] = upos
    here, far = _tag_shares()
    keys: Keys = here.take(padded[at] * (_PADDING + 1) + padded[at - 1], axis=0)
    for offset in (-2, -1, 0, 1):
        share = types.derived(("Penn", offset), partial(_type_shares, types, offset))
        keys += share.take(ids[at + offset], axis=0)
    keys += far.take(padded[at - 2] * (_PADDING + 1) + padded[at + 1], axis=0)
    return keys


def _type_shares(types: TypeStore, offset: int, part: slice) -> Keys:
    """Return what forms give to the keys of a token so far before or behind them."""
    columns = types.columns[part]
    word, kind = columns[:, WORD], columns[:, CLASS]
    if offset:
        chosen = {-2: ([14], [kind]), -1: ([11, 13], [word, kind]), 1: ([12], [word])}[offset]
        return PENN.share(*chosen)
    own = [columns[:, column] for column in (WORD, FORM, SHAPE, SUFFIX1, SUFFIX2, SUFFIX3)]
    return PENN.share([4, 5, 6, 7, 8, 9, 10], [*own, spread(columns[:, CASE])], first=True)


@cache
def _tag_shares() -> tuple[Keys, Keys]:
    """Return what universal tags give by pairs: the own and the one before; two before and the one behind."""
    pairs = np.divmod(np.arange((_PADDING + 1) ** 2), _PADDING + 1)
    parts = [spread(np.where(number == _PADDING, 99, number)) for number in pairs]
    return PENN.share([0, 1], parts), PENN.share([2, 3], parts)


@cache
def load() -> Tagger:
    """Return the tagger that ships."""
    data = arrays("tagger.npz")
    return Tagger(WindowModel.from_arrays(data), data)
