"""Executed notebooks as pages: self-contained, nothing unescaped, nothing that a run added."""

import base64
import hashlib
import io
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image, ImageDraw

from corpus_tools.reports import alt, provenance
from corpus_tools.reports.parameters import Parameter
from corpus_tools.reports.plan import Report
from corpus_tools.reports.render import fact_line, facts, page, sanitised

DECLARED = (
    Parameter("corpus_path", "str", "x", "folder"),
    Parameter("top_n", "int", 20, "rows <b>"),
    Parameter("query", "str", "", "words"),
)


def report(title: str = "Terms", **parameters: Any) -> Report:
    return Report("terms", title, Path("terms.ipynb"), Path("corpus"), tuple(parameters.items()), DECLARED)


def executed(*cells: Any) -> Any:
    title = new_markdown_cell("# Heading of the notebook\n\nWhat is said?", id="title")
    parameters = new_code_cell("top_n: int = 20", id="parameters", metadata={"tags": ["parameters"]})
    injected = new_code_cell("corpus_path = '/secret'", id="i", metadata={"tags": ["injected-parameters"]})
    return new_notebook(cells=[title, parameters, injected, *cells])


def cell(*outputs: Any, source: str = "show()", name: str = "c") -> Any:
    return new_code_cell(source, id=name, outputs=list(outputs))


def result(**data: Any) -> Any:
    return new_output("execute_result", data={k.replace("__", "/"): v for k, v in data.items()}, execution_count=1)


def picture(size: tuple[int, int] = (40, 20), **data: Any) -> Any:
    target = io.BytesIO()
    drawn = Image.new("RGBA", size, "white")
    ImageDraw.Draw(drawn).ellipse((2, 2, size[0] - 3, size[1] - 3), fill="#0072B2", outline="#D55E00")
    drawn.save(target, "PNG")
    data["image/png"] = base64.b64encode(target.getvalue()).decode()
    return new_output("display_data", data=data, metadata={"image/png": {"width": 20, "height": 10}})


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_a_page_requests_nothing_and_runs_nothing_but_its_own() -> None:
    html = page(executed(cell(picture()), cell(result(text__html="<p>a</p>"), name="d")), report())
    seen = Page(html)
    assert not re.search(r"https?://", html)
    assert not seen.all("link")
    assert not seen.all("iframe")
    assert all(str(image["src"]).startswith("data:image/") for image in seen.all("img"))
    (script,) = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(m["content"] for m in seen.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert html.startswith("<!DOCTYPE html>")
    assert seen.all("html") == [{"lang": "en"}]


def test_the_title_of_the_plan_stands_once_above_the_page() -> None:
    seen = Page(page(executed(), report("Terms <b> & more")))
    assert len(seen.all("h1")) == 1
    assert "Heading of the notebook" not in seen.text
    assert seen.text.count("Terms <b> & more") == 2
    assert "What is said?" in seen.text


def test_parameters_are_shown_and_their_cells_are_not() -> None:
    html = page(executed(), report(top_n=5, query="<script>alert(1)</script>"))
    assert "/secret" not in html
    assert "top_n: int" not in html
    assert "top_n = 5; query = &lt;script&gt;" in html
    assert [unescape(name) for name in re.findall("<dt>(.*?)</dt>", html)] == ["top_n", "query"]
    assert "the notebook’s defaults" in page(executed(), report())


def test_what_went_to_the_error_stream_is_not_on_the_page() -> None:
    warning = new_output("stream", name="stderr", text="/home/me/x.py:3: FutureWarning: gone\n")
    printed = new_output("stream", name="stdout", text="<i>printed</i>")
    failed = new_output("error", ename="ValueError", evalue="x", traceback=["Traceback (most recent call last)"])
    html = page(executed(cell(warning, printed, failed)), report())
    assert "Warning" not in html
    assert "Traceback" not in html
    assert "&lt;i&gt;printed&lt;/i&gt;" in html


def test_pictures_have_a_size_a_description_and_a_palette() -> None:
    described = picture((400, 200), **{alt.MIMETYPE: 'Killed <by> "day". 3 bars.'})
    plain = picture()
    axes_in_words = result(text__plain="<Axes: title={'center': 'x'}>")
    source = [new_markdown_cell("## Who *says* it\n\nText.", id="h"), cell(axes_in_words, described, plain)]
    seen = Page(page(executed(*source), report()))
    first, second = seen.all("img")
    assert first["alt"] == 'Killed <by> "day". 3 bars.'
    assert (first["width"], first["height"]) == ("20", "10")
    assert second["alt"] == "Plot: Who *says* it"
    assert "Axes" not in seen.text
    data = base64.b64decode(str(first["src"]).split(",")[1])
    shown = Image.open(io.BytesIO(data))
    assert shown.size == (400, 200)
    assert shown.convert("RGB").getpixel((200, 100)) == (0, 114, 178)


def test_sections_are_named_and_listed() -> None:
    texts = ["## A & B", "### Not me", "## A & B", "## content", "## <script>x</script>"]
    cells = [new_markdown_cell(text, id=f"m{place}") for place, text in enumerate(texts)]
    seen = Page(page(executed(*cells), report()))
    names = [heading["id"] for heading in seen.all("h2")]
    assert len(set(names)) == 4
    links = [link["href"] for link in seen.all("a") if str(link["href"]).startswith("#")]
    assert links == ["#content", *(f"#{name}" for name in names)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<style>*{display:none}</style><p style='position:fixed;color:red'>a</p>", '<p style="color:red">a</p>'),
        ("<iframe src='https://a.example'></iframe>", ""),
        ("<img src='https://a.example/x.png'>", ""),
        ("<a href='javascript:alert(1)'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        (
            "<a href='https://a.example' onclick='x()'>a</a>",
            '<a href="https://a.example" rel="noopener noreferrer">a</a>',
        ),
        ("<svg onload=alert(1)><text>a</text></svg>", ""),
        ("<form action='https://a.example'><input name=q></form>", ""),
        ("<base href='https://a.example'><meta http-equiv=refresh content=0>", ""),
        ("<mark class='cue' title='x'>said</mark>", '<mark class="cue" title="x">said</mark>'),
        ("<!-- x -->a", "a"),
    ],
)
def test_shown_html_keeps_only_what_is_harmless(html: str, expected: str) -> None:
    assert sanitised(html) == expected


@pytest.mark.parametrize(
    "sheet",
    [
        "body{display:none}",
        ".ct-hl p,body{display:none}",
        ".ct-hl{background:url(https://a.example)}",
        ".ct-hl{}@import 'https://a.example';",
        "@media print{.ct-hl{color:red}}",
        ".ct-hl{position:fixed}",
        ".ct-table td{display:none}",
        ".ct-hl{}*{display:none}",
    ],
)
def test_styles_that_could_touch_anything_else_are_left_out(sheet: str) -> None:
    html = page(executed(cell(result(text__html=f"<style>{sheet}</style><p>a</p>"))), report())
    assert sheet not in html


def test_styles_of_what_the_toolkit_shows_stand_once_in_the_head() -> None:
    sheet = ".ct-hl p{color:red}\n.ct-hl .cue{color:blue}"
    outputs = [result(text__html=f'<div class="ct-hl"><style>{sheet}</style><p>a</p></div>') for _ in range(2)]
    html = page(executed(cell(*outputs)), report())
    assert html.count(sheet) == 1
    assert html.index(sheet) < html.index("</head>")


def test_types_that_could_run_are_left_out() -> None:
    running = new_output("display_data", data={"application/javascript": "alert(1)"})
    latex = new_output("display_data", data={"text/latex": r"\href{javascript:alert(1)}{x}"})
    widget = new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {"model_id": "x"}})
    html = page(executed(cell(running, latex, widget)), report())
    assert "alert" not in html
    assert "model_id" not in html


def test_a_drawing_is_shown_as_a_picture_in_which_nothing_runs() -> None:
    drawing = new_output("display_data", data={"image/svg+xml": "<svg><script>alert(1)</script></svg>"})
    seen = Page(page(executed(cell(drawing)), report()))
    assert len(seen.all("script")) == 1
    (image,) = seen.all("img")
    assert str(image["src"]).startswith("data:image/svg+xml")


def test_facts_come_from_the_notebook_and_only_of_the_right_type() -> None:
    handed = {"articles": 64, "corpus": "sample", "first": "2031-01-02", "last": None, "undated": "2", "evil": 1}
    notebook = executed(cell(result(**{provenance.MIMETYPE: handed, "text/html": "<p>x</p>"})))
    assert facts(notebook) == {"articles": 64, "corpus": "sample", "first": "2031-01-02"}
    assert facts(executed()) == {}
    assert fact_line({}) == []
    assert "<span>sample</span><span>64 articles</span>" in page(notebook, report())


def test_the_same_notebook_gives_the_same_bytes() -> None:
    notebook = executed(cell(picture()), new_markdown_cell("## A", id="a"))
    assert page(notebook, report()) == page(notebook, report())
