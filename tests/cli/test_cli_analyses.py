"""The commands that analyse a corpus: what they show, write and refuse."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import corpus_tools as ct
from corpus_tools.cli import app

TEXTS = [
    (
        "Harbour Post",
        "2031-03-03",
        "The old dam broke at dawn. “Nobody had checked the dam,” said the mayor, Ana Orel.",
    ),
    (
        "Harbour Post",
        "2031-04-05",
        "The old dam will be rebuilt. A fire killed at least 12 people in Velisk on Friday.",
    ),
    ("Lakeside Voice", "2031-04-06", "The bridge reopened on Monday. The barrage above Harl is safe, engineers say."),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    rows = [{"outlet": outlet, "date": day, "text": text} for outlet, day, text in TEXTS]
    (folder / "raw.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ct.build([folder / "raw.jsonl"], folder / "corpus")
    return folder / "corpus"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def rows_of(said: str) -> list[list[str]]:
    """Return the cells of what is drawn below the heading."""
    body = re.split(r"─\s*\n", said)[1].splitlines()[:-2]
    return [[cell for cell in (part.strip() for part in line.split("   ")) if cell] for line in body if line.strip()]


def test_terms_are_shown(corpus: Path) -> None:
    code, said = run("terms", corpus, "--stopwords", "en", "--top", "2")
    assert code == 0
    assert [row[:2] for row in rows_of(said)] == [["dam", "3"], ["old", "2"]]
    assert said.splitlines()[-1].endswith(" rows; --out FILE writes all of them, --top N shows more")


def test_terms_take_the_options_of_the_library(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "terms.csv"
    options = ["--ngrams", 2, "--by", "outlet", "--min-count", 2, "--out", out]
    assert run("terms", corpus, *options) == (0, f"2 rows in {out}\n")
    expected = ct.terms.frequency(ct.open(corpus).articles, ngrams=2, by="outlet", min_count=2)
    pd.testing.assert_frame_equal(pd.read_csv(out), expected, check_dtype=False)
    assert expected["term"].tolist() == ["old dam", "the old"]


def test_names_of_a_concept(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "concepts.yaml").write_text("dam: [dam, barrage]\n", encoding="utf-8")
    _, said = run("terms", corpus, "--concepts", tmp_path / "concepts.yaml", "--by", "outlet")
    assert ["Harbour Post", "dam", "dam", "3"] in [row[:4] for row in rows_of(said)]
    assert ["Lakeside Voice", "dam", "barrage", "1"] in [row[:4] for row in rows_of(said)]


def test_a_concordance(corpus: Path) -> None:
    _, said = run("concordance", corpus, "dam", "--window", "2", "--sort", "left")
    assert [row[1:] for row in rows_of(said)] == [
        ["2031-03-03", "The old", "dam", "broke at"],
        ["2031-04-05", "The old", "dam", "will be"],
        ["2031-03-03", "checked the", "dam", ",” said the"],
    ]
    assert "1 row\n" in run("concordance", corpus, "dam", "--from", "2031-04-01")[1]
    with pytest.raises(ct.errors.InvalidQuery, match="not a regular expression"):
        run("concordance", corpus, "/dam(/")


def test_key_words_of_the_chosen_articles(corpus: Path) -> None:
    _, said = run("keyness", corpus, "--outlet", "Harbour Post", "--top", "1")
    assert rows_of(said)[0][:3] == ["dam", "3", "0"]
    _, said = run("keyness", corpus, "--outlet", "harbour post", "--to", "2031-03-31", "--top", "1")
    assert rows_of(said)[0][1:3] == ["1", "0"]
    with pytest.raises(ct.errors.InvalidQuery, match="Say what to compare"):
        run("keyness", corpus)


def test_key_words_against_a_list_and_another_corpus(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("term,count\nthe,900\nnull,50\ndam,1\n", encoding="utf-8")
    _, said = run("keyness", corpus, "--reference", tmp_path / "list.csv", "--ngrams", 1, "--top", 100)
    assert ["null", "0", "50"] in [row[:3] for row in rows_of(said)]
    (tmp_path / "other.txt").write_text("The dam of Harl is old, and the dam leaks.", encoding="utf-8")
    out = tmp_path / "key.jsonl"
    run("keyness", corpus, "--reference", tmp_path / "other.txt", "--out", out)
    table = pd.read_json(out, lines=True).set_index("term")
    assert table.loc["dam", ["count", "reference_count", "reference_tokens"]].tolist() == [3, 2, 10]


def test_company_and_trends(corpus: Path) -> None:
    _, said = run("collocations", corpus, "dam", "--min-count", "1", "--window", "1", "--measure", "t")
    assert ["dam", "old", "2"] in [row[:3] for row in rows_of(said)]
    _, said = run("trend", corpus, "dam", "bridge", "--every", "month")
    assert [row[:3] for row in rows_of(said)] == [
        ["2031-03", "dam", "2"],
        ["2031-04", "dam", "1"],
        ["2031-03", "bridge", "0"],
        ["2031-04", "bridge", "1"],
    ]


def test_who_says_it_and_when(corpus: Path) -> None:
    _, said = run("attributions", corpus, "--outlet", "Harbour Post")
    assert ["Ana Orel", "said", "“Nobody had checked the dam,”"] in [row[1:4] for row in rows_of(said)]
    assert "engineers" not in said
    _, said = run("expressions", corpus, "--from", "2031-04-06")
    assert [row[1:4] for row in rows_of(said)] == [["Monday", "DATE", "2031-03-31"]]
    _, said = run("events", corpus, "--kind", "accident", "--kind", "disaster")
    assert [row[1] for row in rows_of(said)] == ["2031-04-04"]
    assert "12" in rows_of(said)[0]


def test_tables_kept_beside_a_corpus_are_used(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("attributions", corpus)
    run("compute", "attributions", corpus, "--engine", "here")

    def unexpected(*_: object, **__: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(ct.attribution, "find", unexpected)
    assert run("attributions", corpus) == before


def test_a_title_cannot_steer_the_terminal(tmp_path: Path) -> None:
    text = "The \x1b[2J\x1b]0;owned\x07 dam [bold]broke[/bold] \u202eat dawn."
    (tmp_path / "raw.jsonl").write_text(json.dumps({"title": "\x1b[31mred", "text": text}), encoding="utf-8")
    ct.build([tmp_path / "raw.jsonl"], tmp_path / "corpus")
    for command in (("concordance", tmp_path / "corpus", "dam"), ("search", tmp_path / "corpus", "dam")):
        _, said = run(*command)
        assert "dam" in said
        assert not {"\x1b", "\x07", "\u202e"} & set(said)
    assert "[bold]broke[/bold]" in run("concordance", tmp_path / "corpus", "dam")[1]


def test_unknown_outlets_and_days_are_told(corpus: Path) -> None:
    with pytest.raises(ct.errors.InvalidQuery, match="Did you mean 'Harbour Post'"):
        run("terms", corpus, "--outlet", "Harbor Post")
    with pytest.raises(ct.errors.InvalidQuery, match="after"):
        run("events", corpus, "--from", "2031-05-01", "--to", "2031-04-01")


def test_the_timeline_of_one_name_is_written(corpus: Path, tmp_path: Path) -> None:
    code, said = run("timeline", corpus, "--of", "Ana Orel", "--out", tmp_path / "orel.json")
    assert code == 0
    assert "1 event in" in said
    events = json.loads((tmp_path / "orel.json").read_text(encoding="utf-8"))["events"]
    assert [event["predicate"] for event in events] == ["said"]
