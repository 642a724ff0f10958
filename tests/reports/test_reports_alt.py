"""Plots in words."""

from typing import Any

import pytest
from matplotlib.figure import Figure

from corpus_tools.reports.alt import describe


@pytest.fixture
def axes() -> Any:
    return Figure().subplots()


def test_lying_bars(axes: Any) -> None:
    axes.barh([0, 1], [3, 12.5])
    axes.set_yticks([0, 1], ["Harbour Wire", r"Costs \$3"])
    axes.set_title("Articles", loc="left")
    axes.set_xlabel("Number")
    assert describe(axes.figure) == (
        "Articles. Horizontal axis: Number. 2 bars, from 3 to 12.5 (longest: Costs $3). Rows: Harbour Wire, Costs $3."
    )


def test_lines_and_points(axes: Any) -> None:
    axes.plot([1, 2, 3], [1, 4, 9], label="terror")
    axes.axvline(2)
    axes.scatter([1, 2, 3, 4], [1, 2, 3, 4])
    assert describe(axes.figure) == "1 line: terror. 4 points."


def test_an_empty_plot_says_why(axes: Any) -> None:
    axes.set_axis_off()
    axes.text(0.5, 0.5, "No article has a date of publication.")
    assert describe(axes.figure) == "No article has a date of publication."


def test_nothing_drawn() -> None:
    assert describe(Figure()) == ""


def test_several_axes() -> None:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    figure.suptitle("Both")
    left.set_title("One")
    right.set_title("Two?")
    assert describe(figure) == "Both One. Two?"
