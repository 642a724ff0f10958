"""What tells quoted speech from titles, nicknames, terms and scare quotes: its form and its neighbours."""

from __future__ import annotations

from functools import lru_cache

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._candidate import Candidate
from corpus_tools.attribution._features import REMEMBERED, Group, size, word
from corpus_tools.attribution._lexicon import verbs
from corpus_tools.attribution._view import View, has_letter

_REACH = 12
_FINAL = frozenset({",", ".", "!", "?", "…", "...", "—"})
_PERSONAL = frozenset({"i", "we", "you", "my", "our", "your", "us", "me"})


def features(seen: View, quote: int, unit: int, holder: Candidate | None = None) -> list[str]:
    """Return the names of the features of a quotation in a unit, and of the attribution that holds it."""
    return [name for group in groups(seen, quote, unit, holder) for name in group]


def groups(seen: View, quote: int, unit: int, holder: Candidate | None = None) -> list[Group]:
    """Return the features of a quotation in groups."""
    first, last = seen.quote_tokens[quote]
    inside = [t for t in range(first, last) if has_letter(seen.low[t])]
    if not inside:
        return [("bias", "empty")]
    length = size(len(inside))
    share = 4 * sum([seen.words[t][0].isupper() for t in inside]) // len(inside)
    final = seen.low[last - 2] if last - first > 2 else ""
    final = final if final in _FINAL else "-"
    verbal = not phrases.FINITE.isdisjoint([seen.tags[t] for t in inside])
    personal = not _PERSONAL.isdisjoint([seen.low[t] for t in inside])
    before, behind, beyond = (_near(seen, token, unit) for token in (first - 1, last, first - 2))
    mark = seen.quotes[quote]
    capital = seen.words[inside[0]][0].isupper()
    return [
        _form(length, final, share, verbal, personal),
        _edges(word(seen, inside[0]), capital, seen.tags[inside[-1]], length),
        _before(before, beyond, length, share),
        _behind(behind, final, length),
        _mark(mark.single, mark.closed, first == seen.units[unit][0], length, size(unit)),
        (f"noun={_noun(seen, first, unit)}",),
        *_of_unit(seen, quote, unit, length),
        _of_holder(holder, length),
    ]


@lru_cache(REMEMBERED)
def _form(length: str, final: str, share: int, verbal: bool, personal: bool) -> Group:
    return (
        "bias",
        f"length={length}",
        f"length+final={length}/{final}",
        f"length+capitals={length}/{share}",
        f"length+verb={length}/{verbal}",
        f"personal={personal}",
    )


@lru_cache(REMEMBERED)
def _edges(opening: str, capital: bool, closing: str, length: str) -> Group:
    return f"first={opening}", f"first+capital={capital}/{length}", f"last={closing}"


@lru_cache(REMEMBERED)
def _before(before: str, beyond: str, length: str, share: int) -> Group:
    return (
        f"before={before}",
        f"before+length={before}/{length}",
        f"before+capitals={before}/{share}",
        f"before+beyond={beyond}/{before}",
    )


@lru_cache(REMEMBERED)
def _behind(behind: str, final: str, length: str) -> Group:
    return f"behind={behind}", f"behind+length={behind}/{length}", f"final+behind={final}/{behind}"


@lru_cache(REMEMBERED)
def _mark(single: bool, closed: bool, opens: bool, length: str, place: str) -> Group:
    return f"single={single}", f"closed={closed}", f"opens={opens}/{length}", f"place={place}"


def _of_holder(holder: Candidate | None, length: str) -> Group:
    if holder is None:
        return (f"held=False/{length}",)
    frame = f"{holder.frame}/{holder.clause}"
    return _held(length, int(10 * holder.score), frame, holder.cue_class, holder.parent is not None)


@lru_cache(REMEMBERED)
def _held(length: str, score: int, frame: str, cue_class: str, nested: bool) -> Group:
    return (
        f"held=True/{length}",
        f"score={score}",
        f"frame={frame}/{length}",
        f"class={cue_class}/{length}",
        f"nested={nested}",
    )


def _of_unit(seen: View, quote: int, unit: int, length: str) -> list[Group]:
    start, stop = seen.units[unit]
    first, last = seen.quote_tokens[quote]
    others = len({*seen.quotes_between(start, stop), quote}) - 1
    table = verbs()
    reach = range(first - 1, max(start, first - _REACH) - 1, -1)
    verb = next((t for t in reach if seen.tags[t] in phrases.VERBAL and seen.quote[t] < 0), -1)
    after = next((t for t in range(last, min(stop, last + 8)) if seen.low[t] in table and seen.quote[t] < 0), -1)
    said = table[seen.low[after]].cue_class if after >= 0 else "-"
    around = _around(min(3, others), said, length)
    if verb < 0:
        return [around]
    known = table.get(seen.low[verb])
    if known is None:
        return [around, _verb(seen.low[verb], "-", min(6, first - verb), False, length)]
    return [around, _verb(known.lemma, known.cue_class, min(6, first - verb), True, length)]


@lru_cache(REMEMBERED)
def _around(others: int, after: str, length: str) -> Group:
    return f"others={others}/{length}", f"after={after}/{length}"


@lru_cache(REMEMBERED)
def _verb(lemma: str, cue_class: str, gap: int, known: bool, length: str) -> Group:
    return f"verb={lemma}", f"verb+class={cue_class}/{length}", f"verb+gap={gap}/{known}"


def _noun(seen: View, first: int, unit: int) -> str:
    """Return the nearest common noun before a quotation: "her novel “...”", "on the programme “...”"."""
    start = max(seen.units[unit][0], first - 4)
    return next((seen.low[t] for t in range(first - 1, start - 1, -1) if seen.tags[t] in ("NN", "NNS")), "-")


def _near(seen: View, token: int, unit: int) -> str:
    start, stop = seen.units[unit]
    return "edge" if token < start or token >= stop else word(seen, token)
