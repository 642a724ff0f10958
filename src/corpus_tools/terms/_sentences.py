"""The sentences at places of texts, of many places at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import numpy as np

from corpus_tools.errors import InvalidQuery
from corpus_tools.language import sentences, words
from corpus_tools.terms._types import Integers
from corpus_tools.terms.tokens import Source, Tokens, texts_of

#: Paragraphs are read together, in texts of about this many characters.
_BATCH = 200_000
_OTHER_BREAKS = "\x0b\x0c\x85\u2028\u2029"

Paragraph = tuple[str, int, int]


def sentences_at(places: list[tuple[str, int]]) -> list[str | None]:
    """Return the sentence at each place (text, character); only the paragraphs that are asked for are read.

    Examples
    --------
    >>> sentences_at([("The dam broke. Nobody saw it.", 4), ("Old.", 0), ("", 0)])
    ['The dam broke.', 'Old.', None]
    """
    apart: dict[str, bool] = {}
    wanted: dict[Paragraph, list[int]] = {}
    for number, (text, place) in enumerate(places):
        if text not in apart:
            apart[text] = _has_paragraphs(text)
        wanted.setdefault((text, *(_paragraph(text, place) if apart[text] else (0, len(text)))), []).append(number)
    found: list[str | None] = [None] * len(places)
    for batch in _batches([paragraph for paragraph in wanted if apart[paragraph[0]]]):
        # A blank line parts paragraphs, so those of several texts can be read as one text.
        spans = sentences("\n\n".join(text[begin:end] for text, begin, end in batch))
        first = 0
        for paragraph in batch:
            _fill(found, places, wanted[paragraph], paragraph, spans, first)
            first += paragraph[2] - paragraph[1] + 2
    for paragraph, numbers in wanted.items():
        if not apart[paragraph[0]]:
            _fill(found, places, numbers, paragraph, sentences(paragraph[0]), 0)
    return found


def _has_paragraphs(text: str) -> bool:
    """Return whether only blank lines part paragraphs; what other breaks do depends on the whole text."""
    return "\n" not in text.replace("\n\n", "") and not any(mark in text for mark in _OTHER_BREAKS)


def _paragraph(text: str, place: int) -> tuple[int, int]:
    begin = text.rfind("\n\n", 0, place) + 1
    following = text.find("\n\n", place)
    return begin, following if following >= 0 else len(text)


def _batches(paragraphs: list[Paragraph]) -> Iterator[list[Paragraph]]:
    batch: list[Paragraph] = []
    size = 0
    for paragraph in paragraphs:
        batch.append(paragraph)
        size += paragraph[2] - paragraph[1]
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _fill(
    found: list[str | None],
    places: list[tuple[str, int]],
    numbers: list[int],
    paragraph: Paragraph,
    spans: list[tuple[int, int]],
    first: int,
) -> None:
    """Write the sentences of some places of a paragraph, which begins at `first` in the text that has the `spans`."""
    text, begin, end = paragraph
    starts = [start for start, _ in spans]
    for number in numbers:
        which = bisect_right(starts, places[number][1] - begin + first) - 1
        # Before the first sentence of a paragraph stands nothing that belongs to another.
        if which < 0 or starts[which] < first:
            which += 1
        if which < len(spans) and spans[which][1] <= first + end - begin:
            found[number] = text[begin + spans[which][0] - first : begin + spans[which][1] - first]


def sentence_bounds(source: Source, counted: Tokens) -> Integers:
    """Return at which words of `counted`, which was made from `source`, sentences begin; their number at the end.

    Raises
    ------
    InvalidQuery
        When there are no texts to find sentences in.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.terms.tokens import tokens
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam broke. Nobody saw it.", "Old."]})
    >>> sentence_bounds(articles, tokens(articles)).tolist()
    [0, 3, 6, 7]
    """
    texts = texts_of(source)
    if texts is None:
        raise InvalidQuery("Sentences need the texts, and these Tokens have none; give articles.")
    bounds = [counted.offsets]
    for offset, text in zip(counted.offsets.tolist(), texts, strict=False):
        if isinstance(text, str):
            starts = np.fromiter((start for start, _ in words(text)), dtype=np.int64)
            ends = np.fromiter((end for _, end in sentences(text)), dtype=np.int64)
            bounds.append(offset + np.searchsorted(starts, ends))
    return np.unique(np.concatenate(bounds))
