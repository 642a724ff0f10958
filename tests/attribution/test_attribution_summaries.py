"""Sources, cues, balance, network, provenance and the marked article, on numbers that can be counted by hand."""

import pandas as pd
import pytest

from corpus_tools import attribution, schema
from corpus_tools.errors import InvalidQuery, InvalidRules

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a1", "a2", "a3"],
        "outlet": ["Brandel Courier", "Brandel Courier", "Evening Gull"],
        "text": [
            "Mayor Ilva Torrin said the town was broke. “It is over,” Torrin said.",
            "Residents said the water was brown. Torrin claimed an estimated 300 people were ill.",
            "Reuters reported that the mayor had fled. Mayor Ilva Torrin denied it <b>twice</b>.",
        ],
        "original_outlet": [None, None, "Harrow Mail"],
        "wire": [None, None, None],
    }
)
FOUND = attribution.find(ARTICLES)


def test_sources_join_names_over_articles():
    table = attribution.sources(FOUND, articles=ARTICLES).set_index("speaker")
    torrin = table.loc["Ilva Torrin"]
    assert (torrin["attributions"], torrin["direct"], torrin["articles"]) == (4, 1, 3)
    assert torrin["outlets"] == ["Brandel Courier", "Evening Gull"]
    assert torrin["hedged"] == 1
    assert table.loc["Residents", "anonymity"] == "unnamed group"


def test_aliases_from_a_mapping_and_a_file(tmp_path):
    assert "Red Ilva" in set(attribution.sources(FOUND, {"Ilva Torrin": "Red Ilva"})["speaker"])
    path = tmp_path / "aliases.tsv"
    path.write_text("# comment\nIlva Torrin\tRed Ilva\n", encoding="utf-8")
    assert "Red Ilva" in set(attribution.sources(FOUND, path)["speaker"])
    path.write_text("Ilva Torrin = Red Ilva\n", encoding="utf-8")
    with pytest.raises(InvalidRules, match="line 1"):
        attribution.sources(FOUND, path)


def test_cues_by_outlet():
    table = attribution.cues(FOUND, ARTICLES)
    row = table[(table["cue"] == "say") & (table["outlet"] == "Brandel Courier")].iloc[0]
    assert (row["attributions"], row["share"]) == (3, 0.75)
    assert attribution.cues(FOUND)["attributions"].sum() == len(FOUND)


def test_balance_shares_sum_to_one_and_repeat():
    table = attribution.balance(FOUND, ARTICLES, of="anonymity")
    assert table.groupby("outlet")["share"].sum().round(9).eq(1).all()
    assert table.equals(attribution.balance(FOUND, ARTICLES, of="anonymity"))
    named = table[(table["outlet"] == "Brandel Courier") & (table["anonymity"] == "named")].iloc[0]
    assert (named["attributions"], named["share"]) == (3, 0.75)
    assert named["share_low"] <= 0.75 <= named["share_high"]
    assert table.loc[table["outlet"] == "Evening Gull", "share_low"].isna().all()


def test_hedging():
    table = attribution.hedging(FOUND, ARTICLES).set_index("outlet")
    assert table.loc["Brandel Courier", "hedged"] == 1
    assert table.loc["Brandel Courier", "share"] == 0.25


def test_an_unknown_column_is_named():
    with pytest.raises(InvalidQuery, match="country"):
        attribution.balance(FOUND, ARTICLES, by="country")


def test_network_parts_quotes_relays_and_reprints():
    reprints = pd.DataFrame(
        {"article_id": ["a3", "a1"], "role": ["reprint", "original"], "source_article_id": ["a1", None]}
    )
    graph = attribution.network(FOUND, ARTICLES, reprints)
    gull = ("outlet", "Evening Gull")
    assert graph.edges[gull, ("outlet", "Reuters")]["relays"] >= 1
    assert graph.edges[gull, ("outlet", "Brandel Courier")]["reprints"] == 1
    assert graph.edges[("outlet", "Brandel Courier"), ("source", "Ilva Torrin")]["quotes"] == 3
    assert ("outlet", "Harrow Mail") not in graph
    assert ("outlet", "Harrow Mail") in attribution.network(FOUND, ARTICLES)
    assert attribution.edges(graph)["weight"].is_monotonic_decreasing


def test_dependences_are_what_edges_between_outlets_count():
    edges = attribution.edges(attribution.network(FOUND, ARTICLES))
    places = attribution.dependences(FOUND, ARTICLES)
    counted = places.groupby(["outlet", "depends_on", "part"]).size()
    for row in edges[edges["kind"] == "outlet"].to_dict("records"):
        for part in ("relays", "reprints"):
            assert counted.get((row["outlet"], row["depends_on"], part), 0) == row[part]
    assert len(places) == edges.loc[edges["kind"] == "outlet", ["relays", "reprints"]].to_numpy().sum() > 1
    assert places["start"].isna().tolist() == (places["part"] == "reprints").tolist()


@pytest.mark.parametrize(
    ("text", "wire", "place"),
    [
        ("ORLE, July 24 (Reuters) - Rain fell.", "Reuters", "ORLE"),
        ("ORLE (AP) — Rain fell.", "AP", "ORLE"),
        ("ORLE, 3 May (AFP) — Rain fell.", "AFP", "ORLE"),
        ("Rain fell, Reuters said on Sunday.", None, None),
        ("Rain fell.\n\n(Reporting by Ada Lind; Editing by Bo Ek)", "Reuters", None),
        ("He left — and then it rained.", None, None),
    ],
)
def test_provenance_reads_the_text(text, wire, place):
    row = attribution.provenance(pd.DataFrame({"article_id": ["a"], "text": [text]})).iloc[0]
    assert (None if pd.isna(row["wire"]) else row["wire"]) == wire
    assert (None if pd.isna(row["dateline_place"]) else row["dateline_place"]) == place


def test_provenance_takes_what_the_reader_found():
    articles = ARTICLES.assign(boilerplate=[None, None, "This article first appeared in Harrow Mail on Monday"])
    row = attribution.provenance(articles).iloc[2]
    assert row["chain"] == ["Harrow Mail", "Evening Gull"]
    assert "first appeared in Harrow Mail" in row["first_appeared_in"]


def test_highlight_escapes_and_marks():
    html = attribution.highlight(ARTICLES.iloc[2], FOUND).html
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert 'class="source"' in html
    plain = attribution.highlight({"article_id": "x", "text": "Rain.", "title": "<script>"}, FOUND).html
    assert "No attribution was found" in plain
    assert "<script>" not in plain


def test_showcase_chooses_the_article_with_most():
    assert "It is over" in attribution.showcase(ARTICLES, FOUND).html
    assert "brown" in attribution.showcase(ARTICLES, FOUND, article_id="a2").html
    with pytest.raises(InvalidQuery, match="a9"):
        attribution.showcase(ARTICLES, FOUND, article_id="a9")


def test_empty_tables_stay_tables():
    nothing = FOUND.iloc[:0]
    assert attribution.sources(nothing).empty
    assert attribution.cues(nothing).empty
    assert attribution.cues(nothing, ARTICLES).empty
    assert attribution.balance(nothing, ARTICLES).empty
    assert attribution.hedging(nothing, ARTICLES).empty
    assert attribution.edges(attribution.network(nothing, ARTICLES.iloc[:2])).empty
    assert attribution.provenance(ARTICLES.iloc[:0]).empty
    assert "no article" in attribution.showcase(ARTICLES.iloc[:0], nothing).html


def test_provenance_takes_the_dateline_that_the_reader_found():
    text = "THE GAZETTE SAYS: rain fell."
    rows = pd.DataFrame({"article_id": ["a"], "text": [text], "boilerplate": ["ORLE, 3 May —"], "dateline": ["ORLE"]})
    assert attribution.provenance(rows).dateline_place.tolist() == ["ORLE"]
    assert attribution.provenance(rows.assign(dateline=None)).dateline_place.isna().all()


def test_a_share_of_the_vote_is_no_office():
    text = "The poll gave Anselm Bray 45 per cent, 43 per cent Katya Rimmel. “We will win,” Katya Rimmel said."
    articles = schema.ARTICLES.conform([{"article_id": "a", "text": text}])
    said = attribution.find(articles)
    assert said.loc[said["speaker"] == "Katya Rimmel", "speaker_role"].isna().all()
    assert "Katya Rimmel" in set(said["speaker"])
