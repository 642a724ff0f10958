"""What is known of words beyond the treebanks: clusters of use, possible tags, lists of names (``lexicon.npz``)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import Keys, KeyTable, unpack
from corpus_tools.language._resources import arrays


class Lexicon:
    """Numbers of words and forms by their hashes; how it is made: ``training/lexicon.py``.

    Attributes
    ----------
    paths : array of uint32
        Path of each cluster in the tree of clusters, the first step in the lowest bit; cluster 0 stands for none.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._words, self._forms = KeyTable(unpack(data["words"])), KeyTable(unpack(data["forms"]))
        self._places = KeyTable(unpack(data["places"]))
        self._lists, self._possible, self._cluster = (
            _after_none(data[name]) for name in ("lists", "possible", "cluster")
        )
        self._form_cluster, self._place_kinds = _after_none(data["form_cluster"]), _after_none(data["place_kinds"])
        self.paths: NDArray[np.uint32] = data["paths"].astype(np.uint32)

    def look_up(self, words: Keys, forms: Keys) -> tuple[Keys, Keys, Keys]:
        """Return lists (bits), possible tags (bits) and cluster of words, given the hashes of words and forms."""
        rows = self._words.rows(words)
        special = self._form_cluster[self._forms.rows(forms)]
        return self._lists[rows], self._possible[rows], np.where(special > 0, special, self._cluster[rows])

    def places(self, wordings: Keys) -> Keys:
        """Return kinds (bits) of whole names of places and organizations, given their keys."""
        return self._place_kinds[self._places.rows(wordings)]


def word_and_form(form: str) -> tuple[Keys, Keys]:
    """Keys of one form as `Lexicon.look_up` takes them."""
    from corpus_tools.language._types import form_key, normalise, word_key

    numbers = np.array([word_key(normalise(form)), form_key(form)], dtype=np.uint32)
    return numbers[:1], numbers[1:]


def wording_keys(words: Keys) -> Keys:
    """Keys of wordings as far as each place, given the words' numbers, a row a place (0 where there is none)."""
    totals = np.zeros((len(words) + 1, words.shape[1]), dtype=np.uint32)
    for step, word in enumerate(words):
        total = totals[step]
        totals[step + 1] = np.where(word == 0, total, (total + word) * np.uint32(0x9E3779B1) + np.uint32(0x7F4A7C15))
    return totals[1:]


def _after_none(values: NDArray[Any]) -> Keys:
    return np.concatenate([np.zeros(1, dtype=np.uint32), values.astype(np.uint32)])


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships."""
    return Lexicon(arrays("lexicon.npz"))
