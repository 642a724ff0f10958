"""Where queries occur in a text."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any, TypeAlias

from corpus_tools.errors import InvalidQuery
from corpus_tools.language import words
from corpus_tools.terms.queries import Query, compile_expression, literal
from corpus_tools.terms.tokens import Specification

#: Seconds that a regular expression may take over all articles.
PATIENCE = 10.0

#: Most distinct stretches of text whose words are remembered.
_MOST_REMEMBERED = 200_000

Matches: TypeAlias = list[tuple[int, int, str]]
Spans: TypeAlias = list[tuple[int, int]]


def finder(queries: list[Query], specification: Specification) -> Callable[[str], tuple[Matches, Spans]]:
    """Return a function from a text to its matches (start, end, query), and to its words when there are any."""
    by_words = [query for query in queries if query.expression is None]
    expressions = [
        (query.text, compile_expression(query.expression, ignore_case=specification.lowercase))
        for query in queries
        if query.expression is not None
    ]
    normalise = specification.normaliser()
    wanted = [
        (query, literal(max(query.parts, key=lambda part: len(literal(part)))), _tests(query)) for query in by_words
    ]
    deadline = monotonic() + PATIENCE
    reader = WordReader(normalise)

    def find(text: str) -> tuple[Matches, Spans]:
        found: Matches = []
        spans: Spans = []
        for source, expression in expressions:
            found += _search(expression, text, source, deadline)
        folded = normalise(text) if wanted else ""
        near = [entry for entry in wanted if entry[1] in folded]
        if near:
            spans, terms = reader.read(text)
            for query, _, tests in near:
                found += _match(terms, spans, tests, query.text)
        if found and not spans:
            spans, _ = reader.read(text)
        return (_longest(found) if len(queries) > 1 else found), spans

    return find


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


def _tests(query: Query) -> list[Callable[[str], bool]]:
    return [_test(part) for part in query.parts]


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


def _match(
    terms: list[str], spans: list[tuple[int, int]], tests: list[Callable[[str], bool]], source: str
) -> Iterator[tuple[int, int, str]]:
    first, others = tests[0], list(enumerate(tests))[1:]
    for place in range(len(terms) - len(tests) + 1):
        if first(terms[place]) and all(test(terms[place + shift]) for shift, test in others):
            yield spans[place][0], spans[place + len(tests) - 1][1], source


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
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        stretches = text.split(" ")
        self._learn([stretch for stretch in dict.fromkeys(stretches) if stretch not in self._known])
        spans: Spans = []
        terms: list[str] = []
        place = 0
        for stretch in stretches:
            for start, end, term in self._known[stretch]:
                spans.append((place + start, place + end))
                terms.append(term)
            place += len(stretch) + 1
        return spans, terms

    def _learn(self, stretches: list[str]) -> None:
        """Remember the words of stretches; no word holds a blank, so all are read in one go."""
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
