"""Run a benchmark: ``python -m benchmarks --help``."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks._registry import (
    Document,
    Task,
    each,
    gold_files,
    load_scorer,
    load_task,
    predictions,
    read_jsonl,
    task_names,
    write_jsonl,
)

app = typer.Typer(help="Quality on gold data and speed against peers.", no_args_is_help=True, add_completion=False)
Gold = Annotated[
    Path, typer.Option(help="Folder of gold data; the scorers are in ../score beside it.", file_okay=False)
]
Names = Annotated[list[str] | None, typer.Argument(help="Tasks; all that are there by default.", show_default=False)]


def _task(name: str) -> Task:
    try:
        return load_task(name)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0])) from None


@app.command()
def predict(
    task: Annotated[str, typer.Argument(help="quotes, wire, timex, casualties, pages, language ...")],
    gold: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Gold file, one document a line.")],
    out: Annotated[Path, typer.Option(help="File to write, one prediction a line.", dir_okay=False)],
) -> None:
    """Write predictions in the scorer's format, from nothing but the input fields of each gold line."""
    documents = [_beside(document, gold.parent) for document in read_jsonl(gold)]
    predict_all = _task(task).predict_all
    if predict_all is None:
        raise typer.BadParameter(f"{task} has nothing to predict.")
    write_jsonl(out, predictions(predict_all, documents))
    typer.echo(f"{len(documents)} predictions -> {out}")


def _beside(document: Document, folder: Path) -> Document:
    """Return a document whose page, if it names a file beside the gold, can be found from anywhere."""
    page = document.get("html")
    if isinstance(page, str) and not page.lstrip().startswith("<") and (folder / page).is_file():
        return {**document, "html": str((folder / page).resolve())}
    return document


@app.command()
def quality(gold: Gold, tasks: Names = None) -> None:
    """Print the quality of each task on its gold, with peers beside."""
    if not gold.is_dir():
        raise typer.BadParameter(f"{gold} is no folder.")
    for name in tasks or task_names():
        task = _task(name)
        if task.quality is not None:
            task.quality(gold)
        elif task.predict_all is not None:
            _print_quality(task, gold)


@app.command()
def speed(
    tasks: Names = None,
    gold: Annotated[Path | None, typer.Option(help="Folder of gold data, for tasks that read it.")] = None,
) -> None:
    """Print the speed of each task that measures it, with peers beside."""
    for name in tasks or task_names():
        task = _task(name)
        if task.speed is not None:
            task.speed(**({"gold": gold} if "gold" in signature(task.speed).parameters else {}))


def _print_quality(task: Task, gold: Path) -> None:
    files = gold_files(task, gold)
    if not files:
        typer.echo(f"{task.name}: no gold under {gold}; left out")
        return
    scorer = load_scorer(task.scorer, gold)
    for path in files:
        documents = read_jsonl(path)
        assert task.predict_all is not None
        columns = {"corpus-tools": _score(scorer.score, task.predict_all, documents)}
        for peer, predict_one in task.peers.items():
            try:
                columns[peer] = _score(scorer.score, each(predict_one), documents)
            except ImportError as error:
                typer.echo(f"{peer} is left out: {error}")
        _print_table(f"{task.name} on {path.relative_to(gold)}", columns, task.measures)


def _score(
    score: Callable[[list[Document], list[Document]], dict[str, Any]],
    predict_all: Callable[[list[Document]], list[Document]],
    gold: list[Document],
) -> dict[str, Any]:
    return _flat(score(gold, predictions(predict_all, gold)))


def _flat(figures: dict[str, Any], lead: str = "") -> dict[str, Any]:
    """Return nested figures under joined names: ``{"date": {"right": 1}}`` as ``{"date.right": 1}``."""
    flat: dict[str, Any] = {}
    for name, value in figures.items():
        flat |= _flat(value, f"{lead}{name}.") if isinstance(value, dict) else {f"{lead}{name}": value}
    return flat


def _print_table(title: str, columns: dict[str, dict[str, Any]], measures: tuple[str, ...]) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("measure")
    for name in columns:
        table.add_column(name, justify="right")
    first = next(iter(columns.values()))
    for measure in measures or tuple(name for name, value in first.items() if isinstance(value, int | float)):
        table.add_row(measure, *(_number(result.get(measure)) for result in columns.values()))
    Console().print(table)


def _number(value: Any) -> str:
    return f"{value:.4f}" if isinstance(value, float) else "" if value is None else str(value)


if __name__ == "__main__":
    app()
