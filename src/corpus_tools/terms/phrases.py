"""Multi-word expressions: runs of words that are used as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._grams import check_sizes, distinct_values, joined, rank
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
    kept, least = allowed(counted, _stopwords(stopwords)), max(min_count, 1)
    runs = _frequent_runs(counted, max(sizes), least)
    owners = counted.article_of
    frames = []
    covered = np.zeros(len(counted) + 1, dtype=np.int64)
    for size in sorted(set(sizes), reverse=True):
        chosen = _cohesive(runs, size, kept, min_npmi)
        frame, listed = _listed(counted, runs[size], chosen, covered, owners, least, min_documents)
        begins = runs[size].begins[listed[runs[size].codes]]
        for shift in range(size):
            np.maximum.at(covered, begins + shift, begins + size)
        frames.append(frame)
    table = pd.concat(frames, ignore_index=True)[list(COLUMNS)]
    table = table.sort_values(["free", "size", "phrase"], ascending=[False, False, True], kind="stable")
    table = table.reset_index(drop=True)
    table.attrs = {"tokens": counted.describe()}
    return table


@dataclass(frozen=True)
class _Runs:
    """The runs of one size that are frequent: at which words they begin, which they are, how often each occurs.

    `number` gives each word of the corpus the run that begins with it, -1 where none does that is frequent.
    """

    size: int
    begins: Integers
    codes: Integers
    counts: Integers
    parts: Integers
    number: Integers


def _frequent_runs(counted: Tokens, longest: int, least: int) -> dict[int, _Runs]:
    """Return the runs of 1 to `longest` words that occur at least `least` times.

    No run is more frequent than the runs it is made of, so longer ones are looked for only where these are frequent.
    """
    vocabulary = max(len(counted.vocabulary), 1)
    words = counted.codes.astype(np.int64)
    found = {1: _frequent(words, np.arange(len(words)), np.arange(vocabulary)[:, None], len(words), least)}
    ends = np.repeat(counted.offsets[1:], counted.lengths)
    for size in range(2, longest + 1):
        shorter = found[size - 1]
        begins = shorter.begins[shorter.begins + size <= ends[shorter.begins]]
        begins = begins[shorter.number[begins + 1] >= 0]
        lasts = words[begins + size - 1]
        codes, distinct = rank(shorter.number[begins] * vocabulary + lasts)
        parts = np.column_stack([shorter.parts[distinct // vocabulary], distinct % vocabulary])
        found[size] = _frequent(codes, begins, parts, len(words), least)
    return found


def _frequent(codes: Integers, begins: Integers, parts: Integers, words: int, least: int) -> _Runs:
    """Return the frequent ones among some runs, numbered."""
    counts = np.bincount(codes, minlength=len(parts))
    often = counts >= least
    renumbered = np.where(often, np.cumsum(often) - 1, -1)[codes]
    begins, codes = begins[renumbered >= 0], renumbered[renumbered >= 0]
    number = np.full(words, -1, dtype=np.int64)
    number[begins] = codes
    return _Runs(parts.shape[1], begins, codes, counts[often], parts[often], number)


def _cohesive(runs: dict[int, _Runs], size: int, kept: Any, min_npmi: float) -> pd.DataFrame:
    """Return the runs of one size that hold together: their codes, counts and cohesion."""
    run = runs[size]
    codes = np.flatnonzero(kept[run.parts[:, 0]] & kept[run.parts[:, -1]])
    weakest = np.full(len(codes), np.inf)
    first = np.zeros(len(run.parts), dtype=np.int64)
    first[run.codes[::-1]] = run.begins[::-1]
    first = first[codes]
    for head in range(1, size):
        left = runs[head].counts[runs[head].number[first]]
        right = runs[size - head].counts[runs[size - head].number[first + head]]
        weakest = np.minimum(weakest, _npmi(run.counts[codes], left, right, len(runs[1].number)))
    table = pd.DataFrame({"code": codes, "count": run.counts[codes], "npmi": weakest})
    return table[table["npmi"] >= min_npmi].reset_index(drop=True)


def _npmi(together: Integers, left: Integers, right: Integers, total: int) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(together * float(total) / (left * right.astype(np.float64))) / -np.log(together / total)
    return np.where(together == total, 1.0, value)


def _listed(
    counted: Tokens,
    run: _Runs,
    chosen: pd.DataFrame,
    covered: Integers,
    owners: Integers,
    least: int,
    min_documents: int,
) -> tuple[pd.DataFrame, Any]:
    """Return the rows of one size and which runs are listed, given how far longer phrases reach from each word."""
    number = len(run.parts)
    # A run is nested when a longer phrase covers its first word and reaches beyond its last.
    inside = covered[run.begins] >= run.begins + run.size
    nested = np.bincount(run.codes[inside], minlength=number)
    pairs = distinct_values(owners[run.begins] * max(number, 1) + run.codes)
    documents = np.bincount(pairs % max(number, 1), minlength=number)
    code = chosen["code"].to_numpy()
    free = chosen["count"].to_numpy() - nested[code]
    wanted = (free >= least) & (documents[code] >= min_documents)
    code = code[wanted]
    frame = pd.DataFrame(
        {
            "phrase": pd.Series(joined(counted, run.parts[code].astype(np.int32)).to_pandas(), dtype="str"),
            "size": run.size,
            "count": run.counts[code],
            "nested": nested[code],
            "free": free[wanted],
            "per_million": per_million(run.counts[code], len(counted)),
            "documents": documents[code],
            "articles": len(counted.articles),
            "tokens": len(counted),
            "npmi": chosen["npmi"].to_numpy()[wanted],
        }
    )
    listed = np.zeros(number, dtype=bool)
    listed[code] = True
    return frame, listed
