"""What the pages' own script adds: sorting, filtering, downloads, the passages behind a row; and accessibility."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from corpus_tools.reports import Report, Shown, show
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
    return one_page(folder, show(counts, caption="Terms", articles=ARTICLES, evidence=evidence, by="term"))


def one_page(folder: Path, shown: Shown) -> Path:
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
        assert dialog.locator("h2").inner_text() == "Where it stands: 1–3 of 3 passages"
        assert dialog.locator("mark").all_inner_texts() == ["ferry"] * 4
        assert dialog.locator("h3").first.inner_text() == "Ferry <late> Harbour Post, 2031-03-03"
        visit.page.keyboard.press("Escape")
        assert dialog.is_hidden()
        assert visit.page.evaluate("document.activeElement.textContent") == "4"
        visit.page.get_by_role("link", name="1", exact=True).nth(1).click()
        assert "The quay stayed <b>shut</b>." in visit.page.get_by_role("dialog").inner_text()
        assert visit.events == []


def test_a_row_with_many_places_is_paged_and_says_what_is_left_out(
    browser: "playwright.Browser", tmp_path: Path
) -> None:
    text = "\n\n".join(
        f"On day {day} the ferry was late, and nobody at the quay could say why it was." for day in range(60)
    )
    articles = ARTICLES.head(1).assign(text=text)
    found = [match.start() for match in re.finditer("ferry", text)]
    evidence = pd.DataFrame({"article_id": "a", "start": found, "end": [start + 5 for start in found], "term": "ferry"})
    counts = pd.DataFrame({"term": ["ferry"], "count": [1060]})
    with Visit(browser, one_page(tmp_path, show(counts, articles=articles, evidence=evidence, by="term"))) as visit:
        visit.page.get_by_role("link", name="1,060").click()
        dialog = visit.page.get_by_role("dialog")
        heading = dialog.locator("h2")
        assert heading.inner_text() == "Where it stands: 1–10 of 30 passages, with 30 of 60 places"
        assert dialog.get_by_role("button", name="Previous").is_hidden()
        for _ in range(2):
            dialog.get_by_role("button", name="Next").click()
        assert heading.inner_text().startswith("Where it stands: 21–30 of 30")
        assert dialog.get_by_role("button", name="Next").is_hidden()
        assert dialog.locator("p mark").count() == 10
        assert visit.events == []


def test_all_passages_stand_marked_at_the_end_of_the_page(browser: "playwright.Browser", tmp_path: Path) -> None:
    with Visit(browser, terms_page(tmp_path)) as visit:
        visit.page.locator(".passages summary").click()
        visit.page.locator(".passages mark").first.wait_for()
        assert sorted(visit.page.locator(".passages mark").all_inner_texts()) == ["ferry"] * 4 + ["quay", "shut"]
        assert "The quay stayed <b>shut</b>." in visit.page.inner_text(".passages")
        assert visit.events == []


def test_without_scripts_a_count_leads_to_its_first_passage_all_the_same(
    browser: "playwright.Browser", tmp_path: Path
) -> None:
    with Visit(browser, terms_page(tmp_path), java_script_enabled=False) as visit:
        visit.page.get_by_role("link", name="4", exact=True).first.click()
        assert visit.page.locator("p:target").inner_text().startswith("Ana Orel said the ferry was late.")


def test_the_index_is_searched(browser: "playwright.Browser", made: Made) -> None:
    folder, results = made("sample")
    with Visit(browser, folder / "index.html") as visit:
        visit.page.get_by_role("searchbox").fill("timeline: when")
        assert visit.page.locator(".card:visible").count() == 1
        assert visit.page.locator("#found").inner_text() == f"1 of {len(results)} reports"
        assert visit.events == []


# Rows, passages and references are alike, so that the first of them stand for all.
MANY = ["tbody tr:nth-child(n+6)", ".passages article:nth-of-type(n+4)"]


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


@pytest.mark.parametrize("name", PAGES)
def test_printed_tables_fit_the_paper_and_repeat_their_heads(
    browser: "playwright.Browser", name: str, made: Made
) -> None:
    pypdf = pytest.importorskip("pypdf")
    folder, _results = made("sample")
    with Visit(browser, folder / f"{name}.html", viewport={"width": 688, "height": 1000}) as visit:
        visit.page.emulate_media(media="print")  # 688 pixels: A4 without its margins
        beyond = visit.page.evaluate(
            """() => [...document.querySelectorAll("th, td, figure img")].filter(one => one.checkVisibility() &&
                one.getBoundingClientRect().right > 689).map(one => one.outerHTML.slice(0, 80))"""
        )
        printed = pypdf.PdfReader(io.BytesIO(visit.page.pdf(format="A4")))
        heads = visit.page.evaluate(
            "() => [...document.querySelectorAll('thead')].filter(one => one.parentElement.rows.length > 35)"
            ".map(one => [...one.rows[0].cells].map(cell => cell.textContent))"
        )
    assert beyond == []
    pages = [" ".join(one.extract_text().split()) for one in printed.pages]
    assert name == "index" or len(pages) > 5
    for head in heads:  # long tables are on several pages
        assert sum(all(title in text for title in head) for text in pages) >= 2, head
