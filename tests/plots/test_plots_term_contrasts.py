"""Two corpora, networks, growth, ranks and names in pictures."""

import numpy as np
import pandas as pd
import pytest

from corpus_tools import plots, terms
from corpus_tools.errors import InvalidTable, MissingColumn
from corpus_tools.plots._labels import Label, place_labels
from corpus_tools.plots._word_layout import arrange


@pytest.fixture
def articles():
    return pd.DataFrame(
        {
            "article_id": [f"a{number}" for number in range(12)],
            "text": ["The $5m dam broke. High water came."] * 5 + ["The dam held, the mayor said. Heavy rain."] * 7,
            "outlet": ["Lakeside $ Post"] * 5 + ["Meridian Press"] * 7,
            "published": pd.date_range("2031-03-01", periods=12, freq="MS"),
        }
    ).astype({"article_id": "str", "text": "str", "outlet": "str"})


@pytest.fixture
def keyness():
    target = {"dam": 300, "the": 9600, "lake": 11, "only": 40, "$x": 49}
    reference = {"dam": 100, "the": 9650, "lake": 10, "harbour": 150, "other": 90}
    return terms.keyness(target, reference)


def draw(ax):
    """Render the picture, as a notebook does."""
    ax.figure.canvas.draw()
    return ax


def words(ax):
    return [text.get_text() for text in ax.texts]


def overlapping(ax):
    """Return the pairs of texts that cover each other."""
    renderer = ax.figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in ax.texts]
    return [
        (one, other)
        for number, (one, box) in enumerate(boxes)
        for other, second in boxes[number + 1 :]
        if box.overlaps(second)
    ]


def colour_of(ax, name):
    return next(text.get_color() for text in ax.texts if text.get_text() == name)


def test_volcano_shows_size_and_evidence(keyness):
    ax = draw(plots.keyness_volcano(keyness, target="A", reference="B"))
    assert {"dam", "harbour", "only", r"\$x"} <= set(words(ax))
    assert "lake" not in words(ax) or colour_of(ax, "lake") == "#444444"
    assert colour_of(ax, "dam") == plots._style.PALETTE[0]
    assert colour_of(ax, "harbour") == plots._style.PALETTE[1]
    assert "more in A →" in words(ax)
    assert not overlapping(ax)
    points = np.concatenate([part.get_offsets() for part in ax.collections])
    assert len(points) == len(keyness)
    row = keyness.set_index("term").loc["harbour"]
    assert any(np.allclose(point, [row["log_ratio"], -row["log_likelihood"]]) for point in points)


def test_contrast_shows_both_rates_and_what_one_corpus_lacks(keyness):
    ax = draw(plots.term_contrast(keyness, target="A", reference="B"))
    assert ax.get_xlabel() == "B: occurrences per million words"
    assert next(label.get_text() for label in ax.get_xticklabels()) == "0"
    points = np.concatenate([part.get_offsets() for part in ax.collections])
    assert len(points) == len(keyness)
    # What the reference lacks stands at the left edge, half as far from 0 as the least rate.
    least = keyness[["per_million", "reference_per_million"]].to_numpy()
    least = least[least > 0].min()
    assert sorted(points[:, 0])[:2] == pytest.approx([least / 2] * 2)
    assert {"dam", "harbour", "only"} <= set(words(ax))
    assert not overlapping(ax)


def test_many_points_are_one_picture_inside_the_drawing():
    chance = np.random.default_rng(5)
    counts = chance.integers(1, 3000, (2, 900))
    target, reference = ({f"w{place}": int(count) for place, count in enumerate(row)} for row in counts)
    ax = draw(plots.term_contrast(terms.keyness(target, reference)))
    assert any(part.get_rasterized() for part in ax.collections)
    assert not overlapping(ax)


def test_labels_keep_apart_and_leave_out_what_has_no_room():
    import matplotlib.pyplot as plt

    ax = plt.subplots(figsize=(3, 3))[1]
    ax.set(xlim=(0, 1), ylim=(0, 1))
    labels = [Label(f"label {number}", 0.5, 0.5 + number / 1000, "black") for number in range(40)]
    written = place_labels(ax, labels)
    assert 2 <= written < 40
    assert words(ax)[0] == "label 0"
    assert not overlapping(draw(ax))


def test_network_draws_words_once_and_apart(articles):
    table = terms.cooccurrence(articles, window=3)
    ax = draw(plots.collocation_network(table))
    assert len(words(ax)) == len(set(words(ax))) > 5
    assert r"\$5m" not in words(ax)
    assert not overlapping(ax)
    shuffled = plots.collocation_network(table.sample(frac=1, random_state=4))
    assert [(text.get_text(), text.get_position()) for text in shuffled.texts] == [
        (text.get_text(), text.get_position()) for text in ax.texts
    ]


def test_parts_of_a_network_stand_in_rows():
    import networkx as nx

    graph = nx.Graph([("a", "b"), ("c", "d"), ("e", "f"), ("g", "h"), ("h", "i")])
    boxes = {word: np.array([0.8, 0.2]) for word in graph}
    places = arrange(graph, boxes, width=5.0)
    assert set(places) == set(graph)
    for one in graph:
        for other in graph:
            apart = np.abs(np.subtract(places[one], places[other]))
            assert one == other or (apart >= boxes[one] - 1e-6).any()


def test_growth_names_each_group_with_its_exponent(articles):
    ax = draw(plots.vocabulary_growth(terms.vocabulary_growth(articles, by="outlet")))
    assert [word.split(" β")[0] for word in words(ax)] == [r"Lakeside \$ Post", "Meridian Press"]
    # A curve, the law and the end of the curve for each.
    assert len(ax.lines) == 6
    whole = plots.vocabulary_growth(terms.vocabulary_growth(articles, points=2))
    assert words(draw(whole)) == [""]


def test_ranks_fall_beside_the_law():
    counts = np.round(5000 * (np.arange(1, 300) + 2.0) ** -1.0).astype(int)
    listed = [[f"w{rank:03d}" for rank, count in enumerate(counts.tolist()) for _ in range(count)]]
    table = terms.zipf(terms.tokens_from_lists(listed))
    ax = draw(plots.zipf(table))
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert ax.get_title(loc="left").startswith("Frequency by rank: count ~ 1 / (rank + ")
    assert "w000" in words(ax)
    assert len(ax.lines[1].get_xdata()) <= 60


def test_names_are_shares_with_counts(articles):
    concepts = {"flood": ["high water", "heavy rain", "dam"], "nobody": ["zeppelin"]}
    table = terms.concept_frequency(articles, concepts, by="outlet")
    ax = draw(plots.concept_names(table))
    assert [label.get_text() for label in ax.get_yticklabels()] == [r"Lakeside \$ Post", "Meridian Press"]
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["dam", "heavy rain", "high water"]
    assert words(ax) == ["5", "7", "7", "5", "10", "14"]
    few = draw(plots.concept_names(table, top=1))
    assert [text.get_text() for text in few.get_legend().get_texts()] == ["dam", "other names"]
    assert not draw(plots.concept_names(table, concept="nobody")).axison
    with pytest.raises(InvalidTable, match="by='outlet'"):
        plots.concept_names(terms.concept_frequency(articles, concepts))


def test_changes_are_marked_on_trends(articles):
    trend = terms.trend(articles, ["mayor", "dam"])
    ax = draw(plots.term_trends(trend, changes=terms.change_points(trend)))
    assert words(ax).count("▲") == 1
    assert "▼" not in words(ax)


def test_empty_tables_say_so(articles):
    none = articles.head(0)
    empty_keyness = terms.outlet_keyness(none)
    for ax in (
        plots.keyness_volcano(empty_keyness),
        plots.term_contrast(empty_keyness),
        plots.collocation_network(terms.cooccurrence(none)),
        plots.vocabulary_growth(terms.vocabulary_growth(none)),
        plots.zipf(terms.zipf(none)),
        plots.concept_names(terms.concept_frequency(none, {"a": ["dam"]}, by="outlet")),
    ):
        draw(ax)
        assert len(ax.texts) == 1
        assert not ax.axison
    with pytest.raises(MissingColumn):
        plots.term_contrast(pd.DataFrame({"term": ["a"]}))
