"""Acronyms that a text defines: "Ministry of Public Works (MPW)", "MPW (Ministry of Public Works)"."""

from __future__ import annotations

import re
from functools import cache

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "&"})
_REACH = 120


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(r"[(\[]\s*(?:the\s+)?[\"“‘']?([A-Z][\w&./-]{1,11}?)[\"”’']?\s*[)\]]")


@cache
def _explained() -> re.Pattern[str]:
    return re.compile(
        r"([A-Z](?<!\w[A-Z])[\w-]{1,15})\s*[(\[]\s*(?:an?\s+|the\s+)?(?:\w+\s+)?(?:acronym|abbreviation|name)\s+(?:for|of)\s+"
        r"[\"“‘']?([^\"”’'()\[\]/]{2,80})"
    )


@cache
def _expanded() -> re.Pattern[str]:
    return re.compile(r"([A-Z](?<!\w[A-Z])[A-Z&.]{1,9})\s*[(\[]\s*(?:the\s+)?([A-Z][^()\[\]\n]{3,90})[)\]]")


def acronyms(text: str) -> dict[str, str]:
    """Find the acronyms that the text itself explains.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    dict
        Acronym -> long form, both as written. The first definition counts.

    Examples
    --------
    >>> acronyms("The Ministry of Public Works (MPW) closed it; the ILO (International Labour Office) agrees.")
    {'MPW': 'Ministry of Public Works', 'ILO': 'International Labour Office'}
    """
    found: dict[str, tuple[int, str]] = {}
    if "(" not in text and "[" not in text:
        return {}
    for match in _explained().finditer(text):
        _keep(found, match.start(), match[1], match[2].strip())
    for match in _expanded().finditer(text):
        if _spells(match[1], match[2].split()):
            _keep(found, match.start(), match[1], match[2].strip())
    for match in _bracketed().finditer(text):
        short = match[1].rstrip(".")
        if sum(character.isupper() for character in short) >= 2:
            long_form = _long_form(text[max(0, match.start() - _REACH) : match.start()], short)
            if long_form:
                _keep(found, match.start(), short, long_form)
    return {short: long_form for short, (_, long_form) in sorted(found.items(), key=lambda item: item[1][0])}


def _keep(found: dict[str, tuple[int, str]], place: int, short: str, long_form: str) -> None:
    if short not in found or place < found[short][0]:
        found[short] = (place, long_form)


def _letters(short: str) -> str:
    return "".join(character for character in short.lower() if character.isalnum())


def _spells(short: str, words: list[str]) -> bool:
    """Whether the words' first letters, small words aside or not, spell the acronym."""
    letters = _letters(short)
    parts = [part for word in words for part in re.split(r"[-/]", word.strip(",.\"'“”‘’")) if part]
    every = "".join(part[0].lower() for part in parts)
    large = "".join(part[0].lower() for part in parts if part.lower() not in _SMALL)
    return letters in {every, large} or (len(letters) > 2 and letters[-1] == "s" and letters[:-1] in {every, large})


def _long_form(before: str, short: str) -> str:
    """Return the shortest stretch of words at the end of `before` whose first letters spell the acronym, or ``""``."""
    stretch = re.split(r"[.!?;:()\[\]\n]", before.rstrip())[-1]
    words = list(re.finditer(r"[^\s,]+", stretch))
    count = len(_letters(short))
    for size in range(max(1, count // 2), min(len(words), 2 * count + 2) + 1):
        chosen = words[-size:]
        if chosen[0].group().lower() not in _SMALL and _spells(short, [word.group() for word in chosen]):
            return stretch[chosen[0].start() :].strip().strip("\"“”'‘’ ")
    return ""
