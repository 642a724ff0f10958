"""What articles state about their own origin: byline, dateline, wire, where it first appeared."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.attribution._lexicon import rows

_PLACE = r"[A-ZÀ-Þ][\w.'’À-ÿ\-]*(?:[ ,/]+[A-ZÀ-Þ][\w.'’À-ÿ\-]*){0,6}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
_DAY = rf"(?:{_MONTH}[a-z]*\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?|\d{{1,2}}\s+[A-Z][a-z]+(?:\s+\d{{4}})?)"
_DATELINE = re.compile(
    rf"\s*(?P<place>{_PLACE})?(?:,\s*(?P<day>{_DAY}))?\s*"
    rf"(?:\((?P<wire>[A-Za-z][\w .&'’/\-]{{1,40}})\))?\s*(?:[-–—]{{1,2}}|:)\s+"
)
_FIRST = re.compile(
    r"(?:(?:this|the)\s+(?:article|story|piece|report|text)\s+(?:was\s+)?(?:first\s+|originally\s+)?(?:appeared|published|ran)\s+(?:in|on|at|by|with)"
    r"|(?:first|originally)\s+(?:appeared|published)\s+(?:in|on|at|by)|(?:the\s+)?original\s+source\s+of\s+this\s+article\s+is"
    r"|reprinted\s+(?:with\s+permission\s+)?from|republished\s+(?:with\s+permission\s+)?from|courtesy\s+of|h/t:?|source:|via)"
    r"\s+(?P<outlet>(?:the\s+)?[A-ZÀ-Þ0-9][^\n.;()\[\]]{1,60})",
    re.IGNORECASE,
)


@cache
def _wires() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    for row in rows("outlets.tsv"):
        if row["wire"] == "yes":
            for spelling in [row["name"], *row["aliases"].split("|")]:
                if spelling:
                    names[spelling] = row["name"]
    pattern = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w&])(?:{pattern})(?!\w)"), names


def wire_of(text: str, *, credit: str | None = None) -> tuple[str | None, str | None, str | None]:
    """Return the news agency whose copy a text says it is, where it says so, and the words.

    Parameters
    ----------
    text : str
        Body of the article; its first and last lines are read.
    credit : str, optional
        Credit line.

    Returns
    -------
    wire, where, evidence : str or None
        `where` is dateline, credit, lead or end.

    Examples
    --------
    >>> wire_of("LENN, July 24 (Reuters) - Rain fell on Sunday.")
    ('Reuters', 'dateline', 'LENN, July 24 (Reuters) -')
    >>> wire_of("Rain fell, Reuters reported.")
    (None, None, None)
    """
    pattern, names = _wires()
    head = text[:600]
    for line in [part for part in head.split("\n") if part.strip()][:4]:
        dateline = _DATELINE.match(line)
        if dateline and dateline["wire"]:
            found = pattern.search(dateline["wire"])
            if found:
                return names[found.group()], "dateline", dateline.group().strip()
    opening = re.search(r"\((?P<wire>[A-Z][\w .&'’/\-]{1,30})\)\s*[-–—]", head)
    if opening and (found := pattern.fullmatch(opening["wire"].strip())):
        return names[found.group()], "dateline", opening.group()
    if credit and (found := pattern.search(credit)):
        return names[found.group()], "credit", credit
    return _at_the_end(text, pattern, names)


def _at_the_end(
    text: str, pattern: re.Pattern[str], names: dict[str, str]
) -> tuple[str | None, str | None, str | None]:
    tail = text[-700:]
    for line in reversed([part.strip() for part in tail.split("\n") if part.strip()][-4:]):
        signed = re.fullmatch(
            r"[\s(\[—–-]*(?:Source:\s*|©\s*|Copyright\s*(?:©|\(c\))?\s*\d{0,4}\s*(?:by\s+)?)?(?P<name>.{2,40}?)[\s)\].]*",
            line,
        )
        if signed and (found := pattern.fullmatch(signed["name"].strip())):
            return names[found.group()], "end", line
        if re.match(r"\(?(?:Additional )?[Rr]eporting by\b.*[Ee]diting by\b", line):
            return "Reuters", "end", line
        if re.search(r"(?i)copyright|all rights reserved|contributed to this (?:report|story)", line) and (
            found := pattern.search(line)
        ):
            return names[found.group()], "end", line
    return None, None, None


def provenance(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the chain that each article states about itself.

    Parameters
    ----------
    articles : DataFrame
        Needs ``article_id`` and ``text``; title, authors, outlet, original_outlet, original_published, wire, dateline
        and boilerplate are read where they are there. What the reader of the articles has found goes before what the
        text shows.

    Returns
    -------
    DataFrame
        One row for each article: article_id, byline (names joined by commas), dateline (as written), dateline_place,
        wire, wire_evidence (dateline, credit, end or metadata), original_outlet, first_appeared_in (as written), chain
        (list, from the first publisher to this one), evidence (list of the words that say so).

    Examples
    --------
    >>> import pandas as pd
    >>> text = ["ORLE, 3 May (AFP) — Rain fell."]
    >>> table = provenance(pd.DataFrame({"article_id": ["a"], "text": text, "outlet": ["Post"]}))
    >>> table[["wire", "dateline_place"]].values.tolist(), table["chain"][0]
    ([['AFP', 'ORLE']], ['AFP', 'Post'])
    """
    schema.require(articles, "article_id", "text")
    made = [_one(record) for record in articles.to_dict("records")]
    columns = ["article_id", "byline", "dateline", "dateline_place", "wire", "wire_evidence", "original_outlet",
               "first_appeared_in", "chain", "evidence"]  # fmt: skip
    table = pd.DataFrame(made, columns=columns)
    for name in columns[:-2]:
        table[name] = table[name].astype("str") if len(table) else pd.Series(dtype="str")
        table[name] = table[name].where(table[name].notna() & ~table[name].isin(["", "None", "nan"]))
    return table


def _one(record: dict[Any, Any]) -> dict[str, Any]:
    text, boilerplate = _string(record.get("text")) or "", _string(record.get("boilerplate")) or ""
    lead = next((line for line in text[:600].split("\n") if line.strip()), "")
    dateline = next(filter(None, map(_dateline, [lead, *boilerplate.split("\n")])), None)
    place = dateline["place"] if dateline else None
    if "dateline" in record:  # the reader of the articles has looked already
        place = _string(record["dateline"])
        dateline = dateline if dateline and dateline["place"] == place else None
    wire, where, words = wire_of(text)
    if wire is None and boilerplate:
        wire, where, words = wire_of(boilerplate)
    known = _string(record.get("wire"))
    if known is not None:
        wire, where = known, where if wire == known else "metadata"
    first = _FIRST.search(boilerplate) or _FIRST.search(text[-700:])
    original = _string(record.get("original_outlet"))
    appeared = first.group().strip() if first else None
    if original is None and first:
        original = _outlet_name(first["outlet"])
    outlet = _string(record.get("outlet"))
    chain = [name for name in (wire, original, outlet) if name]
    evidence = [part for part in (words, appeared, dateline.group().strip() if dateline else None) if part]
    authors = record.get("authors")
    return {
        "article_id": record["article_id"],
        "byline": ", ".join(map(str, authors)) if authors is not None and not isinstance(authors, float) else None,
        "dateline": dateline.group().strip() if dateline else None,
        "dateline_place": place,
        "wire": wire,
        "wire_evidence": where,
        "original_outlet": original,
        "first_appeared_in": appeared,
        "chain": list(dict.fromkeys(chain)),
        "evidence": list(dict.fromkeys(evidence)),
    }


def _dateline(line: str) -> re.Match[str] | None:
    """Return the dateline with which a line begins: a wire, a day, or a place in capitals."""
    found = _DATELINE.match(line)
    if found is None or not (found["place"] or found["wire"]):
        return None
    sure = found["wire"] or found["day"] or (found["place"] and found["place"].isupper())
    return found if sure else None


def _outlet_name(text: str) -> str | None:
    name = re.split(r"\s+(?:on|in|at|under|and|,)\s|,", text)[0].strip(" .:")
    return name or None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
