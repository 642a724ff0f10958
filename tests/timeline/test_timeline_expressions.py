"""What a time expression means, trap by trap; all texts are our own."""

from datetime import datetime

import pandas as pd
import pytest

from corpus_tools import errors, schema, timeline
from corpus_tools.timeline import find_expressions

FRIDAY = datetime(2016, 7, 22)
NOVEMBER = datetime(2023, 11, 20)


def values(text, published=FRIDAY, style="news"):
    return [(found.text, found.value) for found in find_expressions(text, published, style=style)]


def kinds(text, published=FRIDAY):
    return [(found.text, found.type, found.value) for found in find_expressions(text, published, style="news")]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The mayor resigned Friday.", FRIDAY, [("Friday", "2016-07-22")]),
        ("The council met on Monday.", FRIDAY, [("Monday", "2016-07-18")]),
        ("The council will meet on Monday.", FRIDAY, [("Monday", "2016-07-25")]),
        ("The trial is scheduled to open on Tuesday.", FRIDAY, [("Tuesday", "2016-07-26")]),
        ("She left last Wednesday.", FRIDAY, [("last Wednesday", "2016-07-20")]),
        ("The dam broke last October.", NOVEMBER, [("last October", "2023-10")]),
        ("The dam broke last October.", datetime(2023, 10, 12), [("last October", "2022-10")]),
        ("The mine closed in December.", datetime(2024, 1, 3), [("December", "2023-12")]),
        ("The mine will reopen in December.", datetime(2023, 10, 3), [("December", "2023-12")]),
        ("He returns next March.", NOVEMBER, [("next March", "2024-03")]),
        (
            "It opened on 5 May and closed on Dec. 3.",
            datetime(2016, 1, 10),
            [("5 May", "2015-05-05"), ("Dec. 3", "2015-12-03")],
        ),
    ],
)
def test_days_and_months_are_told_from_publication_and_tense(text, published, expected):
    assert values(text, published) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell on 4 May 1951. Two days earlier a crack had been seen.", "1951-05-02"),
        ("The bridge fell on 4 May 1951. The next day the road was shut.", "1951-05-05"),
        ("The bridge fell on 4 May 1951. Work began the following March.", "1952-03"),
        ("The bridge fell on 4 May 1951. A new one stood the following year.", "1952"),
        ("The bridge fell on 4 May 1951. The ferry ran until August of that year.", "1951-08"),
    ],
)
def test_later_and_earlier_are_told_from_the_time_the_text_has_reached(text, expected):
    assert values(text, NOVEMBER)[-1][1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It took ten years.", [("ten years", "DURATION", "P10Y")]),
        ("a five-month campaign", [("five-month", "DURATION", "P5M")]),
        ("a 45-year-old man", []),
        ("They talked for two and a half hours.", [("two and a half hours", "DURATION", "PT2H30M")]),
        ("It lasted several weeks.", [("several weeks", "DURATION", "PXW")]),
        ("They meet every Tuesday.", [("every Tuesday", "SET", "XXXX-WXX-2")]),
        ("He swims twice a week.", [("twice a week", "SET", "P1W")]),
        ("It is paid each month.", [("each month", "SET", "P1M")]),
        ("The ferry sails daily.", [("daily", "SET", "P1D")]),
        ("She will call at 10:30 p.m. Saturday.", [("10:30 p.m. Saturday", "TIME", "2016-07-23T22:30")]),
        ("The plane left at 15:00 GMT Thursday.", [("15:00 GMT Thursday", "TIME", "2016-07-21T15:00Z")]),
        ("They fled last night.", [("last night", "TIME", "2016-07-21TNI")]),
    ],
)
def test_durations_sets_and_times(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales rose in fiscal 1989.", [("fiscal 1989", "1989")]),
        ("Profit fell in the third quarter.", [("the third quarter", "2016-Q3")]),
        ("Profit fell in the second quarter of 2015.", [("the second quarter of 2015", "2015-Q2")]),
        ("Music of the '80s.", [("the '80s", "198")]),
        ("It was built in the mid-1990s.", [("the mid-1990s", "199")]),
        ("It was built in the 20th century.", [("the 20th century", "19")]),
        ("The town fell in 490 BC.", [("490 BC", "BC0490")]),
        ("The shop opened in summer 2007.", [("summer 2007", "2007-SU")]),
        ("The first half of 2011 was dry.", [("The first half of 2011", "2011-H1")]),
    ],
)
def test_quarters_seasons_decades_and_centuries(text, expected):
    assert values(text) == expected


def test_winter_runs_over_the_years_end():
    found = timeline.expressions(table("It snowed in the winter of 2009.", NOVEMBER)).iloc[0]
    assert (found["value"], str(found["begin"])[:10], str(found["finish"])[:10]) == (
        "2009-WI",
        "2009-12-01",
        "2010-02-28",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It runs May 3–5.", [("May 3", "2016-05-03"), ("5", "2016-05-05")]),
        ("It ran from 22 to 25 April 1951.", [("22", "1951-04-22"), ("25 April 1951", "1951-04-25")]),
        ("The war of 2009–2010 cost lives.", [("2009", "2009"), ("2010", "2010")]),
        ("The war of 1914-18 cost lives.", [("1914", "1914"), ("18", "1918")]),
        ("It ran from March to May 1998.", [("March", "1998-03"), ("May 1998", "1998-05")]),
        ("It is shut from Monday to Wednesday.", [("Monday", "2016-07-18"), ("Wednesday", "2016-07-20")]),
    ],
)
def test_ranges(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Filed 23/7/2016.", [("23/7/2016", "2016-07-23")]),
        ("Filed 7/23/2016.", [("7/23/2016", "2016-07-23")]),
        ("Filed 23.07.2016.", [("23.07.2016", "2016-07-23")]),
        ("Filed 1/8/2016.", [("1/8/2016", "2016")]),
        ("Filed 2016-07-23.", [("2016-07-23", "2016-07-23")]),
    ],
)
def test_figures_and_an_ambiguous_day_is_not_guessed(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are now three.", "PRESENT_REF"),
        ("It was recently painted.", "PAST_REF"),
        ("They will soon leave.", "FUTURE_REF"),
        ("It is currently closed.", "PRESENT_REF"),
    ],
)
def test_vague_words(text, expected):
    assert [value for _, value in values(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The March on Lenn drew crowds.",
        "Mrs May spoke to reporters.",
        "The Sun wrote that he lied.",
        "She came second.",
        "A Falcon 787 landed.",
        "Some 2,000 people came.",
        "After the fall of the city they fled.",
        "The shop is open 24/7.",
        "It may rain.",
        "They march to the square.",
        "It costs $1999 a head.",
    ],
)
def test_what_is_no_time(text):
    assert values(text) == []


def test_without_a_publication_date_values_stay_open():
    assert values("It opened in October and closed on Friday, last year.", None) == [
        ("October", "XXXX-10"),
        ("Friday", "XXXX-WXX-5"),
        ("last year", "XXXX"),
    ]
    found = timeline.expressions(table("It opened in October.", None)).iloc[0]
    assert pd.isna(found["begin"])
    assert pd.isna(found["anchor"])


def test_history_is_told_from_the_time_it_has_reached():
    text = (
        "The siege began in April 1861. In July the army withdrew. In June 1862 it came back, and in September it won. "
        "By May 1863 the town was empty. In 1864 peace was signed."
    )
    assert [value for _, value in values(text, NOVEMBER, "auto")] == [
        "1861-04", "1861-07", "1862-06", "1862-09", "1863-05", "1864",
    ]  # fmt: skip


def table(text, published):
    return pd.DataFrame({"article_id": ["a"], "text": [text], "published": pd.to_datetime([published])})


def test_the_table_has_its_form_bounds_and_spans():
    articles = table("The ferry burned on Tuesday night, five months after May 2015.", FRIDAY)
    found = schema.validate(timeline.expressions(articles), "expressions")
    spans = [articles.loc[0, "text"][row.start : row.end] for row in found.itertuples()]
    assert spans == list(found["text"])
    assert str(found.loc[0, "begin"]) == "2016-07-19 20:00:00"
    assert found.loc[0, "anchor"] == "published"
    assert found["granularity"].tolist() == ["hour", "month", "month"]


def test_empty_tables_and_missing_texts():
    assert timeline.expressions(schema.ARTICLES.empty()).empty
    assert timeline.expressions(pd.DataFrame({"article_id": ["a"], "text": [None]})).empty


def test_an_unknown_style_is_refused():
    with pytest.raises(errors.InvalidQuery, match="auto, news, narrative"):
        timeline.expressions(schema.ARTICLES.empty(), style="fiction")
