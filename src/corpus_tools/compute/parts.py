"""The parts of a corpus, as something that can be sent to where they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from corpus_tools.articles.corpus import read_stored
from corpus_tools.articles.places import is_remote

if TYPE_CHECKING:
    from corpus_tools.articles import Corpus

#: Articles in a part of a corpus that is not on disk.
ROWS = 2_000


@dataclass(frozen=True)
class StoredPart:
    """A part of a corpus on disk, read where it is needed."""

    folder: str
    name: str

    def articles(self) -> pd.DataFrame:
        """Read the articles.

        Raises
        ------
        DamagedCorpus
            When the part is gone or damaged; the message names it.
        """
        return read_stored(self.folder, self.name)


@dataclass(frozen=True)
class HeldPart:
    """A part of a corpus that was read on the fly."""

    name: str
    held: pd.DataFrame

    def articles(self) -> pd.DataFrame:
        """Return the articles."""
        return self.held


Part = StoredPart | HeldPart


def parts_of(corpus: Corpus) -> list[Part]:
    """Return the parts of a corpus, in their order.

    Parameters
    ----------
    corpus : Corpus
        Built on disk, or read on the fly: then it is cut into parts of 2,000 articles.
    """
    if corpus.is_built:
        folder = str(corpus.path) if is_remote(corpus.path) else str(corpus.path.resolve())
        return [StoredPart(folder, name) for name in corpus.part_names]
    return list(_cut(corpus.articles, corpus.name))


def _cut(articles: pd.DataFrame, name: str) -> Iterator[HeldPart]:
    for number, start in enumerate(range(0, len(articles), ROWS), 1):
        yield HeldPart(f"{name}, part {number}", articles.iloc[start : start + ROWS].reset_index(drop=True))
