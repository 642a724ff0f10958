"""From cue to attribution: the frames in which verbs, "according to", nouns and adverbs attribute."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution import _subjects as subjects
from corpus_tools.attribution._lexicon import Verb, classes, nouns, verbs, words
from corpus_tools.attribution._people import kinds, singular
from corpus_tools.attribution._view import View

Tokens = tuple[int, int]
_ALWAYS_VERBS = frozenset({"said", "says", "told", "wrote", "added", "asked", "saying", "adding", "tweeted"})
_OPENING = frozenset({"when", "while", "as", "after", "although", "though", "if", "since", "because", "before", "once", "whereas", "even", "despite"})
_CLAUSAL = frozenset({"say", "add", "think", "believe", "argue", "insist", "claim", "admit", "hope", "know"})
_SUBORDINATING = frozenset(
    {
        "who",
        "that",
        "which",
        "when",
        "as",
        "after",
        "before",
        "while",
        "where",
        "and",
        "because",
        "if",
        "whether",
        "why",
        "how",
    }
)
_WH = frozenset({"whether", "if", "why", "how", "what", "who", "when", "where", "which"})


@dataclass
class Candidate:
    """One attribution in token numbers, before it becomes a row.

    Parameters
    ----------
    source, cue, content : list of (int, int)
        Token numbers.
    cue_class, frame : str
        The cue's class, and the frame that found it: right, left, inverted, according, passive, agentless, participle,
        infinitive, noun, adverb, colon, quotation.
    unit : int
        Number of the unit of the cue.
    parent : Candidate, optional
        The attribution inside whose content this one stands.
    """

    source: list[Tokens]
    cue: list[Tokens]
    content: list[Tokens]
    cue_class: str
    frame: str
    unit: int
    lemma: str = ""
    negated: bool = False
    shared: bool = False
    clause: str = ""
    parent: Candidate | None = field(default=None, repr=False)


def in_unit(seen: View, number: int) -> list[Candidate]:
    """Return the candidates of one unit, in order of their cues."""
    unit = seen.units[number]
    table = verbs()
    found: list[Candidate] = []
    for token in range(*unit):
        if seen.quote[token] >= 0:
            continue
        word = seen.low[token]
        candidate: Candidate | None = None
        if word == "according" and token + 1 < unit[1] and seen.low[token + 1] == "to":
            candidate = _according(seen, number, token)
        elif word in table and seen.tags[token] == "NNS" and _third_person(seen, token, unit):
            candidate = _verb(seen, number, token, table[word], found)
        elif word in nouns() and (seen.tags[token] in ("NN", "NNS") or _owned(seen, token, unit[0])):
            candidate = _noun(seen, number, token)
        elif word in table and (seen.tags[token] in phrases.VERBAL or word in _ALWAYS_VERBS):
            candidate = _verb(seen, number, token, table[word], found)
        elif word in classes() and seen.tags[token] == "RB":
            candidate = _adverb(seen, number, token)
        if candidate is not None:
            found.append(candidate)
    return found


def _third_person(seen: View, token: int, unit: Tokens) -> bool:
    """Whether what is tagged as a plural noun is a verb: "Falk hopes that", "..., the doctor maintains."""
    if token == unit[0] or seen.tags[token - 1] not in ("NNP", "NN", "PRP"):
        return False
    after = seen.low[token + 1] if token + 1 < unit[1] else "."
    if after == "that":
        return seen.tags[token - 1] in ("NNP", "PRP")
    first = phrases.phrase_left(seen, token, unit[0])
    before = first - 1
    parted = before > unit[0] and (seen.low[before] == "," or seen.quote_ends_at(before) >= 0)
    return parted and after in (".", ",") and first < token


def _owned(seen: View, token: int, floor: int) -> bool:
    """Whether a possessive stands right before, so that the word can only be a noun: "Torrin's claim"."""
    return token > floor and seen.tags[token - 1] in ("POS", "PRP$") and seen.tags[token] in ("VB", "VBP")


def last_token(seen: View, unit: Tokens) -> int:
    """Return the token behind the unit's last word; a final full stop outside of marks does not count."""
    stop = unit[1]
    while stop > unit[0] and seen.quote[stop - 1] < 0 and seen.low[stop - 1] in (".", "!", "?", "…", "...", ";"):
        stop -= 1
    return stop


def _verb(seen: View, number: int, token: int, verb: Verb, earlier: list[Candidate]) -> Candidate | None:
    unit = seen.units[number]
    floor = subjects.floor_of(seen, unit, token)
    group = phrases.verb_group(seen, token, floor)
    negated = phrases.is_negated(seen, group, token) or (verb.cue_class == "refusal" and "t" in verb.takes)
    passive = phrases.is_passive(seen, group, token)
    tag = seen.tags[token]
    bare_participle = tag == "VBN" and not passive and not _has_have(seen, group, token)
    if passive or (bare_participle and token + 1 < unit[1] and seen.low[token + 1] == "by"):
        return _passive(seen, number, token, verb, group, floor, passive)
    inverted = _inverted(seen, number, token, verb, group)
    if inverted is not None:
        return inverted
    source, shared, frame = _who(seen, unit, token, group, floor, earlier, bare_participle)
    if source is None and frame != "participle":
        return None
    if frame == "infinitive" and source is not None and seen.low[source[0]] in ("it", "there"):
        return None
    made = Candidate([source] if source else [], [(group, token + 1)], [], verb.cue_class, frame, number,
                     verb.lemma, negated, shared)  # fmt: skip
    return _with_content(seen, unit, made, token, verb, floor)


def _has_have(seen: View, group: int, token: int) -> bool:
    have = words("have")
    return any(seen.low[place] in have for place in range(group, token))


def _who(
    seen: View, unit: Tokens, token: int, group: int, floor: int, earlier: list[Candidate], bare_participle: bool
) -> tuple[Tokens | None, bool, str]:
    """Return the source, whether it is shared with another verb, and the frame."""
    tag = seen.tags[token]
    if (
        (tag == "VBG"
        and group == token)
        or (
            tag == "VBG"
            and seen.low[group] not in words("be")
            and not _has_have(seen, group, token)
            and not any(seen.low[p] in words("be") for p in range(group, token))
        )
    ):
        before = group - 1
        if before >= floor and seen.tags[before] in phrases.NOUNS and seen.low[before] not in words("time"):
            first = phrases.phrase_left(seen, group, floor)
            return ((first, group) if first < group else None), False, "participle"
        if before < unit[0]:
            return subjects.later_subject(seen, unit, token + 1), True, "participle"
        return _shared(seen, unit, group, earlier), True, "participle"
    if seen.low[group] == "to" or (tag == "VB" and any(seen.low[p] == "to" for p in range(group, token))):
        before = group - 1
        if before >= floor and (seen.tags[before] in phrases.VERBAL or seen.tags[before] in ("JJ", "RP")):
            return _shared(seen, unit, group, earlier), True, "infinitive"
        return None, False, "infinitive"
    if bare_participle or (tag == "VB" and group == token):
        before = group - 1
        if not (before >= floor and seen.low[before] in ("and", "or", ",") and tag != "VB"):
            found = subjects.subject(seen, group, floor)
            return found, False, "right"
    found = subjects.subject(seen, group, floor)
    if found is not None:
        return found, False, "right"
    before = group - 1
    if before >= unit[0] and (
        seen.low[before] in ("and", "or", "but", "then", ",", "also", "—", "–") or seen.quote_ends_at(before) >= 0
    ):
        return _shared(seen, unit, group, earlier), True, "right"
    return None, False, "right"


def _shared(seen: View, unit: Tokens, group: int, earlier: list[Candidate]) -> Tokens | None:
    for candidate in reversed(earlier):
        if candidate.source and candidate.frame in ("right", "left", "inverted", "participle", "infinitive"):
            return candidate.source[0]
    return subjects.main_subject(seen, unit, group)


def _inverted(seen: View, number: int, token: int, verb: Verb, group: int) -> Candidate | None:
    """ "...," said Amsel, who leads the board."""
    unit = seen.units[number]
    stop = last_token(seen, unit)
    if (
        "l" not in verb.takes
        or group != token
        or seen.tags[token] not in ("VBD", "VBZ", "VBP", "VBN")
        or token + 1 >= stop
    ):
        return None
    before = token - 1
    if before < unit[0] or not (seen.low[before] == "," or seen.quote_ends_at(before) >= 0):
        return None
    after = token + 1
    while after < stop and seen.tags[after] == "RB":
        after += 1
    if seen.tags[after] not in ("NNP", "DT", "NN", "NNS", "NNPS", "JJ", "CD", "PRP", "PRP$", "VBN") or seen.low[
        after
    ] in ("it", "him", "her", "them", "that"):
        return None
    if seen.quote[after] >= 0 or verb.lemma == "tell":
        return None
    if seen.low[before] == "," and seen.quote[before] < 0 and seen.quote_ends_at(before - 1) < 0:
        floor = subjects.floor_of(seen, unit, token)
        apart = subjects.subject(seen, group, floor)
        if apart is not None and apart[0] == floor or not phrases.has_finite(seen, unit[0], before):
            return None
    end = phrases.phrase_right(seen, after, stop)
    if end == after or (end < stop and seen.tags[end] in phrases.FINITE):
        return None
    end = phrases.extended_right(seen, after, stop)
    content = _content_before(seen, unit, before)
    if not content:
        return None
    content += _content_behind(seen, end, stop, content)
    return Candidate([(after, end)], [(token, token + 1)], content, verb.cue_class, "inverted", number, verb.lemma)


def _content_before(seen: View, unit: Tokens, before: int) -> list[Tokens]:
    """What stands before ", X said": from the unit's start, the comma left out."""
    end = before + 1
    while end > unit[0] and seen.quote[end - 1] < 0 and seen.low[end - 1] in (",", "—", "–", "--", "-"):
        end -= 1
    return [(unit[0], end)] if end > unit[0] else []


def _content_behind(seen: View, start: int, stop: int, before: list[Tokens]) -> list[Tokens]:
    """What goes on behind the source or cue: "..., she said, "..."" and "The fire, he said, was out"."""
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
        return []
    if not complete or seen.tags[place] == "CC" or seen.low[place] in ("because", "if", "unless"):
        return [(place, stop)] if phrases.has_finite(seen, place, stop) or not complete else []
    return []


def _cue_inside(seen: View, first: int, last: int) -> bool:
    table = verbs()
    return any(seen.low[token] in table and seen.tags[token] in phrases.VERBAL for token in range(first, last))


def _with_content(seen: View, unit: Tokens, made: Candidate, token: int, verb: Verb, floor: int) -> Candidate | None:
    """Look for the content to the right, then to the left, and return the candidate when it has one."""
    stop = last_token(seen, unit)
    left = _left_of(seen, unit, made)
    right_start, clause, cue_end = _right(seen, token, stop, verb)
    quoted_left = bool(left) and seen.quote_ends_at(left[-1][1] - 1) >= 0
    if quoted_left and clause and not _says_something(seen, left[-1]):
        left, quoted_left = [], False
    takes_left = bool(left) and ("l" in verb.takes or quoted_left) and made.frame == "right"
    if takes_left and clause in ("that",) and not quoted_left:
        takes_left = False
    if (
        takes_left
        and not quoted_left
        and clause in ("clause", "quote", "wh", "colon")
        and not (clause == "quote" and seen.low[token + 1] == ",")
    ):
        takes_left = False
    if takes_left and not quoted_left and clause in ("object", "infinitive", "of"):
        takes_left = False
    if takes_left:
        behind = _content_behind(seen, cue_end if clause == "quote" else token + 1, stop, left)
        made.content, made.frame = [*left, *behind], "left"
        return made
    if not clause:
        return None
    if clause == "object" and verb.cue_class == "document" and not _is_document(seen, made.source):
        return None
    made.clause = clause
    made.cue = [(made.cue[0][0], max(cue_end, token + 1) if clause in ("of",) else token + 1)]
    whole = clause not in ("object", "of") or verb.cue_class in ("demand", "promise")
    end = stop if whole else _object_end(seen, right_start, stop)
    if whole and clause in ("that", "clause", "wh", "infinitive"):
        end = _aside(seen, right_start, end)
    if made.frame == "participle" and made.shared:
        end = _resumed(seen, right_start, end)
    if clause != "colon" and _before_main_clause(seen, unit, made.cue[0][0]):
        end = _main_clause_comma(seen, right_start, end)
    if right_start >= end:
        if clause == "colon":
            made.content = []
            return made
        return None
    made.content = [(right_start, end)]
    return made


def _says_something(seen: View, part: Tokens) -> bool:
    """Whether what ends in a quotation is more than an adjunct with a title: 'On Sunday\'s "Early Hour," Veld said'."""
    number = seen.quote_ends_at(part[1] - 1)
    first, last = seen.quote_tokens[number]
    return first <= part[0] or last - first > 6 or phrases.has_finite(seen, part[0], first)


def _aside(seen: View, start: int, end: int) -> int:
    """Where the reporter takes over again: "; ...", ", although ..."."""
    for token in range(start + 2, end - 2):
        if seen.quote[token] >= 0:
            continue
        if seen.low[token] == ";" or (seen.low[token] == "," and seen.low[token + 1] in ("although", "though")):
            return token
    return end


def _resumed(seen: View, start: int, end: int) -> int:
    """Where the main clause goes on behind a participle: "Veld, citing a report, said"."""
    for token in range(start + 1, end - 1):
        if seen.low[token] == "," and seen.quote[token] < 0 and seen.tags[token + 1] in phrases.FINITE:
            return token
        if seen.quote_ends_at(token) >= 0 and seen.tags[token + 1] in phrases.FINITE:
            return token + 1
    return end


def _before_main_clause(seen: View, unit: Tokens, cue: int) -> bool:
    """Whether the cue stands in a clause that opens the sentence: "Speaking of ...", "When Veld said ..., "."""
    first = unit[0]
    while first < cue and seen.tags[first] in ("CC", "RB", "``"):
        first += 1
    if first == cue:
        return seen.tags[cue] == "VBG" or seen.low[cue] in ("asked", "told")
    if seen.low[first] in _OPENING and not any(seen.low[t] == "," for t in range(first, cue)):
        return True
    return seen.tags[first] == "IN" and not phrases.has_finite(seen, first, cue + 1)


def _main_clause_comma(seen: View, start: int, end: int) -> int:
    """Return the comma behind which the main clause begins, or `end`."""
    for token in range(start + 1, end - 1):
        if seen.low[token] == "," and seen.quote[token] < 0 and _clause_at(seen, token + 1, end):
            return token
        if seen.quote_ends_at(token) >= 0 and seen.low[token - 1] == "," and _clause_at(seen, token + 1, end):
            return token + 1
    return end


def _is_document(seen: View, source: list[Tokens]) -> bool:
    """Whether a source is a report, poll or the like: those *show* and *find*, others only find knives."""
    return any("document" in kinds().get(singular(word), ()) for first, last in source for word in seen.low[first:last])


def _left_of(seen: View, unit: Tokens, made: Candidate) -> list[Tokens]:
    if not made.source or made.shared:
        return []
    start = made.source[0][0]
    if start >= made.cue[0][0]:
        return []
    before = start - 1
    while before > unit[0] and seen.tags[before] == "RB" and seen.low[before - 1] == ",":
        before -= 1
    if before < unit[0]:
        return []
    if seen.low[before] in (",", "—", "–", "--") or seen.quote_ends_at(before) >= 0:
        return _content_before(seen, unit, before)
    return []


def _right(seen: View, token: int, stop: int, verb: Verb) -> tuple[int, str, int]:
    """Return where the content to the right begins, what it is, and where the cue ends.

    What: that, clause, quote, colon, wh, infinitive, object, of (with a preposition), or "" when there is none.
    """
    place = token + 1
    for preposition in sorted(verb.prepositions, key=len, reverse=True):
        if tuple(seen.low[place : place + len(preposition)]) == preposition and not _is_time(seen, place):
            end = place + len(preposition)
            if end < stop:
                return end, "of", end
    takes = verb.takes
    steps = 0
    while place < stop and steps < 12:
        steps += 1
        word, tag = seen.low[place], seen.tags[place]
        if seen.quote_starts_at(place) >= 0:
            return (place, "quote", place) if takes & set("cln") else (place, "", place)
        if word == "that" and takes & set("ca") and tag in ("IN", "DT", "WDT"):
            return place, "that", place
        if word == ":":
            return place + 1, "colon", place
        if word == ",":
            after = _across_comma(seen, place, stop)
            if after is None:
                return place, "", place
            place = after
            continue
        if takes & set("cl") and (word in _WH or tag in ("WP", "WRB", "WDT")) and "c" in takes:
            return place, "wh", place
        if word == "to" and "t" in takes:
            return place, "infinitive", place
        if word == "not" and place + 1 < stop and seen.low[place + 1] == "to" and "t" in takes:
            return place, "infinitive", place
        if tag in ("RB", "RBR", "RP") and not ("c" in takes and _clause_at(seen, place, stop)):
            place += 1
            continue
        if _is_time(seen, place):
            place = _over_time(seen, place, stop)
            continue
        if "c" in takes and _clause_at(seen, place, stop):
            return place, "clause", place
        if tag in ("IN", "TO") and word not in (
            "because",
            "if",
            "while",
            "as",
            "after",
            "before",
            "since",
            "although",
            "than",
        ):
            end = phrases.phrase_right(seen, place + 1, stop)
            if end == place + 1:
                return place, "", place
            place = end
            continue
        end = phrases.phrase_right(seen, place, stop)
        if end == place:
            return place, "", place
        follows = seen.low[end] if end < stop else ""
        if "a" in takes and (
            follows in ("that", ",", ":", "to")
            or follows in _WH
            or (
                end < stop
                and (
                    _clause_at(seen, end, stop)
                    or seen.quote_starts_at(end) >= 0
                    or _is_time(seen, end)
                    or seen.tags[end] in ("IN", "RB")
                )
            )
        ):
            if follows == "to" and "o" in takes and not seen.tags[end + 1].startswith("NN"):
                return place, "object", place
            place = end
            continue
        if "a" in takes and end >= stop:
            return place, "", place
        short = _addressee_end(seen, place, end) if "a" in takes else end
        if short < end:
            place = short
            continue
        if verb.lemma in _CLAUSAL and any(seen.tags[t] in phrases.VERBAL for t in range(end, stop)):
            return place, "clause", place
        if "n" in takes or ("o" in takes and follows == "to"):
            return place, "infinitive" if follows == "to" and "o" in takes else "object", place
        return place, "", place
    return place, "", place


def _addressee_end(seen: View, start: int, end: int) -> int:
    """Where "told reporters the fire was out" parts into addressee and clause."""
    if seen.tags[start] == "PRP":
        return start + 1
    for place in range(start + 1, end):
        if seen.tags[place] in ("DT", "PRP$", "PRP") and seen.tags[place - 1] in ("NNS", "NNP", "NNPS", "NN"):
            return place
    return end


def _clause_at(seen: View, start: int, stop: int) -> bool:
    """Whether a clause begins at `start`: a noun phrase and then, near, a finite verb."""
    place = start
    if place < stop and seen.tags[place] == "RB":
        place += 1
    if place < stop and seen.tags[place] == "EX":
        return True
    end = phrases.phrase_right(seen, place, stop)
    if end == place:
        return False
    if seen.low[place] in ("he", "she", "they", "i", "we"):
        return True
    for token in range(end, min(end + 3, stop)):
        if seen.tags[token] in phrases.FINITE and seen.quote[token] < 0:
            return True
        if seen.tags[token] not in ("RB", "NNP", "CD") and seen.quote[token] < 0:
            break
    if end < stop and (
        seen.low[end] in (",", "who", "that", "which", "—", "–") or seen.tags[end] in ("VBN", "VBG", "TO", "IN", "JJ")
    ):
        for token in range(end, min(end + 22, stop)):
            if seen.low[token] in (";", ":"):
                return False
            if seen.tags[token] in phrases.FINITE and seen.quote[token] < 0:
                relative = any(seen.low[t] in _SUBORDINATING for t in range(end, token))
                if not relative:
                    return True
                end = token + 1
    return end < stop and seen.quote_starts_at(end) >= 0 and seen.tags[end + 1] in phrases.FINITE


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


def _is_time(seen: View, place: int) -> bool:
    time = words("time")
    low = seen.low
    here = low[place]
    after = low[place + 1] if place + 1 < len(low) else ""
    third = low[place + 2] if place + 2 < len(low) else ""
    if here in (
        "on",
        "in",
        "at",
        "by",
        "since",
        "during",
        "until",
        "late",
        "early",
        "last",
        "this",
        "next",
        "earlier",
        "back",
        "that",
        "the",
    ):
        if here in ("that", "the") and after not in time:
            return here == "the" and after in ("following", "previous", "same", "next") and third in time
        return (
            after in time
            or (third in time and after in ("the", "early", "late", "last", "a", "this", "mid"))
            or (after.isdigit() and len(after) == 4)
        )
    return here in time and here not in ("now", "then", "may", "moment", "time")


def _over_time(seen: View, place: int, stop: int) -> int:
    time = words("time")
    while place < stop and (
        seen.low[place] in time
        or seen.tags[place] in ("CD", "IN", "DT", "RB")
        or seen.low[place] in ("last", "this", "late", "early", "next", "following", "previous", "same")
    ):
        nearby = seen.low[place : place + 3]
        if seen.low[place] in time or any(word in time for word in nearby) or seen.tags[place] == "CD":
            place += 1
        else:
            break
    return place


def _object_end(seen: View, start: int, stop: int) -> int:
    """Where the object of "criticised" ends: before a new clause, a participle behind a comma, a time."""
    for token in range(start + 1, stop):
        if seen.quote[token] >= 0:
            continue
        word = seen.low[token]
        if word in (";", "—", "–", "--", ":"):
            return token
        if (
            word == ","
            and token + 1 < stop
            and (
                seen.tags[token + 1] in ("VBG", "CC", "RB", "WDT", "WP", "IN")
                or seen.low[token + 1] in ("who", "which", "but", "and", "while")
            )
        ):
            if (
                seen.tags[token + 1] == "CC"
                and seen.low[token + 1] == "and"
                and not phrases.has_finite(seen, token + 1, min(token + 8, stop))
            ):
                continue
            return token
        if word in ("and", "but") and token + 1 < stop and seen.tags[token + 1] in ("VBD", "VBZ", "VBP", "MD"):
            return token
        if (
            word in ("while", "when", "because", "although", "though", "whereas", "after", "before")
            and token - start > 1
        ):
            return token
    return stop


def _passive(seen: View, number: int, token: int, verb: Verb, group: int, floor: int, full: bool) -> Candidate | None:
    """ "was condemned by Veld", "is thought to have come", "it was reported that", "was told that"."""
    unit = seen.units[number]
    stop = last_token(seen, unit)
    place = token + 1
    while place < stop and seen.tags[place] == "RB":
        place += 1
    source: list[Tokens] = []
    cue_end = token + 1
    if place < stop and seen.low[place] == "by":
        end = phrases.phrase_right(seen, place + 1, stop)
        if end > place + 1 and seen.tags[place + 1] != "VBG":
            source, cue_end, place = [(place + 1, end)], place + 1, end
    subject = subjects.subject(seen, group if full else token, floor)
    content: list[Tokens] = []
    frame = "passive" if source else "agentless"
    if (
        place < stop
        and full
        and seen.low[place] in ("that", "whether", "if", "how", "why", "what")
        and verb.takes & set("ca")
    ):
        content = [(place, stop)]
    elif (
        place < stop
        and full
        and seen.low[place] == "to"
        and verb.takes & set("cto")
        and subject is not None
        and verb.lemma != "tell"
    ):
        if verb.cue_class == "demand" or (
            verb.cue_class == "attitude" and verb.lemma in ("see", "expect", "intend", "regard")
        ):
            if verb.lemma != "expect":
                return None
        content = [subject, (place, stop)]
    elif source and subject is not None and verb.takes & set("ncl"):
        if subject[1] - subject[0] == 1 and seen.low[subject[0]] in ("who", "which", "that"):
            return None
        content = [subject]
    if not content:
        return None
    cue_class = verb.cue_class
    if frame == "agentless" and verb.lemma in (
        "think",
        "believe",
        "understand",
        "know",
        "suspect",
        "assume",
        "presume",
    ):
        cue_class = "doubtful"
    return Candidate(source, [(group, cue_end)], content, cue_class, frame, number, verb.lemma,
                     phrases.is_negated(seen, group, token))  # fmt: skip


def _according(seen: View, number: int, token: int) -> Candidate | None:
    unit = seen.units[number]
    stop = last_token(seen, unit)
    start = token + 2
    end = phrases.extended_right(seen, start, stop)
    if end == start:
        return None
    before = token - 1
    initial = before < unit[0] or (seen.low[before] in ("and", "but") and before == unit[0])
    if (
        not initial
        and seen.low[before] == ","
        and not phrases.has_finite(seen, unit[0], before)
        and before - unit[0] < 8
    ):
        initial = end < stop and seen.low[end] == ","
    if initial:
        plain = phrases.phrase_right(seen, start, stop)
        if not (end < stop and seen.low[end] == ",") and plain < stop and seen.low[plain] == ",":
            end = plain
        place = end
        while place < stop and seen.low[place] == ",":
            place += 1
        content = [(place, stop)] if place < stop else []
    else:
        plain = phrases.phrase_right(seen, start, stop)
        content = _content_before(seen, unit, before)
        if plain < stop and seen.low[plain] == "," and not phrases.has_finite(seen, unit[0], before):
            end = plain
        content += _content_behind(seen, end, stop, content) if end < stop and seen.low[end] in (",", ":") else []
    if not content:
        return None
    return Candidate(
        [(start, end)], [(token, token + 2)], content, classes()["according to"], "according", number, "according to"
    )


def _noun(seen: View, number: int, token: int) -> Candidate | None:
    """ "Veld's warning that", "her call for", "the claim that"."""
    unit = seen.units[number]
    stop = last_token(seen, unit)
    noun = nouns()[seen.low[token]]
    place = token + 1
    if place >= stop:
        return None
    source = _possessor(seen, token, unit[0])
    if seen.low[place] == "by" and not source:
        end = phrases.phrase_right(seen, place + 1, stop)
        if end > place + 1:
            source, place = [(place + 1, end)], end
    if place >= stop:
        return None
    word = seen.low[place]
    takes = noun.takes
    if word == "that" and "c" in takes and seen.tags[place] in ("IN", "WDT", "DT"):
        if (
            seen.tags[place] == "WDT"
            and place + 1 < stop
            and seen.tags[place + 1] in phrases.FINITE
            and seen.words[place + 1].islower()
            and not (place + 2 < stop and seen.tags[place + 2] in phrases.FINITE)
        ):
            return None
        content = (place, _noun_clause_end(seen, place, stop))
    elif source and (
        (word == "of" and "o" in takes) or (word == "for" and "f" in takes) or (word == "about" and "a" in takes)
    ):
        content = (place + 1, _object_end(seen, place + 1, stop))
    elif source and word == "to" and "t" in takes:
        content = (place, _object_end(seen, place, stop))
    else:
        return None
    if content[1] <= content[0]:
        return None
    return Candidate(source, [(token, token + 1)], [content], noun.cue_class, "noun", number, noun.lemma)


def _noun_clause_end(seen: View, start: int, stop: int) -> int:
    for token in range(start + 1, stop):
        if seen.low[token] in ("—", "–", "--", ";") and seen.quote[token] < 0:
            return token
        if (
            seen.low[token] == ","
            and seen.quote[token] < 0
            and token + 1 < stop
            and (seen.tags[token + 1] in ("VBD", "VBZ", "CC", "VBG"))
        ):
            return token
    return stop


def _possessor(seen: View, token: int, floor: int) -> list[Tokens]:
    first = token
    while first > floor and seen.tags[first - 1] in ("JJ", "JJR", "JJS", "NN", "VBN", "VBG", "CD", "RB", "NNP"):
        first -= 1
    if first > floor and seen.tags[first - 1] == "PRP$":
        return [(first - 1, first)]
    if first > floor and seen.tags[first - 1] == "POS":
        start = phrases.phrase_left(seen, first - 1, floor)
        return [(start, first - 1)] if start < first - 1 else []
    return []


def _adverb(seen: View, number: int, token: int) -> Candidate | None:
    unit = seen.units[number]
    stop = last_token(seen, unit)
    content = [part for part in ((unit[0], token), (token + 1, stop)) if part[1] > part[0]]
    if not content or stop - unit[0] < 4:
        return None
    return Candidate([], [(token, token + 1)], content, classes()[seen.low[token]], "adverb", number, seen.low[token])
