"""One outlet against the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.terms.keyness import COLUMNS, keyness
from corpus_tools.terms.tokens import Source, Tokens, tokens


def outlet_keyness(
    articles: Source,
    *,
    outlet: str = "",
    measure: str = "log_likelihood",
    ngrams: int | Sequence[int] = (1,),
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 1,
    lowercase: bool = True,
) -> pd.DataFrame:
    """Compare what one outlet says with what all others say.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles. Those without an outlet belong to the others.
    outlet : str
        Its name; by default the outlet with most articles (of several, the first by name).
    measure, ngrams, stopwords, min_count, lowercase
        As in `corpus_tools.terms.keyness`.

    Returns
    -------
    DataFrame
        As `corpus_tools.terms.keyness` gives it; ``attrs["target"]`` names the outlet and ``attrs["reference"]`` the
        others. Without rows where there is no outlet, or nothing by others, to compare.

    Raises
    ------
    InvalidQuery
        When no article is by that outlet.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2", "a3"], "outlet": ["Lakeside Post", "Meridian Press", None],
    ...                          "text": ["The dam broke.", "The dam held.", "No news."]})
    >>> table = outlet_keyness(articles)
    >>> table.attrs["target"], table.attrs["reference"], table.loc[0, "term"]
    ('Lakeside Post', 'the rest', 'broke')
    """
    counted = tokens(articles, lowercase=lowercase)
    known = counted.articles
    named = known["outlet"].dropna() if "outlet" in known.columns else pd.Series(dtype="str")
    counts = named.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if outlet and outlet not in counts.index:
        names = ", ".join(sorted(counts.index)) or "no outlet is named"
        raise InvalidQuery(f"No article is by {outlet!r}; there are: {names}.")
    chosen = outlet or (str(counts.index[0]) if len(counts) else "")
    of_outlet = (known["outlet"] == chosen).to_numpy(dtype=bool) if chosen else np.zeros(len(known), dtype=bool)
    target, reference = _part(counted, of_outlet), _part(counted, ~of_outlet)
    if len(target) and len(reference):
        table = keyness(target, reference, measure=measure, ngrams=ngrams, stopwords=stopwords, min_count=min_count)
    else:
        table = pd.DataFrame({column: [] for column in COLUMNS}).astype({"term": "str"})
    table.attrs |= {"target": chosen or "(no outlet)", "reference": "the rest"}
    return table


def _part(counted: Tokens, wanted: npt.NDArray[np.bool_]) -> Tokens:
    """Return the words of some of the articles."""
    offsets = np.concatenate([[0], np.cumsum(counted.lengths[wanted])]).astype(np.int64)
    codes = counted.codes[np.repeat(wanted, counted.lengths)]
    articles = counted.articles[wanted].reset_index(drop=True)
    return Tokens(codes, offsets, counted.vocabulary, articles, counted.specification)
