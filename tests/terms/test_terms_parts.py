"""Collocations and trends of parts are those of the whole."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery, NoArticles

TEXTS = st.lists(st.text(alphabet="abn ", max_size=14), min_size=1, max_size=7)
DATES = ["2031-01-05", None, "2031-04-09", "2030-12-31", "2031-01-20", "2031-04-30", None]
OUTLETS = ["Lakeside Post", None, "Harbour Daily", "null", "Lakeside Post", "nan", "Harbour Daily"]


def corpus(texts: list[str]) -> pd.DataFrame:
    size = len(texts)
    table = pd.DataFrame({"article_id": [str(n) for n in range(size)], "text": texts, "outlet": OUTLETS[:size]})
    return table.astype("str").assign(published=pd.to_datetime(pd.Series(DATES[:size])).astype("datetime64[s]"))


def parts(table: pd.DataFrame, size: int) -> list[pd.DataFrame]:
    return [table.iloc[place : place + size].reset_index(drop=True) for place in range(0, len(table), size)]


@settings(max_examples=30, deadline=None)
@given(TEXTS, st.integers(1, 3), st.sampled_from([None, "n", ("a b", "n*")]), st.sampled_from([None, (2, 1), 3]))
def test_collocations_of_parts_are_those_of_the_whole(texts, size, node, window):
    table = corpus(texts)
    options = {"node": node, "window": window}
    last = {"stopwords": ["a"], "min_count": 1, "measure": "t"}
    whole = terms.collocations(table, **options, **last)
    found = terms.collocations_of_parts(parts(table, size), **options, **last)
    pd.testing.assert_frame_equal(found, whole)
    assert found.attrs == whole.attrs


def test_counts_of_collocations_combine_in_a_tree():
    table = corpus(["n a b", "b n", "null n nan", "n", "", "a b a b n"])
    one, two, three = (terms.collocation_counts(part, node="n") for part in parts(table, 2))
    pair = terms.combine_collocation_counts([two, three])
    found = terms.collocations_from_counts(terms.combine_collocation_counts([one, pair]), min_count=1)
    pd.testing.assert_frame_equal(found, terms.collocations(table, node="n", min_count=1))
    assert {"null", "nan"} <= set(found["collocate"])
    with pytest.raises(InvalidQuery, match="different options"):
        terms.combine_collocation_counts([one, terms.collocation_counts(table, node="a")])
    with pytest.raises(InvalidQuery, match="how it was counted"):
        terms.collocations_from_counts(pd.DataFrame(one.to_dict("list")))
    with pytest.raises(NoArticles):
        terms.collocations_of_parts([])
    with pytest.raises(NoArticles):
        terms.combine_collocation_counts([])


@settings(max_examples=25, deadline=None)
@given(
    TEXTS,
    st.integers(1, 3),
    st.sampled_from([None, "outlet", ["outlet", "year"]]),
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
)
def test_trends_of_parts_are_those_of_the_whole(texts, size, by, freq):
    table = corpus(texts)
    followed = {"letters": ["a", "b n"], "n": ["n*"]}
    whole = terms.trend(table, followed, by=by, freq=freq)
    found = terms.trend_of_parts(parts(table, size), followed, by=by, freq=freq)
    pd.testing.assert_frame_equal(found, whole)
    assert found.attrs == whole.attrs


def test_trends_of_other_terms_or_periods_are_not_added_up():
    table = corpus(["n a b", "b n"])
    followed = terms.trend(table, ["n"], confidence=0.9)
    again = terms.combine_trends([followed], confidence=0.9)
    pd.testing.assert_frame_equal(again, followed)
    for other in (
        terms.trend(table, ["a"]),
        terms.trend(table, ["n"], freq="day"),
        terms.trend(table, "n", by="outlet"),
    ):
        with pytest.raises(InvalidQuery, match="follow the same"):
            terms.combine_trends([followed, other])
    with pytest.raises(NoArticles):
        terms.trend_of_parts([], "n")
