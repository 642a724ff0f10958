"""The corpus on disk: atomic, incremental, one writer at a time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools import schema
from corpus_tools.errors import CorpusLocked, DamagedCorpus, DamagedPart, InvalidQuery, MetadataWarning


def _page(folder, name, text="It rained in {}.", date="2 Aug 2016"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Rain in {name}\n\nThe Harl Post, {date}\n\n" + text.format(name))
    return path


def _state(corpus):
    return {
        path.relative_to(corpus): path.read_bytes()
        for path in sorted(corpus.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture
def pages(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        _page(tmp_path / "in", name)
    return tmp_path / "in"


def test_built_corpus_is_what_was_read(pages, tmp_path):
    summary = ct.build(pages, into=tmp_path / "corpus")
    assert (summary.read, summary.added, summary.unchanged, summary.rejected, summary.articles) == (3, 3, 0, 0, 3)
    corpus, raw = ct.open(tmp_path / "corpus"), ct.open(pages)
    pd.testing.assert_frame_equal(corpus.articles, raw.articles)
    assert corpus.fingerprint == raw.fingerprint == summary.fingerprint
    assert (corpus.name, len(corpus), corpus.is_built, raw.is_built) == ("corpus", 3, True, False)
    schema.validate(corpus.articles, "articles")
    assert sum(len(part) for part in corpus.parts()) == 3


def test_again_with_the_same_inputs_nothing_is_written(pages, tmp_path):
    ct.build(pages, into=tmp_path / "corpus")
    before = _state(tmp_path / "corpus")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "corpus").rglob("*.parquet")}
    summary = ct.build(pages, into=tmp_path / "corpus")
    assert (summary.read, summary.added, summary.unchanged) == (0, 0, 3)
    assert _state(tmp_path / "corpus") == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_the_same_inputs_give_the_same_bytes(pages, tmp_path):
    ct.build(pages, into=tmp_path / "one")
    ct.build(pages, into=tmp_path / "two")
    assert _state(tmp_path / "one") == _state(tmp_path / "two")


def test_only_added_inputs_are_read(pages, tmp_path):
    ct.build(pages, into=tmp_path / "corpus")
    _page(pages, "d.txt")
    summary = ct.build(pages, into=tmp_path / "corpus")
    assert (summary.read, summary.added, summary.unchanged, summary.articles) == (1, 1, 3, 4)
    assert ct.open(tmp_path / "corpus").fingerprint == ct.open(pages).fingerprint
    pd.testing.assert_frame_equal(ct.open(tmp_path / "corpus").articles, ct.open(pages).articles)


def test_articles_of_changed_files_are_replaced(pages, tmp_path):
    ct.build(pages, into=tmp_path / "corpus")
    _page(pages, "b.txt", "It rained again in {}.")
    summary = ct.build(pages, into=tmp_path / "corpus")
    assert (summary.read, summary.added, summary.replaced, summary.articles) == (1, 1, 1, 3)
    pd.testing.assert_frame_equal(ct.open(tmp_path / "corpus").articles, ct.open(pages).articles)


def test_what_is_not_given_again_stays(pages, tmp_path):
    ct.build(pages, into=tmp_path / "corpus")
    _page(tmp_path / "more", "z.txt")
    summary = ct.build([tmp_path / "more"], into=tmp_path / "corpus")
    assert (summary.added, summary.articles) == (1, 4)


def test_files_of_one_name_in_two_places_are_two_inputs(tmp_path):
    _page(tmp_path / "one/news", "a.txt")
    _page(tmp_path / "two/news", "a.txt", "It was dry in {}.")
    ct.build(tmp_path / "one/news", into=tmp_path / "corpus")
    summary = ct.build(tmp_path / "two/news", into=tmp_path / "corpus")
    assert (summary.added, summary.replaced) == (1, 0)
    assert ct.open(tmp_path / "corpus").articles["source_path"].tolist() == ["news/a.txt", "two/news/a.txt"]


def test_duplicates_and_rejected_are_kept_in_the_corpus(pages, tmp_path):
    (pages / "copy.txt").write_bytes((pages / "a.txt").read_bytes())
    (pages / "scan.png").write_bytes(b"\x89PNG")
    summary = ct.build(pages, into=tmp_path / "corpus")
    assert (summary.duplicates, summary.rejected, summary.reasons) == (1, 2, {"duplicate": 1, "unsupported": 1})
    rejected = ct.open(tmp_path / "corpus").rejected
    schema.validate(rejected, "rejected")
    assert rejected["reason"].tolist() == ["duplicate", "unsupported"]
    again = ct.build(pages, into=tmp_path / "corpus")
    assert (again.read, again.unchanged) == (0, 5)


def test_copy_comes_in_when_the_first_has_changed(pages, tmp_path):
    (pages / "copy.txt").write_bytes((pages / "a.txt").read_bytes())
    ct.build(pages, into=tmp_path / "corpus")
    _page(pages, "a.txt", "It was dry in {}.")
    summary = ct.build(pages, into=tmp_path / "corpus")
    assert (summary.read, summary.added, summary.articles) == (2, 2, 4)
    assert len(ct.open(tmp_path / "corpus").rejected) == 0


def test_later_dates_settle_earlier_ones(tmp_path):
    _page(tmp_path / "in", "a.txt", date="03/04/2016")
    with pytest.warns(MetadataWarning):
        ct.build(tmp_path / "in", into=tmp_path / "corpus")
    assert ct.open(tmp_path / "corpus").articles["published"].isna().all()
    _page(tmp_path / "in", "b.txt", date="25/04/2016")
    summary = ct.build(tmp_path / "in", into=tmp_path / "corpus")
    assert summary.read == 1
    corpus = ct.open(tmp_path / "corpus")
    assert [str(day.date()) for day in corpus.articles["published"]] == ["2016-04-03", "2016-04-25"]
    pd.testing.assert_frame_equal(corpus.articles, ct.open(tmp_path / "in").articles)
    assert corpus.fingerprint == ct.open(tmp_path / "in").fingerprint


def test_changed_rules_read_all_again(pages, tmp_path):
    ct.build(pages, into=tmp_path / "corpus")
    rules = {"outlets": [{"name": "Harl Morning Post", "aliases": ["Harl Post"]}]}
    summary = ct.build(pages, into=tmp_path / "corpus", rules=rules)
    assert (summary.read, summary.articles) == (3, 3)
    assert set(ct.open(tmp_path / "corpus").articles["outlet"]) == {"Harl Morning Post"}


def test_corpus_of_nothing(tmp_path):
    (tmp_path / "in").mkdir()
    summary = ct.build(tmp_path / "in", into=tmp_path / "corpus")
    corpus = ct.open(tmp_path / "corpus")
    assert (summary.articles, len(corpus.articles), len(corpus.rejected), list(corpus.parts())) == (0, 0, 0, [])
    schema.validate(corpus.articles, "articles")


def test_many_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus_tools.articles.building.ROWS", 4)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"Text {number}.", "title": f"T{number}"}) for number in range(10)))
    ct.build(path, into=tmp_path / "corpus")
    corpus = ct.open(tmp_path / "corpus")
    assert sorted(len(part) for part in corpus.parts()) == [2, 4, 4]
    assert corpus.articles["source_record"].tolist() == list(range(1, 11))
    assert corpus.fingerprint == ct.open(path).fingerprint


def test_folder_with_other_things_is_refused(pages, tmp_path):
    with pytest.raises(InvalidQuery, match="is not empty and is no corpus"):
        ct.build(pages, into=pages)
    with pytest.raises(InvalidQuery, match="is a file"):
        ct.build(pages, into=pages / "a.txt")


def test_corpus_inside_its_inputs_is_not_read(pages):
    ct.build(pages, into=pages / "corpus")
    summary = ct.build(pages, into=pages / "corpus")
    assert (summary.unchanged, summary.articles) == (3, 3)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_rejected_and_not_waited_for(pages, tmp_path):
    os.mkfifo(pages / "pipe.txt")
    (pages / "dead.txt").symlink_to(tmp_path / "gone.txt")
    summary = ct.build(pages, into=tmp_path / "corpus")
    assert (summary.articles, summary.reasons) == (3, {"unreadable": 2})
    again = ct.build(pages, into=tmp_path / "corpus")
    assert (again.read, again.unchanged, again.articles, len(ct.open(tmp_path / "corpus").rejected)) == (2, 3, 3, 2)


def test_second_writer_is_refused(pages, tmp_path):
    from filelock import FileLock

    ct.build(pages, into=tmp_path / "corpus")
    with FileLock(tmp_path / "corpus" / ".lock"), pytest.raises(CorpusLocked, match="Another process is writing"):
        ct.build(pages, into=tmp_path / "corpus")


@pytest.mark.parametrize("damage", ["cut", "flip", "gone"])
def test_damaged_part_is_named(pages, tmp_path, damage):
    ct.build(pages, into=tmp_path / "corpus")
    (part,) = (tmp_path / "corpus" / "parts").glob("articles-*.parquet")
    data = part.read_bytes()
    if damage == "gone":
        part.unlink()
    else:
        part.write_bytes(data[:-20] if damage == "cut" else data[:100] + bytes([data[100] ^ 1]) + data[101:])
    corpus = ct.open(tmp_path / "corpus")
    with pytest.warns(DamagedPart, match=part.name):
        assert corpus.articles.empty
    assert corpus.damaged["reason"].tolist() == ["damaged"]
    with pytest.warns(DamagedPart, match="read again"):
        assert ct.build(pages, into=tmp_path / "corpus").articles == 3
    mended = ct.open(tmp_path / "corpus")
    assert (len(mended.articles), len(mended.damaged)) == (3, 0)


def test_past_a_damaged_part_the_rest_is_readable(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus_tools.articles.building.ROWS", 4)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"Rain fell on {number}.", "id": number}) for number in range(10)))
    ct.build(path, into=tmp_path / "corpus")
    whole = ct.open(tmp_path / "corpus").articles
    damaged = tmp_path / "corpus" / ct.open(tmp_path / "corpus").part_names[0]
    lost = pd.read_parquet(damaged)["article_id"]
    damaged.write_bytes(b"PAR1")
    corpus = ct.open(tmp_path / "corpus")
    with pytest.warns(DamagedPart, match=damaged.name):
        left = corpus.articles
    expected = whole[~whole["article_id"].isin(lost)].reset_index(drop=True)
    pd.testing.assert_frame_equal(left, expected)
    with pytest.warns(DamagedPart, match=damaged.name):
        assert len(corpus.search("rain")) == len(expected)
    with pytest.warns(DamagedPart):
        ct.build(path, into=tmp_path / "corpus")
    pd.testing.assert_frame_equal(ct.open(tmp_path / "corpus").articles, whole)


def test_damaged_manifest(pages, tmp_path):
    ct.build(pages, into=tmp_path / "corpus")
    manifest = tmp_path / "corpus" / "manifest.json"
    newer = json.loads(manifest.read_text()) | {"version": 99}
    for text in ("{", "[]", json.dumps(newer)):
        manifest.write_text(text)
        with pytest.raises(DamagedCorpus):
            ct.open(tmp_path / "corpus")


class Killed(BaseException):
    """Stands for the process being gone."""


def _dying(monkeypatch, moment, death):
    """Let the process die at the n-th time that anything is about to be made durable, renamed or removed."""
    left = [moment]

    def dying(function):
        def call(*arguments, **options):
            if left[0] == 0:
                death()
            left[0] -= 1
            return function(*arguments, **options)

        return call

    monkeypatch.setattr(os, "fsync", dying(os.fsync))
    monkeypatch.setattr(Path, "replace", dying(Path.replace))
    monkeypatch.setattr(Path, "unlink", dying(Path.unlink))


def _grown(tmp_path):
    """Return a corpus whose inputs have changed since it was built."""
    for name in "abc":
        _page(tmp_path / "in", f"{name}.txt")
    corpus = tmp_path / "corpus"
    ct.build(tmp_path / "in", into=corpus)
    for name in "bcde":
        _page(tmp_path / "in", f"{name}.txt", "It rained hard in {}.")
    return corpus


def _check_after_death(tmp_path, corpus, old, finished):
    new = ct.open(tmp_path / "in").articles
    opened = ct.open(corpus).articles
    pd.testing.assert_frame_equal(opened, new if finished or len(opened) != len(old) else old)
    ct.build(tmp_path / "in", into=corpus)
    pd.testing.assert_frame_equal(ct.open(corpus).articles, new)
    kept = json.loads((corpus / "manifest.json").read_text())
    named = {part["file"] for part in kept["parts"]} | {kept["rejected_file"], kept["mapped_file"]}
    assert {f"parts/{path.name}" for path in (corpus / "parts").iterdir()} == named


@pytest.mark.parametrize("moment", [0, 2, 4, 7, 10, 13])
def test_stopped_at_any_moment_the_old_corpus_is_whole(tmp_path, monkeypatch, moment):
    corpus = _grown(tmp_path)
    old = ct.open(corpus).articles
    finished = True
    with monkeypatch.context() as patch:

        def death():
            raise Killed

        _dying(patch, moment, death)
        try:
            ct.build(tmp_path / "in", into=corpus)
        except Killed:
            finished = False
    _check_after_death(tmp_path, corpus, old, finished)


KILLED = """
import os, signal, sys
import pytest
import corpus_tools as ct
from tests.articles.test_articles_store import _dying
_dying(pytest.MonkeyPatch(), int(sys.argv[1]), lambda: os.kill(os.getpid(), signal.SIGKILL))
ct.build(sys.argv[2], into=sys.argv[3])
"""


def _kill(tmp_path, moment):
    command = [sys.executable, "-c", KILLED, str(moment), str(tmp_path / "in"), str(tmp_path / "corpus")]
    return subprocess.run(command, check=False, timeout=120, cwd=Path(__file__).parents[2]).returncode


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("moment", [9])
def test_killed_process_leaves_the_old_corpus_whole(tmp_path, moment):
    corpus = _grown(tmp_path)
    old = ct.open(corpus).articles
    assert _kill(tmp_path, moment) == -9
    _check_after_death(tmp_path, corpus, old, finished=False)


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_first_build_killed_can_be_started_again(tmp_path):
    _page(tmp_path / "in", "a.txt")
    assert _kill(tmp_path, 2) == -9
    assert not (tmp_path / "corpus" / "manifest.json").exists()
    assert ct.build(tmp_path / "in", into=tmp_path / "corpus").added == 1


def test_a_file_whose_name_has_a_hash_is_replaced_when_it_changes(tmp_path):
    (tmp_path / "a#1.txt").write_text("It rained.")
    ct.build(tmp_path / "a#1.txt", into=tmp_path / "corpus")
    (tmp_path / "a#1.txt").write_text("It snowed.")
    summary = ct.build(tmp_path / "a#1.txt", into=tmp_path / "corpus")
    assert (summary.articles, summary.replaced) == (1, 1)
    assert ct.open(tmp_path / "corpus").articles["text"].tolist() == ["It snowed."]
