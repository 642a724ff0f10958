"""Saved pages as files: what is read in which folders, encodings, MHTML, and where paragraphs stand in the page."""
# ruff: noqa: E501

from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.articles import html
from corpus_tools.articles.html.decoding import decode, looks_html
from corpus_tools.articles.html.offsets import locate, plain

LINES = [
    "Crème brûlée costs more in Harl than it ever did, the café owners said on Tuesday after a meeting at the town hall.",
    "The price of milk rose by a third, and that of sugar by half, so that a small bowl now costs four crowns and more.",
    "“Nobody wants to pay that,” said Petra Holm, who has kept the Café Lenn for twenty years & means to keep it on.",
]
BODY = "".join(f"<p>{line.replace('&', '&amp;')}</p>" for line in LINES)
PAGE = f"<!DOCTYPE html><html><head><title>Dear dessert</title></head><body><h1>Dear dessert</h1>{BODY}</body></html>"


def read_one(path: Path) -> str:
    return str(ct.read(path).loc[0, "text"])


def test_a_folder_of_saved_pages_leaves_out_the_folders_beside_them(tmp_path: Path) -> None:
    (tmp_path / "dessert.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "dessert_files").mkdir()
    (tmp_path / "dessert_files" / "frame.html").write_text(PAGE.replace("Dear", "Cheap"), encoding="utf-8")
    (tmp_path / "dessert_files" / "script.js").write_text("x = 1", encoding="utf-8")
    reading = ct.articles.read_all(tmp_path)
    assert reading.articles["title"].tolist() == ["Dear dessert"]
    assert reading.rejected.empty


@pytest.mark.parametrize("name", ["dessert.html", "dessert.htm", "dessert.txt", "dessert", "dessert.php"])
def test_pages_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(PAGE, encoding="utf-8")
    assert read_one(path).split("\n\n") == LINES


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (PAGE.encode("utf-8"), None),
        (codecs.BOM_UTF8 + PAGE.encode("utf-8"), "cleaning: byte order mark removed"),
        (PAGE.encode("utf-16"), "cleaning: read as UTF-16-LE"),
        (
            PAGE.replace("<title>", "<meta charset='iso-8859-1'><title>").encode("cp1252"),
            "cleaning: read as cp1252, as the page declares",
        ),
        (PAGE.encode("cp1252"), "cleaning: read as cp1252, since it is not UTF-8"),
        (PAGE.replace("<title>", "<meta charset='iso-8859-1'><title>").encode("utf-8"), None),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, note: str | None) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    article = ct.read(path).loc[0]
    assert article["text"].split("\n\n") == LINES
    assert [entry for entry in article["notes"] if "read as" in entry or "mark" in entry] == ([note] if note else [])


def test_what_a_server_declares_stands_before_what_the_page_says() -> None:
    text = "<meta charset='windows-1252'><p>Привет, мир, как дела сегодня</p>"
    assert "Привет" in decode(text.encode("koi8-r"), charset="koi8-r").text


def test_an_mhtml_file(tmp_path: Path) -> None:
    path = tmp_path / "saved.mht"
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx; type=text/html\r\n\r\n--xx\r\n"
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://harl.example/2023/09/13/dessert\r\n\r\n"
    path.write_bytes((head + part + PAGE + "\r\n--xx\r\nContent-Type: image/png\r\n\r\nx\r\n--xx--\r\n").encode())
    article = ct.read(path).loc[0]
    assert article["text"].split("\n\n") == LINES
    assert (article["url"], str(article["published"].date())) == (
        "https://harl.example/2023/09/13/dessert",
        "2023-09-13",
    )


def test_an_mhtml_file_without_a_page_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "saved.mht"
    path.write_bytes(
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\nContent-Type: image/png\r\n\r\nx\r\n--xx--\r\n"
    )
    assert ct.articles.read_all(path).rejected["reason"].tolist() == ["unreadable"]


def test_text_with_a_little_markup_is_no_page() -> None:
    assert not looks_html(b"The <b>salt</b> price rose.")
    assert looks_html("﻿<html><p>Salt".encode())


def test_paragraphs_are_found_in_the_page_again() -> None:
    raw = decode(PAGE.encode()).text
    paragraphs = html.article(PAGE.encode())["text"].split("\n\n")
    spans = locate(raw, paragraphs)
    assert len(spans) == 3
    for paragraph, span in zip(paragraphs, spans, strict=True):
        assert span is not None
        assert plain(raw[span[0] : span[1]]) == "".join(paragraph.split())


@pytest.mark.parametrize("unclosed", ["<script>", "<style", "<!--", "<a ", "<script></script "])
def test_many_tags_that_are_not_closed_take_linear_time(unclosed: str) -> None:
    raw = unclosed * 20_000 + "<p>Salt</p>"
    start = time.process_time()
    assert locate(raw, ["Salt"]) == [(len(raw) - 8, len(raw) - 4)]
    assert time.process_time() - start < 2


def test_what_is_not_shown_is_not_located() -> None:
    raw = "<!-- Salt --><SCRIPT>Salt</SCRIPT ><style>Salt</style><p>Salt</p>"
    assert locate(raw, ["Salt"]) == [(len(raw) - 8, len(raw) - 4)]


def test_a_paragraph_that_the_page_does_not_hold_is_not_located() -> None:
    assert locate("<p>Salt</p>", ["Sugar", "Salt"]) == [None, (3, 7)]


@given(st.lists(st.text(alphabet="ab<>&; é\n", max_size=20), max_size=6))
@settings(max_examples=60, deadline=None)
def test_located_paragraphs_show_what_was_looked_for(lines: list[str]) -> None:
    from html import escape

    shown = [line.replace("<", "").replace(">", "") for line in lines]
    raw = "<div>" + "".join(f"<p>{escape(line)}</p>" for line in shown) + "</div>"
    for line, span in zip(shown, locate(raw, shown), strict=True):
        if "".join(line.split()):
            assert span is not None
            assert plain(raw[span[0] : span[1]]) == "".join(line.split())
