"""What could be the headline of a page, and what speaks for each: where it stands, and how it sits with the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from corpus_tools.articles import _data
from corpus_tools.articles.html.structured import Structured, plain
from corpus_tools.articles.html.tree import Signals

#: Longest headline, and longest title with all that stands around the headline.
LONGEST, _WHOLE = 400, 2_000
#: Marks that part the headline in a title from the section and the outlet.
_PARTS = re.compile(r"\s+[|│–—·•»«›\-]+\s+|\s*[|│]\s*|\s*--\s*")
_MARKS = " |│–—·•»«›:-"
#: Most words of what is cut off as the name of an outlet; most `h1` headings; most headings.
_OUTLET, _FIRST, _MOST = 5, 4, 40
#: Shorter texts are found in a title by chance.
_TELLING = 8
#: The meta elements that are told apart; what others say counts as `og` does.
_PLACES = {"og:title": "og", "twitter:title": "twitter"}
_SLUG_WORDS = 3
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile("[a-z0-9]{3,}")


def fold(text: str) -> str:
    """Return letters and digits of a text in lower case, parted by single spaces."""
    small = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(small))


@dataclass
class Candidate:
    """A text that may be the headline.

    Parameters
    ----------
    text : str
        As it is written where it was first found.
    marks : set of str
        What holds of it (``data/html_titles.tsv`` names and weighs them).
    """

    text: str
    marks: set[str] = field(default_factory=set)


def candidates(
    said: Signals, *, site: str | None = None, lines: Sequence[str] = (), address: str | None = None
) -> dict[str, Candidate]:
    """Return the texts that may be the headline, by their folded form; the parameters are those of `titles.choose`.

    Examples
    --------
    >>> said = Signals(headings=["Rain floods Millbeck"], title="Rain floods Millbeck | Harl Post")
    >>> found = candidates(said, site="Harl Post")
    >>> sorted(found)
    ['harl post', 'rain floods millbeck', 'rain floods millbeck harl post']
    >>> sorted(found["rain floods millbeck"].marks)
    ['first part', 'four words', 'h1', 'h1 and title cut', 'heading in title', 'title cut']
    """
    found = _Found(said.logos)
    article = said.structured.article or {}
    headline = plain(article.get("headline"))
    found.add(headline, "headline")
    found.add(None if headline else plain(article.get("name")), "name")
    found.add(said.headline, "itemprop")
    headings = [heading for heading in said.headings if heading not in said.logos]
    for number, heading in enumerate(headings[:_FIRST]):
        found.add(heading, "further h1" if number else "h1")
    for logo in said.logos[:1]:
        found.add(logo, "logo")
    lines = [line for line in (*headings, *lines) if len(line) <= LONGEST and line not in said.logos]
    known = {fold(line): line for line in reversed(lines[:_MOST])}
    machine = _machine(said.structured)
    title = said.title if len(said.title or "") <= _WHOLE else None
    for place, text in (*machine.items(), ("title", title)):
        found.cut(text, place, known)
    for place, text in (("title", title), ("og", machine.get("og"))):
        whole = f" {fold(text or '')} "
        for folded, line in known.items():
            if len(folded) > _TELLING // 2 and f" {folded} " in whole:
                found.add(line, f"heading in {place}")
    others = {"h1": next(iter(headings), None), "og": machine.get("og"), "headline": headline}
    sits = {name: fold(text) for name, text in others.items() if text}
    slug = _slug(address)
    outlet = fold(site or "")
    for folded, candidate in found.texts.items():
        candidate.marks.update(_form(folded, outlet), _beside(folded, sits), _in_address(folded, slug))
        candidate.marks.update(_both(candidate.marks))
    return found.texts


def _machine(structured: Structured) -> dict[str, str]:
    """Return the titles in meta elements: OpenGraph's (or what stands for it), and that for Twitter."""
    machine: dict[str, str] = {}
    for place in _data.listed("html_meta.tsv")["title"]:
        text = structured.first(place)
        if text and len(text) <= _WHOLE:
            machine.setdefault(_PLACES.get(place, "og"), text)
    return machine


class _Found:
    """The candidates, as they are found."""

    def __init__(self, logos: Sequence[str]) -> None:
        self.texts: dict[str, Candidate] = {}
        self._logos = {fold(name): name for name in logos}

    def add(self, text: str | None, *marks: str) -> None:
        text = " ".join((text or "").split())
        folded = fold(text) if len(text) <= LONGEST else ""
        if folded:
            self.texts.setdefault(folded, Candidate(text)).marks.update(marks)

    def cut(self, text: str | None, place: str, known: Mapping[str, str]) -> None:
        """Add a title, and what is left of it without the name of the outlet and its section."""
        if not text:
            return
        folded = fold(text)
        own = [
            other
            for other in self.texts
            if len(other) > _TELLING and other not in self._logos and _begins_or_ends(folded, other)
        ]
        longest = max(own, key=len, default=None)
        whole = folded in self.texts or (folded in known and len(folded) > _TELLING)
        self.add(text, place)
        if longest is not None:
            self.add(self.texts[longest].text, f"{place} cut")
        if whole:
            self.add(text, f"{place} cut")
            return
        rest = None if longest else self._without_logo(text, folded)
        if rest:
            self.add(rest, f"{place} cut")
        marks = list(_PARTS.finditer(text))
        parts = [part for part in _PARTS.split(text) if part.strip()]
        if not marks or not parts:
            self.add(None if longest or rest else text, f"{place} cut")
            return
        before, behind = text[: marks[-1].start()], text[marks[-1].end() :]
        if longest is None and not rest and len(behind.split()) <= _OUTLET and len(before) > len(behind):
            self.add(before, f"{place} cut")
        self.add(parts[0], "first part")
        self.add(parts[-1], "last part")
        if len(marks) > 1:
            self.add(text[: marks[0].start()], "before all marks")

    def _without_logo(self, text: str, folded: str) -> str | None:
        """Return a title without the text of the page's logo at an end; None where it has none."""
        for other, name in self._logos.items():
            if len(other) > 3 and _begins_or_ends(folded, other):
                before, _, behind = re.sub(re.escape(name), "\0", text, flags=re.IGNORECASE).partition("\0")
                return (before.strip(_MARKS) or behind.replace("\0", name).strip(_MARKS)) if before != text else None
        return None


def _begins_or_ends(whole: str, part: str) -> bool:
    return whole.startswith(f"{part} ") or whole.endswith(f" {part}")


def _form(folded: str, outlet: str) -> Iterator[str]:
    """Yield what holds of a text by itself: few words, the outlet's name."""
    words = folded.count(" ") + 1
    if words <= 4:
        yield ("one word", "two words", "four words", "four words")[words - 1]
    if outlet and folded.replace(" ", "") == outlet.replace(" ", ""):
        yield "outlet"
    elif len(outlet) > 3 and _begins_or_ends(folded, outlet):
        yield "with outlet"


def _beside(folded: str, others: Mapping[str, str]) -> Iterator[str]:
    """Yield how a text sits with the headings and titles of the page."""
    for name, other in others.items():
        if other.endswith(f" {folded}"):
            yield f"end of {name}"
        elif other.startswith(f"{folded} "):
            yield f"start of {name}"
        elif folded.endswith(f" {other}"):
            yield f"ends with {name}"
        elif folded.startswith(f"{other} "):
            yield f"starts with {name}"


def _both(marks: set[str]) -> Iterator[str]:
    for one, other in (("h1", "og cut"), ("h1", "headline"), ("h1", "title cut")):
        if one in marks and other in marks:
            yield f"{one} and {other}"


def _in_address(folded: str, slug: frozenset[str]) -> Iterator[str]:
    """Yield how many of a text's words the address of the page repeats."""
    words = _plain_words(folded)
    if words and slug:
        share = len(words & slug) / len(words)
        if share >= 0.3:
            yield "in address" if share >= 0.99 else "partly in address"


def _slug(address: str | None) -> frozenset[str]:
    """Return the words of the part of an address that has most of them; none where it has but a few."""
    try:
        path = urlsplit(address or "").path
    except ValueError:
        return frozenset()
    words = max(map(_plain_words, path.split("/")), key=len)
    return words if len(words) >= _SLUG_WORDS else frozenset()


_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "a"})


def _plain_words(text: str) -> frozenset[str]:
    """Return the longer words of a text as addresses write them, without accents."""
    if not text.isascii():
        text = text.casefold().translate(_SPELT)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return frozenset(_LATIN.findall(text.lower()))
