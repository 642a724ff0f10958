"""Time expressions: ours on the gold sets, HeidelTime's answers and figures beside, and documents per CPU second."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks._registry import load_scorer, read_jsonl

Document = dict[str, Any]

GOLD = ("time/timebank.jsonl", "time/aquaint.jsonl", "time/wikiwars_dev.jsonl", "time/meantime_dev.jsonl")
SCORER = "timex"
MEASURES = ("strict_f1", "relaxed_f1", "type_f1", "value_f1")

#: Documents that HeidelTime processes in a CPU second, measured elsewhere on documents of the TempEval-3 kind.
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
    """Print F1 in percent for each set, HeidelTime beside, with the interval of the difference in value F1."""
    scorer = load_scorer(SCORER, gold)
    print(f"{'':14s}{'':26s}" + "".join(f"{name.removesuffix('_f1'):>9s}" for name in MEASURES) + "   documents/CPU s")
    for name in GOLD:
        path = gold / name
        if not path.exists():
            continue
        documents = read_jsonl(path)
        predicted, seconds = _timed(documents)
        _line(path.stem, "corpus-tools", scorer.score(documents, predicted), f"{len(documents) / seconds:12.1f}")
        other = path.parent / "heideltime" / f"{path.stem}.treetagger.jsonl"
        if other.exists():
            answers = read_jsonl(other)
            _line("", "HeidelTime 2.2, TreeTagger", scorer.score(documents, answers), f"{_HEIDELTIME_SPEED:12.1f}")
            difference = scorer.compare(documents, predicted, answers, samples=1000)["value_f1"]
            print(
                f"{'':14s}value F1, difference and 95% interval: "
                + " ".join(f"{100 * part:+.2f}" for part in difference)
            )
        for system, figures in _peers(path).items():
            _line("", system, {key: value / 100 for key, value in figures.items() if isinstance(value, float)}, "")


def _line(name: str, system: str, figures: dict[str, Any], speed: str) -> None:
    cells = "".join(f"{100 * figures[key]:9.2f}" if figures.get(key) is not None else f"{'':9s}" for key in MEASURES)
    print(f"{name:14s}{system[:25]:26s}{cells}   {speed}")


def _peers(path: Path) -> dict[str, dict[str, Any]]:
    peers = path.parent / "peers.json"
    if not peers.exists():
        return {}
    systems = json.loads(peers.read_text(encoding="utf-8"))["sets"].get(path.stem, {}).get("systems", {})
    return {name: figures for name, figures in systems.items() if not name.startswith("HeidelTime 2.2, Tree")}


def _timed(documents: list[Document]) -> tuple[list[Document], float]:
    predict({"id": "", "text": "in 2001", "dct": "2001-01-01"})
    start = time.process_time()
    predicted = [predict(document) for document in documents]
    return predicted, max(time.process_time() - start, 1e-9)


def speed() -> None:
    """Print how time grows with the length of a text, from 1 kB to 10 MB."""
    sentence = "The ferry burned on Tuesday night, three days after the inspection of 3 March 2023, officials said. "
    print("time expressions: characters, seconds of CPU time, microseconds per character")
    predict({"id": "", "text": "in 2001", "dct": "2001-01-01"})
    for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
        text = (sentence * (size // len(sentence) + 1))[:size]
        start = time.process_time()
        predict({"id": "", "text": text, "dct": "2023-09-13"})
        seconds = time.process_time() - start
        print(f"{size:12,d}{seconds:10.3f}{1e6 * seconds / size:10.3f}")
