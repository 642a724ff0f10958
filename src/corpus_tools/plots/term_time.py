"""How terms fare over time, in pictures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from corpus_tools.errors import InvalidTable
from corpus_tools.plots._style import axes, colours, empty
from corpus_tools.plots._terms import PER_MILLION, WIDTH, end_labels, thousands
from corpus_tools.plots._text import plain
from corpus_tools.schema import require

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def term_trends(
    trend: pd.DataFrame,
    *,
    changes: pd.DataFrame | None = None,
    ax: Axes | None = None,
    title: str | None = None,
) -> Axes:
    """Draw rates over time, with their intervals.

    Parameters
    ----------
    trend : DataFrame
        What `corpus_tools.terms.trend` gives, without groups. Periods without articles leave a gap; articles without a
        date are counted in the title.
    changes : DataFrame, optional
        What `corpus_tools.terms.change_points` gives for that trend: a triangle marks each rise and fall, and a dashed
        line the rate of each stretch between them.
    ax : Axes, optional
        Where to draw.
    title : str, optional
        Title of the picture.

    Returns
    -------
    Axes
        One line for each term, named at its end.

    Raises
    ------
    InvalidTable
        When a term has several rows for a period, one for each group.
    """
    require(trend, "period", "begin", "term", "per_million", "low", "high", "tokens", "articles")
    if trend.duplicated(["period", "term"]).any():
        raise InvalidTable("Some terms have several rows for a period; draw one group at a time.")
    ax = axes(ax)
    dated = trend[trend["begin"].notna()]
    if not dated["tokens"].sum():
        return empty(ax, "No article has a date, so there is nothing to follow over time.")
    names = list(dict.fromkeys(dated["term"]))
    ends = _lines(ax, dated, colours(names))
    if changes is not None:
        _stretches(ax, changes, colours(names))
    ax.set_title(plain(title or "Terms over time") + _undated(trend, names[0]), loc="left")
    ax.set_ylabel(PER_MILLION)
    ax.set_xlabel(f"{trend.attrs.get('freq', 'period').capitalize()} of publication")
    ax.set_ylim(bottom=0)
    end_labels(ax, ends)
    periods = dated.drop_duplicates("period")
    step = -(-len(periods) // 12)
    ax.set_xticks(periods["begin"][::step], periods["period"][::step], rotation=30 if len(periods) > 6 else 0)
    thousands(ax, axis="y")
    return ax


def _lines(ax: Axes, dated: pd.DataFrame, shades: dict[str, str]) -> list[tuple[float, str, str]]:
    """Draw one line for each term, and return where each ends, its label and its colour."""
    alone = len(dated["period"].unique()) == 1
    ends = []
    for place, (name, colour) in enumerate(shades.items()):
        rows = dated[dated["term"] == name]
        # A single period has no line: points stand side by side.
        begins = rows["begin"] + timedelta(days=alone * (place - (len(shades) - 1) / 2))
        known = rows["per_million"].notna()
        lonely = known & ~known.shift(fill_value=False) & ~known.shift(-1, fill_value=False)
        # A band needs two periods that follow each other.
        ax.vlines(begins[lonely], rows["low"][lonely], rows["high"][lonely], color=colour, alpha=0.3)
        ax.fill_between(begins, rows["low"], rows["high"], color=colour, alpha=0.09, linewidth=0)
        ax.plot(begins, rows["per_million"], "o-", color=colour, markersize=4, label=plain(name))
        last = rows[rows["tokens"] > 0].iloc[-1]
        ends.append((float(last["per_million"]), plain(name, width=WIDTH), colour))
    return ends


def _stretches(ax: Axes, changes: pd.DataFrame, shades: dict[str, str]) -> None:
    """Mark where rates change, and what they are between; terms without a change are left alone."""
    require(changes, "term", "begin", "finish", "per_million", "change")
    for name, rows in changes.groupby("term", sort=False):
        colour = shades.get(str(name))
        if colour is None or len(rows) < 2:
            continue
        ax.hlines(rows["per_million"], rows["begin"], rows["finish"], color=colour, linestyle="--", linewidth=1.6)
        for row in rows[rows["change"].notna()].to_dict("records"):
            rise = row["change"] == "rise"
            ax.annotate(
                "▲" if rise else "▼", (row["begin"], row["per_million"]), color=colour, fontsize=11, ha="center",
                va="bottom" if rise else "top", zorder=4,
            )  # fmt: skip


def _undated(trend: pd.DataFrame, name: Any) -> str:
    number = int(trend.loc[trend["begin"].isna() & (trend["term"] == name), "articles"].sum())
    return f" ({number:,} article{'s' if number > 1 else ''} without a date not shown)" if number else ""
