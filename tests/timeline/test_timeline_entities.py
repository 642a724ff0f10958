"""The timeline of one name: who is meant, what it did or underwent, and when; texts are our own."""

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.errors import InvalidQuery

FRIDAY = pd.Timestamp("2016-07-22")


def of(text, name="Ana Marenko", **given):
    articles = pd.DataFrame({"article_id": ["a"], "text": [text], "published": [FRIDAY], "outlet": ["Post"]})
    return ct.timeline.of(articles, name, **given)


def told(text, name="Ana Marenko", **given):
    table = of(text, name, **given).sort_values("predicate_start")
    return list(zip(table["predicate"], table["role"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Marenko resigned on Monday.", [("resigned", "actor")]),
        ("Police arrested Ana Marenko on Monday.", [("arrested", "target")]),
        ("Ana Marenko was arrested by the police.", [("arrested", "target")]),
        ("The party was founded by the minister Ana Marenko.", [("founded", "actor")]),
        ("Ana Marenko left the party and founded another.", [("left", "actor"), ("founded", "actor")]),
        ("Ana Marenko spoke. She left at noon.", [("spoke", "actor"), ("left", "actor")]),
        ("Minister Ana Marenko spoke. On Monday Marenko left.", [("spoke", "actor"), ("left", "actor")]),
        ("“We lost,” said the minister Ana Marenko.", [("said", "actor")]),
        ("Ana Marenko's brother resigned on Monday.", []),
        ("A friend of Ana Marenko resigned.", []),
        ("Ana Marenko spoke. Clara Oda followed. She left at noon.", [("spoke", "actor")]),
        ("Josef Amann spoke. He left.", []),
        ("Ana Marenko is a lawyer.", []),
    ],
)
def test_what_a_person_did_and_underwent(text, expected):
    assert told(text) == expected


def test_an_acronym_and_other_names_count_but_not_longer_ones():
    text = "The Harbour Workers Union (HWU) met on Monday. The HWU voted on Tuesday. The dockers struck on Wednesday."
    assert [verb for verb, _ in told(text, "Harbour Workers Union", aliases=["dockers"])] == ["met", "voted", "struck"]
    assert told("The Lumo 4S appeared. The Lumo 4 failed.", "Lumo 4") == [("failed", "actor")]


@pytest.mark.parametrize(
    ("text", "begin", "finish", "dated"),
    [
        ("Ana Marenko resigned on Monday.", "2016-07-18", "2016-07-18", "sentence"),
        ("Yesterday, at this year's fair, Ana Marenko spoke.", "2016-07-21", "2016-07-21", "sentence"),
        ("Ana Marenko spoke.", "NaT", "2016-07-22", "publication"),
        ("Ana Marenko has left the party.", "NaT", "2016-07-22", "publication"),
        ("Ana Marenko supports the bill.", "2016-07-22", "2016-07-22", "publication"),
        ("Ana Marenko will resign.", "NaT", "NaT", None),
    ],
)
def test_when_and_from_where_that_is_known(text, begin, finish, dated):
    row = of(text).iloc[0]
    assert [str(day)[:10] for day in (row["begin"], row["finish"])] == [begin, finish]
    assert (None if pd.isna(row["dated"]) else row["dated"]) == dated


def test_a_day_told_before_holds_for_what_follows():
    table = of("Ana Marenko opened the fair on Monday. Marenko praised the builders.")
    assert table["begin"].astype(str).tolist() == ["2016-07-18", "2016-07-18"]
    assert table["dated"].tolist() == ["sentence", "article"]
    assert table["confidence"].is_monotonic_decreasing


def test_reports_of_one_deed_come_together_in_the_order_of_time():
    articles = pd.DataFrame({
        "article_id": ["a", "b"], "outlet": ["Post", "Herald"], "published": [FRIDAY, FRIDAY],
        "text": ["Ana Marenko resigned on Monday. She founded the HWU in 1998.", "On Monday Ana Marenko resigned."],
    })  # fmt: skip
    rows = ct.timeline.of(articles, "Ana Marenko")
    assert rows["order"].tolist() == [1, 2, 2]
    events = ct.timeline.events_of(rows)
    assert events[["predicate", "reports"]].to_numpy().tolist() == [["founded", 1], ["resigned", 2]]
    assert events["outlets"].tolist() == [["Post"], ["Herald", "Post"]]


def test_spans_hold_and_rows_are_the_same_again():
    text = "Ana Marenko left.\n\nShe said that it was over, but Marenko will return in May."
    table = of(text)
    for row in table.itertuples():
        assert text[row.start : row.end] == row.sentence
        assert text[row.predicate_start : row.predicate_end] == row.predicate
    pd.testing.assert_frame_equal(table, of(text))


def test_nobody_of_that_name_and_no_name_at_all():
    assert of("It rained.").empty
    assert ct.timeline.events_of(of("It rained.")).empty
    with pytest.raises(InvalidQuery, match="needs that name"):
        of("It rained.", " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Marenko returned to the stage to reveal a plan.", [("returned", "happened"), ("reveal", "planned")]),
        ("Ana Marenko went on to win the race.", [("win", "happened")]),
        ("Ana Marenko has chosen to resign.", [("chosen", "happened"), ("resign", "planned")]),
        ("Ana Marenko refused to resign.", [("refused", "happened"), ("resign", "negated")]),
        ("Ana Marenko tried to leave.", [("tried", "happened"), ("leave", "hypothetical")]),
        ("Ana Marenko closed the day by opening a bridge.", [("closed", "happened"), ("opening", "happened")]),
        ("Ana Marenko spoke for an hour, later adding a word.", [("spoke", "happened"), ("adding", "happened")]),
        ("Ana Marenko asked Josef Amann to leave.", [("asked", "happened")]),
        ("Ana Marenko did not return to open it.", [("return", "negated"), ("open", "negated")]),
    ],
)
def test_deeds_without_a_subject_of_their_own(text, expected):
    table = of(text).sort_values("predicate_start")
    assert list(zip(table["predicate"], table["status"], strict=True)) == expected


def test_a_subject_pronoun_belongs_to_its_verb_whatever_stands_before_it():
    text = "Ana Marenko spoke on Monday. During her two hour speech she resigned."
    assert told(text) == [("spoke", "actor"), ("resigned", "actor")]


def test_a_name_behind_a_participle_is_still_governed_by_its_preposition():
    assert told("Sales of the recently announced Lark 4 began on Tuesday.", name="Lark 4") == []
    assert told("The shop gives owners of its new Lark 4 a case.", name="Lark 4") == []


def test_the_name_right_before_a_verb_is_its_subject():
    assert told("While praising Ana Marenko, at the fair, Josef Amann laughed.") == []
    assert told("Ana Marenko, Josef Amann and Clara Oda resigned.") == [("resigned", "actor")]
    assert told("Ana Marenko, head of the party, resigned.") == [("resigned", "actor")]
