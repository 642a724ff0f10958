"""Where the words of a network stand, so that none covers another. Places are in inches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import networkx

#: Inches between words that stand together, and between the parts of a network.
_EDGE, _GAP = 0.82, 0.35


def sizes_of(labels: list[str], points: list[float]) -> Any:
    """Return width and height of each label, as far as they can be told before drawing."""
    return (
        np.array([(0.62 * size * len(label) + 6, 1.5 * size) for label, size in zip(labels, points, strict=True)]) / 72
    )


def arrange(graph: networkx.Graph[Any], boxes: dict[str, Any], *, width: float) -> dict[str, tuple[float, float]]:
    """Return a place for each word: each connected part by itself, the parts in rows like words on a page.

    Parameters
    ----------
    graph : networkx.Graph
        The network.
    boxes : dict
        Width and height of each word's label.
    width : float
        Of the page.
    """
    import networkx as nx

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    places: dict[str, tuple[float, float]] = {}
    left = top = deepest = 0.0
    for part in parts:
        words = sorted(part)
        size = np.array([boxes[word] for word in words])
        centres = _spread(_shape(graph, words), size)
        low, high = (centres - size / 2).min(axis=0), (centres + size / 2).max(axis=0)
        room = high - low
        if left and left + room[0] > width:
            left, top, deepest = 0.0, top - deepest - _GAP, 0.0
        shifted = centres - [low[0], high[1]] + [left, top]
        places |= {word: (float(x), float(y)) for word, (x, y) in zip(words, shifted, strict=True)}
        left, deepest = left + room[0] + _GAP, max(deepest, room[1])
    return places


def _shape(graph: networkx.Graph[Any], words: list[str]) -> Any:
    """Return places of the words of one part by how many steps lie between them; the longer side lies flat."""
    import networkx as nx

    part = graph.subgraph(words)
    # A graph built anew has its words in this order, whatever the order of the table was.
    ordered: networkx.Graph[Any] = nx.Graph()
    ordered.add_nodes_from(words)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in part.edges()))
    found = nx.kamada_kawai_layout(ordered, weight=None)
    shape = np.array([found[word] for word in words])
    shape -= shape.mean(axis=0)
    _, _, axes = np.linalg.svd(shape, full_matrices=False)
    # Which way an axis points is arbitrary: the first word stands to the left and above.
    flat = shape @ axes.T
    flat *= np.where(flat[0] * [1, -1] > 0, -1.0, 1.0)
    steps = [np.linalg.norm(flat[words.index(a)] - flat[words.index(b)]) for a, b in ordered.edges()]
    return flat * (_EDGE / max(float(np.mean(steps)), 1e-9)) * [1.0, 0.75]


def _spread(centres: Any, size: Any, *, rounds: int = 400) -> Any:
    """Push labels apart until none covers another."""
    places, number = centres.copy(), len(centres)
    need = (size[:, None] + size[None, :]) / 2
    for _ in range(rounds):
        apart = places[:, None] - places[None, :]
        over = need - np.abs(apart)
        clash = (over > 1e-6).all(axis=2) & ~np.eye(number, dtype=bool)
        if not clash.any():
            break
        # The way out is along the side that overlaps less; of words in one place the later goes down.
        side = np.argmin(over, axis=2)
        order = np.sign(np.arange(number)[None, :] - np.arange(number)[:, None])[..., None]
        way = np.where(apart == 0, order, np.sign(apart))
        push = np.where(np.arange(2) == side[..., None], way * (over / 2 + 0.005), 0.0)
        places += np.where(clash[..., None], push, 0.0).sum(axis=1) * 0.6
    return places
