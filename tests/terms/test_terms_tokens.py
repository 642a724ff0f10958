import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import terms
from corpus_tools.errors import InvalidQuery
from corpus_tools.language import words
from corpus_tools.terms.tokens import Specification

# Letters of many scripts, marks that belong to them, blanks of several kinds, and what joins or parts words.
TRAPS = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("aZé'’-._,:/@#0123456789 \n\t\r\u00a0\u2028\u200b\u00ad\u0301\u0130ßǅ")),
        st.sampled_from(list("हिन्दीภาษาไทย日本語العربية👩‍👩‍👧🇬🇧ﬁΣς")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def oracle(text, specification):
    """Count one text the plain way."""
    normalise = specification.normaliser()
    return [term for start, end in words(text) if (term := normalise(text[start:end]))]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(TRAPS, st.none()), max_size=5), st.booleans())
def test_numbers_mean_the_same_words_as_plain_python(texts, lowercase):
    table = pd.DataFrame({"article_id": [str(n) for n in range(len(texts))], "text": pd.Series(texts, dtype="str")})
    counted = terms.tokens(table, lowercase=lowercase)
    expected = [oracle(text, Specification(lowercase=lowercase)) if text is not None else [] for text in texts]
    assert counted.terms(counted.codes) == [term for document in expected for term in document]
    assert counted.lengths.tolist() == [len(document) for document in expected]
    assert counted.vocabulary.to_pylist() == sorted({term for document in expected for term in document})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=8), max_size=6), st.integers(1, 4))
def test_runs_are_those_of_plain_python(documents, size):
    counted = terms.tokens_from_lists(documents)
    matrix = terms.document_term_matrix(counted, ngrams=size)
    for row, document in zip(matrix.counts.toarray(), documents, strict=True):
        runs = [" ".join(document[place : place + size]) for place in range(len(document) - size + 1)]
        found = {term: int(count) for term, count in zip(matrix.terms.to_pylist(), row, strict=True) if count}
        assert found == {run: runs.count(run) for run in runs}


def test_large_strings_are_read_with_their_own_offsets():
    # pandas keeps text as large_string (64 bit offsets); reading these as 32 bit ones would count other words.
    import pyarrow as pa

    texts = ["one two", "", "three"]
    for kind in (pa.string(), pa.large_string()):
        column = pd.Series(pd.array(texts, dtype=pd.ArrowDtype(kind)))
        counted = terms.tokens(pd.DataFrame({"article_id": ["a", "b", "c"], "text": column}))
        assert counted.terms(counted.codes) == ["one", "two", "three"]
        assert counted.lengths.tolist() == [2, 0, 1]


def test_a_slice_of_a_table_counts_only_itself(articles):
    counted = terms.tokens(articles.iloc[2:])
    assert counted.articles["article_id"].tolist() == ["a3", "a4"]
    assert counted.lengths.tolist() == [12, 8]


def test_typographic_and_plain_forms_are_one_term():
    table = pd.DataFrame(
        {"article_id": ["a"], "text": ["mayor’s mayor's co\u00adoperate cooperate well‑known well-known"]}
    )
    counted = terms.frequency(table)
    assert dict(zip(counted["term"], counted["count"], strict=True)) == {"cooperate": 2, "mayor's": 2, "well-known": 2}


def test_the_arrays_cannot_be_changed_by_an_analysis(articles):
    counted = terms.tokens(articles)
    for run in range(2):
        terms.document_term_matrix(counted, ngrams=(1, 2))
        assert counted.lengths.tolist() == [11, 11, 12, 8], run
    with pytest.raises(ValueError, match="read-only"):
        counted.offsets[0] = 1


def test_lists_need_as_many_rows_as_documents():
    with pytest.raises(InvalidQuery, match="2 documents but 1"):
        terms.tokens_from_lists([["a"], ["b"]], articles=pd.DataFrame({"article_id": ["x"]}))


def test_a_long_vocabulary_is_tokenised_in_batches(monkeypatch):
    from corpus_tools.terms import _coding

    texts = [f"w{n} x{n % 7}" for n in range(300)]
    table = pd.DataFrame({"article_id": [str(n) for n in range(300)], "text": texts})
    whole = terms.tokens(table)
    monkeypatch.setattr(_coding, "_BATCH", 50)
    parts = terms.tokens(table)
    assert np.array_equal(whole.codes, parts.codes)
    assert whole.vocabulary.equals(parts.vocabulary)
