"""What is measured of each block, for the model that tells text from furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from corpus_tools.articles import _data
from corpus_tools.articles.html import layout
from corpus_tools.articles.html.blocks import Block, Place
from corpus_tools.articles.html.tree import Read

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


_NONE: frozenset[tuple[str, ...]] = frozenset()
_NOTHING: list[str] = []
#: What `str.isdigit` takes for a digit.
_DIGIT = re.compile(r"[\d\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468]")
_AT = {name: number for number, name in enumerate(NAMES)}
_TAG_COLUMNS = {tag: _AT[f"in_{tags[0]}"] for tags in _WITHIN for tag in tags}
_KIND_COLUMNS = {kind: _AT[f"is_{kind}"] for kind in KINDS}
_CREDITED = re.compile(r"[:/©|)]")
#: What is measured of a text, for blocks that are nothing but links: it would not help, and they are many.
_LINK: tuple[float, ...] = (False, 0.0, False, 0.0, 0.0, False, 0.0, 0.0, -1.0, False, 0.0)


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
    text = block.text
    size, linked = len(text), block.linked
    if not text.isascii() and _CJK.search(text, 0, 100):
        size, linked = 3 * size, 3 * linked
    if size < 40 or linked > 0.5 * size or block.tag in _HEADINGS:
        return 0.0
    free = min(size - linked, 1500)
    if not _SENTENCE.search(text):
        return 0.2 * free
    return 0.5 * free if block.tag == "li" else float(free)


def measure(page: Read, claims: Claims) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return one row per block, one column per name in `NAMES`; and fill in the sums of blocks and places."""
    blocks, places = page.blocks, page.places
    sums = _gather(blocks, places)
    total = max(sums.page, 1.0)
    main = main_place(places)
    table = np.zeros((len(blocks), len(NAMES)), dtype=np.float32)
    titled = _written(table, blocks, claims)
    table[:, _AT["weight"]] = sums.weight
    for column, values in layout.placed(blocks, places, main, sums, total, titled):
        table[:, _AT[column]] = values
    _within(table, places, total)
    table[:, _AT["near_weight"] : _AT["near_linked"] + 1] = layout.surroundings(sums, total)
    for start, names in zip((_AT["alike_best"], _AT["path_best"]), layout.alike(blocks, places), strict=True):
        table[:, start : start + 5] = layout.together(names, sums, total)
    _neighbours(table)
    return table


def _written(table: Any, blocks: Sequence[Block], claims: Claims) -> list[bool]:
    """Fill in what is measured of the texts; return which of them are the page's title."""
    seen = Counter([block.text for block in blocks])
    claimed, described = (
        frozenset(_shingles(_WORDS.findall(text.lower()))) for text in (claims.body, claims.description)
    )
    title = " ".join(_WORDS.findall(claims.title.lower()))
    act, credit = _phrases()[1].__contains__, _phrases()[2]
    rows: list[float] = []
    titles: list[bool] = []
    for block in blocks:
        text, size, linked = block.text, len(block.text), block.linked / len(block.text)
        gaps = text.count(" ") + 1
        rows += (
            size, linked, block.bold / size, _TAGS.get(block.tag, 0), gaps, block.place.depth, block.pictures,
            seen[text] - 1,
        )  # fmt: skip
        if size <= 150 and linked >= 0.9:
            rows += _LINK
            titles.append(False)
            continue
        near = 0.7 * len(title) < size < 2 * len(title)
        told = described if size < 1000 else _NONE
        words = _WORDS.findall(text[:1000].lower()) if size < 400 or near or claimed or told else _NOTHING
        titled = near and " ".join(words) == title
        titles.append(titled)
        runs = _shingles(words[:100]) if claimed or told else _NONE
        rows += (
            _STOP.search(text, max(0, size - 20)) is not None, len(_DIGIT.findall(text, 0, 200)) / min(size, 200),
            "|" in text or "©" in text or "•" in text,
            text.count(".") + text.count("!") + text.count("?") + text.count("。"), size / gaps, leads(text),
            sum(map(act, words)) if size < 400 else 0,
            len(credit.findall(text)) if size < 250 and _CREDITED.search(text) else 0,
            _share(runs, claimed) if claimed else -1.0, titled, _share(runs, told) if told else 0.0,
        )  # fmt: skip
    columns = 8 + len(_LINK)
    table[:, :columns] = np.fromiter(rows, dtype=np.float32, count=len(rows)).reshape(-1, columns)
    return titles


def leads(text: str) -> bool:
    """Return whether a line begins as those do that lead to other articles (``Read more: ...``)."""
    return _phrases()[0].match(text) is not None


def _gather(blocks: Sequence[Block], places: Sequence[Place]) -> layout.Sums:
    """Give blocks their weight, and places the sums of the blocks under them; return them, too."""
    for block in blocks:
        block.weight = running(block)
    sums = layout.Sums(blocks, places)
    for place, weight, size, linked in zip(
        places, sums.weights.tolist(), sums.sizes.tolist(), sums.links.tolist(), strict=True
    ):
        place.weight, place.size, place.linked, place.blocks = weight, size, linked, place.last - place.first
    return sums


def _neighbours(table: Any) -> None:
    """Fill in what is measured of the blocks before and behind each."""
    columns = [_AT[name] for name in NEAR]
    near, start = table[:, columns], len(OWN)
    for step in STEPS:
        moved = table[:, start : start + len(columns)]
        moved[:] = -1
        if abs(step) < len(table):
            here, there = (
                (slice(None, -step), slice(step, None)) if step > 0 else (slice(-step, None), slice(None, step))
            )
            moved[here] = near[there]
        start += len(columns)


def _within(table: Any, places: Sequence[Place], total: float) -> None:
    """Fill in of what kinds the elements around each block are: how little of the page stands in the innermost one."""
    kinds, tags = _KIND_COLUMNS, _TAG_COLUMNS
    for place in places[1:]:
        first, last = place.first, place.last
        if last == first:
            continue
        column = tags.get(place.tag)
        if column is not None:
            table[first:last, column] = 1.01 - place.weight / total
        if place.kinds:
            for kind in place.kinds:
                if kind in kinds:
                    table[first:last, kinds[kind]] = 1.01 - place.weight / total


def main_place(places: Sequence[Place]) -> Place:
    """Return the innermost place that holds most of the running text, step by step."""
    here = places[0]
    while True:
        best: Place | None = None
        number = here.number + 1
        while number < here.end:
            inner = places[number]
            number = inner.end
            if inner.weight > 0 and (best is None or inner.weight > best.weight):
                best = inner
        if best is None or best.tag == "p" or best.weight < 0.55 * here.weight:
            return here
        here = best


def _shingles(words: Sequence[str]) -> Collection[tuple[str, ...]]:
    return list(zip(words, words[1:], words[2:], strict=False)) if len(words) > 2 else []


def _share(runs: Collection[tuple[str, ...]], claimed: Collection[tuple[str, ...]]) -> float:
    """Return the share of a text's runs of three words that are among those claimed."""
    return sum(map(claimed.__contains__, runs)) / len(runs) if runs else -0.5
