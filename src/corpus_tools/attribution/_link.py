"""Settle how the attributions of an article relate to each other, and which quotations are theirs."""

from __future__ import annotations

from corpus_tools.attribution import _frames as frames
from corpus_tools.attribution import _leftovers as leftovers
from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution import _subjects as subjects
from corpus_tools.attribution._candidate import Candidate, last_token
from corpus_tools.attribution._confidence import confidence
from corpus_tools.attribution._lexicon import verbs, words
from corpus_tools.attribution._scoring import Scorer
from corpus_tools.attribution._view import View, has_letter

#: Least score of a candidate by the trained weights.
LEAST_SCORE = 0.3
#: The same when everything is asked for.
LEAST_SCORE_OF_ALL = 0.1
_OUTER = ("left", "inverted", "according")


def raw(seen: View) -> list[Candidate]:
    """Return all candidates of an article before they are settled: what the weights are trained on."""
    found: list[Candidate] = []
    for number in range(len(seen.units)):
        here = frames.in_unit(seen, number)
        found += here + leftovers.unexplained(seen, number, here)
    return [candidate for candidate in found if candidate.content]


def candidates(
    seen: View, *, attitudes: bool = True, least: float = 0.3, scorer: Scorer | None = None
) -> list[Candidate]:
    """Return the attributions of an article, in order of their cues; nested ones name their parent.

    Parameters
    ----------
    seen : View
    attitudes : bool
        Whether beliefs, wishes and plans count.
    least : float
        Least confidence of a candidate, without trained weights; with them, 0 asks for everything.
    scorer : Scorer, optional
        The trained weights.
    """
    found: list[Candidate] = []
    last: Candidate | None = None
    for number in range(len(seen.units)):
        if last is not None and last.clause == "colon" and _still_spoken(seen, last, number):
            last.content.append((seen.units[number][0], last_token(seen, seen.units[number])))
            continue
        possible = [c for c in frames.in_unit(seen, number) if attitudes or c.cue_class != "attitude"]
        here = [c for c in possible if _likely(seen, c, least, scorer)]
        doubtful = [c for c in possible if c not in here] if scorer else []
        opening = _announced(seen, number) or _colon(seen, number) or _signed(seen, number)
        if opening is not None:
            here = [opening, *[c for c in here if c.cue[0][0] > opening.cue[0][1] and c.frame not in _OUTER]]
        settled = _settle(seen, seen.units[number], here)
        if scorer is None:
            settled += leftovers.spoken_ones(seen, number, settled)
        last = _adopt(seen, number, settled, last)
        if scorer is not None and scorer.speech and seen.quotes_between(*seen.units[number]):
            previous = next((c for c in reversed(found) if c.parent is None and c.source), None)
            settled = leftovers.judged(seen, number, settled, doubtful, last, previous, scorer)
        found.extend(settled)
    return [candidate for candidate in found if candidate.content]


def _likely(seen: View, candidate: Candidate, least: float, scorer: Scorer | None) -> bool:
    if scorer is None:
        return confidence(candidate) >= least
    return scorer.attribution(seen, candidate) >= (LEAST_SCORE if least > 0 else LEAST_SCORE_OF_ALL)


def _settle(seen: View, unit: tuple[int, int], found: list[Candidate]) -> list[Candidate]:
    """Cut contents where a sibling begins and mark what is nested."""
    outer = [c for c in found if c.frame in _OUTER]
    for candidate in outer:
        start = _sibling_start(seen, unit, candidate, found)
        if start is not None:
            candidate.content = [
                part for part in ((max(a, start), b) for a, b in candidate.content) if part[1] > part[0]
            ]
    kept: list[Candidate] = []
    for candidate in found:
        own = candidate.cue[0][0]
        parent = next((c for c in outer if c is not candidate and _holds(c, own)), None)
        if parent is not None:
            candidate.parent = parent
            candidate.content = _within(candidate.content, parent.content)
            kept.append(candidate)
            continue
        for earlier in reversed(kept):
            if earlier.parent is not None or (earlier.frame in _OUTER and not _holds(earlier, own)):
                continue
            if not _holds(earlier, own) and not _overlaps(earlier, candidate):
                continue
            border = _border(seen, candidate)
            if border is not None and _holds(earlier, border) and candidate.frame not in ("noun", "adverb"):
                earlier.content = [
                    part for part in ((a, min(b, border)) for a, b in earlier.content) if part[1] > part[0]
                ]
            elif candidate.frame == "infinitive" and earlier.clause == "infinitive":
                candidate.content = []  # "refused to say": one attribution, not two
                break
            else:
                candidate.parent = earlier
                candidate.content = _within(candidate.content, earlier.content)
            break
        kept.append(candidate)
    return [c for c in kept if c.content or c.clause == "colon"]


def _sibling_start(seen: View, unit: tuple[int, int], outer: Candidate, found: list[Candidate]) -> int | None:
    """Where the content before ", X said" begins when another attribution of the unit ends before it."""
    start: int | None = None
    for other in found:
        if other is outer or other.cue[0][0] >= outer.cue[0][0] or other.frame not in _OUTER:
            continue
        end = max(other.cue[-1][1], max((b for _, b in other.source), default=0))
        if end <= outer.content[0][1]:
            while end < unit[1] and seen.low[end] in (",", ";", ".") and seen.quote[end] < 0:
                end += 1
            start = end
            other.content = [
                part for part in ((a, min(b, other.cue[0][0])) for a, b in other.content) if part[1] > part[0]
            ]
    return start


def _holds(candidate: Candidate, token: int) -> bool:
    return any(a <= token < b for a, b in candidate.content)


def _overlaps(one: Candidate, other: Candidate) -> bool:
    return any(a < d and c < b for a, b in one.content for c, d in other.content)


def _within(content: list[tuple[int, int]], limits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut `content` to the parts of `limits` that hold it."""
    found = [(max(a, c), min(b, d)) for a, b in content for c, d in limits]
    return [part for part in found if part[1] > part[0]]


def _border(seen: View, candidate: Candidate) -> int | None:
    """Return where a coordinated attribution parts from the one before it: at its comma or conjunction."""
    first = candidate.cue[0][0]
    if candidate.source and not candidate.shared and candidate.source[0][0] < first:
        first = candidate.source[0][0]
        before = first - 1
        if before > 0 and seen.low[before] in ("and", "but", "while", "as") and seen.low[before - 1] in (",",):
            return before - 1
        spoken = candidate.clause in ("that", "clause", "quote") and candidate.lemma in words("clausal")
        if before > 0 and seen.low[before] in ("and", "but", "while") and spoken and candidate.frame == "right":
            return before
        if before > 0 and seen.low[before] in (";", "—", "--", "–"):
            return before
        return None
    if not candidate.shared:
        return None
    before = first - 1
    if before <= 0:
        return None
    if seen.low[before] in ("and", "but", "or", "then") and seen.tags[candidate.cue[0][1] - 1] != "VB":
        return before - 1 if seen.low[before - 1] == "," else before
    if seen.low[before] in (",", "—", "–", "--", "-") and candidate.frame == "participle":
        return before
    if seen.quote_ends_at(before) >= 0 and candidate.frame == "participle":
        return first
    return None


def _adopt(seen: View, number: int, settled: list[Candidate], last: Candidate | None) -> Candidate | None:
    """Give quotations that stand alone to the attribution that they continue; return the one that may go on."""
    unit = seen.units[number]
    top = [c for c in settled if c.parent is None]
    if not top:
        alone = _alone(seen, unit)
        if last is not None and alone and number - last.unit <= 40 and _continues(seen, last, number):
            last.content.append((unit[0], last_token(seen, unit)))
            return last
        if last is not None and last.clause == "colon" and not last.content:
            last.content.append((unit[0], last_token(seen, unit)))
            return last
        if alone and last is None:
            floating = _floating(seen, number)
            if floating is not None:
                settled.append(floating)
                return floating
        return None if not alone else last
    speaking = [c for c in top if c.clause == "colon" and not c.content]
    if speaking:
        return speaking[-1]
    quoting = [c for c in top if any(seen.quote[t] >= 0 for a, b in c.content for t in (a, b - 1))]
    if quoting:
        return quoting[-1]
    following = number + 1 < len(seen.units) and seen.paragraph[number + 1] == seen.paragraph[number]
    speaking = [c for c in top if c.source and c.frame in ("right", "left", "inverted", "participle")]
    return speaking[0] if following and speaking else None


def _floating(seen: View, number: int) -> Candidate | None:
    """Return a quotation without a cue behind a sentence about somebody: most likely they said it."""
    first, last = seen.units[number]
    if last - first < 8 or number == 0 or seen.paragraph[number - 1] != seen.paragraph[number]:
        return None
    before = seen.units[number - 1]
    source = subjects.main_subject(seen, before, before[1])
    if (
        source is None
        or seen.tags[source[1] - 1] not in ("NNP", "PRP", "NN")
        or seen.low[source[0]] in ("it", "that", "this")
    ):
        return None
    return Candidate([source], [], [(first, last_token(seen, (first, last)))], "neutral", "floating", number)


def _alone(seen: View, unit: tuple[int, int]) -> bool:
    """Whether quotations fill the unit."""
    return seen.quote[unit[0]] >= 0 and not any(seen.quote[t] < 0 and has_letter(seen.low[t]) for t in range(*unit))


def _continues(seen: View, last: Candidate, number: int) -> bool:
    """Whether the unit follows upon the attribution's last quotation: same paragraph, or the next one."""
    end = last.content[-1][1] if last.content else last.cue[-1][1]
    before = max((k for k in range(max(0, number - 60), number) if seen.units[k][0] < end), default=number - 1)
    return seen.paragraph[number] - seen.paragraph[max(before, last.unit)] <= 1 and number - before <= 1


def _still_spoken(seen: View, last: Candidate, number: int) -> bool:
    """Whether a unit is what "she added:" at the end of a paragraph announces, set off as a block without marks."""
    end = last.content[-1][1] if last.content else last.cue[-1][1]
    paragraph = seen.paragraph[number]
    if last.unit == number or seen.quote[seen.units[number][0]] >= 0:
        return False
    if not last.content:
        return paragraph - seen.paragraph[last.unit] <= 1
    if seen.quote[last.content[-1][0]] >= 0 or last.frame == "colon":
        return False
    before = seen.units[number - 1]
    return (
        before[0] < end <= before[1]
        and seen.paragraph[number - 1] == paragraph
        and paragraph > seen.paragraph[last.unit]
    )


def _announced(seen: View, number: int) -> Candidate | None:
    """Return what a verb and a name announce: 'Added Lind: "..."'."""
    first, last = seen.units[number]
    verb = verbs().get(seen.low[first])
    past = seen.low[first].endswith("ed") or seen.low[first] in ("said", "says", "wrote")
    if verb is None or "l" not in verb.takes or not past or seen.quote[first] >= 0:
        return None
    colon = phrases.extended_right(seen, first + 1, last)
    if colon == first + 1 or colon >= last or seen.low[colon] not in (":", ","):
        return None
    stop = last_token(seen, (first, last))
    spoken = seen.quote_starts_at(colon + 1) >= 0 if colon + 1 < stop else seen.low[colon] == ":"
    if not spoken:
        return None
    content = [(colon + 1, stop)] if colon + 1 < stop else []
    return Candidate(
        [(first + 1, colon)], [(first, first + 1)], content, verb.cue_class, "right", number, verb.lemma, clause="colon"
    )


def _signed(seen: View, number: int) -> Candidate | None:
    """Return a quotation signed with a dash and a name: "..." - Ada Lind."""
    first, last = seen.units[number]
    quote = seen.quote_starts_at(first)
    if quote < 0:
        return None
    end = seen.quote_tokens[quote][1]
    if end + 1 >= last or last - end > 9 or seen.low[end] not in ("—", "–", "―", "-", "--"):
        return None
    stop = last_token(seen, (first, last))
    if stop <= end + 1 or any(seen.tags[token] in phrases.VERBAL for token in range(end + 1, stop)):
        return None
    if not any(seen.words[token][0].isupper() for token in range(end + 1, stop)):
        return None
    return Candidate([(end + 1, stop)], [(end, end + 1)], [(first, end)], "neutral", "colon", number, "—")


def _colon(seen: View, number: int) -> Candidate | None:
    """Return what a name and a colon at the start of a paragraph announce (Amsel: "...", Q: ...)."""
    unit = seen.units[number]
    if number and seen.paragraph[number] == seen.paragraph[number - 1]:
        return None
    inside = seen.quote_starts_at(unit[0]) >= 0 and unit[0] + 2 < unit[1] and seen.words[unit[0] + 1].isupper()
    if (
        inside
        and seen.low[unit[0] + 2] == ":"
        and seen.words[unit[0] + 1].isalpha()
        and len(seen.words[unit[0] + 1]) > 2
    ):
        begin, stop = unit[0] + 3, last_token(seen, unit)
        return _transcript(number, begin, stop) if stop > begin else None
    for token in range(unit[0] + 1, min(unit[0] + 12, unit[1] - 1)):
        if seen.quote[token] >= 0:
            return None
        if seen.low[token] != ":":
            continue
        end = phrases.phrase_right(seen, unit[0], token)
        quoted = seen.quote_starts_at(token + 1) >= 0
        spoken = end == token and (
            quoted or seen.tags[unit[0]] == "NNP" or seen.words[unit[0]].isupper() or seen.low[unit[0]] in ("q", "a")
        )
        if not spoken or (not quoted and not _speaks(seen, unit, token, number)):
            return None
        stop = last_token(seen, unit)
        if token + 1 >= stop:
            return None
        return Candidate([(unit[0], token)], [(token, token + 1)], [(token + 1, stop)], "neutral", "colon", number, ":")
    return None


def _speaks(seen: View, unit: tuple[int, int], colon: int, number: int) -> bool:
    """Whether "Name: ..." without marks is speech rather than a heading or a list."""
    if seen.words[unit[0]].isupper():
        return True
    return number == 0 and colon - unit[0] <= 4 and phrases.has_finite(seen, colon + 1, unit[1])


def _transcript(number: int, begin: int, stop: int) -> Candidate:
    """Return a turn of a transcript within marks ("FALK: No")."""
    name = begin - 2
    return Candidate([(name, name + 1)], [(name + 1, name + 2)], [(begin, stop)], "neutral", "colon", number, ":")
