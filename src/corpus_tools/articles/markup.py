"""Markdown and front matter: from marked-up lines to plain ones.

Pages saved as text often carry markdown links even when they are not markdown files, so links are resolved everywhere;
emphasis, headings and lists are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_FRONT_MATTER = 65_536
# A target that looks like an address: without this, "[sic](he laughs)" would lose words.
_ADDRESS = r"(?:#[^()\s]*|<[^<>]*>|[^()\s]*[./:#@?=][^()\s]*(?:\([^()\s]*\)[^()\s]*)?)"
_TARGET = rf"\((?:\s*{_ADDRESS}?(?:\s+[\"'][^\"'()]*[\"'])?\s*)\)"
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]" + _TARGET)
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,500})\]" + _TARGET)
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\]\[[^\[\]]{0,80}\]")
_DEFINITION = re.compile(r"\s{0,3}\[[^\[\]]{1,80}\]:\s+\S+(?:\s+[\"'(].*)?")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500}|[\w.+-]{1,64}@[\w.-]{1,200})>")
_STRONG = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])")
_UNDERSCORE = re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])")
_CODE = re.compile(r"(?<!`)`([^`\n]{1,500})`(?!`)")
_TAG = re.compile(
    r"</?(?:br|p|div|span|em|strong|b|i|u|a|sup|sub|hr|small|figure|figcaption|center)\b[^<>]{0,300}>|<!--.*?-->", re.I
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_SEPARATOR = re.compile(r"\s*(?:[-*_=~•·#]\s*){3,}")


@dataclass(frozen=True)
class Marked:
    """One line with its markup removed.

    Parameters
    ----------
    text : str
        What a reader sees, white space collapsed.
    heading : int
        Level of a markdown heading; 0 for other lines.
    separator : bool
        Whether it is a rule such as ``---``.
    image : bool
        Whether it holds an image and nothing else (``text`` is then the alternative text).
    """

    text: str
    heading: int = 0
    separator: bool = False
    image: bool = False


def line(raw: str, *, markdown: bool = False) -> Marked:
    """Return `raw` without its markup.

    Examples
    --------
    >>> line("By [Mara Quill](https://ledger.example/mara)").text
    'By Mara Quill'
    >>> line("## The *second* inspection", markdown=True)
    Marked(text='The second inspection', heading=2, separator=False, image=False)
    """
    if _SEPARATOR.fullmatch(raw[:200]) and len(raw) < 200:
        return Marked(raw.strip(), separator=True)
    heading = 0
    if found := _HEADING.fullmatch(raw) if raw.lstrip().startswith("#") else None:
        heading, raw = len(found[1]), found[2]
    image = bool(_IMAGE.search(raw)) and not _IMAGE.sub("", raw).strip(" \t[]()*_")
    if markdown:
        if _DEFINITION.fullmatch(raw):
            return Marked(_collapse(raw), separator=True)
        raw = re.sub(r"^\s{0,3}(?:>\s?)+", "", raw)
        raw = re.sub(r"^\s{0,3}[-*+]\s+(?=\S)", "• ", raw)
        raw = _TAG.sub(" ", raw) if "<" in raw else raw
    return Marked(_collapse(inline(raw, markdown=markdown)), heading=heading, image=image)


def inline(text: str, *, markdown: bool = False) -> str:
    """Return `text` with links, images and (in markdown) emphasis and code as plain words."""
    if "](" in text:
        text = _IMAGE.sub(lambda found: found[1], text)
        text = _LINK.sub(lambda found: found[1], text)
    if "<" in text:
        text = _AUTOLINK.sub(lambda found: found[1], text)
    if "*" in text and (markdown or re.match(r"\s*\*+\S", text)):
        for _ in range(2):
            text = _STRONG.sub(lambda found: found[2], text)
    if markdown:
        if "][" in text:
            text = _REFERENCE.sub(lambda found: found[1], text)
        text = _UNDERSCORE.sub(lambda found: found[2], text)
        text = _CODE.sub(lambda found: found[1], text)
        text = _ESCAPED.sub(lambda found: found[1], text)
    return text


def _collapse(text: str) -> str:
    return " ".join(text.split())


def front_matter(text: str) -> tuple[dict[str, Any], str, tuple[str, ...], str]:
    r"""Return ``(fields, rest, notes, front matter as written)`` of a page.

    Examples
    --------
    >>> fields, rest, notes, _ = front_matter("---\ntitle: Rain\n---\nIt rained.\n")
    >>> fields, rest, notes
    ({'title': 'Rain'}, 'It rained.\n', ())
    """
    found = re.match(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", text[:LONGEST_FRONT_MATTER], re.DOTALL)
    if not found or not re.search(r"^[\w\"'][\w \"'.-]*:", found[1], re.MULTILINE):
        return {}, text, (), ""
    import yaml

    rest = text[found.end() :]
    try:
        if re.search(r"(?:^|[\s:\[,-])[&*]\w+", found[1]) and _has_alias(found[1]):
            raise yaml.YAMLError("anchors and aliases are not read")
        fields = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        fields = None
    if isinstance(fields, Mapping):
        return {str(key): value for key, value in fields.items()}, rest, (), found[1]
    return _by_line(found[1]), rest, ("metadata: the front matter is not valid YAML; read line by line",), found[1]


def _has_alias(text: str) -> bool:
    import yaml

    return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader))


def _by_line(text: str) -> dict[str, Any]:
    """Read ``key: value`` lines of a broken front matter; what else stands there is left to the boilerplate."""
    fields: dict[str, Any] = {}
    for row in text.splitlines():
        if found := re.fullmatch(r"([A-Za-z][\w .-]{0,40}?)\s*:\s*(\S.*?)\s*", row[:2000]):
            value = found[2]
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            if value[0] == "[" and value[-1] == "]":
                fields[found[1]] = [item.strip().strip("\"'") for item in value[1:-1].split(",") if item.strip()]
            else:
                fields[found[1]] = value
    return fields
