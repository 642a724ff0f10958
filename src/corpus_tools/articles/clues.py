"""What single lines of a page say about the article: labels, dates, bylines, origins, furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cached_property

from corpus_tools.articles import _data, bylines, dates, leads
from corpus_tools.articles._patterns import LONGEST_LINE, Furniture, shipped, shipped_any
from corpus_tools.articles.dates import DateReading
from corpus_tools.articles.evidence import Evidence, generic, outletlike, personlike, titled
from corpus_tools.articles.forms import is_outlet_name, is_sentence, listed, origins, with_times
from corpus_tools.articles.rules import Outlet, Rules, key
from corpus_tools.articles.telling import tells

_LABEL = re.compile(r"([^\W\d_][\w '’/-]{0,40}?)\s*[:：]\s*(\S.*)$")
_BARS = re.compile("[|•·]")
_RIGHTS = re.compile(r"copyright|©|\(c\)|all rights reserved", re.IGNORECASE)
_SEGMENTS = re.compile(r"\s+[|•·–—/]\s+|\s*\|\s*|\s*•\s*|(?<=[AP]M)·|\t+|\s{3,}")
_NUMBERED = re.compile(
    r",\s+(?:(?:early|late|mid)[ -])?(?:spring|summer|autumn|fall|winter|vol|volume|issue|no|number|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|[1-9])(?:[a-z]{0,6}\b|\d).*$",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"(?:copyright|©|\(c\)|\s|[-–—:,]|by\b|\d{4}(?:[-–]\d{2,4})?)*(?P<name>[^\d©|]*?)[\s,.:]*"
    r"(?:(?:©|\(c\))?\s*\d{4}|all rights reserved|$)",
    re.IGNORECASE,
)


@dataclass
class Clues:
    """What has been gathered from the lines of one page so far."""

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    affiliation: str | None = None
    named_dates: list[tuple[str, DateReading]] = field(default_factory=list)
    published: list[DateReading] = field(default_factory=list)
    updated: list[DateReading] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    origin_dates: list[DateReading] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    head_sources: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    url: str | None = None
    language: str | None = None
    wires: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    shown: Evidence | None = None

    @property
    def strong(self) -> bool:
        """Whether a byline or a date has been seen."""
        return bool(self.authors or self.named_dates or self.published or self.updated)


@dataclass(frozen=True)
class Reader:
    """Reads single lines of one page under one set of rules."""

    rules: Rules
    outlet: Outlet | None = None
    zone: tzinfo | None = None

    @cached_property
    def _own(self) -> tuple[Furniture, ...]:
        return (*self.rules.furniture, *(self.outlet.furniture if self.outlet else ()))

    def metadata(self, text: str, clues: Clues, *, head: bool) -> bool:
        """Add to `clues` what `text` says, when it is a metadata line from its first to its last character."""
        if len(text) > 400:
            return False
        return (
            self._label(text, clues, head)
            or (head and self._address(text, clues))
            or self._origin(text, clues)
            or (head and _BARS.search(text) is not None and self._segments(text, clues, head))
            or self._date(text, clues, head)
            or (head and (self._byline(text, clues) or self._segments(text, clues, head)))
        )

    def furniture(self, text: str, words: int, *places: str) -> Furniture | None:
        """Return the kind of furniture that `text` is, in one of these places."""
        own = self._own
        if not own and shipped_any(places).match(text, 0, LONGEST_LINE) is None and "|" not in text:
            return None
        for piece in (*own, *shipped(places)):
            if piece.where in places and piece.matches(text, words) and not piece.spares(text):
                return piece
        if "|" in text and len(text) < 300:
            parts = [part for part in re.split(r"\s*\|\s*", text) if part]
            if len(parts) > 1 and all(self.furniture(part, part.count(" ") + 1, *places) for part in parts):
                return self.furniture(parts[0], parts[0].count(" ") + 1, *places)
        return None

    def _label(self, text: str, clues: Clues, head: bool) -> bool:
        found = _LABEL.match(text)
        name = self.rules.label(found[1].replace("’", "'"), self.outlet) if found else None
        if found is None or name is None:
            return False
        value = found[2].strip()
        if name == "furniture":
            return len(value.split()) < 30 and not tells(value)
        return self._fill(name, value, clues, head)

    def _fill(self, name: str, value: str, clues: Clues, head: bool) -> bool:
        if name in ("published", "updated", "original_published"):
            first, *rest = leads.parts(value)[:2] or [value]
            reading = dates.parse(first, zone=self.zone)
            if reading is None:
                return self._date(value, clues, head) if name == "published" else False
            {"published": clues.published, "updated": clues.updated}.get(name, clues.origin_dates).append(reading)
            return not rest or self._date(rest[0], clues, head)
        if name in ("regions", "themes"):
            items = listed(value)
            if is_sentence(value) or not items or any(len(item.split()) > 7 or len(item) > 70 for item in items):
                return False
            into = clues.regions if name == "regions" else clues.themes
            into.extend(item for item in items if item not in into)
            return True
        if name == "url":
            found = re.match(r"(?:https?://|www\.)\S+$", value)
            clues.url = clues.url or (found[0] if found else None)
            return found is not None
        if name == "authors":
            if is_sentence(value) and not value.endswith("."):
                return False
            byline = bylines.parse(f"By {value}", rules=self.rules)
            if byline is not None and head:
                clues.authors.extend(author for author in byline.authors if author not in clues.authors)
                clues.affiliation = clues.affiliation or byline.affiliation
            return byline is not None
        if name == "title":
            clues.title = clues.title or value
            return head
        if name == "language":
            clues.language = clues.language or (value.lower() if re.fullmatch(r"[A-Za-z]{2}", value) else None)
            return len(value.split()) <= 2
        if generic(value) or bylines.nobody(value):
            return len(value.split()) <= 4
        if not is_outlet_name(value):
            return False
        if name == "source" and head and self.rules.agency(value) is None:
            clues.head_sources.append(value)
        else:
            {"outlet": clues.outlets, "original_outlet": clues.origins}.get(name, clues.sources).append(value)
        return True

    def _address(self, text: str, clues: Clues) -> bool:
        if not text.startswith(("http", "www.")) or not re.fullmatch(r"(?:https?://|www\.)\S+", text):
            return False
        clues.url = clues.url or text
        return True

    def _origin(self, text: str, clues: Clues) -> bool:
        bare = text.strip("()[]*_ ").rstrip(".").strip()
        for pattern in origins():
            found = pattern.fullmatch(bare)
            if not found:
                continue
            parts = found.groupdict()
            outlet, written = parts.get("outlet"), parts.get("date")
            reading = dates.parse(written.removeprefix("on "), zone=self.zone) if written else None
            if outlet and reading is None:
                ends = max(found.end("outlet"), found.end("date") if written else 0)
                whole = bare[found.start("outlet") : ends]
                split = dates.trailing(whole, zone=self.zone)
                outlet, reading = (
                    (split[0].removesuffix(" on").strip(" ,"), split[1]) if split else (_NUMBERED.sub("", whole), None)
                )
            elif written and reading is None:
                continue
            if outlet and (not is_outlet_name(outlet) or generic(outlet)):
                continue
            clues.origins.extend([outlet.removeprefix("the ")] if outlet else [])
            clues.origin_dates.extend([reading] if reading else [])
            return True
        return False

    def _date(self, text: str, clues: Clues, head: bool) -> bool:
        text = text.strip().strip("*_()[]").strip()
        pieces = leads.parts(text) if len(text) < 240 else []
        if len(pieces) == 2:
            trial = Clues()
            if all(self._date(piece, trial, head) for piece in pieces):
                merge(trial, clues)
                return True
        found = dates.trailing(text, zone=self.zone)
        if found is not None:
            return self._dated(found[0], found[1], clues, head)
        return head and self._leading(text, clues)

    def _leading(self, text: str, clues: Clues) -> bool:
        """Read `Posted on 2 August 2016 by Anna Lorne`, or a date before a name or a few other words."""
        lead = re.match(rf"(?:{leads.pattern().pattern})\s*:?\s+(?=\S)", text, re.IGNORECASE)
        start = dates.leading(text[lead.end() :] if lead else text, zone=self.zone)
        if start is None:
            return False
        reading, rest = start
        inside = re.fullmatch(r"(?:in|on|by|at|dans|in der|im|en) (\S.+)", rest) if lead else None
        if inside and is_outlet_name(inside[1]) and not personlike(inside[1], self.rules) and not generic(inside[1]):
            clues.named_dates.append((inside[1], reading))
            return True
        if rest.lower().startswith("by ") and bylines.parse(rest, rules=self.rules):
            self._byline(rest, clues)
        elif rest and not lead and is_outlet_name(rest):
            return self._dated(rest, reading, clues, True)
        elif rest.count(" ") > 5 or re.search(r"[.!?][\"'”’]*$", rest) or (rest[:1].islower() and not lead):
            return False
        into = clues.updated if lead and lead["update"] else clues.published
        into.append(reading)
        return True

    def _dated(self, before: str, reading: DateReading, clues: Clues, head: bool) -> bool:
        before = re.sub(r"(?:^|\s+)(?:on|at)$", "", before, flags=re.IGNORECASE).strip(" ,:|–—-")
        if not before:
            if head:
                clues.published.append(reading)
            return head
        if kind := leads.kind(before):
            {"update": clues.updated, "origin": clues.origin_dates, "publish": clues.published}[kind].append(reading)
            return True
        if not head:
            return False
        if lead := re.match(r"(?:(?:published|posted|filed|written|created)\s+)?by\s+", before, re.IGNORECASE):
            name = before[lead.end() :]
            if (
                key(name).split()[-1:]
                and key(name).split()[-1] in _data.words("outlet_words.txt")
                and lead[0][0] in "Pp"
            ):
                clues.named_dates.append((name, reading))
                return True
            if not self._byline(f"By {name}", clues):
                return False
            clues.published.append(reading)
            return True
        if parts := re.fullmatch(r"(.+?)(?:,|\s+[|•·–—-])\s+" + leads.pattern().pattern, before, re.IGNORECASE):
            before = parts[1]
        elif (lead := leads.pattern().match(before)) and re.match(r"\s*:?\s+\S", before[lead.end() :]):
            before = re.sub(r"^(?:in|on|by|at)\s+", "", before[lead.end() :].strip(" :"))
        if not is_outlet_name(before):
            return False
        return self._name_dated(before, reading, clues)

    def _name_dated(self, name: str, reading: DateReading, clues: Clues) -> bool:
        """Read `The Harl Post, 2 August 2016`; a weekday, a section or an agency before a date is no outlet."""
        if generic(name):
            clues.published.append(reading)
        elif self.rules.agency(name) is not None and self.rules.outlet(name) is None:
            clues.published.append(reading)
            clues.wires.append(name)
        else:
            clues.named_dates.append((name, reading))
        return True

    def _byline(self, text: str, clues: Clues, *, bare: bool = False) -> bool:
        byline = bylines.parse(text, rules=self.rules, bare=bare)
        if byline is None:
            return False
        clues.authors.extend(author for author in byline.authors if author not in clues.authors)
        clues.affiliation = clues.affiliation or byline.affiliation
        if byline.place:
            clues.places.append(byline.place)
        return True

    def labels(self, text: str, field: str | None = None) -> bool:
        """Return whether a line is the label of a value that may stand in the line below it."""
        name = self.rules.label(text.rstrip(" :"), self.outlet) if len(text) < 40 else None
        return name == field if field else name not in (None, "furniture")

    def is_date(self, text: str) -> bool:
        """Return whether a line is a date and nothing else."""
        return dates.parse(text, zone=self.zone) is not None

    def bare_byline(self, text: str, clues: Clues) -> bool:
        """Read a line beside other metadata as names without ``By``."""
        return not clues.authors and self._byline(text, clues, bare=True)

    def _segments(self, text: str, clues: Clues, head: bool) -> bool:
        """Read `By Anna Lorne | Velisk Courier | 13 September 2023`."""
        if not head or len(text) > 240 or _SEGMENTS.search(text) is None:
            return False
        parts = with_times([part.strip() for part in _SEGMENTS.split(text) if part and part.strip()])
        if not 2 <= len(parts) <= 8:
            return False
        trial = Clues()
        names: list[str] = []
        for part in parts:
            if self._label(part, trial, head) or self._origin(part, trial) or self._date(part, trial, head):
                continue
            if self._byline(part, trial) or self.furniture(part, part.count(" ") + 1, "head", "edge", "anywhere"):
                continue
            if part.count(" ") > 6 or is_sentence(part) or part.endswith((".", "?", "!")):
                return False
            if is_outlet_name(part):
                names.append(part)
        if not trial.strong:
            return False
        self._names(names, trial, alone=len(names) == 1)
        merge(trial, clues)
        return True

    def _names(self, names: list[str], trial: Clues, *, alone: bool) -> None:
        """Tell the outlet from the writer among names beside a date; leave open what could be either."""
        names = [name for name in names if not generic(name)]
        people = [name for name in names if personlike(name, self.rules)]
        for name in names:
            if outletlike(name, self.rules) or titled(name) or "." in name:
                trial.outlets.append(name)
            elif self.rules.agency(name) is not None:
                trial.wires.append(name)
            elif name in people and len(names) > 1 and not trial.authors:
                trial.authors.append(name)
            elif name not in people and alone and len(trial.published) == 1:
                trial.named_dates.append((name, trial.published.pop()))
            elif name in people and alone and len(trial.published) == 1:
                trial.unclear.append(name)

    def holder(self, text: str, clues: Clues) -> None:
        """Note whom a copyright line names."""
        found = _HOLDER.match(text[:300]) if _RIGHTS.search(text, 0, 300) else None
        if not found:
            return
        names = [name.strip() for name in re.split(r",|:| and its ", found["name"]) if name.strip()]
        if names and is_outlet_name(names[-1]) and len(names) <= 2:
            clues.holders.append(names[-1] if len(names) == 2 and ":" not in found["name"] else names[0])

    def names_outlet(self, text: str) -> bool:
        """Return whether a line by itself is the name of an outlet, as far as its words show."""
        return len(text) < 60 and is_outlet_name(text) and outletlike(text, self.rules)


def merge(trial: Clues, clues: Clues) -> None:
    """Add to `clues` what `trial` holds."""
    for name, value in vars(trial).items():
        if isinstance(value, list):
            getattr(clues, name).extend(item for item in value if item not in getattr(clues, name))
        elif value is not None and getattr(clues, name) is None:
            setattr(clues, name, value)
