"""Words that carry grammar rather than subject."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from corpus_tools.errors import InvalidQuery


def stopwords(language: str | Iterable[str] | None = "english") -> frozenset[str]:
    """Return a list of stop words.

    Parameters
    ----------
    language : str, iterable of str or None
        Name of a list that ships with the package (``"english"``), words of your own, or None for none.

    Returns
    -------
    frozenset of str
        In lower case.

    Raises
    ------
    InvalidQuery
        When no list has this name.

    Examples
    --------
    >>> "the" in stopwords(), sorted(stopwords(["Mr", "Ms"])), len(stopwords(None))
    (True, ['mr', 'ms'], 0)
    """
    if language is None:
        return frozenset()
    if isinstance(language, str):
        return _shipped(language)
    return frozenset(word.lower() for word in language)


@cache
def _shipped(language: str) -> frozenset[str]:
    folder = resources.files("corpus_tools.terms") / "data"
    known = sorted(
        entry.name.removeprefix("stopwords_").removesuffix(".txt")
        for entry in folder.iterdir()
        if entry.name.startswith("stopwords_")
    )
    if language not in known:
        raise InvalidQuery(
            f"There is no stop word list {language!r}; there are {', '.join(known)}. Give a list of words otherwise."
        )
    lines = (folder / f"stopwords_{language}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
