"""From a record of a file to a row of the articles table."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

from corpus_tools.articles import cleaning, pages
from corpus_tools.articles.dates import DateReading
from corpus_tools.articles.languages import language, mixture
from corpus_tools.articles.publication import text_of
from corpus_tools.articles.readers import Record
from corpus_tools.articles.rules import Rules
from corpus_tools.errors import UnreadableInput

#: Lines of one article, beyond which it is no article but a file of something else.
MOST_LINES = 100_000
#: Columns that the room keeps for itself: what a date may be, which order it proves, what makes two articles the same.
CANDIDATES, PROOF, CONTENT = "_candidates", "_proof", "_content"


def article_id(canonical: str) -> str:
    """Return the id of a record: the first 16 digits of the SHA-256 of its canonical form.

    Examples
    --------
    >>> article_id("Rain")
    'a6d20aa6a4c73f0d'
    """
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def row(record: Record, *, rules: Rules, name: str, sha256: str) -> dict[str, Any]:
    """Return the row of one article, its ambiguous dates still open.

    Raises
    ------
    UnreadableInput
        With reason ``"no_text"`` or ``"empty"`` when nothing is left to analyse, ``"too_large"`` for too many lines.
    """
    text, notes = cleaning.clean(record.text)
    if text.count("\n") > MOST_LINES:
        raise UnreadableInput("too_large", f"More than {MOST_LINES:,} lines; split it into one file per article.")
    fields = {key: _clean(value) for key, value in record.fields.items()}
    if not text.strip():
        raise UnreadableInput("no_text" if record.fields else "empty", "There is no text in it.")
    page = pages.parse(
        text,
        fields=fields,
        markdown=record.markdown,
        title_wanted=record.page and not fields.get("title"),
        rules=rules,
        path=name,
    )
    if not re.search(r"\w", page.text):
        raise UnreadableInput("no_text", "Nothing but page furniture was found in it.")
    boilerplate = "\n".join(piece for piece in (record.front, page.boilerplate) if piece) or None
    published, original = page.published, page.original_published
    code = page.language or language(page.text)
    mixed = mixture(page.text, code)
    near = published.value or next(iter(published.candidates), None) if published else None
    found = {
        "article_id": article_id(record.canonical),
        "title": page.title,
        "authors": list(page.authors),
        "outlet": page.outlet,
        "published": published.value if published else None,
        "original_outlet": page.original_outlet,
        "original_published": original.value if original else None,
        "wire": page.wire,
        "url": page.url,
        "language": code,
        "regions": list(page.regions),
        "themes": list(page.themes),
        "text": page.text,
        "boilerplate": boilerplate,
        "source_path": name,
        "source_record": record.number,
        "source_sha256": sha256,
        "notes": [*record.notes, *notes, *page.notes, *([mixed] if mixed else [])],
        "source_id": text_of(fields.get("source_id")),
        "retrieved": moment(fields.get("retrieved")),
        "dateline": page.dateline.place if page.dateline else None,
        "dateline_date": page.dateline.date(near) if page.dateline else None,
        "published_offset": published.offset if published else None,
        CANDIDATES: _candidates(published, original),
        PROOF: published.shows if published else None,
    }
    found[CONTENT] = _content(found, published)
    return found


def moment(value: Any) -> datetime | None:
    """Return a time that is written as in ISO 8601, in UTC; None for anything else.

    Examples
    --------
    >>> moment("2016-08-02T07:30:00+02:00"), moment("yesterday")
    (datetime.datetime(2016, 8, 2, 5, 30), None)
    """
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        return (found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def _candidates(published: DateReading | None, original: DateReading | None) -> str | None:
    open_dates = {
        name: [reading.written, *(day.isoformat() for day in reading.candidates)]
        for name, reading in (("published", published), ("original_published", original))
        if reading is not None and len(reading.candidates) == 2
    }
    return json.dumps(open_dates, ensure_ascii=False) if open_dates else None


def _content(found: dict[str, Any], published: DateReading | None) -> str:
    """Return a digest that two copies of one article share, however they were saved."""
    day = (published.value.isoformat() if published.value else published.written) if published else None
    parts = (found["outlet"], day, found["title"], found["text"])
    return article_id(json.dumps(parts, ensure_ascii=False))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return cleaning.clean(value)[0].strip()
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
