"""From the HTML of one page to its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus_tools.articles import _data
from corpus_tools.articles.clues import Clues, Reader
from corpus_tools.articles.dates import DateReading
from corpus_tools.articles.html import authors as _authors
from corpus_tools.articles.html import embedded, repeated, titles, when
from corpus_tools.articles.html import text as _text
from corpus_tools.articles.html.blocks import Block, above
from corpus_tools.articles.html.features import Claims
from corpus_tools.articles.html.structured import Structured, plain
from corpus_tools.articles.html.tree import Signals, read
from corpus_tools.articles.rules import Rules, host_of

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Headings that the title may repeat.
_SECTIONS = ("h1", "h2", "h3", "h4")
#: Furniture is read for what it says up to so many blocks before and behind the text.
NEAR = 12
#: Bylines without a mark are looked for in so many blocks behind the headline.
NEAREST = 25
#: A page with more text than this of which nearly nothing could be parsed is rejected rather than read in part.
_MUCH, _LEAST_SHARE = 1_000_000, 0.01


@dataclass(frozen=True)
class Extracted:
    """What one page gives.

    Parameters
    ----------
    paragraphs : tuple of str
        The article's text; none where the page has none (a list, a stub, or filled in by scripts).
    title, outlet, url, language : str or None
        As the page names them; the language is the code that it declares.
    authors : tuple of str
        People who wrote it.
    published : DateReading or None
        Date of publication, perhaps still open (``03/04/2016``).
    themes, regions, origins : tuple of str
        Sections and tags; regions; outlets that the page names as its source.
    furniture : tuple of str
        Lines around the text that say something of it (byline, source, disclaimer).
    notes : tuple of str
        What was assumed.
    """

    paragraphs: tuple[str, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: DateReading | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    themes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def extract(
    text: str, *, url: str | None = None, rules: Rules | None = None, furniture: repeated.Furniture | None = None
) -> Extracted:
    r"""Return the article of a page.

    Parameters
    ----------
    text : str
        The page's HTML, decoded.
    url : str, optional
        Its address, when it is known from elsewhere.
    rules : Rules, optional
        Rules of outlets beyond those that ship.
    furniture : mapping, optional
        What pages of one site have in common (`repeated.furniture`): no text.

    Raises
    ------
    UnreadableInput
        With reason ``"unreadable"`` when it cannot be parsed.

    Examples
    --------
    >>> extract("<title>Rain - Harl Post</title><h1>Rain</h1>" + "<p>It rained all day in Harl, he said.</p>" * 3).title
    'Rain'
    """
    rules = rules or Rules()
    page = read(text)
    said, blocks = page.said, page.blocks
    structured = said.structured
    claimed = claims(structured)
    address = url or _address(said)
    site = outlet(structured, address)
    title = titles.choose(said, site=site, lines=sections(blocks), address=address)
    chances = repeated.without(blocks, _text.likely(page, claimed, text), said, url, furniture)
    kept = _kept(blocks, chances, title)
    paragraphs, notes = _paragraphs(kept, claimed, text)
    head, tail = _around(blocks, kept)
    dated = [*head, *(block for block in (*kept[:3], *kept[-2:]) if len(block.text) < 160), *tail]
    language = said.language or structured.first(*_data.listed("html_meta.tsv")["language"])
    near = _near(head, kept, said.headings)
    published, dating = _published(said, near, dated, address, language)
    clues, around = _clues(head, tail, rules)
    writers = _authors.choose(structured, said.authors, near, [*head, *tail], site=site, rules=rules)
    return Extracted(
        paragraphs=paragraphs,
        title=title,
        authors=tuple(writers) or tuple(clues.authors),
        published=published,
        outlet=site,
        url=address,
        language=language,
        themes=_themes(structured) or tuple(clues.themes),
        regions=tuple(clues.regions),
        origins=tuple(clues.origins),
        furniture=around,
        notes=(*notes, *dating),
    )


def _paragraphs(kept: Sequence[Block], claimed: Claims, page: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs of the text, and what was assumed: what JSON-LD or a script gives where little is shown."""
    shown = tuple(block.text for block in kept)
    size = sum(map(len, shown))
    if size < 0.2 * len(claimed.body):
        note = "cleaning: the page shows less text than it gives for machines (JSON-LD), which was taken"
        return _claimed(claimed.body), (note,)
    if size < embedded.LITTLE:
        held = embedded.paragraphs(page, title=claimed.title, description=claimed.description)
        if size < 0.2 * sum(map(len, held)):
            return held, ("cleaning: the page shows less text than its scripts hold, which was taken",)
    return shown, ()


def _published(
    said: Signals, near: Sequence[Block], dated: Sequence[Block], address: str | None, language: str | None
) -> tuple[DateReading | None, tuple[str, ...]]:
    """Return the date of publication, and what was assumed."""
    found = when.choose(said.structured, said.times, near, dated, address, language)
    if found is not None:
        return found, ()
    changed = when.changed(said.structured, said.times, dated)
    if changed is None:
        return None, ()
    return changed, ("metadata: published: only a date of modification was found, and taken",)


def claims(structured: Structured) -> Claims:
    """Return what a page says for machines of its text."""
    article = structured.article or {}
    return Claims(
        _claimed_text(article.get("articleBody")),
        plain(article.get("headline")) or structured.first("og:title") or "",
        plain(article.get("description")) or structured.first("og:description", "description") or "",
    )


def sections(blocks: Sequence[Block]) -> list[str]:
    """Return the headings among the blocks, which a title may repeat."""
    return [block.text for block in blocks if block.tag in _SECTIONS]


def _claimed_text(value: Any) -> str:
    """Return the text that JSON-LD gives, its lines kept."""
    lines = value.split("\n") if isinstance(value, str) else []
    return "\n".join(line for line in map(plain, lines) if line)


def _claimed(body: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in re.split(r"\s*\n\s*", body) if piece.strip())


def _kept(blocks: Sequence[Block], chances: Any, title: str | None) -> list[Block]:
    """Return the blocks of the text, without the headline, bylines, and headings that nothing follows."""
    headline = titles.fold(title or "")
    kept: list[Block] = []
    for block, chance in zip(reversed(blocks), reversed(list(chances)), strict=True):
        if chance <= _text.LEAST:
            continue
        # Folding leaves out signs: what is far longer than the headline is not the same.
        if headline and len(block.text) < 2 * len(headline) + 40 and titles.fold(block.text) == headline:
            continue
        if (block.tag in _HEADINGS and not kept) or _authors.byline(block) is not None:
            continue
        kept.append(block)
    return kept[::-1]


def _around(blocks: Sequence[Block], kept: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return the blocks before the text (and between its first ones), and those behind it."""
    if not kept:
        return list(blocks[:200]), []
    own = {id(block) for block in kept}
    first = next(number for number, block in enumerate(blocks) if id(block) in own)
    last = len(blocks) - next(number for number, block in enumerate(reversed(blocks)) if id(block) in own)
    inside = [block for block in blocks[first:last] if id(block) not in own]
    return [*blocks[max(0, first - 60) : first], *inside], list(blocks[last : last + 60])


def _near(head: Sequence[Block], kept: Sequence[Block], headings: Sequence[str]) -> list[Block]:
    """Return the blocks between the headline and the text, and those among its first ones."""
    titles_ = frozenset(headings)
    starts = [number for number, block in enumerate(head) if block.text in titles_]
    found = list(head[starts[-1] + 1 :]) if starts else list(head[-6:])
    return [*found[:NEAREST], *kept[:4]]


def _clues(head: Sequence[Block], tail: Sequence[Block], rules: Rules) -> tuple[Clues, tuple[str, ...]]:
    """Read the lines near the text as those of a page of text are read: byline, region, theme, source, disclaimer."""
    clues, reader = Clues(), Reader(rules)
    lines: list[str] = []
    for block, before in [*((one, True) for one in head[-NEAR:]), *((one, False) for one in tail[:NEAR])]:
        text = block.text
        kinds = frozenset().union(*(place.kinds for place in list(above(block.place))[:4]))
        if len(text) > 1500 or kinds & {"comments", "related", "teaser", "chrome"}:
            continue
        said = len(text) < 400 and reader.metadata(text, clues, head=before)
        if said or (not before and reader.furniture(text, text.count(" ") + 1, "tail", "edge", "anywhere") is not None):
            lines.append(text)
    return clues, tuple(lines)


def _themes(structured: Structured) -> tuple[str, ...]:
    article = structured.article or {}
    names = _data.listed("html_meta.tsv")
    values: list[str] = []
    for value in (article.get("articleSection"), article.get("keywords")):
        values.extend(one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
    for name in (*names["section"], *names["themes"]):
        values.extend(structured.meta.get(name, ()))
    items = [item.strip() for value in values for item in re.split(r"\s*[,;|]\s*", plain(value) or "")]
    return tuple(dict.fromkeys(item for item in items if 1 < len(item) <= 60 and len(item.split()) <= 6))[:20]


def _address(said: Signals) -> str | None:
    """Return the address that the page gives for itself."""
    article = said.structured.article or {}
    own = article.get("mainEntityOfPage")
    named = own.get("@id") if isinstance(own, dict) else own
    for value in (said.url, said.structured.first("og:url"), article.get("url"), named):
        if isinstance(value, str) and re.match(r"https?://[^\s/]+\.[^\s/]+", value):
            return value.strip()
    return None


def outlet(structured: Structured, address: str | None) -> str | None:
    """Return the name of the outlet as the page gives it, else the host of its address."""
    article = structured.article or {}
    publisher = plain(article.get("publisher"))
    for name in (
        structured.first("og:site_name"),
        publisher,
        structured.first(*_data.listed("html_meta.tsv")["outlet"]),
    ):
        if name and len(name) <= 80 and not re.match(r"https?://", name):
            return name
    host = host_of(address) if address else None
    return host.removeprefix("www.") if host else None
