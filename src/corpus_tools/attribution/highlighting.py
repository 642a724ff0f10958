"""One article with its attributions marked, as safe HTML: the way to check a figure by eye."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.attribution import _tables as tables
from corpus_tools.errors import InvalidQuery

_PARTS = ("content", "hedge", "source", "cue")
_LABELS = {"source": "source (who)", "cue": "cue (how)", "content": "content (what)", "hedge": "hedge",
           "apart": "marks that are not speech"}  # fmt: skip
_STYLE = """
.ct-hl{font:1rem/1.9 Georgia,"Times New Roman",serif;max-width:44rem;color:#111;background:#fff;padding:.5rem}
.ct-hl p{margin:0 0 1em;white-space:pre-wrap;overflow-wrap:anywhere}
.ct-hl .ct-legend{font:.85rem/1.6 system-ui,sans-serif;margin:0 0 1em}
.ct-hl .ct-legend span{margin-right:1.2em;white-space:nowrap}
.ct-hl .source{font-weight:700;color:#004f80;border-bottom:3px solid #0072b2}
.ct-hl .cue{font-style:italic;color:#8a3c00;border-bottom:3px double #d55e00}
.ct-hl .content{background:#e6f4ef}
.ct-hl .direct{border-left:3px solid #009e73;padding-left:1px}
.ct-hl .hedge{border-bottom:3px dotted #a0447a}
.ct-hl .apart{border:1px dashed #777}
.ct-hl sup{font:.65rem system-ui,sans-serif;color:#444;font-weight:400}
"""


@dataclass(frozen=True)
class Highlighted:
    """An article with its attributions marked; notebooks show it, `html` is the text.

    Parameters
    ----------
    html : str
        Safe HTML: everything from the article is escaped.
    """

    html: str

    def _repr_html_(self) -> str:
        return self.html


def highlight(article: Mapping[str, Any] | pd.Series, attributions: pd.DataFrame) -> Highlighted:
    """Mark the sources, cues, contents and hedges of one article.

    Parameters
    ----------
    article : mapping or Series
        One row of the articles: needs ``article_id`` and ``text``; ``title`` is shown where it is there.
    attributions : DataFrame
        As `find` gives it; rows of other articles are ignored.

    Returns
    -------
    Highlighted
        Parts are told apart by weight, slant and line as well as by colour; numbers join the parts of one attribution.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.attribution import find
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["Lind <mayor> said it was over."]})
    >>> "&lt;mayor&gt;" in highlight(articles.iloc[0], find(articles)).html
    True
    """
    schema.require(attributions, "article_id", "source_spans", "cue_spans", "content_spans", "hedges", "kind")
    text = str(article["text"])
    rows = attributions[attributions["article_id"] == article["article_id"]].to_dict("records")
    classes, numbers = _layers(text, rows)
    title = article.get("title")
    head = f"<h3>{escape(title)}</h3>" if isinstance(title, str) else ""
    legend = "".join(f'<span><span class="{name}">{_LABELS[name]}</span></span>' for name in _LABELS)
    note = "" if rows else "<p><em>No attribution was found in this article.</em></p>"
    body = "".join(f"<p>{part}</p>" for part in _paragraphs(text, classes, numbers))
    return Highlighted(
        f'<div class="ct-hl"><style>{_STYLE}</style>{head}<div class="ct-legend">{legend}</div>{note}{body}</div>'
    )


def showcase(articles: pd.DataFrame, attributions: pd.DataFrame, *, article_id: str = "") -> Highlighted:
    """Mark one article of a table: the one asked for, or the one with most attributions.

    Parameters
    ----------
    articles, attributions : DataFrame
    article_id : str
        Which article; by default the one with most attributions (of equals, the first).

    Returns
    -------
    Highlighted
        Says so when there is no article to show.

    Raises
    ------
    InvalidQuery
        When there is no such article.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.attribution import find
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["Lind said it was over."]})
    >>> "Lind" in showcase(articles, find(articles)).html
    True
    """
    schema.require(articles, "article_id", "text")
    if articles.empty:
        return Highlighted("<p><em>There is no article to show.</em></p>")
    if article_id:
        chosen = articles[articles["article_id"] == article_id]
        if chosen.empty:
            some = ", ".join(map(str, articles["article_id"].head(5)))
            raise InvalidQuery(f"There is no article {article_id!r} in this selection; there are {some} ...")
        return highlight(chosen.iloc[0], attributions)
    counts = tables.speech(attributions)["article_id"].value_counts()
    numbers = articles["article_id"].map(counts).fillna(0).to_numpy()
    return highlight(articles.iloc[int(numbers.argmax())], attributions)


def _layers(text: str, rows: list[dict[str, Any]]) -> tuple[list[frozenset[str]], dict[int, list[int]]]:
    """Return the classes of each character and, by the character after a part, the attribution's number."""
    spans: list[tuple[int, int, str]] = []
    numbers: dict[int, list[int]] = {}
    number = 0
    for row in rows:
        if row.get("is_speech") is False or row.get("is_speech") == False:  # noqa: E712 - numpy's and pandas' false too
            spans += [(a, b, "apart") for a, b in row["content_spans"]]
            continue
        number += 1
        for part in ("source", "cue", "content"):
            for start, end in row[f"{part}_spans"]:
                spans.append((start, end, part))
                if part == "content" and row["kind"] == "direct":
                    spans.append((start, end, "direct"))
        for start, end, _ in row["hedges"]:
            spans.append((start, end, "hedge"))
        for _, end in row["cue_spans"][-1:]:
            numbers.setdefault(end, []).append(number)
        for _, end in row["content_spans"][-1:]:
            numbers.setdefault(end, []).append(number)
    opening: dict[int, list[tuple[int, str]]] = {}
    for start, end, name in spans:
        opening.setdefault(max(0, start), []).append((1, name))
        opening.setdefault(min(len(text), end), []).append((-1, name))
    counts: dict[str, int] = {}
    classes: list[frozenset[str]] = []
    current: frozenset[str] = frozenset()
    for place in range(len(text)):
        if place in opening:
            for step, name in opening[place]:
                counts[name] = counts.get(name, 0) + step
            current = frozenset(name for name, count in counts.items() if count > 0)
        classes.append(current)
    return classes, numbers


def _paragraphs(text: str, classes: list[frozenset[str]], numbers: dict[int, list[int]]) -> list[str]:
    order = ("content", "direct", "apart", "source", "cue", "hedge")
    found: list[str] = []
    for start, end in _blocks(text):
        pieces: list[str] = []
        place = start
        while place < end:
            stop = place + 1
            while stop < end and classes[stop] == classes[place] and stop not in numbers:
                stop += 1
            piece = escape(text[place:stop])
            names = " ".join(name for name in order if name in classes[place])
            pieces.append(f'<span class="{names}">{piece}</span>' if names else piece)
            if stop in numbers:
                pieces.append(f"<sup>{','.join(map(str, sorted(set(numbers[stop]))))}</sup>")
            place = stop
        found.append("".join(pieces))
    return found


def _blocks(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for part in text.split("\n\n"):
        end = start + len(part)
        if part.strip():
            found.append((start, end))
        start = end + 2
    return found
