"""Term statistics beside quanteda's and NLTK's outputs: the largest difference of each measure, on their own counts.

python -m benchmarks quality --gold FOLDER terms_agreement
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd


def predict(document: dict[str, Any]) -> dict[str, Any]:
    """Return the measures of lexical diversity of a text."""
    from corpus_tools import terms

    table = terms.lexical_diversity(pd.DataFrame({"article_id": ["text"], "text": [document["text"]]}))
    return {str(name): value for name, value in table.iloc[0].to_dict().items() if name != "article_id"}


def quality(gold: Path) -> None:
    """Print for each output how many values it has and how far ours are from them, at most."""
    folder = gold / "terms"
    if not folder.is_dir():
        print(f"terms_agreement: no gold under {folder}; left out")
        return
    print("terms_agreement: largest difference from quanteda 4.3.1 (and NLTK, where said)")
    print(f"{'output':44s}{'values':>8s}{'absolute':>12s}{'relative':>12s}")
    plain, capitals = addresses(folder, str.lower), addresses(folder, keep_acronyms)
    for name, theirs, ours in _compared(folder, plain, capitals):
        # What is not defined, or without bounds, there must be so here.
        with np.errstate(divide="ignore", invalid="ignore"):
            apart = np.where(_same(theirs, ours), 0.0, np.abs(ours - theirs))
            relative = np.where(apart == 0, 0.0, apart / np.abs(theirs))
        print(f"{name:44s}{len(theirs):8,d}{apart.max():12.2e}{relative.max():12.2e}")


def addresses(folder: Path, lower: Callable[[str], str], *, symbols: str = r"\$") -> Any:
    """Return the inaugural addresses in quanteda's tokens: our words, and `$`, which is a word there."""
    from corpus_tools import terms
    from corpus_tools.language import words

    texts = _read(folder, "inaugural_texts")
    documents = []
    for text in texts["text"]:
        spans = sorted([*words(text), *(match.span() for match in re.finditer(symbols, text))])
        documents.append([lower(text[start:end]) for start, end in spans])
    return terms.tokens_from_lists(documents, articles=texts[["doc_id"]].rename(columns={"doc_id": "article_id"}))


def keep_acronyms(word: str) -> str:
    """Return a word as textstat_collocations() has it, which leaves words in capitals as they are."""
    return word if re.fullmatch(r"[A-Z][A-Z0-9]+", word) else word.lower()


def _compared(folder: Path, plain: Any, capitals: Any) -> list[tuple[str, Any, Any]]:
    """Return name, their values and ours, for each output that is there."""
    found = [*_counts(folder, plain), *_collocations(folder, capitals), *_associations(folder)]
    return [*found, *_documents(folder, plain), *_weights(folder, plain)]


def _counts(folder: Path, plain: Any) -> list[tuple[str, Any, Any]]:
    from corpus_tools import terms

    words = _read(folder, "frequency_nopunct_all").set_index("feature")
    pairs = _read(folder, "bigrams_top2000").set_index("feature")
    gaps = _read(folder, "trigram_skip01_top500").set_index("feature")
    near = _read(folder, "fcm_window5_top60").set_index("term")
    tables = {
        "counts of words": (words, terms.frequency(plain)),
        "counts of pairs": (pairs, terms.frequency(plain, ngrams=2)),
        "counts of threes with gaps": (gaps, terms.frequency(terms.skip_grams(plain, size=3, skips=(0, 1)))),
    }
    rows = []
    for name, (gold, table) in tables.items():
        ours = table.set_index("term").loc[gold.index.str.replace("_", " ")]
        rows.append((name, _numbers(gold["frequency"]), _numbers(ours["count"])))
        rows.append((f"{name}: documents", _numbers(gold["docfreq"]), _numbers(ours["documents"])))
    cells = terms.cooccurrence(plain, terms=near.index).pivot_table("count", "first", "second")
    rows.append(
        ("co-occurrence within 5 words", _numbers(near), _numbers(cells.loc[near.index, near.columns].fillna(0)))
    )
    return rows


def _collocations(folder: Path, capitals: Any) -> list[tuple[str, Any, Any]]:
    from corpus_tools import terms

    rows = []
    for file, sizes, least, smoothing in (
        ("collocations2_min5", (2,), 5, 0.5), ("collocations3_min5", (3,), 5, 0.5),
        ("collocations2to4_min20_smooth0", (2, 3, 4), 20, 0.0),
    ):  # fmt: skip
        if (folder / f"{file}.csv").is_file():
            gold = _read(folder, file).set_index("collocation")
            table = terms.multiword_association(capitals, sizes=sizes, min_count=least, smoothing=smoothing)
            table = table.set_index("term").loc[gold.index]
            rows.append((f"{file}: count", _numbers(gold["count"]), _numbers(table["count"])))
            rows.append((f"{file}: lambda", _numbers(gold["lambda"]), _numbers(table["log_odds"])))
            rows.append((f"{file}: z", _numbers(gold["z"]), _numbers(table["log_odds_z"])))
    return rows


def _associations(folder: Path) -> list[tuple[str, Any, Any]]:
    from corpus_tools import terms

    gold = _read(folder, "nltk_bigram_assoc_inaugural_min10")
    scores = terms.association(gold["n_ii"], gold["n_ix"], gold["n_xi"], gold["N"])
    names = {
        "student_t": "t", "pmi": "pmi", "dice": "dice", "jaccard": "jaccard", "mi_like": "mi_like",
        "logDice": "log_dice", "poisson_stirling": "poisson_stirling", "phi_sq": "phi_squared",
        "chi_sq": "chi_squared", "likelihood_ratio": "log_likelihood",
    }  # fmt: skip
    rows = [(f"NLTK {theirs}", _numbers(gold[theirs]), np.abs(scores[ours])) for theirs, ours in names.items()]
    return [(name, np.abs(theirs), ours) for name, theirs, ours in rows]


def _documents(folder: Path, plain: Any) -> list[tuple[str, Any, Any]]:
    from corpus_tools import terms

    gold = _read(folder, "entropy_docs").set_index("doc")
    table = terms.lexical_diversity(plain).set_index("article_id").loc[gold.index]
    rows = [("entropy of documents", _numbers(gold["H"]), _numbers(table["entropy"]))]
    if (folder / "lexdiv_all.csv").is_file():
        gold = _read(folder, "lexdiv_all").set_index("document")
        # Symbols are left out there, and numbers.
        words = addresses(folder, str.lower, symbols="(?!)")
        table = terms.lexical_diversity(words, numbers=False).set_index("article_id").loc[gold.index]
        rows += [(f"lexdiv {name}", _numbers(gold[name]), _numbers(table[_DIVERSITY[name]])) for name in _DIVERSITY]
    if (folder / "euclid_last10.csv").is_file():
        gold = _read(folder, "euclid_last10")
        rows.append(("euclidean distance of shares", _numbers(gold.iloc[:, 2]), _distances(plain, gold)))
    for overlap, file in (("within", "dictionary_lookup"), ("across", "dictionary_lookup_nested")):
        gold = _read(folder, file).set_index("doc_id")
        table = terms.concept_frequency(plain, _CONCEPTS, by="article_id", overlap=overlap)
        counts = table.pivot_table("count", "article_id", "concept", aggfunc="sum").loc[gold.index, gold.columns]
        rows.append((file, _numbers(gold), _numbers(counts)))
    return rows


def _distances(plain: Any, gold: pd.DataFrame) -> Any:
    from corpus_tools import terms

    table = terms.distance(plain, by="article_id").set_index(["first", "second"])["distance"]
    pairs = np.sort(gold.iloc[:, :2].to_numpy(dtype=str), axis=1)
    return _numbers(table.loc[list(zip(*pairs.T, strict=True))])


def _weights(folder: Path, plain: Any) -> list[tuple[str, Any, Any]]:
    from corpus_tools import terms

    rows = []
    for path in sorted(folder.glob("tfidf_*.csv")):
        _, tf, df = path.stem.split("_")
        gold = _read(folder, path.stem).set_index(["doc", "term"])["value"]
        table = terms.tf_idf(plain, tf=tf, df=df, top=None).set_index(["article_id", "term"])["tf_idf"]
        rows.append((path.stem, _numbers(gold), _numbers(table.reindex(gold.index))))
    return rows


_DIVERSITY = {
    "TTR": "ttr", "C": "herdans_c", "R": "guirauds_r", "CTTR": "carrolls_cttr", "U": "dugasts_u", "S": "summers_s",
    "K": "yules_k", "I": "yules_i", "D": "simpsons_d", "Vm": "herdans_vm", "Maas": "maas", "lgV0": "maas_lg_v0",
    "lgeV0": "maas_lge_v0", "MATTR": "mattr", "MSTTR": "msttr",
}  # fmt: skip

_CONCEPTS = {
    "america": ["united states", "america*"],
    "freedom": ["free*", "libert*"],
    "nation": ["nation*", "country", "republic"],
}


def _read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", keep_default_na=False)


def _numbers(values: Any) -> Any:
    texts = np.asarray(values).ravel()
    if texts.dtype.kind in "iuf":
        return texts.astype(np.float64)
    return np.array([{"NA": np.nan, "Inf": np.inf}.get(str(text), text) for text in texts], dtype=np.float64)


def _same(theirs: Any, ours: Any) -> Any:
    return (np.isnan(theirs) & np.isnan(ours)) | (theirs == ours)
