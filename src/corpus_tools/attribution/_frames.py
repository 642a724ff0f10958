"""Attribution by verbs: who stands where, and where the content is."""

from __future__ import annotations

from functools import cache

from corpus_tools.attribution import _contents as contents
from corpus_tools.attribution import _endings as endings
from corpus_tools.attribution import _other_frames as others
from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution import _subjects as subjects
from corpus_tools.attribution._candidate import Candidate, Tokens, last_token
from corpus_tools.attribution._lexicon import Verb, classes, nouns, verbs, words
from corpus_tools.attribution._people import kinds, singular
from corpus_tools.attribution._view import View

_ALWAYS_VERBS = frozenset({"said", "says", "told", "wrote", "added", "asked", "saying", "adding", "tweeted"})
#: Tags of verbs that may follow upon a quotation though no list holds them.
_UNLISTED = ("VBD", "VBZ")


def in_unit(seen: View, number: int) -> list[Candidate]:
    """Return the candidates of one unit, in order of their cues."""
    first, last = seen.units[number]
    known, low, tags = _cue_words(), seen.low, seen.tags
    found: list[Candidate] = []
    for token in range(first, last):
        if (low[token] in known or tags[token] in _UNLISTED) and seen.quote[token] < 0:
            candidate = _at(seen, number, token, found)
            if candidate is not None:
                found.append(candidate)
    return found


@cache
def _cue_words() -> frozenset[str]:
    """Return all words that can be a cue, whatever their tags."""
    return frozenset({"according", "asked", *verbs(), *nouns(), *classes()})


def _at(seen: View, number: int, token: int, earlier: list[Candidate]) -> Candidate | None:
    """Return the candidate whose cue stands at a token, if it is one."""
    unit, table = seen.units[number], verbs()
    word, tag = seen.low[token], seen.tags[token]
    if word == "according" and token + 1 < unit[1] and seen.low[token + 1] == "to":
        return others.according(seen, number, token)
    if word in table and _verb_after_all(seen, token, unit):
        return _verb(seen, number, token, table[word], earlier)
    if word == "asked" and others.asks_in_passing(seen, token, unit):
        return others.asked(seen, number, token)
    if word in nouns() and (tag in ("NN", "NNS") or _owned(seen, token, unit[0])):
        return others.noun(seen, number, token)
    if word in table and (tag in phrases.VERBAL or word in _ALWAYS_VERBS):
        return _verb(seen, number, token, table[word], earlier)
    if word in classes() and tag == "RB":
        return others.adverb(seen, number, token)
    if tag in _UNLISTED and word not in table and _tags_a_quotation(seen, token, unit):
        return _inverted(seen, number, token, Verb(word, "neutral", frozenset("l"), ()), token)
    return None


def _verb_after_all(seen: View, token: int, unit: Tokens) -> bool:
    """Whether what is tagged as a noun is a verb."""
    if seen.tags[token] == "NNS":
        return _third_person(seen, token, unit)
    if seen.tags[token] != "NN" or not seen.low[token].endswith("ing") or token == unit[0]:
        return False
    after = token + 1 if token + 1 < unit[1] and seen.tags[token + 1] != "RB" else token + 2
    if after >= unit[1] or seen.low[token - 1] not in ("by", "in", "after", "before", "without", "while", ","):
        return False
    return seen.low[after] == "that" or seen.quote_starts_at(after) >= 0


def _tags_a_quotation(seen: View, token: int, unit: Tokens) -> bool:
    """Whether a verb that no list holds stands right behind a quotation and before a name: '"..." beamed Lind'."""
    quote = seen.quote_ends_at(token - 1) if token > unit[0] else -1
    if quote < 0 or token + 1 >= unit[1] or seen.tags[token + 1] not in ("NNP", "PRP"):
        return False
    first, last = seen.quote_tokens[quote]
    return last - first > 4 and seen.low[last - 2] in (",", "!", "?")


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


def _verb(seen: View, number: int, token: int, verb: Verb, earlier: list[Candidate]) -> Candidate | None:
    unit = seen.units[number]
    floor = subjects.floor_of(seen, unit, token)
    group = phrases.verb_group(seen, token, floor)
    negated = phrases.is_negated(seen, group, token) or (verb.cue_class == "refusal" and "t" in verb.takes)
    passive = phrases.is_passive(seen, group, token)
    tag = seen.tags[token]
    bare_participle = tag == "VBN" and not passive and not _has_have(seen, group, token)
    if passive or (bare_participle and token + 1 < unit[1] and seen.low[token + 1] == "by"):
        return others.passive(seen, number, token, verb, group, floor, passive)
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
    return _with_content(seen, unit, made, token, verb)


def _has_have(seen: View, group: int, token: int) -> bool:
    have = words("have")
    return any(seen.low[place] in have for place in range(group, token))


def _who(
    seen: View, unit: Tokens, token: int, group: int, floor: int, earlier: list[Candidate], bare_participle: bool
) -> tuple[Tokens | None, bool, str]:
    """Return the source, whether it is shared with another verb, and the frame."""
    tag = seen.tags[token]
    if (tag == "VBG" and group == token) or (
        tag == "VBG"
        and seen.low[group] not in words("be")
        and not _has_have(seen, group, token)
        and not any(seen.low[p] in words("be") for p in range(group, token))
    ):
        before = group - 1
        if before >= floor and seen.tags[before] in phrases.NOUNS and seen.low[before] not in words("time"):
            first = phrases.phrase_left(seen, group, floor)
            return ((first, group) if first < group else None), False, "participle"
        if before < unit[0]:
            return subjects.later_subject(seen, unit, token + 1), True, "participle"
        return _shared(seen, unit, group, earlier) or subjects.opening(seen, unit, group), True, "participle"
    if seen.low[group] == "to" or (tag == "VB" and any(seen.low[p] == "to" for p in range(group, token))):
        before = group - 1
        if before >= floor and (seen.tags[before] in phrases.VERBAL or seen.tags[before] in ("JJ", "RP")):
            return _shared(seen, unit, group, earlier), True, "infinitive"
        made_to = before >= floor and seen.tags[before] in ("NNP", "NNPS", "NNS", "PRP")  # "led critics to say"
        first = phrases.phrase_left(seen, group, floor) if made_to else group
        return ((first, group) if first < group else None), False, "infinitive"
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
    joint = group - 1
    if joint - 1 > unit[0] and seen.low[joint] in ("and", "but") and seen.tags[joint - 1] in phrases.FINITE:
        nearest = subjects.subject(seen, joint - 1, subjects.floor_of(seen, unit, joint - 1))
        if nearest is not None:
            return nearest
    for candidate in reversed(earlier):
        if candidate.source and candidate.frame in ("right", "left", "inverted", "participle", "infinitive"):
            return candidate.source[0]
    return subjects.main_subject(seen, unit, group)


def _inverted(seen: View, number: int, token: int, verb: Verb, group: int) -> Candidate | None:
    """Return the attribution of a verb before its subject: '..., said Amsel, who leads the board'."""
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
    while after < stop - 1 and (seen.tags[after] == "RB" or seen.low[after] in words("time")):
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
        said = phrases.has_finite(seen, unit[0], before) or any(seen.quote[t] >= 0 for t in range(unit[0], before))
        if (apart is not None and apart[0] == floor) or not (said or _goes_on(seen, after, stop)):
            return None
    end = phrases.phrase_right(seen, after, stop)
    if end == after or (end < stop and seen.tags[end] in phrases.FINITE):
        return None
    end = phrases.extended_right(seen, after, stop)
    content = contents.content_before(seen, unit, before)
    if not content:
        return None
    content += contents.content_behind(seen, end, stop, content)
    return Candidate([(after, end)], [(token, token + 1)], content, verb.cue_class, "inverted", number, verb.lemma)


def _goes_on(seen: View, source: int, stop: int) -> bool:
    """Whether the clause that an inverted verb parts goes on behind its subject: "The mill, said Falk, was empty"."""
    end = phrases.phrase_right(seen, source, stop)
    return end + 1 < stop and seen.low[end] == "," and seen.tags[end + 1] in phrases.FINITE


def _with_content(seen: View, unit: Tokens, made: Candidate, token: int, verb: Verb) -> Candidate | None:
    """Look for the content to the left and to the right, and return the candidate when it has one."""
    stop = last_token(seen, unit)
    left = _left_of(seen, unit, made)
    right = contents.right_of(seen, token, stop, verb)
    if _takes_left(seen, made, left, right, verb, token):
        behind = contents.content_behind(seen, right.cue_end if right.what == "quote" else token + 1, stop, left)
        made.content, made.frame = [*left, *behind], "left"
        particle = next((p for p in verb.prepositions if tuple(seen.low[token + 1 : stop]) == p), ())
        made.cue = [(made.cue[0][0], token + 1 + len(particle))]  # "as Veld put it"
        return made
    if not right.what or (
        right.what == "object" and verb.cue_class == "document" and not _is_document(seen, made.source)
    ):
        return None
    if made.frame == "infinitive" and not made.shared and right.what in ("object", "of", "infinitive"):
        return None
    made.clause = right.what
    made.cue = [(made.cue[0][0], max(right.cue_end, token + 1) if right.what == "of" else token + 1)]
    end = _right_end(seen, unit, made, right, stop)
    if right.start < end:
        made.content = [*_relative(seen, unit, made), (right.start, end)]
    return made if made.content or right.what == "colon" else None


def _relative(seen: View, unit: Tokens, made: Candidate) -> list[Tokens]:
    """Return the pronoun before the source that belongs to the content: "what Veld called ...", "which he says is"."""
    before = made.source[0][0] - 1 if made.source and not made.shared else -1
    if before < unit[0] or made.source[0][0] > made.cue[0][0] or seen.quote[before] >= 0:
        return []
    is_pronoun = seen.low[before] in ("what", "which", "whom") or seen.tags[before] == "WDT"
    return [(before, before + 1)] if is_pronoun else []


def _takes_left(seen: View, made: Candidate, left: list[Tokens], right: contents.Right, verb: Verb, token: int) -> bool:
    """Whether what stands before ", X said" is the content, rather than what stands behind."""
    if not left or made.frame != "right":
        return False
    quoted = seen.quote_ends_at(left[-1][1] - 1) >= 0
    if seen.low[left[0][0]] in words("opening") and not any(seen.low[t] == "," for t in range(*left[0])):
        return False
    if seen.low[made.cue[0][0] - 1] in ("who", "which"):
        return False
    adjunct = seen.tags[left[0][0]] in ("VBG", "VBN") or seen.low[left[0][0]] == "asked"
    if adjunct and right.what:
        return False
    if quoted and (not right.what or contents.says_something(seen, left[-1])):
        return True
    if quoted or "l" not in verb.takes or verb.takes == {"l"}:
        return False
    return not right.what or (right.what == "quote" and seen.low[token + 1] == ",")


def _right_end(seen: View, unit: Tokens, made: Candidate, right: contents.Right, stop: int) -> int:
    """Return where the content behind the cue ends."""
    whole = right.what not in ("object", "of") or made.cue_class in ("demand", "promise")
    end = stop if whole else endings.object_end(seen, right.start, stop)
    if right.what in ("that", "clause", "wh", "infinitive"):
        end = endings.aside(seen, right.start, end)
    relative = made.cue[0][0] > unit[0] and seen.low[made.cue[0][0] - 1] in ("who", "which")
    if relative or (made.frame == "participle" and made.shared):
        end = endings.resumed(seen, right.start, end)
    if right.what != "colon" and endings.before_main_clause(seen, unit, made.cue[0][0]):
        end = endings.main_clause_comma(seen, right.start, end)
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
    parted = before > unit[0] and (seen.low[before - 1] in (",", "—", "–") or seen.quote_ends_at(before - 1) >= 0)
    if parted and seen.low[before] == "as":
        before -= 1  # "..., as the report put it"
    if before < unit[0]:
        return []
    if seen.low[before] in (",", "—", "–", "--") or seen.quote_ends_at(before) >= 0:
        return contents.content_before(seen, unit, before)
    return []
