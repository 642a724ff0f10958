"""Dividing a series of counts: stretches of one rate, and bursts. Arrays in, places out."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from corpus_tools.terms._types import Integers


class Burst(NamedTuple):
    """Periods (the last one included) on a level or above."""

    level: int
    first: int
    last: int
    weight: float


def stretches(
    hits: Integers, exposure: Integers, *, binomial: bool, level: float, simulations: int, seed: int
) -> tuple[list[int], list[float]]:
    """Return where stretches of one rate begin (0 first), and the p of each change."""
    bounds = optimal_bounds(hits, exposure, binomial=binomial)
    known: dict[tuple[int, int], float] = {}

    def p_value(first: int, last: int) -> float:
        if (first, last) not in known:
            chance = np.random.default_rng(seed)
            part = slice(first, last)
            known[first, last] = _p(hits[part], exposure[part], binomial, simulations, chance)
        return known[first, last]

    while True:
        edges = [*bounds, len(hits)]
        p = [p_value(edges[place - 1], edges[place + 1]) for place in range(1, len(bounds))]
        if not p or max(p) <= level:
            return bounds, p
        del bounds[1 + p.index(max(p))]


def optimal_bounds(hits: Integers, exposure: Integers, *, binomial: bool) -> list[int]:
    """Return where the stretches of the most likely division begin, each change costing twice log(periods)."""
    n = len(hits)
    ends = [np.concatenate([[0], np.cumsum(values, dtype=np.float64)]) for values in (hits, exposure)]
    penalty = 2 * np.log(max(n, 2))
    best = np.zeros(n + 1)
    best[0] = -penalty
    origin = np.zeros(n + 1, dtype=np.int64)
    for end in range(1, n + 1):
        k, m = (sums[end] - sums[:end] for sums in ends)
        costs = best[:end] - 2 * _likelihood(k, m, binomial) + penalty
        origin[end] = int(np.argmin(costs))
        best[end] = costs[origin[end]]
    bounds = []
    while n > 0:
        n = int(origin[n])
        bounds.append(n)
    return bounds[::-1] or [0]


def _likelihood(k: Any, m: Any, binomial: bool) -> Any:
    """Return the largest log-likelihood of `k` hits in `m`, without what does not depend on how time is divided."""
    hits = _by_log(k, m)
    return hits + _by_log(m - k, m) if binomial else hits


def _by_log(k: Any, m: Any) -> Any:
    k, m = np.broadcast_arrays(np.asarray(k, dtype=np.float64), np.asarray(m, dtype=np.float64))
    return k * np.log(np.divide(k, m, out=np.ones_like(k), where=(k > 0) & (m > 0)))


def _p(hits: Integers, exposure: Integers, binomial: bool, simulations: int, chance: np.random.Generator) -> float:
    """Return the share of random divisions of the same hits whose best change is as marked as that of `hits`."""
    total = int(hits.sum())
    if binomial:
        drawn = chance.multivariate_hypergeometric(exposure, total, size=simulations, method="marginals")
    else:
        drawn = chance.multinomial(total, exposure / exposure.sum(), size=simulations)
    gains = _best_gain(np.vstack([hits, drawn]), exposure, binomial)
    # Draws equal to the observed division but for rounding are as marked.
    return float((gains[1:] >= gains[0] - 1e-9).sum() + 1) / (simulations + 1)


def _best_gain(rows: Any, exposure: Integers, binomial: bool) -> Any:
    """Return by how much the best change of each row raises its log-likelihood."""
    left, m = np.cumsum(rows, axis=1)[:, :-1], np.cumsum(exposure)[:-1]
    total, whole = rows.sum(axis=1, keepdims=True), exposure.sum()
    divided = _likelihood(left, m, binomial) + _likelihood(total - left, whole - m, binomial)
    return divided.max(axis=1) - _likelihood(total, whole, binomial).ravel()


def bursts(hits: Integers, total: Integers, *, ratio: float, gamma: float, levels: int) -> list[Burst]:
    """Return the bursts of Kleinberg's automaton for batches, in the order of time, lower levels first."""
    n = len(hits)
    usual = hits.sum() / max(int(total.sum()), 1)
    # A level on which more than every article would have the term does not exist.
    rates = [usual * ratio**level for level in range(levels + 1) if usual * ratio**level < 1]
    if n < 2 or usual <= 0 or len(rates) < 2:
        return []
    chances = np.array(rates)
    # The number of ways to choose the articles is the same on every level.
    costs = -(np.outer(hits, np.log(chances)) + np.outer(total - hits, np.log1p(-chances)))
    states = _cheapest(costs, gamma * np.log(n))
    found = []
    for level in range(1, len(chances)):
        above = np.concatenate([[False], states >= level, [False]])
        edges = np.flatnonzero(above[1:] != above[:-1])
        gain = costs[:, level - 1] - costs[:, level]
        for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            found.append(Burst(level, first, last - 1, float(gain[first:last].sum())))
    return sorted(found, key=lambda burst: (burst.first, burst.level))


def _cheapest(costs: Any, climb: float) -> Integers:
    """Return the cheapest level of each period; each level climbed costs `climb`, also from the usual one at first."""
    n, size = costs.shape
    climbs = climb * np.maximum(np.arange(size)[None, :] - np.arange(size)[:, None], 0)
    total = climbs[0] + costs[0]
    origin = np.zeros((n, size), dtype=np.int64)
    for period in range(1, n):
        ways = total[:, None] + climbs
        origin[period] = np.argmin(ways, axis=0)
        total = ways[origin[period], np.arange(size)] + costs[period]
    states = np.empty(n, dtype=np.int64)
    states[-1] = int(np.argmin(total))
    for period in range(n - 1, 0, -1):
        states[period - 1] = origin[period, states[period]]
    return states
