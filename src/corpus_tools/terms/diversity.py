"""How rich the vocabulary of a text is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._diversity_measures import NAMES, measures
from corpus_tools.terms._groups import group
from corpus_tools.terms.tokens import Source, Tokens, tokens


def lexical_diversity(
    articles: Source,
    *,
    by: str | Sequence[str] | None = "article_id",
    window: int = 100,
    numbers: bool = True,
    lowercase: bool = True,
    stemming: str | None = None,
) -> pd.DataFrame:
    """Measure the richness of the vocabulary; compare texts of different length by ``mattr`` and ``mtld`` alone.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    by : str or sequence of str, optional
        What to measure: each article by default, or groups as in `frequency`, whose articles are read one after
        another; None for the whole corpus.
    window : int
        Words of the window of `mattr` and of the stretches of `msttr`.
    numbers : bool
        Whether numbers written in digits count as words. quanteda leaves them out.
    lowercase, stemming
        See `corpus_tools.terms.tokens`.

    Returns
    -------
    DataFrame
        One row for each article or group: its columns, ``articles``, ``tokens``, ``types`` (distinct words),
        ``hapaxes`` (words that occur once), ``ttr`` (types by tokens; falls with length), ``mattr`` (its mean over all
        windows; Covington and McFall 2010), ``mtld`` (mean length of stretches that keep it above 0.72; McCarthy and
        Jarvis 2010), ``msttr`` (its mean over stretches), ``yules_k``, ``yules_i``, ``simpsons_d``, ``herdans_c``,
        ``herdans_vm``, ``guirauds_r``, ``carrolls_cttr``, ``dugasts_u``, ``summers_s``, ``maas`` (a),
        ``maas_lg_v0``, ``maas_lge_v0`` (as in Tweedie and Baayen 1998, decimal logarithms) and ``entropy`` (bits).
        What a text is too short for is missing.

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
    number = len(groups.labels)
    rows = [measures(codes, window) for codes in _texts(counted, groups.codes, number, numbers=numbers)]
    table = pd.concat([groups.labels, pd.DataFrame(rows, columns=list(NAMES), index=groups.labels.index)], axis=1)
    table.insert(len(groups.labels.columns), "articles", np.bincount(groups.codes, minlength=number))
    if by == "article_id" and len(table):
        given = counted.articles["article_id"].astype("str").drop_duplicates()
        table = table.set_index("article_id").loc[given.tolist()].reset_index()
    table = table.astype({**dict.fromkeys(NAMES, "float64"), **dict.fromkeys(NAMES[:3], "int64")})
    table.attrs = {"tokens": counted.describe(), "window": window, "numbers": numbers}
    return table


def _texts(counted: Tokens, group_of: Any, number: int, *, numbers: bool) -> list[Any]:
    """Return the words of each group, in the order of its articles."""
    of_word, codes = group_of[counted.article_of], counted.codes
    if not numbers:
        wanted = ~_are_numbers(counted)[codes] if len(codes) else np.empty(0, dtype=bool)
        of_word, codes = of_word[wanted], codes[wanted]
    order = np.argsort(of_word, kind="stable")
    bounds = np.searchsorted(of_word[order], np.arange(number + 1))
    return [codes[order[first:last]] for first, last in pairwise(bounds.tolist())]


def _are_numbers(counted: Tokens) -> Any:
    """Return which words of the vocabulary are numbers in digits, with their points, commas and signs of currency."""
    import pyarrow.compute as pc

    pattern = r"^\p{Sc}?\p{N}+([.,]*\p{N})*\p{Sc}?$"
    return np.asarray(pc.match_substring_regex(counted.vocabulary, pattern).to_numpy(zero_copy_only=False), dtype=bool)
