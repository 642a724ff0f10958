"""A page's tree as blocks of text, each with what its surroundings say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from corpus_tools.articles import _data

_DEEPEST = 250
_PARTED = re.compile(r"([a-z])([A-Z])")
_JOINTS = re.compile(r"[-_:/]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass
class Place:
    """An element that holds blocks.

    Parameters
    ----------
    parent : Place or None
        The element around it.
    tag : str
        Its name.
    kinds : frozenset of str
        What its classes and id say (``data/html_classes.tsv``).
    names : str
        Its classes, as they stand: elements that a template made alike have the same.
    weight, size, linked, blocks : float or int
        Characters of running text, of all text and of links under it, and the number of blocks.
    """

    parent: Place | None
    tag: str
    kinds: frozenset[str]
    depth: int
    names: str = ""
    weight: float = 0.0
    size: int = 0
    linked: int = 0
    blocks: int = 0


@dataclass
class Block:
    """One run of text that stands as a block of its own.

    Parameters
    ----------
    text : str
        White space collapsed.
    tag : str
        Element that makes it a block (``"p"``, ``"h2"``, ``"li"`` ...).
    place : Place
        The innermost element around it.
    linked : int
        Characters in links.
    bold : int
        Characters in bold.
    pictures : int
        Pictures and films between it and the block before: captions follow them.
    """

    text: str
    tag: str
    place: Place
    linked: int = 0
    bold: int = 0
    pictures: int = 0
    weight: float = 0.0


@cache
def _names() -> dict[str, frozenset[str]]:
    known: dict[str, frozenset[str]] = {}
    for kind, names in _data.listed("html_classes.tsv").items():
        for name in names:
            known[name] = known.get(name, frozenset()) | {kind}
    return known


NOTHING: frozenset[str] = frozenset()
#: Elements that are not shown, or only later, by a script.
HIDDEN = frozenset(("hidden",))
#: Kinds that speak for text of the article; all others speak for furniture.
FOR = frozenset(("lead", "body"))
#: Kinds of which an inline element makes no block of its own.
_INLINE = FOR | {"writer"}


@lru_cache(maxsize=20_000)
def kinds_of(names: str) -> frozenset[str]:
    """Return what the classes and the id of an element say of it.

    Examples
    --------
    >>> sorted(kinds_of("articleBody")), sorted(kinds_of("box related-posts"))
    (['body'], ['related'])
    """
    known = _names()
    found = NOTHING
    for name in _PARTED.sub(r"\1-\2", names).lower().split():
        pieces = [piece for piece in _JOINTS.split(name) if piece]
        for start in range(len(pieces)):
            joined = ""
            for piece in pieces[start : start + 3]:
                joined += piece
                if joined in known:
                    found |= known[joined]
    return found


def blocks_of(root: Any) -> list[Block]:
    """Return the blocks of a tree; with those of menus and the like where nearly all text stands in them.

    Some pages never close their menu, and some keep their text for readers without scripts.

    Examples
    --------
    >>> from corpus_tools.articles.html.tree import parse
    >>> [block.text for block in blocks_of(parse("<nav>Home</nav><p>It rained.")) if block.tag == "p"]
    ['It rained.']
    """
    blocks = Walker().walk(root)
    size = _long(blocks)
    if size >= _LITTLE:
        return blocks
    wider = Walker(wide=True).walk(root)
    return wider if _long(wider) > 3 * size + _LITTLE / 2 else blocks


#: A page with fewer characters in long blocks is read again, menus and all.
_LITTLE = 400


def _long(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks if len(block.text) >= 80 and block.linked < 0.5 * len(block.text))


class Walker:
    """Collects the blocks of one tree.

    Parameters
    ----------
    wide : bool
        Whether menus, dialogs and what stands there for readers without scripts are read, too.
    """

    def __init__(self, *, wide: bool = False) -> None:
        elements = _data.listed("html_elements.tsv")
        self._skipped, self._standing = frozenset(elements["skipped"]), frozenset(elements["block"])
        self._pictured = frozenset(elements["picture"])
        if wide:
            self._skipped, self._standing = (
                self._skipped - set(elements["wide"]),
                self._standing | set(elements["wide"]),
            )
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._bold = 0
        self._pictures = 0

    def walk(self, root: Any) -> list[Block]:
        """Return the blocks under `root`, in order."""
        top = Place(None, "", NOTHING, 0)
        self._block(root, top, 0)
        return self.blocks

    def _block(self, element: Any, around: Place, depth: int) -> None:
        kinds = _said(element)
        place = Place(around, element.tag, kinds, depth, element.get("class", ""))
        self._flush(around, around.tag)
        self._inside(element, place, depth, 0, 0)
        self._flush(place, element.tag)

    def _inside(self, element: Any, place: Place, depth: int, link: int, bold: int) -> None:
        if depth > _DEEPEST:
            self._add(" ".join(element.itertext()), link, bold)
            return
        if element.text:
            self._add(element.text, link, bold)
        breaks = 0
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                if tag in self._pictured:
                    self._pictures += 1
                if tag == "br":
                    breaks += 1
                    if breaks == 2:
                        self._flush(place, "br")
                    else:
                        self._pieces.append(" ")
                elif tag in self._skipped:
                    pass
                elif tag in self._standing:
                    self._block(child, place, depth + 1)
                    breaks = 0
                else:
                    breaks = 0
                    self._inline(child, tag, place, depth, link, bold)
            tail = child.tail
            if tail:
                if breaks and not tail.isspace():
                    breaks = 0
                self._add(tail, link, bold)

    def _inline(self, child: Any, tag: str, place: Place, depth: int, link: int, bold: int) -> None:
        kinds = _said(child)
        if kinds and tag != "a" and not kinds <= _INLINE:
            inner = Place(place, tag, kinds, depth + 1, child.get("class", ""))
            self._flush(place, place.tag)
            self._inside(child, inner, depth + 1, link, bold)
            self._flush(inner, tag)
            return
        self._inside(child, place, depth + 1, link or tag == "a", bold or tag in ("b", "strong"))

    def _add(self, text: str, link: int, bold: int) -> None:
        self._pieces.append(text)
        if link:
            self._linked += len(text)
        if bold:
            self._bold += len(text)

    def _flush(self, place: Place, tag: str) -> None:
        if self._pieces:
            text = " ".join("".join(self._pieces).split())
            if text:
                self.blocks.append(Block(text, tag, place, self._linked, self._bold, self._pictures))
                self._pictures = 0
            self._pieces = []
        self._linked = self._bold = 0


_NAMING = frozenset(("class", "id", "itemprop", "role", "data-testid", "data-component", "data-qa"))
_HIDING = frozenset(("hidden", "aria-hidden", "style"))


def _said(element: Any) -> frozenset[str]:
    """Return the kinds of an element."""
    names: list[str] = []
    hidden = False
    for attribute in element.keys():  # noqa: SIM118 - asking for each by its name is five times slower
        if attribute in _NAMING:
            names.append(element.get(attribute))
        elif attribute in _HIDING:
            hidden = hidden or _hides(attribute, element.get(attribute))
    kinds = kinds_of(" ".join(names)[:300]) if names else NOTHING
    return kinds | HIDDEN if hidden else kinds


def _hides(attribute: str, value: str) -> bool:
    if attribute == "style":
        return len(value) < 500 and _HIDDEN.search(value) is not None
    return attribute == "hidden" or value == "true"


def above(place: Place | None) -> Iterator[Place]:
    """Yield a place and all that are around it, the innermost first."""
    while place is not None:
        yield place
        place = place.parent
