"""Every notebook on every kind of corpus: the sample, an article of which nothing is known, and hostile articles."""

import json
import re
from html.parser import HTMLParser

import pytest

from tests.pages import NOTEBOOKS, SAMPLE, Made
from tests.shared import REASON, SHARED

pytestmark = pytest.mark.notebooks

corpora = pytest.mark.parametrize(
    "corpus",
    [
        "sample",
        "one",
        "hostile",
        pytest.param("seed", marks=pytest.mark.skipif(SHARED is None, reason=REASON)),
    ],
)
#: Tables that count nothing: they compare, or measure how a text is written.
MEASURES = ("Agreement with a careful reader", "How hard articles are to read")
notebooks = pytest.mark.parametrize("notebook", [path.stem for path in NOTEBOOKS])


@corpora
@notebooks
def test_runs_without_an_error_and_without_a_word_on_the_side(corpus: str, notebook: str, made: Made) -> None:
    _folder, results = made(corpus)
    result = next(result for result in results if result.report.name == notebook)
    assert result.error is None
    assert result.remarks == ()
    assert result.state == "made"


@corpora
@notebooks
def test_hands_over_what_the_index_shows(corpus: str, notebook: str, made: Made) -> None:
    _folder, results = made(corpus)
    facts = next(result.facts for result in results if result.report.name == notebook)
    assert facts["articles"] >= 1
    assert facts["fingerprint"]
    if corpus == "sample":
        assert facts["articles"] >= 60
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", facts["first"])
        assert facts["first"] < facts["last"]
    if corpus == "one":
        assert facts == {"articles": 1, "undated": 1, "corpus": "one", "fingerprint": facts["fingerprint"]}


@corpora
@notebooks
def test_the_page_is_light_and_says_nothing_of_this_machine(corpus: str, notebook: str, made: Made) -> None:
    folder, _results = made(corpus)
    page = (folder / f"{notebook}.html").read_text(encoding="utf-8")
    assert str(SAMPLE.parents[1]) not in page
    assert "Traceback (most recent call last)" not in page
    assert not re.search(r"""(?:src|srcset|data|action)\s*=\s*["']?https?:""", page)
    assert len(page.encode()) < (250_000 if corpus == "sample" else 1_000_000)


@notebooks
def test_a_form_leaves_nothing_on_the_page(notebook: str, made: Made) -> None:
    folder, _results = made("sample")
    page = (folder / f"{notebook}.html").read_text(encoding="utf-8")
    assert "reports.form" not in page
    assert "widget" not in page
    kept = json.loads((folder / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    forms = [cell for cell in kept["cells"] if "reports.form" in "".join(cell["source"])]
    assert len(forms) == (notebook == "term_frequency")
    assert all(cell["outputs"] == [] for cell in forms)


@notebooks
def test_every_plot_offers_its_data_and_every_row_that_counts_something_its_passages(notebook: str, made: Made) -> None:
    folder, _results = made("sample")
    page = (folder / f"{notebook}.html").read_text(encoding="utf-8")
    plots = page.count("<figure")
    assert page.count('href="data:text/csv') >= plots - (notebook == "overview")
    tables = re.findall(r'<div class="ct-table".*?</table>', page, flags=re.DOTALL)
    assert len(tables) >= 4
    for table in tables:
        if any(f"<span>{caption}" in table for caption in MEASURES):
            continue
        for row in re.split("<tr>", table)[2:]:
            assert "data-r=" in row or re.search(r"class=n>0(?=\s|<)", row), row


class Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


@notebooks
def test_every_picture_has_a_description(notebook: str, made: Made) -> None:
    folder, _results = made("sample")
    page = (folder / f"{notebook}.html").read_text(encoding="utf-8")
    seen = Images()
    seen.feed(page)
    descriptions = [str(image.get("alt")) for image in seen.found]
    assert len(descriptions) >= 3
    assert all(len(text) > 15 for text in descriptions)


def test_executed_notebooks_are_kept_without_what_differs_from_run_to_run(made: Made) -> None:
    folder, _results = made("sample")
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        assert "papermill" not in kept["metadata"]
        assert len({cell["id"] for cell in kept["cells"]}) == len(kept["cells"])
