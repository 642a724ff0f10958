"""Train a network with one hidden layer and a way around it: AdaGrad, dropout, weights averaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NAMES = ("inner", "bias", "outer", "base", "direct")


@dataclass(frozen=True)
class Shape:
    """How large the network is, and how to train it."""

    hidden: int = 64
    epochs: int = 30
    batch: int = 100
    rate: float = 0.02
    drop: float = 0.3
    penalty: float = 3e-4
    seed: int = 1


def nothing(width: int, classes: int) -> dict[str, Floats]:
    """Return the weights of a network that says nothing."""
    sizes = ((width, 1), (1,), (1, classes), (classes,), (width, classes))
    return {name: np.zeros(size, dtype=np.float32) for name, size in zip(NAMES, sizes, strict=True)}


def mean(networks: list[dict[str, Floats]]) -> dict[str, Floats]:
    """Return the network whose scores are the mean of those of some: it has the hidden units of all."""
    share = np.float32(1 / len(networks))
    inner, bias, outer, base, direct = ([network[name] for network in networks] for name in NAMES)
    weights: list[Any] = [np.concatenate(inner, axis=1), np.concatenate(bias), share * np.concatenate(outer)]
    weights += [share * np.sum(base, axis=0), share * np.sum(direct, axis=0)]
    return dict(zip(NAMES, weights, strict=True))


def fit(numbers: Floats, labels: NDArray[np.intp], classes: int, shape: Shape) -> dict[str, Any]:
    """Return the weights by name, averaged over the second half of the epochs."""
    chance = np.random.default_rng(shape.seed)
    count, width = numbers.shape
    weights = [
        chance.normal(0, 1 / np.sqrt(width), (width, shape.hidden)).astype(np.float32),
        *(np.zeros(size, dtype=np.float32) for size in (shape.hidden, (shape.hidden, classes), classes)),
        np.zeros((width, classes), dtype=np.float32),
    ]
    squares = [np.full_like(array, 1e-3) for array in weights]
    average = [np.zeros_like(array) for array in weights]
    averaged = 0
    for epoch in range(shape.epochs):
        order = chance.permutation(count)
        for start in range(0, count, shape.batch):
            chosen = order[start : start + shape.batch]
            steps = _gradients(weights, numbers[chosen], labels[chosen], shape.drop, chance)
            for array, squared, step in zip(weights, squares, steps, strict=True):
                step = step + shape.penalty * array
                squared += step * step
                array -= shape.rate * step / np.sqrt(squared)
        if epoch >= shape.epochs // 2:
            averaged += 1
            for total, array in zip(average, weights, strict=True):
                total += array
    return {name: array / averaged for name, array in zip(NAMES, average, strict=True)}


def _gradients(
    weights: list[Any],
    numbers: Floats,
    labels: NDArray[np.intp],
    drop: float,
    chance: np.random.Generator,
) -> list[Any]:
    """Gradient of the mean loss of a batch, for each array of weights."""
    inner, bias, outer, base, direct = weights
    count = len(numbers)
    kept = numbers * _mask(numbers.shape, drop, chance)
    mask = _mask((count, inner.shape[1]), drop, chance)
    hidden = kept @ inner + bias
    mask *= hidden > 0
    hidden *= mask
    scores = hidden @ outer + base + kept @ direct
    scores -= scores.max(axis=1, keepdims=True)
    wrong = np.exp(scores)
    wrong /= wrong.sum(axis=1, keepdims=True)
    wrong[np.arange(count), labels] -= 1
    wrong /= count
    back = (wrong @ outer.T) * mask
    return [kept.T @ back, back.sum(axis=0), hidden.T @ wrong, wrong.sum(axis=0), kept.T @ wrong]


def _mask(size: tuple[int, ...], drop: float, chance: np.random.Generator) -> Floats:
    return ((chance.random(size, dtype=np.float32) >= drop) / np.float32(1 - drop)).astype(np.float32)
