"""Who used a term first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.terms._finding import finder
from corpus_tools.terms._groups import Groups, group
from corpus_tools.terms._locate import locate
from corpus_tools.terms._sentences import sentences_at
from corpus_tools.terms._types import Integers
from corpus_tools.terms.intervals import per_million
from corpus_tools.terms.queries import Queries, named, parse
from corpus_tools.terms.tokens import Source, Specification, Tokens, text_at, tokens

COLUMNS = (
    "term", "published", "article_id", "outlet", "same_time", "sentence", "count", "per_million", "documents",
    "undated", "articles", "tokens",
)  # fmt: skip


def first_use(
    articles: Source, terms: Queries, *, by: str | Sequence[str] | None = None, lowercase: bool = True
) -> pd.DataFrame:
    """Find the earliest article with each term.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    terms : str, sequence of str or mapping
        Queries, or names of several queries each, as in `trend`.
    by : str or sequence of str, optional
        Groups, as in `frequency`; ``"outlet"`` says when each outlet took a term up.
    lowercase : bool
        Whether upper and lower case are one.

    Returns
    -------
    DataFrame
        One row for each group and term that it uses, earliest first: the group's columns, ``term``, ``published``,
        ``article_id``, ``outlet``, ``same_time`` (other articles of the same time with it: the first cannot be told),
        ``sentence`` (missing for `Tokens` without texts), ``count``, ``per_million``, ``documents`` (articles with the
        term), ``undated`` (of them, without a date), ``articles`` and ``tokens`` (of the group). Where no article with
        the term has a date, what would be the first is missing.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["Who owns the dam?", "The dam broke."],
    ...                          "published": pd.to_datetime(["2031-05-09", "2031-03-02"])})
    >>> first_use(articles, "dam")[["article_id", "sentence", "documents"]].values.tolist()
    [['a2', 'The dam broke.', 2]]
    """
    counted = tokens(articles, lowercase=lowercase)
    groups = group(counted.articles, by)
    dates = _dates(counted)
    rows = []
    for name, queries in named(terms).items():
        begins, _ = locate(articles, counted, queries)
        owners = np.searchsorted(counted.offsets, begins, side="right") - 1
        holders = np.unique(owners)
        for number in np.unique(groups.codes[holders]).tolist():
            of_group = holders[groups.codes[holders] == number]
            found = _earliest(counted, dates, of_group)
            place = found.pop("place")
            found["sentence"] = _sentence(None if place is None else text_at(articles, place), queries, lowercase)
            size = int((groups.codes == number).sum())
            words = int(counted.lengths[groups.codes == number].sum())
            count = int((groups.codes[owners] == number).sum())
            row = {**found, **_labels(groups, number), "term": name, "articles": size, "tokens": words}
            rows.append({**row, "count": count, "per_million": float(per_million(count, words))})
    names = list(groups.labels.columns)
    # An outlet that is the group stands there already.
    columns = [*names, *(column for column in COLUMNS if column not in names)]
    table = pd.DataFrame(rows, columns=columns).astype({**dict.fromkeys([*names, "term", "sentence"], "str")})
    table["published"] = pd.to_datetime(table["published"]).astype("datetime64[s]")
    table = table.astype(dict.fromkeys(("article_id", "outlet"), "str"))
    numbers = ("same_time", "count", "documents", "undated", "articles", "tokens")
    table = table.astype({**dict.fromkeys(numbers, "int64"), "per_million": "float64"})
    table = table.sort_values(["published", *names, "term"], kind="stable").reset_index(drop=True)
    table.attrs = {"tokens": counted.describe()}
    return table


def _dates(counted: Tokens) -> pd.Series[Any]:
    if "published" in counted.articles.columns:
        return pd.to_datetime(counted.articles["published"]).reset_index(drop=True)
    return pd.Series(pd.NaT, index=range(len(counted.articles)), dtype="datetime64[s]")


def _labels(groups: Groups, number: int) -> dict[str, Any]:
    return {str(name): groups.labels[name].iloc[number] for name in groups.labels.columns}


def _earliest(counted: Tokens, dates: pd.Series[Any], holders: Integers) -> dict[str, Any]:
    """Return the first of some articles; of several at one time the first by id."""
    dated = dates.iloc[holders].dropna()
    found: dict[str, Any] = {"documents": len(holders), "undated": len(holders) - len(dated), "same_time": 0}
    found |= {"published": pd.NaT, "article_id": None, "outlet": None, "place": None}
    if dated.empty:
        return found
    first = dated.index[dated == dated.min()]
    rows = counted.articles.iloc[first]
    place = int(first[rows["article_id"].astype("str").to_numpy().argmin()])
    row = counted.articles.iloc[place]
    found |= {"published": dated.min(), "article_id": row["article_id"], "outlet": row.get("outlet")}
    return found | {"same_time": len(first) - 1, "place": place}


def _sentence(text: str | None, queries: Sequence[str], lowercase: bool) -> str | None:
    """Return the sentence of the first match in a text."""
    if text is None:
        return None
    specification = Specification(lowercase=lowercase)
    found, _ = finder([parse(query, specification) for query in queries], specification, reach=0)(text)
    return sentences_at([(text, min(start for start, _, _ in found))])[0] if found else None
