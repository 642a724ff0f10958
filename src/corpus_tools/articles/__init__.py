"""The articles room: raw files in, table of articles out.

>>> import corpus_tools as ct                                    # doctest: +SKIP
>>> articles = ct.read("folder/")                                # doctest: +SKIP
>>> ct.build("folder/", into="corpus/")                          # doctest: +SKIP
>>> corpus = ct.open("corpus/")                                  # doctest: +SKIP
"""

from corpus_tools.articles.building import build
from corpus_tools.articles.comparing import Comparison, compare
from corpus_tools.articles.corpus import Corpus, open
from corpus_tools.articles.exporting import export
from corpus_tools.articles.furnishing import learn_furniture
from corpus_tools.articles.reading import Reading, read, read_all
from corpus_tools.articles.reprinting import reprints
from corpus_tools.articles.selection import select
from corpus_tools.articles.summary import BuildSummary
from corpus_tools.articles.tracing import paragraphs, raw
from corpus_tools.articles.versioning import versions

__all__ = [
    "BuildSummary",
    "Comparison",
    "Corpus",
    "Reading",
    "build",
    "compare",
    "export",
    "learn_furniture",
    "open",
    "paragraphs",
    "raw",
    "read",
    "read_all",
    "reprints",
    "select",
    "versions",
]
