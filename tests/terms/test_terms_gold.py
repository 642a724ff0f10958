"""Agreement with quanteda and NLTK, where their outputs stand beside the checkout."""

import re

import numpy as np
import pandas as pd
import pytest

from corpus_tools import terms
from corpus_tools.language import words
from tests.shared import REASON, SHARED

GOLD = SHARED / "gold" / "terms" if SHARED else None
pytestmark = pytest.mark.skipif(GOLD is None or not GOLD.is_dir(), reason=REASON)


def read(name):
    return pd.read_csv(GOLD / name, keep_default_na=False)


@pytest.mark.parametrize(
    ("file", "column", "measure", "relative", "absolute"),
    [
        ("chi2_none", "chi2", "chi_squared", 1e-9, 0),
        ("chi2_default", "chi2", "chi_squared_yates", 1e-9, 0),
        ("chi2_yates", "chi2", "chi_squared_yates", 1e-9, 0),
        # quanteda smooths its log-likelihoods a little.
        ("lr_none", "G2", "log_likelihood_4cell", 0, 5e-4),
        ("lr_yates", "G2", "log_likelihood_yates", 0, 5e-4),
        ("lr_default", "G2", "log_likelihood_yates", 0, 5e-4),
        ("lr_williams", "G2", "log_likelihood_williams", 0, 5e-4),
        ("exact_default", "p", "fisher_p", 1e-9, 0),
    ],
)
def test_keyness_measures_are_quantedas(file, column, measure, relative, absolute):
    gold = read(f"keyness_postwar_{file}.csv")
    scores = terms.keyness_measures(
        gold["n_target"], gold["n_reference"], int(gold["n_target"].sum()), int(gold["n_reference"].sum())
    )
    np.testing.assert_allclose(scores[measure], pd.to_numeric(gold[column]), rtol=relative, atol=absolute)


def test_keyness_pmi_is_quantedas_with_its_constant():
    gold = read("keyness_postwar_pmi_default.csv")
    a, b = gold["n_target"], gold["n_reference"]
    scores = terms.keyness_measures(a, b, int(a.sum()), int(b.sum()))
    np.testing.assert_allclose(scores["pmi"], gold["pmi"], rtol=1e-9)


def test_p_values_are_quantedas():
    gold = read("keyness_postwar_chi2_none.csv")
    lists = [dict(zip(gold["feature"], gold[column], strict=True)) for column in ("n_target", "n_reference")]
    table = terms.keyness(*lists, measure="chi_squared").set_index("term").loc[gold["feature"]]
    np.testing.assert_allclose(table["p"], pd.to_numeric(gold["p"]), rtol=1e-6, atol=1e-15)


def test_two_cell_log_likelihood_is_raysons():
    gold = read("keyness_postwar_chi2_none.csv")
    lists = [dict(zip(gold["feature"], gold[column], strict=True)) for column in ("n_target", "n_reference")]
    first = terms.keyness(*lists).iloc[0]
    assert (first["term"], round(first["log_likelihood"], 3)) == ("we", 703.275)
    assert round(first["log_likelihood_4cell"], 3) == 713.104


def test_association_measures_are_nltks():
    gold = read("nltk_bigram_assoc_inaugural_min10.csv")
    scores = terms.association(gold["n_ii"], gold["n_ix"], gold["n_xi"], gold["N"])
    for theirs, ours in (
        ("student_t", "t"), ("pmi", "pmi"), ("dice", "dice"), ("logDice", "log_dice"),
    ):  # fmt: skip
        np.testing.assert_allclose(scores[ours], gold[theirs], rtol=1e-9, err_msg=theirs)
    for theirs, ours in (("chi_sq", "chi_squared"), ("likelihood_ratio", "log_likelihood")):
        np.testing.assert_allclose(scores[ours].abs(), gold[theirs], rtol=1e-7, err_msg=theirs)


def in_quantedas_tokens(lower, only=None):
    """Return the addresses in our words, typographic apostrophes kept, and `$`, which quanteda counts as a word."""
    texts = read("inaugural_texts.csv")
    texts = texts if only is None else texts[texts["doc_id"].isin(only)]
    documents = []
    for text in texts["text"]:
        spans = sorted([*words(text), *(match.span() for match in re.finditer(r"\$", text))])
        documents.append([lower(text[start:end]) for start, end in spans])
    return terms.tokens_from_lists(documents, articles=texts[["doc_id"]].rename(columns={"doc_id": "article_id"}))


@pytest.fixture(scope="module")
def inaugural():
    return in_quantedas_tokens(str.lower)


def test_frequencies_of_texts_are_quantedas():
    texts = read("inaugural_texts.csv")
    articles = pd.DataFrame({"article_id": texts["doc_id"], "text": texts["text"]}).astype("str")
    gold = read("frequency_nopunct_all.csv")
    gold["feature"] = gold["feature"].str.replace("’", "'")
    expected = gold[gold["feature"] != "$"].groupby("feature")["frequency"].sum().sort_index()
    found = terms.frequency(articles).set_index("term")["count"].sort_index()
    assert found.to_dict() == expected.to_dict()


def test_frequencies_documents_and_groups_are_quantedas(inaugural):
    gold = read("frequency_nopunct_all.csv").set_index("feature").sort_index()
    table = terms.frequency(inaugural).set_index("term").sort_index()
    assert table["count"].to_dict() == gold["frequency"].to_dict()
    assert table["documents"].to_dict() == gold["docfreq"].to_dict()


def test_bigrams_are_quantedas(inaugural):
    gold = read("bigrams_top2000.csv")
    table = terms.frequency(inaugural, ngrams=2).set_index("term").loc[gold["feature"].str.replace("_", " ")]
    assert table["count"].tolist() == gold["frequency"].tolist()
    assert table["documents"].tolist() == gold["docfreq"].tolist()


def test_collocations_lambda_and_z_are_quantedas():
    # textstat_collocations() leaves words in capitals as they are.
    counted = in_quantedas_tokens(lambda word: word if re.fullmatch(r"[A-Z][A-Z0-9]+", word) else word.lower())
    gold = read("collocations2_min5.csv").set_index("collocation")
    table = terms.collocations(counted, min_count=5, measure="log_odds_z")
    table.index = table["node"] + " " + table["collocate"]
    assert set(table.index) == set(gold.index)
    table = table.loc[gold.index]
    assert table["count"].tolist() == gold["count"].tolist()
    np.testing.assert_allclose(table["log_odds"], gold["lambda"], rtol=1e-9)
    np.testing.assert_allclose(table["log_odds_z"], gold["z"], rtol=1e-9)


def test_concordance_of_a_phrase_finds_quantedas_places():
    texts = read("inaugural_texts.csv")
    articles = pd.DataFrame({"article_id": texts["doc_id"], "text": texts["text"]}).astype("str")
    gold = read("kwic_united_states_w5.csv")
    table = terms.concordance(articles, "united states", window=5)
    assert table["article_id"].tolist() == gold["docname"].tolist()
    assert table["match"].tolist() == gold["keyword"].tolist()


@pytest.mark.parametrize("tf", ["count", "prop", "boolean", "logcount"])
@pytest.mark.parametrize("df", ["inverse", "inversemax", "inverseprob", "unary"])
def test_tf_idf_is_quantedas(inaugural, tf, df):
    gold = read(f"tfidf_{tf}_{df}.csv").set_index(["doc", "term"])["value"]
    table = terms.tf_idf(inaugural, tf=tf, df=df, top=None).set_index(["article_id", "term"])["tf_idf"]
    assert len(table.loc["1793-Washington"]) == len(gold.loc["1793-Washington"])
    np.testing.assert_allclose(table.reindex(gold.index), gold, rtol=1e-9)


def test_cosine_of_addresses_is_quantedas():
    gold = read("cosine_last10.csv")
    counted = in_quantedas_tokens(str.lower, only=[*gold["document1"], *gold["document2"]])
    table = terms.similarity(counted, by="article_id").set_index(["first", "second"])["similarity"]
    pairs = list(zip(*np.sort(gold[["document1", "document2"]].to_numpy(dtype=str), axis=1).T, strict=True))
    np.testing.assert_allclose(table.loc[pairs], gold["cosine"], rtol=1e-9)


def test_concepts_are_quantedas_dictionaries(inaugural):
    concepts = terms.Concepts(
        {
            # The dictionary's "u.s." matches nothing in quanteda's tokens, where the last stop stands apart.
            "america": ["united states", "america*"],
            "freedom": ["free*", "libert*"],
            "nation": ["nation*", "country", "republic"],
        }
    )
    gold = read("dictionary_lookup.csv").set_index("doc_id")
    table = terms.concept_frequency(inaugural, concepts, by="article_id")
    found = table.pivot_table(index="article_id", columns="concept", values="count", aggfunc="sum")
    assert found.loc[gold.index, gold.columns].to_numpy().tolist() == gold.to_numpy().tolist()
