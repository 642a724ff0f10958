"""Train the labeller's weights: softmax regression with AdaGrad over hashed features, averaged, pruned, rounded."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from corpus_tools.language._hashing import Keys, KeyTable, pack


@dataclass(frozen=True)
class Settings:
    """How to train one pass."""

    epochs: int = 6
    batch: int = 1000
    rate: float = 0.15
    drop: float = 0.3
    penalty: float = 1e-5
    least: int = 2
    prune: float = 0.0
    most: int = 0
    step: float = 0.1
    seed: int = 1


def vocabulary(keys: Keys, least: int) -> Keys:
    """Keys that come at least so often."""
    found, counts = np.unique(keys.ravel(), return_counts=True)
    chosen: Keys = found[(counts >= least) & (found != 0)]
    return chosen


def matrix(keys: Keys, known: Keys) -> Any:
    """Sparse matrix of known features; a row a token."""
    rows = KeyTable(known).rows(keys)
    present = rows > 0
    pointers = np.concatenate([[0], np.cumsum(present.sum(axis=1))])
    indices = rows[present] - 1
    values = np.ones(len(indices), dtype=np.float32)
    return sparse.csr_matrix((values, indices, pointers), shape=(len(keys), len(known)))


def fit(features: Any, labels: NDArray[np.intp], classes: int, offset: Any, settings: Settings) -> Any:
    """Return the weights, features x classes, averaged over the second half of the epochs."""
    chance = np.random.default_rng(settings.seed)
    count, width = features.shape
    weights = np.zeros((width, classes), dtype=np.float32)
    squares = np.full((width, classes), 1e-4, dtype=np.float32)
    average = np.zeros_like(weights)
    order = chance.permutation(count)
    batches = []
    for start in range(0, count, settings.batch):
        chosen = np.sort(order[start : start + settings.batch])
        part = features[chosen]
        used, local = np.unique(part.indices, return_inverse=True)
        batches.append((chosen, used, part.data, local.astype(np.int32), part.indptr))
    averaged = 0
    for epoch in range(settings.epochs):
        for number in chance.permutation(len(batches)):
            chosen, used, data, local, pointers = batches[number]
            kept = (chance.random(len(data)) >= settings.drop).astype(np.float32) / (1 - settings.drop)
            part = sparse.csr_matrix((kept, local, pointers), shape=(len(chosen), len(used)))
            own = weights[used]
            score = part @ own
            if offset is not None:
                score += offset[chosen]
            score -= score.max(axis=1, keepdims=True)
            chance_of = np.exp(score)
            chance_of /= chance_of.sum(axis=1, keepdims=True)
            chance_of[np.arange(len(chosen)), labels[chosen]] -= 1
            gradient = part.T @ chance_of + settings.penalty * len(chosen) * own
            squared = squares[used] + gradient * gradient
            squares[used] = squared
            weights[used] = own - settings.rate * gradient / np.sqrt(squared)
        if epoch >= settings.epochs // 2:
            average += weights
            averaged += 1
    return average / averaged


def strongest(weights: Any, most: int) -> NDArray[np.intp]:
    """Return the indices of the features with the largest weights, in order."""
    strength = np.abs(weights).max(axis=1)
    chosen: NDArray[np.intp] = np.sort(np.argsort(-strength, kind="stable")[:most])
    return chosen


def compact(known: Keys, weights: Any, settings: Settings) -> tuple[NDArray[np.uint8], NDArray[np.int8], float]:
    """Drop weak features and round the weights to small integers, most of them 0: keys, rows, size of a step."""
    rows = np.clip(np.rint(weights / settings.step), -127, 127).astype(np.int8)
    strong = np.abs(weights).max(axis=1) >= settings.prune
    return pack(known[strong]), rows[strong], settings.step


def save(path: Path, arrays: dict[str, Any]) -> int:
    """Write arrays as a compressed .npz whose bytes depend on nothing but them; return its size."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.save(content, np.asarray(arrays[name]), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), content.getvalue(), zipfile.ZIP_DEFLATED, 9
            )
    return path.stat().st_size
