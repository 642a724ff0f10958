"""Words that carry no topic."""

from __future__ import annotations

from functools import cache

from corpus_tools.errors import InvalidQuery
from corpus_tools.language._resources import words

_LANGUAGES = {"en": "stopwords_en.txt"}


@cache
def stopwords(language: str = "en") -> frozenset[str]:
    """Return the function words of a language, lower case, contractions in both spellings of the apostrophe.

    Parameters
    ----------
    language : str
        ISO 639-1 code; only ``"en"`` ships.

    Returns
    -------
    frozenset of str

    Raises
    ------
    InvalidQuery
        For a language that has no list.

    Examples
    --------
    >>> {"the", "don't", "don’t"} <= stopwords()
    True
    """
    if language not in _LANGUAGES:
        raise InvalidQuery(f"There are no stop words for {language!r}; there are some for {', '.join(_LANGUAGES)}.")
    listed = words(_LANGUAGES[language])
    return listed | {word.replace("'", "’") for word in listed}
