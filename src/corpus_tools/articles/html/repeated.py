"""What several pages of one site have in common: blocks that are no text of any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from corpus_tools.articles.html.blocks import Block
from corpus_tools.articles.html.decoding import decode
from corpus_tools.articles.html.guards import suspicious
from corpus_tools.articles.html.structured import Structured
from corpus_tools.articles.html.titles import fold
from corpus_tools.articles.html.tree import Signals
from corpus_tools.articles.html.tree import read as read_page
from corpus_tools.articles.rules import host_of
from corpus_tools.errors import UnreadableInput

#: A block is furniture when it stands on so many articles of a site, and on this share of them.
LEAST, SHARE = 3, 0.2
#: Shorter blocks (`Yes.`, `***`) say too little to be told from text.
SHORTEST = 12

Furniture = Mapping[str, Collection[str]]


def furniture(
    pages: Iterable[bytes | tuple[bytes, str | None]], *, least: int = LEAST, share: float = SHARE
) -> dict[str, frozenset[str]]:
    """Return, for each site, fingerprints of the blocks that its pages have in common.

    Pages are read one after the other, and only fingerprints are kept. A block is counted once for each headline, so
    that copies and later versions of one article do not make its text furniture.

    Parameters
    ----------
    pages : iterable of bytes, or of (bytes, str or None)
        The pages, with their addresses where they are known from elsewhere.
    least : int
        Fewest articles of a site on which a block must stand.
    share : float
        Least share of the site's articles on which it must stand.

    Returns
    -------
    dict
        Fingerprints by site (`site_of`): what `record` and `article` take as ``furniture``. Sites without any are
        left out.

    Examples
    --------
    >>> pages = [f"<title>Day {day}</title><h1>Day {day}</h1><p>Rain fell on day {day} in Harl.</p>"
    ...          "<p>Call our desk if you know more about this.</p>".encode() for day in range(4)]
    >>> found = furniture(pages)
    >>> fingerprint("Call our desk if you know more about this.") in found[""], len(found[""])
    (True, 1)
    """
    seen: dict[str, dict[str, set[int]]] = {}
    headlines: dict[str, dict[str, int]] = {}
    for page in pages:
        data, url = page if isinstance(page, tuple) else (page, None)
        read = _read(data, url)
        if read is None:
            continue
        site, headline, prints = read
        number = headlines.setdefault(site, {}).setdefault(headline, len(headlines[site]))
        counted = seen.setdefault(site, {})
        for one in prints:
            counted.setdefault(one, set()).add(number)
    found = {
        site: frozenset(
            one for one, articles in counted.items() if len(articles) >= max(least, share * len(headlines[site]))
        )
        for site, counted in seen.items()
    }
    return {site: prints for site, prints in found.items() if prints}


def _read(data: bytes, url: str | None) -> tuple[str, str, set[str]] | None:
    """Return site, headline and fingerprints of a page; None for one that is not read without a guard."""
    try:
        if suspicious(data):
            return None
        page = read_page(decode(data).text)
    except UnreadableInput:
        return None
    said, blocks = page.said, page.blocks
    headline = fold(said.structured.first("og:title") or next(iter(said.headings), None) or said.title or "")
    prints = {fingerprint(block.text) for block in blocks if len(block.text) >= SHORTEST}
    return site_of(said.structured, url or _own_address(said)), headline, prints


def _own_address(said: Signals) -> str | None:
    return said.url or said.structured.first("og:url")


def fingerprint(text: str) -> str:
    """Return what stands for a block of text: letters and digits alone count, in small letters."""
    return hashlib.blake2b(fold(text).encode(), digest_size=8).hexdigest()


def site_of(structured: Structured, address: str | None) -> str:
    """Return the host of a page's address, without ``www.``; else the name that it gives its site; else nothing.

    Examples
    --------
    >>> site_of(Structured(), "https://www.harl.example/salt.html")
    'harl.example'
    """
    host = host_of(address) if address else ""
    return host.removeprefix("www.") if host else fold(structured.first("og:site_name") or "")


def without(blocks: Sequence[Block], chances: Any, said: Signals, address: str | None, known: Furniture | None) -> Any:
    """Return how likely blocks are text, those that are known as furniture of the page's site not at all."""
    prints = frozenset((known or {}).get(site_of(said.structured, address or _own_address(said)), ()))
    if not prints:
        return chances
    own = [0.0 if len(block.text) >= SHORTEST and fingerprint(block.text) in prints else 1.0 for block in blocks]
    return chances * own
