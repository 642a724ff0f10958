"""Events: their days on entity timelines, linear time, strange texts, and how long merging takes.

The official measure of the timelines (SemEval-2015 Task 4) cannot be computed here, so the figures are our own and
stand beside no published ones. Of the gold's mentions that have a place in the text: how many lie in a sentence in
which an event is found (``found``); of those with a date, in how many one of the sentence's events is dated within the
gold's day, month or year, its interval no wider than that (``dated``), and in how many that is the event named by the
mention itself (``named``).
"""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks._registry import read_jsonl
from benchmarks.timex import FUZZED, SIZES, strange

Document = dict[str, Any]

MERGED = (100, 1_000, 10_000)
_PART = 5_000
#: Put between strange texts, so that there is something to find in them.
_PIECES = (
    "a bomb killed 5", "at least 99999999 were injured", "no one was killed, said", "Rebels attacked", "dozens died",
    "the toll rose to", "claimed by the Front", "was not arrested", "between 9 and 3 people died", "a man were shot",
)  # fmt: skip


def predict_all(documents: list[Document]) -> list[Document]:
    """Return the events of each document: where its predicate stands, its kind, first and last day."""
    from corpus_tools import timeline

    articles = _articles(documents)
    rows: dict[str, list[Document]] = defaultdict(list)
    for event in timeline.events(articles).to_dict("records"):
        row: Document = {name: event[name] for name in ("start", "end", "kind", "status")}
        days = {name: _day(event[name]) for name in ("begin", "finish")}
        row |= {**days, "predicate": [event["predicate_start"], event["predicate_end"]]}
        rows[str(event["article_id"])].append(row)
    return [{"id": document["id"], "events": rows[document["id"]]} for document in documents]


def _articles(documents: list[Document]) -> pd.DataFrame:
    days = [str(document.get("published") or document.get("dct") or "NaT") for document in documents]
    return pd.DataFrame(
        {
            "article_id": [document["id"] for document in documents],
            "text": [document["text"] for document in documents],
            "published": pd.to_datetime(pd.Series(days)).astype("datetime64[s]"),
        }
    )


def quality(gold: Path) -> None:
    """Print how many mentions of the entity timelines are found and dated."""
    folder = gold / "timelines"
    if not (folder / "trial.jsonl").is_file():
        print(f"events: no timelines under {gold}; left out")
        return
    documents = read_jsonl(folder / "trial_documents.jsonl")
    events = {line["id"]: line["events"] for line in predict_all(documents)}
    counts: dict[str, int] = defaultdict(int)
    for line in read_jsonl(folder / "trial.jsonl"):
        for entry in line["entries"]:
            for mention in entry["mentions"]:
                _count(counts, mention, entry["date"], events.get(mention["doc"], []))
    print("events on timelines/trial.jsonl (our own measure)")
    print(f"{'':8s}{'mentions':>10s}{'right':>8s}{'share':>8s}")
    for name, of in (("found", "mentions"), ("dated", "with date"), ("named", "with date")):
        print(f"{name:8s}{counts[of]:10d}{counts[name]:8d}{counts[name] / max(counts[of], 1):8.3f}")
    _of_names(documents, read_jsonl(folder / "trial.jsonl"))


def _of_names(documents: list[Document], timelines: list[Document]) -> None:
    """Print how `corpus_tools.timeline.of` does on the timelines: our own measure, by the place of each verb.

    ``recall``: of the mentions with a place in the text, how many are the verb of one of its rows; ``precision``: of
    its rows, how many are such a verb (headlines, of which the gold has none, are among them); ``day right``: of the
    verbs found whose gold has a date, how many are dated within it.
    """
    from corpus_tools import timeline

    articles = _articles(documents)
    expressions = timeline.expressions(articles)
    print(f"{'timeline.of':24s}{'mentions':>10s}{'rows':>8s}{'recall':>8s}{'precision':>10s}{'day right':>10s}")
    total: dict[str, int] = defaultdict(int)
    for line in timelines:
        table = timeline.of(articles, line["target"], expressions=expressions)
        rows: list[Document] = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
        counts: dict[str, int] = defaultdict(int, rows=len(rows))
        used = set()
        for entry in line["entries"]:
            for mention in entry["mentions"]:
                used |= _found(counts, mention, entry["date"], rows)
        counts["used"] = len(used)
        _print_name(line["target"], counts)
        for name, value in counts.items():
            total[name] += value
    _print_name("together", total)


def _found(counts: dict[str, int], mention: Document, date: str, rows: list[Document]) -> set[int]:
    start: int | None = mention["start"]
    if start is None:
        return set()
    counts["mentions"] += 1
    for place, row in enumerate(rows):
        here = row["article_id"] == mention["doc"] and row["predicate_start"] < mention["end"]
        if here and start < row["predicate_end"]:
            counts["hit"] += 1
            known = date.split("-XX")[0]
            if known[:4].isdigit():
                days = {name: _day(row[name]) for name in ("begin", "finish")}
                counts["known"] += 1
                counts["right"] += _within(days, pd.Period(known))
            return {place}
    return set()


def _day(value: Any) -> str | None:
    return None if pd.isna(value) else str(value.date())


def _print_name(name: str, counts: dict[str, int]) -> None:
    recall, precision = counts["hit"] / max(counts["mentions"], 1), counts["used"] / max(counts["rows"], 1)
    day = counts["right"] / max(counts["known"], 1)
    print(f"{name:24s}{counts['mentions']:10d}{counts['rows']:8d}{recall:8.3f}{precision:10.3f}{day:10.3f}")


def _count(counts: dict[str, int], mention: Document, date: str, events: list[Document]) -> None:
    if mention["start"] is None:
        return
    counts["mentions"] += 1
    near = [event for event in events if event["start"] <= mention["start"] < event["end"]]
    counts["found"] += bool(near)
    known = date.split("-XX")[0]
    if known[:4].isdigit():
        counts["with date"] += 1
        right = [event for event in near if _within(event, pd.Period(known))]
        counts["dated"] += bool(right)
        counts["named"] += any(first < mention["end"] and mention["start"] < last
                               for first, last in (event["predicate"] for event in right))  # fmt: skip


def _within(event: Document, period: pd.Period) -> bool:
    bounds = (str(period.start_time.date()), str(period.end_time.date()))
    return event["begin"] is not None and event["finish"] is not None and (
        bounds[0] <= event["begin"] <= event["finish"] <= bounds[1]
    )  # fmt: skip


def speed() -> None:
    """Print how time grows with a text's length and with the number of events, and what strange texts do."""
    from corpus_tools import timeline

    print("events: CPU seconds by length of the text")
    for size in SIZES:
        text = "A bomb exploded in Arlen on Saturday, killing 23 people. The minister spoke for an hour. " * (
            size // 88 + 1
        )
        articles = _articles([{"id": "a", "text": text[:size], "published": "2023-10-09"}])
        start = time.process_time()
        number = len(timeline.events(articles))
        print(f"{size:>12,} characters {number:>8,} events {time.process_time() - start:10.3f} s", flush=True)
    print("merge: CPU seconds by number of reports")
    for number in MERGED:
        articles = _articles(_made(number))
        events = timeline.events(articles)
        start = time.process_time()
        merged = timeline.merge(events, articles)
        print(f"{len(events):>12,} reports {len(merged):>8,} events {time.process_time() - start:10.3f} s", flush=True)
    print(f"{FUZZED:,} strange texts: {faults(FUZZED)}")


def _made(number: int) -> list[Document]:
    """Return made reports: bombings and fires in forty towns on four hundred days, most told by several papers."""
    towns = [f"{first}{last}" for first in ("Ar", "Bel", "Cor", "Dun", "Es") for last in
             ("len", "mouth", "wick", "ford", "holm", "stead", "burgh", "dale")]  # fmt: skip
    documents = []
    for place in range(number):
        event = place // 4
        town, day = towns[event * 7 % len(towns)], pd.Timestamp("2022-01-03") + pd.Timedelta(days=event % 400)
        what = ("A bomb exploded", "A fire broke out")[event % 2]
        where = f"a {('market', 'school', 'mill')[event % 3]} in {town}"
        text = f"{what} at {where} on {day:%A}, killing {event % 30 + 1} people."
        documents.append({"id": f"a{place}", "text": text, "published": str((day + pd.Timedelta(days=1)).date())})
    return documents


def faults(number: int) -> str:
    """Return what goes wrong in so many strange texts: exceptions, spans that do not hold, days after one another."""
    from corpus_tools import timeline

    texts = [(f"{text} {_PIECES[n % len(_PIECES)]} {text[::-1]}", day) for n, (text, day) in enumerate(strange(number))]
    found = wrong = 0
    start = time.process_time()
    for first in range(0, number, _PART):
        part = texts[first : first + _PART]
        documents = [{"id": str(n), "text": text, "published": str(day)[:10] if day else None}
                     for n, (text, day) in enumerate(part)]  # fmt: skip
        events = timeline.events(_articles(documents))
        timeline.merge(events)
        found += len(events)
        for row in events.to_dict("records"):
            held = part[int(row["article_id"])][0][row["start"] : row["end"]] == row["sentence"]
            ordered = pd.isna(row["begin"]) or pd.isna(row["finish"]) or row["begin"] <= row["finish"]
            wrong += not (held and ordered)
    return f"{found:,} events, {wrong} wrong, no exception, {time.process_time() - start:.0f} CPU s"
