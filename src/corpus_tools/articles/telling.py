"""Lines that tell something, although they begin like page furniture."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.articles import _data

_PAST = re.compile(r"\b(?:was|were|had|did|became|began|made|took|fell|rose|went|came|led|ran|stood|kept)\b")


@cache
def _said() -> re.Pattern[str]:
    verbs = "|".join(sorted(_data.words("saying.txt"), key=len, reverse=True))
    return re.compile(
        # ", the herdsman asked the public", "the minister, who was ill, told parliament"
        rf"[,;”\"’]\s+(?:[\w’'.-]+\s+){{1,9}}"
        rf"(?<!\botherwise )(?<!\bbe )(?<!\bbeen )(?<!\bare )(?<!\bis )(?<!\bto )(?<!\band )(?<!\bor )(?:{verbs})\b|"
        # ", said the poster", ", wrote one critic"
        rf"[,;”\"’!?]\s+(?:{verbs})\s+(?:(?:the|a|an|one|his|her|their|its|my|mr|mrs|ms|dr)\b|(?-i:[A-Z]))|"
        # "The notice, said to be old, ..." is rare; "it said in a statement", "he told reporters" are not.
        rf"\b(?:he|she|officials|police|residents)\s+(?:{verbs})\b",
        re.IGNORECASE,
    )


def says(text: str) -> bool:
    """Return whether somebody says something in `text`.

    Examples
    --------
    >>> says("Donate hay, not money, the herdsman asked the public on Monday.")
    True
    >>> says("Donate so that we can go on.")
    False
    """
    return " " in text and _said().search(text[:1000]) is not None


def tells(text: str) -> bool:
    """Return whether `text` has a verb in the past, or somebody says something in it."""
    return _PAST.search(text[:1000]) is not None or says(text)
