"""What every analysis must bear: nothing, one article, gaps, odd terms, wishes without meaning."""

import io

import pandas as pd
import pytest

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery, MissingColumn, NoArticles

ANALYSES = {
    "bursts": lambda articles: terms.bursts(terms.trend(articles, "dam")),
    "change_points": lambda articles: terms.change_points(terms.trend(articles, "dam")),
    "collocations": lambda articles: terms.collocations(articles, node="dam", min_count=1),
    "concept_frequency": lambda articles: terms.concept_frequency(articles, {"dam": ["dam"]}, by="outlet"),
    "concordance": lambda articles: terms.concordance(articles, "dam"),
    "cooccurrence": lambda articles: terms.cooccurrence(articles, top=10**6),
    "dispersion": lambda articles: terms.dispersion(articles, min_count=1),
    "distance": lambda articles: terms.distance(articles),
    "first_use": lambda articles: terms.first_use(articles, "dam"),
    "frequency": lambda articles: terms.frequency(articles, by="outlet"),
    "frequency_bootstrap": lambda articles: terms.frequency_bootstrap(articles, ["dam"], resamples=5),
    "keep_phrases": lambda articles: terms.frequency(terms.keep_phrases(articles, ["dam broke"])),
    "lexical_diversity": lambda articles: terms.lexical_diversity(articles),
    "readability": lambda articles: terms.readability(articles),
    "frequency, bootstrap": lambda articles: terms.frequency(articles, interval="bootstrap", resamples=20, by="outlet"),
    "collocations of parts": lambda articles: terms.collocations_of_parts([articles, articles.head(0)], node="dam"),
    "trend of parts": lambda articles: terms.trend_of_parts([articles, articles.head(0)], ["dam"], by="outlet"),
    "multiword_association": lambda articles: terms.multiword_association(articles, min_count=1),
    "outlet_keyness": lambda articles: terms.outlet_keyness(articles),
    "phrases": lambda articles: terms.phrases(articles, min_count=1),
    "positions": lambda articles: terms.positions(articles, "dam"),
    "similarity": lambda articles: terms.similarity(articles),
    "skip_grams": lambda articles: terms.frequency(terms.skip_grams(articles)),
    "suggest_variants": lambda articles: terms.suggest_variants(articles, {"dam": ["dam"]}),
    "tf_idf": lambda articles: terms.tf_idf(articles, top=10**6),
    "trend": lambda articles: terms.trend(articles, "dam"),
    "vocabulary_growth": lambda articles: terms.vocabulary_growth(articles, by="outlet"),
    "zipf": lambda articles: terms.zipf(articles),
}

analyses = pytest.mark.parametrize("analysis", ANALYSES.values(), ids=ANALYSES)


@analyses
def test_no_article_gives_a_table_without_findings(analysis, articles):
    table = analysis(articles.head(0))
    assert isinstance(table, pd.DataFrame)
    assert len(table.columns)
    assert not len(table) or not table["count"].sum()


@analyses
def test_articles_without_words_or_text_give_no_findings(analysis, articles):
    silent = articles.assign(text=["…", "", None, "!?"]).astype({"text": "str"})
    table = analysis(silent)
    counted = [name for name in ("count", "tokens") if name in table]
    assert not len(table) or not counted or not table[counted[0]].sum()


@analyses
def test_one_article_and_gaps_are_enough(analysis, articles):
    assert isinstance(analysis(articles.head(1)), pd.DataFrame)
    bare = articles[["article_id", "text"]]
    assert isinstance(analysis(bare), pd.DataFrame)
    missing = articles.assign(outlet=None, published=pd.NaT)
    assert isinstance(analysis(missing), pd.DataFrame)


@analyses
def test_the_order_of_rows_and_their_index_do_not_matter(analysis, articles):
    table = analysis(articles)
    moved = analysis(articles.set_axis([7, 7, 9, 2]))
    pd.testing.assert_frame_equal(moved, table)


@analyses
def test_a_table_without_texts_is_refused(analysis, articles):
    with pytest.raises(MissingColumn, match="text"):
        analysis(articles.drop(columns="text"))


ODD = "null nan NA none None inf -1 1e5 true =1+1"


def again(table):
    """Return a table after a journey through a CSV file."""
    return pd.read_csv(io.StringIO(table.to_csv(index=False)), keep_default_na=False)


@pytest.mark.parametrize(
    "analysis",
    [
        lambda articles: terms.frequency(articles),
        lambda articles: terms.zipf(articles),
        lambda articles: terms.dispersion(articles, min_count=1),
        lambda articles: terms.keyness(articles, {"null": 2, "nan": 3, "sea": 4}),
        lambda articles: terms.tf_idf(articles, df="unary", top=None),
        lambda articles: terms.frequency_bootstrap(articles, ["null", "nan"], resamples=5),
    ],
)
def test_words_that_look_like_gaps_survive_a_file(analysis):
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": [ODD, "null nan"]})
    table = analysis(articles)
    assert {"null", "nan"} <= set(table["term"])
    assert again(table)["term"].tolist() == table["term"].tolist()


def test_frequency_lists_say_how_to_read_them():
    table = pd.DataFrame({"term": ["null", "nan", "sea"], "count": [1, 2, 3]})
    path = io.StringIO(table.to_csv(index=False))
    with pytest.raises(InvalidQuery, match="keep_default_na=False"):
        terms.keyness(pd.read_csv(path), {"sea": 5})
    assert set(terms.keyness(again(table), {"sea": 5})["term"]) == {"null", "nan", "sea"}


def test_comparisons_with_nothing_or_oneself_are_refused(articles):
    for target, reference in ((articles, articles.head(0)), (articles.head(0), articles), ({}, {"sea": 1})):
        with pytest.raises(NoArticles):
            terms.keyness(target, reference)
    with pytest.raises(NoArticles):
        terms.keyness_bootstrap(articles, articles.head(0), ["dam"])
    with pytest.raises(InvalidQuery, match="same articles"):
        terms.keyness(articles, articles.copy())


def test_counts_of_zero_have_finite_or_missing_measures():
    scores = terms.keyness_measures([0, 5, 0], [5, 0, 0], 100, 100)
    assert scores.loc[2, ["log_likelihood", "chi_squared", "weighted_log_odds"]].fillna(0).tolist() == [0, 0, 0]
    assert scores["log_ratio"].abs().max() < 20
    zero = terms.association([0, 0], [0, 3], [4, 3], [10, 10])
    assert zero["t"].isna().all() or (zero["t"] <= 0).any()
    assert zero["log_odds"].notna().all()


@pytest.mark.parametrize(
    "wish",
    [
        lambda articles: terms.multiword_association(articles, sizes=1),
        lambda articles: terms.multiword_association(articles, sizes=7),
        lambda articles: terms.multiword_association(articles, smoothing=-1),
        lambda articles: terms.skip_grams(articles, skips=-1),
        lambda articles: terms.skip_grams(articles, size=10, skips=(0, 1, 2)),
        lambda articles: terms.cooccurrence(articles, window=0),
        lambda articles: terms.cooccurrence(articles, count="often"),
        lambda articles: terms.lexical_diversity(articles, window=0),
        lambda articles: terms.frequency_bootstrap(articles, ["dam"], resamples=0),
        lambda articles: terms.frequency_bootstrap(articles, ["dam"], confidence=1),
        lambda articles: terms.concept_frequency(articles, {"a": ["dam"]}, overlap="beside"),
        lambda articles: terms.first_use(articles, "/(/"),
        lambda articles: terms.concordance(articles, {"a": ["/(/"]}),
        lambda articles: terms.keep_phrases(articles, ["/dam/"]),
    ],
)
def test_wishes_without_meaning_are_refused_with_a_reason(wish, articles):
    with pytest.raises(InvalidQuery) as caught:
        wish(articles)
    assert len(str(caught.value)) > 20


def test_more_is_wanted_than_there_is(articles):
    vocabulary = len(terms.frequency(articles))
    assert len(terms.cooccurrence(articles, top=10**6)["first"].unique()) <= vocabulary
    assert terms.frequency_bootstrap(articles, ["dam"] * 3, resamples=5)["count"].tolist() == [3, 3, 3]
    assert len(terms.concordance(articles, "dam", limit=10**9)) == 3
