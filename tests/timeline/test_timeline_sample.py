"""The sample corpus, read whole: its main events, their tolls and their days."""

from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def merged():
    if not SAMPLE.is_dir():
        pytest.skip("the sample corpus is not there")
    articles = ct.open(SAMPLE).articles
    events = ct.timeline.select(ct.timeline.events(articles))
    return ct.timeline.merge(events, articles, ct.articles.reprints(articles))


def most_reported(merged, kind):
    return ct.timeline.most_reported(merged[merged["kind"] == kind], top_n=1).iloc[0]


def test_the_bombing_has_its_day_and_all_its_tolls(merged):
    bombing = most_reported(merged, "explosion")
    assert bombing["begin"] == bombing["finish"] == pd.Timestamp("2023-10-07")
    assert (bombing["killed_min"], bombing["killed_max"]) == (23, 36)
    assert len(bombing["outlets"]) >= 6
    assert "killed" in bombing["conflicts"]


def test_the_ferry_fire_has_its_day_and_the_corrected_toll(merged):
    fire = most_reported(merged, "accident")
    assert fire["begin"] == fire["finish"] == pd.Timestamp("2023-09-12")
    assert (fire["killed_min"], fire["killed_max"]) == (4, 30)


def test_the_strike_has_its_day(merged):
    assert most_reported(merged, "strike")["begin"] == pd.Timestamp("2023-10-02")
