"""In which form results of parts are handed on: as tables, or smaller where the analysis knows how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

Analyse = Callable[..., pd.DataFrame]
Combine = Callable[[list[pd.DataFrame]], pd.DataFrame]


@dataclass(frozen=True)
class Form:
    """How the result of a part is made, how two are joined, and how the table is made of the last one.

    Parameters
    ----------
    begin : callable
        Takes a table of articles.
    join : callable or None
        Takes two results; None where rows are put one below another.
    finish : callable
        Takes the result of all parts.
    """

    begin: Callable[[pd.DataFrame], Any]
    join: Callable[[Any, Any], Any] | None
    finish: Callable[[Any], pd.DataFrame]


def form_of(analyse: Analyse, combine: Combine | None, options: dict[str, Any], *, share: int = 1) -> Form:
    """Return the form of an analysis that is run with these options on about `share` parts by each process."""
    from corpus_tools import terms

    plain, told = _unwrapped(combine)
    if analyse is terms.frequency and plain is terms.combine_frequencies:
        return _counts(options, told, share)
    join = None if combine is None else partial(_joined, combine)
    return Form(partial(_called, analyse, options), join, _same)


def _unwrapped(combine: Combine | None) -> tuple[Any, dict[str, Any]]:
    """Return the function that a `partial` calls, and with which options."""
    if isinstance(combine, partial) and not combine.args:
        return combine.func, dict(combine.keywords)
    return combine, {}


def _counts(options: dict[str, Any], told: dict[str, Any], share: int) -> Form:
    """Return the form of counts of terms: numbers, with each term named once; rates and order are made in the end."""
    from corpus_tools.terms import combining

    counted = dict(options)
    confidence = told.pop("confidence", counted.pop("confidence", 0.95))
    min_count = counted.pop("min_count", 1)
    most_phrases = told.pop("most_phrases", None)
    combining.check_options(counted, min_count=min_count, confidence=confidence, most_phrases=most_phrases, **told)
    return Form(
        partial(_called, combining.sum_of_part, {**counted, "share": share}),
        partial(_added, most_phrases),
        partial(combining.table_of_sum, confidence=confidence, min_count=min_count, most_phrases=most_phrases),
    )


def _added(most_phrases: int | None, left: Any, right: Any) -> Any:
    from corpus_tools.terms import combining

    return combining.added([left, right], most_phrases)


def _called(function: Callable[..., Any], options: dict[str, Any], articles: pd.DataFrame) -> Any:
    return function(articles, **options)


def _joined(combine: Combine, left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return combine([left, right])


def _same(table: pd.DataFrame) -> pd.DataFrame:
    return table
