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
    """Return the arrays of the trees: what is asked at each node, and the node that each answer leads to."""
    path = resources.files("corpus_tools.articles") / "data" / FILE
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        found = {name: stored[name] for name in stored.files}
    found |= {name: found[name].astype(np.intp) for name in ("feature", "roots")}
    # Where a node leads: by its number, twice, and one more where the value is above the threshold.
    found["leads"] = np.stack([found.pop("left"), found.pop("right")], axis=1).astype(np.intp).ravel()
    return found


def probabilities(table: Any) -> Any:
    """Return for each row of `features.measure` how likely it is text of the article.

    Examples
    --------
    >>> from corpus_tools.articles.html.features import NAMES
    >>> float(probabilities(np.zeros((1, len(NAMES)), dtype=np.float32))[0]) < 0.5
    True
    """
    trees = _trees()
    feature, threshold, leads, value = (trees[name] for name in ("feature", "threshold", "leads", "value"))
    count, depth = len(trees["roots"]), int(trees["depth"])
    nodes = np.broadcast_to(trees["roots"], (len(table), count))
    flat, rows = table.ravel(), (np.arange(len(table)) * table.shape[1])[:, None]
    for _ in range(depth):
        above = flat.take(feature.take(nodes) + rows) > threshold.take(nodes)
        nodes = leads.take(2 * nodes + above)
    raw = value.take(nodes).sum(axis=1) + float(trees["baseline"])
    return 1.0 / (1.0 + np.exp(-raw))
