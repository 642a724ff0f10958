"""Bylines and datelines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.articles import bylines, datelines
from corpus_tools.articles.rules import Rules

RULES = Rules()


@pytest.mark.parametrize(
    ("line", "authors", "affiliation"),
    [
        ("By Anna Lorne", ["Anna Lorne"], None),
        ("By Anna Lorne and Petr Havel", ["Anna Lorne", "Petr Havel"], None),
        ("By Anna Lorne, Petr Havel and Ines Orr", ["Anna Lorne", "Petr Havel", "Ines Orr"], None),
        ("By Anna Lorne, Petr Havel, and Ines Orr", ["Anna Lorne", "Petr Havel", "Ines Orr"], None),
        ("by Anna Lorne & Petr Havel", ["Anna Lorne", "Petr Havel"], None),
        ("By A. B. Orr, Special to The Harl Post", ["A. B. Orr"], "The Harl Post"),
        ("By Anna Lorne for The Harl Post", ["Anna Lorne"], "The Harl Post"),
        ("By Anna Lorne in LENN", ["Anna Lorne"], None),
        ("By Anna Lorne in Lenn and Petr Havel in Velisk", ["Anna Lorne", "Petr Havel"], None),
        ("By Anna Lorne, Staff Writer", ["Anna Lorne"], None),
        ("By Anna Lorne, Political Editor", ["Anna Lorne"], None),
        ("By Anna Lorne and Petr Havel, Associated Press", ["Anna Lorne", "Petr Havel"], "Associated Press"),
        ("By Anna Lorne | The Harl Post", ["Anna Lorne"], "The Harl Post"),
        ("By Anna Lorne (Reuters)", ["Anna Lorne"], "Reuters"),
        ("By Dr. Anna Lorne", ["Anna Lorne"], None),
        ("By Ludwig van der Orr", ["Ludwig van der Orr"], None),
        ("By Seán Ó Briain", ["Seán Ó Briain"], None),
        ("By The Editorial Board", ["The Editorial Board"], None),
        ("By Harlnews", ["Harlnews"], None),
        ("By Herald staff", ["Herald staff"], None),
        ("Written by Anna Lorne", ["Anna Lorne"], None),
        ("By Anna Lorne @annalorne", ["Anna Lorne"], None),
        ("By Staff", [], None),
        ("By Web Desk", [], None),
        ("By Staff Reporter", [], None),
    ],
)
def test_bylines(line, authors, affiliation):
    byline = bylines.parse(line, rules=RULES)
    assert byline is not None
    assert (list(byline.authors), byline.affiliation) == (authors, affiliation)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the water had reached it.",
        "By Monday",
        "By contrast, Lenn was dry",
        "By then the town had gone to bed",
        "By Ostrey standards it was quiet, he said",
        "By order of the court",
        "By the numbers",
        "By noon",
        "Bystanders ran",
        "By 2016 the bridge was gone",
        "By Hook or by Crook: how the lock was won",
    ],
)
def test_what_is_no_byline(line):
    assert bylines.parse(line, rules=RULES) is None


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Anna Lorne and Petr Havel", ["Anna Lorne", "Petr Havel"]),
        ("By Anna Lorne", ["Anna Lorne"]),
        ("Lorne, Anna; Havel, Petr", ["Anna Lorne", "Petr Havel"]),
        (["Anna Lorne", "By Petr Havel", "Staff"], ["Anna Lorne", "Petr Havel"]),
        ([{"name": "Anna Lorne"}, {"first": "Petr", "last": "Havel"}], ["Anna Lorne", "Petr Havel"]),
        ("['Anna Lorne', 'Petr Havel']", ["Anna Lorne", "Petr Havel"]),
        ('["Anna Lorne"]', ["Anna Lorne"]),
        ("ANNA LORNE, anna lorne", ["Anna Lorne"]),
        (12, ["12"][:0]),
    ],
)
def test_values_of_tables(value, authors):
    assert list(bylines.from_value(value, rules=RULES).authors) == authors


@pytest.mark.parametrize(
    ("text", "place", "day", "agency", "rest"),
    [
        ("KABUL, July 24 (AP) — The minister", "KABUL", "July 24", "AP", "The minister"),
        ("(Reuters) - The bank", None, None, "Reuters", "The bank"),
        ("LENN, October 8 — Talks", "LENN", "October 8", None, "Talks"),
        ("NEW YORK, 8 Oct. 2016 (MPA) – Talks", "NEW YORK", "8 Oct. 2016", "MPA", "Talks"),
        ("ST. LOUIS, Mo. (AP) _ A judge", "ST. LOUIS", None, "AP", "A judge"),
        ("Lenn (dpa) -- A judge", "Lenn", None, "dpa", "A judge"),
        ("LENN/VELISK (Reuters) - A judge", "LENN/VELISK", None, "Reuters", "A judge"),
        ("PORT ARLEN — “No,” he said", "PORT ARLEN", None, None, "“No,” he said"),
        ("BEIJING, Tuesday, Aug. 2 (Xinhua) -- Talks", "BEIJING", "Aug. 2", "Xinhua", "Talks"),
    ],
)
def test_datelines(text, place, day, agency, rest):
    found = datelines.parse(text, rules=RULES)
    assert found is not None
    assert (found.place, found.day, found.agency, text[found.end :].strip()) == (place, day, agency, rest)


@pytest.mark.parametrize(
    "text",
    [
        "NATO — which has no office there — said",
        "BREAKING — The mayor has gone",
        "LENN: The minister said",
        "The mayor — a baker — said",
        "He said — twice — no",
        "UPDATE - The mayor",
        "(he laughs) - no",
        "A — B",
    ],
)
def test_what_is_no_dateline(text):
    assert datelines.parse(text, rules=RULES) is None


def test_year_of_a_dateline_is_the_nearest():
    from datetime import datetime

    found = datelines.parse("LENN, Dec. 31 (MPA) — Talks", rules=RULES)
    assert found is not None
    assert str(found.date(datetime(2017, 1, 1))) == "2016-12-31 00:00:00"
    assert found.date(None) is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_anything_may_be_asked(text):
    bylines.parse(text, rules=RULES)
    bylines.parse(f"By {text}", rules=RULES)
    bylines.from_value(text, rules=RULES)
    datelines.parse(text, rules=RULES)
