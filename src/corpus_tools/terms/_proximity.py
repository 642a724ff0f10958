"""Measures of how alike, or how far apart, two rows of counts are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Measure: TypeAlias = Callable[[Floats, Floats], float]


def divergence(p: Floats, q: Floats) -> Floats:
    """Return what each term adds to the Jensen-Shannon divergence of two distributions, in bits."""
    middle = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(p > 0, p * np.log2(p / middle), 0.0)
        right = np.where(q > 0, q * np.log2(q / middle), 0.0)
    return np.asarray((left + right) / 2)


def _cosine(a: Floats, b: Floats) -> float:
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def _correlation(a: Floats, b: Floats) -> float:
    return _cosine(a - a.mean(), b - b.mean())


def _jensen_shannon(a: Floats, b: Floats) -> float:
    return float(1 - divergence(a / a.sum(), b / b.sum()).sum())


def _jaccard(a: Floats, b: Floats) -> float:
    return _extended_jaccard((a > 0).astype(np.float64), (b > 0).astype(np.float64))


def _extended_jaccard(a: Floats, b: Floats) -> float:
    both = a @ b
    return float(both / (a @ a + b @ b - both))


def _dice(a: Floats, b: Floats) -> float:
    return _extended_dice((a > 0).astype(np.float64), (b > 0).astype(np.float64))


def _extended_dice(a: Floats, b: Floats) -> float:
    return float(2 * (a @ b) / (a @ a + b @ b))


def _simple_matching(a: Floats, b: Floats) -> float:
    return float(((a > 0) == (b > 0)).mean())


def _hamann(a: Floats, b: Floats) -> float:
    return 2 * _simple_matching(a, b) - 1


def _faith(a: Floats, b: Floats) -> float:
    """Return Faith's (1983): what both have counts one, what both lack a half."""
    both, neither = (a > 0) & (b > 0), (a == 0) & (b == 0)
    return float((both.sum() + neither.sum() / 2) / len(a))


#: 1 is the same; what is 0, and what the lowest value means, is the measure's own.
SIMILARITIES: dict[str, Measure] = {
    "cosine": _cosine,
    "correlation": _correlation,
    "jensen_shannon": _jensen_shannon,
    "jaccard": _jaccard,
    "extended_jaccard": _extended_jaccard,
    "dice": _dice,
    "extended_dice": _extended_dice,
    "simple_matching": _simple_matching,
    "hamann": _hamann,
    "faith": _faith,
}


def _euclidean(a: Floats, b: Floats) -> float:
    return float(np.sqrt(((a - b) ** 2).sum()))


def _manhattan(a: Floats, b: Floats) -> float:
    return float(np.abs(a - b).sum())


def _maximum(a: Floats, b: Floats) -> float:
    return float(np.abs(a - b).max(initial=0.0))


def _canberra(a: Floats, b: Floats) -> float:
    present = (a + b) > 0
    return float((np.abs(a - b)[present] / (a + b)[present]).sum())


def minkowski(a: Floats, b: Floats, p: float) -> float:
    """Return the Minkowski distance of order `p`.

    Examples
    --------
    >>> minkowski(np.array([0.0, 0.0]), np.array([3.0, 4.0]), 2)
    5.0
    """
    return float((np.abs(a - b) ** p).sum() ** (1 / p))


def _hamming(a: Floats, b: Floats) -> float:
    return float((a != b).sum())


def _chi_squared(a: Floats, b: Floats) -> float:
    whole = a + b
    present = whole > 0
    total = whole.sum()
    expected = [whole[present] * row.sum() / total for row in (a, b)]
    return float(sum(((row[present] - e) ** 2 / e).sum() for row, e in zip((a, b), expected, strict=True)))


def _burrows_delta(a: Floats, b: Floats) -> float:
    return float(np.abs(a - b).mean())


#: 0 is the same.
DISTANCES: dict[str, Measure] = {
    "euclidean": _euclidean,
    "manhattan": _manhattan,
    "maximum": _maximum,
    "canberra": _canberra,
    "hamming": _hamming,
    "chi_squared": _chi_squared,
    "burrows_delta": _burrows_delta,
}
