"""The headline of a page, chosen from all places that name one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from corpus_tools.articles import _data
from corpus_tools.articles.html.headlines import candidates, fold
from corpus_tools.articles.html.tree import Signals

__all__ = ["choose", "fold"]


def choose(
    said: Signals, *, site: str | None = None, lines: Sequence[str] = (), address: str | None = None
) -> str | None:
    """Return the headline: the text of which the weights of all that holds of it (``html_titles.tsv``) add up to most.

    Parameters
    ----------
    said : Signals
        What the page says for machines, its ``h1`` and ``title`` elements.
    site : str or None
        Name of the outlet.
    lines : sequence of str
        Texts of all its headings.
    address : str or None
        Its address, which may repeat words of the headline.

    Examples
    --------
    >>> choose(Signals(headings=["Rain floods Millbeck"], title="Rain floods Millbeck | Harl Post"), site="Harl Post")
    'Rain floods Millbeck'
    """
    found = candidates(said, site=site, lines=lines, address=address)
    weights = _weights()
    outlet = fold(site or "")
    real = {folded: one for folded, one in found.items() if folded != outlet} or found
    points = {folded: sum(weights.get(mark, 0.0) for mark in sorted(one.marks)) for folded, one in real.items()}
    best = max(points, key=lambda folded: points[folded], default=None)
    return None if best is None else real[best].text


@cache
def _weights() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in _data.rows("html_titles.tsv")}
