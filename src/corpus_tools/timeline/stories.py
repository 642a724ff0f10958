"""Which events belong together: those that are told in the same articles."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd

from corpus_tools.schema import require
from corpus_tools.timeline._wording import headline

#: An event joins a story if so large a share of its articles tell of that story's events, too.
_SHARED = 0.5


def stories(merged: pd.DataFrame, reported: pd.DataFrame) -> pd.DataFrame:
    """Return the timeline with a column ``story``, the headline of the most reported event told in the same articles.

    Parameters
    ----------
    merged : DataFrame
        What `corpus_tools.timeline.merge` gives.
    reported : DataFrame
        What `corpus_tools.timeline.reports` gives for the same events.

    Returns
    -------
    DataFrame
        `merged` with ``story``, missing for an event whose articles tell of no other.

    Examples
    --------
    >>> from corpus_tools import schema, timeline
    >>> stories(schema.TIMELINE.empty(), timeline.reports(schema.EVENTS.empty()))["story"].tolist()
    []
    """
    require(merged, "event_id", "reports", "begin")
    require(reported, "event_id", "article_id")
    articles = reported.groupby("event_id")["article_id"].agg(set).to_dict()
    told: dict[str, Counter[str]] = defaultdict(Counter)
    story_of: dict[str, str] = {}
    ordered = merged.sort_values(["reports", "begin", "event_id"], ascending=[False, True, True], kind="stable")
    for event in ordered["event_id"]:
        mine = articles.get(event, set())
        shared = Counter(story for article in mine for story in told[article])
        best = max(shared, key=lambda story: (shared[story], story), default=event)
        story = best if shared[best] >= _SHARED * len(mine) and mine else event
        story_of[event] = story
        for article in mine:
            told[article][story] += 1
    sizes = Counter(story_of.values())
    plain = merged.assign(killed_min=None, killed_max=None, injured_min=None, injured_max=None)
    names = {str(row["event_id"]): headline(row) for row in plain.to_dict("records")}
    named = [names[story_of[event]] if sizes[story_of[event]] > 1 else None for event in merged["event_id"]]
    return merged.assign(story=pd.Series(named, index=merged.index, dtype="str"))
