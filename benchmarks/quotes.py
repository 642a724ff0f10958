"""Source attribution: who says what, against hand-annotated news, with floors and the agreement of people beside.

python -m benchmarks quality --gold FOLDER quotes
python -m benchmarks speed quotes                 words per second, and that time grows in line with the text
python -m benchmarks.quotes ablation FOLDER       what each part adds, on dev.jsonl
python -m benchmarks.quotes reliability FOLDER    stated confidence against the share of right rows, on dev.jsonl
python -m benchmarks.quotes calibrate FOLDER      prints a new attribution/data/confidence.tsv from train.jsonl
python -m benchmarks.quotes fuzz [SECONDS]        100,000 texts of noise, or what fits: no exception, spans in the text
"""

from __future__ import annotations

import random
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

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
_ABLATED = {
    "relaxed attribution, reporting": "reporting",
    "relaxed attribution, all": "all",
    "content Jaccard >= .5, all": "content",
    "recall on direct quotations": "direct",
    "segments that are not speech": "not speech",
}
_HEAD = ("rules floor", "CRF+parser", "people", "must", "goal")


def predict(document: dict[str, Any], *, model: str = "trained") -> dict[str, Any]:
    """Give the attributions of one document; those within the content of another are left out, as in the gold."""
    from corpus_tools.attribution.finding import spans

    found = spans(document["text"], attitudes=True, nested=False, least=LEAST, model=model)
    return {
        "id": document["id"],
        "attributions": [{role: row[role] for role in ("source", "cue", "content")} for row in found],
    }


def _measured(scorer: Any, lines: list[dict[str, Any]], model: str) -> tuple[dict[str, Any], float]:
    """Return the figures of a model, and its words per second of processor time."""
    predict(inputs(lines[0]), model=model)  # the models of the language room are loaded once
    begin = time.process_time()
    predicted = {line["id"]: predict(inputs(line), model=model)["attributions"] for line in lines}
    took = time.process_time() - begin
    words = sum(len(line["text"].split()) for line in lines)
    return scorer.score({line["id"]: line for line in lines}, predicted), words / took


def quality(gold: Path) -> None:
    """Print the table of measures with floors and people beside, and words per second."""
    scorer = load_scorer("quotes", gold)
    for name in GOLD:
        if not (gold / name).is_file():
            print(f"quotes: no {name} under {gold}; left out")
            continue
        lines = read_jsonl(gold / name)
        found, speed_of = {}, {}
        for model in ("trained", "rules"):
            found[model], speed_of[model] = _measured(scorer, lines, model)
        print(f"quotes on {name} ({len(lines)} documents)")
        print(f"  {'measure':34} {'trained':>8} {'rules':>8} " + " ".join(f"{head:>11}" for head in _HEAD))
        for label, key, field, beside in _ROWS:
            others = " ".join(f"{'' if value is None else format(value, '.1f'):>11}" for value in beside)
            mine = " ".join(f"{100 * found[model][key][field]:8.1f}" for model in ("trained", "rules"))
            print(f"  {label:34} {mine} {others}")
        speeds = ", ".join(f"{model} {value:,.0f}" for model, value in speed_of.items())
        print(f"  words per second, one core, from raw text: {speeds} (must 30,000, goal 50,000)")


@contextmanager
def _without(*parts: str) -> Iterator[None]:
    """Leave parts of the room out for a while."""
    from corpus_tools.attribution import _frames, _leftovers, _link, _scoring

    trained = _scoring.trained()
    plain = _scoring.Scorer(trained.attributes, trained.right, {}) if trained else None
    unsure = _scoring.Scorer(trained.attributes, {}, trained.speech) if trained else None
    changes: dict[str, tuple[Any, str, Any]] = {
        "the model of speech": (_scoring, "trained", lambda: plain),
        "the model of rightness": (_scoring, "trained", lambda: unsure),
        "quotations without a verb of saying": (_leftovers, "spoken_ones", lambda *_: []),
        "quotations that go on": (_link, "_adopt", lambda *_: None),
        "settling": (_link, "_settle", lambda *given: given[2]),
        "nouns": (_frames, "nouns", lambda: {}),
        "adverbs": (_frames, "classes", lambda: {}),
        "verbs before their subject": (_frames, "_inverted", lambda *_: None),
        "contents before the cue": (_frames, "_left_of", lambda *_: []),
    }
    with ExitStack() as stack:
        for part in parts:
            module, name, stand_in = changes[part]
            stack.enter_context(mock.patch.object(module, name, stand_in))
            if name == "trained":
                from corpus_tools.attribution import finding

                stack.enter_context(mock.patch.object(finding, "trained", stand_in))
        yield


def ablation(gold: Path) -> None:
    """Print what the main measures lose on the development documents when a part is left out."""
    scorer = load_scorer("quotes", gold)
    lines = read_jsonl(gold / "quotes/dev.jsonl")
    shown = [row for row in _ROWS if row[0] in _ABLATED]
    print(f"  {'left out (percent)':44}" + "".join(f"{_ABLATED[label]:>11}" for label, *_ in shown))
    steps: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("nothing", "trained", ()),
        ("the model of speech", "trained", ("the model of speech",)),
        ("the model of rightness", "trained", ("the model of rightness",)),
        ("all weights: rules alone", "rules", ()),
        *(
            (f"rules alone, without {part}", "rules", (part,))
            for part in (
                "quotations without a verb of saying",
                "quotations that go on",
                "settling",
                "nouns",
                "adverbs",
                "verbs before their subject",
                "contents before the cue",
            )
        ),
    )
    for label, model, parts in steps:
        with _without(*parts):
            figures, _ = _measured(scorer, lines, model)
        print(f"  {label:44}" + "".join(f"{100 * figures[key][field]:11.1f}" for _, key, field, _ in shown))


def calibrate(gold: Path, *, every: int = 1, least: int = 30) -> None:
    """Print the share of right rows by frame, clause and class on the training documents."""
    scorer = load_scorer("quotes", gold)
    from corpus_tools.attribution.finding import spans

    right: Counter[tuple[str, str, str]] = Counter()
    total: Counter[tuple[str, str, str]] = Counter()
    for line in read_jsonl(gold / "quotes/train.jsonl")[::every]:
        tokens = scorer.word_tokens(line["text"])
        wanted = [scorer.as_token_sets(tokens, item) for item in line["attributions"]]
        for row in spans(line["text"], model="rules"):
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
    for model in ("trained", "rules"):
        bins = _by_confidence(gold, model)
        number = sum(len(rows) for rows in bins.values())
        error = 0.0
        print(f"  model {model}")
        for place in sorted(bins):
            stated = sum(value for value, _ in bins[place]) / len(bins[place])
            found = sum(fits for _, fits in bins[place]) / len(bins[place])
            error += abs(stated - found) * len(bins[place]) / number
            print(f"  stated {stated:.2f}  right {found:.2f}  rows {len(bins[place])}")
        print(f"  expected calibration error {error:.3f}")


def _by_confidence(gold: Path, model: str) -> dict[int, list[tuple[float, bool]]]:
    """Return (stated confidence, whether right) of each row on the development documents, in tenths."""
    scorer = load_scorer("quotes", gold)
    from corpus_tools.attribution.finding import spans

    bins: dict[int, list[tuple[float, bool]]] = {}
    for line in read_jsonl(gold / "quotes/dev.jsonl"):
        tokens = scorer.word_tokens(line["text"])
        wanted = [scorer.as_token_sets(tokens, item) for item in line["attributions"]]
        for row in spans(line["text"], least=0.01, model=model):
            mine = scorer.as_token_sets(tokens, row)
            fits = any(scorer.RELAXED["all"](mine, item) for item in wanted)
            bins.setdefault(min(9, int(row["confidence"] * 10)), []).append((row["confidence"], fits))
    return bins


_PARAGRAPH = (
    "Mayor Ilva Torrin said on Monday that the bridge at Lenn would stay closed. “We sold the ‘golden’ bus,” she told "
    "the Brandel Courier. “Nobody wanted it.” Residents fear a winter without heating, according to a report by the "
    "council, and two officials who asked not to be named warned that “more cuts” were likely.\n\n"
)


def speed() -> None:
    """Print words per second for texts of 1 kB to 10 MB: time grows in line with the text."""
    from corpus_tools.attribution.finding import in_text

    in_text(_PARAGRAPH)
    print("quotes: one text, from raw text to resolved rows (find)")
    for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
        for label, unit in (("news", _PARAGRAPH), ("no sentence end", "he said the dam and the road ")):
            text = unit * (size // len(unit) + 1)
            begin = time.process_time()
            rows = len(in_text(text))
            took = time.process_time() - begin
            rate = len(text.split()) / took
            print(
                f"  {size:>10,} characters, {label:16} {took:8.2f} s {rate:10,.0f} words/s {rows:8,} rows", flush=True
            )


_NOISE = (
    *"“”\"'‘’«»„‟‹›:,.;—–-()[]?!… \n\t\0é١אش中𝄞\u200f\ufeff",
    "said ",
    "says ",
    "Ann ",
    "Veld ",
    "the ",
    "told ",
    "asked ",
)
_NOISE += (
    "according to ",
    "that ",
    "who ",
    "which ",
    "was ",
    "a claim ",
    "ten ",
    "reportedly ",
    "by ",
    "and ",
    "of ",
    "\n\n",
)


def fuzz(count: int = 100_000, seconds: float = 480, seed: int = 1) -> None:
    """Read texts of noise for so many seconds at most: none may raise, every span must lie in its text, in order."""
    from corpus_tools.attribution.finding import in_text

    chance = random.Random(seed)
    begin = time.process_time()
    texts = rows = 0
    while texts < count and time.process_time() - begin < seconds:
        text = "".join(chance.choices(_NOISE, k=chance.randrange(1, 60)))
        for row in in_text(text, attitudes=True, least=0.0, model=("trained", "rules")[texts % 2]):
            rows += 1
            spans = [*row.get("source_spans", []), *row.get("cue_spans", []), *row["content_spans"]]
            if not all(row["start"] <= a < b <= row["end"] <= len(text) for a, b in spans):
                raise AssertionError(f"a span outside of {text!r}: {row}")
        texts += 1
    took = time.process_time() - begin
    print(f"quotes: {texts:,} of {count:,} texts of noise, {rows:,} rows, no exception, {took:.0f} s")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    actions: dict[str, Callable[..., None]] = {
        "ablation": ablation,
        "calibrate": calibrate,
        "reliability": reliability,
        "quality": quality,
    }
    if sys.argv[1] == "fuzz":
        fuzz(seconds=float(sys.argv[2]) if len(sys.argv) > 2 else 480)
    else:
        actions[sys.argv[1]](Path(sys.argv[2]))
