"""What stands before dates: `Published on`, `Last updated`, `Mis à jour le`, `Stand`."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.articles import _data

_LINK = r"(?:\s+(?:on|at|le|am|el|il|op|vom|den))?"


@cache
def pattern() -> re.Pattern[str]:
    """Return the pattern of what stands before a date; its group (update, origin, publish) says which date it is."""
    kinds: dict[str, list[str]] = {"update": [], "origin": [], "publish": []}
    for kind, form in _data.rows("leads.tsv"):
        kinds[kind].append(form)
    groups = "|".join(f"(?P<{kind}>{'|'.join(forms)})" for kind, forms in kinds.items())
    return re.compile(rf"(?:{groups}){_LINK}", re.IGNORECASE)


def kind(text: str) -> str | None:
    """Return which date follows `text`: ``update``, ``origin`` or ``publish``; None when `text` is no such words.

    Examples
    --------
    >>> kind("Last updated"), kind("Veröffentlicht am"), kind("The Harl Post")
    ('update', 'publish', None)
    """
    found = pattern().fullmatch(text)
    return found.lastgroup if found else None


@cache
def _parting() -> re.Pattern[str]:
    forms = "|".join(form for _, form in _data.rows("leads.tsv"))
    return re.compile(
        r"(?:[.,;]?(?<!last)(?<!latest)(?<!first)(?<!zuletzt)(?<!originally)(?<!article)\s+(?:[-–—|•·]\s+)?|\s*\()"
        rf"(?=(?:{forms})\b)",
        re.IGNORECASE,
    )


def parts(text: str) -> list[str]:
    """Return the pieces of a line that dates two things.

    Examples
    --------
    >>> parts("First published: 2 August 2016. Last updated: 5 August 2016")
    ['First published: 2 August 2016', 'Last updated: 5 August 2016']
    """
    pieces = (piece.strip(" ,|-–—.()") for piece in _parting().split(text[:300]))
    return [piece for piece in pieces if piece]
