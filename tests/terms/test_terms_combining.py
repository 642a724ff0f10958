import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery, MissingColumn, NoArticles


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(alphabet="ab c", max_size=8), min_size=1, max_size=7), st.integers(1, 3))
def test_parts_add_up_to_the_whole(texts, size):
    table = pd.DataFrame({"article_id": [str(n) for n in range(len(texts))], "text": texts}).astype("str")
    parts = [table.iloc[place : place + size] for place in range(0, len(table), size)]
    whole = terms.frequency(table, ngrams=(1, 2))
    found = terms.frequency_of_parts(parts, ngrams=(1, 2))
    pd.testing.assert_frame_equal(found, whole, check_dtype=False)
    assert found.attrs == whole.attrs


def test_groups_of_parts_add_up(articles):
    parts = [articles.iloc[[0]], articles.iloc[1:3], articles.iloc[[3]]]
    for by in ("outlet", ["outlet", "month"]):
        whole = terms.frequency(articles, by=by, min_count=2)
        pd.testing.assert_frame_equal(terms.frequency_of_parts(parts, by=by, min_count=2), whole, check_dtype=False)


def test_what_cannot_be_added_is_refused(articles):
    plain = terms.frequency(articles)
    with pytest.raises(InvalidQuery, match="different options"):
        terms.combine_frequencies([plain, terms.frequency(articles, by="outlet")])
    with pytest.raises(InvalidQuery, match="different options"):
        terms.combine_frequencies([plain, terms.frequency(articles, lowercase=False)])
    with pytest.raises(MissingColumn):
        terms.combine_frequencies([pd.DataFrame({"term": ["a"]})])
    with pytest.raises(NoArticles):
        terms.frequency_of_parts([])


def test_a_word_of_one_article_is_uncertain_and_one_of_all_is_not():
    target = pd.DataFrame(
        {"article_id": [f"t{n}" for n in range(20)], "text": ["dam dam dam dam road x x"] * 19 + ["sun " * 40]}
    )
    reference = pd.DataFrame({"article_id": [f"r{n}" for n in range(20)], "text": ["road sun y y y y dam"] * 20})
    table = terms.keyness_bootstrap(target, reference, ["dam", "sun", "absent"]).set_index("term")
    assert table.loc["dam", "low"] > 0
    assert table.loc["dam", "same_sign"] == 1
    assert table.loc["sun", "low"] < 0 < table.loc["sun", "log_ratio"]
    assert table.loc["sun", ["count", "reference_count", "documents", "reference_documents"]].tolist() == [
        40,
        20,
        1,
        20,
    ]
    assert table.loc["dam", "log_ratio"] == pytest.approx(np.log2((76 / 173) / (20 / 140)))
    again = terms.keyness_bootstrap(target, reference, ["dam", "sun", "absent"]).set_index("term")
    pd.testing.assert_frame_equal(table, again)


def test_bootstrap_of_nothing(articles):
    assert terms.keyness_bootstrap(articles.head(2), articles.tail(2), []).empty
    with pytest.raises(NoArticles):
        terms.keyness_bootstrap(articles, articles.head(0), ["dam"])
    with pytest.raises(InvalidQuery):
        terms.keyness_bootstrap(articles.head(1), articles.tail(1), ["dam"], resamples=0)
