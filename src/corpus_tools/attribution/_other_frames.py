"""Attribution without an active verb: passives, "according to", nouns and adverbs."""

from __future__ import annotations

from corpus_tools.attribution import _contents as contents
from corpus_tools.attribution import _endings as endings
from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution import _subjects as subjects
from corpus_tools.attribution._candidate import Candidate, Tokens, last_token
from corpus_tools.attribution._lexicon import Verb, classes, nouns, words
from corpus_tools.attribution._view import View


def passive(seen: View, number: int, token: int, verb: Verb, group: int, floor: int, full: bool) -> Candidate | None:
    """Return the attribution of a passive: "was condemned by Veld", "is thought to have come"."""
    stop = last_token(seen, seen.units[number])
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
    content = _passive_content(seen, place, stop, verb, subject, full, bool(source))
    if not content:
        return None
    frame = "passive" if source else "agentless"
    hearsay = frame == "agentless" and verb.lemma in words("hearsay")
    cue_class = "doubtful" if hearsay else verb.cue_class
    negated = phrases.is_negated(seen, group, token)
    return Candidate(source, [(group, cue_end)], content, cue_class, frame, number, verb.lemma, negated)


def _passive_content(
    seen: View, place: int, stop: int, verb: Verb, subject: Tokens | None, full: bool, agent: bool
) -> list[Tokens]:
    """Return what was said: a clause behind, the subject with an infinitive, or the subject alone."""
    word = seen.low[place] if place < stop else ""
    if full and word in ("that", "whether", "if", "how", "why", "what") and verb.takes & set("ca"):
        return [(place, stop)]
    quoted = place + (word == ",")
    if full and verb.lemma == "ask" and quoted < stop and seen.quote_starts_at(quoted) >= 0:
        return [(quoted, stop)]
    if subject is None:
        return []
    if full and word == "to" and verb.takes & set("cto") and verb.lemma != "tell":
        wished = verb.cue_class == "demand" or verb.lemma in ("see", "intend", "regard")
        return [] if wished else [subject, (place, stop)]
    pronoun = subject[1] - subject[0] == 1 and seen.low[subject[0]] in ("who", "which", "that")
    return [subject] if agent and verb.takes & set("ncl") and not pronoun else []


def asks_in_passing(seen: View, token: int, unit: Tokens) -> bool:
    """Whether nobody is named who asks: "Asked whether ...", "when asked about ..."."""
    opening = token == unit[0] or seen.low[token - 1] in ("when", "if", "and", "while", ",")
    return opening and token + 1 < unit[1] and (seen.low[token + 1] in words("wh") or seen.low[token + 1] == "about")


def asked(seen: View, number: int, token: int) -> Candidate | None:
    """Return the question of "Asked whether ..., Veld said": nobody is named who asks."""
    unit = seen.units[number]
    stop = last_token(seen, unit)
    start = token + 1 + (seen.low[token + 1] == "about")
    end = endings.main_clause_comma(seen, start, stop)
    if end <= start:
        return None
    about = start > token + 1
    return Candidate(
        [],
        [(token, start)],
        [(start, end)],
        "question",
        "agentless",
        number,
        "ask",
        clause="of" if about else "wh",
    )


def according(seen: View, number: int, token: int) -> Candidate | None:
    """Read *according to X* at `token`: the source behind it, the content of the sentence around it."""
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
        content = contents.content_before(seen, unit, before)
        if plain < stop and seen.low[plain] == "," and not phrases.has_finite(seen, unit[0], before):
            end = plain
        content += (
            contents.content_behind(seen, end, stop, content) if end < stop and seen.low[end] in (",", ":") else []
        )
    if not content:
        return None
    return Candidate(
        [(start, end)], [(token, token + 2)], content, classes()["according to"], "according", number, "according to"
    )


def noun(seen: View, number: int, token: int) -> Candidate | None:
    """Return the attribution of a noun: "Veld's warning that", "her call for", "the claim that"."""
    unit = seen.units[number]
    stop = last_token(seen, unit)
    kind = nouns()[seen.low[token]]
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
    takes = kind.takes
    if word == "that" and "c" in takes and seen.tags[place] in ("IN", "WDT", "DT"):
        if (
            seen.tags[place] == "WDT"
            and place + 1 < stop
            and seen.tags[place + 1] in phrases.FINITE
            and seen.words[place + 1].islower()
            and not (place + 2 < stop and seen.tags[place + 2] in phrases.FINITE)
        ):
            return None
        end = _noun_clause_end(seen, place, stop)
        if endings.before_main_clause(seen, unit, token):
            end = endings.main_clause_comma(seen, place, end)
        content = (place, end)
    elif source and (
        (word == "of" and "o" in takes) or (word == "for" and "f" in takes) or (word == "about" and "a" in takes)
    ):
        content = (place + 1, _object_end(seen, place + 1, stop))
    elif source and word == "to" and "t" in takes:
        content = (place, endings.object_end(seen, place, stop))
    else:
        return None
    if content[1] <= content[0]:
        return None
    return Candidate(source, [(token, token + 1)], [content], kind.cue_class, "noun", number, kind.lemma)


def _object_end(seen: View, start: int, stop: int) -> int:
    """Where the object of a noun ends: before the verb whose subject it is ("her call for a vote was ignored")."""
    end = phrases.phrase_right(seen, start, stop)
    return end if start < end < stop and seen.tags[end] in phrases.FINITE else endings.object_end(seen, start, stop)


def _noun_clause_end(seen: View, start: int, stop: int) -> int:
    finite = False
    for token in range(start + 1, stop):
        if seen.low[token] in ("—", "–", "--", ";") and seen.quote[token] < 0:
            return token
        if seen.tags[token] in phrases.FINITE and seen.quote[token] < 0:
            if finite and seen.tags[token - 1] in ("VBN", "VBD"):  # "the claim that votes were bought has spread"
                return token
            finite = True
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


def adverb(seen: View, number: int, token: int) -> Candidate | None:
    """Read *reportedly*, *allegedly* at `token`: the sentence is the content, and nobody is named."""
    unit = seen.units[number]
    stop = last_token(seen, unit)
    content = [part for part in ((unit[0], token), (token + 1, stop)) if part[1] > part[0]]
    if not content or stop - unit[0] < 4:
        return None
    return Candidate([], [(token, token + 1)], content, classes()[seen.low[token]], "adverb", number, seen.low[token])
