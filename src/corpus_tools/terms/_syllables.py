"""How many syllables an English word has, by the rules of spelling."""

from __future__ import annotations

import re
from functools import cache

#: Vowels in a row are one syllable; y before a vowel is none of them.
_VOWELS = re.compile(r"(?:[aeiou]|y(?![aeiou]))+")
_PARTS = re.compile(r"[a-z]+")


def syllables(word: str) -> int:
    """Return the number of syllables of an English word, at least 1.

    Notes
    -----
    Groups of vowels are counted, and corrected by the patterns in ``data/syllables_en.tsv``: silent e, and vowels that
    stand together in two syllables. Parts of words with hyphens are counted by themselves; what has no letter counts 1.

    Examples
    --------
    >>> [syllables(word) for word in ("dam", "authority", "table", "whole", "well-known", "2031")]
    [1, 4, 2, 1, 2, 1]
    """
    parts = _PARTS.findall(word.lower().replace("'", "").replace("’", ""))
    return max(sum(map(_of_part, parts)), 1)


def _of_part(part: str) -> int:
    changes = sum(change * len(pattern.findall(part)) for change, pattern in _changes())
    return max(len(_VOWELS.findall(part)) + changes, 1)


@cache
def _changes() -> list[tuple[int, re.Pattern[str]]]:
    from importlib.resources import files

    lines = (files("corpus_tools.terms") / "data" / "syllables_en.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(int(change), re.compile(pattern)) for change, pattern, _ in rows]
