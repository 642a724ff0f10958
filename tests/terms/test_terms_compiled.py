"""The compiled loops and the array operations give what plain Python gives, on text of many scripts."""

import sys
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_tools import terms
from corpus_tools.language import words
from corpus_tools.terms import _compiled, _stretches
from corpus_tools.terms._columns import Columns, rows
from corpus_tools.terms.tokens import Specification

#: What words are made of and parted by, so that random text holds much of what is hard.
PIECES = [
    *("The", "dam", "DON'T", "don’t", "well-known", "re--read", "U.S.", "e.g.", "a", "A1", "1,234.5", "10:30", "50%"),
    *("www.", "www.(", "https://", "HTTP://x.y/Z", "https://a.b/c)", "b@c.de", "@name", "#tag", "_#tag", "x_y", "_z_"),
    *(
        "हिन्दी",
        "भाषा",
        "ภาษาไทย",
        "İstanbul",
        "ılık",
        "cafe\u0301",
        "café",
        "co\u00adop",
        "a\u200bb",
        "ß",
        "日本語",
        "Σίσυφος",
    ),
    *(
        "“Quote”",
        "(see)",
        "[1]",
        "-5",
        "--",
        "…",
        "—",
        "yes/no",
        "example.com-",
        "example.com.",
        "rock-'n'-roll",
        "dogs'",
    ),
    *(
        "\x00",
        "\x01a",
        "\x1c",
        "\x7f",
        "\u00a0",
        "\u0085",
        "\u2028",
        "abcdefgh",
        "abcdefghi",
        "abcdefghiJKLMNOPQ",
        "null",
    ),
]
TEXTS = st.lists(
    st.one_of(
        st.none(),
        st.lists(
            st.tuples(
                st.one_of(st.sampled_from(PIECES), st.text(max_size=12)),
                st.sampled_from([" ", " ", " ", "\n", "", ", ", ". ", "\t"]),
            ),
            max_size=25,
        ).map(lambda pairs: "".join(piece + mark for piece, mark in pairs)),
    ),
    max_size=6,
)


@pytest.fixture(params=["arrays", "compiled"], scope="module")
def path(request):
    """Make every job take one path."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "compiled":
            pytest.importorskip("numba")
        least = 0 if request.param == "compiled" else 10**12
        patch.setattr(_compiled, "LEAST", least)
        patch.setattr(_compiled, "LEAST_WHEN_LOADED", least)
        yield request.param


def table_of(texts):
    return pd.DataFrame({"article_id": [str(n) for n in range(len(texts))], "text": pd.Series(texts, dtype="str")})


def documents_of(texts, **options):
    """Tokenise the plain way."""
    normalise = Specification(**options).normaliser()
    return [[normalise(text[start:end]) for start, end in words(text)] if text else [] for text in texts]


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.booleans())
@example(["http://a\x01b.com c", "x\x1cy", "", None, "a" * 100 + " " + "A" * 100], True)
def test_words_are_those_of_plain_python(path, texts, lowercase):
    counted = terms.tokens(table_of(texts), lowercase=lowercase)
    expected = documents_of(texts, lowercase=lowercase)
    assert counted.terms(counted.codes) == [term for document in expected for term in document]
    assert counted.lengths.tolist() == [len(document) for document in expected]
    assert counted.vocabulary.to_pylist() == sorted({term for document in expected for term in document})


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from([(1,), (2,), (1, 2), (1, 2, 3), (3,), (2, 4)]))
def test_counts_of_runs_are_those_of_plain_python(path, texts, sizes):
    matrix = terms.document_term_matrix(table_of(texts), ngrams=sizes)
    columns = matrix.terms.to_pylist()
    for row, document in enumerate(documents_of(texts)):
        runs = Counter(
            " ".join(document[place : place + size]) for size in sizes for place in range(len(document) - size + 1)
        )
        begin, end = matrix.counts.indptr[row : row + 2]
        cells = matrix.counts.indices[begin:end].tolist()
        assert cells == sorted(set(cells))
        found = dict(zip([columns[cell] for cell in cells], matrix.counts.data[begin:end].tolist(), strict=True))
        assert found == runs
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("by", [None, "outlet", ["outlet", "month"]])
def test_counts_in_groups_are_those_of_plain_python(path, articles, by, monkeypatch):
    options = {"by": by, "stopwords": ["the"], "min_count": 2}
    table = terms.frequency(articles, **options)
    monkeypatch.setattr(sys.modules["corpus_tools.terms.frequency"], "_MOST_CELLS", 0)
    pd.testing.assert_frame_equal(terms.frequency(articles, **options), table)
    assert table.attrs == terms.frequency(terms.document_term_matrix(articles), by=by).attrs
    if by == "outlet":
        names = articles["outlet"].fillna("(missing)").tolist()
        documents = documents_of(articles["text"])
        everything = Counter(word for document in documents for word in document)
        expected = {
            (name, word): (
                sum(document.count(word) for document, at in zip(documents, names, strict=True) if at == name),
                sum(word in document for document, at in zip(documents, names, strict=True) if at == name),
            )
            for name in names
            for document, at in zip(documents, names, strict=True)
            if at == name
            for word in document
            if everything[word] >= 2 and word != "the"
        }
        rows = table[["outlet", "term", "count", "documents"]].itertuples(index=False)
        assert {(name, term): (count, documents) for name, term, count, documents in rows} == expected


def test_both_paths_give_equal_matrices(monkeypatch):
    pytest.importorskip("numba")
    chance = np.random.default_rng(3)
    texts = [" ".join(chance.choice(PIECES, size)) for size in chance.integers(0, 60, 40)]
    results = []
    for least in (0, 10**12):
        monkeypatch.setattr(_compiled, "LEAST", least)
        monkeypatch.setattr(_compiled, "LEAST_WHEN_LOADED", least)
        results.append(terms.document_term_matrix(table_of(texts), ngrams=(1, 2, 3), min_count=2))
    one, other = results
    assert one.terms.equals(other.terms)
    assert one.counts.dtype == other.counts.dtype
    assert (one.counts != other.counts).nnz == 0
    assert one.sizes.tolist() == other.sizes.tolist()


def test_blocks_of_documents_share_their_numbers(path, monkeypatch):
    texts = [f"The dam number{n % 7} “old” U.S. extraordinarily{n % 3}" for n in range(60)]
    whole = terms.tokens(table_of(texts))
    monkeypatch.setattr(_stretches, "_BLOCK", 100)
    parts = terms.tokens(table_of(texts))
    assert np.array_equal(whole.codes, parts.codes)
    assert whole.vocabulary.equals(parts.vocabulary)


def test_slices_and_chunks_of_a_table_are_read_with_their_own_offsets(path):
    whole = pd.concat([table_of(["one two", "three"]), table_of(["", "four five"])], ignore_index=True)
    for part in (whole.iloc[1:], whole.iloc[::-1], whole.iloc[1:1]):
        counted = terms.tokens(part)
        assert [
            counted.terms(counted.codes)[a:b] for a, b in zip(counted.offsets, counted.offsets[1:], strict=False)
        ] == [text.split() for text in part["text"]]


def test_stems_join_words_of_both_kinds(path):
    counted = terms.frequency(table_of(["Floods flooded “flooding”."]), stemming="english")
    assert counted[["term", "count"]].to_numpy().tolist() == [["flood", 3]]


def test_stretches_that_share_a_hash_are_told_apart():
    kernels = pytest.importorskip("corpus_tools.terms._kernels")
    data = np.frombuffer(b"extraordinary ExtraordinarY extraordinaly", dtype=np.uint8)
    lower, same = _stretches._bytes.lowered(), _stretches._bytes.unchanged()
    codes = np.zeros(3, dtype=np.int32)
    rows_of = [[0, 0, 13], [1, 14, 13], [2, 28, 13]]

    def agree(rows, lowered):
        return kernels.sample(data, lowered, codes, np.array(rows), np.zeros((1, 2), dtype=np.int64))

    assert agree(rows_of[:2], lower)
    assert not agree(rows_of[:2], same)
    assert not agree(rows_of, lower)
    assert not agree([[0, 0, 13], [1, 14, 12]], lower)
    assert not agree([[0, 0, -13], [1, 14, -13]], lower)


def test_what_shares_a_hash_is_counted_with_arrays(monkeypatch):
    kernels = pytest.importorskip("corpus_tools.terms._kernels")
    monkeypatch.setattr(_compiled, "LEAST_WHEN_LOADED", 0)
    monkeypatch.setattr(kernels, "sample", lambda *_: False)
    assert terms.frequency(table_of(["extraordinary dams"]))["term"].tolist() == ["dams", "extraordinary"]


def test_small_jobs_and_places_without_numba_take_arrays(monkeypatch):
    monkeypatch.setattr(_compiled, "LEAST", 1000)
    monkeypatch.setattr(_compiled, "LEAST_WHEN_LOADED", 100)
    assert _compiled.kernels(99) is None
    monkeypatch.delitem(sys.modules, "corpus_tools.terms._kernels", raising=False)
    assert _compiled.kernels(_compiled.LEAST - 1) is None
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delattr(terms, "_kernels", raising=False)
    monkeypatch.delitem(sys.modules, "corpus_tools.terms._count_kernels", raising=False)
    assert _compiled.kernels(_compiled.LEAST) is None


def test_rows_of_no_columns(path):
    none = Columns(np.empty((0, 2), np.int32), np.zeros(1, np.int64), np.empty((0, 1), np.int32))
    assert rows([none], 3).shape == (3, 0)
