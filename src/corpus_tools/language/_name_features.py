"""What tells the kind of a possible name: its words, its neighbours, the lists they are in."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

import numpy as np

from corpus_tools.language._candidates import Candidate
from corpus_tools.language._hashing import Keys
from corpus_tools.language._resources import pairs
from corpus_tools.language._types import case_of, gazetteer, normalise
from corpus_tools.language.spans import Token

#: Features of one candidate; those that it does not have are 0.
WIDTH = 80
_GIVEN, _ORGANISATION = 16, 64


def candidate_keys(tokens: list[Token], upos: list[str], starts: set[int], found: list[Candidate]) -> Keys:
    """Keys of each candidate's features, a row a candidate."""
    keys = np.zeros((len(found), WIDTH), dtype=np.uint32)
    ends_with: dict[str, int] = {}
    for candidate in found:
        if candidate.last - candidate.first > 1:
            word = normalise(tokens[candidate.last - 1].text)
            ends_with.setdefault(word, candidate.first)
    for row, candidate in enumerate(found):
        hashed = _features(tokens, upos, starts, candidate)
        if candidate.last - candidate.first == 1:
            longer = ends_with.get(normalise(tokens[candidate.first].text))
            kind = -1 if longer is None else gazetteer().get(normalise(tokens[longer].text), 0)
            hashed += _hashed([f"surname {longer is not None}", f"surname of {kind}"])
        hashed = hashed[:WIDTH]
        keys[row, : len(hashed)] = hashed
    return keys


@lru_cache(maxsize=20_000)
def _wording(forms: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...], bool, str]:
    """Return what a wording says: hashed features, kinds of its first and last word, if it is one word, its place."""
    lower = [normalise(form) for form in forms]
    lists = gazetteer()
    kinds = [lists.get(word, 0) for word in lower]
    union = 0
    for kind in kinds:
        union |= kind
    size = min(3, len(forms))
    place = pairs("places.tsv").get(" ".join(lower), "0")
    features = [
        "bias",
        f"size {min(4, len(forms))}",
        f"first {lower[0]}",
        f"last {lower[-1]}",
        f"whole {' '.join(lower)}",
        f"end3 {lower[-1][-3:]}",
        f"end2 {lower[-1][-2:]}",
        f"start3 {lower[0][:3]}",
        f"case {case_of(forms[0])} {case_of(forms[-1])} {len(forms) == 1}",
        f"lists first {kinds[0]} {len(forms) > 1}",
        f"lists last {kinds[-1]} {len(forms) > 1}",
        f"lists {kinds[0]} {kinds[-1]} {size}",
        f"letters {forms[0].isupper()} {min(6, len(forms[0]))} {len(forms) == 1}",
        f"place {place}",
    ]
    features += [f"word {word}" for word in lower[:10]]
    for bit in range(10):
        if union >> bit & 1:
            features.append(f"has {bit}")
        if kinds[0] >> bit & 1:
            features.append(f"first has {bit} {size}")
        if kinds[-1] >> bit & 1:
            features.append(f"last has {bit} {size}")
    features += [f"initial {len(forms)}" for form in forms if len(form.rstrip(".")) == 1 and form[0].isupper()][:1]
    if len(forms) > 1 and kinds[0] & _GIVEN and not union & _ORGANISATION:
        features.append("full name")
    return _hashed(features), (kinds[0], kinds[-1]), len(forms) == 1, place


def _hashed(features: list[str]) -> tuple[int, ...]:
    return tuple(crc32(feature.encode("utf-8", "surrogatepass")) for feature in features)


def _features(tokens: list[Token], upos: list[str], starts: set[int], candidate: Candidate) -> tuple[int, ...]:
    """Hashed features of a candidate: its wording and its neighbours."""
    first, last, title = candidate
    own, kinds, single, place = _wording(tuple([token.text for token in tokens[first:last]]))
    lists = gazetteer()
    before = _word(tokens, starts, title - 1, title)
    before2 = _word(tokens, starts, title - 2, title) if before != "<" else "<"
    after = _after(tokens, starts, last)
    after2 = _after(tokens, starts, last + 1) if after != ">" else ">"
    features = [
        f"before {before}",
        f"after {after}",
        f"before2 {before2} {before}",
        f"after2 {after} {after2}",
        f"before {before} size {single}",
        f"before {before} last {kinds[-1]}",
        f"tags {upos[title - 1] if title else '<'} {upos[last] if last < len(upos) else '>'}",
        f"title {' '.join(normalise(token.text) for token in tokens[title:first])[-20:]}",
        f"has title {title < first}",
        f"opens {title in starts} {last - first}",
        f"before lists {lists.get(before, 0)}",
        f"after lists {lists.get(after, 0)}",
        f"place {place} {before}",
    ]
    return own + _hashed(features)


def _word(tokens: list[Token], starts: set[int], index: int, border: int) -> str:
    """Normalised word at `index`, unless a sentence begins between it and `border`."""
    if index < 0 or any(place in starts for place in range(index + 1, border + 1)):
        return "<"
    return normalise(tokens[index].text)


def _after(tokens: list[Token], starts: set[int], index: int) -> str:
    if index >= len(tokens) or index in starts:
        return ">"
    return normalise(tokens[index].text)
