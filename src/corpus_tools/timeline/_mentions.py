"""Where a text speaks of somebody or something: by name, surname, acronym, or by a pronoun that means nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus_tools.language import Annotation

_PERSONAL = {"he": "person", "she": "person", "it": "other", "him": "person", "her": "person"}
#: Subjects; a pronoun elsewhere may mean somebody else of the sentence.
_SUBJECTS = ("he", "she", "it")
#: How many sentences back a pronoun's name may stand.
_BACK = 2


@dataclass(frozen=True)
class Mention:
    """One mention, as written; `pronoun` where no name stands there."""

    start: int
    end: int
    text: str
    pronoun: bool = False


def pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Return what finds the names, whole words only, in any case, a plural or possessive ending allowed.

    Examples
    --------
    >>> [found.group() for found in pattern(["iPod"]).finditer("The iPods, iPodders and an IPOD's lid.")]
    ['iPod', 'IPOD']
    """
    words = sorted({r"\s+".join(map(re.escape, form.split())) for form in forms if form.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?=(?-i:s)?(?![\w-]))", re.IGNORECASE)


def mentions(annotation: Annotation, forms: Sequence[str]) -> list[Mention]:
    """Return the mentions of one text, in order."""
    named = list(_named(annotation, forms))
    if not named:
        return []
    return sorted([*named, *_pronouns(annotation, named)], key=lambda mention: mention.start)


def _named(annotation: Annotation, forms: Sequence[str]) -> Iterator[Mention]:
    text, last = annotation.text, 0
    spans = {found.span() for found in pattern(forms).finditer(text)}
    known = {form.casefold() for form in forms}
    spans |= {(name.start, name.end) for name in annotation.names if name.full.casefold() in known}
    spans |= set(_first_names(annotation, spans))
    others = [name for name in annotation.names if name.full.casefold() not in known]
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        longer = any(other.start <= start and end < other.end and _other(other.text, forms) for other in others)
        if start >= last and not longer:
            last = end
            yield Mention(start, end, text[start:end])


def _first_names(annotation: Annotation, spans: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where a person of two names is called by the first alone, if nobody else of the text has it."""
    whole = {annotation.text[start:end] for start, end in spans}
    firsts = {form.split()[0] for form in whole if len(form.split()) > 1}
    taken = {name.text.split()[0] for name in annotation.names if name.text not in whole and " " in name.text}
    for name in annotation.names:
        if name.label == "person" and name.text in firsts - taken:
            yield name.start, name.end


def _other(name: str, forms: Sequence[str]) -> bool:
    """Whether a longer name is another one: *iPhone 4S* for *iPhone 4*, not *CEO Steve Jobs* for *Steve Jobs*."""
    return not any(name.casefold().endswith(form.casefold()) for form in forms)


def _pronouns(annotation: Annotation, named: list[Mention]) -> Iterator[Mention]:
    """Yield subject pronouns behind a sentence whose last person (or, for *it*, whose subject) is the one meant."""
    starts = {mention.start for mention in named}
    labels = [name.label for name in annotation.names if name.start in starts]
    kind = "person" if labels.count("person") * 2 > len(labels) else "other"
    rivals = sorted(name.start for name in annotation.names if (name.label == "person") == (kind == "person"))
    meant = sorted(starts)
    openings = [sentence.start for sentence in annotation.sentences]
    sentence = 0
    last = -(10**9)
    place = rival = 0
    back: list[int] = []
    other = -1
    for token in annotation.tokens:
        while sentence + 1 < len(openings) and openings[sentence + 1] <= token.start:
            sentence += 1
        while place < len(meant) and meant[place] <= token.start:
            last, back = meant[place], [sentence]
            place += 1
        while rival < len(rivals) and rivals[rival] <= token.start:
            other = rivals[rival] if rivals[rival] not in starts else other
            rival += 1
        word = token.text.lower()
        near = bool(back) and sentence - back[0] <= _BACK
        if (
            word in _SUBJECTS
            and _PERSONAL[word] == kind
            and near
            and last > other
            and (kind == "person" or sentence > back[0])
        ):
            back = [sentence]
            yield Mention(token.start, token.end, token.text, pronoun=True)
