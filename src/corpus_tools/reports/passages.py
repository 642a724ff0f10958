"""Tables and the passages behind their rows, as HTML of a page; each passage of an article stands there once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from corpus_tools.reports import cells
from corpus_tools.reports.tables import ShownColumn, cell_html

#: Most bytes of passages on one page; what is over is counted, so that a page stays light on any corpus.
MOST_BYTES = 3_000_000


_KINDS = ("s", "c")  # who said it, and the word that says so


class Passages:
    """All passages of a page, by article; tables add theirs, the page's end shows them."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, str], int] = {}
        self._passages: list[dict[str, Any]] = []
        self._marks: list[list[tuple[int, int, str, int]]] = []
        self._places: dict[tuple[int, tuple[Any, ...]], int] = {}
        self._bytes = 0

    def add(self, passages: Sequence[Mapping[str, Any]], place: Mapping[str, Any]) -> int | None:
        """Return the page's number of a place; None when there is no room for its passage."""
        passage = passages[int(place["passage"])]
        key = (str(passage["article"]), int(passage["begin"]), str(passage["text"]))
        if key not in self._numbers:
            size = len(key[2].encode("utf-8", "replace")) + 200
            if self._bytes + size > MOST_BYTES:
                return None
            self._bytes += size
            self._numbers[key] = len(self._passages)
            self._passages.append(dict(passage))
            self._marks.append([])
        number = self._numbers[key]
        marks = tuple((int(start), int(end), kind if kind in _KINDS else "") for start, end, kind in place["marks"])
        if (number, marks) not in self._places:
            self._places[number, marks] = len(self._places) + 1
            own = self._places[number, marks]
            self._marks[number] += [(start, end, kind, own) for start, end, kind in marks]
        return self._places[number, marks]

    def html(self) -> str:
        """Return the section that shows all passages; nothing when there are none."""
        if not self._passages:
            return ""
        order = sorted(
            range(len(self._passages)),
            key=lambda number: (
                str(self._passages[number]["title"]),
                str(self._passages[number]["article"]),
                int(self._passages[number]["begin"]),
            ),
        )
        parts, article = [], None
        for number in order:
            passage = self._passages[number]
            if passage["article"] != article:
                parts.append("</article>" if article is not None else "")
                article = passage["article"]
                about = f" <span>{escape(str(passage['about']))}</span>" if passage["about"] else ""
                parts.append(f"<article><h3>{escape(str(passage['title']))}{about}</h3>")
            parts.append(f"<p>{marked(str(passage['text']), self._marks[number])}</p>")
        return (
            '<section class="passages"><h2>Passages</h2><details><summary>Where the rows of the tables come from; '
            "what counts is marked</summary>" + "\n".join(parts) + "</article></details></section>"
        )


def marked(text: str, marks: Sequence[tuple[int, int, str, int]]) -> str:
    """Return a passage as HTML with its words marked: the first of a place has its number as id, others as class.

    Examples
    --------
    >>> marked("Ana <said> so.", [(0, 3, "s", 1), (4, 10, "c", 1)])
    '<mark id=q1 class="s">Ana</mark> <mark class="q1 c">&lt;said&gt;</mark> so.'
    """
    bounds = {edge for start, end, *_ in marks for edge in (start, end) if 0 <= edge <= len(text)}
    edges = sorted({0, len(text), *bounds})
    begun: set[int] = set()
    parts = []
    for start, end in pairwise(edges):
        over = [mark for mark in marks if mark[0] <= start and mark[1] >= end]
        words = escape(cells.visible(text[start:end]), quote=False)
        parts.append(_mark(words, over, begun) if over else words)
    return "".join(parts)


def _mark(words: str, over: Sequence[tuple[int, int, str, int]], begun: set[int]) -> str:
    """Return marked words; `begun` are the places that have begun before, and afterwards also those that begin here."""
    numbers = sorted({mark[3] for mark in over})
    new = [number for number in numbers if number not in begun]
    begun.update(new)
    name = f" id=q{new[0]}" if new else ""
    others = "".join(f"<a id=q{number}></a>" for number in new[1:])
    classes = [f"q{number}" for number in numbers if number not in new[:1]] + sorted({mark[2] for mark in over} - {""})
    styled = f' class="{" ".join(classes)}"' if classes else ""
    return f"{others}<mark{name}{styled}>{words}</mark>"


def table_html(data: Mapping[str, Any], number: int, passages: Passages) -> str:
    """Return a table (`corpus_tools.reports.tables.Shown.as_json`) as HTML of a page, with links to its passages.

    Raises
    ------
    ValueError, KeyError, TypeError, IndexError
        When the data are not those of a table.
    """
    caption = escape(str(data["caption"]))
    if data["empty"]:
        title = f"<strong>{caption}</strong> " if caption else ""
        return f'<p class="ct-empty">{title}{escape(str(data["empty"]))}</p>'
    columns = [ShownColumn(str(c["label"]), str(c["kind"]), tuple(map(str, c["cells"]))) for c in data["columns"]]
    links, behind = _links(data.get("evidence"), columns, number, passages)
    column = int(data["evidence"]["column"]) if data.get("evidence") else -1
    styles = [one.classes for one in columns]
    head = "".join(f'<th scope="col"{c}>{escape(one.label)}</th>' for one, c in zip(columns, styles, strict=True))
    rows = [
        "<tr>"
        + "".join(
            cell_html(one, style, row, links.get(row, "") if place == column else "")
            for place, (one, style) in enumerate(zip(columns, styles, strict=True))
        )
        + "</tr>"
        for row in range(len(columns[0].cells))
    ]
    title = f"<caption><span>{caption}</span></caption>" if caption else ""
    note = f'<p class="ct-note">{escape(str(data["note"]))}</p>' if data["note"] else ""
    body = "\n".join(rows)
    return (
        f'<div class="ct-table" role="region" tabindex="0" aria-label="{caption or "Table"}"><table>{title}'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>{note}{behind}"
    )


def _links(
    evidence: Mapping[str, Any] | None, columns: Sequence[ShownColumn], number: int, passages: Passages
) -> tuple[dict[int, str], str]:
    """Return where the cell of each row leads to, and the list of the places of rows that have several."""
    links: dict[int, str] = {}
    listed = []
    if not evidence:
        return links, ""
    for row, (places, total) in enumerate(zip(evidence["rows"], evidence["totals"], strict=True)):
        found = [passages.add(evidence["passages"], evidence["places"][int(place)]) for place in places]
        known = list(dict.fromkeys(one for one in found if one is not None))
        if len(known) == 1 and total == 1:
            links[row] = f"#q{known[0]}"
        elif known:
            links[row] = f"#t{number}-{row}"
            label = escape(cells.clean(" · ".join(one.cells[row] for one in columns[:2]), longest=80))
            numbers = " ".join(f"<a href=#q{one}>{place}</a>" for place, one in enumerate(known, start=1))
            more = f" <span>of {int(total):,}</span>" if int(total) > len(known) else ""
            listed.append(f'<li id="t{number}-{row}">{label}: {numbers}{more}</li>')
    if not listed:
        return links, ""
    return (
        links,
        f'<details class="refs"><summary>Where these rows come from</summary><ul>{"".join(listed)}</ul></details>',
    )
