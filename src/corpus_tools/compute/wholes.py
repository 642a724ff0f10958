"""Analyses that compare all articles with each other: what is needed of each part, then block by block.

No text goes from one part to another: of reprints, hashes of runs of words; of events, the rows of the table and the
words of their sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.articles import _overlaps, reprinting
from corpus_tools.articles._shingles import Hashes
from corpus_tools.compute.analyses import named
from corpus_tools.compute.engines import Engine, current
from corpus_tools.compute.failing import none_left, rejections
from corpus_tools.compute.keeping import analysed, kept_part
from corpus_tools.compute.parts import Part, parts_of
from corpus_tools.compute.pools import Pool, open_pool
from corpus_tools.compute.running import Computation
from corpus_tools.compute.spreading import Progress, over

if TYPE_CHECKING:
    from corpus_tools.articles import Corpus
    from corpus_tools.timeline._reports import Report


def reprints(
    corpus: Corpus,
    *,
    words: int = 5,
    threshold: float = 0.5,
    at_least: int = 12,
    frequent: int | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Computation:
    """Find the articles of a corpus that copy one another, part by part and then block by block.

    Parameters
    ----------
    corpus : Corpus
        As `corpus_tools.open` gives it.
    words, threshold, at_least, frequent
        As for `corpus_tools.articles.reprints`.
    engine : Engine, optional
        Where to compute; by default the one in force.
    progress : callable, optional
        Called with the number of parts read and their total.

    Returns
    -------
    Computation
        What `corpus_tools.articles.reprints` gives for all parts one below another, and the parts that failed.

    Raises
    ------
    InvalidQuery
        When an option has no meaning.
    DamagedCorpus
        When no part can be read.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import corpus_tools as ct
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> text = " ".join(f"The {number}th gate of the harbour was closed." for number in range(20))
    >>> for name, more in (("a", "Barges waited."), ("b", "Nobody knew why.")):
    ...     _ = (folder / f"{name}.txt").write_text(f"{text} {more}")
    >>> reprints(ct.open(folder)).table["role"].tolist()
    ['original', 'reprint']
    """
    reprinting.check(words=words, threshold=threshold, at_least=at_least)
    parts = parts_of(corpus)
    texts = len(corpus)
    if not parts:
        return Computation(reprinting.reprints(corpus.articles), schema.REJECTED.empty())
    bits, sample = _overlaps.bits_for(texts), _overlaps.Sample(texts)
    facts: dict[int, pd.DataFrame] = {}

    def take(place: int, found: tuple[pd.DataFrame, Hashes]) -> None:
        facts[place], runs = found
        sample.add(place, runs)

    with open_pool(engine or current()) as pool:
        outcome = over(pool, parts, partial(_signed, words, bits), None, progress, take)
        if not facts:
            none_left(outcome.failures)
        known = _below([facts[place] for place in sorted(facts)])
        sizes = np.zeros(len(known), dtype=np.int64)
        sample.shrink(len(known))
        windows = list(reprinting.windows(sample, _starts(facts), bits, frequent, sizes, known["outlet"]))
        pairs = _blocks(pool, windows, _overlaps.counted, _overlaps.merged)
    found = _overlaps.overlaps(pairs or _overlaps.Pairs.none(), sizes, sample.scale)
    return Computation(
        reprinting.copies(known, found, threshold, at_least), rejections(parts, outcome.failures)
    )  # fmt: skip


def merge(
    corpus: Corpus,
    *,
    reprints: pd.DataFrame | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Computation:
    """Return the timeline of a corpus: events part by part, kept ones where they are there, merged block by block.

    Parameters
    ----------
    corpus : Corpus
        As `corpus_tools.open` gives it.
    reprints : DataFrame, optional
        Groups of reprinted articles (``article_id``, ``cluster``); the reports of one group count as one voice.
    engine : Engine, optional
        Where to compute; by default the one in force.
    progress : callable, optional
        Called with the number of parts done and their total.
    **options
        Handed on to `corpus_tools.timeline.events`.

    Returns
    -------
    Computation
        What `corpus_tools.timeline.merge` gives for the events of all parts, and the parts that failed.

    Raises
    ------
    DamagedCorpus
        When no part can be read.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import corpus_tools as ct
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "bomb.txt").write_text("A bomb in Arlen killed 23 people on 7 October 2023, police said.")
    >>> merge(ct.open(folder)).table["killed_min"].tolist()
    [23]
    """
    from corpus_tools.timeline import _matching
    from corpus_tools.timeline.merging import brought_together, identified

    parts = parts_of(corpus)
    if not parts:
        return Computation(schema.TIMELINE.empty(), schema.REJECTED.empty())
    with open_pool(engine or current()) as pool:
        outcome = over(pool, parts, partial(_reported, named("events").told(options)), None, progress)
        if not outcome.tables:
            none_left(outcome.failures)
        found = [outcome.tables[place] for place in sorted(outcome.tables)]
        table, items = _below([one.table for one in found]), [item for one in found for item in one.items]
        rarity = _matching.rarities(items)
        pairs = _blocks(pool, list(_matching.blocks(items, rarity)), _matching.Block.pairs, list.__add__) or []
    clusters = _matching.clusters(items, [*pairs, *_matching.undated(items, rarity)])
    joined = brought_together(identified(table, clusters), reprints)
    return Computation(joined, rejections(parts, outcome.failures))


@dataclass(frozen=True)
class _Reported:
    """The events of a part, and what is compared of them."""

    table: pd.DataFrame
    items: list[Report]


def _signed(words: int, bits: int, part: Part) -> tuple[pd.DataFrame, Hashes]:
    """Return what is known of a part's articles, and their packed runs of words."""
    articles = part.articles()
    schema.require(articles, "text", *reprinting.FACTS)
    return articles[list(reprinting.FACTS)], _overlaps.packed(reprinting.clean(articles["text"]), words, bits)


def _reported(options: dict[str, Any], part: Part) -> _Reported:
    from corpus_tools.timeline._reports import prepared
    from corpus_tools.timeline.merging import texts_of, with_articles

    articles = part.articles()
    kept = kept_part(part, "events", options)
    events = analysed(named("events"), part, options, articles) if kept is None else kept
    return _Reported(with_articles(events, articles), prepared(events, texts_of(articles)))


def _below(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return tables one below another."""
    filled = [table for table in tables if len(table)] or tables[:1]
    return pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].reset_index(drop=True)


def _starts(facts: dict[int, pd.DataFrame]) -> dict[int, int]:
    """Return for each part the number of its first article among all."""
    ends = np.cumsum([0, *(len(facts[place]) for place in sorted(facts))])
    return dict(zip(sorted(facts), ends.tolist(), strict=False))


def _blocks(pool: Pool, blocks: list[Any], work: Any, join: Any) -> Any:
    """Return what `work` gives for all blocks, joined; an error ends it, since a block must not be left out."""
    if not blocks:
        return None
    outcome = over(pool, blocks, work, join)
    for place in sorted(outcome.failures):
        raise outcome.failures[place]
    return outcome.root
