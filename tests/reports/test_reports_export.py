"""Tables in files that other programs open."""

import json
from pathlib import Path

import pandas as pd
import pytest

from corpus_tools.errors import InvalidQuery
from corpus_tools.reports.export import save

TABLE = pd.DataFrame(
    {
        "title": ["=1+1", "+1", "-1", "@x", "\tx", 'é, "q"', None],
        "count": [-1, 2, 3, 4, 5, 6, 7],
        "published": pd.to_datetime(["2016-08-02 00:00", "2016-08-02 10:30", None, None, None, None, None]),
        "authors": [["=A", "B"], [], [], [], [], [], []],
        "spans": [[[1, 2]], [], [], [], [], [], []],
        "hedges": [[[1, 2, "reportedly"]], [], [], [], [], [], []],
    }
)


def test_csv_that_no_spreadsheet_executes(tmp_path: Path) -> None:
    text = save(TABLE, tmp_path / "deep" / "a.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[:6] == [
        "title,count,published,authors,spans,hedges",
        '\'=1+1,-1,2016-08-02,\'=A; B,"[[1, 2]]","[[1, 2, ""reportedly""]]"',
        "'+1,2,2016-08-02T10:30:00,,,",
        "'-1,3,,,,",
        "'@x,4,,,,",
        "'\tx,5,,,,",
    ]


def test_parquet_and_json_lines_keep_texts_as_they_are(tmp_path: Path) -> None:
    back = pd.read_parquet(save(TABLE, tmp_path / "a.parquet"))
    assert back["title"].tolist()[:6] == TABLE["title"].tolist()[:6]
    assert back["authors"][0].tolist() == ["=A", "B"]
    lines = save(TABLE, tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 7
    assert json.loads(lines[0])["authors"] == ["=A", "B"]
    assert json.loads(lines[1])["published"].startswith("2016-08-02T10:30:00")


def test_an_empty_table(tmp_path: Path) -> None:
    for suffix in (".csv", ".parquet", ".jsonl"):
        assert save(TABLE.head(0), tmp_path / f"a{suffix}").exists()


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuery, match=r"should end in one of .csv, .parquet, .jsonl"):
        save(TABLE, tmp_path / "a.xlsx")
