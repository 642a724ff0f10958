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


WEEK = [
    ("Post", "2023-10-03", "A bomb exploded at a bakery in Velisk on Monday, killing 3 people."),
    ("Herald", "2023-10-03", "Three people were killed on Monday when a bomb exploded at a bakery in Velisk."),
    ("Post", "2023-10-05", "A bomb exploded at a school in Velisk on Wednesday, killing 12 people."),
    ("Herald", "2023-10-05", "At least 12 people were killed on Wednesday when a bomb exploded at a school in Velisk."),
    ("Post", "2023-10-07", "A bomb exploded at a mosque in Velisk on Friday, killing 3 people."),
    ("Voice", "2023-10-08", "A bomb exploded at a mosque in Velisk on Friday, killing 4 people."),
    ("Voice", "2023-10-08", "A bomb exploded at a clinic in Oskeld on Friday, killing 40 people."),
    ("Voice", "2023-10-09", "Three bombs exploded in Velisk last week. The one at the school killed 12 people."),
]


def of_texts(rows):
    outlets, days, texts = zip(*rows, strict=True)
    table = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(rows))], "outlet": outlets, "text": texts})
    return table.assign(published=pd.to_datetime(pd.Series(days)).astype("datetime64[s]"))


def test_several_bombings_of_one_city_in_one_week_stay_apart():
    table = of_texts(WEEK)
    reported = timeline.reports(timeline.events(table), table)
    dated = reported[reported["begin"] == reported["finish"]]
    for _, group in dated.groupby("event_id"):
        assert len(set(group["begin"])) == 1
    days = dated.groupby("event_id")["begin"].first().astype(str).tolist()
    assert sorted(days) == ["2023-10-02", "2023-10-04", "2023-10-06", "2023-10-06"]
    clinic = dated[dated["sentence"].str.contains("clinic")]["event_id"].item()
    assert (reported["event_id"] == clinic).sum() == 1


def test_what_is_told_by_its_distance_from_another_day_is_not_dated_to_that_day():
    rows = [
        ("Post", "2023-09-13", "A fire swept the ferry Lady Ann on Tuesday off Arlen, killing 19 people."),
        ("Post", "2024-01-13", "A bell rang on Friday, four months after the Lady Ann caught fire off Arlen."),
        ("Post", "2024-01-14", "A note on the Lady Ann was sent in May, four months before 19 people burned to death."),
    ]  # fmt: skip
    table = of_texts(rows)
    events = timeline.select(timeline.events(table), kinds=["accident"])
    merged = timeline.merge(events, table)
    assert merged["reports"].max() >= 2
    fire = merged.sort_values("reports").iloc[-1]
    assert str(fire["begin"].date()) == str(fire["finish"].date()) == "2023-09-12"


def test_a_name_in_the_text_before_joins_a_toll_without_a_day():
    rows = [
        ("Post", "2023-09-13", "A fire swept the car deck of the ferry Lady Ann on Tuesday, killing 19 people."),
        (
            "Herald",
            "2024-02-01",
            "Nobody at Corvin Lines would speak of the Lady Ann and its fire. At least 19 people died.",
        ),
    ]
    table = of_texts(rows)
    merged = timeline.merge(timeline.select(timeline.events(table), kinds=["accident"]), table)
    assert merged["reports"].tolist() == [2]


def test_evidence_of_some_events_comes_event_by_event(events, articles):
    merged = timeline.merge(events, articles)
    found = timeline.evidence(events, articles, of=timeline.most_reported(merged, top_n=1))
    assert found["event"].unique().tolist() == ["exploded, Fishmarket, 23–34 killed, 60 injured (7 October 2023)"]
    assert found["outlet"].tolist() == ["Post", "Herald", "Copy", "Voice"]


def test_the_one_who_did_it_is_kept():
    table = of_texts([("Post", "2023-10-08", "Rebels attacked a village near Velisk on Friday, killing 3 people.")])
    assert timeline.merge(timeline.events(table), table)["actor"].tolist() == ["Rebels"]
