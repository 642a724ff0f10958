"""Tables held against a reader's notes: right, wrong, missing and too much must all show in the figures."""

import json

import pandas as pd
import pytest

from corpus_tools import quality, schema
from corpus_tools.errors import InvalidRules

TEXT = (
    "The mayor said the bridge was safe. “It will hold,” she told reporters.\n\n"
    "The bridge at Sallow fell on 3 May 2021, killing four people."
)
NOTE = {
    "source": "gazette/bridge.txt",
    "metadata": {
        "title": "Bridge falls",
        "authors": ["Ann Hale"],
        "outlet": "Gazette",
        "published": "2021-05-04",
        "wire": None,
        "regions": [],
        "first_sentence": "The mayor said the bridge was safe.",
        "last_sentence": "The bridge at Sallow fell on 3 May 2021, killing four people.",
    },
    "attributions": [
        {"source": "The mayor", "cue": "said", "content": ["the bridge was safe"], "speaker": "The mayor",
         "kind": "indirect", "anonymity": "unnamed individual"},
        {"source": "she", "cue": "told reporters", "content": ["“It will hold,”"], "speaker": "The mayor",
         "kind": "direct", "anonymity": "unnamed individual"},
    ],
    "events": [
        {"sentence": "The bridge at Sallow fell on 3 May 2021, killing four people.", "kind": "accident",
         "status": "happened", "date": "2021-05-03", "killed": [4, 4], "injured": None, "event": "bridge"}
    ],
    "reprint_of": None,
}  # fmt: skip


def article(**changes):
    row = {
        "article_id": "a1", "title": "Bridge falls", "authors": ["Ann Hale"], "outlet": "Gazette",
        "published": pd.Timestamp("2021-05-04"), "text": TEXT, "source_path": "somewhere/gazette/bridge.txt",
        "source_sha256": "0" * 64,
    }  # fmt: skip
    return schema.ARTICLES.conform([row | changes])


def span(piece):
    start = TEXT.index(piece)
    return [start, start + len(piece)]


def attribution(source, cue, content, **changes):
    row = {
        "article_id": "a1", "start": 0, "end": 10, "kind": "indirect", "content": content, "source": source, "cue": cue,
        "source_spans": [span(source)] if source else [], "cue_spans": [span(cue)], "content_spans": [span(content)],
        "speaker": "the mayor", "anonymity": "unnamed individual", "is_speech": True,
    }  # fmt: skip
    return row | changes


@pytest.fixture
def notes(tmp_path):
    (tmp_path / "bridge.json").write_text(json.dumps(NOTE), encoding="utf-8")
    return tmp_path


def figures(table, measure):
    return table.set_index("measure").loc[measure, ["right", "found", "expected"]].tolist()


def test_what_is_read_as_expected_counts_as_right(notes):
    result = quality.compare(notes, article())
    assert (result.right == result.expected).all()
    assert figures(result, "text: first sentence") == [1, 1, 1]


def test_fields_left_empty_by_both_do_not_count(notes):
    assert not result_has(quality.compare(notes, article()), "metadata: wire")
    assert figures(quality.compare(notes, article(wire="XPA")), "metadata: wire") == [0, 1, 0]


def result_has(table, measure):
    return measure in set(table.measure)


def test_wrong_and_missing_metadata_show(notes):
    result = quality.compare(notes, article(outlet=None, authors=["Ann Hale", "Staff"], text="Ad. " + TEXT))
    assert figures(result, "metadata: outlet") == [0, 0, 1]
    assert figures(result, "metadata: authors") == [0, 1, 1]
    assert figures(result, "text: first sentence") == [0, 1, 1]
    assert figures(result, "text: last sentence") == [1, 1, 1]


def test_attributions_are_matched_one_to_one(notes):
    found = schema.ATTRIBUTIONS.conform([
        attribution("The mayor", "said", "the bridge was safe"),
        attribution("The mayor", "said", "bridge was safe"),  # the same again: too much
        attribution("she", "told reporters", "“It will hold,”", kind="mixed", speaker="Ann Hale"),
    ])  # fmt: skip
    result = quality.compare(notes, article(), attributions=found)
    assert figures(result, "attributions") == [2, 3, 2]
    assert figures(result, "attributions: speaker") == [1, 2, 2]
    assert figures(result, "attributions: kind") == [1, 2, 2]


def test_an_attribution_with_another_source_or_content_is_wrong(notes):
    found = schema.ATTRIBUTIONS.conform([
        attribution("reporters", "said", "the bridge was safe"),
        attribution("she", "told reporters", "killing four people"),
    ])  # fmt: skip
    assert figures(quality.compare(notes, article(), attributions=found), "attributions") == [0, 2, 2]


def test_marks_that_are_no_speech_are_left_out(notes):
    found = schema.ATTRIBUTIONS.conform([attribution("The mayor", "said", "the bridge was safe", is_speech=False)])
    assert figures(quality.compare(notes, article(), attributions=found), "attributions") == [0, 0, 2]


def event(**changes):
    start, end = span("The bridge at Sallow fell on 3 May 2021, killing four people.")
    row = {
        "article_id": "a1", "start": start, "end": end, "sentence": TEXT[start:end], "predicate": "fell",
        "kind": "accident", "status": "happened", "begin": pd.Timestamp("2021-05-03"),
        "finish": pd.Timestamp("2021-05-03 23:59:59"),
        "killed_min": 4, "killed_max": 4,
    }  # fmt: skip
    return schema.EVENTS.conform([row | changes])


@pytest.mark.parametrize(
    ("changes", "measure", "expected"),
    [
        ({}, "events: date", [1, 1, 1]),
        ({}, "events: killed", [1, 1, 1]),
        ({"begin": None, "finish": None}, "events: date", [0, 0, 1]),
        ({"finish": pd.Timestamp("2021-05-31")}, "events: date", [0, 1, 1]),
        ({"killed_max": None}, "events: killed", [0, 1, 1]),
        ({"kind": "attack"}, "events", [0, 1, 1]),
    ],
)
def test_events_are_held_to_sentence_kind_date_and_toll(notes, changes, measure, expected):
    assert figures(quality.compare(notes, article(), events=event(**changes)), measure) == expected


def test_pairs_of_reports_and_reprints(tmp_path):
    rows, reports = [], []
    for name in ("a1", "a2", "a3"):
        note = NOTE | {"source": f"gazette/{name}.txt", "reprint_of": "gazette/a1.txt" if name == "a2" else None}
        (tmp_path / f"{name}.json").write_text(json.dumps(note), encoding="utf-8")
        rows.append(article(article_id=name, source_path=f"gazette/{name}.txt"))
        reports.append(event(article_id=name).assign(event_id="e2" if name == "a3" else "e1"))
    articles, reports = pd.concat(rows, ignore_index=True), pd.concat(reports, ignore_index=True)
    reprints = pd.DataFrame({"article_id": ["a1", "a2", "a3"], "cluster": [0, 0, 0]})
    result = quality.compare(tmp_path, articles, events=reports, reports=reports, reprints=reprints)
    assert figures(result, "timeline: pairs") == [1, 1, 3]
    assert figures(result, "reprints: pairs") == [1, 3, 1]


def test_differences_name_the_case(notes):
    found = schema.ATTRIBUTIONS.conform([attribution("The mayor", "said", "killing four people")])
    table = quality.differences(notes, article(outlet="Herald"), attributions=found)
    assert table[table.measure == "metadata: outlet"][["expected", "found"]].to_numpy().tolist() == [
        ["Gazette", "Herald"]
    ]
    assert "she | told reporters | “It will hold,”" in table.expected.tolist()
    assert "The mayor | said | killing four people" in table.found.tolist()


def test_notes_on_articles_that_are_not_there_are_said(notes):
    assert quality.load(notes, article(source_path="elsewhere/other.txt")).absent == ("gazette/bridge.txt",)


def test_a_broken_note_is_named(tmp_path):
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidRules, match=r"x\.json"):
        quality.compare(tmp_path, article())
