"""Traps: news that looks like furniture, names beside dates, heads in every order, ends with strange lines."""

import itertools

import pytest

from corpus_tools.articles.fronts import read as front
from corpus_tools.articles.pages import parse

TITLE, BYLINE, OUTLET, DAY = "Goats cross the frozen lake", "By Ines Orr", "The Harl Courier", "2 Aug 2016"
BODY = (
    "Forty goats crossed the frozen lake at Harl on Sunday and closed the road behind them for nine hours.",
    '"They knew the way," said the herdsman, Ott Bram, who had lost sight of them on Friday.',
    "The ice is forty centimetres thick, according to the warden, and will bear goats until March.",
)


def around(*body, head=(TITLE, BYLINE, OUTLET, DAY)):
    return "\n\n".join((*head, *body))


@pytest.mark.parametrize(
    "line",
    [
        "Donate hay, not money, the herdsman asked the public on Monday.",
        "Subscribe to the old law, the minister said, and you subscribe to silence.",
        "Sign up, said the poster at the town hall, and eleven people did.",
        "Support us or lose us, said the banner of the cheesemakers.",
        "Please donate blood, the hospital asked, because the nurses were behind the goats.",
        "Print this, the mayor told reporters, and repeated it twice.",
        "Photo: that was the only word on the note that the herdsman found.",
        "Image: a goat, standing, in silver, reads the entry in the catalogue.",
        "Join us on the ice, the invitation had said.",
        "All rights reserved to the herdsman by the decree of 1840 were confirmed on Monday.",
        "The views expressed by the herdsman are his own, the cooperative said in a statement.",
        "© was the first letter that the herdsman's son learned to write.",
        "Copyright © is painted on the flank of the leading goat, for reasons that nobody remembers.",
        "More from Harl: nothing, said the miller.",
        "Source: unknown, says the legend beneath the map, and this has angered the academy.",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_line_in_which_somebody_says_something_is_news(line, place):
    body = [*BODY[:place], line, *BODY[place:]]
    page = parse(around(*body))
    assert page.text.split("\n\n") == body
    assert (page.title, page.authors, page.outlet, page.original_outlet) == (TITLE, ("Ines Orr",), OUTLET, None)


@pytest.mark.parametrize(
    "subhead", ["By Night", "By Road and Rail", "By Friday Evening", "2 August 2016", "The Long Way"]
)
@pytest.mark.parametrize("marks", ["", "## "])
def test_the_head_ends_at_the_first_paragraph(subhead, marks):
    page = parse(around(BODY[0], marks + subhead, *BODY[1:], head=(TITLE,)), markdown=bool(marks))
    assert (page.title, page.authors, page.published) == (TITLE, (), None)
    assert page.text.split("\n\n") == [BODY[0], subhead, *BODY[1:]]


@pytest.mark.parametrize("order", list(itertools.permutations((TITLE, BYLINE, OUTLET, DAY))))
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_heads_are_read_in_every_order(order, gap):
    page = parse(gap.join(order) + "\n\n" + "\n\n".join(BODY))
    assert (page.title, page.authors, page.outlet) == (TITLE, ("Ines Orr",), OUTLET)
    assert page.published is not None
    assert page.text.split("\n\n") == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "WORLD",
        "Home > World > Harl",
        "12 comments",
        "https://harl.example/goats",
        "Photo: Ott Bram",
        "Log in | Subscribe",
        "Independent news for the valley",
        "Skip to main content",
        "Agencies",
        "* * *",
        "5 min read",
        "Facebook Twitter Email",
    ],
)
@pytest.mark.parametrize("place", range(5))
def test_a_strange_line_does_not_end_the_head(line, place):
    head = [TITLE, BYLINE, OUTLET, DAY]
    head.insert(place, line)
    page = parse(around(*BODY, head=head))
    assert (page.title, page.authors, page.outlet) == (TITLE, ("Ines Orr",), OUTLET)
    assert page.published is not None
    assert page.text.split("\n\n") == list(BODY)


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Harl, 2 Aug 2016", None),
        ("Opinion, 2 Aug 2016", None),
        ("Sunday | 2 Aug 2016", None),
        ("Issue 212 | 2 Aug 2016", None),
        ("August 2, 2016 Tuesday", None),
        ("2 Aug 2016 (updated 5 Aug 2016)", None),
        ("Stand: 2. August 2016, 14:05 Uhr", None),
        ("AFP | 2 Aug 2016", None),
        ("The Long Table, 2 Aug 2016", "The Long Table"),
        ("harl.example, 2 Aug 2016", "harl.example"),
        ("Published on 2 August 2016 in The Harl Weekly", "The Harl Weekly"),
        ("Publié le 2 août 2016 à 14h05", None),
        ("Veröffentlicht am Dienstag, 2. August 2016", None),
        ("2 de agosto de 2016", None),
        ("20160802", None),
        ("02-Aug-16", None),
        ("Tue Aug 2 14:05:00 2016", None),
        ("Updated 5 August 2016, published 2 August 2016", None),
        ("First published: 2 August 2016. Last updated: 5 August 2016", None),
    ],
)
def test_names_beside_dates_need_evidence(line, outlet):
    page = parse(around(*BODY, head=(TITLE, BYLINE, line)))
    assert (page.outlet, page.original_outlet, page.authors) == (outlet, None, ("Ines Orr",))
    assert page.published is not None
    assert str(page.published.value)[:10] == "2016-08-02"
    assert page.text.split("\n\n") == list(BODY)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ines Orr", ("Ines Orr",)),
        ("Ines Orr, Rural Affairs Correspondent", ("Ines Orr",)),
        ("Ines Orr in Harl", ("Ines Orr",)),
        ("By INES ORR and PIA VAN DER HOLM", ("Ines Orr", "Pia van der Holm")),
        ("By M. J. O'Hara-Smith Jr.", ("M. J. O'Hara-Smith Jr.",)),
        ("By our correspondent Ines Orr", ("Ines Orr",)),
        ("By Ines Orr of The Harl Courier", ("Ines Orr",)),
        ("Von Ines Orr und Ott Bram", ("Ines Orr", "Ott Bram")),
        ("Par Ines Orr", ("Ines Orr",)),
        ("Final Edition", ()),
        ("New York", ()),
    ],
)
def test_bylines_of_many_forms(line, authors):
    page = parse(around(*BODY, head=(TITLE, line, OUTLET, DAY)))
    assert page.authors == authors
    assert (page.title, page.outlet, page.text.split("\n\n")) == (TITLE, OUTLET, list(BODY))


@pytest.mark.parametrize(
    "last", ["Help us grow", "Status", "Wolves return to the ridge", "Jan Moll contributed to this report."]
)
@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("This article first appeared in The Ridge Record on 1 August 2016.", "original_outlet", "The Ridge Record"),
        ("Tags: goats, ice", "themes", ("goats", "ice")),
        ("© 2016 The Harl Courier", "outlet", "The Harl Courier"),
    ],
)
def test_a_strange_last_line_does_not_hide_the_end(line, field, value, last):
    page = parse(around(*BODY, line, last))
    assert page.text.split("\n\n") == list(BODY)
    assert getattr(page, field) == value


@pytest.mark.parametrize(
    "end",
    [
        ("Related articles", "Wolves return to the ridge", "The bell of Harl is silent"),
        ("2 Comments", "Hilde says:", "August 3, 2016 at 8:12 am", "I missed the goats.", "Reply"),
        ("Comments", "Hilde", "3 Aug 2016", "I missed the goats."),
        ("READ NEXT", "Wolves return to the ridge"),
        ("Mehr zum Thema", "Die Glocke von Harl schweigt"),
    ],
)
def test_headings_of_lists_take_their_lines(end):
    assert parse(around(*BODY, *end)).text.split("\n\n") == list(BODY)


@pytest.mark.parametrize("heading", ["Related species", "Comments", "Source", "Contact"])
def test_headings_of_the_body_stay(heading):
    body = [BODY[0], f"## {heading}", BODY[1], BODY[2]]
    assert parse(around(*body), markdown=True).text.split("\n\n") == [BODY[0], heading, BODY[1], BODY[2]]


def test_short_lines_of_the_body_stay():
    body = [*BODY, "What the mills need:", "Water", "Time", "2 dead, 14 hurt", "Kell 2, Dorn 1"]
    assert parse(around(*body)).text.split("\n\n") == body


def test_a_short_headline_over_a_standfirst():
    page = parse(around(*BODY, head=("Mills stop", "Bakers run out of flour", BYLINE, DAY)))
    assert page.title == "Mills stop"
    page = parse(around(*BODY, head=("Common Shore", "Bakers run out of flour", BYLINE, DAY)))
    assert page.title == "Bakers run out of flour"


def test_a_label_in_the_only_headline_is_no_label():
    page = parse("Region: a word and its goats\n\n" + "\n\n".join(BODY))
    assert (page.title, page.regions) == ("Region: a word and its goats", ())


def test_source_under_a_table_belongs_to_it():
    table = "| Day | Goats |\n|-----|-------|\n| Fri | 40 |\n\nSource: Lake warden"
    page = parse(around(*BODY, table), markdown=True)
    assert page.text.endswith("Source: Lake warden")
    assert page.original_outlet is None


@pytest.mark.parametrize(
    "text",
    [
        "+++\nno toml\n+++\nIt rained.",
        "% Rain\nIt rained.",
        "HD\nRain\n\nIt rained.",
        "From: here\nIt rained.",
        "+++\n",
        "",
    ],
)
def test_what_is_no_front_matter_loses_nothing(text):
    fields, rest, _, written = front(text)
    assert fields == {}
    assert "".join((written + rest).split()) == "".join(text.replace("+++\nno toml\n+++", "no toml").split())
