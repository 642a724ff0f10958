"""What the pages' own script adds: sorting, filtering, downloads, the passages behind a row; and accessibility."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from corpus_tools.reports import Report, show
from corpus_tools.reports.parameters import Parameter
from corpus_tools.reports.render import page
from tests.browser.test_browser_pages import CHROMIUM, FLAGS, PAGES, Visit
from tests.pages import Made

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
axe_playwright = pytest.importorskip("axe_playwright_python", reason="needs axe-core")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on the path (make chromium)"),
]

TEXT = "Ana Orel said the ferry was late.\n\nThe ferry company denied it. The quay stayed <b>shut</b>."
ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b"],
        "title": ["Ferry <late>", None],
        "outlet": ["Harbour Post", "Tamrin Voice"],
        "published": pd.to_datetime(["2031-03-03", None]),
        "text": [TEXT, "A ferry sank. A ferry rose."],
    }
)
WORDS = ["ferry", "quay", "shut"]


def places(word: str) -> list[dict[str, Any]]:
    found = []
    for row in ARTICLES.itertuples():
        start = row.text.find(word)
        while start >= 0:
            found.append({"article_id": row.article_id, "start": start, "end": start + len(word), "term": word})
            start = row.text.find(word, start + 1)
    return found


def terms_page(folder: Path) -> Path:
    evidence = pd.DataFrame([place for word in WORDS for place in places(word)])
    counts = pd.DataFrame({"term": [*WORDS, "=1+1", "b", "c", "d"], "count": [4, 1, 1, 1200, 7, 0, None]})
    shown = show(counts, caption="Terms", articles=ARTICLES, evidence=evidence, by="term")
    output = new_output("execute_result", data=shown._repr_mimebundle_(), execution_count=1)
    notebook = new_notebook(cells=[new_code_cell("show()", id="c", outputs=[output])])
    declared = (Parameter("corpus_path", "str", "", ""),)
    path = folder / "terms.html"
    html = page(notebook, Report("terms", "Terms", Path("t.ipynb"), Path("c"), (), declared))
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def first_column(visit: Visit) -> list[str]:
    return visit.page.locator("tbody tr:visible td:first-child").all_inner_texts()


def test_tables_are_sorted_by_a_heading_with_the_keyboard(browser: "playwright.Browser", tmp_path: Path) -> None:
    with Visit(browser, terms_page(tmp_path)) as visit:
        heading = visit.page.get_by_role("button", name="Count", exact=True)
        heading.focus()
        visit.page.keyboard.press("Enter")
        assert first_column(visit) == ["=1+1", "b", "ferry", "quay", "shut", "c", "d"]
        assert visit.page.locator("th[aria-sort=descending]").count() == 1
        visit.page.keyboard.press("Enter")
        assert first_column(visit) == ["c", "quay", "shut", "ferry", "b", "=1+1", "d"]
        assert visit.events == []


def test_rows_are_filtered(browser: "playwright.Browser", tmp_path: Path) -> None:
    with Visit(browser, terms_page(tmp_path)) as visit:
        visit.page.get_by_role("searchbox", name="Filter rows: Terms").fill("FERR")
        assert first_column(visit) == ["ferry"]
        visit.page.get_by_role("searchbox").fill("")
        assert len(first_column(visit)) == 7


def test_a_table_is_downloaded_as_it_is_sorted_and_no_spreadsheet_executes_it(
    browser: "playwright.Browser", tmp_path: Path
) -> None:
    with Visit(browser, terms_page(tmp_path)) as visit:
        with visit.page.expect_download() as download:
            visit.page.get_by_role("button", name="Download CSV: Terms").click()
        assert download.value.suggested_filename == "Terms.csv"
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    lines = [
        '"Term","Count"',
        '"ferry","4"',
        '"quay","1"',
        '"shut","1"',
        '"\'=1+1","1200"',
        '"b","7"',
        '"c","0"',
        '"d",',
    ]
    assert text == "\n".join(lines) + "\n"


def test_a_count_leads_to_its_sentences_with_the_keyboard_and_back(
    browser: "playwright.Browser", tmp_path: Path
) -> None:
    with Visit(browser, terms_page(tmp_path)) as visit:
        count = visit.page.get_by_role("link", name="4", exact=True).first
        count.focus()
        visit.page.keyboard.press("Enter")
        dialog = visit.page.get_by_role("dialog")
        assert dialog.locator("h2").inner_text() == "Where it stands: 1–4 of 4"
        assert dialog.locator("mark").all_inner_texts() == ["ferry"] * 4
        assert dialog.locator("h3").first.inner_text() == "Ferry <late> Harbour Post, 2031-03-03"
        visit.page.keyboard.press("Escape")
        assert dialog.is_hidden()
        assert visit.page.evaluate("document.activeElement.textContent") == "4"
        visit.page.get_by_role("link", name="1", exact=True).nth(1).click()
        assert "The quay stayed <b>shut</b>." in visit.page.get_by_role("dialog").inner_text()
        assert visit.events == []


def test_without_scripts_a_count_leads_to_its_sentences_all_the_same(
    browser: "playwright.Browser", tmp_path: Path
) -> None:
    with Visit(browser, terms_page(tmp_path), java_script_enabled=False) as visit:
        visit.page.get_by_role("link", name="4", exact=True).first.click()
        listed = visit.page.locator("li:target a")
        assert listed.all_inner_texts() == ["1", "2", "3", "4"]
        listed.nth(3).click()
        assert visit.page.locator("mark:target").inner_text() == "ferry"


def test_the_index_is_searched(browser: "playwright.Browser", made: Made) -> None:
    folder, results = made("sample")
    with Visit(browser, folder / "index.html") as visit:
        visit.page.get_by_role("searchbox").fill("timeline: when")
        assert visit.page.locator(".card:visible").count() == 1
        assert visit.page.locator("#found").inner_text() == f"1 of {len(results)} reports"
        assert visit.events == []


# Rows, passages and references are alike, so that the first of them stand for all.
MANY = ["tbody tr:nth-child(n+6)", ".passages article:nth-of-type(n+4)", ".refs li:nth-child(n+4)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: "playwright.Browser", name: str, scheme: str, made: Made) -> None:
    folder, _results = made("sample")
    source = (Path(axe_playwright.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    with Visit(browser, folder / f"{name}.html", color_scheme=scheme, bypass_csp=True) as visit:
        visit.page.evaluate(
            "many => many.forEach(one => document.querySelectorAll(one).forEach(found => found.remove()))", MANY
        )
        visit.page.evaluate(source)
        found = visit.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_alone_reaches_everything(browser: "playwright.Browser", name: str, made: Made) -> None:
    folder, _results = made("sample")
    with Visit(browser, folder / f"{name}.html") as visit:
        unreachable = visit.page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, input, summary, .ct-table, figure")]
                .filter(found => found.tabIndex < 0 && !found.hidden).map(found => found.outerHTML.slice(0, 80))"""
        )
        assert unreachable == []
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.tagName") in ("A", "INPUT")
