"""Words as numbers: every distinct stretch between blanks is tokenised once, the rest is array work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus_tools.language import words
from corpus_tools.terms._compiled import BYTES_OF_A_WORD, kernels
from corpus_tools.terms._lemmas import lemma_lists
from corpus_tools.terms._specification import LEMMA, Specification
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


def code_words(texts: Any, specification: Specification) -> Coded:
    """Return the words of `texts` as numbers.

    Parameters
    ----------
    texts : Series or iterable of str
        One text for each document; missing ones have no words.
    specification : Specification
        What makes terms of words.

    Returns
    -------
    Coded

    Notes
    -----
    The words of a text are the words of its stretches between blanks, because no word holds a blank. A corpus has
    far fewer distinct stretches than words, so the tokenizer of the language room, which is exact but slow, sees each
    of them once, and none that are letters and digits only.
    """
    import pyarrow.compute as pc

    if specification.stemming == LEMMA:
        return code_lists(lemma_lists(as_arrow(texts).to_pylist(), specification))
    stretches = number_stretches(pc.fill_null(as_arrow(texts), ""), lowercase=specification.lowercase)
    owners, terms = _tokenise(stretches, specification)
    vocabulary, term_codes = sorted_codes(terms)
    return _spread(stretches, owners, term_codes, vocabulary)


def as_arrow(texts: Any) -> Any:
    """Return texts as one Arrow array of large_string, uncopied where pandas holds them so; missing ones stay so."""
    import pyarrow as pa

    array = pa.array(texts, type=pa.large_string(), from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if isinstance(array, pa.ChunkedArray):  # pragma: no cover - pyarrow returns one or the other by version
        array = pa.concat_arrays(array.chunks)
    return array


def code_lists(documents: Iterable[Iterable[str]]) -> Coded:
    """Return documents that are tokenised already as numbers.

    Examples
    --------
    >>> coded = code_lists([["b", "a"], ["a"]])
    >>> coded.codes.tolist(), coded.offsets.tolist(), coded.vocabulary.to_pylist()
    ([1, 0, 0], [0, 2, 3], ['a', 'b'])
    """
    import pyarrow as pa

    lists = [list(document) for document in documents]
    terms = pa.array([term for terms in lists for term in terms], type=pa.large_string())
    vocabulary, codes = sorted_codes(terms)
    offsets = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(terms) for terms in lists], out=offsets[1:])
    return Coded(codes, offsets, vocabulary)


def _tokenise(stretches: Stretches, specification: Specification) -> tuple[Integers, Any]:
    """Return the words of the distinct stretches, as terms, and to which stretch each belongs, in its order."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = stretches.distinct.filter(pa.array(stretches.plain))
    if specification.stemming is not None:
        plain = pa.array(specification.normalise_all(plain.to_pylist()), type=pa.large_string())
    elif specification.lowercase:
        plain = pc.ascii_lower(plain)
    owners = [np.flatnonzero(stretches.plain)]
    terms = [plain]
    places = np.flatnonzero(~stretches.plain)
    others = stretches.distinct.take(pa.array(places)).to_pylist()
    for first, last in _batches(others):
        batch = others[first:last]
        joined = " ".join(batch)
        spans = words(joined)
        lengths = np.fromiter((len(stretch) + 1 for stretch in batch), np.int64, len(batch))
        starts = np.fromiter((start for start, _ in spans), np.int64, len(spans))
        owners.append(places[first:last][np.searchsorted(np.cumsum(lengths) - lengths, starts, side="right") - 1])
        found = specification.normalise_all([joined[start:end] for start, end in spans])
        terms.append(pa.array(found, type=pa.large_string()))
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return owner[order], pa.concat_arrays(terms).take(pa.array(order))


def _batches(stretches: list[str]) -> Iterable[tuple[int, int]]:
    first = size = 0
    for number, stretch in enumerate(stretches):
        size += len(stretch) + 1
        if size >= _BATCH:
            yield first, number + 1
            first, size = number + 1, 0
    if first < len(stretches):
        yield first, len(stretches)


def sorted_codes(terms: Any) -> tuple[Any, Codes]:
    """Return the distinct terms of an Arrow array in order, and each term's place among them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = terms.dictionary_encode()
    # Arrow sorts text by its bytes, which in UTF-8 is the order of code points.
    order = np.asarray(pc.sort_indices(encoded.dictionary), dtype=np.int64)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return encoded.dictionary.take(pa.array(order)), place[np.asarray(encoded.indices)]


def _spread(stretches: Stretches, owners: Integers, term_codes: Codes, vocabulary: Any) -> Coded:
    """Put each stretch's words in its place."""
    sizes = np.bincount(owners, minlength=len(stretches.distinct) + 1)
    firsts = np.minimum(np.cumsum(sizes) - sizes, len(term_codes))
    if (sizes[:-1] == 1).all():
        return Coded(term_codes[stretches.codes], stretches.offsets, vocabulary)
    quick = kernels(len(stretches.codes) * BYTES_OF_A_WORD)
    if quick is not None:
        codes, offsets = quick.spread(stretches.codes, stretches.offsets, firsts, sizes, term_codes)
        return Coded(codes, offsets, vocabulary)
    # Nearly every stretch is one word: put the first word everywhere, then see to the few that have none or several.
    codes = np.append(term_codes, np.int32(0))[firsts][stretches.codes]
    odd = np.flatnonzero((sizes != 1)[stretches.codes])
    counts = sizes[stretches.codes[odd]]
    moved = np.concatenate([[0], np.cumsum(counts - 1)])
    offsets = stretches.offsets + moved[np.searchsorted(odd, stretches.offsets)]
    several = counts > 1
    further = np.repeat(firsts[stretches.codes[odd[several]]], counts[several] - 1) + _steps(counts[several] - 1) + 1
    codes = np.insert(codes, np.repeat(odd[several] + 1, counts[several] - 1), term_codes[further])
    gone = odd[counts == 0]
    codes = np.delete(codes, gone + moved[:-1][counts == 0] + np.arange(len(gone)))
    return Coded(codes, offsets.astype(np.int64), vocabulary)


def _steps(counts: Integers) -> Integers:
    """Return 0, 1, 2, ... for each count, one after another.

    Examples
    --------
    >>> _steps(np.array([2, 1, 3])).tolist()
    [0, 1, 0, 0, 1, 2]
    """
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
