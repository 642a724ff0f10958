"""Queries of every kind as places among the words of a corpus."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._finding import finder
from corpus_tools.terms._types import Integers
from corpus_tools.terms.queries import Query, all_occurrences, parse
from corpus_tools.terms.tokens import Source, Tokens, texts_of


def locate(source: Source, counted: Tokens, queries: Sequence[str]) -> tuple[Integers, Integers]:
    """Return begins and ends (exclusive) of all `queries` among the words of `counted`, which was made from `source`.

    A match of a regular expression reaches over every word of which it holds a part; one that holds none is left out.

    Raises
    ------
    InvalidQuery
        For a regular expression where only `Tokens` are at hand that have no texts.
    """
    understood = [parse(query, counted.specification) for query in queries]
    expressions = [query for query in understood if query.expression is not None]
    begins, ends = all_occurrences(counted, [query.text for query in understood if query.expression is None])
    if not expressions:
        return begins, ends
    texts = texts_of(source)
    if texts is None:
        raise InvalidQuery(
            f"{expressions[0].text} is a regular expression, which needs the texts: these Tokens have none, give "
            "articles."
        )
    pairs = [*zip(begins.tolist(), ends.tolist(), strict=True), *_expressed(texts, counted, expressions)]
    kept: list[tuple[int, int]] = []
    for begin, end in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if not kept or begin >= kept[-1][1]:
            kept.append((begin, end))
    both = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _expressed(texts: list[str | None], counted: Tokens, expressions: list[Query]) -> Iterator[tuple[int, int]]:
    """Return which words regular expressions match, from and up to."""
    find = finder(expressions, counted.specification)
    for offset, text in zip(counted.offsets.tolist(), texts, strict=False):
        matches, spans = find(text) if isinstance(text, str) else ([], [])
        word_starts, word_ends = [start for start, _ in spans], [end for _, end in spans]
        for start, end, _ in matches:
            first, last = bisect_right(word_ends, start), bisect_left(word_starts, end)
            if first < last:
                yield offset + first, offset + last
