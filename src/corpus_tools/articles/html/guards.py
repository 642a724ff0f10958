"""Which pages are not parsed at all, and which only under guard: told from the bytes, in linear time."""

from __future__ import annotations

import re

import numpy as np

from corpus_tools.errors import UnreadableInput

#: Largest page in bytes, most attributes of one element, most elements, deepest nesting: beyond, a page is rejected.
LARGEST, MOST_ATTRIBUTES, MOST_ELEMENTS, DEEPEST = 10_500_000, 50_000, 60_000, 5_000
#: Beyond these a page is parsed in a process of its own, with limits of time and memory.
LARGE, MANY_ATTRIBUTES, MANY_ELEMENTS, DEEP = 4_000_000, 2_000, 30_000, 400
_TAG = re.compile(rb"<[a-zA-Z][a-zA-Z0-9:-]*")
_ATTRIBUTE = re.compile(rb"[\s\"'/][^\s=\"'<>/]{1,64}\s*=|\s[a-zA-Z_][\w:-]{0,64}(?=\s)")
_LONG = 4_000


def suspicious(data: bytes) -> bool:
    """Return whether a page must be parsed under guard.

    Raises
    ------
    UnreadableInput
        With reason ``"too_large"`` or ``"unreadable"`` when it must not be parsed at all.

    Examples
    --------
    >>> suspicious(b"<p>Rain fell.</p>"), suspicious(b"<p>Rain fell.</p>" * 40_000)
    (False, True)
    """
    if len(data) > LARGEST:
        raise UnreadableInput("too_large", f"{len(data):,} bytes; a page may have {LARGEST:,}.")
    attributes = most_attributes(data)
    if attributes > MOST_ATTRIBUTES:
        raise UnreadableInput(
            "unreadable", f"An element with {attributes:,} attributes; the page is damaged or hostile."
        )
    elements, closing = _tags(data)
    if elements > MOST_ELEMENTS:
        raise UnreadableInput("too_large", f"{elements:,} elements; a page may have {MOST_ELEMENTS:,}.")
    unclosed = elements - closing  # They may all be nested; those that are closed may be, too, when they are many.
    nested = _runs(data) if unclosed > 2_000 or elements > 8_000 else 0
    if nested > DEEPEST:
        raise UnreadableInput(
            "unreadable", f"{nested:,} elements opened one inside another; the page is damaged or hostile."
        )
    return len(data) > LARGE or attributes > MANY_ATTRIBUTES or elements > MANY_ELEMENTS or nested > DEEP


def _tags(data: bytes) -> tuple[int, int]:
    """Return how many tags, comments and the like open, and how many tags close."""
    opened = np.frombuffer(data, dtype=np.uint8) == ord("<")
    closing = int(np.count_nonzero(opened[:-1] & (np.frombuffer(data, dtype=np.uint8)[1:] == ord("/"))))
    return int(np.count_nonzero(opened)) - closing, closing


def most_attributes(data: bytes) -> int:
    """Return how many attributes the element with the most of them has, at most; only long tags are counted."""
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord(">"))
    starts = np.concatenate([[0], ends + 1])
    ends = np.concatenate([ends, [len(data)]])
    most = 0
    for start_, end in zip(*(side[ends - starts >= _LONG].tolist() for side in (starts, ends)), strict=True):
        piece = data[start_:end]
        start = _TAG.search(piece)
        if start is not None and piece.count(b"=", start.end()) + piece.count(b" ", start.end()) > MANY_ATTRIBUTES:
            last = piece.rfind(b"<")
            quoted = piece.count(b'"', start.end(), max(last, start.end())) % 2
            own = piece[start.end() :] if quoted or last <= start.start() else piece[last:]
            most = max(most, sum(1 for _ in _ATTRIBUTE.finditer(own)))
    return most


_RUN = re.compile(
    rb"<(/?)(?:div|span|section|article|blockquote|ul|ol|li|table|tr|td|font|b|i|em|strong|center|a|p)\b[^>]{0,500}>",
    re.IGNORECASE,
)


def _runs(data: bytes) -> int:
    """Return how deep elements are nested, by opening and closing tags of the common kinds."""
    depth = deepest = 0
    for tag in _RUN.finditer(data):
        depth += -1 if tag[1] else 1
        if depth < 0:
            depth = 0
        elif depth > deepest:
            deepest = depth
    return deepest
