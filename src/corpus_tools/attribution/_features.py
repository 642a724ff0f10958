"""What the trained scorer looks at in a candidate: its form, its words of grammar, its tags; no names, no passages."""

from __future__ import annotations

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._candidate import Candidate, Tokens
from corpus_tools.attribution._lexicon import words
from corpus_tools.attribution._people import kinds, singular
from corpus_tools.attribution._view import View

_KINDS = ("individual", "group", "document", "government", "media outlet", "organisation")
_SIZES = (1, 2, 3, 5, 8, 12, 20, 40)


def features(seen: View, candidate: Candidate) -> list[str]:
    """Return the names of the features that a candidate has."""
    if candidate.looks is None or candidate.looks[0] != candidate.content:
        candidate.looks = list(candidate.content), _all(seen, candidate)
    return candidate.looks[1]


def _all(seen: View, candidate: Candidate) -> list[str]:
    first, last = candidate.cue[0] if candidate.cue else candidate.content[0]
    unit = seen.units[candidate.unit]
    form = f"{candidate.frame}/{candidate.clause or '-'}"
    lemma, cue_class = candidate.lemma, candidate.cue_class
    quoted = _quoted(seen, candidate.content)
    source = _source(seen, candidate)
    tag = seen.tags[last - 1]
    before, behind = _at(seen, first - 1, unit), _at(seen, last, unit)
    found = [
        "bias",
        f"form={form}",
        f"class={cue_class}",
        f"form+class={form}/{cue_class}",
        f"lemma={lemma}",
        f"lemma+form={lemma}/{form}",
        f"lemma+tag={lemma}/{tag}",
        f"quoted={quoted}",
        f"quoted+form={quoted}/{form}",
        f"quoted+class={quoted}/{cue_class}",
        f"source={source}",
        f"source+form={source}/{form}",
        f"source+class={source}/{cue_class}",
        f"tag={tag}/{form}",
        f"before={before}",
        f"behind={behind}",
        f"behind+class={behind}/{cue_class}",
        f"group={seen.low[first] if last - first > 1 else '-'}/{tag}",
        f"negated={candidate.negated}",
        f"shared={candidate.shared}/{form}",
        f"place={size(candidate.unit)}",
    ]
    found.extend(_of_content(seen, candidate, form))
    found.extend(_of_unit(seen, candidate, unit, first))
    return found


def settled(seen: View, candidate: Candidate) -> list[str]:
    """Return the features of a candidate that has been settled among the others of its article."""
    return [*features(seen, candidate), f"score={int(10 * candidate.score)}"]


def _of_content(seen: View, candidate: Candidate, form: str) -> list[str]:
    if not candidate.content:
        return ["content=none"]
    start, end = candidate.content[0]
    length = sum(b - a for a, b in candidate.content)
    finite = any(phrases.has_finite(seen, a, b) for a, b in candidate.content)
    head = word(seen, start)
    return [
        f"content={size(length)}/{form}",
        f"content+finite={finite}/{form}",
        f"opens={head}",
        f"opens+form={head}/{form}",
        f"opens+lemma={seen.tags[start]}/{candidate.lemma}",
        f"parts={len(candidate.content)}/{candidate.frame}",
        f"ends={word(seen, end) if end < len(seen.low) else '-'}/{candidate.frame}",
    ]


def _of_unit(seen: View, candidate: Candidate, unit: Tokens, first: int) -> list[str]:
    speech = any(a <= unit[0] < b for a, b in candidate.content)
    marks = unit[1] - unit[0] - seen.quote[unit[0] : unit[1]].count(-1)
    share = 10 * marks // max(1, unit[1] - unit[0])
    gap = first - candidate.source[0][1] if candidate.source else 99
    return [
        f"unit={word(seen, unit[0])}/{candidate.frame}",
        f"marks={share}/{candidate.cue_class}",
        f"gap={max(-9, min(9, gap))}/{candidate.frame}",
        f"early={size(first - unit[0])}/{candidate.frame}",
        f"start={speech}/{candidate.frame}",
        f"length={size(unit[1] - unit[0])}",
    ]


def _quoted(seen: View, content: list[Tokens]) -> str:
    inside = outside = 0
    for part in content:
        for token in range(*part):
            if seen.low[token][0].isalnum():
                inside, outside = inside + (seen.quote[token] >= 0), outside + (seen.quote[token] < 0)
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
        if seen.low[token] in (",", "of", "who", "in", "for", "at", "from", "with", "on") and token > first:
            head = token - 1
            break
    tag, word = seen.tags[head], seen.low[head]
    if tag in ("PRP", "PRP$", "WP", "WDT", "DT", "EX"):
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
    if seen.quote_starts_at(token) >= 0:
        return "quotation"
    word, tag = seen.low[token], seen.tags[token]
    grammar = tag in ("IN", "TO", "DT", "PRP", "PRP$", "MD", "CC", "WP", "WDT", "WRB", "RP", "EX")
    plain = grammar or not word[0].isalnum() or word in words("be") or word in words("have") or word in words("do")
    return word if plain else tag


def size(number: int) -> str:
    return str(next((size for size in _SIZES if number <= size), 99))
