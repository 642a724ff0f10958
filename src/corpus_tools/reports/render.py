"""An executed notebook becomes one self-contained page: no remote request, no script but its own, nothing unescaped."""

from __future__ import annotations

import base64
import contextlib
import copy
import hashlib
import re
import tomllib
from functools import cache
from html import escape, unescape
from importlib import resources
from typing import Any

from corpus_tools.reports import alt, cells, passages, plotted, provenance, tables
from corpus_tools.reports.parameters import TAG
from corpus_tools.reports.plan import CORPUS, Report, slug

_LARGEST_THUMBNAIL = 30_000

# Cells of these tags are not on the page: parameters stand in its head, and a form is of no use there.
_HIDDEN_TAGS = {TAG, "injected-parameters", "interactive"}

# A flat sheet of rules for elements of a class `ct-…`; tables have their style from the page.
_OWN_STYLE = re.compile(r"(?:\s*\.ct-(?!table)[\w-]+(?: [\w.+*~: -]+)?\s*\{[^{}@]*\})+\s*")
_REQUEST = re.compile(r"url|image|import|\\|position", re.IGNORECASE)

# What a cell shows when its last line is an Axes or a figure; the picture itself follows.
_FIGURE_WORDS = re.compile(r"^(<(Axes|Figure|matplotlib)|\[<|array\(\[\[?<Axes|Text\()")

# Of the marks in highlighted code, the style sheet colours these.
_COLOURED = "k|kn|kc|ow|s1|s2|sa|sd|se|si|c1|c|mi|mf"
_UNCOLOURED = re.compile(rf'<span(?: class="(?!(?:{_COLOURED})")\w+")?>([^<]*)</span>')

# Characters that an address between double quotes may hold as they are, beside letters and digits.
_PLAIN = " ,;:!*()'/?@=+$|~"

_PRIORITY = ["text/html", "image/png", "text/plain"]
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_TAG_OR_QUOTE = re.compile(r'<[^>]*>|"')
_COMMENT_OR_INDENT = re.compile(r"(?m)^ *(?://.*\n)?")
_DRAWING_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"')


def page(notebook: Any, report: Report) -> str:
    """Return an executed notebook as HTML.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; it is not changed.
    report : Report
        What was executed, with its title and parameters.

    Returns
    -------
    str
        One file that needs no other: code hidden behind a button, pictures inside, no remote request.
    """
    from nbconvert.exporters.html import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter
    from nbconvert.filters.highlight import Highlight2HTML
    from traitlets.config import Config

    class Exporter(HTMLExporter):  # type: ignore[misc, unused-ignore]
        # Without parsing and writing the page once more: the template gives every picture its words already.
        from_notebook_node = TemplateExporter.from_notebook_node

    settings = Config()
    settings.NbConvertBase.display_data_priority = _PRIORITY
    settings.HTMLExporter.exclude_anchor_links = True
    exporter: Any = Exporter(  # type: ignore[no-untyped-call, unused-ignore]
        config=settings,
        template_name="report",
        extra_template_basedirs=[str(resources.files(__package__) / "templates")],
    )
    highlight: Any = Highlight2HTML  # untyped
    colour = highlight(pygments_lexer="ipython3", parent=exporter)
    exporter.register_filter("highlight_code", lambda source, **options: _plain_words(colour(source, **options)))
    found = passages.Passages()
    prepared, styles = _prepared(notebook, found)
    about = _page(report, facts(notebook), styles)
    html, _ = exporter.from_notebook_node(prepared, resources={"page": about})
    return _with_contents(html.replace("<!--passages-->", found.html())).rstrip() + "\n"


def facts(notebook: Any) -> dict[str, Any]:
    """Return what the notebook handed over with `computed`: counts, dates, corpus; empty when it did not."""
    known = {"corpus": str, "fingerprint": str, "articles": int, "undated": int, "first": str, "last": str}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            found = output.get("data", {}).get(provenance.MIMETYPE)
            if isinstance(found, dict):
                return {name: found[name] for name, kind in known.items() if isinstance(found.get(name), kind)}
    return {}


def fact_line(found: dict[str, Any]) -> list[str]:
    """Return the facts as short phrases, for the head of a page and for its card in the index.

    Examples
    --------
    >>> fact_line({"corpus": "sample", "articles": 64, "first": "2031-01-02", "last": "2031-04-30", "undated": 2})
    ['sample', '64 articles', '2031-01-02 to 2031-04-30', '2 without a date']
    """
    if "articles" not in found:
        return []
    count = found["articles"]
    phrases = [found["corpus"]] if found.get("corpus") else []
    phrases.append(f"{count:,} article" + ("" if count == 1 else "s"))
    first, last = found.get("first"), found.get("last")
    if first and last:
        phrases.append(first if first == last else f"{first} to {last}")
    if found.get("undated"):
        phrases.append("without a date" if count == 1 else f"{found['undated']:,} without a date")
    return phrases


def thumbnail(notebook: Any) -> str:
    """Return the first picture of an executed notebook as an address; empty when it has none that is light."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            drawing = _joined(output.get("data", {}).get("image/svg+xml", ""))
            if drawing and len(drawing) < _LARGEST_THUMBNAIL:
                return _drawing_address(drawing)
    return ""


def changed(report: Report) -> list[tuple[str, str]]:
    """Return the parameters of a report that are not the notebook's defaults, for people."""
    return [(name, provenance.parameter(value)) for name, value in report.parameters]


@cache
def asset(name: str) -> str:
    """Return a file of the templates folder."""
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8")


def policy(script: str = "") -> str:
    """Return a Content-Security-Policy that allows no request, and no script but this one."""
    allowed = "'none'"
    if script:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        allowed = f"'sha256-{digest}'"
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {allowed}; "
        "base-uri 'none'; form-action 'none'"
    )


def _page(report: Report, found: dict[str, Any], styles: list[str]) -> dict[str, Any]:
    script = _COMMENT_OR_INDENT.sub("", asset("page.js"))
    values = dict(report.parameters)
    listed = [
        {"name": p.name, "value": provenance.parameter(values.get(p.name, p.default)), "help": p.help}
        for p in report.declared
        if p.name != CORPUS
    ]
    return {
        "title": report.title,
        "facts": fact_line(found),
        "parameters": listed,
        "changed": "; ".join(f"{name} = {value}" for name, value in changed(report)),
        "policy": policy(script),
        "script": script,
        "style": "\n".join([asset("page.css"), *styles]),
    }


def _prepared(notebook: Any, found: passages.Passages) -> tuple[Any, list[str]]:
    """Return a copy of the notebook that holds what belongs on the page, cleaned, and the styles that it brings.

    The passages behind its tables are added to `found`.
    """
    notebook = copy.deepcopy(notebook)
    kept, near, titled = [], "", False
    shown = [output.data for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output]
    styles = list(dict.fromkeys(sheet for data in shown for sheet in own_styles(_joined(data.get("text/html", "")))))
    first = _places(shown, found)
    found.settle(passages.room(facts(notebook).get("articles", 0)))
    for cell in notebook.cells:
        if _HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
            continue
        if cell.cell_type == "markdown":
            if not titled and cell.source.lstrip().startswith("# "):
                cell.source = cell.source.lstrip().partition("\n")[2].lstrip()
                titled = True
            near = _nearest(cell.source) or near
        elif cell.cell_type == "code":
            for output in cell.outputs:
                _build_table(output, first, found)
            cell.outputs = [made for output in cell.outputs if (made := _output(output, near)) is not None]
        kept.append(cell)
    notebook.cells = kept
    return notebook, styles


def _nearest(markdown: str) -> str:
    headings = re.findall(r"^#{2,6} +(.+)$", markdown, flags=re.MULTILINE)
    return headings[-1].strip() if headings else ""


def _places(shown: list[Any], found: passages.Passages) -> dict[int, list[int]]:
    """Hand over where the rows of all tables come from; return the numbers of each table's first row, by column."""
    first: dict[int, list[int]] = {}
    for data in shown:
        given = data.get(tables.MIMETYPE)
        if isinstance(given, dict) and isinstance(given.get("evidence"), list):
            with contextlib.suppress(ValueError, KeyError, TypeError, IndexError):
                first[id(given)] = [found.add(behind) for behind in given["evidence"]]
    return first


def _build_table(output: Any, first: dict[int, list[int]], found: passages.Passages) -> None:
    """Make the HTML of a table that `show` gave anew, with links to its passages."""
    given = output.get("data", {}).get(tables.MIMETYPE)
    if isinstance(given, dict):
        with contextlib.suppress(ValueError, KeyError, TypeError, IndexError):
            html = passages.table_html(given, first.get(id(given), []), found)
            output.data = {"text/html": html, tables.MIMETYPE: True}


def _output(output: Any, near: str) -> Any:
    """Return an output as it may stand on the page, or None when it may not."""
    if output.output_type == "error" or (output.output_type == "stream" and output.name == "stderr"):
        return None
    if output.output_type == "stream":
        return output
    data = output.data
    if any(kind in data for kind in _PICTURES):
        words = cells.clean(data.get(alt.MIMETYPE) or f"Plot: {near}", longest=1000)
        output.metadata = {"alt": words, **_lightest(data, output.metadata), **_data(data, words)}
        output.data = {"image/png": True}
        return output
    if data.get(tables.MIMETYPE) is True:
        output.data = {"text/html": data["text/html"]}
        return output
    if "text/html" in data:
        data["text/html"] = sanitised(_joined(data["text/html"]))
        return output
    if "text/plain" in data:
        text = _joined(data["text/plain"])
        if not _FIGURE_WORDS.match(text):
            output.data = {"text/plain": text}
            return output
    return None


def _data(data: Any, words: str) -> dict[str, str]:
    """Return the address of the data behind a plot, the name of the file for them, and what it holds."""
    from urllib.parse import quote

    written = _joined(data.get(plotted.MIMETYPE) or "")
    if not written:
        return {}
    about = cells.clean(words.partition(". ")[0], longest=60)
    name = slug(about)[:60].strip("-") or "plot"
    return {"data": f"data:text/csv;charset=utf-8,{quote(written, safe=_PLAIN)}", "file": f"{name}.csv", "about": about}


def sanitised(html: str) -> str:
    """Return `html` with nothing in it that could run or be requested.

    Examples
    --------
    >>> sanitised('<p onclick="x()">a<script>x()</script><img src="https://a.example/b.png"></p>')
    '<p>a</p>'
    """
    import nh3

    allowed = _allowed()
    return nh3.clean(
        html,
        tags=set(allowed["tags"]),
        attributes={tag: set(names) for tag, names in allowed["attributes"].items()},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
        filter_style_properties=set(allowed["styles"]),
        strip_comments=True,
    )


@cache
def _allowed() -> dict[str, Any]:
    return tomllib.loads(asset("allowed.toml"))


def own_styles(html: str) -> list[str]:
    """Return the style sheets in `html` that can only touch what corpus-tools shows: all their selectors say ``.ct-…``.

    Examples
    --------
    >>> own_styles("<style>.ct-hl p{color:red}</style><style>body{display:none}</style>")
    ['.ct-hl p{color:red}']
    """
    sheets = [sheet.strip() for sheet in re.findall(r"<style>([^<]*)</style>", html)]
    return [sheet for sheet in sheets if _OWN_STYLE.fullmatch(sheet) and not _REQUEST.search(sheet)]


def _lightest(data: Any, metadata: Any) -> dict[str, Any]:
    """Return the address that holds a picture in the form that weighs least, and its size on the page."""
    found: list[tuple[str, dict[str, int]]] = []
    if "image/svg+xml" in data:
        drawing = _joined(data["image/svg+xml"])
        found.append((_drawing_address(drawing), _drawing_size(drawing)))
    if "image/png" in data:
        raw = base64.b64decode(_joined(data["image/png"]))
        lighter, kind = _lighter(raw)
        size = metadata.get("image/png", {})
        kept = {name: size[name] for name in ("width", "height") if isinstance(size.get(name), int)}
        found.append((_address(lighter, kind), kept or (found[0][1] if found else {})))
    if "image/jpeg" in data:
        found.append((_address(base64.b64decode(_joined(data["image/jpeg"])), "image/jpeg"), {}))
    address, size = min(found, key=lambda one: len(one[0]))
    return {"address": address.replace("&", "&amp;"), **size}


def _address(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _drawing_address(drawing: str) -> str:
    """Return an SVG as an address; mostly as it stands, for base64 would add a third."""
    if any("'" in tag for tag in _TAG_OR_QUOTE.findall(drawing)):  # which would end its attributes
        return _address(drawing.encode(), "image/svg+xml")
    quoted = _TAG_OR_QUOTE.sub(lambda m: m[0].replace('"', "'") if m[0] != '"' else "&quot;", drawing)
    plain = quoted.replace("%", "%25").replace("#", "%23").replace("\n", " ")
    return f"data:image/svg+xml,{plain}"


def _drawing_size(drawing: str) -> dict[str, int]:
    """Return the size of an SVG on the page, in pixels (points are three quarters of one)."""
    found = _DRAWING_SIZE.match(drawing)
    return {"width": round(float(found[1]) * 4 / 3), "height": round(float(found[2]) * 4 / 3)} if found else {}


def _lighter(png: bytes) -> tuple[bytes, str]:
    """Return a PNG with 256 colours of its own (plots have few), as lossless WebP where there is WebP, and its type."""
    import io

    from PIL import Image, features

    with Image.open(io.BytesIO(png)) as picture:
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A") if "A" in picture.getbands() else None)
    few = flat.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    target = io.BytesIO()
    if features.check("webp"):
        few.convert("RGB").save(target, "WEBP", lossless=True, quality=80, method=4)
        kind = "image/webp"
    else:
        few.save(target, "PNG", optimize=True)
        kind = "image/png"
    return min((target.getvalue(), kind), (png, "image/png"), key=lambda one: len(one[0]))


def _with_contents(html: str) -> str:
    """Return the page with a name for each section and, when there are several, a list of links to them."""
    found: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        text = unescape(re.sub(r"<[^>]+>", "", match[1])).strip()
        name = slug(text)
        while name in found or name == "content":
            name += "-"
        found[name] = text
        return f'<h2 id="{name}">{match[1]}</h2>'

    head, _, body = html.partition("<!--contents-->")
    body = re.sub(r"<h2>(.*?)</h2>", named, body, flags=re.DOTALL)
    if len(found) < 3:
        return head + body
    links = "".join(f'<li><a href="#{name}">{escape(text)}</a></li>' for name, text in found.items())
    return f'{head}<nav class="contents" aria-label="Contents"><ul>{links}</ul></nav>{body}'


def _plain_words(code: str) -> str:
    """Return highlighted code without the marks of words that the page shows in no colour of their own."""
    return _UNCOLOURED.sub(r"\1", code)


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)
