"""Analyses whose tables are kept beside a corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from corpus_tools.errors import InvalidQuery


@dataclass(frozen=True)
class Analysis:
    """An analysis that looks at each article by itself, so that its table can be kept part by part.

    Parameters
    ----------
    name : str
        Of the analysis, and of its table in `corpus_tools.schema`.
    analyse : callable
        Takes a table of articles, and options; gives the table.
    """

    name: str
    analyse: Callable[..., pd.DataFrame]


def _attributions(articles: pd.DataFrame, **options: Any) -> pd.DataFrame:
    from corpus_tools import attribution

    return attribution.find(articles, **options)


def _expressions(articles: pd.DataFrame, **options: Any) -> pd.DataFrame:
    from corpus_tools import timeline

    return timeline.expressions(articles, **options)


def _events(articles: pd.DataFrame, **options: Any) -> pd.DataFrame:
    from corpus_tools import attribution, timeline

    return timeline.events(articles, attribution.find(articles), timeline.expressions(articles), **options)


#: By name.
ANALYSES = {
    analysis.name: analysis
    for analysis in (
        Analysis("attributions", _attributions),
        Analysis("expressions", _expressions),
        Analysis("events", _events),
    )
}


def named(name: str) -> Analysis:
    """Return the analysis of this name.

    Raises
    ------
    InvalidQuery
        When there is none.
    """
    if name not in ANALYSES:
        raise InvalidQuery(f"There is no analysis {name!r} to keep; there are {', '.join(ANALYSES)}.")
    return ANALYSES[name]
