"""Copies of one text, and who copied whom."""

import random

import pandas as pd
import pytest

from corpus_tools import schema
from corpus_tools.articles import reprints
from corpus_tools.errors import InvalidQuery

WORDS = [
    f"{first}{second}"
    for first in ("ba", "do", "ki", "lu", "me", "no", "pa", "ri")
    for second in ("n", "ro", "st", "lem", "vi", "dar", "gol", "fen")
]


def _text(seed, sentences=30):
    chance = random.Random(seed)
    return "\n\n".join(" ".join(chance.choice(WORDS) for _ in range(14)).capitalize() + "." for _ in range(sentences))


def _articles(*rows):
    return schema.ARTICLES.conform([{"article_id": f"{number:02}", **row} for number, row in enumerate(rows)])


def _pairs(found):
    return {
        row["article_id"]: (row["cluster"], row["role"], row["source_article_id"]) for row in found.to_dict("records")
    }


def test_trimmed_retitled_and_merged_copies():
    first, second = _text(1), _text(2)
    articles = _articles(
        {"text": first, "outlet": "A", "published": "2016-08-02"},
        {"text": first[: len(first) // 2], "outlet": "B", "published": "2016-08-03"},
        {"text": _text(9, 4) + "\n\n" + first, "outlet": "C", "published": "2016-08-04"},
        {"text": second, "outlet": "A", "published": "2016-08-02"},
        {"text": first + "\n\n" + second[: len(second) // 3], "outlet": "D", "published": "2016-08-05"},
        {"text": _text(3), "outlet": "A", "published": "2016-08-02"},
    )
    found = reprints(articles)
    assert set(found["article_id"]) == {"00", "01", "02", "04"}
    assert set(found["cluster"]) == {1}
    assert _pairs(found)["00"][1] == "original"
    assert pd.isna(_pairs(found)["00"][2])
    assert _pairs(found)["01"] == (1, "reprint", "00")
    assert found.set_index("article_id")["share_kept"]["02"] == pytest.approx(1.0)
    assert found.set_index("article_id")["share_kept"]["01"] == pytest.approx(0.5, abs=0.02)


def test_furniture_that_many_share_joins_nothing():
    disclaimer = _text(99, 12)
    articles = _articles(
        *(
            {"text": _text(seed, 6) + "\n\n" + disclaimer, "outlet": "A", "published": "2016-08-02"}
            for seed in range(40)
        )
    )
    assert reprints(articles).empty


def test_furniture_of_one_outlet_joins_nothing_even_where_it_is_rare():
    own = _text(90, 8)
    rows = [{"text": f"{_text(number, 7)}\n\n{own}", "outlet": "A"} for number in range(6)]
    rows += [{"text": _text(50 + number, 7), "outlet": "B"} for number in range(4)]
    rows += [{"text": _text(2, 7), "outlet": "C"}]
    found = reprints(_articles(*rows))
    assert set(found["article_id"]) == {"02", "10"}


def test_versions_of_one_outlet_are_found():
    rows = [{"text": _text(1) + f" {_text(70 + number, 2)}", "outlet": "A"} for number in range(3)]
    rows += [{"text": _text(number), "outlet": "A"} for number in range(20, 40)]
    assert len(reprints(_articles(*rows))) == 3


def test_stated_source_wins_over_dates():
    text = _text(1)
    articles = _articles(
        {"text": text, "outlet": "Digest", "published": "2016-08-01", "original_outlet": "The Harl Post"},
        {"text": text, "outlet": "Harl Post", "published": "2016-08-02"},
        {"text": text, "outlet": "Echo", "published": "2016-08-03"},
    )
    found = reprints(articles).set_index("article_id")
    assert found.loc["00", ["role", "source_article_id", "stated_source"]].tolist() == [
        "reprint",
        "01",
        "The Harl Post",
    ]
    assert found.loc["01", "role"] == "original"
    assert set(found["cluster"]) == {1}


def test_wire_copy_is_known_by_the_agencys_initials():
    text = _text(1)
    articles = _articles(
        {"text": text, "outlet": "Meridian Press Agency", "published": "2016-08-02", "wire": "MPA"},
        {"text": text[: len(text) // 3] + _text(2, 40), "outlet": "Courier", "published": "2016-08-02", "wire": "MPA"},
    )
    found = reprints(articles).set_index("article_id")
    assert found.loc["01", ["role", "source_article_id", "stated_source"]].tolist() == ["reprint", "00", "MPA"]
    assert pd.isna(found.loc["00", "stated_source"])


def test_source_that_is_not_in_the_corpus():
    text = _text(1)
    articles = _articles(
        {"text": text, "outlet": "B", "published": "2016-08-02", "original_outlet": "Gone Gazette"},
        {"text": text, "outlet": "C", "published": "2016-08-03", "original_outlet": "Gone Gazette"},
    )
    found = reprints(articles)
    assert found["role"].tolist() == ["reprint", "reprint"]
    assert pd.isna(found["source_article_id"][0])


def test_two_that_name_each_other_do_not_run_in_a_ring():
    text = _text(1)
    articles = _articles(
        {"text": text, "outlet": "B", "published": "2016-08-02", "original_outlet": "C"},
        {"text": text, "outlet": "C", "published": "2016-08-03", "original_outlet": "B"},
    )
    assert reprints(articles)["source_article_id"].notna().sum() == 1


def test_long_quotation_is_no_reprint():
    quotation = " ".join(WORDS[:14])
    articles = _articles(*({"text": _text(seed) + f'\n\n"{quotation}", she said.', "outlet": "A"} for seed in range(3)))
    assert reprints(articles).empty


@pytest.mark.parametrize(
    "rows", [[], [{"text": "One."}], [{"text": "One."}, {"text": "Two."}], [{"text": ""}, {"text": None}]]
)
def test_little_or_nothing(rows):
    found = reprints(_articles(*rows) if rows else schema.ARTICLES.empty())
    assert found.empty
    assert list(found) == ["article_id", "cluster", "role", "source_article_id", "share_kept", "stated_source"]


def test_order_of_rows_does_not_matter():
    text = _text(1)
    articles = _articles(*({"text": text[: 400 * (seed + 2)], "outlet": f"O{seed}"} for seed in range(5)))
    forward = reprints(articles).sort_values("article_id", ignore_index=True)
    backward = reprints(articles[::-1]).sort_values("article_id", ignore_index=True)
    pd.testing.assert_frame_equal(forward, backward)


def test_wrong_options():
    with pytest.raises(InvalidQuery):
        reprints(_articles({"text": "x"}, {"text": "y"}), threshold=0)
