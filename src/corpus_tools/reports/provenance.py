"""How a report was computed: versions, corpus and parameters, for people and for the index."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib import metadata
from typing import TYPE_CHECKING, Any

from corpus_tools.reports import cells

if TYPE_CHECKING:
    import pandas as pd

#: Under this type a notebook hands its facts over to the index of reports.
MIMETYPE = "application/vnd.corpus-tools+json"

_PACKAGES = ("pandas", "nltk", "numpy")


@dataclass(frozen=True)
class Computed:
    """What a report was computed from and with; made by `computed`.

    Parameters
    ----------
    corpus : str
        Name of the corpus.
    fingerprint : str
        Changes when any article of the corpus does.
    articles : int
        Number of articles that the report looked at.
    undated : int
        How many of them have no date of publication.
    first, last : str or None
        First and last day of publication, YYYY-MM-DD.
    versions : tuple of (str, str)
        Package and version.
    parameters : tuple of (str, str)
        Name and value, as text.
    """

    corpus: str
    fingerprint: str
    articles: int
    undated: int
    first: str | None
    last: str | None
    versions: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]

    @property
    def sentences(self) -> list[str]:
        """What a reader should know, as plain sentences."""
        count = f"{self.articles:,} article" + ("" if self.articles == 1 else "s")
        if self.first is None:
            dates = "none with a date of publication" if self.articles != 1 else "without a date of publication"
        elif self.first == self.last:
            dates = f"published on {self.first}"
        else:
            dates = f"published from {self.first} to {self.last}"
        if self.first is not None and self.undated:
            dates += f" ({self.undated:,} without a date)"
        versions = ", ".join(f"{name} {version}" for name, version in self.versions)
        lines = [
            f"Corpus {self.corpus} (fingerprint {self.fingerprint}): {count}, {dates}."
            if self.articles
            else f"Corpus {self.corpus} (fingerprint {self.fingerprint}): no article is left by these parameters.",
            f"Computed with {versions}.",
        ]
        if self.parameters:
            said = ", ".join(f"{name} = {value}" for name, value in self.parameters)
            lines.append(f"Parameters: {said.removesuffix('.')}.")
        return lines

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        html = "".join(f"<p>{escape(line)}</p>" for line in self.sentences)
        facts = {
            "corpus": self.corpus,
            "fingerprint": self.fingerprint,
            "articles": self.articles,
            "undated": self.undated,
            "first": self.first,
            "last": self.last,
        }
        return {"text/plain": repr(self), "text/html": f'<div class="ct-computed">{html}</div>', MIMETYPE: facts}

    def __repr__(self) -> str:
        return "\n".join(self.sentences)


def computed(corpus: Any, articles: pd.DataFrame, *, parameters: Mapping[str, Any]) -> Computed:
    """Return what a report was computed from and with.

    Parameters
    ----------
    corpus : Corpus
        What `corpus_tools.open` gave; its ``name`` and ``fingerprint`` are shown.
    articles : DataFrame
        The articles that the report looked at.
    parameters : mapping of str to anything
        The notebook's parameters, by name.

    Returns
    -------
    Computed
        Shows itself in a notebook, and tells the index of reports the number of articles and their dates.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from corpus_tools.schema import ARTICLES
    >>> made = computed(SimpleNamespace(name="a", fingerprint="0f1e"), ARTICLES.empty(), parameters={"top_n": 5})
    >>> made.sentences[0], made.sentences[2]
    ('Corpus a (fingerprint 0f1e): no article is left by these parameters.', 'Parameters: top_n = 5.')
    """
    from corpus_tools import __version__
    from corpus_tools.schema import require

    require(articles, "published")
    days = articles["published"].dropna()
    versions = [("corpus-tools", __version__), ("Python", platform.python_version())]
    versions += [(name, metadata.version(name)) for name in _PACKAGES]
    return Computed(
        corpus=cells.clean(corpus.name, longest=200),
        fingerprint=cells.clean(corpus.fingerprint, longest=80),
        articles=len(articles),
        undated=len(articles) - len(days),
        first=cells.text(days.min()) if len(days) else None,
        last=cells.text(days.max()) if len(days) else None,
        versions=tuple(versions),
        parameters=tuple((cells.clean(name), parameter(value)) for name, value in parameters.items()),
    )


def parameter(value: Any) -> str:
    """Return the value of a parameter as people read it.

    Examples
    --------
    >>> parameter([]), parameter(""), parameter(["a", "b"]), parameter(2000), parameter(False)
    ('(none)', '(none)', 'a; b', '2000', 'no')
    """
    if cells.is_missing(value):
        return "(none)"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return cells.text(value)
