"""Numbers of people in a sentence, as ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus_tools.timeline._tokens import lines


@dataclass(frozen=True)
class Quantity:
    """A number of people as the text gives it."""

    least: int
    most: int | None
    start: int
    end: int
    single: bool = False


_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
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
_PLAIN = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}|{_WORD}(?: (?:hundred|thousand)(?: (?:and )?{_WORD})?)?)"
    r"(?! ?(?:%|percent\b|per cent\b))"
)
_VAGUE = (
    r"(?:many )?(?:dozens|scores|hundreds|thousands)(?: of)?|a dozen|two dozen|several|a few|(?:a )?couple of|"
    r"half a dozen|a hundred|a thousand"
)
_NONE = (
    r"no[ -]one(?: else)?|nobody(?: else)?|no people|no other (?:people|injuries)|none(?: of [a-z]+(?: [a-z]+)?)?|"
    r"no (?=\w+ (?:was|were|have|has|had)\b)|no (?=deaths|fatalities|casualties|injuries|arrests)"
)
_FREE_PLAIN, _FREE_VAGUE, _FREE_NONE = (part.replace(" ", r"\ ") for part in (_PLAIN, _VAGUE, _NONE))
_QUANTITY = re.compile(
    rf"""(?<![\w$£€\#/:-])(?<![\d\so]\.)(?:
      (?P<none>{_FREE_NONE})
    | (?P<both>both)(?=[ ](?:were|had[ ]been|are|men|women|victims|of[ ]them)\b)
    | (?P<between>between[ ](?P<low>{_FREE_PLAIN})[ ]and[ ](?P<high>{_FREE_PLAIN}))
    | (?P<quantifier>(?:at[ ]least|more[ ]than|over|up[ ]to|as[ ]many[ ]as|no[ ]fewer[ ]than|no[ ]more[ ]than|fewer[
    ]than|
        less[ ]than|nearly|almost|about|around|some|roughly|an?[ ]estimated|approximately|close[ ]to|only|another|
        a[ ]further|the[ ]other)[ ])?
      (?P<number>(?P<vague>{_FREE_VAGUE})
        |(?P<plain>{_FREE_PLAIN})(?:[ ]?(?:to|or|–|-)[ ]?(?P<upper>{_FREE_PLAIN}))?)
      (?![\w:]|[.,]\d|-(?!to\b)\w)
    | (?P<alone>another)(?=[.,;]|$|[ ](?:in|on|at|near|outside|inside|after|before|during|when|while)\b)
    | (?P<article>an?|another|the|his|her|their|its)[ ](?=\w)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_VALUES = {word: place for place, word in enumerate(_ONES.split(), 1)} | {
    word: place * 10 for place, word in enumerate(_TENS.split(), 2)
}
_VAGUE_VALUES: dict[str, tuple[int, int | None]] = {
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "thousands": (2000, None),
    "several": (3, None),
    "a few": (3, None),
    "a dozen": (12, 12),
    "two dozen": (24, 24),
    "half a dozen": (6, 6),
    "a hundred": (100, 100),
    "a thousand": (1000, 1000),
}


@cache
def nouns(name: str) -> frozenset[str]:
    """Return the nouns of a class of counted.tsv: one, many or thing."""
    return frozenset(word for kind, words in lines("counted.tsv") if kind == name for word in words.split())


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
    if match["both"]:
        return Quantity(2, 2, start, end)
    if match["between"]:
        low, high = value_of(match["low"]), value_of(match["high"])
        return Quantity(low, high, start, end) if low is not None and high is not None and low <= high else None
    if match["alone"]:
        return Quantity(1, 1, start, end, single=True) if _HARMING.search(match.string, 0, start) else None
    if match["article"]:
        if match["article"].lower() == "another" and _ANOTHER.match(match.string, end):
            return Quantity(1, 1, start, end, single=True)
        couple = _COUPLE.match(match.string, end)
        if couple:
            return Quantity(2, 2, start, couple.end())
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


#: *Killing one man and wounding another*.
_HARMING = re.compile(r"\b(?:kill|injur|wound|hurt)(?:ed|ing|s|es)? $", re.IGNORECASE)
#: *Another was wounded*: a person without a noun.
_ANOTHER = re.compile(
    r"(?:(?:was|is|had been) )?(?:\w+ly )?"
    r"(?:wounded|injured|hurt|killed|shot|stabbed|dead|died|in (?:critical|serious))\b",
    re.IGNORECASE,
)
_COUPLE = re.compile(r"(?:(?:married|elderly|young|local|retired) )?couple\b(?! of\b)")
#: *The Lady Merrin*.
_IN_A_NAME = re.compile(r"(?:Lady|Captain|Marine|Judge|Priest|Pilot|Hunter|Runner|Volunteer|Senator) [A-Z]")
_AGED = re.compile(r"\d{1,3}-year-old(?=,| (?:was|had|has|who|died|suffered|is|from|in)\b)")


def _singular_noun(sentence: str, start: int) -> int | None:
    """Return the end of the noun for one person that an article leads to: *a young man*, *a 17-year-old girl*."""
    for place, word in enumerate(re.finditer(r"[\w-]+|[^\w\s]", sentence[start : start + 70])):
        if place > 4 or not word.group()[0].isalnum():
            return None
        aged = place == 0 and _AGED.match(sentence, start + word.start())
        if _IN_A_NAME.match(sentence, start + word.start()):
            return None
        if aged or word.group().lower() in nouns("one"):
            return start + word.end()
    return None


def _quantified(quantifier: str, least: int, most: int | None, start: int, end: int) -> Quantity:
    if quantifier in ("at least", "no fewer than"):
        return Quantity(least, None, start, end)
    if quantifier in ("more than", "over") and least > 1:
        return Quantity(least + 1, None, start, end)
    if quantifier in ("up to", "as many as", "no more than"):
        return Quantity(0, most, start, end)
    if quantifier in ("fewer than", "less than"):
        return Quantity(0, (most or least) - 1, start, end)
    return Quantity(least, most, start, end)


def quantities(sentence: str, blocked: list[tuple[int, int]]) -> list[Quantity]:
    """Return the numbers of a sentence that can count people, outside the stretches `blocked`."""
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


def _person(word: str) -> bool:
    return word in nouns("one") or word in nouns("many")


#: *Ada Ferren, 34, died*, *two men, both 19,*, *Ada Ferren (34)*.
_AN_AGE = re.compile(r"(?:, ?|\(|, both |, also )$")
#: *Ages 25, 27 and 29*, *between the ages of 16 and 18*.
_AGES = re.compile(r"\b(?:ages?|aged)(?: of| between)?(?: \d{1,3},?)*(?: and| to| or)? $", re.IGNORECASE)
#: What stands behind the number of a house.
STREET = re.compile(
    r"(?: [A-Z][\w.]*){1,4} (?:Street|St|Road|Rd|Avenue|Ave|Drive|Boulevard|Blvd|Lane|Way|Court|Place|Highway|Square)\b"
)
#: Numbers that are dialled.
_EMERGENCY = re.compile(r"911|999|112|101")


def _counts_people(sentence: str, quantity: Quantity) -> bool:
    """Whether the words behind a number allow it to count people."""
    following = re.findall(r"[\w'’.-]+|[^\w\s]", sentence[quantity.end : quantity.end + 60])[:4]
    if not following:
        return True
    first = following[0].lower().rstrip(".")
    if first == "more" and len(following) > 1 and following[1].lower() == "bodies":
        return False
    if (
        first in nouns("thing") | nouns("animal")
        or first == "%"
        or (
            len(following) > 1
            and following[1].lower().rstrip(".,") in nouns("thing") | nouns("animal")
            and not _person(first)
        )
    ):
        return False
    before = sentence[max(0, quantity.start - 12) : quantity.start].lower()
    if _AGES.search(sentence, max(0, quantity.start - 40), quantity.start):
        return False
    if _AN_AGE.search(before) and first in (",", ".", ")", ";"):
        return False
    if first == "/" or before.endswith("/") or following[:2] == ["of", "/"]:
        return False
    if STREET.match(sentence, quantity.end) or _EMERGENCY.fullmatch(sentence, quantity.start, quantity.end):
        return False
    return not re.search(
        r"(?:ages?|aged|page|no\.|number|article|section|route|highway|room|chapter|part) $", before
    ) or _person(first)
