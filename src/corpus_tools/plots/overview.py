"""What a corpus consists of, in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_tools.plots._style import GREY, PALETTE, axes, empty
from corpus_tools.plots._text import plain
from corpus_tools.schema import require

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: How the articles of an outlet came to it, as `corpus_tools.articles.describe.by_outlet` counts it.
_ORIGINS = {"own": "no credit", "wire": "credit a news agency", "republished": "published elsewhere first"}

_UNNAMED = "(no outlet named)"


def articles_by_outlet(by_outlet: pd.DataFrame, *, ax: Axes | None = None, top: int = 20) -> Axes:
    """Draw how many articles each outlet has, and where they come from.

    Parameters
    ----------
    by_outlet : DataFrame
        What `corpus_tools.articles.describe.by_outlet` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 20
        How many outlets to draw, those with most articles.

    Returns
    -------
    Axes
        One bar for each outlet.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"outlet": "Meridian Post", "articles": 3, "own": 1, "wire": 2, "republished": 0}
    >>> articles_by_outlet(pd.DataFrame([row])).get_xlabel()
    'Articles'
    """
    require(by_outlet, "outlet", "articles", *_ORIGINS)
    table = by_outlet.head(top)
    ax = axes(ax, height=1.4 + 0.36 * max(len(table), 3))
    if not len(table):
        return empty(ax, "There are no articles.")
    names = [_outlet(name) for name in table["outlet"]]
    places = range(len(table))
    left = [0] * len(table)
    for (column, label), colour in zip(_ORIGINS.items(), PALETTE, strict=False):
        counts = [int(count) for count in table[column]]
        if any(counts):
            ax.barh(places, counts, left=left, color=colour, label=label, height=0.7)
        left = [one + other for one, other in zip(left, counts, strict=True)]
    for place, count in zip(places, left, strict=True):
        ax.annotate(f"{count:,}", (count, place), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9)
    ax.set_yticks(places, names)
    ax.invert_yaxis()
    ax.set_xlabel("Articles")
    more = f" (first {top} of {len(by_outlet)} outlets)" if len(by_outlet) > top else ""
    _integers(ax.xaxis)
    origins = ax.get_legend_handles_labels()[1]
    explained = origins != [_ORIGINS["own"]]
    ax.set_title(f"Articles by outlet{more}", loc="left", pad=24 if explained else None)
    if explained:
        _legend_above(ax, ncols=len(origins))
    return ax


def articles_over_time(articles: pd.DataFrame, *, ax: Axes | None = None, top: int = 6) -> Axes:
    """Draw how many articles were published in each week (each month, where the corpus spans more than three years).

    Parameters
    ----------
    articles : DataFrame
        With ``published`` and ``outlet``; articles without a date are counted below the title.
    ax : Axes, optional
        Where to draw.
    top : int, default 6
        How many outlets get a colour of their own; the others are grey.

    Returns
    -------
    Axes
        One bar for each week, parted by outlet.
    """
    require(articles, "published", "outlet")
    import pandas as pd

    ax = axes(ax)
    dated = articles[articles["published"].notna()]
    if not len(dated):
        return empty(ax, "No article has a date of publication.")
    days = (dated["published"].max() - dated["published"].min()).days
    unit, frequency, width = ("month", "M", 27.0) if days > 3 * 365 else ("week", "W-SUN", 6.0)
    periods = dated["published"].dt.to_period(frequency)
    names = dated["outlet"].fillna(_UNNAMED)
    leading = names.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:top]
    groups = names.where(names.isin(leading), "other outlets")
    counts = pd.crosstab(periods, groups)
    order = [*leading, *(["other outlets"] if "other outlets" in counts else [])]
    base = [0] * len(counts)
    starts = [period.start_time for period in counts.index]
    for place, name in enumerate(order):
        colour = GREY if name == "other outlets" else PALETTE[place % len(PALETTE)]
        heights = counts[name].tolist()
        ax.bar(starts, heights, bottom=base, width=width, align="edge", color=colour, label=plain(name, width=30))
        base = [one + other for one, other in zip(base, heights, strict=True)]
    undated = len(articles) - len(dated)
    note = f" ({undated:,} without a date not shown)" if undated else ""
    ax.set_title(f"Articles published per {unit}{note}", loc="left")
    ax.set_ylabel(f"Articles per {unit}")
    ax.set_xlabel("Date of publication")
    _integers(ax.yaxis)
    _dates(ax, days)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), reverse=True)
    return ax


def article_lengths(lengths: pd.DataFrame, *, ax: Axes | None = None, top: int = 20) -> Axes:
    """Draw how long the articles of each outlet are: each article a point, and the median a line.

    Parameters
    ----------
    lengths : DataFrame
        What `corpus_tools.articles.describe.lengths` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 20
        How many outlets to draw, those with most articles.

    Returns
    -------
    Axes
        Words from left to right, outlets from above to below.
    """
    require(lengths, "words", "outlet")
    names = lengths["outlet"].fillna(_UNNAMED)
    leading = list(names.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:top])
    ax = axes(ax, height=1.4 + 0.36 * max(len(leading), 3))
    if not leading:
        return empty(ax, "There are no articles.")
    for place, name in enumerate(leading):
        words = sorted(int(count) for count in lengths.loc[names == name, "words"])
        ax.scatter(
            words, [place + _spread(rank) for rank in range(len(words))], s=16, alpha=0.55, color=PALETTE[0], lw=0
        )
        middle = (words[(len(words) - 1) // 2] + words[len(words) // 2]) / 2
        ax.plot(
            [middle, middle],
            [place - 0.32, place + 0.32],
            color=PALETTE[1],
            lw=2.5,
            label="median" if not place else None,
        )
    ax.set_yticks(range(len(leading)), [plain(name, width=34) for name in leading])
    ax.set_ylim(len(leading) - 0.4, -0.6)
    ax.set_xlim(left=0)
    ax.set_xlabel("Words in the article")
    ax.set_title("Length of articles by outlet", loc="left")
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


def metadata_gaps(completeness: pd.DataFrame, *, ax: Axes | None = None, top: int = 20) -> Axes:
    """Draw what is missing of the articles of each outlet, in per cent.

    Parameters
    ----------
    completeness : DataFrame
        What `corpus_tools.articles.describe.completeness` gives by ``outlet``.
    ax : Axes, optional
        Where to draw.
    top : int, default 20
        How many outlets to draw, those with most articles.

    Returns
    -------
    Axes
        A grid: outlets down, fields across.
    """
    require(completeness, "field", "outlet", "articles", "share_missing")
    table = completeness.assign(outlet=completeness["outlet"].fillna(_UNNAMED))
    sizes = table.drop_duplicates("outlet").sort_values("articles", ascending=False, kind="stable").head(top)
    ax = axes(ax, height=1.4 + 0.36 * max(len(sizes), 3))
    if not len(sizes):
        return empty(ax, "There are no articles.")
    fields = list(dict.fromkeys(table["field"]))
    grid = table.pivot_table(index="outlet", columns="field", values="share_missing").loc[list(sizes["outlet"]), fields]
    shares = grid.to_numpy(dtype=float)
    ax.imshow(shares, cmap="Oranges", vmin=0, vmax=1, aspect="auto")
    for row in range(len(sizes)):
        for column in range(len(fields)):
            share = shares[row, column]
            ax.text(
                column,
                row,
                "·" if share == 0 else f"{share:.0%}",
                ha="center",
                va="center",
                fontsize=9,
                color="white" if share > 0.6 else "black",
            )
    ax.set_xticks(range(len(fields)), fields)
    ax.set_yticks(range(len(sizes)), [plain(name, width=34) for name in sizes["outlet"]])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_title("Articles of which this is not known", loc="left")
    return ax


def reprint_clusters(clusters: pd.DataFrame, *, ax: Axes | None = None, top: int = 20) -> Axes:
    """Draw articles that share their text, over time: one row for each cluster, the original filled.

    Parameters
    ----------
    clusters : DataFrame
        What `corpus_tools.articles.describe.clusters` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 20
        How many clusters to draw, those with most articles.

    Returns
    -------
    Axes
        Dates from left to right.
    """
    require(clusters, "cluster", "role", "outlet", "published", "title")
    dated = clusters[clusters["published"].notna()]
    sizes = dated.groupby("cluster", sort=True).size().sort_values(ascending=False, kind="stable").head(top)
    ax = axes(ax, height=1.6 + 0.42 * max(len(sizes), 3))
    if not len(sizes):
        return empty(
            ax, "No articles with a date share their text." if len(clusters) else "No articles share their text."
        )
    firsts = dated.groupby("cluster")["published"].min()
    order = sorted(sizes.index, key=lambda name: (firsts[name], str(name)))
    labels = []
    for place, name in enumerate(order):
        rows = dated[dated["cluster"] == name].sort_values(["role", "published", "article_id"], kind="stable")
        labels.append(plain(_present(rows["title"], "(no title)"), width=46))
        ax.plot([rows["published"].min(), rows["published"].max()], [place, place], color=GREY, lw=1, zorder=1)
        original = rows[rows["role"] == "original"]["published"]
        copies = rows[rows["role"] != "original"]["published"]
        ax.scatter(copies, [place] * len(copies), s=44, color="white", edgecolors=PALETTE[0], lw=1.5, zorder=2)
        ax.scatter(original, [place] * len(original), s=44, color=PALETTE[0], zorder=3)
    ax.scatter([], [], s=44, color=PALETTE[0], label="original")
    ax.scatter([], [], s=44, color="white", edgecolors=PALETTE[0], lw=1.5, label="reprint")
    ax.set_yticks(range(len(order)), labels)
    ax.set_ylim(len(order) - 0.4, -0.6)
    ax.set_xlabel("Date of publication")
    ax.set_title("Articles that share their text", loc="left", pad=24)
    _dates(ax, (dated["published"].max() - dated["published"].min()).days)
    _legend_above(ax, ncols=2)
    return ax


def quality_scores(quality: pd.DataFrame | None, *, ax: Axes | None = None) -> Axes:
    """Draw precision and recall of each measure.

    Parameters
    ----------
    quality : DataFrame or None
        What `corpus_tools.quality.compare` gives; None where there is nothing to compare with.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Measures down; from 0 to 1 across. Precision is filled, recall hollow.
    """
    if quality is None:
        return empty(axes(ax, height=1.4), "There is nothing to compare with.")
    require(quality, "measure", "precision", "recall", "expected")
    table = quality[quality["precision"].notna() | quality["recall"].notna()]
    ax = axes(ax, height=1.6 + 0.32 * max(len(table), 3))
    if not len(table):
        return empty(ax, "There is nothing to compare with.")
    places = list(range(len(table)))
    precision, recall = table["precision"].to_numpy(dtype=float), table["recall"].to_numpy(dtype=float)
    ax.hlines(places, precision, recall, color=GREY, lw=1, zorder=1)
    ax.scatter(precision, places, s=44, color=PALETTE[0], label="precision: what was found is right", zorder=3)
    ax.scatter(
        recall,
        places,
        s=90,
        color="none",
        edgecolors=PALETTE[1],
        lw=1.8,
        label="recall: what is there was found",
        zorder=2,
    )
    counts = zip(table["measure"], table["expected"], strict=True)
    ax.set_yticks(places, [f"{plain(name, width=40)} (n = {int(count):,})" for name, count in counts])
    ax.set_ylim(len(table) - 0.4, -0.6)
    ax.set_xlim(-0.02, 1.02)
    ax.grid(axis="x", color="#E5E5E5", lw=0.8)
    ax.set_axisbelow(True)
    ax.set_xlabel("Share of cases")
    ax.set_title("Agreement with a careful reader", loc="left", pad=24)
    _legend_above(ax, ncols=2)
    return ax


def _outlet(name: object) -> str:
    return plain(name, width=34) if isinstance(name, str) else _UNNAMED


def _present(titles: pd.Series[str], otherwise: str) -> str:
    known = titles.dropna()
    return str(known.iloc[0]) if len(known) else otherwise


def _spread(rank: int) -> float:
    """Return a small offset, so that articles of the same length do not hide one another; not random."""
    return ((rank * 7) % 11 - 5) / 22


def _legend_above(ax: Axes, *, ncols: int) -> None:
    """Put the legend between title and plot, where it can hide nothing."""
    ax.legend(
        frameon=False,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=ncols,
        borderaxespad=0.0,
        borderpad=0.2,
        handletextpad=0.4,
    )


def _integers(axis: object) -> None:
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True))  # type: ignore[attr-defined]


def _dates(ax: Axes, days: int) -> None:
    """Label dates so that they can be read without knowing what stands before them."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    if days < 7:  # a single day would fill the picture
        first, last = ax.get_xlim()
        ax.set_xlim(first - 14, last + 14)
