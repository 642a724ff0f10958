"""Writers and dates of web pages, in the forms in which templates put them."""

from __future__ import annotations

import json

import pytest

from corpus_tools.articles import html
from corpus_tools.articles.html.names import cut, is_person, kind_of, split
from corpus_tools.articles.rules import Rules

TEXT = "".join(
    f"<p>The river Lenn rose by {feet} feet on Tuesday night, and the lower town of Millbeck was under water.</p>"
    for feet in range(3, 9)
)


def read(line: str, head: str = "", language: str = "en") -> dict[str, object]:
    page = f"<html lang={language}><head><title>Salt</title>{head}</head><body><h1>Salt</h1>{line}{TEXT}</body></html>"
    return html.article(page.encode())


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<h5>Von Ilka Brandt</h5>", ["Ilka Brandt"]),
        ("<p>Text &amp; Fotos: Ilka Brandt</p>", ["Ilka Brandt"]),
        ("<p>Text von Ilka Brandt Illustration von Ott Bram</p>", ["Ilka Brandt"]),
        ("<div class=meta>Ein Artikel von Ilka Brandt | 27.01.2022 - 12:45</div>", ["Ilka Brandt"]),
        ("<div class=gallery-author>Posted on September 21, 2020 by Ines Orr</div>", ["Ines Orr"]),
        ("<p class=byline>Von I. B. am 07.08.2013 um 09:07 Uhr</p>", ["I. B."]),
        ("<span class=author>Ines</span>", ["Ines"]),
        ("<span class=author>ines84</span>", ["ines84"]),
        ("<div class=author>By Ines OrrTwitter</div>", ["Ines Orr"]),
        ("<p class=byline>By Ines Orr and Ott Bram, Photos: Petra Holm</p>", ["Ines Orr", "Ott Bram"]),
        ("<p class=byline>By Ines Orr And Ott Bram</p>", ["Ines Orr", "Ott Bram"]),
        ("<div>Ines Orr | 05.04.2025 - 10:40</div>", ["Ines Orr"]),
        ("<div>Salt Market | Prices</div>", []),
        ("<p>By HPA, in News, Harl, Business, Salt · 31 Jan 2025, 20:02</p>", ["HPA"]),
        ("<span class=author>Von</span>", []),
        ("<p class=author>Comments as RSS</p>", []),
    ],
)
def test_bylines(line: str, authors: list[str]) -> None:
    assert read(line)["authors"] == authors


def test_a_person_goes_before_an_organisation_that_machines_are_told() -> None:
    found = read("<p>Von Ilka Brandt</p>", "<meta name=author content='Bund der Salzsieder e.V.'>")
    assert found["authors"] == ["Ilka Brandt"]


def test_an_agency_beside_people_is_the_wire() -> None:
    found = read("<p>Von Ilka Brandt und Ott Bram, dpa</p>")
    assert (found["authors"], found["wire"]) == (["Ilka Brandt", "Ott Bram"], "dpa")


def test_the_list_that_names_more_people_is_taken() -> None:
    node = json.dumps({"@type": "NewsArticle", "headline": "Salt", "author": {"name": "Ines Orr"}})
    both = "<meta name=author content='Ines Orr, Ott Bram'>"
    assert read("", f"<script type='application/ld+json'>{node}</script>{both}")["authors"] == ["Ines Orr", "Ott Bram"]


def test_the_outlets_place_is_no_writer() -> None:
    site = "<meta property=og:site_name content=saltpost.example>"
    writer = "<meta name=author content='saltpost.example, Harl, Norland'>"
    assert read("", site + writer)["authors"] == ["saltpost.example"]


def test_an_organisation_stays_when_nobody_else_is_named() -> None:
    assert read("", "<meta name=author content='Harl Water Board'>")["authors"] == ["Harl Water Board"]


def test_the_account_name_of_a_writer_is_found_again_in_the_byline() -> None:
    node = json.dumps({"@type": "NewsArticle", "headline": "Salt", "author": {"name": "ilkabrandt"}})
    lines = "<p class=author>von Otto Nebel</p><p class=author>von Ilka Brandt</p>"
    assert read(lines, f"<script type='application/ld+json'>{node}</script>")["authors"] == ["Ilka Brandt"]


def test_a_mark_in_the_footer_of_the_site_is_no_writer() -> None:
    footer = "<footer><div><a rel=author href='/'>Theme Smithy</a></div></footer>"
    page = f"<title>Salt</title><h1>Salt</h1><span class=author>Ines Orr</span>{TEXT}{footer}"
    assert html.article(page.encode())["authors"] == ["Ines Orr"]


def test_kinds_of_names() -> None:
    assert [kind_of(name) for name in ("Ines Orr", "Salzamt", "HPA", "Verein der Salzsieder", "山田太郎")] == [
        "person", "nickname", "organisation", "organisation", "person",
    ]  # fmt: skip
    assert not is_person("Archive (2016)")
    assert cut("Ines Orr – 2 August 2016") == "Ines Orr"
    assert split(["김하늘 기자", "박바다 기자 외 1명"], rules=Rules()) == ["김하늘", "박바다"]
    assert split(["Il\u00adka Brandt →"], rules=Rules()) == ["Ilka Brandt"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>21. Januar 2022 | Verkehr</p>", "2022-01-21"),
        ("<p>26 | 01 | 2022</p>", "2022-01-26"),
        ("<p class=byline>Von Ilka Brandt 4. 2. 2022.</p>", "2022-02-04"),
        ("<p>Datum: 22.12.2012, Rubrik: Salz</p>", "2012-12-22"),
        ("<span class=news-list-date>12. Januar 2022,</span>", "2022-01-12"),
        ("<p>27.1.2022 - Bei der Flut in Talbach ist die alte Brücke eingestürzt, sagte Petra Holm.</p>", "2022-01-27"),
        ("<p>(21. November 2022) Die Brücke in Talbach ist am Mittwoch eingestürzt.</p>", "2022-11-21"),
        ("<abbr itemprop=datePublished title='2018-06-05T08:00:00-07:00'>8 Uhr</abbr>", "2018-06-05"),
        ("<div class=news-list><div class=latest><div itemprop=datePublished content='2020-11-24T08:22:33+04:00'>"
         "08:22</div></div></div>", "2020-11-24"),
        ("<p>Video verfügbar bis 28.02.2021</p>", None),
        ("<p>Soldiers of the second company near the bridge at Upper Harl, 24 April 2023</p>", None),
    ],
)  # fmt: skip
def test_dates_near_the_text(line: str, day: str | None) -> None:
    published = read(line, language="de")["published"]
    assert (None if published is None else str(published.date())) == day  # type: ignore[attr-defined]


def test_a_line_that_dates_an_update_alone_is_taken_with_a_note() -> None:
    page = f"<title>Salz</title><h1>Salz</h1>{TEXT}<p>Aktualisiert am 17.01.2021.</p>"
    found = html.article(page.encode())
    assert str(found["published"].date()) == "2021-01-17"
    assert "metadata: published: only a date of modification was found, and taken" in found["notes"]


@pytest.mark.parametrize(
    "line",
    [
        "Dieser Beitrag wurde am Samstag, 3. Dezember 2011 um 18:40 Uhr veröffentlicht und unter Salz gespeichert. "
        "Sie können Kommentare zu diesem Eintrag über den Feed verfolgen; Pings sind zurzeit nicht erlaubt.",
        "This entry was posted on Saturday, December 3rd, 2011 at 6:40 pm and is filed under Salt. You can follow "
        "any responses to this entry through the feed. Both comments and pings are currently closed.",
    ],
)
def test_the_sentence_that_files_an_entry_dates_it(line: str) -> None:
    foot = f"<p class=postmetadata><small>{line}</small></p>"
    found = html.article(f"<title>Salt</title><body><h1>Salt</h1><div class=entry>{TEXT}</div>{foot}".encode())
    assert str(found["published"].date()) == "2011-12-03"
