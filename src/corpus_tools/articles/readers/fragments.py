"""Text of a piece of HTML that is an article already: the body of a letter, an entry of a feed."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(["script", "style", "head", "title", "template", "noscript", "iframe", "svg"])


def text_of(html: str) -> str:
    r"""Return the text, a blank line between paragraphs.

    Examples
    --------
    >>> text_of("<p>It <b>rained</b>.</p><p>All&nbsp;day.<br>And night.")
    'It rained.\n\nAll day.\n\nAnd night.'
    >>> text_of("Plain words & <i>no</i> blocks")
    'Plain words & no blocks'
    """
    import lxml.html

    if "<" not in html and "&" not in html:
        return html.strip()
    try:
        root = lxml.html.fromstring(f"<div>{html}</div>")
    except (lxml.etree.LxmlError, ValueError):
        return re.sub(r"<[^>]{0,500}>", " ", html).strip()
    pieces: list[str] = []
    _walk(root, pieces)
    paragraphs = (" ".join(part.split()) for part in "".join(pieces).split("\0"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _walk(root: Any, pieces: list[str]) -> None:
    """Append text in reading order, with NUL where a block begins or ends; without recursion, however deep it is."""
    open_: list[tuple[Any, bool]] = [(root, False)]
    while open_:
        element, closing = open_.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if not closing and name and name not in _SKIPPED:
            pieces.append("\0" if name in _BLOCKS else "")
            pieces.append((element.text or "").replace("\0", ""))
            open_.append((element, True))
            open_.extend((child, False) for child in reversed(element))
            continue
        pieces.append("\0" if name in _BLOCKS else "")
        if element is not root:
            pieces.append((element.tail or "").replace("\0", ""))
