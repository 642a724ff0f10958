import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control, fisher_exact

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery, MissingColumn, NoArticles
from corpus_tools.terms import outlet_keyness
from corpus_tools.terms.keyness import COLUMNS, MEASURES

TARGET = {"dam": 30, "harbour": 5, "the": 900, "only here": 4, "common": 61}
REFERENCE = {"dam": 10, "harbour": 25, "the": 1800, "only there": 6, "common": 122}


@pytest.fixture
def table():
    return terms.keyness(TARGET, REFERENCE).set_index("term")


def test_sizes_and_rates_stand_beside_every_score(table):
    assert list(terms.keyness(TARGET, REFERENCE).columns) == list(COLUMNS)
    assert table.loc["dam", ["count", "reference_count", "tokens", "reference_tokens"]].tolist() == [30, 10, 1000, 1963]
    assert table.loc["dam", "per_million"] == pytest.approx(30_000)
    assert table.loc["dam", "reference_per_million"] == pytest.approx(10 / 1963 * 1e6)


def test_log_likelihood_is_raysons_formula(table):
    c, d = 1000, 1963
    expected = [c * 40 / (c + d), d * 40 / (c + d)]
    assert table.loc["dam", "log_likelihood"] == pytest.approx(
        2 * (30 * math.log(30 / expected[0]) + 10 * math.log(10 / expected[1]))
    )
    assert table.loc["harbour", "log_likelihood"] < 0
    assert table.loc["dam", "bic"] == pytest.approx(table.loc["dam", "log_likelihood"] - math.log(c + d))


def test_effect_sizes(table):
    ratio = (30 / 1000) / (10 / 1963)
    assert table.loc["dam", "log_ratio"] == pytest.approx(math.log2(ratio))
    assert table.loc["dam", "percent_diff"] == pytest.approx((ratio - 1) * 100)
    assert table.loc["dam", "odds_ratio"] == pytest.approx((30 / 970) / (10 / 1953))
    # Katz' interval of a ratio of two proportions.
    reach = 1.959964 * math.sqrt(1 / 30 - 1 / 1000 + 1 / 10 - 1 / 1963) / math.log(2)
    assert table.loc["dam", "log_ratio_low"] == pytest.approx(math.log2(ratio) - reach, rel=1e-6)
    assert table.loc["dam", "log_ratio_high"] == pytest.approx(math.log2(ratio) + reach, rel=1e-6)


def test_zero_counts_take_the_stated_floor(table):
    assert table.loc["only here", "reference_count"] == 0
    assert table.loc["only here", "log_ratio"] == pytest.approx(math.log2((4 / 1000) / (0.5 / 1963)))
    other = terms.keyness(TARGET, REFERENCE, floor=1.0).set_index("term")
    assert other.loc["only there", "log_ratio"] == pytest.approx(math.log2((1 / 1000) / (6 / 1963)))
    assert np.isfinite(
        table.drop(columns=["documents", "reference_documents", "articles", "reference_articles", "pmi"])
    ).all(axis=None)


def test_weighted_log_odds_is_monroes(table):
    total = sum(TARGET.values()) + sum(REFERENCE.values())
    prior = 500 * 40 / total
    x, y = 30 + prior, 10 + prior
    delta = math.log(x / (1000 + 500 - x)) - math.log(y / (1963 + 500 - y))
    assert table.loc["dam", "log_odds"] == pytest.approx(delta)
    assert table.loc["dam", "weighted_log_odds"] == pytest.approx(delta / math.sqrt(1 / x + 1 / y))


def test_fisher_is_scipys(table):
    for term, row in table.iterrows():
        a, b = int(row["count"]), int(row["reference_count"])
        assert row["fisher_p"] == pytest.approx(fisher_exact([[a, b], [1000 - a, 1963 - b]]).pvalue, rel=1e-9), term


def test_q_is_benjamini_hochberg(table):
    np.testing.assert_allclose(table["q"], false_discovery_control(table["p"], method="bh"))


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_ranks_and_keeps_its_sign(measure):
    table = terms.keyness(TARGET, REFERENCE, measure=measure)
    assert table["score"].is_monotonic_decreasing
    assert table.loc[0, "term"] in ("dam", "only here")
    assert ((table["p"] >= 0) & (table["p"] <= 1) & (table["q"] >= table["p"])).all()
    assert table.attrs["measure"] == measure


def test_articles_lists_and_tokens_are_interchangeable(articles):
    left, right = articles.iloc[:2], articles.iloc[2:]
    table = terms.keyness(left, right)
    assert table.loc[table["term"] == "dam", ["documents", "reference_documents", "articles"]].to_numpy().tolist() == [
        [2, 0, 2]
    ]
    pd.testing.assert_frame_equal(terms.keyness(terms.tokens(left), terms.document_term_matrix(right)), table)
    listed = terms.keyness(terms.frequency(left), terms.frequency(right))
    pd.testing.assert_frame_equal(listed, table)


def test_words_that_look_missing_are_compared():
    table = terms.keyness({"nan": 3, "null": 1}, {"nan": 1, "null": 3})
    assert table["term"].tolist() == ["nan", "null"]


def test_nothing_to_compare_is_an_error_that_says_so(articles):
    with pytest.raises(NoArticles, match="reference has no words"):
        terms.keyness(articles, articles.head(0))
    with pytest.raises(NoArticles, match="target has no words"):
        terms.keyness({}, {"a": 1})
    with pytest.raises(InvalidQuery, match="same articles"):
        terms.keyness(articles, articles.copy())
    with pytest.raises(InvalidQuery, match="no measure"):
        terms.keyness(TARGET, REFERENCE, measure="magic")
    with pytest.raises(MissingColumn):
        terms.keyness(pd.DataFrame({"word": ["a"]}), REFERENCE)
    with pytest.raises(InvalidQuery, match="counts of 0 or more"):
        terms.keyness({"a": -1}, REFERENCE)


def test_one_outlet_against_the_rest(articles):
    table = outlet_keyness(articles)
    assert table.attrs["target"] == "Lakeside Post"
    assert table.loc[table["term"] == "rain", ["count", "reference_count"]].to_numpy().tolist() == [[3, 0]]
    assert outlet_keyness(articles, outlet="Meridian Press").attrs["target"] == "Meridian Press"
    with pytest.raises(InvalidQuery, match="Lakeside Post, Meridian Press"):
        outlet_keyness(articles, outlet="Nobody")


def test_an_outlet_alone_gives_an_empty_table_of_the_same_form(articles):
    for alone in (articles.iloc[[0, 2]], articles.iloc[[3]], articles.head(0), articles.drop(columns="outlet")):
        table = outlet_keyness(alone)
        assert table.empty
        assert list(table.columns) == list(COLUMNS)
