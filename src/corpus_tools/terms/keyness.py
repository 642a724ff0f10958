"""Which terms set one corpus apart from another.

``log_likelihood`` has two cells, as Rayson's calculator (Rayson and Garside 2000); ``log_likelihood_4cell`` four, as
Dunning (1993) and quanteda. Yates' correction is made where an expected count is below 5, Williams' (1976) where no
cell is empty; quanteda multiplies chi-squared by Williams' divisor, and ``chi_squared_williams_quanteda`` does so too.
``bic`` is the two-cell log-likelihood less the logarithm of all words (Wilson 2013): above 2 is positive, above 10 very
strong evidence. ``fisher`` is ranked by the negative decimal logarithm of its p, and has a column more,
``fisher_odds_ratio``: the conditional estimate of R's ``fisher.test``, which R itself computes to four digits.

``log_ratio`` is the binary logarithm of the ratio of rates (Hardie 2014), with ``log_ratio_low`` and
``log_ratio_high``; ``percent_diff`` is Gabrielatos and Marchi's %DIFF (2011); ``weighted_log_odds`` is the z of Monroe,
Colaresi and Quinn (2008, Fightin' words, Political Analysis 16) beside its ``log_odds``; ``pmi`` is in natural
logarithms, and has quanteda's constant of a billionth, so that a term that the target lacks has a value (-20.7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.errors import InvalidQuery, NoArticles
from corpus_tools.schema import require
from corpus_tools.terms import _keyness_measures as formulas
from corpus_tools.terms._coding import sorted_codes
from corpus_tools.terms.intervals import per_million, quantile
from corpus_tools.terms.matrix import DocumentTermMatrix, as_matrix, check_min_count
from corpus_tools.terms.stopwords import stopwords as _stopwords
from corpus_tools.terms.tokens import Source, Tokens

#: What `keyness` can rank by, and the column that it ranks by.
MEASURES = (
    "log_likelihood",
    "log_likelihood_4cell",
    "log_likelihood_yates",
    "log_likelihood_williams",
    "chi_squared",
    "chi_squared_yates",
    "chi_squared_williams",
    "chi_squared_williams_quanteda",
    "fisher",
    "log_ratio",
    "percent_diff",
    "odds_ratio",
    "bic",
    "weighted_log_odds",
    "pmi",
)

COLUMNS = (
    "term", "count", "reference_count", "per_million", "reference_per_million", "documents", "reference_documents",
    "articles", "reference_articles", "tokens", "reference_tokens", "score", "p", "q", "log_likelihood",
    "log_likelihood_4cell", "log_likelihood_yates", "log_likelihood_williams", "chi_squared", "chi_squared_yates",
    "chi_squared_williams", "chi_squared_williams_quanteda", "fisher_p", "log_ratio", "log_ratio_low", "log_ratio_high",
    "percent_diff", "odds_ratio", "bic", "log_odds", "weighted_log_odds", "pmi",
)  # fmt: skip

#: What quanteda adds to the ratio of which it takes the logarithm.
_SMOOTHING = 1e-9

Counts: TypeAlias = "Source | DocumentTermMatrix | Mapping[str, int]"


def keyness(
    target: Counts,
    reference: Counts,
    *,
    measure: str = "log_likelihood",
    ngrams: int | Sequence[int] = (1,),
    stopwords: str | Iterable[str] | None = None,
    min_count: int = 1,
    lowercase: bool = True,
    stemming: str | None = None,
    floor: float = 0.5,
    prior_words: float = 500.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare how often each term occurs in two corpora.

    Parameters
    ----------
    target, reference : DataFrame, Tokens, DocumentTermMatrix or mapping
        The corpora: articles, or a frequency list (a mapping from term to count, or a table with ``term`` and ``count``
        and, if known, ``documents``, ``articles`` and ``tokens``).
    measure : str
        What to rank by, one of `MEASURES`; all of them are columns of the result, see `keyness_measures`.
    ngrams, stopwords, lowercase, stemming
        What is counted, as in `frequency`.
    min_count : int
        Fewest occurrences in both corpora together.
    floor, prior_words, confidence
        See `keyness_measures`.

    Returns
    -------
    DataFrame
        One row for each term, the target's keywords first and the reference's last: ``term``, ``count``,
        ``reference_count``, ``per_million``, ``reference_per_million``, ``documents``, ``reference_documents``,
        ``articles``, ``reference_articles``, ``tokens``, ``reference_tokens``, ``score`` (the `measure`; tests carry
        the sign of the difference), ``p`` and ``q`` (its probability if there is no difference, and the false
        discovery rate of Benjamini and Hochberg 1995 over all rows; measures of size take those of the
        log-likelihood), then every measure.

    Raises
    ------
    NoArticles
        When either corpus has no words.
    InvalidQuery
        When both are the same articles, or there is no such measure.

    Examples
    --------
    >>> table = keyness({"dam": 30, "the": 970}, {"dam": 10, "the": 990})
    >>> table.loc[0, "term"], table.loc[0, ["log_likelihood", "log_ratio"]].astype(float).round(3).tolist()
    ('dam', [10.465, 1.585])
    """
    if measure not in MEASURES:
        raise InvalidQuery(f"There is no measure {measure!r}; there are {', '.join(MEASURES)}.")
    check_min_count(min_count)
    _refuse_same(target, reference)
    options = {"ngrams": ngrams, "stopwords": stopwords, "lowercase": lowercase, "stemming": stemming}
    table = _aligned(_counted(target, "target", options), _counted(reference, "reference", options))
    kept = table["count"] + table["reference_count"] >= max(min_count, 1)
    table = table if kept.all() else table[kept].reset_index(drop=True)
    scores = keyness_measures(
        table["count"], table["reference_count"], int(table.attrs["totals"][0]), int(table.attrs["totals"][1]),
        floor=floor, prior_words=prior_words, confidence=confidence, exact=measure == "fisher",
    )  # fmt: skip
    return _ranked(table, scores, measure)


def keyness_measures(
    count: npt.ArrayLike,
    reference_count: npt.ArrayLike,
    tokens: int,
    reference_tokens: int,
    *,
    floor: float = 0.5,
    prior_words: float = 500.0,
    confidence: float = 0.95,
    exact: bool = False,
) -> pd.DataFrame:
    """Return every measure of `keyness` for counts of your own.

    Parameters
    ----------
    count, reference_count : array of int
        Occurrences of each term in the target and in the reference.
    tokens, reference_tokens : int
        Words in both.
    floor : float
        Stands for a count of 0 in `log_ratio`, `percent_diff` and `odds_ratio`, which have no value otherwise. Half an
        occurrence is Hardie's choice.
    prior_words : float
        Weight, in words, of the prior of `weighted_log_odds`; its shape is the frequencies in both corpora together.
        More words draw rare terms more strongly to no difference.
    confidence : float
        Of the interval of `log_ratio`.
    exact : bool
        Whether to add ``fisher_odds_ratio``, which takes longer than all others.

    Returns
    -------
    DataFrame
        One row for each term, one column for each measure; tests carry the sign of the difference. The module's
        docstring says what each is.

    Examples
    --------
    >>> keyness_measures([1133], [779], 50_000, 110_000)["log_likelihood"].round(1).tolist()
    [634.8]
    """
    if min(tokens, reference_tokens) <= 0:
        raise NoArticles("Both corpora need at least one word; check what was selected.")
    if floor <= 0 or prior_words <= 0:
        raise InvalidQuery("floor and prior_words must be above 0.")
    a, b = np.asarray(count, dtype=np.float64), np.asarray(reference_count, dtype=np.float64)
    c, d = float(tokens), float(reference_tokens)
    table = {**_tests(a, b, c, d), **_sizes(a, b, c, d, floor=floor, prior_words=prior_words, confidence=confidence)}
    measures = pd.DataFrame({name: table[name] for name in COLUMNS if name in table}, copy=False)
    if exact:
        place = list(measures.columns).index("fisher_p") + 1
        measures.insert(place, "fisher_odds_ratio", formulas.fisher_odds_ratio(a, b, c, d))
    return measures


def _tests(a: formulas.Floats, b: formulas.Floats, c: float, d: float) -> dict[str, formulas.Floats]:
    """Return the measures that say how sure a difference is."""
    sign = formulas.direction(a, b, c, d)
    two = formulas.log_likelihood(a, b, c, d, cells=2)
    four = formulas.log_likelihood(a, b, c, d, cells=4)
    pearson, divisor = formulas.chi_squared(a, b, c, d, correction="none"), formulas.williams(a, b, c, d)
    return {
        "log_likelihood": sign * two,
        "log_likelihood_4cell": sign * four,
        "log_likelihood_yates": sign * formulas.log_likelihood_yates(a, b, c, d),
        "log_likelihood_williams": sign * four / divisor,
        "chi_squared": sign * pearson,
        "chi_squared_yates": sign * formulas.chi_squared(a, b, c, d, correction="yates"),
        "chi_squared_williams": sign * pearson / divisor,
        "chi_squared_williams_quanteda": sign * pearson * divisor,
        "fisher_p": formulas.fisher(a, b, c, d),
        "bic": two - np.log(c + d),
    }


def _sizes(
    a: formulas.Floats, b: formulas.Floats, c: float, d: float, *, floor: float, prior_words: float, confidence: float
) -> dict[str, formulas.Floats]:
    """Return the measures that say how large a difference is."""
    together = a + b
    ratio, low, high = formulas.log_ratio(a, b, c, d, floor=floor, z=quantile(confidence))
    prior = together * (prior_words / max(float(together.sum()), 1.0))
    odds, z = formulas.weighted_log_odds(a, b, c, d, prior=prior)
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log(a * (c + d) / (together * c) + _SMOOTHING)
    return {
        "log_ratio": ratio,
        "log_ratio_low": low,
        "log_ratio_high": high,
        "percent_diff": formulas.percent_difference(a, b, c, d, floor=floor),
        "odds_ratio": formulas.odds_ratio(a, b, c, d, floor=floor),
        "log_odds": odds,
        "weighted_log_odds": z,
        "pmi": pmi,
    }


@dataclass(frozen=True)
class _Counted:
    """One corpus as a frequency list."""

    table: pd.DataFrame
    articles: float
    tokens: int
    described: dict[str, Any]


def _counted(source: Any, name: str, options: dict[str, Any]) -> _Counted:
    if isinstance(source, pd.Series):
        source = source.to_dict()
    if isinstance(source, Mapping):
        source = pd.DataFrame({"term": list(source), "count": list(source.values())})
    if isinstance(source, pd.DataFrame) and "text" not in source.columns:
        counted = _from_list(source, options)
    else:
        counted = _from_matrix(as_matrix(source, **options))
    if counted.tokens <= 0:
        raise NoArticles(f"The {name} has no words; check what was selected.")
    return counted


def _from_matrix(matrix: DocumentTermMatrix) -> _Counted:
    table = pd.DataFrame(
        {
            "term": pd.Series(matrix.terms.to_pandas(), dtype="str"),
            "count": matrix.collection_frequency(),
            "documents": matrix.document_frequency().astype(np.float64),
        }
    )
    return _Counted(table, float(len(matrix.articles)), int(matrix.totals.sum()), matrix.describe())


def _from_list(table: pd.DataFrame, options: dict[str, Any]) -> _Counted:
    require(table, "term", "count")
    if (table["count"] < 0).any() or table["count"].isna().any():
        raise InvalidQuery("A frequency list needs counts of 0 or more in every row.")
    if table["term"].isna().any():
        raise InvalidQuery(
            "A frequency list has rows without a term. The terms null and nan look so when a file is read with "
            "pd.read_csv(path); read it with keep_default_na=False."
        )
    whole = int(table["tokens"].iloc[0]) if "tokens" in table and len(table) else int(table["count"].sum())
    articles = float(table["articles"].iloc[0]) if "articles" in table and len(table) else np.nan
    documents = table.get("documents", np.nan)
    rows = table[["term", "count"]].assign(documents=documents).astype({"term": "str"})
    unwanted = _stopwords(options["stopwords"])
    rows = rows[~rows["term"].str.lower().isin(unwanted)] if unwanted else rows
    grouped = rows.groupby("term", as_index=False).agg({"count": "sum", "documents": "max"})
    return _Counted(grouped, articles, whole, {"frequency_list": True, "tokens": whole})


def _aligned(target: _Counted, reference: _Counted) -> pd.DataFrame:
    import pyarrow as pa

    columns = [pa.array(side.table["term"], type=pa.large_string()) for side in (target, reference)]
    vocabulary, codes = sorted_codes(pa.chunked_array(columns).combine_chunks())
    places = codes[: len(target.table)], codes[len(target.table) :]
    size = len(vocabulary)
    data: dict[str, Any] = {"term": pd.Series(vocabulary.to_pandas(), dtype="str")}
    sides = ((target, places[0], ""), (reference, places[1], "reference_"))
    for side, place, prefix in sides:
        counts = np.zeros(size, dtype=np.int64)
        counts[place] = side.table["count"]
        documents = np.full(size, 0.0 if np.isfinite(side.articles) else np.nan)
        documents[place] = side.table["documents"]
        data[f"{prefix}count"], data[f"{prefix}per_million"] = counts, per_million(counts, side.tokens)
        data[f"{prefix}documents"] = pd.Series(documents).astype("Int64")
        data[f"{prefix}articles"] = _constant(side.articles, size)
    data["tokens"], data["reference_tokens"] = target.tokens, reference.tokens
    table = pd.DataFrame(data, copy=False)
    table.attrs = {
        "tokens": target.described,
        "reference_tokens": reference.described,
        "totals": [target.tokens, reference.tokens],
    }
    return table


def _constant(value: float, size: int) -> Any:
    """Return one number over and over, or as often that it is not known."""
    known = np.isfinite(value)
    return pd.arrays.IntegerArray(np.full(size, int(value) if known else 1, dtype=np.int64), np.full(size, not known))


def _ranked(table: pd.DataFrame, scores: pd.DataFrame, measure: str) -> pd.DataFrame:
    sign = np.sign(scores["log_likelihood"].to_numpy())
    if measure == "fisher":
        score = sign * -np.log10(np.maximum(scores["fisher_p"].to_numpy(), np.finfo(float).tiny))
        p = scores["fisher_p"].to_numpy()
    else:
        score = scores[measure].to_numpy()
        tests = ("log_likelihood", "chi_squared", "weighted_log_odds")
        test = scores[measure if measure.startswith(tests) else "log_likelihood"].to_numpy()
        p = formulas.normal_p(test) if measure == "weighted_log_odds" else formulas.chi_squared_p(np.abs(test))
    columns: dict[str, Any] = {"score": score, "p": p, "q": formulas.benjamini_hochberg(p)}
    # Ties of score and count stay in the order of terms, which is that of the table.
    order = np.lexsort((-table["count"].to_numpy(), -score))
    # One column after another, so that no more than one is there twice.
    for source in (table, scores):
        for name in list(source.columns):
            columns[name] = source.pop(name).array
    names = list(COLUMNS)
    if "fisher_odds_ratio" in columns:
        names.insert(names.index("fisher_p") + 1, "fisher_odds_ratio")
    ordered = pd.DataFrame({name: columns.pop(name).take(order) for name in names}, copy=False)
    ordered.attrs = {**table.attrs, "measure": measure}
    return ordered


def _refuse_same(target: Any, reference: Any) -> None:
    same = target is reference
    articles = [
        part if isinstance(part, pd.DataFrame) else part.articles
        for part in (target, reference)
        if isinstance(part, pd.DataFrame | Tokens | DocumentTermMatrix)
    ]
    if not same and len(articles) == 2 and all("article_id" in part.columns for part in articles):
        ids = [set(part["article_id"]) for part in articles]
        same = bool(ids[0]) and ids[0] == ids[1]
    if same:
        raise InvalidQuery("Target and reference are the same articles, so nothing can set them apart; choose others.")
