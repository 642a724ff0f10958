"""Quality on gold data and speed against peers, one command each.

    python -m benchmarks predict TASK GOLD.jsonl --out PRED.jsonl
    python -m benchmarks quality --gold FOLDER
    python -m benchmarks speed

The protocol of a task
----------------------
A task is one module of this package, found by its name: ``benchmarks/quotes.py`` is the task ``quotes``; nobody has to
enter it anywhere. The module has

``predict(document) -> dict`` (required)
    One gold line in, one prediction out. `document` holds nothing but the line's input fields (see `INPUTS`), so no
    prediction can look at the answers. The result is a line of the scorer's format; ``"id"`` is added when it is not
    there. A task whose predictions need all documents together may have ``predict_all(documents) -> list[dict]``
    instead.
``GOLD: tuple[str, ...]`` (optional)
    Gold files that `quality` reads, relative to the gold folder, e.g. ``("quotes/dev.jsonl",)``; by default every
    ``dev.jsonl`` and ``*_dev.jsonl`` in the folder of the task's name.
``SCORER: str`` (optional)
    Name of the scorer, ``quotes`` for ``<gold>/../score/quotes.py``; by default the task's name.
``MEASURES: tuple[str, ...]`` (optional)
    The scorer's measures that the table shows; by default all that are numbers.
``PEERS: Mapping[str, Callable[[dict], dict]]`` (optional)
    Other tools' `predict`, by name; a peer that is not installed raises ImportError and is left out.
``quality(gold) -> None`` (optional)
    Prints its own table, given the gold folder; replaces everything above for `quality`.
``speed() -> None`` (optional)
    Prints its own speed table; `speed` calls all of them.

The scorer is loaded from its file and called as ``score(gold_documents, predicted_documents) -> dict``.
"""
