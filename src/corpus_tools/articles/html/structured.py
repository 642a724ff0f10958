"""What a page says of itself for machines: JSON-LD, meta elements, microdata."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

#: Longest JSON-LD that is read, and how deep.
LONGEST, DEEPEST, MOST_NODES = 3_000_000, 30, 5_000
_ARTICLE = re.compile(
    r"(?:News|Blog|Report|Reportage|Analysis|Opinion|Review|Background|Scholarly|Tech|Advertiser|Satirical|AskPublic)?"
    r"(?:News)?Article|(?:Blog|SocialMedia|LiveBlog|DiscussionForum)?Posting|LiveBlogPosting|BlogPost|Report|Review|Recipe|"
    r"CreativeWork|VideoObject|Episode|PodcastEpisode|TVEpisode|RadioEpisode|Course|MediaArticle"
)
_PAGE = re.compile(r"(?:Web|Item|About|Collection|QA|FAQ|Medical|Profile)Page|WebPage")
_VOCABULARY = re.compile(r"^.*[/#:]", re.DOTALL)
_COMMENTS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)


@dataclass
class Structured:
    """What a page says of itself.

    Parameters
    ----------
    nodes : list of dict
        JSON-LD nodes, flattened, in order.
    meta : dict
        Contents of meta elements by their lower-case name, property or itemprop.
    """

    nodes: list[dict[str, Any]] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """Return the first meta content under one of these names, in the order of the names."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return None

    @cached_property
    def article(self) -> dict[str, Any] | None:
        """The JSON-LD node of the article itself: of several, the one that says most."""
        best, points = None, 0
        for node in self.nodes:
            found = _points(node)
            if found > points:
                best, points = node, found
        return best

    @cached_property
    def page(self) -> dict[str, Any] | None:
        """The JSON-LD node of the web page."""
        return next((node for node in self.nodes if any(_PAGE.fullmatch(kind) for kind in types(node))), None)


def _points(node: dict[str, Any]) -> int:
    kinds = types(node)
    if any(_ARTICLE.fullmatch(kind) for kind in kinds):
        secondary = any(kind in ("VideoObject", "CreativeWork", "Review", "Recipe", "Course") for kind in kinds)
        points = 1 if secondary else 10
        points += sum(3 for name in ("headline", "datePublished", "author") if node.get(name))
        points += sum(
            1 for name in ("articleBody", "mainEntityOfPage", "publisher", "articleSection") if node.get(name)
        )
        return points if node.get("headline") or node.get("datePublished") or node.get("name") else 0
    return 0


def types(node: dict[str, Any]) -> list[str]:
    """Return the types of a node without their vocabulary's address."""
    value = node.get("@type", node.get("type"))
    values = value if isinstance(value, list) else [value]
    return [_VOCABULARY.sub("", one) for one in values if isinstance(one, str)]


def nodes(text: str) -> list[dict[str, Any]]:
    """Return the nodes of the JSON-LD in one script.

    Examples
    --------
    >>> nodes('{"@graph": [{"@type": "Article", "headline": "Rain"}]}')
    [{'@type': 'Article', 'headline': 'Rain'}]
    """
    return list(_flattened(parsed(text))) if len(text) <= LONGEST else []


def parsed(text: str) -> Any:
    """Return the value of JSON as pages write it: with comments around it, line breaks in strings, commas too many."""
    text = _COMMENTS.sub("", _COMMENTS.sub("", text.strip())).strip().rstrip(";")
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return _by_pattern(text)


_FIELD = re.compile(
    r'"(@type|headline|datePublished|dateModified|dateCreated|articleSection|name)"\s*:\s*"((?:[^"\\]|\\.){1,500})"'
)


def _by_pattern(text: str) -> dict[str, Any] | None:
    """Return the simple fields of JSON that is broken."""
    found: dict[str, Any] = {}
    for match in _FIELD.finditer(text):
        found.setdefault(match[1], match[2].replace('\\"', '"').replace("\\/", "/"))
    author = re.search(r'"author"\s*:\s*[\[{\s]*(?:"@type"\s*:\s*"Person"\s*,\s*)?"name"\s*:\s*"([^"\\]{1,200})"', text)
    if author:
        found["author"] = author[1]
    return found if found.get("headline") or found.get("datePublished") else None


def _flattened(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all nodes with a type that stand in a value, outer ones first."""
    stack: list[tuple[Any, int]] = [(value, 0)]
    count = 0
    while stack and count < MOST_NODES:
        here, depth = stack.pop()
        count += 1
        if isinstance(here, list):
            stack.extend((one, depth + 1) for one in reversed(here) if depth < DEEPEST)
        elif isinstance(here, dict):
            if types(here):
                yield here
            inner = [
                here[name]
                for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf", "itemListElement")
                if name in here
            ]
            stack.extend((one, depth + 1) for one in reversed(inner) if depth < DEEPEST)


def plain(value: Any) -> str | None:
    """Return a JSON-LD value as one line without markup; None when it says nothing."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    text = html.unescape(html.unescape(value)) if "&" in value else value
    if "<" in text:
        text = re.sub(r"<[a-zA-Z/!][^<>]{0,2000}>", " ", text)
    return " ".join(text.split()) or None
