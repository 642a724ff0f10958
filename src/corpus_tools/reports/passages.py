"""Tables and the passages behind their rows, as HTML of a page; each sentence of an article stands there once.

Tables hand over first where their rows come from; then it is settled which of these places the page has room for. They
are packed for the page's script (zlib, base64); some of them stand open as well, for readers without JavaScript.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from corpus_tools.reports import cells
from corpus_tools.reports.tables import ShownColumn, cell_html

# Bytes of passages on a page (packed, half as many): as many for any corpus, some more for each article, but never more
# than so many, so that a page stays light whatever it counts; and how many of them stand there open as well.
_ROOM, _ROOM_PER_ARTICLE, _MOST_ROOM = 110_000, 300, 4_000_000
_OPEN_ROOM = 3_000

# Places are taken in an order that is spread over all of them however early it ends (multiples of the golden ratio).
_GOLDEN = 0.6180339887498949

_KINDS = {"": 0, "s": 1, "c": 2}  # what counts, who said it, and the word that says so

_Mark = tuple[int, int, str]


@dataclass(frozen=True)
class _Spot:
    """A place in an article: the bounds of its passage, and its marks, both counted from the article's beginning."""

    article: str
    begin: int
    end: int
    marks: tuple[_Mark, ...]


def room(articles: int) -> int:
    """Return how many bytes of passages a page about so many articles has room for.

    Examples
    --------
    >>> room(64), room(10_000), room(1_000_000)
    (129200, 3110000, 4000000)
    """
    return min(_ROOM + _ROOM_PER_ARTICLE * articles, _MOST_ROOM)


class Passages:
    """All passages of a page, by article; tables add their places, the page's end shows what there is room for."""

    def __init__(self) -> None:
        self._about: dict[str, tuple[str, str]] = {}
        self._pieces: dict[str, dict[tuple[int, int], str]] = {}
        self._rows: list[list[_Spot]] = []
        self._totals: list[int] = []
        self._shown: list[list[int]] = []
        self._stretches: dict[str, list[tuple[int, str]]] = {}
        self._open: set[int] = set()
        self._numbers: dict[tuple[str, int], int] = {}
        self._places: dict[_Spot, int] = {}
        self._spots: list[_Spot] = []
        self.without = 0

    def add(self, evidence: Mapping[str, Any]) -> int:
        """Take the places behind the rows of a table (`corpus_tools.reports.evidence`); return its first row's number.

        Raises
        ------
        ValueError, KeyError, TypeError, IndexError
            When the data are not those of places; then nothing is taken.
        """
        passages = [_passage(passage) for passage in evidence["passages"]]
        spots = [_spot(passages[int(place["passage"])], place["marks"]) for place in evidence["places"]]
        rows = [list(dict.fromkeys(spots[int(number)] for number in row)) for row in evidence["rows"]]
        totals = [int(total) for total in evidence["totals"]]
        for passage in passages:
            article, begin, text = passage
            self._pieces.setdefault(article, {})[begin, begin + len(text)] = text
        for given in evidence["passages"]:
            self._about.setdefault(str(given["article"]), (str(given["title"]), str(given["about"])))
        self._rows += rows
        self._totals += totals
        return len(self._rows) - len(rows)

    def settle(self, room: int = _MOST_ROOM) -> None:
        """Choose the places that the page shows: of each row one, by turns, while there is room for bytes of passages.

        What else leads to a passage that stands on the page then is shown as well.
        """
        taken = self._taken(room)
        self._stretches = {
            article: _together(self._pieces[article], sorted(known)) for article, known in taken.items() if known
        }
        named = sorted(self._stretches, key=lambda article: (self._about[article][0], article))
        heads = [(article, begin) for article in named for begin, _text in self._stretches[article]]
        self._numbers = {head: number for number, head in enumerate(heads, start=1)}
        self._shown = [[self._place(spot) for spot in row if self._stretch(spot)] for row in self._rows]
        self._spots = list(self._places)
        self.without = sum(bool(row) and not shown for row, shown in zip(self._rows, self._shown, strict=True))
        self._open = {
            self._number(_Spot(article, begin, end, ()))
            for article, known in self._taken(min(room, _OPEN_ROOM)).items()
            for begin, end in known
        }

    def _taken(self, room: int) -> dict[str, set[tuple[int, int]]]:
        """Return the bounds of the passages of each article for which there is room."""
        taken: dict[str, set[tuple[int, int]]] = {}
        orders = [sorted(range(len(row)), key=lambda place: place * _GOLDEN % 1) for row in self._rows]
        for turn in range(max(map(len, orders), default=0)):
            for row, order in zip(self._rows, orders, strict=True):
                if turn >= len(order):
                    continue
                spot = row[order[turn]]
                bounds = (spot.begin, spot.end)
                known = taken.setdefault(spot.article, set())
                size = 0 if bounds in known else _size(self._pieces[spot.article][bounds])
                if size <= room:
                    known.add(bounds)
                    room -= size
        return taken

    def link(self, row: int) -> str:
        """Return the attributes of a link to the places of a row; nothing when none of them stands on the page."""
        if not self._shown[row]:
            return ""
        numbers = (self._number(self._spots[place]) for place in self._shown[row])
        first = next((f"p{number}" for number in numbers if number in self._open), "passages")
        return f"href=#{first} data-r={row}"

    def html(self) -> str:
        """Return the section that shows passages, and all of them packed for the script; nothing without any."""
        if not self._numbers:
            return ""
        parts: list[str] = []
        if self.without:
            parts.append(f"<p>{self.without:,} rows lead nowhere: the page has no room for more passages.</p>")
        if len(self._open) < len(self._numbers):
            parts.append(
                f"<noscript><p>These are {len(self._open):,} of {len(self._numbers):,} passages; the others are there "
                "with JavaScript.</p></noscript>"
            )
        for article, stretches in self._stretches_open():
            title, about = (escape(words) for words in self._about[article])
            aside = f" <span>{about}</span>" if about else ""
            texts = "".join(
                f"<p id=p{self._numbers[article, begin]}>{escape(cells.visible(text), quote=False)}"
                for begin, text in stretches
            )
            parts.append(f"<article><h3>{title}{aside}</h3>{texts}</article>")
        return (
            '<section class="passages"><h2>Passages</h2><details><summary>Where the rows of the tables '
            f"come from</summary>{''.join(parts)}</details></section>"
            f'<script type="application/octet-stream" id="places">{self._packed()}</script>'
        )

    def _stretches_open(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Return articles and those of their passages that stand open on the page."""
        articles = dict.fromkeys(article for article, _begin in self._numbers)
        chosen = [
            (article, [one for one in self._stretches[article] if self._numbers[article, one[0]] in self._open])
            for article in articles
        ]
        return [(article, stretches) for article, stretches in chosen if stretches]

    def _packed(self) -> str:
        """Return what the script needs: articles, passages, places and rows, each named by its number."""
        articles = {article: number for number, article in enumerate(dict.fromkeys(a for a, _begin in self._numbers))}
        texts = [
            [articles[article], cells.visible(dict(self._stretches[article])[begin])]
            for article, begin in self._numbers
        ]
        data = {
            "articles": [self._about[article] for article in articles],
            "passages": texts,
            **self._places_and_rows(),
        }
        written = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
        return b64encode(zlib.compress(written.encode("utf-8", "replace"), 9)).decode("ascii")

    def _places_and_rows(self) -> dict[str, list[Any]]:
        """Return places by column (`of`: passages, `lengths`, `marks`), and the places of each row; both as steps."""
        data = [self._place_data(spot) for spot in self._spots]
        order = sorted(range(len(data)), key=data.__getitem__)
        number = {place: rank for rank, place in enumerate(order)}
        return {
            "of": _steps([data[place][0] for place in order]),
            "lengths": [len(data[place]) - 1 for place in order],
            "marks": [value for place in order for value in data[place][1:]],
            "rows": [
                [total, *_steps(sorted(number[place] for place in shown))]
                for total, shown in zip(self._totals, self._shown, strict=True)
            ],
        }

    def _place_data(self, spot: _Spot) -> list[int]:
        """Return number of the passage, then begin, length and kind of each mark; a single mark of kind 0 lacks it."""
        begin, text = self._stretch(spot) or (0, "")
        numbers = [self._number(spot)]
        for start, end, kind in spot.marks:
            first = _units(text[: start - begin])
            numbers += [first, _units(text[: end - begin]) - first, _KINDS.get(kind, 0)]
        return numbers[:3] if len(numbers) == 4 and not numbers[3] else numbers

    def _place(self, spot: _Spot) -> int:
        return self._places.setdefault(spot, len(self._places))

    def _number(self, spot: _Spot) -> int:
        """Return the number of the passage around a place; 0 where it does not stand on the page."""
        stretch = self._stretch(spot)
        return self._numbers[spot.article, stretch[0]] if stretch else 0

    def _stretch(self, spot: _Spot) -> tuple[int, str] | None:
        """Return begin and text of what stands on the page around a place; None when it does not stand there."""
        known = self._stretches.get(spot.article, [])
        place = bisect_right(known, spot.begin, key=lambda stretch: stretch[0]) - 1
        if place < 0 or spot.end > known[place][0] + len(known[place][1]):
            return None
        return known[place]


def _passage(given: Mapping[str, Any]) -> tuple[str, int, str]:
    return str(given["article"]), int(given["begin"]), str(given["text"])


def _spot(passage: tuple[str, int, str], marks: Iterable[Sequence[Any]]) -> _Spot:
    article, begin, text = passage
    return _Spot(
        article, begin, begin + len(text), tuple((begin + int(s), begin + int(e), str(kind)) for s, e, kind in marks)
    )


def _steps(numbers: list[int]) -> list[int]:
    """Return the first number, and by how much each is more than the one before: what packs well."""
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace")) + 60


def _units(text: str) -> int:
    """Return how long a script finds what is shown of `text`."""
    return len(cells.visible(text).encode("utf-16-le", "replace")) // 2


def _together(pieces: Mapping[tuple[int, int], str], bounds: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """Return begin and text of what the pieces cover; those that overlap or stand side by side become one.

    Examples
    --------
    >>> _together({(0, 3): "A b", (2, 6): "b cd", (7, 9): "e.", (11, 12): "F"}, [(0, 3), (2, 6), (7, 9), (11, 12)])
    [(0, 'A b cd e.'), (11, 'F')]
    """
    found: list[tuple[int, str]] = []
    for begin, end in bounds:
        reach = found[-1][0] + len(found[-1][1]) if found else -2
        if begin <= reach + 1:
            gap = " " * max(begin - reach, 0)
            found[-1] = (found[-1][0], found[-1][1] + gap + pieces[begin, end][max(reach - begin, 0) :])
        else:
            found.append((begin, pieces[begin, end]))
    return found


def table_html(data: Mapping[str, Any], first: Sequence[int], passages: Passages) -> str:
    """Return a table (`corpus_tools.reports.tables.Shown.as_json`) as HTML of a page, with links to its passages.

    `first` are the numbers that `Passages.add` gave for its rows, one for each column that leads to passages.

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
    leading = {int(behind["column"]): number for behind, number in zip(data["evidence"], first, strict=False)}
    styles = [one.classes for one in columns]
    head = "".join(f'<th scope="col"{c}>{escape(one.label)}</th>' for one, c in zip(columns, styles, strict=True))
    rows = [
        "<tr>"
        + "".join(
            cell_html(one, style, row, passages.link(leading[place] + row) if place in leading else "")
            for place, (one, style) in enumerate(zip(columns, styles, strict=True))
        )
        + "</tr>"
        for row in range(len(columns[0].cells))
    ]
    title = f"<caption><span>{caption}</span></caption>" if caption else ""
    note = f'<p class="ct-note">{escape(str(data["note"]))}</p>' if data["note"] else ""
    # End tags and quotes that HTML can do without are a tenth of a page; texts hold neither, for they are escaped.
    body = re.sub(r' class="(\w+)"', r" class=\1", re.sub("</t[dr]>", "", "\n".join(rows)))
    return (
        f'<div class="ct-table" role="region" tabindex="0" aria-label="{caption or "Table"}"><table>{title}'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>{note}"
    )
