"""How hard texts are to read, by the length of their sentences and words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.language import sentences, words
from corpus_tools.terms._syllables import syllables

_COUNTS = ("sentences", "words", "letters", "long_words", "syllables", "words_of_three_syllables")
_OF_ENGLISH = ("syllables", "words_of_three_syllables")


def readability(articles: pd.DataFrame, *, language: str | None = "en") -> pd.DataFrame:
    """Measure how hard each article is to read.

    Parameters
    ----------
    articles : DataFrame
        The articles, with their texts.
    language : str, optional
        Language of articles of which the table does not say it; None leaves them without the measures of English.

    Returns
    -------
    DataFrame
        One row for each article: ``article_id``, ``language``, ``sentences``, ``words``, ``letters`` (and digits, in
        words), ``long_words`` (of more than six), ``syllables``, ``words_of_three_syllables`` (or more), then
        ``flesch`` (reading ease, higher is easier), ``flesch_kincaid``, ``gunning_fog``, ``smog``, ``coleman_liau``,
        ``automated_readability_index`` (all in years of school) and ``lix``. All but `lix` are missing for texts in
        other languages than English, and all for texts without words.

    Notes
    -----
    Syllables are counted by rules of spelling (`corpus_tools.terms._syllables`), so measures that rest on them are off
    where many names are; `gunning_fog` takes names and compounds for words like others. `smog` was made for 30
    sentences and varies widely below. Headlines, lists and quotations without marks lengthen sentences.

    References
    ----------
    Flesch (1948), A new readability yardstick. Kincaid et al. (1975). Gunning (1952), The technique of clear writing.
    McLaughlin (1969), SMOG grading. Coleman and Liau (1975). Senter and Smith (1967). Björnsson (1968), Läsbarhet.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["The dam broke. Nobody saw the water."]})
    >>> readability(articles)[["sentences", "words", "syllables", "lix"]].values.tolist()
    [[2, 7, 10, 3.5]]
    """
    schema.require(articles, "article_id", "text")
    counts = pd.DataFrame([_counts(text) for text in articles["text"]], columns=list(_COUNTS), dtype="int64")
    spoken = pd.Series([language] * len(articles), dtype="str")
    if "language" in articles.columns:
        spoken = articles["language"].astype("str").reset_index(drop=True).fillna(spoken)
    english = np.array([isinstance(code, str) and code.lower().split("-")[0] == "en" for code in spoken], dtype=bool)
    ids = articles["article_id"].astype("str").reset_index(drop=True)
    table = pd.concat([pd.DataFrame({"article_id": ids, "language": spoken}), counts], axis=1)
    for name in _OF_ENGLISH:
        table[name] = counts[name].astype("Int64").where(english)
    return table.assign(**_measures(counts, english))


def _measures(counts: pd.DataFrame, english: Any) -> dict[str, Any]:
    """Return each measure of the texts for which it has a meaning."""
    some = counts.where(counts["words"] > 0).astype("float64")
    s, w, c, y = (some[name] for name in ("sentences", "words", "letters", "syllables"))
    hard = some["words_of_three_syllables"]
    measures = {
        "flesch": 206.835 - 1.015 * w / s - 84.6 * y / w,
        "flesch_kincaid": 0.39 * w / s + 11.8 * y / w - 15.59,
        "gunning_fog": 0.4 * (w / s + 100 * hard / w),
        "smog": 1.043 * (30 * hard / s) ** 0.5 + 3.1291,
        "coleman_liau": 5.88 * c / w - 29.6 * s / w - 15.8,
        "automated_readability_index": 4.71 * c / w + 0.5 * w / s - 21.43,
    }
    of_english = {name: values.where(english) for name, values in measures.items()}
    return {**of_english, "lix": w / s + 100 * some["long_words"] / w}


def _counts(text: Any) -> tuple[int, ...]:
    """Return what is counted in a text; sentences without a word are none."""
    if not isinstance(text, str):
        return (0,) * len(_COUNTS)
    spans = words(text)
    ends = np.fromiter((end for _, end in sentences(text)), dtype=np.int64)
    starts = np.fromiter((start for start, _ in spans), dtype=np.int64)
    number = len(np.unique(np.searchsorted(ends, starts, side="right")))
    found = [text[start:end] for start, end in spans]
    letters = [sum(map(str.isalnum, word)) for word in found]
    of_word = [syllables(word) for word in found]
    long_words, hard = sum(size > 6 for size in letters), sum(size > 2 for size in of_word)
    return number, len(found), sum(letters), long_words, sum(of_word), hard
