"""Where the rows of a table come from: passages of articles, with the words that count marked in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from corpus_tools.errors import InvalidTable
from corpus_tools.reports import cells
from corpus_tools.schema import require

if TYPE_CHECKING:
    import pandas as pd

#: Most places that one row leads to; of more, as many are shown, evenly from all, and the row says how many there are.
MOST = 30

#: Longest passage; of longer sentences, what stands around the place is shown.
LONGEST = 900

#: A shorter passage takes in the sentences beside it.
SHORTEST = 90

# A sentence ends with its mark and closing quotes before a capital; not after a short word with one (Mr., U.S., Lee.).
_SENTENCE_END = re.compile(r"""(?<=[.!?…])["'”’)\]]*(?P<gap>\s+)(?=["'“‘(\[]?[^\Wa-z_])""")
_ABBREVIATION = re.compile(r"(?<![^\W\d_])[A-Z][a-z]{0,2}\.$")

# Paragraphs that are longer are no paragraphs; they are not parted into sentences.
_LONGEST_PARAGRAPH = 20_000

# In which order kinds of span are told apart: what was said or meant, who said it, the word that says so.
_KINDS = {"spans": "", "content_spans": "", "source_spans": "s", "cue_spans": "c"}


@dataclass(frozen=True)
class Passage:
    """Sentences of an article."""

    article: str
    title: str
    about: str
    begin: int
    text: str


@dataclass(frozen=True)
class Place:
    """What counts in a passage: its number, and spans in its text with their kind (`""`, `s` source, `c` cue)."""

    passage: int
    marks: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Evidence:
    """The places behind each row of a shown table.

    Parameters
    ----------
    column : int
        The column whose cells lead to them.
    rows : tuple of tuple of int
        For each row, numbers of places.
    totals : tuple of int
        How many places each row has, also those that are not among them.
    places : tuple of Place
    passages : tuple of Passage
    """

    column: int
    rows: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...]
    places: tuple[Place, ...]
    passages: tuple[Passage, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, for a page to be made from."""
        return {
            "column": self.column,
            "rows": [list(row) for row in self.rows],
            "totals": list(self.totals),
            "places": [{"passage": p.passage, "marks": [list(mark) for mark in p.marks]} for p in self.places],
            "passages": [vars(passage) for passage in self.passages],
        }


def gather(
    table: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    evidence: pd.DataFrame | None,
    by: str | Sequence[str] | Mapping[str, str] | None,
    column: int,
) -> Evidence:
    """Return the places behind each row of `table`.

    Parameters
    ----------
    table : DataFrame
        The rows that are shown.
    articles : DataFrame
        With ``article_id`` and ``text``.
    evidence : DataFrame, optional
        With ``article_id``, ``start`` and ``end``, a row for each place; by default each row of `table` is one. Where
        there is no ``start``, it is the article that counts, and its beginning that is shown.
    by : str, sequence of str or mapping
        Columns that say which places belong to which row; a mapping names the table's and the evidence's. Columns that
        the evidence lacks are looked up in its articles. Where the evidence has a column ``of``, it holds some places
        of so many (`corpus_tools.terms.occurrences`).
    column : int
        The column whose cells lead to the places.

    Raises
    ------
    InvalidTable
        When there is `evidence` but not `by`.
    """
    require(articles, "article_id", "text")
    found = table if evidence is None else evidence
    require(found, "article_id")
    finder = _Finder(articles)
    if evidence is None:
        groups = [[row] for row in range(len(table))]
    else:
        if not by:
            raise InvalidTable("show(evidence=…) needs by=…: the columns that say which row a place belongs to.")
        groups = _grouped(table, evidence, by, finder.articles)
    spans = _Spans(found)
    rows = [tuple(finder.place(*spans.of(number)) for number in _few(group)) for group in groups]
    known = tuple(tuple(place for place in row if place is not None) for row in rows)
    said = [int(number) for number in found["of"]] if "of" in found.columns else []
    totals = tuple(max([len(group), *(said[number] for number in group if said)]) for group in groups)
    return Evidence(column, known, totals, tuple(finder.places), tuple(finder.passages))


def _few(group: list[int]) -> list[int]:
    """Return at most `MOST` of the places, evenly from all of them."""
    if len(group) <= MOST:
        return group
    return [group[place * len(group) // MOST] for place in range(MOST)]


def _grouped(
    table: pd.DataFrame,
    evidence: pd.DataFrame,
    by: str | Sequence[str] | Mapping[str, str],
    articles: Mapping[str, Mapping[str, Any]],
) -> list[list[int]]:
    """Return for each row of `table` the numbers of the rows of `evidence` that have the same values."""
    pairs = dict(by) if isinstance(by, Mapping) else {name: name for name in ([by] if isinstance(by, str) else by)}
    require(table, *pairs)
    columns = [_values(evidence, name, articles) for name in pairs.values()]
    numbers: dict[tuple[Any, ...], list[int]] = {}
    for number, key in enumerate(zip(*columns, strict=True)):
        numbers.setdefault(key, []).append(number)
    keys = zip(*([_key(value) for value in table[name]] for name in pairs), strict=True)
    return [numbers.get(key, []) for key in keys]


def _values(evidence: pd.DataFrame, name: str, articles: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    if name in evidence.columns:
        return [_key(value) for value in evidence[name]]
    return [_key(articles.get(str(article), {}).get(name)) for article in evidence["article_id"]]


def _key(value: Any) -> Any:
    """Return a value as it is compared: without case or article; what stands in brackets is a missing one."""
    if cells.is_missing(value):
        return None
    if not isinstance(value, str):
        return value if isinstance(value, (int, float)) else str(value)
    if value.startswith("(") and value.endswith(")"):
        return None
    return value.casefold().removeprefix("the ")


class _Spans:
    """The spans of each row of a table of places."""

    def __init__(self, found: pd.DataFrame) -> None:
        self.identities = [str(value) for value in found["article_id"]]
        somewhere = {"start", "end"} <= set(found.columns)
        self.starts: list[Any] = list(found["start"]) if somewhere else [None] * len(found)
        self.ends: list[Any] = list(found["end"]) if somewhere else self.starts
        self.kinds = {kind: list(found[name]) for name, kind in _KINDS.items() if name in found.columns}
        exact = {"predicate_start", "predicate_end"} <= set(found.columns)
        self.exact = list(zip(found["predicate_start"], found["predicate_end"], strict=True)) if exact else []

    def of(self, row: int) -> tuple[str, list[tuple[int, int, str]]]:
        marks = []
        for kind, values in self.kinds.items():
            pairs = values[row] if isinstance(values[row], (list, tuple)) else []
            marks += [(int(pair[0]), int(pair[1]), kind) for pair in pairs]
        if not marks and self.exact and not cells.is_missing(self.exact[row][0]):
            marks = [(int(self.exact[row][0]), int(self.exact[row][1]), "")]
        if not marks and not cells.is_missing(self.starts[row]):
            marks = [(int(self.starts[row]), int(self.ends[row]), "")]
        return self.identities[row], marks


def _sentences(paragraph: str) -> list[tuple[int, int]]:
    """Return where sentences stand, well enough for a passage to begin and end: rather too long than too short.

    Examples
    --------
    >>> text = "Mr. Oda met Lee. “We agree.” He left."
    >>> [text[start:end] for start, end in _sentences(text)]
    ['Mr. Oda met Lee. “We agree.”', 'He left.']
    """
    edges = [0]
    for match in _SENTENCE_END.finditer(paragraph):
        if not _ABBREVIATION.search(paragraph, max(match.start() - 6, 0), match.start()):
            edges += [match.start("gap"), match.end()]
    edges.append(len(paragraph))
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


class _Finder:
    """Finds the passage of a place; each passage and each place is kept once."""

    def __init__(self, articles: pd.DataFrame) -> None:
        names = [str(name) for name in articles.columns]
        self.articles: dict[str, dict[str, Any]] = {
            str(values[names.index("article_id")]): dict(zip(names, values, strict=True))
            for values in articles.itertuples(index=False, name=None)
        }
        self.paragraphs: dict[str, list[tuple[int, int]]] = {}
        self.sentences: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self.passages: list[Passage] = []
        self.places: list[Place] = []
        self._passages: dict[tuple[str, int, int], int] = {}
        self._places: dict[Place, int] = {}

    def place(self, article: str, marks: list[tuple[int, int, str]]) -> int | None:
        """Return the number of the place of these spans, or of an article's beginning; None where it is not there."""
        text = self.articles.get(article, {}).get("text")
        if not isinstance(text, str) or not text.strip():
            return None
        first = min((start for start, _end, _kind in marks), default=0)
        last = max((end for _start, end, _kind in marks), default=0)
        begin, end = self._around(article, text, first, last)
        within = tuple(
            sorted((max(s, begin) - begin, min(e, end) - begin, k) for s, e, k in marks if s < end and e > begin)
        )
        place = Place(self._passage(article, text, begin, end), within)
        if place not in self._places:
            self._places[place] = len(self.places)
            self.places.append(place)
        return self._places[place]

    def _around(self, article: str, text: str, first: int, last: int) -> tuple[int, int]:
        """Return the bounds of the sentences that hold a span, or of what stands around it in very long ones."""
        begin, end = self._sentences_at(article, text, first)
        if last > end:
            end = max(self._sentences_at(article, text, last - 1)[1], end)
        if end - begin <= LONGEST:
            return begin, end
        # Fixed steps, so that places near to one another share a passage.
        step = LONGEST // 3
        low = begin + max((first - begin) // step - 1, 0) * step
        return low, min(end, low + LONGEST)

    def _sentences_at(self, article: str, text: str, place: int) -> tuple[int, int]:
        """Return the bounds of the sentence at a place, with those after and before it when it is short."""
        if article not in self.paragraphs:
            breaks = [(0, 0), *((m.start(), m.end()) for m in re.finditer(r"\n\s*\n", text)), (len(text), len(text))]
            self.paragraphs[article] = [(a[1], b[0]) for a, b in pairwise(breaks) if a[1] < b[0]]
        known = self.paragraphs[article]
        begin, end = known[max(bisect_right(known, (place, len(text))) - 1, 0)]
        if (article, begin) not in self.sentences:
            found = _sentences(text[begin:end]) if end - begin <= _LONGEST_PARAGRAPH else []
            self.sentences[article, begin] = [(begin + a, begin + b) for a, b in found] or [(begin, end)]
        inside = self.sentences[article, begin]
        first = last = max(bisect_right(inside, (place, len(text))) - 1, 0)
        while inside[last][1] - inside[first][0] < SHORTEST and last - first < len(inside) - 1:
            first, last = (first, last + 1) if last < len(inside) - 1 else (first - 1, last)
        return inside[first][0], inside[last][1]

    def _passage(self, article: str, text: str, begin: int, end: int) -> int:
        key = (article, begin, end)
        if key not in self._passages:
            known = self.articles[article]
            about = [
                cells.text(known[name]) for name in ("outlet", "published") if not cells.is_missing(known.get(name))
            ]
            title = known.get("title")
            named = article if cells.is_missing(title) else cells.clean(title, longest=200)
            self._passages[key] = len(self.passages)
            self.passages.append(Passage(article, named, ", ".join(about), begin, text[begin:end]))
        return self._passages[key]
