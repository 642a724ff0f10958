"""Who published it, when, and from whom it comes: decided from all the clues of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from corpus_tools.articles import _data, datelines, dates, evidence
from corpus_tools.articles.clues import Clues, Reader
from corpus_tools.articles.dates import DateReading
from corpus_tools.articles.rules import Rules, key


def publication(
    clues: Clues, reader: Reader, url: str | None, fields: Mapping[str, Any]
) -> tuple[str | None, DateReading | None, str | None, DateReading | None]:
    """Return outlet, its date, the original outlet, and its date."""
    rules = reader.rules
    origins = [text_of(fields.get("original_outlet")), *clues.origins]
    origin = next((rules.name(name) for name in origins if name), None)
    named = [(name, reading) for name, reading in clues.named_dates if _may_publish(name, clues, rules)]
    clues.published.extend(reading for name, reading in clues.named_dates if (name, reading) not in named)
    known = reader.outlet or rules.at(url=url)
    named = _without_writers(named, clues, rules, known is not None or bool(fields.get("outlet")))
    _name_unclear(clues, known is not None or bool(fields.get("outlet") or named))
    outlet = text_of(fields.get("outlet")) or (known.name if known else None)
    first, second = _order(named, origin, outlet)
    outlet = (
        outlet
        or (first[0] if first else None)
        or next(iter([*clues.outlets, *clues.head_sources, *_holders(clues, rules, origin)]), None)
    )
    outlet = rules.name(_fullest(outlet, [*clues.outlets, *clues.holders])) if outlet else None
    published = _plain(first[1] if first else next(iter(clues.published), None), clues)
    origin_date = second[1] if second else next(iter(clues.origin_dates), None)
    if origin is None and second is not None:
        origin = rules.name(second[0])
    source = next(
        (rules.name(name) for name in (*clues.sources, *clues.head_sources) if key(name) != key(outlet or "")), None
    )
    origin = origin or source
    if origin is not None and outlet is not None and key(origin) == key(outlet):
        origin = None
    if origin is None and origin_date is not None and (published is None or published.value == origin_date.value):
        published, origin_date = published or origin_date, None  # "First published": by this outlet itself.
    return outlet, published, origin, origin_date


def _plain(published: DateReading | None, clues: Clues) -> DateReading | None:
    """Return another date of the page that says which day an ambiguous one is."""
    if published is None or len(published.candidates) != 2:
        return published
    days = {day.date() for day in published.candidates}
    others = [*clues.published, *(reading for _, reading in clues.named_dates)]
    return next((one for one in others if one.value is not None and one.value.date() in days), published)


# Stations put their own call sign into datelines; that is no agency.
_BROADCASTER = re.compile(r"[WK][A-Z]{2,3}(?:[ -]?TV|-DT)?$|(?:ABC|CBS|NBC|FOX|CNN|NPR|BBC|CW)\b|.*\.(?:com|org|net)$")


def _without_writers(
    named: list[tuple[str, DateReading]], clues: Clues, rules: Rules, known: bool
) -> list[tuple[str, DateReading]]:
    """Take `Anna Lorne | 13 September 2023` for a byline where the page names its outlet elsewhere."""
    if len(named) != 1 or clues.authors or not (known or clues.outlets or clues.holders):
        return named
    (name, reading), others = named[0], {key(other) for other in (*clues.outlets, *clues.holders)}
    words = key(name).split()
    outletlike = rules.outlet(name) is not None or words[0] in _outlet_words() or words[-1] in _outlet_words()
    if outletlike or key(name) in others or not 2 <= len(words) <= 3 or name.lower().startswith("the "):
        return named
    clues.authors.append(name)
    clues.published.insert(0, reading)
    return []


def _name_unclear(clues: Clues, known: bool) -> None:
    """Decide whether `Anna Lorne | 2 August 2016` names the writer or the outlet, where the page shows it."""
    for name in clues.unclear:
        others = {key(other) for other in (*clues.holders, *clues.outlets, *clues.head_sources)}
        if key(name) in others or (clues.authors and not others and not known):
            clues.outlets.append(name)
        elif (others or known) and not clues.authors:
            clues.authors.append(name)


def _outlet_words() -> frozenset[str]:
    return _data.words("outlet_words.txt")


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
    others = [*clues.outlets, *clues.holders, *clues.origins, *clues.authors]
    return (
        "." in name
        or rules.outlet(name) is not None
        or evidence.outletlike(name, rules)
        or evidence.titled(name)
        or key(name) in {key(other) for other in others}
        or (clues.shown is not None and clues.shown.names(name))
    )


def day(
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


def wire_of(
    given: str | None, dateline: datelines.Dateline | None, affiliation: str | None, authors: Sequence[str],
    origin: str | None, clues: Clues, rules: Rules,
) -> str | None:  # fmt: skip
    """Return the news agency that the page names, by its code where that is known."""
    if given:
        return rules.agency(given) or given
    if dateline is not None and dateline.agency:
        code = rules.agency(dateline.agency) or next(filter(None, map(rules.agency, dateline.agency.split("/"))), None)
        if code or not _BROADCASTER.match(dateline.agency):
            return code or dateline.agency
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


def people(authors: Sequence[str], rules: Rules) -> tuple[str, ...]:
    """Return authors without the agency beside them (`By Anna Lorne and AP`)."""
    people = tuple(author for author in authors if not _is_code(author) and rules.agency(author) is None)
    return people or tuple(authors)


def text_of(value: Any) -> str | None:
    """Return a value as one line of text; None when it says nothing."""
    if value is None or isinstance(value, (list, dict, bool)):
        return None
    return " ".join(str(value).split()) or None
