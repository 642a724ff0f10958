"""How rich the vocabulary of a text is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._groups import group
from corpus_tools.terms.tokens import Source, tokens

#: McCarthy and Jarvis' type-token ratio at which a stretch of text is used up.
MTLD_RATIO = 0.72


def lexical_diversity(
    articles: Source,
    *,
    by: str | Sequence[str] | None = "article_id",
    window: int = 100,
    lowercase: bool = True,
    stemming: str | None = None,
) -> pd.DataFrame:
    """Measure the richness of the vocabulary.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    by : str or sequence of str, optional
        What to measure: each article by default, or groups as in `frequency`, whose articles are read one after
        another; None for the whole corpus.
    window : int
        Words of the window of `mattr`.
    lowercase, stemming
        See `corpus_tools.terms.tokens`.

    Returns
    -------
    DataFrame
        One row for each article or group: its columns, ``articles``, ``tokens``, ``types`` (distinct words),
        ``hapaxes`` (words that occur once), ``ttr`` (types by tokens; falls with length), ``mattr`` (its mean over
        all windows; missing for a text shorter than one), ``mtld`` (mean length of stretches that keep the ratio
        above 0.72; missing where no word is repeated), ``yules_k``, ``simpsons_d``, ``herdans_c``, ``guirauds_r``,
        ``maas``. Compare texts of different length by ``mattr`` and ``mtld``.

    References ---------- Covington, M. A., McFall, J. D. (2010). Cutting the Gordian knot: the moving-average
    type-token ratio. McCarthy, P. M., Jarvis, S. (2010). MTLD, vocd-D, and HD-D. Behavior Research Methods 42.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["the dam the dam the road"]})
    >>> lexical_diversity(articles, window=2)[["tokens", "types", "mattr"]].values.tolist()
    [[6.0, 3.0, 1.0]]
    """
    if window < 1:
        raise InvalidQuery(f"window={window} has no meaning; give 1 or more words.")
    counted = tokens(articles, lowercase=lowercase, stemming=stemming)
    groups = group(counted.articles, by)
    of_word = groups.codes[counted.article_of]
    order = np.argsort(of_word, kind="stable")
    number = len(groups.labels)
    bounds = np.searchsorted(of_word[order], np.arange(number + 1))
    rows = [_measures(counted.codes[order[first:last]], window) for first, last in pairwise(bounds.tolist())]
    columns = list(_measures(np.empty(0, np.int32), window))
    table = pd.concat([groups.labels, pd.DataFrame(rows, columns=columns, index=groups.labels.index)], axis=1)
    table.insert(len(groups.labels.columns), "articles", np.bincount(groups.codes, minlength=number))
    if by == "article_id" and len(table):
        given = counted.articles["article_id"].astype("str").drop_duplicates()
        table = table.set_index("article_id").loc[given.tolist()].reset_index()
    table = table.astype(dict.fromkeys(("tokens", "types", "hapaxes"), "int64"))
    table.attrs = {"tokens": counted.describe(), "window": window}
    return table


def _measures(codes: Any, window: int) -> dict[str, Any]:
    n = len(codes)
    _, inverse, counts = np.unique(codes, return_inverse=True, return_counts=True)
    v = len(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        size, types = np.float64(n), np.float64(v)
        squares = float((counts.astype(np.float64) ** 2).sum())
        return {
            "tokens": n,
            "types": v,
            "hapaxes": int((counts == 1).sum()),
            "ttr": types / size,
            "mattr": moving_ratio(inverse, window),
            "mtld": mtld(inverse.tolist()),
            "yules_k": 1e4 * (squares - size) / size**2,
            "simpsons_d": (squares - size) / (size * (size - 1)) if n > 1 else np.nan,
            "herdans_c": np.log(types) / np.log(size) if n > 1 else np.nan,
            "guirauds_r": types / np.sqrt(size),
            "maas": np.sqrt((np.log10(size) - np.log10(types)) / np.log10(size) ** 2) if n > 1 else np.nan,
        }


def moving_ratio(codes: Any, window: int) -> float:
    """Return MATTR: the mean share of distinct words in all windows, in linear time.

    Examples
    --------
    >>> moving_ratio(np.array([0, 1, 0, 0]), 3)
    0.6666666666666666
    """
    n = len(codes)
    if n < window:
        return float("nan")
    order = np.argsort(codes, kind="stable")
    previous = np.full(n, -1, dtype=np.int64)
    same = codes[order[1:]] == codes[order[:-1]]
    previous[order[1:][same]] = order[:-1][same]
    # A word is the first of its kind in the windows that begin after its previous occurrence and not after itself.
    place = np.arange(n)
    first = np.maximum(np.maximum(previous + 1, place - window + 1), 0)
    last = np.minimum(place, n - window)
    distinct = int(np.maximum(last - first + 1, 0).sum())
    return distinct / (window * (n - window + 1))


def mtld(codes: list[int], *, ratio: float = MTLD_RATIO) -> float:
    """Return MTLD: how many words on average keep the type-token ratio above `ratio`, read forwards and backwards.

    Examples
    --------
    >>> round(mtld([0, 1, 0, 1, 2, 3]), 3)
    6.0
    """
    forwards, backwards = _factors(codes, ratio), _factors(codes[::-1], ratio)
    if not forwards or not backwards:
        return float("nan")
    return (len(codes) / forwards + len(codes) / backwards) / 2


def _factors(codes: list[int], ratio: float) -> float:
    factors, length = 0.0, 0
    seen: set[int] = set()
    for code in codes:
        length += 1
        seen.add(code)
        if len(seen) / length < ratio:
            factors += 1
            length = 0
            seen.clear()
    if length:
        factors += (1 - len(seen) / length) / (1 - ratio)
    return factors
