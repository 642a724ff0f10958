"""Pair quotation marks: which stretches of a text stand between marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

# Texts may be wrapped: a single line break parts paragraphs only behind a sentence or before an opening mark.
_PARAGRAPH = re.compile(r"[^\n]+(?:(?<![.!?:”\"])\n(?![ \t]*[\n“„«\"])[^\n]+)*")
_MARK = re.compile(r"''|``|[\"“”„«»‟‘’‚‹›']")
_OPENERS = {"“": "”", "„": "“”", "«": "»", "‟": "”", "``": "''"}
_ELISION = re.compile(r"[’'](?:\d0s|\d\d\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|bout\b|round\b)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s+[A-Z])")


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks, marks included.

    Parameters
    ----------
    start, end : int
        Character offsets, the marks included.
    closed : bool
        Whether a closing mark was found in the paragraph.
    single : bool
        Whether the marks are single ones.
    """

    start: int
    end: int
    closed: bool = True
    single: bool = False


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of the paragraphs (parted by blank lines).

    Examples
    --------
    >>> paragraphs("One.\n\nTwo.")
    [(0, 4), (6, 10)]
    """
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of `text`, outermost only, in order.

    A quotation never crosses a paragraph. One that is not closed ends with its paragraph when the next paragraph
    opens with a mark again (the habit of newspapers) or when it opened the paragraph; else with its sentence.

    Parameters
    ----------
    text : str
        Any text; marks may be straight, curly, doubled single ones, guillemets or low ones, and may lack partners.

    Returns
    -------
    list of Quotation

    Examples
    --------
    >>> [(q.start, q.end) for q in quotations('"No," she said, "not ‘him’ again."')]
    [(0, 5), (16, 34)]
    >>> quotations("The students' union isn't open.")
    []
    """
    found: list[Quotation] = []
    spans = paragraphs(text)
    for number, (start, end) in enumerate(spans):
        following = spans[number + 1][0] if number + 1 < len(spans) else None
        reopened = following is not None and _MARK.match(text, following) is not None
        found.extend(_in_paragraph(text, start, end, reopened))
    return found


def _in_paragraph(text: str, start: int, end: int, reopened: bool) -> list[Quotation]:
    marks = list(_MARK.finditer(text, start, end))
    if not marks:
        return []
    singles = [mark.start() for mark in marks if _closes_single(text, mark, end)]
    last = {mark.group(): mark.start() for mark in marks}
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    closers = ""
    resume = start
    for mark in marks:
        sign, place = mark.group(), mark.start()
        if place < resume:
            continue
        if opened is not None:
            if (
                (sign in closers and (len(sign) == len(closers) or "“" in closers))
                or _stands_in(text, opened, mark, closers, last)
            ) and not _only_opens(text, mark, start, sign):
                inner = sign == "''" and text[mark.end() : mark.end() + 1] == "'"  # a quotation within ends here too
                resume = mark.end() + inner
                found.append(Quotation(opened.start(), resume))
                opened = None
            continue
        if sign in _OPENERS:
            opened, closers = mark, _OPENERS[sign]
        elif (sign in ('"', "''") and not _only_closes(text, mark, start)) or (
            sign in "”»" and _only_opens(text, mark, start, sign)
        ):
            opened, closers = mark, sign
        elif sign in "‘'‚‹" and _opens_single(text, mark, start):
            close = _single_end(text, singles, mark, sign)
            if close is not None:
                found.append(Quotation(place, close + 1, single=True))
                resume = close + 1
    if opened is not None:
        found.append(_unclosed(text, opened, start, end, reopened))
    return found


def _unclosed(text: str, opened: re.Match[str], start: int, end: int, reopened: bool) -> Quotation:
    if reopened or not text[start : opened.start()].strip():
        stop = start + len(text[start:end].rstrip())
    else:
        sentence = _SENTENCE_END.search(text, opened.end(), end)
        stop = sentence.end() if sentence else start + len(text[start:end].rstrip())
    return Quotation(opened.start(), max(stop, opened.end()), closed=False)


def _stands_in(text: str, opened: re.Match[str], mark: re.Match[str], closers: str, last: dict[str, int]) -> bool:
    """Whether a double mark of another style closes: none of the right style is left, or it follows a comma or stop."""
    sign, place = mark.group(), mark.start()
    if sign not in ('"', "”") or closers not in ('"', "”"):
        return False
    if last.get(closers, -1) < place:
        return True
    behind = text[place + 1 : place + 2]
    within = text.find(sign, opened.end(), place)
    return text[place - 1] in ",.?!" and (not behind or behind.isspace()) and within < 0


def _only_opens(text: str, mark: re.Match[str], start: int, sign: str) -> bool:
    """Whether a mark has space before and a letter behind, so that it can hardly close."""
    if sign not in "\"”»''":
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    behind = text[mark.end()] if mark.end() < len(text) else " "
    return (before.isspace() or before in "([—–") and (behind.isalnum() or behind in "‘“")


def _only_closes(text: str, mark: re.Match[str], start: int) -> bool:
    """Whether a straight mark has a letter or figure before and space behind: it closes, or it means inches."""
    behind = text[mark.end()] if mark.end() < len(text) else " "
    return mark.start() > start and text[mark.start() - 1].isalnum() and not behind.isalnum()


def _opens_single(text: str, mark: re.Match[str], start: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    behind = text[mark.end()] if mark.end() < len(text) else " "
    return (before.isspace() or before in "([—–-/") and not behind.isspace() and not _ELISION.match(text, mark.start())


def _closes_single(text: str, mark: re.Match[str], end: int) -> bool:
    if mark.group() not in "’'›‘":
        return False
    place = mark.start()
    before = text[place - 1] if place else " "
    behind = text[place + 1] if place + 1 < end else " "
    return not before.isspace() and not behind.isalnum()


def _single_end(text: str, closers: list[int], mark: re.Match[str], sign: str) -> int | None:
    wanted = {"‘": "’", "‚": "‘’", "‹": "›", "'": "'"}[sign]
    number = bisect_left(closers, mark.end())
    plural: int | None = None
    for place in closers[number : number + 4]:
        if text[place] not in wanted:
            continue
        possessive = (
            text[place - 1] == "s" and text[place + 1 : place + 2] == " " and text[place + 2 : place + 3].islower()
        )
        if not possessive:
            return place
        plural = place if plural is None else plural
    return plural
