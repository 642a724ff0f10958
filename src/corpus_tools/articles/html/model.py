"""The model that tells text from furniture: gradient-boosted trees over what is measured of each block."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import numpy as np

#: How it was made: ``training/html_blocks.py``.
FILE = "html_blocks.npz"


@cache
def _trees() -> dict[str, Any]:
    path = resources.files("corpus_tools.articles") / "data" / FILE
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        return {
            name: stored[name].astype(np.int64) if stored[name].dtype.kind == "u" else stored[name]
            for name in stored.files
        }


def probabilities(table: Any) -> Any:
    """Return for each row of `features.measure` how likely it is text of the article.

    Examples
    --------
    >>> from corpus_tools.articles.html.features import NAMES
    >>> float(probabilities(np.zeros((1, len(NAMES)), dtype=np.float32))[0]) < 0.5
    True
    """
    trees = _trees()
    feature, threshold, left, right, value = (
        trees[name] for name in ("feature", "threshold", "left", "right", "value")
    )
    count, depth = len(trees["roots"]), int(trees["depth"])
    nodes = np.broadcast_to(trees["roots"], (len(table), count))
    flat, rows = table.ravel(), (np.arange(len(table)) * table.shape[1])[:, None]
    for _ in range(depth):
        goes_left = flat.take(rows + feature.take(nodes)) <= threshold.take(nodes)
        nodes = np.where(goes_left, left.take(nodes), right.take(nodes))
    raw = value.take(nodes).sum(axis=1) + float(trees["baseline"])
    return 1.0 / (1.0 + np.exp(-raw))
