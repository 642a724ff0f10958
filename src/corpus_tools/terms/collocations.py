"""Which words keep company."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from corpus_tools.errors import InvalidQuery, NoArticles
from corpus_tools.terms._locate import locate
from corpus_tools.terms._pair_counts import PairCounts, count_neighbours, count_pairs, from_table, with_sizes
from corpus_tools.terms._sentences import sentence_bounds
from corpus_tools.terms._specification import Specification
from corpus_tools.terms.matrix import allowed, check_min_count
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Tokens, tokens

MEASURES = (
    "log_dice", "log_likelihood", "pmi", "pmi2", "pmi3", "npmi", "t", "z", "chi_squared", "dice", "jaccard", "delta_p",
    "delta_p_reverse", "log_odds", "log_odds_z", "min_sensitivity", "phi_squared", "mi_like", "poisson_stirling",
    "count",
)  # fmt: skip

#: What windows do not reach beyond.
SPANS = ("article", "sentence", "ngram")
#: Words of a window that holds any sentence.
_WHOLE = 1_000_000


def collocations(
    articles: Source,
    *,
    node: str | Sequence[str] | None = None,
    window: int | tuple[int, int] | None = None,
    span: str = "article",
    measure: str = "log_dice",
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 5,
    lowercase: bool = True,
    stemming: str | None = None,
) -> pd.DataFrame:
    """Find words that stand together more often than chance has it.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    node : str or sequence of str, optional
        A query (see `concordance`) whose neighbours are wanted; without one, all pairs of words.
    window : int or (int, int), optional
        How many words before and after the node belong to its company; 5 by default. For pairs, how many words
        further the second may stand; by default 1, the next word.
    span : {"article", "sentence", "ngram"}
        What no window reaches beyond: the article, or the sentence (a node's company is then by default all of it). In
        ``"ngram"`` all pairs are counted as NLTK does: within runs of ``window + 1`` words, compared with how often
        words occur rather than with how often they are first or second.
    measure : str
        What to rank by; all measures are columns, see `association`.
    stopwords : str, iterable of str or None
        Collocates to leave out, as in `frequency`; they still count as neighbours.
    min_count : int
        Fewest occurrences together.
    lowercase, stemming
        See `corpus_tools.terms.tokens`.

    Returns
    -------
    DataFrame
        One row for each pair, strongest first: ``node``, ``collocate``, ``count`` (together), ``per_million``,
        ``documents`` (articles with both together), ``node_count``, ``collocate_count``, ``articles``, ``tokens``,
        then the measures.

    Notes
    -----
    With a node the table behind each measure compares the words in its windows (each word once, however many
    windows it is in) with all words outside (Evert 2008, surface cooccurrence); `log_dice` and `dice` take the
    frequencies of node and collocate, as Sketch Engine does. Pairs are compared with all pairs at such a distance.

    References
    ----------
    Evert, S. (2008). Corpora and collocations. Rychlý, P. (2008). A lexicographer-friendly association score. Gries, S.
    T. (2013). 50-something years of work on collocations.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["Heavy rain fell. Heavy rain again, then light rain."]})
    >>> table = collocations(articles, node="rain", window=1, min_count=1)
    >>> table[["collocate", "count", "node_count"]].head(2).values.tolist()
    [['heavy', 2, 3], ['again', 1, 3]]
    """
    check_measure(measure, min_count)
    counted = tokens(articles, lowercase=lowercase, stemming=stemming)
    reach = _reach(window, span, pairs=node is None)
    counts = _count(articles, counted, node, reach, span)
    return _ranked(counts, counted.describe(), (reach, span), measure, stopwords, min_count)


def collocation_counts(
    articles: Source,
    *,
    node: str | Sequence[str] | None = None,
    window: int | tuple[int, int] | None = None,
    span: str = "article",
    lowercase: bool = True,
    stemming: str | None = None,
) -> pd.DataFrame:
    """Count what `collocations` needs of a part of a corpus.

    Parameters
    ----------
    articles, node, window, span, lowercase, stemming
        As in `collocations`.

    Returns
    -------
    DataFrame
        ``kind`` of count, ``node``, ``collocate``, ``count``, ``documents``: pairs, and words by themselves, which
        have no other. Tables of parts add up with `combine_collocation_counts`.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["Heavy rain fell."]})
    >>> collocation_counts(articles, node="rain", window=1)[["kind", "collocate", "count"]].head(3).values.tolist()
    [['pair', 'fell', 1], ['pair', 'heavy', 1], ['first', nan, 1]]
    """
    counted = tokens(articles, lowercase=lowercase, stemming=stemming)
    reach = _reach(window, span, pairs=node is None)
    counts = _count(articles, counted, node, reach, span)
    table = counts.to_table()
    table.attrs = {"tokens": counted.describe(), "window": list(reach), "span": span, "node": counts.node}
    return table


def combine_collocation_counts(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Add up tables that `collocation_counts` made of different articles with the same options.

    Parameters
    ----------
    tables : iterable of DataFrame
        The tables; sums can be added to others again.

    Returns
    -------
    DataFrame
        One table of the same form.

    Raises
    ------
    InvalidQuery
        When they count different things.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["Heavy rain fell.", "Heavy rain again."]})
    >>> parts = [collocation_counts(articles.iloc[[row]], node="rain", window=1) for row in (0, 1)]
    >>> collocations_from_counts(combine_collocation_counts(parts), min_count=2)["collocate"].tolist()
    ['heavy']
    """
    import pyarrow as pa

    given = list(tables)
    described = [_described(table) for table in given]
    if any(one[:2] != described[0][:2] for one in described):
        raise InvalidQuery("These tables were counted with different options; count all with the same.")
    if len(given) < 2:
        return _only(given)
    rows = pa.concat_tables([pa.Table.from_pandas(table, preserve_index=False) for table in given])
    keys = ["kind", "node", "collocate"]
    sums = rows.group_by(keys).aggregate([("count", "sum"), ("documents", "sum")])
    table: pd.DataFrame = sums.rename_columns([*keys, "count", "documents"]).to_pandas()
    sizes = {name: sum(one[2][name] for one in described) for name in ("articles", "tokens")}
    table = table.astype(dict.fromkeys(keys, "str")).sort_values(keys, ignore_index=True)
    table.attrs = {**given[0].attrs, "tokens": {**described[0][0], **sizes}}
    return table


def collocations_from_counts(
    counts: pd.DataFrame,
    *,
    measure: str = "log_dice",
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 5,
) -> pd.DataFrame:
    """Score what `collocation_counts` and `combine_collocation_counts` counted.

    Parameters
    ----------
    counts : DataFrame
        The counts.
    measure, stopwords, min_count
        As in `collocations`.

    Returns
    -------
    DataFrame
        What `collocations` gives for all articles at once.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["Heavy rain fell. Heavy rain again."]})
    >>> table = collocations_from_counts(collocation_counts(articles, node="rain", window=1), min_count=2)
    >>> table.equals(collocations(articles, node="rain", window=1, min_count=2))
    True
    """
    check_measure(measure, min_count)
    specified, (window, span, node), sizes = _described(counts)
    held = from_table(counts, Specification(**specified), node, window[1] if span == "ngram" else 1)
    return _ranked(held, {**specified, **sizes}, ((window[0], window[1]), span), measure, stopwords, min_count)


def collocations_of_parts(
    parts: Iterable[pd.DataFrame],
    *,
    measure: str = "log_dice",
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 5,
    **options: Any,
) -> pd.DataFrame:
    """Find collocations of a corpus part by part, so that its texts need not fit into memory.

    Parameters
    ----------
    parts : iterable of DataFrame
        Tables of articles, e.g. ``corpus.parts()``; no article may be in two of them.
    measure, stopwords, min_count, **options
        As in `collocations`.

    Returns
    -------
    DataFrame
        What `collocations` gives for all articles at once.

    Raises
    ------
    NoArticles
        When there are no parts.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["Heavy rain fell.", "Heavy rain again."]})
    >>> collocations_of_parts([articles.head(1), articles.tail(1)], min_count=2)[["node", "count"]].values.tolist()
    [['heavy', 2]]
    """
    check_measure(measure, min_count)
    counts: pd.DataFrame | None = None
    for part in parts:
        found = collocation_counts(part, **options)
        counts = found if counts is None else combine_collocation_counts([counts, found])
    if counts is None:
        raise NoArticles("The corpus has no parts to count.")
    return collocations_from_counts(counts, measure=measure, stopwords=stopwords, min_count=min_count)


def check_measure(measure: str, min_count: int) -> None:
    """Raise `InvalidQuery` unless there is such a measure of collocation, and such a number of occurrences."""
    if measure not in MEASURES:
        raise InvalidQuery(f"There is no measure {measure!r}; there are {', '.join(MEASURES)}.")
    check_min_count(min_count)


def _reach(window: int | tuple[int, int] | None, span: str, *, pairs: bool) -> tuple[int, int]:
    """Return how many words before and after belong to the company: by default 5, in pairs the next word."""
    if span not in SPANS:
        raise InvalidQuery(f"There is no span {span!r}; there are {', '.join(SPANS)}.")
    if span == "ngram" and not pairs:
        raise InvalidQuery('span="ngram" compares all pairs of words; leave node out, or take another span.')
    default = 1 if pairs else _WHOLE if span == "sentence" else 5
    before, after = (window, window) if isinstance(window, int) else window or (default, default)
    if before < 0 or after < 0 or before + after == 0:
        raise InvalidQuery(f"window={window!r} has no meaning; give 1 or more words.")
    return before, after


def _count(
    articles: Source, counted: Tokens, node: str | Sequence[str] | None, reach: tuple[int, int], span: str
) -> PairCounts:
    bounds = sentence_bounds(articles, counted) if span == "sentence" else counted.offsets
    if node is None:
        return count_pairs(counted, reach[1], bounds, ngram=span == "ngram")
    queries = [node] if isinstance(node, str) else list(node)
    return count_neighbours(counted, " | ".join(queries), locate(articles, counted, queries), reach, bounds)


def _ranked(
    counts: PairCounts,
    described: dict[str, Any],
    reach: tuple[tuple[int, int], str],
    measure: str,
    stopwords: str | Iterable[str] | None,
    min_count: int,
) -> pd.DataFrame:
    table = with_sizes(counts.scored(allowed(counts, _stopwords(stopwords)), min_count), described)
    keys, ascending = [measure, "count", "node", "collocate"], [False, False, True, True]
    table = table.sort_values(keys, ascending=ascending, kind="stable", ignore_index=True)
    table.attrs = {"tokens": described, "measure": measure, "window": list(reach[0]), "span": reach[1]}
    return table


def _described(table: pd.DataFrame) -> tuple[dict[str, Any], tuple[Any, Any, Any], dict[str, int]]:
    """Return what a table of counts says of itself: what is a term; window, span and node; sizes."""
    try:
        specified = dict(table.attrs["tokens"])
        sizes = {name: int(specified.pop(name)) for name in ("articles", "tokens")}
        return specified, (table.attrs["window"], table.attrs["span"], table.attrs["node"]), sizes
    except KeyError:
        raise InvalidQuery("This table does not say how it was counted; take one of collocation_counts.") from None


def _only(tables: list[pd.DataFrame]) -> pd.DataFrame:
    if not tables:
        raise NoArticles("There is no table to combine.")
    return tables[0]
