"""One text with everything that can be said about its language, worked out when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from corpus_tools.language.lemmas import lemmas
from corpus_tools.language.sentences import sentences
from corpus_tools.language.spans import Chunk, Clause, Name, Span, Token, VerbGroup
from corpus_tools.language.tokens import tokenize_sentences

if TYPE_CHECKING:
    from corpus_tools.language._window import Layout
    from corpus_tools.language.tagger import Tags


class Annotation:
    """Sentences, tokens, tags, lemmas, chunks and names of one text; each is computed when it is first used.

    Parameters
    ----------
    text : str
        The text; all offsets are characters of it.
    """

    __slots__ = ("__dict__", "text")

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"Annotation({self.text[:40]!r}{'...' if len(self.text) > 40 else ''})"

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences in order."""
        return [Span(start, end) for start, end in sentences(self.text)]

    @cached_property
    def _tokenized(self) -> tuple[list[Token], list[int]]:
        return tokenize_sentences(self.text, self.sentences)

    @cached_property
    def tokens(self) -> list[Token]:
        """Tokens of the analysis view in order."""
        return self._tokenized[0]

    @cached_property
    def sentence_lengths(self) -> list[int]:
        """How many tokens each sentence has."""
        return self._tokenized[1]

    @cached_property
    def _layout(self) -> Layout:
        from corpus_tools.language._window import lay_out

        return lay_out([token.text for token in self.tokens], self.sentence_lengths)

    @cached_property
    def _tags(self) -> Tags:
        from corpus_tools.language.tagger import load

        return load().upos(self._layout)[0]

    @cached_property
    def upos(self) -> list[str]:
        """Universal part-of-speech tag of each token."""
        from corpus_tools.language.tagger import load

        names = load().upos_names
        return [names[tag] for tag in self._tags.tolist()]

    @cached_property
    def xpos(self) -> list[str]:
        """Penn Treebank tag of each token, as English Universal Dependencies use them."""
        from corpus_tools.language.tagger import load

        return load().xpos(self._layout, self._tags)

    @cached_property
    def lemmas(self) -> list[str]:
        """Dictionary form of each token."""
        return lemmas([token.text for token in self.tokens], self.upos, self.xpos)

    @cached_property
    def chunks(self) -> list[Chunk]:
        """Noun phrases in order."""
        from corpus_tools.language.chunks import find_chunks

        return find_chunks(self.text, self.tokens, self.upos, self.xpos, self.sentence_lengths)

    @cached_property
    def verbs(self) -> list[VerbGroup]:
        """Verb groups in order."""
        from corpus_tools.language.verbs import find_verbs

        return find_verbs(self.tokens, self.upos, self.xpos, self.lemmas, self.sentence_lengths)

    @cached_property
    def clauses(self) -> list[Clause]:
        """Clauses in order; every token is in exactly one."""
        from corpus_tools.language.clauses import find_clauses

        return find_clauses(self.tokens, self.upos, self.lemmas, self.verbs, self.sentence_lengths)

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """Acronyms that the text explains, with their long forms."""
        from corpus_tools.language.acronyms import acronyms

        return acronyms(self.text)

    @cached_property
    def names(self) -> list[Name]:
        """Proper names in order."""
        from corpus_tools.language.names import find_names

        return find_names(self)


def annotate(text: str) -> Annotation:
    """Annotate one text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Annotation
        Lazy: nothing is computed before it is asked for.

    Examples
    --------
    >>> annotation = annotate("Ann Oda didn't go to Bonn.")
    >>> [token.text for token in annotation.tokens]
    ['Ann', 'Oda', 'did', "n't", 'go', 'to', 'Bonn', '.']
    """
    return Annotation(text)
