"""How a network of outlets and sources is laid out and drawn, for `plots.source_network`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from corpus_tools.plots._style import GREY, PALETTE, axes, keep
from corpus_tools.plots._text import plain

if TYPE_CHECKING:
    import networkx
    import pandas as pd
    from matplotlib.axes import Axes


def draw(graph: networkx.DiGraph[Any], ax: Axes | None, top: int, title: str) -> Axes:
    """Draw other outlets left, the corpus's outlets in the middle and the `top` sources right."""
    outlets, relayed, sources = _columns(graph, top)
    ax = axes(ax, width=10.0, height=max(4.5, 0.33 * max(len(outlets), len(sources), len(relayed)) + 1.2))
    places = {
        **_spread(relayed, 0.0),
        **_spread(outlets, 1.0),
        **_spread(_by_barycentre(graph, sources, outlets), 2.0),
    }
    heaviest = max(data["weight"] for _, _, data in graph.edges(data=True))
    for origin, target, data in sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1])):
        if origin in places and target in places:
            _edge(ax, places, origin, target, data, heaviest, outlets)
    _nodes(ax, places, outlets, relayed, sources)
    ax.set_xlim(-0.75, 2.95)
    ax.set_ylim(-0.06, 1.06)
    ax.set_axis_off()
    ax.set_title(plain(title), fontsize=11, loc="left")
    _network_legend(ax)
    return keep(ax, _edges(graph, places))


def _edges(graph: networkx.DiGraph[Any], places: Mapping[Any, Any]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (origin[1], target[1], data["quotes"], data["relays"], data["reprints"])
        for origin, target, data in sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1]))
        if origin in places and target in places
    ]
    return pd.DataFrame(rows, columns=["outlet", "depends_on", "quotes", "relays", "reprints"])


def _columns(graph: networkx.DiGraph[Any], top: int) -> tuple[list[Any], list[Any], list[Any]]:
    weight = {node: graph.nodes[node].get("attributions", 0) for node in graph}
    outlets = sorted(node for node in graph if node[0] == "outlet" and graph.out_degree(node))
    relayed = sorted(node for node in graph if node[0] == "outlet" and not graph.out_degree(node))
    sources = sorted((node for node in graph if node[0] == "source"), key=lambda node: (-weight[node], node))[:top]
    return outlets, relayed, sources


def _by_barycentre(graph: networkx.DiGraph[Any], sources: list[Any], outlets: list[Any]) -> list[Any]:
    """Order sources by the mean place of the outlets that quote them, so that fewer lines cross."""
    place = {node: number for number, node in enumerate(outlets)}

    def centre(node: Any) -> tuple[float, Any]:
        near = [(place[a], d["weight"]) for a, _, d in graph.in_edges(node, data=True) if a in place]
        total = sum(weight for _, weight in near) or 1
        return sum(number * weight for number, weight in near) / total, node

    return sorted(sources, key=centre)


def _spread(nodes: list[Any], x: float) -> dict[Any, tuple[float, float]]:
    if len(nodes) == 1:
        return {nodes[0]: (x, 0.5)}
    return {node: (x, 1 - number / (len(nodes) - 1)) for number, node in enumerate(nodes)}


def _edge(
    ax: Axes,
    places: dict[Any, tuple[float, float]],
    origin: Any,
    target: Any,
    data: Any,
    heaviest: float,
    outlets: list[Any],
) -> None:
    quotes = data["quotes"] > 0
    colour = GREY if quotes else PALETTE[1]
    bent = target in outlets
    ax.annotate(
        "", xy=places[target], xytext=places[origin],
        arrowprops={
            "arrowstyle": "-" if quotes else "-|>", "color": colour, "alpha": 0.55 if quotes else 0.95,
            "linewidth": 0.6 + 3.0 * data["weight"] / heaviest, "linestyle": "-" if quotes or data["reprints"] else
            "--",
            "connectionstyle": "arc3,rad=0.45" if bent else "arc3,rad=0.0", "shrinkA": 5, "shrinkB": 6,
        },
        zorder=1 if quotes else 2,
    )  # fmt: skip


def _nodes(
    ax: Axes, places: dict[Any, tuple[float, float]], outlets: list[Any], relayed: list[Any], sources: list[Any]
) -> None:
    for nodes, marker, colour, size in (
        (outlets, "s", PALETTE[0], 70), (relayed, "s", PALETTE[5], 60), (sources, "o", PALETTE[2], 40),
    ):  # fmt: skip
        for node in nodes:
            x, y = places[node]
            ax.scatter([x], [y], marker=marker, s=size, color=colour, zorder=3, edgecolor="white")
            inner = node in outlets
            offset, align = ((0, 8), "center") if inner else ((8, 0), "left") if node in sources else ((-8, 0), "right")
            ax.annotate(
                plain(node[1], width=30), (x, y), xytext=offset, textcoords="offset points", ha=align,
                va="bottom" if inner else "center", fontsize=8, fontweight="bold" if inner else "normal", zorder=4,
                bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
            )  # fmt: skip


def _network_legend(ax: Axes) -> None:
    from matplotlib.lines import Line2D

    marks = [
        Line2D([], [], marker="s", linestyle="", color=PALETTE[0], label="outlet of the corpus"),
        Line2D([], [], marker="s", linestyle="", color=PALETTE[5], label="other outlet"),
        Line2D([], [], marker="o", linestyle="", color=PALETTE[2], label="source"),
        Line2D([], [], color=GREY, label="quotes"),
        Line2D([], [], color=PALETTE[1], linestyle="--", marker=">", label="relays what it reports"),
        Line2D([], [], color=PALETTE[1], marker=">", label="reprints"),
    ]
    ax.legend(handles=marks, frameon=False, ncols=6, fontsize=8, loc="upper center", bbox_to_anchor=(0.5, 0.0))
