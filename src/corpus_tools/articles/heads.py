"""The head of a page: its short lines are told apart all together, and only then is chosen what is the headline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus_tools.articles import bylines, dates, evidence, lines
from corpus_tools.articles.clues import Clues, Reader, merge
from corpus_tools.articles.evidence import Evidence
from corpus_tools.articles.lines import Line
from corpus_tools.articles.rules import key

_LONGEST = 40
_STANDFIRST = 350
# Kinds of lines in a head.
META, LABEL, FURNITURE, OUTLET, AGENCY = "meta", "label", "furniture", "outlet", "agency"
PERSON, SHORT, SENTENCE, OTHER = "person", "short", "sentence", "other"
KNOWN = (META, LABEL, OUTLET, AGENCY, PERSON)
_PARTED = re.compile(r"(.{8,}?)\s+[|–—·•»:-]{1,2}\s+([^|–—·•]{2,60})")


@dataclass
class Seen:
    """A line of a head, and what it is."""

    line: Line
    kind: str
    clues: Clues = field(default_factory=Clues)


@dataclass
class Head:
    """What the head of a page gives: index of the body's first line, headline, clues, and its other lines."""

    start: int = 0
    title: str | None = None
    clues: Clues = field(default_factory=Clues)
    standfirst: list[Line] = field(default_factory=list)
    boilerplate: list[str] = field(default_factory=list)


def read(
    page: Sequence[Line], reader: Reader, fields: Mapping[str, Any], shown: Evidence, *, title_wanted: bool
) -> Head:
    """Read the lines before the body of a page.

    Parameters
    ----------
    page : sequence of Line
        The page's lines.
    reader : Reader
        Reads single lines.
    fields : mapping
        What is known already.
    shown : Evidence
        What the whole page shows of its outlet.
    title_wanted : bool
        Whether a headline may be looked for; without it, the head ends at the first line that is not understood.
    """
    known = str(fields.get("title") or "") or None
    titled = known is not None and any(key(line.text) == key(known) for line in page[:12])
    seen = _scan(page, reader, shown, known, open_=title_wanted or titled)
    head = Head(title=known)
    _mark_person(seen, reader)
    if title_wanted and known is None:
        labelled = next((one.clues.title for one in seen if one.clues.title), None)
        head.title = labelled
    last = _last(seen)
    chosen = None
    if title_wanted and head.title is None:
        chosen, name = _choose(page, seen, last, reader, shown)
        if chosen is not None:
            head.title = _without_outlet(seen[chosen].line.text, name)
            last = max(last, chosen)
        head.clues.outlets.extend([name] if name else [])
    head.start = _through_furniture(seen, last + 1, head.title)
    _gather(seen[: head.start], chosen, head, reader)
    return head


def _scan(page: Sequence[Line], reader: Reader, shown: Evidence, title: str | None, *, open_: bool) -> list[Seen]:
    """Return the lines up to the first paragraph of the body, and what each is."""
    seen: list[Seen] = []
    standfirsts = 0
    while len(seen) < min(len(page), _LONGEST):
        index = len(seen)
        line = page[index]
        if title is not None and key(line.text) == key(title):
            seen.append(Seen(line, FURNITURE))
            continue
        found = _known(page, index, reader, shown)
        told = any(one.kind in (SENTENCE, OTHER) for one in seen)
        if found and told and (line.heading > 1 or (reader.is_date(line.text) and _is_chronicle(page, reader))):
            break
        if found:
            seen.extend(found)
            continue
        if not open_:
            break
        prose = _is_prose(page, index, seen)
        if not prose and not _is_sentence(line):
            listed = re.match(r"[*•·+–-]\s", line.text) is not None
            seen.append(Seen(line, SHORT if lines.looks_title(line) and not listed else OTHER))
            continue
        if standfirsts >= 2 or not _is_standfirst(page, index, reader, seen, strict=prose):
            break
        standfirsts += 1
        seen.append(Seen(line, SENTENCE))
    return seen


def _known(page: Sequence[Line], index: int, reader: Reader, shown: Evidence) -> list[Seen]:
    """Return what a line (and a value in the line below its label) is, when that can be told from its words."""
    line, trial = page[index], Clues()
    if line.separator or line.image:
        return [Seen(line, FURNITURE)]
    if line.heading == 1:
        return []
    if reader.metadata(line.text, trial, head=True) and _trusted(trial, reader, shown):
        return [Seen(line, META if trial.strong else LABEL, trial)]
    below = page[index + 1] if index + 1 < len(page) and page[index + 1].block == line.block else None
    if below is not None and line.words <= 3 and reader.labels(line.text):
        trial = Clues()
        if reader.metadata(f"{line.text.rstrip(' :')}: {below.text}", trial, head=True):
            return [Seen(line, FURNITURE), Seen(below, META if trial.strong else LABEL, trial)]
    if reader.furniture(line.text, line.words, "head", "edge", "anywhere") or evidence.tagline(line.text):
        return [Seen(line, FURNITURE)]
    if reader.rules.agency(line.text) is not None:
        return [Seen(line, AGENCY)]
    if line.words <= 6 and line.text[:1].isalnum() and evidence.generic(line.text):
        return [Seen(line, FURNITURE)]
    above = page[index - 1] if index else None
    name = re.sub(r"\s*\([^()]{2,40}\)$", "", line.text.strip("[]"))
    if above is not None and above.block == line.block and bylines.parse(above.text, rules=reader.rules):
        name = line.text.split(",")[0]  # Under a byline: `Harl News, Hollin`.
    if (
        not line.heading
        and name[:1].isalnum()
        and (reader.names_outlet(name) or (line.words <= 8 and shown.names(name)))
    ):
        trial.outlets.append(name)
        return [Seen(line, OUTLET, Clues(outlets=[name]))]
    return []


def _trusted(trial: Clues, reader: Reader, shown: Evidence) -> bool:
    """Return whether a byline names somebody: two words, or an agency, an outlet, or a name that the page repeats."""
    return all(
        len(author.split()) > 1
        or author.isupper()
        or bylines.nobody(author)
        or reader.rules.agency(author) is not None
        or evidence.outletlike(author, reader.rules)
        or shown.names(author)
        for author in trial.authors
    )


def _is_sentence(line: Line) -> bool:
    return line.words >= 2 and re.search(r"[.!?…][\"'”’»)]*$", line.text) is not None and not lines.looks_title(line)


def _is_prose(page: Sequence[Line], index: int, seen: Sequence[Seen]) -> bool:
    """Return whether a line is a paragraph of the body or the first line of a wrapped one."""
    line = page[index]
    if lines.looks_title(line) and not any(one.kind == SHORT for one in seen) and not _is_wrapped_on(page, index):
        return False
    ends = re.search(r"[.!?…][\"'”’»)]*$", line.text) is not None
    if line.words > 30 or len(line.text) > 220:
        return True
    if line.words > 12 and (ends or re.search(r"[.!?][\"”]?\s+[A-Z]", line.text)):
        return True
    return _is_wrapped_on(page, index)


def _is_wrapped_on(page: Sequence[Line], index: int) -> bool:
    """Return whether a line goes on in the line below."""
    line, below = page[index], page[index + 1] if index + 1 < len(page) else None
    if below is None or below.block != line.block or line.words < 7:
        return False
    return below.text[:1].islower() or (len(line.text) >= 50 and _is_wrapped(page, index))


def _is_wrapped(page: Sequence[Line], index: int) -> bool:
    """Return whether a block of the page is one wrapped paragraph: a later line of it goes on in lower case."""
    block = page[index].block
    following = [line for line in page[index + 1 : index + 12] if line.block == block]
    shorter = max((len(line.text) for line in following), default=0) <= 130
    return shorter and (
        any(line.text[:1].islower() for line in following)
        or (len(following) == 1 and lines.ends_sentence(following[0].text))
    )


def _is_standfirst(page: Sequence[Line], index: int, reader: Reader, seen: Sequence[Seen], *, strict: bool) -> bool:
    """Return whether a sentence stands between the headline and a byline or date that follows soon."""
    if len(page[index].text) > _STANDFIRST or not any(one.kind == SHORT or one.line.heading for one in seen):
        return False
    if any(one.kind == META for one in seen):
        return False
    for near in page[index + 1 : index + 4]:
        if near.words > 14:
            if len(near.text) > _STANDFIRST:
                return False
            continue
        trial = Clues()
        if not near.heading and reader.metadata(near.text, trial, head=True) and trial.strong:
            if not reader.is_date(near.text):
                return bool(trial.named_dates or trial.published or trial.updated) or all(
                    " " in author for author in trial.authors
                )
            return not strict and not _is_chronicle(page, reader)
    return False


def _is_chronicle(page: Sequence[Line], reader: Reader) -> bool:
    """Return whether several dates are lines of their own: the headings of a chronicle."""
    return sum(line.words <= 8 and reader.is_date(line.text) for line in page) > 1


def _last(seen: Sequence[Seen]) -> int:
    """Return the index of the last line that is understood; -1 when there is none."""
    return max((index for index, one in enumerate(seen) if one.kind in KNOWN), default=-1)


def _through_furniture(seen: Sequence[Seen], start: int, title: str | None) -> int:
    while start < len(seen) and (
        seen[start].kind == FURNITURE or (title is not None and key(seen[start].line.text) == key(title))
    ):
        start += 1
    return start


def _choose(
    page: Sequence[Line], seen: Sequence[Seen], last: int, reader: Reader, shown: Evidence
) -> tuple[int | None, str | None]:
    """Return the index of the headline, and the outlet's name that stands above or behind it."""
    inside = [index for index in range(last + 1) if seen[index].kind == SHORT and not _in_menu(seen, index)]
    if not inside:
        start = next((index for index in range(last + 1, len(seen)) if seen[index].kind != FURNITURE), None)
        inside = [start] if start is not None and seen[start].kind == SHORT and _opens(page, start) else []
    if not inside and last == 0 and seen[0].kind == LABEL and re.search(r":\s+[a-zß-ÿ]", seen[0].line.text):
        seen[0].kind, seen[0].clues = SHORT, Clues()  # "Region: a word and its goats" as the only line is a headline.
        inside = [0]
    if not inside:
        return None, None
    headings = [index for index in inside if seen[index].line.heading == 1]
    candidates = headings or inside
    texts = [key(seen[index].line.text) for index in candidates]
    for index in candidates:
        parts = _parts(seen[index].line.text, reader)
        if parts is not None and key(parts[0]) in texts:
            return candidates[texts.index(key(parts[0]))], parts[1]
        if parts is not None and (
            shown.names(parts[1]) or _is_line(parts[1], seen) or evidence.outletlike(parts[1], reader.rules)
        ):
            return index, parts[1]
    repeated = [index for index, text in zip(candidates, texts, strict=True) if texts.count(text) > 1]
    if repeated:
        return repeated[0], None
    return _best(seen, candidates)


def _parts(text: str, reader: Reader) -> tuple[str, str] | None:
    """Return headline and outlet of `Rain floods Millbeck | The Harl Post 2/8/2016 14:05`."""
    if found := dates.trailing(text, zone=reader.zone):
        text = found[0] or text
    parts = _PARTED.fullmatch(text)
    return (parts[1], parts[2].strip()) if parts else None


def _is_line(name: str, seen: Sequence[Seen]) -> bool:
    return any(key(one.line.text) == key(name) for one in seen)


def _without_outlet(text: str, name: str | None) -> str:
    found = _PARTED.fullmatch(text.split(name)[0] + name) if name and name in text else None
    return found[1] if found else text


def _in_menu(seen: Sequence[Seen], index: int) -> bool:
    """Return whether a line stands in a block of three or more very short lines."""
    block = [one for one in seen if one.line.block == seen[index].line.block]
    short = [one for one in block if one.line.words <= 3 and one.kind in (SHORT, OTHER, FURNITURE)]
    return len(short) >= 3 and len(short) == len(block) and not any(one.line.heading for one in block)


def _opens(page: Sequence[Line], index: int) -> bool:
    """Return whether the text behind a line without other metadata lets it be a headline."""
    line = page[index]
    if line.heading == 1:
        return True
    if index + 1 >= len(page) or page[index + 1].text[:1].islower():
        return False
    following = page[index + 1]
    if following.block != line.block:
        return True
    if following.words > 12 and lines.ends_sentence(following.text) and line.words <= 16:
        return page[-1].block == page[0].block and len(line.text) < 120 and len(following.text) > 150
    return False


def _best(seen: Sequence[Seen], candidates: Sequence[int]) -> tuple[int | None, str | None]:
    """Choose among short lines: neither a masthead or a kicker nor the standfirst is the headline."""
    left = list(candidates)
    name: str | None = None
    while len(left) > 1:
        first, second = seen[left[0]].line, seen[left[1]].line
        weak = evidence.titled(first.text) and not evidence.titled(second.text)
        mottoed = left[0] + 1 < len(seen) and evidence.tagline(seen[left[0] + 1].line.text)
        shouted = first.text.isupper() and not second.text.isupper() and first.words <= 5
        brief = (
            first.words <= 2
            and (first.words == 1 or _is_capitalised(first.text))
            and 4 <= second.words <= 16
            and not _is_capitalised(second.text)
        )
        if not (weak or mottoed or shouted or brief) or second.words < 2:
            break
        if (
            weak or mottoed or (shouted and first.words > 1 and left[0] == 0 and not evidence.generic(first.text))
        ) and name is None:
            name = first.text if not shouted or weak or mottoed else None
        left.pop(0)
    return left[0], name


def _is_capitalised(text: str) -> bool:
    """Return whether every word begins with a capital."""
    return all(word[:1].isupper() for word in text.split())


def _gather(seen: Sequence[Seen], chosen: int | None, head: Head, reader: Reader) -> None:
    """Collect what the lines of a head say."""
    for one in seen:
        if one.kind in (META, LABEL, OUTLET, PERSON):
            merge(one.clues, head.clues)
        elif one.kind == AGENCY:
            head.clues.wires.append(one.line.text)
        elif one.kind == FURNITURE:
            reader.holder(one.line.text, head.clues)
    for index, one in enumerate(seen):
        if index == chosen or (head.title is not None and key(one.line.text) == key(head.title) and chosen is not None):
            continue
        if one.kind == SENTENCE:
            head.standfirst.append(one.line)
            continue
        head.boilerplate.append(one.line.text)


def _mark_person(seen: Sequence[Seen], reader: Reader) -> None:
    """Take one short line below another for the writer's name where the page has no other byline."""
    if any(one.clues.authors for one in seen):
        return
    for index, one in enumerate(seen):
        above = any(other.kind == SHORT for other in seen[:index])
        if one.kind == SHORT and above and one.line.heading != 1 and _beside(seen, index, reader):
            one.kind = PERSON
            reader.bare_byline(_name_of(one.line.text), one.clues)
            return


def _name_of(text: str) -> str:
    """Return a line without a dash before it and without what a person is, behind a bar."""
    name, _, role = text.lstrip("—–- ").partition(" | ")
    return name if bylines.has_role(role) else text.lstrip("—–- ")


def _beside(seen: Sequence[Seen], index: int, reader: Reader) -> bool:
    """Return whether a line without `By` may name the writer: a name beside a date, an outlet or a reading time."""
    text = _name_of(seen[index].line.text)
    byline = bylines.parse(text, rules=reader.rules, bare=True)
    if byline is None or not all(evidence.personlike(author, reader.rules) for author in byline.authors):
        return False
    if bylines.has_role(seen[index].line.text):
        return True
    near = [one for one in (*seen[max(0, index - 2) : index], *seen[index + 1 : index + 3]) if one.kind != OTHER]
    return any(one.kind in (OUTLET, FURNITURE) or (one.kind == META and not one.clues.authors) for one in near)
