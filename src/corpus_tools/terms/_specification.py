"""What counts as one term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from corpus_tools.errors import InvalidQuery

#: Takes the dictionary form of each word instead of a stem.
LEMMA = "lemma"
#: Soft hyphens and zero-width characters, which are left out of terms.
DROPPED = "\u00ad\u200b\u2060\ufeff"
# Written in several ways, meant as one.
_SAME = str.maketrans("\u2019\u02bc\uff07\u2010\u2011", "'''--", DROPPED)


@dataclass(frozen=True)
class Specification:
    """What counts as one term.

    Parameters
    ----------
    lowercase : bool
        Whether `The` and `the` are one term.
    stemming : str, optional
        Language of the Snowball stemmer that reduces words to stems, e.g. ``"english"``; or ``"lemma"``, for the
        dictionary forms of English words; none by default.
    """

    lowercase: bool = True
    stemming: str | None = None

    def normaliser(self) -> Callable[[str], str]:
        """Return the function that makes a term of a word; dictionary forms are taken as they are."""
        stem = _stemmer(self.stemming) if self.stemming and self.stemming != LEMMA else None
        lowercase = self.lowercase

        def normalise(word: str) -> str:
            if not word.isascii():
                word = word.translate(_SAME)
            if lowercase:
                word = word.lower()
            return stem(word) if stem else word

        return normalise

    def normalise_all(self, words: list[str]) -> list[str]:
        """Return the terms that `words` are; many plain ones at once are a single change of case.

        Examples
        --------
        >>> Specification().normalise_all(["The", "DAM"]), Specification().normalise_all(["Mayor’s"])
        (['the', 'dam'], ["mayor's"])
        """
        joined = "\n".join(words)
        if self.stemming is None and joined.isascii():
            return (joined.lower() if self.lowercase else joined).split("\n") if words else []
        normalise = self.normaliser()
        return [normalise(word) for word in words]


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    from nltk.stem.snowball import SnowballStemmer

    if language not in SnowballStemmer.languages:
        known = ", ".join(sorted(SnowballStemmer.languages))
        raise InvalidQuery(f"There is no stemmer for {language!r}; there are {known}, and {LEMMA}.")
    stem: Callable[[str], str] = SnowballStemmer(language).stem
    return stem
