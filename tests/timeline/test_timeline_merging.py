"""Reports of one event brought together; conflicts kept."""

import pandas as pd
import pytest

from corpus_tools import errors, schema, timeline

TEXTS = {
    "a": (
        "Post",
        "2023-10-08",
        "A bomb exploded at the Fishmarket in Velisk on Saturday, killing 23 people and injuring 60.",
    ),
    "b": (
        "Herald",
        "2023-10-08",
        "At least 31 people died on Saturday when a bomb exploded at the Fishmarket in Velisk.",
    ),
    "c": (
        "Voice",
        "2023-10-13",
        "The bomb at the Fishmarket in Velisk on 7 October killed 34 people, the ministry said.",
    ),
    "d": (
        "Copy",
        "2023-10-08",
        "A bomb exploded at the Fishmarket in Velisk on Saturday, killing 23 people and injuring 60.",
    ),
    "e": ("Post", "2023-10-08", "A ferry capsized off Arlen on Friday and two sailors drowned."),
}


@pytest.fixture(scope="module")
def articles():
    rows = [{"article_id": key, "outlet": o, "published": p, "text": t} for key, (o, p, t) in TEXTS.items()]
    return pd.DataFrame(rows).assign(published=lambda table: pd.to_datetime(table["published"]).astype("datetime64[s]"))


@pytest.fixture(scope="module")
def events(articles):
    return timeline.select(timeline.events(articles))


def test_reports_of_one_event_are_one_row_and_keep_their_conflicts(events, articles):
    merged = schema.validate(timeline.merge(events, articles), "timeline")
    bomb = merged[merged["kind"] == "explosion"].iloc[0]
    assert len(merged) == 2
    assert (bomb["killed_min"], bomb["killed_max"], bomb["reports"]) == (23, 34, 4)
    assert bomb["outlets"] == ["Copy", "Herald", "Post", "Voice"]
    assert str(bomb["begin"].date()) == str(bomb["finish"].date()) == "2023-10-07"
    assert "killed" in bomb["conflicts"]


def test_reprints_count_as_one_voice(events, articles):
    reprints = pd.DataFrame({"article_id": ["a", "d"], "cluster": ["r1", "r1"]})
    merged = timeline.merge(events, articles, reprints)
    assert merged.loc[merged["kind"] == "explosion", "reports"].tolist() == [3]


def test_every_report_keeps_its_event_and_its_sentence(events, articles):
    reported = timeline.reports(events, articles)
    assert reported.loc[reported["kind"] == "explosion", "event_id"].unique().size == 1
    evidence = timeline.evidence(events, articles)
    assert evidence["published"].is_monotonic_increasing
    assert set(evidence["sentence"]) == {text for _, _, text in TEXTS.values()}


def test_the_evolution_of_a_toll(events, articles):
    told = timeline.most_told(timeline.tolls(events, articles))
    rows = [(row.outlet, row.least, None if pd.isna(row.most) else row.most) for row in told.itertuples()]
    assert rows == [("Post", 23, 23), ("Herald", 31, None), ("Copy", 23, 23), ("Voice", 34, 34)]


def test_ids_do_not_depend_on_the_order_of_rows(events, articles):
    first = timeline.merge(events, articles)
    second = timeline.merge(events.iloc[::-1].reset_index(drop=True), articles)
    assert first["event_id"].tolist() == second["event_id"].tolist()


def test_events_on_different_days_stay_apart():
    table = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["Post", "Post"],
            "published": pd.to_datetime(["2023-10-08", "2023-10-08"]).astype("datetime64[s]"),
            "text": [
                "A bomb exploded in Velisk on 6 October, killing 3.",
                "A bomb exploded in Velisk on 7 October, killing 3.",
            ],
        }
    )
    assert len(timeline.merge(timeline.events(table), table)) == 2


def test_empty_tables_give_empty_tables():
    empty = schema.EVENTS.empty()
    assert timeline.merge(empty).empty
    assert list(timeline.merge(empty).columns) == schema.TIMELINE.names
    assert timeline.tolls(empty).empty
    assert timeline.evidence(empty).empty
    assert timeline.most_reported(timeline.merge(empty)).empty


def test_an_unknown_kind_is_refused(events):
    with pytest.raises(errors.InvalidQuery, match="explosion"):
        timeline.select(events, kinds=["picnic"])
