"""Forms that the words of a line can have: a list of names, a sentence, the name of an outlet, an origin."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.articles import _data

_SMALL = {
    "of",
    "the",
    "and",
    "de",
    "la",
    "le",
    "el",
    "al",
    "for",
    "in",
    "on",
    "&",
    "di",
    "du",
    "des",
    "der",
    "die",
    "das",
}


def with_times(parts: list[str]) -> list[str]:
    """Return segments with a time of day joined to the date before it."""
    joined: list[str] = []
    for part in parts:
        clock = re.fullmatch(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?", part)
        if clock and joined and re.search(r"\d{4}$", joined[-1]):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined


@cache
def origins() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of lines that say where a text was first published (``data/origins.tsv``)."""
    outlet, date = r"(?P<outlet>\S(?:[^.!?;]|\.(?=\S)){1,80}?)", r"(?P<date>(?=\D{0,24}\d)[\w.,:/ -]{6,60}?)"
    return tuple(
        re.compile(pattern.replace("{outlet}", outlet).replace("{date}", date), re.IGNORECASE)
        for (pattern,) in _data.rows("origins.tsv")
    )


def listed(value: str) -> list[str]:
    """Return the items of `A, B and C; D`; a pair joined by "and" inside a list of its own stays together.

    Examples
    --------
    >>> listed("Middle East & North Africa, Russia and FSU")
    ['Middle East & North Africa', 'Russia and FSU']
    """
    items = [item.strip(" .#\"'“”") for item in re.split(r"\s*[,;|•·]\s*|\s{2,}|\s+/\s+", value)]
    return list(dict.fromkeys(item for item in items if item and not re.fullmatch(r"(?i:pg|page|p)\b\.? ?\w+", item)))


def is_sentence(value: str) -> bool:
    """Return whether a label's value reads like a sentence rather than like a list of names."""
    words = value.split()
    small = sum(word[:1].islower() for word in words)
    return len(words) > 4 and (
        (re.search(r"[.!?][\"'”’)]*$", value) is not None and small > len(words) / 3)
        or (small > 6 and "," not in value)
    )


def is_outlet_name(text: str) -> bool:
    """Return whether `text` has the form of an outlet's name.

    Examples
    --------
    >>> is_outlet_name("The Open Ledger"), is_outlet_name("the minister said so")
    (True, False)
    """
    words = text.split()
    if not 1 <= len(words) <= 9 or len(text) > 80 or re.search(r"[!?;:,\"“”()]|\.\s|\b\d+ \w+s$", text):
        return False
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", text):
        return True
    capital = [word for word in words if not word[0].islower()]
    if not capital or not re.search(r"[^\W\d_]", text) or text.endswith((".", ",")):
        return False
    return all(word in _SMALL or word in capital for word in words)
