"""Times told from today, or from the time that the text has reached."""

from __future__ import annotations

from corpus_tools.timeline._meaning import Base, Constant, Length, Meaning, Point, SamePeriod, Shift
from corpus_tools.timeline._pattern import Found, Rule
from corpus_tools.timeline.grammar._numbers import count
from corpus_tools.timeline.grammar._relations import relation
from corpus_tools.timeline.grammar._titles import named

_PAST = {"last", "past", "previous", "preceding", "prior"}
_NEXT = {"next", "coming", "upcoming", "following", "ensuing", "subsequent", "forthcoming"}
_NARRATIVE = {"previous", "preceding", "prior", "following", "ensuing", "subsequent", "that", "same"}


def _fixed_day(amount: int, part: str = "") -> Meaning:
    return Shift("D", amount, "document", part=part, sign=1)


def today(found: Found) -> Meaning | None:
    """Read *today*, *yesterday morning*, *tomorrow night*; not the end of a name (*Kardania Today*)."""
    start = found.tokens.starts[found.first]
    if found.tokens.text[start].isupper() and found.first:
        before = found.tokens.starts[found.first - 1]
        if found.tokens.text[before].isupper() and start - found.tokens.ends[found.first - 1] == 1:
            return None
    amount = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}[found.text("word")]
    part = found.value("part") or ("NI" if found.text("word") in ("tonight", "overnight") else "")
    return _fixed_day(amount, part)


def this_part(found: Found) -> Meaning:
    """Read *this morning*, *last night*, *that evening*, *the next morning*."""
    word = found.text("which")
    part = found.value("part")
    if word in ("that", "same"):
        return Shift("D", 0, "reference", part=part, sign=1)
    if word == "next" and found.has("the"):
        return Shift("D", 1, "reference", part=part, sign=1)
    if word in _NARRATIVE:
        return Shift("D", -1 if word in _PAST else 1, "reference", part=part, sign=1)
    return _fixed_day({"this": 0, "last": -1, "next": 1}.get(word, 0), part)


def deictic(found: Found) -> Meaning | None:
    """Read *last week*, *the following year*, *that month*."""
    word, unit = found.text("which"), found.value("unit")
    base: Base = "reference" if word in _NARRATIVE or (word in ("next", "same") and found.has("the")) else "document"
    if unit.startswith("T") or named(found, "unit"):
        return None
    amount = -1 if word in _PAST else 1 if word in _NEXT else 0
    if word in ("last", "past") and unit in ("DE", "CE", "ML"):
        return Length(unit, 1.0)
    if word == "this":
        base = "published" if unit in "WM" else "reference" if unit == "D" else base
    return Shift(unit, amount, base, sign=1)


def _part_of_longer(found: Found) -> bool:
    """Tell whether a length goes on before: *six months and* nine days later."""
    words = found.tokens.words[max(0, found.first - 2) : found.first]
    return len(words) == 2 and words[1] == "and" and words[0].rstrip("s") in _UNITS


_UNITS = ("year", "month", "week", "day", "hour", "decade")


def ago(found: Found) -> Meaning | None:
    """Read *two weeks ago*, *several years ago*, *months ago*; not half of *a year and two weeks ago*."""
    if _part_of_longer(found):
        return None
    unit = found.value("unit")
    amount = count(found, "amount")
    if not found.has("amount") and not found.has("one"):
        amount = None
    if found.has("one"):
        amount = 1.0
    if found.has("half") and amount:
        amount += 0.5
    sign = 1 if found.text("way") in ("from now", "hence", "from today") else -1
    return Shift(unit, amount, "document", sign=sign, exact=found.has("one") and unit == "Y")


def later(found: Found) -> Meaning | None:
    """Read *two days later*, *a year earlier*, *the day after*; not half of *a month and two days later*."""
    if _part_of_longer(found):
        return None
    amount = count(found, "amount") if found.has("amount") else 1.0 if found.has("one") else None
    way = found.words("way")[0]
    if found.tokens.words[found.last : found.last + 1] == ["than"]:
        return None
    sign = 1 if way in ("later", "after", "afterward", "afterwards", "following", "on") else -1
    one_year_back = found.has("one") and found.value("unit") == "Y" and sign < 0
    return Shift(found.value("unit"), amount, "reference", sign=sign, exact=one_year_back)


def half_ago(found: Found) -> Meaning:
    """Read *half a century ago*."""
    years = {"CE": 50.0, "DE": 5.0}.get(found.value("unit"))
    return Shift("Y", years, "document") if years else Length(found.value("unit"), 0.5)


def half_later(found: Found) -> Meaning | None:
    """Read *half an hour later*, *half a century earlier*."""
    sign, unit = (1 if found.text("way") == "later" else -1), found.value("unit")
    years = {"CE": 50.0, "DE": 5.0}.get(unit)
    if years:
        return Shift("Y", years, "reference", sign=sign)
    return Shift(unit, 0.5, "reference", sign=sign) if unit.startswith("T") else None


def both(found: Found) -> Meaning | None:
    """Read *a year and two months ago*, *six months and nine days later*."""
    amount = count(found, "amount") if found.has("amount") else 1.0
    second, units = count(found, "second"), (found.value("unit"), found.value("small"))
    if amount is None or second is None:
        return None
    way = found.text("way")
    sign = 1 if way == "later" else -1
    base: Base = "document" if way == "ago" else "reference"
    months = {"YM": 12, "YD": 12, "MD": 1, "YW": 12, "MW": 1}.get("".join(units))
    if units == ("W", "D"):
        return Shift("D", 7 * amount + second, base, sign=sign)
    if months is None or amount * months > _FAR:
        return None
    return Shift(units[1], second, base, sign=sign, months=sign * int(amount * months))


_FAR = 100_000


def in_time(found: Found) -> Meaning | None:
    """Read *in two weeks' time*."""
    amount = count(found, "amount") if found.has("amount") else 1.0
    return Shift(found.value("unit"), amount, "document", sign=1)


def _ends_there(found: Found) -> bool:
    """Whether nothing follows that a week or month would come before: *up from the month before*."""
    after = found.tokens.words[found.last] if found.last < len(found.tokens.words) else "."
    return not after.isalnum() and after != "-" and found.text("way") == "before"


def year_ago(found: Found) -> Meaning:
    """Read *the year-earlier quarter*, *year-ago*."""
    return SamePeriod("Q" if found.has("quarter") else "Y", -1)


def period(found: Found) -> Meaning | None:
    """Read *the quarter*, *the latest period*, *that quarter*."""
    return SamePeriod(
        "Q" if found.has("quarter") else "P", 0, latest="latest" in found.tokens.words[found.first : found.last]
    )


def same_a_year_ago(found: Found) -> Meaning | None:
    """Read *the same quarter a year earlier*, *the corresponding period last year*."""
    return SamePeriod("Q", -1) if found.value("unit") == "Y" else None


def full_year(found: Found) -> Meaning | None:
    """Read *the full year*: that of which the text speaks."""
    meant = found.value("unit") == "Y" and found.text("how") in ("full", "entire", "whole")
    return Shift("Y", 0, "reference", sign=1) if meant else None


def quarter_of(found: Found) -> Meaning | None:
    """Read *this quarter*, *last quarter*, *next quarter*."""
    word = found.text("which")
    amount = -1 if word in _PAST else 1 if word in _NEXT else 0
    return Shift("Q", amount, "reference" if word in _NARRATIVE else "document", sign=1)


def weekend(found: Found) -> Meaning:
    """Read *the weekend*, *last weekend*."""
    return Point("WE", relation=relation(found))


def _end(found: Found) -> Meaning | None:
    """Read *year-end*, *month's end*."""
    unit = found.value("unit")
    return Shift(unit, 0, "reference", sign=1) if unit in ("Y", "M") else None


def the_unit(found: Found) -> Meaning | None:
    """Read *the year*, where it stands for one in the calendar: *in the year*, *the end of the month*."""
    lead = found.tokens.words[found.first - 1] if found.first else ""
    unit = found.value("lead")
    after = found.tokens.words[found.last] if found.last < len(found.tokens.words) else ""
    if unit == "Y" and after.isdecimal():  # a year that is none: *the year 0*
        return None
    if after in ("ended", "ending") and unit == "Y":
        return Length("Y", 1.0)
    two_before = found.tokens.words[found.first - 2] if found.first > 1 else ""
    if unit in ("D", "W") and lead == "in" and two_before in ("later", "earlier", "late", "early"):
        return Shift(unit, 0, "reference", sign=1, exact=unit == "D")
    if unit not in ("Y", "M", "W", "DE", "CE") or after in ("of", "-", "when", "that", "after", "before"):
        return None
    if lead not in _LEADS or (unit == "W" and lead != "for"):
        return None
    if unit in ("DE", "CE") and lead == "in":
        return None
    return Shift(unit, 0, "reference", sign=1)


_LEADS = ("of", "in", "for", "during", "throughout")


def a_year(found: Found) -> Meaning | None:
    """Read *the day before yesterday*, *the day after tomorrow*."""
    back = found.text("way") == "before"
    day = found.text("word")
    if (back and day == "yesterday") or (not back and day == "tomorrow"):
        return _fixed_day(-2 if back else 2)
    return None


def vague_past(found: Found) -> Meaning:
    """Read *recent years*, *coming weeks*."""
    unit = found.value("unit")
    if found.text("which") == "recent":
        return Constant("DURATION", f"PX{unit}" if not unit.startswith("T") else f"PTX{unit[1]}")
    return Constant("DURATION", f"PX{unit}" if unit in "YMWD" else "FUTURE_REF")


#: *A year and two months*.
_TWO = "( amount=@count | a ) unit=unit|units and second=@count small=unit|units"
_ALIKE = "same|corresponding|comparable"
_WHICH = "last|next|this|that|past|previous|following|coming|same|current"

RULES = (
    Rule("word=today|yesterday|tomorrow|tonight|overnight", today),
    Rule("word=yesterday|tomorrow part=daypart", today),
    Rule(
        "part=noon word=yesterday|today|tomorrow",
        lambda f: Shift(
            "D", {"yesterday": -1, "today": 0, "tomorrow": 1}[f.text("word")], "document", time=f.value("part"), sign=1
        ),
    ),
    Rule("which=this|last|that|next part=daypart", this_part),
    Rule("the which=next|following|same|previous part=daypart", this_part),
    Rule("the=the which=next|following|same|previous part=daypart", this_part),
    Rule("that same part=daypart", lambda f: Shift("D", 0, "reference", part=f.value("part"), sign=1)),
    Rule(f"which={_WHICH} unit=unit", deictic),
    Rule("the=the which=last|past|next|previous|following|coming|same|current unit=unit", deictic),
    Rule("that which=same unit=unit", deictic),
    Rule("this which=past|coming unit=unit", deictic),
    Rule("the unit=unit which=following|previous", deictic),
    Rule(f"which={_WHICH} quarter=quarter", quarter_of),
    Rule("the which=last|past|next|previous|following|coming|same|current quarter=quarter", quarter_of),
    Rule(
        "the? which=this|last|current|latest|next|past|previous fiscal unit=unit",
        lambda f: Shift(
            f.value("unit"),
            -1 if f.text("which") in ("last", "latest", "past", "previous") else int(f.text("which") == "next"),
            "document",
            sign=1,
        ),
    ),
    Rule("@approx? amount=@count unit=unit|units ( and a half=half )? way=ago", ago),
    Rule("one=a unit=unit ( and a half=half )? way=ago", ago),
    Rule("one=a unit=unit or so way=ago", ago),
    Rule("half a unit=unit way=ago", half_ago),
    Rule("@approx? half a unit=unit way=later|earlier", half_later),
    Rule(f"@approx? {_TWO} way=ago|earlier|later", both),
    Rule("amount=@count unit=unit|units '|’ time", in_time),
    Rule("one=a unit=unit 's time", in_time),
    Rule("@approx one=a unit=unit way=ago", ago),
    Rule("unit=units way=ago", ago),
    Rule("amount=@count unit=unit|units way=( from now )", ago),
    Rule("one=a unit=unit way=( from now )", ago),
    Rule("@approx? amount=@count unit=unit|units way=later|earlier|previously|afterwards|afterward|beforehand", later),
    Rule("@approx? one=a unit=unit way=later|earlier|previously|afterwards|afterward|beforehand", later),
    Rule("unit=units way=later|earlier", later),
    Rule(
        "@approx? one=a quarter=quarter way=later|earlier|ago",
        lambda f: Shift("Q", 1.0, "reference", sign=1 if f.text("way") == "later" else -1),
    ),
    Rule(
        "the one=unit way=before|after|following",
        lambda f: (
            Shift(f.value("one"), 1.0, "reference", sign=-1 if f.text("way") == "before" else 1)
            if f.value("one") == "D" or (f.value("one") in ("W", "M", "Y") and _ends_there(f))
            else None
        ),
    ),
    Rule(
        "the part=daypart way=before",
        lambda f: Shift("D", 1.0, "reference", part=f.value("part")) if _ends_there(f) else None,
    ),
    Rule("the unit=unit way=before|after word=yesterday|tomorrow", a_year),
    Rule("the? comparable? unit=unit -? way=ago|earlier ( ordinal|second )? quarter=quarter", year_ago),
    Rule("unit=unit - way=ago|earlier", year_ago),
    Rule("unit=unit - edge", lambda f: _end(f)),
    Rule("unit=unit edge", lambda f: _end(f)),
    Rule("unit=unit 's edge", lambda f: _end(f)),
    Rule("the lead=unit", the_unit),
    Rule("the fiscal unit=unit", lambda f: Length("Y", 1.0) if f.value("unit") == "Y" else None),
    Rule("the how=whole unit=unit", full_year),
    Rule("the? unit=unit -? way=ago|earlier period=period", year_ago),
    Rule(f"the {_ALIKE}? period|quarter ( of|in )? the? last|previous unit=unit", same_a_year_ago),
    Rule(f"the {_ALIKE}? period|quarter a unit=unit ago|earlier|before", same_a_year_ago),
    Rule("the latest? quarter=quarter", period),
    Rule("the latest? period=period", period),
    Rule("the relation=last|next|previous|following|coming|past weekend=weekend", weekend),
    Rule("relation=last|next|this|past|that weekend=weekend", weekend),
    Rule("the weekend=weekend", weekend),
    Rule("the? which=recent|coming unit=units", vague_past),
    Rule("the unit=units ahead", lambda f: Constant("DURATION", f"PX{f.value('unit')}")),
)
