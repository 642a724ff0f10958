"""One analysis over a whole corpus, part by part: in this process, over processes, or on a cluster.

>>> import corpus_tools as ct                                    # doctest: +SKIP
>>> corpus = ct.open("build/corpus")                             # doctest: +SKIP
>>> with ct.engine("processes", jobs=4):                         # doctest: +SKIP
...     found = ct.compute.run(corpus, ct.attribution.find)
>>> found.table, found.rejected                                  # doctest: +SKIP

The result is the same whichever engine ran.
"""

from __future__ import annotations

from corpus_tools.compute.analyses import ANALYSES, Analysis
from corpus_tools.compute.engines import ENGINES, Engine, current, engine
from corpus_tools.compute.keeping import derive, derived, rows
from corpus_tools.compute.running import Computation, run
from corpus_tools.compute.wholes import merge, reprints

__all__ = [
    "ANALYSES",
    "ENGINES",
    "Analysis",
    "Computation",
    "Engine",
    "current",
    "derive",
    "derived",
    "engine",
    "merge",
    "reprints",
    "rows",
    "run",
]
