"""Train the names' kinds.

    python -m training.names --gold FOLDER

Writes ``names.npz`` into the language room's data. Only GUM has names, and only its texts whose licences let a trained
model ship are read; the kinds of EWT's names stand in ``ewt_names.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from zlib import crc32

import numpy as np
import typer
from numpy.typing import NDArray

from corpus_tools.language._candidates import Candidate, candidates, heads
from corpus_tools.language._hashing import Keys, Weights, unpack
from corpus_tools.language._name_context import context_keys
from corpus_tools.language._name_features import candidate_keys
from corpus_tools.language._window import Layout, lay_out
from corpus_tools.language.names import LABELS, NameModel, agree, groups, verb_tags
from corpus_tools.language.spans import Token
from corpus_tools.language.tagger import load as load_tagger
from training import _linear
from training._linear import Settings
from training._treebank import Document, read

DATA = Path(__file__).parents[1] / "src" / "corpus_tools" / "language" / "data"
KINDS = Path(__file__).parent / "ewt_names.tsv"
#: What a name says by itself and by its neighbours; and what the rest of the text says of it.
ALONE = Settings(epochs=30, batch=200, rate=0.05, drop=0.5, least=2, prune=0.02, step=0.01, penalty=5e-3)
TOGETHER = Settings(epochs=20, batch=200, rate=0.05, drop=0.3, least=3, prune=0.02, step=0.01, penalty=5e-3)
FOLDS = 5
_UNKNOWN = -1


@dataclass(frozen=True)
class Observed:
    """The possible names of a document (gold tags): their features, which are of one wording, and true labels or -1."""

    layout: Layout
    tags: NDArray[np.intp]
    found: list[Candidate]
    keys: Keys
    group: NDArray[np.intp]
    labels: NDArray[np.intp]


def observe(document: Document, kinds: dict[int, str] | None = None) -> Observed | None:
    """Observe a document; its labels come from its entities, or from the kinds of wordings. None if it has no names."""
    tokens = [Token(start, end, form) for (start, end), form in zip(document.spans, document.forms, strict=True)]
    starts = {int(place) for place in np.cumsum([0, *document.lengths[:-1]])}
    tags = zip(document.upos, document.xpos, strict=True)
    proper = [upos == "PROPN" or xpos in {"NNP", "NNPS"} for upos, xpos in tags]
    found = candidates(tokens, document.upos, proper, starts)
    if not found:
        return None
    layout = lay_out(document.forms, document.lengths)
    names = load_tagger().upos_names
    numbers = np.array([names.index(tag) for tag in document.upos])
    keys, wordings = candidate_keys(layout, numbers, found, heads(tokens, found))
    if kinds is None:
        labels = [LABELS.index(_kind(document, tokens, candidate)) for candidate in found]
    else:
        labels = [_listed(kinds, document.text[tokens[one.first].start : tokens[one.last - 1].end]) for one in found]
    return Observed(layout, numbers, found, keys, groups(layout, found, wordings[-1]), np.array(labels))


def listed_kinds() -> dict[int, str]:
    """Kinds of EWT's names by the key of their wording."""
    rows = (line.split("\t") for line in KINDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {int(key, 16): kind for key, kind in rows}


def _listed(kinds: dict[int, str], wording: str) -> int:
    kind = kinds.get(crc32(" ".join(wording.split()).encode("utf-8")))
    return LABELS.index(kind) if kind else _UNKNOWN


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


def fit(keys: Keys, labels: Any, settings: Settings, offset: Any = None) -> tuple[Keys, Any]:
    """Return the known features and their weights."""
    known = _linear.vocabulary(keys, settings.least)
    return known, _linear.fit(_linear.matrix(keys, known), labels, len(LABELS), offset, settings)


def score_unseen(observed: list[Observed]) -> list[Any]:
    """Scores of each document's names by a model that had not seen the document."""
    scores: list[Any] = [None] * len(observed)
    for fold in range(FOLDS):
        rest = [item for number, item in enumerate(observed) if number % FOLDS != fold]
        known, weights = fit(*joined(rest), ALONE)
        for number in range(fold, len(observed), FOLDS):
            item = observed[number]
            scores[number] = agree(item.group, (_linear.matrix(item.keys, known) @ weights).astype(np.float32))
    return scores


def joined(observed: list[Observed]) -> tuple[Keys, Any]:
    """Features and labels of all names whose label is known."""
    keys = np.concatenate([item.keys[item.labels >= 0] for item in observed])
    return keys, np.concatenate([item.labels[item.labels >= 0] for item in observed])


def packed(number: int, known: Keys, weights: Any, settings: Settings) -> dict[str, Any]:
    """Arrays of one pass."""
    kept, rows, scale = _linear.compact(known, weights, settings)
    return {f"keys{number}": kept, f"rows{number}": rows, f"scale{number}": np.float32(scale)}


def main(gold: Annotated[Path, typer.Option(help="Folder of gold data.")]) -> None:
    """Train, write, measure."""
    kinds = listed_kinds()
    observed = [item for document in read(gold, "gum_train") if (item := observe(document))]
    annotated = sum(len(item.labels) for item in observed)
    observed += [item for document in read(gold, "ewt_train") if (item := observe(document, kinds))]
    keys, labels = joined(observed)
    unseen = score_unseen(observed)
    around = [
        context_keys(item.layout, item.tags, verb_tags(), item.found, item.group, scores)[item.labels >= 0]
        for item, scores in zip(observed, unseen, strict=True)
    ]
    before = np.concatenate([scores[item.labels >= 0] for item, scores in zip(observed, unseen, strict=True)])
    print(f"{len(labels)} candidates; kinds on unseen documents {(before.argmax(axis=1) == labels).mean():.4f}")
    arrays = packed(0, *fit(keys, labels, ALONE), ALONE)
    arrays |= packed(1, *fit(np.concatenate(around), labels, TOGETHER, before), TOGETHER)
    second = Weights(unpack(arrays["keys1"]), arrays["rows1"], float(arrays["scale1"]))
    total = before[:annotated] + second.total(np.concatenate(around)[:annotated])
    arrays["temperature"] = np.float32(temperature(total, labels[:annotated]))
    size = _linear.save(DATA / "names.npz", arrays)
    print(f"names.npz: {size / 1e6:.2f} MB, {len(labels)} names, temperature {arrays['temperature']:.1f}")
    measure(gold, arrays)


def measure(gold: Path, arrays: dict[str, Any]) -> None:
    """Print the share of right kinds and the calibration error on GUM dev, given gold tags."""
    model = NameModel(arrays)
    right: list[bool] = []
    sure: list[float] = []
    for document in read(gold, "gum_dev", shippable=False):
        item = observe(document)
        if item:
            chances = model.chances(model.scores(item.layout, item.tags, item.found, item.keys, item.group))
            right += (chances.argmax(axis=1) == item.labels).tolist()
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
