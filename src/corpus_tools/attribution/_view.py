"""One article as the rules see it: tokens, tags, sentences and quotations on one scale of token numbers."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from corpus_tools import language
from corpus_tools.attribution._lexicon import verbs
from corpus_tools.attribution.marks import Quotation, paragraphs, quotations

#: Most tokens outside of quotations that one unit may have; beyond, it is parted.
_LONGEST = 250


@dataclass
class View:
    """Tokens of an article with what the rules need to know of each; lists have one entry for each token.

    Parameters
    ----------
    text : str
        The article's text.
    starts, ends : list of int
        Character offsets.
    words, low, tags : list of str
        The token, in lower case, and its Penn Treebank tag.
    annotation : language.Annotation
        What the language room says of the text.
    quote : list of int
        Number of the quotation that the token stands in, or -1.
    quotes : list of Quotation
    quote_tokens : list of (int, int)
        Token numbers of each quotation, its marks included.
    units : list of (int, int)
        Sentences as token numbers; sentences that share a quotation are one unit.
    paragraph : list of int
        Number of the paragraph of each unit.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    low: list[str]
    tags: list[str]
    quotes: list[Quotation]
    annotation: language.Annotation
    quote: list[int] = field(default_factory=list)
    quote_tokens: list[tuple[int, int]] = field(default_factory=list)
    units: list[tuple[int, int]] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)

    def span(self, first: int, last: int) -> list[int]:
        """Return the characters of the tokens from `first` to before `last`."""
        return [self.starts[first], self.ends[last - 1]]

    def quote_ends_at(self, token: int) -> int:
        """Return the quotation whose last token is `token`, or -1."""
        if token < 0:
            return -1
        number = self.quote[token]
        return number if number >= 0 and self.quote_tokens[number][1] == token + 1 else -1

    def quote_starts_at(self, token: int) -> int:
        """Return the quotation whose first token is `token`, or -1."""
        if token >= len(self.quote):
            return -1
        number = self.quote[token]
        return number if number >= 0 and self.quote_tokens[number][0] == token else -1

    def quotes_between(self, first: int, last: int) -> list[int]:
        """Return the quotations in which tokens from `first` to before `last` stand, in order."""
        if not self.quotes:
            return []
        return sorted(set(self.quote[first:last]) - {-1})


def has_letter(word: str) -> bool:
    """Tell whether a token has a letter or figure, so that it is no mere mark."""
    return word[0].isalnum() or any(character.isalnum() for character in word)


def view(text: str, annotation: language.Annotation | None = None) -> View:
    """Return the view of `text`, whose annotation may be given."""
    annotation = annotation or language.annotate(text)
    tokens = annotation.tokens
    starts = [token.start for token in tokens]
    ends = [token.end for token in tokens]
    words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    seen = View(
        text, starts, ends, words, [word.lower() for word in words], list(annotation.xpos), quotations(text), annotation
    )
    _place_quotations(seen)
    _place_units(seen, [(span.start, span.end) for span in annotation.sentences])
    return seen


def _place_quotations(seen: View) -> None:
    seen.quote = [-1] * len(seen.starts)
    for number, quotation in enumerate(seen.quotes):
        first = bisect_left(seen.ends, quotation.start + 1)
        last = bisect_left(seen.starts, quotation.end)
        seen.quote_tokens.append((first, last))
        for token in range(first, last):
            seen.quote[token] = number


def _place_units(seen: View, sentences: list[tuple[int, int]]) -> None:
    if not seen.starts:
        return
    spans = paragraphs(seen.text)
    borders = sorted({start for start, _ in sentences} | {start for start, _ in spans})
    firsts = sorted({bisect_left(seen.starts, border) for border in borders})
    firsts = [first for first in firsts if first < len(seen.starts) and not _goes_on(seen, first)]
    if not firsts or firsts[0] != 0:
        firsts.insert(0, 0)
    paragraph_starts = [start for start, _ in spans]
    for begin, finish in zip(firsts, [*firsts[1:], len(seen.starts)], strict=True):
        for first, last in _bounded(seen, begin, finish):
            seen.units.append((first, last))
            seen.paragraph.append(bisect_left(paragraph_starts, seen.starts[first] + 1) - 1)


def _bounded(seen: View, first: int, last: int) -> list[tuple[int, int]]:
    """Part a unit that no writer would write, so that the work stays in proportion to the text."""
    if last - first <= _LONGEST:
        return [(first, last)] if last > first else []
    parts, begin, outside = [], first, 0
    for token in range(first, last):
        if seen.quote[token] >= 0 and token > 0 and seen.quote[token - 1] == seen.quote[token]:
            continue
        outside += 1
        if outside > _LONGEST:
            parts.append((begin, token))
            begin, outside = token, 0
    return [*parts, (begin, last)]


def _goes_on(seen: View, token: int) -> bool:
    """Whether what begins at `token` still belongs to the sentence before: inside a quotation, or "..., / he said"."""
    if token == 0:
        return False
    ended = seen.quote_ends_at(token - 1)
    if ended >= 0 and seen.low[token] in ("—", "–", "―"):
        return True
    opened = seen.quote_tokens[ended][0] - 1 if ended >= 0 else -1
    if ended >= 0 and opened >= 0 and seen.low[opened] in (",", ":"):
        return _inside_quotation(seen, token)
    if ended >= 0 and seen.low[token - 2] in ("?", "!", "…", "...", "—", "–") and _attributes(seen, token):
        return True
    return _inside_quotation(seen, token) or (
        seen.quote_ends_at(token - 1) >= 0
        and (seen.words[token][0].islower() or seen.low[token - 2] == ",")
        and seen.low[token - 2] in (",", "?", "!", "—")
    )


def _attributes(seen: View, token: int) -> bool:
    """Whether what follows a quotation with a question mark says who asked: Falk asked."""
    table = verbs()
    for place in range(token, min(token + 25, len(seen.low))):
        if seen.low[place] in (".", "?", "!", ";", ":") or _long(seen, place):
            return False
        found = table.get(seen.low[place])
        if found is not None and "l" in found.takes and seen.tags[place] in ("VBD", "VBZ", "VBN", "VBP"):
            after = seen.low[place + 1] if place + 1 < len(seen.low) else "."
            return after not in ("that", "the", "a") and not (place > token and seen.tags[place - 1] in ("MD", "TO"))
        if seen.tags[place] in ("VBD", "VBZ", "VBP", "MD") and seen.low[place - 1] != "who":
            return False
    return False


def _long(seen: View, token: int) -> bool:
    """Whether a token stands in a quotation of more than a nickname."""
    number = seen.quote[token]
    return number >= 0 and seen.quote_tokens[number][1] - seen.quote_tokens[number][0] > 5


def _inside_quotation(seen: View, token: int) -> bool:
    number = seen.quote[token]
    return number >= 0 and seen.quote_tokens[number][0] < token
