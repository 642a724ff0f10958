"""Traps of events: tolls, participants, claims and status, each in a sentence of our own; published on a Monday."""

import pandas as pd
import pytest

from corpus_tools import attribution, timeline
from corpus_tools.timeline._tolls import find as find_tolls

MONDAY = pd.Timestamp("2016-07-25")


def events(text):
    return timeline.events(pd.DataFrame({"article_id": ["a"], "text": [text], "published": [MONDAY]}))


def of_kind(text, kind):
    table = events(text)
    found = table[table["kind"] == kind]
    assert len(found) == 1, table[["kind", "predicate", "status"]]
    return {name: None if pd.isna(value) else value for name, value in found.iloc[0].items()}


@pytest.mark.parametrize(
    ("text", "toll", "expected"),
    [
        ("At least 80 people were killed in a blast in Lenn.", "killed", (80, None)),
        ("Dozens were injured when a stand collapsed.", "injured", (24, None)),
        ("At least 30 people, two of them children, were killed when a bus crashed.", "killed", (30, None)),
        ("The blast killed 12 people, including four children and two officers.", "killed", (12, 12)),
        ("No one was killed in the fire on Tuesday.", "killed", (0, 0)),
        ("Nobody died when the plane caught fire.", "killed", (0, 0)),
        ("The death toll was raised to 84 on Sunday.", "killed", (84, 84)),
        ("The death toll from the blast rose to 84 from 60.", "killed", (84, 84)),
        ("Officials revised the toll down to 19 from 23 on Friday.", "killed", (19, 19)),
        ("Between 20 and 30 people were killed in the attack.", "killed", (20, 30)),
        ("Gunmen opened fire, killing nine people and injuring more than a dozen.", "injured", (13, None)),
        ("Two officers and a gunman were killed in a shootout.", "killed", (3, 3)),
        ("The couple and their three children were killed in a fire.", "killed", (5, 5)),
        ("The ferry sank: eleven died, 37 were injured and nine are missing.", "missing", (9, 9)),
        ("Twelve people were arrested after the riot on Sunday.", "arrested", (12, 12)),
        ("More than 3,000 villagers were displaced by the fighting in May.", "displaced", (3001, None)),
    ],
)
def test_tolls(text, toll, expected):
    told = events(text).dropna(subset=[f"{toll}_min"])
    assert len(told) == 1
    least, most = told.iloc[0][[f"{toll}_min", f"{toll}_max"]]
    assert (least, None if pd.isna(most) else most) == expected


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The rebels attacked the convoy on Friday.", "attack", "happened"),
        ("The rebels will attack the town on Wednesday, a commander said.", "attack", "planned"),
        ("The rebels did not attack the convoy on Friday.", "attack", "negated"),
        ("The president denied that his troops attacked the village on Friday.", "attack", "denied"),
        ("Rebels could attack the town on Friday.", "attack", "hypothetical"),
        ("The army has been shelling the town since Sunday.", "military_action", "ongoing"),
        ("Fighting is still going on in Moran.", "military_action", "ongoing"),
        ("The strike was planned for Thursday but was called off.", "strike", "negated"),
        ("The parliamentary election will be held on 4 September.", "election", "planned"),
    ],
)
def test_status(text, kind, status):
    assert of_kind(text, kind)["status"] == status


@pytest.mark.parametrize(
    ("text", "kind", "actor", "target", "place"),
    [
        ("Rebels led by Omar Haddad attacked an army base in Moran on Friday.", "attack", "Rebels", "an army base",
         "Moran"),
        ("An army base in Moran was attacked by rebels on Friday.", "attack", "rebels", "An army base", "Moran"),
        ("Police arrested 12 protesters in Lenn on Thursday.", "arrest", "Police", "12 protesters", "Lenn"),
        ("A court in Velisk sentenced Josef Amann to 12 years on Thursday.", "court", "A court", "Josef Amann",
         "Velisk"),
        ("The two governments signed a ceasefire in Geneva on 3 May.", "agreement", "The two governments", None,
         "Geneva"),
        ("He attacked them on Friday.", "attack", None, None, None),
        ("A car bomb exploded outside the ministry in Lenn on Monday.", "explosion", None, None, "Lenn"),
        ("Two were hurt in the attack on Friday.", "attack", None, None, None),
    ],
)  # fmt: skip
def test_participants_stand_as_written_and_pronouns_name_nobody(text, kind, actor, target, place):
    found = of_kind(text, kind)
    assert (found["actor"], found["target"], found["place"]) == (actor, target, place)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Dawn Front claimed responsibility for the attack in Velisk on Friday.", "The Dawn Front"),
        ("The attack on Friday was claimed by the Dawn Front.", "the Dawn Front"),
        ("A bomb killed five on Friday. The Dawn Front claimed responsibility for the blast.", "The Dawn Front"),
    ],
)  # fmt: skip
def test_claims_are_put_down_to_the_attack_and_its_day(text, who):
    claimed = events(text).dropna(subset=["claimed_by"])
    assert claimed["claimed_by"].tolist() == [who]
    assert claimed["begin"].tolist() == [pd.Timestamp("2016-07-22")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("According to the police, three men were stabbed in Arlen on Saturday.", "the police"),
        ("Three men were stabbed in Arlen on Saturday, a spokesman said.", "a spokesman"),
        ("Officials later said that a bomb killed seven on Friday.", "Officials"),
        ("They said that a bomb killed seven on Friday.", None),
    ],
)
def test_who_reports_it(text, who):
    told = events(text)
    told = told[told["kind"] != "statement"]
    assert [None if pd.isna(name) else name for name in told["reported_by"]] == [who]


def test_those_who_were_displaced_before_do_not_date_a_march():
    text = "Thousands marched through Lenn on Saturday over a dam below which 4,000 were evacuated 11 days earlier."
    march = of_kind(text, "protest")
    assert (march["predicate"], march["begin"]) == ("marched", pd.Timestamp("2016-07-23"))


def test_one_named_death_beside_a_larger_toll_is_no_other_count():
    text = "A fire in Lenn killed 23 people on Friday. Ada Ferren, 34, died in the fire."
    articles = pd.DataFrame({"article_id": ["a"], "text": [text], "published": [MONDAY]})
    merged = timeline.merge(timeline.events(articles), articles)
    assert merged[["killed_min", "killed_max"]].to_numpy().tolist() == [[23, 23]]
    assert merged["conflicts"].tolist() == [[]]


def test_kinds_come_from_a_file_that_can_grow():
    assert {"attack", "explosion", "arrest", "statement", "election", "disaster", "accident", "protest",
            "military_action", "agreement", "court", "sport"} <= set(timeline.kinds())  # fmt: skip


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Trains stopped on the day rebels attacked the depot.", "rebels"),
        ("He left the town where Omar Haddad bombed the bridge on Monday.", "Omar Haddad"),
        ("By the time the army attacked Moran on Monday, all had fled.", "the army"),
        ("That was one of the reasons Kardania attacked the base in May.", "Kardania"),
        ("The king and Omar Haddad attacked the base on Monday.", None),
    ],
)
def test_who_acts_in_a_clause_of_its_own(text, actor):
    assert of_kind(text, "explosion" if "bombed" in text else "attack")["actor"] == actor


def test_the_ranks_of_a_people_are_no_place():
    assert of_kind("A bomb went off in the Rovers' ranks in Lenn on Monday.", "explosion")["place"] == "Lenn"
    assert of_kind("A bomb went off in Athens' harbour on Monday.", "explosion")["place"] == "Athens"


def test_who_makes_a_statement_comes_from_the_attributions():
    text = 'Ada Lorn, head of the department for roads and bridges, said in May: "The bridge was built in 1902."'
    articles = pd.DataFrame({"article_id": ["a"], "text": [text], "published": [MONDAY]})
    found = timeline.events(articles, attribution.find(articles))
    assert found.loc[found["kind"] == "statement", "actor"].tolist() == ["Ada Lorn"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three officers shot and injured a suspect on Elm Street.", {"injured": 1}),
        ("Two guards shot and killed Omar Haddad in Lenn.", {"killed": 1}),
        ("Two men were shot and injured in Lenn.", {"injured": 2}),
        (
            "A man who was shot in the stomach during a row over a parked van at noon passed away in Lenn.",
            {"killed": 1},
        ),
        ("Nineteen people were shot at, police said.", {}),
        ("The three officers were not injured in the shooting.", {}),
        ("Two friends played with a gun, with one of them dead after a shot.", {"killed": 1}),
        ("He faces a trial for the attempted murder of two guards.", {}),
        ("Someone shot three deer near Lenn.", {}),
        ("The robbers tied a man up; a dog was shot and killed.", {}),
        ("A man died Monday after being shot by guards.", {"killed": 1}),
        ("The bullet hit the boy in the leg.", {"injured": 1}),
        ("The robber hit the boy in the head with a stick.", {}),
        ("His injuries are not considered life-threatening.", {"injured": 1}),
        ("Ada Ferren, also 20, is now in critical condition.", {}),
    ],
)
def test_who_is_counted_and_who_is_not(text, expected):
    assert {toll.name: toll.most for toll in find_tolls(text) if toll.name != "arrested"} == expected


def test_dates_of_the_page_and_of_what_came_afterwards_date_no_harm():
    for text in (
        "(Published Tuesday, July 19, 2016) The woman was angry at the guard who fatally shot her son.",
        "A man fatally shot while he waited for a bus in Lenn was identified on Friday.",
    ):
        row = events(text).dropna(subset="killed_min").iloc[0]
        assert (row["killed_min"], pd.isna(row["begin"])) == (1, True)


def test_a_toll_behind_that_is_a_fact_whatever_led_to_it():
    row = of_kind("A quarrel might have led to a shooting that left two men dead.", "attack")
    assert (row["status"], row["killed_min"]) == ("happened", 2)


def test_next_door_is_no_plan():
    assert of_kind("A bomb exploded next door to a school in Lenn on Monday.", "explosion")["status"] == "happened"
    assert of_kind("Next month the army attacks Lenn.", "attack")["status"] == "planned"


def test_what_was_posted_on_a_day_keeps_it():
    row = of_kind("The Front claimed responsibility in a statement posted on Sunday evening.", "statement")
    assert str(row["begin"])[:10] == "2016-07-24"
