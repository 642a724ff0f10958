"""Labels beside points that cover neither each other nor the points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

#: Where a label may stand, best first: to the right, left, above, below, and at the corners.
_SIDES = (
    (1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top"),
    (1, 1, "left", "bottom"), (1, -1, "left", "top"), (-1, 1, "right", "bottom"), (-1, -1, "right", "top"),
)  # fmt: skip


class Label(NamedTuple):
    """A text for the point at x and y."""

    text: str
    x: float
    y: float
    colour: str


def place_labels(
    ax: Axes, labels: Sequence[Label], *, points: Any = (), size: float = 8.5, gaps: Sequence[float] = (5, 12)
) -> int:
    """Write labels beside their points, the first ones first, and leave out those for which there is no room.

    Call it last: axes, limits and everything else must stand.

    Parameters
    ----------
    ax : Axes
        Where the points are.
    labels : sequence of Label
        Most important ones first.
    points : array of (x, y)
        Other points, which labels should cover as little as can be.
    size : float
        Of the letters, in points.
    gaps : sequence of float
        Distances from the point to try, in points of print.

    Returns
    -------
    int
        How many were written.
    """
    figure = ax.figure
    figure.draw_without_rendering()  # type: ignore[union-attr, unused-ignore]
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined, union-attr, unused-ignore]
    page = _Page(ax, renderer, ax.get_window_extent(renderer), _pixels(ax, points))
    taken = [_around(ax, label, 3.0) for label in labels]
    taken += [text.get_window_extent(renderer) for text in ax.texts if text.get_text()]
    written = 0
    for number, label in enumerate(labels):
        others = [box for place, box in enumerate(taken) if place != number]
        box = _write(page, label, size, gaps, others)
        if box is not None:
            taken.append(box)
            written += 1
    return written


class _Page(NamedTuple):
    """What is on the page already."""

    ax: Axes
    renderer: Any
    inside: Bbox
    points: Any


def _pixels(ax: Axes, points: Any) -> Any:
    values = np.asarray(points, dtype=float).reshape(-1, 2)
    return ax.transData.transform(values)


def _around(ax: Axes, label: Label, reach: float) -> Bbox:
    from matplotlib.transforms import Bbox

    x, y = ax.transData.transform((label.x, label.y))
    return Bbox.from_extents(x - reach, y - reach, x + reach, y + reach)


def _write(page: _Page, label: Label, size: float, gaps: Sequence[float], taken: list[Bbox]) -> Bbox | None:
    """Write one label where it covers fewest points, and return its place; nothing where there is no room."""
    best: tuple[int, Any, Bbox] | None = None
    for gap, (right, up, horizontal, vertical) in product(gaps, _SIDES):
        reach = gap * (0.6 if right and up else 1)
        text = page.ax.annotate(
            label.text, (label.x, label.y), xytext=(right * reach, up * reach), textcoords="offset points",
            ha=horizontal, va=vertical, fontsize=size, color=label.colour, zorder=5,
        )  # fmt: skip
        box = text.get_window_extent(page.renderer)
        covered = _covered(page, box)
        if _fits(page.inside, box) and not any(map(box.overlaps, taken)) and (best is None or covered < best[0]):
            if best is not None:
                best[1].remove()
            best = covered, text, box
        else:
            text.remove()
        if best is not None and not best[0]:
            break
    return None if best is None else best[2]


def _covered(page: _Page, box: Bbox) -> int:
    x, y = page.points.T
    return int(((box.x0 <= x) & (x <= box.x1) & (box.y0 <= y) & (y <= box.y1)).sum())


def _fits(inside: Bbox, box: Bbox) -> bool:
    return bool(inside.x0 <= box.x0 and box.x1 <= inside.x1 and inside.y0 <= box.y0 and box.y1 <= inside.y1)
