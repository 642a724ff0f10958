"""Proper names with their kinds, titles, affiliations and fullest forms."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus_tools.language._candidates import Candidate, candidates, heads
from corpus_tools.language._hashing import Keys, Weights, unpack
from corpus_tools.language._lexicon import lexicon
from corpus_tools.language._name_features import candidate_keys
from corpus_tools.language._name_vectors import Floats, Network, WordVectors, describe
from corpus_tools.language._resources import arrays, words
from corpus_tools.language.spans import Name, Span, Token

if TYPE_CHECKING:
    from corpus_tools.language._batch import Batch
    from corpus_tools.language._window import Layout
    from corpus_tools.language.annotation import Annotation

#: A possible name with its kind and how sure that is.
Guess = tuple[Candidate, str, float]
LABELS = ("person", "organization", "place", "other")
#: A name is given one of the first three kinds when its chance is at least this; F1 hardly changes from 0.35 to 0.45.
ENOUGH = 0.4

#: Confidence in the kind of an explained acronym where the model is less sure: its long form's, or organization.
_DEFINED = 0.6
#: Confidence in a well-known name inside the name of something else; how often it is right on GUM train.
_NESTED = 0.7
#: Kinds of countries and organizations as `Lexicon.places` has them.
_WELL_KNOWN, _ORGANISATION = 4 | 32, 32
#: Longest beginning of a name that is looked up, in words.
_BEGINNING = 4
_TITLE_TAGS = frozenset({"NOUN", "PROPN", "ADJ"})


class NameModel:
    """Chances of the kinds of a possible name: weights of its words, and a network that knows what they are like."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._words = Weights(unpack(data["keys"]), data["rows"], float(data["scale"]))
        self.vectors, self._network = WordVectors(data), Network(data)
        self._temperature = float(data["temperature"])

    def scores(self, keys: Keys, numbers: Iterable[Floats], group: NDArray[np.intp]) -> NDArray[np.float32]:
        """Score of each label, a row a candidate; those of one group lean towards each other."""
        return agree(group, self._words.total(keys) + np.concatenate([self._network.scores(part) for part in numbers]))

    def chances(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Calibrated probability of each label."""
        scaled = scores / self._temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        odds = np.exp(scaled)
        total: NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
        return total


@cache
def load() -> NameModel:
    """Return the model that ships."""
    return NameModel(arrays("names.npz"))


@cache
def roles() -> NDArray[np.int8]:
    """Return 1 for those of the tagger's universal tags that are verbs, 2 for nouns."""
    from corpus_tools.language.tagger import load as load_tagger

    return np.array([{"VERB": 1, "NOUN": 2}.get(name, 0) for name in load_tagger().upos_names], dtype=np.int8)


def guess_names(batch: Batch) -> list[list[Guess]]:
    """Possible names of each text, in order, with their kinds and how sure these are; nationalities too."""
    layout, tags = batch.layout, batch.upos
    found: list[Candidate] = []
    places: list[NDArray[np.intp]] = []
    counts = []
    proper = proper_nouns(batch)
    for part, tokens, upos, lengths in zip(
        batch.bounds, batch.tokens, batch.upos_names, batch.sentence_lengths, strict=True
    ):
        here = candidates(tokens, upos, proper[part], set(accumulate(lengths[:-1], initial=0)))
        counts.append(len(here))
        if here:
            offset = part.start
            places.append(heads(tokens, here) + offset)
            found += [Candidate(first + offset, last + offset, title + offset) for first, last, title in here]
    kinds = iter(_kinds(batch, found, np.concatenate(places)) if found else ())
    peoples = nationalities(layout, tags, batch.tagger.upos_names)
    guesses = []
    for part, tokens, count in zip(batch.bounds, batch.tokens, counts, strict=True):
        offset = part.start
        names = [
            _as_nationality(tokens, (Candidate(first - offset, last - offset, title - offset), label, chance))
            for (first, last, title), label, chance in islice(kinds, count)
        ]
        named = {index for candidate, _, _ in names for index in range(candidate.first, candidate.last)}
        bounds = np.searchsorted(peoples, (part.start, part.stop)).tolist()
        others = [index for index in (peoples[slice(*bounds)] - offset).tolist() if index not in named]
        names += [(Candidate(index, index + 1, index), "nationality", 0.9) for index in others]
        names.sort()
        guesses.append(names)
    return guesses


def proper_nouns(batch: Batch) -> list[bool]:
    """Tell of each token whether either tag says that it is a proper noun."""
    upos, xpos = (
        [name in {"PROPN", "NNP", "NNPS"} for name in names]
        for names in (batch.tagger.upos_names, batch.tagger.xpos_names)
    )
    proper: list[bool] = (np.array(upos)[batch.upos] | np.array(xpos)[batch.xpos]).tolist()
    return proper


def nationalities(layout: Layout, tags: NDArray[np.intp], names: list[str]) -> NDArray[np.intp]:
    """Return which tokens name a people, a nationality or a religion."""
    peoples = layout.types.derived(
        "peoples", lambda part: np.array([_is_nationality(form) for form in layout.types.forms[part]], dtype=bool)
    )
    found = peoples[layout.own].nonzero()[0]
    may = np.array([name in {"ADJ", "PROPN", "NOUN"} for name in names])
    named: NDArray[np.intp] = found[may[tags[found]]]
    return named


def _kinds(batch: Batch, found: list[Candidate], heads: NDArray[np.intp]) -> list[Guess]:
    """Return the kind of each possible name and how sure it is."""
    model, layout, tags = batch.name_model, batch.layout, batch.upos
    keys, wordings = candidate_keys(layout, found, heads)
    group = groups(layout, found, wordings[-1])
    numbers = describe(model.vectors, layout, roles()[tags], found, heads, wordings[-1], group)
    chances = model.chances(model.scores(keys, numbers, group))
    kinds = chances[:, :-1].argmax(axis=1)
    kinds[chances.max(axis=1, initial=0, where=[True, True, True, False]) < ENOUGH] = LABELS.index("other")
    sure = np.take_along_axis(chances, kinds[:, None], axis=1)[:, 0].tolist()
    known = lexicon().places(wordings[:_BEGINNING]).T.tolist()
    names: list[Guess] = []
    for candidate, kind, chance, beginnings in zip(found, kinds.tolist(), sure, known, strict=True):
        name = candidate, LABELS[kind], round(chance, 3)
        names.append((_known_beginning(candidate, beginnings) or name) if LABELS[kind] == "other" else name)
    return names


def _known_beginning(candidate: Candidate, beginnings: list[int]) -> Guess | None:
    """Return the country or organization that the name of something else begins with ("FIFA World Cup")."""
    first, last, title = candidate
    for size in range(min(_BEGINNING, last - first - 1), 0, -1):
        kinds = beginnings[size - 1]
        if kinds & _WELL_KNOWN:
            label = "organization" if kinds & _ORGANISATION else "place"
            return Candidate(first, first + size, title), label, _NESTED
    return None


def groups(layout: Layout, found: list[Candidate], wordings: Keys) -> NDArray[np.intp]:
    """Return the number of each candidate's wording in its text, counted from 0."""
    document = layout.document[[candidate.first for candidate in found]].astype(np.uint64)
    numbers: NDArray[np.intp] = np.unique(document << np.uint64(32) | wordings, return_inverse=True)[1]
    return numbers


def agree(group: NDArray[np.intp], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Let mentions of one name lean towards each other: most of each score is the mean over the same wording."""
    counts = np.bincount(group)
    total = np.zeros((len(counts), scores.shape[1]), dtype=np.float32)
    np.add.at(total, group, scores)
    mean = (total / counts[:, None])[group]
    agreed: NDArray[np.float32] = (0.2 * scores + 0.8 * mean).astype(np.float32)
    return agreed


def _is_nationality(form: str) -> bool:
    if not form[:1].isupper():
        return False
    lower = form.lower().replace("’", "'")
    peoples = words("nationalities.txt")
    return lower in peoples or (lower.endswith("s") and lower[:-1] in peoples)


def _as_nationality(tokens: list[Token], item: Guess) -> Guess:
    """Make a single word that names a people a nationality, unless it is surely a person."""
    candidate, label, chance = item
    if candidate.last - candidate.first != 1 or candidate.title != candidate.first:
        return item
    form = tokens[candidate.first].text
    if _is_nationality(form) and not (label == "person" and chance > 0.8):
        return candidate, "nationality", max(chance, 0.8)
    return item


def linked(annotation: Annotation, names: list[Guess]) -> list[Name]:
    """Make the values of names: titles, affiliations, and the fullest form that the text gives."""
    tokens, text = annotation.tokens, annotation.text
    long_forms = annotation.acronyms
    full_names: dict[str, str] = {}
    labels: dict[str, str] = {}
    values = []
    for candidate, label, chance in names:
        if chance >= _DEFINED and label != "other":
            labels.setdefault(text[tokens[candidate.first].start : tokens[candidate.last - 1].end], label)
        if label == "person" and candidate.last - candidate.first > 1:
            whole = text[tokens[candidate.first].start : tokens[candidate.last - 1].end]
            full_names.setdefault(tokens[candidate.last - 1].text, whole)
    previous: tuple[Candidate, str] | None = None
    for candidate, label, chance in names:
        first, last, title = candidate
        start, end = tokens[first].start, tokens[last - 1].end
        wording = text[start:end]
        full = long_forms.get(wording, wording)
        if full != wording and (label == "other" or chance < _DEFINED):
            label, chance = labels.get(full, "organization"), _DEFINED
        if label == "person" and last - first == 1 and full == wording:
            full = full_names.get(wording, wording)
        before = _title_start(tokens, annotation.upos, title) if label == "person" else first
        called = Span(tokens[before].start, tokens[first - 1].end) if before < first else None
        values.append(
            Name(start, end, wording, label, chance, called, _affiliation(tokens, previous, before, called), full)
        )
        previous = (candidate, label)
    return values


def _title_start(tokens: list[Token], upos: list[str], first: int) -> int:
    """Where the title before a name begins: also lower-case words of office ("foreign minister Oda")."""
    titles = words("person_titles.txt")
    start = first
    while start > 0 and tokens[start - 1].text.rstrip(".").lower() in titles and upos[start - 1] in _TITLE_TAGS:
        start -= 1
    return start


def _affiliation(
    tokens: list[Token], previous: tuple[Candidate, str] | None, start: int, called: Span | None
) -> Span | None:
    """Return the name directly before the title ("Russia's", "U.S.", "Acme"), or None."""
    if previous is None or called is None or previous[1] not in {"place", "organization", "nationality"}:
        return None
    candidate = previous[0]
    gap = [token.text for token in tokens[candidate.last : start]]
    if gap in ([], ["'s"], ["’s"], ["'"], ["’"]):
        return Span(tokens[candidate.first].start, tokens[candidate.last - 1].end)
    return None
