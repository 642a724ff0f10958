"""Tolls: how many people were killed, injured, missing, arrested or displaced, as ranges.

Conventions: *at least 80* and *more than 80* are [80, open] and [81, open]; *up to 80* is [0, 80] and *fewer than 80* [0, 79];
*dozens* is [24, open], *scores* [40, open], *hundreds* [200, open], *thousands* [2000, open], *several* and *a few* [3, open];
*about 80*, *some 80* and *nearly 80* are [80, 80], the wording being kept beside; *no one* is [0, 0].
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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


@dataclass(frozen=True)
class Quantity:
    """A number of people as the text gives it."""

    least: int
    most: int | None
    start: int
    end: int
    single: bool = False


_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_LONGEST = "|".join(sorted(_ONES.split(), key=len, reverse=True))
_WORD = (
    "(?:(?:"
    + _LONGEST
    + ")(?![a-z])|(?:"
    + "|".join(_TENS.split())
    + ")(?:[ -](?:"
    + "|".join(_ONES.split()[:9])
    + "))?)"
)
_PLAIN = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}|{_WORD}(?: (?:hundred|thousand)(?: (?:and )?{_WORD})?)?)(?! ?(?:%|percent\b|per cent\b))"
_VAGUE = r"(?:many )?(?:dozens|scores|hundreds|thousands)(?: of)?|a dozen|two dozen|several|a few|(?:a )?couple of|half a dozen|a hundred|a thousand"
_NONE = r"no[ -]one(?: else)?|nobody(?: else)?|no people|no other (?:people|injuries)|none(?: of [a-z]+(?: [a-z]+)?)?|no (?=\w+ (?:was|were|have|has|had)\b)|no (?=deaths|fatalities|casualties|injuries|arrests)"
_FREE_PLAIN, _FREE_VAGUE, _FREE_NONE = (part.replace(" ", r"\ ") for part in (_PLAIN, _VAGUE, _NONE))
_QUANTITY = re.compile(
    rf"""(?<![\w$£€\#/.:-])(?:
      (?P<none>{_FREE_NONE})
    | (?P<between>between[ ](?P<low>{_FREE_PLAIN})[ ]and[ ](?P<high>{_FREE_PLAIN}))
    | (?P<quantifier>(?:at[ ]least|more[ ]than|over|up[ ]to|as[ ]many[ ]as|no[ ]fewer[ ]than|no[ ]more[ ]than|fewer[ ]than|less[ ]than|
        nearly|almost|about|around|some|roughly|an?[ ]estimated|approximately|close[ ]to|only|another|a[ ]further|the[ ]other)[ ])?
      (?P<number>(?P<vague>{_FREE_VAGUE})|(?P<plain>{_FREE_PLAIN})(?:[ ]?(?:to|or|–|-)[ ]?(?P<upper>{_FREE_PLAIN}))?)
      (?![\d:]|[.,]\d|st\b|nd\b|rd\b|th\b|-(?!to\b)\w)
    | (?P<article>an?|another|the|his|her|their|its)[ ](?=\w)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_VALUES = {word: place for place, word in enumerate(_ONES.split(), 1)} | {
    word: place * 10 for place, word in enumerate(_TENS.split(), 2)
}
_VAGUE_VALUES = {"dozens": (24, None), "scores": (40, None), "hundreds": (200, None), "thousands": (2000, None),
                 "a dozen": (12, 12), "two dozen": (24, 24), "half a dozen": (6, 6), "several": (3, None), "a few": (3, None),
                 "a hundred": (100, 100), "a thousand": (1000, 1000)}  # fmt: skip
_SINGULAR = frozenset(
    "person man woman child boy girl civilian soldier policeman policewoman officer militant fighter rebel gunman terrorist attacker "
    "suspect miner worker passenger sailor member victim student teenager teen youth resident villager protester demonstrator journalist "
    "guard firefighter tourist patient prisoner inmate driver pedestrian bystander farmer doctor deputy agent employee customer "
    "mother father son daughter husband wife girlfriend boyfriend neighbor neighbour male female brother sister friend toddler baby infant juvenile adult".split()
)
_UNITS = frozenset(
    "year years month months week weeks day days hour hours minute minutes second seconds km kilometres kilometers miles metres meters "
    "feet foot percent cent dollars pounds euros crowns tonnes tons times o'clock am pm a.m p.m million billion cars houses homes buildings "
    "vehicles shops villages towns cities countries shots rounds bullets votes points seats metre mile acres block blocks street road "
    "gun guns rifles weapons bombs rockets missiles provinces ships boats planes helicopters tanks copies pages days-old year-old".split()
)


@cache
def people() -> frozenset[str]:
    """Return the nouns for people."""
    text = (files(__package__) / "data" / "people.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def _harm() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    table = {phrase.strip(): (toll, form) for toll, form, phrases in lines("harm.tsv") for phrase in phrases.split(",")}
    longest = sorted(table, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b", re.IGNORECASE), table


def value_of(text: str) -> int | None:
    """Return a number written in words or figures.

    Examples
    --------
    >>> value_of("2,000"), value_of("twenty-three"), value_of("two hundred and five")
    (2000, 23, 205)
    """
    digits = text.replace(",", "")
    if digits.isdigit():
        return int(digits)
    total = current = 0
    for word in re.split(r"[ -]", text.lower()):
        if word in _VALUES:
            current += _VALUES[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word == "thousand":
            total, current = total + max(current, 1) * 1000, 0
    return total + current or None


def _quantity(match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if match["none"]:
        return Quantity(0, 0, start, end)
    if match["between"]:
        low, high = value_of(match["low"]), value_of(match["high"])
        return Quantity(low, high, start, end) if low is not None and high is not None and low <= high else None
    if match["article"]:
        noun = _singular_noun(match.string, end)
        return Quantity(1, 1, start, noun, single=True) if noun else None
    if match["vague"]:
        words = match["vague"].lower().removesuffix(" of").removeprefix("many ")
        least, most = _VAGUE_VALUES.get(words, (2, 2))
    else:
        number = value_of(match["plain"])
        if number is None:
            return None
        upper = value_of(match["upper"]) if match["upper"] else None
        least, most = number, upper if upper is not None and upper > number else number
    return _quantified((match["quantifier"] or "").strip().lower(), least, most, start, end)


def _singular_noun(sentence: str, start: int) -> int | None:
    """Return the end of the noun for one person that an article leads to: *a young man*, *a 17-year-old girl*."""
    for place, word in enumerate(re.finditer(r"[\w-]+|[^\w\s]", sentence[start : start + 70])):
        if place > 4 or not word.group()[0].isalnum():
            return None
        if word.group().lower() in _SINGULAR:
            return start + word.end()
    return None


def _quantified(quantifier: str, least: int, most: int | None, start: int, end: int) -> Quantity:
    if quantifier in ("at least", "no fewer than"):
        return Quantity(least, None, start, end)
    if quantifier in ("more than", "over"):
        return Quantity(least + 1, None, start, end)
    if quantifier in ("up to", "as many as", "no more than"):
        return Quantity(0, most, start, end)
    if quantifier in ("fewer than", "less than"):
        return Quantity(0, (most or least) - 1, start, end)
    return Quantity(least, most, start, end)


_SUBJECT_GAP = re.compile(r"[^.;:!?\"“”]*$")
_VERB_LINK = re.compile(
    r"(?:\b(?:was|were|is|are|be|been|had|have|has|left|reported|confirmed|also|both|all|found|later|being|more|seriously|fatally|critically|badly|now|least|slightly|people|others|another|feared|presumed)\b|\W)*$",
    re.I,
)


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
    """
    pattern, table = _harm()
    words = list(pattern.finditer(sentence))
    if not words:
        return _without(sentence)
    quantities = _quantities(sentence, blocked or [])
    found: list[Toll] = []
    used: set[int] = set()
    for word in words:
        name, form = table[word.group().lower()]
        risen = _risen(sentence, word, quantities)
        quantity = risen or _match(sentence, word, form, quantities, used) or _named(sentence, word, form)
        if quantity is None:
            continue
        used.add(quantity.start)
        start, end = min(quantity.start, word.start()), max(quantity.end, word.end())
        total = risen is not None
        found.append(Toll(name, quantity.least, quantity.most, start, end, word.span(), quantity.most == 0, total))
        if word.group().lower() == "casualties" and quantity.most == 0:
            found.append(Toll("killed", 0, 0, start, end, word.span(), zero=True))
    return _first_of_each(found) or _without(sentence)


_NO_LIFE_LOST = re.compile(
    r"\bwithout (?:any )?(?:loss of life|casualties|deaths)|\bdenied that anyone (?:had |was |had been )?(?:died|killed)",
    re.I,
)


def _without(sentence: str) -> list[Toll]:
    """*Without loss of life*, *denied that anyone had died*."""
    match = _NO_LIFE_LOST.search(sentence)
    return [Toll("killed", 0, 0, match.start(), match.end(), match.span(), zero=True)] if match else []


def _quantities(sentence: str, blocked: list[tuple[int, int]]) -> list[Quantity]:
    result = []
    for match in _QUANTITY.finditer(sentence):
        quantity = _quantity(match)
        if quantity is None or any(
            start < quantity.end and quantity.start < end for start, end in blocked if not quantity.single
        ):
            continue
        if not quantity.single and quantity.most != 0 and not _counts_people(sentence, quantity):
            continue
        result.append(quantity)
    return result


def _counts_people(sentence: str, quantity: Quantity) -> bool:
    """Whether the words behind a number allow it to count people."""
    following = re.findall(r"[\w'’.-]+|[^\w\s]", sentence[quantity.end : quantity.end + 60])[:4]
    if not following:
        return True
    first = following[0].lower().rstrip(".")
    if first == "more" and len(following) > 1 and following[1].lower() == "bodies":
        return False
    if (
        first in _UNITS
        or first == "%"
        or (len(following) > 1 and following[1].lower().rstrip(".,") in _UNITS and first not in people())
    ):
        return False
    before = sentence[max(0, quantity.start - 12) : quantity.start].lower()
    if before.endswith(", ") and first in (",", "."):
        return False
    return (
        not re.search(r"(?:aged?|page|no\.|number|article|section|route|highway|room|chapter|part) $", before)
        or first in people()
    )


def _match(
    sentence: str, word: re.Match[str], form: str, quantities: list[Quantity], used: set[int]
) -> Quantity | None:
    free = [quantity for quantity in quantities if quantity.start not in used]
    if form in ("after", "both"):
        behind = next((q for q in free if q.start >= word.end()), None)
        passive = form == "both" and re.search(
            r"\b(?:was|were|been|being|be|are|is)(?: \w+ly)? $", sentence[: word.start()], re.I
        )
        if behind and not passive and sentence[word.end() : behind.start].strip(" ").lower() in _BETWEEN:
            return behind
    if form in ("before", "both"):
        return _before(sentence, word, free)
    if form == "noun":
        near = [q for q in free if q.end <= word.start() and len(sentence[q.end : word.start()].split()) <= 2]
        return near[-1] if near and not re.search(r"[,;]", sentence[near[-1].end : word.start()]) else None
    return None


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
    main = [q for q in candidates if not _inside_including(sentence, q)]
    for quantity in reversed(main):
        gap = sentence[quantity.end : word.start()]
        if len(gap.split()) > 16 or _CUT.search(gap):
            return None
        if quantity.single and len(gap.split()) > 9:
            continue
        return quantity
    return None


_CUT = re.compile(r"[.;:!?]\s|\b(?:said|says|told|killing|after|when|because|but)\b", re.I)
_PART = re.compile(r"(?:including|among them|of them|of whom|among whom)(?: at least| about)? ?$", re.I)


def _inside_including(sentence: str, quantity: Quantity) -> bool:
    """*including 17 warlords*, *two of them children*: a part of another number."""
    before, after = sentence[max(0, quantity.start - 24) : quantity.start], sentence[quantity.end : quantity.end + 24]
    return bool(
        _PART.search(before)
        or re.match(r" (?:\w+ )?of (?:them|whom|the (?:dead|injured|victims|wounded))\b", after, re.I)
    )


_ONE_PERSON = re.compile(
    r"(?:^|[\s“\"‘(])(?:(?:Mr|Mrs|Ms|Dr|Capt|Captain|Col|Colonel)\.? )?(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}|[Hh]e|[Ss]he)"
    r"(?:, (?:aged )?\d{1,3},|, who [^,]{3,60},)? (?:later |had |has |also |then |was |have )*$"
)


def _named(sentence: str, word: re.Match[str], form: str) -> Quantity | None:
    """*Ada Ferren, 34, died*: one person, named."""
    if form not in ("before", "both") or word.group().lower() in ("dead", "dying", "die", "dies", "missing"):
        return None
    lead = sentence[max(0, word.start() - 110) : word.start()]
    if form == "both" and not re.search(r"\bwas (?:\w+ly )?$", lead):
        return None
    match = _ONE_PERSON.search(lead)
    if match is None or _GROUPS.search(match.group()):
        return None
    return Quantity(1, 1, word.start() - len(lead) + match.start(), word.start(), single=True)


_GROUPS = re.compile(r"\b(?:They|We|You|Police|Doctors|Hospitals?|Army|Ministry|Nobody|None|It|There|That|This|Who|What|Many|Some|Most|All|Others)\b")
_TO = re.compile(r"\b(?:to|at|as|reached)\s(?:a total of )?$")


def _risen(sentence: str, word: re.Match[str], quantities: list[Quantity]) -> Quantity | None:
    """*raised the number of people killed to 29 from 23*, *the death toll rose to 34*."""
    lead = sentence[max(0, word.start() - 60) : word.start()].lower()
    counted = re.search(r"\b(?:number of|toll|count of|figure for)\b[^,;.]*$", lead) or (
        word.group().lower() == "death" and sentence[word.end() : word.end() + 5].lower() == " toll"
    )
    if not counted:
        return None
    for quantity in quantities:
        if quantity.start > word.end() and _TO.search(sentence[word.end() : quantity.start]):
            if len(sentence[word.end() : quantity.start].split()) <= 18:
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
