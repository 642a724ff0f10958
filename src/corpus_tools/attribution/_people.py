"""The names of an article: who is called what, with titles and descriptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._lexicon import rows, words
from corpus_tools.attribution._view import View

_INSTITUTIONS = frozenset({"government", "organisation", "document", "media outlet"})


@dataclass
class Person:
    """A person of the article: fullest name, titles and descriptions, gender where the text shows it."""

    full: str
    roles: list[str] = field(default_factory=list)
    gender: str = ""
    mentions: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """Last word of the name, without a suffix."""
        parts = [part for part in self.full.split() if part.lower() not in words("name_suffix")]
        return parts[-1] if parts else self.full


@cache
def titles() -> dict[str, str]:
    """Return the words of titles with the gender that they show."""
    found: dict[str, str] = {}
    for row in rows("titles.tsv"):
        found[row["title"]] = found.get(row["title"]) or row["gender"]
    return found


@cache
def kinds() -> dict[str, set[str]]:
    """Return the kinds of source that a head noun may be."""
    table: dict[str, set[str]] = {}
    for row in rows("speakers.tsv"):
        for noun in row["nouns"].split(","):
            table.setdefault(noun, set()).add(row["kind"])
    return table


@cache
def outlets() -> dict[str, str]:
    """Return the media by every spelling, lower-cased, with the name they are known by."""
    table: dict[str, str] = {}
    for row in rows("outlets.tsv"):
        for spelling in [row["name"], *row["aliases"].split("|")]:
            if spelling:
                table[spelling.lower()] = row["name"]
    return table


@cache
def irregular() -> dict[str, str]:
    """Return the nouns whose singular does not follow from their form."""
    return {row["plural"]: row["singular"] for row in rows("plurals.tsv")}


def singular(noun: str) -> str:
    """Return the noun without a plural ending, lower-cased.

    Examples
    --------
    >>> singular("Officials"), singular("ministries"), singular("witnesses"), singular("women"), singular("police")
    ('official', 'ministry', 'witness', 'woman', 'police')
    """
    word = noun.lower()
    if word in irregular():
        return irregular()[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass
class People:
    """All persons of an article, and which token belongs to whom."""

    persons: list[Person]
    at: dict[int, Person]
    _by_surname: dict[str, list[Person]] = field(default_factory=dict)

    def add(self, name: str) -> Person:
        """Add a person of this name."""
        person = Person(name)
        self.persons.append(person)
        self._by_surname.setdefault(person.surname, []).append(person)
        return person

    def by_name(self, spelled: list[str]) -> Person | None:
        """Return the person whom these words of a name mean; None when several fit or none does."""
        name = [word for word in spelled if word.lower() not in words("name_suffix")]
        if not name:
            return None
        fits = [p for p in self._by_surname.get(name[-1], []) if _fits(p, name)]
        return fits[0] if len({p.full for p in fits}) == 1 else None


def _fits(person: Person, name: list[str]) -> bool:
    parts = [part for part in person.full.split() if part.lower() not in words("name_suffix")]
    if len(name) == 1:
        return parts[-1] == name[0]
    return parts[-1] == name[-1] and (
        parts[0] == name[0] or parts[0].startswith(name[0].rstrip(".")) or name[0].startswith(parts[0])
    )


def people(seen: View, labels: dict[int, str]) -> People:
    """Return the persons that the article names.

    Parameters
    ----------
    seen : View
    labels : dict
        Kind of name (``person``, ``organization``, ``place`` ...) by first token, where the recogniser gives one.
    """
    found = People([], {})
    runs = list(_runs(seen))
    addressed = {
        seen.words[last - 1] for first, last in runs if seen.low[first] in words("address") and last - first == 2
    }
    for first, last in runs:
        start = _name_start(seen, first, last, labels)
        name = seen.words[start:last]
        known = last - start <= 3 and name[-1] in addressed
        if singular(name[-1].lower()) in words("businesses") and not known:
            continue
        if len(name) < 2 or not (known or _person_like(seen, first, start, last, labels)):
            continue
        person = found.by_name(name)
        if person is None:
            person = found.add(" ".join(name))
        elif len(name) > len(person.full.split()):
            person.full = " ".join(name)
        _note(seen, found, person, first, start, last)
    for first, last in runs:
        start = _name_start(seen, first, last, labels)
        if start in found.at or last - start != 1:
            continue
        person = found.by_name(seen.words[start:last])
        if person is None and start > first and seen.low[start - 1] in titles():
            person = found.add(seen.words[start])
        if person is not None:
            _note(seen, found, person, first, start, last)
    return found


def _runs(seen: View) -> list[tuple[int, int]]:
    """Return the runs of proper nouns, with particles inside names and title words before them."""
    found: list[tuple[int, int]] = []
    token, count = 0, len(seen.words)
    while token < count:
        if not _proper(seen, token):
            token += 1
            continue
        first = token
        while token < count and (
            _proper(seen, token)
            or (
                seen.low[token] in words("name_particle")
                and token + 1 < count
                and _proper(seen, token + 1)
                and token > first
            )
            or (seen.low[token] in words("name_suffix"))
            or (
                token + 1 < count
                and seen.words[token] in ('"', "“", "'", "‘")
                and token > first
                and token - first <= 2
                and _nickname(seen, token)
            )
        ):
            if seen.words[token] in ('"', "“", "'", "‘"):
                token += 3
                continue
            token += 1
        while (
            first > 0
            and seen.low[first - 1] in titles()
            and seen.tags[first - 1] in ("NN", "JJ", "NNP")
            and seen.quote[first - 1] == seen.quote[first]
            and token - first < 8
        ):
            first -= 1
        found.append((first, min(token, count)))
    return found


def _nickname(seen: View, mark: int) -> bool:
    return (
        mark + 3 < len(seen.words)
        and seen.words[mark + 1][0].isalnum()
        and seen.words[mark + 2] in ('"', "”", "'", "’")
        and _proper(seen, mark + 3)
    )


def _proper(seen: View, token: int) -> bool:
    return (
        seen.tags[token] in ("NNP", "NNPS")
        and seen.words[token][0].isupper()
        and not seen.words[token].startswith(("#", "@"))
    )


def _name_start(seen: View, first: int, last: int, labels: dict[int, str]) -> int:
    if kinds().get(singular(seen.low[last - 1]), set()) & _INSTITUTIONS:
        return first
    start = first
    while start < last - 1 and seen.low[start] in titles():
        start += 1
    named = next((token for token in range(start, last) if labels.get(token) == "person"), start)
    if last - named >= 2 and named > start and all(labels.get(token) == "person" for token in range(named, last)):
        return named  # "Docker Reg Amblin"
    return start


def _person_like(seen: View, first: int, start: int, last: int, labels: dict[int, str]) -> bool:
    name = seen.words[start:last]
    lowered = [word.lower() for word in name]
    if " ".join(lowered) in outlets() or lowered[-1] in outlets():
        return False
    if last - start > 5 or (
        any(word.isupper() and len(word) > 3 for word in name) and not all(word.isupper() for word in name)
    ):
        return False
    if lowered[-1] in words("masthead") or lowered[-1] in words("place_ending") or lowered[0] in words("time"):
        return False
    if first < start:
        return kinds().get(lowered[-1], set()) <= {"individual", "group"}
    for place in range(start, last):
        if place in labels:
            if labels[place] == "other":
                break
            return labels[place] == "person"
    return not any(
        kinds().get(singular(word), set()) & {"government", "organisation", "document", "media outlet"}
        for word in lowered
    )


def _note(seen: View, found: People, person: Person, first: int, start: int, last: int) -> None:
    person.mentions.append(start)
    for token in range(first, last):
        found.at[token] = person
    for token in range(first, start):
        person.gender = person.gender or titles().get(seen.low[token], "")
    before = phrases.phrase_left(seen, last, max(0, first - 8)) if first else first
    if before < start:
        _role(seen, person, before, start)
    if last + 1 < len(seen.low) and seen.low[last] == "," and seen.quote[last] < 0:
        end = phrases.phrase_right(seen, last + 1, min(len(seen.low), last + 25))
        if (
            end > last + 1
            and seen.low[min(end, len(seen.low) - 1)] in (",", ".", "who", "”", ";")
            and _human(seen, last + 1, end)
        ):
            _role(seen, person, last + 1, end)
    if first > 1 and seen.low[first - 1] == "," and seen.quote[first - 1] < 0 and first == start:
        begin = phrases.phrase_left(seen, first - 1, max(0, first - 15))
        if (
            begin < first - 1
            and _human(seen, begin, first - 1)
            and (last >= len(seen.low) or seen.low[last] in (",", ".", ";"))
        ):
            _role(seen, person, begin, first - 1)


def _role(seen: View, person: Person, first: int, last: int) -> None:
    text = seen.text[seen.starts[first] : seen.ends[last - 1]].strip(" ,")
    while text and text.split()[0].lower() in ("the", "a", "an"):
        text = text.partition(" ")[2]
    lowered = text.lower()
    if not text or lowered in ("mr", "mr.", "ms", "ms.", "mrs", "mrs.", "dr", "dr.", "miss", "and", "sir"):
        return
    if text[0].isdigit():  # A share of the vote, an age: no office.
        return
    for word in lowered.replace("'s", "").replace("’s", "").split():
        gender = titles().get(word, "")
        if gender and word not in ("sir", "lord"):
            person.gender = person.gender or gender
    if text not in person.roles:
        person.roles.append(text)


def _human(seen: View, first: int, last: int) -> bool:
    """Whether the head of a phrase is a word for a person."""
    core = first
    while core < last and seen.tags[core] not in ("IN", "TO", "WP", ",", "VBN", "VBG"):
        core += 1
    return core > first and "individual" in kinds().get(singular(seen.low[core - 1]), set())
