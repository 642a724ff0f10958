"""What stands beside every score: raw counts, rates, document frequencies, sizes, and what counted as a word."""

import pytest

from corpus_tools import terms

BESIDE = {"count", "per_million", "documents", "articles", "tokens"}

TABLES = {
    "frequency": lambda articles: terms.frequency(articles, ngrams=(1, 2), by="outlet"),
    "frequency_bootstrap": lambda articles: terms.frequency_bootstrap(articles, ["dam"], resamples=5),
    "phrases": lambda articles: terms.phrases(articles, min_count=1),
    "multiword_association": lambda articles: terms.multiword_association(articles, min_count=1),
    "outlet_keyness": lambda articles: terms.outlet_keyness(articles, measure="fisher"),
    "keyness_bootstrap": lambda articles: terms.keyness_bootstrap(
        articles.head(2), articles.tail(2), ["dam"], resamples=5
    ),
    "collocations": lambda articles: terms.collocations(articles, node="dam", min_count=1),
    "cooccurrence": lambda articles: terms.cooccurrence(articles),
    "trend": lambda articles: terms.trend(articles, "dam"),
    "change_points": lambda articles: terms.change_points(terms.trend(articles, "dam")),
    "bursts": lambda articles: terms.bursts(terms.trend(articles, "dam")),
    "first_use": lambda articles: terms.first_use(articles, "dam"),
    "dispersion": lambda articles: terms.dispersion(articles, min_count=1),
    "concept_frequency": lambda articles: terms.concept_frequency(articles, {"dam": ["dam"]}),
    "suggest_variants": lambda articles: terms.suggest_variants(articles, {"mayor": ["mayors"]}),
    "tf_idf": lambda articles: terms.tf_idf(articles),
    "zipf": lambda articles: terms.zipf(articles),
}


@pytest.mark.parametrize("name", TABLES)
def test_counts_and_sizes_stand_beside_every_score(name, articles):
    table = TABLES[name](articles)
    assert set(table.columns) >= BESIDE
    assert table.attrs["tokens"]["lowercase"] is True
    assert table.attrs["tokens"]["stemming"] is None
    known = table[table["tokens"] > 0]
    rates = known["count"] / known["tokens"] * 1e6
    assert rates.tolist() == pytest.approx(known["per_million"].tolist())
    assert (table["documents"] <= table["articles"]).all()
    # tf-idf counts in one article, and documents in all.
    assert name == "tf_idf" or (table["documents"] <= table["count"]).all()


@pytest.mark.parametrize("compare", [terms.similarity, terms.distance])
def test_sizes_stand_beside_every_comparison(compare, articles):
    row = compare(articles).set_index(["first", "second"]).loc[("Lakeside Post", "Meridian Press")]
    assert row[["first_articles", "second_articles", "first_tokens", "second_tokens"]].tolist() == [2, 1, 23, 11]


def test_dictionary_forms_join_what_sentences_tell_apart(articles):
    texts = ["Two floods hit. The dams flooded the valley.", "The mayor's men left. Rain fell, and they leave."]
    counted = terms.tokens(articles.head(2).assign(text=texts), stemming="lemma")
    table = terms.frequency(counted).set_index("term")
    assert table.loc["flood", ["count", "documents"]].tolist() == [2, 1]
    assert table.loc["leave", "count"] == 2
    assert {"dam", "mayor", "man", "fall"} <= set(table.index)
    assert table.attrs["tokens"]["stemming"] == "lemma"
    assert len(counted) == len(terms.tokens(articles.head(2).assign(text=texts)))
    # Words are read as dictionary forms, expressions as they stand in the text.
    trend = terms.trend(counted, ["flood", "/flood[a-z]+/"])
    assert trend.groupby("term")["count"].sum().to_dict() == {"flood": 2, "/flood[a-z]+/": 2}
    assert terms.concordance(counted, "/dams/")["match"].tolist() == ["dams"]
