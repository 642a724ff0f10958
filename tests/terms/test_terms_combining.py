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


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(alphabet="abc ", max_size=14), min_size=1, max_size=9),
    st.integers(1, 3),
    st.integers(1, 12),
    st.sampled_from([None, "outlet"]),
)
def test_dropped_phrases_stay_within_the_bound(texts, size, most, by):
    table = pd.DataFrame({"article_id": [str(n) for n in range(len(texts))], "text": texts}).astype("str")
    table["outlet"] = pd.Series([f"o{n % 2}" for n in range(len(texts))], dtype="str")
    parts = [table.iloc[place : place + size] for place in range(0, len(table), size)]
    keys = [by, "term"] if by else ["term"]
    whole = terms.frequency(table, ngrams=(1, 2), by=by).set_index(keys)
    found = terms.frequency_of_parts(parts, ngrams=(1, 2), by=by, most_phrases=most).set_index(keys)
    assert (found["size"] > 1).sum() <= most
    assert found.index.isin(whole.index).all()
    truth = whole.loc[found.index]
    assert (found["count"] <= truth["count"]).all()
    assert (truth["count"] <= found["count"] + found["missed"]).all()
    assert (found["documents"] <= truth["documents"]).all()
    assert (found.loc[found["size"] == 1, "missed"] == 0).all()
    absent = whole[~whole.index.isin(found.index)]
    assert (absent["size"] > 1).all()
    assert (absent["count"] <= found.attrs["tokens"]["absent_at_most"]).all()
    assert found.loc[found["size"] == 1, "count"].sum() == whole.attrs["tokens"]["tokens"]


def test_frequent_phrases_survive_a_long_tail_with_exact_counts():
    chance = np.random.default_rng(11)
    texts = [" ".join(["water authority", *chance.choice(3000, 60).astype(str), "water authority"]) for _ in range(60)]
    table = pd.DataFrame({"article_id": [str(n) for n in range(60)], "text": texts})
    parts = [table.iloc[place : place + 6] for place in range(0, 60, 6)]
    found = terms.frequency_of_parts(parts, ngrams=2, most_phrases=200, min_count=50).set_index("term")
    assert found.loc["water authority", ["count", "missed"]].tolist() == [120, 0]
    assert len(found) == 1
    assert 1 <= found.attrs["tokens"]["absent_at_most"] <= 12
    with pytest.raises(InvalidQuery, match="most_phrases"):
        terms.frequency_of_parts(parts, ngrams=2, most_phrases=0)


def test_tables_with_dropped_phrases_can_be_added_again(articles):
    parts = [articles.iloc[[n]] for n in range(4)]
    halves = [terms.frequency_of_parts(half, ngrams=(1, 2), most_phrases=15) for half in (parts[:2], parts[2:])]
    found = terms.combine_frequencies(halves)
    assert found.attrs["tokens"]["absent_at_most"] == sum(half.attrs["tokens"]["absent_at_most"] for half in halves)
    whole = terms.frequency(articles, ngrams=(1, 2)).set_index("term")["count"]
    true = whole.loc[found["term"]].to_numpy()
    assert ((found["count"] <= true) & (true <= found["count"] + found["missed"])).all()


@pytest.mark.parametrize("word", ["null", "nan", "NA", "None", "-", "1e5"])
def test_words_that_look_like_missing_values_add_up(word, tmp_path):
    table = pd.DataFrame({"article_id": ["a", "b"], "text": [f"{word} {word}", word], "outlet": [word, None]})
    found = terms.frequency_of_parts([table.head(1), table.tail(1)], by="outlet", lowercase=False, ngrams=(1, 2))
    found.to_csv(tmp_path / "table.csv", index=False)
    back = pd.read_csv(tmp_path / "table.csv", keep_default_na=False, dtype={"term": str, "outlet": str})
    expected = [] if word == "-" else [[word, word, 2], [word, f"{word} {word}", 1], ["(missing)", word, 1]]
    assert back[["outlet", "term", "count"]].to_numpy().tolist() == expected


def test_parts_without_words_count_as_articles(articles):
    empty = articles.head(1).assign(text="…")
    found = terms.frequency_of_parts([empty, articles.iloc[1:2], articles.head(0)])
    assert set(found["articles"]) == {2}
    assert terms.frequency_of_parts([articles.head(0)]).empty
    assert list(terms.frequency_of_parts([articles.head(0)], by="outlet").columns) == list(
        terms.frequency(articles, by="outlet").columns
    )


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


def test_groups_without_a_word_keep_their_articles():
    table = pd.DataFrame(
        {
            "article_id": ["a", "b", "c", "d"],
            "text": ["the dam", "", "a dam", "..."],
            "outlet": ["Lakeside Post", "Lakeside Post", "Harbour Daily", "Meridian Press"],
        }
    ).astype("str")
    parts = [table.iloc[[place]] for place in range(4)]
    whole = terms.frequency(table, by="outlet")
    assert whole.attrs["empty_groups"] == [["Meridian Press", 1, 0]]
    found = terms.frequency_of_parts(parts, by="outlet")
    pd.testing.assert_frame_equal(found, whole, check_dtype=False)
    assert found.attrs == whole.attrs
    halves = [terms.frequency_of_parts(parts[:2], by="outlet"), terms.frequency_of_parts(parts[2:], by="outlet")]
    again = terms.combine_frequencies(halves)
    pd.testing.assert_frame_equal(again, found)
    assert again.attrs == found.attrs
    assert again.loc[again["outlet"] == "Lakeside Post", "articles"].tolist() == [2, 2]
