"""Words of a text in the counting view."""

from __future__ import annotations

import re
from typing import Any

_FALLBACK = re.compile(r"[^\W_]+(?:[-'’.,:]?[^\W_]+)*")


def words(text: str) -> list[tuple[int, int]]:
    """Return the places of the words, from the language room when it is there."""
    from corpus_tools import language

    counting_view: Any = getattr(language, "words", None)
    if counting_view is not None:
        return list(counting_view(text))
    return [match.span() for match in _FALLBACK.finditer(text)]
