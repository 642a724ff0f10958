"""The one incident that an article is about: how many were killed and injured, and on which day."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from corpus_tools.timeline._incident_day import main_day
from corpus_tools.timeline.events import events as find_all_events
from corpus_tools.timeline.expressions import expressions as find_all_expressions

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
    same = with_toll[with_toll["begin"].isna() | (with_toll["begin"] == day)] if day is not None else with_toll
    kind = None if lead.empty else str(lead.iloc[0]["kind"])
    killed, injured = _most(same, "killed"), _injured(same)
    return Incident(killed, injured, day, kind)


def _main_day(article: pd.DataFrame, expressions: pd.DataFrame, with_toll: pd.DataFrame) -> pd.Timestamp | None:
    text = article["text"].iloc[0] if len(article) else None
    published = article["published"].iloc[0] if "published" in article.columns and len(article) else None
    if not isinstance(text, str):
        return None
    day = None if published is None or pd.isna(published) else pd.Timestamp(published).tz_localize(None).normalize()
    return main_day(expressions, text, day, {int(start) for start in with_toll["dated_start"].dropna()})


def _most(table: pd.DataFrame, name: str) -> int | None:
    values = table[f"{name}_min"].dropna()
    return None if values.empty else int(values.max())


def _injured(table: pd.DataFrame) -> int | None:
    """Return how many were injured; those who were shot and died are not counted again."""
    said = table["toll_text"].astype(object).map(lambda text: isinstance(text, str) and bool(_HIT.search(text)))
    hit = said & table["killed_min"].isna()
    plain = _most(table[~hit.astype(bool)], "injured")
    shot, killed = _most(table[hit.astype(bool)], "injured"), _most(table, "killed") or 0
    if shot is None:
        return plain
    return max(plain or 0, shot - killed, 0)


_HIT = re.compile(r"\b(?:shot|shooting|stabb|gunshot|grazed|hospital|bullet|suffering)", re.IGNORECASE)
