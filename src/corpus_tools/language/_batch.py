"""Some texts that share their array operations: what one annotation asks for is worked out for all of them."""

from __future__ import annotations

from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._stretches import Reading
from corpus_tools.language._window import Layout, arrange
from corpus_tools.language.lemmas import lemma
from corpus_tools.language.sentences import read_sentences
from corpus_tools.language.spans import Span, Token
from corpus_tools.language.tagger import Tagger, load
from corpus_tools.language.tokens import Cut

if TYPE_CHECKING:
    from corpus_tools.language.names import Guess, NameModel

_span = partial(tuple.__new__, Span)
#: What Token(...) calls, without its arguments' checks.
_token = partial(tuple.__new__, Token)
#: More than there are tags of a kind.
_TAGS = 64


class Batch:
    """Some texts; each property has a part for each of them, or one array for the tokens of all.

    Parameters
    ----------
    texts : list of str
        The texts.
    """

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts

    @cached_property
    def reading(self) -> Reading:
        """The texts as stretches without white space."""
        return Reading(self.texts)

    @cached_property
    def sentences(self) -> list[list[Span]]:
        """Sentences of each text."""
        return [list(map(_span, spans)) for spans in read_sentences(self.texts, self.reading)]

    @cached_property
    def cut(self) -> Cut:
        """The tokens."""
        offsets = self.reading.offsets.tolist()
        starts = [start + offset for spans, offset in zip(self.sentences, offsets, strict=True) for start, _ in spans]
        return Cut(self.reading, np.array(starts, dtype=np.intp))

    @cached_property
    def bounds(self) -> list[slice]:
        """Which tokens each text has."""
        sentences = np.cumsum([0, *map(len, self.sentences)])
        tokens = np.concatenate([[0], np.cumsum(self.cut.lengths)])
        return [slice(first, last) for first, last in pairwise(tokens[sentences].tolist())]

    @cached_property
    def layout(self) -> Layout:
        """The tokens as the taggers see them."""
        sizes = np.array([part.stop - part.start for part in self.bounds], dtype=np.intp)
        return arrange(self.cut.types, self.cut.forms, self.cut.lengths, sizes)

    @cached_property
    def tagger(self) -> Tagger:
        """What tags."""
        return load()

    @cached_property
    def name_model(self) -> NameModel:
        """What tells the kinds of names."""
        from corpus_tools.language.names import load as load_names

        return load_names()

    @cached_property
    def upos(self) -> NDArray[np.intp]:
        """Numbers of the universal tags."""
        return self.tagger.upos(self.layout)[0]

    @cached_property
    def xpos(self) -> NDArray[np.intp]:
        """Numbers of the Penn tags."""
        return self.tagger.xpos(self.layout, self.upos)

    @cached_property
    def lemmas(self) -> list[list[str]]:
        """Dictionary forms of each text's tokens."""
        forms, upos, xpos = self.cut.forms, self.upos, self.xpos
        codes = (forms.astype(np.intp) * _TAGS + upos) * _TAGS + xpos
        numbers, remembered = codes.tolist(), self.reading.memory.lemmas
        found = list(map(remembered.get, numbers))
        for place in [place for place, known in enumerate(found) if known is None]:
            tags = self.tagger.upos_names[upos[place]], self.tagger.xpos_names[xpos[place]]
            found[place] = remembered[numbers[place]] = lemma(self.cut.types.forms[forms[place]], *tags)
        return [found[part] for part in self.bounds]  # type: ignore[misc]

    @cached_property
    def sentence_lengths(self) -> list[list[int]]:
        """How many tokens each sentence of each text has."""
        lengths = self.cut.lengths.tolist()
        bounds = pairwise(np.cumsum([0, *map(len, self.sentences)]).tolist())
        return [lengths[first:last] for first, last in bounds]

    @cached_property
    def tokens(self) -> list[list[Token]]:
        """Tokens of each text."""
        offset = self.reading.offsets[self.layout.document] if len(self.texts) > 1 else np.intp(0)
        starts, ends = (self.cut.starts - offset).tolist(), (self.cut.ends - offset).tolist()
        forms = self.cut.types.forms.take(self.cut.forms).tolist()
        tokens = list(map(_token, zip(starts, ends, forms, strict=True)))
        return [tokens[part] for part in self.bounds]

    @cached_property
    def upos_names(self) -> list[list[str]]:
        """Universal tags of each text's tokens."""
        return self._named(self.tagger.upos_names, self.upos)

    @cached_property
    def xpos_names(self) -> list[list[str]]:
        """Penn tags of each text's tokens."""
        return self._named(self.tagger.xpos_names, self.xpos)

    def _named(self, names: list[str], tags: NDArray[np.intp]) -> list[list[str]]:
        found = np.array(names, dtype=object).take(tags).tolist()
        return [found[part] for part in self.bounds]

    @cached_property
    def names(self) -> list[list[Guess]]:
        """Possible names of each text with their kinds."""
        from corpus_tools.language.names import guess_names

        return guess_names(self)
