"""Reports of one event brought together, with everything on which they differ kept."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from corpus_tools import schema

_ALIKE = {
    "explosion": "harm",
    "attack": "harm",
    "accident": "harm",
    "disaster": "harm",
    "military_action": "force",
    "protest": "crowd",
    "strike": "strike",
    "arrest": "arrest",
    "court": "court",
    "election": "election",
    "statement": "statement",
    "resignation": "resignation",
    "agreement": "agreement",
    "sport": "sport",
}
_NEAR = {
    frozenset(pair)
    for pair in (
        ("harm", "force"), ("crowd", "force"), ("crowd", "strike"), ("statement", "resignation"), ("arrest", "force"),
        ("election", "statement"), ("arrest", "court"),
    )
}  # fmt: skip
#: From this score on two reports are taken for one event.
THRESHOLD = 3.0
#: Reports compared with each other in one block of kind and month; beyond it only neighbours in time are.
WINDOW = 60
_RARE = 0.25


@dataclass(frozen=True)
class _Report:
    index: int
    article: str
    kind: str
    family: str
    begin: int | None
    finish: int | None
    place: str | None
    words: frozenset[str]
    killed: tuple[int | None, int | None]
    predicate: str
    status: str


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
    joined = reports(events, articles)
    if joined.empty:
        return schema.TIMELINE.empty()
    voices = _voices(reprints)
    rows = [_event_row(event_id, group, voices) for event_id, group in joined.groupby("event_id", sort=False)]
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
    ids = _ids(table, _clusters(_prepared(table)))
    table.insert(0, "event_id", pd.Series(ids, dtype="str", index=table.index))
    return _with_articles(table, articles)


def _with_articles(table: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
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


_WORD = re.compile(r"[A-Za-z][\w’'-]{2,}")


@cache
def _common() -> frozenset[str]:
    text = (files(__package__) / "data" / "common.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _prepared(table: pd.DataFrame) -> list[_Report]:
    result = []
    for index, row in enumerate(table.to_dict("records")):
        kind = str(row["kind"])
        result.append(
            _Report(
                index, row["article_id"], kind, _ALIKE.get(kind, kind), _day(row["begin"]), _day(row["finish"]),
                row.get("place") if isinstance(row.get("place"), str) else None,
                frozenset(word.lower() for word in _WORD.findall(str(row.get("sentence") or ""))) - _common(),
                (_whole(row.get("killed_min")), _whole(row.get("killed_max"))), str(row.get("predicate") or "").lower(),
                str(row.get("status") or ""),
            )
        )  # fmt: skip
    return result


def _day(value: Any) -> int | None:
    """Return a day as a number: comparing those is far quicker."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).toordinal()


def _time(item: _Report) -> int:
    return item.begin if item.begin is not None else item.finish if item.finish is not None else 0


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)


def _clusters(items: list[_Report]) -> list[int]:
    """Return a cluster for each report: greedy agglomeration of the pairs that score highest."""
    rarity = _rarity(items)
    parent = list(range(len(items)))
    members: dict[int, list[_Report]] = {item.index: [item] for item in items}
    pairs = sorted(_pairs(items, rarity), key=lambda pair: (-pair[0], pair[1], pair[2]))
    for _, first, second in pairs:
        a, b = _root(parent, first), _root(parent, second)
        if a == b or not _compatible(members[a], members[b]):
            continue
        parent[b] = a
        members[a] += members.pop(b)
    return [_root(parent, item.index) for item in items]


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _rarity(items: list[_Report]) -> dict[str, float]:
    counts = Counter(word for item in items for word in item.words)
    total = max(len(items), 2)
    return {word: math.log(total / count) / math.log(total) for word, count in counts.items()}


def _pairs(items: list[_Report], rarity: dict[str, float]) -> list[tuple[float, int, int]]:
    """Return the scored pairs worth joining, comparing only reports of near kinds and times."""
    blocks: dict[str, list[_Report]] = defaultdict(list)
    for item in items:
        if item.begin is not None or item.finish is not None:
            blocks[item.family].append(item)
            for near in _NEAR:
                if item.family in near:
                    blocks["+".join(sorted(near))].append(item)
        blocks["undated " + item.family].append(item)

    scored: dict[tuple[int, int], float] = {}
    for name, block in sorted(blocks.items()):
        block.sort(key=lambda item: (_time(item), item.index))
        if name.startswith("undated"):
            block = [item for item in block if item.begin is None and item.finish is None]
        for place, first in enumerate(block):
            for second in block[place + 1 : place + 1 + WINDOW]:
                key = (min(first.index, second.index), max(first.index, second.index))
                if key not in scored:
                    score = _score(first, second, rarity)
                    if score >= THRESHOLD:
                        scored[key] = score
    for first, second in _undated_pairs(items, rarity):
        key = (min(first.index, second.index), max(first.index, second.index))
        score = _score(first, second, rarity)
        if score >= THRESHOLD:
            scored[key] = score
    return [(score, first, second) for (first, second), score in scored.items()]


def _undated_pairs(items: list[_Report], rarity: dict[str, float]) -> Iterator[tuple[_Report, _Report]]:
    """Yield reports without a date beside dated ones of their kind with which they share rare words."""
    index: dict[str, list[_Report]] = defaultdict(list)
    for item in items:
        if item.begin is not None or item.finish is not None:
            for word in item.words:
                if rarity[word] > _RARE:
                    index[f"{item.family} {word}"].append(item)
    for item in items:
        if item.begin is None and item.finish is None and item.family == "harm":
            common = Counter(
                other.index for word in sorted(item.words) if rarity[word] > _RARE
                for other in index.get(f"{item.family} {word}", ())[:WINDOW]
            )  # fmt: skip
            for other, number in common.most_common(WINDOW):
                if number >= 2:
                    yield item, items[other]


def _score(first: _Report, second: _Report, rarity: dict[str, float]) -> float:
    """Return how much speaks for one event; below zero where it cannot be."""
    time = _time_score(first, second)
    if time is None:
        return -1.0
    shared = sum(rarity[word] for word in first.words & second.words)
    smaller = min(len(first.words), len(second.words)) or 1
    score = time + min(shared, 4.0) * 0.6 + 2.0 * len(first.words & second.words) / smaller
    score += 1.0 if first.kind == second.kind else 0.5 if first.family == second.family else -0.5
    if first.place and second.place:
        score += 1.0 if _same_place(first.place, second.place) else -0.7
    if first.predicate == second.predicate:
        score += 0.5
    if first.article == second.article and first.kind == second.kind and first.begin == second.begin is not None:
        score += 0.7
    score += _toll_score(first.killed, second.killed)
    return score


def _time_score(first: _Report, second: _Report) -> float | None:
    bounds = (first.begin, first.finish, second.begin, second.finish)
    if all(bound is None for bound in bounds):
        return 0.0
    if (first.begin is None and first.finish is None) or (second.begin is None and second.finish is None):
        return -0.5 if first.family == second.family and first.family == "harm" else None
    begin = max((bound for bound in (first.begin, second.begin) if bound is not None), default=None)
    finish = min((bound for bound in (first.finish, second.finish) if bound is not None), default=None)
    if begin is not None and finish is not None and begin > finish:
        return None
    exact = first.begin == first.finish and second.begin == second.finish and first.begin is not None
    if exact and first.kind == second.kind and first.kind not in ("statement", "other"):
        return 2.2
    return 1.5 if exact else 0.5


def _same_place(first: str, second: str) -> bool:
    a, b = set(first.lower().split()), set(second.lower().split())
    return bool((a & b) - {"the", "of"})


def _toll_score(first: tuple[int | None, int | None], second: tuple[int | None, int | None]) -> float:
    if first[0] is None or second[0] is None:
        return 0.0
    if first == second:
        return 1.5 if first[0] >= 10 else 1.0 if first[0] > 1 else 0.3
    low, high = sorted((max(first[0], 1), max(second[0], 1)))
    return 0.0 if high <= 4 * low + 5 else -1.0


def _compatible(first: list[_Report], second: list[_Report]) -> bool:
    """Whether two groups can be one event: no two exact days that differ."""
    days = {item.begin for item in first + second if item.begin is not None and item.begin == item.finish}
    return len(days) <= 1


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


def _event_row(event_id: Any, group: pd.DataFrame, voices: dict[str, str]) -> dict[str, Any]:
    begin, finish, dates_differ = _dates(group)
    row: dict[str, Any] = {
        "event_id": event_id,
        "begin": begin,
        "finish": finish,
        "kind": _most(group["kind"]),
        "place": _most(group["place"]),
        "reports": len({voices.get(article, article) for article in group["article_id"]}),
        "outlets": sorted({str(outlet) for outlet in group["outlet"].dropna()}),
        "status": _most(group["status"]),
        "predicate": _most(group["predicate"]),
        "claimed_by": _most(group["claimed_by"]),
        "first_reported": group["published"].min(),
    }
    conflicts = ["date"] if dates_differ else []
    for name in ("killed", "injured"):
        row[f"{name}_min"], row[f"{name}_max"], differ = _range(group, name)
        conflicts += [name] if differ else []
    if len(set(group["claimed_by"].dropna())) > 1:
        conflicts.append("claim")
    if group["status"].isin(["happened", "ongoing"]).any() and group["status"].isin(["denied", "negated"]).any():
        conflicts.append("status")
    return {**row, "conflicts": conflicts}


def _dates(group: pd.DataFrame) -> tuple[Any, Any, bool]:
    """Return the days on which all reports agree; where they do not, the days that they span."""
    begin, finish = group["begin"].max(), group["finish"].min()
    if pd.notna(begin) and pd.notna(finish) and begin > finish:
        return group["begin"].min(), group["finish"].max(), True
    return begin, finish, False


def _most(values: pd.Series[Any]) -> Any:
    """Return the most frequent value, the longest and then the first in the alphabet among equals."""
    counts = Counter(values.dropna())
    return min(counts, key=lambda value: (-counts[value], -len(str(value)), str(value))) if counts else None


def _range(group: pd.DataFrame, name: str) -> tuple[Any, Any, bool]:
    told = group[group[f"{name}_min"].notna()]
    if told.empty:
        return None, None, False
    least = told[f"{name}_min"].min()
    known = told[f"{name}_max"].dropna()
    highest = max([*known, *told[f"{name}_min"]])
    return least, highest, len(set(told[f"{name}_min"])) > 1
