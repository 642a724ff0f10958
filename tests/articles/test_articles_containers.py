"""Files that hold several articles, or hold them in another form: what is read, and what is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_tools import articles

STORY = (
    "The river rose by two metres in one night and flooded the old town of Velisk. Nobody was hurt, the mayor said. "
    "By noon the water had reached the market, and the school was closed until Monday."
)
PAGE = f"Flood in Velisk\n\nBy Ines Orr\n\n2 August 2016\n\n{STORY}"


def html_page(title: str, story: str = STORY) -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{story}</p><p>{story[::-1]} .</p>"
        f"<p>{story} More of it was expected in the evening.</p></article></body></html>"
    ).encode()


def reading(path: Path) -> articles.Reading:
    return articles.read_all(path)


def reasons(read: articles.Reading) -> list[list[str]]:
    return read.rejected[["source_path", "reason"]].to_numpy().tolist()


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_of(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


MEMBERS = {
    "pages/flood.txt": PAGE.encode(),
    "rows.csv": b"title,text\nRain,It rained all day in Harl.\nSun,The sun came out in Harl.\n",
    "picture.png": b"\x89PNG\r\n",
    "__MACOSX/._flood.txt": b"junk",
}


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("all.zip", zip_of),
        ("all.tar", tar_of),
        ("all.tar.gz", lambda members: tar_of(members, "w:gz")),
        ("all.tar.xz", lambda members: tar_of(members, "w:xz")),
        ("all.bin", lambda members: tar_of(members, "w:bz2")),
    ],
)
def test_archives_are_read_as_the_files_in_them(
    tmp_path: Path, name: str, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    (tmp_path / name).write_bytes(pack(MEMBERS))
    read = reading(tmp_path / name)
    assert sorted(read.articles["title"]) == ["Flood in Velisk", "Rain", "Sun"]
    flood = read.articles.set_index("title").loc["Flood in Velisk"]
    assert flood["authors"] == ["Ines Orr"]
    assert str(flood["published"])[:10] == "2016-08-02"
    assert flood["source_path"].endswith(f"{name}#pages/flood.txt")
    assert [[path.split("/", 1)[-1], reason] for path, reason in reasons(read)] == [
        [f"{name}#picture.png", "unsupported"]
    ]


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_single_compressed_file(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / f"rows.jsonl.{suffix}").write_bytes(pack(b'{"title": "Rain", "text": "It rained all day."}\n'))
    read = reading(tmp_path)
    assert read.articles[["title", "text"]].to_numpy().tolist() == [["Rain", "It rained all day."]]


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("xz", lzma.compress)])
def test_of_cut_rows_those_before_the_cut_are_read(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    lines = [f'{{"text": "It rained on day {number}, {number * 7919 % 10007}."}}\n' for number in range(4_000)]
    packed = pack("".join(lines).encode())
    (tmp_path / f"rows.jsonl.{suffix}").write_bytes(packed[: len(packed) // 2])
    read = reading(tmp_path)
    assert [reason for _, reason in reasons(read)] == ["damaged"]
    assert len(read.articles) > 1_000
    assert all(f'{{"text": "{text}"}}\n' in lines for text in read.articles["text"].iloc[-20:])


@pytest.mark.parametrize("name", ["rows.csv.gz", "page.html.gz", "page.txt.gz"])
def test_of_a_cut_page_or_table_nothing_is_taken_for_whole(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"title,text\n" + b"Rain,It rained all day.\n" * 5000)[:-40])
    read = reading(tmp_path)
    assert [reason for _, reason in reasons(read)] == ["damaged"]
    assert read.articles.empty


def test_a_damaged_zip_gives_a_reason(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(zip_of(MEMBERS)[:-30])
    assert [reason for _, reason in reasons(reading(tmp_path))] == ["damaged"]


@pytest.mark.parametrize("name", ["all.zip", "rows.xlsx"])
def test_a_zip_that_claims_a_version_to_come_gives_a_reason(tmp_path: Path, name: str) -> None:
    data = bytearray(zip_of(MEMBERS))
    data[data.index(b"PK\x01\x02") + 6] = 84  # the version that is needed to extract, 8.4
    (tmp_path / name).write_bytes(data)
    assert [reason for _, reason in reasons(reading(tmp_path))] == ["damaged"]


def test_bombs_are_given_up(tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(zip_of({"zeros.txt": b"0" * 60_000_000}))
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 60_000_000))
    assert [reason for _, reason in reasons(reading(tmp_path))] == ["too_large", "too_large"]


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    packed = zip_of({"flood.txt": PAGE.encode()})
    (tmp_path / "two.zip").write_bytes(zip_of({"inner.zip": packed}))
    for _ in range(4):
        packed = zip_of({"inner.zip": packed})
    (tmp_path / "five.zip").write_bytes(packed)
    read = reading(tmp_path)
    assert [Path(path).name for path in read.articles["source_path"]] == ["flood.txt"]
    assert "two.zip#inner.zip/flood.txt" in read.articles["source_path"][0]
    assert [reason for _, reason in reasons(read)] == ["too_deep"]


def test_names_in_archives_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "evil.zip").write_bytes(zip_of({"../../outside.txt": PAGE.encode(), "/etc/motd": PAGE.encode()}))
    read = reading(tmp_path / "in")
    assert not outside.exists()
    assert len(read.articles) + len(read.rejected) == 2
    assert ".." not in read.articles["source_path"][0]


def test_links_in_archives_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("passwords.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    (tmp_path / "links.tar").write_bytes(out.getvalue())
    assert [reason for _, reason in reasons(reading(tmp_path))] == ["unreadable"]


def test_a_build_replaces_an_archives_articles(tmp_path: Path) -> None:
    import corpus_tools as ct

    (tmp_path / "all.zip").write_bytes(zip_of(MEMBERS))
    assert ct.build(tmp_path / "all.zip", tmp_path / "corpus").articles == 3
    (tmp_path / "all.zip").write_bytes(zip_of({"flood.txt": PAGE.encode()}))
    summary = ct.build(tmp_path / "all.zip", tmp_path / "corpus")
    assert (summary.articles, summary.replaced) == (1, 3)
    assert ct.open(tmp_path / "corpus").rejected.empty


def letter(subject: str, *, html: bool = False, day: str = "Tue, 2 Aug 2016 07:30:00 +0200") -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "The Harl Post <news@harl.example>"
    message["Subject"] = subject
    message["Date"] = day
    message["Message-ID"] = f"<{subject}@harl.example>"
    message.set_content("Read this letter in your browser." if html else f"{STORY}\n\nMore on {subject} tomorrow.\n")
    if html:
        message.add_alternative(
            f"<table><tr><td><p>{STORY}</p><p>More of it is expected tomorrow.</p></td></tr></table>",
            subtype="html",
        )
    return message.as_bytes()


def test_a_letter(tmp_path: Path) -> None:
    (tmp_path / "flood.eml").write_bytes(letter("Flood"))
    row = reading(tmp_path).articles.iloc[0]
    assert (row["title"], row["outlet"], str(row["published"])[:10]) == ("Flood", "The Harl Post", "2016-08-02")
    assert row["text"].startswith("The river rose")


def test_a_letter_in_html(tmp_path: Path) -> None:
    (tmp_path / "flood.eml").write_bytes(letter("Flood", html=True))
    assert reading(tmp_path).articles["text"].tolist() == [f"{STORY}\n\nMore of it is expected tomorrow."]


def test_a_mailbox(tmp_path: Path) -> None:
    box = b"".join(
        b"From news@harl.example Tue Aug  2 07:30:00 2016\n" + letter(name) + b"\n" for name in ("One", "Two")
    )
    (tmp_path / "letters.mbox").write_bytes(box)
    read = reading(tmp_path)
    assert read.articles["title"].tolist() == ["One", "Two"]
    assert read.articles["source_record"].tolist() == [1, 2]


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Harl Post</title><link>http://harl.example/</link>
<item><title>Flood in Velisk</title><link>http://harl.example/flood</link><dc:creator>Ines Orr</dc:creator>
<pubDate>Tue, 02 Aug 2016 07:30:00 GMT</pubDate><category>Weather</category><description>Short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><script>alert(1)</script><p>It went on.</p>]]></content:encoded></item>
<item><title>Nothing</title><link>http://harl.example/nothing</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Open Ledger</title>
<entry><title type="html">Rain &amp;amp; wind</title><link href="http://ledger.example/rain"/>
<author><name>Omar Lind</name></author>
<published>2016-08-03T10:00:00Z</published><summary>{STORY}</summary></entry></feed>"""


def test_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS)
    (tmp_path / "b.xml").write_text(ATOM)
    read = reading(tmp_path)
    columns = ["title", "authors", "outlet", "url"]
    assert read.articles[columns].to_numpy().tolist() == [
        ["Flood in Velisk", ["Ines Orr"], "The Harl Post", "http://harl.example/flood"],
        ["Rain & wind", ["Omar Lind"], "Open Ledger", "http://ledger.example/rain"],
    ]
    assert read.articles["published"].dt.strftime("%Y-%m-%d").tolist() == ["2016-08-02", "2016-08-03"]
    assert read.articles["text"][0] == f"{STORY}\n\nIt went on."
    assert [reason for _, reason in reasons(read)] == ["no_text"]


def test_a_feed_with_bombs_of_entities(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    (tmp_path / "bomb.rss").write_text(
        f"{bomb}<rss><channel><item><description>&e11; &x;</description></item></channel></rss>"
    )
    read = reading(tmp_path)
    assert len(read.articles) == 0
    assert len(read.rejected) == 1


def test_a_warc(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    whole = b"".join(
        _warc_record(f"http://harl.example/{n}", html_page(f"Flood number {n}", f"{n} {STORY}")) for n in range(3)
    )
    picture = _warc_record("http://harl.example/x.png", b"\x89PNG", kind="image/png")
    (tmp_path / "whole.warc").write_bytes(whole + picture)
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(b"x"))
    (tmp_path / "whole.warc.gz").write_bytes(
        b"".join(
            gzip.compress(_warc_record(f"http://ledger.example/{n}", html_page(f"Rain {n}", f"{n} {STORY}")))
            for n in range(2)
        )
    )
    read = reading(tmp_path)
    assert read.articles["title"].tolist() == ["Flood number 0", "Flood number 1", "Flood number 2", "Rain 0", "Rain 1"]
    assert read.articles["url"].tolist()[:2] == ["http://harl.example/0", "http://harl.example/1"]
    assert read.articles["source_record"].tolist() == [1, 2, 3, 1, 2]


def test_a_warc_cut_in_the_middle_of_a_page(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    whole = b"".join(
        _warc_record(f"http://harl.example/{n}", html_page(f"Flood {n}", f"{n} {STORY}")) for n in range(2)
    )
    (tmp_path / "cut.warc").write_bytes(whole[:-300])
    read = reading(tmp_path)
    assert read.articles["title"].tolist() == ["Flood 0"]
    assert [reason for _, reason in reasons(read)] == ["damaged"]


def _warc_record(url: str, body: bytes, *, kind: str = "text/html; charset=utf-8") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2016-08-02T07:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_a_word_document(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="the extra office is not installed")
    document = docx.Document()
    for line in PAGE.split("\n\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "flood.docx"))
    row = reading(tmp_path).articles.iloc[0]
    assert (row["title"], row["authors"], row["text"]) == ("Flood in Velisk", ["Ines Orr"], STORY)


def test_an_rtf_file(tmp_path: Path) -> None:
    pytest.importorskip("striprtf", reason="the extra office is not installed")
    body = "\\par\\par\n".join(PAGE.split("\n\n"))
    (tmp_path / "flood.rtf").write_text("{\\rtf1\\ansi " + body + "}")
    row = reading(tmp_path).articles.iloc[0]
    assert (row["title"], row["text"]) == ("Flood in Velisk", STORY)


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl, which writes this test's file, is not installed")
    pytest.importorskip("python_calamine", reason="the extra office is not installed")
    from datetime import datetime

    book = openpyxl.Workbook()
    book.active.append(["note"])
    sheet = book.create_sheet("Articles")
    sheet.append(["Headline", "Publication date", "Body"])
    sheet.append(["Rain", datetime(2016, 8, 2), STORY])
    sheet.append(["Empty", None, None])
    book.save(tmp_path / "articles.xlsx")
    read = reading(tmp_path)
    assert read.articles[["title", "text"]].to_numpy().tolist() == [["Rain", STORY]]
    assert str(read.articles["published"][0])[:10] == "2016-08-02"
    assert [reason for _, reason in reasons(read)] == ["empty"] or [reason for _, reason in reasons(read)] == [
        "no_text"
    ]


def test_a_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="the extra pdf is not installed")
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"pdf.fonttype": 42, "text.parse_math": False}):
        figure = Figure(figsize=(8, 4))
        lines = ["Flood in Velisk", "", "By Ines Orr", "", "2 August 2016", "", *_wrapped(STORY, 70)]
        for place, line in enumerate(lines):
            figure.text(0.05, 0.95 - place * 0.06, line, fontsize=9)
        figure.savefig(tmp_path / "flood.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    read = reading(tmp_path)
    assert read.articles["title"].tolist() == ["Flood in Velisk"]
    assert "flooded the old town of Velisk" in read.articles["text"][0]
    assert len(read.rejected) == 1


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)


LEXIS = """



                              1 of 3 DOCUMENTS


                              The Harl Post

                             August 2, 2016 Tuesday

Flood in Velisk

BYLINE: Ines Orr

SECTION: NEWS; Pg. 4

LENGTH: 41 words

BODY:

   {story}

   Water went on rising.

LOAD-DATE: August 3, 2016

LANGUAGE: ENGLISH

                              2 of 3 DOCUMENTS


                              Open Ledger (Harl)

                             August 3, 2016 Wednesday

HEADLINE: Rain and wind

LENGTH: 12 words

BODY:
   It rained all day in Harl.

LOAD-DATE: August 4, 2016
"""
NEXIS = """Flood in Velisk
The Harl Post
August 2, 2016 Tuesday

Copyright 2016 The Harl Post All Rights Reserved
Section: NEWS; Pg. 4
Length: 41 words
Byline: Ines Orr
Body

{story}

Water went on rising.

Load-Date: August 3, 2016

End of Document
"""
FACTIVA = """
SE   News
HD   Flood in Velisk
BY   By Ines Orr
WC   41 words
PD   2 August 2016
SN   The Harl Post
LA   English
LP
{story}

TD
Water went on rising.

Document HARLP00020160802ec8200001
"""


@pytest.mark.parametrize("text", [LEXIS, NEXIS, FACTIVA], ids=["LexisNexis", "Nexis Uni", "Factiva"])
def test_exports_of_databases(tmp_path: Path, text: str) -> None:
    two = text if text is LEXIS else text + text.replace("Flood in Velisk", "Flood in Tamrin")
    (tmp_path / "export.txt").write_text(two.format(story=STORY))
    read = reading(tmp_path)
    assert len(read.articles) == 2
    row = read.articles.iloc[0]
    assert (row["title"], row["outlet"], row["authors"]) == ("Flood in Velisk", "The Harl Post", ["Ines Orr"])
    assert str(row["published"])[:10] == "2016-08-02"
    assert row["text"] == f"{STORY}\n\nWater went on rising."


def test_an_export_that_lacks_documents_says_so(tmp_path: Path) -> None:
    (tmp_path / "export.txt").write_text(LEXIS.format(story=STORY))
    read = reading(tmp_path)
    assert read.articles["title"].tolist() == ["Flood in Velisk", "Rain and wind"]
    assert [reason for _, reason in reasons(read)] == ["incomplete"]
    assert "The file states 3 documents; 2 were found" in read.rejected["detail"][0]


def test_what_stands_before_and_behind_the_documents_of_an_export(tmp_path: Path) -> None:
    cover = "User Name: Ines Orr\nJob Number: 7\nDocuments (3)\n1. Flood in Velisk\nClient/Matter: -None-\n2. Other\n\n"
    other = NEXIS.replace("Flood in Velisk", "Flood in Tamrin")
    (tmp_path / "nexis.txt").write_text(cover + (NEXIS + other).format(story=STORY))
    summary = "\nSearch Summary\nText   flood\nResults Found   1,204\n"
    again = FACTIVA.replace("Flood in Velisk", "Storm in Velisk") + FACTIVA.replace("Flood in Velisk", "Storm in Harl")
    (tmp_path / "factiva.txt").write_text(again.format(story=STORY.replace("old", "new")) + summary)
    read = reading(tmp_path)
    titles = ["Storm in Velisk", "Storm in Harl", "Flood in Velisk", "Flood in Tamrin"]
    assert read.articles["title"].tolist() == titles
    assert read.articles["outlet"].unique().tolist() == ["The Harl Post"]
    assert sorted(read.rejected["detail"].str[:24]) == ["The file states 3 docume", "The search found 1,204 d"]
