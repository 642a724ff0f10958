"""From a source as written to the speaker whom it means."""

from __future__ import annotations

from bisect import bisect_left

from corpus_tools.attribution import _phrases as phrases
from corpus_tools.attribution._descriptions import described
from corpus_tools.attribution._lexicon import words
from corpus_tools.attribution._people import People, Person, kinds, outlets, singular
from corpus_tools.attribution._speaker import (
    INSTITUTIONS,
    NOBODY,
    Speaker,
    can_be,
    has_role,
    role_words,
    short,
    without_article,
)
from corpus_tools.attribution._view import View

_STOP = frozenset({"IN", "TO", "WP", "WDT", "WP$", ",", "VBN", "VBG", "VBD", ":", "-LRB-", "WRB", "CC"})


class Resolver:
    """Resolves the sources of one article in order; it remembers who spoke last.

    Parameters
    ----------
    seen : View
    people : People
    labels : dict
        Kind of name by token.
    """

    def __init__(self, seen: View, people: People, labels: dict[int, str], full: dict[int, str]) -> None:
        self.seen, self.people, self.labels, self.full = seen, people, labels, full
        self.spoken: list[tuple[int, Speaker]] = []
        self.unit_of = [0] * len(seen.words)
        for number, (first, last) in enumerate(seen.units):
            for token in range(first, last):
                self.unit_of[token] = number
        self.mentions = sorted(
            (token, number)
            for number, person in enumerate(people.persons)
            for token in person.mentions
            if seen.quote[token] < 0
        )

    def resolve(self, source: list[tuple[int, int]]) -> Speaker:
        """Return the speaker of a source given as token numbers, and remember it."""
        if not source:
            return NOBODY
        first, last = source[0]
        speaker = self._resolve(first, last)
        self.spoken.append((first, speaker))
        return speaker

    def _resolve(self, first: int, last: int) -> Speaker:
        seen = self.seen
        while first < last - 1 and (
            seen.tags[first] in ("RB", "IN") or (seen.quote[first] >= 0 and not seen.words[first][0].isalnum())
        ):
            first += 1
        word = seen.low[first]
        if last - first == 1 and (seen.tags[first] in ("PRP", "PRP$") or word in words("other_pronoun")):
            return self._pronoun(first)
        core = self._core(first, last)
        media = outlets().get(" ".join(seen.low[first:core]))
        if media is not None and any(seen.words[t][0].isupper() for t in range(first, core)):
            return Speaker(media, "media outlet", None, "named")
        named = self._named(first, core, last)
        return named if named is not None else self._described(first, core, last)

    def _core(self, first: int, last: int) -> int:
        seen = self.seen
        core = first
        while core < last and (
            seen.tags[core] not in _STOP
            or (
                seen.low[core] in ("and", "&")
                and core + 1 < last
                and seen.tags[core + 1] == "NNP"
                and core > first
                and seen.tags[core - 1] == "NNP"
                and core not in self.people.at
            )
        ):
            if seen.tags[core] == "VBN" and core == first:
                break
            core += 1
        return max(core, first + 1)

    # ------------------------------------------------------------ names

    def _named(self, first: int, core: int, last: int) -> Speaker | None:
        seen = self.seen
        head = core - 1
        if seen.low[head] == ")":
            while head > first and seen.low[head] != "(":
                head -= 1
            head -= 1
        person = self.people.at.get(head)
        if person is not None:
            return self._person(person)
        apart = self._apposed(first, core, last)
        if apart is not None:
            return apart
        if seen.tags[head] in ("NNP", "NNPS") and seen.words[head][0].isupper():
            start = head
            while start > first and (
                seen.tags[start - 1] in ("NNP", "NNPS", "POS", "CD", "HYPH")
                or seen.words[start - 1][0].isupper()
                or seen.low[start - 1] in ("&", "and")
            ):
                start -= 1
            if seen.tags[start] == "DT" and start < head:
                start += 1
            if head == start and kinds().get(singular(seen.low[head]), set()) & INSTITUTIONS:
                return None
            return self._organisation(start, head + 1, first, core, last)
        return None

    def _apposed(self, first: int, core: int, last: int) -> Speaker | None:
        """Return the name that explains a description: "One of them, Bram Tolley", "The operator, Blue Channel"."""
        seen = self.seen
        comma = next((t for t in range(core, min(last, core + 14)) if seen.low[t] == ","), last)
        if comma + 1 >= last or (seen.words[core - 1][0].isupper() and seen.tags[core - 1] == "NNP"):
            return None
        for token in range(comma + 1, min(last, comma + 5)):
            if token in self.people.at:
                return self._person(self.people.at[token], described=(first, comma))
            if seen.tags[token] in ("NNP", "NNPS") and token == comma + 1:
                possible = kinds().get(singular(seen.low[core - 1]), set())
                end = phrases.phrase_right(seen, token, last)
                if possible & INSTITUTIONS and end > token:
                    return self._organisation(token, end, first, core, last)
            if seen.low[token] in (",", "who", "which", "whose"):
                break
        return None

    def _person(self, person: Person, described: tuple[int, int] | None = None) -> Speaker:
        roles = list(person.roles)
        role = roles[0] if roles else None
        if described is not None:
            text = self._text(*described)
            role = without_article(text)
        return Speaker(person.full, "person", role, "named", person)

    def _organisation(self, start: int, end: int, first: int, core: int, last: int) -> Speaker:
        seen = self.seen
        name = self._text(start, end)
        lowered = name.lower()
        stop = end
        while (
            stop + 1 < last
            and seen.low[stop] in ("of", "for")
            and seen.words[stop + 1][0].isupper() | (seen.low[stop + 1] == "the")
        ):
            longer = phrases.phrase_right(seen, stop + 1, last)
            if longer == stop + 1:
                break
            stop = longer
            name = self._text(start, stop)
        media = outlets().get(lowered) or outlets().get("the " + lowered)
        if media is not None:
            return Speaker(media, "media outlet", None, "named")
        head = singular(seen.low[end - 1])
        possible = set().union(*(kinds().get(singular(w), set()) for w in lowered.split())) - {"individual", "group"}
        plural = seen.tags[end - 1] == "NNPS" or (
            seen.low[end - 1].endswith("s") and end - start == 1 and "group" in kinds().get(head, set())
        )
        if plural and "group" in kinds().get(head, set()):
            if end - start >= 3 or (end - start == 2 and seen.low[first] == "the"):
                return Speaker(name, "organisation", None, "named")
            return Speaker(name, "group", None, "unnamed group")
        if end - start == 1 and "individual" in kinds().get(head, set()):
            return self._described(first, core, last)
        label = next((self.labels[t] for t in range(start, end) if t in self.labels), "")
        full = next((self.full[t] for t in range(start, end) if self.full.get(t)), "")
        if label == "person" and not possible:
            return Speaker(full or name, "person", None, "named")
        if seen.low[end - 1] in words("masthead") and end - start > 1:
            return Speaker(name, "media outlet", None, "named")
        for kind in ("government", "organisation", "document"):
            if kind in kinds().get(head, set()):
                return Speaker(full if len(full) > len(name) else name, kind, None, "named")
        for kind in ("government", "organisation"):
            if kind in possible:
                return Speaker(name, kind, None, "named")
        if label == "place":
            return Speaker(name, "government", None, "named")
        if label == "nationality":
            return Speaker(name, "group", None, "unnamed group")
        if "individual" in kinds().get(head, set()) and end - start <= 2:
            described = self._described(first, core, last)
            if described.name is not None:
                return described
        if label == "organization" or name.isupper() or end - start == 1 or stop > end:
            return Speaker(full if len(full) > len(name) else name, "organisation", None, "named")
        return Speaker(name, "person" if end - start in (2, 3) and first == start else "organisation", None, "named")

    # ------------------------------------------------------------ descriptions

    def _described(self, first: int, core: int, last: int) -> Speaker:
        found = described(self.seen, first, core, last)
        text = self._text(first, last)
        if found.kind == "individual":
            return self._individual(first, core, last, found.head, text)
        if found.kind == "group":
            back = self._group_before(first, found.head) if self.seen.low[first] in ("the", "these", "those") else None
            return back or Speaker(short(text), "group", None, found.anonymity)
        if found.kind == "unknown":
            return Speaker(short(text), "unknown", None, found.anonymity)
        return self._institution(first, found.token, found.kind, text)

    def _individual(self, first: int, core: int, last: int, head: str, text: str) -> Speaker:
        seen = self.seen
        definite = seen.low[first] in words("definite") and core - first <= 4 and last - core <= 4
        if definite:
            person, several = self._by_role(first, head, [seen.low[t] for t in range(first + 1, core - 1)])
            if person is not None:
                return Speaker(person.full, "person", person.roles[0] if person.roles else None, "named", person)
            if several:
                return Speaker(None, "person", without_article(text), "unnamed individual")
            back = self._same_description(first, head)
            if back is not None:
                return back
        role = without_article(short(text))
        return Speaker(short(text), "anonymous", role, "unnamed individual")

    def _by_role(self, first: int, noun: str, modifiers: list[str]) -> tuple[Person | None, bool]:
        """Return the person whom "the diplomat" means, and whether several could be meant."""
        wanted = role_words().get(noun, frozenset({noun}))
        fits = [
            p for p in self.people.persons if p.mentions and p.mentions[0] < first and has_role(p, wanted, modifiers)
        ]
        if not fits:
            return None, False
        unit = self.unit_of[first]
        paragraph = self.seen.paragraph[unit]
        for token, speaker in reversed(self.spoken):
            if paragraph - self.seen.paragraph[self.unit_of[token]] > 3:
                break
            if speaker.person is not None:
                if speaker.person in fits:
                    return speaker.person, False
                break
        if len(fits) == 1:
            return fits[0], False
        return None, True

    def _same_description(self, first: int, head: str) -> Speaker | None:
        """Resolve "the official" after "a senior official": the same unnamed speaker."""
        for token, speaker in reversed(self.spoken):
            if self.unit_of[first] - self.unit_of[token] > 12:
                return None
            if (
                speaker.anonymity == "unnamed individual"
                and speaker.name
                and head in [singular(w.strip(",.")) for w in speaker.name.split()]
            ):
                return speaker
        return None

    def _group_before(self, first: int, head: str) -> Speaker | None:
        for token, speaker in reversed(self.spoken):
            if self.unit_of[first] - self.unit_of[token] > 8:
                return None
            if (
                speaker.anonymity == "unnamed group"
                and speaker.name
                and head in [singular(w.strip(",.")) for w in speaker.name.split()]
            ):
                return speaker
        return None

    def _institution(self, first: int, head_token: int, kind: str, text: str) -> Speaker:
        """Resolve "the ministry" after "the interior ministry"; "the company" after its name."""
        seen = self.seen
        bare = head_token - first == 1 and len(short(text).split()) == 2
        if seen.low[first] in ("the", "its", "their", "this") and bare and kind != "document":
            names = self._same_head(first, head_token)
            if len({name.lower() for name in names}) == 1:
                return Speaker(names[0], kind, None, "named")
            back = None if names else self._institution_before(first, seen.low[head_token], kind)
            if back is not None:
                return back
        return Speaker(without_article(short(text)) if kind != "document" else short(text), kind, None, "named")

    def _same_head(self, first: int, head_token: int) -> list[str]:
        """Return the names before with this head ("interior ministry"), nearest first; offices count for ministries."""
        seen = self.seen
        names: list[str] = []
        for token in range(first - 1, max(0, first - 400), -1):
            if seen.low[token] == seen.low[head_token] and seen.quote[token] < 0:
                start = phrases.phrase_left(seen, token + 1, max(0, token - 8))
                joined = [t for t in range(start, token) if seen.tags[t] == "IN"]
                start = joined[-1] + 1 if joined else start
                while start < token and seen.tags[start] in ("DT", "PRP$", "PDT"):
                    start += 1
                if start < token and any(seen.tags[t] in ("NNP", "NN", "JJ") for t in range(start, token)):
                    names.append(self._text(start, token + 1))
        if seen.low[head_token] == "ministry" and names:
            before = (person for person in self.people.persons if person.mentions and person.mentions[0] < first)
            offices = (role.lower().split() for person in before for role in person.roles)
            held = {" ".join(words[-2:-1]) for words in offices if words[-1] == "minister" and len(words) > 1}
            names += [f"{office} ministry" for office in sorted(held) if office not in ("prime", "deputy")]
        return names

    def _institution_before(self, first: int, head: str, kind: str) -> Speaker | None:
        """Return the organisation that spoke last and can be called by this head."""
        if kind not in ("organisation", "media outlet"):
            return None
        for token, speaker in reversed(self.spoken):
            if self.unit_of[first] - self.unit_of[token] > 12:
                return None
            if speaker.kind == kind and speaker.anonymity == "named" and speaker.name and can_be(speaker.name, head):
                return speaker
        return None

    # ------------------------------------------------------------ pronouns

    def _pronoun(self, token: int) -> Speaker:
        word = self.seen.low[token]
        if word in words("he") or word in words("she"):
            return self._he_or_she(token, "m" if word in words("he") else "f")
        if word in words("they") or word in words("it"):
            wanted = ("group", "organisation", "government", "document", "media outlet")
            limit = 4
            for place, speaker in reversed(self.spoken):
                if self.unit_of[token] - self.unit_of[place] > limit:
                    break
                if speaker.name and (speaker.kind in wanted):
                    if word in words("it") and speaker.kind == "group":
                        continue
                    return speaker
        if word in ("who", "which", "that"):
            person = self.people.at.get(token - 1) or self.people.at.get(token - 2)
            if person is not None:
                return Speaker(person.full, "person", person.roles[0] if person.roles else None, "named", person)
        return Speaker(
            None,
            "unknown",
            None,
            "named" if word in words("he") | words("she") | words("they") | words("it") else "none",
        )

    def _he_or_she(self, token: int, gender: str) -> Speaker:
        unit = self.unit_of[token]
        floor = max(0, unit - 8)
        for number in range(unit, floor - 1, -1):
            first, last = self.seen.units[number]
            last = min(last, token)
            spoke = [
                s
                for place, s in self.spoken[-40:]
                if first <= place < last
                and (s.person is not None or s.anonymity == "unnamed individual")
                and (s.person is None or s.person.gender in ("", gender))
                and s.name != "nobody"
                and s.name
            ]
            if spoke:
                chosen = spoke[0] if number == unit else spoke[-1]
                if chosen.person is not None:
                    chosen.person.gender = chosen.person.gender or gender
                return chosen
            low, high = bisect_left(self.mentions, (first, -1)), bisect_left(self.mentions, (last, -1))
            near = [self.people.persons[index] for _, index in self.mentions[low:high]]
            for person in sorted(near, key=lambda person: person.gender != gender):
                if person.gender in ("", gender):
                    person.gender = person.gender or gender
                    return Speaker(person.full, "person", person.roles[0] if person.roles else None, "named", person)
        return Speaker(None, "person", None, "named")

    def _text(self, first: int, last: int) -> str:
        return " ".join(self.seen.text[self.seen.starts[first] : self.seen.ends[last - 1]].split())
