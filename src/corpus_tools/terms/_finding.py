"""Where queries occur in a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from itertools import accumulate
from time import monotonic
from typing import Any, TypeAlias

from corpus_tools.errors import InvalidQuery
from corpus_tools.language import words
from corpus_tools.terms._specification import DROPPED, Specification
from corpus_tools.terms.queries import Query, compile_expression, literal

#: Seconds that a regular expression may take over all articles.
PATIENCE = 10.0

#: Most distinct stretches of text whose words are remembered.
_MOST_REMEMBERED = 200_000

Matches: TypeAlias = list[tuple[int, int, str]]
Spans: TypeAlias = list[tuple[int, int]]


def finder(
    queries: list[Query], specification: Specification, *, reach: int | None = None
) -> Callable[[str], tuple[Matches, Spans]]:
    """Return a function from a text to its matches (start, end, query), and to its words when there are any.

    With `reach`, words that are further than that from every match may be left out, and need not be read.
    """
    by_words = [_Wanted(query, specification) for query in queries if query.expression is None]
    expressions = [
        (query.text, compile_expression(query.expression, ignore_case=specification.lowercase))
        for query in queries
        if query.expression is not None
    ]
    fold = Specification(lowercase=specification.lowercase).normaliser()
    beyond = None if reach is None else reach + max((len(query.parts) for query in queries), default=0)
    deadline = monotonic() + PATIENCE
    reader = WordReader(specification.normaliser())

    def find(text: str) -> tuple[Matches, Spans]:
        found: Matches = []
        for source, expression in expressions:
            found += _search(expression, text, source, deadline)
        folded = fold(text) if by_words else ""
        near = [wanted for wanted in by_words if wanted.literal in folded]
        if not near and not found:
            return [], []
        places = None if beyond is None else _places(text, folded, near, found)
        spans: Spans = []
        for read, terms in reader.around(text, places, beyond or 0):
            spans += read
            for wanted in near:
                found += _match(terms, read, wanted)
        return (_longest(found) if len(queries) > 1 else found), spans

    return find


class _Wanted:
    """A query by words: its tests, and a run of letters without which a text cannot match."""

    def __init__(self, query: Query, specification: Specification) -> None:
        self.query = query
        self.tests = [_test(part) for part in query.parts]
        # What a stemmer leaves of a word need not stand in the text.
        literals = [""] if specification.stemming else [literal(part) for part in query.parts]
        self.literal = max(literals, key=len)
        part = query.parts[literals.index(self.literal)]
        # A word never ends between two plain letters or digits.
        before = "(?<![A-Za-z0-9])" if part.startswith(self.literal) else ""
        after = "(?![A-Za-z0-9])" if part.endswith(self.literal) else ""
        self.pattern = re.compile(before + re.escape(self.literal) + after) if self.literal else None


def _places(text: str, folded: str, near: list[_Wanted], found: Matches) -> list[tuple[int, int]] | None:
    """Return where matches are and where words may match; None where that is not known without reading all."""
    places = [(start, end) for start, end, _ in found]
    if near and (len(folded) != len(text) or any(mark in text for mark in DROPPED)):
        return None
    for wanted in near:
        if wanted.pattern is None:
            return None
        places += [match.span() for match in wanted.pattern.finditer(folded)]
    return places


def _search(expression: Any, text: str, source: str, deadline: float) -> Matches:
    left = deadline - monotonic()
    try:
        if left <= 0:
            raise TimeoutError
        return [
            (*match.span(), source) for match in expression.finditer(text, timeout=left) if match.end() > match.start()
        ]
    except TimeoutError:
        raise InvalidQuery(
            f"{source} took longer than {PATIENCE:g} seconds. Repetitions within repetitions, as in (a+)+, do that: "
            "write it without, or search fewer articles."
        ) from None


def _anything(_: str) -> bool:
    return True


def _test(part: str) -> Callable[[str], bool]:
    if part == "*":
        return _anything
    if "*" not in part:
        return part.__eq__
    pieces = part.split("*")
    first, last, middle = pieces[0], pieces[-1], [piece for piece in pieces[1:-1] if piece]

    def test(term: str) -> bool:
        if len(term) < len(first) + len(last) or not term.startswith(first) or not term.endswith(last):
            return False
        place, end = len(first), len(term) - len(last)
        for piece in middle:
            place = term.find(piece, place, end)
            if place < 0:
                return False
            place += len(piece)
        return True

    return test


def _match(terms: list[str], spans: Spans, wanted: _Wanted) -> Iterator[tuple[int, int, str]]:
    first, *others = wanted.tests
    size = len(wanted.tests)
    for place in range(len(terms) - size + 1):
        if first(terms[place]) and all(test(terms[place + shift]) for shift, test in enumerate(others, 1)):
            yield spans[place][0], spans[place + size - 1][1], wanted.query.text


def _longest(found: Matches) -> Matches:
    kept: Matches = []
    for match in sorted(found, key=lambda entry: (entry[0], -entry[1], entry[2])):
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept


class WordReader:
    """Reads the words of texts, each distinct stretch between blanks only once.

    Parameters
    ----------
    normalise : callable
        What makes a term of a word.

    Examples
    --------
    >>> WordReader(str.lower).read("The dam. The dam!")
    ([(0, 3), (4, 7), (9, 12), (13, 16)], ['the', 'dam', 'the', 'dam'])
    """

    def __init__(self, normalise: Callable[[str], str]) -> None:
        self._normalise = normalise
        self._known: dict[str, list[tuple[int, int, str]]] = {}

    def read(self, text: str) -> tuple[Spans, list[str]]:
        """Return the words of `text` as offsets and as terms."""
        self._forget()
        return self._words(text.split(" "), 0)

    def around(self, text: str, places: list[tuple[int, int]] | None, reach: int) -> Iterator[tuple[Spans, list[str]]]:
        """Return the words around `places` (start, end), at least `reach` on both sides, once; all for None.

        Those of one piece of text follow each other; between two pieces words are left out.
        """
        self._forget()
        stretches = text.split(" ")
        if places is None:
            yield self._words(stretches, 0)
            return
        begins = list(accumulate(map(len, stretches), lambda place, size: place + size + 1, initial=0))
        pieces: list[list[int]] = []
        bounds = [
            (bisect_right(begins, start) - 1, bisect_left(begins, max(end, start + 1))) for start, end in sorted(places)
        ]
        self._learn([one for first, last in bounds for one in stretches[max(first - reach, 0) : last + reach]])
        for first, last in bounds:
            first, last = self._beyond(stretches, first, -1, reach), self._beyond(stretches, last - 1, 1, reach) + 1
            if pieces and first <= pieces[-1][1]:
                pieces[-1][1] = max(last, pieces[-1][1])
            else:
                pieces.append([first, last])
        for first, last in pieces:
            yield self._words(stretches[first:last], begins[first])

    def _beyond(self, stretches: list[str], place: int, step: int, reach: int) -> int:
        """Return how far from the stretch at `place` the `reach` words reach that stand before or after it."""
        while reach > 0 and 0 <= place + step < len(stretches):
            place += step
            if stretches[place] not in self._known:
                self._learn([stretches[place]])
            reach -= len(self._known[stretches[place]])
        return place

    def _words(self, stretches: list[str], place: int) -> tuple[Spans, list[str]]:
        """Return the words of stretches of which the first begins at `place`."""
        self._learn([stretch for stretch in stretches if stretch not in self._known])
        spans: Spans = []
        terms: list[str] = []
        for stretch in stretches:
            for start, end, term in self._known[stretch]:
                spans.append((place + start, place + end))
                terms.append(term)
            place += len(stretch) + 1
        return spans, terms

    def _forget(self) -> None:
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()

    def _learn(self, given: list[str]) -> None:
        """Remember the words of stretches; no word holds a blank, so all are read in one go."""
        stretches = [stretch for stretch in dict.fromkeys(given) if stretch not in self._known]
        if not stretches:
            return
        joined = " ".join(stretches)
        spans = deque(words(joined))
        place = 0
        for stretch in stretches:
            end = place + len(stretch)
            found = self._known.setdefault(stretch, [])
            while spans and spans[0][0] < end:
                first, last = spans.popleft()
                found.append((first - place, last - place, self._normalise(joined[first:last])))
            place = end + 1
