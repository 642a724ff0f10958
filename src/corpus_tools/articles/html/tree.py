"""A page read from its first element to its last: its blocks, and what elements say by their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpus_tools.articles.html.blocks import Block, Open, Place, Walker, kinds_of
from corpus_tools.articles.html.scripts import emptied
from corpus_tools.articles.html.structured import Structured, nodes
from corpus_tools.errors import UnreadableInput

_ELSEWHERE = frozenset(("comments", "related", "teaser"))
_NEVER = frozenset(("comments", "related"))
#: Elements of each kind that are looked at.
_HEADINGS, _LINKS, _TITLES, _WRITERS, _DATED, _TIMES = 12, 3, 3, 8, 10, 30
#: Elements of which the text says nothing, and the type of scripts of which it does.
_SILENT, _LINKED_DATA = frozenset(("meta", "link", "html")), "ld+json"
#: A page with fewer characters in long blocks is read again, menus and all.
_LITTLE = 400


@dataclass
class Signals:
    """What the elements of a page say by their marks."""

    structured: Structured = field(default_factory=Structured)
    headings: list[str] = field(default_factory=list)
    logos: list[str] = field(default_factory=list)
    headline: str | None = None
    title: str | None = None
    authors: list[str] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    url: str | None = None
    language: str | None = None


@dataclass
class Read:
    """A page that was read: what it says by its marks, its blocks, and the elements around them."""

    said: Signals
    blocks: list[Block]
    places: list[Place]


def read(text: str) -> Read:
    """Read a page; with its menus and the like where nearly all text stands in them.

    Some pages never close their menu, and some keep their text for readers without scripts.

    Raises
    ------
    UnreadableInput
        With reason ``"unreadable"`` when there is no element in it.

    Examples
    --------
    >>> page = read('<html lang="de-AT"><title>Regen</title><nav>Start</nav><h1>Regen in Talbach</h1><p>Es regnete.')
    >>> page.said.title, page.said.headings, page.said.language
    ('Regen', ['Regen in Talbach'], 'de-AT')
    >>> [block.text for block in page.blocks]
    ['Regen in Talbach', 'Es regnete.']
    """
    data = emptied(text).replace("\x00", "").encode("utf-8", "replace")
    marks = Marks()
    walker = Walker(marks)
    blocks = _walked(data, walker)
    if marks.root is None:
        raise UnreadableInput("unreadable", "There is no element in the HTML.")
    size = _long(blocks)
    if size < _LITTLE:
        wider = Walker(Marks(), wide=True)
        if _long(_walked(data, wider)) > 3 * size + _LITTLE / 2:
            walker = wider
    return Read(marks.signals(), walker.blocks, walker.places)


def _walked(data: bytes, walker: Walker) -> list[Block]:
    from lxml import etree

    parser = etree.HTMLParser(target=walker, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        found: list[Block] = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise UnreadableInput("unreadable", f"The HTML cannot be parsed: {str(error)[:200]}.") from error
    return found


def _long(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if len(block.text) >= 80 and block.linked < 0.5 * len(block.text))


class Mark:
    """An element that says something by its marks, and its text."""

    __slots__ = ("around", "attributes", "depth", "links", "named", "pieces", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], around: Sequence[Open]) -> None:
        self.tag, self.attributes, self.around = tag, attributes, tuple(around)
        self.depth = len(around)
        self.pieces: list[str] = []
        #: Elements in it that are marked as names; and the first links in it.
        self.named: list[Mark] = []
        self.links: list[str] = []

    @property
    def line(self) -> str:
        """Its text as one line."""
        return " ".join("".join(self.pieces).split())

    def value(self, *attributes: str) -> str:
        """Return the first of these attributes that says something, else its text."""
        return next((found for name in attributes if (found := self.attributes.get(name))), None) or self.line


class Marks:
    """Notes what elements say by their marks; `Walker` tells it of them."""

    def __init__(self) -> None:
        #: Elements whose texts are being gathered, the innermost last.
        self.active: list[Mark] = []
        self.root: Mapping[str, str] | None = None
        self._structured = Structured()
        self._found: dict[str, list[Mark]] = {}
        self._url: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str], around: list[Open]) -> None:
        """Look at an element that begins."""
        if tag == "meta":
            self._meta(attributes)
        elif tag == "link":
            if self._url is None and attributes.get("rel") == "canonical":
                self._url = attributes.get("href")
        elif tag == "html" and self.root is None:
            self.root = attributes
        if "itemprop" not in attributes and (
            tag in _SILENT or (tag == "script" and _LINKED_DATA not in attributes.get("type", "").lower())
        ):
            return
        if tag == "a" and "href" in attributes:
            for one in self.active:
                if one.tag == "h1" and len(one.links) < _LINKS:
                    one.links.append(attributes["href"])
        wanted = list(self._wanted(tag, attributes, around))
        names = attributes.get("itemprop") == "name" and [one for one in self.active if len(one.named) < _WRITERS]
        if not wanted and not names:
            return
        mark = Mark(tag, attributes, around)
        for kind, most in wanted:
            known = self._found.setdefault(kind, [])
            if len(known) < most:
                known.append(mark)
        for one in names or ():
            one.named.append(mark)
        self.active.append(mark)

    def _wanted(self, tag: str, attributes: Mapping[str, str], around: Sequence[Open]) -> Iterator[tuple[str, int]]:
        """Yield what an element is wanted as, and how many of those are wanted, as long as there are fewer."""
        for kind, most in _kinds_wanted(tag, attributes):
            if len(self._found.get(kind, ())) < most and (
                kind != "title" or all(one[0] != "svg" for one in around) or around[-1][0] == "head"
            ):
                yield kind, most

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content")
        if content:
            value = " ".join(content.split()) if len(content) < 20_000 else ""
            for name in ("property", "name", "itemprop", "http-equiv"):
                if name in attributes:
                    self._structured.meta.setdefault(attributes[name].strip().lower(), []).append(value)

    def part(self) -> None:
        """Part the texts that are being gathered: an element begins or ends."""
        for mark in self.active:
            mark.pieces.append(" ")

    def data(self, text: str) -> None:
        """Add to the texts that are being gathered."""
        for mark in self.active:
            mark.pieces.append(text)

    def end(self, depth: int) -> None:
        """End the text of the element that stands at this depth."""
        if self.active[-1].depth == depth:
            mark = self.active.pop()
            if mark.tag == "script":
                self._structured.nodes.extend(nodes("".join(mark.pieces)))

    def signals(self) -> Signals:
        """Return what all of them say."""
        found, root = self._found, self.root or {}
        writers = [*found.get("author", ()), *found.get("creator", ()), *found.get("writer", ())]
        dated = [*found.get("datePublished", ()), *found.get("dateCreated", ())]
        headline = next(iter(found.get("headline", ())), None)
        return Signals(
            structured=self._structured,
            title=next((line for mark in found.get("title", ()) if (line := mark.line)), None),
            headings=[line for mark in found.get("h1", ()) if (line := mark.line)],
            logos=[line for mark in found.get("h1", ()) if (line := mark.line) and any(map(_leads_home, mark.links))],
            headline=headline.value("content") if headline else None,
            authors=list(_authors(writers[:_WRITERS])),
            times=list(_times(dated[:_DATED], found.get("time", ()))),
            url=self._url,
            language=root.get("lang") or root.get("xml:lang"),
        )


def _leads_home(link: str) -> bool:
    """Return whether a link leads to a home page."""
    return re.fullmatch(r"\s*(?:(?:https?:)?//[^/?#\s]+)?/?\s*", link) is not None and bool(link.strip())


def _kinds_wanted(tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield what an element may be wanted as, and how many of those at most."""
    if tag == "h1":
        yield "h1", _HEADINGS
    elif tag == "title":
        yield "title", _TITLES
    elif tag == "time":
        yield "time", _TIMES
    elif tag == "script":
        if _LINKED_DATA in attributes.get("type", "").lower():
            yield "script", 1_000
    elif tag == "a" and attributes.get("rel") == "author":
        yield "writer", _WRITERS
    properties = attributes.get("itemprop")
    if properties:
        for name in dict.fromkeys(properties.split()):
            if name in ("datePublished", "dateCreated"):
                yield name, _DATED
            elif name in ("author", "creator") and tag not in ("meta", "link"):
                yield name, _WRITERS
            elif name == "headline" and tag != "meta":
                yield name, 1


def _authors(marks: Iterable[Mark]) -> Iterator[str]:
    """Yield the writer that is marked first, and those who are marked beside."""
    beside: set[int] = set()
    for mark in marks:
        text = _author(mark)
        if text is None:
            continue
        near = {id(one) for one in mark.around[-3:]}
        if not beside or near & beside:
            yield text
            beside = beside or near


def _author(mark: Mark) -> str | None:
    if _elsewhere(mark):
        return None
    if mark.named:
        return " , ".join(filter(None, (one.value("content") for one in mark.named))) or None
    text = mark.value("content")
    return text if text and len(text) <= 200 else None


@lru_cache(maxsize=5_000)
def _kinds(names: str | None, id_: str | None) -> frozenset[str]:
    return kinds_of(f"{names or ''} {id_ or ''}"[:300])


def _elsewhere(mark: Mark) -> bool:
    """Return whether an element stands among comments, or among other articles."""
    around = mark.around
    for number in range(len(around) - 1, max(-1, len(around) - 9), -1):
        tag, attributes = around[number][:2]
        if tag in ("body", "main"):
            return False
        kinds = _kinds(attributes.get("class"), attributes.get("id"))
        if (
            tag in ("aside", "nav")
            or (tag == "footer" and all(one[0] not in ("article", "main") for one in around[:number]))
            or (kinds & _ELSEWHERE and (kinds & _NEVER or "byline" not in kinds))
        ):
            return True
    return False


def _times(published: Sequence[Mark], times: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """Yield kind and text of the elements that hold a date."""
    for mark in [*published, *(one for one in times if "pubdate" in one.attributes)]:
        # Old templates keep the date in the title of an abbreviation.
        text = mark.value("content", "datetime", *(["title"] if mark.tag == "abbr" else ()))
        if text and (not _elsewhere(mark) or len(published) == 1):
            yield "published", text
    for mark in times:
        text = mark.value("datetime")
        if text and not _elsewhere(mark):
            yield ("updated" if _is_update(mark) else "time"), text


def _is_update(mark: Mark) -> bool:
    around = mark.around[-1][1].get("class") if mark.around else None
    names = f"{mark.attributes.get('class') or ''} {around or ''}".lower()
    changed = "modified" in mark.attributes.get("itemprop", "").lower()
    return changed or ("updat" in names and "publish" not in names)
