"""What compares all articles with each other gives on every engine what it gives in one go."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.articles import Corpus, _overlaps
from corpus_tools.compute import Engine, derive, derived, run
from corpus_tools.errors import DamagedCorpus, InvalidQuery
from corpus_tools.timeline import _matching

NAMES = ["here", "processes", "dask"]
each_engine = pytest.mark.parametrize("engine", NAMES, indirect=True)
# Dask warns of a port that is taken and of its own shutting down; that is not what is tested here.
pytestmark = pytest.mark.filterwarnings("ignore")
SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Build the sample in four parts, so that copies and their sources are in different ones."""
    folders = sorted(path for path in SAMPLE.iterdir() if path.is_dir() and path.name != "expected")
    target = tmp_path_factory.mktemp("wholes") / "corpus"
    for step in range(4):
        ct.build(folders[step::4], target)
    opened = ct.open(target)
    assert len(opened.part_names) == 4
    return opened


@each_engine
def test_reprints_are_those_of_all_articles_at_once(whole: Corpus, engine: Engine) -> None:
    expected = ct.articles.reprints(whole.articles)
    assert len(expected) > 12
    found = ct.compute.reprints(whole, engine=engine)
    pd.testing.assert_frame_equal(found.table, expected)
    assert found.rejected.empty


def test_reprints_in_many_blocks_and_from_a_sample(whole: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_overlaps, "_WINDOW", 500)
    monkeypatch.setattr(_overlaps, "LEAST", 1)
    monkeypatch.setattr(_overlaps, "EACH", 120)
    expected = ct.articles.reprints(whole.articles)
    assert len(expected) > 12
    pd.testing.assert_frame_equal(ct.compute.reprints(whole).table, expected)


@pytest.fixture(scope="module")
def merged(whole: Corpus) -> pd.DataFrame:
    """Keep the events of each part; merge them all at once."""
    derive(whole, "events")
    articles = pd.concat(list(whole.parts()), ignore_index=True)
    events = derived(whole, "events")
    assert events is not None
    table = ct.timeline.merge(events, articles, ct.articles.reprints(articles))
    assert (table["reports"] > 1).sum() > 20
    return table


@each_engine
def test_timelines_are_those_of_all_events_at_once(whole: Corpus, merged: pd.DataFrame, engine: Engine) -> None:
    found = ct.compute.merge(whole, reprints=ct.articles.reprints(whole.articles), engine=engine)
    pd.testing.assert_frame_equal(found.table, merged)
    assert found.rejected.empty


def test_timelines_of_kept_events_in_many_blocks(
    whole: Corpus, merged: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_matching, "_TOGETHER", 20)
    monkeypatch.setattr("corpus_tools.timeline.events", lambda *_, **__: pytest.fail("events are there"))
    found = ct.compute.merge(whole, reprints=ct.articles.reprints(whole.articles))
    pd.testing.assert_frame_equal(found.table, merged)


@each_engine
def test_collocations_and_trends_are_those_of_all_articles(corpus: Corpus, engine: Engine) -> None:
    options = {"node": "said", "window": 3}
    counts = run(
        corpus, ct.terms.collocation_counts, combine=ct.terms.combine_collocation_counts, engine=engine, **options
    ).table
    expected = ct.terms.collocations(corpus.articles, min_count=2, **options)
    assert len(expected) > 10
    pd.testing.assert_frame_equal(ct.terms.collocations_from_counts(counts, min_count=2), expected)
    follow = partial(ct.terms.trend, terms=["said", "strike"], freq="week")
    found = run(corpus, follow, combine=ct.terms.combine_trends, engine=engine).table
    pd.testing.assert_frame_equal(found, follow(corpus.articles))


def test_a_part_that_is_gone_is_named(corpus: Corpus) -> None:
    gone = corpus.part_names[1]
    rest = pd.concat([part for number, part in enumerate(corpus.parts()) if number != 1], ignore_index=True)
    (Path(str(corpus.path)) / gone).unlink()
    found = ct.compute.reprints(corpus)
    assert found.rejected["source_path"].tolist() == [gone]
    pd.testing.assert_frame_equal(found.table, ct.articles.reprints(rest))
    merged = ct.compute.merge(corpus)
    assert merged.rejected["source_path"].tolist() == [gone]
    assert len(merged.table) > 10


def test_nothing_left_and_wrong_options(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(InvalidQuery):
        ct.compute.reprints(corpus, threshold=0)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").write_text("")
    empty = ct.open(tmp_path / "raw")
    assert ct.compute.reprints(empty).table.empty
    assert ct.compute.merge(empty).table.empty
    for name in corpus.part_names:
        (Path(str(corpus.path)) / name).write_bytes(b"no Parquet")
    for compute in (ct.compute.reprints, ct.compute.merge):
        with pytest.raises(DamagedCorpus, match="No part of the corpus"):
            compute(corpus)
