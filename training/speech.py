"""Train what judges attributions: whether a candidate attributes, whether it is right, whether a quotation is speech.

    python -m training.speech --gold FOLDER

Writes ``weights.tsv`` into the attribution room's data; see ``speech.md``. Features are names of forms, tags and words
of grammar, words of the data files, and verbs and nouns beside a quotation; one that comes fewer than `LEAST` times is
left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import numpy as np
import typer
from scipy import optimize, sparse

from benchmarks._registry import load_scorer, read_jsonl
from corpus_tools.attribution import _features, _leftovers, _link, _speech
from corpus_tools.attribution._candidate import Candidate
from corpus_tools.attribution._scoring import FILE, Scorer
from corpus_tools.attribution._view import View, view

DATA = Path(__file__).parents[1] / "src" / "corpus_tools" / "attribution" / "data"
LEAST = 10
#: Least confidence of a row when measuring: that of `mode="balanced"`.
SHOWN = 0.3
#: Inverse strength of the penalty, by model.
SETTINGS = {"attributes": 0.1, "right": 0.05, "speech": 0.3}
_HEAD = """# Weights of the models that judge attributions: model, feature, weight. Made by training/speech.py from the
# training part of PolNeAR 1.0.0 (Newell and others 2018), whose licence is not clear: this file can be left out,
# the rules then serve alone. See training/speech.md. A feature comes at least {least} times.
"""

Examples = list[tuple[list[str], bool]]


def fit(examples: Examples, strength: float) -> dict[str, float]:
    """Return the weights of a logistic regression with a squared penalty, by feature, rounded."""
    counts = Counter(name for names, _ in examples for name in set(names))
    index = {name: place for place, name in enumerate(sorted(name for name, n in counts.items() if n >= LEAST))}
    rows, columns = [], []
    for row, (names, _) in enumerate(examples):
        for name in set(names) & index.keys():
            rows.append(row)
            columns.append(index[name])
    shape = (len(examples), len(index))
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    signs = np.where([label for _, label in examples], 1.0, -1.0)
    free = np.array([name != "bias" for name in sorted(index)], dtype=float)

    def loss(weights: Any) -> tuple[float, Any]:
        margins = signs * (matrix @ weights)
        value = strength * np.logaddexp(0, -margins).sum() + 0.5 * (free * weights**2).sum()
        slope = -signs / (1 + np.exp(np.clip(margins, -30, 30)))
        return value, strength * (matrix.T @ slope) + free * weights

    found = optimize.minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(found.x[place]), 2) for name, place in index.items() if abs(found.x[place]) >= 0.005}


class Gold:
    """One annotated document: its view, and what the annotators found in it."""

    def __init__(self, line: dict[str, Any], scorer: ModuleType) -> None:
        self.scorer = scorer
        self.seen: View = view(line["text"])
        self.tokens = scorer.word_tokens(line["text"])
        self.wanted = [scorer.as_token_sets(self.tokens, item) for item in line["attributions"]]
        self.attributed: set[int] = set().union(*(item["content"] for item in self.wanted))

    def fits(self, candidate: Candidate, condition: str) -> bool:
        """Whether a candidate fits some attribution of the annotators."""
        spans = {
            role: [self.seen.span(*part) for part in getattr(candidate, role)] for role in ("source", "cue", "content")
        }
        mine = self.scorer.as_token_sets(self.tokens, spans)
        return any(self.scorer.RELAXED[condition](mine, item) for item in self.wanted)

    def quotations(self) -> Iterator[tuple[int, int, bool]]:
        """Yield each quotation in double marks with its unit, and whether it is attributed."""
        units = {token: number for number, unit in enumerate(self.seen.units) for token in range(*unit)}
        for quote, (first, _) in enumerate(self.seen.quote_tokens):
            mark = self.seen.quotes[quote]
            inside = self.scorer.covered(self.tokens, [(mark.start, mark.end)])
            if inside and not mark.single:
                yield quote, units[first], 2 * len(inside & self.attributed) > len(inside)


def train(documents: list[Gold]) -> Scorer:
    """Return the three models; each later one learns from what the ones before make of the texts."""
    strength = SETTINGS
    attributes = fit(
        [(_features.features(d.seen, c), d.fits(c, "source")) for d in documents for c in _link.raw(d.seen)],
        strength["attributes"],
    )
    scorer = Scorer(attributes, {}, {})
    heard: Examples = []
    settled: Examples = []
    for document in documents:
        found = _link.candidates(document.seen, scorer=scorer)
        for quote, unit, attributed in document.quotations():
            holder = _leftovers.holder(document.seen, quote, found)
            heard.append((_speech.features(document.seen, quote, unit, holder), attributed))
    scorer = Scorer(attributes, {}, fit(heard, strength["speech"]))
    for document in documents:
        for candidate in _link.candidates(document.seen, scorer=scorer):
            if candidate.parent is None:
                settled.append((_features.settled(document.seen, candidate), document.fits(candidate, "all")))
    return Scorer(attributes, fit(settled, strength["right"]), scorer.speech)


def write(scorer: Scorer, path: Path) -> None:
    """Write the weights as a table."""
    lines = [
        f"{model}\t{feature}\t{weight:g}"
        for model in ("attributes", "right", "speech")
        for feature, weight in sorted(getattr(scorer, model).items())
    ]
    path.write_text(_HEAD.format(least=LEAST) + "\n".join(lines) + "\n", encoding="utf-8")


def check(scorer: ModuleType, lines: list[dict[str, Any]], model: Scorer) -> None:
    """Print how good the weights are on documents that they have not seen."""
    predicted = {}
    for line in lines:
        seen = view(line["text"])
        kept = [
            c
            for c in _link.candidates(seen, scorer=model)
            if c.parent is None and (c.spoken or model.rightness(seen, c) >= SHOWN)
        ]
        predicted[line["id"]] = [
            {role: [seen.span(*part) for part in getattr(c, role)] for role in ("source", "cue", "content")}
            for c in kept
        ]
    figures = scorer.score({line["id"]: line for line in lines}, predicted)
    for name in ("reporting.relaxed.all", "relaxed.all", "relaxed.content", "type.direct", "segment.all (other)"):
        row = figures[name]
        typer.echo(f"{name:24} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}")


def main(
    gold: Annotated[Path, typer.Option(help="Folder of gold data.")],
    apart: Annotated[int, typer.Option(help="Sixth of the documents (0 to 5) to keep apart and measure on.")] = -1,
    out: Annotated[Path, typer.Option(help="File to write.")] = DATA / FILE,
) -> None:
    """Train and write; or, with a part kept apart, train on the others, measure on it, and write nothing."""
    scorer = load_scorer("quotes", gold)
    lines = read_jsonl(gold / "quotes/train.jsonl")
    model = train([Gold(line, scorer) for place, line in enumerate(lines) if place % 6 != apart])
    if apart >= 0:
        check(scorer, lines[apart::6], model)
        return
    write(model, out)
    sizes = {name: len(getattr(model, name)) for name in SETTINGS}
    typer.echo(f"{len(lines)} documents; weights {sizes}; {out.stat().st_size:,} bytes -> {out.name}")


if __name__ == "__main__":
    typer.run(main)
