"""Counting words: our speed beside scikit-learn's and NLTK's, on text that is made here.

The job is that of a first look at a corpus: counts of words and of pairs of neighbouring words over all documents, and
the document-term matrix of both. Each system runs in a process of its own, after a small job that loads what it needs.

    python -m benchmarks speed terms
    python -m benchmarks._terms_stream 1000000
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks._terms_texts import DOCUMENTS, WORDS, make_texts

#: Jobs shorter than this many seconds are done twice, and the faster counts: memory that a process takes for the first
#: time is slow, which longer ones do not notice.
LONG = 20.0
#: Articles, and words of each (5 kB), of the corpus of which all tables are made.
SMALL = 100, 920


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


def _compile(compiled: bool) -> None:
    """Take compiled loops for every job, or for none."""
    from corpus_tools.terms import _compiled

    _compiled.LEAST = _compiled.LEAST_WHEN_LOADED = 0 if compiled else 1 << 62


def _articles(texts: list[str]) -> Any:
    import pandas as pd

    return pd.DataFrame({"article_id": [str(number) for number in range(len(texts))], "text": texts})


def _words(texts: list[str]) -> int:
    from corpus_tools import terms

    return len(terms.frequency(_articles(texts)))


def _pairs(texts: list[str]) -> int:
    from corpus_tools import terms

    matrix = terms.document_term_matrix(_articles(texts), ngrams=(1, 2))
    matrix.collection_frequency()
    return len(matrix.terms)


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


def all_tables(articles: Any) -> int:
    """Make every table of the notebook on terms; return how many rows they have."""
    from corpus_tools import terms

    counted = terms.tokens(articles)
    frequent = terms.frequency(counted, stopwords="en", min_count=3)
    phrases = terms.phrases(counted, stopwords="en", min_count=3, min_documents=2)
    followed = phrases["phrase"].head(4).tolist() or frequent["term"].head(4).tolist()
    # About as frequent as "said" is in news.
    query = frequent["term"].iloc[min(15, len(frequent) - 1)]
    tables = [
        frequent,
        phrases,
        terms.frequency(counted, by="outlet", stopwords="en", min_count=3),
        terms.lexical_diversity(counted, by="outlet"),
        terms.trend(counted, followed, freq="month"),
        terms.positions(counted, [query, *followed]),
        terms.dispersion(counted, stopwords="en", min_count=5),
        terms.outlet_keyness(counted, min_count=3),
        terms.concordance(counted, query),
        terms.collocations(counted, node=query, stopwords="en", min_count=3),
    ]
    return sum(map(len, tables))


def _all_tables(texts: list[str]) -> int:
    import pandas as pd

    outlets = ["Lakeside Post", "Meridian Press", "Harbour Daily"]
    days = pd.date_range("2031-01-01", periods=len(texts), freq="D")
    articles = _articles(texts).assign(outlet=[outlets[number % 3] for number in range(len(texts))], published=days)
    return all_tables(articles)


Job = tuple[str, Callable[[list[str]], int], tuple[int, int], bool]
_WHOLE = DOCUMENTS, WORDS
#: By name of the system: job, function, documents and words of each, whether loops are compiled.
JOBS: dict[str, Job] = {
    "ours, compiled: words": ("words", _words, _WHOLE, True),
    "ours, arrays only: words": ("words", _words, _WHOLE, False),
    "ours, compiled": ("words, pairs, matrix", _pairs, _WHOLE, True),
    "ours, arrays only": ("words, pairs, matrix", _pairs, _WHOLE, False),
    "scikit-learn CountVectorizer": ("words, pairs, matrix", _sklearn, _WHOLE, False),
    "NLTK FreqDist": ("words, pairs", _nltk, _WHOLE, False),
    "ours: notebook, 100 articles": ("all tables, second time", _all_tables, SMALL, False),
}


def measure(system: str, folder: Path) -> Measured:
    """Run one system in this process, after a small job that loads what it needs.

    Texts that were made before are read from `folder`.

    Memory is what the job adds at its peak to the process that holds the texts.
    """
    import resource

    job, run, (documents, words), compiled = JOBS[system]
    _compile(compiled)
    texts = _texts(documents, words, folder)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    run(texts[: max(50, SMALL[0])])
    before = _resident()
    seconds = _seconds(run, texts)
    if seconds < LONG:
        seconds = min(seconds, _seconds(run, texts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(system, job, megabytes, seconds, max(peak - before, 0.0))


def _texts(documents: int, words: int, folder: Path) -> list[str]:
    """Return the texts of a corpus, which the first process makes and keeps for the others."""
    path = folder / f"{documents}x{words}.json"
    if not path.is_file():
        path.write_text(json.dumps(make_texts(documents, words)), encoding="utf-8")
    texts: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def _seconds(run: Callable[[list[str]], int], texts: list[str]) -> float:
    begin = process_time()
    run(texts)
    return process_time() - begin


def _resident() -> float:
    """Return how much memory this process holds now, in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def speed() -> None:
    """Print two tables: one process for each system, one after another, on the same texts; and what was asked for."""
    print(f"terms: {DOCUMENTS:,} documents of {WORDS} words, one core")
    print(f"{'system':30s}{'job':25s}{'MB':>7s}{'CPU s':>8s}{'MB/s':>8s}{'+MB':>7s}")
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for system in JOBS:
            row = rows[system] = Measured(**json.loads(_run(system, folder)))
            print(
                f"{row.system:30s}{row.job:25s}{row.megabytes:7.1f}{row.seconds:8.2f}{row.rate:8.1f}{row.peak_mb:7.0f}",
                flush=True,
            )
    with tempfile.TemporaryDirectory() as folder:
        first = json.loads(_run("first use", folder, NUMBA_CACHE_DIR=folder))
    print(
        f"compiling, once after installation: {first:.1f} s; smaller jobs than 16 MB take arrays and never wait for it"
    )
    print(f"\n{'':44s}{'compiled':>10s}{'arrays':>10s}{'must':>8s}{'goal':>8s}")
    for name, figures, must, goal in _asked(rows):
        print(f"{name:44s}" + "".join(f"{figure:10.2f}" for figure in figures) + f"{must:>8s}{goal:>8s}")
    print("1,000,000 articles of 5 kB: python -m benchmarks._terms_stream 1000000")


def _asked(rows: dict[str, Measured]) -> list[tuple[str, list[float], str, str]]:
    """Return what is asked for: name, our figures (compiled, arrays only), must, goal."""
    ours = [rows["ours, compiled"], rows["ours, arrays only"]]
    words = [rows["ours, compiled: words"], rows["ours, arrays only: words"]]
    sklearn, nltk = rows["scikit-learn CountVectorizer"], rows["NLTK FreqDist"]
    small = rows["ours: notebook, 100 articles"].seconds
    return [
        ("full job, times as fast as scikit-learn", [row.rate / sklearn.rate for row in ours], "5", "10"),
        ("full job, times as fast as NLTK", [row.rate / nltk.rate for row in ours], "12", "25"),
        ("peak memory by scikit-learn's", [row.peak_mb / sklearn.peak_mb for row in ours], "1.0", "0.6"),
        ("words alone, MB/s", [row.rate for row in words], "30", "100"),
        ("100 articles, all tables, s", [small, small], "1", "0.2"),
    ]


def _run(system: str, folder: str, **environment: str) -> str:
    command = [sys.executable, "-m", "benchmarks._terms_speed", system, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **environment})
    return done.stdout


def _first_use() -> float:
    """Return how long it takes to compile all loops, when nothing is kept on disk."""
    _compile(True)
    texts = make_texts(20, 100)
    begin = process_time()
    _pairs(texts)
    _words(texts)
    return process_time() - begin


if __name__ == "__main__":
    print(json.dumps(_first_use() if sys.argv[1] == "first use" else vars(measure(sys.argv[1], Path(sys.argv[2])))))
