"""Where the paragraphs of an article stand in the page that it was read from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"<(?P<unshown>script|style|noscript|template)\b|(?P<comment><!--)|<[a-zA-Z/!?][^<>]*>|"
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});?|[^<&]+|[<&]",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>|<")
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
    for start, end in _tokens(raw):
        text = raw[start:end]
        if text[0] == "<" and len(text) > 1:
            continue
        if text[0] == "&" and len(text) > 1:
            shown = _BLANK.sub("", html.unescape(text))
            found.append((shown, start, end)) if shown else None
            continue
        place = 0
        for blank in _BLANK.finditer(text):
            if blank.start() > place:
                found.append((text[place : blank.start()], start + place, start + blank.start()))
            place = blank.end()
        if place < len(text):
            found.append((text[place:], start + place, start + len(text)))
    return found


def _tokens(raw: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of tags, comments, elements that are not shown, character references and texts."""
    place, unclosed = 0, set[str]()
    while place < len(raw):
        token = _TOKEN.match(raw, place)
        assert token is not None  # One of the forms matches any character.
        end = token.end()
        opened = token["comment"] or token["unshown"]
        if opened:
            end = -1 if opened.lower() in unclosed else _closed(raw, end, opened.lower())
            if end < 0:  # What is not closed here is not closed further on: it is looked for once.
                unclosed.add(opened.lower())
                tag = _TAG.match(raw, place)
                end = tag.end() if tag else place + 1
        yield place, end
        place = end


def _closed(raw: str, start: int, opened: str) -> int:
    """Return where what was opened ends; -1 when it does not."""
    if opened == "<!--":
        end = raw.find("-->", start)
        return end + 3 if end >= 0 else -1
    found = re.compile(rf"</{opened}\s*>", re.IGNORECASE).search(raw, start)
    return found.end() if found else -1


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
