"""Which files are read, and under which names."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from corpus_tools.articles import read_all
from corpus_tools.articles.inputs import expand


def _write(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Rain in {name}.")


def _names(*paths):
    return [file.name for file in expand(paths)]


def test_folders_are_searched_sorted_without_hidden_files(tmp_path):
    _write(tmp_path, "b.txt", "a/z.txt", "a/y.md", ".hidden.txt", ".git/x.txt", "A.txt")
    assert _names(tmp_path) == [f"{tmp_path.name}/{name}" for name in ("A.txt", "a/y.md", "a/z.txt", "b.txt")]


def test_names_are_relative_to_the_current_folder(tmp_path, monkeypatch):
    _write(tmp_path, "pages/a.txt", "other/b.txt")
    monkeypatch.chdir(tmp_path)
    assert _names("pages") == ["pages/a.txt"]
    assert _names(tmp_path / "pages", "other/b.txt") == ["other/b.txt", "pages/a.txt"]
    monkeypatch.chdir(tmp_path / "other")
    assert _names("../pages") == ["pages/a.txt"]
    assert _names("../pages", ".") == ["b.txt", f"{tmp_path.name}/pages/a.txt"]


def test_globs(tmp_path):
    _write(tmp_path, "a.txt", "b.md", "c/d.txt")
    assert _names(tmp_path / "*.txt") == [f"{tmp_path.name}/a.txt"]
    assert _names(tmp_path / "**/*.txt") == [f"{tmp_path.name}/{name}" for name in ("a.txt", "c/d.txt")]


def test_a_file_with_the_marks_of_a_pattern_is_a_file(tmp_path):
    _write(tmp_path, "what[1].txt", "who?.txt")
    assert len(_names(tmp_path / "what[1].txt", tmp_path / "who?.txt")) == 2


def test_ignore_files_hold_for_their_folder(tmp_path):
    _write(tmp_path, "a.txt", "b.log", "expected/a.json", "sub/c.txt", "sub/d.txt", "sub/expected/e.txt", "keep.log")
    (tmp_path / ".corpusignore").write_text("# notes\nexpected/\n*.log\n!keep.log\n")
    (tmp_path / "sub" / ".corpusignore").write_text("/d.txt\n")
    assert _names(tmp_path) == [f"{tmp_path.name}/{name}" for name in ("a.txt", "keep.log", "sub/c.txt")]


def test_a_file_given_twice_is_read_once(tmp_path):
    _write(tmp_path, "a.txt")
    assert len(_names(tmp_path, tmp_path / "a.txt", tmp_path / "*.txt")) == 1


def test_links_that_lead_back_or_nowhere(tmp_path):
    _write(tmp_path, "a/b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    reading = read_all(tmp_path)
    assert len(reading.articles) == 1
    assert reading.rejected["reason"].tolist() == ["unreadable"]


def test_names_that_are_not_utf8(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_bytes(b"It rained.")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    reading = read_all(tmp_path)
    assert reading.articles["source_path"].tolist() == [f"{tmp_path.name}/caf\\udce9.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert read_all(tmp_path).rejected["reason"].tolist() == ["unreadable"]


@pytest.fixture
def as_nobody():
    """A folder under which permissions hold: root is allowed everything."""
    folder = Path(tempfile.mkdtemp())
    before = os.geteuid()
    if before == 0:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    yield folder
    os.seteuid(before)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700)
    shutil.rmtree(folder)


def test_what_may_not_be_read_is_rejected_and_the_rest_read(as_nobody):
    _write(as_nobody, "a.txt", "closed.txt", "hidden/b.txt", "listed/c.txt", "d.txt")
    (as_nobody / "closed.txt").chmod(0)
    (as_nobody / "hidden").chmod(0)
    (as_nobody / "listed").chmod(0o400)
    reading = read_all(as_nobody)
    assert [Path(name).name for name in reading.articles["source_path"]] == ["a.txt", "d.txt"]
    rejected = reading.rejected.set_index(reading.rejected["source_path"].map(lambda name: Path(name).name))
    assert rejected["reason"].to_dict() == dict.fromkeys(("closed.txt", "hidden", "c.txt"), "unreadable")
