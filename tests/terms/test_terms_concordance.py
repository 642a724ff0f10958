import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import language, terms
from corpus_tools.errors import InvalidQuery, MissingColumn
from corpus_tools.terms._finding import WordReader, finder
from corpus_tools.terms.queries import parse
from corpus_tools.terms.tokens import Specification


def lines(table):
    return table[["left", "match", "right"]].to_numpy().tolist()


def test_a_word_with_its_context_place_and_sentence(articles):
    table = terms.concordance(articles, "DAM", window=2)
    assert lines(table) == [
        ["The", "dam", "broke at"],
        ["checked the", "dam", ". “The dam"],
        ["dam. “The", "dam", "was old"],
    ]
    for row in table.to_dict("records"):
        text = articles.set_index("article_id").loc[row["article_id"], "text"]
        assert text[row["start"] : row["end"]] == row["match"]
        assert row["match"] in row["sentence"]
    assert table["outlet"].tolist() == ["Lakeside Post", "Meridian Press", "Meridian Press"]
    assert table["published"].dt.strftime("%Y-%m-%d").tolist() == ["2031-03-02", "2031-03-20", "2031-03-20"]
    assert table.loc[0, "sentence"] == "The dam broke at dawn."


def test_a_phrase_whatever_marks_stand_between():
    table = pd.DataFrame({"article_id": ["a"], "text": ["Heavy rain. Heavy, rain! Heavy\n\nrain heavyrain"]})
    assert [row[1] for row in lines(terms.concordance(table, "heavy rain", window=0))] == [
        "Heavy rain", "Heavy, rain", "Heavy rain",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("flood*", ["flood", "flooded", "flood-prone"]),
        ("*ed", ["flooded", "warned"]),
        ("f*d", ["flood", "flooded"]),
        ("the * minister", ["the prime minister"]),
        ("mayor's", ["mayor’s"]),
        ("state-of-the-art", ["state-of-the-art"]),
        ("/flood(ed)?\\b/", ["flood", "flooded", "flood"]),
        ("/[A-Z]{8}/", ["minister"]),
        (["prime minister", "minister"], ["prime minister"]),
    ],
)  # fmt: skip
def test_queries(query, found):
    text = "the flood flooded a plain; he warned the prime minister: the mayor’s flood-prone, state-of-the-art"
    table = terms.concordance(pd.DataFrame({"article_id": ["a"], "text": [text]}), query)
    assert table["match"].tolist() == found


def test_case_can_matter(articles):
    assert len(terms.concordance(articles, "The", lowercase=False)) == 4
    assert len(terms.concordance(articles, "/\\bthe\\b/", lowercase=False)) == 5


def test_orders(articles):
    by_right = terms.concordance(articles, "the", sort="right", window=1)
    assert by_right["right"].str.lower().is_monotonic_increasing
    by_left = terms.concordance(articles, "the", sort="left", window=3)
    nearest = [row.lower().split()[::-1] for row in by_left["left"]]
    assert nearest == sorted(nearest)
    assert terms.concordance(articles, "mayor*", sort="outlet")["outlet"].isna().tolist() == [False, False, True]
    assert terms.concordance(articles, "mayor*", sort="published")["article_id"].tolist() == ["a1", "a2", "a4"]
    with pytest.raises(InvalidQuery, match="sorted"):
        terms.concordance(articles, "the", sort="beauty")


def test_limit_and_empty_tables(articles):
    assert len(terms.concordance(articles, "the", limit=2)) == 2
    full, none = terms.concordance(articles, "the"), terms.concordance(articles.head(0), "the")
    assert list(none.columns) == list(full.columns)
    assert none.dtypes.equals(full.dtypes)
    assert terms.concordance(articles, "zeppelin").empty
    assert terms.concordance(articles.drop(columns=["outlet", "published"]), "dam")["outlet"].isna().all()


@pytest.mark.parametrize("query", ["", "  ", "?!", "/(/", "/[z-a]/", "/(?P<a>x)(?P<a>/"])
def test_queries_without_meaning_are_refused(articles, query):
    with pytest.raises(InvalidQuery):
        terms.concordance(articles, query)


def test_a_catastrophic_expression_ends_with_a_message(monkeypatch):
    monkeypatch.setattr(sys.modules["corpus_tools.terms._finding"], "PATIENCE", 0.3)
    table = pd.DataFrame({"article_id": ["a"], "text": ["a" * 5000 + "!"]})
    with pytest.raises(InvalidQuery, match="longer than"):
        terms.concordance(table, "/(a|aa|a?a)+[^a!]/")


def test_many_stars_do_not_explode():
    table = pd.DataFrame({"article_id": ["a"], "text": ["a" * 5000]})
    query = "a*" * 50 + "b"
    assert terms.concordance(table, query).empty
    assert terms.trend(table, query)["count"].sum() == 0


def test_a_table_needs_text(articles):
    with pytest.raises(MissingColumn):
        terms.concordance(articles.drop(columns="text"), "dam")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.text(alphabet="ab *’'-é/", min_size=1, max_size=8))
def test_no_query_breaks_and_places_round_trip(text, query):
    table = pd.DataFrame({"article_id": ["a"], "text": [text + " ab a-b é’s"]})
    try:
        found = terms.concordance(table, query, window=2)
    except InvalidQuery:
        return
    for row in found.to_dict("records"):
        assert " ".join(table.loc[0, "text"][row["start"] : row["end"]].split()) == row["match"]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="abAB .,’-", max_size=60), st.sampled_from(["a", "a b", "a*", "b *", "ab", "b’a"]))
def test_as_many_lines_as_a_trend_counts(text, query):
    table = pd.DataFrame({"article_id": ["a"], "text": [text]})
    assert len(terms.concordance(table, query)) == terms.trend(table, query)["count"].sum()


def test_concepts_show_their_names_and_what_was_written(articles):
    table = terms.concordance(articles, {"storm": ["rain", "heavy rain"], "ship": "boat"}, sort=["query", "1R"])
    assert table[["query", "match", "right"]].to_numpy().tolist() == [
        ["ship", "boat", "left the harbour"],
        ["storm", "Heavy rain", "again; then, light rain over the old harbour"],
        ["storm", "Rain", "fell. Heavy rain again; then, light rain over"],
        ["storm", "rain", "over the old harbour"],
    ]


def test_single_places_sort():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["b dam z. a dam y. b dam x."]})
    assert terms.concordance(articles, "dam", sort=["1L", "1R"], window=1)["right"].tolist() == ["y", "x", "z"]
    assert terms.concordance(articles, "dam", sort="9R")["start"].tolist() == [2, 11, 20]
    with pytest.raises(InvalidQuery, match="1R, 2L"):
        terms.concordance(articles, "dam", sort="0L")


class Index:
    """Stands for a stored corpus."""

    def __init__(self, articles):
        self.articles, self.asked = articles, []

    def articles_with(self, alternatives):
        self.asked.append(alternatives)
        return self.articles


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("dam", [["dam"]]),
        ("The harbour*", [["the", "harbour*"]]),
        (["dam", "the * harbour"], [["dam"], ["the", "harbour"]]),
        ({"flood": ["flood*", "high water"]}, [["flood*"], ["high", "water"]]),
        (["dam", "*ation"], None),
        ("/d.m/", None),
    ],
)
def test_an_index_is_asked_for_words_that_it_can_look_up(articles, query, asked):
    index = Index(articles)
    table = terms.concordance(index, query)
    assert index.asked == [asked]
    pd.testing.assert_frame_equal(table, terms.concordance(articles, query))


def test_a_limit_stops_looking(articles):
    texts = pd.concat([articles] * 3, ignore_index=True)
    pd.testing.assert_frame_equal(terms.concordance(texts, "the", limit=4), terms.concordance(texts, "the").head(4))


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from("ab.A \n\n\t\u00a0\u2028,-’é\u0301\u200b1😀"), max_size=60))
def test_words_and_sentences_are_those_of_the_whole_text(text):
    spans, found = WordReader(str.lower).read(text)
    assert spans == language.words(text)
    assert found == [text[start:end].lower() for start, end in spans]
    sentences = [text[start:end] for start, end in language.sentences(text)]
    table = terms.concordance(pd.DataFrame({"article_id": ["a"], "text": [text]}), "/[a-z]/")
    assert [one for one in table["sentence"] if one not in sentences] == []


WORDS = [
    "dam",
    "Dam's",
    "the",
    "DAMS",
    "dam-side",
    "a",
    "–",
    "...",
    "co\u00addam",
    "dam\u200b",
    "İdam",
    "wet,\n\ndam",
    "5",
]
QUERIES = ["dam", "the dam", "dam*", "a * dam", "*am", "dam's", "*", "the a", "İdam"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(QUERIES), st.integers(0, 4))
def test_reading_only_around_matches_shows_the_same(words, query, window):
    text, specification = " ".join(words), Specification()
    found, spans = finder([parse(query, specification)], specification)(text)
    table = terms.concordance(pd.DataFrame({"article_id": ["a"], "text": [text]}), query, window=window)
    assert list(zip(table["start"], table["end"], strict=True)) == [(start, end) for start, end, _ in found]
    for row in table.to_dict("records"):
        before = [start for start, end in spans if end <= row["start"]][-window:] if window else []
        after = [end for start, end in spans if start >= row["end"]][:window]
        assert row["left"] == " ".join(text[before[0] : row["start"]].split() if before else [])
        assert row["right"] == " ".join(text[row["end"] : after[-1]].split() if after else [])


def test_words_that_have_texts_show_what_the_articles_show(articles):
    counted = terms.tokens(articles)
    for query in ("dam", "/d.m/", {"water": ["harbour", "rain*"]}):
        pd.testing.assert_frame_equal(terms.concordance(counted, query), terms.concordance(articles, query))
    assert terms.concordance(counted, "dam").attrs["tokens"]["articles"] == len(articles)
    with pytest.raises(InvalidQuery, match="have no texts"):
        terms.concordance(terms.tokens_from_lists([["dam"]]), "dam")
