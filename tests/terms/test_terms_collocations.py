import numpy as np
import pandas as pd
import pytest

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery

TEXTS = ["x a n b y", "n a n", "c d e f g n", "a a a"]


@pytest.fixture
def corpus():
    return terms.tokens_from_lists([text.split() for text in TEXTS])


def test_published_figures():
    # NLTK's documentation, after Manning and Schütze (1999); logDice after Rychlý (2008).
    assert terms.association(110, 2552, 221, 31777)["log_likelihood"].round(2).tolist() == [270.72]
    assert terms.association(8, 15828, 4675, 14307668)[["t", "chi_squared"]].round(4).to_numpy().tolist() == [
        [0.9999, 1.5489]
    ]
    assert terms.association(59, 67, 65, 571007)["chi_squared"].round(-1).tolist() == [456400]
    assert terms.association([20, 20], [42, 15019], [20, 15629], 14307668)["pmi"].round(2).tolist() == [18.38, 0.29]
    assert terms.log_dice([8, 3, 6, 300], [389, 3000, 3000, 3000], [230, 3000, 3000, 3000]).round(6).tolist() == [
        8.726204, 4.034216, 5.034216, 10.678072,
    ]  # fmt: skip


def test_delta_p_and_npmi_by_hand():
    row = terms.association(10, 20, 40, 200).iloc[0]
    assert row["delta_p"] == pytest.approx(10 / 20 - 30 / 180)
    assert row["delta_p_reverse"] == pytest.approx(10 / 40 - 10 / 160)
    assert row["npmi"] == pytest.approx(np.log2(10 * 200 / 800) / -np.log2(10 / 200))
    assert row["pmi2"] == pytest.approx(np.log2((10 / 200) ** 2 / (20 / 200 * 40 / 200)))
    assert row["z"] == pytest.approx((10 - 4) / 2)


def test_counts_that_cannot_be_are_refused():
    for counts in ((5, 4, 9, 20), (1, 30, 4, 20), (0, 15, 15, 20), (-1, 2, 2, 9)):
        with pytest.raises(InvalidQuery, match="cannot be more frequent"):
            terms.association(*counts)


def test_windows_end_with_the_article_and_count_each_word_once(corpus):
    table = terms.collocations(corpus, node="n", window=1, min_count=1).set_index("collocate")
    # "n a n": the a stands beside two nodes and counts once.
    assert table["count"].to_dict() == {"a": 2, "b": 1, "g": 1}
    assert table.loc["a", ["node_count", "collocate_count", "documents", "tokens"]].tolist() == [4, 5, 2, 17]
    # 4 words stand in windows, 2 of them a; 13 are no node, 5 of them a.
    expected = terms.association(2, 4, 5, 13).iloc[0]
    assert table.loc["a", "pmi"] == pytest.approx(expected["pmi"])
    assert table.loc["a", "log_dice"] == pytest.approx(14 + np.log2(4 / 9))


def test_windows_may_be_uneven(corpus):
    after = terms.collocations(corpus, node="n", window=(0, 1), min_count=1)
    assert dict(zip(after["collocate"], after["count"], strict=True)) == {"a": 1, "b": 1}


def test_pairs_of_neighbours_and_of_distant_words(corpus):
    table = terms.collocations(corpus, min_count=1)
    pairs = {(row["node"], row["collocate"]): row["count"] for row in table.to_dict("records")}
    assert pairs[("a", "n")] == 2
    assert pairs[("a", "a")] == 2
    assert ("y", "n") not in pairs
    assert sum(pairs.values()) == 17 - 4
    wide = terms.collocations(corpus, window=2, min_count=1)
    assert wide["count"].sum() == 13 + 9
    assert wide.loc[(wide["node"] == "x") & (wide["collocate"] == "n"), "count"].tolist() == [1]


def test_stop_words_are_left_out_but_hold_their_place(corpus):
    table = terms.collocations(corpus, node="n", window=2, stopwords=["b"], min_count=1)
    assert "b" not in set(table["collocate"])
    assert "y" in set(table["collocate"])


def test_a_node_may_be_a_phrase_a_pattern_or_an_expression(articles):
    phrase = terms.collocations(articles, node="the dam", window=1, min_count=1)
    assert set(phrase["collocate"]) == {"broke", "checked", "was"}
    assert set(terms.collocations(articles, node="may*", window=1, min_count=1)["node_count"]) == {3}
    expression = terms.collocations(articles, node="/heavy rain/", window=1, min_count=1)
    assert expression["collocate"].tolist() == ["again", "fell"]
    counted = terms.tokens(articles)
    assert terms.collocations(counted, node="/heavy rain/", window=1, min_count=1).equals(expression)
    with pytest.raises(InvalidQuery, match="give articles"):
        terms.collocations(terms.tokens_from_lists([["heavy", "rain"]]), node="/rain/")


def test_nothing_found_is_an_empty_table_of_the_same_form(articles):
    full = terms.collocations(articles, node="dam", min_count=1)
    for none in (
        terms.collocations(articles, node="zeppelin", min_count=1),
        terms.collocations(articles.head(0), node="dam"),
        terms.collocations(articles.head(0)),
    ):
        assert none.empty
        assert list(none.columns) == list(full.columns)


def test_bad_options_are_refused(articles):
    with pytest.raises(InvalidQuery, match="measure"):
        terms.collocations(articles, node="dam", measure="love")
    with pytest.raises(InvalidQuery, match="window"):
        terms.collocations(articles, node="dam", window=0)
    assert isinstance(terms.collocations(articles, node=["dam", "harbour"], min_count=1), pd.DataFrame)


def test_a_window_ends_with_the_sentence_where_that_is_the_span():
    texts = ["Rain fell. The dam held.", "The old dam, they say, held. Rain again."]
    table = pd.DataFrame({"article_id": ["a", "b"], "text": texts})
    whole = terms.collocations(table, node="dam", span="sentence", min_count=1)
    assert dict(zip(whole["collocate"], whole["count"], strict=True)) == {
        "held": 2, "the": 2, "old": 1, "say": 1, "they": 1,
    }  # fmt: skip
    near = terms.collocations(table, node="dam", span="sentence", window=2, min_count=1)
    assert set(near["collocate"]) == {"held", "the", "old", "say", "they"}
    assert set(terms.collocations(table, node="dam", window=2, min_count=1)["collocate"]) >= {"fell"}
    pairs = terms.collocations(table, span="sentence", min_count=1)
    assert ("fell", "the") not in set(zip(pairs["node"], pairs["collocate"], strict=True))
    assert whole.attrs["span"] == "sentence"


@pytest.mark.parametrize("window", [1, 3])
def test_the_span_of_n_grams_is_nltks(window):
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    chance = np.random.default_rng(5)
    documents = [[f"w{number % 9}" for number in chance.zipf(1.4, size)] for size in (40, 7, 25)]
    finder = BigramCollocationFinder.from_documents(list(documents))
    if window > 1:
        # NLTK parts documents only for neighbours; for wider windows a text is one run of words.
        documents = [[word for document in documents for word in document]]
        finder = BigramCollocationFinder.from_words(documents[0], window_size=window + 1)
    table = terms.collocations(terms.tokens_from_lists(documents), window=window, span="ngram", min_count=1)
    assert dict(zip(zip(table["node"], table["collocate"], strict=True), table["count"], strict=True)) == dict(
        finder.ngram_fd
    )
    ours = table.set_index(["node", "collocate"])
    for theirs, name in (("pmi", "pmi"), ("student_t", "t"), ("dice", "dice"), ("mi_like", "mi_like")):
        for pair, score in finder.score_ngrams(getattr(BigramAssocMeasures, theirs)):
            assert score == pytest.approx(ours.loc[pair, name], rel=1e-9), (theirs, pair)


def test_spans_add_up_in_parts(articles):
    for options in ({"node": "dam", "span": "sentence"}, {"span": "ngram", "window": 2}, {"span": "sentence"}):
        parts = [articles.iloc[[place]] for place in range(len(articles))]
        together = terms.collocations_of_parts(parts, min_count=1, **options)
        pd.testing.assert_frame_equal(together, terms.collocations(articles, min_count=1, **options))


def test_spans_that_cannot_be_are_refused(articles):
    with pytest.raises(InvalidQuery, match="article, sentence, ngram"):
        terms.collocations(articles, node="dam", span="page")
    with pytest.raises(InvalidQuery, match="leave node out"):
        terms.collocations(articles, node="dam", span="ngram")
    with pytest.raises(InvalidQuery, match="have none"):
        terms.collocations(terms.tokens_from_lists([["dam"]]), span="sentence")
