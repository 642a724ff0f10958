"""JSON files in the forms in which crawlers and services write them, whole and damaged; columns of known exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.articles import read_all
from corpus_tools.articles.readers import Broken, Source, jsonfiles

TEXT = "The river Lenn rose by two metres on Tuesday night, and the lower town of Millbeck was cut off from its bridge."
RAIN = {"title": "Rain", "maintext": TEXT, "source_domain": "harl.example", "date_publish": "2020-04-30 08:00:00"}
SUN = {**RAIN, "title": "Sun", "maintext": TEXT.replace("Tuesday", "Wednesday")}


def found(folder: Path, text: str, name: str = "rows.json") -> tuple[list[str], list[str]]:
    (folder / name).write_text(text, encoding="utf-8")
    reading = read_all(folder / name)
    return list(reading.articles["title"]), list(reading.rejected["reason"])


@pytest.mark.parametrize(
    "value",
    [
        json.dumps([RAIN, SUN]),
        json.dumps([RAIN, SUN], indent=2),
        json.dumps({"status": "ok", "totalResults": 2, "articles": [RAIN, SUN]}),
        json.dumps({"response": {"numFound": 2, "docs": [RAIN, SUN]}}),
        json.dumps({"hits": {"hits": [{"_id": 1, "_source": RAIN}, {"_id": 2, "_source": SUN}]}}),
        json.dumps(RAIN) + "\n" * 500 + json.dumps(SUN),
    ],
)
def test_lists_answers_and_lines(tmp_path: Path, value: str) -> None:
    assert found(tmp_path, value) == (["Rain", "Sun"], [])


def test_one_article_as_news_please_stores_it(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(json.dumps({**RAIN, "authors": ["Ines Orr"]}, indent=1))
    (row,) = read_all(tmp_path / "1.json").articles.to_dict("records")
    assert (row["title"], row["authors"], row["outlet"]) == ("Rain", ["Ines Orr"], "harl.example")
    assert (str(row["published"]), row["text"], row["source_record"]) == ("2020-04-30 08:00:00", TEXT, 1)


@pytest.mark.parametrize(
    ("value", "titles", "reasons"),
    [
        ("[]", [], ["empty"]),
        ("rain", [], ["unreadable"]),
        ("[" * 100_000, [], ["unreadable"]),
        (json.dumps([RAIN, SUN])[:-20], ["Rain"], ["damaged"]),
        (json.dumps([RAIN, SUN])[:-1], ["Rain", "Sun"], ["damaged"]),
        (json.dumps([RAIN, 3, SUN]), ["Rain", "Sun"], ["broken_row"]),
        (json.dumps({"title": "Rain"}), [], ["no_text"]),
    ],
)
def test_damaged_files(tmp_path: Path, value: str, titles: list[str], reasons: list[str]) -> None:
    assert found(tmp_path, value) == (titles, reasons)


def test_lists_are_read_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonfiles, "_PIECE", 7)
    monkeypatch.setattr(jsonfiles, "LARGEST_RECORD", 1_000)
    assert found(tmp_path, json.dumps([RAIN, SUN], indent=3)) == (["Rain", "Sun"], [])
    (tmp_path / "long.json").write_text(json.dumps([RAIN, {**SUN, "maintext": TEXT * 40}]))
    items = list(jsonfiles.records(Source(tmp_path / "long.json", "long.json", {})))
    assert [item.reason for item in items if isinstance(item, Broken)] == ["too_large"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"id": "ab12", "indexed_date": "2023-01-05", "publish_date": "2023-01-04", "media_name": "Harl Post",
             "media_url": "harl.example", "title": "Rain", "url": "https://harl.example/b"},
            ("Rain", "Harl Post", "2023-01-04", "https://harl.example/b"),
        ),
        (
            {"requested_url": "https://harl.example/d", "responded_url": "https://harl.example/d2", "title": "Rain",
             "published_date": "2018-01-04", "sitename": "Harl Post", "domain": "harl.example"},
            ("Rain", "Harl Post", "2018-01-04", "https://harl.example/d"),
        ),
        (
            {"url": "https://harl.example/e", "seendate": "20200101T120000Z", "title": "Rain",
             "domain": "harl.example"},
            ("Rain", "harl.example", "2020-01-01", "https://harl.example/e"),
        ),
        (
            {"GKGRECORDID": "20150218230000-0", "DATE": "20150218230000", "SourceCommonName": "harl.example",
             "DocumentIdentifier": "https://harl.example/f"},
            (None, "harl.example", "2015-02-18", "https://harl.example/f"),
        ),
        (
            {"GLOBALEVENTID": "1", "SQLDATE": "20150218", "SOURCEURL": "https://harl.example/g", "title": "Rain"},
            ("Rain", None, "2015-02-18", "https://harl.example/g"),
        ),
    ],
    ids=["media cloud", "common crawl news", "gdelt doc", "gdelt gkg", "gdelt events"],
)  # fmt: skip
def test_columns_of_known_exports(tmp_path: Path, row: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({**row, "plain_text": TEXT}))
    reading = read_all(tmp_path / "rows.jsonl")
    (got,) = reading.articles.astype("object").where(reading.articles.notna(), None).to_dict("records")
    assert (got["title"], got["outlet"], str(got["published"].date()), got["url"]) == expected
