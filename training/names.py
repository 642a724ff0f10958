"""Train the names' kinds.

    python -m training.names --gold FOLDER

Writes ``names.npz`` into the language room's data. Only GUM has names; only its texts whose licences let a trained
model ship are read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from corpus_tools.language._candidates import Candidate, candidates, heads
from corpus_tools.language._hashing import Keys
from corpus_tools.language._name_features import candidate_keys
from corpus_tools.language._window import lay_out
from corpus_tools.language.names import LABELS, NameModel, agree
from corpus_tools.language.spans import Token
from corpus_tools.language.tagger import load as load_tagger
from training import _linear
from training._linear import Settings
from training._treebank import Document, read

DATA = Path(__file__).parents[1] / "src" / "corpus_tools" / "language" / "data"
SETTINGS = Settings(epochs=30, batch=200, rate=0.05, drop=0.5, least=2, prune=0.02, step=0.01, penalty=5e-3)
FOLDS = 5


def observe(document: Document) -> tuple[Keys, Keys, list[int]]:
    """Keys of a document's candidates (gold tags), of their wordings, and true labels."""
    tokens = [Token(start, end, form) for (start, end), form in zip(document.spans, document.forms, strict=True)]
    starts = {int(place) for place in np.cumsum([0, *document.lengths[:-1]])}
    found = candidates(tokens, document.upos, document.xpos, starts)
    labels = [LABELS.index(_kind(document, tokens, candidate)) for candidate in found]
    if not found:
        return np.zeros((0, 0), dtype=np.uint32), np.zeros(0, dtype=np.uint32), []
    layout = lay_out(document.forms, document.lengths)
    names = load_tagger().upos_names
    tags = np.array([names.index(tag) for tag in document.upos])
    keys, wordings = candidate_keys(layout, tags, found, heads(tokens, found))
    return keys, wordings[-1], labels


def _kind(document: Document, tokens: list[Token], candidate: Candidate) -> str:
    """Return the true kind: of the name with the same bounds, else of one with the same end, or a person's start."""
    start, end = tokens[candidate.first].start, tokens[candidate.last - 1].end
    named = [entity for entity in document.entities if entity[3]]
    for entity in named:
        if tuple(entity[4]) == (start, end):
            return str(entity[2]) if entity[2] in LABELS else "other"
    for entity in named:
        if entity[4][0] == start and entity[4][1] < end and entity[2] == "person":
            return "person"
        if entity[4][1] == end and entity[2] in LABELS:
            return str(entity[2])
    return "other"


def temperature(scores: Any, labels: Any) -> float:
    """Return the divisor of the scores that makes the labels of unseen documents most likely."""
    best, lowest = 1.0, float("inf")
    for step in range(4, 41):
        value = step / 10
        scaled = scores / value
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        loss = -(scaled[np.arange(len(labels)), labels] - np.log(np.exp(scaled).sum(axis=1))).mean()
        if loss < lowest:
            best, lowest = value, loss
    return best


def main(gold: Annotated[Path, typer.Option(help="Folder of gold data.")]) -> None:
    """Train, write, measure."""
    observed = [item for document in read(gold, "gum_train") if (item := observe(document))[2]]
    keys = np.concatenate([item[0] for item in observed])
    labels = np.array([label for item in observed for label in item[2]])
    fold = np.repeat(np.arange(len(observed)) % FOLDS, [len(item[2]) for item in observed])
    known = _linear.vocabulary(keys, SETTINGS.least)
    features = _linear.matrix(keys, known)
    unseen = np.zeros((len(labels), len(LABELS)), dtype=np.float32)
    for number in range(FOLDS):
        rest, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        weights = _linear.fit(features[rest], labels[rest], len(LABELS), None, SETTINGS)
        unseen[held] = features[held] @ weights
    place = 0
    for _, wordings, mine in observed:
        unseen[place : place + len(mine)] = agree(wordings, unseen[place : place + len(mine)])
        place += len(mine)
    print(f"{len(labels)} candidates; kinds on unseen documents {(unseen.argmax(axis=1) == labels).mean():.4f}")
    weights = _linear.fit(features, labels, len(LABELS), None, SETTINGS)
    kept, rows, scale = _linear.compact(known, weights, SETTINGS)
    arrays = {"keys0": kept, "rows0": rows, "scale0": np.float32(scale)}
    arrays["temperature"] = np.float32(temperature(unseen, labels))
    size = _linear.save(DATA / "names.npz", arrays)
    print(f"names.npz: {size / 1e6:.2f} MB, {kept.shape[1]} features, temperature {arrays['temperature']:.1f}")
    measure(gold, arrays)


def measure(gold: Path, arrays: dict[str, Any]) -> None:
    """Print the share of right kinds and the calibration error on GUM dev, given gold tags."""
    model = NameModel(arrays)
    right: list[bool] = []
    sure: list[float] = []
    for document in read(gold, "gum_dev", shippable=False):
        keys, wordings, labels = observe(document)
        if labels:
            chances = model.chances(agree(wordings, model.scores(keys)))
            right += (chances.argmax(axis=1) == labels).tolist()
            sure += chances.max(axis=1).tolist()
    bins = np.minimum(9, (np.array(sure) * 10).astype(int))
    error = sum(
        abs(np.mean(np.array(right)[bins == number]) - np.mean(np.array(sure)[bins == number]))
        * np.mean(bins == number)
        for number in range(10)
        if (bins == number).any()
    )
    print(f"gum_dev: {np.mean(right):.4f} of {len(right)} candidates right; expected calibration error {error:.3f}")


if __name__ == "__main__":
    typer.run(main)
