"""Which reports tell of one event: scored pairs of near kinds and times, joined from the surest on."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

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
#: A word that two of so many reports share is rare; in fewer reports nothing more is known of it.
_LEAST = 100
#: What a shared name of the context counts where one of two reports has no date.
_NAMES = 0.7
#: Families whose undated reports may belong to a dated one.
_UNDATED = ("harm",)


@dataclass(frozen=True)
class Report:
    """What of a report counts for whether it tells of the same event as another."""

    index: int
    article: str
    kind: str
    family: str
    begin: int | None
    finish: int | None
    place: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    killed: tuple[int | None, int | None]
    predicate: str

    @property
    def dated(self) -> bool:
        """Whether anything is known of when it happened."""
        return self.begin is not None or self.finish is not None


_WORD = re.compile(r"[A-Za-z][\w’'-]{2,}")
_CAPITALISED = re.compile(r"(?<=[a-z,;:’\"“] )[A-Z][\w’-]{2,}")
#: How far before an event a name still tells what it is about, in characters.
_CONTEXT = 700


@cache
def _common() -> frozenset[str]:
    text = (files(__package__) / "data" / "common.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def prepared(table: pd.DataFrame, texts: dict[str, str]) -> list[Report]:
    """Return the reports of an events table; `texts` are the articles', where they are known."""
    result = []
    for index, row in enumerate(table.to_dict("records")):
        kind = str(row["kind"])
        place = row.get("place")
        sentence, text = str(row.get("sentence") or ""), texts.get(row["article_id"], "")
        before = text[max(0, int(row["start"]) - _CONTEXT) : int(row["start"])]
        result.append(
            Report(
                index, row["article_id"], kind, _ALIKE.get(kind, kind), _day(row["begin"]), _day(row["finish"]),
                frozenset(place.lower().split()) - {"the", "of"} if isinstance(place, str) else frozenset(),
                frozenset(word.lower() for word in _WORD.findall(sentence)) - _common(),
                frozenset(word.lower() for word in _CAPITALISED.findall(before + " " + sentence)) - _common(),
                (_whole(row.get("killed_min")), _whole(row.get("killed_max"))), str(row.get("predicate") or "").lower(),
            )
        )  # fmt: skip
    return result


def _day(value: Any) -> int | None:
    """Return a day as a number: comparing those is far quicker."""
    return None if value is None or pd.isna(value) else int(pd.Timestamp(value).toordinal())


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)


def clusters(items: list[Report]) -> list[int]:
    """Return a cluster for each report: greedy agglomeration of the pairs that score highest.

    Two groups that are each dated to a day are never joined when the days differ.
    """
    parent = list(range(len(items)))
    days = [item.begin if item.begin == item.finish else None for item in items]
    for _, first, second in sorted(_pairs(items), key=lambda pair: (-pair[0], pair[1], pair[2])):
        a, b = _root(parent, first), _root(parent, second)
        if a == b or (days[a] is not None and days[b] is not None and days[a] != days[b]):
            continue
        parent[b] = a
        days[a] = days[a] if days[a] is not None else days[b]
    return [_root(parent, item.index) for item in items]


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _rarity(items: list[Report]) -> dict[str, float]:
    counts = Counter(word for item in items for word in item.words | item.names)
    total = max(len(items), _LEAST)
    return {word: math.log(total / count) / math.log(total) for word, count in counts.items()}


def _pairs(items: list[Report]) -> list[tuple[float, int, int]]:
    """Return the scored pairs worth joining, comparing only reports of near kinds and times."""
    rarity = _rarity(items)
    scored: dict[tuple[int, int], float] = {}
    for first, second in (*_near_in_time(items), *_undated_pairs(items, rarity)):
        key = (min(first.index, second.index), max(first.index, second.index))
        if key not in scored:
            scored[key] = _score(first, second, rarity)
    return [(score, first, second) for (first, second), score in scored.items() if score >= THRESHOLD]


def _near_in_time(items: list[Report]) -> Iterator[tuple[Report, Report]]:
    """Yield pairs of dated reports, or of undated ones, of near kinds that share a word."""
    blocks: dict[str, list[Report]] = defaultdict(list)
    for item in items:
        if item.dated:
            blocks[item.family].append(item)
            for near in _NEAR:
                if item.family in near:
                    blocks["+".join(sorted(near))].append(item)
        else:
            blocks["undated " + item.family].append(item)
    for _, block in sorted(blocks.items()):
        block.sort(key=lambda item: (item.begin or item.finish or 0, item.index))
        for place, first in enumerate(block):
            for second in block[place + 1 : place + 1 + WINDOW]:
                if not (first.words.isdisjoint(second.words) and first.names.isdisjoint(second.names)):
                    yield first, second


def _undated_pairs(items: list[Report], rarity: dict[str, float]) -> Iterator[tuple[Report, Report]]:
    """Yield harm without a date beside dated harm with which it shares rare words or names."""
    index: dict[str, list[int]] = defaultdict(list)
    for item in items:
        if item.dated and item.family in _UNDATED:
            for word in item.words | item.names:
                if rarity[word] > _RARE:
                    index[f"{item.family} {word}"].append(item.index)
    for item in items:
        if not item.dated and item.family in _UNDATED:
            common = Counter(
                other for word in sorted(item.words | item.names) if rarity[word] > _RARE
                for other in index.get(f"{item.family} {word}", ())[:WINDOW]
            )  # fmt: skip
            for other, number in common.most_common(WINDOW):
                if number >= 2:
                    yield item, items[other]


def _score(first: Report, second: Report, rarity: dict[str, float]) -> float:
    """Return how much speaks for one event; below zero where it cannot be."""
    time = _time_score(first, second)
    if time is None:
        return -1.0
    shared = math.fsum(rarity[word] for word in first.words & second.words)
    smaller = min(len(first.words), len(second.words)) or 1
    score = time + min(shared, 4.0) * 0.6 + 2.0 * len(first.words & second.words) / smaller
    score += 1.0 if first.kind == second.kind else 0.5 if first.family == second.family else -0.5
    tolls = _toll_score(first.killed, second.killed)
    if first.place and second.place:
        elsewhere = first.place.isdisjoint(second.place)
        if elsewhere and tolls < 0:
            return -1.0
        score += -0.7 if elsewhere else 1.0
    if first.predicate == second.predicate:
        score += 0.5
    if first.article == second.article and first.kind == second.kind and first.begin == second.begin is not None:
        score += 0.7
    if not (first.dated and second.dated):
        score += min(math.fsum(rarity[name] for name in first.names & second.names), 3.0) * _NAMES
    return score + tolls


def _time_score(first: Report, second: Report) -> float | None:
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


def _toll_score(first: tuple[int | None, int | None], second: tuple[int | None, int | None]) -> float:
    if first[0] is None or second[0] is None:
        return 0.0
    if first[0] == second[0]:
        return 1.5 if first[0] >= 10 else 1.0 if first[0] > 1 else 0.3
    low, high = sorted((max(first[0], 1), max(second[0], 1)))
    return 0.0 if high <= 4 * low + 5 else -1.0
