"""Where the paragraphs of an article stand in the page that it was read from."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_TOKEN = re.compile(
    r"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->|<[a-zA-Z/!?][^<>]*>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});?|[^<&]+|[<&]",
    re.DOTALL | re.IGNORECASE,
)
_BLANK = re.compile(r"[\s\u00ad\u200b\u200e\u200f\u2060\ufeff]+")


def plain(raw: str) -> str:
    """Return what a piece of a page's HTML shows, without white space: what paragraphs are compared by.

    Examples
    --------
    >>> plain("It <b>rained</b> &amp; poured.")
    'Itrained&poured.'
    """
    return "".join(text for text, _, _ in _pieces(raw))


def _pieces(raw: str) -> list[tuple[str, int, int]]:
    """Return ``(shown characters, start, end)`` of the pieces of a page; blanks and tags show nothing."""
    found: list[tuple[str, int, int]] = []
    for token in _TOKEN.finditer(raw):
        text, start = token[0], token.start()
        if text[0] == "<" and len(text) > 1:
            continue
        if text[0] == "&" and len(text) > 1:
            shown = _BLANK.sub("", html.unescape(text))
            found.append((shown, start, token.end())) if shown else None
            continue
        place = 0
        for blank in _BLANK.finditer(text):
            if blank.start() > place:
                found.append((text[place : blank.start()], start + place, start + blank.start()))
            place = blank.end()
        if place < len(text):
            found.append((text[place:], start + place, start + len(text)))
    return found


def locate(raw: str, paragraphs: Sequence[str]) -> list[tuple[int, int] | None]:
    """Return where each paragraph stands in a page, as offsets into its decoded text, the end exclusive.

    Parameters
    ----------
    raw : str
        The page's HTML, decoded.
    paragraphs : sequence of str
        Paragraphs of the article, in order: what parting ``text`` at blank lines gives.

    Returns
    -------
    list
        ``(start, end)`` with ``plain(raw[start:end]) == plain text of the paragraph``; None for one that does not
        stand there as it is (it was repaired while cleaning, or taken from JSON-LD).

    Examples
    --------
    >>> raw = "<h1>Rain</h1><p>It <b>rained</b> &amp; poured.</p>"
    >>> (start, end), = locate(raw, ["It rained & poured."])
    >>> raw[start:end]
    'It <b>rained</b> &amp; poured.'
    """
    pieces = _pieces(raw)
    shown = "".join(text for text, _, _ in pieces)
    begins: list[int] = []
    total = 0
    for text, _, _ in pieces:
        begins.append(total)
        total += len(text)
    found: list[tuple[int, int] | None] = []
    place = 0
    for paragraph in paragraphs:
        wanted = _BLANK.sub("", paragraph)
        at = shown.find(wanted, place) if wanted else -1
        if at < 0 and wanted:
            at = shown.find(wanted)
        if at < 0:
            found.append(None)
            continue
        found.append((_raw(pieces, begins, at, False), _raw(pieces, begins, at + len(wanted), True)))
        place = at + len(wanted)
    return found


def _raw(pieces: Sequence[tuple[str, int, int]], begins: Sequence[int], at: int, end: bool) -> int:
    """Return the offset into the page of the shown character `at` (or of the end of the one before it)."""
    from bisect import bisect_right

    number = bisect_right(begins, at - 1 if end else at) - 1
    text, start, stop = pieces[number]
    inside = at - begins[number]
    if stop - start != len(text):  # A character reference: it is one place.
        return stop if end else start
    return start + inside
