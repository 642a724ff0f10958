"""Text and markdown pages: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tools.articles import cleaning, fronts
from corpus_tools.articles.readers import LARGEST_RECORD, Item, Record, Source, columns, exports
from corpus_tools.errors import UnreadableInput


def records(source: Source) -> Iterator[Item]:
    """Yield the one record of a page."""
    size = source.path.stat().st_size
    if size > LARGEST_RECORD:
        raise UnreadableInput(
            "too_large", f"{size:,} bytes; a page may have {LARGEST_RECORD:,}. Split it into one file per article."
        )
    decoded = cleaning.decode(source.path.read_bytes())
    if exports.is_export(decoded.text):
        yield from exports.articles(decoded.text)
        return
    canonical = cleaning.canonical(decoded.text)
    fields, rest, notes, front = fronts.read(canonical.lstrip("\ufeff"))
    yield Record(
        text=fronts.without_references(rest),
        canonical=canonical,
        raw=canonical,
        fields=columns.fields(columns.flat(fields)),
        markdown=source.path.suffix.lower() in (".md", ".markdown"),
        page=True,
        front=front,
        notes=(*decoded.notes, *notes),
    )
