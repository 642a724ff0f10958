"""What the summaries share: speech only, the outlet of each row, resampling of articles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery

UNKNOWN_OUTLET = "(outlet unknown)"


def speech(attributions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are speech, with a fresh index."""
    schema.require(attributions, "article_id")
    if "is_speech" not in attributions.columns:
        return attributions.reset_index(drop=True)
    return attributions[attributions["is_speech"].fillna(True).astype(bool)].reset_index(drop=True)


def with_article(attributions: pd.DataFrame, articles: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows of speech with a column of their article; an unknown outlet is named as such."""
    schema.require(articles, "article_id")
    if column not in articles.columns:
        raise InvalidQuery(
            f"The articles have no column {column!r}; they have {', '.join(map(str, articles.columns))}."
        )
    rows = speech(attributions)
    values = articles.drop_duplicates("article_id").set_index("article_id")[column]
    joined = rows.assign(**{column: rows["article_id"].map(values).astype(object)})
    if column == "outlet":
        joined["outlet"] = joined["outlet"].fillna(UNKNOWN_OUTLET).astype(str)
    return joined


def interval(
    counts: np.ndarray, share: Callable[[np.ndarray], np.ndarray], *, resamples: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95% interval of shares when articles are drawn again, with replacement.

    Parameters
    ----------
    counts : array, articles × categories
        Counts in each article.
    share : callable
        From summed counts (… × categories) to shares.
    """
    articles = counts.shape[0]
    if articles < 2:
        nothing = np.full(counts.shape[1], np.nan)
        return nothing, nothing
    draws = np.random.default_rng(seed).multinomial(articles, np.full(articles, 1 / articles), size=resamples)
    shares = share(draws @ counts)
    with np.errstate(all="ignore"):
        low, high = np.nanquantile(shares, [0.025, 0.975], axis=0)
    return low, high


def proportions(summed: np.ndarray) -> np.ndarray:
    """Return each row divided by its sum; missing where the sum is zero."""
    totals = summed.sum(axis=-1, keepdims=True)
    return np.divide(summed, totals, out=np.full(summed.shape, np.nan), where=totals > 0)
