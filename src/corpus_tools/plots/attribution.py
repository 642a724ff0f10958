"""Who says it, in pictures: sources, cue words, anonymity, hedging and dependence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus_tools.plots import _network
from corpus_tools.plots._style import PALETTE, axes, empty
from corpus_tools.plots._text import plain
from corpus_tools.schema import require

if TYPE_CHECKING:
    import networkx
    import pandas as pd
    from matplotlib.axes import Axes

_KINDS = (("direct", PALETTE[0], ""), ("mixed", PALETTE[4], "///"), ("indirect", "#D9D9D9", ""))
_ANONYMITY = (("unnamed individual", PALETTE[1], "o"), ("unnamed group", PALETTE[3], "s"))
_ORDER = ("neutral", "assertive", "doubtful", "denial", "acknowledgment", "warning", "demand", "promise", "refusal",
          "estimate", "criticism", "praise", "question", "emotion", "document", "attitude")  # fmt: skip
_WIDTH = 34


def sources_ranked(
    sources: pd.DataFrame, *, ax: Axes | None = None, top: int = 20, title: str = "Who is quoted most"
) -> Axes:
    """Draw the most quoted sources, parted into direct, mixed and indirect speech.

    Parameters
    ----------
    sources : DataFrame
        What `corpus_tools.attribution.sources` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 20
        How many sources to draw.
    title : str
        Title of the picture.

    Returns
    -------
    Axes
        One bar for each source; the number at its end counts attributions and articles.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"speaker": "Ada Lind", "attributions": 3, "direct": 1, "mixed": 1, "indirect": 1, "articles": 2}
    >>> sources_ranked(pd.DataFrame([row])).get_xlabel()
    'Attributions'
    """
    require(sources, "speaker", "attributions", "direct", "mixed", "indirect", "articles")
    table = sources.head(top).iloc[::-1]
    ax = axes(ax, height=_height(len(table)))
    if table.empty:
        return empty(ax, "No attribution with a known speaker was found.")
    names = [plain(name, width=_WIDTH) for name in table["speaker"]]
    places = range(len(table))
    left = [0.0] * len(table)
    for kind, colour, hatch in _KINDS:
        values = [float(value) for value in table[kind]]
        ax.barh(places, values, left=left, color=colour, hatch=hatch, edgecolor="white", label=kind)
        left = [a + b for a, b in zip(left, values, strict=True)]
    longest = max(left)
    for place, total, articles in zip(places, left, table["articles"], strict=True):
        ax.text(total + longest * 0.01, place, f"{int(total)} in {articles}", va="center", fontsize=8)
    ax.set_yticks(list(places), names)
    ax.set_xlim(0, longest * 1.15)
    ax.set_xlabel("Attributions")
    ax.set_title(f"{plain(title)} (number of attributions in number of articles)", fontsize=11, loc="left")
    ax.legend(title="Speech", frameon=False, loc="lower right")
    _whole(ax)
    return ax


def cue_verbs(
    cues: pd.DataFrame, *, ax: Axes | None = None, top: int = 25, title: str = "Words that attribute, by class"
) -> Axes:
    """Draw the most frequent cues, grouped by their class.

    Parameters
    ----------
    cues : DataFrame
        What `corpus_tools.attribution.cues` gives (cues of several outlets are added up).
    ax : Axes, optional
    top : int, default 25
        How many cues to draw.
    title : str

    Returns
    -------
    Axes
        One point for each cue; classes stand together under their name.

    Examples
    --------
    >>> import pandas as pd
    >>> cue_verbs(pd.DataFrame({"cue": ["say"], "cue_class": ["neutral"], "attributions": [4]})).get_xlabel()
    'Attributions (logarithmic scale)'
    """
    from matplotlib.ticker import LogLocator, NullFormatter

    require(cues, "cue", "cue_class", "attributions")
    totals = cues.groupby(["cue", "cue_class"])["attributions"].sum().reset_index()
    table = totals.sort_values(["attributions", "cue"], ascending=[False, True]).head(top)
    ax = axes(ax, height=_height(len(table) + table["cue_class"].nunique()))
    if table.empty:
        return empty(ax, "No cue was found.")
    classes = sorted(set(table["cue_class"]), key=lambda name: (_ORDER.index(name) if name in _ORDER else 99, name))
    place, ticks, labels = 0, [], []
    largest = int(table["attributions"].max())
    for number, name in enumerate(classes):
        inside = table[table["cue_class"] == name]
        colour = PALETTE[number % 7]
        ax.text(0.93, -place, plain(name), fontsize=9, fontweight="bold", color="#333333", va="center")
        place += 1
        for cue, count in zip(inside["cue"], inside["attributions"], strict=True):
            ax.plot([0.9, count], [-place, -place], color="#D0D0D0", linewidth=1, zorder=1)
            ax.plot([count], [-place], marker="o", color=colour, zorder=2)
            ax.text(count * 1.1, -place, str(int(count)), va="center", fontsize=8)
            ticks.append(-place)
            labels.append(plain(cue, width=_WIDTH))
            place += 1
    ax.set_xscale("log")
    ax.set_xlim(0.9, largest * 1.6)
    ax.set_ylim(-place + 0.3, 0.7)
    ax.set_yticks(ticks, labels)
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if largest < 1000 else (1,)))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.xaxis.set_minor_formatter(NullFormatter())  # else "2 × 10⁰" where all counts are small
    ax.set_xlabel("Attributions (logarithmic scale)")
    ax.set_title(plain(title), fontsize=11, loc="left")
    return ax


def anonymity_by_outlet(
    balance: pd.DataFrame, *, ax: Axes | None = None, by: str = "outlet", top: int = 20,
    title: str = "Speech given to sources without a name",
) -> Axes:  # fmt: skip
    """Draw the share of attributions to unnamed individuals and groups, with intervals.

    Parameters
    ----------
    balance : DataFrame
        What ``attribution.balance(..., of="anonymity")`` gives.
    ax : Axes, optional
    by : str
        The column that was compared by.
    top : int, default 20
        How many groups to draw: those with most attributions.
    title : str

    Returns
    -------
    Axes
        Two points with 95% intervals for each outlet; its number of attributions stands beside its name.

    Examples
    --------
    >>> import pandas as pd
    >>> shares = {"share": 1.0, "share_low": 1.0, "share_high": 1.0}
    >>> row = {"outlet": "Post", "anonymity": "named", "attributions": 4, **shares}
    >>> anonymity_by_outlet(pd.DataFrame([row])).get_xlabel()
    'Share of the attributions (95% interval over articles)'
    """
    require(balance, by, "anonymity", "attributions", "share", "share_low", "share_high")
    totals = balance.groupby(by)["attributions"].sum()
    groups = sorted(totals.index, key=lambda name: (-totals[name], name))[:top][::-1]
    ax = axes(ax, height=_height(len(groups)))
    if not groups:
        return empty(ax, "No attribution was found.")
    for number, (value, colour, marker) in enumerate(_ANONYMITY):
        rows = balance[balance["anonymity"] == value].set_index(by)
        for place, group in enumerate(groups):
            share = float(rows["share"].get(group, 0.0))
            low, high = (float(rows[name].get(group, float("nan"))) for name in ("share_low", "share_high"))
            height = place + 0.14 - 0.28 * number
            ax.plot([low, high], [height, height], color=colour, linewidth=1.5)
            ax.plot([share], [height], marker=marker, color=colour, label=value if place == 0 else None, linestyle="")
    return _shares(ax, groups, totals, title)


def hedging_by_outlet(
    hedging: pd.DataFrame, *, ax: Axes | None = None, by: str = "outlet", top: int = 20,
    title: str = "Attributions with a hedge",
) -> Axes:  # fmt: skip
    """Draw the share of attributions whose sentence weakens the claim, with intervals.

    Parameters
    ----------
    hedging : DataFrame
        What `corpus_tools.attribution.hedging` gives.
    ax : Axes, optional
    by : str
        The column that was compared by.
    top : int, default 20
        How many groups to draw: those with most attributions.
    title : str

    Returns
    -------
    Axes
        One point with its 95% interval for each outlet.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"outlet": "Post", "attributions": 4, "share": 0.5, "share_low": 0.2, "share_high": 0.8}
    >>> hedging_by_outlet(pd.DataFrame([row])).get_title(loc="left")
    'Attributions with a hedge'
    """
    require(hedging, by, "attributions", "share", "share_low", "share_high")
    totals = hedging.set_index(by)["attributions"]
    groups = sorted(totals.index, key=lambda name: (-totals[name], name))[:top][::-1]
    ax = axes(ax, height=_height(len(groups)))
    if not groups:
        return empty(ax, "No attribution was found.")
    rows = hedging.set_index(by)
    for place, group in enumerate(groups):
        ax.plot([rows["share_low"][group], rows["share_high"][group]], [place, place], color=PALETTE[0], linewidth=1.5)
        ax.plot([rows["share"][group]], [place], marker="o", color=PALETTE[0])
    return _shares(ax, groups, totals, title, legend=False)


def speech_balance(
    balance: pd.DataFrame, *, ax: Axes | None = None, by: str = "outlet", of: str = "speaker_kind", top: int = 20,
    title: str = "Who gets the speech",
) -> Axes:  # fmt: skip
    """Draw how the attributions of each outlet are shared among kinds of source.

    Parameters
    ----------
    balance : DataFrame
        What `corpus_tools.attribution.balance` gives.
    ax : Axes, optional
    by, of : str
        The columns that were compared by, and that share the speech.
    top : int, default 20
        How many groups to draw: those with most attributions.
    title : str

    Returns
    -------
    Axes
        One bar of 100% for each outlet.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"outlet": "Post", "speaker_kind": "person", "attributions": 4, "share": 1.0}
    >>> speech_balance(pd.DataFrame([row])).get_xlabel()
    'Share of the attributions'
    """
    require(balance, by, of, "attributions", "share")
    totals = balance.groupby(by)["attributions"].sum()
    groups = sorted(totals.index, key=lambda name: (-totals[name], name))[:top][::-1]
    ax = axes(ax, height=_height(len(groups)) + 0.6)
    if not groups:
        return empty(ax, "No attribution was found.")
    weight = balance.groupby(of)["attributions"].sum()
    kinds = sorted(weight.index, key=lambda name: (-weight[name], name))
    left = [0.0] * len(groups)
    shares = balance.set_index([by, of])["share"]
    for number, kind in enumerate(kinds):
        values = [float(shares.get((group, kind), 0.0)) for group in groups]
        hatch = "" if number < 4 else ("///", "...", "\\\\\\", "xxx")[number % 4]
        ax.barh(range(len(groups)), values, left=left, color=PALETTE[number % 7 if number != 6 else 7], hatch=hatch,
                edgecolor="white", label=plain(kind))  # fmt: skip
        for place, (start, value) in enumerate(zip(left, values, strict=True)):
            if value >= 0.08 and not hatch:
                ax.text(start + value / 2, place, f"{value:.0%}", ha="center", va="center", fontsize=8, color="white")
        left = [a + b for a, b in zip(left, values, strict=True)]
    ax.set_yticks(range(len(groups)), [f"{plain(g, width=_WIDTH)} ({totals[g]})" for g in groups])
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.set_xlabel("Share of the attributions")
    ax.set_title(plain(title), fontsize=11, loc="left")
    ax.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.16 if len(groups) > 5 else -0.3))
    return ax


def source_network(
    graph: networkx.DiGraph[Any], *, ax: Axes | None = None, top: int = 25, title: str = "Who depends on whom"
) -> Axes:
    """Draw outlets (squares), the sources that they quote (circles), and relays and reprints between outlets (arrows).

    Parameters
    ----------
    graph : networkx.DiGraph
        What `corpus_tools.attribution.network` gives.
    ax : Axes, optional
    top : int, default 25
        How many sources to draw: the most quoted ones; outlets are all drawn.
    title : str

    Returns
    -------
    Axes
        Three columns: outlets that are relayed or reprinted without being in the corpus's middle column stand left,
        outlets in the
        middle, sources right; line width grows with the number of attributions.

    Examples
    --------
    >>> import networkx
    >>> source_network(networkx.DiGraph()).get_title()
    ''
    """
    if graph.number_of_edges() == 0:
        return empty(axes(ax), "No outlet quotes a known speaker or relays another outlet.")
    return _network.draw(graph, ax, top, title)


def _shares(ax: Axes, groups: list[Any], totals: Any, title: str, *, legend: bool = True) -> Axes:
    ax.set_yticks(range(len(groups)), [f"{plain(g, width=_WIDTH)} ({totals[g]})" for g in groups])
    ax.set_ylim(-0.6, len(groups) - 0.4)
    ax.set_xlim(-0.02, max(0.3, min(1.02, ax.get_xlim()[1])))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.grid(axis="x", color="#E5E5E5", linewidth=0.8)
    ax.set_axisbelow(True)
    ax.set_xlabel("Share of the attributions (95% interval over articles)")
    ax.set_title(plain(title), fontsize=11, loc="left")
    if legend:
        ax.legend(frameon=False, loc="best")
    return ax


def _height(rows: int) -> float:
    return max(2.5, 0.27 * rows + 1.3)


def _whole(ax: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
