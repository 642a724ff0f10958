import numpy as np
import pandas as pd
import pytest

from corpus_tools import plots, terms
from corpus_tools.errors import InvalidTable, MissingColumn


@pytest.fixture
def articles():
    return pd.DataFrame(
        {
            "article_id": ["a1", "a2", "a3"],
            "text": [
                "The dam broke. It cost $5m_2 and $6m.",
                "The dam held, the mayor said. The dam!",
                "Rain fell on the dam.",
            ],
            "outlet": ["Lakeside $ Post", "Meridian Press", None],
            "published": pd.to_datetime(["2031-03-02", "2031-05-01", None]),
        }
    ).astype({"outlet": "str"})


def draw(ax):
    """Render the picture, as a notebook does: this is where mathtext and layout would fail."""
    ax.figure.canvas.draw()
    return ax


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_frequencies_are_bars_with_intervals_and_counts(articles):
    table = terms.frequency(articles)
    ax = draw(plots.term_frequencies(table, top=3))
    assert [bar.get_width() for bar in ax.patches] == pytest.approx(table["per_million"].head(3).tolist())
    assert [label.get_text() for label in ax.get_yticklabels()] == table["term"].head(3).tolist()
    assert words(ax) == [str(count) for count in table["count"].head(3)]
    assert ax.get_xlim()[1] > table["high"].head(3).max()


def test_frequencies_refuse_groups(articles):
    with pytest.raises(InvalidTable, match="terms_by_group"):
        plots.term_frequencies(terms.frequency(articles, by="outlet"))
    with pytest.raises(InvalidTable, match="no groups"):
        plots.terms_by_group(terms.frequency(articles))
    with pytest.raises(InvalidTable, match="one group at a time"):
        plots.term_trends(terms.trend(articles, "dam", by="outlet"))
    with pytest.raises(MissingColumn):
        plots.term_frequencies(pd.DataFrame({"term": ["a"]}))


def test_groups_are_columns_with_their_rates_and_a_missing_group(articles):
    ax = draw(plots.terms_by_group(terms.frequency(articles, by="outlet"), top=1))
    assert [label.get_text() for label in ax.get_xticklabels()] == [r"Lakeside \$ Post", "Meridian Press", "(missing)"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["the"]
    assert words(ax) == ["125,000", "375,000", "200,000"]


def test_keywords_go_to_both_sides_and_hollow_where_chance_is_enough():
    target = {"dam": 300, "the": 9700, "lake": 11}
    reference = {"dam": 100, "the": 9900, "lake": 10, "harbour": 150}
    table = terms.keyness(target, reference)
    ax = draw(plots.keywords(table, target="A", reference="B"))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[0] == "dam"
    assert names[-1] == "harbour"
    points = {int(line.get_ydata()[0]): line for line in ax.lines if line.get_marker() == "o"}
    assert points[names.index("dam")].get_markerfacecolor() != "white"
    assert points[names.index("lake")].get_markerfacecolor() == "white"
    assert "300 : 100" in words(ax)
    assert ax.get_title(loc="left") == "Keywords of A against B"


def test_trends_leave_gaps_and_say_what_is_not_shown(articles):
    ax = draw(plots.term_trends(terms.trend(articles, ["dam", "rain"])))
    assert ax.get_title(loc="left") == "Terms over time (1 article without a date not shown)"
    assert {"dam", "rain"} <= set(words(ax))
    line = next(line for line in ax.lines if line.get_label() == "dam")
    values = line.get_ydata()
    assert len(values) == 3
    assert values[1] != values[1]
    assert ax.get_xlabel() == "Month of publication"


def test_one_period_is_drawn_as_points_side_by_side(articles):
    ax = draw(plots.term_trends(terms.trend(articles.head(1), ["dam", "it"])))
    assert len({tuple(line.get_xdata()) for line in ax.lines}) == 2


def test_places_have_a_row_for_each_term_even_for_absent_ones(articles):
    ax = draw(plots.term_places(terms.positions(articles, ["dam", "zeppelin"])))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["dam  (4 in 3)", "zeppelin  (0 in 0)"]
    assert ax.get_xlim() == (0, 21)


def test_collocates_and_pairs(articles):
    ax = draw(plots.collocates(terms.collocations(articles, node="dam", min_count=1)))
    assert ax.get_title(loc="left") == "Company of “dam”"
    pairs = draw(plots.collocates(terms.collocations(articles, min_count=1), measure="pmi"))
    assert "the … dam" in [label.get_text() for label in pairs.get_yticklabels()]


def test_empty_tables_say_so(articles):
    none = articles.head(0)
    for ax in (
        plots.term_frequencies(terms.frequency(none)),
        plots.terms_by_group(terms.frequency(none, by="outlet")),
        plots.keywords(terms.outlet_keyness(none)),
        plots.term_trends(terms.trend(none, "dam")),
        plots.term_trends(terms.trend(articles.tail(1), "dam")),
        plots.term_places(terms.positions(none, "dam")),
        plots.collocates(terms.collocations(none, node="dam")),
    ):
        draw(ax)
        assert len(ax.texts) == 1
        assert not ax.axison


def test_dollars_and_underscores_are_drawn_as_they_stand(articles):
    ax = draw(plots.collocates(terms.collocations(articles, node="cost", min_count=1)))
    assert ax.get_yticklabels()
    table = pd.DataFrame([{"term": "$a_b^c$ \\frac", "count": 1, "per_million": 1.0, "low": 0.5, "high": 2.0}])
    assert draw(plots.term_frequencies(table)).get_yticklabels()[0].get_text() == r"\$a_b^c\$ \frac"


def test_growth_of_many_groups_is_named_apart_inside_the_picture():
    texts = [f"the dam and the river number {place} " * (3 + place) for place in range(9)]
    table = pd.DataFrame({"article_id": list("abcdefghi"), "text": texts, "outlet": [f"Outlet {n}" for n in range(9)]})
    ax = plots.vocabulary_growth(terms.vocabulary_growth(table, by="outlet"))
    names = [text for text in ax.texts if text.get_text().startswith("Outlet")]
    assert len(names) == 7
    assert "Outlet 0" not in " ".join(text.get_text() for text in names)
    assert "7 largest of 9" in ax.get_title(loc="left")
    heights = sorted(text.xy[1] for text in names)
    low, high = ax.get_ylim()
    assert high >= heights[-1]
    assert min(np.diff(heights)) > 0.05 * (high - low)
