"""The small values that annotations are made of; all offsets are characters of the untouched text, end exclusive."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the text, ``text[start:end]``."""

    start: int
    end: int


class Token(NamedTuple):
    """A token of the analysis view: ``text[start:end]`` is `text`."""

    start: int
    end: int
    text: str


class Name(NamedTuple):
    """A proper name in the text.

    Attributes
    ----------
    start, end : int
        The name without title: "Sergey Shoigu" in "Defense Minister Sergey Shoigu".
    text : str
        The same, as written.
    label : str
        ``person``, ``organization``, ``place``, ``nationality`` (peoples, nationalities, religions) or ``other``.
    confidence : float
        How sure the recogniser is, in [0, 1].
    title : Span or None
        The title before or behind a person's name ("Defense Minister"; ", the foreign minister,").
    affiliation : Span or None
        What a person is said to belong to ("Russia" in "Russia's Defense Minister Sergey Shoigu").
    full : str
        The fullest form of this name that the text gives: the full name for a surname, the long form for an acronym;
        `text` itself when there is none.
    """

    start: int
    end: int
    text: str
    label: str
    confidence: float = 1.0
    title: Span | None = None
    affiliation: Span | None = None
    full: str = ""


class Chunk(NamedTuple):
    """A noun phrase without what follows its head: tokens ``first`` to ``last`` (exclusive), head token ``head``.

    Attributes
    ----------
    start, end : int
        Characters.
    first, last, head : int
        Indices into `Annotation.tokens`; `last` is exclusive.
    text : str
        As written.
    appositive_of : int
        Index of the chunk that this one explains ("Sergey Shoigu, *the defense minister*,"), or -1.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    text: str
    appositive_of: int = -1


class VerbGroup(NamedTuple):
    """A verb with its auxiliaries, adverbs between them included ("has not yet been found").

    Attributes
    ----------
    start, end : int
        Characters.
    first, last, head : int
        Indices into `Annotation.tokens`; `last` is exclusive, `head` is the main verb.
    tense : str
        ``past``, ``present``, ``future`` or ``none`` (infinitives, participles on their own).
    aspect : str
        ``simple``, ``perfect``, ``progressive`` or ``perfect-progressive``.
    voice : str
        ``active`` or ``passive``.
    modal : str
        The modal verb, lower case ("would", "can"), or ``""``; the future's *will* and *shall* are tense, not modals.
    negated : bool
        Whether *not*, *n't* or *never* is in the group.
    finite : bool
        Whether it can be the verb of a main clause.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    tense: str
    aspect: str
    voice: str
    modal: str
    negated: bool
    finite: bool


class Clause(NamedTuple):
    """A stretch of a sentence around one verb group.

    Attributes
    ----------
    start, end : int
        Characters.
    first, last : int
        Indices into `Annotation.tokens`; `last` is exclusive.
    kind : str
        ``main``, ``that`` (content clauses, also without *that* behind a reporting verb), ``relative``,
        ``adverbial`` (because, when, ...), ``question`` (whether, how ... as an object), ``coordinate`` or
        ``infinitive``.
    verb : int
        Index into `Annotation.verbs`, or -1.
    """

    start: int
    end: int
    first: int
    last: int
    kind: str
    verb: int
