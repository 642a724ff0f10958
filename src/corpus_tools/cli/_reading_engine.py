"""How a build's files are read on the engines of `corpus_tools.compute`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus_tools.articles.batches import Advance, Over
    from corpus_tools.compute import Engine

#: Batches for which processes of their own do not pay: starting one takes as long as reading some tens of pages.
FEW = 4


def reading_on(engine: Engine) -> Over:
    """Return what `corpus_tools.build` takes as ``over``, so that files are read on an engine.

    Parameters
    ----------
    engine : Engine
        Where to read. A few files are read in this process all the same, unless the engine is a cluster.

    Examples
    --------
    >>> from corpus_tools.compute import Engine
    >>> reading_on(Engine("processes", jobs=2))(abs, [-1, 2], lambda done, total: None)
    ({0: 1, 1: 2}, {})
    """

    def over(
        function: Callable[[Any], Any], items: Sequence[Any], advance: Advance
    ) -> tuple[dict[int, Any], dict[int, BaseException]]:
        from corpus_tools.compute import Engine
        from corpus_tools.compute.pools import open_pool
        from corpus_tools.compute.spreading import over as run_over

        chosen = Engine() if engine.name == "processes" and len(items) < FEW else engine
        with open_pool(chosen) as pool:
            outcome = run_over(pool, items, function, None, advance)
        return outcome.tables, outcome.failures

    return over
