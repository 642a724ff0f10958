"""The index of reports."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from corpus_tools.reports import Report, Result
from corpus_tools.reports.index import index
from corpus_tools.reports.parameters import Parameter

EVIL = '<script>alert(1)</script>{{ 7*7 }}"><img src=x onerror=alert(1)>'


def result(state: str = "made", *, text: str = "x", error: str | None = None, remarks: tuple[str, ...] = ()) -> Result:
    declared = (Parameter("corpus_path", "str", "", ""), Parameter("query", "str", "", ""))
    report = Report("terms", text, Path("terms.ipynb"), Path("corpus"), (("query", text),), declared)
    page = Path("html/terms.html") if state == "made" else None
    notebook = None if state == "missing" else Path("html/notebooks/terms.ipynb")
    facts = {"corpus": text, "articles": 64, "first": "2031-01-02", "last": text} if state == "made" else {}
    return Result(report, state, text, page, notebook, error, remarks, facts)


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str | None] = []
        self.seen: set[str] = set()
        self.text = ""
        self.scripts = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.scripts += tag == "script"
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("state", ["made", "failed", "missing"])
def test_hostile_text_stays_text(state: str) -> None:
    seen = Elements(index(EVIL, [result(state, text=EVIL, error=EVIL)]))
    assert "img" not in seen.seen
    assert seen.scripts == 1
    assert "}}" in seen.text
    assert EVIL in seen.text


def test_a_card_says_what_there_is_to_know() -> None:
    html = index("Reports", [result(text="Terms")])
    seen = Elements(html)
    assert seen.links == ["terms.html", "notebooks/terms.ipynb"]
    assert "64 articles" in seen.text
    assert "2031-01-02 to Terms" in seen.text
    assert "http:" not in html
    assert "https:" not in html


def test_a_failed_report_is_marked_and_links_to_what_was_executed() -> None:
    seen = Elements(index("Reports", [result("failed", error="ValueError: no"), result()]))
    assert "2 reports, 1 of them failed" in seen.text
    assert "Failed: ValueError: no" in seen.text
    assert seen.links == ["notebooks/terms.ipynb", "terms.html", "notebooks/terms.ipynb"]


def test_a_report_that_was_never_made_says_so() -> None:
    seen = Elements(index("Reports", [result("missing")]))
    assert "Not made yet." in seen.text
    assert seen.links == []


def test_messages_on_the_side_are_counted() -> None:
    assert "with 1 message on the side" in index("Reports", [result(remarks=("FutureWarning: x",))])
