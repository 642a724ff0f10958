"""Lines of a page told apart: what stands before the body, the body, what stands behind it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus_tools.articles import bylines, evidence, heads, lines
from corpus_tools.articles.clues import Clues, Reader, merge
from corpus_tools.articles.lines import Line
from corpus_tools.articles.tails import Tail, heads_list, introduces, late


@dataclass
class Zones:
    """Lines told apart."""

    body: list[Line] = field(default_factory=list)
    boilerplate: list[str] = field(default_factory=list)
    clues: Clues = field(default_factory=Clues)
    writers: tuple[str, ...] = ()


def tell_apart(
    page: Sequence[Line], reader: Reader, fields: Mapping[str, Any], title_wanted: bool, text: str = ""
) -> Zones:
    """Tell head, body and tail of a page apart, and gather what head and tail say.

    Parameters
    ----------
    page : sequence of Line
        The page's lines.
    reader : Reader
        Reads single lines.
    fields : mapping
        What is known already.
    title_wanted : bool
        Whether a headline may be looked for.
    text : str, optional
        The page as it was saved, with the addresses of its links.
    """
    given = fields.get("authors")
    zones = Zones(writers=bylines.from_value(given, rules=reader.rules).authors if given else ())
    shown = evidence.gather(page, _holders(page, reader), text)
    head = heads.read(page, reader, fields, shown, title_wanted=title_wanted)
    zones.clues, zones.body, zones.boilerplate = head.clues, head.standfirst, head.boilerplate
    zones.clues.title, zones.clues.shown = head.title, shown
    start = head.start
    while start + 1 < len(page) and any(introduces(page[start].text, author) for author in zones.clues.authors):
        zones.boilerplate.append(page[start].text)
        start += 1
    tail = Tail(page, start, reader, zones.clues, zones.writers)
    end = tail.find()
    tail.collect(end)
    zones.boilerplate = [piece for piece in zones.boilerplate if piece]
    body: list[Line] = zones.body
    after = [line.text for line in page[end:]]
    listed: int | None = None
    for index in range(start, end):
        line = page[index]
        if _opens_list(page, index):
            listed = line.block
        if line.block == listed or _is_furniture(page, index, reader):
            zones.boilerplate.append(line.text)
        elif 3 * (index - start) > 2 * (end - start) and body and (said := late(line, reader)) is not None:
            merge(said, zones.clues)
            zones.boilerplate.append(line.text)
        else:
            body.append(line)
    zones.boilerplate.extend(after)
    zones.boilerplate = [piece for piece in zones.boilerplate if piece]
    if not body and page:  # Nothing but furniture: then it is what the page has to say.
        zones.body = [line for line in page if not line.separator and not line.image]
        zones.boilerplate, zones.clues = [], Clues()
    return zones


def _is_furniture(page: Sequence[Line], index: int, reader: Reader) -> bool:
    """Return whether a line inside the body is no text of it."""
    line = page[index]
    return (
        line.separator
        or line.image
        or (_alone(page, index) and reader.furniture(line.text, line.words, "anywhere") is not None)
        or _repeats(page, index)
        or (index > 0 and page[index - 1].image and _is_caption(line, page[index - 1]))
    )


def _repeats(page: Sequence[Line], index: int) -> bool:
    """Return whether a line is a pull quote: in quotation marks, and word for word in the paragraph beside it."""
    text = page[index].text
    if not 5 <= page[index].words <= 40 or text[0] not in '"“„«' or not _alone(page, index):
        return False
    bare = _words(text)
    return any(bare in _words(page[near].text) for near in (index - 1, index + 1) if 0 <= near < len(page))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _opens_list(page: Sequence[Line], index: int) -> bool:
    """Return whether a line is the heading of a list of links in one block with it."""
    line = page[index]
    if not heads_list(line.text) or (index and page[index - 1].block == line.block):
        return False
    items = list(itertools.takewhile(lambda one: one.block == line.block, page[index + 1 : index + 16]))
    return bool(items) and all(item.words <= 14 and not lines.ends_sentence(item.text) for item in items)


def _holders(page: Sequence[Line], reader: Reader) -> list[str]:
    """Return the names in the page's copyright lines."""
    found = Clues()
    for line in page:
        if len(line.text) < 200:
            reader.holder(line.text, found)
    return found.holders


def _alone(page: Sequence[Line], index: int) -> bool:
    """Return whether a line is a block of its own (or every line of the page is a paragraph)."""
    block = page[index].block
    before = index > 0 and page[index - 1].block == block
    after = index + 1 < len(page) and page[index + 1].block == block
    return not (before or after) or page[-1].block == 0


def _is_caption(line: Line, image: Line) -> bool:
    """Return whether a line below an image is its caption."""
    if line.words > 40:
        return False
    credit = re.search(r"(?:photo|image|picture|credit|foto)(?:graph)?s?\s*(?::|by\b)", line.text, re.IGNORECASE)
    return line.text[:1] in "(*_" or line.text.endswith(")") or (line.block == image.block and credit is not None)
