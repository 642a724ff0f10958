"""Building with several processes, after an interruption, and when a process dies."""

import os
import signal
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.articles import batches
from corpus_tools.articles.batches import one_after_another
from corpus_tools.cli._reading_engine import reading_on
from corpus_tools.compute import Engine
from corpus_tools.errors import CorpusToolsError


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        text = (
            f"Rain in town {number}\n\nThe Harl Post, {1 + number % 28} Aug 2016\n\nIt rained on {number % 37} people."
        )
        (folder / f"{number:02}.txt").write_text(text)
    (folder / "copy.txt").write_bytes((folder / "03.txt").read_bytes())
    (folder / "rows.csv").write_text("title,text\nSun,The sun came out.\nRain in town 3,It rained on 3 people.\nSun\n")
    (folder / "scan.png").write_bytes(b"\x89PNG")
    return folder


def state(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_MOST_FILES", 5)


@pytest.mark.usefixtures("small_batches")
def test_processes_give_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    one = ct.build(pages, into=tmp_path / "one")
    two = ct.build(pages, into=tmp_path / "two", over=reading_on(Engine("processes", jobs=2)))
    assert one == two
    assert (one.read, one.added, one.duplicates, one.reasons) == (
        43,
        42,
        1,
        {"broken_row": 1, "duplicate": 1, "unsupported": 1},
    )
    assert state(tmp_path / "one") == state(tmp_path / "two")


@pytest.mark.usefixtures("small_batches")
def test_results_in_any_order_give_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    def backwards(function, items, advance):
        results, errors = one_after_another(function, items[::-1], advance)
        return {len(items) - 1 - place: result for place, result in results.items()}, errors

    ct.build(pages, into=tmp_path / "one")
    ct.build(pages, into=tmp_path / "two", over=backwards)
    assert state(tmp_path / "one") == state(tmp_path / "two")


@pytest.mark.usefixtures("small_batches")
def test_an_interrupted_build_goes_on(pages: Path, tmp_path: Path) -> None:
    held: list[int] = []

    def interrupted(function, items, advance):
        for item in items[:4]:
            function(item)
            held.append(len(item.files))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ct.build(pages, into=tmp_path / "corpus", over=interrupted)
    (pages / "zz.txt").write_text("Fog\n\nThere was fog over the harbour all day.")
    told: list[tuple[int, int]] = []
    summary = ct.build(pages, into=tmp_path / "corpus", progress=lambda done, total: told.append((done, total)))
    assert (summary.read, summary.added) == (44, 43)
    assert summary.continued == sum(held) > 4
    assert told[-1] == (44, 44)
    ct.build(pages, into=tmp_path / "anew")
    assert state(tmp_path / "corpus") == state(tmp_path / "anew")
    assert not (tmp_path / "corpus" / batches.FOLDER).exists()


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("spoil", ["cut", "gone"])
def test_what_was_read_before_is_only_used_when_it_is_whole(pages: Path, tmp_path: Path, spoil: str) -> None:
    def interrupted(function, items, advance):
        one_after_another(function, items, advance)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ct.build(pages, into=tmp_path / "corpus", over=interrupted)
    for file in (tmp_path / "corpus" / batches.FOLDER).glob("rows-*"):
        file.write_bytes(file.read_bytes()[:-9]) if spoil == "cut" else file.unlink()
    assert ct.build(pages, into=tmp_path / "corpus").added == 42
    ct.build(pages, into=tmp_path / "anew")
    assert state(tmp_path / "corpus") == state(tmp_path / "anew")


def dying(batch: batches.Batch) -> bool:
    """Read a batch; die over one file, as a process does that the kernel ends."""
    if any("deadly" in file.name for file in batch.files):
        os.kill(os.getpid(), signal.SIGKILL)
    return _read(batch)


_read = batches.read_batch


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.usefixtures("small_batches")
def test_a_file_that_kills_its_process_is_recorded_and_the_rest_is_read(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pages / "07_deadly.txt").write_text("It rained.")
    monkeypatch.setattr(batches, "read_batch", dying)
    summary = ct.build(pages, into=tmp_path / "corpus", over=reading_on(Engine("processes", jobs=2)))
    assert (summary.read, summary.added, summary.reasons["too_costly"]) == (44, 42, 1)
    rejected = ct.open(tmp_path / "corpus").rejected.set_index("reason").loc["too_costly"]
    assert rejected["source_path"].endswith("07_deadly.txt")
    assert "ended by the system" in rejected["detail"]
    monkeypatch.setattr(batches, "read_batch", _read)
    assert ct.build(pages, into=tmp_path / "corpus").unchanged == 44


def test_a_full_disk_ends_the_build_with_one_message(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(CorpusToolsError, match="No space left on device"):
            ct.build(pages, into=tmp_path / "corpus")
    assert ct.build(pages, into=tmp_path / "corpus").added == 42


def test_versions_of_an_article_are_told_from_duplicates(tmp_path: Path) -> None:
    rows = [
        '{"id": "flood-17", "url": "http://harl.example/flood", "date": "2016-08-02", "text": "It rained in Harl."}',
        '{"id": "flood-17", "url": "http://harl.example/flood", "date": "2016-08-02", "text": "It rained in Harl."}',
        '{"id": "flood-18", "url": "https://www.harl.example/flood/", "date": "2016-08-03", "text": "It poured."}',
        '{"id": "wind-2011", "url": "http://harl.example/wind", "text": "The wind rose."}',
        '{"id": "wind-2011", "url": "http://harl.example/wind2", "text": "The wind fell."}',
        '{"id": "sun-1", "url": "http://harl.example/sun", "text": "Sun."}',
        '{"id": "sun-2", "url": "http://harl.example/sun", "text": "More sun."}',
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    summary = ct.build(tmp_path / "rows.jsonl", into=tmp_path / "corpus")
    assert summary.reasons == {"duplicate": 1}
    assert summary.versions == {"updated": 1, "same_url": 1, "same_id": 1}
    articles = ct.open(tmp_path / "corpus").articles
    text = articles.set_index("article_id")["text"]
    found = ct.articles.versions(articles)
    assert [(row.kind, text[row.first_article_id], text[row.article_id]) for row in found.itertuples()] == [
        ("updated", "It rained in Harl.", "It poured."),
        ("same_url", "Sun.", "More sun."),
        ("same_id", "The wind rose.", "The wind fell."),
    ]


def test_numbers_of_rows_are_no_ids_across_files() -> None:
    rows = [
        {"article_id": str(number), "text": f"Text {number}.", "source_id": "1", "source_path": f"{number % 2}.csv"}
        for number in range(3)
    ]
    found = ct.articles.versions(ct.schema.ARTICLES.conform(rows))
    assert found[["article_id", "kind", "first_article_id"]].to_numpy().tolist() == [["2", "same_id", "0"]]


def test_a_corpus_of_the_first_form_is_read_and_rewritten(pages: Path, tmp_path: Path) -> None:
    import json

    from corpus_tools.articles import manifest

    ct.build(pages, into=tmp_path / "corpus")
    new = ct.open(tmp_path / "corpus")
    held = new.articles
    told = json.loads((tmp_path / "corpus" / manifest.NAME).read_text())
    for part in told["parts"]:
        frame = manifest.frame_of((tmp_path / "corpus" / part["file"]).read_bytes())
        data = manifest.parquet_bytes(frame.drop(columns=["source_id", "retrieved"]))
        (tmp_path / "corpus" / part["file"]).unlink()
        part["file"] = f"parts/{manifest.content_name('articles', data)}"
        (tmp_path / "corpus" / part["file"]).write_bytes(data)
    del told["versions"]
    (tmp_path / "corpus" / manifest.NAME).write_text(json.dumps(told | {"version": 1}))
    pd.testing.assert_frame_equal(ct.open(tmp_path / "corpus").articles, held)
    summary = ct.build(pages, into=tmp_path / "corpus")
    assert (summary.read, summary.unchanged, summary.fingerprint) == (0, 43, new.fingerprint)
    assert json.loads((tmp_path / "corpus" / manifest.NAME).read_text())["version"] == manifest.VERSION
    pd.testing.assert_frame_equal(ct.open(tmp_path / "corpus").articles, held)


def test_a_link_to_itself_is_rejected_and_the_build_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "rain.txt").write_text("Rain in Harl\n\nIt rained all day, and nobody minded it.")
    summary = ct.build(folder, tmp_path / "corpus")
    assert (summary.added, summary.rejected) == (1, 1)
    assert ct.build(folder, tmp_path / "corpus").unchanged == 1
