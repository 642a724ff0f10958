"""Verb groups: a verb with its auxiliaries, and what they say about time, voice, modality and negation."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.language.spans import Token, VerbGroup

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nt"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
_BE = frozenset({"be", "get"})


@cache
def _group() -> re.Pattern[str]:
    # m modal, a auxiliary, v verb, t infinitive "to", n negation, r other adverb
    return re.compile(r"t?n?(?:[ma][nr]{0,3}){1,6}v|t[nr]?v|(?:t[nr]?)?(?:[ma]n?){1,6}|v")


def find_verbs(
    tokens: list[Token], upos: list[str], xpos: list[str], lemmas: list[str], sentence_lengths: list[int]
) -> list[VerbGroup]:
    """Find the verb groups of all sentences, in order (see `corpus_tools.language.VerbGroup`)."""
    codes = "".join([_letter(token.text, *tags) for token, *tags in zip(tokens, upos, xpos, strict=True)])
    found: list[VerbGroup] = []
    first = 0
    for length in sentence_lengths:
        matches = _group().finditer(codes, first, first + length)
        found.extend(_describe(tokens, codes, xpos, lemmas, *match.span()) for match in matches)
        first += length
    return found


def _letter(form: str, upos: str, xpos: str) -> str:
    if upos == "VERB":
        return "v"
    if upos == "AUX":
        return "m" if xpos == "MD" else "a"
    if form.lower() in _NEGATIONS:
        return "n"
    if xpos == "TO":
        return "t"
    return "r" if upos == "ADV" else "o"


def _describe(tokens: list[Token], codes: str, xpos: list[str], lemmas: list[str], first: int, last: int) -> VerbGroup:
    """Read tense, aspect, voice, modality and negation off the parts of one group."""
    verbs = [index for index in range(first, last) if codes[index] in "mav"]
    head = verbs[-1]
    auxiliaries = verbs[:-1]
    modals = [index for index in verbs if codes[index] == "m"]
    modal = tokens[modals[0]].text.lower() if modals else ""
    progressive = perfect = passive = False
    for index, following in zip(auxiliaries, verbs[1:], strict=True):
        tag, base = xpos[following], lemmas[index]
        progressive = progressive or (base == "be" and tag == "VBG")
        perfect = perfect or (base == "have" and tag in {"VBN", "VBD"})
        passive = passive or (base in _BE and tag in {"VBN", "VBD"} and following == head)
    if not auxiliaries and xpos[head] == "VBN":
        passive = True
    negated = any(codes[index] == "n" for index in range(first, last))
    negated = negated or (last < len(tokens) and codes[last] == "n" and codes[head] in "ma")
    aspect = {(False, False): "simple", (True, False): "perfect", (False, True): "progressive"}.get(
        (perfect, progressive), "perfect-progressive"
    )
    tense = _tense(xpos[verbs[0]], modal, infinitive=codes[first] == "t")
    return VerbGroup(
        start=tokens[first].start,
        end=tokens[last - 1].end,
        first=first,
        last=last,
        head=head,
        tense=tense,
        aspect=aspect,
        voice="passive" if passive else "active",
        modal="" if modal in _FUTURE else modal,
        negated=negated,
        finite=tense != "none",
    )


def _tense(tag: str, modal: str, *, infinitive: bool) -> str:
    if infinitive:
        return "none"
    if modal:
        return "future" if modal in _FUTURE else "present"
    return {"VBD": "past", "VBP": "present", "VBZ": "present"}.get(tag, "none")
