"""Run an analysis over the parts of a corpus and put the results together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.compute.engines import Engine, current
from corpus_tools.compute.failing import none_left, rejections
from corpus_tools.compute.forms import Analyse, Combine, form_of
from corpus_tools.compute.parts import Part, parts_of
from corpus_tools.compute.pools import open_pool
from corpus_tools.compute.spreading import Progress, over

if TYPE_CHECKING:
    from corpus_tools.articles import Corpus


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
    if not parts:
        return Computation(analyse(corpus.articles, **options), schema.REJECTED.empty())
    chosen = engine or current()
    form = form_of(analyse, combine, options, share=-(-len(parts) // chosen.workers))
    with open_pool(chosen) as pool:
        found = over(pool, parts, partial(_analysed, form.begin), form.join, progress)
    if form.join is not None:
        if found.root is None:
            none_left(found.failures)
        return Computation(form.finish(found.root), rejections(parts, found.failures))
    if not found.tables:
        none_left(found.failures)
    tables = [found.tables[place] for place in sorted(found.tables)]
    filled = [table for table in tables if len(table)] or tables[:1]
    table = pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].reset_index(drop=True)
    return Computation(table, rejections(parts, found.failures))


def _analysed(begin: Callable[[pd.DataFrame], Any], part: Part) -> Any:
    return begin(part.articles())
