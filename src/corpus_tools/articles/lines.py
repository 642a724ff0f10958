"""A page as lines, and lines as paragraphs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus_tools.articles import markup

_STOP = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_FINAL = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\.\.)[.;,:][\"'”’»)\]]*$|[.][\"'”’»]$")
_BROKEN_AFTER_QUOTE = re.compile(r",[\"”’'»]$")


@dataclass(frozen=True)
class Line:
    """One line of a page that is not blank.

    Parameters
    ----------
    text : str
        Without markup, white space collapsed.
    block : int
        Number of the run of lines (between blank lines) in which it stands.
    heading : int
        Level of a markdown heading, else 0.
    separator, image : bool
        See `markup.Marked`.
    """

    text: str
    block: int
    heading: int = 0
    separator: bool = False
    image: bool = False

    @property
    def words(self) -> int:
        """Number of words."""
        return self.text.count(" ") + 1


def split(text: str, *, markdown: bool = False) -> list[Line]:
    r"""Return the lines of `text` that are not blank, without their markup.

    Examples
    --------
    >>> [(line.text, line.block) for line in split("Rain\n\nIt rained.\nAll day.")]
    [('Rain', 0), ('It rained.', 1), ('All day.', 1)]
    """
    raws = text.split("\n")
    lines: list[Line] = []
    block, blank = -1, True
    for index, raw in enumerate(raws):
        if not raw.strip():
            blank = True
            continue
        if blank:
            block, blank = block + 1, False
        underline = re.fullmatch(r"\s{0,3}(=+|-+)\s*", raw) if markdown and lines and lines[-1].block == block else None
        if underline and index and raws[index - 1].strip() and len(underline[1]) > 1 and not lines[-1].separator:
            lines[-1] = Line(lines[-1].text, block, heading=1 if "=" in raw else 2)
            continue
        marked = markup.line(raw, markdown=markdown)
        if marked.text or marked.image:
            lines.append(Line(marked.text, block, marked.heading, marked.separator, marked.image))
    return lines


def ends_sentence(text: str) -> bool:
    """Return whether `text` ends as a sentence does."""
    return _STOP.search(text) is not None


def looks_title(line: Line) -> bool:
    """Return whether a line can be a headline: short, begun with a capital, without final stop.

    Examples
    --------
    >>> looks_title(Line("Rain floods the lower town", 0)), looks_title(Line("It rained all day.", 0))
    (True, False)
    """
    text = line.text
    if line.separator or line.image or line.words > 30 or len(text) > 220 or not re.search(r"[^\W\d_]", text):
        return False
    if re.match(r"[\"'“‘«¿¡(\[]*[^\W\d_A-Z]", text) and text.lstrip("\"'“‘«¿¡([")[:1].islower():
        return False
    return (
        _FINAL.search(text) is None
        or re.search(r"\b(?:[A-Z]\.){2,}$|\.\.\.$|\b(?:Inc|Jr|Sr|Co|vs)\.$", text) is not None
    )


def paragraphs(lines: Sequence[Line], *, markdown: bool = False) -> tuple[list[str], bool]:
    """Return the paragraphs that lines of a body make, and whether one broken after a quotation was mended.

    Lines of one block are joined when they are one wrapped paragraph, and kept apart when each is a paragraph.
    """
    width = 0 if markdown else _wrapped_at(lines)
    joined: list[list[str]] = []
    previous: Line | None = None
    for line in lines:
        if previous is not None and previous.block == line.block and _continues(previous, line, width, markdown):
            joined[-1].append(line.text)
        else:
            joined.append([line.text])
        previous = line
    made = [" ".join(pieces) for pieces in joined]
    mended: list[str] = []
    for paragraph in made:
        # `"... potential threats,"` with `he stressed.` in the next paragraph: one sentence, broken where it was saved.
        if mended and _BROKEN_AFTER_QUOTE.search(mended[-1]) and paragraph[:1].islower():
            mended[-1] = f"{mended[-1]} {paragraph}"
        else:
            mended.append(paragraph)
    return mended, len(mended) < len(made)


def _wrapped_at(lines: Sequence[Line]) -> int:
    """Return the column at which the lines are wrapped; 0 when they are not."""
    wrapped = [line.text for line, following in itertools.pairwise(lines) if line.block == following.block]
    if sum(map(ends_sentence, wrapped)) > 0.6 * len(wrapped):  # Each line is a paragraph.
        return 0
    inner = [len(text) for text in wrapped]
    if not inner:
        return 0
    width = max(len(line.text) for line in lines)
    full = sum(length >= 0.75 * width for length in inner)
    return width if 30 <= width <= 130 and full >= 0.7 * len(inner) else 0


def _continues(previous: Line, line: Line, width: int, markdown: bool) -> bool:
    if previous.heading or line.heading or line.text.startswith("• "):
        return False
    if markdown:
        return True
    if width:
        return len(previous.text) + 1 + len(line.text.split(" ", 1)[0]) > width
    return not ends_sentence(previous.text) and line.text[:1].islower()
