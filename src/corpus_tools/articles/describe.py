"""What a corpus consists of: who published how much and when, what is known of the articles, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sized
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus_tools.schema import require

if TYPE_CHECKING:
    from corpus_tools.articles.corpus import Corpus

#: What one would like to know of every article.
FIELDS = ("title", "authors", "outlet", "published", "url", "language")


def lengths(articles: pd.DataFrame, *, words: Callable[[str], Sized]) -> pd.DataFrame:
    """Return the articles with the number of words of their text.

    Parameters
    ----------
    articles : DataFrame
        With ``text``.
    words : callable
        Gives the words of a text: `corpus_tools.language.words`, so that lengths agree with the counts of terms.

    Returns
    -------
    DataFrame
        The same rows with a column ``words`` behind.

    Examples
    --------
    >>> from corpus_tools.language import words
    >>> from corpus_tools.schema import ARTICLES
    >>> articles = ARTICLES.conform([{"article_id": "a", "text": "Two well-known words. And 3.5 more."}])
    >>> lengths(articles, words=words)["words"].tolist()
    [6]
    """
    require(articles, "text")
    counts = [len(words(text)) if isinstance(text, str) else 0 for text in articles["text"]]
    return articles.assign(words=pd.array(counts, dtype="Int64"))


def by_outlet(articles: pd.DataFrame) -> pd.DataFrame:
    """Count the articles of each outlet, their words and where they come from.

    Parameters
    ----------
    articles : DataFrame
        What `lengths` gives.

    Returns
    -------
    DataFrame
        ``outlet`` (missing for the articles that name none), ``articles``, ``first`` and ``last`` day of publication,
        ``words`` in all, ``median_words``, and how many articles credit a news agency (``wire``) or were published
        elsewhere first (``republished``) or are neither (``own``). Most articles first.

    Examples
    --------
    >>> from corpus_tools.schema import ARTICLES
    >>> rows = [{"article_id": str(n), "outlet": "Meridian Post", "text": "One two.", "words": 2} for n in range(2)]
    >>> by_outlet(ARTICLES.conform(rows))[["outlet", "articles", "words", "own"]].to_dict("records")
    [{'outlet': 'Meridian Post', 'articles': 2, 'words': 4, 'own': 2}]
    """
    require(articles, "outlet", "published", "wire", "original_outlet", "text", "words")
    table = articles.assign(
        republished=articles["original_outlet"].notna() & articles["wire"].isna(), wire=articles["wire"].notna()
    )
    table = table.assign(own=~(table["republished"] | table["wire"]))
    groups = table.groupby("outlet", dropna=False, sort=True)
    counted = groups.agg(
        articles=("text", "size"),
        first=("published", "min"),
        last=("published", "max"),
        words=("words", "sum"),
        median_words=("words", "median"),
        own=("own", "sum"),
        wire=("wire", "sum"),
        republished=("republished", "sum"),
    ).reset_index()
    return counted.sort_values("articles", ascending=False, kind="stable", ignore_index=True)


def completeness(articles: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Say how much is known of the articles.

    Parameters
    ----------
    articles : DataFrame
        The corpus.
    by : str, optional
        A column to count by, e.g. ``"outlet"``.

    Returns
    -------
    DataFrame
        ``field`` (and `by`), ``articles``, ``missing`` and ``share_missing`` in [0, 1].

    Examples
    --------
    >>> from corpus_tools.schema import ARTICLES
    >>> table = completeness(ARTICLES.conform([{"article_id": "a", "text": "x", "title": "T"}]))
    >>> table.query("missing > 0")["field"].tolist()
    ['authors', 'outlet', 'published', 'url', 'language']
    """
    require(articles, *FIELDS, *([by] if by else []))
    gaps = pd.DataFrame({name: _missing(articles[name]) for name in FIELDS}, index=articles.index)
    groups = [(None, gaps)] if by is None else list(gaps.groupby(articles[by], dropna=False, sort=True))
    rows = [
        {"field": name, **({by: group} if by else {}), "articles": len(part), "missing": int(part[name].sum())}
        for group, part in groups
        for name in FIELDS
    ]
    table = pd.DataFrame(rows, columns=["field", *([by] if by else []), "articles", "missing"])
    return table.assign(share_missing=table["missing"] / table["articles"].where(table["articles"] > 0))


def credits(articles: pd.DataFrame) -> pd.DataFrame:
    """Count from whom each outlet takes articles, as far as the articles say so.

    Returns
    -------
    DataFrame
        ``outlet``, ``credited`` (the agency or the original outlet), ``kind`` (``wire`` or ``republished``) and
        ``articles``; most first.

    Examples
    --------
    >>> from corpus_tools.schema import ARTICLES
    >>> rows = [{"article_id": "a", "text": "x", "outlet": "Meridian Post", "wire": "Harbour Wire"}]
    >>> credits(ARTICLES.conform(rows)).to_dict("records")
    [{'outlet': 'Meridian Post', 'credited': 'Harbour Wire', 'kind': 'wire', 'articles': 1}]
    """
    groups = credited(articles).groupby(["outlet", "credited", "kind"], dropna=False, sort=True)
    counted = groups.size().rename("articles").reset_index()
    return counted.sort_values("articles", ascending=False, kind="stable", ignore_index=True)


def credited(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles that `credits` counts: ``article_id``, ``outlet``, ``credited``, ``kind``, a row for each.

    Examples
    --------
    >>> from corpus_tools.schema import ARTICLES
    >>> rows = [{"article_id": "a", "text": "x", "outlet": "Meridian Post", "wire": "Harbour Wire"}]
    >>> credited(ARTICLES.conform(rows)).values.tolist()
    [['a', 'Meridian Post', 'Harbour Wire', 'wire']]
    """
    require(articles, "article_id", "outlet", "wire", "original_outlet")
    parts = [
        articles.loc[articles[column].notna(), ["article_id", "outlet", column]]
        .set_axis(["article_id", "outlet", "credited"], axis=1)
        .assign(kind=kind)
        for column, kind in (("wire", "wire"), ("original_outlet", "republished"))
    ]
    return pd.concat(parts, ignore_index=True)


def gaps(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles that `completeness` counts as missing a field: ``article_id``, ``field``, a row for each.

    Examples
    --------
    >>> from corpus_tools.schema import ARTICLES
    >>> table = ARTICLES.conform([{"article_id": "a", "text": "x", "title": "T", "outlet": "Post", "language": "en"}])
    >>> gaps(table).values.tolist()
    [['a', 'authors'], ['a', 'published'], ['a', 'url']]
    """
    require(articles, "article_id", *FIELDS)
    parts = [articles.loc[_missing(articles[name]), ["article_id"]].assign(field=name) for name in FIELDS]
    return pd.concat(parts, ignore_index=True)


def languages(articles: pd.DataFrame) -> pd.DataFrame:
    """Count the articles of each language: ``language`` (missing when unknown), ``articles``; most first."""
    require(articles, "language")
    counted = articles.groupby("language", dropna=False, sort=True).size().rename("articles").reset_index()
    return counted.sort_values("articles", ascending=False, kind="stable", ignore_index=True)


def reasons(rejected: pd.DataFrame) -> pd.DataFrame:
    """Count what was rejected and why: ``reason``, ``inputs``, and the first of them as ``example``; most first."""
    require(rejected, "reason", "source_path")
    counted = rejected.groupby("reason", sort=True)["source_path"].agg(["size", "min"]).reset_index()
    counted.columns = ["reason", "inputs", "example"]
    return counted.sort_values("inputs", ascending=False, kind="stable", ignore_index=True)


def clusters(articles: pd.DataFrame, reprints: pd.DataFrame) -> pd.DataFrame:
    """Join reprints with what people know the articles by.

    Parameters
    ----------
    articles : DataFrame
        The corpus.
    reprints : DataFrame
        What `corpus_tools.articles.reprints` gives for it.

    Returns
    -------
    DataFrame
        The rows of `reprints` with ``outlet``, ``published`` and ``title``; each cluster together, the original first.
    """
    require(reprints, "article_id", "cluster", "role")
    known = articles[["article_id", "outlet", "published", "title"]]
    table = reprints.merge(known, on="article_id", how="left", validate="one_to_one")
    first = ["cluster", "role", "outlet", "published", "title"]
    table = table[[*first, *(name for name in table.columns if name not in first)]]
    return table.sort_values(["cluster", "role", "published", "article_id"], kind="stable", ignore_index=True)


def _missing(column: pd.Series[Any]) -> pd.Series[bool]:
    if column.dtype == object:
        return pd.Series([not isinstance(value, list) or not value for value in column], index=column.index)
    return column.isna()


def readers_notes(corpus: Corpus) -> Path | None:
    """Return the folder of a careful reader's notes that stands beside raw articles, if there is one.

    Parameters
    ----------
    corpus : Corpus
        What `corpus_tools.open` gave.

    Returns
    -------
    Path or None
        The folder ``expected`` in the corpus's folder; ``corpus_tools.quality`` compares with it.
    """
    folder = corpus.path / "expected"
    return folder if folder.is_dir() else None
