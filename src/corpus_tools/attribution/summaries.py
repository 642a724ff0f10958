"""Who is quoted how often, with which cues, and who gets which share of the speech."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.attribution import _tables as tables

_SOURCE_COLUMNS = [
    *(
        "speaker",
        "speaker_kind",
        "speaker_role",
        "anonymity",
        "attributions",
        "direct",
        "mixed",
        "indirect",
        "articles",
    ),
    *("outlets", "negated", "hedged", "words", "written_as"),
]


def sources(
    attributions: pd.DataFrame,
    aliases: Mapping[str, str] | str | Path | None = None,
    *,
    articles: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the speakers over a corpus.

    Parameters
    ----------
    attributions : DataFrame
        As `find` gives it.
    aliases : mapping or path, optional
        Other spellings and the name to use: a mapping, or a tab-separated file of two columns (alias, name). Without
        it, spellings that differ in case, a leading article or a title only are joined, and so is a surname with the
        one full name of
        the corpus that ends in it.
    articles : DataFrame, optional
        When given, `outlets` lists the outlets that quote the speaker; else it is empty.

    Returns
    -------
    DataFrame
        One row for each speaker, most attributions first: speaker, speaker_kind, speaker_role (the most frequent),
        anonymity,
        attributions, direct, mixed, indirect, articles (number), outlets (list), negated, hedged, words (attributed),
        written_as (list).
        Attributions whose speaker is unknown are not in it.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.attribution import find
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["Mayor Ada Lind said it was over. It was, Lind said."]})
    >>> sources(find(articles))[["speaker", "attributions"]].values.tolist()
    [['Ada Lind', 2]]
    """
    rows = tables.speech(attributions)
    schema.require(rows, "speaker", "kind", "content", "source")
    rows = rows[rows["speaker"].notna()]
    if articles is not None:
        rows = tables.with_article(rows, articles, "outlet")
    if rows.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in _SOURCE_COLUMNS})
    named = rows.assign(_name=tables.joined(rows, tables.aliases_from(aliases)))
    made = [_one_source(str(name), group) for name, group in named.groupby("_name", sort=True)]
    table = pd.DataFrame(made, columns=_SOURCE_COLUMNS)
    return table.sort_values(["attributions", "speaker"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _one_source(name: str, group: pd.DataFrame) -> dict[str, object]:
    kinds = group["kind"].value_counts()
    outlets = sorted(set(group["outlet"]) - {tables.UNKNOWN_OUTLET}) if "outlet" in group.columns else []
    return {
        "speaker": name,
        "speaker_kind": _commonest(group["speaker_kind"]),
        "speaker_role": _commonest(group["speaker_role"]),
        "anonymity": _commonest(group["anonymity"]),
        "attributions": len(group),
        **{kind: int(kinds.get(kind, 0)) for kind in schema.ATTRIBUTION_KINDS},
        "articles": group["article_id"].nunique(),
        "outlets": outlets,
        "negated": int(group["negated"].fillna(False).sum()),
        "hedged": int(group["hedges"].map(len).gt(0).sum()),
        "words": int(group["content"].str.split().map(len).sum()),
        "written_as": sorted(set(group["source"].dropna())),
    }


def _commonest(series: pd.Series) -> str | None:
    counts = series.dropna().value_counts()
    if counts.empty:
        return None
    return str(sorted(counts[counts == counts.max()].index)[0])


def cues(attributions: pd.DataFrame, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the cue words by class, and by outlet when the articles are given.

    Parameters
    ----------
    attributions : DataFrame
        As `find` gives it.
    articles : DataFrame, optional
        Needs ``article_id`` and ``outlet``.

    Returns
    -------
    DataFrame
        cue (base form: "say" for "has said"), cue_class, outlet (only with `articles`), attributions, share (of the
        outlet's, or of all, attributions); most frequent first.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.attribution import find
    >>> text = "Lind said the bridge was safe. Orme claimed it was not."
    >>> cues(find(pd.DataFrame({"article_id": ["a"], "text": [text]})))[["cue", "cue_class"]].values.tolist()
    [['claim', 'doubtful'], ['say', 'neutral']]
    """
    rows = tables.speech(attributions) if articles is None else tables.with_article(attributions, articles, "outlet")
    schema.require(rows, "cue_lemma", "cue_class")
    by = ["cue", "cue_class"] + ([] if articles is None else ["outlet"])
    rows = rows.assign(cue=rows["cue_lemma"])
    counted = rows.groupby(by, sort=True, dropna=False).size().rename("attributions").reset_index()
    totals = counted.groupby("outlet")["attributions"].transform("sum") if articles is not None else len(rows)
    counted["share"] = counted["attributions"] / totals if len(counted) else pd.Series(dtype="float64")
    return counted.sort_values(["attributions", *by], ascending=[False, *[True] * len(by)], kind="stable").reset_index(
        drop=True
    )


def balance(
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "outlet",
    *,
    of: str = "speaker_kind",
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of the speech that each kind of source gets, with intervals.

    Parameters
    ----------
    attributions, articles : DataFrame
        As `find` and the reader give them.
    by : str
        Column of `articles` to compare by.
    of : str
        Column of `attributions` whose values share the speech: ``speaker_kind``, ``anonymity``, ``kind``,
        ``cue_class`` ...
    resamples : int
        How often the articles of a group are drawn again for the interval.
    seed : int
        Of the random draws; the same seed gives the same interval.

    Returns
    -------
    DataFrame
        `by`, `of`, attributions, words (attributed), share (of attributions), share_low, share_high (95% bootstrap
        interval over articles; missing for a group of one article), word_share, articles (of the group).

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap: resampling whole articles keeps together what one
    journalist wrote.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.attribution import find
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Post"], "text": ["The ministry said it was over."]})
    >>> balance(find(articles), articles)[["outlet", "speaker_kind", "share"]].values.tolist()
    [['Post', 'government', 1.0]]
    """
    rows = tables.with_article(attributions, articles, by)
    schema.require(rows, of, "content")
    rows = rows.assign(words=rows["content"].fillna("").str.split().map(len))
    columns = [by, of, "attributions", "words", "share", "share_low", "share_high", "word_share", "articles"]
    made = []
    ids = articles.drop_duplicates("article_id")
    values = ids[by].fillna(tables.UNKNOWN_OUTLET) if by == "outlet" else ids[by]
    for group, inside in rows.dropna(subset=[by]).groupby(by, sort=True):
        members = ids.loc[values == group, "article_id"]
        grid = pd.crosstab(inside["article_id"], inside[of]).reindex(members, fill_value=0)
        counts = grid.to_numpy(dtype=float)
        low, high = tables.interval(counts, tables.proportions, resamples=resamples, seed=seed)
        words = inside.groupby(of)["words"].sum()
        for place, value in enumerate(grid.columns):
            number = counts[:, place].sum()
            made.append((group, value, int(number), int(words[value]), number / max(counts.sum(), 1), low[place],
                         high[place], words[value] / max(words.sum(), 1), len(members)))  # fmt: skip
    return pd.DataFrame(made, columns=columns)


def hedging(
    attributions: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet", *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Share of attributions with at least one hedge, with intervals.

    Parameters
    ----------
    attributions, articles : DataFrame
    by : str
        Column of `articles` to compare by.
    resamples, seed : int
        As in `balance`.

    Returns
    -------
    DataFrame
        `by`, attributions, hedged, share, share_low, share_high, articles.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.attribution import find
    >>> text = ["Lind said some 40 people had left."]
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Post"], "text": text})
    >>> hedging(find(articles), articles)[["outlet", "hedged", "share"]].values.tolist()
    [['Post', 1, 1.0]]
    """
    schema.require(attributions, "hedges")
    rows = tables.with_article(attributions, articles, by)
    marked = rows.assign(hedging=np.where(rows["hedges"].map(len).gt(0), "hedged", "plain"))
    shares = balance(marked, articles, by, of="hedging", resamples=resamples, seed=seed)
    totals = shares.groupby(by)["attributions"].sum()
    hedged = shares[shares["hedging"] == "hedged"].set_index(by)
    table = pd.DataFrame({"attributions": totals})
    table["hedged"] = hedged["attributions"].reindex(totals.index).fillna(0).astype("int64")
    table["share"] = table["hedged"] / table["attributions"] if len(table) else pd.Series(dtype="float64")
    table["share_low"] = hedged["share_low"].reindex(totals.index)
    table["share_high"] = hedged["share_high"].reindex(totals.index)
    table["articles"] = shares.groupby(by)["articles"].first().reindex(totals.index)
    return table.rename_axis(by).reset_index()
