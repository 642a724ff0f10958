"""Source attribution: who says what, against hand-annotated news, with floors and the agreement of people beside.

python -m benchmarks quality --gold FOLDER quotes
python -m benchmarks.quotes calibrate FOLDER      (prints a new attribution/data/confidence.tsv from train.jsonl)
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks._registry import inputs, load_scorer, read_jsonl

GOLD = ("quotes/dev.jsonl",)

#: Least confidence of a prediction: that of `mode="balanced"`.
LEAST = 0.3

#: Measure, key, field: rules floor, full-parser CRF, people against each other, must, goal (percent; None: not known).
_ROWS: tuple[tuple[str, str, str, tuple[float | None, ...]], ...] = (
    ("relaxed attribution, reporting", "reporting.relaxed.all", "f1", (43.0, 51.7, 87.1, 60, 75)),
    ("relaxed attribution, speech", "speech.relaxed.all", "f1", (None, None, 77.3, None, None)),
    ("relaxed attribution, all", "relaxed.all", "f1", (32.6, 40.1, 75.3, 47, 60)),
    ("cue overlap, all", "relaxed.cue", "f1", (None, None, 81.9, 66, 75)),
    ("source exact, all", "exact.source", "f1", (None, None, 75, 52, 66)),
    ("content Jaccard >= .5, all", "relaxed.content", "f1", (None, None, 77, 56, 68)),
    ("recall on direct quotations", "type.direct", "recall", (None, None, None, 85, 92)),
    ("speaker accuracy there", "speaker.direct", "accuracy", (None, None, None, 95, 97)),
    ("segments that are not speech", "segment.all (other)", "f1", (21, None, 81, 60, 75)),
    ("segments that are speech", "segment.all", "f1", (None, None, None, None, None)),
)
_HEAD = ("rules floor", "CRF+parser", "people", "must", "goal")


def predict(document: dict[str, Any]) -> dict[str, Any]:
    """Give the attributions of one document; those within the content of another are left out, as in the gold."""
    from corpus_tools.attribution.finding import spans

    found = spans(document["text"], attitudes=True, nested=False, least=LEAST)
    return {
        "id": document["id"],
        "attributions": [{role: row[role] for role in ("source", "cue", "content")} for row in found],
    }


def quality(gold: Path) -> None:
    """Print the table of measures with floors and people beside, and words per second."""
    scorer = load_scorer("quotes", gold)
    for name in GOLD:
        if not (gold / name).is_file():
            print(f"quotes: no {name} under {gold}; left out")
            continue
        lines = read_jsonl(gold / name)
        predict(inputs(lines[0]))  # the models of the language room are loaded once
        begin = time.process_time()
        predicted = {line["id"]: predict(inputs(line))["attributions"] for line in lines}
        took = time.process_time() - begin
        found = scorer.score({line["id"]: line for line in lines}, predicted)
        print(f"quotes on {name}, model rules ({len(lines)} documents)")
        print(f"  {'measure':34} {'corpus-tools':>12} " + " ".join(f"{head:>11}" for head in _HEAD))
        for label, key, field, beside in _ROWS:
            others = " ".join(f"{'' if value is None else format(value, '.1f'):>11}" for value in beside)
            print(f"  {label:34} {100 * found[key][field]:12.1f} {others}")
        words = sum(len(line["text"].split()) for line in lines)
        print(f"  words per second, one core, from raw text: {words / took:,.0f} (must 30,000, goal 50,000)")


def calibrate(gold: Path, *, every: int = 1, least: int = 30) -> None:
    """Print the share of right rows by frame, clause and class on the training documents."""
    scorer = load_scorer("quotes", gold)
    from corpus_tools.attribution.finding import spans

    right: Counter[tuple[str, str, str]] = Counter()
    total: Counter[tuple[str, str, str]] = Counter()
    for line in read_jsonl(gold / "quotes/train.jsonl")[::every]:
        tokens = scorer.word_tokens(line["text"])
        wanted = [scorer.as_token_sets(tokens, item) for item in line["attributions"]]
        for row in spans(line["text"]):
            mine = scorer.as_token_sets(tokens, row)
            fits = any(scorer.RELAXED["all"](mine, item) for item in wanted)
            for key in _keys(row):
                total[key] += 1
                right[key] += fits
    print("# Share of attributions found by a frame that were right (cue, source and content), counted on the")
    print("# training part of PolNeAR 1.0.0 (Newell and others 2018) by benchmarks/quotes.py. * stands for all others.")
    print("frame\tclause\tclass\tconfidence")
    for key in sorted(total):
        if total[key] >= least or key == ("*", "*", "*"):
            print("\t".join(key) + f"\t{right[key] / total[key]:.2f}")


def _keys(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    frame, clause, cue_class = row["frame"], row["clause"], row["class"]
    return [(frame, clause, cue_class), (frame, clause, "*"), (frame, "*", "*"), ("*", "*", "*")]


def reliability(gold: Path) -> None:
    """Print how far the stated confidence is from the share of right rows on the development documents."""
    scorer = load_scorer("quotes", gold)
    from corpus_tools.attribution.finding import spans

    bins: dict[int, list[tuple[float, bool]]] = {}
    for line in read_jsonl(gold / "quotes/dev.jsonl"):
        tokens = scorer.word_tokens(line["text"])
        wanted = [scorer.as_token_sets(tokens, item) for item in line["attributions"]]
        for row in spans(line["text"]):
            mine = scorer.as_token_sets(tokens, row)
            fits = any(scorer.RELAXED["all"](mine, item) for item in wanted)
            bins.setdefault(min(9, int(row["confidence"] * 10)), []).append((row["confidence"], fits))
    number = sum(len(rows) for rows in bins.values())
    error = 0.0
    for place in sorted(bins):
        stated = sum(value for value, _ in bins[place]) / len(bins[place])
        found = sum(fits for _, fits in bins[place]) / len(bins[place])
        error += abs(stated - found) * len(bins[place]) / number
        print(f"  stated {stated:.2f}  right {found:.2f}  rows {len(bins[place])}")
    print(f"  expected calibration error {error:.3f}")


if __name__ == "__main__":
    action, folder = sys.argv[1], Path(sys.argv[2])
    {"calibrate": calibrate, "reliability": reliability, "quality": quality}[action](folder)
