"""Lengths of time."""

from __future__ import annotations

from corpus_tools.timeline._meaning import Constant, Length, Meaning, Nothing, Shift
from corpus_tools.timeline._pattern import Found, Rule
from corpus_tools.timeline._quantities import nouns
from corpus_tools.timeline.grammar._numbers import count
from corpus_tools.timeline.grammar._titles import named


def length(found: Found) -> Meaning | None:
    """Read *five months*, *the past two years*, *two and a half hours*, *five-month*."""
    unit = found.value("unit")
    amount = count(found, "amount") if found.has("amount") else 1.0 if found.has("one") else None
    if found.has("half"):
        amount = (amount or 1.0) + 0.5
    if amount is not None and (amount > 1_000_000 or amount <= 0):
        return None
    if (
        found.has("amount")
        and amount is None
        and not set(found.words("amount")) & {"few", "several", "many", "some", "numerous"}
    ):
        return None
    after = found.tokens.words[found.last] if found.last < len(found.tokens.words) else ""
    if after == "of" and unit in ("TH", "TM") and _measures(found):
        return Nothing()
    lead = found.tokens.words[found.first - 1] if found.first else ""
    told = after in ("after", "before", "following") and lead != "for" and not found.has("lead")
    if told and amount is not None and unit in "DWMY":
        return Shift(unit, amount, "reference", sign=-1 if after == "before" else 1, event=True)
    words = found.words("amount")
    if unit == "D" and words == ["one"] and _some_day(found):
        return Constant("DATE", "FUTURE_REF")
    if _with_article(found, amount):
        return None
    return Length(unit, amount, name=named(found, "unit"))


def _some_day(found: Found) -> bool:
    """Whether *one day* is a day to come: *it may one day reopen*."""
    before = found.tokens.words[found.first - 1] if found.first else ""
    return before in _MODALS


_MODALS = frozenset(("will", "would", "may", "might", "could", "can", "should", "must", "shall", "to", "ll"))


def _with_article(found: Found, amount: float | None) -> bool:
    """Whether an article belongs to what follows: *a five year low*, *the two day rally*."""
    tokens, last = found.tokens, found.last - 1
    if amount is None or amount <= 1:
        return False
    words = found.words("amount")
    inside = words[:1] == [tokens.words[found.first]]
    if inside and (words[1:2] == [] or words[1] in _ROUND):
        return False
    return (
        tokens.words[last] in _SINGLE
        and tokens.words[found.first] in ("a", "an", "the")
        and found.last - found.first > 2
    )


#: Numbers that an article belongs to: *a hundred years*.
_ROUND = frozenset(("hundred", "thousand", "dozen", "few", "couple", "number"))
_SINGLE = frozenset(("second", "minute", "hour", "day", "week", "fortnight", "month", "year"))


#: What is measured in hours and is no time: *75 hours of video*.
_MEASURED = frozenset(("video", "music", "footage", "audio", "film", "tape", "recordings", "playback", "programming"))


def _measures(found: Found) -> bool:
    place = found.last + 1
    return place < len(found.tokens.words) and found.tokens.words[place] in _MEASURED


def age(found: Found) -> Meaning:
    """Read *an eight-month-old truce*; the age of people (*a 45-year-old man*) is no time."""
    lasting = found.last < len(found.tokens.words) and found.tokens.words[found.last] in nouns("lasting")
    return length(found) or Nothing() if lasting else Nothing()


def aged(found: Found) -> Meaning:
    """Read *a decades-old feud*."""
    return Length(found.value("unit"), None)


def half_unit(found: Found) -> Meaning:
    """Read *half an hour*, *half a century*."""
    return Length(found.value("unit"), 0.5)


def quarter_unit(found: Found) -> Meaning | None:
    """Read *a quarter of an hour*, *three quarters of a century*."""
    amount = 1.0 if found.has("one") else count(found, "amount")
    unit, size = _QUARTERS.get(found.value("unit"), ("", 0))
    return Length(unit, amount * size) if unit and amount in (1, 3) else None


#: A quarter of them in smaller units.
_QUARTERS = {"TH": ("TM", 15), "Y": ("M", 3), "CE": ("Y", 25)}


def bare(found: Found) -> Meaning | None:
    """Read *years*, *weeks*: an unknown number of them."""
    before = found.tokens.words[found.first - 1] if found.first else ""
    after = found.tokens.words[found.last] if found.last < len(found.tokens.words) else ""
    lead = found.tokens.words[max(0, found.first - 2) : found.first]
    if before in ("light", "-") or after == "apart" or lead == ["matter", "of"]:
        return None
    return Length(found.value("unit"), None, name=named(found, "unit"))


def round_the_clock(found: Found) -> Meaning | None:
    """Read *24 hours a day*, *seven days a week*: that is no length of time."""
    words = (found.value("amount"), found.text("unit"))
    return Nothing() if words in (("24", "hours"), ("7", "days")) else None


def single(found: Found) -> Meaning | None:
    """Read *a week*, *the year*: one of them."""
    return Length(found.value("unit"), 1.0)


def quarters(found: Found) -> Meaning | None:
    """Read *two quarters*."""
    amount = count(found, "amount")
    return Length("Q", amount)


_LEAD = (
    "( the past|last|next|ordinal|second|previous|following|final|latest|coming|same | past|last|next|ordinal | the )?"
)

_KIND = "trading|business|working|consecutive|straight|successive|whole"

RULES = (
    Rule(f"@approx? amount=@count more? {_KIND}? unit=unit|units|second ( or so )?", length),
    Rule("@approx? amount=@numeral - unit=unit|units|second", length),
    Rule("amount=@numeral unit=unit", length),
    Rule(f"lead={_LEAD} @approx? amount=@count more? {_KIND}? unit=unit|units ( or so )?", length),
    Rule("@approx? amount=@count -? unit=unit|units -? old", age),
    Rule("amount=number|day unit=units a unit", round_the_clock),
    Rule("amount=@count more whole? unit=unit|units", length),
    Rule("each of the? past|last|next|ordinal amount=@count unit=units", length),
    Rule("amount=@numeral - unit=unit - long", length),
    Rule("amount=@numeral unit=unit|units long", length),
    Rule("a amount=@numeral - unit=unit period", length),
    Rule("@approx? one=a unit=unit ( and a half=half )", length),
    Rule("@approx? one=a unit=unit or number", length),
    Rule("unit=units - old", aged),
    Rule("@approx one=a unit=unit", length),
    Rule("amount=couple|vague - unit=unit", length),
    Rule("one=a unit=unit", single),
    Rule("one=a whole unit=unit", single),
    Rule("@approx? half a unit=unit", half_unit),
    Rule("@approx? a half - unit=unit", half_unit),
    Rule("@approx? one=a quarter -? of? a? unit=unit", quarter_unit),
    Rule("@approx? amount=number -? quarters of a unit=unit", quarter_unit),
    Rule("unit=units", bare),
    Rule("unit=units - long", bare),
    Rule("one=unit - long", lambda f: Length(f.value("one"), 1.0)),
    Rule("the ordinal|past|last|next|recent|coming unit=units", bare),
    Rule("unit=units or units", bare),
    Rule(f"@approx? {_LEAD} amount=@count quarters", quarters),
)
