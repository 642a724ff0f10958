"""What pages of one site have in common is no text; copies of one article have their text in common, and keep it."""

from __future__ import annotations

from corpus_tools.articles import html
from corpus_tools.articles.html.repeated import fingerprint

APPEAL = (
    "Our reporters walk every lane of Harl so that you know what happens there; without readers who give, nobody would."
)
PLACES = ("mill", "bridge", "harbour", "school", "station")


def page(place: str, days: int = 6, host: str = "harl.example") -> bytes:
    lines = "".join(
        f"<p>On day {day} the water stood at the {place}, and {day + 40} people were taken to the hall.</p>"
        + (f"<p>{APPEAL}</p>" if day == 3 else "")
        for day in range(1, days)
    )
    head = f"<title>Flood at the {place}</title><link rel=canonical href='https://www.{host}/{place}.html'>"
    text = f"<body><article><h1>Flood at the {place}</h1>{lines}</article></body>"
    return f"<html lang=en><head>{head}</head>{text}</html>".encode()


def test_a_block_that_stands_on_many_pages_of_a_site_is_no_text() -> None:
    pages = [page(place) for place in PLACES]
    known = html.furniture(pages)
    assert known == {"harl.example": frozenset({fingerprint(APPEAL)})}
    alone, informed = html.article(pages[0]), html.article(pages[0], furniture=known)
    assert APPEAL in alone["text"]
    assert informed["text"] == alone["text"].replace(f"{APPEAL}\n\n", "")
    assert html.record(pages[0], furniture=known).text == informed["text"]


def test_another_site_keeps_its_text() -> None:
    known = html.furniture(page(place) for place in PLACES)
    assert APPEAL in html.article(page("mill", host="salt.example"), furniture=known)["text"]


def test_copies_and_later_versions_of_one_article_are_counted_once() -> None:
    pages = [page("mill"), page("mill"), page("mill", 7), page("mill", 8)]
    assert html.furniture(pages) == {}


def test_the_address_that_a_container_tells_names_the_site_and_bad_pages_are_passed_over() -> None:
    pages = [(page(place).replace(b"canonical", b"x"), f"https://lenn.example/{place}") for place in PLACES]
    assert set(html.furniture([*pages, b"", b"\x00\x01", (b"<p" + b" a=b" * 60_000, None)])) == {"lenn.example"}
    assert html.furniture(pages, least=6) == {}
