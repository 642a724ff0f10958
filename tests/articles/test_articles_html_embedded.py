"""Pages that scripts fill in, and what is left out of scripts before a page is parsed."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from corpus_tools.articles import html
from corpus_tools.articles.html.embedded import paragraphs
from corpus_tools.articles.html.scripts import emptied
from corpus_tools.articles.html.tree import read
from corpus_tools.errors import UnreadableInput

LINES = [
    f"The ferry to Oskel was {hours} hours late, and the harbour master of Harl blamed fog." for hours in range(2, 9)
]
BODY = (
    "".join(f"<p>{line}</p>" for line in LINES) + "<figure><figcaption>The ferry. Photo: Ott Bram</figcaption></figure>"
)
OTHER = "".join(
    f"<p>Goats ate {count} hats on the green of Millbeck, and nobody stopped them.</p>" for count in range(2, 12)
)
TITLE, LEAD = (
    "Ferry to Oskel late again",
    "The ferry to Oskel was 2 hours late, and the harbour master of Harl blamed fog.",
)


def page(script: str, *, description: str = LEAD) -> bytes:
    head = f'<title>{TITLE}</title><meta name="description" content="{description}"><h1>{TITLE}</h1>'
    return f"<html lang=en>{head}<div id=root></div>{script}</html>".encode()


def next_data(*bodies: str) -> str:
    articles = [{"headline": TITLE if number == 0 else "Goats", "body": body} for number, body in enumerate(bodies)]
    return (
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"articles": articles}})}</script>'
    )


def flight(*values: str) -> str:
    whole = json.dumps({"title": TITLE, "html": "$24"})
    for value in values:
        whole += f"\n24:T{len(value.encode()):x},{value}25:[]"
    pieces = (whole[at : at + 400] for at in range(0, len(whole), 400))
    return "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)


@pytest.mark.parametrize(
    "script",
    [
        next_data(BODY),
        next_data(BODY, OTHER),
        f"<script>window.__NUXT__ = {json.dumps({'story': json.dumps({'title': TITLE, 'content': BODY})})};</script>",
        f"<script>window.state = {json.dumps({'title': TITLE, 'text': chr(10).join(2 * LINES)})}</script>",
        flight(BODY),
        flight(OTHER, BODY),
    ],
)
def test_the_text_is_taken_from_a_script(script: str) -> None:
    found = html.article(page(script))
    assert found["text"].split("\n\n")[: len(LINES)] == LINES
    assert "Photo" not in found["text"]
    assert "Goats" not in found["text"]
    assert "cleaning: the page shows less text than its scripts hold, which was taken" in found["notes"]


@pytest.mark.parametrize("script", [next_data(OTHER, OTHER.replace("Goats", "Cows")), "<script>var a = 'b';</script>"])
def test_a_script_without_the_articles_text_gives_none(script: str) -> None:
    with pytest.raises(UnreadableInput, match="No article"):
        html.article(page(script))


def test_the_only_text_beside_the_headline_is_the_articles() -> None:
    script = next_data(BODY)
    assert paragraphs(script, title=TITLE, description="")[0] == LINES[0]
    assert paragraphs(next_data(BODY, OTHER), title=TITLE, description="") == ()


def test_text_that_a_page_shows_is_not_replaced() -> None:
    shown = "".join(f"<p>{line.replace('ferry', 'boat')}</p>" for line in LINES)
    found = html.article(page(next_data(BODY) + f"<article>{shown}</article>"))
    assert "boat" in found["text"]
    assert "ferry" not in found["text"]


SCRIPTS: list[tuple[str, Any]] = [
    ("<script>a</SCRIPT><p>Rain</p><script>b</script>", "Rain"),
    ('<div data-x="<script>"><p>Rain</p></div><script>b</script>', "Rain"),
    ('<script data-x="a>b">c</script><p>Rain</p><script>b</script>', "Rain"),
    ("<svg/><p>Rain</p><svg><title>x</title></svg>", "Rain"),
    ("<!-- <script> --><p>Rain</p><script>b</script>", "Rain"),
    ("<script>document.write('<script>x<\\/script>')</script><p>Rain</p>", "Rain"),
    ("<svg><svg></svg><text>Cloud</text></svg><p>Rain</p>", "Rain"),
    ("<style>p{}</style><p>Rain</p><script>unclosed", "Rain"),
]


@pytest.mark.parametrize(("markup", "text"), SCRIPTS)
def test_what_scripts_hold_is_left_out_and_nothing_else(markup: str, text: str) -> None:
    assert [block.text for block in read(markup).blocks] == [text]


def test_linked_data_stays() -> None:
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Rain"}</script>'
    assert emptied(script) == script
    assert read(script).said.structured.article == {"@type": "NewsArticle", "headline": "Rain"}


@pytest.mark.parametrize(
    "script",
    [
        "<script>" * 20_000,
        "<script>x</script>" * 20_000,
        f"<script>self.__next_f.push([1,{json.dumps('1:Tfffff,</p></p>' * 20_000)}])</script>",
        f"<script>{json.dumps({'a': json.dumps({'b': '<p>x</p>' * 40_000})})}</script>",
        '<script>"a": "' * 20_000,
    ],
)
def test_hostile_scripts_are_looked_through_in_a_moment(script: str) -> None:
    start = time.process_time()
    assert paragraphs(script, title=TITLE, description=LEAD) == ()
    assert time.process_time() - start < 5
