"""Every engine gives the same, and a part that fails does not take the others with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.articles import Corpus
from corpus_tools.compute import Engine, on_dask, run, versions
from corpus_tools.compute.storing import to_parquet
from corpus_tools.errors import DamagedCorpus, EngineUnavailable, InvalidQuery

NAMES = ["here", "processes", "dask"]
each_engine = pytest.mark.parametrize("engine", NAMES, indirect=True)
# Dask warns of a port that is taken and of its own shutting down; that is not what is tested here.
pytestmark = pytest.mark.filterwarnings("ignore")


@each_engine
def test_all_engines_give_the_same_rows(corpus: Corpus, engine: Engine) -> None:
    table = run(corpus, ct.attribution.find, engine=engine).table
    whole = pd.concat([ct.attribution.find(part) for part in corpus.parts()], ignore_index=True)
    assert len(whole) > 50
    pd.testing.assert_frame_equal(table, whole)
    assert to_parquet(table, "attributions") == to_parquet(whole, "attributions")


@each_engine
def test_all_engines_give_the_same_tokens(corpus: Corpus, engine: Engine) -> None:
    table = run(corpus, ct.language.tokens_table, engine=engine).table
    expected = pd.concat(map(ct.language.tokens_table, corpus.parts()), ignore_index=True)
    assert len(expected) > 1000
    pd.testing.assert_frame_equal(table, expected)


@each_engine
def test_all_engines_give_the_same_counts(corpus: Corpus, engine: Engine) -> None:
    whole = ct.terms.frequency(corpus.articles, ngrams=(1, 2), by="outlet")
    found = run(
        corpus, ct.terms.frequency, combine=ct.terms.combine_frequencies, engine=engine, ngrams=(1, 2), by="outlet"
    )
    pd.testing.assert_frame_equal(found.table, whole)
    assert found.table.attrs == whole.attrs


def test_a_cluster_is_started_when_none_is_named(corpus: Corpus) -> None:
    found = run(corpus, ct.timeline.expressions, engine=Engine("dask", jobs=1))
    pd.testing.assert_frame_equal(found.table, run(corpus, ct.timeline.expressions).table)


def test_counts_of_the_whole_corpus_compare_with_those_of_an_outlet(corpus: Corpus) -> None:
    outlet = corpus.articles["outlet"].mode()[0]
    counts = run(corpus, ct.terms.frequency, combine=ct.terms.combine_frequencies, by="outlet").table
    one, rest = counts[counts["outlet"] == outlet], counts[counts["outlet"] != outlet]
    rest = rest.groupby("term", as_index=False)["count"].sum()
    chosen = corpus.articles["outlet"] == outlet
    whole = ct.terms.keyness(corpus.articles[chosen], corpus.articles[~chosen])
    found = ct.terms.keyness(one, rest)
    assert found["term"].head(20).tolist() == whole["term"].head(20).tolist()
    assert found["score"].head(20).tolist() == pytest.approx(whole["score"].head(20).tolist())


@each_engine
def test_a_wrong_call_ends_at_once(corpus: Corpus, engine: Engine) -> None:
    with pytest.raises(InvalidQuery, match="mode"):
        run(corpus, ct.attribution.find, engine=engine, mode="loud")


@each_engine
def test_a_part_that_is_gone_is_named_and_the_rest_is_counted(corpus: Corpus, engine: Engine) -> None:
    gone = corpus.part_names[2]
    rest = [part for name, part in zip(corpus.part_names, corpus.parts(), strict=True) if name != gone]
    (Path(corpus.path) / gone).unlink()
    found = run(corpus, ct.timeline.expressions, engine=engine)
    assert found.rejected[["source_path", "reason"]].to_numpy().tolist() == [[gone, "damaged"]]
    assert gone in found.rejected["detail"][0]
    expected = pd.concat([ct.timeline.expressions(part) for part in rest], ignore_index=True)
    pd.testing.assert_frame_equal(found.table, expected)


def test_a_corpus_of_which_nothing_is_left_is_an_error(corpus: Corpus) -> None:
    for name in corpus.part_names:
        (Path(corpus.path) / name).write_bytes(b"no Parquet")
    with pytest.raises(DamagedCorpus, match="No part of the corpus could be analysed"):
        run(corpus, ct.timeline.expressions)


def _once(articles: pd.DataFrame, *, marker: str, fail: Callable[[], None], first: str) -> pd.DataFrame:
    """Fail on the part with this article, the first time only."""
    if first in set(articles["article_id"]) and not Path(marker).exists():
        Path(marker).write_text("failed")
        fail()
    return articles[["article_id", "title"]]


def _always(articles: pd.DataFrame, *, fail: Callable[[], None], first: str) -> pd.DataFrame:
    if first in set(articles["article_id"]):
        fail()
    return articles[["article_id", "title"]]


def _stop() -> None:
    raise OSError("a moment's trouble")


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _third(corpus: Corpus) -> str:
    return str(list(corpus.parts())[2]["article_id"].iloc[0])


@each_engine
def test_a_moments_trouble_is_tried_again(corpus: Corpus, engine: Engine, tmp_path: Path) -> None:
    work = partial(_once, marker=str(tmp_path / "marker"), fail=_stop, first=_third(corpus))
    found = run(corpus, work, engine=engine)
    assert found.rejected.empty
    assert sorted(found.table["article_id"]) == sorted(corpus.articles["article_id"])


@each_engine
def test_lasting_trouble_is_noted(corpus: Corpus, engine: Engine) -> None:
    found = run(corpus, partial(_always, fail=_stop, first=_third(corpus)), engine=engine)
    assert found.rejected[["source_path", "reason"]].to_numpy().tolist() == [[corpus.part_names[2], "failed"]]
    assert "OSError: a moment's trouble" in found.rejected["detail"][0]
    assert len(found.table) == len(corpus.articles) - 4


def test_a_part_whose_worker_is_killed_is_tried_again_also_when_it_is_the_only_one(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("Rain in Harl\n\nIt rained all day, the mayor said.")
    ct.build(tmp_path / "rain.txt", tmp_path / "one")
    one = ct.open(tmp_path / "one")
    work = partial(_once, marker=str(tmp_path / "marker"), fail=_kill, first=one.articles["article_id"][0])
    found = run(one, work, engine=Engine("processes", 2))
    assert (tmp_path / "marker").exists()
    assert found.rejected.empty
    assert found.table["title"].tolist() == ["Rain in Harl"]


@pytest.mark.parametrize("engine", NAMES[1:], indirect=True)
def test_a_killed_worker_loses_nothing_and_doubles_nothing(corpus: Corpus, engine: Engine, tmp_path: Path) -> None:
    work = partial(_once, marker=str(tmp_path / "marker"), fail=_kill, first=_third(corpus))
    found = run(corpus, work, engine=engine)
    assert (tmp_path / "marker").exists()
    assert found.rejected.empty
    expected = [article for part in corpus.parts() for article in part["article_id"]]
    assert found.table["article_id"].tolist() == expected


def _also_remove(articles: pd.DataFrame, *, gone: str) -> pd.DataFrame:
    """Have another part vanish while the first ones are analysed."""
    Path(gone).unlink(missing_ok=True)
    return articles[["article_id", "title"]]


@each_engine
def test_a_part_removed_during_the_job_is_named(corpus: Corpus, engine: Engine) -> None:
    gone = corpus.part_names[-1]
    expected = [article for part in list(corpus.parts())[:-1] for article in part["article_id"]]
    # On several workers the last part may have been read by the time it goes.
    found = run(corpus, partial(_also_remove, gone=str(Path(str(corpus.path)) / gone)), engine=engine)
    named = found.rejected[["source_path", "reason"]].to_numpy().tolist()
    if engine.name == "here":
        assert named == [[gone, "damaged"]]
    assert named in ([], [[gone, "damaged"]])
    assert found.table["article_id"].tolist()[: len(expected)] == expected
    assert len(found.table) == (len(expected) if named else len(corpus))


def _limit_files(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def test_no_room_on_a_workers_disk_leaves_nothing_half_written(corpus: Corpus) -> None:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as running,
        Client(running, set_as_default=False) as client,
    ):
        client.run(_limit_files, 100)
        done = ct.compute.derive(corpus, "expressions", engine=Engine("dask", scheduler=running.scheduler_address))
    assert done.computed == 0
    assert done.rejected["source_path"].tolist() == corpus.part_names
    assert done.rejected["detail"].str.contains("File too large").all()
    assert list((Path(str(corpus.path)) / "derived" / "expressions").iterdir()) == []


def test_a_part_that_kills_every_worker_is_noted(corpus: Corpus) -> None:
    work = partial(_always, fail=_kill, first=_third(corpus))
    found = run(corpus, work, engine=Engine("processes", jobs=2))
    assert found.rejected[["source_path", "reason"]].to_numpy().tolist() == [[corpus.part_names[2], "worker_died"]]
    assert len(found.table) == len(corpus.articles) - 4


def test_raw_files_go_through_every_engine(tmp_path: Path) -> None:
    (tmp_path / "dam.txt").write_text("The dam broke. Nobody saw the dam.")
    raw = ct.open(tmp_path)
    for engine in (Engine("here"), Engine("processes", jobs=2)):
        found = run(raw, ct.terms.frequency, combine=ct.terms.combine_frequencies, engine=engine)
        assert found.table[["term", "count"]].head(1).to_numpy().tolist() == [["dam", 2]]


def test_an_empty_corpus_gives_an_empty_table(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    raw = ct.open(tmp_path)
    found = run(raw, ct.attribution.find)
    assert len(found.table) == 0
    ct.schema.validate(found.table, "attributions")


def test_the_engine_is_chosen_for_a_block() -> None:
    with ct.engine("processes", jobs=3) as chosen:
        assert chosen == Engine("processes", 3) == ct.compute.current()
    assert ct.compute.current() == Engine("here")
    with pytest.raises(InvalidQuery, match="here, processes, dask"), ct.engine("spark"):
        pass
    with pytest.raises(InvalidQuery, match="scheduler"), ct.engine("processes", scheduler="tcp://127.0.0.1:1"):
        pass


def test_a_scheduler_that_is_not_there(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_dask, "PATIENCE", 1)
    engine = Engine("dask", scheduler="tcp://127.0.0.1:1")
    with pytest.raises(EngineUnavailable, match=r"tcp://127\.0\.0\.1:1 cannot be reached"):
        run(corpus, ct.timeline.expressions, engine=engine)
    with pytest.raises(InvalidQuery, match="'head-node' is no address of a scheduler"):
        run(corpus, ct.timeline.expressions, engine=Engine("dask", scheduler="head-node"))


def test_a_worker_with_other_code_is_refused(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "digest", lambda: "of another day")
    with pytest.raises(
        EngineUnavailable, match=r"has corpus-tools .* \(code [0-9a-f]{16}\), but here is .*another day"
    ):
        run(corpus, ct.timeline.expressions, engine=Engine("dask", jobs=1))


def _change_code() -> None:
    versions.digest = lambda: "of another day"  # type: ignore[assignment]


def test_workers_that_come_late_are_given_work_if_they_run_this_code(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import Client, LocalCluster

    monkeypatch.setattr(on_dask, "_ASKING", 0)
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as running,
        on_dask.on_dask(Engine("dask", scheduler=running.scheduler_address)) as pool,
        Client(running, set_as_default=False) as client,
    ):
        assert pool.window == 4
        running.scale(2)
        running.wait_for_workers(2)
        assert pool.window == 8
        (called,) = pool.done([pool.submit(abs, (-1,))])
        assert pool.fetch(pool.value(called)) == 1
        client.run(_change_code)
        (refused,) = pool.done([pool.submit(abs, (-1,))])
        with pytest.raises(
            EngineUnavailable, match=r"worker tcp.* has .*another day\), but here is .* \(code [0-9a-f]{16}"
        ):
            pool.value(refused)


class _Asked:
    """A client whose workers answer in turn what they are to."""

    def __init__(self, *answers: dict[str, object]) -> None:
        self._answers = list(answers)

    def wait_for_workers(self, _: int, timeout: int) -> None:
        assert timeout > 0

    def run(self, _: object, on_error: str) -> dict[str, object]:
        assert on_error == "return"
        return self._answers.pop(0)


def test_a_worker_that_dies_while_it_is_asked_is_no_reason_to_refuse() -> None:
    engine, lost = Engine("dask", scheduler="tcp://127.0.0.1:1"), OSError("stream is closed")
    here = versions.version()
    on_dask._check(_Asked({"a": lost, "b": here}), engine)
    on_dask._check(_Asked({"a": lost}, {"c": here}), engine)
    with pytest.raises(EngineUnavailable, match="were lost while they were asked"):
        on_dask._check(_Asked({"a": lost}, {"c": lost}), engine)
    with pytest.raises(EngineUnavailable, match=r"worker b cannot use corpus-tools .*ModuleNotFoundError"):
        on_dask._check(_Asked({"a": here, "b": ModuleNotFoundError("corpus_tools")}), engine)
