"""What stands before the text in a form of its own: YAML, TOML, pandoc's title block, the codes of press databases."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from corpus_tools.articles import _data, markup

#: Fields, the text without them, notes, and the front matter as it was written.
Front = tuple[dict[str, Any], str, tuple[str, ...], str]
_LONGEST = markup.LONGEST_FRONT_MATTER


def read(text: str) -> Front:
    r"""Return what stands before the text of a page, and the text.

    Examples
    --------
    >>> read('+++\ntitle = "Rain"\n+++\nIt rained.')[:2]
    ({'title': 'Rain'}, 'It rained.')
    >>> read("% Rain\n% Ines Orr; Ott Bram\n% 2 August 2016\n\nIt rained.")[0]
    {'title': 'Rain', 'author': 'Ines Orr; Ott Bram', 'date': '2 August 2016'}
    >>> read("HD\nRain\n\nPD\n2 August 2016\n\nSN\nThe Harl Post\n\nTD\nIt rained.\n\nAN\nDocument 1")[1]
    'It rained.'
    """
    for form in (_toml, _pandoc, _export, _mail):
        found = form(text)
        if found is not None:
            return found
    return markup.front_matter(text)


def _toml(text: str) -> Front | None:
    found = re.match(r"\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", text[:_LONGEST], re.DOTALL)
    if not found:
        return None
    try:
        fields = tomllib.loads(found[1])
    except (tomllib.TOMLDecodeError, RecursionError):
        note = "metadata: the front matter is not valid TOML; it is kept apart unread"
        return {}, text[found.end() :], (note,), found[1]
    return fields, text[found.end() :], (), found[1]


def _pandoc(text: str) -> Front | None:
    found = re.match(r"%[ \t]+(\S.*)\n((?:[ \t]+\S.*\n)*)(?:%[ \t]*(.*)\n)?(?:%[ \t]*(.*)(?:\n|$))?", text[:_LONGEST])
    if not found or found[3] is None:
        return None
    values = (" ".join(f"{found[1]} {found[2]}".split()), found[3], found[4] or "")
    fields = {
        name: value.strip() for name, value in zip(("title", "author", "date"), values, strict=True) if value.strip()
    }
    return fields, text[found.end() :], (), found[0].strip()


@cache
def _codes() -> tuple[dict[str, str], re.Pattern[str]]:
    fields: dict[str, str] = dict(_data.rows("exports.tsv"))  # type: ignore[arg-type]
    codes = "|".join(fields)
    return fields, re.compile(rf"^({codes})(?:[ \t]{{2,}}(\S.*)|[ \t]*)$", re.MULTILINE)


def _export(text: str) -> Front | None:
    fields, pattern = _codes()
    if not re.match(r"\s*[A-Z]{2,3}(?:[ \t]{2,}|[ \t]*\n)", text[:200]):
        return None
    marks = list(pattern.finditer(text))
    names = {mark[1] for mark in marks}
    if len(names) < 4 or "HD" not in names or not names & {"LP", "TD"} or len(names) < len(marks):
        return None
    found: dict[str, Any] = {}
    body: list[str] = []
    kept: list[str] = [text[: marks[0].start()].strip()]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        value = f"{mark[2] or ''}{text[mark.end() : following.start() if following else len(text)]}".strip()
        name = fields[mark[1]]
        if name == "text":
            body.append(value)
            continue
        kept.append(f"{mark[1]} {value}")
        if name != "-" and value:
            found[name] = re.sub(r"(?i)^by\s+", "", " ".join(value.split()))
    return found, "\n\n".join(body), (), "\n".join(piece for piece in kept if piece)


_HEADER = r"(?:From|To|Cc|Subject|Date|Sent|Reply-To|List-[\w-]+|Message-ID|MIME-Version|Content-[\w-]+)"


def _mail(text: str) -> Front | None:
    """Read the header of a mail: its subject is the headline, its date the day."""
    found = re.match(rf"\s*((?:{_HEADER}:[ \t].*\n(?:[ \t]+\S.*\n)*){{3,30}})\s*\n", text[:_LONGEST])
    if not found:
        return None
    header = dict(re.findall(rf"^({_HEADER}):[ \t]+(\S.*)$", found[1], re.MULTILINE))
    fields = {"title": header.get("Subject"), "date": header.get("Date") or header.get("Sent")}
    if not all(fields.values()):
        return None
    return dict(fields), text[found.end() :], (), found[1].strip()


def without_references(text: str) -> str:
    r"""Return a page saved by a text browser without the numbers of its links and their list at the end.

    Examples
    --------
    >>> without_references("Rain [1]fell.\n\nReferences\n\n   1. http://harl.example/\n")
    'Rain fell.\n'
    """
    found = re.search(r"\n[ \t]*References\s*\n(?:\s*(?:Visible|Hidden) links:?\s*\n)?(?=\s*\d{1,4}\. \S+:)", text)
    if not found or not re.fullmatch(
        r"(?:\s*(?:\d{1,4}\. \S+|(?:Visible|Hidden) links:?)\s*(?:\n|$))*", text[found.end() :]
    ):
        return text
    return re.sub(r"\[\d{1,4}\](?=\S)", "", text[: found.start()])
