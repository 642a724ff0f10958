"""When it happened: events on an axis, tolls as they were reported, delays, and a calendar of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corpus_tools.plots import _style, _timeline_layout
from corpus_tools.plots._text import plain
from corpus_tools.schema import require

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Colour of each status; what did not happen, or has not yet, is told apart from what did.
STATUS_COLOURS = {
    "happened": _style.PALETTE[0],
    "ongoing": _style.PALETTE[2],
    "planned": _style.PALETTE[5],
    "denied": _style.PALETTE[1],
    "negated": _style.PALETTE[3],
    "hypothetical": _style.GREY,
}

_LABEL_SIZE = 7.5


def event_timeline(
    merged: pd.DataFrame,
    *,
    ax: Axes | None = None,
    lanes: str | None = "kind",
    label: str | None = None,
    labels: int = 40,
    start: str | None = None,
    title: str = "Reported events",
) -> Axes:
    """Draw events on a time axis: a dot is a day, a bar the days within which it lies; dots grow with the reports.

    A dot with an arrowhead is a bound: the event lies before (or behind) that day, and no one says how far.

    Parameters
    ----------
    merged : DataFrame
        What `corpus_tools.timeline.merge` gives.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the events need.
    lanes : str or None
        Column that parts the events into lanes: ``"kind"``, ``"place"``, ``"actor"``, ``"story"`` (see
        `corpus_tools.timeline.stories`), or any other of the table; None for a single lane.
    label : str, optional
        Column to write beside each event; by default the word that names it, its place, and its tolls as ranges.
    labels : int
        At most so many events are labelled, those with the most reports first.
    start : str, optional
        First day of the axis (YYYY-MM-DD); by default the axis leaves out events long before most others, and says so.
    title : str
        Title of the plot.

    Examples
    --------
    >>> from corpus_tools import schema
    >>> event_timeline(schema.TIMELINE.empty()).texts[0].get_text()
    'No dated events.'
    """
    require(merged, "begin", "finish", "reports", *([lanes] if lanes else []))
    dated = merged[merged["begin"].notna() | merged["finish"].notna()]
    if dated.empty:
        return _style.empty(_style.axes(ax), "No dated events.")
    shown, note = _timeline_layout.within(dated, start)
    layout = _timeline_layout.arrange(shown, lanes=lanes, label=label, labels=labels, width=7.2, size=_LABEL_SIZE)
    ax = _style.axes(ax, width=9.5, height=max(2.6, 0.21 * layout.rows + 1.3))
    _draw(ax, layout)
    _lanes(ax, layout)
    ax.set_xlim(layout.first, layout.last)
    ax.set_ylim(layout.rows - 0.3, -0.9)
    ax.set_xlabel("Date of the event")
    ax.set_title(title, loc="left")
    _date_axis(ax)
    _status_legend(ax, shown)
    _foot(ax, note)
    columns = ("begin", "finish", "kind", "predicate", "place", "status", "reports")
    return _style.keep(ax, shown[[name for name in columns if name in shown.columns]])


def _foot(ax: Axes, note: str) -> None:
    """Write under the axis what the plot leaves out."""
    if note:
        ax.annotate(note, (0, 0), xytext=(0, -26), xycoords="axes fraction", textcoords="offset points", fontsize=7,
                    color=_style.GREY, va="top", annotation_clip=False)  # fmt: skip


def _draw(ax: Axes, layout: _timeline_layout.Layout) -> None:
    """Draw all dots as one mark and all bars as one, which keeps pages small."""
    from matplotlib.collections import PolyCollection

    days = [bar for bar in layout.bars if bar.begin == bar.finish]
    spans = [bar for bar in layout.bars if bar.begin < bar.finish]
    if days:
        sizes = [(2 * _timeline_layout.radius(bar.reports)) ** 2 for bar in days]
        ax.scatter([bar.begin for bar in days], [bar.row for bar in days], s=sizes, alpha=0.85, linewidths=0,
                   color=[_colour(bar) for bar in days], label="_days")  # fmt: skip
    if spans:
        corners = [
            [(bar.begin, bar.row - 0.21), (bar.finish, bar.row - 0.21), (bar.finish, bar.row + 0.21),
             (bar.begin, bar.row + 0.21)]
            for bar in spans
        ]  # fmt: skip
        colours = [_colour(bar) for bar in spans]
        fill = [(*_rgb(colour), 0.35) for colour in colours]
        ax.add_collection(PolyCollection(corners, facecolors=fill, edgecolors=colours, linewidths=0.7, label="_spans"))
    _open_ends(ax, layout)
    for bar in layout.bars:
        if bar.label:
            align = "right" if bar.label_left else "left"
            ax.text(bar.label_at, bar.row, plain(bar.label), fontsize=_LABEL_SIZE, va="center", ha=align)


def _open_ends(ax: Axes, layout: _timeline_layout.Layout) -> None:
    """Draw arrowheads where an event may lie before or behind the one day that is known."""
    for marker, step, bars in (
        ("<", -1, [bar for bar in layout.bars if bar.open_start]),
        (">", 1, [bar for bar in layout.bars if bar.open_finish]),
    ):
        if bars:
            reach = step * 0.008 * (layout.last - layout.first)
            colours = [_colour(bar) for bar in bars]
            ax.scatter([bar.begin + reach for bar in bars], [bar.row for bar in bars], marker=marker, s=22,
                       color=colours, linewidths=0, label="_open")  # fmt: skip


def _colour(bar: _timeline_layout.Bar) -> str:
    return STATUS_COLOURS.get(bar.status, _style.PALETTE[0])


def _rgb(colour: str) -> tuple[float, float, float]:
    from matplotlib.colors import to_rgb

    return to_rgb(colour)


def _lanes(ax: Axes, layout: _timeline_layout.Layout) -> None:
    ax.set_yticks([(first + last) / 2 for _, first, last in layout.lanes])
    ax.set_yticklabels([plain(name.replace("_", " "), width=26) for name, _, _ in layout.lanes])
    ax.tick_params(axis="y", length=0)
    for _, first, _ in layout.lanes[1:]:
        ax.axhline(first - 0.5, color="#888888", alpha=0.35, lw=0.8, zorder=0)


def _date_axis(ax: Axes, which: str = "x") -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    axis = ax.xaxis if which == "x" else ax.yaxis
    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axis.set_major_locator(locator)
    axis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def _status_legend(ax: Axes, shown: pd.DataFrame) -> None:
    if "status" not in shown.columns:
        return
    present = [status for status in STATUS_COLOURS if (shown["status"] == status).any()]
    if len(present) < 2:
        return
    for status in present:
        ax.plot([], [], "o", color=STATUS_COLOURS[status], label=status, ms=5, mew=0)
    ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(present), frameon=False, fontsize=8, borderpad=0,
              handletextpad=0.2, columnspacing=1.0)  # fmt: skip


def toll_evolution(
    told: pd.DataFrame, *, ax: Axes | None = None, toll: str = "killed", by: str = "outlet", title: str | None = None
) -> Axes:
    """Draw how many were reported killed (or injured ...) by day of publication, conflicting reports beside each other.

    Parameters
    ----------
    told : DataFrame
        What `corpus_tools.timeline.tolls` gives, best for one event.
    ax : Axes, optional
        Where to draw.
    toll : str
        Which toll: killed, injured, missing, arrested or displaced.
    by : str
        Column that colours the reports, ``"outlet"`` or ``"reported_by"``.
    title : str, optional
        Title of the plot.

    Examples
    --------
    >>> from corpus_tools import schema, timeline
    >>> toll_evolution(timeline.tolls(schema.EVENTS.empty())).texts[0].get_text()
    'No report gives a number of people killed.'
    """
    require(told, "published", "toll", "least", "most", by)
    rows = told[(told["toll"] == toll) & told["published"].notna()].sort_values(["published", "least"], kind="stable")
    if rows.empty:
        return _style.empty(_style.axes(ax), f"No report gives a number of people {toll}.")
    from matplotlib.ticker import MaxNLocator

    ax = _style.axes(ax, width=8.5, height=4.2)
    sources = rows[by].astype(object).where(rows[by].notna(), "not said")
    names = list(sources.value_counts().index)
    colour = _style.colours(names[:8]) | dict.fromkeys(names[8:], _style.GREY)
    for name in names:
        _reports_of(ax, rows[sources == name], colour[name], plain(name, width=30), rows)
    ax.set_xlabel("Date of publication")
    ax.set_ylabel(f"People reported {toll}")
    ax.set_title(title if title is not None else f"People reported {toll}, by day of publication", loc="left")
    _date_axis(ax)
    ax.margins(x=0.06, y=0.12)
    days = (rows["published"].dt.normalize() - pd.Timestamp(0)).dt.days
    if days.max() - days.min() < 18:  # a lone day would be drawn amid years
        middle = (days.min() + days.max()) / 2
        ax.set_xlim(middle - 10, middle + 10)
    ax.set_ylim(bottom=-0.02 * ax.get_ylim()[1])
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=8)
    return ax


def _reports_of(ax: Axes, rows: pd.DataFrame, colour: str, name: str, all_rows: pd.DataFrame) -> None:
    x = _beside_each_other(rows, all_rows)
    least = rows["least"].astype(float).to_numpy()
    most = rows["most"].astype(float).to_numpy()
    ax.plot(x, least, "o", color=colour, ms=6, alpha=0.9, label=name, mew=0)
    for place, low, high in zip(x, least, most, strict=True):
        if np.isnan(high):
            reach = max(0.07 * float(all_rows["least"].max()), 0.6)
            ax.annotate(
                "", (place, low + reach), (place, low), arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.4}
            )
        elif high > low:
            ax.plot([place, place], [low, high], "_-", color=colour, lw=1.6, ms=8)


def _beside_each_other(rows: pd.DataFrame, all_rows: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return places on the axis, reports of one day and number set a little apart."""
    days = all_rows["published"].dt.normalize()
    order = all_rows.groupby([days, "least"], dropna=False).cumcount()
    span = max(float((days.max() - days.min()).days), 1.0)
    at = (rows["published"].dt.normalize() - pd.Timestamp(0)).dt.days.to_numpy()
    return np.asarray(at + order.loc[rows.index].to_numpy() * span * 0.012, dtype=float)


def publication_lag(
    reported: pd.DataFrame, *, ax: Axes | None = None, by: str = "outlet", title: str = "Days from event to report"
) -> Axes:
    """Draw how many days after an event each outlet reports it; left of zero stand events announced beforehand.

    Parameters
    ----------
    reported : DataFrame
        What `corpus_tools.timeline.reports` gives; only events dated to one day are drawn.
    ax : Axes, optional
        Where to draw.
    by : str
        Column that parts the lanes.
    title : str
        Title of the plot.

    Examples
    --------
    >>> from corpus_tools import schema, timeline
    >>> publication_lag(timeline.reports(schema.EVENTS.empty())).texts[0].get_text()
    'No event with a day has a date of publication.'
    """
    require(reported, "begin", "finish", "published", by)
    rows = reported[(reported["begin"] == reported["finish"]) & reported["published"].notna() & reported[by].notna()]
    if rows.empty:
        return _style.empty(_style.axes(ax), "No event with a day has a date of publication.")
    lag = (rows["published"].dt.normalize() - rows["begin"]).dt.days
    order = lag.groupby(rows[by]).median().sort_values(ascending=False)
    ax = _style.axes(ax, width=8.5, height=1.4 + 0.42 * len(order))
    for lane, name in enumerate(order.index):
        days = lag[rows[by] == name].sort_values()
        spread = days.groupby(days).cumcount() * 0.09
        offset = np.where(spread.to_numpy() > 0.36, 0.36, spread.to_numpy())
        ax.plot(days, lane - 0.2 + offset, "o", ms=5, alpha=0.55, mew=0, color=_style.PALETTE[0])
        ax.plot([order[name]], [lane], "|", ms=20, mew=2, color=_style.PALETTE[1])
    ax.set_yticks(range(len(order)), [plain(name, width=28) for name in order.index])
    ax.set_xscale("symlog", linthresh=10, linscale=1.4)
    ax.set_xlim(min(lag.min(), 0) * 1.3 - 0.8, max(lag.max(), 0) * 1.3 + 0.8)  # no dot at the edge is cut
    ticks = _apart(ax, [tick for tick in _LAGS if min(lag.min(), 0) * 1.2 <= tick <= max(lag.max(), 0) * 1.2])
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    ax.axvline(0, color=_style.GREY, lw=0.8, zorder=0)
    ax.set_ylim(-0.7, len(order) - 0.3)
    ax.set_xlabel("Days between the event and its report (orange: median)")
    ax.set_title(title, loc="left")
    return ax


#: Days that the axis of delays may name, those first that it should.
_LAGS = (0, 7, -7, 30, -30, 365, -365, 3650, -3650, 100, -100, 1, 3, -1, -3, 36500)
#: Pixels between two of them, at 100 dots to the inch.
_LABEL_ROOM = 26


def _apart(ax: Axes, ticks: list[int]) -> list[int]:
    """Return those ticks whose labels do not touch that of one before them in the list, in order."""
    scale = 100 / ax.figure.dpi
    places = {tick: float(ax.transData.transform((tick, 0))[0]) * scale for tick in ticks}
    kept: list[int] = []
    for tick in ticks:
        if all(abs(places[tick] - places[other]) >= _LABEL_ROOM for other in kept):
            kept.append(tick)
    return sorted(kept)


def report_calendar(
    reported: pd.DataFrame, *, ax: Axes | None = None, day: str = "published", title: str = "Reports of events by day"
) -> Axes:
    """Draw a calendar, a column for each week, in which darker days have more reports.

    Parameters
    ----------
    reported : DataFrame
        What `corpus_tools.timeline.reports` gives.
    ax : Axes, optional
        Where to draw.
    day : str
        Column that places a report: ``"published"``, or ``"begin"`` for the day of the event.
    title : str
        Title of the plot.

    Examples
    --------
    >>> from corpus_tools import schema, timeline
    >>> report_calendar(timeline.reports(schema.EVENTS.empty())).texts[0].get_text()
    'No report has a date.'
    """
    require(reported, day)
    days = reported[day].dropna()
    if days.empty:
        return _style.empty(_style.axes(ax), "No report has a date.")
    days = days.dt.normalize()
    last = days.max()
    shown = days > last - pd.Timedelta(days=371)
    left_out, days = int((~shown).sum()), days[shown]
    monday = days.min() - pd.Timedelta(days=int(days.min().weekday()))
    weeks = (last - monday).days // 7 + 1
    counts = np.full((7, weeks), np.nan)
    for offset in range((last - monday).days + 1):
        counts[offset % 7, offset // 7] = 0
    for when, number in days.value_counts().items():
        offset = (pd.Timestamp(str(when)) - monday).days
        counts[offset % 7, offset // 7] = number
    ax = _style.axes(ax, width=max(4.5, 0.27 * weeks + 2.2), height=2.6)
    _paint(ax, counts, monday, weeks)
    ax.set_title(title, loc="left")
    _foot(ax, f"{left_out:,} earlier report{'s' if left_out > 1 else ''} not shown" if left_out else "")
    return _style.keep(ax, days.value_counts().sort_index().rename_axis("day").reset_index(name="reports"))


def _paint(ax: Axes, counts: np.ndarray[Any, np.dtype[np.float64]], monday: pd.Timestamp, weeks: int) -> None:
    from matplotlib.ticker import MaxNLocator

    mesh = ax.pcolormesh(np.ma.masked_invalid(counts), cmap="Blues", edgecolors="white", linewidth=1.5, vmin=0)
    ax.set_aspect("equal")
    ax.invert_yaxis()
    ax.set_yticks([0.5, 2.5, 4.5, 6.5], ["Mon", "Wed", "Fri", "Sun"])
    starts = [monday + pd.Timedelta(weeks=week) for week in range(weeks)]
    ticks = [week for week in range(weeks) if week == 0 or starts[week].month != starts[week - 1].month]
    if len(ticks) > 1 and ticks[1] - ticks[0] < 3:
        ticks = ticks[1:]
    ax.set_xticks(
        [week + 0.5 for week in ticks],
        [starts[week].strftime("%b %Y" if week == ticks[0] or starts[week].month == 1 else "%b") for week in ticks],
    )
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    bar = ax.figure.colorbar(mesh, ax=ax, shrink=0.75, pad=0.02, aspect=10)
    bar.locator = MaxNLocator(integer=True, nbins=4)
    bar.update_ticks()
    bar.set_label("reports")
    bar.outline.set_visible(False)
