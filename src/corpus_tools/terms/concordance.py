"""Every place where a query occurs, with what stands around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery
from corpus_tools.language import sentences, words
from corpus_tools.terms.queries import Query, compile_expression, literal, parse
from corpus_tools.terms.tokens import Specification

COLUMNS = ("article_id", "start", "end", "left", "match", "right", "sentence", "outlet", "published", "query")
SORTS = ("text", "left", "right", "match", "outlet", "published")

#: Seconds that a regular expression may take over all articles.
PATIENCE = 10.0


def concordance(
    articles: pd.DataFrame,
    query: str | Sequence[str],
    *,
    window: int = 8,
    lowercase: bool = True,
    sort: str = "text",
    limit: int | None = None,
) -> pd.DataFrame:
    """Show `query` in its contexts (KWIC: key word in context).

    Parameters
    ----------
    articles : DataFrame
        The articles.
    query : str or sequence of str
        ``word``; ``several words`` that follow each other, whatever marks stand between; a pattern, in which ``*``
        stands for any characters of a word and alone for any word (``flood*``, ``the * minister``);
        ``/regular expression/``, which is matched with the text itself; or several of these, of which the longest of
        overlapping matches is shown.
    window : int
        Words on either side.
    lowercase : bool
        Whether upper and lower case are one.
    sort : {"text", "left", "right", "match", "outlet", "published"}
        Order of the rows: as in the articles, by the words before (nearest first), by the words after, by the match, by
        outlet or by date.
    limit : int, optional
        Most rows; all by default.

    Returns
    -------
    DataFrame
        One row for each match: ``article_id``, ``start`` and ``end`` (characters), ``left``, ``match``, ``right``,
        ``sentence``, ``outlet``, ``published`` and ``query``.

    Raises
    ------
    InvalidQuery
        When the query is empty or no valid expression, or the expression takes longer than ten seconds.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["The dam broke at dawn. Nobody had checked the dam."]})
    >>> concordance(articles, "dam", window=2)[["left", "match", "right"]].values.tolist()
    [['The', 'dam', 'broke at'], ['checked the', 'dam', '']]
    """
    schema.require(articles, "article_id", "text")
    if window < 0 or (limit is not None and limit < 0):
        raise InvalidQuery("window and limit must be 0 or more.")
    if sort not in SORTS:
        raise InvalidQuery(f"Rows cannot be sorted by {sort!r}; give one of {', '.join(SORTS)}.")
    specification = Specification(lowercase=lowercase)
    queries = [query] if isinstance(query, str) else list(query)
    find = finder([parse(one, specification) for one in queries], specification)
    rows = [
        row
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        if isinstance(text, str)
        for row in _rows(article_id, text, find, window)
    ]
    table = pd.DataFrame(rows, columns=[*COLUMNS[:7], "query"])
    table = _with_articles(table, articles)
    table = _sorted(table, sort)
    return table if limit is None else table.head(limit)


_Matches = list[tuple[int, int, str]]
_Spans = list[tuple[int, int]]


def finder(queries: list[Query], specification: Specification) -> Callable[[str], tuple[_Matches, _Spans]]:
    """Return a function from a text to its matches (start, end, query), and to its words when there are any."""
    by_words = [query for query in queries if query.expression is None]
    expressions = [
        (query.text, compile_expression(query.expression, ignore_case=specification.lowercase))
        for query in queries
        if query.expression is not None
    ]
    normalise = specification.normaliser()
    wanted = [
        (query, literal(max(query.parts, key=lambda part: len(literal(part)))), _tests(query)) for query in by_words
    ]
    deadline = monotonic() + PATIENCE

    def find(text: str) -> tuple[_Matches, _Spans]:
        found: _Matches = []
        spans: _Spans = []
        for source, expression in expressions:
            found += _search(expression, text, source, deadline)
        folded = normalise(text) if wanted else ""
        near = [entry for entry in wanted if entry[1] in folded]
        if near:
            spans = words(text)
            terms = [normalise(text[start:end]) for start, end in spans]
            for query, _, tests in near:
                found += _match(terms, spans, tests, query.text)
        if found and not spans:
            spans = words(text)
        return (_longest(found) if len(queries) > 1 else found), spans

    return find


def _search(expression: Any, text: str, source: str, deadline: float) -> _Matches:
    left = deadline - monotonic()
    try:
        if left <= 0:
            raise TimeoutError
        return [
            (*match.span(), source) for match in expression.finditer(text, timeout=left) if match.end() > match.start()
        ]
    except TimeoutError:
        raise InvalidQuery(
            f"{source} took longer than {PATIENCE:g} seconds. Repetitions within repetitions, as in (a+)+, do that: "
            "write it without, or search fewer articles."
        ) from None


def _tests(query: Query) -> list[Callable[[str], bool]]:
    return [_test(part) for part in query.parts]


def _anything(_: str) -> bool:
    return True


def _test(part: str) -> Callable[[str], bool]:
    if part == "*":
        return _anything
    if "*" not in part:
        return part.__eq__
    pieces = part.split("*")
    first, last, middle = pieces[0], pieces[-1], [piece for piece in pieces[1:-1] if piece]

    def test(term: str) -> bool:
        if len(term) < len(first) + len(last) or not term.startswith(first) or not term.endswith(last):
            return False
        place, end = len(first), len(term) - len(last)
        for piece in middle:
            place = term.find(piece, place, end)
            if place < 0:
                return False
            place += len(piece)
        return True

    return test


def _match(
    terms: list[str], spans: list[tuple[int, int]], tests: list[Callable[[str], bool]], source: str
) -> Iterator[tuple[int, int, str]]:
    first, others = tests[0], list(enumerate(tests))[1:]
    for place in range(len(terms) - len(tests) + 1):
        if first(terms[place]) and all(test(terms[place + shift]) for shift, test in others):
            yield spans[place][0], spans[place + len(tests) - 1][1], source


def _longest(found: _Matches) -> _Matches:
    kept: _Matches = []
    for match in sorted(found, key=lambda entry: (entry[0], -entry[1], entry[2])):
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept


def _rows(
    article_id: Any, text: str, find: Callable[[str], tuple[_Matches, _Spans]], window: int
) -> Iterator[tuple[Any, ...]]:
    found, spans = find(text)
    if not found:
        return
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    within = sentences(text)
    sentence_starts = [start for start, _ in within]
    for start, end, source in found:
        before, after = bisect_right(ends, start), bisect_left(starts, end)
        left = text[starts[max(before - window, 0)] : start] if before and window else ""
        right = text[end : ends[min(after + window, len(ends)) - 1]] if after < len(ends) and window else ""
        of = max(bisect_right(sentence_starts, start) - 1, 0)
        sentence = text[slice(*within[of])] if within else None
        yield article_id, start, end, _line(left), _line(text[start:end]), _line(right), sentence, source


def _line(text: str) -> str:
    return " ".join(text.split())


def _with_articles(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    known = articles.drop_duplicates("article_id").set_index("article_id")
    known = known.reindex(columns=["outlet", "published"]).reindex(table["article_id"])
    table = table.assign(
        outlet=pd.Series(known["outlet"].to_numpy(), index=table.index, dtype="str"),
        published=pd.to_datetime(pd.Series(known["published"].to_numpy(), index=table.index)).astype("datetime64[s]"),
    )
    text = dict.fromkeys(("article_id", "left", "match", "right", "sentence", "query"), "str")
    return table.astype({**text, "start": "Int64", "end": "Int64"})[list(COLUMNS)]


def _sorted(table: pd.DataFrame, sort: str) -> pd.DataFrame:
    if sort == "text" or table.empty:
        return table
    values: list[Any]
    if sort == "left":
        values = [text.lower().split()[::-1] for text in table["left"]]
    elif sort in ("right", "match"):
        values = table[sort].str.lower().tolist()
    else:
        # Unknown outlets and dates stand last.
        values = [
            (unknown, value if not unknown else 0)
            for value, unknown in zip(table[sort], table[sort].isna(), strict=True)
        ]
    order = sorted(range(len(table)), key=values.__getitem__)
    return table.iloc[order].reset_index(drop=True)
