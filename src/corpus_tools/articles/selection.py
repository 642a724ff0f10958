"""Choose articles by outlet and date."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date, datetime

import pandas as pd

from corpus_tools import schema
from corpus_tools.articles.rules import key
from corpus_tools.errors import InvalidQuery


def select(
    articles: pd.DataFrame,
    *,
    outlets: str | Iterable[str] | None = None,
    date_from: str | date | None = None,
    date_to: str | date | None = None,
) -> pd.DataFrame:
    """Return the articles of some outlets and days.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    outlets : str or iterable of str, optional
        Outlets to keep, by name (case and a leading "The" do not matter); all when empty.
    date_from, date_to : str or date, optional
        First and last day to keep, ``"YYYY-MM-DD"``; no limit when empty. Articles without a date are left out as soon
        as there is a limit.

    Returns
    -------
    DataFrame
        The chosen rows, in order, with a fresh index.

    Raises
    ------
    InvalidQuery
        When no article is of a named outlet (the message names the outlets that there are), or a date is none.

    Examples
    --------
    >>> articles = schema.ARTICLES.conform([{"article_id": "a", "outlet": "The Harl Post", "published": "2016-08-02"}])
    >>> len(select(articles, outlets=["Harl Post"], date_from="2016-08-01"))
    1
    """
    schema.require(articles, "outlet", "published")
    kept = pd.Series(True, index=articles.index)
    names = [outlets] if isinstance(outlets, str) else list(outlets or [])
    names = [name for name in names if name.strip()]
    if names:
        keys = articles["outlet"].map(key, na_action="ignore")
        known = {key(name): name for name in articles["outlet"].dropna()}
        for name in names:
            if key(name) not in known:
                raise InvalidQuery(_unknown(name, known))
        kept &= keys.isin([key(name) for name in names])
    first, last = _day(date_from, "date_from"), _day(date_to, "date_to")
    if first is not None and last is not None and first > last:
        raise InvalidQuery(f"date_from ({first.date()}) is after date_to ({last.date()}); swap them.")
    if first is not None:
        kept &= articles["published"] >= first
    if last is not None:
        kept &= articles["published"] < last + pd.Timedelta(days=1)
    return articles[kept].reset_index(drop=True)


def _unknown(name: str, known: dict[str, str]) -> str:
    if not known:
        return f"There are no articles of {name!r}: no article names its outlet."
    close = difflib.get_close_matches(key(name), known, n=1)
    hint = f" Did you mean {known[close[0]]!r}?" if close else ""
    shown = sorted(known.values())
    more = f" and {len(shown) - 30} more" if len(shown) > 30 else ""
    return f"There are no articles of {name!r}.{hint} There are: {', '.join(shown[:30])}{more}."


def _day(value: str | date | None, name: str) -> pd.Timestamp | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError as error:
            raise InvalidQuery(f"{name} is {value!r}; write a day as YYYY-MM-DD, e.g. 2016-08-02.") from error
    day = value.date() if isinstance(value, datetime) else value
    return pd.Timestamp(day.isoformat())
