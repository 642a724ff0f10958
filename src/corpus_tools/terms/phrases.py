"""Multi-word expressions: runs of words that are used as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._grams import Grams, check_sizes, distinct_values, grams, joined
from corpus_tools.terms._types import Integers
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.matrix import allowed, check_min_count
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Tokens, tokens

COLUMNS = ("phrase", "size", "count", "nested", "free", "per_million", "documents", "articles", "tokens", "npmi")


def phrases(
    articles: Source,
    *,
    sizes: Sequence[int] = (2, 3, 4, 5),
    stopwords: str | Iterable[str] | None = "en",
    min_count: int = 3,
    min_documents: int = 1,
    min_npmi: float = 0.2,
    lowercase: bool = True,
) -> pd.DataFrame:
    """Find frequent multi-word expressions.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    sizes : sequence of int
        Numbers of words.
    stopwords : str, iterable of str or None
        Words with which no phrase begins or ends; English ones by default, as ``of the`` is frequent without being an
        expression. They may stand inside (``bank of mirava``).
    min_count : int
        Fewest occurrences outside of a longer phrase of the list.
    min_documents : int
        Fewest articles.
    min_npmi : float
        Least cohesion, from -1 to 1, at the phrase's weakest joint.
    lowercase : bool
        Whether upper and lower case are one.

    Returns
    -------
    DataFrame
        One row for each phrase, most often free first: ``phrase``, ``size``, ``count``, ``nested`` (within a longer
        phrase of the list), ``free`` (the others), ``per_million`` (of `count`), ``documents``, ``articles``,
        ``tokens`` and ``npmi`` (normalised pointwise mutual information of the two sides of the weakest joint).

    Examples
    --------
    >>> text = "A prime minister of Mirava met the prime minister of Oss. The prime minister of Mirava left."
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": [text]})
    >>> phrases(articles, min_count=1, sizes=(2, 4))[["phrase", "count", "nested", "free"]].head(1).values.tolist()
    [['prime minister of mirava', 2, 0, 2]]
    """
    check_min_count(min_count)
    if min(check_sizes(tuple(sizes))) < 2:
        raise InvalidQuery("A phrase has 2 words or more.")
    counted = tokens(articles, lowercase=lowercase)
    kept = allowed(counted, _stopwords(stopwords))
    runs = {size: grams(counted, size) for size in range(1, max(sizes) + 1)}
    chosen = {size: _cohesive(runs, size, kept, max(min_count, 1), min_npmi) for size in sorted(set(sizes))}
    frames = []
    covered = np.zeros(len(counted) + 1, dtype=np.int64)
    for size in sorted(chosen, reverse=True):
        frame, listed = _listed(counted, runs[size], chosen[size], covered, max(min_count, 1), min_documents)
        covered = np.maximum(covered, _reach(runs[size], counted, listed, size))
        frames.append(frame)
    table = pd.concat(frames, ignore_index=True)[list(COLUMNS)]
    table = table.sort_values(["free", "size", "phrase"], ascending=[False, False, True], kind="stable")
    table = table.reset_index(drop=True)
    table.attrs = {"tokens": counted.describe()}
    return table


def _cohesive(runs: dict[int, Grams], size: int, kept: Any, min_count: int, min_npmi: float) -> pd.DataFrame:
    """Return the runs of one size that are frequent and hold together: their codes, counts and cohesion."""
    run = runs[size]
    counts = np.bincount(run.codes, minlength=len(run.parts))
    codes = np.flatnonzero((counts >= min_count) & kept[run.parts[:, 0]] & kept[run.parts[:, -1]])
    weakest = np.full(len(codes), np.inf)
    first = np.full(len(run.parts), -1, dtype=np.int64)
    first[run.codes[::-1]] = np.arange(len(run.codes))[::-1]
    article = np.searchsorted(run.offsets, first[codes], side="right") - 1
    word = first[codes] - run.offsets[article]
    for head in range(1, size):
        left = _count_at(runs[head], article, word)
        right = _count_at(runs[size - head], article, word + head)
        weakest = np.minimum(weakest, _npmi(counts[codes], left, right, len(runs[1].codes)))
    table = pd.DataFrame({"code": codes, "count": counts[codes], "npmi": weakest})
    return table[table["npmi"] >= min_npmi].reset_index(drop=True)


def _count_at(run: Grams, article: Integers, word: Integers) -> Integers:
    counts = np.bincount(run.codes, minlength=len(run.parts))
    return np.asarray(counts[run.codes[run.offsets[article] + word]])


def _npmi(together: Integers, left: Integers, right: Integers, total: int) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(together * float(total) / (left * right.astype(np.float64))) / -np.log(together / total)
    return np.where(together == total, 1.0, value)


def _listed(
    counted: Tokens, run: Grams, chosen: pd.DataFrame, covered: Integers, min_count: int, min_documents: int
) -> tuple[pd.DataFrame, Any]:
    """Return the rows of one size and which runs are listed, given how far longer phrases reach from each word."""
    size, number = run.size, len(run.parts)
    article = np.repeat(np.arange(len(run.offsets) - 1), np.diff(run.offsets))
    begin = np.arange(len(run.codes)) - run.offsets[article] + counted.offsets[article]
    # A run is nested when a longer phrase covers its first word and reaches beyond its last.
    inside = covered[begin] >= begin + size
    nested = np.bincount(run.codes[inside], minlength=number)
    pairs = distinct_values(article * max(number, 1) + run.codes)
    documents = np.bincount(pairs % max(number, 1), minlength=number)
    code = chosen["code"].to_numpy()
    free = chosen["count"].to_numpy() - nested[code]
    wanted = (free >= min_count) & (documents[code] >= min_documents)
    code = code[wanted]
    frame = pd.DataFrame(
        {
            "phrase": pd.Series(joined(counted, run.parts[code]).to_pandas(), dtype="str"),
            "size": size,
            "count": chosen["count"].to_numpy()[wanted],
            "nested": nested[code],
            "free": free[wanted],
            "per_million": per_million(chosen["count"].to_numpy()[wanted], len(counted)),
            "documents": documents[code],
            "articles": len(counted.articles),
            "tokens": len(counted),
            "npmi": chosen["npmi"].to_numpy()[wanted],
        }
    )
    listed = np.zeros(number, dtype=bool)
    listed[code] = True
    return frame, listed


def _reach(run: Grams, counted: Tokens, listed: Any, size: int) -> Integers:
    """Return for each word how far (exclusive) the listed phrases reach that cover it."""
    article = np.repeat(np.arange(len(run.offsets) - 1), np.diff(run.offsets))
    begin = np.arange(len(run.codes)) - run.offsets[article] + counted.offsets[article]
    reach = np.zeros(len(counted) + 1, dtype=np.int64)
    begin = begin[listed[run.codes]]
    for shift in range(size):
        np.maximum.at(reach, begin + shift, begin + size)
    return reach
