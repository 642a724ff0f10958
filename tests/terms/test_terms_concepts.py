import pandas as pd
import pytest

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery, InvalidRules

TEXT = "The Red Front of Mirava marched. The Front, or RF, is red. Red Front fighters; red fronts."


@pytest.fixture
def table():
    return pd.DataFrame({"article_id": ["a", "b"], "text": [TEXT, "RF again."], "outlet": ["One", "Two"]})


def test_the_longest_name_counts_once_and_each_name_is_kept(table):
    concepts = terms.Concepts({"front": ["red front", "front", "RF", "red front of mirava", "red"], "red": ["red*"]})
    found = terms.concept_frequency(table, concepts)
    counts = dict(zip(found["variant"], found["count"], strict=True))
    assert counts == {"red front": 1, "front": 1, "RF": 2, "red front of mirava": 1, "red": 2, "red*": 4}
    assert found.loc[found["concept"] == "front", "share"].sum() == pytest.approx(1)
    assert found["tokens"].tolist() == [19] * 6


def test_who_calls_it_what_keeps_zeros(table):
    found = terms.concept_frequency(table, {"front": ["red front", "rf"], "none": ["zeppelin"]}, by="outlet")
    assert found[["outlet", "variant", "count", "documents", "tokens"]].to_numpy().tolist() == [
        ["One", "red front", 2, 1, 17],
        ["One", "rf", 1, 1, 17],
        ["One", "zeppelin", 0, 0, 17],
        ["Two", "red front", 0, 0, 2],
        ["Two", "rf", 1, 1, 2],
        ["Two", "zeppelin", 0, 0, 2],
    ]
    assert found["share"].isna().tolist() == [False, False, True, False, False, True]


def test_concepts_can_be_followed_like_queries(table):
    concepts = terms.Concepts({"front": ["red front", "rf"]})
    assert terms.trend(table, concepts)["count"].sum() == 4
    assert set(terms.positions(table, concepts)["term"]) == {"front"}


def test_concepts_from_a_file(tmp_path):
    path = tmp_path / "concepts.yaml"
    path.write_text('# who is who\nfront: [Red Front, RF]\nyear: [2031, "no"]\n', encoding="utf-8")
    concepts = terms.Concepts.read(path)
    assert dict(concepts) == {"front": ["Red Front", "RF"], "year": ["2031", "no"]}


@pytest.mark.parametrize(
    "text",
    ["- a\n- b\n", "front: RF\n", "front: []\n", "front: [no]\n", "a: [b\n", "front: ['/x/']\n", "front: ['?']\n"],
)
def test_files_of_another_form_are_refused(tmp_path, text):
    path = tmp_path / "concepts.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((InvalidRules, InvalidQuery)):
        terms.Concepts.read(path)
    with pytest.raises(InvalidRules):
        terms.Concepts.read(tmp_path / "absent.yaml")


def test_no_articles_and_no_concepts(table):
    assert terms.concept_frequency(table.head(0), {"front": ["rf"]}, by="outlet").empty
    assert terms.concept_frequency(table.head(0), {"front": ["rf"]})["count"].tolist() == [0]


def test_similarity_of_outlets_names_what_parts_them():
    texts = ["dam dam dam river", "river river road", "dam dam river road"]
    table = pd.DataFrame({"article_id": list("abc"), "text": texts, "outlet": ["One", "Two", "Three"]})
    found = terms.similarity(table).set_index(["first", "second"])
    assert found.loc[("One", "Two"), "similarity"] == pytest.approx(2 / (10**0.5 * 5**0.5))
    assert found.loc[("One", "Two"), ["more_in_first", "more_in_second"]].tolist() == [["dam"], ["road", "river"]]
    alike = terms.similarity(table.assign(text="same words"), measure="jensen_shannon")
    assert alike["similarity"].tolist() == pytest.approx([1, 1, 1])
    apart = terms.similarity(table.assign(text=["a", "b", "c"]), measure="jensen_shannon")
    assert apart["similarity"].tolist() == pytest.approx([0, 0, 0])
    assert terms.similarity(table, measure="jaccard").loc[0, "similarity"] == pytest.approx(2 / 3)
    assert terms.similarity(table.head(1)).empty
    assert terms.similarity(table.head(0)).empty
    with pytest.raises(InvalidQuery):
        terms.similarity(table, measure="taste")


def test_matrices_are_saved_and_loaded(tmp_path, table):
    matrix = terms.document_term_matrix(table, ngrams=(1, 2), stopwords=["the"], min_count=1)
    matrix.save(tmp_path / "matrix")
    again = terms.load_matrix(tmp_path / "matrix")
    assert (again.counts != matrix.counts).nnz == 0
    assert again.terms.to_pylist() == matrix.terms.to_pylist()
    assert again.specification == matrix.specification
    pd.testing.assert_frame_equal(terms.frequency(again, by="outlet"), terms.frequency(matrix, by="outlet"))


def test_damaged_matrices_say_so(tmp_path, table):
    from corpus_tools.errors import DamagedCorpus

    matrix = terms.document_term_matrix(table)
    matrix.save(tmp_path)
    (tmp_path / "counts.npz").write_bytes(b"no zip")
    with pytest.raises(DamagedCorpus, match="cannot be read"):
        terms.load_matrix(tmp_path)
    (tmp_path / "terms.parquet").unlink()
    with pytest.raises(DamagedCorpus, match="lacks terms"):
        terms.load_matrix(tmp_path)


def test_tf_idf_needs_known_variants_and_takes_the_top(table):
    assert terms.tf_idf(table, top=1)["article_id"].tolist() == ["a", "b"]
    assert terms.tf_idf(table.head(0)).empty
    with pytest.raises(InvalidQuery, match="logcount"):
        terms.tf_idf(table, tf="magic")
