"""Dates of the calendar: years, months, days, weekdays, decades, centuries, named days."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.timeline._meaning import Meaning, Point
from corpus_tools.timeline._pattern import Found, Rule
from corpus_tools.timeline._quantities import STREET
from corpus_tools.timeline._tokens import lines
from corpus_tools.timeline.grammar._numbers import spoken_year
from corpus_tools.timeline.grammar._relations import relation

_LAST_YEAR = 9999
_QUOTES = ("'", "’", "‘")
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _year(found: Found) -> int | None:
    value = found.value("year")
    if found.has("spoken"):
        return spoken_year(found.values("spoken"))
    if not value:
        return None
    if value[0] in _QUOTES:
        return None if _after_a_name(found) else _short_year(int(value[1:]))
    year = int(value)
    if not 1 <= year <= _LAST_YEAR:
        return None
    return -year if found.value("era") == "BC" else year


def _after_a_name(found: Found) -> bool:
    """Whether a short year belongs to the name of a product: *Word '97*."""
    place = found.groups["year"][0]
    if place != found.first or place == 0:
        return False
    start = found.tokens.starts[place - 1]
    name = found.tokens.text[start : found.tokens.ends[place - 1]]
    return not name.islower() and name.isalpha() and found.tokens.text[found.tokens.ends[place - 1]] == " "


def _short_year(year: int) -> int:
    return 1900 + year if year >= 30 else 2000 + year


def month_day(found: Found) -> Meaning | None:
    """Read *March 5, 2011*, *5 March*, *the 5th of March 2011*."""
    month, day = found.integer("month"), found.integer("day")
    if month is None or day is None or not 1 <= day <= _DAYS_IN[month - 1]:
        return None
    year = _year(found)
    if year is None and found.has("year"):
        return None
    if month == 2 and day == 29 and year is not None and not _leap(year):
        return None
    famous = None if year is not None or found.has("relation") else _known_year(month, day, found)
    if famous is not None:
        return Point("D", year=famous, month=month, day=day, famous=True)
    return Point("D", year=year, month=month, day=day, relation=relation(found))


@cache
def _anniversaries() -> dict[str, tuple[int, frozenset[str]]]:
    return {day: (int(year), frozenset(words.split())) for day, year, words in lines("anniversaries.tsv")}


def _known_year(month: int, day: int, found: Found) -> int | None:
    """Return the year of *the Sept. 11 attacks*."""
    year, words = _anniversaries().get(f"{month:02d}-{day:02d}", (None, frozenset[str]()))
    return year if words & set(found.tokens.words[found.last : found.last + 1]) else None


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month(found: Found) -> Meaning | None:
    """Read *March*, *March 2011*, *last March*."""
    word = found.words("month")[0]
    if word in ("may", "march", "mar", "sep", "dec", "jan", "jun") and not _month_is_meant(found, word):
        return None
    if word == "august" and not found.tokens.text[found.tokens.starts[found.groups["month"][0]]].isupper():
        return None
    year = _year(found)
    if year is None and found.has("year"):
        return None
    return Point("M", year=year, month=found.integer("month"), relation=relation(found))


def _month_is_meant(found: Found, word: str) -> bool:
    """Whether *May* or *March* is the month: near a preposition, year or the like, not a name or a verb."""
    if found.has("year") or found.has("relation") or found.has("of"):
        return True
    place = found.groups["month"][0]
    before = found.tokens.words[place - 1] if place else ""
    after = found.tokens.words[place + 1] if place + 1 < len(found.tokens.words) else ""
    following = found.tokens.text[found.tokens.ends[place] :][:2]
    if following[1:2].isupper() and following[0] == " ":
        return False
    if before in ("the", "a", "its", "their") and word != "may" and after.isalpha() and after not in _NOT_A_NOUN:
        return True
    if after == "-" and _is_month(found, place + 2):
        return True
    if before in (
        "in",
        "since",
        "until",
        "till",
        "by",
        "from",
        "to",
        "through",
        "and",
        "or",
        "for",
        "of",
        "back",
        "early",
        "late",
        "mid",
        "during",
        "between",
        "-",
        "this",
        "each",
        "every",
    ):
        part = before == "of" and place > 1 and found.tokens.words[place - 2] in _PARTS_OF_A_MONTH
        doubtful = before in ("and", "or", "for", "of", "to", "from") and word == "may" and after.isalpha()
        return part or not doubtful
    return word not in ("may", "march", "mar") and after not in ("",)


#: *The end of May*.
_PARTS_OF_A_MONTH = frozenset(("end", "beginning", "start", "middle", "close", "half", "week", "weeks", "days", "part"))
#: Words behind *the March* that make it a walk and no month.
_NOT_A_NOUN = frozenset(
    ("on", "of", "for", "to", "in", "at", "from", "by", "was", "is", "were", "has", "had", "will", "against")
)


def _is_month(found: Found, place: int) -> bool:
    """Whether a month follows: *May-August*."""
    tokens = found.tokens
    return place < len(tokens.words) and tokens.classes[place] == tokens.classes[found.groups["month"][0]]


_ABBREVIATED = re.compile(r"[.,]{0,2} (?:\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)")


def weekday(found: Found) -> Meaning | None:
    """Read *Friday*, *last Friday*."""
    word = found.words("weekday")[0]
    end = found.tokens.ends[found.groups["weekday"][0]]
    if word in ("sun", "sat", "mon", "wed") and not _ABBREVIATED.match(found.tokens.text, end):
        return None
    if _is_title(found):
        return None
    return Point("D", weekday=found.integer("weekday"), relation=relation(found))


def _is_title(found: Found) -> bool:
    """Whether a part of the day in capitals follows: *Saturday Night Tales*."""
    tokens, place = found.tokens, found.last
    if place >= len(tokens.words) or tokens.words[place] not in ("night", "morning", "afternoon", "evening"):
        return False
    return tokens.text[tokens.starts[place]].isupper()


def year(found: Found) -> Meaning | None:
    """Read *1989*, *the year 2000*, *490 BC*."""
    value = _year(found)
    if value is None:
        return None
    if found.has("sure") or found.has("era") or _year_is_meant(found, value):
        return Point("Y", year=value, open_century=found.text("year")[:1] in _QUOTES)
    return None


_LEADS = frozenset(
    [
        "in",
        "of",
        "since",
        "until",
        "till",
        "by",
        "during",
        "from",
        "to",
        "between",
        "and",
        "before",
        "after",
        "for",
        "(",
        ",",
        "-",
        "–",
        "year",
        "circa",
        "early",
        "late",
        "mid",
        "through",
        "around",
        "about",
        "fiscal",
        "throughout",
        "or",
        "post",
        "pre",
    ]
)
_COUNTED = re.compile(
    r"\s*(?:%|percent|per cent|people|men|women|children|soldiers|troops|dead|killed|wounded|injured|miles|"
    r"km|feet|block|meters|metres|"
    r"dollars|shares|points|jobs|employees|workers|members|fighters|votes|votes|tons|tonnes|times|homes|"
    r"houses|students|"
    r"prisoners|casualties|cases|deaths|pounds|euros|kilometers|kilometres|cars|vehicles|hours|aircraft|tanks|guns)\b"
)


#: What a year is put before: *the 1783 peace treaty*, but not *the 1800 block*.
_OF_A_YEAR = re.compile(
    r" (?:[a-z]+ )?(?:treaty|campaigns?|war|revolt|rebellion|uprising|revolution|constitution|census|elections?|act|"
    r"convention|invasion|expedition|siege|battle|rising|mutiny|agreement|settlement|crisis|famine|earthquake)\b"
)
_BEFORE_YEARS = ("in", "since", "by", "until", "from", "during", "of")
_NOT_BEFORE_YEARS = re.compile(r"[$£€#§@/] ?\Z|\.\Z|No\.? \Z|(?<!\d\d\d)\d[:\-]\Z")


def _year_is_meant(found: Found, value: int) -> bool:
    tokens = found.tokens
    first = found.first
    before = tokens.text[max(0, tokens.starts[first] - 5) : tokens.starts[first]]
    if _NOT_BEFORE_YEARS.search(before):
        return False
    after = tokens.text[tokens.ends[found.last - 1] : tokens.ends[found.last - 1] + 14]
    if re.match(rf"[:/](?!{(value + 1) % 100:02d}\b)\d|[-–][a-z]", after) or _COUNTED.match(after):
        return False
    lead = tokens.words[first - 1] if first else ""
    if STREET.match(tokens.text, tokens.ends[found.last - 1]) and lead not in _BEFORE_YEARS:
        return False
    if 1900 <= value <= 2039:
        return True
    if 1500 <= value <= 1899 and re.match(r"\s*(?:[\n.,;:)\]–—-]|[A-Z]|$)", after):
        return True
    if lead == "the" and 1500 <= value <= 1899 and _OF_A_YEAR.match(tokens.text, tokens.ends[found.last - 1]):
        return True
    if tokens.words[max(0, first - 3) : first] in (["as", "late", "as"], ["as", "early", "as"]):
        return 1400 <= value <= 2099
    return lead in _LEADS and (1400 <= value <= 2099 or lead in ("in", "since", "until", "by", "during"))


def decade(found: Found) -> Meaning | None:
    """Read *the 1990s*, *the '80s*, *the nineties*."""
    if found.has("word"):
        return Point("DE", number=190 + int(found.value("word")))
    digits = re.sub(r"\D", "", found.value("decade"))
    if len(digits) == 2:
        return Point("DE", number=(190 if int(digits) >= 20 else 200) + int(digits) // 10)
    number = int(digits) // 10
    return Point("DE", number=-number if found.value("era") == "BC" else number)


def century(found: Found) -> Meaning | None:
    """Read *the 20th century*, *the fourth century BC*."""
    number = found.integer("ordinal")
    number = 2 if found.words("ordinal") == ["second"] else number
    if found.has("tens"):
        number = 20 + (number or 0)
    if number is None or not 1 <= number <= 30:
        return None
    return Point("CE", number=-(number - 1) if found.value("era") == "BC" else number - 1)


def iso(found: Found) -> Meaning | None:
    """Read *2016-07-23*, *2016-07-23T15:00*."""
    year_, month_, day_ = (int(part) for part in found.value("iso")[:10].split("-"))
    if not (1 <= month_ <= 12 and 1 <= day_ <= _DAYS_IN[month_ - 1] and year_ >= 1):
        return None
    if month_ == 2 and day_ == 29 and not _leap(year_):
        return None
    return Point("D", year=year_, month=month_, day=day_, time=found.value("iso")[10:16])


def slash(found: Found) -> Meaning | None:
    """Read *7/23/2016*, *23.07.2016*; where day and month cannot be told apart, other dates of the text decide."""
    parts = [int(part) for part in re.split(r"[/.]", found.value("slash"))]
    if len(str(parts[0])) == 4:
        year_, month_, day_ = parts
    else:
        first, second, year_ = parts
        year_ = _short_year(year_) if year_ < 100 else year_
        dotted = "." in found.value("slash")
        if dotted or first > 12:
            day_, month_ = first, second
        elif second > 12 or first == second:
            month_, day_ = first, second
        else:
            return Point("SLASH", year=year_, month=first, day=second) if 1900 <= year_ <= 2100 else None
    if not (1 <= month_ <= 12 and 1 <= day_ <= _DAYS_IN[month_ - 1] and 1000 <= year_ <= 2199):
        return None
    return Point("D", year=year_, month=month_, day=day_)


def nth(found: Found) -> Meaning | None:
    """Read *the 20th*: a day of the month that the text speaks of."""
    day = found.integer("day")
    place = found.last
    after = found.tokens.words[place] if place < len(found.tokens.words) else ""
    if day is None or not 1 <= day <= 31 or not found.tokens.words[found.last - 1][:1].isdigit():
        return None
    lead = found.tokens.words[found.first - 1] if found.first else ""
    if lead not in ("on", "by", "until", "from", "of", "before", "after", "since") or (
        after.isalpha() and after not in _FUNCTION
    ):
        return None
    return Point("D", day=day)


_FUNCTION = frozenset((
    "and", "or", "the", "a", "to", "in", "at", "by", "when", "as", "but", "that", "he", "she",
    "it", "they", "we", "i", "after", "before", "with", "for", "while", "who", "which",
))  # fmt: skip

RULES = (
    Rule("month=month|May|March day=day ( ,? year=year )?".replace("|May|March", ""), month_day),
    Rule("month=month day=ordinal ( ,? year=year )?", month_day),
    Rule("relation=last|this|next|past|coming month=month day=day|ordinal", month_day),
    Rule("month=month the day=ordinal ( ,? year=year )?", month_day),
    Rule("month=month day=day|ordinal ,? spoken=( number -? number|day ( -? number )? )", month_day),
    Rule("the? day=day|ordinal of? month=month ( of|,? year=year|year2 )?", month_day),
    Rule("the? day=day|ordinal of? month=month year=integer|short|day era=era", month_day),
    Rule("day=day - month=month - year=year", month_day),
    Rule("relation=last|next|this|past|previous|following|coming|same month=month", month),
    Rule("the relation=previous|following|coming|same|past|next|last month=month", month),
    Rule("month=month", month),
    Rule("month=month ( ,|of )? year=year|year2", month),
    Rule("month=month year=integer|short|year|day era=era", month),
    Rule("month=month spoken=( number ( -? number )+ )", month),
    Rule("weekday=weekday", weekday),
    Rule("the? relation=last|next|this|past|previous|following|coming|same|that weekday=weekday", weekday),
    Rule("this past weekday=weekday", lambda found: Point("D", weekday=found.integer("weekday"), relation="last")),
    Rule("this coming weekday=weekday", lambda found: Point("D", weekday=found.integer("weekday"), relation="next")),
    Rule("year=year", year),
    Rule("the sure=year year=year".replace("sure=year", "sure=unit"), year),
    Rule("the sure=unit spoken=( number ( -? number )+ )", year),
    Rule("spoken=( number -? number ( - number )? )", lambda found: _spoken(found)),
    Rule("about? year=year|integer|short|day era=era", year),
    Rule(
        "sure=era year=year|integer",
        lambda found: Point("Y", year=year) if found.value("sure") == "AD" and (year := _year(found)) else None,
    ),
    Rule("year=year2", year),
    Rule("the? ( part -? )? decade=decade era=era?", decade),
    Rule("the ( part -? )? word=decadeword", decade),
    Rule("the? ( part -? )? ordinal=ordinal|second - unit=unit", lambda found: _century(found)),
    Rule("the? ( part -? )? ordinal=ordinal|second unit=unit era=era?", lambda found: _century(found)),
    Rule("the? tens=number - ordinal=ordinal -? unit=unit era=era?", lambda found: _century(found)),
    Rule("ordinal=ordinal|second units=units", lambda found: _centuries(found)),
    Rule("iso=iso", iso),
    Rule("slash=slash", slash),
    Rule("the day=ordinal", nth),
)


def _centuries(found: Found) -> Meaning | None:
    return century(found) if found.value("units") == "CE" else None


def _century(found: Found) -> Meaning | None:
    return century(found) if found.value("unit") == "CE" else None


def _spoken(found: Found) -> Meaning | None:
    value = spoken_year(found.values("spoken"))
    return Point("Y", year=value) if value is not None and 1900 <= value <= 2039 and value % 100 >= 10 else None
