"""A page's elements as blocks of text, each with what its surroundings say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Protocol

from corpus_tools.articles import _data

_DEEPEST = 251
_PARTED = re.compile(r"([a-z])([A-Z])")
_JOINTS = str.maketrans("-_:/", "    ")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(eq=False)
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
    depth : int
        How many elements are around it.
    names : str
        Its classes, as they stand: elements that a template made alike have the same.
    number, end : int
        Its number among the places of the page, and the number of the first one that is neither it nor inside of it.
    first, last : int
        Which blocks stand under it: ``blocks[first:last]``.
    height : int
        How many places are around it.
    article : Place or None
        The ``article`` element in which it stands, or which it is.
    weight, size, linked, blocks : float or int
        Characters of running text, of all text and of links under it, and the number of blocks; `features.measure`
        fills them in.
    """

    parent: Place | None
    tag: str
    kinds: frozenset[str]
    depth: int
    names: str = ""
    number: int = 0
    first: int = 0
    height: int = 0
    article: Place | None = None
    end: int = field(default=0, init=False)
    last: int = field(default=0, init=False)
    weight: float = field(default=0.0, init=False)
    size: int = field(default=0, init=False)
    linked: int = field(default=0, init=False)
    blocks: int = field(default=0, init=False)


@dataclass(eq=False)
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
    weight: float = field(default=0.0, init=False)


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
    found = NOTHING
    for name in names.split():
        kinds = _kinds_of_one(name)
        if kinds:
            found = found | kinds if found else kinds
    return found


@lru_cache(maxsize=20_000)
def _kinds_of_one(name: str) -> frozenset[str]:
    known, found = _names(), NOTHING
    if not name.islower():
        name = _PARTED.sub(r"\1-\2", name).lower()
    pieces = name.translate(_JOINTS).split()
    for start, joined in enumerate(pieces):
        if joined in known:
            found |= known[joined]
        for piece in pieces[start + 1 : start + 3]:
            joined += piece
            if joined in known:
                found |= known[joined]
    return found


#: What an element is to `Walker`.
_SKIPPED, _STANDING, _PICTURE, _BREAK, _LINK, _BOLD, _TELLING = 1, 2, 4, 8, 16, 32, 64
#: Elements that may say something by their name: `tree.Marks` looks at them.
TELLING = frozenset(("html", "meta", "script", "title", "h1", "time", "link"))
#: An element that is open: its name and attributes, the place around the one that it made, and whether links and bold
#: type were open before.
Open = tuple[str, Mapping[str, str], Place | None, int, int]


@cache
def _roles(wide: bool) -> dict[str, int]:
    elements = _data.listed("html_elements.tsv")
    skipped, standing = set(elements["skipped"]), set(elements["block"])
    if wide:
        skipped, standing = skipped - set(elements["wide"]), standing | set(elements["wide"])
    roles = {"br": _BREAK, "a": _LINK, "b": _BOLD, "strong": _BOLD}
    for tags, role in (
        (skipped, _SKIPPED), (standing, _STANDING), (elements["picture"], _PICTURE), (TELLING, _TELLING),
    ):  # fmt: skip
        for tag in tags:
            roles[tag] = roles.get(tag, 0) | role
    return roles


class Marking(Protocol):
    """Notes what elements say by their marks (`tree.Marks`)."""

    #: Texts that are being gathered: always the same list.
    active: list[Any]

    def start(self, tag: str, attributes: Mapping[str, str], around: list[Open]) -> None:
        """Look at an element that begins."""

    def part(self) -> None:
        """Part the texts that are being gathered."""

    def data(self, text: str) -> None:
        """Add to the texts that are being gathered."""

    def end(self, depth: int) -> None:
        """End the texts of the element at this depth."""


class Walker:
    """Collects the blocks of a page while it is parsed: it is told of elements and text in the order of the page.

    Parameters
    ----------
    marks : Marking
        Notes what elements say by their marks.
    wide : bool
        Whether menus, dialogs and what stands there for readers without scripts are read, too.
    """

    def __init__(self, marks: Marking, *, wide: bool = False) -> None:
        self.blocks: list[Block] = []
        self.places = [Place(None, "", NOTHING, 0)]
        self.start, self.data, self.end = _handlers(self.blocks, self.places, marks, _roles(wide))

    def close(self) -> list[Block]:
        """Return the blocks, in order."""
        top = self.places[0]
        top.last, top.end = len(self.blocks), len(self.places)
        return self.blocks


def _handlers(
    blocks: list[Block], places: list[Place], marks: Marking, roles: Mapping[str, int]
) -> tuple[Callable[[str, Mapping[str, str]], None], Callable[[str], None], Callable[[str], None]]:
    """Return what is called when an element begins, for text, and when an element ends.

    A page has thousands of elements. What has been seen is held in variables of this function, since looking it up on
    an object takes a third longer.
    """
    opened: list[Open] = []
    pieces: list[str] = []
    active, role_of = marks.active, roles.get
    place = places[0]
    skipping = link = bold = linked = bolder = pictures = breaks = 0

    def flush(tag: str) -> None:
        nonlocal pictures
        text = " ".join("".join(pieces).split())
        if text:
            blocks.append(Block(text, tag, place, linked, bolder, pictures))
            pictures = 0
        pieces.clear()

    def begin(tag: str, attributes: Mapping[str, str], kinds: frozenset[str]) -> Place:
        nonlocal place, linked, bolder
        around = place
        if pieces:
            flush(around.tag)
        linked = bolder = 0
        names = attributes.get("class", "") if attributes else ""
        place = Place(
            around, tag, kinds, len(opened), names, len(places), len(blocks), around.height + 1, around.article
        )
        if tag == "article":
            place.article = place
        places.append(place)
        return around

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal skipping, link, bold, pictures, breaks, linked, bolder
        role = role_of(tag, 0)
        if active:
            marks.part()
        if role & _TELLING or (
            attributes and ("itemprop" in attributes or (tag == "a" and (active or "rel" in attributes)))
        ):
            marks.start(tag, attributes, opened)
        before: Place | None = None
        links, bolds = link, bold
        if skipping:
            skipping += 1
        elif role & _SKIPPED:
            pictures += role & _PICTURE == _PICTURE
            skipping = 1
        elif len(opened) > _DEEPEST:
            pieces.append(" ")
        elif role & _STANDING:
            breaks = link = bold = 0
            before = begin(tag, attributes, _said(attributes) if attributes else NOTHING)
        elif role & _BREAK:
            breaks += 1
            if breaks == 2:
                flush("br")
                linked = bolder = 0
            else:
                pieces.append(" ")
        elif role & _LINK:
            breaks = 0
            link += 1
        else:
            breaks = 0
            pictures += role & _PICTURE == _PICTURE
            kinds = _said(attributes) if attributes else NOTHING
            if kinds and not kinds <= _INLINE:
                before = begin(tag, attributes, kinds)
            elif role & _BOLD:
                bold += 1
        opened.append((tag, attributes, before, links, bolds))

    def data(text: str) -> None:
        nonlocal linked, bolder, breaks
        if active:
            marks.data(text)
        if skipping:
            return
        if link:
            linked += len(text)
        if bold:
            bolder += len(text)
        if not text.isspace():
            breaks = 0
            pieces.append(text)
        elif pieces:
            pieces.append(text)

    def end(_: str) -> None:
        nonlocal skipping, link, bold, place, breaks, linked, bolder
        tag, _attributes, before, links, bolds = opened.pop()
        if active:
            marks.part()
            marks.end(len(opened))
        if skipping:
            skipping -= 1
            return
        link, bold = links, bolds
        if before is not None:
            if pieces:
                flush(tag)
            linked = bolder = 0
            place.last, place.end = len(blocks), len(places)
            place = before
        if tag != "br":
            breaks = 0

    return start, data, end


#: Attributes that name what an element is, beside its class; and those that hide it.
_NAMING = frozenset(("id", "itemprop", "role", "data-testid", "data-component", "data-qa"))
_HIDING = frozenset(("hidden", "aria-hidden", "style"))


def _said(attributes: Mapping[str, str]) -> frozenset[str]:
    """Return the kinds of an element."""
    if _NAMING.isdisjoint(attributes):
        names = attributes.get("class", "")
    else:
        names = " ".join([value for name, value in attributes.items() if name in _NAMING or name == "class"])
    kinds = kinds_of(names[:300]) if names else NOTHING
    if _HIDING.isdisjoint(attributes):
        return kinds
    hidden = any(_hides(name, attributes[name]) for name in _HIDING if name in attributes)
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
