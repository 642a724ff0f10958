"""Seasons, quarters, halves and fiscal years."""

from __future__ import annotations

from corpus_tools.timeline._meaning import Constant, Meaning, Point
from corpus_tools.timeline._pattern import Found, Rule
from corpus_tools.timeline.grammar._relations import relation

_LEADS = frozenset(("in", "since", "by", "until", "this", "during"))
#: What has a season: *the spring offensive*.
_SEASONAL = frozenset(
    ("offensive", "offensives", "campaign", "semester", "session", "term", "season", "fighting", "rains", "planting")
)


def _is_season(found: Found, place: int) -> bool:
    return place < len(found.tokens.words) and found.tokens.words[place] in ("winter", "spring", "summer")


def season(found: Found) -> Meaning | None:
    """Read *the summer*, *last winter*, *summer 2007*."""
    word = found.words("season")[0]
    sure = found.has("relation") or found.has("year")
    if word in ("fall", "spring") and not sure:
        lead = found.tokens.words[found.first - 1] if found.first else ""
        after = found.tokens.words[found.last] if found.last < len(found.tokens.words) else ""
        surely = after in _SEASONAL or (after == "and" and _is_season(found, found.last + 1))
        if word == "fall" and not surely and (lead not in _LEADS or after in ("of", "in", "to")):
            return None
        if word == "spring" and not (surely or found.has("the") or lead in _LEADS or lead == "and"):
            return None
    year = found.integer("year")
    if _after(found) in _NAMES and found.tokens.text[found.tokens.starts[found.groups["season"][0]]].isupper():
        return None
    if not sure and _after(found) in _KEPT_FOR:
        return Constant("DATE", f"XXXX-{found.value('season')}")
    return Point(found.value("season"), year=year or _told_behind(found), relation=relation(found))


def _told_behind(found: Found) -> int | None:
    """Return the year of *the Spring Offensive of 1918*."""
    words = found.tokens.words[found.last : found.last + 3]
    told = len(words) == 3 and words[0] in _SEASONAL and words[1] == "of" and not found.has("relation")
    return int(words[2]) if told and len(words[2]) == 4 and words[2].isdecimal() else None


def _after(found: Found) -> str:
    return found.tokens.words[found.last] if found.last < len(found.tokens.words) else ""


#: What has a season for its first name: *the Winter Olympics*.
_NAMES = frozenset(("olympics", "olympic", "paralympics", "paralympic", "games", "palace", "war"))
#: What is for a season, of whichever year: *winter quarters*.
_KEPT_FOR = frozenset(
    ("quarters", "clothing", "clothes", "coat", "coats", "uniforms", "boots", "gear", "food", "fuel", "tyres", "tires")
)


def quarter(found: Found) -> Meaning | None:
    """Read *the third quarter*, *third-quarter*, *the 1988 second quarter*."""
    number = 2 if found.words("ordinal") == ["second"] else found.integer("ordinal")
    if found.text("ordinal") in ("last", "final"):
        number = 4
    if number is None or not 1 <= number <= 4:
        return None
    return Point("Q", year=found.integer("year"), number=number, relation=relation(found))


def lettered(found: Found) -> Meaning | None:
    """Read *Q3 2012*, *H1*."""
    start = found.tokens.starts[found.first]
    number = found.integer("number") or 0
    letter = found.tokens.text[start : start + 1]
    tight = found.tokens.ends[found.first] == found.tokens.starts[found.first + 1]
    if not (tight and letter.isupper() and 1 <= number <= (4 if letter == "Q" else 2)):
        return None
    if letter == "H" and not found.has("year"):
        return None
    return Point(letter, number=number, year=found.integer("year"))


def half(found: Found) -> Meaning | None:
    """Read *the first half of 1989*."""
    word = found.text("ordinal")
    number = 2 if word in ("second", "last", "latter") else 1 if word == "first" else None
    if number is None:
        return None
    return Point("H", number=number, year=found.integer("year"))


def fiscal(found: Found) -> Meaning | None:
    """Read *fiscal 1989*, *fiscal year 2003*."""
    if found.has("short"):
        tight = found.tokens.ends[found.last - 2] == found.tokens.starts[found.last - 1]
        return Point("Y", year=2000 + (found.integer("short") or 0)) if tight else None
    return Point("Y", year=found.integer("year"))


def named_quarter(found: Found) -> Meaning:
    """Read *the 1988 quarter*, *the 1989 period*."""
    return Point("Y", year=found.integer("year"))


RULES = (
    Rule("the? season=season|fall", season),
    Rule("the=the season=season|fall", season),
    Rule("the=the season=season|fall months=units", lambda f: season(f) if f.value("months") == "M" else None),
    Rule("the? ( part -? )? season=season|fall ( ,|of )? year=year", season),
    Rule("the? part season=season|fall", season),
    Rule("the? year=year season=season", season),
    Rule("relation=last|next|this|past|previous|following|coming|that|same season=season|fall", season),
    Rule("this relation=past|coming season=season|fall", season),
    Rule("the relation=last|next|previous|following|coming|same season=season|fall", season),
    Rule("the? ordinal=ordinal|second fiscal? quarter", quarter),
    Rule("ordinal=ordinal|second - quarter", quarter),
    Rule("the? fiscal -? ordinal=ordinal|second -? quarter", quarter),
    Rule("the? year=year ( 's )? ordinal=ordinal|second quarter", quarter),
    Rule("a flat ordinal=ordinal|second quarter", quarter),
    Rule("the? ordinal=ordinal|second|last|final quarter ( of|,|in )? year=year", quarter),
    Rule("letter=q|h number=day ( of|, )? year=year?", lettered),
    Rule("fy -? year=year", fiscal),
    Rule("fy -? short=day|short", fiscal),
    Rule("the? year=year fiscal unit", fiscal),
    Rule("the? ordinal=ordinal|second quarters", quarter),
    Rule("the ordinal=ordinal|second|last|latter half", half),
    Rule("the? ordinal=ordinal|second|last|latter half of year=year", half),
    Rule("the? fiscal unit? year=year", fiscal),
    Rule("the year=year quarter|period", named_quarter),
)
