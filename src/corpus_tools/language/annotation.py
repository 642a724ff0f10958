"""One text with everything that can be said about its language, worked out when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from corpus_tools.language.spans import Chunk, Clause, Name, Span, Token, VerbGroup

if TYPE_CHECKING:
    from corpus_tools.language._batch import Batch


class Annotation:
    """Sentences, tokens, tags, lemmas, chunks and names of one text; each is computed when it is first used.

    Parameters
    ----------
    text : str
        The text; all offsets are characters of it.
    """

    __slots__ = ("__dict__", "_number", "_shared", "text")

    def __init__(self, text: str, batch: Batch | None = None, number: int = 0) -> None:
        self.text = text
        self._shared, self._number = batch, number

    def __repr__(self) -> str:
        return f"Annotation({self.text[:40]!r}{'...' if len(self.text) > 40 else ''})"

    def __reduce__(self) -> tuple[type[Annotation], tuple[str]]:
        return Annotation, (self.text,)

    @property
    def _batch(self) -> Batch:
        if self._shared is None:
            from corpus_tools.language._batch import Batch

            self._shared = Batch([self.text])
        return self._shared

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences in order."""
        return self._batch.sentences[self._number]

    @cached_property
    def tokens(self) -> list[Token]:
        """Tokens of the analysis view in order."""
        return self._batch.tokens[self._number]

    @cached_property
    def sentence_lengths(self) -> list[int]:
        """How many tokens each sentence has."""
        return self._batch.sentence_lengths[self._number]

    @cached_property
    def upos(self) -> list[str]:
        """Universal part-of-speech tag of each token."""
        return self._batch.upos_names[self._number]

    @cached_property
    def xpos(self) -> list[str]:
        """Penn Treebank tag of each token, as English Universal Dependencies use them."""
        return self._batch.xpos_names[self._number]

    @cached_property
    def lemmas(self) -> list[str]:
        """Dictionary form of each token."""
        return self._batch.lemmas[self._number]

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
        from corpus_tools.language.names import linked

        return linked(self, self._batch.names[self._number])


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
