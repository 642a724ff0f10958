"""Which articles are copies of which.

Articles are compared by the runs of five words (shingles) that they share. Shingles that many articles have are page
furniture or set phrases and are left out, and the rarer of the others count more. What decides is containment, the part
of the shorter text that the longer one holds, so that a trimmed copy is found as well as a whole one. Each copy is
given to one article: the one that it says it comes from, or else the one that it shares most with. That keeps stories
apart which one article merges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools import schema
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
_ODD = np.uint64(0xBF58476D1CE4E5B9)
_Hashes = npt.NDArray[np.uint64]
#: Part of the threshold that is enough when one article names the other's outlet as its source.
STATED = 0.4
_PAIRS = 4_000_000


@dataclass(frozen=True)
class _Pairs:
    """Pairs of articles that share shingles, by their places in the table."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    shared: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Sizes:
    """How many shingles each text keeps, and what they count together."""

    shingles: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float64]


def reprints(
    articles: pd.DataFrame,
    *,
    words: int = 5,
    threshold: float = 0.5,
    at_least: int = 20,
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
    at_least : int, default 20
        Least number of shingles shared, so that one long quotation does not make a copy.
    frequent : int, optional
        Shingles in more articles than this are left out as furniture. By default 10, or 1 % of the articles (at
        most 50) where that is more.

    Returns
    -------
    DataFrame
        One row per article in a cluster of two or more: ``article_id``; ``cluster``, numbered from 1 by date;
        ``role`` (``original`` or ``reprint``); ``source_article_id``, the article it copies, missing for originals and
        for copies whose source is not here; ``share_kept``, the share of that source's text that it keeps (0 to 1);
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
    schema.require(articles, "article_id", "text", "published", "outlet", "original_outlet", "wire")
    if words < 1 or not 0 < threshold <= 1 or at_least < 1:
        raise InvalidQuery("words and at_least must be 1 or more, and threshold above 0 and at most 1.")
    if len(articles) < 2:
        return _empty()
    frame = articles.reset_index(drop=True)
    limit = frequent if frequent is not None else max(10, min(50, len(frame) // 100))
    sizes, pairs = _compare([str(text) for text in frame["text"].fillna("")], words, limit)
    sources = _sources(frame, pairs, sizes, threshold, at_least)
    return _table(frame, sources)


def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in COLUMNS.items()})


def shingles(text: str, words: int = 5) -> _Hashes:
    """Return the distinct hashes of all runs of `words` words of a text, sorted.

    Examples
    --------
    >>> len(shingles("one two three four five six"))
    2
    """
    numbers = _words(text)
    if len(numbers) < words:
        return np.empty(0, dtype=np.uint64)
    total = np.zeros(len(numbers) - words + 1, dtype=np.uint64)
    for place in range(words):
        total = total * _ODD + numbers[place : len(numbers) - words + 1 + place]
        total ^= total >> np.uint64(29)
    return np.unique(total)


def _words(text: str) -> _Hashes:
    """Return a hash of each word of a text, in order, without regard to case.

    A word's hash is a polynomial of its characters modulo 2**64, taken for all words at once from running sums.
    """
    codes = np.frombuffer(text.casefold().encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    inside = np.r_[False, _letters()[codes], False]
    starts = np.flatnonzero(inside[1:] & ~inside[:-1])
    ends = np.flatnonzero(inside[:-1] & ~inside[1:])
    powers, inverses = _powers(1 << max(len(codes), 1).bit_length())
    sums = np.r_[np.uint64(0), np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * powers[: len(codes)])]
    hashes: _Hashes = (sums[ends] - sums[starts]) * inverses[starts]
    hashes ^= hashes >> np.uint64(31)
    return hashes * _ODD


@cache
def _letters() -> npt.NDArray[np.bool_]:
    """Return for each character whether it belongs to words."""
    return np.fromiter((chr(code).isalnum() for code in range(0x110000)), dtype=np.bool_, count=0x110000)


@cache
def _powers(length: int) -> tuple[_Hashes, _Hashes]:
    """Return the powers of the polynomial's base, and those of its inverse."""
    base = 0x9E3779B97F4A7C15
    powers = np.r_[np.uint64(1), np.cumprod(np.full(length - 1, base, dtype=np.uint64))]
    inverses = np.r_[np.uint64(1), np.cumprod(np.full(length - 1, pow(base, -1, 1 << 64), dtype=np.uint64))]
    return powers, inverses


def _compare(texts: list[str], words: int, limit: int) -> tuple[_Sizes, _Pairs]:
    """Return how many shingles each text keeps, and the pairs of texts that share some."""
    sets = [shingles(text, words) for text in texts]
    owners = np.repeat(np.arange(len(sets), dtype=np.int64), [len(found) for found in sets])
    hashes = np.concatenate(sets)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.empty(0, dtype=np.int64)
    counts = np.diff(np.r_[starts, len(hashes)])
    kept = np.repeat(counts <= limit, counts)
    weights = _weights(limit, len(texts))
    sizes = _Sizes(
        np.bincount(owners[kept], minlength=len(texts)).astype(np.int64),
        np.bincount(owners[kept], weights=weights[np.repeat(counts, counts)[kept]], minlength=len(texts)).astype(
            np.float64
        ),
    )
    groups = [(starts[counts == size], int(size)) for size in np.unique(counts) if 2 <= size <= limit]
    return sizes, _counted(owners, groups, len(texts), weights)


def _weights(limit: int, texts: int) -> npt.NDArray[np.float64]:
    """Return what a shingle counts, by the number of texts that hold it: the rarer, the more."""
    weights: npt.NDArray[np.float64] = np.zeros(limit + 1)
    weights[1:] = np.log1p(max(texts, 1_000) / np.arange(1, limit + 1))
    return weights


def _counted(
    owners: npt.NDArray[np.int64],
    groups: list[tuple[npt.NDArray[np.int64], int]],
    texts: int,
    weights: npt.NDArray[np.float64],
) -> _Pairs:
    """Count, for each pair of texts, the shingles that both hold."""
    codes = np.empty(0, dtype=np.int64)
    shared: npt.NDArray[np.float64] = np.empty(0)
    weight: npt.NDArray[np.float64] = np.empty(0)
    for piece, size in _pieces(owners, groups, texts):
        found, counts = np.unique(piece, return_counts=True)
        codes, places = np.unique(np.r_[codes, found], return_inverse=True)
        shared = np.bincount(places, weights=np.r_[shared, counts], minlength=len(codes)).astype(float)
        weight = np.bincount(places, weights=np.r_[weight, counts * weights[size]], minlength=len(codes)).astype(float)
    return _Pairs(codes // texts, codes % texts, shared.astype(np.int64), weight)


def _pieces(
    owners: npt.NDArray[np.int64], groups: list[tuple[npt.NDArray[np.int64], int]], texts: int
) -> Iterator[tuple[npt.NDArray[np.int64], int]]:
    """Yield codes ``first * texts + second`` of all pairs under one shingle, a bounded number at a time."""
    for starts, size in groups:
        first, second = np.triu_indices(size, 1)
        step = max(1, _PAIRS // len(first))
        for place in range(0, len(starts), step):
            members = owners[starts[place : place + step, None] + np.arange(size)]
            yield (members[:, first] * texts + members[:, second]).ravel(), size


def _sources(
    frame: pd.DataFrame, pairs: _Pairs, sizes: _Sizes, threshold: float, at_least: int
) -> dict[int, tuple[int, float]]:
    """Return, for each copy, the article that it copies, and the share of it that it keeps."""
    rank = _ranks(frame, sizes.shingles)
    stated = [
        _names(outlet) | _names(wire) for outlet, wire in zip(frame["original_outlet"], frame["wire"], strict=True)
    ]
    outlets = [_names(outlet) for outlet in frame["outlet"]]
    containment = pairs.weight / np.minimum(sizes.weight[pairs.first], sizes.weight[pairs.second])
    near = (pairs.shared >= at_least) & (containment >= STATED * threshold)
    best: dict[int, tuple[tuple[bool, int, int], int, float]] = {}
    for index in np.flatnonzero(near).tolist():
        first, second, shared = int(pairs.first[index]), int(pairs.second[index]), int(pairs.shared[index])
        says = (bool(stated[second] & outlets[first]), bool(stated[first] & outlets[second]))
        if says[0] == says[1] and containment[index] < threshold:
            continue
        earlier = says[0] if says[0] != says[1] else rank[first] < rank[second]
        source, copy = (first, second) if earlier else (second, first)
        score = (says[0] != says[1], shared, -rank[source])
        if copy not in best or score > best[copy][0]:
            best[copy] = (score, source, shared / int(sizes.shingles[source]))
    found = {copy: (source, share) for copy, (_, source, share) in best.items()}
    return _without_rings(found, rank)


def _without_rings(found: dict[int, tuple[int, float]], rank: list[int]) -> dict[int, tuple[int, float]]:
    """Break rings (A copies B, B says it copies A) at the earliest article."""
    for start in sorted(found, key=lambda place: rank[place]):
        seen, place = {start}, start
        while place in found:
            place = found[place][0]
            if place in seen:
                del found[min(seen, key=lambda member: rank[member])]
                break
            seen.add(place)
    return found


def _ranks(frame: pd.DataFrame, sizes: npt.NDArray[np.int64]) -> list[int]:
    """Return the order in which articles came first: by date, and for one date the longest, then by id."""
    rows = pd.DataFrame(
        {
            "published": frame["published"],
            "copy": frame["original_outlet"].notna(),
            "size": -sizes,
            "article_id": frame["article_id"],
        }
    )
    order = rows.sort_values(["published", "copy", "size", "article_id"], na_position="last", kind="stable").index
    ranks = [0] * len(frame)
    for rank, place in enumerate(order):
        ranks[int(place)] = rank
    return ranks


def _names(name: Any) -> frozenset[str]:
    """Return a name for comparing, with its initials (`MPA` for `Meridian Press Agency`)."""
    if not isinstance(name, str):
        return frozenset()
    words = key(name).split()
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    return frozenset(found for found in (key(name), initials) if found)


def _table(frame: pd.DataFrame, sources: dict[int, tuple[int, float]]) -> pd.DataFrame:
    if not sources:
        return _empty()
    roots = {place: _root(place, sources) for place in {*sources, *(source for source, _ in sources.values())}}
    rank = _ranks(frame, np.zeros(len(frame), dtype=np.int64))
    numbers = {
        root: number for number, root in enumerate(sorted(set(roots.values()), key=lambda place: rank[place]), 1)
    }
    columns = {name: frame[name].tolist() for name in ("article_id", "original_outlet", "wire", "outlet")}
    rows: list[dict[str, Any]] = []
    for place, root in roots.items():
        source = sources.get(place)
        origin = columns["original_outlet"][place]
        said = origin if isinstance(origin, str) else columns["wire"][place]
        said = said if isinstance(said, str) and not _names(said) & _names(columns["outlet"][place]) else None
        copied = source is not None or isinstance(origin, str)
        rows.append(
            {
                "article_id": columns["article_id"][place],
                "cluster": numbers[root],
                "role": "reprint" if copied else "original",
                "source_article_id": columns["article_id"][source[0]] if source else None,
                "share_kept": source[1] if source else None,
                "stated_source": said,
                "_rank": (place != root, rank[place]),
            }
        )
    rows.sort(key=lambda row: (row["cluster"], row["_rank"]))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _root(place: int, sources: dict[int, tuple[int, float]]) -> int:
    while place in sources:
        place = sources[place][0]
    return place
