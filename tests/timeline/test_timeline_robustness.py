"""Bad dates, strange texts and long ones: no exception, no invented value, linear time."""

import time
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import timeline
from corpus_tools.timeline import find_expressions
from corpus_tools.timeline._values import bounds

WORDS = st.sampled_from(
    [
        "the",
        "last",
        "next",
        "May",
        "March",
        "31",
        "February",
        "0",
        "99999",
        "45th",
        "of",
        ".",
        ",",
        "-",
        "–",
        "days",
        "two",
        "years",
        "ago",
        "later",
        "earlier",
        "killed",
        "at",
        "least",
        "80",
        "people",
        "bomb",
        "Monday",
        "BC",
        "1990s",
        "'80s",
        "10:99",
        "25:61",
        "13/13/2013",
        "a",
        "half",
        "and",
        "quarter",
        "third",
        "said",
        "will",
        "5",
        "p.m.",
        "twenty",
        "hundred",
        "thousand",
        "century",
        "\n\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join))
DATES = st.one_of(st.none(), st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)))


@given(TEXTS, DATES)
@settings(max_examples=80, deadline=None)
def test_expressions_never_fail_and_their_spans_hold(text, published):
    last = 0
    for found in find_expressions(text, published):
        assert text[found.start : found.end] == found.text
        assert last <= found.start < found.end
        last = found.end
        begin, finish = bounds(found.value)
        assert begin is None or finish is None or begin <= finish


@given(TEXTS)
@settings(max_examples=10, deadline=None)
def test_events_never_fail_and_their_spans_hold(text):
    table = pd.DataFrame({"article_id": ["a"], "text": [text], "published": [pd.Timestamp("2023-10-09")]})
    found = timeline.events(table)
    for row in found.itertuples():
        assert text[row.start : row.end] == row.sentence
        assert text[row.predicate_start : row.predicate_end] == row.predicate
        assert pd.isna(row.killed_min) or row.killed_min >= 0
    timeline.merge(found, table)


@pytest.mark.parametrize(
    "text",
    ["on 31 February 2016", "on the 45th of May", "in the year 0", "in 99999", "on 13/13/2013", "29 February 2015"],
)
def test_days_that_are_not_in_the_calendar_get_no_day(text):
    for found in find_expressions(text, datetime(2016, 8, 2)):
        assert found.value is None or len(found.value) < 10


def test_a_year_that_is_none_is_not_the_year_of_publication():
    assert not find_expressions("It was built in the year 0, or in the year 99999.", datetime(2016, 8, 2))


def test_a_publication_date_in_the_far_future_or_past():
    for published in (datetime(9999, 12, 31), datetime(1, 1, 1)):
        assert find_expressions("It will open next week, two years later, on Friday, in 100 years from now.", published)


def test_four_hundred_dates_in_one_sentence():
    text = "It met on " + ", ".join(f"{1 + n % 28} May {1600 + n}" for n in range(400)) + "."
    assert len(find_expressions(text, datetime(2016, 8, 2))) == 400


@pytest.mark.parametrize("piece", ["on Tuesday night, ", "a ", "10 ", "the last ", "1990-", "killed 5 and "])
def test_time_grows_with_the_length(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        start = time.process_time()
        timeline.events(pd.DataFrame({"article_id": ["a"], "text": [text], "published": [pd.Timestamp("2023-10-09")]}))
        return time.process_time() - start

    seconds(1_000)
    short, long = seconds(2_000), seconds(8_000)
    assert long < max(10 * short, 1.0)
