"""Full-text search: what is found, that nothing is missed, and that the index keeps up with the corpus."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.articles import Corpus
from corpus_tools.articles.phrases import to_fts
from corpus_tools.errors import InvalidQuery

TEXTS = {
    "bomb.txt": "A car bomb went off near the market in Velisk. Police said the car had been stolen.",
    "dam.txt": "The old dam broke at dawn. Nobody had seen the flooding of Tamrin coming.",
    "bridge.txt": "The bridge in Velisk opened. The mayor's car was the first to cross; a bomb-proof one.",
    "hidden.txt": "An in\u00adfor\u00adma\u00adtion office opened in the old har\u200bbour.",
}


def written(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    ct.build(written(tmp_path / "raw", TEXTS), tmp_path / "corpus")
    return ct.open(tmp_path / "corpus")


def found(corpus: Corpus, query: str) -> list[str]:
    table = corpus.search(query)
    by_id = corpus.articles.set_index("article_id")["source_path"]
    return sorted(Path(by_id[article]).stem for article in table["article_id"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("car bomb", ["bomb", "bridge"]),
        ('"car bomb"', ["bomb"]),
        ('"car bomb" NEAR velisk', ["bomb"]),
        ("dam NEAR/2 dawn", ["dam"]),
        ("dam NEAR/1 dawn", []),
        ("dam NEAR/1 broke NEAR dawn", ["dam"]),
        ("flood*", ["dam"]),
        ("velisk NOT market", ["bridge"]),
        ("(dam OR bridge) AND old", ["dam"]),
        ("bomb-proof", ["bridge"]),
        ("VELISK", ["bomb", "bridge"]),
        ("information", ["hidden"]),
        ("harbour", ["hidden"]),
        ("“car bomb”", ["bomb"]),
        ("mayor's", ["bridge"]),
        ("weather", []),
    ],
)
def test_finds_what_is_asked_for(corpus: Corpus, query: str, expected: list[str]) -> None:
    assert found(corpus, query) == expected


@pytest.mark.parametrize(
    "query", ["", "  ", '""', "NEAR dam", "dam NEAR", "AND", "dam AND", "(dam", "dam NEAR (a b)", "*"]
)
def test_a_query_without_meaning_is_refused(corpus: Corpus, query: str) -> None:
    with pytest.raises(InvalidQuery):
        corpus.search(query)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=30) | st.text(alphabet='ab"()*:/- NEARORDT', max_size=20))
def test_any_text_is_answered_or_refused(corpus: Corpus, query: str) -> None:
    try:
        table = corpus.search(query)
    except InvalidQuery:
        return
    assert list(table.columns) == ["article_id", "title", "outlet", "published", "snippet", "score"]


def test_shows_the_words_where_they_stand(corpus: Corpus) -> None:
    table = corpus.search('"old dam"')
    assert table["snippet"].tolist() == ["The [old dam] broke at dawn. Nobody had seen the flooding of Tamrin coming."]
    assert table["score"].iloc[0] > 0
    assert len(corpus.search("velisk", limit=1)) == 1


def test_keeps_up_with_the_corpus(corpus: Corpus, tmp_path: Path) -> None:
    assert found(corpus, "dawn") == ["dam"]
    (tmp_path / "raw" / "dam.txt").write_text("The new dam holds at dusk.")
    written(tmp_path / "raw", {"rain.txt": "It rained until dawn."})
    ct.build(tmp_path / "raw", tmp_path / "corpus")
    later = ct.open(tmp_path / "corpus")
    assert found(later, "dawn") == ["rain"]
    assert found(later, "dusk") == ["dam"]
    assert found(later, "broke") == []


def test_a_damaged_index_is_made_anew(corpus: Corpus) -> None:
    corpus.search("dam")
    file = Path(str(corpus.path)) / "index.sqlite"
    file.write_bytes(b"no database" * 1000)
    assert found(corpus, "dawn") == ["dam"]


def test_raw_files_have_no_index(tmp_path: Path) -> None:
    raw = ct.open(written(tmp_path, {"dam.txt": "The dam."}))
    with pytest.raises(InvalidQuery, match="build one"):
        raw.search("dam")


def test_a_concordance_of_the_index_is_that_of_the_articles(corpus: Corpus) -> None:
    index = corpus.index()
    for query in ["car bomb", "flood*", "the *", "/b.m/", "information", "mayor's car", ["dam", "bridge"], "harbour"]:
        expected = ct.terms.concordance(corpus.articles, query, sort=["match", "left"])
        stored = ct.terms.concordance(index, query, sort=["match", "left"])
        pd.testing.assert_frame_equal(stored, expected)
        assert len(expected) > 0, query


PIECES = [
    "3km",
    "km",
    "don't",
    "car-bomb",
    "a_b",
    "naïve",
    "dam.",
    "U.S.",
    "@dam",
    "#dam",
    "1,000",
    "İ",
    "ı",
    "ﬁre",
    "x\u200cy",
]
QUERIES = ["km", "a", "b", "3km", "dam", "don't", "t", "bomb", "car-bomb", "k*", "us", "u", "1,000", "x"]
WORDS = st.sampled_from(PIECES) | st.text(alphabet="abkmıİé '-_.3\u00ad\u200d", min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.lists(WORDS, min_size=1).map(" ".join).filter(lambda text: any(map(str.isalpha, text))),
        min_size=1,
        max_size=4,
        unique=True,
    ),
    query=st.sampled_from(QUERIES),
)
def test_no_article_is_missed(tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str) -> None:
    folder = tmp_path_factory.mktemp("index")
    rows = pd.DataFrame({"id": [str(number) for number in range(len(texts))], "text": texts})
    rows.to_json(folder / "rows.jsonl", orient="records", lines=True)
    ct.build(folder / "rows.jsonl", folder / "corpus")
    corpus = ct.open(folder / "corpus")
    columns = ["article_id", "start", "end", "match"]
    expected = ct.terms.concordance(corpus.articles, query)[columns]
    stored = ct.terms.concordance(corpus.index(), query)[columns]
    order = ["article_id", "start"]
    pd.testing.assert_frame_equal(
        stored.sort_values(order, ignore_index=True), expected.sort_values(order, ignore_index=True)
    )


def test_queries_become_those_of_sqlite() -> None:
    assert to_fts("a NEAR b NEAR/4 c") == 'NEAR("a" "b" "c", 10)'
    assert to_fts('title:"old dam"* OR x') == 'title : "old dam"* OR "x"'


def test_the_command_line_searches(corpus: Corpus) -> None:
    from typer.testing import CliRunner

    from corpus_tools.cli import app

    said = CliRunner().invoke(app, ["search", str(corpus.path), '"car bomb" NEAR velisk'])
    assert said.exit_code == 0
    assert "A [car bomb] went off near the market in [Velisk]" in said.output
    assert said.output.rstrip().endswith("1 article")


def test_what_stands_nearly_everywhere_is_not_ranked(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_tools.articles.index.MOST_RANKED", 2)
    ranked = corpus.search("velisk")
    assert len(ranked) == 2
    assert ranked["score"].notna().all()
    first = corpus.search("the", limit=2)
    order = list(corpus.articles["article_id"])
    assert first["score"].isna().all()
    assert list(first["article_id"]) == order[:2]
    assert corpus.search("the", limit=None)["score"].notna().all()
