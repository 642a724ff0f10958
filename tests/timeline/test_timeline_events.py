"""Reported events: kind, status, date, place, tolls and who says so; all texts are our own."""

import pandas as pd
import pytest

from corpus_tools import schema, timeline

MONDAY = pd.Timestamp("2023-10-09")


def articles(*texts, published=MONDAY):
    return pd.DataFrame(
        {
            "article_id": [f"a{number}" for number in range(len(texts))],
            "outlet": [f"Outlet {number}" for number in range(len(texts))],
            "published": pd.Series([published] * len(texts)).astype("datetime64[s]"),
            "text": list(texts),
        }
    )


def one(text, kind=None, published=MONDAY):
    table = timeline.events(articles(text, published=published))
    return table if kind is None else table[table["kind"] == kind].iloc[0]


def tolls(text, name="killed"):
    row = one(text).iloc[0]
    return tuple(None if pd.isna(row[f"{name}_{end}"]) else int(row[f"{name}_{end}"]) for end in ("min", "max"))


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A bomb killed 80 people in Lenn.", (80, 80)),
        ("A bomb killed at least 80 people in Lenn.", (80, None)),
        ("A bomb killed more than 80 people in Lenn.", (81, None)),
        ("A bomb killed up to 80 people in Lenn.", (0, 80)),
        ("A bomb killed between 5 and 7 people in Lenn.", (5, 7)),
        ("A bomb killed five to seven people in Lenn.", (5, 7)),
        ("A bomb killed dozens of people in Lenn.", (24, None)),
        ("A bomb killed some 2,000 people in Lenn.", (2000, 2000)),
        ("Twelve people, two of them children, were killed by a bomb in Lenn.", (12, 12)),
        ("Twelve people, including two children, died when a bomb exploded in Lenn.", (12, 12)),
        ("No one was killed when a bomb exploded in Lenn.", (0, 0)),
        ("The bomb in Lenn exploded without loss of life.", (0, 0)),
        ("The ministry raised the number of people killed by the bomb in Lenn to 84 from 80.", (84, 84)),
        ("The death toll of the bombing in Lenn rose to 84.", (84, 84)),
        ("A 17-year-old girl was killed when a bomb exploded in Lenn.", (1, 1)),
        ("A bomb exploded in Lenn at 11:05 and 300 houses were damaged.", (None, None)),
    ],
)
def test_tolls_are_ranges(text, killed):
    assert tolls(text) == killed


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A bomb in Lenn killed 12 people and injured 30.", "injured", (30, 30)),
        ("A bomb in Lenn killed 12 people; dozens were hurt.", "injured", (24, None)),
        ("The ferry sank off Lenn: eleven people died, 37 were injured and nine are missing.", "missing", (9, 9)),
        ("Police arrested 14 people after a bomb exploded in Lenn, killing two.", "arrested", (14, 14)),
    ],
)
def test_other_tolls(text, name, expected):
    assert tolls(text, name) == expected


def test_an_event_has_its_day_place_and_the_words_that_give_them():
    text = "A suicide bomber blew himself up at a rally in Oskeld on Saturday, killing 12 people, the police said."
    row = one(text, "explosion")
    assert (str(row["begin"].date()), str(row["finish"].date()), row["place"]) == ("2023-10-07", "2023-10-07", "Oskeld")
    assert text[row["dated_start"] : row["dated_end"]] == "Saturday"
    assert text[row["start"] : row["end"]] == text
    assert text[row["predicate_start"] : row["predicate_end"]] == row["predicate"]
    assert row["reported_by"] == "the police"


def test_a_claim_in_the_next_sentence_belongs_to_the_attack():
    text = "A bomb exploded in Oskeld on Saturday, killing 12. The attack was claimed by the Northern Front."
    assert one(text, "explosion")["claimed_by"] == "the Northern Front"


def test_an_undated_toll_takes_the_day_of_the_event_told_before():
    table = one("A bomb exploded in Oskeld on Saturday, killing 12. Doctors counted at least 15 dead.")
    assert table["begin"].astype(str).tolist() == ["2023-10-07", "2023-10-07"]
    assert table["kind"].tolist() == ["explosion", "explosion"]
    assert pd.isna(table.loc[1, "dated_by"])


def test_a_toll_of_a_long_campaign_has_no_day():
    text = (
        "A bomb exploded in Oskeld on 2 June 2023. The minister estimated that 900 fighters had been "
        "killed in the course of "
        "the five-month campaign."
    )
    row = one(text, "military_action")
    assert (row["killed_min"], pd.isna(row["begin"]), pd.isna(row["finish"])) == (900, True, True)


def test_what_was_said_on_a_day_did_not_happen_on_it():
    row = one(
        "The general said last March after the army launched its campaign in Tamrin that it was short.",
        "military_action",
    )
    assert pd.isna(row["begin"])
    assert str(row["finish"].date()) == "2023-03-31"


def test_a_dated_statement_is_no_attack():
    table = one('"They will attack us again," the mayor said back in April.')
    assert table["kind"].tolist() == ["statement"]
    assert str(table.loc[0, "begin"].date()) == "2023-04-01"


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The miners walked out on Monday.", "strike", "happened"),
        ("The trial will open on Friday.", "court", "planned"),
        ("The vote takes place on 19 November 2023.", "election", "planned"),
        ("The army did not attack the town on Saturday.", "attack", "negated"),
        ("The group denied that it bombed the market on Saturday.", "explosion", "denied"),
        ("If the rebels attacked the town on Saturday, nobody saw it.", "attack", "hypothetical"),
    ],
)
def test_status(text, kind, status):
    table = one(text)
    assert table.loc[table["kind"] == kind.replace("attack", "attack"), "status"].tolist() == [status]


def test_hedges_and_attributions_are_kept():
    text = "The rebels reportedly killed four villagers in Brennick on Sunday."
    table = articles(text)
    attributions = schema.ATTRIBUTIONS.conform(
        [
            {
                "article_id": "a0",
                "start": 0,
                "end": len(text),
                "kind": "indirect",
                "content": text,
                "speaker": "Mayor Ada Lorn",
                "content_spans": [[0, len(text)]],
            }
        ]
    )
    row = timeline.events(table, attributions).iloc[0]
    assert (row["certainty"], row["reported_by"], row["killed_min"]) == ("reportedly", "Mayor Ada Lorn", 4)


def test_nothing_to_find_gives_an_empty_table_of_the_right_form():
    for table in (schema.ARTICLES.empty(), articles("It is quiet here."), articles(None)):
        found = timeline.events(table)
        assert found.empty
        schema.validate(found, "events")


def test_without_a_publication_date_events_stay_undated():
    row = one("A bomb exploded in Oskeld on Saturday, killing 12.", "explosion", published=pd.NaT)
    assert pd.isna(row["begin"])
    assert row["killed_min"] == 12


def test_the_main_incident_of_a_report():
    text = "Two men were shot on Elm Street on Sunday. One died in hospital. The other was wounded, police said."
    incident = timeline.main_incident(articles(text))
    assert (incident.killed, str(incident.day.date())) == (1, "2023-10-08")


def test_kinds_come_from_the_data_file():
    assert {"attack", "explosion", "strike", "court", "other"} <= set(timeline.kinds())


def test_what_an_article_is_about_is_more_salient_than_what_it_mentions():
    text = (
        "A bomb exploded in Arlen on Saturday, killing 23 people. The market was full. "
        + "Traders had put up their tables before dawn. " * 8
        + "The minister said in May that the square was safe. He did not say whether the report would appear in June."
    )
    found = timeline.events(
        pd.DataFrame({"article_id": ["a"], "text": [text], "published": [pd.Timestamp("2023-10-08")]})
    )
    told = found.set_index("kind")["salience"]
    assert told["explosion"] > 0.8 > 0.5 > told["statement"]
    assert timeline.select(found, kinds=["explosion", "statement"], salience=0.65)["kind"].tolist() == ["explosion"]
    assert "report" not in found["predicate"].tolist()
