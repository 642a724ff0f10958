"""Train the model that tells a page's text from its furniture (``articles/data/html_blocks.npz``).

    python -m training.html_blocks GOLD_FOLDER            train on all pages and write the model
    python -m training.html_blocks GOLD_FOLDER --check    outlets in four parts, each predicted by the others

Needs scikit-learn, trafilatura and resiliparse. Gold: ``pages/fundus_parsers.jsonl`` (whole texts) and
``pages/trafilatura_dev.jsonl`` (a few segments of each page that belong to the text, and a few that do not). Blocks of
the latter without a segment count a little where trafilatura and resiliparse agree on them.
"""

from __future__ import annotations

import argparse
import gzip
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from benchmarks._registry import load_scorer, read_jsonl
from corpus_tools.articles.html.blocks import Block
from corpus_tools.articles.html.decoding import decode
from corpus_tools.articles.html.extract import claims
from corpus_tools.articles.html.features import measure
from corpus_tools.articles.html.text import LEAST, doubted, settled
from corpus_tools.articles.html.tree import read

OUT = Path("src/corpus_tools/articles/data/html_blocks.npz")
_WORDS = re.compile(r"\w+")
#: Weight of a block with a segment of the gold, of a block on which two tools agree, and of a short one.
SEGMENT, AGREED, SHORT = 3.0, 0.25, 0.3
#: Weight of a page of which only segments are known, beside one whose text is known.
IN_PART = 0.4


@dataclass
class Sample:
    """Blocks of one page: what is measured, whether they are text (-1: unknown), and how much they count."""

    id: str
    outlet: str
    blocks: list[Block]
    table: Any
    labels: Any
    weights: Any


def _runs(text: str) -> list[tuple[str, ...]]:
    words = _WORDS.findall(text)
    return [tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3))] if words else []


def _share(text: str, known: set[tuple[str, ...]]) -> float:
    runs = _runs(text)
    return sum(run in known for run in runs) / len(runs) if runs else 0.0


def sample(document: dict[str, Any], folder: Path) -> Sample | None:
    """Measure and label the blocks of one gold page."""
    data = gzip.decompress((folder / document["html"]).read_bytes())
    page = read(decode(data).text)
    blocks = page.blocks
    if not blocks:
        return None
    table = measure(page, claims(page.said.structured))
    texts = [block.text for block in blocks]
    label = _whole if document.get("body") else _segments
    labels, weights = label(document, texts, data)
    weights = np.where(labels >= 0, weights, 0.0)
    # Long pages count more than short ones, though not as much more as they have more blocks: pages are scored alike.
    weights *= (1.0 if document.get("body") else IN_PART) * 10 / np.sqrt(max(weights.sum(), 1e-9))
    return Sample(document["id"], _outlet(document), blocks, table, labels, weights)


def _whole(document: dict[str, Any], texts: Sequence[str], _: bytes) -> tuple[Any, Any]:
    gold = set(_runs(document["body"]))
    words = f" {' '.join(_WORDS.findall(document['body']))} "
    labels, weights = np.zeros(len(texts)), np.ones(len(texts))
    for number, text in enumerate(texts):
        own = _WORDS.findall(text)
        if len(own) < 4:
            labels[number] = float(len(own) > 1 and f" {' '.join(own)} " in words)
        else:
            labels[number] = float(_share(text, gold) > 0.5)
        weights[number] = (SHORT if len(own) < 4 else 1.0) * min(4.0, 0.3 + len(own) / 20)
    return labels, weights


def _segments(document: dict[str, Any], texts: Sequence[str], data: bytes) -> tuple[Any, Any]:
    first, second = (set(_runs(text)) for text in _others(data))
    labels, weights = np.full(len(texts), -1.0), np.ones(len(texts))
    for number, text in enumerate(texts):
        shares = _share(text, first), _share(text, second)
        if min(shares) > 0.6 or max(shares) < 0.2:
            labels[number] = float(shares[0] > 0.5)
            weights[number] = AGREED * min(3.0, 0.3 + text.count(" ") / 20)
        for field, value in (("with", 1.0), ("without", 0.0)):
            if any(" ".join(segment.split()) in text for segment in document[field]):
                labels[number], weights[number] = value, SEGMENT
    return labels, weights


def _others(data: bytes) -> tuple[str, str]:
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(data, detect_encoding(data) or "utf-8")
    plain = extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False, comments=False)
    return trafilatura.extract(data, include_comments=False) or "", plain


def fit(samples: Sequence[Sample]) -> Any:
    """Fit the trees; in one thread, since the order of sums over several is not always the same."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    table, labels, weights = (
        np.concatenate([getattr(one, name) for one in samples]) for name in ("table", "labels", "weights")
    )
    known = labels >= 0
    trees = HistGradientBoostingClassifier(
        max_iter=100, max_leaf_nodes=20, max_depth=6, learning_rate=0.13, min_samples_leaf=25, l2_regularization=3,
        max_bins=63, random_state=0, early_stopping=False,
    )  # fmt: skip
    with threadpool_limits(limits=1):
        return trees.fit(table[known], labels[known], sample_weight=weights[known])


def write(trees: Any, path: Path) -> None:
    """Write the trees as plain arrays: for each node its feature, threshold, children and value."""
    rows: list[tuple[float, ...]] = []
    roots: list[int] = []
    depth = 0
    for (tree,) in trees._predictors:
        base = len(rows)
        roots.append(base)
        depth = max(depth, int(tree.nodes["depth"].max()))
        for number, node in enumerate(tree.nodes):
            here = base + number
            if node["is_leaf"]:
                rows.append((0, 0.0, here, here, node["value"]))
            else:
                rows.append(
                    (node["feature_idx"], node["num_threshold"], base + node["left"], base + node["right"], 0.0)
                )
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    np.savez_compressed(
        path,
        feature=columns[0].astype(np.uint8),
        threshold=columns[1].astype(np.float32),
        left=columns[2].astype(np.uint16),
        right=columns[3].astype(np.uint16),
        value=columns[4].astype(np.float32),
        roots=np.array(roots, dtype=np.uint16),
        depth=np.int64(depth),
        baseline=np.float64(trees._baseline_prediction.ravel()[0]),
    )


#: Parts in which outlets are put for the check.
PARTS = 4


def _part(sample: Sample) -> int:
    """Pages of one outlet are in one part."""
    return zlib.crc32(sample.outlet.encode()) % PARTS


def _outlet(document: dict[str, Any]) -> str:
    """Return the domain of a page; without its address, what its id begins with."""
    host = [
        part for part in (urlsplit(document.get("url") or "").hostname or "").split(".") if part not in ("www", "m")
    ]
    if len(host) < 2:
        return re.split(r"_\d", document["id"])[0]
    return ".".join(host[-3:] if len(host) > 2 and host[-2] in ("co", "com", "org", "net", "gov", "ac") else host[-2:])


def check(samples: Sequence[Sample], documents: list[dict[str, Any]], gold: Path) -> None:
    """Print the scores of each part, predicted by a model of the others: alone, and with the second opinion."""
    pages = {document["id"]: gold / "pages" / document["html"] for document in documents}
    alone: dict[str, str] = {}
    both: dict[str, str] = {}
    for part in range(PARTS):
        trees = fit([one for one in samples if _part(one) != part])
        for one in samples:
            if _part(one) == part:
                chances = doubted(one.blocks, trees.predict_proba(one.table)[:, 1])
                alone[one.id] = _joined(one, chances)
                page = decode(gzip.decompress(pages[one.id].read_bytes())).text
                both[one.id] = _joined(one, settled([block.text for block in one.blocks], chances, page))
    scorer = load_scorer("pages", gold)
    for name, field in (("whole texts", "body"), ("segments", "with")):
        lines = [document for document in documents if document.get(field)]
        for kind, bodies in (("model alone", alone), ("with second opinion", both)):
            figures = scorer.score(lines, [{"id": line["id"], "body": bodies.get(line["id"])} for line in lines])
            shown = {key: round(value, 4) for key, value in figures.items() if key.startswith(("body_", "segments_"))}
            print(f"{name}, {kind}: {shown}")


def _joined(sample: Sample, chances: Any) -> str:
    return "\n".join(block.text for block, chance in zip(sample.blocks, chances, strict=True) if chance > LEAST)


def main() -> None:
    """Read the arguments, train, and write or check."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--out", type=Path, default=OUT)
    options = arguments.parse_args()
    folder = options.gold / "pages"
    documents = [
        line for name in ("fundus_parsers", "trafilatura_dev") for line in read_jsonl(folder / f"{name}.jsonl")
    ]
    samples = [one for one in (sample(document, folder) for document in documents) if one is not None]
    if options.check:
        check(samples, documents, options.gold)
        return
    write(fit(samples), options.out)
    print(f"{sum(len(one.blocks) for one in samples)} blocks of {len(samples)} pages -> {options.out}")


if __name__ == "__main__":
    main()
