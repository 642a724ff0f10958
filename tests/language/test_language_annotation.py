import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.language import annotate, sentences, tokenize, words

PIECES = [
    "Mr. Oda ",
    "said, ",
    "“No.” ",
    "\n\n",
    "\n",
    " \t",
    "U.S. ",
    "…",
    "!!",
    "http://a.b/c ",
    "don't ",
    "5,000 ",
    "[3] ",
]
PIECES += [
    "\x00",
    "\ud83d",
    "\u202e",
    "שלום ",
    "日本語。",
    "हिन्दी ",
    "👩‍👩‍👧",
    "\u0301",
    "-",
    "'",
    "’",
    "_",
    "(",
    "x" * 60,
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_offsets_round_trip_on_any_text(text):
    annotation = annotate(text)
    spans = sentences(text)
    assert [tuple(span) for span in annotation.sentences] == spans
    tokens = tokenize(text)
    assert [(token.start, token.end) for token in annotation.tokens] == tokens
    for found in (spans, tokens, words(text)):
        assert all(0 <= start < end <= len(text) for start, end in found)
        assert all(before[1] <= after[0] for before, after in pairwise(found))
    covered = "".join(text[start:end] for start, end in tokens)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[token.start : token.end] == token.text for token in annotation.tokens)
    assert sum(annotation.sentence_lengths) == len(tokens)
    for values in (annotation.upos, annotation.xpos, annotation.lemmas):
        assert len(values) == len(tokens)
        assert all(values)
    for item in (*annotation.names, *annotation.chunks):
        assert text[item.start : item.end] == item.text
    for group in annotation.verbs:
        assert group.first <= group.head < group.last
    places = [place for clause in annotation.clauses for place in range(clause.first, clause.last)]
    assert places == list(range(len(tokens)))


def test_tags_and_dictionary_forms_of_a_plain_sentence():
    annotation = annotate("The ministers weren't told that two bridges had been closed.")
    assert [token.text for token in annotation.tokens][:4] == ["The", "ministers", "were", "n't"]
    assert " ".join(annotation.upos) == "DET NOUN AUX PART VERB SCONJ NUM NOUN AUX AUX VERB PUNCT"
    assert " ".join(annotation.xpos) == "DT NNS VBD RB VBN IN CD NNS VBD VBN VBN ."
    assert " ".join(annotation.lemmas) == "the minister be not tell that two bridge have be close ."


def test_the_same_text_gives_the_same_tags_whatever_was_seen_before():
    text = "Vessia Torn, the mayor of Lower Hallow, flimbered the grop."
    first = annotate(text).upos
    annotate("Quite other words come here; the flimbered ones too.").upos  # noqa: B018
    assert annotate(text).upos == first


def test_an_empty_text_has_nothing():
    annotation = annotate("")
    assert not any((annotation.sentences, annotation.tokens, annotation.upos, annotation.xpos, annotation.lemmas))
    assert not any((annotation.chunks, annotation.names, annotation.verbs, annotation.clauses, annotation.acronyms))


def test_nothing_is_worked_out_before_it_is_asked_for():
    annotation = annotate("Ann Oda left.")
    assert not vars(annotation)
    assert len(annotation.tokens) == 4
    assert "upos" not in vars(annotation)


@pytest.mark.parametrize("unit", ["A&", "A & ", "Senator ", "Food and ", "Oda-", "Oda of "])
def test_the_longest_names_are_linear(unit):
    annotate(unit).names  # noqa: B018
    start = time.process_time()
    annotation = annotate(unit * (30_000 // len(unit)))
    assert annotation.names is not None
    assert time.process_time() - start < 3


def test_long_sentences_without_a_noun_are_linear():
    for word in ("the ", "big ", "very ", "was ", "not ", "of ", "Oda "):
        annotation = annotate(word * 5_000)
        assert annotation.clauses
        assert len(annotation.tokens) == 5_000
        assert annotation.chunks is not None
        assert annotation.names is not None
