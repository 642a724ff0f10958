"""Heads and tails of pages as different kinds of sites write them, around one and the same body."""

import tomllib
from pathlib import Path

import pytest

from corpus_tools.articles.pages import parse

BODY = (
    "The mill at Hollin has stood empty since the fire, and nobody expects it to turn again before the spring.\n\n"
    '"We wait," the warden said on Tuesday, and shut the door of the lock house behind him.'
)
TITLE = "Mill stays shut"
FIELDS = ("authors", "outlet", "original_outlet", "wire")

SHAPES = tomllib.loads((Path(__file__).parent / "shapes.toml").read_text(encoding="utf-8"))
NEED_BLANK_LINES = ("modified", "kicker and date over the title", "bare name over reading time")


CASES = [(shape, "\n\n") for shape in SHAPES] + [(shape, "\n") for shape in SHAPES if shape not in NEED_BLANK_LINES]


@pytest.mark.parametrize(("shape", "ends"), CASES)
def test_shape(shape, ends):
    expected = dict(SHAPES[shape])
    found = parse(expected.pop("page").replace("{}", BODY.replace("\n\n", ends)))
    assert (found.title, found.text) == (TITLE, BODY)
    got = {
        name: getattr(found, name) or None for name in (*FIELDS, "url", "themes") if name in expected or name in FIELDS
    }
    got |= {name: list(value) for name, value in got.items() if isinstance(value, tuple)}
    got["published"] = None if found.published is None else str(found.published.value)
    assert {name: value for name, value in got.items() if value} == expected


def test_dates_as_headings_of_a_chronicle_are_no_publication_date():
    text = "A year at the mill\n\nWhat happened.\n\n2 August 2016\n\nThe mill burned.\n\n9 September 2016\n\nSold."
    page = parse(text)
    assert page.published is None
    assert page.text == text.split("\n\n", 1)[1]
