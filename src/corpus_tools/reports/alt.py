r"""Alternative text for plots, written from what is drawn: who cannot see a plot reads its title, axes and extremes.

Registered in the kernels that make reports; it travels beside the picture, under a type of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Under this type a figure's description stands beside its picture.
MIMETYPE = "application/vnd.corpus-tools.alt"

_MOST_LABELS = 6


def register() -> None:
    """Let every figure that the running kernel shows carry its description."""
    from IPython import get_ipython
    from IPython.core.formatters import PlainTextFormatter
    from traitlets import Unicode

    class Alternative(PlainTextFormatter):  # type: ignore[misc, unused-ignore]
        format_type = Unicode(MIMETYPE)

        def __call__(self, shown: Any) -> str | None:
            from matplotlib.figure import Figure

            return describe(shown) if isinstance(shown, Figure) else None

    shell = get_ipython()  # type: ignore[no-untyped-call, unused-ignore]
    if shell is not None:
        shell.display_formatter.formatters[MIMETYPE] = Alternative(parent=shell.display_formatter)


def describe(figure: Figure) -> str:
    """Return what a figure shows, in words.

    Parameters
    ----------
    figure : Figure
        A drawn figure.

    Returns
    -------
    str
        For each Axes its title, axis labels, how many bars, lines and points there are, and the names that stand there.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> axes = figure.subplots()
    >>> _ = axes.bar(["Harbour Wire", "Meridian Post"], [3, 5])
    >>> _ = axes.set(title="Articles by outlet", ylabel="Articles")
    >>> describe(figure)
    'Articles by outlet. Vertical axis: Articles. 2 bars, from 3 to 5 (longest: Meridian Post).'
    """
    drawn = [axes for axes in figure.axes if axes.get_visible() and axes.get_label() != "<colorbar>"]
    parts = [_plain(figure.get_suptitle()), *(_axes(axes) for axes in drawn)]
    return " ".join(part for part in parts if part)


def _axes(axes: Axes) -> str:
    title = next((t for t in (axes.get_title(), axes.get_title("left"), axes.get_title("right")) if t), "")
    sentences = [_plain(title)]
    if not axes.axison:
        sentences += [_plain(text.get_text()) for text in axes.texts[:_MOST_LABELS]]
    else:
        sentences += [
            f"{where} axis: {_plain(label)}"
            for where, label in (("Horizontal", axes.get_xlabel()), ("Vertical", axes.get_ylabel()))
            if label
        ]
        sentences += _content(axes)
    return " ".join(sentence if sentence[-1] in ".!?…" else f"{sentence}." for sentence in sentences if sentence)


def _content(axes: Axes) -> list[str]:
    import numpy as np
    from matplotlib.collections import PathCollection

    found = [_bars(axes)]
    lines = [
        line for line in axes.lines if len(np.asarray(line.get_path().vertices)) > 2
    ]  # two points make a guide line
    names = [_plain(line.get_label()) for line in lines if not str(line.get_label()).startswith("_")]
    if lines:
        listed = f": {', '.join(names[:_MOST_LABELS])}" if names else ""
        found.append(f"{_count(len(lines), 'line')}{listed}")
    points = sum(
        len(np.asarray(group.get_offsets())) for group in axes.collections if isinstance(group, PathCollection)
    )
    if points:
        found.append(_count(points, "point"))
    found.append(_labels(axes))
    return [sentence for sentence in found if sentence]


def _labels(axes: Axes) -> str:
    """Return the names that stand at the vertical axis, or else in the plot."""
    rows = [_plain(label.get_text()) for label in axes.get_yticklabels()]
    texts = [_plain(text.get_text()) for text in axes.texts]
    for kind, written in (("Rows", rows), ("Labels", texts)):
        names = list(dict.fromkeys(text for text in written if any(letter.isalpha() for letter in text)))
        if names:
            more = f" and {len(names) - _MOST_LABELS:,} more" if len(names) > _MOST_LABELS else ""
            return f"{kind}: {', '.join(names[:_MOST_LABELS])}{more}"
    return ""


def _bars(axes: Axes) -> str:
    from matplotlib.patches import Rectangle

    bars = [
        bar
        for container in axes.containers
        for bar in container.get_children()
        if isinstance(bar, Rectangle) and bar.get_width() and bar.get_height()
    ]
    if not bars:
        return ""
    lying = len({round(bar.get_height(), 9) for bar in bars}) == 1 and len({bar.get_width() for bar in bars}) > 1
    sizes = [bar.get_width() if lying else bar.get_height() for bar in bars]
    said = f"{_count(len(bars), 'bar')}, from {_number(min(sizes))} to {_number(max(sizes))}"
    longest = bars[sizes.index(max(sizes))]
    middle = (longest.get_y() + longest.get_height() / 2) if lying else (longest.get_x() + longest.get_width() / 2)
    axis = axes.yaxis if lying else axes.xaxis
    labels = [
        _plain(label.get_text())
        for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
        if label.get_text() and abs(place - middle) < 0.3
    ]
    return f"{said} (longest: {labels[0]})" if len(labels) == 1 else said


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"


def _plain(text: object) -> str:
    return " ".join(str(text).replace(r"\$", "$").split())
