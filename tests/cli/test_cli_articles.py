"""The commands that build a corpus, and give it on."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import corpus_tools as ct
from corpus_tools.cli import app


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    rows = [
        {"url": "http://harl.example/flood", "date": "2016-08-02", "text": "It rained in Harl."},
        {"url": "http://harl.example/flood", "date": "2016-08-03", "text": "It poured in Harl."},
        {"url": "http://harl.example/flood", "date": "2016-08-03", "text": "It poured in Harl."},
        {"text": ""},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path / "rows.jsonl"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_a_build_says_what_it_did(raw: Path, tmp_path: Path) -> None:
    code, said = run("build", raw, "--into", tmp_path / "corpus", "--jobs", "2")
    assert code == 0
    assert "Read 1 file; 0 had not changed. 2 articles added, 2 rejected (1 duplicate among them)." in said
    assert "1 × duplicate" in said
    assert "1 article with the address of an earlier one, and another text (kind updated" in said
    code, said = run("build", raw, "--into", tmp_path / "corpus", "--engine", "here")
    assert "Read 0 files; 1 had not changed." in said


def test_an_interrupted_build_says_how_to_go_on(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ct, "build", interrupted, raising=False)
    code, said = run("build", raw, "--into", tmp_path / "corpus")
    assert code == 130
    assert "the same command goes on from there" in said


def test_an_export_loads_back(raw: Path, tmp_path: Path) -> None:
    run("build", raw, "--into", tmp_path / "corpus")
    options = ["--format", "parquet", "--format", "csv", "--license", "CC-BY-4.0", "--title", "Rain"]
    code, said = run("export", tmp_path / "corpus", "--out", tmp_path / "package", *options)
    assert code == 0
    assert "datapackage.json" in said
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text())
    assert (package["title"], package["licenses"], len(package["resources"])) == ("Rain", [{"name": "CC-BY-4.0"}], 4)
    assert ct.open(tmp_path / "package").articles["text"].tolist() == ["It rained in Harl.", "It poured in Harl."]


def test_a_part_that_is_gone_is_named_in_one_line(raw: Path, tmp_path: Path) -> None:
    ct.build(raw, tmp_path / "corpus")
    (part,) = (tmp_path / "corpus" / "parts").glob("articles*")
    part.unlink()
    code, said = run("info", tmp_path / "corpus")
    assert code == 0
    (line,) = [line for line in said.splitlines() if part.name in line]
    assert line.startswith("Note: The part parts/")
    assert "DamagedPart" not in said


def test_a_search_says_when_too_much_was_found(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ct.build(raw, tmp_path / "corpus")
    assert "are the first of the corpus" not in run("search", tmp_path / "corpus", "harl")[1]
    monkeypatch.setattr("corpus_tools.articles.index.MOST_RANKED", 1)
    said = run("search", tmp_path / "corpus", "harl", "--limit", 1)[1]
    assert "these are the first of the corpus, not the best" in said
