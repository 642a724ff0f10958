"""More agreement with quanteda: diversity, entropy, distances, longer collocations, gaps, co-occurrence."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from benchmarks.terms_agreement import addresses, keep_acronyms
from corpus_tools import terms
from tests.shared import REASON, SHARED

GOLD = SHARED / "gold" / "terms" if SHARED else None
needs_gold = pytest.mark.skipif(GOLD is None or not GOLD.is_dir(), reason=REASON)


def read(name):
    return pd.read_csv(GOLD / name, keep_default_na=False)


@pytest.fixture(scope="module")
def inaugural():
    return addresses(GOLD, str.lower)


@needs_gold
def test_entropy_of_documents_is_quantedas(inaugural):
    gold = read("entropy_docs.csv")
    table = terms.lexical_diversity(inaugural)
    assert table["article_id"].tolist() == gold["doc"].tolist()
    np.testing.assert_allclose(table["entropy"], gold["H"], rtol=1e-9)


@needs_gold
def test_longer_collocations_without_smoothing_are_quantedas():
    gold = read("collocations2to4_min20_smooth0.csv").set_index("collocation")
    counted = addresses(GOLD, keep_acronyms)
    table = terms.multiword_association(counted, sizes=(2, 3, 4), min_count=20, smoothing=0).set_index("term")
    assert set(table.index) == set(gold.index)
    table = table.loc[gold.index]
    assert table["count"].tolist() == gold["count"].tolist()
    assert table["size"].tolist() == gold["length"].tolist()
    for ours, theirs in (("log_odds", "lambda"), ("log_odds_z", "z")):
        expected = (
            gold[theirs].map({"NA": np.nan, "Inf": np.inf}.get).fillna(pd.to_numeric(gold[theirs], errors="coerce"))
        )
        np.testing.assert_allclose(table[ours], expected, rtol=1e-9)


@needs_gold
def test_pairs_with_smoothing_are_quantedas():
    gold = read("collocations2_min5.csv").set_index("collocation")
    table = terms.multiword_association(addresses(GOLD, keep_acronyms), sizes=2).set_index("term").loc[gold.index]
    np.testing.assert_allclose(table["log_odds"], gold["lambda"], rtol=1e-9)
    np.testing.assert_allclose(table["log_odds_z"], gold["z"], rtol=1e-9)


@needs_gold
def test_runs_with_gaps_are_quantedas(inaugural):
    gold = read("trigram_skip01_top500.csv")
    table = terms.frequency(terms.skip_grams(inaugural, size=3, skips=(0, 1))).set_index("term")
    table = table.loc[gold["feature"].str.replace("_", " ")]
    assert table["count"].tolist() == gold["frequency"].tolist()
    assert table["documents"].tolist() == gold["docfreq"].tolist()


@needs_gold
def test_cooccurrences_are_quantedas(inaugural):
    gold = read("fcm_window5_top60.csv").set_index("term")
    table = terms.cooccurrence(inaugural, terms=gold.index)
    table = table.pivot_table(index="first", columns="second", values="count")
    assert table.loc[gold.index, gold.columns].fillna(0).astype(int).to_numpy().tolist() == gold.to_numpy().tolist()


@needs_gold
def test_nested_concepts_are_quantedas(inaugural):
    concepts = {
        "america": ["united states", "america*"],
        "freedom": ["free*", "libert*"],
        "nation": ["nation*", "country", "republic"],
    }
    gold = read("dictionary_lookup_nested.csv").set_index("doc_id")
    table = terms.concept_frequency(inaugural, concepts, by="article_id", overlap="across")
    found = table.pivot_table(index="article_id", columns="concept", values="count", aggfunc="sum")
    assert found.loc[gold.index, gold.columns].to_numpy().tolist() == gold.to_numpy().tolist()


@needs_gold
def test_other_association_measures_are_nltks():
    gold = read("nltk_bigram_assoc_inaugural_min10.csv")
    scores = terms.association(gold["n_ii"], gold["n_ix"], gold["n_xi"], gold["N"])
    for theirs, ours in (("mi_like", "mi_like"), ("poisson_stirling", "poisson_stirling"), ("jaccard", "jaccard")):
        np.testing.assert_allclose(scores[ours], gold[theirs], rtol=1e-9, err_msg=theirs)
    np.testing.assert_allclose(scores["phi_squared"], gold["phi_sq"], rtol=1e-6)


@needs_gold
def test_williams_chi_squared_is_quantedas_where_asked_for():
    gold = read("keyness_postwar_chi2_williams.csv")
    sizes = int(gold["n_target"].sum()), int(gold["n_reference"].sum())
    scores = terms.keyness_measures(gold["n_target"], gold["n_reference"], *sizes)
    expected = pd.to_numeric(gold["chi2"])
    np.testing.assert_allclose(scores["chi_squared_williams_quanteda"], expected, rtol=1e-9)
    # Williams (1976) divides by what quanteda multiplies by.
    product = scores["chi_squared_williams"] * scores["chi_squared_williams_quanteda"]
    np.testing.assert_allclose(product, scores["chi_squared"] ** 2, rtol=1e-9)


def test_measures_of_diversity_are_the_published_ones():
    # Published for "a b c d d e e f f f" in the discussion that corrected quanteda's K; koRpus gives K = 1000.
    row = terms.lexical_diversity(terms.tokens_from_lists(["abcddeefff"])).iloc[0]
    expected = {
        "ttr": 0.6, "herdans_c": 0.7781513, "guirauds_r": 1.897367, "carrolls_cttr": 1.341641, "dugasts_u": 4.507576,
        "yules_k": 1000.0, "yules_i": 2.571429, "simpsons_d": 0.1111111, "herdans_vm": 0.1825742, "maas": 0.4710082,
        "maas_lg_v0": 1.238943, "maas_lge_v0": 2.852771,
    }  # fmt: skip
    for name, value in expected.items():
        assert row[name] == pytest.approx(value, rel=5e-7), name


def test_segments_and_numbers():
    counted = terms.tokens_from_lists([["a", "b", "a", "a", "1,000", "c"]])
    row = terms.lexical_diversity(counted, window=2).iloc[0]
    assert row["msttr"] == pytest.approx((1 + 0.5 + 1) / 3)
    without = terms.lexical_diversity(counted, window=2, numbers=False).iloc[0]
    assert without[["tokens", "types"]].tolist() == [5, 3]
    assert without["msttr"] == pytest.approx((1 + 0.5) / 2)
    alone = terms.lexical_diversity(terms.tokens_from_lists([["a"], []])).drop(columns="article_id")
    assert alone[["herdans_c", "simpsons_d", "dugasts_u", "mattr"]].isna().all(axis=None)


def test_lambda_of_three_words_by_hand():
    documents = [list("abc"), list("abd"), list("xbc"), list("abc"), list("ayc"), list("xyz")]
    row = terms.multiword_association(terms.tokens_from_lists(documents), sizes=3, min_count=2).iloc[0]
    # Which places of each run are those of "a b c"; half an occurrence is added to each cell.
    cells = {(1, 1, 1): 2.5, (1, 1, 0): 1.5, (0, 1, 1): 1.5, (1, 0, 1): 1.5, (0, 0, 0): 1.5}
    total = variance = 0.0
    for place in np.ndindex(2, 2, 2):
        count = cells.get(place, 0.5)
        total += (-1) ** (3 - sum(place)) * np.log(count)
        variance += 1 / count
    assert (row["term"], row["count"], row["documents"]) == ("a b c", 2, 2)
    assert row["log_odds"] == pytest.approx(total)
    assert row["log_odds_z"] == pytest.approx(total / np.sqrt(variance))


def pairs_by_hand(documents, window, *, ordered, count):
    cells, seen = {}, set()
    for number, document in enumerate(documents):
        for here, first in enumerate(document):
            for there, second in enumerate(document):
                gap = there - here
                if gap == 0 or abs(gap) > window or (ordered and gap < 0):
                    continue
                weight = 1 / abs(gap) if count == "weighted" else 1
                if count == "boolean":
                    if (number, first, second) in seen:
                        continue
                    seen.add((number, first, second))
                cells[first, second] = cells.get((first, second), 0) + weight
    return cells


@pytest.mark.parametrize("count", ["frequency", "boolean", "weighted"])
@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("window", [1, 3, None])
def test_cooccurrence_is_that_of_plain_python(window, ordered, count):
    documents = ["abcab", "", "ba", "aab", "c"]
    table = terms.cooccurrence(terms.tokens_from_lists(documents), window=window, ordered=ordered, count=count)
    found = {(row["first"], row["second"]): row["count"] for row in table.to_dict("records")}
    assert found == pytest.approx(pairs_by_hand(documents, window or 99, ordered=ordered, count=count))


def test_gaps_by_hand():
    counted = terms.tokens_from_lists(["abc", "ab", "", "x"])
    matrix = terms.skip_grams(counted, size=2, skips=1)
    assert dict(zip(matrix.terms.to_pylist(), matrix.collection_frequency().tolist(), strict=True)) == {"a c": 1}
    both = terms.skip_grams(counted, size=2, skips=(0, 1), min_count=2)
    assert dict(zip(both.terms.to_pylist(), both.collection_frequency().tolist(), strict=True)) == {"a b": 2}
    assert terms.frequency(terms.skip_grams(counted.articles.assign(text=None), size=3)).empty


def test_measures_of_three_words_are_nltks():
    from nltk.metrics import TrigramAssocMeasures

    words = [f"w{number % 6}" for number in np.random.default_rng(3).zipf(1.3, 150)]
    runs = list(zip(words, words[1:], words[2:], strict=False))
    table = terms.multiword_association(terms.tokens_from_lists([words]), sizes=3, min_count=2)
    assert len(table) > 20
    for row in table.to_dict("records"):
        a, b, c = row["term"].split()
        of = {
            shown: sum(all(mine in (None, theirs) for mine, theirs in zip(shown, run, strict=True)) for run in runs)
            for shown in product((a, None), (b, None), (c, None))
        }
        pairs = of[a, b, None], of[a, None, c], of[None, b, c]
        margins = of[a, None, None], of[None, b, None], of[None, None, c]
        for theirs, ours in (
            ("pmi", "pmi"), ("student_t", "t"), ("likelihood_ratio", "log_likelihood"), ("chi_sq", "chi_squared"),
            ("mi_like", "mi_like"), ("poisson_stirling", "poisson_stirling"), ("jaccard", "jaccard"),
        ):  # fmt: skip
            score = getattr(TrigramAssocMeasures, theirs)(of[a, b, c], pairs, margins, len(runs))
            assert abs(row[ours]) == pytest.approx(abs(score), rel=1e-9, abs=1e-9), (theirs, row["term"])


def test_measures_of_two_words_are_those_of_pairs():
    words = [f"w{number % 6}" for number in np.random.default_rng(4).zipf(1.3, 150)]
    counted = terms.tokens_from_lists([words])
    runs = terms.multiword_association(counted, sizes=2, min_count=2).set_index("term")
    pairs = terms.collocations(counted, min_count=2)
    pairs = pairs.set_index(pairs["node"] + " " + pairs["collocate"]).loc[runs.index]
    for name in ("expected", "pmi", "t", "log_likelihood", "chi_squared", "mi_like", "jaccard", "log_odds_z"):
        np.testing.assert_allclose(runs[name], pairs[name], rtol=1e-9, atol=1e-12, err_msg=name)


def test_the_odds_ratio_of_fishers_test():
    from scipy.stats import contingency, fisher_exact

    counts, others, words, rest = [0, 5, 17, 130, 2, 900], [3, 0, 40, 90, 2, 2000], 1_000, 5_000
    found = terms.keyness_measures(counts, others, words, rest, exact=True)
    for count, other, row in zip(counts, others, found.to_dict("records"), strict=True):
        table = [[count, other], [words - count, rest - other]]
        assert row["fisher_odds_ratio"] == pytest.approx(contingency.odds_ratio(table).statistic, rel=1e-9)
        assert row["fisher_p"] == pytest.approx(fisher_exact(table).pvalue, rel=1e-9)
    ranked = terms.keyness({"dam": 30, "the": 970}, {"dam": 10, "the": 990}, measure="fisher")
    assert ranked.columns.tolist()[ranked.columns.get_loc("fisher_p") + 1] == "fisher_odds_ratio"
