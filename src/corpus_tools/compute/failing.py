"""What went wrong with parts of a corpus, in words and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from typing import NoReturn

import pandas as pd

from corpus_tools import schema
from corpus_tools.compute.parts import Part
from corpus_tools.errors import DamagedCorpus


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
