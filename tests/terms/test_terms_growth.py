"""Growth of the vocabulary, Zipf's law, first use."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("abcdef"), max_size=25), st.integers(1, 9))
def test_growth_is_that_of_plain_python(words, points):
    table = terms.vocabulary_growth(terms.tokens_from_lists([words[:7], words[7:]]), points=points)
    for row in table.to_dict("records"):
        read = words[: row["tokens"]]
        assert row["types"] == len(set(read))
        assert row["hapaxes"] == sum(read.count(word) == 1 for word in set(read))
    assert len(table) == min(points, len(words))
    assert not len(table) or table["tokens"].iloc[-1] == len(words)


def test_heaps_law_is_recovered():
    # The word of place n is new exactly when the law has grown by one.
    law = (np.arange(1, 4001) ** 0.7).astype(int)
    words = [str(law[place]) if place == 0 or law[place] > law[place - 1] else "old" for place in range(len(law))]
    table = terms.vocabulary_growth(terms.tokens_from_lists([words]))
    assert table["heaps_beta"].iloc[0] == pytest.approx(0.7, abs=0.01)
    assert table["heaps_k"].iloc[0] == pytest.approx(1, rel=0.1)
    np.testing.assert_allclose(table["expected"][5:], table["types"][5:], rtol=0.03)
    last = table.iloc[-1]
    assert last["new_per_1000"] == pytest.approx(last["heaps_k"] * 5000 ** last["heaps_beta"] - last["expected"])


def test_growth_by_outlet(articles):
    table = terms.vocabulary_growth(articles, by="outlet", points=3)
    assert table.groupby("outlet", sort=False)["tokens"].max().to_dict() == {
        "Lakeside Post": 23, "Meridian Press": 11, "(missing)": 8,
    }  # fmt: skip
    assert terms.vocabulary_growth(articles.head(0)).empty
    assert terms.vocabulary_growth(articles.head(1), points=1)["heaps_k"].isna().all()
    with pytest.raises(InvalidQuery):
        terms.vocabulary_growth(articles, points=0)


def test_zipf_and_mandelbrots_law_is_recovered():
    counts = np.round(200_000 * (np.arange(1, 1201) + 2.7) ** -1.1).astype(int)
    words = [f"w{rank:04d}" for rank, count in enumerate(counts.tolist()) for _ in range(count)]
    table = terms.zipf(terms.tokens_from_lists([words]))
    assert table["rank"].tolist() == list(range(1, 1201))
    assert table["count"].tolist() == counts.tolist()
    assert table["exponent"].iloc[0] == pytest.approx(1.1, abs=0.01)
    assert table["shift"].iloc[0] == pytest.approx(2.7, abs=0.1)
    assert table["expected"].sum() == pytest.approx(counts.sum())


def test_zipf_of_little(articles):
    few = terms.zipf(terms.tokens_from_lists([["b", "a", "b"]]))
    assert few[["rank", "term", "count"]].to_numpy().tolist() == [[1, "b", 2], [2, "a", 1]]
    assert few["expected"].isna().all()
    assert terms.zipf(articles.head(0)).empty


def test_first_use_names_article_and_sentence(articles):
    table = terms.first_use(articles, {"storm": ["rain", "wind"], "mayor": "mayor*", "whale": "whale"})
    assert table[["term", "article_id", "documents", "undated"]].to_numpy().tolist() == [
        ["mayor", "a1", 3, 1], ["storm", "a3", 1, 0],
    ]  # fmt: skip
    assert table["sentence"].tolist() == ["The mayor’s boat left the harbour.", "Rain fell."]
    assert table["outlet"].tolist() == ["Lakeside Post", "Lakeside Post"]


def test_first_use_of_each_outlet_and_without_dates(articles):
    table = terms.first_use(articles, "the mayor", by="outlet")
    assert table[["outlet", "article_id"]].fillna("?").to_numpy().tolist() == [
        ["Meridian Press", "a2"], ["(missing)", "?"],
    ]  # fmt: skip
    assert table["undated"].tolist() == [0, 1]
    undated = terms.first_use(articles.drop(columns="published"), "dam").iloc[0]
    assert pd.isna(undated["published"])
    assert pd.isna(undated["article_id"])
    assert terms.first_use(articles.head(0), "dam").empty
    counted = terms.tokens(articles)
    assert terms.first_use(counted, "dam").equals(terms.first_use(articles, "dam"))
    assert terms.first_use(replace(counted, texts=None), "dam")["sentence"].isna().all()


def test_first_use_says_when_several_are_first(articles):
    same = articles.assign(published=pd.Timestamp("2031-03-02"))
    assert terms.first_use(same, "dam")[["article_id", "same_time"]].to_numpy().tolist() == [["a1", 1]]
