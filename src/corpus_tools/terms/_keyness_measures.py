"""The formulas of keyness, on arrays of counts.

Throughout, `a` is how often a term occurs in the target and `b` in the reference; `c` and `d` are the numbers of words
of both.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

#: Fisher's test looks at so many standard deviations around the mean, for counts that are up to 4, up to 12 and further
#: away: what lies beyond has no weight beside them. More than 40 away, the chance of a count is too small for a float.
_FAR, _REACHES = np.array([4.0, 12.0]), np.array([12.0, 24.0, 40.0])


def direction(a: Floats, b: Floats, c: float, d: float) -> Floats:
    """Return 1 where the term is more frequent in the target, -1 where it is less so, 0 where it is the same."""
    return np.sign(a * d - b * c)


def log_likelihood(a: Floats, b: Floats, c: float, d: float, *, cells: int) -> Floats:
    """Return G² of two cells (Rayson and Garside 2000) or of four (Dunning 1993)."""
    n = c + d
    score = _information(a, c * (a + b) / n) + _information(b, d * (a + b) / n)
    if cells == 4:
        rest = n - a - b
        score = score + _information(c - a, c * rest / n) + _information(d - b, d * rest / n)
    return np.maximum(2 * score, 0.0)


def chi_squared(a: Floats, b: Floats, c: float, d: float, *, correction: str) -> Floats:
    """Return Pearson's chi-squared of the two by two table, plain or with Yates' correction."""
    n = c + d
    product = (a + b) * (n - a - b) * c * d
    cross = np.abs(a * (d - b) - b * (c - a))
    if correction == "yates":
        cross = np.where(_needs_yates(a, b, c, d), cross - n / 2, cross)
    return np.divide(n * cross**2, product, out=np.zeros_like(a), where=product > 0)


def log_likelihood_yates(a: Floats, b: Floats, c: float, d: float) -> Floats:
    """Return G² of four cells, each drawn half an occurrence towards its expectation."""
    shift = np.where(_needs_yates(a, b, c, d), 0.5 * direction(a, b, c, d), 0.0)
    n, rest = c + d, c + d - a - b
    score = _information(a - shift, c * (a + b) / n) + _information(b + shift, d * (a + b) / n)
    score = score + _information(c - a + shift, c * rest / n) + _information(d - b - shift, d * rest / n)
    return np.maximum(2 * score, 0.0)


def williams(a: Floats, b: Floats, c: float, d: float) -> Floats:
    """Return Williams' (1976) divisor of G² for small counts; 1 where a cell is empty, as it is not defined there."""
    n = c + d
    usable = (a > 0) & (b > 0) & (a < c) & (b < d)
    together = np.where(usable, a + b, 1.0)
    terms = n / together + n / np.maximum(n - together, 1.0) - 1
    return np.where(usable, 1 + (n / c + n / d - 1) * terms / (6 * n), 1.0)


def _needs_yates(a: Floats, b: Floats, c: float, d: float) -> npt.NDArray[np.bool_]:
    """Return where an expected count is below 5 and the correction would not turn the sign, as quanteda has it."""
    n = c + d
    smallest = np.minimum(a + b, n - a - b) * min(c, d) / n
    return (smallest < 5) & (np.abs(a * (d - b) - b * (c - a)) > n / 2)


def fisher(a: Floats, b: Floats, c: float, d: float) -> Floats:
    """Return the two-sided p of Fisher's exact test: the tables as improbable as this one, or more so."""
    p = np.ones_like(a)
    together = a + b
    far = np.abs(a - together * c / (c + d)) / np.maximum(np.sqrt(together * c * d) / (c + d), 1e-9)
    reach = _REACHES[np.searchsorted(_FAR, far)]
    order = np.lexsort((reach, together))
    same = (np.diff(together[order]) == 0) & (np.diff(reach[order]) == 0)
    bounds = [0, *(np.flatnonzero(~same) + 1).tolist(), len(a)] if len(a) else []
    for first, last in pairwise(bounds):
        rows = order[first:last]
        begin, chances = _hypergeometric(float(together[rows[0]]), c, d, float(reach[rows[0]]))
        ranked = np.sort(chances)
        cumulated = np.cumsum(ranked)
        seen = a[rows].astype(np.int64) - begin
        inside = (seen >= 0) & (seen < len(chances))
        chance = np.where(inside, chances[np.clip(seen, 0, len(chances) - 1)], 0.0)
        # R and scipy allow for the same rounding.
        place = np.searchsorted(ranked, chance * (1 + 1e-7), side="right") - 1
        p[rows] = np.where(place >= 0, np.minimum(cumulated[np.maximum(place, 0)], 1.0), 0.0)
    return p


def fisher_odds_ratio(a: Floats, b: Floats, c: float, d: float) -> Floats:
    """Return the odds ratio that makes each count the likeliest, given the margins (Fisher's conditional estimate)."""
    pairs, back = np.unique(np.stack([a, b]), axis=1, return_inverse=True)
    found = [_likeliest_odds(one, one + other, c, d) for one, other in pairs.T.tolist()]
    return np.array(found, dtype=np.float64)[back.ravel()]


def _likeliest_odds(a: float, total: float, c: float, d: float) -> float:
    """Return the odds ratio of which `a` is the mean, by Newton's method on its logarithm."""
    lowest, highest = max(0.0, total - d), min(total, c)
    if a in (lowest, highest):
        return 0.0 if a == lowest else np.inf
    # As far as counts have any weight where the mean is a.
    reach = 40 * np.sqrt(a * (total - a) / total) + 40
    k = np.arange(max(lowest, np.floor(a - reach)), min(highest, np.ceil(a + reach)) + 1)
    steps = np.log((c - k[:-1]) * (total - k[:-1])) - np.log(k[1:] * (d - total + k[1:]))
    chances = np.concatenate([[0.0], np.cumsum(steps)])
    logarithm = np.log(a * (d - total + a) / ((total - a) * (c - a)))
    for _ in range(50):
        weights = chances + logarithm * k
        weights = np.exp(weights - weights.max())
        weights /= weights.sum()
        mean = float(weights @ k)
        step = (a - mean) / float(weights @ (k - mean) ** 2)
        logarithm += step
        if abs(step) < 1e-13 * max(abs(logarithm), 1.0):
            break
    return float(np.exp(logarithm))


def _hypergeometric(total: float, c: float, d: float, reach: float) -> tuple[int, Floats]:
    """Return the least count in the target that is looked at, and the chance of it and of each count after it.

    Chances follow from their neighbours, which is exact where logarithms of factorials are not. Counts are looked at
    up to `reach` standard deviations from the mean, and forty more.
    """
    n = c + d
    mean = total * c / n
    around = reach * np.sqrt(mean * d / n) + 40
    begin = int(max(0, total - d, np.floor(mean - around)))
    end = int(min(total, c, np.ceil(mean + around)))
    k = np.arange(begin, end, dtype=np.float64)
    steps = np.log((c - k) * (total - k)) - np.log((k + 1) * (d - total + k + 1))
    logarithms = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(logarithms - logarithms.max())
    return begin, chances / chances.sum()


def log_ratio(a: Floats, b: Floats, c: float, d: float, *, floor: float, z: float) -> tuple[Floats, Floats, Floats]:
    """Return the binary logarithm of the ratio of rates (Hardie 2014), and its interval."""
    x, y = np.where(a == 0, floor, a), np.where(b == 0, floor, b)
    middle = np.log2((x / c) / (y / d))
    reach = z * np.sqrt(np.maximum(1 / x - 1 / c + 1 / y - 1 / d, 0.0)) / np.log(2)
    return middle, middle - reach, middle + reach


def percent_difference(a: Floats, b: Floats, c: float, d: float, *, floor: float) -> Floats:
    """Return %DIFF (Gabrielatos and Marchi 2011): by how many per cent the target's rate exceeds the reference's."""
    reference = np.where(b == 0, floor, b) / d
    return (a / c - reference) / reference * 100


def odds_ratio(a: Floats, b: Floats, c: float, d: float, *, floor: float) -> Floats:
    """Return the ratio of the odds that a word is this term."""
    x, y = np.where(a == 0, floor, a), np.where(b == 0, floor, b)
    other, others = np.maximum(c - a, floor), np.maximum(d - b, floor)
    return (x / other) / (y / others)


def weighted_log_odds(a: Floats, b: Floats, c: float, d: float, *, prior: Floats) -> tuple[Floats, Floats]:
    """Return the log-odds ratio under a Dirichlet prior, and its z (Monroe, Colaresi and Quinn 2008, eq. 15-22)."""
    whole = prior.sum()
    x, y = a + prior, b + prior
    # A term of neither corpus has no odds.
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(x / (c + whole - x)) - np.log(y / (d + whole - y))
        # Equation 20: the two terms that count; the four-term variance differs where a term is most of a corpus.
        return delta, delta / np.sqrt(1 / x + 1 / y)


def chi_squared_p(score: Floats) -> Floats:
    """Return the p of scores that follow chi-squared with one degree of freedom."""
    from scipy.special import chdtrc

    return np.asarray(chdtrc(1, np.maximum(score, 0.0)), dtype=np.float64)


def normal_p(z: Floats) -> Floats:
    """Return the two-sided p of standard normal scores."""
    from scipy.special import erfc

    return np.asarray(erfc(np.abs(z) / np.sqrt(2)), dtype=np.float64)


def benjamini_hochberg(p: Floats) -> Floats:
    """Return q: the smallest false discovery rate at which each term would still be reported."""
    size = len(p)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * size / np.arange(1, size + 1)
    q = np.empty(size)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return np.maximum(q, p)


def _information(observed: Floats, expected: Floats) -> Floats:
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=(observed > 0) & (expected > 0))
    return observed * np.log(ratio)
