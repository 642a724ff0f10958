"""What the summaries share: speech only, the outlet of each row, resampling of articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery, InvalidRules

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
    drawn = ~np.isnan(shares).all(axis=0)
    bounds = np.full((2, counts.shape[1]), np.nan)
    bounds[:, drawn] = np.nanquantile(shares[:, drawn], [0.025, 0.975], axis=0)
    return bounds[0], bounds[1]


def proportions(summed: np.ndarray) -> np.ndarray:
    """Return each row divided by its sum; missing where the sum is zero."""
    totals = summed.sum(axis=-1, keepdims=True)
    shares: np.ndarray = np.divide(summed, totals, out=np.full(summed.shape, np.nan), where=totals > 0)
    return shares


def aliases_from(aliases: Mapping[str, str] | str | Path | None) -> dict[str, str]:
    """Return the other spellings, case-folded, from a mapping or a file."""
    if aliases is None:
        return {}
    if isinstance(aliases, Mapping):
        return {key.casefold(): value for key, value in aliases.items()}
    found: dict[str, str] = {}
    for number, line in enumerate(Path(aliases).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        alias, tab, name = line.partition("\t")
        if not tab or not name.strip():
            raise InvalidRules(f"{aliases} line {number}: expected alias, tab, name; found {line!r}.")
        found[alias.strip().casefold()] = name.strip()
    return found


def joined(rows: pd.DataFrame, aliases: dict[str, str]) -> pd.Series:
    """Return the name under which each row is counted."""
    counts = rows["speaker"].value_counts()
    spelling: dict[str, str] = {}
    for name in sorted(counts.index, key=lambda name: (-counts[name], name)):
        spelling.setdefault(_key(name), name)
    persons = sorted(set(rows.loc[rows["speaker_kind"] == "person", "speaker"].dropna()))
    by_surname: dict[str, set[str]] = {}
    for person in persons:
        if " " in person:
            by_surname.setdefault(person.split()[-1], set()).add(person)

    def canonical(name: str) -> str:
        if name.casefold() in aliases:
            return aliases[name.casefold()]
        if name in by_surname and len(by_surname[name]) == 1:
            name = next(iter(by_surname[name]))
        return aliases.get(name.casefold(), spelling.get(_key(name), name))

    return rows["speaker"].map({name: canonical(name) for name in counts.index})


def _key(name: str) -> str:
    words = name.casefold().replace("’", "'").split()
    while words and words[0].rstrip(".") in ("the", "a", "an", "mr", "mrs", "ms", "dr"):
        words = words[1:]
    return " ".join(words) or name.casefold()
