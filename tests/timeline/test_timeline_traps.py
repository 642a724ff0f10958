"""Traps of time expressions: zones, datelines, stories, titles, open and impossible dates; all texts are our own."""

from datetime import datetime

import pandas as pd
import pytest

from benchmarks import timex
from corpus_tools import timeline
from corpus_tools.timeline import find_expressions

FRIDAY = datetime(2016, 7, 22)
LATER = "on 9 July 1975 it burned. On 10 July 1975 they signed."


def values(text, published=FRIDAY, style="news"):
    return [(found.text, found.value) for found in find_expressions(text, published, style=style)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote closes at 15:00 GMT Saturday.", [("15:00 GMT Saturday", "2016-07-16T15:00Z")]),
        ("The vote will close at 15:00 GMT Saturday.", [("15:00 GMT Saturday", "2016-07-23T15:00Z")]),
        ("It struck at 6 p.m. (1700 GMT).", [("6 p.m.", "2016-07-22T18:00"), ("1700 GMT", "2016-07-22T17:00Z")]),
        ("They met at ten o'clock.", [("ten o'clock", "2016-07-22T10:00")]),
        ("They met at 7:30 this evening.", [("7:30 this evening", "2016-07-22T19:30")]),
        ("He fled in the early hours of Thursday.", [("the early hours of Thursday", "2016-07-21TMO")]),
        ("They left in the early morning hours of 30 June.", [("the early morning hours of 30 June", "2016-06-30TMO")]),
    ],
)  # fmt: skip
def test_clocks_zones_and_small_hours(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council will vote on Friday.", [("Friday", "2016-07-22")]),
        ("The hearing resumes Monday.", [("Monday", "2016-07-25")]),
        ("The bridge shut this past Saturday.", [("this past Saturday", "2016-07-16")]),
        ("Sales fell in Q2.", [("Q2", "2016-Q2")]),
        ("Sales fell in Q3 2012.", [("Q3 2012", "2012-Q3")]),
        ("Sales fell in the last quarter of 2012.", [("the last quarter of 2012", "2012-Q4")]),
        ("He died on Christmas Day 1963.", [("Christmas Day 1963", "1963-12-25")]),
        ("Rain fell on May 4 and 5.", [("May 4", "2016-05-04"), ("5", "2016-05-05")]),
        ("They fought from 499 to 493 BC.", [("499", "BC0499"), ("493 BC", "BC0493")]),
        ("It rose in the 470s BC.", [("the 470s BC", "BC047")]),
        ("The spring offensive failed.", [("The spring", "2016-SP")]),
        ("It took a decade.", [("a decade", "P10Y")]),
        ("Its March report was late.", [("March", "2016-03")]),
        ("The mine is supposed to close by September.", [("September", "2016-09")]),
        ("The ban will be lifted in March.", [("March", "2017-03")]),
        ("The rules are effective Feb. 1.", [("Feb. 1", "2017-02-01")]),
        ("They expect a loss for the full year.", [("the full year", "2016")]),
        ("Filed 8/1/2016.", [("8/1/2016", "2016")]),
        ("It ran from Wednesday until Saturday.", [("Wednesday", "2016-07-20"), ("Saturday", "2016-07-23")]),
        ("They met on Thursday and Friday.", [("Thursday", "2016-07-21"), ("Friday", "2016-07-22")]),
        ("It rose for five trading days.", [("five trading days", "P5D")]),
        (
            "Profit for the second quarter rose from the same period last year.",
            [("the second quarter", "2016-Q2"), ("the same period last year", "2015-Q2")],
        ),
        ("Two days after the fire they left.", [("Two days", "P2D")]),
        ("At the time he was a boy.", []),
        ("The camp shut. Until Monday, nobody had asked for it.", [("Monday", "2016-07-18")]),
        ("Until Monday the camp will stay shut.", [("Monday", "2016-07-25")]),
        ("The permit had been due to lapse on Monday.", [("Monday", "2016-07-18")]),
        ("The dam will stay shut through the end of May a clerk said.", [("the end of May", "2017-05")]),
        (
            "It runs from the 3rd to the 5th of August.",
            [("the 3rd", "2016-08-03"), ("the 5th of August", "2016-08-05")],
        ),
        ("An eight-month-old truce broke.", [("An eight-month-old", "P8M")]),
        ("An eight-month-old baby slept near the 1800 block of Mill Road.", []),
        ("They read the 1783 peace treaty.", [("1783", "1783")]),
    ],
)
def test_days_quarters_and_ranges(text, expected):
    assert values(text) == expected


THURSDAY = datetime(2013, 3, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is open from Tuesday through Friday.", [("Tuesday", "2013-03-19"), ("Friday", "2013-03-22")]),
        ("They would appeal Wednesday's ruling.", [("Wednesday", "2013-03-20")]),
        ("They will vote in Sunday's election.", [("Sunday", "2013-03-24")]),
        ("He arrives Saturday.", [("Saturday", "2013-03-23")]),
        ("The vote is on Sunday.", [("Sunday", "2013-03-24")]),
        ("They met on the third Sunday of April 2012.", [("the third Sunday of April 2012", "2012-04-15")]),
        ("They met on the last Friday in May 2012.", [("the last Friday in May 2012", "2012-05-25")]),
        ("It fell in the first week of March.", [("the first week of March", "2013-03")]),
        ("It fell on the last day of February 2012.", [("the last day of February 2012", "2012-02-29")]),
        ("Ten years ago this week it began.", [("Ten years ago this week", "2003-W12")]),
        ("Half a century ago it began.", [("Half a century ago", "1963")]),
        ("A year and two months ago it shut.", [("A year and two months ago", "2012-01")]),
        ("It opens in two weeks' time.", [("two weeks' time", "2013-W14")]),
        ("It opens two weeks from Saturday.", [("two weeks from Saturday", "2013-03-30")]),
        ("It fell on the day after Christmas.", [("the day after Christmas", "2012-12-26")]),
        ("The same month last year was dry.", [("The same month last year", "2012-03")]),
        ("He served 22 years and nine months.", [("22 years and nine months", "P22Y9M")]),
        ("It took three-and-a-half years.", [("three-and-a-half years", "P3Y6M")]),
        ("It takes 10-15 years.", [("10-15 years", "P10Y")]),
        ("A weeklong visit ended.", [("weeklong", "P1W")]),
        ("By the end of the decade it was gone.", [("the end of the decade", "201")]),
        ("In the 19th and 20th centuries it grew.", [("the 19th", "18"), ("20th centuries", "19")]),
        ("The 2012/13 season was wet.", [("2012", "2012"), ("13", "2013")]),
        ("FY13 was good.", [("FY13", "2013")]),
        ("Since the Sept. 11 attacks it is shut.", [("Sept. 11", "2001-09-11")]),
        ("It may one day reopen.", [("one day", "FUTURE_REF")]),
        ("It struck at 03:36 local time (0136 GMT) Wednesday.",
         [("03:36 local time", "2013-03-20T03:36"), ("0136 GMT", "2013-03-20T01:36Z"), ("Wednesday", "2013-03-20")]),
        ("On 1/8/2012 they met.", [("1/8/2012", "2012")]),
        ("On 1/8/2012 and 25/12/2012 they met.", [("1/8/2012", "2012-08-01"), ("25/12/2012", "2012-12-25")]),
        ("On 1/8/2012 and 12/25/2012 they met.", [("1/8/2012", "2012-01-08"), ("12/25/2012", "2012-12-25")]),
        ("He was held in July 1998. In August he fled.", [("July 1998", "1998-07"), ("August", "1998-08")]),
        ("A five year low was hit.", [("five year", "P5Y")]),
        ("The season runs from late April to early October.",
         [("late April", "2013-04"), ("early October", "2013-10")]),
        ("It ended five days later than planned.", [("five days", "P5D")]),
        ("Five years ago next month it began.", [("Five years ago next month", "2008-04")]),
        ("They work three days a week.", [("three days a week", "P1W")]),
        ("It was rejected on Tuesday night, three days after it was agreed.",
         [("Tuesday night", "2013-03-19TNI"), ("three days", "P3D")]),
        ("It fell in February, compared with a year ago.", [("February", "2013-02"), ("a year ago", "2012-02")]),
        ("It fell in February, up from the month before.", [("February", "2013-02"), ("the month before", "2013-01")]),
        ("It shut two weeks ago. Earlier in the day it rained.",
         [("two weeks ago", "2013-W10"), ("Earlier in the day", "2013-03-21")]),
    ],
)  # fmt: skip
def test_more_ways_of_telling_time(text, expected):
    assert values(text, THURSDAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It is staffed 24 hours a day.",
        "He fought in the Six-Day War.",
        "They watched 60 Minutes.",
        "The blasts came minutes apart.",
        "It was a matter of days.",
        "Saturday Night Tales won a prize.",
        "Reply as soon as you can.",
        "Good evening and welcome.",
        "Rooms cost $40 a night.",
        "She reads the Sun.",
        "May told Mr March to go.",
        "The fall of Lenn surprised them.",
        "Sie kamen am 5. und gingen.",
        "Il pleut depuis des jours.",
        "It stores 75 hours of video.",
        "She uses Ledger '97 at work.",
        "The most recent model is red.",
        "They recalled Black Monday.",
    ],
)
def test_what_only_looks_like_a_time(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The siege ended on 4 May 1951. Two days after the siege they left.", "1951-05-06"),
        ("On 6 May 1951, two days after the siege, they left.", "1951-05-06"),
        ("The war of 1792 went on. The men of '89 were dead.", "1789"),
        ("The war of 1951 went on. Letters came daily.", "XXXX-XX-XX"),
    ],
)
def test_stories_count_from_events_and_in_their_own_century(text, expected):
    assert values(text, style="narrative")[-1][1] == expected


def test_this_week_is_that_of_publication_even_in_a_story():
    text = "The feud began in 1951. On 4 May 1952 it grew. Neither spoke until this week."
    assert values(text, style="narrative")[-1] == ("this week", "2016-W29")


def test_two_straight_marks_are_no_short_year():
    assert values("He wrote: ''60 of us left.''") == []


def test_a_heading_of_a_year_leads_its_section():
    text = "The war ended badly.\n\n1918\n\nIn March the port fell. In May 1918 it was won back."
    assert values(text, style="narrative")[:2] == [("1918", "1918"), ("March", "1918-03")]


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        (f"In May 1975 they came to a town built in 1912. On 7 June it fell, and {LATER}", 2, "1975-06-07"),
        ("War came in December 1941. In January the port fell. In June 1942 it was retaken.", 1, "1942-01"),
        ("It began in April 1861. In July they withdrew. In June 1862 they came back.", 1, "1861-07"),
        ("It began in 1912. In 1913 it went on. In March they signed. In June 1913 they fought.", 2, "1913-03"),
    ],
)
def test_the_dates_around_a_bare_date_choose_its_year(text, place, expected):
    found = find_expressions(text, FRIDAY, style="narrative")[place]
    assert (found.value, found.anchor) == (expected, "narrative")
    assert 0 < found.confidence < 1


def test_a_dateline_counts_from_its_own_day():
    text = "LENN, March 12 (Agency) -- The mine shut yesterday. It will reopen on Monday."
    found = find_expressions(text, datetime(2011, 3, 14))
    assert [(e.value, e.anchor) for e in found[1:]] == [("2011-03-11", "dateline"), ("2011-03-14", "dateline")]


def test_a_dateline_long_before_publication_is_none():
    found = find_expressions("LENN, March 12 (Agency) -- The mine shut yesterday.", datetime(2011, 9, 14))
    assert [e.anchor for e in found] == ["published", "published"]


def test_a_dateline_with_its_year_stands_in_for_publication():
    found = find_expressions("LENN, March 12, 2011 -- The mine shut yesterday.", None, style="news")
    assert [e.value for e in found] == ["2011-03-12", "2011-03-11"]


def test_a_publication_date_in_the_future_is_taken_as_it_is():
    assert values("It opened yesterday.", datetime(2999, 1, 1)) == [("yesterday", "2998-12-31")]


@pytest.mark.parametrize(
    "text", ["May 99999 BC", "99999 AD", "31 February 2016", "0 June 2016", "13/13/2013", "the 45th of May", "in 99999"]
)
def test_impossible_dates_have_no_bounds(text):
    table = pd.DataFrame({"article_id": ["a"], "text": [text], "published": [pd.Timestamp(FRIDAY)]})
    for row in timeline.expressions(table).itertuples():
        assert not (pd.notna(row.begin) and row.granularity == "day"), row


def test_huge_lengths_are_written_without_an_exponent():
    assert values("It takes 1,000,000 seconds.") == [("1,000,000 seconds", "PT1000000S")]


def test_strange_texts_do_no_harm():
    assert timex.fuzz(1500) == []


def test_confidence_is_lower_where_a_value_stays_open():
    sure, open_ = find_expressions("It opened on 3 May 1951. It shut on Friday.", None, style="news")
    assert sure.confidence > 0.9 > 0.6 > open_.confidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The train left at 5:30PM.", [("5:30PM", "2016-07-22T17:30")]),
        ("Doors open at 6PM.", [("6PM", "2016-07-22T18:00")]),
        ("It rang at 8.30am.", [("8.30am", "2016-07-22T08:30")]),
        ("It struck at 14.25 GMT on Thursday.", [("14.25 GMT on Thursday", "2016-07-21T14:25Z")]),
        ("The book costs $8.30 am Markt.", []),
        ("They met at 6 o'clock.", [("6 o'clock", "2016-07-22T06:00")]),
        ("It took a quarter of an hour.", [("a quarter of an hour", "PT15M")]),
        ("He waited three quarters of an hour.", [("three quarters of an hour", "PT45M")]),
        ("He ruled for a quarter of a century.", [("a quarter of a century", "P25Y")]),
        ("It is closed in the summer months.", [("the summer months", "2016-SU")]),
        ("She starts in the week of 4 July.", [("the week of 4 July", "2016-W27")]),
        ("They met over the weekend of March 9.", [("the weekend of March 9", "2016-W10-WE")]),
        ("On Thursday he slept. He had quarrelled the night before.",
         [("Thursday", "2016-07-21"), ("the night before", "2016-07-20TNI")]),
    ],
)  # fmt: skip
def test_times_as_british_papers_write_them_and_parts_of_longer_times(text, expected):
    assert values(text) == expected


def test_a_day_that_names_an_event_is_not_the_time_that_a_report_tells_of():
    assert values("Rules changed after the Sept. 11 attacks. In October the bank moved.") == [
        ("Sept. 11", "2001-09-11"),
        ("October", "2015-10"),
    ]
    assert values("He fled on Sept. 11, 2001. In October the bank moved.")[1] == ("October", "2001-10")


def test_a_winter_of_a_story_is_named_by_the_year_in_which_it_ends():
    text = "In November 1914 the river froze. Over the winter, hundreds died. In the winter of 1920 nobody did."
    articles = pd.DataFrame({"article_id": ["a"], "text": [text], "published": [pd.Timestamp("2009-12-19")]})
    found = timeline.expressions(articles, style="narrative")
    rows = found[["value", "begin", "finish"]].astype(str).to_numpy().tolist()
    assert [cell[:10] for cell in rows[1]] == ["1915-WI", "1914-12-01", "1915-02-28"]
    assert rows[2][0] == "1920-WI"
    assert rows[2][1][:10] == "1920-12-01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She won at the Winter Olympics.", []),
        ("They stormed the Winter Palace.", []),
        ("The 2014 Winter Olympics were dear.", ["2014"]),
        ("They sold winter coats.", ["XXXX-WI"]),
        ("It was held as late as 1781.", ["1781"]),
        ("In some quarters he is liked.", []),
        ("In 1917 they lost. The Spring Offensive of 1918 failed, and on 15 July they fled.",
         ["1917", "1918-SP", "1918", "1918-07-15"]),
        ("It is the lowest since 9 June 2003. For the year, it is down.", ["2003-06-09", "2016"]),
    ],
)  # fmt: skip
def test_seasons_in_names_and_times_only_looked_back_to(text, expected):
    assert [value for _, value in values(text, style="narrative" if "1917" in text else "news")] == expected


def test_the_number_of_a_house_is_no_year():
    assert values("It stood at 1551 Monument Boulevard and 1984 Elm Street.") == []
    assert values("In 1984 Elm Street burned.") == [("1984", "1984")]
