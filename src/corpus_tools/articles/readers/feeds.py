"""RSS and Atom files: each entry an article, as far as the feed gives its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus_tools.articles import cleaning
from corpus_tools.articles.readers import LARGEST_RECORD, Broken, Item, Record, Source
from corpus_tools.articles.readers.fragments import text_of
from corpus_tools.errors import UnreadableInput

_ENTRIES = ("item", "entry")
#: Where an entry has its text, the fullest first.
_TEXT = ("encoded", "content", "description", "summary")
_DATES = ("pubdate", "published", "issued", "date", "updated", "modified")
_AUTHORS = ("creator", "author")


def records(source: Source) -> Iterator[Item]:
    """Yield the entries of a feed."""
    from lxml import etree

    number, outlet = 0, ""
    # No entities, no network: the file is a stranger's. Parsing goes on behind small mistakes.
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "recover": True, "huge_tree": False}
    try:
        with source.path.open("rb") as opened:
            for _, element in etree.iterparse(opened, events=("end",), **options):
                name = _name(element)
                if name == "title" and not outlet and _name(element.getparent()) in ("channel", "feed"):
                    outlet = _words(element)
                if name not in _ENTRIES:
                    continue
                number += 1
                yield _entry(element, number, outlet)
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.LxmlError, OSError, ValueError) as error:
        if number == 0:
            raise UnreadableInput("unreadable", f"Not a whole feed: {str(error)[:200]}.") from error
        yield Broken("damaged", f"The feed cannot be read on from here: {str(error)[:200]}.", number + 1)
    if number == 0:
        raise UnreadableInput("no_text", "There are no entries in the feed.")


def _entry(element: Any, number: int, outlet: str) -> Item:
    values: dict[str, list[str]] = {}
    for child in element:
        if isinstance(child.tag, str):
            values.setdefault(_name(child), []).append(_value(child))
    text = next((text for name in _TEXT for value in values.get(name, ()) if (text := text_of(value))), "")
    if not text:
        return Broken("no_text", f"The entry {' '.join(values.get('title', []))!r} has no text.", number)
    if len(text) > LARGEST_RECORD:
        return Broken("too_large", f"The entry has {len(text):,} characters.", number)
    fields = {
        "title": text_of(next(iter(values.get("title", ())), "")),
        "authors": [text_of(value) for name in _AUTHORS for value in values.get(name, ()) if value],
        "outlet": outlet,
        "published": next((value for name in _DATES for value in values.get(name, ()) if value), None),
        "url": next((value for value in values.get("link", ()) if value.startswith("http")), None),
        "themes": [value for value in values.get("category", ()) if value],
        "source_id": next((value for name in ("guid", "id") for value in values.get(name, ()) if value), None),
    }
    told = cleaning.canonical(
        "\n".join(value for name in ("guid", "id", "link") for value in values.get(name, ())) + text
    )
    return Record(text, told, number, {name: value for name, value in fields.items() if value})


def _value(child: Any) -> str:
    """Return what a child says: its text, a link's address, a category's term, an author's name, or nested markup."""
    from lxml import etree

    name = _name(child)
    if name == "link" and child.get("href"):
        return str(child.get("href")) if child.get("rel", "alternate") == "alternate" else ""
    if name == "category" and child.get("term"):
        return str(child.get("term"))
    if name == "author":
        named = [grandchild for grandchild in child if _name(grandchild) == "name"]
        return _words(named[0]) if named else _words(child)
    if len(child) and name in _TEXT:
        return "".join(etree.tostring(grandchild, encoding="unicode") for grandchild in child)
    return _words(child)


def _words(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _name(element: Any) -> str:
    tag = getattr(element, "tag", None)
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def is_feed(head: bytes) -> bool:
    """Return whether the first bytes of a file are a feed's.

    Examples
    --------
    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0"><channel>')
    True
    """
    start = head[:2_000].lower()
    return any(mark in start for mark in (b"<rss", b"<rdf:rdf", b'xmlns="http://www.w3.org/2005/atom"', b"<feed "))
