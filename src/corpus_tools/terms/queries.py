"""What a query means: a word, a phrase, a pattern of words, or a regular expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from corpus_tools.errors import InvalidQuery
from corpus_tools.language import words
from corpus_tools.terms._types import Integers
from corpus_tools.terms.tokens import Specification, Tokens

#: A query, several of them counted together, or several with a name each.
Queries: TypeAlias = "str | Sequence[str] | Mapping[str, str | Sequence[str]]"


@dataclass(frozen=True)
class Query:
    """One query, understood.

    Parameters
    ----------
    text : str
        As it was given.
    parts : tuple of str
        The words that must follow each other; ``*`` stands for any characters within a word. Empty for a regular
        expression.
    expression : str, optional
        The regular expression.
    """

    text: str
    parts: tuple[str, ...] = ()
    expression: str | None = None


def parse(query: str, specification: Specification) -> Query:
    """Return what `query` means.

    Parameters
    ----------
    query : str
        ``word``, ``several words``, ``wor*`` or ``/regular expression/``.
    specification : Specification
        What counts as one term; the query's words are treated as the corpus' words are.

    Raises
    ------
    InvalidQuery
        When it holds no word.

    Examples
    --------
    >>> parse("Prime minister*", Specification()).parts
    ('prime', 'minister*')
    """
    if not query.strip():
        raise InvalidQuery("The query is empty; give a word, a phrase, a pattern such as flood*, or /an expression/.")
    stripped = query.strip()
    if len(stripped) > 2 and stripped.startswith("/") and stripped.endswith("/"):
        return Query(query, expression=stripped[1:-1])
    normalise = specification.normaliser()
    parts: list[str] = []
    for piece in stripped.split():
        if "*" in piece:
            parts.append(_pattern(piece, specification))
        else:
            parts += [normalise(piece[start:end]) for start, end in words(piece)]
    if not parts:
        raise InvalidQuery(f"The query {query!r} holds no word; to find marks use an expression, e.g. /\\?!/.")
    return Query(query, tuple(parts))


def named(queries: Queries) -> dict[str, list[str]]:
    """Return each name with its queries; a plain query is its own name.

    Examples
    --------
    >>> named({"dam": ["dam", "barrage"]}), named(["dam", "river"])
    ({'dam': ['dam', 'barrage']}, {'dam': ['dam'], 'river': ['river']})
    """
    if isinstance(queries, str):
        return {queries: [queries]}
    if isinstance(queries, Mapping):
        return {name: [value] if isinstance(value, str) else list(value) for name, value in queries.items()}
    return {query: [query] for query in queries}


def matching_words(tokens: Tokens, part: str) -> npt.NDArray[np.bool_]:
    """Return which words of the vocabulary a part of a query means."""
    import pyarrow.compute as pc

    if "*" not in part:
        mask = pc.equal(tokens.vocabulary, part)
    elif part == "*":
        return np.ones(len(tokens.vocabulary), dtype=bool)
    else:
        # Arrow's LIKE is linear however many stars there are.
        escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        mask = pc.match_like(tokens.vocabulary, escaped.replace("*", "%"))
    return np.asarray(mask.to_numpy(zero_copy_only=False), dtype=bool)


def occurrences(tokens: Tokens, query: str) -> tuple[Integers, int]:
    """Return where `query` begins among the words of the corpus, and how many words it has.

    Raises
    ------
    InvalidQuery
        For a regular expression, which is matched with texts, not with words.
    """
    understood = parse(query, tokens.specification)
    if understood.expression is not None:
        raise InvalidQuery(
            f"{query} is a regular expression, which only a concordance takes; count by word, phrase or pattern."
        )
    size = len(understood.parts)
    begins = np.ones(max(len(tokens.codes) - size + 1, 0), dtype=bool)
    for shift, part in enumerate(understood.parts):
        begins &= matching_words(tokens, part)[tokens.codes[shift : shift + len(begins)]]
    places = np.flatnonzero(begins)
    if size > 1 and len(places):
        of = np.searchsorted(tokens.offsets, places, side="right")
        places = places[places + size <= tokens.offsets[of]]
    return places, size


def all_occurrences(tokens: Tokens, queries: Sequence[str]) -> tuple[Integers, Integers]:
    """Return begins and ends (exclusive) of all `queries` among the words; the longest of overlapping ones wins."""
    begins, ends, _ = variant_occurrences(tokens, queries)
    return begins, ends


def variant_occurrences(
    tokens: Tokens, queries: Sequence[str], *, apart: bool = False
) -> tuple[Integers, Integers, Integers]:
    """Return begins, ends and the number of the query; of overlapping ones the first wins, and of these the longest.

    A single query may overlap with itself (`a a` in *a a a*), as pairs do that are counted, unless they stand `apart`.
    """
    found = [occurrences(tokens, query) for query in queries]
    none = [np.empty(0, np.int64)]
    begins = np.concatenate([places for places, _ in found] or none)
    sizes = np.concatenate([np.full(len(places), size) for places, size in found] or none)
    which = np.concatenate([np.full(len(places), number) for number, (places, _) in enumerate(found)] or none)
    order = np.lexsort((which, -sizes, begins))
    begins, ends, which = begins[order], begins[order] + sizes[order], which[order]
    if (apart or len(found) > 1) and len(begins):
        kept, reach = [], -1
        for place, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
            if begin >= reach:
                kept.append(place)
                reach = end
        begins, ends, which = begins[kept], ends[kept], which[kept]
    return begins.astype(np.int64), ends.astype(np.int64), which.astype(np.int64)


def _pattern(piece: str, specification: Specification) -> str:
    plain = Specification(lowercase=specification.lowercase).normaliser()
    between = [piece_part.strip('.,;:!?()[]"“”') for piece_part in piece.split("*")]
    pattern = "*".join(plain(part) for part in between)
    while "**" in pattern:
        pattern = pattern.replace("**", "*")
    return pattern


def literal(part: str) -> str:
    """Return the longest run of plain letters and digits that every match of `part` holds.

    Examples
    --------
    >>> literal("flood*warn")
    'flood'
    """
    runs: list[str] = [""]
    for character in part:
        if character.isascii() and character.isalnum():
            runs[-1] += character
        else:
            runs.append("")
    return max(runs, key=len)


def compile_expression(expression: str, *, ignore_case: bool) -> Any:
    """Return the compiled regular expression, or say what is wrong with it."""
    import warnings

    import regex  # type: ignore[import-untyped, unused-ignore]

    flags = regex.IGNORECASE if ignore_case else 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return regex.compile(expression, flags)
    except (regex.error, OverflowError, RecursionError, MemoryError) as error:
        raise InvalidQuery(
            f"/{expression}/ is not a regular expression: {error}. Without slashes it is a word."
        ) from error
