"""What is said: words, phrases, keywords, concordances, collocations, trends.

Every function takes a table of articles (or `Tokens`, to count several times without tokenising again) and returns a
table in which raw counts, rates per million words, document frequencies and corpus sizes stand beside each score.
"""

from __future__ import annotations

from corpus_tools.terms.association import association, log_dice
from corpus_tools.terms.changes import bursts, change_points
from corpus_tools.terms.collocations import (
    collocation_counts,
    collocations,
    collocations_from_counts,
    collocations_of_parts,
    combine_collocation_counts,
)
from corpus_tools.terms.combining import combine_frequencies, frequency_of_parts
from corpus_tools.terms.concepts import Concepts, concept_frequency
from corpus_tools.terms.concordance import TextIndex, concordance
from corpus_tools.terms.cooccurrence import cooccurrence
from corpus_tools.terms.dispersion import dispersion, positions
from corpus_tools.terms.diversity import lexical_diversity
from corpus_tools.terms.first_use import first_use
from corpus_tools.terms.frequency import frequency
from corpus_tools.terms.growth import vocabulary_growth, zipf
from corpus_tools.terms.intervals import wilson
from corpus_tools.terms.kept_phrases import keep_phrases
from corpus_tools.terms.keyness import keyness, keyness_measures
from corpus_tools.terms.matrix import DocumentTermMatrix, document_term_matrix, load_matrix
from corpus_tools.terms.multiword import multiword_association
from corpus_tools.terms.occurrences import occurrences
from corpus_tools.terms.outlets import outlet_keyness
from corpus_tools.terms.phrases import phrases
from corpus_tools.terms.readability import readability
from corpus_tools.terms.resampling import frequency_bootstrap, keyness_bootstrap
from corpus_tools.terms.similarity import distance, similarity
from corpus_tools.terms.skipgrams import skip_grams
from corpus_tools.terms.stopwords import stopwords
from corpus_tools.terms.tokens import Specification, Tokens, tokens, tokens_from_lists
from corpus_tools.terms.trend import combine_trends, trend, trend_of_parts
from corpus_tools.terms.variants import suggest_variants
from corpus_tools.terms.weighting import tf_idf, weigh

__all__ = [
    "Concepts",
    "DocumentTermMatrix",
    "Specification",
    "TextIndex",
    "Tokens",
    "association",
    "bursts",
    "change_points",
    "collocation_counts",
    "collocations",
    "collocations_from_counts",
    "collocations_of_parts",
    "combine_collocation_counts",
    "combine_frequencies",
    "combine_trends",
    "concept_frequency",
    "concordance",
    "cooccurrence",
    "dispersion",
    "distance",
    "document_term_matrix",
    "first_use",
    "frequency",
    "frequency_bootstrap",
    "frequency_of_parts",
    "keep_phrases",
    "keyness",
    "keyness_bootstrap",
    "keyness_measures",
    "lexical_diversity",
    "load_matrix",
    "log_dice",
    "multiword_association",
    "occurrences",
    "outlet_keyness",
    "phrases",
    "positions",
    "readability",
    "similarity",
    "skip_grams",
    "stopwords",
    "suggest_variants",
    "tf_idf",
    "tokens",
    "tokens_from_lists",
    "trend",
    "trend_of_parts",
    "vocabulary_growth",
    "weigh",
    "wilson",
    "zipf",
]
