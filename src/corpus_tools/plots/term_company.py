"""Which words keep company, in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus_tools.plots._style import GREY, PALETTE, axes, empty, keep
from corpus_tools.plots._terms import WIDTH, beside, height, label_rows
from corpus_tools.plots._text import plain
from corpus_tools.plots._word_layout import arrange, sizes_of
from corpus_tools.schema import require

if TYPE_CHECKING:
    import networkx
    import pandas as pd
    from matplotlib.axes import Axes

_MEASURES = {
    "log_dice": "logDice (14 at most)",
    "log_likelihood": "Log-likelihood",
    "pmi": "Pointwise mutual information (bits)",
    "npmi": "Normalised pointwise mutual information",
}


def collocates(
    collocations: pd.DataFrame, *, ax: Axes | None = None, top: int = 20, measure: str | None = None
) -> Axes:
    """Draw the company of a word.

    Parameters
    ----------
    collocations : DataFrame
        What `corpus_tools.terms.collocations` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 20
        How many collocates to draw.
    measure : str, optional
        The measure to draw; by default the one that the table is ranked by.

    Returns
    -------
    Axes
        One point for each collocate; the number beside it says how often both stand together.
    """
    measure = measure or str(collocations.attrs.get("measure", "log_dice"))
    require(collocations, "node", "collocate", "count", measure)
    table = collocations.head(top)
    ax = axes(ax, height=height(len(table)))
    if table.empty:
        return empty(ax, "No word stands with it often enough to be shown.")
    several = len(table["node"].unique()) > 1
    pairs = table["node"] + " … " + table["collocate"] if several else table["collocate"]
    places = range(len(table))
    values = table[measure].astype(float)
    ax.hlines(places, min(0.0, float(values.min())), values, color=PALETTE[4], linewidth=3)
    ax.plot(values, places, "o", color=PALETTE[0])
    for place, count, value in zip(places, table["count"], values, strict=True):
        beside(ax, f"{int(count):,}", (float(value), place), gap=7)
    label_rows(ax, pairs)
    ax.margins(x=0.1)
    ax.set_xlabel(_MEASURES.get(measure, measure.replace("_", " ")))
    node = "Words that stand together" if several else f"Company of “{table['node'].iloc[0]}”"
    ax.set_title(plain(node, width=80), loc="left")
    return ax


_MEASURES = {
    "log_dice": "logDice (14 at most)",
    "log_likelihood": "Log-likelihood",
    "pmi": "Pointwise mutual information (bits)",
    "npmi": "Normalised pointwise mutual information",
}


def collocation_network(
    cooccurrence: pd.DataFrame,
    *,
    ax: Axes | None = None,
    top: int = 45,
    measure: str = "npmi",
    min_count: int = 3,
    smallest: int = 3,
    title: str | None = None,
) -> Axes:
    """Draw words that stand near each other as a network.

    Parameters
    ----------
    cooccurrence : DataFrame
        What `corpus_tools.terms.cooccurrence` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 45
        How many of the closest pairs to draw.
    measure : str
        What is close: a column of the table.
    min_count : int
        Fewest times together.
    smallest : int
        Fewest words of a connected part; 2 shows pairs that stand for themselves.
    title : str, optional
        Title of the picture.

    Returns
    -------
    Axes
        A word is the larger the more frequent it is; a line is the wider the more often both stand together; a colour
        is a group of words that stand nearer to each other than to the rest (Clauset, Newman and Moore 2004).

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import terms
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["heavy rain, heavy rain, cold wind, cold wind"]})
    >>> table = terms.cooccurrence(articles, window=1)
    >>> sorted(text.get_text() for text in collocation_network(table, min_count=2, smallest=2).texts)
    ['cold', 'heavy', 'rain', 'wind']
    """
    require(cooccurrence, "first", "second", "count", "first_count", "second_count", measure)
    graph = _graph(cooccurrence, top, measure, min_count, smallest)
    if not graph:
        return empty(axes(ax), "No words stand together often enough to be shown.")
    names = {word: plain(word, width=WIDTH) for word in sorted(graph)}
    most = max(int(graph.nodes[word]["count"]) for word in graph)
    points = {word: 8 + 7 * (graph.nodes[word]["count"] / most) ** 0.5 for word in names}
    boxes = dict(zip(names, sizes_of(list(names.values()), list(points.values())), strict=True))
    places = arrange(graph, boxes, width=_PAGE)
    left, right = (max(abs(places[word][0] + side * boxes[word][0] / 2) for word in names) for side in (0, 1))
    low = min(places[word][1] - boxes[word][1] / 2 for word in names)
    ax = axes(ax, width=_PAGE, height=0.6 - low)
    ax.set_axis_off()
    ax.set(xlim=(-0.1, max(left, right) + 0.1), ylim=(low - 0.1, 0.1))
    _lines(ax, graph, places)
    for word, colour in _communities(graph).items():
        ax.text(
            *places[word], names[word], fontsize=points[word], color=colour, ha="center", va="center", zorder=2,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
        )  # fmt: skip
    ax.set_title(plain(title or "Words that stand together"), loc="left")
    drawn = [graph.has_edge(*pair) for pair in zip(cooccurrence["first"], cooccurrence["second"], strict=True)]
    return keep(ax, cooccurrence.loc[drawn, ["first", "second", "count", "first_count", "second_count", measure]])


#: Width of a network in inches.
_PAGE = 9.0


def _lines(ax: Axes, graph: networkx.Graph[Any], places: dict[str, tuple[float, float]]) -> None:
    weights = {edge: float(graph.edges[edge]["weight"]) for edge in graph.edges()}
    heaviest = max(weights.values())
    for (one, other), weight in weights.items():
        (x, y), (u, v) = places[one], places[other]
        ax.plot([x, u], [y, v], color=GREY, alpha=0.45, linewidth=0.6 + 3.4 * weight / heaviest, zorder=1)


def _graph(table: pd.DataFrame, top: int, measure: str, min_count: int, smallest: int) -> networkx.Graph[Any]:
    """Return the closest pairs as a graph, without parts of fewer than `smallest` words."""
    import networkx as nx

    wanted = table[(table["first"] < table["second"]) & (table["count"] >= min_count) & table[measure].notna()]
    order = [measure, "count", "first", "second"]
    wanted = wanted.sort_values(order, ascending=[False, False, True, True], kind="stable").head(top)
    graph: networkx.Graph[Any] = nx.Graph()
    for row in wanted.to_dict("records"):
        graph.add_node(row["first"], count=row["first_count"])
        graph.add_node(row["second"], count=row["second_count"])
        graph.add_edge(row["first"], row["second"], weight=float(row["count"]))
    for part in list(nx.connected_components(graph)):
        if len(part) < smallest:
            graph.remove_nodes_from(part)
    return graph


def _communities(graph: networkx.Graph[Any]) -> dict[str, str]:
    """Return each word's colour: that of its group; small groups share a dark grey."""
    from networkx.algorithms.community import greedy_modularity_communities

    groups = sorted(greedy_modularity_communities(graph, weight="weight"), key=lambda group: (-len(group), min(group)))
    shades = [colour for colour in PALETTE if colour not in ("#F0E442", "#000000")]
    return {
        word: shades[number] if number < len(shades) and len(group) > 2 else "#333333"
        for number, group in enumerate(groups)
        for word in sorted(group)
    }
