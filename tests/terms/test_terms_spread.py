"""Trends, dispersion, places, diversity and phrases."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._diversity_measures import moving_ratio


def test_trend_fills_gaps_and_keeps_undated_articles_apart(articles):
    table = terms.trend(articles, "mayor*")
    assert table["period"].tolist() == ["2031-03", "2031-04", "2031-05", "(missing)"]
    assert table["count"].tolist() == [2, 0, 0, 1]
    assert table["tokens"].tolist() == [22, 0, 12, 8]
    assert table["articles"].tolist() == [2, 0, 1, 1]
    assert table["documents"].tolist() == [2, 0, 0, 1]
    assert np.isnan(table["per_million"][1])
    assert table["per_million"][0] == pytest.approx(2 / 22 * 1e6)
    assert table["begin"].isna().tolist() == [False, False, False, True]
    assert str(table["begin"].dtype) == "datetime64[s]"


def test_trend_of_names_groups_and_several_terms(articles):
    table = terms.trend(articles, {"water": ["rain", "heavy rain", "harbour"], "dam": "dam"}, freq="year", by="outlet")
    assert list(table.columns[:4]) == ["period", "begin", "outlet", "term"]
    found = {(row["outlet"], row["period"], row["term"]): row["count"] for row in table.to_dict("records")}
    # "heavy rain" holds a "rain", which counts once.
    assert found[("Lakeside Post", "2031", "water")] == 5
    assert found[("(missing)", "(missing)", "dam")] == 0
    assert table[table["term"] == "water"]["count"].sum() == 5


def test_trend_of_an_expression_needs_texts(articles):
    assert terms.trend(articles, "/heavy\\s+rain/")["count"].sum() == 1
    counted = terms.tokens(articles)
    assert terms.trend(counted, "/heavy\\s+rain/")["count"].sum() == 1
    with pytest.raises(InvalidQuery, match="give articles"):
        terms.trend(replace(counted, texts=None), "/rain/")


def test_trend_without_dates_or_articles(articles):
    undated = terms.trend(articles.drop(columns="published"), "dam")
    assert undated[["period", "count"]].to_numpy().tolist() == [["(missing)", 3]]
    none = terms.trend(articles.head(0), "dam")
    assert none.empty
    assert list(none.columns) == list(undated.columns)
    with pytest.raises(InvalidQuery, match="period"):
        terms.trend(articles, "dam", freq="fortnight")
    with pytest.raises(InvalidQuery, match="no term"):
        terms.trend(articles, [])


def test_dispersion_by_the_definitions():
    documents = [["a"] * 2 + ["b"] * 2, ["a", "b", "c", "c", "c", "c"], ["c"] * 10]
    table = terms.dispersion(terms.tokens_from_lists(documents), min_count=1).set_index("term")
    sizes = np.array([4, 6, 10])
    counts = {"a": [2, 1, 0], "b": [2, 1, 0], "c": [0, 4, 10]}
    for term, values in counts.items():
        v, s = np.array(values) / sum(values), sizes / sizes.sum()
        dp = np.abs(v - s).sum() / 2
        rates = np.array(values) / sizes
        assert table.loc[term, "dp"] == pytest.approx(dp)
        assert table.loc[term, "dp_norm"] == pytest.approx(dp / (1 - s.min()))
        juilland = 1 - rates.std() / rates.mean() / np.sqrt(2)
        assert table.loc[term, "juilland_d"] == pytest.approx(max(juilland, 0))
        gaps = np.mean([abs(rates[i] - rates[j]) for i, j in ((0, 1), (0, 2), (1, 2))])
        assert table.loc[term, "da"] == pytest.approx(1 - gaps / (2 * rates.mean()))
        assert table.loc[term, "range"] == sum(value > 0 for value in values)


def test_published_dispersion():
    # Lijffijt and Gries (2012): three equal parts, 2 : 1 : 0.
    table = terms.dispersion(terms.tokens_from_lists([["a", "a", "x"], ["a", "y", "z"], ["u", "v", "w"]]), min_count=3)
    assert table[["dp", "dp_norm"]].round(12).to_numpy().tolist() == [[round(1 / 3, 12), 0.5]]


def test_dispersion_of_one_part_is_unknown_and_empty_parts_do_not_count(articles):
    assert terms.dispersion(articles.head(1), min_count=1)[["dp", "juilland_d", "da"]].isna().all(axis=None)
    more = pd.concat([articles, articles.head(1).assign(article_id="empty", text="…")])
    pd.testing.assert_series_equal(
        terms.dispersion(more, min_count=1)["dp"], terms.dispersion(articles, min_count=1)["dp"]
    )
    assert terms.dispersion(articles.head(0)).empty
    assert terms.dispersion(articles, parts="outlet", min_count=3).loc[0, "parts"] == 3


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=6), min_size=2, max_size=5))
def test_dispersion_stays_within_its_bounds(documents):
    table = terms.dispersion(terms.tokens_from_lists(documents), min_count=1)
    for name in ("dp", "dp_norm", "juilland_d", "da"):
        values = table[name].dropna()
        assert ((values >= -1e-12) & (values <= 1 + 1e-12)).all()


def test_places(articles):
    table = terms.positions(articles, ["dam", "the mayor"])
    assert table[["article_id", "term", "word", "place"]].to_numpy().tolist() == [
        ["a1", "dam", 1, 1],
        ["a2", "dam", 3, 14],
        ["a2", "dam", 5, 16],
        ["a2", "the mayor", 8, 19],
        ["a4", "the mayor", 6, 40],
    ]
    assert terms.positions(articles.head(0), "dam").empty


def test_moving_ratio_and_mtld_by_hand():
    counted = terms.tokens_from_lists([list("abcaba")])
    table = terms.lexical_diversity(counted, window=3)
    # Windows abc, bca, cab, aba.
    assert table.loc[0, "mattr"] == pytest.approx((3 + 3 + 3 + 2) / 12)
    assert table.loc[0, ["tokens", "types", "hapaxes"]].tolist() == [6, 3, 1]
    assert table.loc[0, "ttr"] == 0.5
    # Forwards: abcab falls to 3/5 after five words, a is left; backwards: aba falls to 2/3, cba is left.
    assert table.loc[0, "mtld"] == pytest.approx((6 / 1 + 6 / 1) / 2)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 8))
def test_moving_ratio_is_that_of_plain_python(codes, window):
    found = moving_ratio(np.array(codes, dtype=np.int64), window)
    windows = [codes[place : place + window] for place in range(len(codes) - window + 1)]
    if not windows:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(np.mean([len(set(part)) / window for part in windows]))


def test_diversity_of_groups_of_short_and_of_no_texts(articles):
    assert terms.lexical_diversity(articles)["article_id"].tolist() == ["a1", "a2", "a3", "a4"]
    assert terms.lexical_diversity(articles)["mattr"].isna().all()
    assert terms.lexical_diversity(articles, by="outlet")["tokens"].tolist() == [23, 11, 8]
    assert terms.lexical_diversity(articles, by=None)["tokens"].tolist() == [42]
    none = terms.lexical_diversity(articles.head(0))
    assert none.empty
    assert list(none.columns) == list(terms.lexical_diversity(articles).columns)


def test_phrases_are_counted_apart_from_longer_ones():
    text = (
        "Grey Harbour Ferry sank. A Grey Harbour Ferry burnt. No Grey Harbour Ferry came. Grey Harbour woke. In Grey "
        "Harbour it rained. Of Grey Harbour we know little. Near Grey Harbour stands the ferry of the lake."
    )
    table = terms.phrases(pd.DataFrame({"article_id": ["a"], "text": [text]}), sizes=(2, 3), min_count=3).set_index(
        "phrase"
    )
    assert table.loc["grey harbour ferry", ["count", "nested"]].tolist() == [3, 0]
    assert table.loc["grey harbour", ["count", "nested", "free"]].tolist() == [7, 3, 4]
    assert "harbour ferry" not in table.index
    assert not any(phrase.startswith("of ") for phrase in table.index)


def test_phrases_of_nothing_and_bad_sizes(articles):
    assert terms.phrases(articles.head(0)).empty
    assert terms.phrases(articles, min_count=50).empty
    with pytest.raises(InvalidQuery, match="2 words"):
        terms.phrases(articles, sizes=(1, 2))
