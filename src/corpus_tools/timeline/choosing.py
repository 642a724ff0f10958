"""Parts of the tables, for plots and reports: kinds of event, the most reported, what was found at all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.schema import require
from corpus_tools.timeline._triggers import kinds as known_kinds


def select(
    events: pd.DataFrame, *, kinds: Sequence[str] = (), statuses: Sequence[str] = (), salience: float = 0.0
) -> pd.DataFrame:
    """Return the events of some kinds.

    Parameters
    ----------
    events : DataFrame
        What `corpus_tools.timeline.events` gives.
    kinds : sequence of str
        Kinds to keep; by default all but statements, of which every article has many.
    statuses : sequence of str
        Statuses to keep; by default all.
    salience : float
        Least salience to keep; by default everything. Of the sample's events from 0.65 on, three in five are such as a
        reader would put on a timeline, of all one in two.

    Raises
    ------
    InvalidQuery
        When a kind is unknown; the message names those that are known.

    Examples
    --------
    >>> from corpus_tools import schema
    >>> len(select(schema.EVENTS.empty(), kinds=["attack"]))
    0
    """
    require(events, "kind", "status")
    known = known_kinds()
    unknown = [kind for kind in kinds if kind not in known and not (events["kind"] == kind).any()]
    if unknown:
        raise InvalidQuery(f"There is no kind of event {unknown[0]!r}; there are {', '.join(known)}.")
    chosen = events["kind"].isin(list(kinds)) if kinds else events["kind"] != "statement"
    if statuses:
        chosen &= events["status"].isin(list(statuses))
    if salience > 0:
        require(events, "salience")
        chosen &= events["salience"] >= salience
    return events[chosen].reset_index(drop=True)


def most_reported(merged: pd.DataFrame, *, top_n: int = 20) -> pd.DataFrame:
    """Return the events of a timeline with the most independent reports, those first.

    Returns
    -------
    DataFrame
        Rows of `merged`, with ``killed`` and ``injured`` as people write them: ``23–36``, ``at least 7``.

    Examples
    --------
    >>> from corpus_tools import schema
    >>> len(most_reported(schema.TIMELINE.empty()))
    0
    """
    require(merged, "reports", "begin", "event_id")
    ordered = merged.sort_values(["reports", "begin", "event_id"], ascending=[False, True, True], kind="stable")
    head = ordered.head(max(top_n, 0)).reset_index(drop=True)
    for toll in ("killed", "injured"):
        head[toll] = pd.array(
            [_range(least, most) for least, most in zip(head[f"{toll}_min"], head[f"{toll}_max"], strict=True)],
            dtype="str",
        )
    return head


def _range(least: object, most: object) -> str | None:
    """Return a toll as people write it; None when no report gives one.

    Examples
    --------
    >>> _range(23, 36), _range(7, 7), _range(31, pd.NA), _range(pd.NA, 4), _range(pd.NA, pd.NA)
    ('23–36', '7', 'at least 31', 'at most 4', None)
    """
    bounds = [None if pd.isna(value) else f"{value:,.0f}" for value in (least, most)]  # type: ignore[call-overload]
    if bounds == [None, None]:
        return None
    if bounds[1] is None:
        return f"at least {bounds[0]}"
    if bounds[0] is None:
        return f"at most {bounds[1]}"
    return bounds[0] if bounds[0] == bounds[1] else "–".join(map(str, bounds))


def most_told(told: pd.DataFrame, *, toll: str = "killed") -> pd.DataFrame:
    """Return the rows of the event whose toll is reported most often, of that toll only.

    Parameters
    ----------
    told : DataFrame
        What `corpus_tools.timeline.tolls` gives.
    toll : str
        killed, injured, missing, arrested or displaced.

    Examples
    --------
    >>> from corpus_tools import schema, timeline
    >>> len(most_told(timeline.tolls(schema.EVENTS.empty())))
    0
    """
    require(told, "toll", "event_id")
    rows = told[told["toll"] == toll]
    if rows.empty:
        return rows.reset_index(drop=True)
    counts = rows["event_id"].value_counts()
    most = min(counts.index, key=lambda event: (-int(counts[event]), str(event)))
    chosen: pd.DataFrame = rows[rows["event_id"] == most].reset_index(drop=True)
    return chosen


def summary(expressions: pd.DataFrame, events: pd.DataFrame, merged: pd.DataFrame) -> pd.DataFrame:
    """Return what was found, in numbers: ``what`` and ``number``.

    Examples
    --------
    >>> from corpus_tools import schema
    >>> empty = summary(schema.EXPRESSIONS.empty(), schema.EVENTS.empty(), schema.TIMELINE.empty())
    >>> empty["number"].sum()
    np.int64(0)
    """
    require(expressions, "type", "begin")
    require(events, "kind", "status", "begin", "finish")
    to_the_day = events["begin"].notna() & (events["begin"] == events["finish"])
    rows = [
        ("time expressions", len(expressions)),
        ("of them with a place in the calendar", int(expressions["begin"].notna().sum())),
        ("reports of events", len(events)),
        ("of them dated", int((events["begin"].notna() | events["finish"].notna()).sum())),
        ("of them dated to the day", int(to_the_day.sum())),
        ("of them with a number of killed", int(events["killed_min"].notna().sum())),
        ("events, reports of one brought together", len(merged)),
    ]
    rows += [
        (f"reports of kind {str(kind).replace('_', ' ')}", int(number))
        for kind, number in sorted(events["kind"].value_counts().items())
    ]
    rows += [(f"reports with status {status}", int(n)) for status, n in sorted(events["status"].value_counts().items())]
    return pd.DataFrame(rows, columns=["what", "number"])
