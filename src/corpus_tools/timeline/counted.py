"""Which expressions and reports each number of the summary counts."""

from __future__ import annotations

import pandas as pd

from corpus_tools.schema import require


def counted(expressions: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return the places that the rows of `corpus_tools.timeline.summary` count, for its numbers to lead to.

    Parameters
    ----------
    expressions, events : DataFrame
        As for the summary.

    Returns
    -------
    DataFrame
        ``what`` (as there), ``article_id``, ``start``, ``end``; a row for each place under each number.

    Examples
    --------
    >>> from corpus_tools import schema
    >>> counted(schema.EXPRESSIONS.empty(), schema.EVENTS.empty()).columns.tolist()
    ['what', 'article_id', 'start', 'end']
    """
    require(expressions, "article_id", "start", "end", "begin")
    require(events, "article_id", "start", "end", "begin", "finish", "killed_min", "kind", "status")
    dated = events["begin"].notna() | events["finish"].notna()
    parts = [
        expressions.assign(what="time expressions"),
        expressions[expressions["begin"].notna()].assign(what="of them with a place in the calendar"),
        events.assign(what="reports of events"),
        events[dated].assign(what="of them dated"),
        events[events["begin"].notna() & (events["begin"] == events["finish"])].assign(what="of them dated to the day"),
        events[events["killed_min"].notna()].assign(what="of them with a number of killed"),
        events.assign(what="events, reports of one brought together"),
        events.assign(what="reports of kind " + events["kind"].astype("str").str.replace("_", " ")),
        events.assign(what="reports with status " + events["status"].astype("str")),
    ]
    columns = ["what", "article_id", "start", "end"]
    return pd.concat([part[columns].astype({"what": "str"}) for part in parts], ignore_index=True)
