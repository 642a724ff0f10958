"""How often each term occurs in each article, as a sparse matrix that is built once and reused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from corpus_tools.errors import DamagedCorpus, InvalidQuery
from corpus_tools.terms._columns import Columns, count_columns, frequencies, rows
from corpus_tools.terms._grams import check_sizes, joined
from corpus_tools.terms._types import Integers
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Specification, tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_FILES = ("counts.npz", "terms.parquet", "articles.parquet", "specification.json")


@dataclass(frozen=True)
class DocumentTermMatrix:
    """Counts of terms in articles.

    Parameters
    ----------
    counts : scipy.sparse.csr_array of int32
        One row for each article, one column for each term.
    terms : pyarrow.LargeStringArray
        The terms; words of a phrase are parted by one blank.
    sizes : array of int64
        Number of words of each term.
    totals : array of int64
        Number of all words of each article, whether they are among the terms or not.
    articles : DataFrame
        The articles without their texts.
    specification : Specification
        What counts as one term.
    frequencies : pair of arrays of int64, optional
        How often each term occurs in all articles, and in how many, where this is known without counting anew.
    """

    counts: csr_array[Any]
    terms: Any
    sizes: Integers
    totals: Integers
    articles: pd.DataFrame
    specification: Specification = field(default_factory=Specification)
    frequencies: tuple[Integers, Integers] | None = None

    def column(self, term: str) -> int:
        """Return the column of `term`, or -1 when it does not occur."""
        import pyarrow.compute as pc

        return int(pc.index(self.terms, term).as_py())

    def document_frequency(self) -> Integers:
        """Return in how many articles each term occurs."""
        if self.frequencies is not None:
            return self.frequencies[1]
        frequency: Integers = np.bincount(self.counts.indices, minlength=len(self.terms)).astype(np.int64)
        return frequency

    def collection_frequency(self) -> Integers:
        """Return how often each term occurs in all articles together."""
        if self.frequencies is not None:
            return self.frequencies[0]
        # Sums of counts are exact in floating point up to 2**53.
        sums = np.bincount(self.counts.indices, weights=self.counts.data, minlength=len(self.terms))
        return sums.astype(np.int64)

    def select(self, columns: Any) -> DocumentTermMatrix:
        """Return the matrix of some terms only, given by number or by mask."""
        import pyarrow as pa

        places = np.flatnonzero(columns) if np.asarray(columns).dtype == bool else np.asarray(columns)
        taken = self.terms.take(pa.array(places, type=pa.int64()))
        counts = self.counts[:, places]
        return DocumentTermMatrix(counts, taken, self.sizes[places], self.totals, self.articles, self.specification)

    def describe(self) -> dict[str, Any]:
        """Return the specification and sizes as plain values, as result tables carry them in ``attrs``."""
        return {**asdict(self.specification), "articles": len(self.articles), "tokens": int(self.totals.sum())}

    def save(self, folder: str | Path) -> None:
        """Write the matrix into `folder`, which is made when it is not there.

        Notes
        -----
        Four files: ``counts.npz``, ``terms.parquet``, ``articles.parquet``, ``specification.json``.
        """
        from scipy.sparse import save_npz

        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        save_npz(place / _FILES[0], self.counts)
        _write_parquet(place / _FILES[1], {"term": self.terms, "size": self.sizes})
        described = self.articles.assign(_words=self.totals)
        described.to_parquet(place / _FILES[2])
        (place / _FILES[3]).write_text(json.dumps(asdict(self.specification)) + "\n", encoding="utf-8")


def document_term_matrix(
    articles: Source,
    *,
    ngrams: int | Sequence[int] = (1,),
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 1,
    lowercase: bool = True,
    stemming: str | None = None,
) -> DocumentTermMatrix:
    """Count terms in each article.

    Parameters
    ----------
    articles : DataFrame or Tokens
        What to count.
    ngrams : int or sequence of int
        Numbers of words in a term: ``(1, 2)`` counts words and pairs of neighbouring words.
    stopwords : str, iterable of str or None
        Words that are no term and neither begin nor end one; see `corpus_tools.terms.stopwords`. They still count as
        words of the article and inside of phrases.
    min_count : int
        Fewest occurrences in all articles together.
    lowercase, stemming
        See `corpus_tools.terms.tokens`.

    Returns
    -------
    DocumentTermMatrix

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": ["The dam broke.", "The dam held. The dam!"]})
    >>> matrix = document_term_matrix(articles)
    >>> matrix.terms.to_pylist(), matrix.counts.toarray().tolist()
    (['broke', 'dam', 'held', 'the'], [[1, 1, 0, 1], [0, 2, 1, 2]])
    """
    counted = tokens(articles, lowercase=lowercase, stemming=stemming)
    kept = allowed(counted, _stopwords(stopwords))
    sizes = check_sizes(ngrams)
    blocks = [_wanted(block, kept, min_count) for block in count_columns(counted, sizes)]
    counts = rows(blocks, len(counted.offsets) - 1)
    names = joined(counted, *(block.parts for block in blocks))
    lengths = np.repeat(sizes, [len(block.parts) for block in blocks]).astype(np.int64)
    return DocumentTermMatrix(
        counts, names, lengths, counted.lengths, counted.articles, counted.specification, frequencies(blocks)
    )


def _wanted(block: Columns, kept: Any, min_count: int) -> Columns:
    wanted = kept[block.parts[:, 0]] & kept[block.parts[:, -1]]
    if min_count > 1:
        wanted &= block.totals >= min_count
    return block if wanted.all() else block.select(wanted)


def load_matrix(folder: str | Path) -> DocumentTermMatrix:
    """Read a matrix that `DocumentTermMatrix.save` wrote.

    Raises
    ------
    DamagedCorpus
        When a file is absent or cannot be read.
    """
    import pyarrow.parquet as pq
    from scipy.sparse import csr_array, load_npz

    place = Path(folder)
    absent = [name for name in _FILES if not (place / name).is_file()]
    if absent:
        raise DamagedCorpus(f"{place} lacks {', '.join(absent)}; build the matrix again and save it there.")
    try:
        counts = csr_array(load_npz(place / _FILES[0]))
        table = pq.read_table(place / _FILES[1])
        articles = pd.read_parquet(place / _FILES[2])
        specification = Specification(**json.loads((place / _FILES[3]).read_text(encoding="utf-8")))
    except (ValueError, OSError, TypeError, KeyError) as error:
        raise DamagedCorpus(f"{place} cannot be read ({error}); build the matrix again and save it there.") from error
    if counts.shape != (len(articles), table.num_rows):
        raise DamagedCorpus(f"The files in {place} are not of one matrix; build it again and save it there.")
    totals = articles.pop("_words").to_numpy(dtype=np.int64)
    terms = table["term"].combine_chunks()
    return DocumentTermMatrix(counts, terms, table["size"].to_numpy(), totals, articles, specification)


def as_matrix(source: Source | DocumentTermMatrix, **options: Any) -> DocumentTermMatrix:
    """Return `source` if it is a matrix, else the matrix of it."""
    return source if isinstance(source, DocumentTermMatrix) else document_term_matrix(source, **options)


class Worded(Protocol):
    """Anything that has a vocabulary, and says what counts as a term."""

    @property
    def vocabulary(self) -> Any:
        """The distinct terms, as an Arrow array."""

    @property
    def specification(self) -> Specification:
        """What counts as one term."""


def allowed(counted: Worded, excluded: frozenset[str]) -> Any:
    """Return which words of the vocabulary are not among `excluded`."""
    if not excluded:
        return np.ones(len(counted.vocabulary), dtype=bool)
    import pyarrow as pa
    import pyarrow.compute as pc

    normalise = counted.specification.normaliser()
    unwanted = sorted(excluded | {normalise(word) for word in excluded})
    vocabulary = counted.vocabulary
    if not counted.specification.lowercase:
        vocabulary = pa.array([word.lower() for word in vocabulary.to_pylist()], type=pa.large_string())
    found = pc.is_in(vocabulary, value_set=pa.array(unwanted, type=pa.large_string()))
    return ~np.asarray(found, dtype=bool)


def _write_parquet(path: Path, columns: dict[str, Any]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), path)


def check_min_count(min_count: int) -> None:
    """Raise `InvalidQuery` unless `min_count` can be a number of occurrences."""
    if min_count < 0:
        raise InvalidQuery(f"min_count={min_count} has no meaning; give 1 or more.")
