"""Words that carry grammar rather than subject."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_tools import language as _language


def stopwords(language: str | Iterable[str] | None = "en") -> frozenset[str]:
    """Return a list of stop words.

    Parameters
    ----------
    language : str, iterable of str or None
        ISO 639-1 code of a list of the language room (``"en"``), words of your own, or None for none.

    Returns
    -------
    frozenset of str
        In lower case.

    Raises
    ------
    InvalidQuery
        When there is no list for the language.

    Examples
    --------
    >>> "the" in stopwords(), sorted(stopwords(["Mr", "Ms"])), len(stopwords(None))
    (True, ['mr', 'ms'], 0)
    """
    if language is None:
        return frozenset()
    if isinstance(language, str):
        return frozenset(_language.stopwords(language))
    return frozenset(word.lower() for word in language)
