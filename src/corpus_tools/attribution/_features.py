"""What the trained scorer looks at in a candidate: its form, its words of grammar, its tags; no names, no passages."""

from __future__ import annotations

from functools import cache, lru_cache

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._candidate import Candidate, Tokens
from corpus_tools.attribution._lexicon import words
from corpus_tools.attribution._people import kinds, singular
from corpus_tools.attribution._view import View

_KINDS = ("individual", "group", "document", "government", "media outlet", "organisation")
_SIZES = (1, 2, 3, 5, 8, 12, 20, 40)
_SIZE = tuple(str(next(size for size in _SIZES if number <= size)) for number in range(_SIZES[-1] + 1))
_GRAMMAR = frozenset({"IN", "TO", "DT", "PRP", "PRP$", "MD", "CC", "WP", "WDT", "WRB", "RP", "EX"})
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WDT", "DT", "EX"})
_BEHIND_HEAD = frozenset({",", "of", "who", "in", "for", "at", "from", "with", "on"})
#: How many groups of one kind are remembered.
REMEMBERED = 1 << 14

#: Names of features that hang together. The same group comes again and again, so it is made once and remembered.
Group = tuple[str, ...]


def groups(seen: View, candidate: Candidate) -> list[Group]:
    """Return the features that a candidate has, in groups."""
    if candidate.looks is None or candidate.looks[0] != candidate.content:
        candidate.looks = list(candidate.content), _all(seen, candidate)
    return candidate.looks[1]


def settled_groups(seen: View, candidate: Candidate) -> list[Group]:
    """Return the features of a candidate that has been settled among the others of its article, in groups."""
    return [*groups(seen, candidate), (f"score={int(10 * candidate.score)}",)]


def features(seen: View, candidate: Candidate) -> list[str]:
    """Return the names of the features that a candidate has."""
    return [name for group in groups(seen, candidate) for name in group]


def settled(seen: View, candidate: Candidate) -> list[str]:
    """Return the features of a candidate that has been settled among the others of its article."""
    return [name for group in settled_groups(seen, candidate) for name in group]


def _all(seen: View, candidate: Candidate) -> list[Group]:
    first, last = candidate.cue[0] if candidate.cue else candidate.content[0]
    unit = seen.units[candidate.unit]
    form = f"{candidate.frame}/{candidate.clause or '-'}"
    lemma, cue_class = candidate.lemma, candidate.cue_class
    tag = seen.tags[last - 1]
    auxiliary = seen.low[first] if last - first > 1 else "-"
    return [
        _cue(form, cue_class, lemma, tag),
        _parts(_quoted(seen, candidate.content), _source(seen, candidate), form, cue_class),
        _neighbours(_at(seen, first - 1, unit), _at(seen, last, unit), cue_class),
        _group(auxiliary, tag, candidate.negated, candidate.shared, form, size(candidate.unit)),
        *_of_content(seen, candidate, form),
        *_of_unit(seen, candidate, unit, first),
    ]


@lru_cache(REMEMBERED)
def _cue(form: str, cue_class: str, lemma: str, tag: str) -> Group:
    return (
        "bias",
        f"form={form}",
        f"class={cue_class}",
        f"form+class={form}/{cue_class}",
        f"lemma={lemma}",
        f"lemma+form={lemma}/{form}",
        f"lemma+tag={lemma}/{tag}",
        f"tag={tag}/{form}",
    )


@lru_cache(REMEMBERED)
def _parts(quoted: str, source: str, form: str, cue_class: str) -> Group:
    return (
        f"quoted={quoted}",
        f"quoted+form={quoted}/{form}",
        f"quoted+class={quoted}/{cue_class}",
        f"source={source}",
        f"source+form={source}/{form}",
        f"source+class={source}/{cue_class}",
    )


@lru_cache(REMEMBERED)
def _neighbours(before: str, behind: str, cue_class: str) -> Group:
    return f"before={before}", f"behind={behind}", f"behind+class={behind}/{cue_class}"


@lru_cache(REMEMBERED)
def _group(auxiliary: str, tag: str, negated: bool, shared: bool, form: str, place: str) -> Group:
    return f"group={auxiliary}/{tag}", f"negated={negated}", f"shared={shared}/{form}", f"place={place}"


def _of_content(seen: View, candidate: Candidate, form: str) -> list[Group]:
    if not candidate.content:
        return [("content=none",)]
    start, end = candidate.content[0]
    length = sum([b - a for a, b in candidate.content])
    finite = any(phrases.has_finite(seen, a, b) for a, b in candidate.content)
    ends = word(seen, end) if end < len(seen.low) else "-"
    return [
        _extent(size(length), finite, len(candidate.content), ends, form, candidate.frame),
        _opening(word(seen, start), seen.tags[start], candidate.lemma, form),
    ]


@lru_cache(REMEMBERED)
def _extent(length: str, finite: bool, parts: int, ends: str, form: str, frame: str) -> Group:
    return (
        f"content={length}/{form}",
        f"content+finite={finite}/{form}",
        f"parts={parts}/{frame}",
        f"ends={ends}/{frame}",
    )


@lru_cache(REMEMBERED)
def _opening(head: str, tag: str, lemma: str, form: str) -> Group:
    return f"opens={head}", f"opens+form={head}/{form}", f"opens+lemma={tag}/{lemma}"


def _of_unit(seen: View, candidate: Candidate, unit: Tokens, first: int) -> list[Group]:
    start, stop = unit
    speech = any(a <= start < b for a, b in candidate.content)
    marks = stop - start - seen.quote[start:stop].count(-1)
    share = 10 * marks // max(1, stop - start)
    gap = first - candidate.source[0][1] if candidate.source else 99
    return [
        _unit(word(seen, start), speech, size(stop - start), candidate.frame),
        _place(share, max(-9, min(9, gap)), size(first - start), candidate.cue_class, candidate.frame),
    ]


@lru_cache(REMEMBERED)
def _unit(opening: str, speech: bool, length: str, frame: str) -> Group:
    return f"unit={opening}/{frame}", f"start={speech}/{frame}", f"length={length}"


@lru_cache(REMEMBERED)
def _place(share: int, gap: int, early: str, cue_class: str, frame: str) -> Group:
    return f"marks={share}/{cue_class}", f"gap={gap}/{frame}", f"early={early}/{frame}"


def _quoted(seen: View, content: list[Tokens]) -> str:
    inside = outside = 0
    for first, last in content:
        quote = seen.quote[first:last]
        if quote.count(-1) == len(quote):
            outside += any(low[0].isalnum() for low in seen.low[first:last])
            continue
        for low, number in zip(seen.low[first:last], quote, strict=True):
            if low[0].isalnum():
                inside, outside = inside + (number >= 0), outside + (number < 0)
    if not inside:
        return "none"
    size = "few" if inside < 4 else "some" if inside < 8 else "many"
    return f"{'all' if not outside else 'part'}-{size}"


def _source(seen: View, candidate: Candidate) -> str:
    """Return what kind of phrase the source is: a pronoun, a name, or a noun for a person, group or institution."""
    if not candidate.source:
        return "none"
    first, last = candidate.source[0]
    head = last - 1
    for token in range(first, last):
        if seen.low[token] in _BEHIND_HEAD and token > first:
            head = token - 1
            break
    tag, word = seen.tags[head], seen.low[head]
    if tag in _PRONOUNS:
        return word
    if tag in ("NNP", "NNPS"):
        return "name-one" if head == first else "name"
    possible = kinds().get(singular(word), set())
    kind = next((kind for kind in _KINDS if kind in possible), "other")
    return f"{kind}/{'s' if tag == 'NNS' else '-'}"


def _at(seen: View, token: int, unit: Tokens) -> str:
    return "edge" if token < unit[0] or token >= unit[1] else word(seen, token)


def word(seen: View, token: int) -> str:
    """Return the token itself when it is a word of grammar or a mark, else its tag."""
    number = seen.quote[token]
    if number >= 0 and seen.quote_tokens[number][0] == token:
        return "quotation"
    word, tag = seen.low[token], seen.tags[token]
    return word if tag in _GRAMMAR or word in _inflected() or not word[0].isalnum() else tag


@cache
def _inflected() -> frozenset[str]:
    return words("be") | words("have") | words("do")


def size(number: int) -> str:
    """Return the least of a few sizes that is no smaller than a number, as a word."""
    return _SIZE[max(0, number)] if number <= _SIZES[-1] else "99"
