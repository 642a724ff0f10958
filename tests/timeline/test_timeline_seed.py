"""A long report read by hand, which stands beside a checkout: its events as a reader notes them."""

import pandas as pd
import pytest

import corpus_tools as ct
from tests.shared import REASON, SHARED

pytestmark = pytest.mark.skipif(SHARED is None or not (SHARED / "seed").is_dir(), reason=REASON)


@pytest.fixture(scope="module")
def events():
    articles = ct.open(SHARED / "seed").articles
    return ct.timeline.events(articles, ct.attribution.find(articles))


def test_the_bombing_has_its_day_place_tolls_and_claim(events):
    bombing = events[(events["kind"] == "explosion") & events["killed_min"].notna()]
    bombing = bombing[bombing["place"].fillna("").str.contains("Kabul")].iloc[0]
    assert str(bombing["begin"].date()) == str(bombing["finish"].date()) == "2016-07-23"
    assert (bombing["killed_min"], bombing["injured_min"]) == (80, 23)
    claims = events.loc[(events["kind"] == "explosion") & events["claimed_by"].notna(), "claimed_by"]
    assert claims.str.contains("Daesh").any()


def test_the_withdrawal_and_the_campaign_are_dated_to_the_month(events):
    military = events[events["kind"] == "military_action"]
    assert (military["begin"].eq("2016-03-01") | military["finish"].eq("2016-03-31")).any()
    assert military["finish"].eq("2015-10-31").any()


def test_threats_are_statements_and_no_attacks(events):
    april = events[events["begin"].between(pd.Timestamp("2016-04-01"), pd.Timestamp("2016-04-30"))]
    assert set(april["kind"]) <= {"statement"}
    assert len(april) >= 1
