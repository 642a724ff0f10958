"""Counting words: our speed beside scikit-learn's and NLTK's, on text that this file makes.

The job is that of a first look at a corpus: counts of words and of pairs of neighbouring words over all documents, and
the document-term matrix of both.

    python -m benchmarks speed terms
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

#: Documents and words of each: about 57 MB together.
DOCUMENTS, WORDS = 20_000, 480
#: NLTK is measured on this share of the documents: it takes minutes for all of them.
NLTK_SHARE = 0.1

_LETTERS = "etaoinshrdlucmfwypvbgk"
_MARKS = np.array([" "] * 86 + [", "] * 6 + [". "] * 6 + [' "', "; "], dtype=object)


@dataclass(frozen=True)
class Measured:
    """One run: seconds of processor time, and memory at its peak."""

    system: str
    job: str
    megabytes: float
    seconds: float
    peak_mb: float

    @property
    def rate(self) -> float:
        """Megabytes of text in a second of processor time."""
        return self.megabytes / self.seconds


def make_texts(documents: int = DOCUMENTS, words: int = WORDS, *, seed: int = 7) -> list[str]:
    """Return texts whose words and pairs are as unevenly frequent as those of English, with marks and capitals.

    Words follow Zipf's law; every other word is one of the eight usual followers of the word before.

    Examples
    --------
    >>> texts = make_texts(3, 10)
    >>> len(texts), texts == make_texts(3, 10)
    (3, True)
    """
    chance = np.random.default_rng(seed)
    vocabulary = _vocabulary(chance, 120_000)
    weights = 1.0 / (np.arange(1, len(vocabulary) + 1) + 2.7)
    limits = np.cumsum(weights) / weights.sum()
    followers = np.searchsorted(limits, chance.random((len(vocabulary), 8)))
    chosen = np.empty((documents, words), dtype=np.int64)
    chosen[:, 0] = np.searchsorted(limits, chance.random(documents))
    for place in range(1, words):
        free = np.searchsorted(limits, chance.random(documents))
        usual = followers[chosen[:, place - 1], (chance.random(documents) ** 2 * 8).astype(np.int64)]
        chosen[:, place] = np.where(chance.random(documents) < 0.5, usual, free)
    texts = []
    for row in chosen:
        marks = _MARKS[chance.integers(0, len(_MARKS), words)]
        texts.append("".join((vocabulary[row] + marks).tolist()).strip().capitalize())
    return texts


def _vocabulary(chance: np.random.Generator, size: int) -> Any:
    lengths = np.clip(chance.poisson(4.2, size) + 1, 1, 16)
    lengths[:200] = np.clip(lengths[:200] // 2, 1, 5)
    letters = chance.integers(0, len(_LETTERS), int(lengths.sum()))
    text = "".join(_LETTERS[letter] for letter in letters)
    ends = np.cumsum(lengths)
    words = [text[end - length : end] for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)]
    capitals = chance.random(size) < 0.1
    joined = chance.random(size) < 0.03
    return np.array(
        [
            (word.capitalize() if capital else word) + ("-" + word[::-1] if join else "")
            for word, capital, join in zip(words, capitals, joined, strict=True)
        ],
        dtype=object,
    )


def _ours(texts: list[str], sizes: tuple[int, ...]) -> int:
    import pandas as pd

    from corpus_tools import terms

    articles = pd.DataFrame({"article_id": [str(number) for number in range(len(texts))], "text": texts})
    matrix = terms.document_term_matrix(articles, ngrams=sizes)
    matrix.collection_frequency()
    return len(matrix.terms)


def _ours_words(texts: list[str]) -> int:
    return _ours(texts, (1,))


def _ours_pairs(texts: list[str]) -> int:
    return _ours(texts, (1, 2))


def _sklearn(texts: list[str]) -> int:
    from sklearn.feature_extraction.text import CountVectorizer

    matrix = CountVectorizer(ngram_range=(1, 2)).fit_transform(texts)
    matrix.sum(axis=0)
    return int(matrix.shape[1])


def _nltk(texts: list[str]) -> int:
    from nltk import FreqDist, bigrams
    from nltk.tokenize import wordpunct_tokenize

    words: Any = FreqDist()
    pairs: Any = FreqDist()
    for text in texts:
        tokens = [token for token in wordpunct_tokenize(text.lower()) if token.isalnum()]
        words.update(tokens)
        pairs.update(bigrams(tokens))
    return len(words) + len(pairs)


JOBS: dict[str, tuple[str, Callable[[list[str]], int], float]] = {
    "ours: words": ("words", _ours_words, 1.0),
    "ours": ("words, pairs, matrix", _ours_pairs, 1.0),
    "scikit-learn CountVectorizer": ("words, pairs, matrix", _sklearn, 1.0),
    "NLTK FreqDist": ("words, pairs", _nltk, NLTK_SHARE),
}


def measure(system: str, *, documents: int = DOCUMENTS) -> Measured:
    """Run one system in this process, after a small job that imports what it needs.

    Memory is what the job adds at its peak to the process that holds the texts.
    """
    import resource

    job, run, share = JOBS[system]
    texts = make_texts(int(documents * share))
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    run(texts[:50])
    before = _resident()
    begin = process_time()
    run(texts)
    seconds = process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(system, job, megabytes, seconds, max(peak - before, 0.0))


def _resident() -> float:
    """Return how much memory this process holds now, in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def predict(document: dict[str, Any]) -> dict[str, Any]:
    """Return the words of a text with their counts."""
    import pandas as pd

    from corpus_tools import terms

    table = terms.frequency(pd.DataFrame({"article_id": ["text"], "text": [document["text"]]}))
    return {"words": dict(zip(table["term"], table["count"].tolist(), strict=True))}


def quality(gold: Path) -> None:
    """Print how far the measures are from quanteda's, at most, on its own counts."""
    import pandas as pd

    from corpus_tools import terms

    folder = gold / "terms"
    if not folder.is_dir():
        print(f"terms: no gold under {folder}; left out")
        return
    print(
        f"terms: largest difference from quanteda 4.3.1\n{'measure':28s}{'terms':>7s}{'absolute':>12s}{'relative':>12s}"
    )
    for file, theirs, ours in _QUANTEDA:
        table = pd.read_csv(folder / f"keyness_postwar_{file}.csv", keep_default_na=False)
        a, b = table["n_target"], table["n_reference"]
        scores = terms.keyness_measures(a, b, int(a.sum()), int(b.sum()))[ours]
        expected = pd.to_numeric(table[theirs])
        apart = (scores - expected).abs()
        relative = (apart / expected.abs()).max()
        print(f"{ours:28s}{len(table):7,d}{apart.max():12.2e}{relative:12.2e}")


_QUANTEDA = (
    ("chi2_none", "chi2", "chi_squared"),
    ("chi2_yates", "chi2", "chi_squared_yates"),
    ("lr_none", "G2", "log_likelihood_4cell"),
    ("lr_yates", "G2", "log_likelihood_yates"),
    ("lr_williams", "G2", "log_likelihood_williams"),
    ("exact_default", "p", "fisher_p"),
)


def speed() -> None:
    """Print the table: one process for each system, one after another, on the same texts."""
    print(f"terms: {DOCUMENTS:,} documents of {WORDS} words, one core")
    print(f"{'system':30s}{'job':24s}{'MB':>7s}{'CPU s':>8s}{'MB/s':>8s}{'+MB':>7s}")
    for system in JOBS:
        command = [sys.executable, "-m", "benchmarks.terms", system]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        row = Measured(**json.loads(done.stdout))
        print(
            f"{row.system:30s}{row.job:24s}{row.megabytes:7.1f}{row.seconds:8.2f}{row.rate:8.1f}{row.peak_mb:7.0f}",
            flush=True,
        )


if __name__ == "__main__":
    print(json.dumps(vars(measure(sys.argv[1]))))
