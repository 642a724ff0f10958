"""The data behind plots, read from what is drawn."""

import csv
import io

import pandas as pd
import pytest
from matplotlib.figure import Figure

from corpus_tools.reports.plotted import KEPT, MOST_ROWS, as_csv


def rows(figure: Figure) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(figure))))


def test_stacked_bars_give_series_name_and_value() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.barh(["Harbour Post", "Tamrin Voice"], [3, 1], label="direct")
    axes.barh(["Harbour Post", "Tamrin Voice"], [2, 5], left=[3, 1], label="indirect")
    axes.set_xlabel("Attributions")
    assert rows(figure) == [
        ["Series", "Name", "Attributions"],
        ["direct", "Harbour Post", "3"],
        ["direct", "Tamrin Voice", "1"],
        ["indirect", "Harbour Post", "2"],
        ["indirect", "Tamrin Voice", "5"],
    ]


def test_lines_over_days_give_the_days() -> None:
    figure = Figure()
    axes = figure.subplots()
    days = pd.to_datetime(["2031-03-01", "2031-04-01", "2031-05-01"])
    axes.plot(days, [1.5, 0, 1200], "o-", label="ferry")
    axes.plot(days, [2, 3, 4], "o-", label="quay")
    axes.axhline(3)
    axes.set(xlabel="Month", ylabel="Rate")
    found = rows(figure)
    assert found[:4] == [
        ["Series", "Month", "Rate"],
        ["ferry", "2031-03-01", "1.5"],
        ["ferry", "2031-04-01", "0"],
        ["ferry", "2031-05-01", "1200"],
    ]
    assert len(found) == 7


def test_points_in_lanes_give_the_lane_and_the_series_of_the_legend() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.scatter([3, 8], [0.1, -0.2], color="#0072B2", label="original")
    axes.scatter([5], [1], color="#D55E00", label="reprint")
    axes.set_yticks([0, 1], ["Harbour Post", "Tamrin Voice"])
    axes.legend()
    assert rows(figure)[1:] == [
        ["original", "Harbour Post", "3"],
        ["original", "Harbour Post", "8"],
        ["reprint", "Tamrin Voice", "5"],
    ]


def test_coloured_cells_give_what_is_written_in_them() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.imshow([[0.1, 1.0]])
    axes.text(1, 0, "9,867")
    axes.set_xticks([0, 1], ["Harbour Post", "Tamrin Voice"])
    axes.set_yticks([0], ["ferry"])
    assert rows(figure)[1:] == [["Harbour Post", "ferry", "0.1"], ["Tamrin Voice", "ferry", "9867"]]


def test_what_cannot_be_read_from_a_drawing_is_kept_beside_it() -> None:
    figure = Figure()
    figure.subplots().set_axis_off()
    assert as_csv(figure) == ""
    setattr(figure, KEPT, pd.DataFrame({"outlet": ["=1+1", None], "day": pd.to_datetime(["2031-03-01", None])}))
    assert rows(figure) == [["outlet", "day"], ["'=1+1", "2031-03-01"], ["", ""]]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1+1", "-cmd", "@x"])
def test_no_spreadsheet_executes_a_name(name: str) -> None:
    figure = Figure()
    figure.subplots().barh([name, "x"], [-3, 5])
    assert rows(figure)[1] == [f"'{name}", "-3"]


def test_long_data_are_cut_and_say_so() -> None:
    figure = Figure()
    figure.subplots().plot(range(2000), range(2000), "o")
    found = rows(figure)
    assert len(found) == MOST_ROWS + 2
    assert found[-1] == [f"({MOST_ROWS} of 2,000 rows)"]


def test_strokes_of_a_lane_stand_in_one_row() -> None:
    figure = Figure()
    axes = figure.subplots()
    nothing = float("nan")
    axes.plot([3, 3, nothing, 8, 8, nothing], [-0.3, 0.3, nothing, -0.3, 0.3, nothing])
    axes.set_yticks([0], ["ferry"])
    axes.set_xlabel("Place")
    assert rows(figure) == [["Name", "Place"], ["ferry", "3; 8"]]
