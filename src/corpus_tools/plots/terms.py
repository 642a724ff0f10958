"""How frequent terms are, in pictures: in all, and by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus_tools.errors import InvalidTable
from corpus_tools.plots._style import GREY, PALETTE, axes, empty
from corpus_tools.plots._terms import PER_MILLION, WIDTH, beside, height, label_rows, short, thousands
from corpus_tools.plots._text import plain
from corpus_tools.schema import require

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


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
    ax = axes(ax, height=height(len(table)))
    if table.empty:
        return empty(ax, "No term is frequent enough to be shown.")
    places = range(len(table))
    reach = [table["per_million"] - table["low"], table["high"] - table["per_million"]]
    ax.barh(places, table["per_million"], height=0.66, color=PALETTE[4])
    ax.errorbar(table["per_million"], places, xerr=reach, fmt="none", ecolor="#333333", elinewidth=1.1, capsize=2.5)
    for place, count, high in zip(places, table["count"], table["high"], strict=True):
        beside(ax, f"{int(count):,}", (float(high), place))
    label_rows(ax, table["term"])
    ax.set_xlim(0, float(table["high"].max()) * 1.1)
    ax.set_xlabel(PER_MILLION)
    ax.set_title(plain(title), loc="left")
    thousands(ax)
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
    ax = axes(ax, width=max(8.0, 2.8 + 0.95 * len(groups)), height=height(len(names)) + 0.8)
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
            text, dark = short(values[row, column]), shades[row, column] > 0.65
            ax.text(column, row, text, ha="center", va="center", fontsize=8, color="white" if dark else "#222222")
    label_rows(ax, names, invert=False)
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


def concept_names(
    concept_frequency: pd.DataFrame,
    *,
    concept: str | None = None,
    ax: Axes | None = None,
    top: int = 6,
    title: str | None = None,
) -> Axes:
    """Draw who calls it what: each group's names of a concept, as shares.

    Parameters
    ----------
    concept_frequency : DataFrame
        What `corpus_tools.terms.concept_frequency` gives with one column in `by`.
    concept : str, optional
        Which concept; by default the first of the table.
    ax : Axes, optional
        Where to draw.
    top : int, default 6
        How many names to tell apart, the most frequent ones; the others share a grey.
    title : str, optional
        Title of the picture.

    Returns
    -------
    Axes
        One bar for each group that names the concept, its parts by name with their counts; the group's total beside it.

    Raises
    ------
    InvalidTable
        When the table has no groups.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import terms
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["Red Front, RF, RF"], "outlet": ["Lakeside Post"]})
    >>> table = terms.concept_frequency(articles, {"front": ["Red Front", "RF"]}, by="outlet")
    >>> [text.get_text() for text in concept_names(table).texts]
    ['2', '1', '3']
    """
    require(concept_frequency, "concept", "variant", "count")
    group = str(concept_frequency.columns[0])
    if group == "concept":
        raise InvalidTable("The table has no groups; count with by='outlet'.")
    chosen = concept if concept is not None else str(next(iter(concept_frequency["concept"]), ""))
    rows = concept_frequency[(concept_frequency["concept"] == chosen) & (concept_frequency["count"] > 0)]
    names = rows.groupby("variant", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    groups = list(dict.fromkeys(rows[group]))
    ax = axes(ax, height=1.4 + 0.38 * max(len(groups), 3))
    if rows.empty:
        return empty(ax, f"None of these articles holds a name of {plain(chosen, width=WIDTH) or 'a concept'}.")
    counts = rows.pivot_table(index=group, columns="variant", values="count", aggfunc="sum").fillna(0)
    counts = counts.reindex(index=groups, columns=names.index)
    parts = [(name, counts[name]) for name in names.index[:top]]
    if len(names) > top:
        parts.append((_OTHER, counts[names.index[top:]].sum(axis=1)))
    _stack(ax, parts, counts.sum(axis=1))
    label_rows(ax, groups)
    heading = plain(title or f"Names of {chosen.replace('_', ' ')}", width=80)
    ax.set_title(heading, loc="left", pad=10 + 15 * -(-len(parts) // _ACROSS))
    return ax


_OTHER = "other names"

#: Names in one row of the legend.
_ACROSS = 4


def _stack(ax: Axes, parts: list[tuple[str, pd.Series[Any]]], totals: pd.Series[Any]) -> None:
    """Draw shares side by side, with their counts where there is room."""
    left = totals * 0.0
    for number, (name, counts) in enumerate(parts):
        colour = GREY if name == _OTHER else PALETTE[number % 7]
        ink = "#222222" if colour in PALETTE[3:6] else "white"
        shares = counts / totals
        ax.barh(range(len(totals)), shares, left=left, color=colour, height=0.66, label=plain(name, width=WIDTH))
        for place, (share, count, begin) in enumerate(zip(shares, counts, left, strict=True)):
            # A number needs a part that is wide enough for it.
            if share >= 0.04:
                at = (begin + share / 2, place)
                ax.text(*at, f"{int(count):,}", ha="center", va="center", fontsize=8, color=ink)
        left = left + shares
    for place, total in enumerate(totals):
        beside(ax, f"{int(total):,}", (1.0, place))
    ax.set_xlim(0, 1.08)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xlabel("Share of all namings")
    ax.legend(loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=_ACROSS, frameon=False, fontsize=8.5)
