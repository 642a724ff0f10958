"""Counting a corpus that fits nowhere: articles of 5 kB are made, counted part by part by two processes, and compared.

    python -m benchmarks._terms_stream 1000000

Each process makes parts of a corpus as it counts them, so that nothing is stored. Making them is not counted as time.
Every article has one word that no other has, so that the vocabulary grows.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from benchmarks._terms_texts import make_texts

#: Articles of a part (10 MB), and parts that a process counts before it hands over a table.
PART, PARTS = 2_000, 20
_WORDS = 920


@cache
def _halves() -> tuple[list[str], list[str]]:
    patterns = make_texts(PART, _WORDS, seed=9)
    return [text[: len(text) // 2] for text in patterns], [text[len(text) // 2 :] for text in patterns]


def make_part(number: int) -> pd.DataFrame:
    """Return the articles of a part: halves of patterns, newly combined, and one new word each."""
    firsts, seconds = _halves()
    chance = np.random.default_rng(number)
    pairs = zip(chance.permutation(PART).tolist(), chance.permutation(PART).tolist(), strict=True)
    texts = [f"{firsts[one]} name{number}x{place} {seconds[other]}" for place, (one, other) in enumerate(pairs)]
    ids = [f"{number}-{place}" for place in range(PART)]
    return pd.DataFrame({"article_id": ids, "text": texts})


def count(numbers: range) -> tuple[Any, dict[str, float]]:
    """Count some parts; return the table, and what it took."""
    from corpus_tools import terms

    figures = {"making": 0.0, "megabytes": 0.0}

    def parts() -> Iterator[pd.DataFrame]:
        for number in numbers:
            begin = time.process_time()
            part = make_part(number)
            figures["megabytes"] += part["text"].str.len().sum() / 1e6
            figures["making"] += time.process_time() - begin
            yield part

    begin = time.process_time()
    table = terms.frequency_of_parts(parts())
    figures["counting"] = time.process_time() - begin - figures["making"]
    figures["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return table, figures


def stream(articles: int) -> None:
    """Count `articles` in two processes, compare one half of them with the other, and print what it took."""
    from corpus_tools import terms

    numbers = range(-(-articles // PART))
    runs = [numbers[place : place + PARTS] for place in range(0, len(numbers), PARTS)]
    begin, own = time.perf_counter(), time.process_time()
    figures: list[dict[str, float]] = []
    sides: list[list[tuple[int, Any]]] = [[], []]
    with ProcessPoolExecutor(2) as pool:
        for number, (table, took) in enumerate(pool.map(count, runs)):
            figures.append(took)
            waiting, level = sides[number % 2], 0
            while waiting and waiting[-1][0] == level:
                table, level = terms.combine_frequencies([waiting.pop()[1], table]), level + 1
            waiting.append((level, table))
    target, reference = (terms.combine_frequencies([table for _, table in side]) for side in sides)
    sides.clear()
    combining = time.process_time() - own
    own = time.process_time()
    keywords = terms.keyness(target, reference)
    comparing = time.process_time() - own
    wall = time.perf_counter() - begin
    counting, making = (sum(took[name] for took in figures) for name in ("counting", "making"))
    peak = 2 * max(took["peak"] for took in figures) + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    described = [table.attrs["tokens"] for table in (target, reference)]
    articles, words = (sum(side[name] for side in described) for name in ("articles", "tokens"))
    megabytes = sum(took["megabytes"] for took in figures)
    minutes = (counting + combining + comparing) / 2 / 60
    print(f"{articles:,} articles, {megabytes:,.0f} MB, {words:,} words, {len(keywords):,} of them different")
    print(f"processor time: counting {counting:.0f} s, adding up {combining:.0f} s, keyness {comparing:.0f} s")
    print(f"on two cores: {minutes:.1f} min (must 6, goal 2), and making text {making / 2 / 60:.1f} min more")
    print(f"by the clock, with making text and whatever else ran: {wall / 60:.1f} min")
    print(f"memory of the three processes at their peaks: {peak:,.0f} MB (must 2,000)")


if __name__ == "__main__":
    stream(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
