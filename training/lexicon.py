"""Build ``lexicon.npz``: what is known of words beyond the treebanks.

    python -m training.lexicon

Needs the packages ``spacy-lookups-data`` (MIT; Brown clusters, and WordNet's words under WordNet's licence) and
``names`` (MIT; given names and surnames of the 1990 census of the United States), which nothing else needs.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from corpus_tools.language._hashing import pack
from corpus_tools.language._lexicon import wording_keys
from corpus_tools.language._resources import lines
from corpus_tools.language._resources import words as data_words
from corpus_tools.language._types import normalise
from training import _linear
from training._gazetteer import kinds, phrases

DATA = Path(__file__).parents[1] / "src" / "corpus_tools" / "language" / "data"
#: How many of the most frequent clustered forms and of the most frequent surnames are kept.
FORMS, SURNAMES = 100_000, 20_000
NOUN, VERB, ADJECTIVE, ADVERB, PLURAL, THIRD_PERSON, GERUND, PAST, COMPARED = (1 << bit for bit in range(9))
DOUBLING = (GERUND, PAST, COMPARED)
GIVEN, SURNAME, RARE_SURNAME, PERSON = 1 << 11, 1 << 12, 1 << 13, 1 << 14
KNOWN_PLACE = 1 << 7
ORGANISATION_NAME = 1 << 5
_SUFFIXES = (
    ("noun", PLURAL, (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"))),
    ("verb", THIRD_PERSON, (("s", ""), ("es", ""), ("ies", "y"))),
    ("verb", GERUND, (("ing", ""), ("ing", "e"))),
    ("verb", PAST, (("ed", ""), ("ed", "e"), ("ied", "y"))),
    ("adj", COMPARED, (("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ier", "y"), ("iest", "y"))),
)


def lookups(name: str) -> Any:
    """Content of one of spacy-lookups-data's tables for English."""
    packed = files("spacy_lookups_data").joinpath("data", f"en_{name}.json.gz").read_bytes()
    return json.loads(gzip.decompress(packed))


def clusters() -> tuple[dict[str, int], list[int]]:
    """Cluster of each of the most frequent forms, counted from 1; and the clusters' paths, after that of none."""
    raw, chances = lookups("lexeme_cluster"), lookups("lexeme_prob")
    forms = sorted((form for form, path in raw.items() if path), key=lambda form: (-chances.get(form, -99), form))[
        :FORMS
    ]
    paths = sorted({raw[form] for form in forms})
    number = {path: place + 1 for place, path in enumerate(paths)}
    return {form: number[raw[form]] for form in forms}, [0, *paths]


def possible_tags(forms: set[str]) -> dict[str, int]:
    """Bits for the parts of speech that WordNet has for a word, or for the base that its ending points to."""
    bases = {kind: set(words) for kind, words in lookups("lemma_index").items()}
    irregular = lookups("lemma_exc")
    found: dict[str, int] = defaultdict(int)
    for kind, bit in (("noun", NOUN), ("verb", VERB), ("adj", ADJECTIVE), ("adv", ADVERB)):
        for word in bases[kind]:
            if word.isalpha():
                found[word] |= bit
    for kind, bit in (("noun", PLURAL), ("verb", PAST), ("adj", COMPARED)):
        for word in irregular[kind]:
            if word.isalpha():
                found[word] |= GERUND if kind == "verb" and word.endswith("ing") else bit
    for word in forms:
        for kind, bit, endings in _SUFFIXES:
            if _inflects(word, endings, bases[kind]) or (bit in DOUBLING and _doubled(word, endings, bases[kind])):
                found[word] |= bit
    return {word: bits for word, bits in found.items() if bits}


def _inflects(word: str, endings: tuple[tuple[str, str], ...], bases: set[str]) -> bool:
    """Whether the word is a base with one of the endings; what the ending cuts off is added first."""
    return any(word.endswith(ending) and word[: len(word) - len(ending)] + added in bases for ending, added in endings)


def _doubled(word: str, endings: tuple[tuple[str, str], ...], bases: set[str]) -> bool:
    """Whether the word is a base with its last letter doubled before the ending ("stopped")."""
    for ending, _ in endings:
        stem = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in bases:
            return True
    return False


def name_lists() -> dict[str, int]:
    """Bits of the lists of names that each word is in."""
    lists = {word: sum(1 << kind for kind in found) for word, found in kinds().items()}
    for file, bit, count in (
        ("dist.female.first", GIVEN, None),
        ("dist.male.first", GIVEN, None),
        ("dist.all.last", SURNAME, SURNAMES),
    ):
        for line in files("names").joinpath(file).read_text(encoding="ascii").splitlines()[:count]:
            word = line.split()[0].lower()
            lists[word] = lists.get(word, 0) | bit
    for line in files("names").joinpath("dist.all.last").read_text(encoding="ascii").splitlines()[SURNAMES:]:
        word = line.split()[0].lower()
        lists[word] = lists.get(word, 0) | RARE_SURNAME
    for name, bit in (("given_names_of_the_world.txt", GIVEN), ("known_persons.txt", PERSON)):
        for word in data_words(name):
            lists[word] = lists.get(word, 0) | bit
    return lists


def word_key(word: str) -> int:
    """Hash by which a normalised word is looked up."""
    return crc32(word.encode("utf-8"), 1)


def main() -> None:
    """Write the file."""
    by_form, paths = clusters()
    primary: dict[str, tuple[str, int]] = {}
    for form, cluster in by_form.items():
        primary.setdefault(normalise(form), (form, cluster))
    special = {
        crc32(form.encode("utf-8"), 2): cluster
        for form, cluster in by_form.items()
        if primary[normalise(form)][1] != cluster
    }
    possible, lists = possible_tags({word for word in primary if word.isalpha()}), name_lists()
    # Of words that share a key, the first by name stands for all.
    keys = {word_key(word): word for word in sorted({*primary, *possible, *lists}, reverse=True)}
    words = [keys[key] for key in sorted(keys)]
    places = wordings()
    arrays = {
        "words": pack(np.array(sorted(keys), dtype=np.uint32)),
        "lists": np.array([lists.get(word, 0) for word in words], dtype=np.uint16),
        "possible": np.array([possible.get(word, 0) for word in words], dtype=np.uint16),
        "cluster": np.array([primary[word][1] if word in primary else 0 for word in words], dtype=np.uint16),
        "forms": pack(np.array(sorted(special), dtype=np.uint32)),
        "form_cluster": np.array([special[key] for key in sorted(special)], dtype=np.uint16),
        "paths": np.array(paths, dtype=np.uint32),
        "places": pack(np.array(sorted(places), dtype=np.uint32)),
        "place_kinds": np.array([places[key] for key in sorted(places)], dtype=np.uint16),
    }
    size = _linear.save(DATA / "lexicon.npz", arrays)
    print(f"{len(words)} words, {len(special)} forms, {len(places)} places: {size / 1e6:.2f} MB")


def wordings() -> dict[int, int]:
    """Bits of whole names of places and organisations, by the key of their wording."""
    found: dict[int, int] = {}
    for name, bits in phrases().items():
        found[wording_key(name.replace("-", " - ").split())] = sum(1 << kind for kind in bits)
    for file, bit in (
        ("organisations.txt", ORGANISATION_NAME),
        ("known_organisations.txt", ORGANISATION_NAME),
        ("known_places.txt", KNOWN_PLACE),
    ):
        for name in lines(file):
            key = wording_key(re.findall(r"[A-Z](?:\.[A-Z])+\.|'s|\w[\w.']*(?<!'s)|\S", name.removeprefix("The ")))
            found[key] = found.get(key, 0) | bit
    return found


def wording_key(words: list[str]) -> int:
    """Key of a wording, given its tokens."""
    return int(wording_keys(np.array([[word_key(normalise(word))] for word in words], dtype=np.uint32))[-1, 0])


if __name__ == "__main__":
    main()
