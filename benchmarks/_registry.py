"""Find tasks by name, feed them their inputs, load their scorers."""

from __future__ import annotations

import importlib.util
import json
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import benchmarks

Document = dict[str, Any]
Predict = Callable[[Document], Document]

#: The fields of a gold line that a prediction may read.
INPUTS = ("id", "text", "html", "title", "published", "dct", "url")


@dataclass(frozen=True)
class Task:
    """One benchmark: how to predict, which gold to read and which scorer to ask (see the package's docstring)."""

    name: str
    predict_all: Callable[[list[Document]], list[Document]] | None
    gold: tuple[str, ...]
    scorer: str
    measures: tuple[str, ...] = ()
    peers: Mapping[str, Predict] = field(default_factory=dict)
    quality: Callable[[Path], None] | None = None
    speed: Callable[..., None] | None = None


def task_names() -> list[str]:
    """Names of the tasks: the modules of this package that do not start with an underscore."""
    return sorted(
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")
    )


def load_task(name: str) -> Task:
    """Import the module of a task.

    Raises
    ------
    KeyError
        When there is no module of that name; the message names those that are there.
    """
    if name not in task_names():
        raise KeyError(f"There is no task {name!r}; there are {', '.join(task_names())}.")
    module = import_module(f"benchmarks.{name}")
    one_by_one: Predict | None = getattr(module, "predict", None)
    together = getattr(module, "predict_all", None)
    if together is None and one_by_one is not None:
        together = each(one_by_one)
    return Task(
        name=name,
        predict_all=together,
        gold=tuple(getattr(module, "GOLD", ())),
        scorer=getattr(module, "SCORER", name),
        measures=tuple(getattr(module, "MEASURES", ())),
        peers=dict(getattr(module, "PEERS", {})),
        quality=getattr(module, "quality", None),
        speed=getattr(module, "speed", None),
    )


def each(predict: Predict) -> Callable[[list[Document]], list[Document]]:
    """Make a function of many documents from one of a single document."""

    def predict_all(documents: list[Document]) -> list[Document]:
        return [predict(document) for document in documents]

    return predict_all


def read_jsonl(path: Path) -> list[Document]:
    """Read one JSON document a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def inputs(document: Document) -> Document:
    """Return the fields of a gold line that a prediction may see."""
    return {name: document[name] for name in INPUTS if name in document}


def predictions(predict_all: Callable[[list[Document]], list[Document]], gold: list[Document]) -> list[Document]:
    """Predict for every gold line from its input fields alone."""
    predicted = predict_all([inputs(document) for document in gold])
    if len(predicted) != len(gold):
        raise ValueError(f"{len(gold)} documents went in and {len(predicted)} predictions came out.")
    return [{"id": document["id"], **line} for document, line in zip(gold, predicted, strict=True)]


def write_jsonl(path: Path, documents: Iterable[Document]) -> None:
    """Write one JSON document a line."""
    with path.open("w", encoding="utf-8") as out:
        for document in documents:
            out.write(json.dumps(document, ensure_ascii=False) + "\n")


def gold_files(task: Task, folder: Path) -> list[Path]:
    """Gold files of a task in the gold folder; only those that are there."""
    if task.gold:
        return [folder / name for name in task.gold if (folder / name).is_file()]
    return sorted([*(folder / task.name).glob("dev.jsonl"), *(folder / task.name).glob("*_dev.jsonl")])


def load_scorer(name: str, gold: Path) -> ModuleType:
    """Load ``<gold>/../score/<name>.py``; it has ``score(gold, pred) -> dict``.

    Raises
    ------
    FileNotFoundError
        When the scorer is not there.
    """
    path = gold.resolve().parent / "score" / f"{name}.py"
    if not path.is_file():
        raise FileNotFoundError(f"The scorer {path} is not there; --gold names the folder beside it.")
    spec = importlib.util.spec_from_file_location(f"score_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
