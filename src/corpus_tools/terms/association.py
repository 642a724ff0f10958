"""How strongly two words attract each other, from counts."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.errors import InvalidQuery

Floats: TypeAlias = npt.NDArray[np.float64]


def association(
    together: npt.ArrayLike,
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    total: npt.ArrayLike,
    *,
    smoothing: float = 0.5,
) -> pd.DataFrame:
    """Return every measure of association for counts of pairs.

    Parameters
    ----------
    together : array of int
        How often both stand together (O = n_ii).
    first, second : array of int
        How often each of the two stands in its place (n_ix, n_xi).
    total : array of int
        Number of pairs (n_xx); by chance both would stand together E = n_ix n_xi / n_xx times.
    smoothing : float
        Added to each cell for `log_odds`, as quanteda's lambda has it.

    Returns
    -------
    DataFrame
        One row for each pair: ``expected`` (E), ``pmi`` log2(O / E), ``pmi2`` log2(O² / (n_ix n_xi)) (Daille 1994),
        ``pmi3`` log2(O³ / E), ``npmi`` pmi / -log2(O / n_xx) (Bouma 2009), ``t`` (O - E) / √O, ``z`` (O - E) / √E,
        ``log_likelihood`` (Dunning 1993) and ``chi_squared`` (both of the two by two table, with the sign of the
        attraction), ``log_dice`` 14 + log2(2 O / (n_ix + n_xi)) (Rychlý 2008), ``dice``, ``jaccard``, ``delta_p`` (of
        the second given the first; Gries 2013) and ``delta_p_reverse``, ``log_odds`` and ``log_odds_z`` (quanteda's
        lambda and z), ``min_sensitivity``, ``phi_squared``, ``mi_like`` O³ / (n_ix n_xi), ``poisson_stirling``.

    Raises
    ------
    InvalidQuery
        When counts cannot be: a pair more frequent than its parts, or these than the total.

    Examples
    --------
    >>> association(8, 15828, 4675, 14_307_668)[["t", "chi_squared"]].round(4).values.tolist()
    [[0.9999, 1.5489]]
    """
    o11, r1, c1, n = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(value, dtype=np.float64)) for value in (together, first, second, total))
    )
    if np.any((o11 < 0) | (o11 > np.minimum(r1, c1)) | (np.maximum(r1, c1) > n) | (r1 + c1 - o11 > n)):
        raise InvalidQuery("A pair cannot be more frequent than its parts, nor these than the total; check the counts.")
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame({**_against_chance(o11, r1, c1, n), **_of_the_table(o11, r1, c1, n, smoothing)})


def _against_chance(o11: Floats, r1: Floats, c1: Floats, n: Floats) -> dict[str, Floats]:
    """Return the measures that compare one cell with its expectation, or with the margins."""
    expected = r1 * c1 / n
    pmi = np.log2(o11 / expected)
    return {
        "expected": expected,
        "pmi": pmi,
        "pmi2": np.log2(o11**2 / (r1 * c1)),
        "pmi3": np.log2(o11**3 / expected),
        "npmi": np.where(o11 == n, 1.0, np.where(o11 > 0, pmi / -np.log2(o11 / n), -1.0)),
        "t": (o11 - expected) / np.sqrt(o11),
        "z": (o11 - expected) / np.sqrt(expected),
        "log_dice": log_dice(o11, r1, c1),
        "dice": 2 * o11 / (r1 + c1),
        "jaccard": o11 / (r1 + c1 - o11),
        "min_sensitivity": np.minimum(o11 / r1, o11 / c1),
        "mi_like": o11**3 / (r1 * c1),
        "poisson_stirling": o11 * (pmi - 1),
    }


def _of_the_table(o11: Floats, r1: Floats, c1: Floats, n: Floats, smoothing: float) -> dict[str, Floats]:
    """Return the measures of the whole two by two table."""
    o12, o21, o22 = r1 - o11, c1 - o11, n - r1 - c1 + o11
    sign = np.sign(o11 - r1 * c1 / n)
    phi_squared = (o11 * o22 - o12 * o21) ** 2 / (r1 * c1 * (n - r1) * (n - c1))
    smoothed = [cell + smoothing for cell in (o11, o12, o21, o22)]
    log_odds = np.log(smoothed[0] * smoothed[3] / (smoothed[1] * smoothed[2]))
    return {
        "log_likelihood": sign * _likelihood((o11, o12, o21, o22), r1, c1, n),
        "chi_squared": sign * n * phi_squared,
        "phi_squared": phi_squared,
        "delta_p": o11 / r1 - o21 / (n - r1),
        "delta_p_reverse": o11 / c1 - o12 / (n - c1),
        "log_odds": log_odds,
        "log_odds_z": log_odds / np.sqrt(sum(1 / cell for cell in smoothed)),
    }


def log_dice(together: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike) -> Floats:
    """Return 14 + log2 of Dice's coefficient (Rychlý 2008): at most 14, and independent of the corpus' size.

    Examples
    --------
    >>> log_dice([8, 300], [389, 300], [230, 300]).round(6).tolist()
    [8.726204, 14.0]
    """
    o11, r1, c1 = (np.asarray(value, dtype=np.float64) for value in (together, first, second))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(14 + np.log2(2 * o11 / (r1 + c1)), dtype=np.float64)


def _likelihood(
    cells: tuple[Floats, ...],
    r1: Floats,
    c1: Floats,
    n: Floats,
) -> Floats:
    score = np.zeros_like(n)
    for cell, row, column in zip(cells, (r1, r1, n - r1, n - r1), (c1, n - c1, c1, n - c1), strict=True):
        expected = row * column / n
        ratio = np.divide(cell, expected, out=np.ones_like(cell), where=(cell > 0) & (expected > 0))
        score = score + cell * np.log(ratio)
    return np.maximum(2 * score, 0.0)
