"""Suggested names of concepts, and phrases kept as terms."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_tools import terms
from corpus_tools.terms.variants import edit_distance


def corpus(*texts):
    return pd.DataFrame({"article_id": [f"a{number}" for number in range(len(texts))], "text": list(texts)})


def found(table):
    return table[["suggestion", "kind", "count"]].to_numpy().tolist()


def test_short_forms_are_found_where_they_are_explained():
    articles = corpus(
        "The Mirava Workers’ Front (MWF) met. MWF members cheered.",
        "Talks with the Oss Grain Board (“OGB”) failed (again). The harbour (old) is shut.",
        "MWF left.",
    )
    table = terms.suggest_variants(articles, {"front": ["Mirava Workers' Front"], "board": ["Oss Grain Board"]})
    assert found(table) == [["MWF", "short form", 3], ["OGB", "short form", 1]]
    assert table["documents"].tolist() == [2, 1]
    assert table["example"].tolist() == ["Mirava Workers’ Front (MWF)", "Oss Grain Board (“OGB”)"]
    assert table["distance"].isna().all()


def test_long_forms_are_found_from_short_ones():
    articles = corpus("The RF (Red Front) and the National Union of Rowers (NUR) met.")
    table = terms.suggest_variants(articles, {"front": ["RF"], "rowers": ["NUR"]})
    assert found(table) == [["Red Front", "long form", 1], ["National Union of Rowers", "long form", 1]]


def test_what_is_in_brackets_need_not_be_a_short_form():
    articles = corpus("The mayor (MWF) spoke. Rain (2031) fell. The Board (see below) met. A note (A).")
    assert terms.suggest_variants(articles, {"all": ["mayor", "rain", "board", "note"]}).empty


def test_spellings_differ_by_a_slip_and_patterns_are_no_news():
    articles = corpus("Kharovia, Karovia, Kharoiva and Kharovian; the Kharovia Bank, the Karovia Bank; Krakow.")
    table = terms.suggest_variants(articles, {"place": ["Kharovia"]})
    assert dict(zip(table["suggestion"], table["distance"], strict=True)) == {
        "karovia": 1, "kharoiva": 1, "kharovian": 1,
    }  # fmt: skip
    assert (
        "kharovian" not in terms.suggest_variants(articles, {"place": ["Kharovia*", "Kharovia"]})["suggestion"].tolist()
    )
    phrase = terms.suggest_variants(articles, {"bank": ["Kharovia Bank"]}, min_count=1)
    assert found(phrase) == [["karovia bank", "spelling", 1]]


def test_short_words_and_numbers_have_no_other_spellings():
    articles = corpus("He saw 12345 and 12346, the dam and the ham.")
    assert terms.suggest_variants(articles, {"a": ["dam"], "b": ["12345"]}).empty
    none = terms.suggest_variants(articles.head(0), {"a": ["harbour"]})
    assert none.empty
    assert list(none.columns)[:4] == ["concept", "variant", "suggestion", "kind"]


def distance_by_hand(one, other):
    """Optimal string alignment by its recursive definition."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        distance_by_hand(one[:-1], other) + 1,
        distance_by_hand(one, other[:-1]) + 1,
        distance_by_hand(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-2:][::-1]:
        ways.append(distance_by_hand(one[:-2], other[:-2]) + 1)
    return min(ways)


@settings(max_examples=60, deadline=None)
@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_distance_is_that_of_the_definition(one, other):
    assert edit_distance(one, other) == distance_by_hand(one, other)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=12))
def test_no_text_breaks_suggestions(text, name):
    table = terms.suggest_variants(corpus(f"{text} Red Front (RF) {name}"), {"front": ["Red Front"]})
    assert "RF" in table["suggestion"].tolist() or "(" in text


def test_kept_phrases_count_as_one_word(articles):
    counted = terms.keep_phrases(articles, ["prime minister", "prime minister of *", "light rain"])
    table = terms.frequency(counted).set_index("term")
    assert table.loc["prime minister of mirava", "count"] == 1
    assert "prime minister" not in table.index
    assert "prime" not in table.index
    assert table.loc["light rain", "count"] == 1
    assert table.loc["rain", "count"] == 2
    assert len(counted) == len(terms.tokens(articles)) - 4
    assert counted.vocabulary.to_pylist() == sorted(counted.vocabulary.to_pylist())


def test_kept_phrases_from_the_table_of_phrases_and_from_concepts(articles):
    table = terms.phrases(articles, min_count=1, sizes=(2,), min_npmi=0.9)
    counted = terms.keep_phrases(articles, table)
    assert set(table["phrase"]) & set(counted.vocabulary.to_pylist())
    named = terms.keep_phrases(articles, {"WATER": ["dam", "harbour", "old harbour"]})
    assert terms.frequency(named).set_index("term").loc["WATER", "count"] == 5
    same = terms.tokens(articles)
    assert terms.keep_phrases(same, []) is same
    assert terms.keep_phrases(same, ["zeppelin"]) is same


DOCUMENTS = st.lists(st.lists(st.sampled_from("abc"), max_size=8), max_size=4)
PHRASES = st.lists(st.sampled_from(["a b", "b c a", "c", "b b"]), max_size=3, unique=True)


@settings(max_examples=60, deadline=None)
@example([list("bbb")], ["b b"])
@given(DOCUMENTS, PHRASES)
def test_kept_phrases_lose_no_word(documents, phrases):
    counted = terms.tokens_from_lists(documents)
    kept = terms.keep_phrases(counted, phrases)
    for number, document in enumerate(documents):
        words = kept.terms(kept.codes[kept.offsets[number] : kept.offsets[number + 1]])
        assert " ".join(words).split() == document


def test_document_bootstrap_is_wide_for_the_word_of_one_article():
    burst = ["dam " * 20 + "sea " * 80] + ["sea road " * 50] * 19
    even = ["dam " + "sea road " * 50] * 20
    wide = terms.frequency_bootstrap(corpus(*burst), ["dam"]).iloc[0]
    narrow = terms.frequency_bootstrap(corpus(*even), ["dam"]).iloc[0]
    assert wide["low"] == 0
    assert wide["high"] > wide["wilson_high"]
    assert narrow["low"] == pytest.approx(narrow["high"]) == pytest.approx(narrow["per_million"])
    assert wide["count"] == narrow["count"] == 20
    assert (wide["documents"], narrow["documents"]) == (1, 20)


def test_document_bootstrap_agrees_with_the_standard_error():
    chance = pd.Series(range(200)).map(lambda number: number * 7919 % 11)
    texts = ["dam " * count + "sea " * (50 - count) for count in chance]
    row = terms.frequency_bootstrap(corpus(*texts), ["dam"], resamples=2000).iloc[0]
    error = chance.std(ddof=0) / 200**0.5 / 50 * 1e6
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * error, rel=0.08)


def test_document_bootstrap_by_group_and_for_unknown_terms(articles):
    table = terms.frequency_bootstrap(articles, ["rain", "zeppelin"], by="outlet", resamples=50)
    assert table["outlet"].tolist() == ["Lakeside Post"] * 2 + ["Meridian Press"] * 2 + ["(missing)"] * 2
    assert table["count"].tolist() == [3, 0, 0, 0, 0, 0]
    assert table["low"].notna().tolist() == [True, True, False, False, False, False]
    assert terms.frequency_bootstrap(articles.head(0), ["rain"])["count"].sum() == 0
    assert terms.frequency_bootstrap(articles, []).empty
