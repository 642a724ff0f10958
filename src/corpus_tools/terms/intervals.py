"""How sure a rate is."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from corpus_tools.errors import InvalidQuery

MILLION = 1_000_000.0


def quantile(confidence: float) -> float:
    """Return how many standard errors an interval reaches to either side.

    Examples
    --------
    >>> round(quantile(0.95), 6)
    1.959964
    """
    if not 0 < confidence < 1:
        raise InvalidQuery(f"A confidence of {confidence} has no meaning; give one between 0 and 1, e.g. 0.95.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(
    counts: npt.ArrayLike, totals: npt.ArrayLike, *, confidence: float = 0.95
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return Wilson's score interval of proportions.

    Parameters
    ----------
    counts, totals : array
        How often it was, and how often it could have been.
    confidence : float
        How often the interval is to hold the true value.

    Returns
    -------
    low, high : array of float
        Proportions; missing where `totals` is 0.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.

    Examples
    --------
    >>> low, high = wilson([0, 5], [10, 10])
    >>> [round(float(value), 4) for value in (*low, *high)]
    [0.0, 0.2366, 0.2775, 0.7634]
    """
    z = quantile(confidence)
    k = np.asarray(counts, dtype=np.float64)
    n = np.asarray(totals, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = k / n
        centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        reach = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low = np.where(n > 0, np.clip(centre - reach, 0, 1), np.nan)
    high = np.where(n > 0, np.clip(centre + reach, 0, 1), np.nan)
    low = np.where((k == 0) & (n > 0), 0.0, low)
    return low, np.where((k == n) & (n > 0), 1.0, high)


def per_million(counts: npt.ArrayLike, totals: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return counts per million words; missing where there are no words.

    Examples
    --------
    >>> per_million([3, 0], [1500, 0]).tolist()
    [2000.0, nan]
    """
    k = np.asarray(counts, dtype=np.float64)
    n = np.asarray(totals, dtype=np.float64)
    rates: npt.NDArray[np.float64] = np.full(np.broadcast(k, n).shape, np.nan)
    return np.divide(k * MILLION, n, out=rates, where=n > 0)
