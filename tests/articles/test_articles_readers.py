"""Readers, and what becomes of broken input: an article or a rejected row, always."""

import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import schema
from corpus_tools.articles import read, read_all, readers
from corpus_tools.errors import RejectedInputs, UnreadableInput

ROW = {
    "headline": "Rain",
    "byline": "By Ines Orr",
    "pubDate": "2016-08-02T18:40:00Z",
    "body": "It rained.",
    "publisher": "Harl Post",
    "section": "Weather",
    "link": "https://harl.example/rain",
    "id": 7,
}


def _one(path):
    reading = read_all(path)
    assert reading.rejected.empty
    (row,) = reading.articles.to_dict("records")
    return row


def _whole(row):
    return (
        row["title"],
        row["authors"],
        row["outlet"],
        str(row["published"]),
        row["text"],
        row["themes"],
        row["url"],
        row["source_record"],
    )


EXPECTED = (
    "Rain",
    ["Ines Orr"],
    "Harl Post",
    "2016-08-02 18:40:00",
    "It rained.",
    ["Weather"],
    "https://harl.example/rain",
    1,
)


def test_the_same_record_in_every_table_format(tmp_path):
    frame = pd.DataFrame([ROW])
    frame.to_csv(tmp_path / "a.csv", index=False)
    frame.to_csv(tmp_path / "a.tsv", index=False, sep="\t")
    frame.to_csv(tmp_path / "semicolon.csv", index=False, sep=";")
    frame.to_csv(tmp_path / "wide.csv", index=False, encoding="utf-16")
    frame.to_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_text(json.dumps(ROW) + "\n")
    (tmp_path / "a.ndjson").write_bytes(b"\xef\xbb\xbf" + json.dumps(ROW).encode() + b"\r\n\r\n")
    for name in ("a.csv", "a.tsv", "semicolon.csv", "wide.csv", "a.parquet", "a.jsonl", "a.ndjson"):
        assert _whole(_one(tmp_path / name)) == EXPECTED, name


def test_mapped_says_what_was_used_and_what_was_not(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ROW))
    mapped = read_all(path).mapped
    assert dict(zip(mapped["column"], mapped["field"].fillna("-"), strict=True)) == {
        "headline": "title", "byline": "authors", "pubDate": "published", "body": "text", "publisher": "outlet",
        "section": "themes", "link": "url", "id": "source_id",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        (
            {"maintext": "T.", "date_publish": "2016-08-02 18:40:00", "source_domain": "harl.example"},
            "outlet",
            "harl.example",
        ),
        ({"content": "T.", "source": {"id": None, "name": "Harl Post"}}, "outlet", "Harl Post"),
        ({"article_text": "T.", "media_name": "Harl Post"}, "outlet", "Harl Post"),
        ({"Body Text": "T.", "Publication-Date": "20160802"}, "published", pd.Timestamp("2016-08-02")),
        ({"text": "T.", "timestamp": 1470163200}, "published", pd.Timestamp("2016-08-02 18:40:00")),
        ({"text": "", "content": "T.", "language": "en-GB"}, "language", "en"),
        ({"text": ["T.", "U."]}, "text", "T.\n\nU."),
        ({"text": "T.", "tags": "a; b|c", "section": "d"}, "themes", ["a", "b", "c", "d"]),
        ({"text": "T.", "authors": [{"name": "Ines Orr"}]}, "authors", ["Ines Orr"]),
        ({"text": "LENN, Oct 8 (MPA) - T.", "date": "2016-10-08"}, "dateline_date", pd.Timestamp("2016-10-08")),
        (
            {"text": "T.", "date": "yesterday"},
            "notes",
            ["metadata: published 'yesterday' left missing: it is not understood as a date"],
        ),
        ({"text": "T.", "tags": 5, "authors": 5, "title": {"a": 1}}, "themes", ["5"]),
    ],
)
def test_names_of_columns_in_exports(tmp_path, row, field, value):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row))
    assert _one(path)[field] == value


def test_lists_and_dates_of_parquet(tmp_path):
    table = pa.table(
        {
            "title": ["Rain"],
            "authors": [["Ines Orr", "Ott Bram"]],
            "published": pa.array([pd.Timestamp("2016-08-02 18:40")], pa.timestamp("us", "UTC")),
            "text": ["It rained."],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    row = _one(tmp_path / "a.parquet")
    assert (row["authors"], str(row["published"]), row["published_offset"]) == (
        ["Ines Orr", "Ott Bram"],
        "2016-08-02 18:40:00",
        0,
    )


def test_broken_rows_of_csv_do_not_take_others_along(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        'title,text\nA,First.\nB,"never closed\nC,Third.\nD,Fourth,too many\n"E",Fifth.\nF,\n\nG,"Two\n\nparagraphs."\n'
    )
    reading = read_all(path)
    assert reading.articles["title"].tolist() == ["A", "C", "E", "G"]
    assert reading.rejected["reason"].tolist() == ["broken_row", "broken_row", "no_text"]
    assert reading.rejected["source_path"].str.contains(r"a\.csv#\d$").all()
    assert reading.articles["text"].iloc[-1] == "Two\n\nparagraphs."


def test_broken_lines_of_json(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "One."}\n{"text": \n[1]\n{"titel": "x"}\n{"text": 5}\n{"text": "Six\\ud800."}\n' + "[" * 100_000
    )
    reading = read_all(path)
    assert reading.articles["text"].tolist() == ["One.", "Six\ufffd."]
    assert reading.articles["source_record"].tolist() == [1, 6]
    assert [row["source_path"].split("#")[1] + row["reason"] for row in reading.rejected.to_dict("records")] == [
        "2broken_row", "3broken_row", "4no_text", "5no_text", "7broken_row",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.md", b" \n\n\t", "empty"),
        ("nuls.txt", b"\x00" * 500, "empty"),
        ("page.pdf", b"%PDF-1.7 ...", "unreadable"),
        ("page.txt", b"%PDF-1.7 ...", "unreadable"),
        ("page.html", b"<p>x</p>", "no_text"),
        ("page2.txt", b"<!DOCTYPE html><p>x</p>", "no_text"),
        ("data.xlsx", b"PK\x03\x04", "damaged"),
        ("noextension", b"words", "unsupported"),
        ("zipped.txt", b"\x1f\x8b\x08", "damaged"),
        ("fake.parquet", b"title,text", "unreadable"),
        ("cut.parquet", b"PAR1" + b"\x00" * 50, "unreadable"),
        ("empty.csv", b"", "empty"),
        ("head.csv", b"title,date\nA,2016-08-02\n", "no_text"),
        ("symbols.txt", b"*** --- ***\n", "no_text"),
        ("front.md", b"---\ntitle: x\n---\n", "no_text"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_a_reason(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    reading = read_all(path)
    assert reading.articles.empty
    assert reading.rejected["reason"].tolist() == [reason]
    assert reading.rejected["detail"].str.len().iloc[0] > 10
    schema.validate(reading.articles, "articles")
    schema.validate(reading.rejected, "rejected")


def test_alias_bomb_in_front_matter_is_read_line_by_line(tmp_path):
    path = tmp_path / "bomb.md"
    path.write_text("---\ntitle: Rain\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n---\n\nIt rained.\n")
    row = _one(path)
    assert (row["title"], row["text"]) == ("Rain", "It rained.")
    assert row["notes"] == ["metadata: the front matter is not valid YAML; read line by line"]


def test_caps(tmp_path, monkeypatch):
    from corpus_tools.articles.readers import delimited, jsonlines, pages, parquet

    for module in (delimited, jsonlines, pages, parquet):
        monkeypatch.setattr(module, "LARGEST_RECORD", 1000)
    long = "word " * 300
    (tmp_path / "a.txt").write_text(long)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": long}) + "\n" + json.dumps({"text": "Two."}) + "\n")
    (tmp_path / "c.csv").write_text(f"title,text\nA,One.\nB,{long}\n")
    pd.DataFrame({"text": [long, "Four."]}).to_parquet(tmp_path / "d.parquet")
    reading = read_all(tmp_path)
    assert reading.articles["text"].tolist() == ["Two.", "One.", "Four."]
    assert reading.rejected["reason"].tolist() == ["too_large"] * 4


def test_too_many_lines_are_no_article(tmp_path):
    (tmp_path / "a.txt").write_text("x\n" * 100_002)
    assert read_all(tmp_path).rejected["reason"].tolist() == ["too_large"]


def test_long_blocks_take_linear_time(tmp_path):
    (tmp_path / "a.txt").write_text("Rain\n\n" + "it rained and\n" * 20_000 + "stopped.")
    (row,) = read_all(tmp_path).articles.to_dict("records")
    assert row["text"].count("rained") == 20_000


def test_inputs_are_articles_plus_rejected(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": f"Text {number % 3}."}) for number in range(7)))
    (tmp_path / "b.txt").write_text("Rain.")
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    reading = read_all(tmp_path)
    assert len(reading.articles) + len(reading.rejected) == 9
    assert reading.rejected["reason"].value_counts().to_dict() == {"duplicate": 4, "unsupported": 1}


def test_duplicates_name_the_first(tmp_path):
    page = "Rain\n\nBy Ines Orr\n\nThe Harl Post, 2 Aug 2016\n\nIt rained."
    (tmp_path / "a.txt").write_text(page)
    (tmp_path / "b.txt").write_bytes(page.replace("\n", "\r\n").encode())
    (tmp_path / "c.txt").write_text(page + "\n\nShare this article")
    reading = read_all(tmp_path)
    assert len(reading.articles) == 1
    first = reading.articles["source_path"][0]
    assert reading.rejected["detail"].tolist() == [
        f"The same content as {first}.",
        f"The same outlet, date, title and text as {first}.",
    ]


def test_id_does_not_depend_on_encoding_or_line_ends(tmp_path):
    text = "Café closes\n\nThe café closed – “for good”."
    ids = []
    for name, data in (
        ("a.txt", text.encode()),
        ("b.txt", text.encode("cp1252")),
        ("c.txt", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()),
        ("d.txt", text.encode("utf-16")),
    ):
        (tmp_path / name).write_bytes(data)
        ids.append(_one(tmp_path / name)["article_id"])
    assert len(set(ids)) == 1


def test_read_warns_about_rejected(tmp_path):
    (tmp_path / "a.txt").write_text("Rain.")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    with pytest.warns(RejectedInputs, match="1 inputs did not become articles \\(1 unsupported\\)"):
        assert len(read(tmp_path)) == 1


def test_missing_path_is_an_error_before_anything_is_read(tmp_path):
    with pytest.raises(UnreadableInput, match="There is no file or folder"):
        read_all(tmp_path / "typo")
    with pytest.raises(UnreadableInput, match="No file matches"):
        read_all(tmp_path / "*.txt")


def test_empty_folder_gives_empty_tables(tmp_path):
    reading = read_all(tmp_path)
    schema.validate(reading.articles, "articles")
    assert (len(reading.articles), len(reading.rejected), list(reading.mapped)) == (
        0,
        0,
        ["source_path", "column", "field"],
    )


def test_progress_counts_files(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Rain in {name}.")
    calls = []
    read_all(tmp_path, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 3), (2, 3), (3, 3)]


def test_supported_extensions_have_readers():
    assert {".txt", ".md", ".csv", ".tsv", ".jsonl", ".parquet"} <= set(readers.supported())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".csv", ".tsv", ".jsonl", ".parquet", ".pdf"]))
def test_any_bytes_end_as_articles_or_rejected(tmp_path_factory, data, ending):
    path = tmp_path_factory.mktemp("any") / f"a{ending}"
    path.write_bytes(data)
    reading = read_all(path)
    schema.validate(reading.articles, "articles")
    schema.validate(reading.rejected, "rejected")
    if ending in (".txt", ".md", ".pdf"):
        assert len(reading.articles) + len(reading.rejected) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list('By ABab.,:|-—()[]#*>_`&©20/\n\n\n"“”')), max_size=300), st.booleans())
def test_any_page_keeps_its_words(text, markdown):
    from corpus_tools.articles.pages import parse

    page = parse(text, markdown=markdown)
    kept = " ".join(filter(None, [page.title, page.text, page.boilerplate]))
    for word in set("".join(character if character.isalnum() else " " for character in text).split()):
        assert word in kept
