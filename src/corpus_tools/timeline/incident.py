"""The one incident that an article is about: how many were killed and injured, and on which day."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from corpus_tools.timeline._incident_day import main_day
from corpus_tools.timeline.events import events as find_all_events
from corpus_tools.timeline.expressions import expressions as find_all_expressions

Row = dict[Hashable, Any]
_HARM = ("attack", "explosion", "accident", "disaster", "military_action", "protest", "other")


@dataclass(frozen=True)
class Incident:
    """What an article says of its main incident; None where it says nothing."""

    killed: int | None
    injured: int | None
    day: pd.Timestamp | None
    kind: str | None


def main_incident(
    article: pd.DataFrame, events: pd.DataFrame | None = None, expressions: pd.DataFrame | None = None
) -> Incident:
    """Return the incident that an article leads with.

    Parameters
    ----------
    article : DataFrame
        An articles table with one row.
    events, expressions : DataFrame, optional
        Its events and time expressions; computed when not given.

    Returns
    -------
    Incident
        The tolls of the first day told of that have any, the highest where later sentences give more, and that day;
        without such a day the first one that the article names. Who was shot and later died counts as killed only.

    Examples
    --------
    >>> article = pd.DataFrame({"article_id": ["a"], "published": [pd.Timestamp("2018-03-23")],
    ...     "text": ["A man was shot and killed on Wednesday. Two others were wounded, police said."]})
    >>> main_incident(article)
    Incident(killed=1, injured=2, day=Timestamp('2018-03-21 00:00:00'), kind='attack')
    """
    if expressions is None:
        expressions = find_all_expressions(article)
    table = find_all_events(article, expressions=expressions) if events is None else events
    told = table[table["kind"].isin(_HARM) & table["status"].isin(["happened", "denied", "ongoing"])]
    with_toll = told[told["killed_min"].notna() | told["injured_min"].notna()]
    lead = with_toll if not with_toll.empty else told[told["kind"] != "other"]
    day = _main_day(article, expressions, with_toll)
    rows = with_toll[["begin", "finish", "killed_min", "injured_min", "toll_text"]].to_dict("records")
    same = (
        [row for row in rows if _of_day(row, day, 0)]
        or [row for row in rows if _of_day(row, day, _SLACK)]
        or [row for row in rows if _of_day(row, rows[0]["begin"], 0)]
    )
    kind = None if lead.empty else str(lead.iloc[0]["kind"])
    killed = _most(same, "killed") or _died_later(rows, day)
    return Incident(killed, _injured(same, killed or 0), day, kind)


def _missing(value: Any) -> bool:
    return bool(pd.isna(value))


def _of_day(row: Row, day: pd.Timestamp | None, slack: int) -> bool:
    """Whether a toll is of that day, give or take `slack` days (*overnight*), or of none."""
    if day is None or _missing(row["begin"]):
        return True
    finish = row["begin"] if _missing(row["finish"]) else row["finish"]
    if slack == 0 and finish.toordinal() - row["begin"].toordinal() > _LONG:
        return False
    first, last = int(row["begin"].toordinal()), int(finish.toordinal())
    return first - slack <= day.toordinal() <= last + slack


def _died_later(rows: list[Row], day: pd.Timestamp | None) -> int | None:
    """Return 1 where one person is said to have died in the weeks after the incident."""
    for row in rows:
        single = row["killed_min"] == 1 and _DIED.search(str(row["toll_text"]))
        if day is None or not single or _missing(row["begin"]):
            continue
        if _SLACK < row["begin"].toordinal() - day.toordinal() < _WEEKS:
            return 1
    return None


def _main_day(article: pd.DataFrame, expressions: pd.DataFrame, with_toll: pd.DataFrame) -> pd.Timestamp | None:
    text = article["text"].iloc[0] if len(article) else None
    published = article["published"].iloc[0] if "published" in article.columns and len(article) else None
    if not isinstance(text, str):
        return None
    day = None if published is None or pd.isna(published) else pd.Timestamp(published).tz_localize(None).normalize()
    return main_day(expressions, text, day, {int(start) for start in with_toll["dated_start"].dropna()})


def _most(rows: list[Row], name: str) -> int | None:
    values = [int(row[f"{name}_min"]) for row in rows if not _missing(row[f"{name}_min"])]
    return max(values, default=None)


def _injured(rows: list[Row], killed: int) -> int | None:
    """Return how many were injured; those who were shot and died are not counted again."""
    dead = [str(row["toll_text"]) for row in rows if not _missing(row["killed_min"]) and row["killed_min"] > 0]
    hit = [row for row in rows if _may_have_died(row) and not _another(row, dead)]
    plain = _most([row for row in rows if not (_may_have_died(row) and not _another(row, dead))], "injured")
    shot = _most(hit, "injured")
    return plain if shot is None else max(plain or 0, shot - killed, 0)


def _another(row: Row, dead: list[str]) -> bool:
    """Whether one person who was hurt cannot be one of the dead: a woman, where those who died are men."""
    by_own_hand = [bool(_OWN_HAND.search(text)) for text in dead]
    if dead and all(by_own_hand) and row["injured_min"] == 1:
        return _OWN_HAND.search(str(row["toll_text"])) is None
    sex = _sex(str(row["toll_text"]))
    return row["injured_min"] == 1 and bool(sex and dead) and all(other not in ("", sex) for other in map(_sex, dead))


#: *Killed himself*: the one who shot, not the one who was shot.
_OWN_HAND = re.compile(r"\b(?:himself|herself|self-inflicted|suicide)\b")


def _sex(words: str) -> str:
    """Return the sex of the people of a toll where the words tell it: f, m or nothing."""
    sexes = {sex for sex in "fm" if _SEXES[sex].search(words)}
    return sexes.pop() if len(sexes) == 1 else ""


_SEXES = {
    "f": re.compile(
        r"\b(?:wom[ae]n|girls?|mothers?|daughters?|wi(?:fe|ves)|sisters?|girlfriends?|females?|grandmothers?|aunts?|"
        r"nieces?|moms?|she|herself)\b|\bher$",
        re.IGNORECASE,
    ),
    "m": re.compile(
        r"\b(?:m[ae]n|boys?|fathers?|sons?|husbands?|brothers?|boyfriends?|males?|grandfathers?|uncles?|nephews?|dads?|"
        r"he|him|himself|gunm[ae]n)\b",
        re.IGNORECASE,
    ),
}


def _may_have_died(row: Row) -> bool:
    """Whether a toll of injured can hold the dead: *two men were shot*, not *another was wounded*."""
    text = str(row["toll_text"])
    told_apart = not _missing(row["killed_min"]) and _DEAD.search(text) is None and _OF_THEM.search(text) is None
    if _OF_HIM.search(text):
        return True
    return not told_apart and _HIT.search(text) is not None and _BESIDE.search(text) is None


#: *Wounding him*: somebody whom the text has named before.
_OF_HIM = re.compile(r"\b(?:wound|injur|hurt)ing (?:him|her)$", re.IGNORECASE)
#: *Four men were shot and one of them was killed*.
_OF_THEM = re.compile(r"\bof (?:them|whom|these|those)\b")
_HIT = re.compile(
    r"\b(?:shot|shooting|stabb|gunshot|hospital|bullet|suffer|struck|striking|hit|hitting|(?:his|her) (?:wound|injur))",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:an?other|injured|injuring|wounded|wounding|hurt|surviv)", re.IGNORECASE)
_DIED = re.compile(r"\b(?:died|dies|succumbed|passed away|pronounced)\b", re.IGNORECASE)
#: In days.
_DEAD = re.compile(r"\b(?:died|dead|dies|succumbed|passed away)\b", re.IGNORECASE)
_SLACK, _LONG, _WEEKS = 1, 6, 56
