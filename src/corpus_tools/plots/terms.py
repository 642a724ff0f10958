"""What is said, in pictures: frequencies, keywords, trends, places and company of terms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from corpus_tools.errors import InvalidTable
from corpus_tools.plots._style import GREY, PALETTE, axes, colours, empty
from corpus_tools.plots._text import plain
from corpus_tools.schema import require

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH = 32
_PER_MILLION = "Occurrences per million words"


def term_frequencies(
    frequency: pd.DataFrame, *, ax: Axes | None = None, top: int = 20, title: str = "Most frequent terms"
) -> Axes:
    """Draw the rates of the most frequent terms, with their intervals.

    Parameters
    ----------
    frequency : DataFrame
        What `corpus_tools.terms.frequency` gives, without groups (or any table with ``term``, ``count``,
        ``per_million``, ``low`` and ``high``).
    ax : Axes, optional
        Where to draw.
    top : int, default 20
        How many terms to draw.
    title : str
        Title of the picture.

    Returns
    -------
    Axes
        One bar for each term; the number at its end is the count.

    Raises
    ------
    InvalidTable
        When a term has several rows, one for each group.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"term": "dam", "count": 3, "per_million": 300.0, "low": 100.0, "high": 880.0}
    >>> term_frequencies(pd.DataFrame([row])).get_xlabel()
    'Occurrences per million words'
    """
    require(frequency, "term", "count", "per_million", "low", "high")
    if frequency["term"].duplicated().any():
        raise InvalidTable("Some terms have a row for each group; draw one group, or all with terms_by_group().")
    table = frequency.head(top)
    ax = axes(ax, height=_height(len(table)))
    if table.empty:
        return empty(ax, "No term is frequent enough to be shown.")
    places = range(len(table))
    reach = [table["per_million"] - table["low"], table["high"] - table["per_million"]]
    ax.barh(places, table["per_million"], height=0.66, color=PALETTE[4])
    ax.errorbar(table["per_million"], places, xerr=reach, fmt="none", ecolor="#333333", elinewidth=1.1, capsize=2.5)
    for place, count, high in zip(places, table["count"], table["high"], strict=True):
        _beside(ax, f"{int(count):,}", (float(high), place))
    _rows(ax, table["term"])
    ax.set_xlim(0, float(table["high"].max()) * 1.1)
    ax.set_xlabel(_PER_MILLION)
    ax.set_title(plain(title), loc="left")
    _thousands(ax)
    return ax


def keywords(
    keyness: pd.DataFrame,
    *,
    ax: Axes | None = None,
    top: int = 10,
    target: str | None = None,
    reference: str | None = None,
    largest_q: float = 0.05,
) -> Axes:
    """Draw the terms that set two corpora apart, by how many times more frequent they are.

    Parameters
    ----------
    keyness : DataFrame
        What `corpus_tools.terms.keyness` gives.
    ax : Axes, optional
        Where to draw.
    top : int, default 10
        How many terms to draw on each side, those with the highest and lowest score.
    target, reference : str, optional
        Names of the corpora; by default those that the table carries.
    largest_q : float
        False discovery rate up to which a point is filled.

    Returns
    -------
    Axes
        One point with its interval for each term, hollow where the difference may be chance; beside it the counts in
        both corpora.

    Examples
    --------
    >>> from corpus_tools.terms import keyness
    >>> table = keyness({"dam": 30, "the": 970}, {"dam": 10, "the": 990})
    >>> keywords(table).get_xlabel()
    'Log ratio: doublings of the rate per million words'
    """
    columns = ("term", "count", "reference_count", "score", "q", "log_ratio", "log_ratio_low", "log_ratio_high")
    require(keyness, *columns)
    target = target or str(keyness.attrs.get("target", "target"))
    reference = reference or str(keyness.attrs.get("reference", "reference"))
    over, under = keyness[keyness["log_ratio"] > 0].head(top), keyness[keyness["log_ratio"] < 0].tail(top)
    ax = axes(ax, height=_height(len(over) + len(under)) + 0.5)
    if not len(over) + len(under):
        return empty(ax, "There is nothing to compare: no term, or only one outlet.")
    place = 0
    names: list[str] = []
    for table, colour in ((over, PALETTE[0]), (under, PALETTE[1])):
        for row in table.to_dict("records"):
            ax.plot([0, row["log_ratio"]], [place, place], color=colour, alpha=0.35, linewidth=4, solid_capstyle="butt")
            ax.plot([row["log_ratio_low"], row["log_ratio_high"]], [place, place], color=colour, linewidth=1.1)
            filled = colour if row["q"] <= largest_q else "white"
            ax.plot([row["log_ratio"]], [place], "o", markeredgecolor=colour, markerfacecolor=filled, zorder=3)
            _beside(ax, f"{row['count']:,} : {row['reference_count']:,}", (max(row["log_ratio_high"], 0), place))
            names.append(row["term"])
            place += 1
    _rows(ax, names)
    ax.axvline(0, color="#333333", linewidth=0.8)
    ax.margins(x=0.14)
    ax.set_xlabel("Log ratio: doublings of the rate per million words")
    ax.set_title(plain(f"Keywords of {target} against {reference}", width=80), loc="left", pad=22)
    ax.text(
        1,
        1.01,
        plain(f"more in {target} →", width=48),
        color=PALETTE[0],
        ha="right",
        transform=ax.transAxes,
        fontsize=9,
    )
    ax.text(0, 1.01, plain(f"← more in {reference}", width=48), color=PALETTE[1], transform=ax.transAxes, fontsize=9)
    return ax


def term_trends(trend: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw rates over time, with their intervals.

    Parameters
    ----------
    trend : DataFrame
        What `corpus_tools.terms.trend` gives, without groups. Periods without articles leave a gap; articles without a
        date are counted in the title.
    ax : Axes, optional
        Where to draw.
    title : str, optional
        Title of the picture.

    Returns
    -------
    Axes
        One line for each term, named at its end.

    Raises
    ------
    InvalidTable
        When a term has several rows for a period, one for each group.
    """
    require(trend, "period", "begin", "term", "per_million", "low", "high", "tokens", "articles")
    if trend.duplicated(["period", "term"]).any():
        raise InvalidTable("Some terms have several rows for a period; draw one group at a time.")
    ax = axes(ax)
    dated = trend[trend["begin"].notna()]
    if not dated["tokens"].sum():
        return empty(ax, "No article has a date, so there is nothing to follow over time.")
    names = list(dict.fromkeys(dated["term"]))
    alone = len(dated["period"].unique()) == 1
    ends = []
    for place, (name, colour) in enumerate(colours(names).items()):
        rows = dated[dated["term"] == name]
        # A single period has no line: points stand side by side.
        begins = rows["begin"] + timedelta(days=alone * (place - (len(names) - 1) / 2))
        if (rows["tokens"] > 0).sum() == 1:
            ax.vlines(begins, rows["low"], rows["high"], color=colour, alpha=0.5)
        ax.fill_between(begins, rows["low"], rows["high"], color=colour, alpha=0.15, linewidth=0)
        ax.plot(begins, rows["per_million"], "o-", color=colour, markersize=4, label=plain(name))
        last = rows[rows["tokens"] > 0].iloc[-1]
        ends.append((float(last["per_million"]), plain(name, width=_WIDTH), colour))
    _end_labels(ax, ends)
    undated = int(trend.loc[trend["begin"].isna() & (trend["term"] == names[0]), "articles"].sum())
    note = f" ({undated:,} article{'s' if undated > 1 else ''} without a date not shown)" if undated else ""
    ax.set_title(plain(title or "Terms over time") + note, loc="left")
    ax.set_ylabel(_PER_MILLION)
    ax.set_xlabel(f"{trend.attrs.get('freq', 'period').capitalize()} of publication")
    ax.set_ylim(bottom=0)
    periods = dated.drop_duplicates("period")
    step = -(-len(periods) // 12)
    ax.set_xticks(periods["begin"][::step], periods["period"][::step], rotation=30 if len(periods) > 6 else 0)
    _thousands(ax, axis="y")
    return ax


def terms_by_group(frequency: pd.DataFrame, *, ax: Axes | None = None, top: int = 15, title: str | None = None) -> Axes:
    """Draw rates by group, e.g. by outlet, as a grid.

    Parameters
    ----------
    frequency : DataFrame
        What `corpus_tools.terms.frequency` gives with one column in `by`.
    ax : Axes, optional
        Where to draw.
    top : int, default 15
        How many terms to draw, the most frequent ones over all groups.
    title : str, optional
        Title of the picture.

    Returns
    -------
    Axes
        One row for each term, one column for each group; each cell gives the rate per million words, and is the darker
        the higher this is among the groups.
    """
    require(frequency, "term", "count", "per_million", "tokens")
    group = str(frequency.columns[0])
    if group == "term":
        raise InvalidTable("The table has no groups; count with by='outlet', or draw it with term_frequencies().")
    totals = frequency.groupby("term")["count"].sum().sort_index().sort_values(ascending=False, kind="stable")
    names, groups = list(totals.index[:top]), list(dict.fromkeys(frequency[group]))
    ax = axes(ax, width=max(8.0, 2.8 + 0.95 * len(groups)), height=_height(len(names)) + 0.8)
    if not names:
        return empty(ax, "No term is frequent enough to be shown.")
    rates = frequency.pivot_table(index="term", columns=group, values="per_million").reindex(
        index=names, columns=groups
    )
    values = rates.fillna(0.0).to_numpy()
    shades = values / values.max(axis=1, keepdims=True).clip(min=1e-9) * (1.0 if len(groups) > 1 else 0.3)
    ax.imshow(shades, cmap="Blues", vmin=0, vmax=1.25, aspect="auto")
    for row in range(len(names)):
        for column in range(len(groups)):
            text, dark = _short(values[row, column]), shades[row, column] > 0.65
            ax.text(column, row, text, ha="center", va="center", fontsize=8, color="white" if dark else "#222222")
    _rows(ax, names, invert=False)
    ax.set_xticks(range(len(groups)), [plain(name, width=26) for name in groups], rotation=35, ha="right")
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    ax.set_xlabel(group.replace("_", " ").capitalize())
    heading = (
        title or f"Rates per million words by {group.replace('_', ' ')} (darkest: highest of the row)"
        if len(groups) > 1
        else f"Rates per million words in {groups[0]}"
    )
    ax.set_title(plain(heading), loc="left")
    return ax


def term_places(positions: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw where in the corpus terms occur (dispersion or X-ray plot).

    Parameters
    ----------
    positions : DataFrame
        What `corpus_tools.terms.positions` gives; the articles stand in the order in which they were given to it.
    ax : Axes, optional
        Where to draw.
    title : str, optional
        Title of the picture.

    Returns
    -------
    Axes
        One row for each term, one stroke for each occurrence; behind the name how often, and in how many articles.
    """
    require(positions, "article_id", "term", "place", "corpus_words")
    names = list(positions.attrs.get("terms") or dict.fromkeys(positions["term"]))
    ax = axes(ax, height=1.3 + 0.42 * max(len(names), 2))
    if positions.empty:
        return empty(ax, "None of the terms occurs.")
    labels = []
    for row, name in enumerate(names):
        found = positions[positions["term"] == name]
        ax.vlines(found["place"], row - 0.36, row + 0.36, color=PALETTE[0], linewidth=1.0, alpha=0.8)
        ax.axhline(row, color=GREY, linewidth=0.4, zorder=0)
        labels.append(f"{plain(name, width=_WIDTH)}  ({len(found):,} in {found['article_id'].nunique():,})")
    ax.set_yticks(range(len(names)), labels)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(0, int(positions["corpus_words"].iloc[0]))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Place in the corpus (words)")
    ax.set_title(plain(title or "Where the terms occur (occurrences in articles)"), loc="left")
    _thousands(ax)
    return ax


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
    ax = axes(ax, height=_height(len(table)))
    if table.empty:
        return empty(ax, "No word stands with it often enough to be shown.")
    several = len(table["node"].unique()) > 1
    pairs = table["node"] + " … " + table["collocate"] if several else table["collocate"]
    places = range(len(table))
    values = table[measure].astype(float)
    ax.hlines(places, min(0.0, float(values.min())), values, color=PALETTE[4], linewidth=3)
    ax.plot(values, places, "o", color=PALETTE[0])
    for place, count, value in zip(places, table["count"], values, strict=True):
        _beside(ax, f"{int(count):,}", (float(value), place), gap=7)
    _rows(ax, pairs)
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


def _height(rows: int) -> float:
    return 1.2 + 0.27 * max(rows, 4)


def _rows(ax: Axes, names: Any, *, invert: bool = True) -> None:
    ax.set_yticks(range(len(names)), [plain(name, width=_WIDTH) for name in names])
    ax.tick_params(axis="y", length=0)
    if invert:
        ax.set_ylim(len(names) - 0.4, -0.6)


def _beside(ax: Axes, text: str, place: tuple[float, float], *, gap: int = 4) -> None:
    ax.annotate(text, place, xytext=(gap, 0), textcoords="offset points", va="center", fontsize=8, color="#444444")


def _thousands(ax: Axes, *, axis: str = "x") -> None:
    from matplotlib.ticker import FuncFormatter

    which = ax.xaxis if axis == "x" else ax.yaxis
    which.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:,.0f}" if value == round(value) else f"{value:g}")
    )


def _short(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 1 or rate == 0 else f"{rate:.1f}"


def _end_labels(ax: Axes, ends: list[tuple[float, str, str]]) -> None:
    """Name lines at the right edge, moved apart where they would overlap."""
    low, high = ax.get_ylim()
    step = (high - max(low, 0)) * 0.055
    at = -step
    for value, name, colour in sorted(ends):
        at = max(value, at + step)
        ax.annotate(
            name, (1, at), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points", color=colour,
            va="center", fontsize=9, annotation_clip=False,
        )  # fmt: skip
