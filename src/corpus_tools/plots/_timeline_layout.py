"""Where the events of a timeline stand, so that neither bars nor labels overlap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from corpus_tools.timeline import headline

#: At most so many lanes; the smallest share one called "other".
_MOST_LANES = 10


@dataclass(frozen=True)
class Bar:
    """One event: its row, its place on the axis in matplotlib's days, and its label."""

    row: int
    begin: float
    finish: float
    open_start: bool
    open_finish: bool
    status: str
    reports: int
    label: str
    label_at: float
    label_left: bool


@dataclass(frozen=True)
class Layout:
    """All bars, the lanes (name, first and last row), and the ends of the axis."""

    bars: list[Bar]
    lanes: list[tuple[str, int, int]]
    rows: int
    first: float
    last: float


def radius(reports: int) -> float:
    """Return the radius of a dot in points: it grows with the reports, up to half the height of a row."""
    return float(min(1.75 + 0.8 * reports**0.5, 7.0))


def within(dated: pd.DataFrame, start: str | None) -> tuple[pd.DataFrame, str]:
    """Return the events to show and a note on how many are left out.

    Without a `start`, the axis begins where nine tenths of the events lie, if those before would more than double it;
    what lies behind nineteen in twenty by more than half their span is left out, too.
    """
    begins = dated["begin"].fillna(dated["finish"]).sort_values()
    if start is not None:
        first = pd.Timestamp(start)
    else:
        first = pd.Timestamp(begins.iloc[len(begins) // 10])
        if (begins.max() - begins.min()) <= 2 * (begins.max() - first) + pd.Timedelta(days=60):
            first = begins.min()
    most = pd.Timestamp(begins.iloc[-1 - len(begins) // 20])
    last = most + (most - first) / 2 + pd.Timedelta(days=60)
    early, late = dated["finish"].fillna(begins) < first, dated["begin"].fillna(begins) > last
    counts = [(int(early.sum()), "earlier"), (int((late & ~early).sum()), "later")]
    said = [f"{number} {which} event{'s' if number > 1 else ''}" for number, which in counts if number]
    return dated[~(early | late)], f"{' and '.join(said)} not shown" if said else ""


def arrange(
    shown: pd.DataFrame, *, lanes: str | None, label: str | None, labels: int, width: float, size: float
) -> Layout:
    """Return rows for all events, filled lane by lane, each row as full as labels allow.

    Parameters
    ----------
    shown : DataFrame
        Events to draw.
    lanes, label, labels
        See `corpus_tools.plots.event_timeline`.
    width : float
        Width of the axis in inches.
    size : float
        Size of the labels in points.
    """
    names = _lane_names(shown[lanes]) if lanes else pd.Series("", index=shown.index, dtype="object")
    table = shown.assign(_lane=names, _begin=shown["begin"].fillna(shown["finish"]))
    table["_finish"] = table["finish"].fillna(table["_begin"])
    first, last = (_number(_earliest(table))), (_number(_latest(table)))
    span = max(last - first, 7.0)
    first, last = first - 0.03 * span, last + 0.22 * span
    point = (last - first) / (width * 72)
    axis = _Axis(first, last, 0.52 * size * point, 0.008 * span, point)
    labelled = set(table.sort_values(["reports", "_begin"], ascending=[False, True], kind="stable").index[:labels])
    bars: list[Bar] = []
    bounds: list[tuple[str, int, int]] = []
    row = 0
    for lane in _lane_order(table["_lane"]):
        ends: list[float] = []
        members = table[table["_lane"] == lane].sort_values(["_begin", "_finish"], kind="stable")
        for index, event in zip(members.index, members.to_dict("records"), strict=True):
            begin, finish = (_number(event["_begin"])), (_number(event["_finish"]))
            dot = radius(int(event["reports"])) * axis.point if begin == finish else 0.0
            place = _placed(_label(event, label) if index in labelled else "", begin - dot, finish + dot, axis)
            level = next((level for level, taken in enumerate(ends) if taken <= place.first), len(ends))
            ends[level : level + 1] = [place.last]
            bars.append(Bar(row + level, begin, finish, pd.isna(event["begin"]), pd.isna(event["finish"]),
                            _status(event), int(event["reports"]), place.text, place.at, place.left))  # fmt: skip
        bounds.append((lane, row, row + len(ends) - 1))
        row += len(ends)
    return Layout(bars, bounds, row, first, last)


@dataclass(frozen=True)
class _Axis:
    first: float
    last: float
    character: float
    gap: float
    point: float


@dataclass(frozen=True)
class _Place:
    """A label, cut to the room there is, and all that its event takes up on its row."""

    text: str
    at: float
    left: bool
    first: float
    last: float


def _placed(text: str, begin: float, finish: float, axis: _Axis) -> _Place:
    """Put a label behind its event, before it, or on its bar, whichever has room; else cut it to the larger room."""
    start, end = max(begin, axis.first), min(finish, axis.last)
    right, left = axis.last - end - axis.gap, start - axis.gap - axis.first
    length = len(text) * axis.character
    if length > max(right, left) and length <= end - start - axis.gap:
        return _Place(text, start + axis.gap / 2, False, start - axis.gap, end + axis.gap)
    if length > max(right, left):
        text = _cut(text, int(max(right, left) / axis.character))
        length = len(text) * axis.character
    if length <= right:
        return _Place(text, end + axis.gap, False, start - axis.gap, end + 1.5 * axis.gap + length)
    return _Place(text, start - axis.gap, True, start - 1.5 * axis.gap - length, end + axis.gap)


def _told_closely(table: pd.DataFrame) -> pd.DataFrame:
    """Return the events known to the month, if these are most; what is known to the year runs off the axis."""
    fine = table[(table["_finish"] - table["_begin"]) <= pd.Timedelta(days=31)]
    return fine if len(fine) > len(table) / 2 else table


def _earliest(table: pd.DataFrame) -> pd.Timestamp:
    """Return the first day of the axis."""
    return min(pd.Timestamp(_told_closely(table)["_begin"].min()), pd.Timestamp(table["_finish"].min()))


def _latest(table: pd.DataFrame) -> pd.Timestamp:
    """Return the last day of the axis."""
    chosen = _told_closely(table)
    return max(pd.Timestamp(chosen["_finish"].max()), pd.Timestamp(table["_begin"].max()))


def _number(day: Any) -> float:
    """Return a day as matplotlib counts them."""
    moment = pd.Timestamp(day).as_unit("s")  # nanoseconds do not reach the years before 1678
    return float((moment - pd.Timestamp(0).as_unit("s")).total_seconds() / 86_400)


def _lane_names(values: pd.Series[Any]) -> pd.Series[Any]:
    names = values.astype(object).where(values.notna(), "not said")
    frequent = set(names.value_counts().index[:_MOST_LANES])
    return names.where(names.isin(frequent), "other")


def _lane_order(names: pd.Series[Any]) -> list[str]:
    counts = names.value_counts()
    return sorted(
        (str(name) for name in counts.index), key=lambda name: (name in ("other", "not said"), -int(counts[name]), name)
    )


def _status(event: Mapping[Any, Any]) -> str:
    status = event.get("status")
    return status if isinstance(status, str) else "happened"


def _label(event: Mapping[Any, Any], column: str | None) -> str:
    if column is None:
        place = event.get("place")
        return _cut(headline({**event, "place": _cut(place, 24) if isinstance(place, str) else None}), 60)
    value = event.get(column)
    return "" if value is None or pd.isna(value) else _cut(str(value), 48)


def _cut(text: str, longest: int) -> str:
    if longest < 4:
        return ""
    return text[: longest - 1].rstrip() + "…" if len(text) > longest else text
