"""Train the chooser of years for bare dates in stories.

    python -m training.timex --gold FOLDER

Writes ``story.tsv`` into the timeline room's data, and prints value F1 on documents that the weights did not see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from scipy import sparse
from scipy.optimize import minimize

from benchmarks._registry import load_scorer, read_jsonl
from corpus_tools.timeline import _story
from corpus_tools.timeline._reference import Context
from corpus_tools.timeline._story import Mention, Story
from corpus_tools.timeline.expressions import read, resolve_all, written_out

Document = dict[str, Any]
Weights = dict[str, float]

DATA = Path(__file__).parents[1] / "src" / "corpus_tools" / "timeline" / "data" / "story.tsv"
HEADER = """\
# Weights of the chooser of years for bare dates in stories: feature <TAB> weight.
# Written by training/timex.py; see its model card. Trained on WikiWars 1.0.4 (Mazur and Dale 2010), documents 1 to 16,
# CC BY-SA 3.0; these weights are share-alike too.
"""
PENALTY = 2.0
SMALLEST = 0.05
_YEAR = re.compile(r"(BC)?(\d{4})")


@dataclass(frozen=True)
class Choice:
    """The features of each year that a bare date can mean, and which of them is right."""

    features: list[list[str]]
    right: int


@dataclass
class Teacher(Story):
    """A story that takes the true year of each bare date, and remembers between which it had to choose."""

    truth: list[Document] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    def year_of(self, month: int, start: int) -> tuple[int, float]:
        """Return the true year where the gold has it."""
        ahead = self._ahead(start)
        years = self.candidates(ahead)
        true = [_year(timex["value"]) for timex in self.truth if timex["start"] <= start < timex["end"]]
        if not true or true[0] not in years:
            return super().year_of(month, start)
        features = [list(self.features(year, month, start, ahead)) for year in years]
        self.choices.append(Choice(features, years.index(true[0])))
        return true[0], 1.0


def _year(value: str | None) -> int | None:
    match = _YEAR.match(value or "")
    if match is None:
        return None
    return -int(match[2]) if match[1] else int(match[2])


def observe(document: Document) -> list[Choice]:
    """Return the choices that a document asks for."""
    tokens, atoms = read(document["text"])
    mentions: list[Mention] = written_out(atoms, tokens)
    story = Teacher(document["text"], mentions, truth=document["timexes"])
    context = Context(datetime.fromisoformat(document["dct"]), narrative=True, story=story)
    for _ in resolve_all(atoms, tokens, context):
        pass
    return story.choices


def fit(choices: list[Choice]) -> Weights:
    """Return the weights of a conditional logit with a quadratic penalty."""
    names = sorted({name for choice in choices for features in choice.features for name in features})
    place = {name: number for number, name in enumerate(names)}
    rows = [[place[name] for name in features] for choice in choices for features in choice.features]
    group = np.repeat(np.arange(len(choices)), [len(choice.features) for choice in choices])
    right = np.cumsum([0, *(len(choice.features) for choice in choices[:-1])]) + [choice.right for choice in choices]
    pointers = np.cumsum([0, *map(len, rows)])
    matrix = sparse.csr_matrix((np.ones(pointers[-1]), np.concatenate(rows), pointers), shape=(len(rows), len(names)))
    true = np.zeros(len(rows))
    true[right] = 1

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        odds = np.exp(scores - scores.max())
        total = np.bincount(group, odds)
        lost = np.log(total).sum() + len(choices) * scores.max() - scores[right].sum()
        slope = matrix.T @ (odds / total[group] - true)
        return float(lost + PENALTY / 2 * weights @ weights), slope + PENALTY * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"ftol": 1e-14, "gtol": 1e-8})
    return {name: round(float(w), 2) for name, w in zip(names, found.x, strict=True) if abs(w) >= SMALLEST}


def write(weights: Weights) -> None:
    """Write the weights where the chooser reads them."""
    DATA.write_text(HEADER + "".join(f"{name}\t{weight:.2f}\n" for name, weight in weights.items()), encoding="utf-8")
    _story.weights.cache_clear()


def main(gold: Annotated[Path, typer.Option(help="Folder of gold data.")]) -> None:
    """Measure on each document with weights from the others, then train on all and write."""
    from benchmarks.timex import predict

    documents = read_jsonl(gold / "time" / "wikiwars_dev.jsonl")
    observed = [observe(document) for document in documents]
    predicted = []
    for held, document in enumerate(documents):
        write(fit([choice for number, found in enumerate(observed) if number != held for choice in found]))
        predicted.append(predict(document))
    write(fit([choice for found in observed for choice in found]))
    scorer = load_scorer("timex", gold)
    seen = scorer.score(documents, [predict(document) for document in documents])
    unseen = scorer.score(documents, predicted)
    print(f"{sum(map(len, observed))} choices in {len(documents)} documents")
    print(
        f"value F1: {100 * unseen['value_f1']:.2f} on documents left out in turn, {100 * seen['value_f1']:.2f} on all"
    )


if __name__ == "__main__":
    typer.run(main)
