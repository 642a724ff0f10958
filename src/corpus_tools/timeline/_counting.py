"""Which number of people belongs to a word of harm: *the blast killed at least 80*, *a man and his wife were shot*."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus_tools.timeline._quantities import Quantity, nouns


def counted(
    sentence: str, word: re.Match[str], name: str, form: str, numbers: list[Quantity], used: set[int]
) -> Quantity | None:
    """Return the number of people that a word of harm of this toll and form counts; None where there is none.

    Parameters
    ----------
    sentence : str
        The sentence.
    word : Match
        The word of harm in it.
    name, form : str
        Its toll and where the number stands (see ``harm.tsv``).
    numbers : list of Quantity
        The numbers of people in the sentence.
    used : set of int
        Where those begin that other words count.
    """
    quantity = _match(sentence, word, form, numbers, used) or _named(sentence, word, form)
    quantity = quantity or _pronoun(sentence, word, form)
    if quantity is None and (name, form) == ("killed", "before"):
        quantity = _before(sentence, word, [q for q in numbers if q.single and q.start in used])
    return quantity


def _match(sentence: str, word: re.Match[str], form: str, numbers: list[Quantity], used: set[int]) -> Quantity | None:
    if form == "both" and _second_of_two(sentence, word):
        return next((q for q in numbers if q.start == word.end() + 1), None)
    free = [quantity for quantity in numbers if quantity.start not in used]
    if form in ("after", "both", "one"):
        behind = next((q for q in free if q.start >= word.end()), None)
        passive = form == "both" and re.search(
            r"\b(?:was|were|been|being|be|are|is)(?: \w+ly)? $", sentence[: word.start()], re.I
        )
        if (
            behind
            and not passive
            and (behind.single or form != "one")
            and sentence[word.end() : behind.start].strip(" ").lower() in _BETWEEN
        ):
            return behind
    if form in ("before", "both"):
        return _before(sentence, word, free)
    if form == "noun":
        one_too = "injur" in word.group().lower()  # "the victim's injuries", but not "the man's death"
        near = [
            q
            for q in free
            if q.end <= word.start() and (one_too or not q.single) and len(sentence[q.end : word.start()].split()) <= 2
        ]
        return near[-1] if near and not re.search(r"[,;]", sentence[near[-1].end : word.start()]) else None
    return None


def _second_of_two(sentence: str, word: re.Match[str]) -> bool:
    """Whether a verb is the second of two with one object: *three officers shot and injured a suspect*."""
    return (
        _FIRST_OF_TWO.search(sentence, 0, word.start()) is not None
        and _ITS_OBJECT.match(sentence, word.end()) is not None
    )


_FIRST_OF_TWO = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbeing )"
    r"\b(?:shot|stabbed|attacked|beat|ambushed|hit|struck) and (?:\w+ly )?$"
)
_ITS_OBJECT = re.compile(
    r" (?:an?|another|his|her|their|the|one|two|three|four|five|six|himself|herself|him|them|at least)\b"
    r"|(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"(?! (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))( [A-Z][\w’'-]+)"
)


_BETWEEN = frozenset(
    (
        "",
        "a total of",
        "and injured",
        "and injuring",
        "and wounded",
        "and wounding",
        "and hurt",
        "or wounded",
        "or injured",
        "himself and",
        "herself and",
    )
)


def _before(sentence: str, word: re.Match[str], free: list[Quantity]) -> Quantity | None:
    candidates = [q for q in free if q.end <= word.start()]
    if candidates and _SOME_OF_THEM.fullmatch(sentence, candidates[-1].end, word.start()):
        return candidates[-1]
    main = [q for q in candidates if q.start < 2 or not _inside_including(sentence, q)]
    for quantity in reversed(main):
        gap = _ASIDE.sub(" ", sentence[quantity.end : word.start()])
        if len(gap.split()) > 16 or _CUT.search(gap) or nouns("animal") & set(gap.split()):
            return None
        if quantity.least > 1 and (
            _SINGULAR.match(word.group()) or _WOUNDS.match(sentence, quantity.end) or _ONE_BETWEEN.search(gap)
        ):
            continue
        if quantity.single and len(gap.split()) > 9 and not gap.startswith(" who "):
            continue
        return quantity
    return None


#: *Two friends, with one of them dead*, *17 of whom died*.
_SOME_OF_THEM = re.compile(r"(?: of (?:them|whom|these|those))(?: (?:were|was|are|is|had been|later|now))* ")
#: *A girl -- believed to be a bystander -- was shot*.
_ASIDE = re.compile(r" (?:—|–|--) [^—–]{3,120}? (?:—|–|--) ")
_SINGULAR = re.compile(r"was\b", re.IGNORECASE)
#: Between a number and a word of harm that is said of one person only.
_ONE_BETWEEN = re.compile(r"\b(?:was|is|am|I[’']m|he|she)\b(?!.*\bwere\b)|^[’']s\b")
_WOUNDS = re.compile(r"(?: [a-z-]+)? (?:gunshot|stab|bullet) wounds?\b", re.IGNORECASE)
_CUT = re.compile(r"[.;:!?]\s|(?<=[a-z])\.(?=[A-Z])|\b(?:said|says|told|killing|after|when|because|but)\b", re.I)
_PART = re.compile(r"(?:including|among them|of them|of whom|among whom)(?: at least| about)? ?$", re.I)


def _inside_including(sentence: str, quantity: Quantity) -> bool:
    """Read *including 17 warlords*, *two of them children*: a part of another number."""
    before, after = sentence[max(0, quantity.start - 24) : quantity.start], sentence[quantity.end : quantity.end + 24]
    return bool(
        _PART.search(before)
        or re.match(r" (?:\w+ )?of (?:them|whom|the (?:dead|injured|victims|wounded))\b", after, re.I)
    )


def _pronoun(sentence: str, word: re.Match[str], form: str) -> Quantity | None:
    """Read *shot him in the leg*: one person."""
    if form == "both" and _second_of_two(sentence, word):
        named = _ITS_OBJECT.match(sentence, word.end())
        one = named is not None and named[1] is not None
        return Quantity(1, 1, word.end() + 1, named.end(), single=True) if named and one else None
    by_name = _OF_SOMEBODY if word.group().lower().endswith(" of") else _HIM
    found = by_name.match(sentence, word.end()) if form in ("after", "both", "one") else None
    return Quantity(1, 1, found.start(1), found.end(1), single=True) if found else None


#: *The fatal shooting of Ada Ferren*.
_OF_SOMEBODY = re.compile(
    r" ((?:[A-Z][a-z]+\. )?[A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][\w’'-]+)(?![\w-]| (?:Province|District|City)\b)"
)
_HIM = re.compile(
    r" ((?i:himself|herself)\b|(?i:him|her)"
    r"(?=[.,;]| (?:in|on|with|to|at|before|after|as|when|while|several|multiple|once|twice|and)\b)"
    r"|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}(?= (?:in the|\w+ times|once|twice)\b))"
)


def denied(sentence: str, word: re.Match[str], quantity: Quantity) -> bool:
    """Read *the officer was not injured*, *tried to kill her son*: those are no tolls of one."""
    if _NEITHER.search(sentence, 0, quantity.start):
        return True
    if _ATTEMPTED.search(sentence, 0, word.start()):
        return True
    if quantity.least > 1 and quantity.end <= word.start() and _WERE_NOT.search(sentence, quantity.end, word.start()):
        return True
    return quantity.single and _NOT.search(sentence[max(0, word.start() - 24) : word.start()]) is not None


_NEITHER = re.compile(r"\b(?:neither|nor)\b[^.;]*$", re.IGNORECASE)
_ATTEMPTED = re.compile(r"\battempted $", re.IGNORECASE)
_WERE_NOT = re.compile(r"\b(?:(?:were|are) not|(?:were|are)n[’']t)(?: \w+ly| been)? $")
_NOT = re.compile(
    r"\b(?:not|never|nearly|almost|narrowly)(?: \w+ly| been)? $|n[’']t(?: been)? $|\battempted $|"
    r"\b(?:attempt\w*|tried|trying|threaten\w*|plott\w*|want\w*|plann\w*|intent\w*|conspir\w*|going) to $",
    re.IGNORECASE,
)


def joined(sentence: str, word: re.Match[str], quantity: Quantity, numbers: list[Quantity]) -> Quantity:
    """Read *a man and his wife were shot*: two people; *two officers and a gunman were killed*: three."""
    if quantity.start < word.start() and _of_several(sentence, word):
        other = next((q for q in reversed(numbers) if q.end <= quantity.start), None)
        if other is not None and other.most and quantity.most and _BOTH.fullmatch(sentence, other.end, quantity.start):
            most = other.most + quantity.most
            return replace(quantity, least=other.least + quantity.least, most=most, start=other.start, single=False)
    if not quantity.single or quantity.start > word.start():
        return quantity
    verb = sentence[quantity.end : word.end()]
    together = re.search(r"\bwere\b", verb) and re.search(r"\w,? and $", sentence[: quantity.start])
    return replace(quantity, least=2, most=2) if together else quantity


def _of_several(sentence: str, word: re.Match[str]) -> bool:
    """Whether a word of harm is a passive or the like, of several people: *were killed*, *died*."""
    plural = re.search(r"\b(?:were|are|have been|had been)(?: \w+ly)? $", sentence[: word.start()]) is not None
    return plural or re.match(r"(?:were|died|perished|drowned|lost their)\b", word.group(), re.IGNORECASE) is not None


#: What may stand between two numbers of people that are counted together.
_BOTH = re.compile(
    r"(?: (?!(?:were|was|are|is|had|have|been|died|in|on|at|of|who|and)\b)(?!\w+ed\b)[a-z][a-z-]*){0,3}"
    r",? and (?:the |his |her |their |its )?"
)


_ONE_PERSON = re.compile(
    r"(?:^|[\s“\"‘(])(?:(?:Mr|Mrs|Ms|Dr|Capt|Captain|Col|"
    r"Colonel)\.? )?(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}|[Hh]e|[Ss]he)"
    r"(?:, (?:aged )?\d{1,3},|, of [A-Z][^,]{2,30},|, who [^,]{3,60},)? (?:later |had |has |also |then |was |have )*$"
)


def _named(sentence: str, word: re.Match[str], form: str) -> Quantity | None:
    """Read *Ada Ferren, 34, died*: one person, named."""
    if form not in ("before", "both") or word.group().lower() in ("dead", "dying", "die", "dies", "missing"):
        return None
    if _ACTIVE.match(word.group()):
        return None
    lead = sentence[max(0, word.start() - 110) : word.start()]
    if form == "both" and not re.search(r"\bwas (?:\w+ly )?$", lead):
        return None
    match = _ONE_PERSON.search(lead)
    if match is None or _GROUPS.search(match.group()):
        return None
    return Quantity(1, 1, word.start() - len(lead) + match.start(), word.start(), single=True)


#: *He shot twice*: not the one who was hit.
_ACTIVE = re.compile(r"(?:shot|struck|hit) (?!dead|to death)", re.IGNORECASE)
_GROUPS = re.compile(
    r"\b(?:They|We|You|Police|Doctors|Hospitals?|Army|Ministry|Nobody|None|It|There|That|This|Who|What|"
    r"Many|Some|Most|All|Others|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|July|"
    r"August|September|October|November|December)\b"
)
_TO = re.compile(r"\b(?:to|at|as|of|reached)\s(?:a total of )?$")


def risen(sentence: str, word: re.Match[str], numbers: list[Quantity]) -> Quantity | None:
    """Read *raised the number of people killed to 29 from 23*, *the death toll rose to 34*."""
    lead = sentence[max(0, word.start() - 60) : word.start()].lower()
    toll = word.group().lower() in ("toll", "death toll")
    counted = (
        toll
        or re.search(r"\b(?:number of|toll|count of|figure for)\b[^,;.]*$", lead)
        or (word.group().lower() == "death" and sentence[word.end() : word.end() + 5].lower() == " toll")
    )
    if not counted:
        return None
    for quantity in numbers:
        gap = sentence[word.end() : quantity.start]
        if quantity.start > word.end() and _TO.search(gap) and len(gap.split()) <= 18:
            return quantity
    return None
