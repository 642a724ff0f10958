"""What a plot shows, as a table in CSV: read from what is drawn, or from what the plot kept beside it.

It travels beside the picture, under a type of its own; the page offers it as a file.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from corpus_tools.reports import cells
from corpus_tools.reports.export import safe

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Under this type the data of a figure stand beside its picture.
MIMETYPE = "application/vnd.corpus-tools.plotted+csv"

#: Under this name a figure keeps the table that it was drawn from, where it cannot be read from the drawing.
KEPT = "corpus_tools_table"

#: Most rows; of more, the last one says how many there are.
MOST_ROWS = 500

_LONGEST = 4000

# What stands at an axis of numbers: 1,000, −0.5, 20%, 10³.
_DIGITS = re.compile(r"[\d.,%:/\s+\-−⁰-⁹¹²³×$\\{}^]*|\$.*\$")

_Row = tuple[str, str, str]


def as_csv(figure: Figure) -> str:
    """Return the data that a figure shows, as CSV; nothing when there are none.

    Parameters
    ----------
    figure : Figure
        Of its Axes, bars, points, lines and coloured cells are read: which series, where, how much.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> axes = figure.subplots()
    >>> _ = axes.barh(["Harbour Wire", "=Post"], [3, 5])
    >>> _ = axes.set(xlabel="Articles", ylabel="Outlet")
    >>> print(as_csv(figure).strip())
    Outlet,Articles
    Harbour Wire,3
    '=Post,5
    """
    kept = getattr(figure, KEPT, None)
    if kept is not None:
        return _written([str(name) for name in kept.columns], (list(map(_text, row)) for row in kept.to_numpy()))
    drawn = [axes for axes in figure.axes if axes.get_visible() and axes.axison and axes.get_label() != "<colorbar>"]
    rows = [(_title(axes) if len(drawn) > 1 else "", *row) for axes in drawn for row in _rows(axes)]
    if not rows:
        return ""
    heads = ["Panel", "Series", *_headings(drawn[0])]
    used = [place for place in range(4) if place > 1 or len({row[place] for row in rows}) > 1]
    return _written([heads[place] for place in used], ([row[place] for place in used] for row in rows))


def _written(heads: list[str], rows: Iterable[list[str]]) -> str:
    found = io.StringIO()
    writer = csv.writer(found, lineterminator="\n")
    writer.writerow([safe(cells.clean(head)) for head in heads])
    known = list(rows)
    for row in known[:MOST_ROWS]:
        writer.writerow([text if _is_number(text) else safe(cells.clean(text, longest=_LONGEST)) for text in row])
    if len(known) > MOST_ROWS:
        writer.writerow([f"({MOST_ROWS:,} of {len(known):,} rows)"])
    return found.getvalue()


def _text(value: Any) -> str:
    said = cells.text(value, places=4)
    return "" if said == cells.MISSING else said


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _title(axes: Axes) -> str:
    return next((t for t in (axes.get_title(), axes.get_title("left"), axes.get_title("right")) if t), "")


def _headings(axes: Axes) -> tuple[str, str]:
    across, down = axes.get_xlabel(), axes.get_ylabel()
    if _lying(axes) or (_named(axes.yaxis) and not _named(axes.xaxis)):
        return down or "Name", across or "Value"
    return across or "Name", down or "Value"


def _rows(axes: Axes) -> Iterator[_Row]:
    """Return series, place and value of all that is drawn; names come before numbers."""
    names = {side: _names(axis) for side, axis in (("x", axes.xaxis), ("y", axes.yaxis))}
    turned = _lying(axes) or bool(names["y"] and not names["x"])
    yield from _bars(axes, names)
    yield from _cells(axes, names)
    series = _series_by_colour(axes)
    yield from _strokes(axes, names)
    for label, x, y in _points(axes, series):
        across, down = _said(axes.xaxis, names["x"], x), _said(axes.yaxis, names["y"], y)
        yield (label, down, across) if turned else (label, across, down)


def _bars(axes: Axes, names: dict[str, dict[float, str]]) -> Iterator[_Row]:
    from matplotlib.patches import Rectangle

    lying = _lying(axes)
    for container in axes.containers:
        label = _label(container.get_label())
        for bar in container.get_children():
            if isinstance(bar, Rectangle):
                x, y, width, height = bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()
                if lying:
                    yield label, _said(axes.yaxis, names["y"], y + height / 2), _number(width)
                else:
                    place = x if _dates(axes.xaxis) else x + width / 2
                    yield label, _said(axes.xaxis, names["x"], place), _number(height)


def _cells(axes: Axes, names: dict[str, dict[float, str]]) -> Iterator[_Row]:
    """Return coloured cells: what is written in them, or else what their colour stands for."""
    texts = axes.texts if axes.images else []
    written = {(round(t.get_position()[0]), round(t.get_position()[1])): t.get_text() for t in texts}
    for image in axes.images:
        for (down, across), value in _values(image.get_array()):
            said = written.get((across, down), "")
            said = said.replace(",", "") if any(character.isdigit() for character in said) else _number(value)
            yield names["x"].get(across, str(across)), names["y"].get(down, str(down)), said


def _strokes(axes: Axes, names: dict[str, dict[float, str]]) -> Iterator[_Row]:
    """Return the places of the strokes in each lane, all of a lane in one row."""
    for line in axes.lines:
        if _is_strokes(line):
            drawn: Any = line.get_path().vertices
            ends = [(float(x), float(y)) for x, y in drawn if math.isfinite(x) and math.isfinite(y)]
            places = "; ".join(_number(x) for x in dict.fromkeys(x for x, _y in ends))
            yield _label(line.get_label()), _said(axes.yaxis, names["y"], ends[0][1]) if ends else "", places


def _is_strokes(line: Any) -> bool:
    """Return whether a line is many strokes: its pieces are parted by places that are none."""
    return any(math.isnan(x) or math.isnan(y) for x, y in line.get_path().vertices)


def _values(array: Any) -> Iterator[tuple[tuple[int, int], float]]:
    import numpy as np

    grid: Any = np.ma.filled(np.ma.asarray(array, dtype=float), np.nan)
    for place in np.ndindex(*grid.shape[:2]) if grid.ndim == 2 else ():
        if math.isfinite(grid[place]):
            yield (int(place[0]), int(place[1])), float(grid[place])


def _points(axes: Axes, series: dict[str, str]) -> Iterator[tuple[str, float, float]]:
    """Return series and place of the points of scatters and lines; guide lines of two ends are none."""
    import numpy as np
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_hex

    for group in axes.collections:
        if isinstance(group, PathCollection):
            colours: Any = group.get_facecolor()
            colour = to_hex(colours[0]) if len(colours) else ""
            for x, y in np.asarray(group.get_offsets(), dtype=float):
                yield _label(group.get_label()) or series.get(colour, ""), float(x), _lane(axes, float(y))
    for line in axes.lines:
        ends = np.asarray(line.get_path().vertices, dtype=float)
        guide = len(ends) == 2 and line.get_marker() in ("None", None, "", " ")
        if guide or line.get_marker() in ("|", "_") or _is_strokes(line):  # ends of intervals, medians; strokes
            continue
        for x, y in dict.fromkeys((float(x), _lane(axes, float(y))) for x, y in ends):
            yield _label(line.get_label()) or series.get(to_hex(line.get_color()), ""), x, y


def _lane(axes: Axes, y: float) -> float:
    """Return the height of a point; strokes in a lane of a name stand at that name's."""
    names = _names(axes.yaxis)
    return float(round(y)) if names and abs(y - round(y)) < 0.49 and round(y) in names else y


def _series_by_colour(axes: Axes) -> dict[str, str]:
    """Return which series a colour stands for, as the legend says; a colour that stands for two says nothing."""
    from matplotlib.colors import to_hex

    legend = axes.get_legend()
    found: dict[str, str] = {}
    if legend is None:
        return found
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
        shade: Any = getattr(handle, "get_color", getattr(handle, "get_facecolor", lambda: "none"))()
        name = to_hex(shade if isinstance(shade, (str, tuple)) else shade[0] if len(shade) else "none")
        found[name] = "" if name in found else text.get_text()
    return found


def _lying(axes: Axes) -> bool:
    return any(getattr(container, "orientation", "") == "horizontal" for container in axes.containers)


def _named(axis: Any) -> bool:
    return bool(_names(axis))


def _names(axis: Any) -> dict[float, str]:
    """Return the names that stand at an axis, by place; none where numbers or dates stand."""
    if _dates(axis):
        return {}
    pairs = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
    found = {float(place): label.get_text().replace(r"\$", "$") for place, label in pairs if label.get_text()}
    return {} if all(_DIGITS.fullmatch(text) for text in found.values()) else found


def _dates(axis: Any) -> bool:
    converter = axis.get_converter() if hasattr(axis, "get_converter") else axis.converter
    return any("Date" in type(one).__name__ for one in (converter, axis.get_major_formatter()))


def _said(axis: Any, names: dict[float, str], value: float) -> str:
    if value != value:  # not a number, such as a missing date
        return ""
    if _dates(axis):
        from matplotlib import dates

        return str(dates.num2date(value).date())  # type: ignore[no-untyped-call, unused-ignore]
    place = min(names, key=lambda known: abs(known - value), default=None)
    return names[place] if place is not None and abs(place - value) < 0.5 else _number(value)


def _label(label: Any) -> str:
    text = str(label)
    return "" if text.startswith("_") else text.replace(r"\$", "$")


def _number(value: float) -> str:
    return f"{float(value):.6g}"
