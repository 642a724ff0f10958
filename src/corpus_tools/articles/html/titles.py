"""The headline of a page, chosen from all places that name one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus_tools.articles import _data
from corpus_tools.articles.html.structured import Structured, plain

_SEPARATOR = re.compile(r"\s+[|–—·•»:\-]+\s+|\s*[|»]\s*")
#: How much the places weigh: tuned on pages with known headlines (see docs/articles.md).
_WEIGHTS = {
    "headline": 3.0,
    "h1": 2.6,
    "itemprop": 2.0,
    "name": 1.0,
    "og:title": 1.5,
    "twitter:title": 1.0,
    "<title>": 0.3,
}
_OTHER = 0.5
LONGEST = 400


def fold(text: str) -> str:
    """Return letters and digits of a text in lower case, parted by single spaces."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def choose(
    structured: Structured, headings: Sequence[str], named: str | None, title: str | None, site: str | None
) -> str | None:
    """Return the headline.

    Parameters
    ----------
    structured : Structured
        What the page says for machines.
    headings : sequence of str
        Texts of its ``h1`` elements, in order.
    named : str or None
        Text of the element with ``itemprop="headline"``.
    title : str or None
        Text of its ``title`` element.
    site : str or None
        Name of the outlet.

    Examples
    --------
    >>> choose(Structured(), ["Rain floods Millbeck"], None, "Rain floods Millbeck | Harl Post", "Harl Post")
    'Rain floods Millbeck'
    """
    article = structured.article or {}
    headline, name = plain(article.get("headline")), plain(article.get("name"))
    outlet = fold(site or "")
    votes = _Votes(outlet)
    votes.add(headline, _WEIGHTS["headline"])
    votes.add(named, _WEIGHTS["itemprop"])
    votes.add(None if headline else name, _WEIGHTS["name"])
    machine = {"<title>": title} | {place: structured.first(place) for place in _data.listed("html_meta.tsv")["title"]}
    words = {word for text in (headline, *machine.values()) if text for word in fold(text).split()}
    for number, heading in enumerate(headings[:3]):
        own = fold(heading).split()
        if own:
            shared = sum(word in words for word in own) / len(own)
            weight = _WEIGHTS["h1"] * (1 if shared > 0.5 else 0.3) * (1 if len(own) > 2 else 0.4) * 0.8**number
            votes.add(heading, weight)
    for place, text in machine.items():
        if text:
            votes.add(votes.cut(text), _WEIGHTS.get(place, _OTHER))
    return votes.winner()


class _Votes:
    def __init__(self, outlet: str) -> None:
        self._outlet = outlet
        self._weights: dict[str, float] = {}
        self._written: dict[str, str] = {}

    def add(self, text: str | None, weight: float) -> None:
        text = " ".join((text or "").split())
        folded = fold(text)
        if folded and len(text) <= LONGEST and folded != self._outlet:
            self._weights[folded] = self._weights.get(folded, 0.0) + weight
            self._written.setdefault(folded, text)

    def cut(self, text: str) -> str:
        """Return a title without the name of the outlet and its section: as another place writes it, or by its form."""
        folded = fold(text)
        for known in sorted(self._weights, key=len, reverse=True):
            if len(known) > 8 and (folded.startswith(f"{known} ") or folded.endswith(f" {known}")):
                return self._written[known]
        last = list(_SEPARATOR.finditer(text))[-1:]
        for mark in last:
            before, behind = text[: mark.start()], text[mark.end() :]
            if len(behind.split()) <= 5 and len(before) > len(behind):
                return before
            if self._outlet and fold(before) == self._outlet:
                return behind
        return text

    def winner(self) -> str | None:
        best = max(self._weights, key=lambda folded: self._weights[folded], default=None)
        return None if best is None else self._written[best]
