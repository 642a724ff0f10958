"""Where terms stand, in characters, a few places of each: what a count is read back in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.terms._finding import WordReader
from corpus_tools.terms._groups import group
from corpus_tools.terms._locate import locate
from corpus_tools.terms._types import Integers
from corpus_tools.terms.queries import Queries, named
from corpus_tools.terms.tokens import Tokens
from corpus_tools.terms.tokens import tokens as count

COLUMNS = ("article_id", "start", "end", "spans", "term", "of")


def occurrences(
    articles: pd.DataFrame,
    terms: Queries,
    *,
    near: str | None = None,
    window: int = 5,
    by: str | Sequence[str] | None = None,
    most: int = 40,
    tokens: Tokens | None = None,
    lowercase: bool = True,
) -> pd.DataFrame:
    """Say where terms stand; of frequent ones a few places, evenly from all.

    Parameters
    ----------
    articles : DataFrame
        The articles, with their texts.
    terms : str, sequence of str or mapping
        Queries, or names of several queries each, as in `trend`.
    near : str, optional
        A query; only places with it not more than `window` words away are wanted (the company of a word).
    by : str or sequence of str, optional
        Groups, as in `frequency`, or a length of time (``month``): so many places of each term in each group.
    most : int
        Most places of a term (in a group).
    tokens : Tokens, optional
        The words of these articles, where they have been counted before.
    lowercase : bool
        Whether upper and lower case are one.

    Returns
    -------
    DataFrame
        One row for each place, by term and in the order of the articles: ``article_id``, ``start`` and ``end``
        (characters; with `near`, from the first to the last of both), ``spans`` (of the term, and of what it is near),
        ``term``, the group's columns, ``of`` (how many places the term has there in all).

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["The dam broke. Nobody had checked the old dam."]})
    >>> occurrences(articles, "dam", near="old")[["start", "end", "spans", "of"]].values.tolist()
    [[38, 45, [[42, 45], [38, 41]], 1]]
    """
    schema.require(articles, "article_id", "text")
    counted = tokens if tokens is not None else count(articles, lowercase=lowercase)
    groups = group(counted.articles, by)
    other = locate(articles, counted, [near]) if near is not None else None
    frames = [
        _places(name, locate(articles, counted, queries), other, counted, groups.codes, window=window, most=most)
        for name, queries in (named(terms).items() if len(terms) else ())
    ]
    found = pd.concat(frames, ignore_index=True) if frames else _none()
    labels = groups.labels.drop(columns=list(COLUMNS), errors="ignore")
    labels = labels.iloc[found.pop("group")].reset_index(drop=True)
    found = pd.concat([found, labels], axis=1)
    return _in_characters(found, articles, counted)[[*COLUMNS[:5], *labels.columns, "of"]]


def _none() -> pd.DataFrame:
    numbers = dict.fromkeys(("begin", "end", "owner", "group", "of"), "int64")
    return pd.DataFrame({name: [] for name in (*numbers, "term")}).astype(numbers)


def _places(
    name: str,
    places: tuple[Integers, Integers],
    other: tuple[Integers, Integers] | None,
    counted: Tokens,
    codes: Integers,
    *,
    window: int,
    most: int,
) -> pd.DataFrame:
    """Return some places of a term in words, with the number of the article and of its group."""
    begins, ends = places
    owner = np.searchsorted(counted.offsets, begins, side="right") - 1
    table = pd.DataFrame({"begin": begins, "end": ends, "owner": owner, "group": codes[owner], "term": name})
    if other is not None:
        table = _near(table, other, counted, window)
    of = table.groupby("group")["begin"].transform("size")
    rank = table.groupby("group").cumcount()
    # Evenly from all: those at which one more is due.
    due = rank * np.minimum(of, most) // of
    return table.assign(of=of)[(rank == 0) | (due > (rank - 1) * np.minimum(of, most) // of)]


def _near(table: pd.DataFrame, other: tuple[Integers, Integers], counted: Tokens, window: int) -> pd.DataFrame:
    """Return the places that have another within so many words in the same article, with the nearest of them."""
    begins, ends = other
    if not len(begins):
        return table.head(0).assign(near_begin=0, near_end=0)
    following = np.searchsorted(begins, table["begin"].to_numpy(), side="right")
    choices = []
    for place in (np.maximum(following - 1, 0), np.minimum(following, len(begins) - 1)):
        gap = np.maximum(begins[place] - table["end"].to_numpy(), table["begin"].to_numpy() - ends[place]) + 1
        same = np.searchsorted(counted.offsets, begins[place], side="right") - 1 == table["owner"].to_numpy()
        choices.append((place, np.where(same & (gap > 0), gap, window + 1)))
    (before, gap_before), (after, gap_after) = choices
    nearest = np.where(gap_before <= gap_after, before, after)
    near = table.assign(near_begin=begins[nearest], near_end=ends[nearest])
    return near[np.minimum(gap_before, gap_after) <= window]


def _in_characters(found: pd.DataFrame, articles: pd.DataFrame, counted: Tokens) -> pd.DataFrame:
    """Return places of words as places of characters; only the articles that are needed are read."""
    reader = WordReader(counted.specification.normaliser())
    texts = articles["text"].tolist()
    spans_of = {int(owner): reader.read(str(texts[owner]))[0] for owner in found["owner"].unique()}
    pairs = [("begin", "end"), ("near_begin", "near_end")] if "near_begin" in found else [("begin", "end")]
    spans = [
        [_span(spans_of[int(row["owner"])], int(counted.offsets[int(row["owner"])]), row, pair) for pair in pairs]
        for row in found.to_dict("records")
    ]
    identities = articles["article_id"].to_numpy()[found["owner"].to_numpy(dtype="int64")]
    return found.assign(
        article_id=pd.Series(identities, index=found.index, dtype="str"),
        start=pd.Series([min(start for start, _end in one) for one in spans], index=found.index, dtype="Int64"),
        end=pd.Series([max(end for _start, end in one) for one in spans], index=found.index, dtype="Int64"),
        spans=pd.Series(spans, index=found.index, dtype="object"),
        term=found["term"].astype("str"),
    )


def _span(spans: list[tuple[int, int]], offset: int, row: dict[Any, Any], pair: tuple[str, str]) -> list[int]:
    return [spans[int(row[pair[0]]) - offset][0], spans[int(row[pair[1]]) - offset - 1][1]]
