"""Words as numbers: every distinct stretch between blanks is tokenised once, the rest is array work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus_tools.language import words
from corpus_tools.terms._stretches import Stretches, number_stretches
from corpus_tools.terms._types import Codes, Integers

#: Distinct stretches are tokenised together, in texts of about this many characters.
_BATCH = 1_000_000


@dataclass(frozen=True)
class Coded:
    """Texts as numbers.

    Parameters
    ----------
    codes : array of int32
        Words of all texts, one after another, as places in `vocabulary`.
    offsets : array of int64
        Where each text's words begin, and the number of all words at the end.
    vocabulary : pyarrow.LargeStringArray
        The distinct words in code point order.
    """

    codes: Codes
    offsets: Integers
    vocabulary: Any


def code_words(texts: Any, normalise: Callable[[list[str]], list[str]]) -> Coded:
    """Return the words of `texts` as numbers.

    Parameters
    ----------
    texts : Series or iterable of str
        One text for each document; missing ones have no words.
    normalise : callable
        What makes terms of a list of words, e.g. `Specification.normalise_all`.

    Returns
    -------
    Coded

    Notes
    -----
    The words of a text are the words of its stretches between blanks, because no word holds a blank. A corpus has
    far fewer distinct stretches than words, so the tokenizer of the language room, which is exact but slow, sees each
    of them once.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pa.array(texts, type=pa.large_string(), from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if isinstance(array, pa.ChunkedArray):  # pragma: no cover - pyarrow returns one or the other by version
        array = pa.concat_arrays(array.chunks)
    stretches = number_stretches(pc.fill_null(array, ""))
    owners, terms = _tokenise(stretches.distinct, normalise)
    vocabulary, term_codes = _sorted_codes(terms)
    return _spread(stretches, owners, term_codes, vocabulary)


def code_lists(documents: Iterable[Iterable[str]]) -> Coded:
    """Return documents that are tokenised already as numbers.

    Examples
    --------
    >>> coded = code_lists([["b", "a"], ["a"]])
    >>> coded.codes.tolist(), coded.offsets.tolist(), coded.vocabulary.to_pylist()
    ([1, 0, 0], [0, 2, 3], ['a', 'b'])
    """
    lists = [list(document) for document in documents]
    vocabulary, codes = _sorted_codes([term for terms in lists for term in terms])
    offsets = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(terms) for terms in lists], out=offsets[1:])
    return Coded(codes, offsets, vocabulary)


def _tokenise(stretches: list[str], normalise: Callable[[list[str]], list[str]]) -> tuple[Integers, list[str]]:
    """Return the words of the distinct stretches, as terms, and to which stretch each belongs, in its order."""
    plain: list[int] = []
    ascii_ones: list[int] = []
    others: list[int] = []
    for place, stretch in enumerate(stretches):
        # Nothing but letters and digits is one word in itself.
        kind = others if not stretch.isascii() else plain if stretch.isalnum() else ascii_ones
        kind.append(place)
    owners = [np.array(plain, dtype=np.int64)]
    terms = normalise([stretches[place] for place in plain])
    for places in (ascii_ones, others):
        for first, last in _batches(places, stretches):
            batch = [stretches[place] for place in places[first:last]]
            lengths = np.fromiter((len(stretch) + 1 for stretch in batch), np.int64, len(batch))
            joined = " ".join(batch)
            spans = words(joined)
            found = np.array([start for start, _ in spans], dtype=np.int64)
            of = np.searchsorted(np.cumsum(lengths) - lengths, found, side="right") - 1
            owners.append(np.array(places[first:last], dtype=np.int64)[of])
            terms += normalise([joined[start:end] for start, end in spans])
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return owner[order], [terms[place] for place in order.tolist()]


def _batches(places: list[int], stretches: list[str]) -> Iterable[tuple[int, int]]:
    first = size = 0
    for number, place in enumerate(places):
        size += len(stretches[place]) + 1
        if size >= _BATCH:
            yield first, number + 1
            first, size = number + 1, 0
    if first < len(places):
        yield first, len(places)


def _sorted_codes(terms: list[str]) -> tuple[Any, Codes]:
    """Return the distinct terms in order, and each term's place among them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = pa.array(terms, type=pa.large_string()).dictionary_encode()
    # Arrow sorts text by its bytes, which in UTF-8 is the order of code points.
    order = np.asarray(pc.sort_indices(encoded.dictionary), dtype=np.int64)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return encoded.dictionary.take(pa.array(order)), place[np.asarray(encoded.indices)]


def _spread(stretches: Stretches, owners: Integers, term_codes: Codes, vocabulary: Any) -> Coded:
    """Put each stretch's words in its place."""
    per_distinct = np.bincount(owners, minlength=len(stretches.distinct) + 1)
    first_of = np.minimum(np.cumsum(per_distinct) - per_distinct, len(term_codes))
    counts = per_distinct.astype(np.int32)[stretches.codes]
    ends = np.cumsum(counts, dtype=np.int64)
    # Nearly every stretch is one word: put the first word everywhere, then the others of the few that have more.
    firsts = np.append(term_codes, np.int32(0))[first_of]
    codes = np.repeat(firsts[stretches.codes], counts)
    many = np.flatnonzero(counts > 1)
    place = 1
    while len(many):
        codes[ends[many] - counts[many] + place] = term_codes[first_of[stretches.codes[many]] + place]
        place += 1
        many = many[counts[many] > place]
    offsets = np.concatenate([[0], ends])[stretches.offsets]
    return Coded(codes, offsets.astype(np.int64), vocabulary)
