"""Words as their dictionary forms, which need the sentence that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus_tools.language import annotate_all, words
from corpus_tools.terms._specification import Specification


def lemma_lists(texts: Iterable[str | None], specification: Specification) -> Iterator[list[str]]:
    """Return the dictionary form of each word of each text, one for each word of the counting view.

    Parameters
    ----------
    texts : iterable of str
        English texts; missing ones have no words.
    specification : Specification
        Whether upper and lower case are one.

    Yields
    ------
    list of str
        What is written apart or behind an apostrophe (`'s`, `n't`) is left out; of words with hyphens the last part
        takes its dictionary form.

    Examples
    --------
    >>> list(lemma_lists(["The mayor's ex-ministers didn't leave the cities."], Specification()))
    [['the', 'mayor', 'ex-minister', 'do', 'leave', 'the', 'city']]
    """
    normalise = specification.normaliser()
    for annotation in annotate_all(texts):
        text, tokens, lemmas = annotation.text, annotation.tokens, annotation.lemmas
        found: list[str] = []
        place = 0
        for start, end in words(text):
            while place < len(tokens) and tokens[place].end <= start:
                place += 1
            inside = place
            while inside < len(tokens) and tokens[inside].start < end:
                inside += 1
            last = inside - 1
            while last > place and _is_attached(tokens[last].text):
                last -= 1
            form = text[start:end]
            if place <= last and start <= tokens[last].start and tokens[last].end <= end:
                form = text[start : tokens[last].start] + lemmas[last]
            found.append(normalise(form))
        yield found


def _is_attached(token: str) -> bool:
    """Return whether a token belongs to the word before: possessives, short forms, `not` in `cannot`."""
    return "'" in token or "’" in token or token.lower() == "not"
