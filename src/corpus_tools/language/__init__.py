"""Sentences, tokens, tags, lemmas, noun phrases and names of English text, with offsets into the untouched text.

>>> from corpus_tools import language
>>> annotation = language.annotate("The mayor didn't speak. She left.")
>>> [annotation.text[start:end] for start, end in annotation.sentences]
["The mayor didn't speak.", 'She left.']
"""

from corpus_tools.language.annotation import Annotation, annotate
from corpus_tools.language.batches import annotate_all, tokens_table
from corpus_tools.language.sentences import sentences
from corpus_tools.language.spans import Chunk, Clause, Name, Span, Token, VerbGroup
from corpus_tools.language.stopwords import stopwords
from corpus_tools.language.tokens import TOKEN_SPECIFICATIONS, tokenize, words

__all__ = [
    "TOKEN_SPECIFICATIONS",
    "Annotation",
    "Chunk",
    "Clause",
    "Name",
    "Span",
    "Token",
    "VerbGroup",
    "annotate",
    "annotate_all",
    "sentences",
    "stopwords",
    "tokenize",
    "tokens_table",
    "words",
]
