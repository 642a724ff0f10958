"""Read the treebanks' gold files: what may train a model that ships, and what is kept to measure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Licences of GUM's texts that are left out of everything that ships.
EXCLUDED_LICENCES = frozenset({"CC-BY-NC-SA-3.0", "unstated"})


@dataclass(frozen=True)
class Document:
    """One gold document: forms and their annotations, and how many tokens each sentence has."""

    id: str
    text: str
    forms: list[str]
    spans: list[tuple[int, int]]
    upos: list[str]
    xpos: list[str]
    lemmas: list[str]
    lengths: list[int]
    sentences: list[tuple[int, int]]
    entities: list[list[Any]]


def read(gold: Path, name: str, *, shippable: bool = True) -> list[Document]:
    """Documents of ``<gold>/language/<name>.jsonl``; only those whose licence lets a trained model ship, if asked."""
    path = gold / "language" / f"{name}.jsonl"
    with path.open(encoding="utf-8") as lines:
        raw = [json.loads(line) for line in lines]
    return [_document(item) for item in raw if not (shippable and item["licence"] in EXCLUDED_LICENCES)]


def training(gold: Path, *, sources: tuple[str, ...] = ("ewt", "gum")) -> list[Document]:
    """All documents that train what ships."""
    return [document for source in sources for document in read(gold, f"{source}_train")]


def _document(item: dict[str, Any]) -> Document:
    tokens, text = item["tokens"], item["text"]
    lengths, place = [], 0
    for _, end in item["sentences"]:
        start = place
        while place < len(tokens) and tokens[place][1] <= end:
            place += 1
        lengths.append(place - start)
    return Document(
        id=item["id"],
        text=text,
        forms=[text[start:end] for start, end, *_ in tokens],
        spans=[(start, end) for start, end, *_ in tokens],
        upos=[token[2] for token in tokens],
        xpos=[token[3] for token in tokens],
        lemmas=[token[4] for token in tokens],
        lengths=lengths,
        sentences=[(start, end) for start, end in item["sentences"]],
        entities=item.get("entities", []),
    )
