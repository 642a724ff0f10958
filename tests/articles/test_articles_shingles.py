"""Runs of words as numbers, and samples of them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import schema
from corpus_tools.articles import _overlaps, reprints
from corpus_tools.articles._overlaps import Pairs, Sample
from corpus_tools.articles._shingles import batches, shingles

TEXT = "The lock keeper of Orin closed both gates before noon, and nobody in the harbour knew why."


def test_case_and_marks_do_not_count():
    same = "the LOCK keeper of orin: closed – both gates “before” noon and nobody in the harbour knew why"
    assert shingles(TEXT).tolist() == shingles(same).tolist()
    assert len(shingles(TEXT)) == 13
    assert len(shingles(TEXT, 16)) == 2
    assert len(shingles(TEXT, 18)) == 0


def test_order_and_letters_count():
    assert not set(shingles(TEXT)) & set(shingles(" ".join(reversed(TEXT.split()))))
    assert shingles("abc", 1).tolist() != shingles("acb", 1).tolist()
    assert shingles("ÉTÉ", 1).tolist() == shingles("été", 1).tolist() != shingles("ete", 1).tolist()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(st.sampled_from("ab é\n’𝒳\ud800"), max_size=30), max_size=8), st.integers(1, 3))
def test_many_texts_at_once_are_each_by_itself(texts, words):
    found = [(hashes, owners) for hashes, owners in batches(texts, words)]
    for place, text in enumerate(texts):
        mine = [hashes[owners == place] for hashes, owners in found]
        assert np.unique(np.concatenate(mine)).tolist() == shingles(text, words).tolist()


def test_long_texts_among_short_ones():
    texts = ["one two", "word " * 40_000, "three four", ""]
    counts = np.zeros(4, dtype=int)
    for hashes, owners in batches(texts, 2):
        counts += np.bincount(owners, minlength=4)
        assert len(hashes) == len(owners)
    assert counts.tolist() == [1, 39_999, 1, 0]


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)), st.integers(50, 400))
def test_a_sample_does_not_depend_on_the_order(order, most):
    chance = np.random.default_rng(3)
    pieces = {place: chance.integers(0, 1 << 64, 100, dtype=np.uint64) >> 8 << 8 for place in range(6)}
    starts = {place: place * 10 for place in range(6)}

    def taken(places):
        sample = Sample(1)
        sample._most = most
        for place in places:
            sample.add(place, pieces[place])
        return sample.runs(starts).tolist(), sample.scale

    runs, scale = taken(range(6))
    assert taken(order) == (runs, scale)
    assert most * 0.6 <= len(runs) <= most or most >= 600
    assert scale == pytest.approx(600 / len(runs), rel=0.35)


def test_pairs_add_up_in_any_order():
    chance = np.random.default_rng(4)
    pieces = []
    for _ in range(9):
        codes = np.unique(chance.integers(0, 50, 30))
        pieces.append(Pairs(codes, chance.integers(1, 9, len(codes))))
    total = np.zeros(50, dtype=int)
    for pairs in pieces:
        total[pairs.codes] += pairs.counts
    for order in (pieces, pieces[::-1], pieces[4:] + pieces[:4]):
        found = _overlaps.joined(order)
        assert found.codes.tolist() == np.flatnonzero(total).tolist()
        assert found.counts.tolist() == total[total > 0].tolist()


def _articles(count, copies):
    chance = np.random.default_rng(5)
    words = np.array([f"w{number}" for number in range(3_000)])
    texts = [" ".join(words[chance.integers(0, 3_000, 200)]) for _ in range(count)]
    rows = [{"article_id": f"a{place}", "published": "2016-08-02", "text": text} for place, text in enumerate(texts)]
    rows += [{"article_id": f"b{place}", "published": "2016-08-03", "text": texts[place][:900]} for place in copies]
    return schema.ARTICLES.conform(rows)


def test_a_sample_finds_what_all_runs_find(monkeypatch):
    articles = _articles(300, range(60))
    exact = reprints(articles)
    monkeypatch.setattr(_overlaps, "LEAST", 1)
    monkeypatch.setattr(_overlaps, "EACH", 50)
    monkeypatch.setattr(_overlaps, "_WINDOW", 1_000)
    found = reprints(articles)
    columns = ["article_id", "cluster", "role", "source_article_id"]
    pd.testing.assert_frame_equal(found[columns], exact[columns])
    assert len(found) == 120
    assert (found["share_kept"] - exact["share_kept"]).abs().max() < 0.25


def test_pieces_make_no_difference(monkeypatch):
    articles = _articles(200, range(40))
    exact = reprints(articles)
    monkeypatch.setattr(_overlaps, "_WINDOW", 700)
    monkeypatch.setattr("corpus_tools.articles.reprinting._PIECE", 7)
    pd.testing.assert_frame_equal(reprints(articles), exact)


def test_without_dates_an_article_that_merges_two_stories_does_not_join_them():
    chance = np.random.default_rng(6)
    words = np.array([f"w{number}" for number in range(3_000)])
    first, second = (" ".join(words[chance.integers(0, 3_000, 300)]) for _ in range(2))
    rows = [
        {"article_id": "a", "text": first},
        {"article_id": "a-trimmed", "text": first[:800]},
        {"article_id": "b", "text": second},
        {"article_id": "b-trimmed", "text": second[:500]},
        {"article_id": "ab", "text": first + " " + second[:900]},
    ]
    found = reprints(schema.ARTICLES.conform(rows)).set_index("article_id")["cluster"]
    assert found["a"] == found["a-trimmed"] == found["ab"] != found["b"] == found["b-trimmed"]


def test_windows_keep_alike_runs_together():
    runs = np.sort(
        np.repeat(np.arange(1, 60, dtype=np.uint64) << np.uint64(24), 7) + np.tile(np.arange(7, dtype=np.uint64), 59)
    )
    found = list(_overlaps.windows(runs, 24, 7, 10))
    assert sum(len(window.runs) for window in found) == len(runs)
    pairs = _overlaps.joined(map(_overlaps.counted, found))
    assert len(pairs.codes) == 21
    shared = _overlaps.overlaps(pairs, np.zeros(7, dtype=np.int64), 1.0).shared
    assert set(shared.tolist()) == {59}


@pytest.mark.parametrize("window", [1, 3, 1 << 20])
def test_runs_are_kept_once_in_windows_of_any_size(monkeypatch, window):
    monkeypatch.setattr(_overlaps, "_WINDOW", window)
    for size in (0, 1, 2, 200):
        runs = np.sort(np.random.default_rng(size).integers(0, size // 2 + 1, size).astype(np.uint64))
        expected = np.unique(runs)
        assert np.array_equal(_overlaps._each_once(runs), expected)
