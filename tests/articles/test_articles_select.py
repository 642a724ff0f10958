"""Choosing articles by outlet and date."""

from datetime import date

import pytest

from corpus_tools import schema
from corpus_tools.articles import select
from corpus_tools.errors import InvalidQuery, MissingColumn

ARTICLES = schema.ARTICLES.conform(
    [
        {"article_id": "a", "outlet": "The Harl Post", "published": "2016-08-01 23:59:59"},
        {"article_id": "b", "outlet": "Dry Times", "published": "2016-08-02 00:00:00"},
        {"article_id": "c", "outlet": None, "published": "2016-08-03 00:00:00"},
        {"article_id": "d", "outlet": "Harl Post", "published": None},
    ]
)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "abcd"),
        ({"outlets": [], "date_from": "", "date_to": ""}, "abcd"),
        ({"outlets": ["harl post"]}, "ad"),
        ({"outlets": "Dry Times"}, "b"),
        ({"outlets": ["Dry Times", "The Harl Post"]}, "abd"),
        ({"date_from": "2016-08-02"}, "bc"),
        ({"date_to": "2016-08-01"}, "a"),
        ({"date_from": date(2016, 8, 2), "date_to": "2016-08-02"}, "b"),
        ({"date_from": "2030-01-01"}, ""),
    ],
)
def test_select(options, expected):
    assert "".join(select(ARTICLES, **options)["article_id"]) == expected


def test_unknown_outlet_names_the_known_ones():
    with pytest.raises(InvalidQuery, match=r"Did you mean 'Dry Times'\? There are: Dry Times, Harl Post"):
        select(ARTICLES, outlets=["Dry Time"])
    with pytest.raises(InvalidQuery, match="no article names its outlet"):
        select(schema.ARTICLES.empty(), outlets=["Dry Times"])


@pytest.mark.parametrize(
    "options", [{"date_from": "2 Aug"}, {"date_to": "2016-13-01"}, {"date_from": "2016-08-02", "date_to": "2016-08-01"}]
)
def test_dates_that_are_none(options):
    with pytest.raises(InvalidQuery):
        select(ARTICLES, **options)


def test_empty_table_and_wrong_table():
    assert select(schema.ARTICLES.empty(), date_from="2016-08-02").empty
    with pytest.raises(MissingColumn):
        select(ARTICLES[["article_id"]])
