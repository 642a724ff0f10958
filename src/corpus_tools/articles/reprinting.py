"""Which articles are copies of which.

Articles are compared by the runs of five words (shingles) that they share. Shingles that many articles have are page
furniture or set phrases and are left out, and the rarer of the others count more. What decides is containment, the part
of the shorter text that the longer one holds, so that a trimmed copy is found as well as a whole one. Each copy is
given to one article: the one that it says it comes from, or else the one that it shares most with. That keeps stories
apart which one article merges.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools import schema
from corpus_tools.articles import _overlaps
from corpus_tools.articles._overlaps import Overlaps, Sample, Window
from corpus_tools.articles.rules import key
from corpus_tools.errors import InvalidQuery

#: Columns of the table, and their types.
COLUMNS = {
    "article_id": "str",
    "cluster": "Int64",
    "role": "str",
    "source_article_id": "str",
    "share_kept": "float64",
    "stated_source": "str",
}
#: What is asked of articles beside their text.
FACTS = ("article_id", "published", "outlet", "original_outlet", "wire")
#: Part of the threshold that is enough when one article names the other's outlet as its source.
STATED = 0.4
#: In fewer articles than this, an outlet's furniture may be no more frequent than a story: it is told by the outlet.
_FEW = 5_000
#: Texts whose shingles are made together.
_PIECE = 2_000

_Numbers = npt.NDArray[np.int64]


def reprints(
    articles: pd.DataFrame,
    *,
    words: int = 5,
    threshold: float = 0.5,
    at_least: int = 12,
    frequent: int | None = None,
) -> pd.DataFrame:
    """Find articles that copy one another, and who copied whom.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    words : int, default 5
        Words in a shingle: long enough that common phrases are not shared by chance.
    threshold : float, default 0.5
        Least containment of a copy: the share of the shorter text's shingles that the other one holds. Where an article
        names the other's outlet as its source, two fifths of it are enough.
    at_least : int, default 12
        Least number of shingles shared, so that one long quotation does not make a copy.
    frequent : int, optional
        Shingles in more articles than this are left out as furniture. By default 10, or 1 % of the articles (at
        most 50) where that is more. Among fewer than 5,000 articles, those are left out, too, which only one outlet
        has, on four of its articles or more, and on a fifth of them.

    Returns
    -------
    DataFrame
        One row per article in a cluster of two or more: ``article_id``; ``cluster``, numbered from 1 by date;
        ``role`` (``original`` or ``reprint``); ``source_article_id``, the article it copies, missing for originals and
        for copies whose source is not here; ``share_kept``, the share of that source's text that it keeps (0 to 1; of
        many long texts an estimate from about a hundred shingles of each, see `corpus_tools.articles.compare`);
        ``stated_source``, the outlet or agency that the article names as its source.

    Raises
    ------
    InvalidQuery
        When an option has no meaning.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. *Compression and Complexity of Sequences*.

    Examples
    --------
    >>> text = " ".join(f"word{number} and then" for number in range(60))
    >>> articles = schema.ARTICLES.conform(
    ...     [
    ...         {"article_id": "copy", "outlet": "B", "published": "2016-08-03", "text": text[:600]},
    ...         {"article_id": "first", "outlet": "A", "published": "2016-08-02", "text": text},
    ...     ]
    ... )
    >>> reprints(articles)[["article_id", "role", "source_article_id"]].values.tolist()[1]
    ['copy', 'reprint', 'first']
    """
    schema.require(articles, "text", *FACTS)
    check(words=words, threshold=threshold, at_least=at_least)
    frame = articles.reset_index(drop=True)
    found = _compared(frame, words, frequent)
    return copies(frame, found, threshold, at_least)


def check(*, words: int, threshold: float, at_least: int) -> None:
    """Refuse options that have no meaning."""
    if words < 1 or not 0 < threshold <= 1 or at_least < 1:
        raise InvalidQuery("words and at_least must be 1 or more, and threshold above 0 and at most 1.")


def _compared(frame: pd.DataFrame, words: int, frequent: int | None) -> Overlaps:
    bits, sample = _overlaps.bits_for(len(frame)), Sample(len(frame))
    starts = range(0, len(frame), _PIECE)
    for start in starts:
        # A piece at a time: all texts as Python's strings would need several times the memory of the column.
        texts = clean(frame["text"].iloc[start : start + _PIECE])
        sample.add(start, _overlaps.packed(texts, words, bits))
    sizes = np.zeros(len(frame), dtype=np.int64)
    found = windows(sample, {start: start for start in starts}, bits, frequent, sizes, frame["outlet"])
    return _overlaps.overlaps(_overlaps.joined(map(_overlaps.counted, found)), sizes, sample.scale)


def clean(column: pd.Series) -> list[str]:
    """Return texts, empty where there is none."""
    return [text if isinstance(text, str) else "" for text in column.tolist()]


def windows(
    sample: Sample, starts: dict[int, int], bits: int, frequent: int | None, sizes: _Numbers, outlets: pd.Series
) -> Iterator[Window]:
    """Yield what can be counted by itself, adding up how many shingles of each text count."""
    texts = len(sizes)
    limit = frequent if frequent is not None else max(10, min(50, texts // 100))
    runs = sample.runs(starts)
    if texts < _FEW:
        runs = _overlaps.without_own(runs, bits, pd.factorize(outlets)[0])
    for window in _overlaps.windows(runs, bits, texts, limit):
        _overlaps.add_sizes(window, sizes)
        yield window


def copies(facts: pd.DataFrame, found: Overlaps, threshold: float, at_least: int) -> pd.DataFrame:
    """Return who copied whom, from what is known of the articles and the shingles that they share."""
    containment = found.weight / np.maximum(np.minimum(found.weights[found.first], found.weights[found.second]), 1)
    near = (found.shared * found.scale >= at_least) & (containment >= STATED * threshold)
    members, places = np.unique(np.r_[found.first[near], found.second[near]], return_inverse=True)
    first, second = places[: len(places) // 2], places[len(places) // 2 :]
    chosen = facts.iloc[members].reset_index(drop=True)
    rank = _ranks(chosen, found.sizes[members])
    first_says, second_says = _says(chosen, first, second), _says(chosen, second, first)
    decided = first_says != second_says
    ordered = decided | _days_apart(chosen["published"], first, second)
    sure = decided | (containment[near] >= threshold)
    sure &= ordered | _of_one_story(first, second, found.shared[near])
    forward = np.where(decided, second_says, rank[first] < rank[second])
    source, copy = np.where(forward, first, second)[sure], np.where(forward, second, first)[sure]
    shared = found.shared[near][sure]
    order = np.lexsort([-rank[source], shared, decided[sure], copy])
    best = order[np.flatnonzero(np.r_[copy[order][1:] != copy[order][:-1], True])] if len(order) else order
    sources = np.full(len(members), -1, dtype=np.int64)
    sources[copy[best]] = source[best]
    shares = np.full(len(members), np.nan)
    shares[copy[best]] = shared[best] / found.sizes[members][source[best]]
    _break_rings(sources, rank)
    return _table(chosen, sources, shares)


def _days_apart(published: pd.Series, first: _Numbers, second: _Numbers) -> npt.NDArray[np.bool_]:
    """Return which pairs are known to be of different times."""
    times = published.to_numpy(dtype="datetime64[s]")
    apart: npt.NDArray[np.bool_] = (times[first] < times[second]) | (times[first] > times[second])
    return apart


def _of_one_story(first: _Numbers, second: _Numbers, shared: _Numbers) -> npt.NDArray[np.bool_]:
    """Return which pairs are more than a story and an article that merges it with another one.

    An article's main story is that of the article with which it shares most. Where another one shares less with it,
    and nothing with the former, this is a second story: without dates it is not known who copied whom, and the article
    must not join the two stories.
    """
    texts = int(max(first.max(initial=0), second.max(initial=0))) + 1
    articles, others, both = np.r_[first, second], np.r_[second, first], np.r_[shared, shared]
    order = np.lexsort([others, -both, articles])
    main = np.full(texts, -1, dtype=np.int64)
    most = np.zeros(texts, dtype=np.int64)
    heads = order[np.flatnonzero(np.r_[True, articles[order][1:] != articles[order][:-1]][: len(order)])]
    main[articles[heads]], most[articles[heads]] = others[heads], both[heads]
    partner = main[articles]
    pairs = np.minimum(others, partner) * texts + np.maximum(others, partner)
    known = np.isin(pairs, first * texts + second)
    one: npt.NDArray[np.bool_] = known | (others == partner) | (both == most[articles])
    return one[: len(first)] & one[len(first) :]


def _says(facts: pd.DataFrame, copy: _Numbers, source: _Numbers) -> npt.NDArray[np.bool_]:
    """Return for pairs of articles whether the one names the other's outlet as its source."""
    stated = [
        _names(outlet) | _names(wire) for outlet, wire in zip(facts["original_outlet"], facts["wire"], strict=True)
    ]
    outlets = [_names(outlet) for outlet in facts["outlet"]]
    says: npt.NDArray[np.bool_] = np.zeros(len(copy), dtype=np.bool_)
    naming = np.array([bool(names) for names in stated], dtype=np.bool_)
    for pair in np.flatnonzero(naming[copy]).tolist():
        says[pair] = not stated[copy[pair]].isdisjoint(outlets[source[pair]])
    return says


def _break_rings(sources: _Numbers, rank: _Numbers) -> None:
    """Break rings (A copies B, B says it copies A) at the earliest article."""
    copies = np.flatnonzero(sources >= 0)
    later = copies[rank[sources[copies]] > rank[copies]]
    for start in later[np.argsort(rank[later])].tolist():
        path: dict[int, int] = {}
        place = start
        while place >= 0 and place not in path:
            path[place] = len(path)
            place = int(sources[place])
        if place >= 0:
            ring = [member for member, step in path.items() if step >= path[place]]
            sources[min(ring, key=lambda member: int(rank[member]))] = -1


def _ranks(facts: pd.DataFrame, sizes: _Numbers) -> _Numbers:
    """Return the order in which articles came first: by date, and for one date the longest, then by id."""
    rows = pd.DataFrame(
        {
            "published": facts["published"],
            "copy": facts["original_outlet"].notna(),
            "size": -sizes,
            "article_id": facts["article_id"],
        }
    )
    order = rows.sort_values(["published", "copy", "size", "article_id"], na_position="last", kind="stable").index
    ranks = np.empty(len(facts), dtype=np.int64)
    ranks[order.to_numpy()] = np.arange(len(facts))
    return ranks


@lru_cache(maxsize=100_000)
def _names(name: Any) -> frozenset[str]:
    """Return a name for comparing, with its initials (`MPA` for `Meridian Press Agency`)."""
    if not isinstance(name, str):
        return frozenset()
    words = key(name).split()
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    return frozenset(found for found in (key(name), initials) if found)


def _table(facts: pd.DataFrame, sources: _Numbers, shares: npt.NDArray[np.float64]) -> pd.DataFrame:
    roots, rank = _roots(sources), _ranks(facts, np.zeros(len(facts), dtype=np.int64))
    inside = np.bincount(roots, minlength=len(roots))[roots] > 1
    numbers = pd.Series(rank[roots][inside]).rank(method="dense").astype("Int64")
    ids, outlets = facts["article_id"], facts["outlet"].tolist()
    said = facts["original_outlet"].where(facts["original_outlet"].notna(), facts["wire"])
    stated = [
        name if isinstance(name, str) and not _names(name) & _names(outlet) else None
        for name, outlet in zip(said.tolist(), outlets, strict=True)
    ]
    copied = (sources >= 0) | facts["original_outlet"].notna().to_numpy()
    table = pd.DataFrame(
        {
            "article_id": ids,
            "role": np.where(copied, "reprint", "original"),
            "source_article_id": ids.reindex(np.where(sources >= 0, sources, -1)).to_numpy(),
            "share_kept": shares,
            "stated_source": stated,
            "_later": np.where(roots == np.arange(len(roots)), -1, rank),
        }
    )[inside].reset_index(drop=True)
    table["cluster"] = numbers
    table = table.sort_values(["cluster", "_later"], kind="stable", ignore_index=True)
    return table[list(COLUMNS)].astype(COLUMNS)


def _roots(sources: _Numbers) -> _Numbers:
    """Return for each article the first of its chain of sources."""
    roots = np.where(sources >= 0, sources, np.arange(len(sources)))
    while len(roots) and (roots[roots] != roots).any():
        roots = roots[roots]
    return roots
