"""Every place where a query occurs, with what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, Protocol

import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._finding import Matches, Spans, finder
from corpus_tools.terms._sentences import sentences_at
from corpus_tools.terms.queries import Queries, Query, parse
from corpus_tools.terms.tokens import Source, Specification, Tokens, texts_of

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
    articles: Source | TextIndex,
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
    articles : DataFrame, Tokens or TextIndex
        The articles, their words (with the texts, which are matched as they are written, also where stems were
        counted), or a stored corpus that finds articles by their words.
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
    find = finder(parsed, specification, reach=window)
    table = articles if isinstance(articles, Tokens | pd.DataFrame) else articles.articles_with(_alternatives(parsed))
    described = table.articles if isinstance(table, Tokens) else table
    schema.require(described, "article_id")
    texts = texts_of(table)
    if texts is None:
        raise InvalidQuery("These Tokens have no texts, so there is no concordance of them; give the articles.")
    matches = (
        row
        for article_id, text in zip(described["article_id"], texts, strict=True)
        if isinstance(text, str)
        for row in _rows(article_id, text, find, window)
    )
    # Where nothing is to be sorted, what lies beyond the limit need not be looked for.
    rows = list(islice(matches, limit) if not order else matches)
    found = pd.DataFrame([row[1:] for row in rows], columns=[*COLUMNS[:6], "query"])
    sentences = pd.Series(sentences_at([(row[0], row[2]) for row in rows]), index=found.index, dtype="str")
    found = found.assign(query=found["query"].map(names), sentence=sentences)
    found = _sorted(_with_articles(found, described), order)
    found = found if limit is None else found.head(limit)
    found.attrs = {"tokens": {**asdict(specification), "articles": len(described)}, "window": window}
    return found


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
    for start, end, source in found:
        before, after = bisect_right(ends, start), bisect_left(starts, end)
        left = text[starts[max(before - window, 0)] : start] if before and window else ""
        right = text[end : ends[min(after + window, len(ends)) - 1]] if after < len(ends) and window else ""
        yield text, article_id, start, end, _line(left), _line(text[start:end]), _line(right), source


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
