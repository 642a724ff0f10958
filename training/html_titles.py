"""Train the weights that choose the headline of a page (``articles/data/html_titles.tsv``).

    python -m training.html_titles GOLD_FOLDER            train on all pages and write the weights
    python -m training.html_titles GOLD_FOLDER --check    outlets in ten parts, each predicted by the others

Gold: the titles of ``pages/fundus_parsers.jsonl`` and ``pages/trafilatura_dev.jsonl``. Nothing of them is in the
weights but how often each place is right.
"""

from __future__ import annotations

import argparse
import gzip
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks._registry import read_jsonl
from corpus_tools.articles.html.decoding import decode
from corpus_tools.articles.html.extract import outlet as named
from corpus_tools.articles.html.extract import sections
from corpus_tools.articles.html.headlines import candidates, fold
from corpus_tools.articles.html.tree import read
from training.html_blocks import _outlet

OUT = Path("src/corpus_tools/articles/data/html_titles.tsv")
GOLD = ("fundus_parsers", "trafilatura_dev")
#: Parts in which outlets are put for the check, how often, strength of the prior, and fewest texts of a mark.
PARTS, TURNS, PRIOR, RAREST = 10, 3, 1.0, 8


@dataclass
class Page:
    """One page: which set and outlet it is of, the marks of its candidates, and the one that the gold names."""

    gold: str
    outlet: str
    title: str
    marks: dict[str, frozenset[str]]


def page(document: dict[str, Any], gold: str, folder: Path) -> Page:
    """Find the candidates of a gold page."""
    read_ = read(decode(gzip.decompress((folder / document["html"]).read_bytes())).text)
    said, address = read_.said, document.get("url")
    found = candidates(said, site=named(said.structured, address), lines=sections(read_.blocks), address=address)
    marks = {folded: frozenset(one.marks) for folded, one in found.items()}
    return Page(gold, _outlet(document), fold(document["title"]), marks)


def fit(pages: Sequence[Page]) -> dict[str, float]:
    """Fit a conditional logit: on each page, the candidate that the gold names against the others."""
    seen = Counter(mark for one in pages for marks in one.marks.values() for mark in marks)
    names = sorted(mark for mark, times in seen.items() if times >= RAREST)
    place = {name: number for number, name in enumerate(names)}
    known = [one for one in pages if one.title in one.marks]
    starts = np.cumsum([0, *(len(one.marks) for one in known)])
    table = np.zeros((starts[-1], len(names)))
    row = 0
    for one in known:
        for marks in one.marks.values():
            table[row, [place[mark] for mark in marks if mark in place]] = 1.0
            row += 1
    right = np.array([start + list(one.marks).index(one.title) for start, one in zip(starts, known, strict=False)])
    of = np.repeat(np.arange(len(known)), np.diff(starts))

    def loss(weights: Any) -> tuple[float, Any]:
        points = table @ weights
        most = np.maximum.reduceat(points, starts[:-1])
        shares = np.exp(points - most[of])
        sums = np.add.reduceat(shares, starts[:-1])
        value = (np.log(sums) + most - points[right]).sum() + PRIOR * (weights @ weights) / 2
        slope = table.T @ (shares / sums[of]) - table[right].sum(axis=0) + PRIOR * weights
        return float(value), slope

    weights = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(weight), 2) + 0.0 for name, weight in zip(names, weights, strict=True)}


def right(one: Page, weights: dict[str, float]) -> bool:
    """Return whether weights choose what the gold names."""
    points = {text: sum(weights.get(mark, 0.0) for mark in sorted(marks)) for text, marks in one.marks.items()}
    return bool(points) and max(points, key=lambda text: points[text]) == one.title


def check(pages: Sequence[Page]) -> None:
    """Print the share of pages on which the weights of other outlets choose the gold's title."""
    hits: dict[str, list[bool]] = {}
    for turn in range(TURNS):
        parts = [zlib.crc32(f"{turn} {one.outlet}".encode()) % PARTS for one in pages]
        for part in range(PARTS):
            weights = fit([one for one, own in zip(pages, parts, strict=True) if own != part])
            for one, own in zip(pages, parts, strict=True):
                if own == part:
                    hits.setdefault(one.gold, []).append(right(one, weights))
    for gold, found in hits.items():
        among = [one.title in one.marks for one in pages if one.gold == gold]
        print(f"{gold}: title {100 * np.mean(found):.1f}, among the candidates {100 * np.mean(among):.1f}")


def write(weights: dict[str, float], path: Path) -> None:
    """Write the weights, the heaviest first."""
    lines = [
        "# What speaks for a text as the headline of its page (html/headlines.py), and its weight.",
        "# Written by training/html_titles.py; do not edit.",
        *(f"{name}\t{weight}" for name, weight in sorted(weights.items(), key=lambda one: (-one[1], one[0]))),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Train on all pages, or check."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    folder = options.gold / "pages"
    pages = [
        page(document, gold, folder)
        for gold in GOLD
        for document in read_jsonl(folder / f"{gold}.jsonl")
        if document.get("title")
    ]
    if options.check:
        check(pages)
    else:
        write(fit(pages), OUT)


if __name__ == "__main__":
    main()
