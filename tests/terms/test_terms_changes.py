"""Change points and bursts: by brute force, and on series whose truth is known."""

from itertools import combinations, pairwise, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln, xlogy

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery, MissingColumn
from corpus_tools.terms import _segmentation as segmentation


def log_likelihood(k, m, binomial):
    return xlogy(k, k / m) + (xlogy(m - k, (m - k) / m) if binomial else 0.0)


def best_division(hits, exposure, binomial):
    """Try every division."""
    n, best = len(hits), None
    for number in range(n):
        for inner in combinations(range(1, n), number):
            edges = [0, *inner, n]
            parts = list(pairwise(edges))
            value = sum(log_likelihood(hits[a:b].sum(), exposure[a:b].sum(), binomial) for a, b in parts)
            score = 2 * value - 2 * np.log(max(n, 2)) * (len(parts) - 1)
            if best is None or score > best[0] + 1e-9:
                best = (score, list(edges[:-1]))
    return best


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=7), st.booleans())
def test_the_division_is_the_best_of_all(pairs, binomial):
    hits = np.array([min(pair) if binomial else pair[0] for pair in pairs])
    exposure = np.array([max(pair) + 1 if binomial else pair[1] + 1 for pair in pairs])
    bounds = segmentation.optimal_bounds(hits, exposure, binomial=binomial)
    edges = [*bounds, len(hits)]
    parts = list(pairwise(edges))
    value = sum(log_likelihood(hits[a:b].sum(), exposure[a:b].sum(), binomial) for a, b in parts)
    score = 2 * value - 2 * np.log(max(len(hits), 2)) * (len(parts) - 1)
    assert score == pytest.approx(best_division(hits, exposure, binomial)[0], abs=1e-7)


def series(documents, articles, *, counts=None, words=100, freq="D"):
    """Return a table such as `trend` gives."""
    begins = pd.date_range("2031-01-06", periods=len(articles), freq=freq)
    return pd.DataFrame(
        {
            "period": begins.strftime("%Y-%m-%d"),
            "begin": begins,
            "term": "dam",
            "count": documents if counts is None else counts,
            "documents": documents,
            "articles": articles,
            "tokens": np.array(articles) * words,
        }
    )


def test_rise_and_fall_are_found_with_their_rates():
    table = terms.change_points(series([1] * 20 + [8] * 10 + [2] * 20, [10] * 50))
    assert table["periods"].tolist() == [20, 10, 20]
    assert table["share"].tolist() == [0.1, 0.8, 0.2]
    assert table["change"].tolist()[1:] == ["rise", "fall"]
    assert table["ratio"].tolist()[1:] == pytest.approx([8.0, 0.25])
    assert (table["p"][1:] <= 0.05).all()
    assert np.isnan(table["p"][0])
    assert table[["first", "last"]].to_numpy().tolist()[0] == ["2031-01-06", "2031-01-25"]
    assert (table["low"] <= table["per_million"]).all()
    assert (table["per_million"] <= table["high"]).all()
    assert table["articles"].sum() == 500


def test_chance_is_seldom_taken_for_change():
    chance = np.random.default_rng(3)
    found = 0
    for _ in range(40):
        articles = chance.integers(1, 12, 40)
        documents = chance.binomial(articles, 0.2)
        found += len(terms.change_points(series(documents, articles), simulations=199)) > 1
    assert found <= 5


def test_one_talkative_article_is_a_change_of_words_not_of_articles():
    documents = [1] * 30
    counts = [1] * 15 + [30] + [1] * 14
    table = series(documents, [5] * 30, counts=counts)
    assert len(terms.change_points(table)) == 1
    by_words = terms.change_points(table, unit="count")
    assert by_words["periods"].tolist() == [15, 1, 14]


def test_groups_terms_and_gaps_stand_apart():
    steady, rising = series([1] * 12, [4] * 12), series([0] * 8 + [9] * 4, [9] * 12)
    rising.loc[3, ["count", "documents", "articles", "tokens"]] = 0
    missing = steady.head(1).assign(period="(missing)", begin=pd.NaT)
    trend = pd.concat(
        [
            steady.assign(outlet="Lakeside Post"),
            missing.assign(outlet="Lakeside Post"),
            rising.assign(outlet="Meridian Press"),
        ]
    )
    table = terms.change_points(trend)
    assert table[["outlet", "periods"]].to_numpy().tolist() == [
        ["Lakeside Post", 12], ["Meridian Press", 7], ["Meridian Press", 4],
    ]  # fmt: skip


def test_changes_of_nothing_and_wrong_wishes():
    none = terms.change_points(series([], []))
    assert none.empty
    assert {"term", "first", "share", "p"} <= set(none.columns)
    assert len(terms.change_points(series([1], [3]))) == 1
    assert len(terms.change_points(series([0, 0, 0], [3, 3, 3]))) == 1
    for wrong in ({"unit": "letters"}, {"level": 0}, {"simulations": 0}):
        with pytest.raises(InvalidQuery):
            terms.change_points(series([1], [3]), **wrong)
    with pytest.raises(MissingColumn):
        terms.change_points(pd.DataFrame({"term": ["dam"]}))


def kleinberg_by_hand(hits, total, ratio, gamma, levels):
    """Try every sequence of levels."""
    hits, total = np.array(hits), np.array(total)
    usual = hits.sum() / total.sum()
    rates = np.array([usual * ratio**level for level in range(levels + 1) if usual * ratio**level < 1])
    ways = gammaln(total + 1) - gammaln(hits + 1) - gammaln(total - hits + 1)
    costs = -(ways[:, None] + np.outer(hits, np.log(rates)) + np.outer(total - hits, np.log1p(-rates)))
    best = None
    for states in product(range(len(rates)), repeat=len(hits)):
        climbs = sum(max(b - a, 0) for a, b in zip((0, *states), states, strict=False))
        cost = climbs * gamma * np.log(len(hits)) + sum(costs[place, state] for place, state in enumerate(states))
        if best is None or cost < best[0] - 1e-9:
            best = (cost, states)
    return best[1]


@pytest.mark.parametrize("seed", range(12))
def test_bursts_are_those_of_kleinbergs_automaton(seed):
    chance = np.random.default_rng(seed)
    total = chance.integers(3, 12, 7)
    hits = chance.binomial(total, np.where(chance.random(7) < 0.4, 0.6, 0.1))
    hits[0] = max(hits[0], 1)
    expected = np.array(kleinberg_by_hand(hits, total, 1.5, 0.4, 2))
    found = np.zeros(7, dtype=int)
    for burst in segmentation.bursts(hits, total, ratio=1.5, gamma=0.4, levels=2):
        found[burst.first : burst.last + 1] = np.maximum(found[burst.first : burst.last + 1], burst.level)
    assert found.tolist() == expected.tolist()


def test_bursts_nest_and_weigh():
    table = terms.bursts(series([1] * 20 + [4] * 3 + [9] * 3 + [4] * 3 + [1] * 20, [10] * 49))
    assert table["level"].tolist() == [1, 2]
    outer, inner = table.iloc[0], table.iloc[1]
    assert outer["begin"] <= inner["begin"] <= inner["finish"] <= outer["finish"]
    assert outer["periods"] == 9
    assert inner["periods"] == 3
    assert inner["share"] == 0.9
    assert (table["weight"] > 0).all()
    assert terms.bursts(series([1] * 20, [10] * 20)).empty
    # A term of every article cannot burst.
    assert terms.bursts(series([10] * 20, [10] * 20)).empty
    with pytest.raises(InvalidQuery):
        terms.bursts(series([1], [3]), ratio=1)


def test_on_articles(articles):
    trend = terms.trend(articles, ["dam", "harbour"], freq="day")
    assert terms.change_points(trend)["periods"].tolist() == [3, 3]
    assert terms.bursts(trend).empty
    undated = terms.trend(articles.drop(columns="published"), "dam")
    assert terms.change_points(undated).empty
    assert terms.bursts(undated).empty
