"""What tells the kind of a possible name: its words, its neighbours, the lists they are in."""

from __future__ import annotations

from functools import cache
from zlib import crc32

import numpy as np

from corpus_tools.language._candidates import Candidate
from corpus_tools.language._hashing import Keys
from corpus_tools.language._resources import table
from corpus_tools.language._types import case_of, gazetteer, normalise
from corpus_tools.language.spans import Token

#: Features of one candidate; those that it does not have are 0.
WIDTH = 64
_GIVEN, _ORGANISATION = 16, 64


@cache
def places() -> dict[str, int]:
    """Whole names of places: bits by kind, see ``places.tsv``."""
    return {name: int(bits) for name, bits in table("places.tsv")}


def candidate_keys(tokens: list[Token], upos: list[str], starts: set[int], found: list[Candidate]) -> Keys:
    """Keys of each candidate's features, a row a candidate."""
    keys = np.zeros((len(found), WIDTH), dtype=np.uint32)
    ends_with: dict[str, int] = {}
    for candidate in found:
        if candidate.last - candidate.first > 1:
            word = normalise(tokens[candidate.last - 1].text)
            ends_with.setdefault(word, candidate.first)
    for row, candidate in enumerate(found):
        features = _features(tokens, upos, starts, candidate)
        if candidate.last - candidate.first == 1:
            longer = ends_with.get(normalise(tokens[candidate.first].text))
            features.append("surname" if longer is not None else "single")
            if longer is not None:
                features.append(f"surname of {gazetteer().get(normalise(tokens[longer].text), 0)}")
        hashed = [crc32(feature.encode("utf-8", "surrogatepass")) for feature in features[:WIDTH]]
        keys[row, : len(hashed)] = hashed
    return keys


def _features(tokens: list[Token], upos: list[str], starts: set[int], candidate: Candidate) -> list[str]:
    first, last, title = candidate
    forms = [token.text for token in tokens[first:last]]
    lower = [normalise(form) for form in forms]
    lists = gazetteer()
    kinds = [lists.get(word, 0) for word in lower]
    before = _word(tokens, starts, title - 1, title)
    before2 = _word(tokens, starts, title - 2, title) if before != "<" else "<"
    after = _after(tokens, starts, last)
    after2 = _after(tokens, starts, last + 1) if after != ">" else ">"
    union = 0
    for kind in kinds:
        union |= kind
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
        f"lists {kinds[0]} {kinds[-1]} {min(3, len(forms))}",
        f"before {before}",
        f"after {after}",
        f"before2 {before2} {before}",
        f"after2 {after} {after2}",
        f"before {before} size {len(forms) == 1}",
        f"before {before} last {kinds[-1]}",
        f"tags {upos[title - 1] if title else '<'} {upos[last] if last < len(upos) else '>'}",
        f"title {' '.join(normalise(token.text) for token in tokens[title:first])[-20:]}",
        f"has title {title < first}",
        f"opens {title in starts} {len(forms)}",
        f"before lists {lists.get(before, 0)}",
        f"after lists {lists.get(after, 0)}",
        f"letters {forms[0].isupper()} {min(6, len(forms[0]))} {len(forms) == 1}",
    ]
    features += [f"word {word}" for word in lower]
    features += [f"has {bit}" for bit in range(9) if union >> bit & 1]
    features += [f"first has {bit} {min(3, len(forms))}" for bit in range(9) if kinds[0] >> bit & 1]
    features += [f"last has {bit} {min(3, len(forms))}" for bit in range(9) if kinds[-1] >> bit & 1]
    features.append(f"place {places().get(' '.join(lower), 0)}")
    features.append(f"place {places().get(' '.join(lower), 0)} {before}")
    if len(forms) > 1 and kinds[0] & _GIVEN and not union & _ORGANISATION:
        features.append("full name")
    features += [f"initial {len(forms)}" for form in forms if len(form.rstrip(".")) == 1 and form[0].isupper()][:1]
    return features


def _word(tokens: list[Token], starts: set[int], index: int, border: int) -> str:
    """Normalised word at `index`, unless a sentence begins between it and `border`."""
    if index < 0 or any(place in starts for place in range(index + 1, border + 1)):
        return "<"
    return normalise(tokens[index].text)


def _after(tokens: list[Token], starts: set[int], index: int) -> str:
    if index >= len(tokens) or index in starts:
        return ">"
    return normalise(tokens[index].text)
