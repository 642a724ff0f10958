"""What tells quoted speech from titles, nicknames, terms and scare quotes: its form and its neighbours."""

from __future__ import annotations

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._candidate import Candidate
from corpus_tools.attribution._features import size, word
from corpus_tools.attribution._lexicon import verbs
from corpus_tools.attribution._view import View

_REACH = 12


def features(seen: View, quote: int, unit: int, holder: Candidate | None = None) -> list[str]:
    """Return the names of the features of a quotation in a unit, and of the attribution that holds it."""
    first, last = seen.quote_tokens[quote]
    inside = [t for t in range(first, last) if any(character.isalnum() for character in seen.low[t])]
    if not inside:
        return ["bias", "empty"]
    length = size(len(inside))
    capitals = sum(seen.words[t][0].isupper() for t in inside)
    share = 4 * capitals // len(inside)
    final = seen.low[last - 2] if last - first > 2 else ""
    final = final if final in (",", ".", "!", "?", "…", "...", "—") else "-"
    verbal = any(seen.tags[t] in phrases.FINITE for t in inside)
    personal = any(seen.low[t] in ("i", "we", "you", "my", "our", "your", "us", "me") for t in inside)
    before, behind = _near(seen, first - 1, unit), _near(seen, last, unit)
    beyond = _near(seen, first - 2, unit)
    return [
        "bias",
        f"length={length}",
        f"length+final={length}/{final}",
        f"length+capitals={length}/{share}",
        f"length+verb={length}/{verbal}",
        f"personal={personal}",
        f"first={word(seen, inside[0])}",
        f"first+capital={seen.words[inside[0]][0].isupper()}/{length}",
        f"last={seen.tags[inside[-1]]}",
        f"before={before}",
        f"before+length={before}/{length}",
        f"before+capitals={before}/{share}",
        f"before+beyond={beyond}/{before}",
        f"behind={behind}",
        f"behind+length={behind}/{length}",
        f"final+behind={final}/{behind}",
        f"single={seen.quotes[quote].single}",
        f"closed={seen.quotes[quote].closed}",
        f"opens={first == seen.units[unit][0]}/{length}",
        f"place={size(unit)}",
        f"noun={_noun(seen, first, unit)}",
        *_of_unit(seen, quote, unit, length),
        *_of_holder(holder, length),
    ]


def _of_holder(holder: Candidate | None, length: str) -> list[str]:
    if holder is None:
        return [f"held=False/{length}"]
    return [
        f"held=True/{length}",
        f"score={int(10 * holder.score)}",
        f"frame={holder.frame}/{holder.clause}/{length}",
        f"class={holder.cue_class}/{length}",
        f"nested={holder.parent is not None}",
    ]


def _of_unit(seen: View, quote: int, unit: int, length: str) -> list[str]:
    start, stop = seen.units[unit]
    first, last = seen.quote_tokens[quote]
    others = len({seen.quote[t] for t in range(start, stop)} - {-1, quote})
    table = verbs()
    reach = range(first - 1, max(start, first - _REACH) - 1, -1)
    verb = next((t for t in reach if seen.tags[t] in phrases.VERBAL and seen.quote[t] < 0), -1)
    found = [f"others={min(3, others)}/{length}"]
    if verb >= 0:
        known = table.get(seen.low[verb])
        found += [
            f"verb={known.lemma if known else seen.low[verb]}",
            f"verb+class={known.cue_class if known else '-'}/{length}",
            f"verb+gap={min(6, first - verb)}/{known is not None}",
        ]
    after = next((t for t in range(last, min(stop, last + 8)) if seen.low[t] in table and seen.quote[t] < 0), -1)
    said = table[seen.low[after]] if after >= 0 else None
    found.append(f"after={said.cue_class if said else '-'}/{length}")
    return found


def _noun(seen: View, first: int, unit: int) -> str:
    """Return the nearest common noun before a quotation: "her novel “...”", "on the programme “...”"."""
    start = max(seen.units[unit][0], first - 4)
    return next((seen.low[t] for t in range(first - 1, start - 1, -1) if seen.tags[t] in ("NN", "NNS")), "-")


def _near(seen: View, token: int, unit: int) -> str:
    start, stop = seen.units[unit]
    return "edge" if token < start or token >= stop else word(seen, token)
