"""Similarities and distances, by their definitions."""

import numpy as np
import pandas as pd
import pytest

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery

A, B = np.array([2.0, 1, 0, 0]), np.array([1.0, 1, 2, 0])


@pytest.fixture
def counted():
    # The third document brings a term that neither of the others has.
    return terms.tokens_from_lists([list("aab"), list("abcc"), list("d")])


def value(table, column):
    return table.set_index(["first", "second"]).loc[("1", "2"), column]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("cosine", A @ B / np.sqrt(5 * 6)),
        ("correlation", np.corrcoef(A, B)[0, 1]),
        ("jaccard", 2 / 3),
        ("dice", 4 / 5),
        ("extended_jaccard", 3 / (5 + 6 - 3)),
        ("extended_dice", 6 / 11),
        ("simple_matching", 3 / 4),
        ("hamann", 0.5),
        ("faith", (2 + 1 / 2) / 4),
    ],
)
def test_similarities(counted, measure, expected):
    assert value(terms.similarity(counted, by="article_id", measure=measure), "similarity") == pytest.approx(expected)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("euclidean", np.sqrt(1 + 4)),
        ("manhattan", 3),
        ("maximum", 2),
        ("minkowski", np.sqrt(5)),
        ("canberra", 1 / 3 + 1),
        ("hamming", 2),
    ],
)
def test_distances_of_counts(counted, measure, expected):
    table = terms.distance(counted, by="article_id", measure=measure, proportions=False)
    assert value(table, "distance") == pytest.approx(expected)


def test_the_order_of_a_minkowski_distance(counted):
    options = {"by": "article_id", "measure": "minkowski", "proportions": False}
    assert value(terms.distance(counted, **options, p=1), "distance") == pytest.approx(3)
    assert value(terms.distance(counted, **options, p=3), "distance") == pytest.approx(9 ** (1 / 3))
    with pytest.raises(InvalidQuery, match="order above 0"):
        terms.distance(counted, **options, p=0)


def test_distances_of_shares_and_of_scores(counted):
    shares = np.array([A / 3, B / 4, [0, 0, 0, 1]])
    assert value(terms.distance(counted, by="article_id"), "distance") == pytest.approx(
        np.sqrt(((shares[0] - shares[1]) ** 2).sum())
    )
    scores = (shares - shares.mean(axis=0)) / shares.std(axis=0)
    table = terms.distance(counted, by="article_id", measure="burrows_delta")
    assert value(table, "distance") == pytest.approx(np.abs(scores[0] - scores[1]).mean())
    assert table["distance"].is_monotonic_increasing


def test_chi_squared_distance_is_that_of_the_table(counted):
    observed = np.array([A, B])[:, (A + B) > 0]
    margins = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / observed.sum()
    expected = ((observed - margins) ** 2 / margins).sum()
    table = terms.distance(counted, by="article_id", measure="chi_squared", proportions=False)
    assert value(table, "distance") == pytest.approx(expected)


def test_empty_groups_have_no_similarity_and_unknown_measures_are_refused():
    articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam.", "…"]})
    assert np.isnan(terms.similarity(articles, by="article_id").loc[0, "similarity"])
    assert terms.similarity(articles.head(1), by="article_id").empty
    assert terms.distance(articles.head(0)).empty
    for function in (terms.similarity, terms.distance):
        with pytest.raises(InvalidQuery, match="There is no measure 'taxi'"):
            function(articles, measure="taxi")
