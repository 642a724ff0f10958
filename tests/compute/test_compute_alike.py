"""What is written is the same to the byte on every engine, and corpora of one article or none are no trouble."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.articles import Corpus
from corpus_tools.cli._reading_engine import reading_on
from corpus_tools.compute import Engine, derive, run
from tests.compute.conftest import SAMPLE

OTHERS = ["processes", "dask"]
# Dask warns of its own shutting down; that is not what is tested here.
pytestmark = pytest.mark.filterwarnings("ignore")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def written(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Derive all analyses in this process."""
    copy = tmp_path_factory.mktemp("here") / "corpus"
    shutil.copytree(folder, copy)
    for name in ct.compute.ANALYSES:
        derive(ct.open(copy), name, engine=Engine("here"))
    files = _files(copy / "derived")
    assert len(files) == 15
    return files


@pytest.mark.parametrize("engine", OTHERS, indirect=True)
def test_kept_tables_are_the_same_to_the_byte(corpus: Corpus, engine: Engine, written: dict[str, bytes]) -> None:
    for name in ct.compute.ANALYSES:
        derive(corpus, name, engine=engine)
    assert _files(Path(str(corpus.path)) / "derived") == written


@pytest.mark.parametrize("engine", OTHERS, indirect=True)
def test_a_corpus_is_built_the_same_to_the_byte(engine: Engine, tmp_path: Path) -> None:
    raw = sorted(SAMPLE.rglob("*.txt"))[20:40]
    ct.build(raw, tmp_path / "here")
    ct.build(raw, tmp_path / "there", over=reading_on(engine))
    built = _files(tmp_path / "here")
    assert len(built) >= 3
    assert _files(tmp_path / "there") == built


@pytest.mark.parametrize("engine", ["here", *OTHERS], indirect=True)
@pytest.mark.parametrize(
    "text", ["Rain in Harl\n\nThe dam broke on 3 May 2016 and killed 4 people, the mayor said.", ""]
)
def test_one_article_and_none(engine: Engine, text: str, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text(text)
    ct.build(tmp_path / "rain.txt", tmp_path / "corpus")
    corpus = ct.open(tmp_path / "corpus")
    assert len(corpus) == bool(text)
    calls = [
        (ct.attribution.find, None, {}),
        (ct.timeline.expressions, None, {}),
        (ct.language.tokens_table, None, {}),
        (ct.terms.frequency, ct.terms.combine_frequencies, {"by": "outlet"}),
        (ct.terms.collocation_counts, ct.terms.combine_collocation_counts, {"node": "dam"}),
        (partial(ct.terms.trend, terms=["dam"], freq="week"), ct.terms.combine_trends, {}),
    ]
    for analyse, combine, options in calls:
        found = run(corpus, analyse, combine=combine, engine=engine, **options)
        assert found.rejected.empty
        pd.testing.assert_frame_equal(found.table, analyse(corpus.articles, **options))
    assert ct.compute.reprints(corpus, engine=engine).table.empty
    assert len(ct.compute.merge(corpus, engine=engine).table) == bool(text)
    assert derive(corpus, "events", engine=engine).computed == bool(text)
