"""Exports of press databases, many articles in one file: LexisNexis, Nexis Uni and Factiva."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.articles import cleaning
from corpus_tools.articles.readers import Broken, Item, Record

_COUNTED = re.compile(
    r"^[ \t]*(?:Document )?(\d{1,6}) of (\d{1,6})(?: DOCUMENTS?)?[ \t]*$", re.MULTILINE | re.IGNORECASE
)
#: What Nexis Uni writes before the documents: who searched, how many there are, and their titles.
_COVER = re.compile(r"^[ \t]*Documents? \((\d{1,6})\)[ \t]*$", re.MULTILINE)
_FIRST = re.compile(r"^[ \t]*1\.[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
#: The summary of the search with which an export of Factiva may end.
_RESULTS = re.compile(r"^[ \t]*Results Found:?[ \t]*(\d[\d,]{0,8})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_LOADED = re.compile(r"^[ \t]*(?:LOAD-DATE|Load-Date):[ \t]*(.*)$", re.MULTILINE)
_FACTIVA_END = re.compile(r"^[ \t]*Document [A-Z]{3,8}\d{6,}[a-z0-9]{6,}[ \t]*$", re.MULTILINE)
_FACTIVA_FIELD = re.compile(
    r"^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|RF|CO|IN|NS|RE|IPD|PUB|AN|SE|CLM|ART)(?:\s+|$)"
)
_LABEL = re.compile(
    r"^(SECTION|LENGTH|BYLINE|DATELINE|LANGUAGE|PUBLICATION-TYPE|HEADLINE|BODY|LOAD-DATE|COPYRIGHT|JOURNAL-CODE|GRAPHIC|"
    r"SUBJECT|CLASSIFICATION|NOTES|CORRECTION|HIGHLIGHT|SOURCE|URL)(?::[ \t]*(.*)|[ \t]*)$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"^(?:Copyright\b|©|\(c\))", re.IGNORECASE)
_DAY = re.compile(r"\b\d{1,2}\b.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*\b\d{1,2}\b")
#: Labels whose text goes on over several lines.
_LONG = ("HEADLINE", "BODY", "HIGHLIGHT")


def is_export(text: str) -> bool:
    r"""Return whether a text holds several documents of a database; one alone is a page like any other.

    Examples
    --------
    >>> one = "{} of 2 DOCUMENTS\n\nThe Harl Post\n\nLENGTH: 12 words\n"
    >>> is_export(one.format(1) + one.format(2)), is_export(one.format(1))
    (True, False)
    """
    return len(_pieces(text)) > 1


def articles(text: str) -> Iterator[Item]:
    """Yield the articles of an export; when the file states another number than is found, that is said."""
    fields_of = _lexis_fields if _is_lexis(text) else _factiva_fields
    found = 0
    for number, piece in enumerate(_pieces(text), 1):
        fields = fields_of(piece)
        body = fields.pop("text", "")
        if not re.search(r"\w", body):
            yield Broken("no_text", f"Document {number} of the export has no body.", number)
            continue
        found += 1
        kept = {name: value for name, value in fields.items() if value}
        told = cleaning.canonical(piece.strip())
        yield Record(body, told, number, kept, front=_furniture(piece, body), raw=told)
    stated = _stated(text, lexis=fields_of is _lexis_fields)
    if stated is None or stated == found:
        return
    if fields_of is _lexis_fields:
        detail = f"The file states {stated:,} documents; {found:,} were found in it. Export the missing ones again."
        yield Broken("incomplete", detail)
    elif stated > found:
        detail = f"The search found {stated:,} documents; {found:,} are in this file. Others may be in further files."
        yield Broken("incomplete", detail)


def _stated(text: str, *, lexis: bool) -> int | None:
    """Return how many documents an export says that there are; None when it does not say."""
    pattern = _COUNTED if lexis else _RESULTS
    numbers = [match[match.lastindex or 0] for match in pattern.finditer(text)]
    numbers += _COVER.findall(text) if lexis else []
    return max((int(number.replace(",", "")) for number in numbers), default=None)


def _pieces(text: str) -> list[str]:
    return _lexis_pieces(text) if _is_lexis(text) else _factiva_pieces(text)


def _is_lexis(text: str) -> bool:
    length = re.search(r"^[ \t]*LENGTH:[ \t]*\d", text, re.MULTILINE | re.IGNORECASE)
    return bool(length and (_COUNTED.search(text) or _END.search(text) or _LOADED.search(text)))


def _furniture(piece: str, body: str) -> str:
    """Return the lines of a document that are not its body."""
    held = " ".join(body.split())
    lines = (" ".join(line.split()) for line in piece.splitlines())
    return "\n".join(line for line in lines if line and line not in held)


def _lexis_pieces(text: str) -> list[str]:
    marks = [match.start() for match in _COUNTED.finditer(text)]
    if marks:
        pieces = [text[start:end] for start, end in zip(marks, [*marks[1:], len(text)], strict=True)]
    else:
        pieces = (_END if _END.search(text) else _LOADED).split(text)
        pieces = [piece for piece in pieces if re.search(r"LENGTH:[ \t]*\d", piece, re.IGNORECASE)]
        pieces[:1] = map(_without_cover, pieces[:1])
    return pieces


def _without_cover(piece: str) -> str:
    """Return the first document without what Nexis Uni writes before it: it begins with the title listed first."""
    cover = _COVER.search(piece)
    listed = _FIRST.search(piece, cover.end()) if cover else None
    if listed is None:
        return piece
    title = re.compile(rf"^[ \t]*{re.escape(listed[1])}[ \t]*$", re.MULTILINE).search(piece, listed.end())
    return piece[title.start() :] if title else piece


def _lexis_fields(piece: str) -> dict[str, str]:
    """Return fields of one document: labelled lines, and above them outlet, date and headline in either order."""
    head: list[str] = []
    found: dict[str, list[str]] = {}
    label = ""
    for line in _END.sub("", _COUNTED.sub("", piece)).splitlines():
        stripped = line.strip()
        match = _LABEL.match(stripped)
        if match and not (label == "BODY" and match[2] is None and match[1] != match[1].upper()):
            label = match[1].upper()
            found.setdefault(label, []).append((match[2] or "").strip())
        elif label:
            if stripped or label in _LONG:
                found[label].append(stripped)
            elif label != "BODY":
                label = label if label in _LONG else ""
        elif stripped:
            head.append(stripped)
    fields = _lexis_head(head, "HEADLINE" in found)
    joined = {name: " ".join(filter(None, lines)) for name, lines in found.items()}
    return {
        **fields,
        "title": joined.get("HEADLINE") or fields.get("title", ""),
        "authors": joined.get("BYLINE", ""),
        "themes": joined.get("SECTION", "").split(";")[0].strip(),
        "url": joined.get("URL", ""),
        "text": _paragraphs(found.get("BODY", [])),
    }


def _lexis_head(lines: list[str], headline_labelled: bool) -> dict[str, str]:
    kept = [line for line in lines if not _COPYRIGHT.match(line) and not line.lower().startswith("all rights reserved")]
    day = next((place for place, line in enumerate(kept) if _DAY.search(line) and len(line) < 80), None)
    if day is None:
        return {"title": kept[0]} if kept and not headline_labelled else {}
    above = kept[:day]
    outlet = above[-1] if above else ""
    title = "" if headline_labelled else " ".join(above[:-1] or kept[day + 1 :])
    return {"published": kept[day], "outlet": re.sub(r"\s*\([^)]*\)$", "", outlet), "title": title}


def _paragraphs(lines: list[str]) -> str:
    text = "\n".join(lines).strip()
    return re.sub(r"\n{2,}", "\0", text).replace("\n", " ").replace("\0", "\n\n")


def _factiva_pieces(text: str) -> list[str]:
    pieces, start = [], 0
    for match in _FACTIVA_END.finditer(text):
        pieces.append(text[start : match.start()])
        start = match.end()
    return pieces


def _factiva_fields(piece: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    label = ""
    for line in piece.splitlines():
        match = _FACTIVA_FIELD.match(line)
        if match:
            label = match[1]
            found.setdefault(label, []).append(line[match.end() :].strip())
        elif label:
            found[label].append(line.strip())
    joined = {name: " ".join(filter(None, lines)) for name, lines in found.items()}
    body = "\n\n".join(filter(None, (_paragraphs(found.get(name, [])) for name in ("LP", "TD"))))
    return {
        "title": joined.get("HD", ""),
        "authors": joined.get("BY", ""),
        "published": joined.get("PD", ""),
        "outlet": joined.get("SN", ""),
        "language": joined.get("LA", ""),
        "themes": joined.get("SE", ""),
        "source_id": joined.get("AN", "").removeprefix("Document "),
        "text": body,
    }
