"""Which blocks of a page are the article's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus_tools.articles.html import features, model
from corpus_tools.articles.html.blocks import Block
from corpus_tools.articles.html.tree import Read

#: Blocks that are as likely as this are text.
LEAST = 0.55
#: Share of a page's text that is in doubt, beyond which a second opinion is asked for; and how much that counts.
DOUBT, SECOND = 0.2, 0.35
#: Pages of more characters get no second opinion: it would take too long.
LARGEST = 300_000
#: A text that stands so often on a page is furniture, and so is a line that leads elsewhere of which so much is a link.
OFTEN, LINKED = 3, 0.4
_WORDS = re.compile(r"\w+")
_RUN = 4


def likely(read: Read, claims: features.Claims, page: str | None = None) -> Any:
    """Return for each block how likely it is text of the article.

    Parameters
    ----------
    read : Read
        The page, as it was read.
    claims : Claims
        What the page says elsewhere of its text.
    page : str, optional
        The page's HTML: where the model is in doubt, resiliparse is asked, too.
    """
    blocks = read.blocks
    if not blocks:
        return np.zeros(0)
    chances = doubted(blocks, model.probabilities(features.measure(read, claims)))
    return chances if page is None else settled([block.text for block in blocks], chances, page)


def doubted(blocks: Sequence[Block], chances: Any) -> Any:
    """Return the chances, halved for what is said again and again, and for lines that lead to other articles.

    Examples
    --------
    >>> from corpus_tools.articles.html.tree import read
    >>> blocks = read("<p>It rained.<p>Read more: <a href=b>The flood in Harl</a>").blocks
    >>> [float(chance) for chance in doubted(blocks, np.array([0.9, 0.8]))]
    [0.9, 0.4]
    """
    seen = Counter([block.text for block in blocks])
    return np.array([
        chance / 2
        if (len(block.text) >= 20 and seen[block.text] >= OFTEN) or (block.linked and _leads(block))
        else chance
        for block, chance in zip(blocks, chances, strict=True)
    ])  # fmt: skip


def _leads(block: Block) -> bool:
    return len(block.text) < 250 and block.linked > LINKED * len(block.text) and features.leads(block.text)


def settled(texts: Sequence[str], chances: Any, page: str) -> Any:
    """Return how likely each text of a page is the article's, after a second opinion where there is much doubt."""
    if len(page) > LARGEST or doubt(texts, chances) <= DOUBT:
        return chances
    other = _second_opinion(page)
    if not other:
        return chances
    runs = frozenset(_runs(other))
    return (1 - SECOND) * chances + SECOND * np.array([_share(text, runs) for text in texts])


def doubt(texts: Sequence[str], chances: Any) -> float:
    """Return the share of the characters taken for text that is in doubt."""
    sizes = np.array([len(text) for text in texts])
    return float((np.minimum(chances, 1 - chances) * sizes).sum() / max(1.0, float((chances * sizes).sum())))


def _second_opinion(page: str) -> str | None:
    """Return what resiliparse takes for the text: ten times as fast as asking trafilatura, and as good for this."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    try:
        tree = HTMLTree.parse(page)
        found = extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False, comments=False)
    except Exception:  # Whatever it stumbles over: the first opinion stands.
        return None
    return str(found)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = _WORDS.findall(text)
    return [tuple(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1))] if words else []


def _share(text: str, known: frozenset[tuple[str, ...]]) -> float:
    runs = _runs(text)
    return sum(run in known for run in runs) / len(runs) if runs else 0.0
