"""Words that are part of a name rather than of a time: *60 Minutes*, *the Six-Day War*, *This Week*."""

from __future__ import annotations

from corpus_tools.timeline._pattern import Found


def named(found: Found, name: str) -> bool:
    """Whether the named part is written with a capital, though the text is not all in capitals."""
    if name not in found.groups:
        return False
    place = found.groups[name][0]
    tokens = found.tokens
    word = tokens.text[tokens.starts[place] : tokens.ends[place]]
    if not word[:1].isupper() or word.isupper() or place == 0:
        return False
    before = tokens.text[tokens.starts[place - 1] : tokens.starts[place]]
    return place > found.first or (before[:1].isupper() and before[-1:] in (" ", "-") and before[:-1].isalpha())
