"""Pages of several templates, written for these tests: what becomes of each."""
# ruff: noqa: E501

from __future__ import annotations

import json
from typing import Any

import pytest

from corpus_tools.articles import html
from corpus_tools.errors import UnreadableInput

TEXT = [
    "The river Lenn rose by two metres on Tuesday night, and the lower town of Millbeck was cut off from its bridge.",
    "“We have not seen water like this since the old mill burned,” said the mayor, Petra Holm, at a briefing on Wednesday.",
    "Some four hundred people were taken to the sports hall, where volunteers handed out blankets, soup and dry socks.",
    "Engineers said that the dam at Upper Harl had held, but that its gates would stay open until the rain stopped.",
    "The regional council promised money for repairs; it did not say how much, nor when the first houses would be dry.",
]
GERMAN = [
    "Der Fluss Lenn ist in der Nacht zum Mittwoch um zwei Meter gestiegen und hat die Unterstadt von Talbach überflutet.",
    "„So etwas haben wir seit dem Brand der alten Mühle nicht erlebt“, sagte Bürgermeisterin Petra Holm am Mittwoch.",
    "Rund vierhundert Menschen wurden in die Turnhalle gebracht, wo Freiwillige Decken, Suppe und Socken verteilten.",
    "Die Talsperre habe gehalten, teilten die Ingenieure mit; ihre Tore blieben aber offen, bis der Regen aufhöre.",
]
FRENCH = [
    "La rivière Lenn a monté de deux mètres dans la nuit de mardi, et la ville basse de Valbrune a été inondée.",
    "« Nous n'avons rien vu de tel depuis l'incendie du vieux moulin », a déclaré la maire, Petra Holm, mercredi matin.",
    "Quelque quatre cents personnes ont été conduites au gymnase, où des bénévoles distribuaient des couvertures.",
    "Les ingénieurs ont assuré que le barrage avait tenu, mais que ses vannes resteraient ouvertes encore un jour.",
]
MENU = "<nav><ul>" + "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("World", "Sport", "Money")) + "</ul></nav>"
FOOT = (
    "<aside class='related'><h3>More stories</h3><ul><li><a href='/a'>Ferry sails again after a long winter</a></li>"
    "<li><a href='/b'>Why the salt price will not fall this year</a></li></ul></aside>"
    "<footer><p>© 2023 Harl Media. All rights reserved.</p><p>Sign up for our newsletter.</p></footer>"
)


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page(head: str, body: str, language: str = "en") -> bytes:
    return f"<!DOCTYPE html><html lang={language}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def ld(**node: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **node})}</script>'


def test_json_ld_alone_gives_title_authors_outlet_date_and_section() -> None:
    head = "<title>Millbeck cut off by flood - The Harl Post</title>" + ld(
        **{"@type": "NewsArticle"},
        headline="Millbeck cut off by flood",
        datePublished="2023-09-13T21:40:00-05:00",
        author=[{"@type": "Person", "name": "Ines Orr"}, {"@type": "Person", "name": "Ott Bram"}],
        publisher={"@type": "Organization", "name": "The Harl Post"},
        articleSection="Weather",
    )
    found = html.article(
        page(head, f"{MENU}<div id=a><h1>Millbeck cut off by flood</h1>{paragraphs(TEXT)}</div>{FOOT}")
    )
    assert found["title"] == "Millbeck cut off by flood"
    assert found["authors"] == ["Ines Orr", "Ott Bram"]
    assert found["outlet"] == "The Harl Post"
    assert found["published"].isoformat() == "2023-09-14T02:40:00"
    assert found["published_offset"] == -300
    assert found["themes"] == ["Weather"]
    assert found["language"] == "en"
    assert found["text"].split("\n\n") == TEXT


def test_microdata_alone() -> None:
    body = (
        f"{MENU}<article itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>Millbeck cut off</h1>"
        "<span itemprop=author itemscope><span itemprop=name>Ines Orr</span></span>"
        "<time itemprop=datePublished datetime='2023-09-13'>Wednesday</time>"
        f"<div itemprop=articleBody>{paragraphs(TEXT)}</div></article>{FOOT}"
    )
    found = html.article(page("<title>Millbeck cut off | Harl Post</title>", body))
    assert (found["title"], found["authors"], str(found["published"].date())) == (
        "Millbeck cut off",
        ["Ines Orr"],
        "2023-09-13",
    )
    assert found["text"].split("\n\n") == TEXT


def test_without_metadata_the_lines_of_the_page_speak() -> None:
    body = (
        f"{MENU}<div class=story><h1>Millbeck cut off by flood</h1><p class=byline>By Ines Orr and Ott Bram</p>"
        f"<p class=date>13 September 2023</p>{paragraphs(TEXT)}</div>{FOOT}"
    )
    found = html.article(page("<title>Millbeck cut off by flood</title>", body))
    assert found["authors"] == ["Ines Orr", "Ott Bram"]
    assert str(found["published"].date()) == "2023-09-13"
    assert found["text"].split("\n\n") == TEXT


def test_a_german_page() -> None:
    body = (
        f"{MENU}<main><h1>Talbach steht unter Wasser</h1><div class=author>Von Ilka Brandt und Ott Bram</div>"
        f"<div class=date>13. September 2023, 10:40 Uhr</div>{paragraphs(GERMAN)}</main>{FOOT}"
    )
    found = html.article(page("<title>Talbach steht unter Wasser - Talbote</title>", body, "de-AT"))
    assert found["title"] == "Talbach steht unter Wasser"
    assert found["authors"] == ["Ilka Brandt", "Ott Bram"]
    assert found["published"].isoformat() == "2023-09-13T10:40:00"
    assert found["language"] == "de"
    assert found["text"].split("\n\n") == GERMAN


def test_a_french_page_in_windows_1252() -> None:
    body = (
        f"<div><h1>Valbrune sous les eaux</h1><p class=auteur>Par Inès Orr</p><p class=date>Publié le 13 septembre 2023</p>"
        f"{paragraphs(FRENCH)}</div>"
    )
    text = f"<html lang=fr><head><meta charset='iso-8859-1'><title>Valbrune sous les eaux</title></head><body>{body}</body></html>"
    found = html.article(text.encode("cp1252"))
    assert found["authors"] == ["Inès Orr"]
    assert str(found["published"].date()) == "2023-09-13"
    assert found["text"].split("\n\n") == FRENCH
    assert "cleaning: read as cp1252, as the page declares" in found["notes"]


def test_numeric_dates_stay_open_in_english_and_are_day_first_in_german() -> None:
    english, german = (f"<h1>Salt</h1><p class=date>03/04/2016</p>{paragraphs(lines)}" for lines in (TEXT, GERMAN))
    found = html.article(page("<title>Salt</title>", english))
    assert found["published"] is None
    assert "2016-04-03" in found["_candidates"]
    assert "2016-03-04" in found["_candidates"]
    assert str(html.article(page("<title>Salz</title>", german, "de"))["published"].date()) == "2016-04-03"


def test_impossible_dates_stay_missing() -> None:
    body = f"<h1>Salt</h1><p class=date>13/14/2016</p>{paragraphs(TEXT)}"
    assert html.article(page("<title>Salt</title>", body))["published"] is None


@pytest.mark.parametrize("junk", ["Staff", "13 September 2023", "Share", "https://harl.example/ines", "admin"])
def test_junk_is_no_author(junk: str) -> None:
    head = f'<title>Salt</title><meta name=author content="{junk}">'
    assert html.article(page(head, f"<h1>Salt</h1>{paragraphs(TEXT)}"))["authors"] == []


def test_the_outlet_is_not_the_author_when_a_byline_names_somebody() -> None:
    head = "<title>Salt</title><meta property='og:site_name' content='Harl Post'><meta name=author content='Harl Post'>"
    body = f"<h1>Salt</h1><p class=byline>By Ines Orr</p>{paragraphs(TEXT)}"
    assert html.article(page(head, body))["authors"] == ["Ines Orr"]


@pytest.mark.parametrize(
    "byline", ["<p class=byline>By Ines Orr</p>", "<p>By Ines Orr</p>", "<p>Von Ines Orr und Ott Bram</p>"]
)
def test_a_byline_is_no_paragraph(byline: str) -> None:
    found = html.article(page("<title>Salt</title>", f"<h1>Salt</h1>{byline}{paragraphs(TEXT)}"))
    assert found["authors"][0] == "Ines Orr"
    assert found["text"].split("\n\n") == TEXT


CHANGED = "<meta property='article:modified_time' content='2023-09-14T10:00:00+00:00'>"


def test_a_date_of_modification_is_taken_with_a_note_when_the_page_names_no_other() -> None:
    found = html.article(page(f"<title>Salt</title>{CHANGED}", f"<h1>Salt</h1>{paragraphs(TEXT)}"))
    assert str(found["published"].date()) == "2023-09-14"
    assert "metadata: published: only a date of modification was found, and taken" in found["notes"]


@pytest.mark.parametrize(
    "shown",
    ["<meta name=date content='2023-09-13'>", "<time datetime='2023-09-13'>x</time>", "<p>13 September 2023</p>"],
)
def test_any_other_date_goes_before_that_of_a_modification(shown: str) -> None:
    found = html.article(page(f"<title>Salt</title>{CHANGED}", f"<h1>Salt</h1>{shown}{paragraphs(TEXT)}"))
    assert str(found["published"].date()) == "2023-09-13"
    assert not any("modification" in note for note in found["notes"])


def test_the_furniture_of_republishers_is_read_as_in_text() -> None:
    body = (
        "<h1>Salt price rises</h1><p>By <a href='#'>Ines Orr</a></p><p>Hollin Review, August 02, 2016</p>"
        "<p>Region: <a href='#'>Northern Isles, Kardania</a></p><p>Theme: <a href='#'>Trade</a></p>"
        f"{paragraphs(TEXT)}<p>The original source of this article is <a href='#'>The Open Ledger</a></p>"
        "<p>Disclaimer: The contents of this article are of sole responsibility of the author(s).</p>"
    )
    found = html.article(page("<title>Salt price rises</title>", f"<div>{body}</div>"))
    assert found["regions"] == ["Northern Isles", "Kardania"]
    assert found["themes"] == ["Trade"]
    assert found["original_outlet"] == "The Open Ledger"
    assert found["authors"] == ["Ines Orr"]
    assert str(found["published"].date()) == "2016-08-02"
    assert found["text"].split("\n\n") == TEXT
    assert "Disclaimer" in found["boilerplate"]


def test_a_stub_behind_a_paywall_keeps_what_it_shows_or_is_rejected_with_a_reason() -> None:
    body = "<h1>Salt</h1><div class=paywall><p>Subscribe to read on.</p><a href='/in'>Log in</a></div>"
    with pytest.raises(UnreadableInput) as caught:
        html.article(page("<title>Salt</title>", f"{MENU}{body}{FOOT}"))
    assert caught.value.reason == "no_text"


def test_text_that_only_json_ld_holds_is_taken_and_noted() -> None:
    head = "<title>Salt</title>" + ld(**{"@type": "NewsArticle"}, headline="Salt", articleBody="\n".join(TEXT))
    found = html.article(page(head, "<div id=root></div>"))
    assert found["text"].split("\n\n") == TEXT
    assert any("JSON-LD" in note for note in found["notes"])


def test_a_live_blog_keeps_its_entries() -> None:
    entries = "".join(f"<section class=entry><h3>{9 + n}:00</h3><p>{line}</p></section>" for n, line in enumerate(TEXT))
    found = html.article(page("<title>Flood live</title>", f"{MENU}<main><h1>Flood live</h1>{entries}</main>{FOOT}"))
    assert all(line in found["text"] for line in TEXT)


def test_comments_and_menus_are_no_text() -> None:
    comments = (
        "<div class=comments>"
        + paragraphs(["I told you so, and nobody in this town ever listens to me."] * 3)
        + "</div>"
    )
    found = html.article(
        page("<title>Salt</title>", f"{MENU}<article><h1>Salt</h1>{paragraphs(TEXT)}</article>{comments}{FOOT}")
    )
    assert found["text"].split("\n\n") == TEXT


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Salt", "datePublished": "2023-09-13",}',
        '<!-- {"@type": "NewsArticle", "headline": "Salt", "datePublished": "2023-09-13"} -->',
        '{"@type": "NewsArticle", "headline": "Salt", "datePublished": "2023-09-13", "x": }',
        '[{"@graph": [{"@type": ["Article", "NewsArticle"], "headline": "Salt", "datePublished": "2023-09-13"}]}]',
        '{"@type": "NewsArticle", "headline": "Sa\nlt", "datePublished": "2023-09-13"}',
    ],
)
def test_damaged_json_ld_is_read_as_far_as_it_goes(script: str) -> None:
    head = f'<title>x</title><script type="application/ld+json">{script}</script>'
    assert str(html.article(page(head, f"<h1>Salt</h1>{paragraphs(TEXT)}"))["published"].date()) == "2023-09-13"


def test_the_address_of_a_saved_page() -> None:
    saved = b"<!-- saved from url=(0041)https://harl.example/2016/08/02/salt.html -->\n"
    found = html.article(saved + page("<title>Salt</title>", f"<h1>Salt</h1>{paragraphs(TEXT)}"))
    assert found["url"] == "https://harl.example/2016/08/02/salt.html"
    assert str(found["published"].date()) == "2016-08-02"


def titled(head: str, body: str, url: str | None = None) -> str | None:
    return html.article(page(head, body + paragraphs(TEXT)), url=url)["title"]


def test_a_logo_is_not_the_headline() -> None:
    logo = "<header><h1><a href='/'>Krimi Kronik</a></h1></header>"
    assert titled("<title>The old mill burns again : Krimi Kronik</title>", logo) == "The old mill burns again"
    named = "<title>Krimi Kronik » The old mill burns again</title>"
    assert titled(named, logo + "<h2>The old mill burns again</h2>") == "The old mill burns again"


def test_a_dash_of_the_headline_itself_is_kept() -> None:
    line = "Baker in New York – what comes next?"
    head = f"<meta property=og:title content='{line}'><meta name=twitter:title content='{line}'><title>{line}</title>"
    assert titled(head, f"<h1>{line}</h1>") == line


def test_the_address_tells_which_heading_is_the_headline() -> None:
    head = "<title>Dam holds at Upper Harl | Friends of the Upper Harl Valley and its Mills</title>"
    body = "<h1>Friends of the Upper Harl Valley and its Mills</h1>"
    assert titled(head, body, "https://harl.example/news/dam-holds-at-upper-harl") == "Dam holds at Upper Harl"


def test_an_address_that_is_none_does_no_harm() -> None:
    head = "<title>Rain</title><link rel=canonical href='https://[rain/dam-holds'>"
    assert titled(head, "<h1>Rain in Harl</h1>") == "Rain in Harl"
    assert html.furniture([page(head, paragraphs(TEXT))] * 2) == {}
