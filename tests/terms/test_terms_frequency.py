import numpy as np
import pandas as pd
import pytest

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery, MissingColumn


def row(table, **keys):
    for name, value in keys.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_counts_rates_and_documents(articles):
    table = terms.frequency(articles)
    dam = row(table, term="dam")
    assert (dam["count"], dam["documents"], dam["articles"], dam["tokens"]) == (3, 2, 4, 42)
    assert dam["per_million"] == pytest.approx(3 / 42 * 1e6)
    assert dam["low"] < dam["per_million"] < dam["high"]
    assert table["count"].sum() == 42
    assert table.loc[0, "term"] == "the"
    assert row(table, term="mayor's")["count"] == 1


def test_rows_are_ordered_by_count_then_term(articles):
    table = terms.frequency(articles)
    pairs = list(zip(-table["count"], table["term"], strict=True))
    assert pairs == sorted(pairs)


def test_case_can_be_kept(articles):
    table = terms.frequency(articles, lowercase=False)
    assert row(table, term="The")["count"] == 4
    assert row(table, term="the")["count"] == 5


def test_groups_by_outlet_have_their_own_sizes_and_a_missing_group_last(articles):
    table = terms.frequency(articles, by="outlet")
    assert list(dict.fromkeys(table["outlet"])) == ["Lakeside Post", "Meridian Press", "(missing)"]
    harbour = row(table, outlet="Lakeside Post", term="harbour")
    assert harbour[["count", "documents", "articles", "tokens"]].tolist() == [2, 2, 2, 23]
    assert table.groupby("outlet")["count"].sum().to_dict() == {
        "Lakeside Post": 23,
        "Meridian Press": 11,
        "(missing)": 8,
    }


def test_groups_by_month_and_by_two_columns(articles):
    months = terms.frequency(articles, by="month")
    assert list(dict.fromkeys(months["month"])) == ["2031-03", "2031-05", "(missing)"]
    both = terms.frequency(articles, by=["outlet", "month"])
    assert row(both, outlet="Lakeside Post", month="2031-05", term="rain")["count"] == 3
    assert list(both.columns[:3]) == ["outlet", "month", "term"]


@pytest.mark.parametrize(
    ("length", "first"), [("day", "2031-03-02"), ("week", "2031-W09"), ("quarter", "2031-Q1"), ("year", "2031")]
)
def test_every_length_of_time(articles, length, first):
    assert terms.frequency(articles, by=length)[length].iloc[0] == first


def test_bigrams_do_not_cross_articles_and_share_the_denominator(articles):
    table = terms.frequency(articles, ngrams=(1, 2))
    pairs = table[table["size"] == 2]
    assert pairs["count"].sum() == 42 - 4
    assert "harbour nobody" not in set(pairs["term"])
    assert row(table, term="the dam")["count"] == 3
    assert set(pairs["tokens"]) == {42}


def test_stop_words_leave_terms_out_but_not_words(articles):
    table = terms.frequency(articles, ngrams=(1, 2, 3), stopwords=["the", "of"])
    assert "the" not in set(table["term"])
    assert "the dam" not in set(table["term"])
    assert "minister of mirava" in set(table["term"])
    assert set(table["tokens"]) == {42}


def test_min_count_is_of_all_groups_together(articles):
    table = terms.frequency(articles, by="outlet", min_count=3)
    assert row(table, term="dam", outlet="Lakeside Post")["count"] == 1
    assert "boat" not in set(table["term"])


def test_stemming_joins_forms():
    table = pd.DataFrame({"article_id": ["a"], "text": ["floods flooded flooding"]})
    assert terms.frequency(table, stemming="english")[["term", "count"]].to_numpy().tolist() == [["flood", 3]]
    with pytest.raises(InvalidQuery, match="english"):
        terms.frequency(table, stemming="klingon")


@pytest.mark.parametrize("text", ["null", "nan", "NA", "None"])
def test_words_that_look_like_missing_values_are_words(text, tmp_path):
    counted = terms.frequency(pd.DataFrame({"article_id": ["a"], "text": [text]}), lowercase=False)
    counted.to_csv(tmp_path / "table.csv", index=False)
    back = pd.read_csv(tmp_path / "table.csv", keep_default_na=False)
    assert back["term"].tolist() == [text]


def test_empty_tables_give_empty_tables_of_the_same_form(articles):
    for options in ({}, {"by": "outlet"}, {"ngrams": (1, 2)}, {"by": ["outlet", "month"]}):
        full, none = terms.frequency(articles, **options), terms.frequency(articles.head(0), **options)
        assert list(none.columns) == list(full.columns)
        assert none.empty


def test_articles_without_words_count_as_articles():
    table = pd.DataFrame({"article_id": ["a", "b", "c"], "text": ["…!", None, "One word."]})
    counted = terms.frequency(table)
    assert counted["articles"].tolist() == [3, 3]
    assert counted["tokens"].tolist() == [2, 2]


def test_tables_without_outlet_or_date_have_missing_groups():
    table = pd.DataFrame({"article_id": ["a"], "text": ["One word."]})
    assert set(terms.frequency(table, by=["outlet", "month"])["outlet"]) == {"(missing)"}


def test_bad_input_says_what_to_do(articles):
    with pytest.raises(MissingColumn, match="text"):
        terms.frequency(articles.drop(columns="text"))
    with pytest.raises(InvalidQuery, match="cannot be grouped"):
        terms.frequency(articles, by="colour")
    with pytest.raises(InvalidQuery, match="ngrams"):
        terms.frequency(articles, ngrams=(0,))
    with pytest.raises(InvalidQuery, match="lists"):
        terms.frequency(articles.assign(themes=[["a"]] * 4), by="themes")
    with pytest.raises(InvalidQuery, match="confidence"):
        terms.frequency(articles, confidence=1.5)


def test_the_specification_travels_with_the_table(articles):
    assert terms.frequency(articles).attrs["tokens"] == {
        "lowercase": True,
        "stemming": None,
        "articles": 4,
        "tokens": 42,
    }


def test_tokens_and_matrices_give_the_same_as_articles(articles):
    expected = terms.frequency(articles, by="outlet")
    pd.testing.assert_frame_equal(terms.frequency(terms.tokens(articles), by="outlet"), expected)
    pd.testing.assert_frame_equal(terms.frequency(terms.document_term_matrix(articles), by="outlet"), expected)


def test_wilson_interval_is_the_published_formula():
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 is 0.2553 to 0.3662; 0 of 20 is 0 to 0.1611.
    low, high = terms.wilson([81, 0, 1], [263, 20, 0])
    assert np.round(low[:2], 4).tolist() == [0.2553, 0.0]
    assert np.round(high[:2], 4).tolist() == [0.3662, 0.1611]
    assert np.isnan(low[2])
    assert np.isnan(high[2])


@pytest.mark.parametrize("by", [None, "outlet"])
def test_intervals_of_articles_drawn_anew_are_those_of_the_bootstrap(articles, by):
    options = {"by": by, "resamples": 200, "seed": 4}
    table = terms.frequency(articles, interval="bootstrap", **options)
    keys = [*([by] if by else []), "term"]
    expected = terms.frequency_bootstrap(articles, sorted(set(table["term"])), **options).set_index(keys)
    found = table.set_index(keys)[["low", "high"]]
    pd.testing.assert_frame_equal(found, expected.loc[found.index, ["low", "high"]])
    assert (table["low"] <= table["per_million"])[table["low"].notna()].all()
    # A group of one article says nothing of others.
    assert table["low"].isna().eq(table["articles"] == 1).all()
    again = terms.frequency(terms.document_term_matrix(articles), interval="bootstrap", **options)
    pd.testing.assert_frame_equal(again, table)


def test_intervals_that_are_not(articles):
    with pytest.raises(InvalidQuery, match="no interval"):
        terms.frequency(articles, interval="guess")
    with pytest.raises(InvalidQuery, match="all are at hand"):
        terms.frequency_of_parts([articles], interval="bootstrap")
    with pytest.raises(InvalidQuery, match="resamples"):
        terms.frequency(articles, interval="bootstrap", resamples=0)
