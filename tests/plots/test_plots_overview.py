"""What a corpus consists of: tables, and pictures whose data is checked rather than their pixels."""

from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from corpus_tools import plots
from corpus_tools.articles import describe
from corpus_tools.language import words
from corpus_tools.schema import ARTICLES

mpl.use("Agg")


def articles() -> pd.DataFrame:
    rows = [
        {
            "outlet": "Meridian Post",
            "published": "2031-01-03",
            "text": "one two three",
            "wire": "HW",
            "title": "$3m to $4m",
        },
        {"outlet": "Meridian Post", "published": "2031-01-04", "text": "one", "authors": ["A"], "title": "T"},
        {"outlet": "Open Ledger", "published": "2031-03-01", "text": "one two", "original_outlet": "Crosswind"},
        {"outlet": None, "published": None, "text": "one two three four", "title": "T", "language": "en"},
    ]
    return ARTICLES.conform([{"article_id": f"a{n}", **row} for n, row in enumerate(rows)])


@pytest.fixture
def ax() -> Any:
    return Figure(layout="constrained").subplots()


def test_outlets_are_counted() -> None:
    table = describe.by_outlet(describe.lengths(articles(), words=words))
    assert table["outlet"].fillna("–").tolist() == ["Meridian Post", "Open Ledger", "–"]
    assert table[["articles", "words", "own", "wire", "republished"]].to_numpy().tolist() == [
        [2, 4, 1, 1, 0],
        [1, 2, 0, 0, 1],
        [1, 4, 1, 0, 0],
    ]
    assert table.loc[0, "median_words"] == 2
    assert str(table.loc[0, "last"])[:10] == "2031-01-04"


def test_gaps_are_counted() -> None:
    table = describe.completeness(articles()).set_index("field")["missing"]
    assert table.to_dict() == {"title": 1, "authors": 3, "outlet": 1, "published": 1, "url": 4, "language": 3}
    by_outlet = describe.completeness(articles(), by="outlet")
    assert by_outlet.query("field == 'authors' and outlet == 'Meridian Post'")["share_missing"].tolist() == [0.5]
    assert by_outlet[by_outlet["outlet"].isna()].set_index("field").loc["outlet", "missing"] == 1


def test_credits_languages_and_reasons() -> None:
    assert describe.credits(articles())[["credited", "kind", "articles"]].to_numpy().tolist() == [
        ["HW", "wire", 1],
        ["Crosswind", "republished", 1],
    ]
    assert describe.languages(articles())["articles"].tolist() == [3, 1]
    rejected = pd.DataFrame({"reason": ["empty", "empty", "no_text"], "source_path": ["b", "a", "c"]})
    assert describe.reasons(rejected).to_numpy().tolist() == [["empty", 2, "a"], ["no_text", 1, "c"]]


def test_clusters_carry_what_articles_are_known_by() -> None:
    reprints = pd.DataFrame(
        {"article_id": ["a1", "a0"], "cluster": ["c", "c"], "role": ["reprint", "original"], "share_kept": [0.8, None]}
    )
    table = describe.clusters(articles(), reprints)
    assert table["title"].tolist() == ["$3m to $4m", "T"]
    assert table.columns[:5].tolist() == ["cluster", "role", "outlet", "published", "title"]


def test_bars_by_outlet(ax: Any) -> None:
    plots.articles_by_outlet(describe.by_outlet(describe.lengths(articles(), words=words)), ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Meridian Post", "Open Ledger", "(no outlet named)"]
    assert [bar.get_width() for bar in ax.containers[0]] == [1, 0, 1]
    assert len(ax.get_legend().get_texts()) == 3


def test_bars_over_time(ax: Any) -> None:
    plots.articles_over_time(articles(), ax=ax)
    assert ax.get_title("left") == "Articles published per week (1 without a date not shown)"
    assert [bar.get_height() for bar in ax.containers[0]] == [2, 0]
    years = articles().assign(published=pd.to_datetime(["2011-01-03", "2015-01-04", "2016-02-01", None]))
    fresh = Figure().subplots()
    assert plots.articles_over_time(years, ax=fresh).get_ylabel() == "Articles per month"


def test_lengths(ax: Any) -> None:
    plots.article_lengths(describe.lengths(articles(), words=words), ax=ax)
    assert sorted(ax.collections[0].get_offsets()[:, 0].tolist()) == [1, 3]


def test_gaps(ax: Any) -> None:
    plots.metadata_gaps(describe.completeness(articles(), by="outlet"), ax=ax)
    assert [text.get_text() for text in ax.texts[:3]] == ["·", "50%", "·"]


def test_clusters(ax: Any) -> None:
    reprints = pd.DataFrame({"article_id": ["a1", "a0"], "cluster": ["c", "c"], "role": ["reprint", "original"]})
    plots.reprint_clusters(describe.clusters(articles(), reprints), ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == [r"\$3m to \$4m"]


def test_quality(ax: Any) -> None:
    scores = {"measure": ["events"], "precision": [0.5], "recall": [0.25], "expected": [4]}
    plots.quality_scores(pd.DataFrame(scores), ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["events (n = 4)"]


def test_nothing_to_draw_is_said() -> None:
    nothing = articles().head(0)
    clusters = describe.clusters(nothing, pd.DataFrame({"article_id": [], "cluster": [], "role": []}, dtype="str"))
    drawn = [
        plots.articles_by_outlet(describe.by_outlet(describe.lengths(nothing, words=words)), ax=Figure().subplots()),
        plots.articles_over_time(nothing, ax=Figure().subplots()),
        plots.article_lengths(describe.lengths(nothing, words=words), ax=Figure().subplots()),
        plots.metadata_gaps(describe.completeness(nothing, by="outlet"), ax=Figure().subplots()),
        plots.reprint_clusters(clusters, ax=Figure().subplots()),
        plots.quality_scores(None, ax=Figure().subplots()),
    ]
    assert [ax.texts[0].get_text() for ax in drawn] == [
        "There are no articles.",
        "No article has a date of publication.",
        "There are no articles.",
        "There are no articles.",
        "No articles share their text.",
        "There is nothing to compare with.",
    ]
    assert not any(ax.axison for ax in drawn)


def test_one_article_and_hostile_names(ax: Any) -> None:
    one = articles().head(1).assign(outlet=r"$\frac{1}{0}$ <b>")
    plots.articles_over_time(one, ax=ax)
    plots.articles_by_outlet(describe.by_outlet(describe.lengths(one, words=words)), ax=Figure().subplots())
    ax.figure.canvas.draw()
