"""What is measured of each block, for the model that tells text from furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from corpus_tools.articles import _data
from corpus_tools.articles.html import layout
from corpus_tools.articles.html.blocks import Block, Place, above

KINDS = (
    "lead", "comments", "related", "social", "subscribe", "ads", "chrome", "tags", "byline", "caption", "media", "box",
    "teaser", "body", "hidden",
)  # fmt: skip
_TAGS = {"p": 1, "h1": 2, "h2": 3, "h3": 4, "h4": 4, "h5": 4, "h6": 4, "li": 5, "td": 6, "th": 6, "blockquote": 7,
         "br": 8, "pre": 9, "dd": 10, "dt": 10, "figcaption": 11, "span": 12, "a": 13, "div": 14, "section": 14,
         "article": 14, "main": 14}  # fmt: skip
_WITHIN = (
    ("article",),
    ("main",),
    ("aside",),
    ("footer",),
    ("header",),
    ("figure",),
    ("ul", "ol"),
    ("table",),
    ("form",),
    ("blockquote",),
)
_STOP = re.compile(r"[.!?…。！？؟।][\"'”’»“)\]]*$")
_SENTENCE = re.compile(r"[.!?…。！？؟।:;][\"'”’»“)\]]*(?:\s|$)")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_WORDS = re.compile(r"\w+")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

#: Names of the features of a block by itself, and of those that are also taken from its neighbours.
OWN = (
    "size", "linked", "bold", "tag", "words", "depth", "pictures", "repeated", "stop", "digits", "bar", "sentences",
    "long", "more", "act", "credit", "claimed", "titled", "described", "weight", "main_steps", "above_share",
    "over_share", "over_linked", "over_blocks", "over_prose", "before", "after", "position", "page_weight",
    "page_linked", "main_share", "since_title", "headlines", "articles", "article_share", "back", "ahead",
    "near_weight", "near_linked",
    *(f"{level}_{name}" for level in ("alike", "path") for name in ("best", "share", "linked", "blocks", "size")),
    *(f"in_{tags[0]}" for tags in _WITHIN),
    *(f"is_{kind}" for kind in KINDS),
)  # fmt: skip
NEAR = ("size", "linked", "tag", "weight")
STEPS = (-2, -1, 1, 2)
NAMES = (*OWN, *(f"{name}{step:+d}" for step in STEPS for name in NEAR))


@cache
def _phrases() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    """Return how lines begin that lead elsewhere, words that ask readers to do something, and credits of pictures."""
    found: dict[str, list[str]] = {}
    for kind, alternatives in _data.rows("html_phrases.tsv"):
        found.setdefault(kind, []).extend(alternatives.split(" | "))
    more, credit = "|".join(found["more"]), "|".join(found["credit"])
    return (
        re.compile(f"(?:{more})", re.IGNORECASE),
        frozenset(found["act"]),
        re.compile(rf"\b(?:{credit})\s*[:/©|)]", re.IGNORECASE),
    )


@dataclass(frozen=True)
class Claims:
    """What the page says elsewhere of its text: used to recognise the text."""

    body: str = ""
    title: str = ""
    description: str = ""


def running(block: Block) -> float:
    """Return the number of characters of running text in a block; lists and lines without a full stop count less."""
    wide = 3 if _CJK.search(block.text[:100]) else 1
    size, linked = wide * len(block.text), wide * block.linked
    if size < 40 or block.tag in _HEADINGS or linked > 0.5 * size:
        return 0.0
    free = min(size - linked, 1500)
    if not _SENTENCE.search(block.text):
        return 0.2 * free
    return 0.5 * free if block.tag == "li" else float(free)


def measure(blocks: Sequence[Block], claims: Claims) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return one row per block, one column per name in `NAMES`."""
    total = max(_gather(blocks), 1.0)
    main = main_place(blocks)
    around = _Inheritance(total, {id(place): steps for steps, place in enumerate(above(main))})
    seen = Counter(block.text for block in blocks)
    claimed, described = (
        frozenset(_shingles(_WORDS.findall(text.lower()))) for text in (claims.body, claims.description)
    )
    title = " ".join(_WORDS.findall(claims.title.lower()))
    page_size = sum(len(block.text) for block in blocks) or 1
    page_linked = sum(block.linked for block in blocks) / page_size
    prose = layout.Prose(blocks)
    course = layout.Course(total)
    rows: list[list[float]] = []
    places: list[int] = []
    before = 0.0
    for number, block in enumerate(blocks):
        place, over = block.place, prose.overs[number]
        above_ = over.parent or over
        inherited, steps = around.of(place)
        text, size = block.text, len(block.text)
        titled = False
        said = _LINK
        if size > 150 or block.linked < 0.9 * size:
            words = _WORDS.findall(text.lower() if size <= 1000 else text[:1000].lower())
            runs = _shingles(words[:100]) if claimed or described else []
            titled = 0.7 * len(title) < size < 2 * len(title) and " ".join(words) == title
            said = (
                _STOP.search(text, max(0, size - 20)) is not None, sum(map(str.isdigit, text[:200])) / min(size, 200),
                "|" in text or "©" in text or "•" in text, *_said(text, size, words),
                _share(runs, claimed) if claimed else -1.0, titled,
                _share(runs, described) if described and size < 1000 else 0.0,
            )  # fmt: skip
        rows.append([
            size, block.linked / size, block.bold / size, _TAGS.get(block.tag, 0), text.count(" ") + 1, place.depth,
            block.pictures, seen[text] - 1, *said,
            block.weight, steps, above_.weight / total, over.weight / total, over.linked / max(over.size, 1),
            over.blocks, prose.under[id(over)], before / total, 1 - (before + block.weight) / total,
            number / len(blocks), total, page_linked, main.weight / total,
            *course.at(number, block, titled), *prose.steps(number, place),
        ])  # fmt: skip
        places.append(inherited)
        before += block.weight
    table = np.hstack([
        np.asarray(rows, dtype=np.float32), layout.surroundings(blocks, total), *layout.alike(blocks, total),
        np.asarray(around.rows, dtype=np.float32)[places],
    ])  # fmt: skip
    return np.hstack([table, *_neighbours(table)])


def leads(text: str) -> bool:
    """Return whether a line begins as those do that lead to other articles (``Read more: ...``)."""
    return _phrases()[0].match(text) is not None


#: What is measured of a text, for blocks that are nothing but links: it would not help, and they are many.
_LINK: tuple[float, ...] = (False, 0.0, False, 0.0, 0.0, False, 0.0, 0.0, -1.0, False, 0.0)


def _said(text: str, size: int, words: Sequence[str]) -> tuple[float, float, float, float, float]:
    """Return the number of sentences, the length of words, and how often the text says what furniture says."""
    _, act, credit = _phrases()
    return (
        sum(map(text.count, ".!?。")),
        size / (text.count(" ") + 1),
        leads(text),
        sum(word in act for word in words) if size < 400 else 0,
        len(credit.findall(text)) if size < 250 and _CREDITED.search(text) else 0,
    )


_CREDITED = re.compile(r"[:/©|)]")


def _gather(blocks: Sequence[Block]) -> float:
    """Give places the sums of the blocks under them; return the characters of running text of the page."""
    total = 0.0
    places: dict[int, Place] = {}
    for block in blocks:
        block.weight = running(block)
        total += block.weight
        place = block.place
        place.weight += block.weight
        place.size += len(block.text)
        place.linked += block.linked
        place.blocks += 1
        around: Place | None = place
        while around is not None and id(around) not in places:
            places[id(around)] = around
            around = around.parent
    for place in sorted(places.values(), key=lambda one: -one.depth):
        around = place.parent
        if around is not None:
            around.weight += place.weight
            around.size += place.size
            around.linked += place.linked
            around.blocks += place.blocks
    return total


def _neighbours(table: Any) -> list[Any]:
    columns = [OWN.index(name) for name in NEAR]
    found = []
    for step in STEPS:
        moved = np.full((len(table), len(columns)), -1, dtype=np.float32)
        if abs(step) < len(table):
            here, there = (
                (slice(None, -step), slice(step, None)) if step > 0 else (slice(-step, None), slice(None, step))
            )
            moved[here] = table[there][:, columns]
        found.append(moved)
    return found


class _Inheritance:
    """In which elements each place stands, of what kinds those are, and how far it is from the main place."""

    def __init__(self, total: float, chain: dict[int, int]) -> None:
        self._total, self._chain = total, chain
        self._known: dict[int, tuple[int, int]] = {}
        #: For each name in `_WITHIN` and `KINDS`: how little of the page stands in such a place.
        self.rows: list[list[float]] = [[0.0] * (len(_WITHIN) + len(KINDS))]

    def of(self, place: Place) -> tuple[int, int]:
        """Return the number of a place's row, and its steps from the main place."""
        found = self._known.get(id(place))
        if found is None:
            number, steps = (0, 99) if place.parent is None else self.of(place.parent)
            within = None if place.parent is None else _NUMBERS.get(place.tag)
            if within is not None or (place.kinds and place.parent is not None):
                self.rows.append(self._changed(self.rows[number], place, within))
                number = len(self.rows) - 1
            found = number, self._chain.get(id(place), steps)
            self._known[id(place)] = found
        return found

    def _changed(self, row: list[float], place: Place, within: int | None) -> list[float]:
        row, rest = row.copy(), 1.01 - place.weight / self._total
        for kind in place.kinds - _UNSEEN:
            row[_KIND_NUMBERS[kind]] = rest
        if within is not None:
            row[within] = rest
        return row


#: Kinds that are not measured.
_UNSEEN = frozenset(("writer",))
_NUMBERS = {tag: number for number, tags in enumerate(_WITHIN) for tag in tags}
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS, len(_WITHIN))}


def main_place(blocks: Sequence[Block]) -> Place:
    """Return the innermost place that holds most of the running text, step by step."""
    children: dict[int, list[Place]] = {}
    known: set[int] = set()
    root = blocks[0].place
    for block in blocks:
        if block.weight:
            for place in above(block.place):
                if id(place) in known:
                    break
                known.add(id(place))
                if place.parent is not None:
                    children.setdefault(id(place.parent), []).append(place)
    while root.parent is not None:
        root = root.parent
    here = root
    while True:
        best = max(children.get(id(here), []), key=lambda one: one.weight, default=None)
        if best is None or best.tag == "p" or best.weight < 0.55 * here.weight:
            return here
        here = best


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(words, words[1:], words[2:], strict=False)) if len(words) > 2 else []


def _share(runs: Sequence[tuple[str, ...]], claimed: frozenset[tuple[str, ...]]) -> float:
    """Return the share of a text's runs of three words that are among those claimed."""
    return len([run for run in runs if run in claimed]) / len(runs) if runs else -0.5
