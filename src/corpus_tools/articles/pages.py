"""One page, or one record of a table: metadata, body and furniture told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from corpus_tools.articles import bylines, datelines, lines
from corpus_tools.articles.clues import Reader
from corpus_tools.articles.dates import DateReading
from corpus_tools.articles.forms import listed
from corpus_tools.articles.publication import day, people, publication, text_of, wire_of
from corpus_tools.articles.rules import Outlet, Rules, key
from corpus_tools.articles.zones import Zones, tell_apart


@dataclass(frozen=True)
class Page:
    """What a page gives; see `corpus_tools.schema.ARTICLES` for the meanings."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: DateReading | None = None
    original_outlet: str | None = None
    original_published: DateReading | None = None
    wire: str | None = None
    url: str | None = None
    language: str | None = None
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    boilerplate: str | None = None
    dateline: datelines.Dateline | None = None
    notes: tuple[str, ...] = ()


def parse(
    text: str,
    *,
    fields: Mapping[str, Any] | None = None,
    markdown: bool = False,
    title_wanted: bool = True,
    rules: Rules | None = None,
    path: str | None = None,
) -> Page:
    r"""Tell metadata, body and furniture of one page apart.

    Parameters
    ----------
    text : str
        The clean text of the page (see `cleaning.clean`), or of a table's text cell.
    fields : mapping, optional
        Values known from front matter or columns, by field; they have the last word.
    markdown : bool
        Whether the page is markdown.
    title_wanted : bool
        Whether a headline may be looked for in the text.
    rules : Rules, optional
        Rules of outlets beyond those that ship.
    path : str, optional
        Path of the file, for rules that go by folder.

    Examples
    --------
    >>> page = parse("Rain floods Millbeck\n\nBy Ines Orr\n\nThe Harl Post, 2 Aug 2016\n\nIt rained.\n\n© Harl Post")
    >>> page.title, page.authors, page.outlet, str(page.published.value.date()), page.text
    ('Rain floods Millbeck', ('Ines Orr',), 'The Harl Post', '2016-08-02', 'It rained.')
    """
    rules = rules or Rules()
    fields = dict(fields or {})
    known = _known_outlet(fields, rules, path)
    reader = Reader(rules, known, ZoneInfo(known.timezone) if known and known.timezone else None)
    page_lines = lines.split(text, markdown=markdown)
    zones = tell_apart(page_lines, reader, fields, title_wanted, text)
    body, mended = lines.paragraphs(zones.body, markdown=markdown)
    notes = ["cleaning: a sentence broken after a quotation was joined"] if mended else []
    body[:1] = [re.sub(r"^(?:Full text|Volltext)\s*:\s+(?=\S)", "", paragraph) for paragraph in body[:1]]
    dateline = datelines.parse(body[0], rules=rules) if body else None
    if dateline is not None and (len(body) > 1 or len(body[0]) > dateline.end):
        rest = body[0][dateline.end :].strip()
        body = [rest, *body[1:]] if rest else body[1:]
        zones.boilerplate.insert(0, dateline.written)
    else:
        dateline = None
    return _assemble(body, zones, fields, reader, dateline, notes)


def _known_outlet(fields: Mapping[str, Any], rules: Rules, path: str | None) -> Outlet | None:
    name, url = fields.get("outlet"), fields.get("url")
    named = rules.outlet(name) if isinstance(name, str) else None
    return named or rules.at(url=url if isinstance(url, str) else None, path=path)


def _assemble(
    body: list[str], zones: Zones, fields: dict[str, Any], reader: Reader,
    dateline: datelines.Dateline | None, notes: list[str],
) -> Page:  # fmt: skip
    clues, rules = zones.clues, reader.rules
    written = bylines.from_value(fields["authors"], rules=rules) if fields.get("authors") else bylines.Byline()
    affiliation = written.affiliation or clues.affiliation
    url = text_of(fields.get("url")) or clues.url
    outlet, published, origin, origin_date = publication(clues, reader, url, fields)
    authors = written.authors or tuple(bylines.tidy(clues.authors))
    published, dated = day(fields, "published", reader, published, dateline)
    origin_date, _ = day(fields, "original_published", reader, origin_date, None)
    wire = wire_of(text_of(fields.get("wire")), dateline, affiliation, authors, origin, clues, rules)
    for name, reading in (("published", published), ("original_published", origin_date)):
        if reading is not None and reading.problem:
            notes.append(f"metadata: {name} {reading.written!r} left missing: {reading.problem}")
    if dated:
        notes.append("metadata: published taken from the dateline")
    if published is None and clues.updated:
        notes.append(f"metadata: only an update is dated ({clues.updated[0].written}); published left missing")
    return Page(
        text="\n\n".join(body),
        title=_title(text_of(fields.get("title")) or clues.title, outlet, rules),
        authors=people(authors, rules),
        outlet=outlet,
        published=published,
        original_outlet=origin,
        original_published=origin_date,
        wire=wire,
        url=url,
        language=_language(fields.get("language")) or clues.language,
        regions=tuple(items_of(fields.get("regions")) or clues.regions),
        themes=tuple(items_of(fields.get("themes")) or clues.themes),
        boilerplate="\n".join(zones.boilerplate) or None,
        dateline=dateline,
        notes=tuple(notes),
    )


def _title(title: str | None, outlet: str | None, rules: Rules) -> str | None:
    """Return the headline without the outlet's name behind a dash or a bar."""
    if title is None:
        return None
    found = re.fullmatch(r"(.{8,}?)\s+[|–—·•-]\s+([^|–—·•]{2,60})", title)
    if found and (rules.outlet(found[2]) or (outlet and key(found[2]) == key(outlet))):
        return found[1]
    return title


def _language(value: Any) -> str | None:
    code = str(value or "").strip().lower().replace("_", "-").split("-")[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def items_of(value: Any) -> list[str]:
    """Return the items of a list, of a text that lists them, or of a mapping with a name."""
    if isinstance(value, str):
        value = bylines.listed(value)
    if isinstance(value, str):
        return listed(value)
    if isinstance(value, Mapping):
        value = [value.get("name", "")]
    values = value if isinstance(value, Iterable) else [] if value is None else [value]
    items = [" ".join(str(item.get("name", "") if isinstance(item, Mapping) else item).split()) for item in values]
    return list(dict.fromkeys(item for item in items if item))
