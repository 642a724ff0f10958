"""The text of pages that a script fills in: what stands for it in the page's scripts.

Next.js, Nuxt, Apollo and others send the article as strings of JavaScript, each in a shape of its own. The shapes are
not followed: a string is the article's when it holds paragraphs and says what the page's description says, or when it
is the only one in a script with the headline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from corpus_tools.articles.html.blocks import Block, above
from corpus_tools.articles.html.titles import fold
from corpus_tools.articles.html.tree import read

#: A page with fewer characters of text is looked at, a string must give more; scripts that are longer are not read.
LITTLE, ENOUGH, _LONGEST = 250, 300, 3_000_000
#: A string without markup must be longer: shorter ones are pieces of paragraphs, parted at links and the like.
_PLAIN = 1_000
#: What is put in by a template, as `$$PICTURE$$`.
_VARIABLE = re.compile(r"[$#%{\[<@]+[\w.-]+[$#%}\]>@]+")
_SCRIPT = re.compile(r"<script(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_STRING = re.compile(r'"[^"\\]{0,80}"\s*:\s*"((?:[^"\\]|\\.){300,})"')
_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’»“)\]]*(?:\s|$)")
#: How a piece of a value is sent, and how a text that stands by itself in it begins.
_PUSHED = re.compile(r'[\w.$()=|\[\] ]{0,80}\.push\(\[\d+,\s*("(?:[^"\\]|\\.)*")\]\);?')
_LENGTH = re.compile(rb"[0-9a-f]{1,4}:T([0-9a-f]{2,6}),")
_MARKUP = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>", re.IGNORECASE)
#: Elements of these kinds are no text of it.
_NONE = frozenset(
    ("caption", "media", "related", "ads", "social", "subscribe", "comments", "chrome", "hidden", "byline", "tags")
)
#: Share of the description's runs of three words that the text must have.
_SAID = 0.5


def paragraphs(page: str, *, title: str, description: str) -> tuple[str, ...]:
    """Return the paragraphs of the article that a page's scripts hold; none where no string is surely its.

    Parameters
    ----------
    page : str
        The page's HTML.
    title, description : str
        What the page says of itself elsewhere: the text is known by them.

    Examples
    --------
    >>> text = "".join(f"<p>It rained for {days} days in Harl, the mayor said on Tuesday.</p>" for days in range(2, 9))
    >>> page = f"<script>window.__STATE__ = {json.dumps({'title': 'Rain falls in Harl', 'html': text})}</script>"
    >>> found = paragraphs(page, title="Rain falls in Harl", description="")
    >>> len(found), found[0]
    (7, 'It rained for 2 days in Harl, the mayor said on Tuesday.')
    >>> paragraphs(page, title="Goats and their keepers", description="")
    ()
    """
    said: list[tuple[str, ...]] = []
    alone: list[tuple[str, ...]] = []
    headline = fold(title)
    for script in _scripts(page):
        found = [one for one in dict.fromkeys((*_texts(script), *_sent(script))) if sum(map(len, one)) > ENOUGH]
        said.extend(one for one in found if _says(one, description))
        if len(found) == 1 and len(headline) > 8 and headline in fold(script):
            alone.extend(found)
    return max(said or alone, key=lambda one: sum(map(len, one)), default=())


def _scripts(page: str) -> Iterator[str]:
    """Yield the scripts of a page that may hold its text; those that send one value in pieces as one."""
    pushed: list[str] = []
    end = 0
    for opening in _SCRIPT.finditer(page):
        if opening.start() < end:  # It stands in a script.
            continue
        end = page.find("</script", opening.end())
        end = end if end >= 0 else len(page)
        script = page[opening.end() : end].strip()
        piece = _PUSHED.fullmatch(script) if len(script) <= _LONGEST else None
        if piece is not None:
            pushed.append(_decoded(piece[1]) or "")
        elif ENOUGH < len(script) <= _LONGEST and "ld+json" not in opening[0]:
            yield script
    if pushed:
        yield "".join(pushed)[:_LONGEST]


def _sent(script: str) -> Iterator[tuple[str, ...]]:
    """Yield the texts that stand by themselves in what Next.js sends: `24:T1b7b,` and so many bytes."""
    data = script.encode("utf-8", "surrogatepass")
    left = 3 * len(data)  # Lengths that are not true must not cost more than that.
    for found in _LENGTH.finditer(data):
        length = int(found[1], 16)
        left -= length
        if left < 0:
            break
        value = data[found.end() : found.end() + length].decode("utf-8", "replace")
        if len(_MARKUP.findall(value)) > 1:
            yield _marked(value)


def _decoded(written: str) -> str | None:
    try:
        value = json.loads(written, strict=False)
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def _texts(script: str) -> Iterator[tuple[str, ...]]:
    """Yield the texts that strings of a script give: those with markup, and long plain ones."""
    for found in _STRING.finditer(script):
        value = _decoded(f'"{found[1]}"')
        if value is None:
            continue
        if value.lstrip()[:1] in ("{", "["):  # JSON in a string.
            yield from _texts(value)
        elif len(_MARKUP.findall(value)) > 1:
            yield _marked(value)
        elif len(value) > _PLAIN and len(_SENTENCE.findall(value)) > 2:
            yield tuple(" ".join(line.split()) for line in value.split("\n") if line.strip())


def _marked(value: str) -> tuple[str, ...]:
    """Return the paragraphs of a string with markup, without what its elements say is none."""
    return tuple(block.text for block in read(f"<article>{value}</article>").blocks if _is_text(block))


def _is_text(block: Block) -> bool:
    if _VARIABLE.fullmatch(block.text):
        return False
    around = list(above(block.place))
    kinds = frozenset[str]().union(*(place.kinds for place in around))
    pictured = any(place.tag in ("figure", "figcaption") for place in around)
    return block.linked <= 0.5 * len(block.text) and not kinds & _NONE and not pictured


def _says(found: Sequence[str], description: str) -> bool:
    """Return whether a text has what the description of the page says."""
    told, words = fold(description).split(), fold(" ".join(found)).split()
    runs = set(zip(told, told[1:], told[2:], strict=False))
    return len(runs) > 2 and len(runs & set(zip(words, words[1:], words[2:], strict=False))) >= _SAID * len(runs)
