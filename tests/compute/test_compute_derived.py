"""Tables kept beside a corpus: whole, right, and used again only while they are."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.articles import Corpus
from corpus_tools.compute import Engine, derive, derived, rows
from corpus_tools.compute.storing import from_parquet, to_parquet
from corpus_tools.errors import DamagedCorpus, InvalidQuery


def kept(corpus: Corpus, name: str) -> list[Path]:
    return sorted((Path(str(corpus.path)) / "derived" / name).iterdir())


@pytest.mark.parametrize("name", ["attributions", "expressions", "events"])
def test_tables_come_back_as_they_were(corpus: Corpus, name: str) -> None:
    assert derived(corpus, name) is None
    done = derive(corpus, name)
    assert (done.computed, done.reused, len(done.rejected)) == (5, 0, 0)
    table = derived(corpus, name)
    assert table is not None
    assert len(table) == done.rows > 20
    analysis = ct.compute.ANALYSES[name]
    whole = pd.concat([analysis.table(part, {}, lambda _: None) for part in corpus.parts()], ignore_index=True)
    pd.testing.assert_frame_equal(table, whole)
    ct.schema.validate(table, name)


def test_spans_and_hedges_survive(corpus: Corpus) -> None:
    table = ct.attribution.find(corpus.articles)
    assert table["hedges"].map(len).sum() > 3
    pd.testing.assert_frame_equal(from_parquet(to_parquet(table, "attributions"), "attributions"), table)


def test_only_what_is_new_is_computed(corpus: Corpus, tmp_path: Path) -> None:
    derive(corpus, "expressions")
    again = derive(corpus, "expressions")
    assert (again.computed, again.reused, again.bytes_written) == (0, 5, 0)
    (tmp_path / "new.txt").write_text("The bridge opened on 4 May 2016.")
    ct.build(tmp_path / "new.txt", corpus.path)
    larger = ct.open(corpus.path)
    assert derived(larger, "expressions") is None
    more = derive(larger, "expressions", engine=Engine("processes", jobs=2))
    assert (more.computed, more.reused, more.rows) == (1, 5, 1)
    assert derived(larger, "expressions") is not None


def test_other_code_and_other_options_are_not_mixed_up(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    derive(corpus, "attributions")
    first = kept(corpus, "attributions")
    assert derived(corpus, "attributions", mode="balanced") is not None
    derive(corpus, "attributions", mode="precise")
    assert len(kept(corpus, "attributions")) == 10
    assert derived(corpus, "attributions", mode="recall") is None
    monkeypatch.setattr("corpus_tools.compute.keeping.digest", lambda: "0" * 16)
    assert derived(corpus, "attributions") is None
    assert derive(corpus, "attributions").computed == 5
    assert not set(first) & set(kept(corpus, "attributions"))
    assert len(kept(corpus, "attributions")) == 10


def test_tables_of_parts_that_are_gone_go_too(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("The bridge opened on 4 May 2016.")
    ct.build(tmp_path / "new.txt", corpus.path)
    derive(ct.open(corpus.path), "expressions")
    (tmp_path / "new.txt").write_text("The bridge opened on 5 May 2016.")
    ct.build(tmp_path / "new.txt", corpus.path)
    derive(ct.open(corpus.path), "expressions")
    assert len(kept(corpus, "expressions")) == 6


def test_rows_of_a_selection_are_those_of_its_articles(corpus: Corpus) -> None:
    speaking = corpus.articles["article_id"].isin(ct.attribution.find(corpus.articles)["article_id"])
    chosen = corpus.articles[speaking].iloc[[7, 3, 5]]
    expected = rows(corpus, "attributions", chosen)
    derive(corpus, "attributions")
    pd.testing.assert_frame_equal(rows(corpus, "attributions", chosen), expected)
    assert expected["article_id"].unique().tolist() == chosen["article_id"].tolist()


def test_events_are_made_of_the_tables_that_are_there(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    few = corpus.articles.iloc[[4, 2]]
    expected = rows(corpus, "events", few)
    derive(corpus, "attributions")
    derive(corpus, "expressions")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("these are there")

    monkeypatch.setattr(ct.attribution, "find", never)
    monkeypatch.setattr(ct.timeline, "expressions", never)
    pd.testing.assert_frame_equal(rows(corpus, "events", few), expected)
    assert derive(corpus, "events").computed == 5
    pd.testing.assert_frame_equal(rows(corpus, "events", few), expected)


def test_a_full_disk_leaves_nothing_half_written(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("corpus_tools.articles.places.os.fsync", full)
    done = derive(corpus, "expressions")
    assert done.computed == 0
    assert done.rejected["source_path"].tolist() == corpus.part_names
    assert done.rejected["detail"].str.contains("No space left").all()
    assert kept(corpus, "expressions") == []


def test_a_damaged_table_is_named(corpus: Corpus) -> None:
    derive(corpus, "expressions")
    kept(corpus, "expressions")[0].write_bytes(b"no Parquet")
    with pytest.raises(DamagedCorpus, match=r"derived/expressions/.*remove it"):
        derived(corpus, "expressions")


def test_raw_files_and_unknown_names_are_refused(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "dam.txt").write_text("The dam broke.")
    with pytest.raises(InvalidQuery, match="build one first"):
        derive(ct.open(tmp_path / "dam.txt"), "expressions")
    with pytest.raises(InvalidQuery, match="attributions, expressions, events"):
        derive(corpus, "weather")


@pytest.fixture
def remote(corpus: Corpus) -> str:
    """Put a copy of the corpus on a store in memory."""
    upath = pytest.importorskip("upath", reason="universal-pathlib is not installed")
    target = upath.UPath("memory://bucket/corpus")
    for file in Path(str(corpus.path)).rglob("*"):
        if file.is_file():
            copy = target / file.relative_to(str(corpus.path)).as_posix()
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    return "memory://bucket/corpus"


def test_a_corpus_on_an_object_store(corpus: Corpus, remote: str) -> None:
    there = ct.open(remote)
    assert there.fingerprint == corpus.fingerprint
    pd.testing.assert_frame_equal(there.articles, corpus.articles)
    assert derive(there, "expressions").computed == 5
    table = derived(there, "expressions")
    derive(corpus, "expressions")
    pd.testing.assert_frame_equal(table, derived(corpus, "expressions"))


def test_a_store_without_a_corpus() -> None:
    pytest.importorskip("upath", reason="universal-pathlib is not installed")
    with pytest.raises(ct.errors.UnreadableInput, match="There is no corpus at memory://empty"):
        ct.open("memory://empty/nothing")


def test_a_store_whose_library_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("upath", reason="universal-pathlib is not installed")
    import sys

    import fsspec.registry  # noqa: F401  # the package's attribute of that name is something else

    known = sys.modules["fsspec.registry"].known_implementations
    monkeypatch.setitem(known, "wire", {"class": "wirefs.Wire", "err": "Install wirefs"})
    with pytest.raises(ct.errors.UnreadableInput, match="wire://archive/corpus cannot be opened: Install wirefs"):
        ct.open("wire://archive/corpus")


def test_the_command_line_keeps_tables(corpus: Corpus) -> None:
    from typer.testing import CliRunner

    from corpus_tools.cli import app

    def told(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["compute", *arguments])
        return result.exit_code, result.output

    code, said = told("expressions", str(corpus.path), "--jobs", "2")
    assert code == 0
    assert "5 parts analysed, 0 kept from before" in said
    again = told("expressions", "--corpus", str(corpus.path), "--engine", "here")[1]
    assert "0 parts analysed, 5 kept from before" in again
    with pytest.raises(InvalidQuery, match="Name one corpus"):
        CliRunner().invoke(app, ["compute", "expressions"], catch_exceptions=False)
    gone = corpus.part_names[0]
    (Path(str(corpus.path)) / gone).unlink()
    code, said = told("attributions", str(corpus.path), "--engine", "here")
    assert code == 1
    assert f"rejected: {gone}" in said
