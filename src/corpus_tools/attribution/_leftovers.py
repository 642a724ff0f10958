"""Quotations that no attributing verb explains: spoken all the same, or a title, a nickname, a term."""

from __future__ import annotations

from corpus_tools.attribution import _endings as endings
from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution import _subjects as subjects
from corpus_tools.attribution._candidate import Candidate, Tokens, last_token
from corpus_tools.attribution._lexicon import auxiliaries, verbs, words
from corpus_tools.attribution._scoring import Scorer
from corpus_tools.attribution._view import View, has_letter

#: From which probability on a quotation that nothing holds is taken for speech, and below which it is none.
SPEECH, NO_SPEECH = 0.8, 0.4
#: From which probability on a quotation is speech even when its attribution is doubtful.
SURELY_SPEECH = 0.85
_REACH = 25


def unexplained(seen: View, number: int, settled: list[Candidate]) -> list[Candidate]:
    """Return an attribution to the nearest verb for each quotation of a unit that no other attribution holds."""
    first, last = seen.units[number]
    if not seen.quotes_between(first, last):
        return []
    held = {seen.quote[token] for c in settled for part in (*c.content, *c.source, *c.cue) for token in range(*part)}
    found: list[Candidate] = []
    token = first
    while token < last:
        quote = seen.quote[token]
        if quote < 0:
            token += 1
            continue
        token = seen.quote_tokens[quote][1]
        if quote in held:
            continue
        made = _governed(seen, number, quote)
        if made is not None:
            held.update(seen.quote[place] for part in made.content for place in range(*part))
            found.append(made)
    return found


def spoken_ones(seen: View, number: int, settled: list[Candidate]) -> list[Candidate]:
    """Return the unexplained quotations of a unit that read like speech."""
    return [c for c in unexplained(seen, number, settled) if all(spoken(seen, quote) for quote in _quotes(seen, c))]


def judged(
    seen: View,
    number: int,
    settled: list[Candidate],
    doubtful: list[Candidate],
    last: Candidate | None,
    previous: Candidate | None,
    scorer: Scorer,
) -> list[Candidate]:
    """Return the attributions of a unit when the trained weights have judged its quotations.

    An attribution of little but quotations that are no speech goes; a quotation that is speech, and that no
    attribution holds, goes to a doubtful one, to the nearest verb, or stands alone.
    """
    start, stop = seen.units[number]
    kept = list(settled)
    for quote in seen.quotes_between(start, stop):
        if seen.quotes[quote].single or seen.quote_tokens[quote][0] < start:
            continue
        held_by = holder(seen, quote, [*kept, *([last] if last is not None else [])])
        sure = scorer.spoken(seen, quote, number, held_by)
        if held_by is None and sure >= SPEECH and not _named(seen, quote):
            if previous is not None and _goes_on(seen, number, quote, previous):
                start_of, end_of = seen.quote_tokens[quote]
                previous.content.append((start_of, min(end_of, stop)))
                previous.spoken = True
                continue
            made = _explained(seen, number, quote, doubtful, previous, scorer)
            made.spoken = True
            kept.append(made)
        elif held_by is not None and sure >= SURELY_SPEECH:
            held_by.spoken = True
        elif held_by in kept and sure < NO_SPEECH and held_by is not last and _share(seen, quote, held_by) >= 0.3:
            kept = [c for c in kept if c is not held_by and c.parent is not held_by]
    return kept


def _named(seen: View, quote: int) -> bool:
    """Whether a quotation gives something its name: "known as “...”", "a novel titled “...”"."""
    first = seen.quote_tokens[quote][0]
    before = first - 1 - (first > 1 and seen.low[first - 1] in ("as", "the", ","))
    return before >= 0 and seen.low[before] in words("naming")


def holder(seen: View, quote: int, candidates: list[Candidate]) -> Candidate | None:
    """Return the likeliest of the candidates in whose content a quotation stands."""
    first, end = seen.quote_tokens[quote]
    holding = [c for c in candidates if any(a < end and first < b for a, b in c.content)]
    return max(holding, key=lambda c: c.score, default=None)


def _share(seen: View, quote: int, candidate: Candidate) -> float:
    tokens = [token for part in candidate.content for token in range(*part)]
    return sum(seen.quote[token] == quote for token in tokens) / max(1, len(tokens))


def _goes_on(seen: View, number: int, quote: int, previous: Candidate) -> bool:
    """Whether a quotation that stands alone follows upon an attribution in the sentence before."""
    first, last = seen.units[number]
    start, end = seen.quote_tokens[quote]
    alone = start == first and end >= last - 1
    return alone and previous.unit == number - 1 and seen.paragraph[number] - seen.paragraph[number - 1] <= 1


def _explained(
    seen: View, number: int, quote: int, doubtful: list[Candidate], previous: Candidate | None, scorer: Scorer
) -> Candidate:
    """Return the best attribution of a quotation that is speech but that no likely attribution holds."""
    near = [c for c in doubtful if _share(seen, quote, c) > 0.2]
    governed = _governed(seen, number, quote) or _announced(seen, number, quote)
    if governed is not None:
        near.append(governed)
    if near:
        return max(near, key=lambda c: scorer.attribution(seen, c))
    unit = seen.units[number]
    start, end = seen.quote_tokens[quote]
    source = subjects.main_subject(seen, unit, unit[1])
    if source is None and previous is not None and previous.source and number - previous.unit <= 4:
        source = previous.source[0]
    alone = [(start, min(end, unit[1]))]
    made = Candidate([source] if source else [], [], alone, "neutral", "floating", number, clause="quote")
    scorer.attribution(seen, made)
    return made


def _quotes(seen: View, candidate: Candidate) -> set[int]:
    return {seen.quote[token] for part in candidate.content for token in range(*part)} - {-1}


def _governed(seen: View, number: int, quote: int) -> Candidate | None:
    """Return what the nearest verb before a quotation makes of it: "Torrin touted her record, “the best ...”"."""
    unit = seen.units[number]
    start, end = seen.quote_tokens[quote]
    floor = subjects.floor_of(seen, unit, start)
    verb = next((t for t in range(start - 1, max(floor, start - _REACH) - 1, -1) if _is_verb(seen, t)), -1)
    if verb < 0:
        return None
    group = phrases.verb_group(seen, verb, floor)
    source = _subject(seen, unit, verb, group, floor)
    if source is None:
        return None
    stop = last_token(seen, unit)
    colon = seen.low[start - 1] == ":" and seen.quote[start - 1] < 0
    begin = start if colon else verb + 1
    finish = max(endings.object_end(seen, begin, stop), min(end, stop))
    clause = "colon" if colon else "quote" if begin == start else "object"
    return Candidate([source], [(group, verb + 1)], [(begin, finish)], "neutral", "quoting", number,
                     seen.low[verb], phrases.is_negated(seen, group, verb), clause=clause)  # fmt: skip


def _announced(seen: View, number: int, quote: int) -> Candidate | None:
    """Return what a sentence that ends with a colon announces for the next paragraph: "She released a statement:"."""
    unit = seen.units[number]
    start, end = seen.quote_tokens[quote]
    if number == 0 or start > unit[0] or seen.low[unit[0] - 1] != ":":
        return None
    before = seen.units[number - 1]
    verb = next((t for t in range(*before) if seen.tags[t] in phrases.FINITE and _is_verb(seen, t)), -1)
    source = subjects.main_subject(seen, before, before[1])
    if verb < 0 or source is None:
        return None
    group = phrases.verb_group(seen, verb, before[0])
    content = [(start, min(end, last_token(seen, unit)))]
    return Candidate(
        [source], [(group, verb + 1)], content, "neutral", "quoting", number, seen.low[verb], clause="colon"
    )


def _is_verb(seen: View, token: int) -> bool:
    if seen.quote[token] >= 0:
        return False
    if seen.tags[token] == "NNS":  # "the advertisement claims: ..."
        known = token + 1 < len(seen.low) and seen.low[token] in verbs()
        return known and (seen.low[token + 1] in (":", ",") or seen.quote_starts_at(token + 1) >= 0)
    return seen.tags[token] in phrases.VERBAL and seen.low[token] not in auxiliaries()


def _subject(seen: View, unit: Tokens, verb: int, group: int, floor: int) -> Tokens | None:
    if phrases.is_passive(seen, group, verb) or seen.tags[verb] == "VBN":
        return None
    found = subjects.subject(seen, group, floor)
    if found is not None:
        return found
    return subjects.main_subject(seen, unit, group)


def spoken(seen: View, quote: int) -> bool:
    """Whether a quotation reads like speech rather than like a title, a nickname or a term, judged by its form."""
    first, last = seen.quote_tokens[quote]
    inside = [t for t in range(first, last) if has_letter(seen.low[t])]
    if len(inside) < 4:
        return False
    capitals = sum(seen.words[t][0].isupper() for t in inside[1:])
    if capitals >= 0.6 * (len(inside) - 1):
        return False
    return len(inside) > 6 or any(seen.tags[t] in phrases.VERBAL or seen.tags[t] == "PRP" for t in inside)
