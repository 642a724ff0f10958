"""What pictures of terms share: rows of terms, labels that keep apart, axes of rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus_tools.plots._text import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Longest label in characters.
WIDTH = 32
PER_MILLION = "Occurrences per million words"


def height(rows: int) -> float:
    """Return the height in inches of a picture with a row for each term."""
    return 1.2 + 0.27 * max(rows, 4)


def label_rows(ax: Axes, names: Any, *, invert: bool = True) -> None:
    """Name the rows, the first at the top."""
    ax.set_yticks(range(len(names)), [plain(name, width=WIDTH) for name in names])
    ax.tick_params(axis="y", length=0)
    if invert:
        ax.set_ylim(len(names) - 0.4, -0.6)


def beside(ax: Axes, text: str, place: tuple[float, float], *, gap: int = 4) -> None:
    """Write `text` to the right of a place."""
    ax.annotate(text, place, xytext=(gap, 0), textcoords="offset points", va="center", fontsize=8, color="#444444")


def thousands(ax: Axes, *, axis: str = "x") -> None:
    """Write large numbers with commas."""
    from matplotlib.ticker import FuncFormatter

    which = ax.xaxis if axis == "x" else ax.yaxis
    which.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:,.0f}" if value == round(value) else f"{value:g}")
    )


def short(rate: float) -> str:
    """Return a rate in few characters."""
    return f"{rate:,.0f}" if rate >= 1 or rate == 0 else f"{rate:.1f}"


def end_labels(ax: Axes, ends: list[tuple[float, str, str]]) -> None:
    """Name lines at the right edge, moved apart where they would overlap."""
    low, high = ax.get_ylim()
    step = (high - max(low, 0)) * 0.055
    ordered = sorted(ends)
    places: list[float] = []
    for value, _, _ in ordered:
        places.append(max(value, places[-1] + step if places else low))
    # What would stand above the picture moves down, and what is below it too, where it must.
    for number in range(len(places) - 1, -1, -1):
        places[number] = min(places[number], places[number + 1] - step if number + 1 < len(places) else high - step / 2)
    for at, (_, name, colour) in zip(places, ordered, strict=True):
        ax.annotate(
            name, (1, at), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points", color=colour,
            va="center", fontsize=9, annotation_clip=False,
        )  # fmt: skip
