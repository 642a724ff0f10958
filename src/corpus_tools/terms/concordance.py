"""Every place where a query occurs, with what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery
from corpus_tools.language import sentences
from corpus_tools.terms._finding import Matches, Spans, finder
from corpus_tools.terms.queries import Queries, Query, parse
from corpus_tools.terms.tokens import Specification

__all__ = ["COLUMNS", "SORTS", "SentenceFinder", "TextIndex", "concordance", "finder"]

COLUMNS = ("article_id", "start", "end", "left", "match", "right", "sentence", "outlet", "published", "query")
SORTS = ("text", "left", "right", "match", "outlet", "published", "query")


class TextIndex(Protocol):
    """A stored corpus that knows which articles hold a word, so that a concordance need not read them all."""

    def articles_with(self, alternatives: Sequence[Sequence[str]] | None) -> pd.DataFrame:
        """Return the articles that may match, in the order of the corpus.

        Parameters
        ----------
        alternatives : sequence of sequences of str, optional
            An article is wanted when it holds all words of any of these. A word ending in ``*`` is the beginning of
            one; a word may hold hyphens and apostrophes. Articles too many do no harm, one too few does. None asks
            for all articles.
        """


def concordance(
    articles: pd.DataFrame | TextIndex,
    query: Queries,
    *,
    window: int = 8,
    lowercase: bool = True,
    sort: str | Sequence[str] = "text",
    limit: int | None = None,
) -> pd.DataFrame:
    """Show `query` in its contexts (KWIC: key word in context).

    Parameters
    ----------
    articles : DataFrame or TextIndex
        The articles, or a stored corpus that finds them by their words.
    query : str, sequence of str or mapping
        ``word``; ``several words`` that follow each other, whatever marks stand between; a pattern, in which ``*``
        stands for any characters of a word and alone for any word (``flood*``, ``the * minister``);
        ``/regular expression/``, which is matched with the text itself; several of these, of which the longest of
        overlapping matches is shown; or concepts, each a name with several of these.
    window : int
        Words on either side.
    lowercase : bool
        Whether upper and lower case are one.
    sort : str or sequence of str
        Order of the rows: ``text`` (as in the articles), ``left`` (by the words before, nearest first), ``right``,
        ``match``, ``outlet``, ``published``, ``query``; or single places such as ``1R`` and ``2L`` (first word to the
        right, second to the left). Several sort one within another.
    limit : int, optional
        Most rows; all by default.

    Returns
    -------
    DataFrame
        One row for each match: ``article_id``, ``start`` and ``end`` (characters), ``left``, ``match``, ``right``,
        ``sentence``, ``outlet``, ``published`` and ``query`` (of concepts: the name).

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
    if window < 0 or (limit is not None and limit < 0):
        raise InvalidQuery("window and limit must be 0 or more.")
    order = _order(sort)
    specification = Specification(lowercase=lowercase)
    names = _names(query)
    parsed = [parse(one, specification) for one in names]
    find = finder(parsed, specification)
    table = articles if isinstance(articles, pd.DataFrame) else articles.articles_with(_alternatives(parsed))
    schema.require(table, "article_id", "text")
    rows = (
        row
        for article_id, text in zip(table["article_id"], table["text"], strict=True)
        if isinstance(text, str)
        for row in _rows(article_id, text, find, window)
    )
    # Where nothing is to be sorted, what lies beyond the limit need not be looked for.
    found = pd.DataFrame(islice(rows, limit) if not order else rows, columns=[*COLUMNS[:7], "query"])
    found = _with_articles(found.assign(query=found["query"].map(names)), table)
    found = _sorted(found, order)
    return found if limit is None else found.head(limit)


def _names(query: Queries) -> dict[str, str]:
    """Return each query with the name under which it is shown."""
    if isinstance(query, str):
        return {query: query}
    if not isinstance(query, Mapping):
        return {one: one for one in query}
    return {
        one: name for name, several in query.items() for one in ([several] if isinstance(several, str) else several)
    }


def _alternatives(queries: list[Query]) -> list[list[str]] | None:
    """Return what a `TextIndex` is asked for: the words of each query that can be looked up."""
    found = []
    for query in queries:
        words = [part for part in query.parts if re.fullmatch(r"[^*]+\*?", part)]
        if not words:
            return None
        found.append(words)
    return found


def _rows(
    article_id: Any, text: str, find: Callable[[str], tuple[Matches, Spans]], window: int
) -> Iterator[tuple[Any, ...]]:
    found, spans = find(text)
    if not found:
        return
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    sentence_at = SentenceFinder(text)
    for start, end, source in found:
        before, after = bisect_right(ends, start), bisect_left(starts, end)
        left = text[starts[max(before - window, 0)] : start] if before and window else ""
        right = text[end : ends[min(after + window, len(ends)) - 1]] if after < len(ends) and window else ""
        yield article_id, start, end, _line(left), _line(text[start:end]), _line(right), sentence_at(start), source


class SentenceFinder:
    """Finds the sentence at a place of `text`, reading only the paragraphs that are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Only blank lines part paragraphs for sure; other breaks depend on the whole text.
        self._paragraphs = "\n" not in text.replace("\n\n", "") and not any(mark in text for mark in _OTHER_BREAKS)
        self._known: dict[int, Spans] = {}

    def __call__(self, place: int) -> str | None:
        """Return the sentence that holds the character at `place`."""
        text, begin, end = self._text, 0, len(self._text)
        if self._paragraphs:
            begin = text.rfind("\n\n", 0, place) + 1
            following = text.find("\n\n", place)
            end = following if following >= 0 else end
        if begin not in self._known:
            self._known[begin] = sentences(text[begin:end])
        spans = self._known[begin]
        if not spans:
            return None
        start, stop = spans[max(bisect_right([start for start, _ in spans], place - begin) - 1, 0)]
        return text[begin + start : begin + stop]


_OTHER_BREAKS = "\x0b\x0c\x85\u2028\u2029"


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


def _order(sort: str | Sequence[str]) -> list[str]:
    """Return what to sort by; nothing for the order of the articles."""
    wanted = [sort] if isinstance(sort, str) else list(sort)
    for one in wanted:
        if one not in SORTS and not _PLACE.fullmatch(one):
            raise InvalidQuery(f"Rows cannot be sorted by {one!r}; give {', '.join(SORTS)}, or places such as 1R, 2L.")
    return [one for one in wanted if one != "text"]


_PLACE = re.compile(r"([1-9]\d?)([LR])")


def _sorted(table: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    if not order or table.empty:
        return table
    keys = list(zip(*(_keys(table, one) for one in order), strict=True))
    return table.iloc[sorted(range(len(table)), key=keys.__getitem__)].reset_index(drop=True)


def _keys(table: pd.DataFrame, sort: str) -> list[Any]:
    place = _PLACE.fullmatch(sort)
    if place:
        distance, side = int(place[1]), "left" if place[2] == "L" else "right"
        contexts = [text.lower().split()[:: -1 if side == "left" else 1] for text in table[side]]
        return [context[distance - 1] if len(context) >= distance else "" for context in contexts]
    if sort == "left":
        return [text.lower().split()[::-1] for text in table["left"]]
    if sort in ("right", "match"):
        return table[sort].str.lower().tolist()
    # Unknown outlets and dates stand last.
    unknown = table[sort].isna().tolist()
    return [(True, 0) if absent else (False, value) for value, absent in zip(table[sort], unknown, strict=True)]
