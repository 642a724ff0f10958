"""Run an analysis over the parts of a corpus and put the results together."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

import pandas as pd

from corpus_tools import schema
from corpus_tools.compute.engines import Engine, current
from corpus_tools.compute.parts import Part, parts_of
from corpus_tools.compute.pools import Pool, open_pool
from corpus_tools.compute.tree import Tree
from corpus_tools.errors import CorpusToolsError, DamagedCorpus

if TYPE_CHECKING:
    from corpus_tools.articles import Corpus

#: Called with how many parts are done, and how many there are.
Progress = Callable[[int, int], None]
Analyse = Callable[..., pd.DataFrame]
Combine = Callable[[list[pd.DataFrame]], pd.DataFrame]


@dataclass(frozen=True)
class Computation:
    """What came out.

    Parameters
    ----------
    table : DataFrame
        The analysis' table, of all parts that could be analysed.
    rejected : DataFrame
        The parts that could not (`corpus_tools.schema.REJECTED`): ``source_path`` names the part.
    """

    table: pd.DataFrame
    rejected: pd.DataFrame


def run(
    corpus: Corpus,
    analyse: Analyse,
    *,
    combine: Combine | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Computation:
    """Analyse a corpus part by part.

    Parameters
    ----------
    corpus : Corpus
        As `corpus_tools.open` gives it.
    analyse : callable
        Takes a table of articles and gives a table, e.g. `corpus_tools.attribution.find`.
    combine : callable, optional
        Makes one table of a list of tables, e.g. `corpus_tools.terms.combine_frequencies`; it is called on pairs, and
        on pairs of what came out. Without it, rows are put one below another in the order of the parts.
    engine : Engine, optional
        Where to compute; by default the one in force (see `engine`).
    progress : callable, optional
        Called with the number of parts done and their total.
    **options
        Handed on to `analyse`.

    Returns
    -------
    Computation
        The table, the same whichever engine made it, and the parts that failed.

    Raises
    ------
    CorpusToolsError
        When the call has no meaning for any part (a wrong option, a missing column); a part that is damaged, or fails
        twice, is a row of ``rejected`` instead.
    EngineUnavailable
        When the cluster cannot be reached or runs other code.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import corpus_tools as ct
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "dam.txt").write_text("The dam broke. Nobody saw the dam.")
    >>> found = run(ct.open(folder), ct.terms.frequency, combine=ct.terms.combine_frequencies)
    >>> found.table[["term", "count"]].head(1).values.tolist()
    [['dam', 2]]
    """
    parts = parts_of(corpus)
    work = partial(_analysed, analyse, options)
    join = None if combine is None else partial(_joined, combine)
    if not parts:
        return Computation(analyse(corpus.articles, **options), schema.REJECTED.empty())
    with open_pool(engine or current()) as pool:
        found = over(pool, parts, work, join, progress)
    if combine is not None:
        if found.root is None:
            none_left(found.failures)
        return Computation(found.root, rejections(parts, found.failures))
    if not found.tables:
        none_left(found.failures)
    tables = [found.tables[place] for place in sorted(found.tables)]
    filled = [table for table in tables if len(table)] or tables[:1]
    table = pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].reset_index(drop=True)
    return Computation(table, rejections(parts, found.failures))


@dataclass
class Outcome:
    """Results by the place of their part, or all joined; and what went wrong where."""

    tables: dict[int, Any] = field(default_factory=dict)
    root: Any = None
    failures: dict[int, BaseException] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _Task:
    level: int
    place: int
    function: Callable[..., Any]
    inputs: tuple[Any, ...]


def over(
    pool: Pool,
    parts: Sequence[Any],
    work: Callable[[Any], Any],
    join: Callable[[Any, Any], Any] | None,
    progress: Progress | None = None,
    take: Callable[[int, Any], None] | None = None,
) -> Outcome:
    """Call `work` on every part and `join` on pairs of results, as many at a time as the pool takes.

    Results that are not joined are handed to `take`, with the place of their part, in the order in which they come, or
    collected.

    When worker processes die and the pool with them, those that were under way are tried again one at a time, so that
    the one to blame is known.
    """
    outcome, tree = Outcome(), Tree[Any](len(parts))
    todo = deque(_Task(0, place, work, (part,)) for place, part in enumerate(parts))
    suspects: deque[_Task] = deque()
    suspected: set[_Task] = set()
    running: dict[Any, _Task] = {}
    finished = 0
    while todo or suspects or running:
        _fill(pool, running, suspects, todo)
        broken = False
        for handle in pool.done(list(running)):
            task = running.pop(handle)
            try:
                value = pool.value(handle)
            except BrokenExecutor as error:
                broken = True
                if task not in suspected:
                    suspects.append(task)
                    continue
                value = None
                _note(outcome, task, error)
            except Exception as error:
                value = None
                _note(outcome, task, error)
            if task.level == 0:
                finished += 1
                if progress is not None:
                    progress(finished, len(parts))
            if join is None:
                if value is not None:
                    (take or outcome.tables.__setitem__)(task.place, pool.fetch(value))
            elif (pair := tree.put(task.level, task.place, value)) is not None:
                todo.appendleft(_Task(pair.level, pair.place, join, (pair.left, pair.right)))
        if broken:
            suspects.extend(running.values())
            running.clear()
            suspected.update(suspects)
            pool.renew()
    if tree.root is not None:
        outcome.root = pool.fetch(tree.root)
    return outcome


def _fill(pool: Pool, running: dict[Any, _Task], suspects: deque[_Task], todo: deque[_Task]) -> None:
    queue, most = (suspects, 1) if suspects else (todo, pool.window)
    while queue and len(running) < most:
        task = queue.popleft()
        running[pool.submit(task.function, task.inputs)] = task
        if queue is suspects:
            return


def _note(outcome: Outcome, task: _Task, error: BaseException) -> None:
    """Note the failure of a part; anything else ends the computation."""
    wrong_call = isinstance(error, CorpusToolsError) and not isinstance(error, DamagedCorpus)
    if wrong_call or task.level > 0:
        raise error
    outcome.failures[task.place] = error


def _analysed(analyse: Analyse, options: dict[str, Any], part: Part) -> pd.DataFrame:
    return analyse(part.articles(), **options)


def _joined(combine: Combine, left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return combine([left, right])


def rejections(parts: Sequence[Part], failures: dict[int, BaseException]) -> pd.DataFrame:
    """Return failures as a table of rejected parts."""
    return schema.REJECTED.conform(
        [
            {"source_path": parts[place].name, "reason": reason(failures[place]), "detail": said(failures[place])}
            for place in sorted(failures)
        ]
    )


def reason(error: BaseException) -> str:
    """Return the short reason of a failure."""
    if isinstance(error, DamagedCorpus):
        return "damaged"
    if isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker":
        return "worker_died"
    return "out_of_memory" if isinstance(error, MemoryError) else "failed"


def said(error: BaseException) -> str:
    """Return what went wrong, for people."""
    if isinstance(error, DamagedCorpus):
        return str(error)
    if reason(error) == "worker_died":
        return "The process that worked on this part died, twice; it may have needed more memory than there is."
    return f"The analysis of this part stopped twice with {type(error).__name__}: {error}"


def none_left(failures: dict[int, BaseException]) -> NoReturn:
    """Refuse to give a result when there is no part that it could be of."""
    first = said(failures[min(failures)])
    raise DamagedCorpus(f"No part of the corpus could be analysed. The first: {first}")
