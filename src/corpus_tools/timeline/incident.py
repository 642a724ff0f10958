"""The one incident that an article is about: how many were killed and injured, and on which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

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
    published = article["published"].iloc[0] if "published" in article.columns and len(article) else None
    day = _first_day(lead)
    if day is None:
        text = article["text"].iloc[0] if len(article) else ""
        day = _first_named(expressions, published, text if isinstance(text, str) else "")
    same = with_toll[with_toll["begin"].isna() | (with_toll["begin"] == day)] if day is not None else with_toll
    kind = None if lead.empty else str(lead.iloc[0]["kind"])
    killed, injured = _most(same, "killed"), _injured(same)
    return Incident(killed, injured, day, kind)


def _first_day(table: pd.DataFrame) -> pd.Timestamp | None:
    days = table[table["begin"].notna() & (table["begin"] == table["finish"]) & (table["status"] != "planned")]
    return None if days.empty else pd.Timestamp(days.iloc[0]["begin"])


def _first_named(expressions: pd.DataFrame, published: Any, text: str) -> pd.Timestamp | None:
    """Return the first day that the article names, up to its publication; days of what came later come last."""
    fine = expressions["granularity"].isin(["day", "hour", "minute", "second"]) & expressions["begin"].notna()
    days = expressions[fine & expressions["type"].isin(["DATE", "TIME"])]["begin"].dt.normalize()
    if published is not None and not pd.isna(published):
        days = days[days <= pd.Timestamp(str(published))]
    starts = expressions.loc[days.index, "start"]
    vague = expressions.loc[days.index, "confidence"] <= 0.6  # a time of day without its day
    spoken = [_LATER.search(text[max(0, start - 60) : start]) is not None for start in starts]
    later = [one or other for one, other in zip(spoken, vague, strict=True)]
    own = days[[not flag for flag in later]]
    chosen = own if not own.empty else days
    return None if chosen.empty else pd.Timestamp(chosen.iloc[0])


_LATER = re.compile(
    r"\b(?:said|announced|told \w+|reported|released|arrested|charged|arraigned|sentenced|convicted|indicted|"
    r"pleaded guilty|appeared in court|identified|confirmed)\b[^.]{0,18}$"
)


def _most(table: pd.DataFrame, name: str) -> int | None:
    values = table[f"{name}_min"].dropna()
    return None if values.empty else int(values.max())


def _injured(table: pd.DataFrame) -> int | None:
    """Return how many were injured; those who were shot and died are not counted again."""
    hit = table["toll_text"].astype(object).map(lambda text: isinstance(text, str) and bool(_HIT.search(text)))
    plain = _most(table[~hit.astype(bool)], "injured")
    shot, killed = _most(table[hit.astype(bool)], "injured"), _most(table, "killed") or 0
    if shot is None:
        return plain
    return max(plain or 0, shot - killed, 0)


_HIT = re.compile(r"\b(?:shot|shooting|stabb|gunshot|grazed|hospital|bullet|suffering)", re.IGNORECASE)
