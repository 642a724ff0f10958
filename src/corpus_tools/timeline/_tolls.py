"""Tolls: how many people were killed, injured, missing, arrested or displaced, as ranges.

Conventions: *at least 80* and *more than 80* are [80, open] and [81, open]; *up to 80* is [0, 80] and *fewer than
80* [0, 79]; *dozens* is [24, open], *scores* [40, open], *hundreds* [200, open], *thousands* [2000, open]; *several*
and *a few* are [3, open]; *about 80*, *some 80* and *nearly 80* are [80, 80], the wording being kept beside; *no one*
is [0, 0].
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus_tools.timeline import _counting, _harm
from corpus_tools.timeline._quantities import quantities

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
    pattern, _ = _harm.words()
    words = list(pattern.finditer(sentence))
    if not words:
        return _without(sentence) or _wounds_of_one(sentence)
    numbers = quantities(sentence, blocked or [])
    found: list[Toll] = []
    used: set[int] = set()
    for word in words:
        name, form = _harm.meaning(word)
        total = _counting.risen(sentence, word, numbers)
        quantity = total or _counting.counted(sentence, word, name, form, numbers, used)
        if quantity is None or _counting.denied(sentence, word, quantity) or _SHOT_AT.match(sentence, word.end()):
            continue
        quantity = _counting.joined(sentence, word, quantity, numbers)
        used.add(quantity.start)
        if _TO_DEATH.match(sentence, quantity.end) and word.start() < quantity.start:
            name = "killed"
        start, end = min(quantity.start, word.start()), max(quantity.end, word.end())
        found.append(
            Toll(name, quantity.least, quantity.most, start, end, word.span(), quantity.most == 0, total is not None)
        )
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


def _first_of_each(found: list[Toll]) -> list[Toll]:
    """Keep one toll of each name: the first that is not one person beside a larger number."""
    result: dict[str, Toll] = {}
    for toll in found:
        known = result.get(toll.name)
        if known is None or (known.most == known.least == 1 and toll.least > 1) or (toll.total and not known.total):
            result[toll.name] = toll
    return [toll for toll in found if result[toll.name] is toll]
