"""What of a report counts for whether it tells of the same event as another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

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


@dataclass(frozen=True)
class Report:
    """What of a report counts for whether it tells of the same event as another."""

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
#: The number of the day from which numpy counts.
_EPOCH = date(1970, 1, 1).toordinal()
#: How far before an event a name still tells what it is about, in characters.
_CONTEXT = 700


@cache
def _common() -> frozenset[str]:
    text = (files(__package__) / "data" / "common.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def prepared(table: pd.DataFrame, texts: dict[str, str]) -> list[Report]:
    """Return the reports of an events table; `texts` are the articles', where they are known."""
    result = []
    for article, start, kind, place, sentence, predicate, begin, finish, killed in zip(
        table["article_id"].tolist(), table["start"].tolist(), table["kind"].tolist(),
        *(_strings(table, name) for name in ("place", "sentence", "predicate")),
        _days(table["begin"]), _days(table["finish"]),
        zip(_wholes(table, "killed_min"), _wholes(table, "killed_max"), strict=True), strict=True,
    ):  # fmt: skip
        text = texts.get(article, "")
        before = text[max(0, start - _CONTEXT) : start]
        result.append(
            Report(
                article, str(kind), _ALIKE.get(kind, str(kind)), begin, finish,
                frozenset(place.lower().split()) - {"the", "of"},
                frozenset(word.lower() for word in _WORD.findall(sentence)) - _common(),
                frozenset(word.lower() for word in _CAPITALISED.findall(before + " " + sentence)) - _common(),
                killed, predicate.lower(),
            )
        )  # fmt: skip
    return result


def _strings(table: pd.DataFrame, name: str) -> list[str]:
    """Return a column of texts, empty where there is none."""
    if name not in table.columns:
        return [""] * len(table)
    return [value if isinstance(value, str) else "" for value in table[name].tolist()]


def _days(column: pd.Series) -> list[int | None]:
    """Return days as numbers: comparing those is far quicker."""
    times = pd.to_datetime(column).to_numpy(dtype="datetime64[D]")
    missing = pd.isna(times)
    numbers = (times.astype("int64") + _EPOCH).tolist()
    return [None if absent else number for number, absent in zip(numbers, missing.tolist(), strict=True)]


def _wholes(table: pd.DataFrame, name: str) -> list[int | None]:
    if name not in table.columns:
        return [None] * len(table)
    return [None if value is None or pd.isna(value) else int(value) for value in table[name].tolist()]
