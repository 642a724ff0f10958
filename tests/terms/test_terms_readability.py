"""Measures of readability, by hand."""

import math

import pandas as pd
import pytest

from corpus_tools import terms
from corpus_tools.errors import MissingColumn
from corpus_tools.terms._syllables import syllables


def corpus(texts, **columns):
    return pd.DataFrame({"article_id": [str(n) for n in range(len(texts))], "text": texts, **columns})


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("dam", 1), ("whole", 1), ("warned", 1), ("missed", 1), ("makes", 1), ("years", 1), ("river", 2), ("table", 2),
        ("wanted", 2), ("being", 2), ("flying", 2), ("social", 2), ("nation", 2), ("houses", 2), ("rhythm", 2),
        ("player", 2), ("minister", 3), ("government", 3), ("various", 3), ("radio", 3), ("media", 3), ("usual", 3),
        ("stadium", 3), ("precious", 2), ("authority", 4), ("political", 4), ("well-known", 2), ("mayor’s", 2),
        ("quality", 3), ("opened", 2), ("faced", 1), ("Oda", 2), ("2031", 1), ("дом", 1), ("tables", 2),
    ],
)  # fmt: skip
def test_syllables_by_rule(word, number):
    assert syllables(word) == number


def test_measures_by_hand():
    row = terms.readability(corpus(["The minister saw the river. Nobody warned the authority!"])).iloc[0]
    # 9 words in 2 sentences; syllables 1 3 1 1 2, 3 1 1 4; minister, nobody, authority have three or more.
    counts = ["sentences", "words", "letters", "long_words", "syllables", "words_of_three_syllables"]
    assert row[counts].tolist() == [2, 9, 46, 2, 17, 3]
    w, y = 9 / 2, 17 / 9
    expected = {
        "flesch": 206.835 - 1.015 * w - 84.6 * y,
        "flesch_kincaid": 0.39 * w + 11.8 * y - 15.59,
        "gunning_fog": 0.4 * (w + 100 * 3 / 9),
        "smog": 1.043 * math.sqrt(30 * 3 / 2) + 3.1291,
        "coleman_liau": 0.0588 * (4600 / 9) - 0.296 * (200 / 9) - 15.8,
        "automated_readability_index": 4.71 * 46 / 9 + 0.5 * w - 21.43,
        "lix": w + 100 * 2 / 9,
    }
    for name, value in expected.items():
        assert row[name] == pytest.approx(value), name


def test_unknown_stays_missing():
    texts = ["Der Damm brach.", "", None, "?!", "The dam broke.", "The dam broke."]
    table = terms.readability(corpus(texts, language=["de", "en", "en", "en", "en-GB", None]))
    assert table["flesch"].notna().tolist() == [False, False, False, False, True, True]
    assert table["lix"].notna().tolist() == [True, False, False, False, True, True]
    assert table["syllables"].isna().tolist() == [True, False, False, False, False, False]
    assert table["words"].tolist() == [3, 0, 0, 0, 3, 3]
    unknown = terms.readability(corpus(["The dam broke."]), language=None)
    assert unknown["flesch"].isna().all()
    assert unknown["language"].isna().all()
    assert unknown["lix"].tolist() == [3.0]
    assert terms.readability(corpus([])).empty
    with pytest.raises(MissingColumn):
        terms.readability(pd.DataFrame({"text": ["The dam."]}))
