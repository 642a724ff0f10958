"""Analyses whose tables are kept beside a corpus."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
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
    function : str
        The library's function whose options these are.
    needs : tuple of str
        The analyses whose tables, made of the same articles, `analyse` takes after these.
    """

    name: str
    analyse: Callable[..., pd.DataFrame]
    function: str
    needs: tuple[str, ...] = ()

    def table(
        self, articles: pd.DataFrame, options: dict[str, Any], kept: Callable[[str], pd.DataFrame | None]
    ) -> pd.DataFrame:
        """Return the table of some articles; what it needs comes from what is `kept` of them, or is made now.

        Examples
        --------
        >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["A bomb in Arlen killed 3 people, police said."],
        ...                          "published": pd.to_datetime(["2026-03-14"])})
        >>> ANALYSES["events"].table(articles, {}, lambda name: None)["killed_min"].tolist()
        [3]
        """
        found = [kept(name) for name in self.needs]
        needed = [
            named(name).analyse(articles) if table is None else table
            for name, table in zip(self.needs, found, strict=True)
        ]
        return self.analyse(articles, *needed, **options)

    def told(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the options that are not what they are by default, so that both ways to say it are one.

        Examples
        --------
        >>> ANALYSES["attributions"].told({"mode": "balanced", "attitudes": True})
        {'attitudes': True}
        """
        room, name = self.function.split(".")
        parameters = inspect.signature(getattr(import_module(f"corpus_tools.{room}"), name)).parameters
        known = {name: parameter.default for name, parameter in parameters.items()}
        return {name: value for name, value in sorted(options.items()) if name not in known or known[name] != value}


def _attributions(articles: pd.DataFrame, **options: Any) -> pd.DataFrame:
    from corpus_tools import attribution

    return attribution.find(articles, **options)


def _expressions(articles: pd.DataFrame, **options: Any) -> pd.DataFrame:
    from corpus_tools import timeline

    return timeline.expressions(articles, **options)


def _events(
    articles: pd.DataFrame, attributions: pd.DataFrame, expressions: pd.DataFrame, **options: Any
) -> pd.DataFrame:
    from corpus_tools import timeline

    return timeline.events(articles, attributions, expressions, **options)


#: By name.
ANALYSES = {
    analysis.name: analysis
    for analysis in (
        Analysis("attributions", _attributions, "attribution.find"),
        Analysis("expressions", _expressions, "timeline.expressions"),
        Analysis("events", _events, "timeline.events", ("attributions", "expressions")),
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
