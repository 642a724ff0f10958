"""A page as a tree, and what its elements say by their marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from corpus_tools.articles.html.blocks import kinds_of
from corpus_tools.articles.html.structured import Structured, collect
from corpus_tools.errors import UnreadableInput

_ELSEWHERE = frozenset(("comments", "related", "teaser"))
_NEVER = frozenset(("comments", "related"))


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


def parse(text: str) -> Any:
    """Return the root of a page's tree.

    Raises
    ------
    UnreadableInput
        With reason ``"unreadable"`` when there is no element in it.
    """
    from lxml import etree

    data = text.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise UnreadableInput("unreadable", f"The HTML cannot be parsed: {str(error)[:200]}.") from error
    if root is None:
        raise UnreadableInput("unreadable", "There is no element in the HTML.")
    return root


@cache
def _paths() -> dict[str, Any]:
    from lxml import etree

    return {
        "title": etree.XPath("//head/title | //title[not(ancestor::svg)]"),
        "h1": etree.XPath("//h1"),
        "inside": etree.XPath(".//a/@href"),
        "marked": etree.XPath("//*[@itemprop]"),
        "author": etree.XPath("//a[@rel='author']"),
        "name": etree.XPath(".//*[@itemprop='name']"),
        "time": etree.XPath("//time"),
        "link": etree.XPath("//link[@rel='canonical']/@href"),
    }


def signals(root: Any) -> Signals:
    """Return what the elements of a tree say by their marks.

    Examples
    --------
    >>> found = signals(parse('<html lang="de-AT"><title>Regen</title><h1>Regen in Talbach</h1>'))
    >>> found.title, found.headings, found.language
    ('Regen', ['Regen in Talbach'], 'de-AT')
    """
    paths = _paths()
    found = Signals(structured=collect(root))
    found.title = next((text for text in map(line_of, paths["title"](root)[:3]) if text), None)
    for element in paths["h1"](root)[:12]:
        text = line_of(element)
        if text:
            found.headings.append(text)
            if any(map(_leads_home, paths["inside"](element)[:3])):
                found.logos.append(text)
    marked: dict[str, list[Any]] = {}
    for element in paths["marked"](root):
        for name in element.get("itemprop").split():
            marked.setdefault(name, []).append(element)
    for element in [one for one in marked.get("headline", ()) if one.tag != "meta"][:1]:
        found.headline = element.get("content") or line_of(element)
    writers = [
        one for one in (*marked.get("author", ()), *marked.get("creator", ())) if one.tag not in ("meta", "link")
    ]
    found.authors = list(_authors([*writers, *paths["author"](root)][:8]))
    found.times = list(_times([*marked.get("datePublished", ()), *marked.get("dateCreated", ())], paths["time"](root)))
    found.url = next(iter(paths["link"](root)), None)
    found.language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    return found


def _leads_home(link: str) -> bool:
    """Return whether a link leads to a home page."""
    return re.fullmatch(r"\s*(?:(?:https?:)?//[^/?#\s]+)?/?\s*", link) is not None and bool(link.strip())


def line_of(element: Any) -> str:
    """Return the text of an element as one line."""
    return " ".join(" ".join(element.itertext()).split())


def _authors(elements: Sequence[Any]) -> Iterator[str]:
    """Yield the writer that is marked first, and those who are marked beside."""
    beside: Any = None
    for element in elements:
        text = _author(element)
        if text is None:
            continue
        near = list(itertools.islice(element.iterancestors(), 3))
        if beside is None or any(one in beside for one in near):
            yield text
            beside = beside or near


def _author(element: Any) -> str | None:
    if _elsewhere(element):
        return None
    names = _paths()["name"](element)
    if names:
        return " , ".join(filter(None, ((one.get("content") or line_of(one)) for one in names[:8]))) or None
    text = element.get("content") or line_of(element)
    return text if text and len(text) <= 200 else None


def _elsewhere(element: Any) -> bool:
    """Return whether an element stands among comments, or among other articles."""
    for around in itertools.islice(element.iterancestors(), 8):
        if around.tag in ("body", "main"):
            return False
        kinds = kinds_of(f"{around.get('class') or ''} {around.get('id') or ''}"[:300])
        if (
            around.tag in ("aside", "nav")
            or (around.tag == "footer" and next(around.iterancestors("article", "main"), None) is None)
            or (kinds & _ELSEWHERE and (kinds & _NEVER or "byline" not in kinds))
        ):
            return True
    return False


def _times(published: Sequence[Any], times: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield kind and text of the elements that hold a date."""
    for element in [*published[:10], *(one for one in times[:30] if "pubdate" in one.attrib)]:
        text = element.get("content") or element.get("datetime") or _titled(element) or line_of(element)
        if text and not _elsewhere(element):
            yield "published", text
    for element in times[:30]:
        text = element.get("datetime") or line_of(element)
        if text and not _elsewhere(element):
            yield ("updated" if _is_update(element) else "time"), text


def _titled(element: Any) -> str | None:
    """Return the title of an abbreviation: old templates keep the date there."""
    return element.get("title") if element.tag == "abbr" else None


def _is_update(element: Any) -> bool:
    around = element.getparent()
    names = f"{element.get('class') or ''} {(around.get('class') if around is not None else None) or ''}".lower()
    changed = "modified" in (element.get("itemprop") or "").lower()
    return changed or ("updat" in names and "publish" not in names)
