"""The words of a corpus, counted once and used by every analysis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery
from corpus_tools.terms._coding import as_arrow, code_lists, code_words
from corpus_tools.terms._specification import Specification as Specification
from corpus_tools.terms._types import Codes, Integers


@dataclass(frozen=True)
class Tokens:
    """The words of a corpus as numbers: give it to several analyses instead of `articles` to count only once.

    Parameters
    ----------
    codes : array of int32
        The terms of all articles, one after another, as places in `vocabulary`.
    offsets : array of int64
        Where each article's terms begin in `codes`; one more at the end.
    vocabulary : pyarrow.LargeStringArray
        The distinct terms in code point order.
    articles : DataFrame
        The articles without their texts, in the order of `offsets`.
    specification : Specification
        What counts as one term.
    texts : pyarrow.LargeStringArray, optional
        The articles' texts, where the terms were read from texts: what regular expressions, concordances and sentences
        need. They are those of the table of articles, not a copy.
    """

    codes: Codes
    offsets: Integers
    vocabulary: Any
    articles: pd.DataFrame
    specification: Specification = field(default_factory=Specification)
    texts: Any = field(default=None, repr=False)

    def __post_init__(self) -> None:
        # Several analyses share these arrays.
        self.codes.flags.writeable = False
        self.offsets.flags.writeable = False

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def lengths(self) -> Integers:
        """Number of words in each article."""
        return np.diff(self.offsets)

    @property
    def article_of(self) -> Integers:
        """Number of the article that each word stands in."""
        return np.repeat(np.arange(len(self.offsets) - 1), self.lengths)

    def terms(self, codes: Any) -> list[str]:
        """Return the terms that stand behind `codes`."""
        import pyarrow as pa

        return list(self.vocabulary.take(pa.array(codes, type=pa.int64())).to_pylist())

    def describe(self) -> dict[str, Any]:
        """Return the specification and sizes as plain values, as result tables carry them in ``attrs``."""
        return {**asdict(self.specification), "articles": len(self.articles), "tokens": len(self)}


Source: TypeAlias = "pd.DataFrame | Tokens"


def texts_of(source: Source) -> list[str | None] | None:
    """Return the texts of articles, or of the words that were read from them; None where there are none."""
    if isinstance(source, pd.DataFrame):
        schema.require(source, "text")
        return list(source["text"])
    return None if source.texts is None else list(source.texts.to_pylist())


def text_at(source: Source, place: int) -> str | None:
    """Return the text of one article; None where there is none."""
    if isinstance(source, pd.DataFrame):
        return str(source["text"].iloc[place])
    return None if source.texts is None else source.texts[place].as_py()


def tokens(articles: Source, *, lowercase: bool = True, stemming: str | None = None) -> Tokens:
    """Return the words of `articles` as numbers.

    Parameters
    ----------
    articles : DataFrame or Tokens
        A table of articles (``article_id`` and ``text``); `Tokens` are returned as they are.
    lowercase : bool
        Whether `The` and `the` are one term.
    stemming : str, optional
        Language of a Snowball stemmer, e.g. ``"english"``, or ``"lemma"`` for the dictionary forms of English words
        (queries then name these: `flood` finds *floods* and *flooded*, too); by default words stay as they are.

    Returns
    -------
    Tokens

    Raises
    ------
    MissingColumn
        When there is no ``article_id`` or ``text``.

    Notes
    -----
    Words are those of `corpus_tools.language.words`. Typographic apostrophes and hyphens count as plain ones; soft
    hyphens and zero-width characters are left out.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["The river rose. The mayor’s boat left."]})
    >>> counted = tokens(articles)
    >>> len(counted), counted.vocabulary.to_pylist()
    (7, ['boat', 'left', "mayor's", 'river', 'rose', 'the'])
    """
    if isinstance(articles, Tokens):
        return articles
    schema.require(articles, "article_id", "text")
    specification = Specification(lowercase=lowercase, stemming=stemming)
    texts = as_arrow(articles["text"])
    coded = code_words(texts, specification)
    others = articles.drop(columns=["text", "boilerplate"], errors="ignore").reset_index(drop=True)
    return Tokens(coded.codes, coded.offsets, coded.vocabulary, others, specification, texts)


def tokens_from_lists(documents: Iterable[Iterable[str]], *, articles: pd.DataFrame | None = None) -> Tokens:
    """Return documents that another tool has tokenised, ready for every analysis of this room.

    Parameters
    ----------
    documents : iterable of iterables of str
        The terms of each document, in order.
    articles : DataFrame, optional
        What is known of the documents, one row each; numbered ids by default.

    Returns
    -------
    Tokens

    Raises
    ------
    InvalidQuery
        When `articles` has another number of rows.

    Examples
    --------
    >>> len(tokens_from_lists([["a", "b"], ["b"]]))
    3
    """
    coded = code_lists(documents)
    size = len(coded.offsets) - 1
    if articles is None:
        numbers = [str(number) for number in range(1, size + 1)]
        articles = pd.DataFrame({"article_id": pd.Series(numbers, dtype="str")})
    if len(articles) != size:
        raise InvalidQuery(f"There are {size} documents but {len(articles)} rows describe them; give one row each.")
    return Tokens(coded.codes, coded.offsets, coded.vocabulary, articles.reset_index(drop=True))
