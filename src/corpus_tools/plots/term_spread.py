"""Where terms stand, how the vocabulary grows and how frequency falls, in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpus_tools.plots._labels import Label, place_labels
from corpus_tools.plots._style import GREY, PALETTE, axes, colours, empty
from corpus_tools.plots._terms import WIDTH, end_labels, thousands
from corpus_tools.plots._text import plain
from corpus_tools.schema import require

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Curves that can be told apart by colour.
_CURVES = 7
#: Points of a curve of ranks: more would not be seen.
_POINTS = 60


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
        # One line with gaps is a twentieth of as many lines, on a page.
        strokes = np.column_stack([found["place"], found["place"], np.full(len(found), np.nan)]).ravel()
        ends = np.tile([row - 0.36, row + 0.36, np.nan], len(found))
        ax.plot(strokes, ends, color=PALETTE[0], linewidth=1.0, alpha=0.8)
        ax.axhline(row, color=GREY, linewidth=0.4, zorder=0)
        labels.append(f"{plain(name, width=WIDTH)}  ({len(found):,} in {found['article_id'].nunique():,})")
    ax.set_yticks(range(len(names)), labels)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(0, int(positions["corpus_words"].iloc[0]))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Place in the corpus (words)")
    ax.set_title(plain(title or "Where the terms occur (occurrences in articles)"), loc="left")
    thousands(ax)
    return ax


def vocabulary_growth(growth: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw how many distinct words there are after so many words read, beside Heaps' law.

    Parameters
    ----------
    growth : DataFrame
        What `corpus_tools.terms.vocabulary_growth` gives, for the whole corpus or with one column in `by`.
    ax : Axes, optional
        Where to draw.
    title : str, optional
        Title of the picture.

    Returns
    -------
    Axes
        A curve for each group (the seven with most words), named beside its end with the law's exponent, and a dashed
        line for the law. A curve that stays below others at the same number of words has the poorer vocabulary.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import terms
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["the dam and the river"]})
    >>> vocabulary_growth(terms.vocabulary_growth(articles)).get_xlabel()
    'Words read'
    """
    require(growth, "tokens", "types", "expected", "heaps_beta")
    ax = axes(ax)
    if growth.empty:
        return empty(ax, "There are no words, so no vocabulary can grow.")
    groups = str(growth.columns[0]) if growth.columns[0] != "tokens" else None
    names = list(dict.fromkeys(growth[groups])) if groups else [""]
    words = growth.groupby(groups)["tokens"].max() if groups else None
    drawn = names if words is None else sorted(names, key=lambda name: -int(words[name]))[:_CURVES]
    ends = []
    for name, colour in colours(drawn).items():
        rows = growth[growth[groups] == name] if groups else growth
        ax.plot(rows["tokens"], rows["types"], color=colour, linewidth=1.8)
        ax.plot(rows["tokens"], rows["expected"], "--", color=colour, linewidth=0.9, alpha=0.8)
        last = rows.iloc[-1]
        law = f"β = {last['heaps_beta']:.2f}" if last["heaps_beta"] == last["heaps_beta"] else ""
        ax.plot(last["tokens"], last["types"], "o", color=colour, markersize=4)
        ends.append((float(last["types"]), " ".join(filter(None, (plain(name, width=WIDTH), law))), colour))
    ax.set_xlim(left=0)
    ax.set_ylim(bottom=0)
    end_labels(ax, ends)
    ax.set_xlabel("Words read")
    ax.set_ylabel("Distinct words")
    left_out = f"; {_CURVES} largest of {len(names):,}" if len(drawn) < len(names) else ""
    ax.set_title(plain(title or f"Growth of the vocabulary (dashed: Heaps’ law{left_out})"), loc="left")
    thousands(ax)
    thousands(ax, axis="y")
    return ax


def zipf(ranks: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw frequency by rank, both logarithmic, beside the law of Zipf and Mandelbrot.

    Parameters
    ----------
    ranks : DataFrame
        What `corpus_tools.terms.zipf` gives.
    ax : Axes, optional
        Where to draw.
    title : str, optional
        Title of the picture.

    Returns
    -------
    Axes
        Points at evenly spaced ranks, some with their words, and the law as a line.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import terms
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["the dam and the river"]})
    >>> zipf(terms.zipf(articles)).get_xlabel()
    'Rank'
    """
    require(ranks, "rank", "term", "count", "expected", "exponent", "shift")
    ax = axes(ax, width=7.0, height=5.0)
    if ranks.empty:
        return empty(ax, "There are no words to rank.")
    places = np.unique(np.geomspace(1, len(ranks), _POINTS).round().astype(int)) - 1
    rows = ranks.iloc[places]
    ax.plot(rows["rank"], rows["expected"], color=PALETTE[1], linewidth=1.4)
    ax.plot(rows["rank"], rows["count"], "o", color=PALETTE[0], markersize=4)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_ylim(bottom=0.7)
    ax.set_xlabel("Rank")
    ax.set_ylabel("Occurrences")
    shift = float(ranks["shift"].iloc[0])
    law = f": count ~ 1 / (rank {'−' if shift < 0 else '+'} {abs(shift):.1f})^{ranks['exponent'].iloc[0]:.2f}"
    fitted = ranks["exponent"].notna().iloc[0]
    ax.set_title(plain((title or "Frequency by rank") + (law if fitted else "")), loc="left")
    thousands(ax)
    thousands(ax, axis="y")
    named = rows[rows["rank"].isin([1, 2, 3, 5, 10, 20, 50, 100]) | (np.arange(len(rows)) % 6 == 5)]
    labels = [
        Label(plain(row["term"], width=20), row["rank"], row["count"], "#333333") for row in named.to_dict("records")
    ]
    place_labels(ax, labels, points=rows[["rank", "count"]].to_numpy())
    return ax
