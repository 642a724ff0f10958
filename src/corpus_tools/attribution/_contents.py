"""What is said: where the content before or behind a cue begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._candidate import Tokens
from corpus_tools.attribution._clauses import clause_at, is_time, over_time
from corpus_tools.attribution._lexicon import Verb, verbs, words
from corpus_tools.attribution._view import View


@dataclass(frozen=True)
class Right:
    """What stands behind a cue.

    Parameters
    ----------
    start : int
        First token of the content.
    what : str
        that, clause, quote, colon, wh, infinitive, object, of (with a preposition), or "" when there is no content.
    cue_end : int
        Token after the cue.
    """

    start: int
    what: str
    cue_end: int


def right_of(seen: View, token: int, stop: int, verb: Verb) -> Right:
    """Return the content behind the verb at `token`."""
    for preposition in sorted(verb.prepositions, key=len, reverse=True):
        end = token + 1 + len(preposition)
        if tuple(seen.low[token + 1 : end]) == preposition and end < stop and not is_time(seen, token + 1):
            return Right(end, "of", end)
    place = token + 1
    for _ in range(12):
        if place >= stop:
            break
        found = _content_at(seen, place, stop, verb)
        if found is not None:
            return found
        after = _skipped(seen, place, stop)
        if after == place:
            found, after = _noun_phrase_at(seen, place, stop, verb)
            if found is not None:
                return found
        if after is None:
            break
        place = after
    return _late(seen, token + 1, stop, verb)


def _late(seen: View, start: int, stop: int, verb: Verb) -> Right:
    """Return the content that begins behind something unforeseen: a far "that", a colon, a mixed quotation."""
    takes = verb.takes
    parted = False
    for place in range(start, min(stop, start + 14)):
        word = seen.low[place]
        spoken = place + 1 < stop and seen.quote_starts_at(place + 1) >= 0
        if word == ":" and takes & set("ca") and spoken:
            return Right(place + 1, "colon", place)
        if seen.tags[place] in phrases.FINITE or word in (";", ":"):
            break
        parted = parted or word == ","
        if parted:
            continue
        if seen.quote_starts_at(place) >= 0:
            if "a" not in takes and "c" in takes:
                return Right(start, "clause", start)
            return Right(place, "quote", place) if takes & set("an") else Right(start, "", start)
        if _introduces(seen, place, stop) and takes & set("ca"):
            return Right(place, "that", place)
        if word == "to" and "o" in takes and spoken:
            return Right(place, "infinitive", place)
    bare = start < stop and seen.tags[start] not in ("IN", "TO", "RB", "CC", ",", ":") and not is_time(seen, start)
    if verb.lemma in words("clausal") and bare and phrases.has_finite(seen, start, stop):
        return Right(start, "clause", start)
    return Right(start, "", start)


def _introduces(seen: View, place: int, stop: int) -> bool:
    """Whether "that" at `place` begins a clause with a subject of its own."""
    is_that = seen.low[place] == "that" and seen.tags[place] in ("IN", "DT", "WDT")
    return is_that and place + 1 < stop and seen.tags[place + 1] not in phrases.FINITE


def _content_at(seen: View, place: int, stop: int, verb: Verb) -> Right | None:
    """Return the content that begins at `place` beyond doubt."""
    word, tag, takes = seen.low[place], seen.tags[place], verb.takes
    if seen.quote_starts_at(place) >= 0:
        return Right(place, "quote" if takes & set("cln") else "", place)
    if word == "that" and takes & set("ca") and tag in ("IN", "DT", "WDT"):
        return Right(place, "that", place)
    if word == ":":
        return Right(place + 1, "colon", place)
    if "c" in takes and (word in words("wh") or tag in ("WP", "WRB", "WDT")):
        return Right(place, "wh", place)
    negated = word == "not" and place + 1 < stop and seen.low[place + 1] == "to"
    if "t" in takes and (word == "to" or negated):
        return Right(place, "infinitive", place)
    if "c" in takes and not is_time(seen, place) and clause_at(seen, place, stop):
        return Right(place, "clause", place)
    return None


def _skipped(seen: View, place: int, stop: int) -> int | None:
    """Return where an adverb, time or other adjunct ends; `place` when there is none, None to give up."""
    tag = seen.tags[place]
    if seen.low[place] == ",":
        return _across_comma(seen, place, stop)
    if is_time(seen, place):
        after = over_time(seen, place, stop)
        return after if after > place else None
    if tag in ("RB", "RBR", "RP"):
        return place + 1
    if tag in ("IN", "TO") and seen.low[place] not in words("conjunction"):
        end = phrases.phrase_right(seen, place + 1, stop)
        return end if end > place + 1 else None
    return place


def _noun_phrase_at(seen: View, place: int, stop: int, verb: Verb) -> tuple[Right | None, int | None]:
    """Return the content when the noun phrase at `place` is or begins it; else where an addressee ends."""
    end = phrases.phrase_right(seen, place, stop)
    if end == place:
        return None, None
    follows = seen.low[end] if end < stop else ""
    to_verb = follows == "to" and "o" in verb.takes
    if "a" in verb.takes:
        if to_verb and end + 1 < stop and not seen.tags[end + 1].startswith("NN"):
            return Right(place, "object", place), None
        if end >= stop:
            return None, None
        if _addressed(seen, end, stop):
            return None, end
        shorter = _addressee_end(seen, place, end)
        if shorter < end:
            return None, shorter
    if verb.lemma in words("clausal") and any(seen.tags[t] in phrases.VERBAL for t in range(end, stop)):
        return Right(place, "clause", place), None
    if "n" in verb.takes or to_verb:
        return Right(place, "infinitive" if to_verb else "object", place), None
    return None, None


def _addressed(seen: View, end: int, stop: int) -> bool:
    """Whether what follows a noun phrase shows that it is who was told."""
    return (
        seen.low[end] in ("that", ",", ":", "to")
        or seen.low[end] in words("wh")
        or seen.quote_starts_at(end) >= 0
        or is_time(seen, end)
        or seen.tags[end] in ("IN", "RB")
        or clause_at(seen, end, stop)
    )


def content_before(seen: View, unit: Tokens, before: int) -> list[Tokens]:
    """Return what stands before ", X said": from the unit's start, the comma left out."""
    end = before + 1
    while end > unit[0] and seen.quote[end - 1] < 0 and seen.low[end - 1] in (",", "—", "–", "--", "-"):
        end -= 1
    return [(unit[0], end)] if end > unit[0] else []


def content_behind(seen: View, start: int, stop: int, before: list[Tokens]) -> list[Tokens]:
    """Return what goes on behind source and cue, as in "The fire, he said, was out"."""
    place = start
    while place < stop and seen.low[place] in (",", ":", "—", "–", "--", ".", ";") and seen.quote[place] < 0:
        place += 1
    if place >= stop:
        return []
    number = seen.quote_starts_at(place)
    if number >= 0:
        return (
            [(place, stop)]
            if not _cue_inside(seen, seen.quote_tokens[number][1], stop)
            else [seen.quote_tokens[number]]
        )
    incomplete = not any(phrases.has_finite(seen, a, b) or seen.quote[a] >= 0 for a, b in before)
    if place == start and incomplete:
        comma = next((t for t in range(place, min(stop - 1, place + 12)) if seen.low[t] == ","), -1)
        if comma > 0 and phrases.has_finite(seen, comma + 1, min(stop, comma + 4)):
            return [(comma + 1, stop)]
    if place == start:
        for token in range(place, min(stop, place + 25)):
            number = seen.quote_starts_at(token)
            if number >= 0 and seen.low[token - 1] in (",", ":") and seen.quote_tokens[number][1] - token > 3:
                return [(token, stop)]
        return []
    if seen.tags[place] in ("VBG", "WP", "WDT", "IN") and seen.low[place] not in ("because", "if", "unless"):
        return []
    complete = any(phrases.has_finite(seen, first, last) or seen.quote[first] >= 0 for first, last in before)
    if before and seen.quote_ends_at(before[-1][1] - 1) >= 0 and place != start:
        quoted = any(seen.quote_starts_at(t) >= 0 for t in range(place, min(stop, place + 4)))
        return [(place, stop)] if quoted and seen.tags[place] == "CC" else []
    if not complete or seen.tags[place] == "CC" or seen.low[place] in ("because", "if", "unless"):
        return [(place, stop)] if phrases.has_finite(seen, place, stop) or not complete else []
    return []


def _cue_inside(seen: View, first: int, last: int) -> bool:
    table = verbs()
    return any(seen.low[token] in table and seen.tags[token] in phrases.VERBAL for token in range(first, last))


def says_something(seen: View, part: Tokens) -> bool:
    """Whether what ends in a quotation is more than an adjunct with a title ("On Sunday's 'Early Hour,' Veld said")."""
    number = seen.quote_ends_at(part[1] - 1)
    first, last = seen.quote_tokens[number]
    return first <= part[0] or last - first > 6 or phrases.has_finite(seen, part[0], first)


def _addressee_end(seen: View, start: int, end: int) -> int:
    """Where "told reporters the fire was out" parts into addressee and clause."""
    if seen.tags[start] == "PRP":
        return start + 1
    for place in range(start + 1, end):
        if seen.tags[place] in ("DT", "PRP$", "PRP") and seen.tags[place - 1] in ("NNS", "NNP", "NNPS", "NN"):
            return place
    return end


def _across_comma(seen: View, comma: int, stop: int) -> int | None:
    """Return where a parenthesis after the cue ends when content follows: "said, in a note, that"."""
    if seen.quote_starts_at(comma + 1) >= 0:
        return comma + 1
    for token in range(comma + 1, min(comma + 16, stop - 1)):
        if seen.low[token] == "," and (seen.low[token + 1] == "that" or seen.quote_starts_at(token + 1) >= 0):
            return token + 1
        if seen.tags[token] in phrases.FINITE and seen.low[comma + 1] not in words("subordinator"):
            return None
    return None
