"""Text to count: as unevenly frequent words and pairs as English has, made from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np

#: Documents and words of each: about 57 MB together.
DOCUMENTS, WORDS = 20_000, 480

_LETTERS = "etaoinshrdlucmfwypvbgk"
_MARKS = np.array([" "] * 86 + [", "] * 6 + [". "] * 6 + [' "', "; "], dtype=object)


def make_texts(documents: int = DOCUMENTS, words: int = WORDS, *, seed: int = 7) -> list[str]:
    """Return texts whose words and pairs are as unevenly frequent as those of English, with marks and capitals.

    Words follow Zipf's law; every other word is one of the eight usual followers of the word before.

    Examples
    --------
    >>> texts = make_texts(3, 10)
    >>> len(texts), texts == make_texts(3, 10)
    (3, True)
    """
    chance = np.random.default_rng(seed)
    vocabulary = _vocabulary(chance, 120_000)
    weights = 1.0 / (np.arange(1, len(vocabulary) + 1) + 2.7)
    limits = np.cumsum(weights) / weights.sum()
    followers = np.searchsorted(limits, chance.random((len(vocabulary), 8)))
    chosen = np.empty((documents, words), dtype=np.int64)
    chosen[:, 0] = np.searchsorted(limits, chance.random(documents))
    for place in range(1, words):
        free = np.searchsorted(limits, chance.random(documents))
        usual = followers[chosen[:, place - 1], (chance.random(documents) ** 2 * 8).astype(np.int64)]
        chosen[:, place] = np.where(chance.random(documents) < 0.5, usual, free)
    texts = []
    for row in chosen:
        marks = _MARKS[chance.integers(0, len(_MARKS), words)]
        texts.append("".join((vocabulary[row] + marks).tolist()).strip().capitalize())
    return texts


def _vocabulary(chance: np.random.Generator, size: int) -> Any:
    lengths = np.clip(chance.poisson(4.2, size) + 1, 1, 16)
    lengths[:200] = np.clip(lengths[:200] // 2, 1, 5)
    letters = chance.integers(0, len(_LETTERS), int(lengths.sum()))
    text = "".join(_LETTERS[letter] for letter in letters)
    ends = np.cumsum(lengths)
    words = [text[end - length : end] for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)]
    capitals = chance.random(size) < 0.1
    joined = chance.random(size) < 0.03
    return np.array(
        [
            (word.capitalize() if capital else word) + ("-" + word[::-1] if join else "")
            for word, capital, join in zip(words, capitals, joined, strict=True)
        ],
        dtype=object,
    )
