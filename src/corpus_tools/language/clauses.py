"""Where clauses begin: each sentence is cut into stretches around its verb groups, without nesting."""

from __future__ import annotations

from corpus_tools.language._resources import words
from corpus_tools.language.spans import Clause, Token, VerbGroup

_RELATIVES = frozenset({"who", "which", "whom", "whose"})
_QUESTIONS = frozenset({"whether", "how", "why", "what", "where"})


def find_clauses(
    tokens: list[Token],
    upos: list[str],
    lemmas: list[str],
    verbs: list[VerbGroup],
    sentence_lengths: list[int],
) -> list[Clause]:
    """Cut all sentences into clauses, in order (see `corpus_tools.language.Clause`).

    Every token is in exactly one clause. An embedded clause ends where a second finite verb follows without a word that
    begins a clause: "The man [who came] left".
    """
    found: list[Clause] = []
    first = place = 0
    for length in sentence_lengths:
        last = first + length
        mine = []
        while place < len(verbs) and verbs[place].first < last:
            mine.append(place)
            place += 1
        if length:
            _cut(tokens, upos, lemmas, verbs, mine, first, last, found)
        first = last
    return found


def _cut(
    tokens: list[Token],
    upos: list[str],
    lemmas: list[str],
    verbs: list[VerbGroup],
    mine: list[int],
    first: int,
    last: int,
    found: list[Clause],
) -> None:
    borders: list[tuple[int, str]] = [(first, "main")]
    after = first  # nothing before this index may begin a clause any more
    for order, number in enumerate(mine):
        group = verbs[number]
        kind, border = _opening(tokens, upos, lemmas, after, group, first)
        if kind:
            if kind == "relative" and (link := _link(tokens, upos, after, border)):
                borders.append((link, "coordinate"))
            if border > borders[-1][0]:
                borders.append((border, kind))
            else:
                borders[-1] = (borders[-1][0], kind)
        elif order and group.finite and borders[-1][1] not in {"main", "coordinate"}:
            borders.append((_return(tokens, after, group.first, borders[-1][1]), "main"))
        elif order and group.finite and _reports(lemmas, verbs[mine[order - 1]], tokens, after):
            borders.append((after, "that"))
        after = group.last
    ends = [*(border for border, _ in borders[1:]), last]
    heads = {number: verbs[number].first for number in mine}
    for (begin, kind), end in zip(borders, ends, strict=True):
        inside = [number for number in mine if begin <= heads[number] < end]
        verb = next((number for number in inside if verbs[number].finite), inside[0] if inside else -1)
        found.append(Clause(tokens[begin].start, tokens[end - 1].end, begin, end, kind, verb))


def _opening(
    tokens: list[Token], upos: list[str], lemmas: list[str], after: int, group: VerbGroup, first: int
) -> tuple[str, int]:
    """Kind and place of the word that begins the verb group's clause, from `after` on; ``("", 0)`` if none does."""
    if not group.finite:
        return ("infinitive", group.first) if lemmas[group.first] == "to" and group.first > first else ("", 0)
    for index in range(group.first - 1, after - 1, -1):
        word = tokens[index].text.lower()
        if word == "that" and upos[index] == "SCONJ":
            return "that", index
        if word in _RELATIVES or (
            word == "that" and upos[index] == "PRON" and index > first and _noun(upos[index - 1])
        ):
            return "relative", index
        if word in _QUESTIONS and index > first:
            return "question", index
        if upos[index] == "SCONJ" or word in {"when", "while", "although", "because", "if", "after", "before"}:
            return "adverbial", index
        if upos[index] == "CCONJ" and index > first:
            return "coordinate", index
    return "", 0


def _link(tokens: list[Token], upos: list[str], after: int, border: int) -> int:
    """Index of a conjunction behind a comma, before the subject that a relative clause follows; 0 if there is none."""
    for index in range(border - 1, after, -1):
        if upos[index] == "CCONJ" and tokens[index - 1].text == ",":
            return index
    return 0


def _return(tokens: list[Token], after: int, verb: int, kind: str) -> int:
    """Where the main clause goes on: behind the last comma before the verb, unless a relative clause has parted it."""
    if kind != "relative":
        for index in range(verb - 1, after, -1):
            if tokens[index].text == ",":
                return index + 1
    return verb


def _noun(tag: str) -> bool:
    return tag in {"NOUN", "PROPN", "PRON", "PUNCT"}


def _reports(lemmas: list[str], before: VerbGroup, tokens: list[Token], after: int) -> bool:
    """Whether the verb before takes a clause without *that* and its subject begins here."""
    return lemmas[before.head] in words("reporting_verbs.txt") and tokens[after].text not in {",", '"', "“", "”"}
