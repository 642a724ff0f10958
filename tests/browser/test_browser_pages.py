"""Pages in a real browser, without a network: nothing overflows, nothing runs, nothing is asked for."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.pages import NOTEBOOKS, Made
from tests.shared import REASON, SHARED

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.notebooks,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on the path (make chromium)"),
]

PAGES = ["index", *(path.stem for path in NOTEBOOKS)]
# The other way round than in the tests of notebooks, so that two processes don't wait for the same reports.
CORPORA = [pytest.param("seed", marks=pytest.mark.skipif(SHARED is None, reason=REASON)), "hostile", "one", "sample"]


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Visit:
    """A page that has been opened, with all that happened on it."""

    def __init__(self, browser: "playwright.Browser", path: Path, **options: object) -> None:
        self.context = browser.new_context(offline=True, **options)
        self.page = self.context.new_page()
        self.events: list[str] = []
        self.page.on("console", lambda message: self.events.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.events.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.events.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.requested(request.url))
        self.page.goto(path.as_uri(), wait_until="load")

    def requested(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.events.append(f"request: {url}")

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("corpus", CORPORA)
def test_a_page_is_whole_and_quiet(
    browser: "playwright.Browser", corpus: str, name: str, width: int, made: Made
) -> None:
    folder, results = made(corpus)
    assert {result.report.name: result.error for result in results}.get(name) is None
    with Visit(browser, folder / f"{name}.html", viewport={"width": width, "height": 900}) as visit:
        size = visit.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert size[0] <= size[1], f"{name} is {size[0]} px wide in {size[1]}"
        text = visit.page.inner_text("body")
        assert not re.search(r"(?m)Traceback|[A-Za-z]*Warning:|\bNaN\b|\bNaT\b|<NA>|(?:^|\t)None(?:$|\t|;)", text)
        assert "object at 0x" not in text
        if corpus in ("sample", "one", "seed"):
            assert "<" not in text.replace("<0.", "")
        images = visit.page.evaluate(
            "Promise.all([...document.images].map(i => i.decode().then(() => [i.naturalWidth, i.alt.length])))"
        )
        # On the index, pictures only decorate: beside each stands its title.
        assert all(image[0] > 100 and (image[1] > 10 or name == "index") for image in images)
        visit.page.wait_for_timeout(50)
        assert visit.events == []


@pytest.mark.parametrize("name", PAGES[1:])
def test_hostile_texts_stay_texts_in_passages_and_in_files(
    browser: "playwright.Browser", name: str, made: Made
) -> None:
    folder, _results = made("hostile")
    with Visit(browser, folder / f"{name}.html") as visit:
        for link in visit.page.locator("a[data-r]").all()[:4]:
            link.click()
            visit.page.locator("dialog div p").first.wait_for()
            assert visit.page.locator("dialog :is(script, img, svg, style, a)").count() == 0
            visit.page.keyboard.press("Escape")
        visit.page.locator(".passages summary").click()
        for link in visit.page.locator("figcaption a").all():
            address = str(link.get_attribute("href"))
            assert re.fullmatch(r"[\w-]+\.csv", str(link.get_attribute("download")))
            rows = list(csv.reader(io.StringIO(unquote(address.partition(",")[2]))))
            assert not [cell for row in rows for cell in row if re.match(r"[=+@\t\r]|-\D", cell)]
        for button in visit.page.get_by_role("button", name="Download CSV").all()[:2]:
            with visit.page.expect_download() as download:
                button.click()
            text = Path(download.value.path()).read_text(encoding="utf-8-sig")
            rows = list(csv.reader(io.StringIO(text)))
            assert not [cell for row in rows for cell in row if re.match(r"[=+@\t\r]|-\D", cell)]
        visit.page.wait_for_timeout(50)
        assert visit.events == []


@pytest.mark.parametrize("name", PAGES[1:])
def test_pictures_show_something(browser: "playwright.Browser", name: str, made: Made) -> None:
    folder, _results = made("sample")
    with Visit(browser, folder / f"{name}.html") as visit:
        colours = visit.page.evaluate(
            """Promise.all([...document.images].map(async image => {
                await image.decode();
                const canvas = document.createElement("canvas");
                canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
                const context = canvas.getContext("2d");
                context.drawImage(image, 0, 0);
                const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
                const seen = new Set();
                for (let i = 0; i < data.length; i += 4 * 7) {
                    seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
                }
                return seen.size;
            }))"""
        )
        assert len(colours) >= 3
        assert min(colours) > 8


@pytest.mark.parametrize("name", PAGES[1:])
def test_code_is_hidden_until_it_is_asked_for(browser: "playwright.Browser", name: str, made: Made) -> None:
    folder, _results = made("sample")
    with Visit(browser, folder / f"{name}.html") as visit:
        assert "ct.reports.show(" not in visit.page.inner_text("body")
        button = visit.page.get_by_role("button", name="Show code")
        button.focus()
        visit.page.keyboard.press("Enter")
        assert "ct.reports.show(" in visit.page.inner_text("body")
        hide = visit.page.get_by_role("button", name="Hide code")
        assert hide.get_attribute("aria-pressed") == "true"
        hide.click()
        assert "ct.reports.show(" not in visit.page.inner_text("body")
        assert visit.events == []


def test_without_scripts_the_page_can_be_read_and_offers_no_dead_button(
    browser: "playwright.Browser", made: Made
) -> None:
    folder, _results = made("sample")
    with Visit(browser, folder / "overview.html", java_script_enabled=False) as visit:
        assert visit.page.get_by_role("button").count() == 0
        assert visit.page.get_by_role("heading", level=1).count() == 1
        assert visit.page.get_by_role("table").count() >= 3


def test_links_lead_to_the_pages_and_back(browser: "playwright.Browser", made: Made) -> None:
    folder, _results = made("sample")
    with Visit(browser, folder / "index.html") as visit:
        for card in visit.page.locator(".card h2 a").all():
            assert (folder / str(card.get_attribute("href"))).exists()
        visit.page.locator(".card h2 a").first.click()
        assert visit.page.get_by_role("heading", level=1).count() == 1
        for link in visit.page.locator(".contents a").all():
            target = str(link.get_attribute("href"))[1:]
            assert visit.page.locator(f"[id='{target}']").count() == 1
        visit.page.get_by_role("link", name="All reports").first.click()
        assert visit.page.url.endswith("index.html")
        assert visit.events == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: "playwright.Browser", scheme: str, made: Made) -> None:
    folder, _results = made("sample")
    with Visit(browser, folder / "overview.html", color_scheme=scheme) as visit:
        pairs = visit.page.evaluate(
            """() => {
                const colour = name => {
                    const probe = document.body.appendChild(document.createElement("i"));
                    probe.style.color = `var(${name})`;
                    const found = getComputedStyle(probe).color.match(/[0-9.]+/g).slice(0, 3).map(Number);
                    probe.remove();
                    return found;
                };
                const names = ["--fg", "--soft", "--link", "--bad", "--kw", "--str", "--com", "--num"];
                const grounds = ["--bg", "--panel"].map(colour);
                return names.flatMap(name => grounds.map(ground => [name, colour(name), ground]));
            }"""
        )
        for name, colour, ground in pairs:
            assert contrast(colour, ground) >= 4.5, (scheme, name)


def contrast(one: list[float], other: list[float]) -> float:
    """Return the contrast ratio of two colours (WCAG 2)."""

    def luminance(colour: list[float]) -> float:
        parts = [part / 255 for part in colour]
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
