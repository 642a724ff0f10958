"""The one incident that an article is about: how many were killed and injured, and on which day."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from corpus_tools.timeline.events import events as find_all_events

_HARM = ("attack", "explosion", "accident", "disaster", "military_action", "protest", "other")


@dataclass(frozen=True)
class Incident:
    """What an article says of its main incident; None where it says nothing."""

    killed: int | None
    injured: int | None
    day: pd.Timestamp | None
    kind: str | None


def main_incident(article: pd.DataFrame, events: pd.DataFrame | None = None) -> Incident:
    """Return the incident that an article leads with.

    Parameters
    ----------
    article : DataFrame
        An articles table with one row.
    events : DataFrame, optional
        Its events; computed when not given.

    Returns
    -------
    Incident
        The tolls of the first day told of that have any, the highest where later sentences give more, and that day.

    Examples
    --------
    >>> article = pd.DataFrame({"article_id": ["a"], "published": [pd.Timestamp("2018-03-23")],
    ...     "text": ["A man was shot and killed on Wednesday. Two others were wounded, police said."]})
    >>> main_incident(article)
    Incident(killed=1, injured=2, day=Timestamp('2018-03-21 00:00:00'), kind='attack')
    """
    table = find_all_events(article) if events is None else events
    told = table[table["kind"].isin(_HARM) & table["status"].isin(["happened", "denied", "ongoing"])]
    with_toll = told[told["killed_min"].notna() | told["injured_min"].notna()]
    lead = with_toll if not with_toll.empty else told[told["kind"] != "other"]
    if lead.empty:
        return Incident(None, None, _first_day(table), None)
    day = _first_day(lead)
    if day is None:
        day = _first_day(told)
    same = with_toll[with_toll["begin"].isna() | (with_toll["begin"] == day)] if day is not None else with_toll
    return Incident(_most(same, "killed"), _most(same, "injured"), day, str(lead.iloc[0]["kind"]))


def _first_day(table: pd.DataFrame) -> pd.Timestamp | None:
    days = table[table["begin"].notna() & (table["begin"] == table["finish"]) & (table["status"] != "planned")]
    return None if days.empty else pd.Timestamp(days.iloc[0]["begin"])


def _most(table: pd.DataFrame, name: str) -> int | None:
    values = table[f"{name}_min"].dropna()
    return None if values.empty else int(values.max())
