"""Drawings made light: they draw the same in fewer bytes."""

import io
import re
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from corpus_tools.reports import svg, svg_paths

numbers = st.integers(-9999, 9999).map(lambda tenths: tenths / 10)
points = st.lists(st.tuples(numbers, numbers), min_size=2, max_size=12)


def ends(path: str) -> list[tuple[float, float]]:
    """Return the places that a path of steps goes through, in tenths."""
    here, begun, found = (0, 0), (0, 0), []
    for letter, rest in re.findall(r"([Mmlhvz])([^Mmlhvz]*)", path):
        steps = [round(float(number) * 10) for number in re.findall(r"-?(?:\d+\.\d+|\d+|\.\d+)", rest)]
        if letter == "z":
            here = begun
            continue
        size = 1 if letter in "hv" else 2
        for place in range(0, len(steps), size):
            step = steps[place : place + size]
            step = [step[0], 0] if letter == "h" else [0, step[0]] if letter == "v" else step
            here = tuple(step) if letter == "M" else (here[0] + step[0], here[1] + step[1])
            begun = here if letter in "Mm" else begun
            found.append(here)
    return found


@settings(max_examples=100, deadline=None)
@given(st.lists(points, min_size=1, max_size=3))
def test_a_path_of_steps_goes_through_the_same_places(lines: list[list[tuple[float, float]]]) -> None:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + "z" for line in lines)
    wanted = [(round(x * 10), round(y * 10)) for line in lines for x, y in line]
    assert ends(svg_paths.shorter(path)) == wanted


@pytest.mark.parametrize("path", ["", "M1 2A3 4 5 6 7 8 9", "M1", "M1 2L3", "x"])
def test_what_is_unusual_is_left_as_it_is(path: str) -> None:
    assert svg_paths.shorter(path) == path


def drawn(*, hatch: str = "") -> tuple[str, str]:
    figure = Figure(figsize=(6, 3))
    axes = figure.subplots()
    axes.barh(range(30), range(1, 31), hatch=hatch, edgecolor="white")
    axes.scatter(range(30), range(30), s=40)
    axes.set_title("Articles")
    written = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "x"}):
        figure.savefig(written, format="svg")
    return written.getvalue(), svg.slim(written.getvalue())


@pytest.mark.parametrize("hatch", ["", "//", "..", "xx"])
def test_a_drawing_is_a_fraction_of_what_matplotlib_writes(hatch: str) -> None:
    before, after = drawn(hatch=hatch)
    assert len(after) < len(before) / 3.5
    root = ElementTree.fromstring(after)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 30 or after.count("<use") >= 30
    assert "Articles" in "".join(root.itertext())


def test_references_lead_to_what_is_there_and_colours_stay() -> None:
    _before, after = drawn(hatch="//")
    named = set(re.findall(r'id="(\w+)"', after))
    assert set(re.findall(r"url\(#(\w+)\)", after)) <= named
    assert set(re.findall(r'href="#(\w+)"', after)) <= named
    assert 'stroke="#fff"' in after
    assert not re.search(r'(?:fill|stroke)="#(?![0-9a-f]{3}"|[0-9a-f]{6}")', after)


def test_neighbours_that_look_the_same_say_so_once() -> None:
    _before, after = drawn()
    assert after.count('fill="#1f77b4"') <= 3
