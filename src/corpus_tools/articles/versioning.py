"""Articles that are no duplicates and still one: later versions of a page, and ids that two texts share."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pandas as pd

from corpus_tools.schema import require

KINDS = ("updated", "same_url", "same_id")
#: What `versions` needs of the articles.
NEEDED = ("article_id", "url", "source_id", "outlet", "published", "retrieved", "source_path")
_COLUMNS = ["article_id", "kind", "first_article_id", "shared"]
#: Ids that many collections have: numbers of a few digits are one id only within a file.
_COMMON = re.compile(r"\d{1,6}")


def versions(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles that share their address, or the id that their source gave them, with another text.

    Exact duplicates are not among them: they are rejected while reading.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id``, ``url``, ``source_id``, ``outlet``, ``published``, ``retrieved`` and ``source_path``.

    Returns
    -------
    DataFrame
        One row for each article but the first of those that share something: ``article_id``; ``kind``, which is
        ``updated`` (the same address, saved or published later), ``same_url`` (the same address, and no time says
        which is later) or ``same_id`` (the same id from its source: one of the two is a mistake, or a new version);
        ``first_article_id``, the first of them; ``shared``, the address or the id.

    Examples
    --------
    >>> from corpus_tools.schema import ARTICLES
    >>> rows = [
    ...     {"article_id": "a", "url": "http://harl.example/dam", "published": "2016-08-02", "text": "It leaks."},
    ...     {"article_id": "b", "url": "https://harl.example/dam/", "published": "2016-08-03", "text": "It broke."},
    ... ]
    >>> versions(ARTICLES.conform(rows))[["article_id", "kind", "first_article_id"]].values.tolist()
    [['b', 'updated', 'a']]
    """
    require(articles, *NEEDED)
    table = articles[list(NEEDED)].reset_index(drop=True)
    table = table.astype({name: "str" for name in NEEDED if name not in ("published", "retrieved")})
    pages = _sharing(table, table["url"].map(_address, na_action="ignore"), "url")
    known = set(pages["article_id"])
    ids = _sharing(table, _scoped(table), "source_id")
    found = pd.concat([pages, ids[~ids["article_id"].isin(known)]], ignore_index=True)
    return found.astype("str")


def count(found: pd.DataFrame) -> dict[str, int]:
    """Return how many articles there are of each kind."""
    counts = found["kind"].value_counts()
    return {kind: int(counts[kind]) for kind in KINDS if kind in counts.index}


def _address(url: str) -> str:
    """Return an address without what does not change the page: scheme, fragment, ``www.``, a slash at the end."""
    return re.sub(r"^[a-z]+://(?:www\.)?", "", url.split("#")[0].strip(), flags=re.IGNORECASE).rstrip("/")


def _scoped(table: pd.DataFrame) -> pd.Series[Any]:
    """Return ids that mean something beyond their file: with their outlet, or else with their file."""
    file = table["source_path"].str.replace("#.*", "", regex=True)
    common = table["source_id"].str.fullmatch(_COMMON).fillna(False).astype(bool)
    scope = table["outlet"].where(~common & table["outlet"].notna(), file)
    return (scope + "\0" + table["source_id"]).where(table["source_id"].notna())


def _sharing(table: pd.DataFrame, keys: pd.Series[Any], shared: str) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    several = keys.notna() & keys.duplicated(keep=False)
    order = table[several].assign(_key=keys[several]).sort_values(["retrieved", "published"], kind="stable")
    for _, group in order.groupby("_key", sort=True):
        entries = group.drop_duplicates("article_id").to_dict("records")
        for before, entry in pairwise(entries):
            kind = "same_id" if shared == "source_id" else "updated" if _later(before, entry) else "same_url"
            rows.append((entry["article_id"], kind, entries[0]["article_id"], entry[shared]))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _later(before: dict[Any, Any], after: dict[Any, Any]) -> bool:
    """Return whether a time that both have says that one is later."""
    times = [(before[name], after[name]) for name in ("retrieved", "published")]
    return any(not pd.isna(first) and not pd.isna(second) and first < second for first, second in times)
