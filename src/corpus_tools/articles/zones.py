"""Lines of a page told apart: what stands before the body, the body, what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus_tools.articles import _data, bylines, lines
from corpus_tools.articles.clues import Clues, Reader
from corpus_tools.articles.lines import Line
from corpus_tools.articles.rules import key

_HEAD_LINES = 40
_STANDFIRST = 350


@dataclass
class Zones:
    """Lines told apart."""

    body: list[Line] = field(default_factory=list)
    boilerplate: list[str] = field(default_factory=list)
    clues: Clues = field(default_factory=Clues)
    writers: tuple[str, ...] = ()


def tell_apart(page: Sequence[Line], reader: Reader, fields: Mapping[str, Any], title_wanted: bool) -> Zones:
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
    """
    given = fields.get("authors")
    zones = Zones(writers=bylines.from_value(given, rules=reader.rules).authors if given else ())
    start = _head(page, reader, fields, title_wanted, zones)
    end = _tail(page, start, reader, zones)
    zones.boilerplate = [piece for piece in zones.boilerplate if piece]
    body: list[Line] = zones.body
    after = [line.text for line in page[end:]]
    for index in range(start, end):
        line = page[index]
        alone = _alone(page, index)
        if (
            line.separator
            or line.image
            or (alone and reader.furniture(line.text, line.words, "anywhere"))
            or (body and index and page[index - 1].image and _is_caption(line))
        ):
            zones.boilerplate.append(line.text)
        else:
            body.append(line)
    zones.boilerplate.extend(after)
    zones.boilerplate = [piece for piece in zones.boilerplate if piece]
    if not body and page:  # Nothing but furniture: then it is what the page has to say.
        zones.body = [line for line in page if not line.separator and not line.image]
        zones.boilerplate, zones.clues = [], Clues()
    return zones


def _alone(page: Sequence[Line], index: int) -> bool:
    """Return whether a line is a block of its own (or every line of the page is a paragraph)."""
    block = page[index].block
    before = index > 0 and page[index - 1].block == block
    after = index + 1 < len(page) and page[index + 1].block == block
    return not (before or after) or page[-1].block == 0


def _is_caption(line: Line) -> bool:
    return line.words <= 40 and (line.text[:1] in "(*_" or line.text.endswith(")"))


def _head(page: Sequence[Line], reader: Reader, fields: Mapping[str, Any], title_wanted: bool, zones: Zones) -> int:
    """Read the lines before the body; return the index of the body's first line."""
    clues, skipped, index = zones.clues, 0, 0
    known = str(fields.get("title") or "")
    if known:
        clues.title = known
    while index < min(len(page), _HEAD_LINES):
        line = page[index]
        if clues.title and key(line.text) == key(clues.title):
            zones.boilerplate.append(line.text if known else "")
        elif line.separator or line.image or _is_head_line(page, index, reader, clues):
            zones.boilerplate.append(line.text)
        elif title_wanted and clues.title is None and _is_title(page, index, reader):
            clues.title = line.text
        elif line.heading == 1 and not zones.body:
            zones.boilerplate.append(line.text)
        elif skipped < 2 and _is_standfirst(page, index, reader, clues, title_wanted):
            skipped += 1
            (zones.body.append(line) if lines.ends_sentence(line.text) else zones.boilerplate.append(line.text))
        else:
            break
        index += 1
    return index


def _is_head_line(page: Sequence[Line], index: int, reader: Reader, clues: Clues) -> bool:
    line = page[index]
    if reader.metadata(line.text, clues, head=True):
        return True
    if reader.furniture(line.text, line.words, "head", "edge", "anywhere"):
        reader.holder(line.text, clues)
        return True
    if line.heading or line.words > 12 or lines.ends_sentence(line.text):
        return False
    beside = [page[near] for near in (index - 1, index + 1) if 0 <= near < len(page)]
    dated = any(
        near.words <= 12 and reader.metadata(near.text, trial := Clues(), head=True) and trial.strong for near in beside
    )
    above = page[index - 1] if index else None
    if (
        above is not None
        and above.block == line.block
        and clues.authors
        and bylines.parse(above.text, rules=reader.rules)
    ):
        # Under a byline stands what the writer is, or for whom: `Harl News, Hollin`.
        name = line.text.split(",")[0]
        clues.outlets.extend([name] if reader.names_outlet(name) else [])
        return line.words <= 8
    if dated and (clues.title is not None or index) and not clues.outlets and reader.names_outlet(line.text):
        clues.outlets.append(line.text)
        return True
    timed = index + 1 < len(page) and reader.furniture(page[index + 1].text, page[index + 1].words, "head") is not None
    return (dated or timed) and clues.title is not None and reader.bare_byline(line.text, clues)


def _is_title(page: Sequence[Line], index: int, reader: Reader) -> bool:
    line = page[index]
    if line.heading == 1:
        return True
    if not lines.looks_title(line) or index + 1 >= len(page):
        return False
    following = page[index + 1]
    if reader.metadata(following.text, Clues(), head=True):
        return True
    if following.text[:1].islower():
        return False
    if following.block != line.block:
        return True
    return page[-1].block == page[0].block and len(line.text) < 120 and len(following.text) > 150


def _is_standfirst(page: Sequence[Line], index: int, reader: Reader, clues: Clues, title_wanted: bool) -> bool:
    """Return whether a line stands between the headline and a byline or date that follows soon."""
    line = page[index]
    if not title_wanted or clues.title is None or len(line.text) > _STANDFIRST or clues.strong:
        return False
    bare_dates = sum(near.words <= 8 and reader.is_date(near.text) for near in page)
    for near in page[index + 1 : index + 4]:
        if near.words > 14:
            if len(near.text) > _STANDFIRST:
                return False
            continue
        trial = Clues()
        if reader.metadata(near.text, trial, head=True) and trial.strong:
            # Several dates as lines of their own are the headings of a chronicle.
            return bare_dates < 2 or not reader.is_date(near.text)
    return False


def _tail(page: Sequence[Line], start: int, reader: Reader, zones: Zones) -> int:
    """Read the lines behind the body; return the index behind the body's last line."""
    end = len(page)
    kinds: dict[int, bool] = {}

    def furniture(index: int) -> bool:
        if index not in kinds:
            kinds[index] = _is_tail_line(page, index, reader, zones)
        return kinds[index]

    while end > start:
        if furniture(end - 1):
            end -= 1
            continue
        above = end - 1
        while above > start and end - above <= 4 and _may_continue(page[above]):
            above -= 1
            if furniture(above):
                break
        if above < end - 1 and furniture(above) and _goes_on(page[above], reader):
            end = above
            continue
        break
    for line in page[end:]:
        reader.metadata(line.text, zones.clues, head=False)
        reader.holder(line.text, zones.clues)
        if credit := re.fullmatch(r"\(([A-Z][A-Za-z]{1,12})\)", line.text):
            zones.clues.wires.append(credit[1])
    return end


def _is_tail_line(page: Sequence[Line], index: int, reader: Reader, zones: Zones) -> bool:
    line = page[index]
    if line.separator or line.image or reader.metadata(line.text, Clues(), head=False):
        return True
    if reader.furniture(line.text, line.words, "tail", "edge", "anywhere"):
        return True
    if any(_is_biography(line.text, author) for author in (*zones.clues.authors, *zones.writers)):
        return True
    byline = bylines.parse(line.text, rules=reader.rules) if line.words <= 12 and index == len(page) - 1 else None
    return byline is not None and bool(zones.clues.authors) and set(byline.authors) <= set(zones.clues.authors)


def _is_biography(text: str, author: str) -> bool:
    verbs = r",? (?:is|was|has|covers|reports|writes|works|teaches|joined|lives|holds|contributed)\b"
    return len(text) < 700 and re.match(re.escape(author) + verbs, text, re.IGNORECASE) is not None


def _goes_on(line: Line, reader: Reader) -> bool:
    piece = reader.furniture(line.text, line.words, "tail", "edge")
    return piece is not None and piece.continues


def _may_continue(line: Line) -> bool:
    """Return whether a line may belong to furniture that begins above: legal words, or an item of a list."""
    if line.words <= 6 and not lines.ends_sentence(line.text):
        return True
    found = set(re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.lower()))
    return len(found & _data.words("furniture_words.txt")) >= 2
