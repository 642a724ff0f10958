"""What each part of the names' model brings: F1 of names from raw text on three sets of documents.

They are GUM dev; the documents of GUM train whose licences forbid to train what ships; and cross-validation over its
other documents, which are tagged by a tagger that was trained on EWT alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from corpus_tools.language._batch import Batch
from corpus_tools.language._window import WindowModel
from corpus_tools.language.annotation import Annotation
from corpus_tools.language.names import NameModel
from corpus_tools.language.tagger import Tagger
from training import names
from training._treebank import Document, read

FOLDS = 3
_KINDS = frozenset({"person", "organization", "place"})
Scored = set[tuple[int, int, str]]


@dataclass(frozen=True)
class Step:
    """A model of some of the parts."""

    title: str
    ewt: bool = False
    network: bool = False


STEPS = (
    Step("words and endings, GUM alone"),
    Step("+ EWT's names, one kind a wording", ewt=True),
    Step("+ the network: vectors of words, lists, cases", ewt=True, network=True),
)


def gold_names(document: Document) -> tuple[Scored, Scored]:
    """Names that count, and those inside a longer name, which may be found or not."""
    found = {
        (int(name[0]), int(name[1]), str(kind))
        for _, _, kind, named, name, _ in document.entities
        if named and kind in _KINDS
    }
    inside = {
        name
        for name in found
        if any(other[:2] != name[:2] and other[0] <= name[0] and name[1] <= other[1] for other in found)
    }
    return found - inside, inside


def counts(document: Document, model: NameModel, tagger: Tagger | None) -> Any:
    """How many names are right, found, and there to be found."""
    batch = Batch([document.text])
    batch.name_model = model
    if tagger is not None:
        batch.tagger = tagger
    gold, optional = gold_names(document)
    guessed = set()
    for name in Annotation(document.text, batch).names:
        people = name.label == "nationality" and name.text.endswith(("s", "men", "man"))
        guessed.add((name.start, name.end, "person" if people else name.label))
    guessed = {name for name in guessed - optional if name[2] in _KINDS}
    return np.array([len(gold & guessed), len(guessed), len(gold)])


def f1(total: Any) -> float:
    """F1 in per cent."""
    return float(200 * total[0] / (total[1] + total[2]))


def ablation(gold: Path, tagger_file: Path) -> Iterator[tuple[str, list[float]]]:
    """Title and F1 of each step on each set; takes some minutes.

    Parameters
    ----------
    gold : Path
        Folder of gold data.
    tagger_file : Path
        A tagger that was trained on EWT alone.
    """
    dev = read(gold, "gum_dev", shippable=False)
    free = read(gold, "gum_train")
    ours = {document.id for document in free}
    others = [document for document in read(gold, "gum_train", shippable=False) if document.id not in ours]
    kinds = names.listed_kinds()
    annotated = {document.id: item for document in free if (item := names.observe(document))}
    listed = [item for document in read(gold, "ewt_train") if (item := names.observe(document, kinds))]
    with np.load(tagger_file) as file:
        arrays = dict(file)
    tagger = Tagger(WindowModel.from_arrays(arrays), arrays)
    for step in STEPS:
        more = listed if step.ewt else []

        def model(some: list[Any], step: Step = step, more: list[Any] = more) -> NameModel:
            return NameModel(names.train(some + more, len(some), network=step.network))

        whole = model(list(annotated.values()))
        row = [f1(sum(counts(document, whole, None) for document in part)) for part in (dev, others)]
        total: Any = 0
        for fold in range(FOLDS):
            rest = model([item for key, item in annotated.items() if crc32(key.encode()) % FOLDS != fold])
            held = [document for document in free if crc32(document.id.encode()) % FOLDS == fold]
            total = total + sum(counts(document, rest, tagger) for document in held)
        yield step.title, [*row, f1(total)]
