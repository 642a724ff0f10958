import pytest

from corpus_tools.language import annotate


def chunks(text):
    return [chunk.text for chunk in annotate(text).chunks]


def test_noun_phrases_and_heads():
    annotation = annotate("Russia's defence minister gave the reporters a nine-minute speech.")
    assert [chunk.text for chunk in annotation.chunks] == [
        "Russia's defence minister",
        "the reporters",
        "a nine-minute speech",
    ]
    assert [annotation.tokens[chunk.head].text for chunk in annotation.chunks] == ["minister", "reporters", "speech"]


def test_appositives_point_at_what_they_explain():
    annotation = annotate("Ann Oda, the mayor of Bonn, met Peter Hale, an engineer.")
    explained = {
        chunk.text: annotation.chunks[chunk.appositive_of].text
        for chunk in annotation.chunks
        if chunk.appositive_of >= 0
    }
    assert explained == {"the mayor": "Ann Oda", "an engineer": "Peter Hale"}


def test_a_list_is_no_appositive():
    assert all(chunk.appositive_of < 0 for chunk in annotate("Ann Oda, a teacher, and Peter Hale came.").chunks[2:])


@pytest.mark.parametrize(
    ("text", "group", "expected"),
    [
        ("They closed the bridge.", "closed", ("past", "simple", "active", "", False, True)),
        ("The bridge was closed by engineers.", "was closed", ("past", "simple", "passive", "", False, True)),
        ("It has not yet been found.", "has not yet been found", ("present", "perfect", "passive", "", True, True)),
        ("They will be waiting for us.", "will be waiting", ("future", "progressive", "active", "", False, True)),
        ("She would never say it.", "would never say", ("present", "simple", "active", "would", True, True)),
        ("They want to leave.", "to leave", ("none", "simple", "active", "", False, False)),
    ],
)
def test_verb_groups(text, group, expected):
    found = {text[verb.start : verb.end]: verb for verb in annotate(text).verbs}
    verb = found[group]
    assert (verb.tense, verb.aspect, verb.voice, verb.modal, verb.negated, verb.finite) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said that they left.", [("He said", "main"), ("that they left.", "that")]),
        ("Officials say the bridge will reopen.", [("Officials say", "main"), ("the bridge will reopen.", "that")]),
        ("The man who came was tired.", [("The man", "main"), ("who came", "relative"), ("was tired.", "main")]),
        ("They stayed because it rained.", [("They stayed", "main"), ("because it rained.", "adverbial")]),
        ("They want to leave.", [("They want", "main"), ("to leave.", "infinitive")]),
    ],
)
def test_clauses(text, expected):
    assert [(text[clause.start : clause.end], clause.kind) for clause in annotate(text).clauses] == expected
