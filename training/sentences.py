"""Train what decides about sentence boundaries beside the rules.

    python -m training.sentences --gold FOLDER

Writes ``sentences.npz`` into the language room's data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from corpus_tools.language._gaps import ENOUGH, Gaps
from corpus_tools.language._stretches import Reading
from corpus_tools.language.sentences import by_rules
from training import _linear
from training._linear import Settings
from training._treebank import training

DATA = Path(__file__).parents[1] / "src" / "corpus_tools" / "language" / "data"
SETTINGS = Settings(epochs=12, batch=500, rate=0.1, drop=0.5, penalty=1e-4, prune=0.1, step=0.05)


def main(gold: Annotated[Path, typer.Option(help="Folder of gold data.")]) -> None:
    """Train, write."""
    keys, labels = [], []
    for document in training(gold):
        gaps = Gaps(Reading([document.text]), np.array([start for start, _ in by_rules(document.text)]))
        begin = {start for start, _ in document.sentences}
        keys.append(gaps.keys(slice(None)))
        labels += [int(start in begin) for start in gaps.starts.tolist()]
    every, truth = np.concatenate(keys), np.array(labels)
    known = _linear.vocabulary(every, SETTINGS.least)
    weights = _linear.fit(_linear.matrix(every, known), truth, 2, None, SETTINGS)
    kept, rows, scale = _linear.compact(known, weights[:, 1:] - weights[:, :1], SETTINGS)
    size = _linear.save(
        DATA / "sentences.npz",
        {"keys0": kept, "rows0": rows, "scale0": np.float32(scale)},
    )
    print(f"{len(truth)} gaps, {truth.mean():.3f} end a sentence (score of {ENOUGH} or more)")
    print(f"sentences.npz: {size / 1e6:.2f} MB, {kept.shape[1]} features")


if __name__ == "__main__":
    typer.run(main)
