"""Tables of analyses kept beside a corpus, part by part, and used again while neither part nor code has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.articles.places import Place, place, write
from corpus_tools.compute.analyses import Analysis, named
from corpus_tools.compute.engines import Engine, current
from corpus_tools.compute.failing import rejections
from corpus_tools.compute.parts import Part, StoredPart, parts_of
from corpus_tools.compute.pools import open_pool
from corpus_tools.compute.spreading import Progress, over
from corpus_tools.compute.storing import from_parquet, to_parquet
from corpus_tools.compute.versions import digest
from corpus_tools.errors import DamagedCorpus, InvalidQuery

if TYPE_CHECKING:
    from corpus_tools.articles import Corpus

FOLDER = "derived"


@dataclass(frozen=True)
class Derivation:
    """What `derive` did.

    Parameters
    ----------
    computed, reused : int
        Parts that were analysed now, and parts whose table was there.
    rows : int
        Rows that came in now.
    bytes_written : int
        Size of the files that were written.
    rejected : DataFrame
        The parts that failed (`corpus_tools.schema.REJECTED`).
    """

    computed: int
    reused: int
    rows: int
    bytes_written: int
    rejected: pd.DataFrame


def derive(
    corpus: Corpus,
    name: str,
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Derivation:
    """Analyse the parts of a corpus that have not been, and keep the tables beside it.

    Parameters
    ----------
    corpus : Corpus
        Built on disk or on an object store.
    name : {"attributions", "expressions", "events"}
        Which analysis.
    engine : Engine, optional
        Where to compute; by default the one in force.
    progress : callable, optional
        Called with the number of parts done and their total, those that were there left out.
    **options
        Handed on to the analysis; tables made with other options are kept beside these.

    Returns
    -------
    Derivation
        How many parts were analysed.

    Raises
    ------
    InvalidQuery
        When there is no such analysis, or the corpus was read on the fly: then there is nothing to keep tables beside.
    """
    analysis = named(name)
    if not corpus.is_built:
        raise InvalidQuery(f"{corpus.name} is no corpus on disk; build one first (corpus-tools build).")
    folder = place(corpus.path) / FOLDER / name
    options = analysis.told(options)
    parts = parts_of(corpus)
    there = _listing(folder)
    targets = [_file(part, options) for part in parts]
    missing = [number for number, target in enumerate(targets) if target not in there]
    todo = [parts[number] for number in missing]
    work = partial(_kept, analysis, options, str(folder))
    found: dict[int, tuple[int, int]] = {}
    rejected = schema.REJECTED.empty()
    if todo:
        folder.mkdir(parents=True, exist_ok=True)
        with open_pool(engine or current()) as pool:
            outcome = over(pool, todo, work, None, progress)
        found, rejected = outcome.tables, rejections(todo, outcome.failures)
    _sweep(folder, there, targets, options)
    return Derivation(
        computed=len(found),
        reused=len(parts) - len(todo),
        rows=sum(rows for rows, _ in found.values()),
        bytes_written=sum(size for _, size in found.values()),
        rejected=rejected,
    )


def derived(corpus: Corpus, name: str, **options: Any) -> pd.DataFrame | None:
    """Return the table that `derive` kept.

    Parameters
    ----------
    corpus : Corpus
        The corpus as it is now.
    name, **options
        As given to `derive`.

    Returns
    -------
    DataFrame or None
        None unless all parts of the corpus, as they are now, have been analysed by the code that is running.

    Raises
    ------
    DamagedCorpus
        When a kept table cannot be read; the message names it.
    """
    analysis = named(name)
    if not corpus.is_built:
        return None
    folder = place(corpus.path) / FOLDER / name
    options = analysis.told(options)
    targets = [_file(part, options) for part in parts_of(corpus)]
    if not set(targets) <= _listing(folder):
        return None
    tables = [_read(folder / target, analysis.name) for target in targets]
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else schema.TABLES[analysis.name].empty()


def rows(corpus: Corpus, name: str, articles: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Return an analysis' rows for some articles of a corpus: kept ones where they are there, else computed now.

    Parameters
    ----------
    corpus : Corpus
        Where the articles are from.
    name : {"attributions", "expressions", "events"}
        Which analysis.
    articles : DataFrame
        Articles of the corpus, all or a selection.
    **options
        Handed on to the analysis.

    Returns
    -------
    DataFrame
        The analysis' table, in the order of the articles.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import corpus_tools as ct
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "dam.txt").write_text("The dam broke on 3 May 2016.")
    >>> corpus = ct.open(folder)
    >>> rows(corpus, "expressions", corpus.articles)["value"].tolist()
    ['2016-05-03']
    """
    kept = derived(corpus, name, **options)
    if kept is None:
        return named(name).table(articles, options, partial(_chosen, corpus, articles))
    return _of(kept, articles)


def _chosen(corpus: Corpus, articles: pd.DataFrame, name: str) -> pd.DataFrame | None:
    kept = derived(corpus, name)
    return None if kept is None else _of(kept, articles)


def _of(kept: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of some articles, in their order."""
    order = pd.Series(range(len(articles)), index=articles["article_id"])
    chosen = kept[kept["article_id"].isin(order.index)]
    places = chosen["article_id"].map(order)
    return chosen.loc[places.sort_values(kind="stable").index].reset_index(drop=True)


def kept_part(part: Part, name: str, options: dict[str, Any]) -> pd.DataFrame | None:
    """Return the table that `derive` kept of a part, None when there is none for the part and the code as they are."""
    if not isinstance(part, StoredPart):
        return None
    file = place(part.folder) / FOLDER / name / _file(part, options)
    return _read(file, name) if file.is_file() else None


def analysed(
    analysis: Analysis, part: Part, options: dict[str, Any], articles: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the table of a part, made of the tables that are kept of it as far as they are there."""
    given = part.articles() if articles is None else articles
    return analysis.table(given, options, partial(kept_part, part, options={}))


def _kept(analysis: Analysis, options: dict[str, Any], folder: str, part: Part) -> tuple[int, int]:
    """Analyse a part and write its table, whole or not at all; return its rows and bytes."""
    table = analysed(analysis, part, options)
    data = to_parquet(table, analysis.name)
    write(place(folder) / _file(part, options), data)
    return len(table), len(data)


def _file(part: Part, options: dict[str, Any]) -> str:
    """Return the name of a table's file: which part, which options, which code."""
    return f"{_short(part.name)}-{_said(options)}-{digest()}.parquet"


def _said(options: dict[str, Any]) -> str:
    return _short(json.dumps(options, sort_keys=True, default=str))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _listing(folder: Place) -> set[str]:
    return {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()


def _read(file: Place, form: str) -> pd.DataFrame:
    try:
        return from_parquet(file.read_bytes(), form)
    except (OSError, ValueError) as error:
        raise DamagedCorpus(
            f"The table {FOLDER}/{form}/{file.name} cannot be read ({error}); remove it and derive it again."
        ) from error


def _sweep(folder: Place, there: Iterable[str], targets: list[str], options: dict[str, Any]) -> None:
    """Remove tables of parts that are gone, and of these parts and options by other code."""
    current_parts = {target.split("-")[0] for target in targets}
    same = _said(options)
    for name in there:
        part, _, rest = name.partition("-")
        if part not in current_parts or (rest.startswith(same) and name not in targets):
            (folder / name).unlink(missing_ok=True)
