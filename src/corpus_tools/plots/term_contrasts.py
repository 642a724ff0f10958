"""What sets two corpora apart, in pictures."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus_tools.plots._labels import Label, place_labels
from corpus_tools.plots._style import GREY, PALETTE, axes, empty
from corpus_tools.plots._terms import WIDTH, beside, height, label_rows, thousands
from corpus_tools.plots._text import plain
from corpus_tools.schema import require

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_NOTHING = "There is nothing to compare: no term, or only one outlet."


def keywords(
    keyness: pd.DataFrame,
    *,
    ax: Axes | None = None,
    top: int = 10,
    target: str | None = None,
    reference: str | None = None,
    largest_q: float = 0.05,
) -> Axes:
    """Draw the terms that set two corpora apart, by how many times more frequent they are.

    Parameters
    ----------
    keyness : DataFrame
        What `corpus_tools.terms.keyness` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 10
        How many terms to draw on each side, those with the highest and lowest score.
    target, reference : str, optional
        Names of the corpora; by default those that the table carries.
    largest_q : float
        False discovery rate up to which a point is filled.

    Returns
    -------
    Axes
        One point with its interval for each term, hollow where the difference may be chance; beside it the counts in
        both corpora.

    Examples
    --------
    >>> from corpus_tools.terms import keyness
    >>> table = keyness({"dam": 30, "the": 970}, {"dam": 10, "the": 990})
    >>> keywords(table).get_xlabel()
    'Log ratio: doublings of the rate per million words'
    """
    columns = ("term", "count", "reference_count", "score", "q", "log_ratio", "log_ratio_low", "log_ratio_high")
    require(keyness, *columns)
    over, under = keyness[keyness["log_ratio"] > 0].head(top), keyness[keyness["log_ratio"] < 0].tail(top)
    ax = axes(ax, height=height(len(over) + len(under)) + 0.5)
    if not len(over) + len(under):
        return empty(ax, _NOTHING)
    rows = [*over.to_dict("records"), *under.to_dict("records")]
    for place, row in enumerate(rows):
        colour = PALETTE[0] if row["log_ratio"] > 0 else PALETTE[1]
        ax.plot([0, row["log_ratio"]], [place, place], color=colour, alpha=0.35, linewidth=4, solid_capstyle="butt")
        ax.plot([row["log_ratio_low"], row["log_ratio_high"]], [place, place], color=colour, linewidth=1.1)
        filled = colour if row["q"] <= largest_q else "white"
        ax.plot([row["log_ratio"]], [place], "o", markeredgecolor=colour, markerfacecolor=filled, zorder=3)
        beside(ax, f"{row['count']:,} : {row['reference_count']:,}", (max(row["log_ratio_high"], 0), place))
    label_rows(ax, [row["term"] for row in rows])
    ax.axvline(0, color="#333333", linewidth=0.8)
    ax.margins(x=0.14)
    ax.set_xlabel("Log ratio: doublings of the rate per million words")
    names = _names(keyness, target, reference)
    ax.set_title(plain(f"Keywords of {names[0]} against {names[1]}", width=80), loc="left", pad=22)
    _directions(ax, names)
    return ax


def keyness_volcano(
    keyness: pd.DataFrame,
    *,
    ax: Axes | None = None,
    top: int = 12,
    target: str | None = None,
    reference: str | None = None,
    largest_q: float = 0.05,
) -> Axes:
    """Draw each term by how large a difference is and how sure.

    Parameters
    ----------
    keyness : DataFrame
        What `corpus_tools.terms.keyness` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 12
        How many terms to name on each side, by turns the surest and the largest differences. What has no room has no
        name.
    target, reference : str, optional
        Names of the corpora; by default those that the table carries.
    largest_q : float
        False discovery rate up to which a point has a colour.

    Returns
    -------
    Axes
        One point for each term; right what the target has more of, above what is surer.

    Examples
    --------
    >>> from corpus_tools.terms import keyness
    >>> table = keyness({"dam": 30, "the": 970}, {"dam": 10, "the": 990})
    >>> keyness_volcano(table).get_ylabel()
    'Evidence: log-likelihood'
    """
    require(keyness, "term", "log_ratio", "log_likelihood", "q")
    ax = axes(ax, width=8.0, height=5.5)
    if keyness.empty:
        return empty(ax, _NOTHING)
    x, y = keyness["log_ratio"].to_numpy(), keyness["log_likelihood"].abs().to_numpy()
    shades = _shades(x, keyness["q"].to_numpy(), largest_q)
    _points(ax, x, y, shades)
    sure = keyness["q"].to_numpy() <= largest_q
    if sure.any() and not sure.all():
        limit = float(y[sure].min())
        ax.axhline(limit, color=GREY, linewidth=0.8, linestyle=":")
        ax.annotate(
            f"above: false discovery rate up to {largest_q:.0%}", (0, limit), xycoords=("axes fraction", "data"),
            xytext=(4, 2), textcoords="offset points", ha="left", fontsize=8, color=GREY,
        )  # fmt: skip
    ax.axvline(0, color="#333333", linewidth=0.8)
    ax.set_yscale("symlog", linthresh=10)
    # Room for the names of the highest points, and of the line below them.
    ax.set_ylim(0, max(float(y.max()), 1.0) * 1.35)
    ax.margins(x=0.12)
    thousands(ax, axis="y")
    ax.set_xlabel("Size: log ratio (doublings of the rate)")
    ax.set_ylabel("Evidence: log-likelihood")
    names = _names(keyness, target, reference)
    ax.set_title(plain(f"{names[0]} against {names[1]}: size and evidence", width=80), loc="left", pad=22)
    _directions(ax, names)
    _name_points(ax, keyness, _outermost(x, y, sure, top), x, y, shades)
    return ax


def _outermost(x: Any, y: Any, sure: Any, top: int) -> list[int]:
    """Return the rows to name on both sides: by turns the surest and the largest of the sure differences."""
    chosen: list[int] = []
    for side in (x > 0, x < 0):
        surest = np.argsort(np.where(side, -y, np.inf), kind="stable")[: int(side.sum())]
        largest = np.argsort(np.where(side & sure, -np.abs(x), np.inf), kind="stable")[: int((side & sure).sum())]
        turns = [row for pair in zip_longest(surest.tolist(), largest.tolist()) for row in pair if row is not None]
        chosen += list(dict.fromkeys(turns))[:top]
    return sorted(chosen, key=lambda row: -y[row])


def term_contrast(
    keyness: pd.DataFrame,
    *,
    ax: Axes | None = None,
    top: int = 20,
    target: str | None = None,
    reference: str | None = None,
    largest_q: float = 0.05,
) -> Axes:
    """Draw each term by its rate in both corpora: shared vocabulary on the diagonal, what is one's own beside it.

    Parameters
    ----------
    keyness : DataFrame
        What `corpus_tools.terms.keyness` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 20
        How many terms to name on each side, those with the strongest evidence, and half as many of the most frequent
        ones near the diagonal. What has no room has no name.
    target, reference : str, optional
        Names of the corpora; by default those that the table carries.
    largest_q : float
        False discovery rate up to which a point has a colour.

    Returns
    -------
    Axes
        One point for each term: to the right by its rate in the reference, upwards by that in the target, both
        logarithmic; terms that one corpus lacks stand at the edge named 0.

    References
    ----------
    Kessler, J. S. (2017). Scattertext: a browser-based tool for visualizing how corpora differ. ACL.

    Examples
    --------
    >>> from corpus_tools.terms import keyness
    >>> table = keyness({"dam": 30, "the": 970}, {"dam": 10, "the": 990})
    >>> term_contrast(table, target="A", reference="B").get_ylabel()
    'A: occurrences per million words'
    """
    require(keyness, "term", "per_million", "reference_per_million", "log_ratio", "log_likelihood", "q")
    ax = axes(ax, width=7.6, height=7.0)
    if keyness.empty:
        return empty(ax, _NOTHING)
    names = _names(keyness, target, reference)
    rates = keyness[["reference_per_million", "per_million"]].to_numpy(dtype=float)
    least = float(rates[rates > 0].min()) if (rates > 0).any() else 1.0
    floor = least / 2
    x, y = np.where(rates > 0, rates, floor).T
    shades = _shades(keyness["log_ratio"].to_numpy(), keyness["q"].to_numpy(), largest_q)
    ends = floor / 1.4, float(rates.max()) * 2.2
    ax.plot(ends, ends, color=GREY, linewidth=0.8, zorder=0)
    _points(ax, x, y, shades)
    for axis, name in ((ax.xaxis, names[1]), (ax.yaxis, names[0])):
        _log_axis(axis, floor, ends)
        axis.set_label_text(plain(f"{name}: occurrences per million words", width=70))
    ax.set_title(plain(f"Words of {names[0]} and of {names[1]}", width=80), loc="left")
    ax.text(0.02, 0.985, plain(f"more in {names[0]}", width=44), color=PALETTE[0], va="top", transform=ax.transAxes)
    right: dict[str, Any] = {"ha": "right", "transform": ax.transAxes}
    ax.text(0.985, 0.06, plain(f"more in {names[1]}", width=44), color=PALETTE[1], **right)
    chance = f"grey: may be chance (false discovery rate over {largest_q:.0%})"
    ax.text(0.985, 0.02, chance, color=GREY, size=8, **right)
    _name_points(ax, keyness, _leading(keyness, top, largest_q), x, y, shades)
    return ax


def _leading(keyness: pd.DataFrame, top: int, largest_q: float) -> list[int]:
    """Return the rows to name: the surest of both sides by turns, then the most frequent that are shared."""
    evidence, ratio = keyness["log_likelihood"].abs().to_numpy(), keyness["log_ratio"].to_numpy()
    order = np.argsort(-evidence, kind="stable")
    sides = [order[ratio[order] > 0][:top].tolist(), order[ratio[order] < 0][:top].tolist()]
    turns = [side[place] for place in range(top) for side in sides if place < len(side)]
    rate = np.minimum(keyness["per_million"].to_numpy(), keyness["reference_per_million"].to_numpy())
    shared = np.argsort(-rate, kind="stable")
    shared = shared[keyness["q"].to_numpy()[shared] > largest_q][: top // 2]
    return [*turns, *(place for place in shared.tolist() if place not in set(turns))]


def _shades(ratio: Any, q: Any, largest_q: float) -> Any:
    return np.where(q > largest_q, GREY, np.where(ratio > 0, PALETTE[0], PALETTE[1]))


#: With so many points a drawing would be heavier than a picture of them.
_MANY = 400


def _points(ax: Axes, x: Any, y: Any, shades: Any) -> None:
    """Draw points, those without evidence behind and faint."""
    for shade in (GREY, PALETTE[0], PALETTE[1]):
        own = shades == shade
        # Points of rare words lie on each other: one of each place is enough.
        places = np.unique(np.column_stack([x[own], y[own]]), axis=0)
        ax.scatter(
            places[:, 0], places[:, 1], s=11 if shade == GREY else 20, color=shade, linewidth=0,
            alpha=0.35 if shade == GREY else 0.8, zorder=1 if shade == GREY else 2, rasterized=len(places) > _MANY,
        )  # fmt: skip


def _name_points(ax: Axes, keyness: pd.DataFrame, rows: list[int], x: Any, y: Any, shades: Any) -> None:
    terms = keyness["term"].to_numpy()
    shown = {GREY: "#444444"}
    labels = [
        Label(plain(terms[row], width=WIDTH), float(x[row]), float(y[row]), shown.get(shades[row], str(shades[row])))
        for row in rows
    ]
    coloured = shades != GREY
    place_labels(ax, labels, points=np.column_stack([x[coloured], y[coloured]]))


def _log_axis(axis: Any, floor: float, ends: tuple[float, float]) -> None:
    """Make an axis logarithmic, with a place for 0 at its beginning."""
    (axis.axes.set_xscale if axis.axis_name == "x" else axis.axes.set_yscale)("log")
    (axis.axes.set_xlim if axis.axis_name == "x" else axis.axes.set_ylim)(*ends)
    powers = [10.0**power for power in range(-3, 7) if floor * 1.6 < 10.0**power < ends[1]]
    axis.set_ticks([floor, *powers], labels=["0", *(f"{power:,g}" for power in powers)])
    axis.set_ticks([], minor=True)


def _names(keyness: pd.DataFrame, target: str | None, reference: str | None) -> tuple[str, str]:
    return (
        target or str(keyness.attrs.get("target", "target")),
        reference or str(keyness.attrs.get("reference", "reference")),
    )


def _directions(ax: Axes, names: tuple[str, str]) -> None:
    """Say above the picture which side is whose."""
    right, left = plain(f"more in {names[0]} →", width=48), plain(f"← more in {names[1]}", width=48)
    ax.text(1, 1.01, right, color=PALETTE[0], ha="right", transform=ax.transAxes, fontsize=9)
    ax.text(0, 1.01, left, color=PALETTE[1], transform=ax.transAxes, fontsize=9)
