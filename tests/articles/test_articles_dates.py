"""Dates as pages write them, and those that can be read two ways."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.articles import read_all
from corpus_tools.articles.dates import from_value, leading, parse, trailing
from corpus_tools.errors import MetadataWarning


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2 Aug 2016", "2016-08-02T00:00:00"),
        ("02 August, 2016", "2016-08-02T00:00:00"),
        ("2nd of August 2016", "2016-08-02T00:00:00"),
        ("August 2nd, 2016", "2016-08-02T00:00:00"),
        ("AUG. 2, 2016", "2016-08-02T00:00:00"),
        ("Sept 2 2016", "2016-09-02T00:00:00"),
        ("Tuesday, 2 August 2016", "2016-08-02T00:00:00"),
        ("Tue, 02 Aug 2016 18:40:00 +0000", "2016-08-02T18:40:00"),
        ("2016-08-02", "2016-08-02T00:00:00"),
        ("2016/8/2", "2016-08-02T00:00:00"),
        ("02-Aug-2016", "2016-08-02T00:00:00"),
        ("25.09.2016", "2016-09-25T00:00:00"),
        ("25/9/2016", "2016-09-25T00:00:00"),
        ("9/25/16", "2016-09-25T00:00:00"),
        ("09/09/2016", "2016-09-09T00:00:00"),
        ("Aug. 2, 2016 18:40 GMT", "2016-08-02T18:40:00"),
        ("2 August 2016, 6:40 p.m. EDT", "2016-08-02T22:40:00"),
        ("August 2, 2016 at 6:40 PM ET", "2016-08-02T22:40:00"),
        ("January 2, 2016 at 6:40 PM ET", "2016-01-02T23:40:00"),
        ("18:40, 2 August 2016", "2016-08-02T18:40:00"),
        ("2016-08-02T23:40:00-05:00", "2016-08-03T04:40:00"),
        ("2016-08-02T18:40:00.123Z", "2016-08-02T18:40:00"),
        ("2016-08-02 18:40:00+02", "2016-08-02T16:40:00"),
        ("12 a.m., 2 August 2016", "2016-08-02T00:00:00"),
        ("12:15 pm, 2 August 2016", "2016-08-02T12:15:00"),
    ],
)
def test_forms(written, value):
    reading = parse(written)
    assert reading is not None
    assert reading.value == datetime.fromisoformat(value)


@pytest.mark.parametrize(
    "text", ["", "Monday", "2016", "the 2nd", "2 Aug", "page 12/14", "10.5.2", "call 555-1234", "1 2 3"]
)
def test_what_is_no_date(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("31 June 2016", "there is no such day"),
        ("13/14/2016", "there is no such day"),
        ("30.02.2016", "there is no such day"),
        ("February 29, 2015", "there is no such day"),
        ("August 2016", "only the month is given"),
    ],
)
def test_impossible_dates_have_no_value(written, problem):
    reading = parse(written)
    assert reading is not None
    assert (reading.value, reading.candidates, reading.problem) == (None, (), problem)


def test_two_readings_are_kept_apart():
    reading = parse("03/04/2016 18:40")
    assert reading is not None
    assert reading.value is None
    assert [str(day) for day in reading.candidates] == ["2016-04-03 18:40:00", "2016-03-04 18:40:00"]


def test_weekday_decides():
    reading = parse("Sunday 03/04/2016")
    assert reading is not None
    assert (str(reading.value), reading.shows) == ("2016-04-03 00:00:00", "day first")


def test_outlets_zone_is_used_for_times_without_one():
    rome = parse("2 August 2016, 18:40", zone=ZoneInfo("Europe/Rome"))
    assert rome is not None
    assert (str(rome.value), rome.offset) == ("2016-08-02 16:40:00", 120)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1470163200, "2016-08-02 18:40:00"),
        ("1470163200000", "2016-08-02 18:40:00"),
        ("20160802", "2016-08-02 00:00:00"),
        ("20160802T184000Z", "2016-08-02 18:40:00"),
        (datetime(2016, 8, 2, 18, 40, tzinfo=UTC), "2016-08-02 18:40:00"),
        (pd.Timestamp("2016-08-02").date(), "2016-08-02 00:00:00"),
    ],
)
def test_values_of_tables(value, expected):
    reading = from_value(value)
    assert reading is not None
    assert str(reading.value) == expected


def test_epoch_is_no_date_on_a_page():
    assert parse("1470163200") is None


def test_date_at_either_end():
    found = trailing("Last updated: Tuesday, 2 August 2016, 18:40 CET")
    assert found is not None
    assert found[0] == "Last updated"
    begun = leading("2 August 2016 | The Harl Post")
    assert begun is not None
    assert begun[1] == "The Harl Post"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789/.-:, AugstpmTZ+", max_size=60))
def test_anything_may_be_asked(text):
    parse(text)
    trailing(text)
    from_value(text)


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)).map(lambda moment: moment.replace(microsecond=0)))
def test_round_trip(moment):
    forms = ("%Y-%m-%dT%H:%M:%S", "%d %B %Y, %H:%M:%S", "%B %d, %Y %I:%M:%S %p", "%a, %d %b %Y %H:%M:%S +0000")
    for form in forms:
        reading = parse(moment.strftime(form))
        assert reading is not None
        assert reading.value == moment


def _table(folder, name, rows):
    lines = [
        "headline,date,text,outlet",
        *(f"T{number},{day},Text {number} of the day.,{outlet}" for number, (day, outlet) in enumerate(rows)),
    ]
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _days(reading):
    return [None if pd.isna(day) else str(day.date()) for day in reading.articles["published"]]


def test_outlets_other_dates_settle(tmp_path):
    reading = read_all(
        _table(
            tmp_path,
            "a.csv",
            [
                ("03/04/2016", "Harl Post"),
                ("25/04/2016", "Harl Post"),
                ("04/25/2016", "Dry Times"),
                ("03/04/2016", "Dry Times"),
            ],
        )
    )
    assert _days(reading) == ["2016-04-03", "2016-04-25", "2016-04-25", "2016-03-04"]
    assert reading.articles["notes"][0] == [
        "metadata: date order: published 03/04/2016 read day first, as other dates of this outlet show"
    ]


def test_corpus_settles_where_it_agrees(tmp_path):
    reading = read_all(_table(tmp_path, "a.csv", [("03/04/2016", "Harl Post"), ("04/25/2016", "Dry Times")]))
    assert _days(reading) == ["2016-03-04", "2016-04-25"]


def test_disagreement_leaves_missing_with_a_warning(tmp_path):
    path = _table(
        tmp_path, "a.csv", [("03/04/2016", "New Sheet"), ("04/25/2016", "Dry Times"), ("25/04/2016", "Harl Post")]
    )
    with pytest.warns(MetadataWarning, match="1 dates can be read day first or month first"):
        reading = read_all(path)
    assert _days(reading)[0] is None
    assert reading.articles["notes"][0] == [
        "metadata: date order: published 03/04/2016 left missing: the corpus's other dates show both orders"
    ]


def test_rules_settle(tmp_path):
    path = _table(tmp_path, "a.csv", [("03/04/2016", "The New Sheet")])
    rules = {"outlets": [{"name": "New Sheet", "date_order": "month first"}]}
    assert _days(read_all(path, rules=rules)) == ["2016-03-04"]
