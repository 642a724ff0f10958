"""How a toll changed while it was reported, and the sentences behind an event."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.timeline._tolls import TOLLS
from corpus_tools.timeline._wording import headline, when
from corpus_tools.timeline.merging import reports

_COLUMNS = {
    "event_id": "str",
    "published": "datetime64[s]",
    "outlet": "str",
    "article_id": "str",
    "toll": "str",
    "least": "Int64",
    "most": "Int64",
    "reported_by": "str",
    "wording": "str",
    "status": "str",
    "start": "Int64",
    "end": "Int64",
}


def tolls(events: pd.DataFrame, articles: pd.DataFrame | None = None, *, event_id: str | None = None) -> pd.DataFrame:
    """Return how the tolls of each event were reported over time.

    Parameters
    ----------
    events : DataFrame
        What `corpus_tools.timeline.events` gives.
    articles : DataFrame, optional
        The articles; gives outlets and days of publication.
    event_id : str, optional
        Only this event of the timeline.

    Returns
    -------
    DataFrame
        One row for each toll that a report gives, in the order of publication: event_id, published, outlet,
        article_id, toll
        (killed, injured, missing, arrested, displaced), least, most (missing when open), reported_by, wording,
        status, start, end.

    Examples
    --------
    >>> from corpus_tools import timeline
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "published": pd.to_datetime(["2023-10-08", "2023-10-09"]),
    ...     "outlet": ["Post", "Herald"], "text": ["A bomb exploded in Arlen on Saturday, killing 23 people.",
    ...     "The bomb in Arlen on Saturday killed at least 31 people."]})
    >>> tolls(timeline.events(articles), articles)[["outlet", "toll", "least"]].values.tolist()
    [['Post', 'killed', 23], ['Herald', 'killed', 31]]
    """
    joined = reports(events, articles)
    if event_id is not None:
        joined = joined[joined["event_id"] == event_id]
    parts = []
    for name in TOLLS:
        if f"{name}_min" not in joined.columns:
            continue
        told = joined[joined[f"{name}_min"].notna()]
        part = told.rename(columns={f"{name}_min": "least", f"{name}_max": "most", "toll_text": "wording"}).assign(
            toll=name
        )
        parts.append(part.reindex(columns=list(_COLUMNS)))
    parts = [part for part in parts if not part.empty]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({name: [] for name in _COLUMNS})
    table = table.astype(_COLUMNS)
    order = ["published", "event_id", "article_id", "start", "toll"]
    return table.sort_values(order, na_position="last", kind="stable").reset_index(drop=True)


def evidence(
    events: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    *,
    event_id: str | None = None,
    of: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the sentences that report each event.

    Parameters
    ----------
    events, articles : DataFrame
        See `tolls`.
    event_id : str, optional
        Only this event of the timeline.
    of : DataFrame, optional
        Only the events of this timeline (some rows of what `merge` gives for all `events`), in its order; a column
        ``event`` in front tells each in words.

    Returns
    -------
    DataFrame
        event_id, outlet, published, article_id, begin, finish, kind, sentence, predicate, status, reported_by,
        certainty, dated_by,
        start, end; in the
        order of publication.

    Examples
    --------
    >>> from corpus_tools import schema
    >>> len(evidence(schema.EVENTS.empty()))
    0
    """
    joined = reports(events, articles)
    if event_id is not None:
        joined = joined[joined["event_id"] == event_id]
    columns = [
        "event_id",
        "outlet",
        "published",
        "article_id",
        "begin",
        "finish",
        "kind",
        "sentence",
        "predicate",
        "status",
        "reported_by",
        "certainty",
        "dated_by",
        "start",
        "end",
    ]
    joined = joined.reindex(columns=columns)
    ordered = joined.sort_values(["published", "article_id", "start"], na_position="last", kind="stable")
    if of is not None:
        told = {event["event_id"]: _in_words(event) for event in of.to_dict("records")}
        ordered = ordered[ordered["event_id"].isin(list(told))]
        ordered = ordered.sort_values("event_id", key=lambda ids: ids.map(list(told).index), kind="stable")
        ordered.insert(0, "event", ordered["event_id"].map(told).astype("str"))
    return ordered.reset_index(drop=True)


def _in_words(event: Mapping[Hashable, Any]) -> str:
    return f"{headline(event)} ({when(event['begin'], event['finish'])})"
