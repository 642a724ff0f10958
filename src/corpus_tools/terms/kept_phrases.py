"""Phrases as terms: runs of words that count as one from here on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.terms._types import Integers
from corpus_tools.terms.queries import variant_occurrences
from corpus_tools.terms.tokens import Source, Tokens, tokens


def keep_phrases(
    articles: Source,
    phrases: pd.DataFrame | Iterable[str] | Mapping[str, Sequence[str]],
    *,
    lowercase: bool = True,
) -> Tokens:
    """Join the words of each phrase to one term, which every analysis then counts as one word.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    phrases : DataFrame, iterable of str, or mapping
        The table that `corpus_tools.terms.phrases` gives, or phrases or patterns (``bank of *``), each joined as it is
        written; or concepts, whose names all become the concept's name.
    lowercase : bool
        Whether upper and lower case are one.

    Returns
    -------
    Tokens
        The words between stay as they are. Of overlapping phrases the one that begins first is joined, and of these
        the longest.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["The Red Front met the red front army."]})
    >>> keep_phrases(articles, ["red front", "red front army"]).vocabulary.to_pylist()
    ['met', 'red front', 'red front army', 'the']
    >>> keep_phrases(articles, {"FRONT": ["red front", "red front army"]}).vocabulary.to_pylist()
    ['FRONT', 'met', 'the']
    """
    counted = tokens(articles, lowercase=lowercase)
    queries, names = _named(phrases)
    begins, ends, which = variant_occurrences(counted, queries, apart=True)
    if not len(begins):
        return counted
    written = [names[number] for number in which.tolist()]
    missing = [place for place, name in enumerate(written) if name is None]
    for place in missing:
        written[place] = " ".join(counted.terms(counted.codes[begins[place] : ends[place]]))
    return _joined(counted, begins, ends, [str(name) for name in written])


def _named(phrases: pd.DataFrame | Iterable[str] | Mapping[str, Sequence[str]]) -> tuple[list[str], list[str | None]]:
    """Return the queries, and the term that each becomes; None for the words that it meets."""
    if isinstance(phrases, pd.DataFrame):
        return phrases["phrase"].tolist(), [None] * len(phrases)
    if isinstance(phrases, Mapping):
        pairs = [(query, name) for name, several in phrases.items() for query in several]
        return [query for query, _ in pairs], [name for _, name in pairs]
    queries = list(phrases)
    return queries, [None] * len(queries)


def _joined(counted: Tokens, begins: Integers, ends: Integers, written: list[str]) -> Tokens:
    """Return the words with a single new one for each stretch."""
    import pyarrow as pa
    import pyarrow.compute as pc

    terms = pc.unique(pa.concat_arrays([counted.vocabulary, pa.array(written, type=pa.large_string())]))
    codes = counted.codes.astype(np.int32, copy=True)
    codes[begins] = np.asarray(pc.index_in(pa.array(written, type=pa.large_string()), value_set=terms), dtype=np.int32)
    change = np.bincount(begins + 1, minlength=len(codes) + 1) - np.bincount(ends, minlength=len(codes) + 1)
    kept = np.cumsum(change[: len(codes)]) == 0
    codes = codes[kept]
    # Words that only stand inside of phrases are terms no longer; the others go in the order of code points.
    present = np.unique(codes)
    names = terms.take(pa.array(present))
    order = np.asarray(pc.sort_indices(names), dtype=np.int64)
    place = np.empty(len(terms), dtype=np.int32)
    place[present[order]] = np.arange(len(order), dtype=np.int32)
    offsets = np.concatenate([[0], np.cumsum(kept)])[counted.offsets].astype(np.int64)
    vocabulary: Any = names.take(pa.array(order))
    return Tokens(place[codes], offsets, vocabulary, counted.articles, counted.specification)
