"""Statistics beside quanteda's, and speed beside scikit-learn's and NLTK's.

python -m benchmarks quality terms
python -m benchmarks speed terms
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks._terms_speed import speed

__all__ = ["predict", "quality", "speed"]


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
    ("chi2_williams", "chi2", "chi_squared_williams_quanteda"),
    ("pmi_default", "pmi", "pmi"),
    ("lr_none", "G2", "log_likelihood_4cell"),
    ("lr_yates", "G2", "log_likelihood_yates"),
    ("lr_williams", "G2", "log_likelihood_williams"),
    ("exact_default", "p", "fisher_p"),
)
