"""Formulas of lexical diversity, on the counts of one text.

Throughout, N is the number of words, V of distinct ones, and M2 the sum of the squares of their counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

#: McCarthy and Jarvis' type-token ratio at which a stretch of text is used up.
MTLD_RATIO = 0.72

#: What `measures` gives, in this order.
NAMES = (
    "tokens", "types", "hapaxes", "ttr", "mattr", "mtld", "msttr", "yules_k", "yules_i", "simpsons_d", "herdans_c",
    "herdans_vm", "guirauds_r", "carrolls_cttr", "dugasts_u", "summers_s", "maas", "maas_lg_v0",
    "maas_lge_v0", "entropy",
)  # fmt: skip


def measures(codes: Any, window: int) -> dict[str, Any]:
    """Return every measure of one text, given as numbers of words; those that are not defined are missing."""
    n = len(codes)
    _, inverse, counts = np.unique(codes, return_inverse=True, return_counts=True)
    v = len(counts)
    # Small integers are sorted in linear time.
    inverse = inverse.astype(np.min_scalar_type(max(v - 1, 0)))
    by_counts = _by_counts(counts.astype(np.float64), np.float64(n), np.float64(v))
    values = {
        "tokens": n,
        "types": v,
        "hapaxes": int((counts == 1).sum()),
        "mattr": moving_ratio(inverse, window),
        "mtld": mtld(inverse),
        "msttr": segmental_ratio(inverse, window),
        **by_counts,
    }
    return {name: values[name] for name in NAMES}


def _by_counts(counts: Any, n: Any, v: Any) -> dict[str, Any]:
    squares = (counts**2).sum()
    several = n > 1
    with np.errstate(divide="ignore", invalid="ignore"):
        lg_n, lg_v = np.log10(n), np.log10(v)
        shares = counts / n
        values = {
            "ttr": v / n,
            "yules_k": 1e4 * (squares - n) / n**2,
            "yules_i": v**2 / (squares - v) if squares > v else 0.0,
            "simpsons_d": (squares - n) / (n * (n - 1)) if several else np.nan,
            "herdans_c": lg_v / lg_n if several else np.nan,
            "herdans_vm": np.sqrt(max((shares**2).sum() - 1 / v, 0.0)) if v else np.nan,
            "guirauds_r": v / np.sqrt(n),
            "carrolls_cttr": v / np.sqrt(2 * n),
            "dugasts_u": lg_n**2 / (lg_n - lg_v) if n > v else np.nan,
            "summers_s": np.log10(lg_v) / np.log10(lg_n) if v > 1 else np.nan,
            "maas": np.sqrt((lg_n - lg_v) / lg_n**2) if several else np.nan,
            "maas_lg_v0": lg_v / np.sqrt(1 - (lg_v / lg_n) ** 2) if several and v < n else np.nan,
            "maas_lge_v0": np.log(v) / np.sqrt(1 - (lg_v / lg_n) ** 2) if several and v < n else np.nan,
            "entropy": float(-(shares * np.log2(shares)).sum()) if v else np.nan,
        }
    return {name: float(value) if np.isfinite(value) else np.nan for name, value in values.items()}


def moving_ratio(codes: Any, window: int) -> float:
    """Return MATTR: the mean share of distinct words in all windows, in linear time.

    Examples
    --------
    >>> moving_ratio(np.array([0, 1, 0, 0]), 3)
    0.6666666666666666
    """
    n = len(codes)
    if n < window:
        return float("nan")
    previous = _previous(codes)
    # A word is the first of its kind in the windows that begin after its previous occurrence and not after itself.
    place = np.arange(n)
    first = np.maximum(np.maximum(previous + 1, place - window + 1), 0)
    last = np.minimum(place, n - window)
    distinct = int(np.maximum(last - first + 1, 0).sum())
    return distinct / (window * (n - window + 1))


def segmental_ratio(codes: Any, window: int) -> float:
    """Return MSTTR: the mean share of distinct words in stretches of `window` words that do not overlap.

    Examples
    --------
    >>> segmental_ratio(np.array([0, 1, 0, 0, 5]), 2)
    0.75
    """
    segments = len(codes) // window
    if not segments:
        return float("nan")
    rows = np.sort(np.asarray(codes)[: segments * window].reshape(segments, window), axis=1)
    distinct = segments + int((rows[:, 1:] != rows[:, :-1]).sum())
    return distinct / (segments * window)


def mtld(codes: Any, *, ratio: float = MTLD_RATIO) -> float:
    """Return MTLD: how many words on average keep the type-token ratio above `ratio`, read forwards and backwards.

    Examples
    --------
    >>> round(mtld(np.array([0, 1, 0, 1, 2, 3])), 3)
    6.0
    """
    forwards, backwards = _factors(codes, ratio), _factors(codes[::-1], ratio)
    if not forwards or not backwards:
        return float("nan")
    return (len(codes) / forwards + len(codes) / backwards) / 2


def _factors(codes: Any, ratio: float) -> float:
    """Return how many stretches use the text up; the last one counts as far as it went."""
    previous = _previous(codes)
    stretches = first = 0
    while first < len(codes):
        length, types = _used_up(previous[first:], first, ratio)
        if types >= ratio * length:
            return stretches + (1 - types / length) / (1 - ratio)
        stretches += 1
        first += length
    return float(stretches)


def _used_up(previous: Any, first: int, ratio: float) -> tuple[int, int]:
    """Return the length of the stretch that begins at word `first`, and its types; all that is left unless used up."""
    size = 128
    while True:
        # A word is new when it stood last before the stretch.
        types = np.cumsum(previous[:size] < first)
        below = np.flatnonzero(types < ratio * np.arange(1, len(types) + 1))
        if len(below) or size >= len(previous):
            last = int(below[0]) if len(below) else len(types) - 1
            return last + 1, int(types[last])
        size *= 4


def _previous(codes: Any) -> Any:
    """Return where each word stood before, -1 for the first time."""
    order = np.argsort(codes, kind="stable")
    previous = np.full(len(codes), -1, dtype=np.int64)
    same = codes[order[1:]] == codes[order[:-1]]
    previous[order[1:][same]] = order[:-1][same]
    return previous
