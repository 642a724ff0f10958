"""Noun phrases and verb groups over tagged tokens: just enough grammar to find who speaks."""

from __future__ import annotations

from corpus_tools.attribution._lexicon import auxiliaries, words
from corpus_tools.attribution._view import View

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBAL = FINITE | {"VB", "VBN", "VBG"}
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "EX", "WP"})
_INSIDE = frozenset(
    "NN NNS NNP NNPS PRP PRP$ DT PDT JJ JJR JJS CD POS $ # RBS RBR FW HYPH AFX NFP ADD GW".split()  # noqa: SIM905
)
_JOINING = frozenset(
    {"of", "for", "in", "at", "from", "with", "on", "to", "behind", "against", "about", "by", "near", "under"}
    | {"within", "among", "between", "inside", "outside", "across", "over"}
)
_LIMIT = 40


def verb_group(seen: View, verb: int, floor: int) -> int:
    """Return the first token of the verb group whose main verb is `verb` (auxiliaries, adverbs, negation, "to")."""
    first = verb
    auxiliary = auxiliaries()
    while first > floor and verb - first < 7 and seen.quote[first - 1] == seen.quote[verb]:
        before = seen.low[first - 1]
        tag = seen.tags[first - 1]
        if tag in ("RB", "MD", "TO", "RBR") or (before in auxiliary and tag in VERBAL):
            first -= 1
        else:
            break
    return first


def is_negated(seen: View, first: int, last: int) -> bool:
    """Whether a negation stands among the tokens from `first` to before `last`."""
    return not words("negation").isdisjoint(seen.low[first:last])


def is_passive(seen: View, first: int, verb: int) -> bool:
    """Whether the group is a passive ("was told")."""
    if seen.tags[verb] not in ("VBN", "VBD", "JJ"):
        return False
    be = words("be")
    for token in range(verb - 1, first - 1, -1):
        if seen.low[token] in be:
            return not (seen.low[token] in ("'s", "’s") and seen.tags[token] == "POS")
        if seen.tags[token] not in ("RB", "RBR"):
            return False
    return False


def has_finite(seen: View, first: int, last: int) -> bool:
    """Whether a finite verb stands among the tokens from `first` to before `last`, outside quotations."""
    if FINITE.isdisjoint(seen.tags[first:last]):
        return False
    return any(seen.tags[token] in FINITE for token in range(first, last) if seen.quote[token] < 0)


def phrase_left(seen: View, end: int, floor: int) -> int:
    """Return the first token of the noun phrase that ends before `end`, with what is joined by prepositions.

    Returns `end` when no noun phrase ends there.
    """
    first = _simple_left(seen, end, floor)
    if first == end:
        return end
    while first - 1 > floor and end - first < _LIMIT:
        joint = first - 1
        word, tag = seen.low[joint], seen.tags[joint]
        if (tag == "CC" and word in ("and", "or", "&")) or (tag in ("IN", "TO") and word in _JOINING):
            before = joint
            while before > floor and before - 1 > 0 and _describes(seen, before - 1) and tag != "CC":
                before -= 1
                if joint - before > 2:
                    break
            longer = _simple_left(seen, before, floor)
            if longer == before or (seen.tags[before - 1] == "PRP" and tag != "CC"):
                break
            if tag == "CC" and _starts_clause_after(seen, joint, floor):
                break
            first = longer
        elif word == "," and _serial(seen, joint, end):
            longer = _simple_left(seen, joint, floor)
            if longer == joint:
                break
            first = longer
        else:
            break
    return first


def _serial(seen: View, comma: int, end: int) -> bool:
    """Whether a comma parts members of a list: "A, B and C"."""
    return any(seen.low[token] in ("and", "or") for token in range(comma + 1, min(end, comma + 12))) and not any(
        seen.low[token] == "," and seen.low[token + 1] not in ("and", "or") and seen.tags[token + 1] not in _INSIDE
        for token in range(comma + 1, min(end, comma + 12))
    )


def _starts_clause_after(seen: View, joint: int, floor: int) -> bool:
    """Whether "and" at `joint` joins clauses rather than nouns: a finite verb stands before it in its stretch."""
    token = joint - 1
    while token >= floor and joint - token < 15:
        if seen.low[token] in (",", ";", ":", "—", "–", "--") or seen.quote[token] >= 0:
            return False
        if seen.tags[token] in FINITE:
            return True
        token -= 1
    return False


def _simple_left(seen: View, end: int, floor: int) -> int:
    """Noun phrase without prepositions that ends before `end`."""
    if end <= floor:
        return end
    token = end - 1
    if seen.low[token] in (")", "]"):
        opening = token
        while opening > floor and seen.low[opening] not in ("(", "[") and token - opening < 15:
            opening -= 1
        if seen.low[opening] in ("(", "[") and opening > floor:
            inner = _simple_left(seen, opening, floor)
            return inner if inner < opening else end
        return end
    if seen.tags[token] not in NOUNS and not (
        seen.tags[token] in ("JJ", "VBN", "VBG", "JJR", "JJS") and _nominal(seen, token, floor)
    ):
        return end
    first = token
    while first > floor:
        before = first - 1
        tag, word = seen.tags[before], seen.low[before]
        if seen.tags[first] in ("PRP", "EX") or (
            seen.tags[first] == "DT" and tag != "PDT" and word not in ("all", "of")
        ):
            break
        if tag in _INSIDE or word == "&" or (word in ("-", "/") and before > floor):
            if tag == "PRP" or (word in words("time") and seen.tags[first] == "NNP" and tag == "NN"):
                break
            if seen.tags[first] == "PRP$" and tag not in ("PDT", "DT", "IN"):
                break
            first -= 1
        elif tag in ("VBN", "VBG", "RB") and _premodifies(seen, before, floor):
            first -= 1
        elif seen.quote_ends_at(before) >= 0 and _inline(seen, seen.quote[before]):
            first = seen.quote_tokens[seen.quote[before]][0]
            if first <= floor:
                return max(first, floor)
        else:
            break
    while first < end and (seen.tags[first] in ("POS", "HYPH") or seen.low[first] in ("-", "/")):
        first += 1
    return first


def _nominal(seen: View, token: int, floor: int) -> bool:
    """Whether an adjective or participle at the end of a phrase serves as a noun: "the accused", "a local"."""
    return (
        token > floor
        and seen.tags[token - 1] in ("DT", "PRP$", "POS", "NNP", "JJ")
        and seen.low[token] not in ("other",)
    )


def _premodifies(seen: View, token: int, floor: int) -> bool:
    """Whether a participle or adverb stands inside a noun phrase: "the recently elected governor"."""
    before = token - 1
    steps = 0
    while before >= floor and steps < 4:
        if seen.tags[before] in ("DT", "PRP$", "JJ", "POS", "CD"):
            return True
        if seen.tags[before] not in ("RB", "VBN", "VBG", "HYPH"):
            return False
        before -= 1
        steps += 1
    return False


def _inline(seen: View, number: int) -> bool:
    """Whether a quotation is a nickname or a word in marks within a phrase."""
    first, last = seen.quote_tokens[number]
    return (
        last - first <= 5
        and first > 0
        and seen.tags[first - 1] in ("NNP", "DT", "JJ", "POS")
        and seen.low[last - 2] not in (",", ".")
    )


def phrase_right(seen: View, start: int, stop: int) -> int:
    """Return the token after the noun phrase that begins at `start`, with what is joined by prepositions."""
    last = _simple_right(seen, start, stop)
    if last == start:
        return start
    while last < stop and last - start < _LIMIT:
        word, tag = seen.low[last], seen.tags[last]
        if (tag in ("IN", "TO") and word in _JOINING and word != "to") or (tag == "CC" and word in ("and", "or", "&")):
            longer = _simple_right(seen, last + 1, stop)
            if longer == last + 1 or (tag == "CC" and longer < stop and seen.tags[longer] in FINITE):
                break
            if word in ("in", "on", "at", "during") and seen.low[last + 1] in words("time"):
                break
            last = longer
        elif word == "(":
            close = last
            while close < stop and seen.low[close] != ")" and close - last < 15:
                close += 1
            if close >= stop or seen.low[close] != ")":
                break
            last = close + 1
        else:
            break
    return last


def _simple_right(seen: View, start: int, stop: int) -> int:
    last = start
    noun = False
    while last < stop:
        tag, word = seen.tags[last], seen.low[last]
        if tag == "PRP":
            return last + 1 if last == start else last
        if tag in ("DT", "PDT", "PRP$") and noun and seen.tags[last - 1] not in ("POS",):
            break
        if tag in _INSIDE or word in ("&",) or (tag in ("VBN", "VBG", "RB") and not noun and last > start):
            noun = noun or tag in NOUNS
            last += 1
        elif (
            tag in ("VBN", "VBG") and not noun and last == start and start + 1 < stop and seen.tags[start + 1] in NOUNS
        ):
            last += 1
        elif seen.quote_starts_at(last) >= 0 and last > start and _inline(seen, seen.quote[last]):
            last = seen.quote_tokens[seen.quote[last]][1]
        elif word in ("-", "/", "’", "'") and noun and last + 1 < stop and seen.tags[last + 1] in _INSIDE:
            last += 1
        else:
            break
    return last if noun or last - start >= 2 else start


def _describes(seen: View, token: int) -> bool:
    """Whether the word can tell more of the noun before it: "a man *accused* of theft", "a source *close* to them"."""
    return seen.tags[token] in ("VBN", "JJ", "VBG") or seen.low[token] in ("close", "familiar")


def extended_right(seen: View, start: int, stop: int) -> int:
    """Noun phrase at `start` with the appositions and relative clauses behind it: "Ruth Amsel, who led the board,"."""
    last = phrase_right(seen, start, stop)
    if last == start:
        return start
    while last < stop and _describes(seen, last) and seen.quote[last] < 0 and last - start < _LIMIT:
        longer = last + 1
        if longer < stop and seen.tags[longer] in ("IN", "TO"):
            longer = phrase_right(seen, longer + 1, stop)
        if longer <= last + 1:
            break
        last = longer
    while last + 1 < stop and last - start < 2 * _LIMIT and _opens_apposition(seen, last, stop):
        last = _apposition_end(seen, last, stop)
    return last


def _opens_apposition(seen: View, comma: int, stop: int) -> bool:
    if seen.low[comma] in ("who", "whose"):
        return True
    if seen.low[comma] != "," or seen.quote[comma] >= 0:
        return False
    after = comma + 1
    if seen.quote[after] >= 0:
        return False
    word, tag = seen.low[after], seen.tags[after]
    if word in ("who", "whose", "which", "where", "whom", "of", "then", "now", "himself", "herself", "both"):
        return True
    if tag in ("DT", "NNP", "NN", "NNS", "NNPS", "CD", "JJ", "PRP$", "RB") and word not in (
        "however",
        "though",
        "this",
        "that",
    ):
        end = phrase_right(seen, after, stop)
        return end >= stop or seen.tags[end] not in FINITE
    return False


def _apposition_end(seen: View, comma: int, stop: int) -> int:
    last = comma + 1
    while last < stop and seen.low[last] not in (",", ";", ":", "—", "–", "--", "."):
        if seen.quote[last] >= 0 and seen.quote_starts_at(last) >= 0:
            first, end = seen.quote_tokens[seen.quote[last]]
            if end - first > 8:
                return last
            last = end
            continue
        last += 1
    return last
