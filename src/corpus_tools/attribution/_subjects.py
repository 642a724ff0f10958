"""Who does what a verb says: the subject to its left, shared with another verb, or behind it."""

from __future__ import annotations

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._lexicon import words
from corpus_tools.attribution._view import View

Tokens = tuple[int, int]
_PUNCTUATION = frozenset({",", "—", "–", "--", ";", ":", "("})


def floor_of(seen: View, unit: Tokens, token: int) -> int:
    """Return where the stretch that holds `token` begins: after a quotation, semicolon or colon, or with its unit."""
    first = token
    while first > unit[0]:
        before = first - 1
        if seen.quote[before] >= 0:
            start, end = seen.quote_tokens[seen.quote[before]]
            if end - start > 6 or seen.low[end - 2] in (",", ".", "?", "!"):
                return first
            first = max(start, unit[0])
            continue
        if seen.low[before] in (";", ":"):
            return first
        first -= 1
    return first


def subject(seen: View, group: int, floor: int) -> Tokens | None:
    """Return the noun phrase before the verb group that begins at `group`, with its appositions; None without one."""
    if group - floor >= 2 and seen.low[group - 2] in ("than", "as") and seen.low[group - 1] in words("before"):
        return None  # a comparison has no speaker: "five more than first reported"
    end = _back_over_adjunct(seen, group, floor)
    if end <= floor:
        return None
    word, tag = seen.low[end - 1], seen.tags[end - 1]
    if tag in ("WP", "WDT") or word in ("who", "which"):
        return _antecedent(seen, end - 1, floor)
    if word in (",", "—", "–", "--"):
        return _across_parenthesis(seen, end - 1, floor)
    first = phrases.phrase_left(seen, end, floor)
    if first >= end:
        return None
    if all(seen.low[token] in words("time") for token in range(first, end)) and not _called_like_a_time(seen, end - 1):
        return subject(seen, first, floor) if first > floor else None
    if seen.low[first] in ("it", "there") and end - first == 1 and seen.tags[first] == "EX":
        return None
    if end - first == 1 and (word in ("the", "a", "an", "no", "every") or tag in ("JJ", "PRP$", "VBN")):
        return (first, end) if word in words("quantity") else None
    return _with_relative(seen, first, end, floor)


def _called_like_a_time(seen: View, token: int) -> bool:
    """Whether a word such as *May* or *Day* is somebody's name: no preposition or number before it."""
    named = seen.low[token] in words("time_name") and seen.tags[token] == "NNP" and seen.words[token][0].isupper()
    return named and (token == 0 or seen.tags[token - 1] not in ("IN", "CD", "JJ", "DT"))


def _back_over_adjunct(seen: View, end: int, floor: int) -> int:
    """Step back over adverbs and times between subject and verb: "Veld on Monday", "police later"."""
    time = words("time")
    start = end
    while end > floor and start - end < 8:
        word, tag = seen.low[end - 1], seen.tags[end - 1]
        if tag in ("RB", "RBR") and word not in ("n't", "n’t"):
            end -= 1
        elif word in time:
            first = end - 1
            while first > floor and (seen.low[first - 1] in time or seen.tags[first - 1] in ("CD", "DT", "JJ")):
                first -= 1
            if first > floor and seen.low[first - 1] in (
                "on",
                "in",
                "at",
                "during",
                "earlier",
                "late",
                "early",
                "since",
            ):
                first -= 1
            if first <= floor or seen.low[first - 1] == ",":
                break
            if (
                seen.tags[first - 1] not in phrases.NOUNS
                and seen.low[first - 1] not in (")", ",")
                and seen.tags[first - 1] not in ("WP", "WDT", "RB")
            ):
                break
            end = first
        else:
            break
    return end


def _antecedent(seen: View, pronoun: int, floor: int) -> Tokens | None:
    end = pronoun
    if end > floor and seen.low[end - 1] == ",":
        end -= 1
    if end > floor and seen.tags[end - 1] in ("IN", "TO"):  # "most of whom said"
        end -= 1
    first = phrases.phrase_left(seen, end, floor)
    return (first, end) if first < end else (pronoun, pronoun + 1)


def _with_relative(seen: View, first: int, end: int, floor: int) -> Tokens:
    """Widen "the raid" to "the man who led the raid" before "said"."""
    token = first - 1
    while token > floor and first - token < 25 and seen.low[token] not in (",", ";", ":", "—"):
        if seen.low[token] in ("who", "which") or seen.tags[token] == "WDT":
            if phrases.has_finite(seen, token + 1, first):
                wider = phrases.phrase_left(seen, token, floor)
                if wider < token:
                    return wider, end
            return first, end
        token -= 1
    return first, end


def _across_parenthesis(seen: View, close: int, floor: int) -> Tokens | None:
    """Find the noun before a pair of commas or dashes: "Amsel, who leads the board, said"."""
    sign = seen.low[close]
    best: Tokens | None = None
    lowest = max(floor, close - 60)
    for comma in range(close - 2, lowest, -1):
        if seen.quote[comma] >= 0 and seen.quote[comma] != seen.quote[close]:
            continue
        if seen.low[comma] != sign or not _may_be_parenthesis(seen, comma + 1, close):
            continue
        first = phrases.phrase_left(seen, comma, floor)
        if first == comma or seen.low[comma - 1] in words("time"):
            continue
        first = _with_relative(seen, first, comma, floor)[0]
        if (
            first == floor
            or seen.low[first - 1] in words("clause_start") | _PUNCTUATION
            or seen.tags[first - 1] in ("RB", "WRB")
            or seen.quote_ends_at(first - 1) >= 0
        ):
            best = (first, close)
    return best


def _may_be_parenthesis(seen: View, first: int, last: int) -> bool:
    if last <= first:
        return False
    if seen.low[first] in words("subordinator") or seen.low[
        first + (seen.tags[first] in ("RB", "IN", "DT", "CD"))
    ] in words("subordinator"):
        return True
    if seen.low[first] in ("of", "some", "many", "one") and any(
        seen.low[t] in ("who", "whom", "which") for t in range(first, min(last, first + 4))
    ):
        return True
    for token in range(first, last):
        if seen.tags[token] in phrases.FINITE and seen.quote[token] < 0:
            return any(seen.low[t] in ("who", "which", "whose", "that", "where", "when") for t in range(first, token))
    return True


def main_subject(seen: View, unit: Tokens, before: int) -> Tokens | None:
    """Return the subject of the first finite verb between the unit's start and `before`."""
    for token in range(unit[0], before):
        if seen.tags[token] in phrases.FINITE and seen.quote[token] < 0:
            floor = floor_of(seen, unit, token)
            group = phrases.verb_group(seen, token, floor)
            found = subject(seen, group, floor)
            if found is not None:
                return found
    return None


def later_subject(seen: View, unit: Tokens, after: int) -> Tokens | None:
    """Return the subject of the first finite verb after `after`: "Speaking in Lenn, she said"."""
    comma = False
    for token in range(after, min(unit[1], after + 40)):
        comma = comma or seen.low[token] == ","
        if comma and seen.tags[token] in phrases.FINITE and seen.quote[token] < 0:
            group = phrases.verb_group(seen, token, after)
            found = subject(seen, group, after)
            if found is not None:
                return found
    return None


def opening(seen: View, unit: Tokens, before: int) -> Tokens | None:
    """Return the name or pronoun with which the unit's own words begin, when no finite verb was recognised."""
    first = next((token for token in range(*unit) if seen.quote[token] < 0), before)
    end = phrases.phrase_right(seen, first, before)
    named = any(seen.tags[token] in ("NNP", "PRP") for token in range(first, end))
    return (first, end) if first < end and named else None
