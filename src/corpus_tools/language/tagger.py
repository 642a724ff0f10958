"""Universal and Penn part-of-speech tags, by a model trained on treebanks (see ``training/tagger.md``)."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Keys, mix
from corpus_tools.language._resources import read_bytes
from corpus_tools.language._types import CASE, CLASS, FORM, SHAPE, SUFFIX1, SUFFIX2, SUFFIX3, WORD
from corpus_tools.language._window import Layout, Scores, Weights, WindowModel

Tags = NDArray[np.intp]


class Tagger:
    """The two tag sets: universal tags from the words, Penn tags from words and universal tags."""

    def __init__(self, model: WindowModel, data: dict[str, Any]) -> None:
        self.model = model
        self.upos_names = model.labels
        self._penn_names = [str(name) for name in data["penn"]]
        self._penn = Weights(data["keys2"], data["rows2"], float(data["scale2"]))

    def upos(self, layout: Layout) -> tuple[Tags, Scores]:
        """Number of each token's universal tag, and the scores of all."""
        scores = self.model.scores(layout)
        return scores.argmax(axis=1), scores

    def xpos(self, layout: Layout, upos: Tags) -> list[str]:
        """Penn tag of each token, given the universal ones."""
        if not len(upos):
            return []
        names = self._penn_names
        return [names[tag] for tag in self._penn.total(xpos_keys(layout, upos)).argmax(axis=1).tolist()]


def xpos_keys(layout: Layout, upos: Tags) -> Keys:
    """Keys of the features that Penn tags are told by; all of them go with the universal tag."""
    at = layout.place
    padded = np.full(len(layout.ids), 99, dtype=np.uint32)
    padded[at] = upos
    before2, before, tag, after = (padded[at + offset] for offset in (-2, -1, 0, 1))
    columns = layout.columns
    word, kind = columns[:, WORD], columns[:, CLASS]
    own = columns[at]
    keys = [
        mix(301, tag),
        mix(302, tag, own[:, WORD]),
        mix(303, tag, own[:, FORM]),
        mix(304, tag, own[:, SHAPE]),
        mix(305, tag, own[:, CASE]),
        mix(306, tag, own[:, SUFFIX1]),
        mix(307, tag, own[:, SUFFIX2]),
        mix(308, tag, own[:, SUFFIX3]),
        mix(309, tag, before),
        mix(310, tag, after),
        mix(311, tag, before, before2),
        mix(312, tag, before, after),
        mix(313, tag, word[at - 1]),
        mix(314, tag, word[at + 1]),
        mix(315, tag, kind[at - 1], own[:, SUFFIX2]),
        mix(316, tag, before, own[:, WORD]),
        mix(317, tag, before, before2, own[:, SUFFIX2]),
        mix(318, tag, kind[at - 1], kind[at - 2]),
        mix(319, tag, after, own[:, SUFFIX2]),
        mix(320, tag, word[at - 1], own[:, WORD]),
    ]
    return np.stack(keys, axis=1)


@cache
def load() -> Tagger:
    """Return the tagger that ships."""
    with np.load(io.BytesIO(read_bytes("tagger.npz"))) as archive:
        data = dict(archive)
    return Tagger(WindowModel.from_arrays(data), data)
