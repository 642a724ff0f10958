"""Where the rows of tables come from: on the page once, marked in the right place, and never too much."""

import json
import re
import zlib
from base64 import b64decode
from html import unescape
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from corpus_tools.errors import InvalidTable
from corpus_tools.reports import Report, Shown, provenance, show
from corpus_tools.reports.parameters import Parameter
from corpus_tools.reports.passages import Passages, table_html
from corpus_tools.reports.render import page


def html_of(*tables: Shown, articles: int = 1) -> str:
    outputs = [new_output("execute_result", data=table._repr_mimebundle_(), execution_count=1) for table in tables]
    told = new_output("execute_result", data={provenance.MIMETYPE: {"articles": articles}}, execution_count=1)
    cells = [new_code_cell("show()", id=f"c{place}", outputs=[one]) for place, one in enumerate([*outputs, told])]
    declared = (Parameter("corpus_path", "str", "", ""),)
    return page(new_notebook(cells=cells), Report("terms", "Terms", Path("t.ipynb"), Path("c"), (), declared))


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/octet-stream" id="places">(.*?)</script>', html)
    if found is None:
        return {"passages": [], "places": [], "rows": []}
    told = json.loads(zlib.decompress(b64decode(found[1])))
    marks = iter(told["marks"])
    passages = accumulate(told["of"])
    places = [[passage, *islice(marks, length)] for passage, length in zip(passages, told["lengths"], strict=True)]
    return told | {"places": places, "rows": [[row[0], *accumulate(row[1:])] for row in told["rows"]]}


def open_passages(html: str) -> dict[int, str]:
    """Return the passages that stand on the page without its script."""
    section = html.partition('<section class="passages"')[2].partition("</section>")[0]
    return {int(number): unescape(text) for number, text in re.findall(r"<p id=p(\d+)>([^<]*)", section)}


def marked(html: str, row: int) -> list[list[str]]:
    """Return the words that are marked for a row, place by place, as the page's script does it."""
    data = data_of(html)
    found = []
    for number in data["rows"][row][1:]:
        place = data["places"][number]
        units = data["passages"][place[0] - 1][1].encode("utf-16-le")
        spans = [(place[i], place[i] + place[i + 1]) for i in range(1, len(place), 3)]
        found.append([units[2 * start : 2 * end].decode("utf-16-le") for start, end in spans])
    return found


ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b"],
        "title": ["Ferry <late>", "The 🚢 quay"],
        "outlet": ["Harbour Post", None],
        "published": pd.to_datetime(["2031-03-03", None]),
        "text": [
            "The ferry, Ana Orel said, was late. Nobody at the quay could say why that was, or whose fault.\n\n"
            "The company denied it <b>all</b>.",
            "🚢 A ship\x1b[31m sank. 🚢 A ferry rose again, to the surprise of all who had stood at the quay & waited.",
        ],
    }
)


def places(*words: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"article_id": article, "start": match.start(), "end": match.end(), "term": word}
            for article, text in zip(ARTICLES["article_id"], ARTICLES["text"], strict=True)
            for word in words
            for match in re.finditer(word, text)
        ]
    )


def test_marks_stand_where_the_words_stand_whatever_stands_before_them() -> None:
    words = ["ferry", "quay", "rose", "all", "sank"]
    table = pd.DataFrame({"term": words, "count": 1})
    html = html_of(show(table, articles=ARTICLES, evidence=places(*words), by="term"))
    for row, word in enumerate(words):
        found = marked(html, row)
        assert found
        assert all(place == [word] for place in found)


def test_each_sentence_stands_on_the_page_once() -> None:
    table = pd.DataFrame({"term": ["ferry", "quay"], "count": 1})
    shown = [show(table, articles=ARTICLES, evidence=places("ferry", "quay"), by="term") for _ in range(3)]
    html = html_of(*shown)
    assert html.count("Nobody at the quay could say why") == 1
    assert json.dumps(data_of(html)).count("Nobody at the quay could say why") == 1
    assert len(data_of(html)["rows"]) == 6
    assert len({tuple(row) for row in data_of(html)["rows"]}) == 2


def test_kinds_of_span_are_told_apart() -> None:
    row = {
        "article_id": "a",
        "start": 0,
        "end": 34,
        "sentence": "x",
        "cue_spans": [[20, 24]],
        "source_spans": [[11, 19]],
    }
    attributions = pd.DataFrame([row | {"content_spans": [[0, 9], [26, 34]]}])
    html = html_of(show(attributions, columns=["sentence"], articles=ARTICLES))
    assert marked(html, 0) == [["The ferry", "Ana Orel", "said", "was late"]]
    assert data_of(html)["places"][0][3::3] == [0, 1, 2, 0]


def test_a_row_about_an_article_leads_to_its_beginning() -> None:
    html = html_of(show(ARTICLES, columns=["outlet", "title"], articles=ARTICLES))
    assert data_of(html)["places"] == [[1], [2]]
    assert open_passages(html)[1].startswith("The ferry, Ana Orel said")
    assert re.search(r"<td[^>]*><a href=#p1 data-r=0>Ferry &lt;late&gt;</a>", html)
    counted = show(
        pd.DataFrame({"outlet": ["Harbour Post", None], "n": [1, 1]}), articles=ARTICLES, evidence=ARTICLES, by="outlet"
    )
    assert [row[0] for row in data_of(html_of(counted))["rows"]] == [1, 1]


def test_a_row_without_places_leads_nowhere() -> None:
    table = pd.DataFrame({"term": ["airship"], "count": [0]})
    html = html_of(show(table, articles=ARTICLES, evidence=places("ferry"), by="term"))
    assert "<a href=#p" not in html
    assert '<section class="passages"' not in html


@pytest.mark.parametrize("articles", [2000])
def test_a_page_about_thousands_of_articles_stays_light_and_says_what_it_leaves_out(articles: int) -> None:
    words = [f"word{number}" for number in range(100)]
    texts = [
        " ".join(f"In part {part} of report {number} the {words[(number * 7 + part * 31) % 100]} was seen again, "
                 "and officials would not say who had brought it there or why." for part in range(12))
        for number in range(articles)
    ]  # fmt: skip
    table = pd.DataFrame({"article_id": map(str, range(articles)), "title": "A report", "text": texts})
    found = [
        {"article_id": str(number), "start": match.start(), "end": match.end(), "term": match[0]}
        for number, text in enumerate(texts)
        for match in re.finditer(r"word\d+", text)
    ]
    evidence = pd.DataFrame(found)
    counts = evidence["term"].value_counts().rename_axis("term").reset_index(name="count")
    html = html_of(show(counts, rows=None, articles=table, evidence=evidence, by="term"), articles=articles)
    rows = data_of(html)["rows"]
    assert len(html.encode()) < 1_500_000
    assert len(rows) == 100
    assert all(len(row) > 5 for row in rows)
    assert [row[0] for row in rows] == counts["count"].tolist()


def test_where_there_is_no_room_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_tools.reports.passages.room", lambda _articles: 160)
    table = pd.DataFrame({"term": ["ferry", "quay", "rose"], "count": 1})
    html = html_of(show(table, articles=ARTICLES, evidence=places("ferry", "quay", "rose"), by="term"))
    assert "1 rows lead nowhere" in html or "2 rows lead nowhere" in html


def test_places_that_are_none_are_left_out() -> None:
    shown = show(
        pd.DataFrame({"term": ["ferry"], "count": [1]}), articles=ARTICLES, evidence=places("ferry"), by="term"
    )
    given = shown.as_json()
    for broken in ({"rows": [[99]]}, {"places": [{}]}, {"passages": None}, {"totals": ["x"]}):
        data = {
            "text/html": "<p>x</p>",
            "application/vnd.corpus-tools.table+json": given | {"evidence": [given["evidence"][0] | broken]},
        }
        output = new_output("execute_result", data=data, execution_count=1)
        notebook = new_notebook(cells=[new_code_cell("x", id="c", outputs=[output])])
        declared = (Parameter("corpus_path", "str", "", ""),)
        html = page(notebook, Report("t", "T", Path("t.ipynb"), Path("c"), (), declared))
        assert "<a href=#p" not in html


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=200), st.data())
def test_any_place_of_any_text_can_be_shown(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    row = pd.DataFrame({"article_id": ["a"], "start": [start], "end": [end]})
    evidence = show(row, articles=articles).as_json()["evidence"][0]
    found = Passages()
    assert found.add(evidence) == 0
    found.settle()
    assert found.html().count("<script") == bool(text.strip())


def test_several_columns_lead_each_to_its_own_places() -> None:
    ferries, quays = places("ferry"), places("quay")
    counts = pd.DataFrame({"word": ["ferry"], "in_all": [len(ferries) + len(quays)], "quays": [len(quays)]})
    both = pd.concat([ferries, quays]).assign(word="ferry")
    shown = show(counts, articles=ARTICLES, evidence={"quays": quays.assign(word="ferry"), "in_all": both}, by="word")
    assert [(behind.column, behind.totals) for behind in shown.evidence] == [(2, (len(quays),)), (1, (len(both),))]
    found = Passages()
    first = [found.add(behind) for behind in shown.as_json()["evidence"]]
    found.settle()
    html = table_html(shown.as_json(), first, found)
    assert re.findall(r"<td class=n><a [^>]*data-r=(\d)>(\d+)</a>", html) == [
        ("1", str(len(both))), ("0", str(len(quays))),
    ]  # fmt: skip
    with pytest.raises(InvalidTable, match="quay'"):
        show(counts, articles=ARTICLES, evidence={"quay": quays}, by="word")
