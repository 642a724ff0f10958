"""Time expressions: ours on the gold sets, HeidelTime's answers and figures beside; speed, long and strange texts."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks._registry import load_scorer, predictions, read_jsonl

Document = dict[str, Any]

GOLD = ("time/timebank.jsonl", "time/aquaint.jsonl", "time/wikiwars_dev.jsonl", "time/meantime_dev.jsonl")
SCORER = "timex"
MEASURES = ("strict_f1", "relaxed_f1", "type_f1", "value_f1")
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
FUZZED = 100_000

#: Documents that HeidelTime processes in a CPU second. Measured elsewhere, on documents whose length is not recorded;
#: news documents of the gold sets have 100 to 430 words, those of WikiWars 5,000.
_HEIDELTIME_SPEED = 2.9


def predict(document: Document) -> Document:
    """Return the time expressions of one gold line."""
    from corpus_tools.timeline import find_expressions

    found = find_expressions(document["text"], _moment(document.get("dct") or document.get("published")))
    return {
        "id": document["id"],
        "timexes": [{"start": e.start, "end": e.end, "type": e.type, "value": e.value} for e in found],
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text[:19].rstrip("Z")) if text else None


def quality(gold: Path) -> None:
    """Print F1 in percent for each set with HeidelTime beside, all sets together, and how far confidence is off."""
    scorer = load_scorer(SCORER, gold)
    print(f"{'':14s}{'':26s}" + "".join(f"{name.removesuffix('_f1'):>9s}" for name in MEASURES), end="")
    print(f"{'documents/CPU s':>17s}{'words/CPU s':>13s}")
    together: tuple[list[Document], list[Document], list[Document]] = ([], [], [])
    for path in (gold / name for name in GOLD):
        if path.exists():
            for every, more in zip(together, _set(scorer, path), strict=True):
                every.extend({**line, "id": f"{path.stem} {line['id']}"} for line in more)
    if together[2]:
        print("all sets together, over documents:")
        _difference(scorer, *together)
    _calibration(scorer, together[0])


def _set(scorer: ModuleType, path: Path) -> tuple[list[Document], list[Document], list[Document]]:
    """Print the rows of one set; return its documents, our answers and HeidelTime's."""
    documents = read_jsonl(path)
    predicted, seconds = _timed(documents)
    words = sum(len(document["text"].split()) for document in documents)
    rate = len(documents) / seconds
    beside = f"{rate:17.1f}{words / seconds:13,.0f}   {rate / _HEIDELTIME_SPEED:,.0f} times"
    _line(path.stem, "corpus-tools", scorer.score(documents, predicted), beside)
    other = path.parent / "heideltime" / f"{path.stem}.treetagger.jsonl"
    answers = read_jsonl(other) if other.exists() else []
    if answers:
        _line("", "HeidelTime 2.2, TreeTagger", scorer.score(documents, answers), f"{_HEIDELTIME_SPEED:17.1f}")
        _difference(scorer, documents, predicted, answers)
    for system, figures in _peers(path).items():
        _line("", system, {key: value / 100 for key, value in figures.items() if isinstance(value, float)}, "")
    return documents, predicted, answers


def _difference(scorer: ModuleType, documents: list[Document], mine: list[Document], other: list[Document]) -> None:
    difference = scorer.compare(documents, mine, other, samples=1000)
    for measure in ("value_f1", "strict_f1"):
        parts = " ".join(f"{100 * part:+.2f}" for part in difference[measure])
        print(f"{'':14s}{measure.removesuffix('_f1')} F1, difference from HeidelTime and 95% interval: {parts}")


def _line(name: str, system: str, figures: dict[str, Any], speed: str) -> None:
    cells = "".join(f"{100 * figures[key]:9.2f}" if figures.get(key) is not None else f"{'':9s}" for key in MEASURES)
    print(f"{name:14s}{system[:25]:26s}{cells}{speed}")


def _peers(path: Path) -> dict[str, dict[str, Any]]:
    peers = path.parent / "peers.json"
    if not peers.exists():
        return {}
    systems = json.loads(peers.read_text(encoding="utf-8"))["sets"].get(path.stem, {}).get("systems", {})
    return {name: figures for name, figures in systems.items() if not name.startswith("HeidelTime 2.2, Tree")}


def _timed(documents: list[Document]) -> tuple[list[Document], float]:
    predict({"id": "", "text": "in 2001", "dct": "2001-01-01"})
    start = time.process_time()
    predicted = predictions(lambda lines: [predict(line) for line in lines], documents)
    return predicted, max(time.process_time() - start, 1e-9)


def _calibration(scorer: ModuleType, documents: list[Document]) -> None:
    """Print the expected error of confidence: the mean distance from the share of right values, in steps of 0.1."""
    from corpus_tools.timeline import find_expressions

    bins: dict[int, list[tuple[float, bool]]] = {}
    for document in documents:
        found = [
            e
            for e in find_expressions(document["text"], _moment(document["dct"]))
            if not any(low <= e.start < high for low, high in document.get("unscored", ()))
        ]
        spans = [{"start": e.start, "end": e.end, "value": e.value} for e in found]
        pairs = scorer.match(document["text"], document["timexes"], spans)
        right = {mine["start"] for true, mine in pairs if true["value"] == mine["value"]}
        for e in found:
            bins.setdefault(int(10 * e.confidence), []).append((e.confidence, e.start in right))
    total = sum(map(len, bins.values())) or 1
    off = sum(abs(sum(sure - right for sure, right in rows)) for rows in bins.values()) / total
    print(
        f"confidence: expected calibration error {off:.3f} over {total:,} expressions; confidence, share right, number:"
    )
    for _, rows in sorted(bins.items()):
        mean, share = (sum(column) / len(rows) for column in zip(*rows, strict=True))
        print(f"{mean:14.2f}{share:8.2f}{len(rows):8d}")


def speed() -> None:
    """Print how time grows with the length of a text, from 1 kB to 10 MB, and what 100,000 strange texts do."""
    sentence = "The ferry burned on Tuesday night, three days after the inspection of 3 March 2023, officials said. "
    print("time expressions: characters, seconds of CPU time, microseconds per character")
    predict({"id": "", "text": "in 2001", "dct": "2001-01-01"})
    for size in SIZES:
        text = (sentence * (size // len(sentence) + 1))[:size]
        start = time.process_time()
        predict({"id": "", "text": text, "dct": "2023-09-13"})
        seconds = time.process_time() - start
        print(f"{size:12,d}{seconds:10.3f}{1e6 * seconds / size:10.3f}")
    start = time.process_time()
    faults = fuzz(FUZZED)
    print(f"{FUZZED:,} fuzzed texts: {len(faults)} faults, {time.process_time() - start:.0f} s of CPU time")
    for fault in faults[:5]:
        print(f"   {fault}")


_WORDS = re.split(
    " ",
    "the last next this May March mar sun second 31 29 February 30 0 0000 99999 45th of . , - – / ( ) : days two years "
    "ago later earlier week weeks Monday Friday Tuesdays BC AD 1990s '80s ’09 10:99 25:61 13/13/2013 1/8 8/1/1 "
    "2016-02-31 0000-00-00 2016-07-23 a half and quarter third said will 5 p.m. twenty hundred thousand century every "
    "each twice \n\n \t GMT EST o'clock early mid late of in until from to winter Christmas Easter now soon Q3 Q9 FY "
    "1.5 1,000,000 le 3 mars 2016 den 5. Mai в понедельник 昨日 十年前 ٣ ½ ² İ ß 𝟙 \u202e \x00 e\u0301 24/7 787 "
    "$1999 20% 31st 2nd",
)
_VALUE = re.compile(
    r"(?:PRESENT|PAST|FUTURE)_REF|PT?(?:X|\d+(?:\.\d+)?)(?:[A-Z]{1,2})(?:\d+[A-Z])?|PTX[HMS]"
    r"|(?:BC)?[\dX]{2,4}(?:-(?:[\dX]{2}(?:-[\dX]{2})?|W[\dX]{2}(?:-(?:\d|WE))?|Q[\dX]|H[\dX]|SP|SU|FA|WI))?(?:T.+)?"
)


def strange(number: int) -> Iterator[tuple[str, datetime | None]]:
    """Yield strange texts with a day of publication, or without: always the same ones."""
    chance = random.Random(number)
    for _ in range(number):
        pieces = [chance.choice(_WORDS) for _ in range(chance.randrange(30))]
        if chance.random() < 0.3:
            pieces.append("".join(chr(chance.randrange(0x3000)) for _ in range(chance.randrange(12))))
        published = datetime(1, 1, 1) + timedelta(days=chance.randrange(3_652_059))
        yield chance.choice((" ", " ", "")).join(pieces), published if chance.random() < 0.7 else None


def fuzz(number: int) -> list[str]:
    """Return what goes wrong in so many strange texts: exceptions, spans that do not hold, values that are none."""
    from corpus_tools.timeline import find_expressions

    faults = []
    for text, published in strange(number):
        try:
            found = find_expressions(text, published)
        except Exception as error:
            faults.append(f"{error!r} for {text!r} of {published}")
            continue
        last = 0
        for e in found:
            sound = last <= e.start < e.end and text[e.start : e.end] == e.text and 0 < e.confidence <= 1
            if not (sound and (e.value is None or _VALUE.fullmatch(e.value))):
                faults.append(f"{e} in {text!r} of {published}")
            last = e.end
    return faults
