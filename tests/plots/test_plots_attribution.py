"""The pictures say what the tables say."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import networkx
import pandas as pd
import pytest

from corpus_tools import attribution, plots

mpl.use("Agg")

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a1", "a2"],
        "outlet": ["Brandel $Courier$", "Evening Gull"],
        "text": [
            "Mayor Ilva Torrin said the town was broke. Residents said that $5 was too much, and $6 more so.",
            "Reuters reported that some 300 people had fled. Torrin denied that it was true.",
        ],
    }
)
FOUND = attribution.find(ARTICLES)


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def _draw(ax):
    ax.figure.canvas.draw()
    return [text.get_text() for text in ax.texts] + [label.get_text() for label in ax.get_yticklabels()]


def test_sources_ranked():
    ax = plots.sources_ranked(attribution.sources(FOUND))
    labels = _draw(ax)
    assert "Ilva Torrin" in labels
    assert sum(bar.get_width() for bar in ax.patches) == FOUND["speaker"].notna().sum()


def test_cue_verbs_are_grouped():
    labels = _draw(plots.cue_verbs(attribution.cues(FOUND, ARTICLES)))
    assert {"say", "deny", "neutral", "denial"} <= set(labels)


@pytest.mark.parametrize("most", [1, 8, 130, 4000])
def test_cue_verbs_have_plain_numbers_on_their_axis(most: int) -> None:
    cues = pd.DataFrame({"cue": ["say", "claim"], "cue_class": ["neutral", "doubtful"], "attributions": [most, 1]})
    ax = plots.cue_verbs(cues)
    _draw(ax)
    ticks = [*ax.get_xticklabels(), *ax.xaxis.get_minorticklabels()]
    assert all(tick.get_text().replace(",", "").isdigit() for tick in ticks if tick.get_text())
    low, high = ax.get_xlim()
    assert any(low <= tick.get_position()[0] <= high for tick in ticks if tick.get_text())


def test_anonymity_hedging_and_balance_name_each_outlet():
    shares = attribution.balance(FOUND, ARTICLES, of="anonymity")
    for ax in (
        plots.anonymity_by_outlet(shares),
        plots.hedging_by_outlet(attribution.hedging(FOUND, ARTICLES)),
        plots.speech_balance(attribution.balance(FOUND, ARTICLES)),
    ):
        labels = _draw(ax)
        assert any(label.startswith(r"Brandel \$Courier\$ (") for label in labels)
        assert any(label.startswith("Evening Gull (") for label in labels)


def test_network_tells_outlets_from_sources():
    labels = _draw(plots.source_network(attribution.network(FOUND, ARTICLES)))
    assert {"Ilva Torrin", "Reuters", "Evening Gull"} <= set(labels)


def test_empty_tables_say_so():
    nothing = FOUND.iloc[:0]
    for ax in (
        plots.sources_ranked(attribution.sources(nothing)),
        plots.cue_verbs(attribution.cues(nothing)),
        plots.anonymity_by_outlet(attribution.balance(nothing, ARTICLES, of="anonymity")),
        plots.hedging_by_outlet(attribution.hedging(nothing, ARTICLES)),
        plots.speech_balance(attribution.balance(nothing, ARTICLES)),
        plots.source_network(networkx.DiGraph()),
    ):
        assert any(text.startswith("No ") for text in _draw(ax))
