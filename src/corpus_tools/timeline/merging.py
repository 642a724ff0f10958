"""Reports of one event brought together, with everything on which they differ kept."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.timeline._matching import matched
from corpus_tools.timeline._reports import prepared

Record = dict[str, Any]


def merge(
    events: pd.DataFrame, articles: pd.DataFrame | None = None, reprints: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the timeline: reports of one event brought together.

    Parameters
    ----------
    events : DataFrame
        What `corpus_tools.timeline.events` gives.
    articles : DataFrame, optional
        The articles; gives the outlets and, by their words, what the reports share.
    reprints : DataFrame, optional
        Groups of reprinted articles (``article_id``, ``cluster``); the reports of one group count as one voice.

    Returns
    -------
    DataFrame
        `corpus_tools.schema.TIMELINE`, in the order of time: one row for each event, ``begin`` and ``finish`` being
        the days
        that its reports agree on (or, where they conflict, those that they span: see ``conflicts``), tolls the lowest
        and the
        highest reported. Further columns: ``status``, ``predicate``, ``claimed_by``, ``conflicts`` (what the reports
        differ
        in) and ``first_reported``.

    Examples
    --------
    >>> from corpus_tools import timeline
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "published": pd.to_datetime(["2023-10-08", "2023-10-09"]),
    ...     "outlet": ["Post", "Herald"], "text": ["A bomb exploded in Arlen on Saturday, killing 23 people.",
    ...     "The bomb in Arlen on Saturday killed 31 people."]})
    >>> merged = merge(timeline.events(articles), articles)
    >>> merged[["killed_min", "killed_max", "reports"]].values.tolist()
    [[23, 31, 2]]
    """
    return brought_together(reports(events, articles), reprints)


def brought_together(joined: pd.DataFrame, reprints: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the timeline of what `reports` gives."""
    if joined.empty:
        return schema.TIMELINE.empty()
    voices = _voices(reprints)
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in _plain(joined):
        groups[record["event_id"]].append(record)
    rows = [_event_row(event_id, group, voices) for event_id, group in groups.items()]
    table = schema.TIMELINE.conform(rows)
    return table.sort_values(["begin", "finish", "event_id"], na_position="last").reset_index(drop=True)


def reports(events: pd.DataFrame, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the events with the id of the event that each reports, its outlet and its day of publication.

    Parameters
    ----------
    events, articles : DataFrame
        See `merge`.

    Returns
    -------
    DataFrame
        `events` with ``event_id`` in front and ``outlet`` and ``published`` behind (missing without `articles`).

    Examples
    --------
    >>> reports(schema.EVENTS.empty()).columns[0]
    'event_id'
    """
    schema.require(events, "article_id", "start", "kind", "begin", "finish")
    table = events.reset_index(drop=True)
    clusters = matched(prepared(table, texts_of(articles)))
    return identified(with_articles(table, articles), clusters)


def identified(table: pd.DataFrame, clusters: list[int]) -> pd.DataFrame:
    """Return events with the id of their cluster in front; the same reports give the same id."""
    table.insert(0, "event_id", pd.Series(_ids(table, clusters), dtype="str", index=table.index))
    return table


def with_articles(table: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
    """Return events with ``outlet`` and ``published`` of their articles behind."""
    for name, kind in (("outlet", "str"), ("published", "datetime64[s]")):
        if articles is not None and name in articles.columns:
            values = dict(zip(articles["article_id"], articles[name], strict=True))
            column = [values.get(article) for article in table["article_id"]]
            table[name] = (
                pd.to_datetime(pd.Series(column, index=table.index)).astype("datetime64[s]")
                if (name == "published")
                else pd.Series(column, index=table.index, dtype="str")
            )
        else:
            table[name] = pd.Series([None] * len(table), index=table.index, dtype=kind)
    return table


def texts_of(articles: pd.DataFrame | None) -> dict[str, str]:
    """Return the texts of articles by their ids."""
    if articles is None or "text" not in articles.columns:
        return {}
    pairs = zip(articles["article_id"], articles["text"], strict=True)
    return {article: text for article, text in pairs if isinstance(text, str)}


def _ids(table: pd.DataFrame, clusters: list[int]) -> list[str]:
    members: dict[int, list[str]] = defaultdict(list)
    for cluster, article, start, kind in zip(clusters, table["article_id"], table["start"], table["kind"], strict=True):
        members[cluster].append(f"{article}:{start}:{kind}")
    names = {
        cluster: "e" + hashlib.sha256("|".join(sorted(keys)).encode()).hexdigest()[:12]
        for cluster, keys in members.items()
    }
    return [names[cluster] for cluster in clusters]


def _voices(reprints: pd.DataFrame | None) -> dict[str, str]:
    if reprints is None or reprints.empty:
        return {}
    schema.require(reprints, "article_id", "cluster")
    return {
        article: f"cluster {cluster}"
        for article, cluster in zip(reprints["article_id"], reprints["cluster"], strict=True)
    }


def _plain(table: pd.DataFrame) -> list[Record]:
    """Return the rows with None for everything that is missing."""
    columns = {name: table[name].astype(object).where(table[name].notna(), None).tolist() for name in table.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _known(group: list[Record], name: str) -> list[Any]:
    return [record[name] for record in group if record.get(name) is not None]


def _event_row(event_id: str, group: list[Record], voices: dict[str, str]) -> Record:
    begin, finish, dates_differ = _dates(group)
    row: Record = {
        "event_id": event_id,
        "begin": begin,
        "finish": finish,
        "kind": _most(group, "kind"),
        "place": _most(group, "place"),
        "reports": len({voices.get(record["article_id"], record["article_id"]) for record in group}),
        "outlets": sorted({str(outlet) for outlet in _known(group, "outlet")}),
        "status": _most(group, "status"),
        "predicate": _most(group, "predicate"),
        "claimed_by": _most(group, "claimed_by"),
        "actor": _most(group, "actor"),
        "first_reported": min(_known(group, "published"), default=None),
    }
    conflicts = ["date"] if dates_differ else []
    for name in ("killed", "injured"):
        row[f"{name}_min"], row[f"{name}_max"], differ = _range(group, name)
        conflicts += [name] if differ else []
    if len(set(_known(group, "claimed_by"))) > 1:
        conflicts.append("claim")
    statuses = set(_known(group, "status"))
    if statuses & {"happened", "ongoing"} and statuses & {"denied", "negated"}:
        conflicts.append("status")
    return {**row, "conflicts": conflicts}


def _dates(group: list[Record]) -> tuple[Any, Any, bool]:
    """Return the days on which all reports agree; where they do not, the days that they span."""
    begins, finishes = _known(group, "begin"), _known(group, "finish")
    begin, finish = max(begins, default=None), min(finishes, default=None)
    if begin is not None and finish is not None and begin > finish:
        return min(begins), max(finishes), True
    return begin, finish, False


def _most(group: list[Record], name: str) -> Any:
    """Return the most frequent value, the longest and then the first in the alphabet among equals."""
    counts = Counter(_known(group, name))
    return min(counts, key=lambda value: (-counts[value], -len(str(value)), str(value))) if counts else None


def _without_single(group: list[Record], name: str) -> list[Record]:
    """Leave out the one person whose fate an article tells beside a larger toll of its own: that is no other count."""
    larger = {record["article_id"] for record in group if (record.get(f"{name}_min") or 0) > 1}
    one = (f"{name}_min", f"{name}_max")
    return [record for record in group if record["article_id"] not in larger or any(record.get(n) != 1 for n in one)]


def _range(group: list[Record], name: str) -> tuple[Any, Any, bool]:
    group = _without_single(group, name)
    least = _known(group, f"{name}_min")
    if not least:
        return None, None, False
    return min(least), max([*_known(group, f"{name}_max"), *least]), len(set(least)) > 1
