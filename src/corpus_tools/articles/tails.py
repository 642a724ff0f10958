"""The end of a page: what stands behind the body, and what its lines say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_tools.articles import _data, bylines, dates, evidence, lines, telling
from corpus_tools.articles.clues import Clues, Reader
from corpus_tools.articles.lines import Line
from corpus_tools.articles.rules import key

_SAYS = re.compile(r"[\w .’'-]{2,40} (?:says|said|schreibt|dit|writes)\s*:")
_COMMENTS = re.compile(r"(?:comments?|kommentare|commentaires|comentarios|commenti)\s*(?:\(\d+\))?\s*:?", re.IGNORECASE)
_CREDIT = re.compile(
    r"\((?:additional )?(?:reporting|writing|editing|edited|compiled|translated) by\b.*\)", re.IGNORECASE
)
_RIGHTS = re.compile(
    r"(?:©|copyright\b[\s©]*|\(c\))\s*(?:(?:1[89]|20)\d\d\b|[^.!?]{2,60}\b(?:1[89]|20)\d\d\b)", re.IGNORECASE
)


@cache
def _marks() -> dict[str, re.Pattern[str]]:
    kinds: dict[str, list[str]] = {}
    for kind, pattern in _data.rows("ends.tsv"):
        kinds.setdefault(kind, []).append(pattern)
    return {kind: re.compile("(?:" + "|".join(forms) + r")\s*[:.…»>]*", re.IGNORECASE) for kind, forms in kinds.items()}


def heads_list(text: str) -> bool:
    """Return whether a line is the heading of a list of links.

    Examples
    --------
    >>> heads_list("Related articles"), heads_list("Related species")
    (True, False)
    """
    if len(text) > 90 or telling.says(text) or re.search(r"[^.]\.$", text):
        return False
    return _marks()["list"].fullmatch(text.strip("*_ ")) is not None


class Tail:
    """Reads the end of one page."""

    def __init__(self, page: Sequence[Line], start: int, reader: Reader, clues: Clues, writers: Sequence[str]) -> None:
        self.page, self.start, self.reader, self.clues = page, start, reader, clues
        self.writers = (*clues.authors, *writers)
        self._kinds: dict[int, bool] = {}

    def find(self) -> int:
        """Return the index behind the body's last line."""
        end = self._upward(len(self.page))
        while True:
            earlier = self._from_mark(end)
            if earlier == end:
                return end
            end = self._upward(earlier)

    def collect(self, end: int) -> None:
        """Add what the lines behind the body say to the clues."""
        for index in range(end, len(self.page)):
            line = self.page[index]
            self.reader.metadata(line.text, self.clues, head=False)
            self.reader.holder(line.text, self.clues)
            if credit := re.fullmatch(r"\(([A-Z][A-Za-z]{1,12})\)", line.text):
                self.clues.wires.append(credit[1])
            if self.reader.labels(line.text, "themes") and not self.clues.themes:
                self.clues.themes.extend(self._items(index))
        if end > self.start and not self.clues.authors:
            self.signature(self.page[end].text if end < len(self.page) else "", self.clues)

    def _items(self, index: int) -> list[str]:
        """Return the short lines below a label such as `Topics`."""
        block = self.page[index].block
        items = [line.text for line in self.page[index + 1 : index + 13] if line.block == block]
        return items if all(len(item) <= 40 and item.count(" ") < 5 for item in items) else []

    def signature(self, text: str, clues: Clues) -> bool:
        """Read `— Anna Lorne, The Harl Post, 2 August 2016`; return whether `text` is such a signature."""
        found = re.match(r"(?:—|–|--+|-)\s*(?=\w)", text)
        if found is None or len(text) > 120:
            return False
        rest, reading = text[found.end() :], None
        if dated := dates.trailing(rest, zone=self.reader.zone):
            rest, reading = dated
        name, *others = [part.strip() for part in rest.split(",") if part.strip()] or [""]
        rules = self.reader.rules
        outlets = [one for one in others if evidence.outletlike(one, rules) or evidence.titled(one)]
        if not evidence.personlike(name, rules) or len(outlets) != len(others) or not (others or reading):
            return False
        clues.authors.append(name)
        clues.outlets.extend(outlets)
        clues.published.extend([reading] if reading else [])
        return True

    def _upward(self, end: int) -> int:
        """Return the end of the body when lines of furniture are taken away from the last one up."""
        page = self.page
        while end > self.start:
            if self._furniture(end - 1):
                end -= 1
                continue
            above = end - 1
            while above > self.start and end - above <= 4 and _may_continue(page[above]):
                above -= 1
                if self._furniture(above):
                    break
            if above < end - 1 and self._furniture(above) and self._goes_on(page[above]):
                end = above
                continue
            break
        return end

    def _from_mark(self, end: int) -> int:
        """Return the end of the body when all is taken away behind the earliest sure mark of an end."""
        first = self.start + 1
        for index in range(first, end):
            if self._begins_comments(index):
                return index
        loose = end
        while loose > first and self._loose(loose - 1):
            loose -= 1
        for index in range(max(loose - 1, first), end):
            line = self.page[index]
            if line.separator or line.image or line.words > 40:
                continue
            if heads_list(line.text) or (self._furniture(index) and not self._anywhere(line)):
                return index
        return end

    def _begins_comments(self, index: int) -> bool:
        line = self.page[index]
        if line.words > 14:
            return False
        text = line.text.strip("*_ ")
        following = self.page[index + 1 : index + 7]
        if _marks()["comments"].fullmatch(text):
            return not any(one.words > 60 for one in following)
        if _COMMENTS.fullmatch(text):
            return any(
                _SAYS.fullmatch(one.text)
                or one.text.lower() in ("reply", "antworten", "répondre")
                or self.reader.is_date(one.text)
                for one in following
            )
        return _SAYS.fullmatch(text) is not None and bool(following) and self._is_dated(following[0])

    def _is_dated(self, line: Line) -> bool:
        return line.words <= 10 and dates.trailing(line.text, zone=self.reader.zone) is not None

    def _loose(self, index: int) -> bool:
        """Return whether a line can stand in end matter: furniture, or short and no sentence."""
        line = self.page[index]
        if self._furniture(index):
            return True
        text = line.text
        return line.words <= 16 and not re.search(r"[.;,][\"'”’»)\]]*$|[\"”»]$", text) and text[:1] not in '"“„«'

    def _anywhere(self, line: Line) -> bool:
        return self.reader.furniture(line.text, line.words, "anywhere") is not None

    def _goes_on(self, line: Line) -> bool:
        piece = self.reader.furniture(line.text, line.words, "tail", "edge")
        return piece is not None and piece.continues

    def _furniture(self, index: int) -> bool:
        if index not in self._kinds:
            self._kinds[index] = self._is_furniture(index)
        return self._kinds[index]

    def _is_furniture(self, index: int) -> bool:
        line = self.page[index]
        if line.separator or line.image:
            return True
        if self.clues.title and index > self.start and key(line.text) == key(self.clues.title):
            return True
        above = self.page[index - 1].text if index else ""
        if line.text.lower().startswith(("source:", "quelle:")) and "|" in above:
            return False  # It names the source of the table above it.
        if self.reader.metadata(line.text, Clues(), head=False) and not telling.says(line.text):
            return True
        if self.reader.furniture(line.text, line.words, "tail", "edge", "anywhere"):
            return True
        if any(_is_biography(line.text, author) for author in self.writers):
            return True
        if index != len(self.page) - 1 or line.words > 14:
            return False
        byline = bylines.parse(line.text.lstrip("—–- "), rules=self.reader.rules, bare=bool(self.writers))
        if byline is not None and bool(self.writers) and set(byline.authors) <= set(self.writers):
            return True
        return not self.writers and self.signature(line.text, Clues())


def late(line: Line, reader: Reader) -> Clues | None:
    """Return what an unmistakable line of an end says above the last paragraph: tags, rights, origins, credits."""
    if line.words > 40 or line.heading or telling.says(line.text):
        return None
    trial = Clues()
    tagged = re.match(r"(?:tags|topics|filed under|keywords)\s*:", line.text, re.IGNORECASE)
    if _CREDIT.fullmatch(line.text) or (_RIGHTS.match(line.text) and not telling.tells(line.text)):
        reader.holder(line.text, trial)
        return trial
    if reader.metadata(line.text, trial, head=False) and (
        (trial.themes and tagged) or (trial.origins and line.words >= 4)
    ):
        return trial
    return None


def _is_biography(text: str, author: str) -> bool:
    verbs = r",? (?:is|was|has|covers|reports|reported|writes|works|teaches|joined|lives|holds|contributed)\b"
    return len(text) < 700 and re.match(re.escape(author) + verbs, text, re.IGNORECASE) is not None


def introduces(text: str, author: str) -> bool:
    """Return whether a line above the text says who its writer is."""
    verbs = r",? (?:is (?:a|an|the)|covers|reports|writes|works|teaches|lives)\b"
    return len(text) < 300 and re.match(re.escape(author) + verbs, text, re.IGNORECASE) is not None


def _may_continue(line: Line) -> bool:
    """Return whether a line may belong to furniture that begins above: legal words, or an item of a list."""
    if line.words <= 6 and not lines.ends_sentence(line.text):
        return True
    found = set(re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.lower()))
    return len(found & _data.words("furniture_words.txt")) >= 2
