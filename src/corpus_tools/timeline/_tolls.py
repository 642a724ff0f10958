"""Tolls: how many people were killed, injured, missing, arrested or displaced, as ranges.

Conventions: *at least 80* and *more than 80* are [80, open] and [81, open]; *up to 80* is [0, 80] and *fewer than 80*
[0, 79];
*dozens* is [24, open], *scores* [40, open], *hundreds* [200, open], *thousands* [2000, open], *several* and *a few*
[3, open];
*about 80*, *some 80* and *nearly 80* are [80, 80], the wording being kept beside; *no one* is [0, 0].
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from corpus_tools.timeline._quantities import Quantity, nouns, quantities
from corpus_tools.timeline._tokens import lines

TOLLS = ("killed", "injured", "missing", "arrested", "displaced")


@dataclass(frozen=True)
class Toll:
    """Between `least` and `most` people (`most` None when open), said by the text from `start` to `end`."""

    name: str
    least: int
    most: int | None
    start: int
    end: int
    predicate: tuple[int, int]
    zero: bool = False
    total: bool = False


@cache
def _harm() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    table = {phrase.strip(): (toll, form) for toll, form, phrases in lines("harm.tsv") for phrase in phrases.split(",")}
    longest = sorted(table, key=lambda phrase: (-len(phrase), phrase))
    phrases = "|".join(_ADVERB.sub(_WITH_ADVERB, phrase) for phrase in longest)
    return re.compile(
        rf"\b(?:{phrases}|{_TO_HOSPITAL}|{_WITH_WOUNDS}|{_PEOPLE_SHOT}|{_SENT}|{_HIT_IN})\b", re.IGNORECASE
    ), table


#: Where an adverb may stand in a phrase: *was also shot*.
_ADVERB = re.compile(r"^(?:was|were|been) (?!\w+ly )")
_WITH_ADVERB = r"\g<0>(?:(?:also|later|then|(?!fatally|mortally)\\w+ly) )?"
_TO_HOSPITAL = (
    r"(?:taken|rushed|transported|airlifted|flown|driven|brought)(?: by \w+)? to (?:[\w.’'-]+ ){1,5}?"
    r"(?:hospitals?|(?:medical|trauma) (?:center|centre))"
)
_WITH_WOUNDS = (
    r"(?:sustain(?:ed|ing)|suffer(?:ed|ing)|receiv(?:ed|ing)|with) "
    r"(?:an? |multiple |several |one |two |three |at least one )?"
    r"(?:[a-z]+(?:-[a-z]+)* ){0,2}(?:injur(?:y|ies)|gunshot wounds?|stab wounds?|bullet wounds?|graze wounds?|wounds)"
)
#: *Put two teens in hospital*.
_SENT = (
    r"(?:put|puts|sent|sending|putting|landed|landing|left|leaving)"
    r"(?= [^.;,]{3,40} (?:in|to) (?:(?:the|a|an|local|area) ){0,3}hospitals?\b)"
)
#: *Four people shot in a park*; not *four men shot at a guard*.
_PEOPLE_SHOT = (
    r"(?:people|persons|men|women|victims|teens|teenagers|children|students|officers) shot"
    r"(?= (?:in|on|by|near|outside|inside|during|while|after|as|over|overnight|early|late)\b)"
)


#: *Hitting the teen in the leg*; not *hit him in the head with a stick*.
_HIT_IN = (
    r"(?:hit|hitting)(?= (?:him|her|(?:the|an?|his|her|their) (?:[\w-]+ ){0,2}?[\w-]+)(?: once| twice)? in the "
    r"(?:(?:upper|lower|left|right) )?"
    r"(?:leg|arm|head|chest|back|stomach|abdomen|face|neck|shoulder|foot|hand|hip|thigh|torso|side|buttocks|"
    r"wrist)\b(?! with\b))"
)


def _meaning(word: re.Match[str]) -> tuple[str, str]:
    """Return the toll and the form of a word of harm."""
    table = _harm()[1]
    plain = word.group().lower()
    if " fatal" in plain:
        return ("killed", "before")
    if plain in ("hit", "hitting"):
        return ("injured", "after")
    if plain in _SENDING:
        return ("injured", "after")
    known = table.get(plain) or table.get(_SECOND.sub(r"\1", plain, count=1))
    return known or ("injured", "before")


_SENDING = frozenset(("put", "puts", "sent", "sending", "putting", "landed", "landing", "left", "leaving"))
_SECOND = re.compile(r"^(\w+ )\w+ ")


def find(sentence: str, blocked: list[tuple[int, int]] | None = None) -> list[Toll]:
    """Return the tolls that a sentence gives.

    Parameters
    ----------
    sentence : str
        The sentence.
    blocked : list of (start, end), optional
        Stretches whose numbers count no people (time expressions).

    Examples
    --------
    >>> [(toll.name, toll.least, toll.most) for toll in find("The blast killed at least 80 people and injured 23.")]
    [('killed', 80, None), ('injured', 23, 23)]
    >>> [(toll.name, toll.least, toll.most) for toll in find("No one was killed, but dozens were hurt.")]
    [('killed', 0, 0), ('injured', 24, None)]
    >>> [(toll.name, toll.least, toll.most) for toll in find("Police shot three men dead.")]
    [('killed', 3, 3)]
    """
    pattern, _ = _harm()
    words = list(pattern.finditer(sentence))
    if not words:
        return _without(sentence) or _wounds_of_one(sentence)
    numbers = quantities(sentence, blocked or [])
    found: list[Toll] = []
    used: set[int] = set()
    for word in words:
        name, form = _meaning(word)
        risen = _risen(sentence, word, numbers)
        quantity = risen or _match(sentence, word, form, numbers, used) or _named(sentence, word, form)
        quantity = quantity or _pronoun(sentence, word, form)
        if quantity is None and (name, form) == ("killed", "before"):
            quantity = _before(sentence, word, [q for q in numbers if q.single and q.start in used])
        if quantity is None or _denied(sentence, word, quantity) or _SHOT_AT.match(sentence, word.end()):
            continue
        quantity = _joined(sentence, word, quantity, numbers)
        used.add(quantity.start)
        if _TO_DEATH.match(sentence, quantity.end) and word.start() < quantity.start:
            name = "killed"
        start, end = min(quantity.start, word.start()), max(quantity.end, word.end())
        total = risen is not None
        found.append(Toll(name, quantity.least, quantity.most, start, end, word.span(), quantity.most == 0, total))
        if word.group().lower() == "casualties" and quantity.most == 0:
            found.append(Toll("killed", 0, 0, start, end, word.span(), zero=True))
    return _first_of_each(_alive(found, sentence)) or _without(sentence) or _wounds_of_one(sentence)


def _alive(found: list[Toll], sentence: str) -> list[Toll]:
    """Leave out the injury of one who died of it: *a man died after he was shot*, *who was shot and later died*."""
    dead = [toll for toll in found if toll.name == "killed" and toll.least == toll.most == 1]
    return [toll for toll in found if not any(_same_person(toll, other, sentence) for other in dead)]


def _same_person(hurt: Toll, dead: Toll, sentence: str) -> bool:
    if hurt.name != "injured" or not hurt.least == hurt.most == 1:
        return False
    if hurt.start == dead.start:
        return True
    if hurt.start < dead.start:
        return bool(_HE.match(sentence, dead.start))
    subject_died = dead.predicate[0] > dead.start
    cause = _CAUSE.search(sentence[dead.end : hurt.start])
    pronoun = _HE.match(sentence, hurt.start) or _SELF.search(sentence, hurt.start, hurt.end)
    return subject_died and cause is not None and pronoun is not None


_HE = re.compile(r" ?(?:he|she)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:himself|herself)\b", re.IGNORECASE)
_CAUSE = re.compile(r"\b(?:after|when|as)\b", re.IGNORECASE)


#: *Nineteen people were shot at, police said*: nobody was hit.
_SHOT_AT = re.compile(r"(?<=shot) at(?=[.,;]| by\b| while\b| from\b| as\b)")
_TO_DEATH = re.compile(r"[^,;.]{0,30}?\b(?:dead|to death)\b", re.IGNORECASE)
_NO_LIFE_LOST = re.compile(
    r"\bwithout (?:any )?(?:loss of life|casualties|deaths)|\bdenied that anyone (?:had |was |"
    r"had been )?(?:died|killed)",
    re.I,
)


def _without(sentence: str) -> list[Toll]:
    """Read *Without loss of life*, *denied that anyone had died*."""
    match = _NO_LIFE_LOST.search(sentence)
    return [Toll("killed", 0, 0, match.start(), match.end(), match.span(), zero=True)] if match else []


def _wounds_of_one(sentence: str) -> list[Toll]:
    """Read *His injuries are not life-threatening*: one person is hurt."""
    match = _HIS_WOUNDS.search(sentence)
    return [Toll("injured", 1, 1, match.start(), match.end(), match.span())] if match else []


_HIS_WOUNDS = re.compile(
    r"\b(?:his|her|the (?:[\w-]+ )?(?:man|woman|victim|boy|girl|teen|officer|deputy|student)[’']s) "
    r"(?:injur(?:y|ies)|wounds?) (?:was|were|is|are) (?!fatal|deadly|mortal)",
    re.IGNORECASE,
)


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


def _denied(sentence: str, word: re.Match[str], quantity: Quantity) -> bool:
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


def _joined(sentence: str, word: re.Match[str], quantity: Quantity, numbers: list[Quantity]) -> Quantity:
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


def _risen(sentence: str, word: re.Match[str], numbers: list[Quantity]) -> Quantity | None:
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


def _first_of_each(found: list[Toll]) -> list[Toll]:
    """Keep one toll of each name: the first that is not one person beside a larger number."""
    result: dict[str, Toll] = {}
    for toll in found:
        known = result.get(toll.name)
        if known is None or (known.most == known.least == 1 and toll.least > 1) or (toll.total and not known.total):
            result[toll.name] = toll
    return [toll for toll in found if result[toll.name] is toll]
