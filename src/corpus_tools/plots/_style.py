"""What all pictures share: colours, a fresh Axes, and how an empty table looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Okabe and Ito's palette (2008), told apart with every common colour blindness; yellow last, being faint on white.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#F0E442")

#: For what is context rather than finding.
GREY = "#8C8C8C"


def colours(names: list[str]) -> dict[str, str]:
    """Return one colour for each name, the same for the same list; more than eight names share colours.

    Examples
    --------
    >>> colours(["b", "a"])
    {'b': '#0072B2', 'a': '#D55E00'}
    """
    return {name: PALETTE[index % len(PALETTE)] for index, name in enumerate(names)}


def axes(ax: Axes | None = None, *, width: float = 8.0, height: float = 4.5) -> Axes:
    """Return `ax`, or a new one of the given size in inches, without the frame's upper and right side."""
    if ax is None:
        import matplotlib.pyplot as plt

        _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def empty(ax: Axes, message: str) -> Axes:
    """Say in `ax` why there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, message, ha="center", va="center", wrap=True, color=GREY, transform=ax.transAxes)
    return ax


def keep(ax: Axes, table: pd.DataFrame) -> Axes:
    """Keep the table behind a drawing from which it cannot be read, for reports to offer it as a file."""
    ax.figure.corpus_tools_table = table  # type: ignore[union-attr]
    return ax
