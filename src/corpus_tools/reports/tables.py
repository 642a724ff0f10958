"""Tables for people: every value escaped and formatted, wide tables in their own box, and what is left out said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import repeat
from typing import TYPE_CHECKING, Any

from corpus_tools.errors import InvalidTable
from corpus_tools.reports import cells

if TYPE_CHECKING:
    import pandas as pd

    from corpus_tools.reports.evidence import Evidence

#: Under this type a table stands beside its HTML, for a page to be made from.
MIMETYPE = "application/vnd.corpus-tools.table+json"

#: What a table needs to look right in JupyterLab too, where the report's own style sheet is not there, and where tables
#: have a style that only a name said twice outweighs.
_STYLE = (
    "<style>.ct-table{overflow-x:auto;max-width:100%}.ct-table.ct-table table{border-collapse:collapse;margin:0}"
    ".ct-table.ct-table caption{text-align:left;font-weight:600;padding:.4em 0}"
    ".ct-table.ct-table :is(th,td){text-align:left;vertical-align:top;padding:.3em .8em .3em 0;max-width:34em}"
    ".ct-table.ct-table .x{overflow-wrap:anywhere}.ct-table.ct-table .s{white-space:nowrap}"
    ".ct-table.ct-table .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".ct-table.ct-table .r{text-align:right}.ct-table.ct-table .d{white-space:nowrap}"
    ".ct-table.ct-table .w{min-width:16em}</style>"
)

# Columns of these names hold names of years, not counts.
_YEARS = ("year",)

# Columns of these names say best what a row is that stands for one place.
_NAMING = ("match", "title", "sentence")

# Texts longer than _WIDE get a column that is wide enough to read them in, texts up to _SHORT are not broken at all,
# and only where a word is longer than _LONG_WORD (an address, say) may words be broken.
_WIDE = 60
_SHORT = 18
_LONG_WORD = 30


@dataclass(frozen=True)
class ShownColumn:
    """One column as it is shown: its heading, its kind and its cells as text."""

    label: str
    kind: str
    cells: tuple[str, ...]

    @property
    def classes(self) -> str:
        """Classes of its cells, as HTML wants them."""
        names = {"number": "n", "date": "d", "left": "w r", "right": "w"}.get(self.kind, "")
        if not names:
            longest = max((len(cell) for cell in self.cells), default=0)
            names = "w" if longest > _WIDE else "s" if longest <= _SHORT else "m"
            if any(len(word) > _LONG_WORD for cell in self.cells for word in cell.split()):
                names += " x"
        return f' class="{names}"' if names else ""


@dataclass(frozen=True)
class Shown:
    """A table ready to be looked at; made by `show`.

    Parameters
    ----------
    columns : tuple of ShownColumn
        The columns with their cells as plain, unescaped text.
    caption : str or None
        What the table shows.
    total : int
        Number of rows of the whole table.
    empty : str
        What to say when there are no rows.
    evidence : tuple of Evidence
        Where its rows come from, for each column that leads there.
    """

    columns: tuple[ShownColumn, ...]
    caption: str | None
    total: int
    empty: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def shown(self) -> int:
        """Number of rows shown."""
        return len(self.columns[0].cells) if self.columns else 0

    @property
    def note(self) -> str:
        """What is left out, or nothing."""
        return f"Showing {self.shown:,} of {self.total:,} rows." if self.shown < self.total else ""

    def _repr_html_(self) -> str:
        caption = escape(self.caption or "")
        if not self.total or not self.columns:
            title = f"<strong>{caption}</strong> " if caption else ""
            return f'<p class="ct-empty">{title}{escape(self.empty)}</p>'
        region = caption or "table"
        styles = [column.classes for column in self.columns]
        head = "".join(
            f'<th scope="col"{classes}>{escape(column.label)}</th>'
            for column, classes in zip(self.columns, styles, strict=True)
        )
        body = "\n".join(
            "<tr>" + "".join(map(cell_html, self.columns, styles, repeat(row))) + "</tr>" for row in range(self.shown)
        )
        return (
            f'{_STYLE}<div class="ct-table" role="region" tabindex="0" aria-label="{region}"><table>'
            + (f"<caption><span>{caption}</span></caption>" if caption else "")
            + f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
            + (f'<p class="ct-note">{self.note}</p>' if self.note else "")
        )

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self._repr_html_(), MIMETYPE: self.as_json()}

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, for a page to be made from."""
        return {
            "caption": self.caption or "",
            "note": self.note,
            "empty": self.empty if not self.total or not self.columns else "",
            "columns": [{"label": c.label, "kind": c.kind, "cells": list(c.cells)} for c in self.columns],
            "evidence": [behind.as_json() for behind in self.evidence],
        }

    def __repr__(self) -> str:
        lines = [self.caption] if self.caption else []
        if not self.total or not self.columns:
            return "\n".join([*lines, self.empty])
        widths = [min(40, max(len(text) for text in (column.label, *column.cells))) for column in self.columns]
        rows = [[column.label for column in self.columns]]
        rows += [[column.cells[row] for column in self.columns] for row in range(self.shown)]
        for row in rows:
            fields = [
                _fit(text, width, right=column.kind == "number")
                for text, width, column in zip(row, widths, self.columns, strict=True)
            ]
            lines.append("  ".join(fields).rstrip())
        return "\n".join([*lines, self.note] if self.note else lines)


def show(
    table: pd.DataFrame | pd.Series[Any] | None,
    *,
    columns: Sequence[str] | None = None,
    caption: str | None = None,
    rows: int | None = 20,
    empty: str = "Nothing found.",
    labels: Mapping[str, str] | None = None,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | Mapping[str, pd.DataFrame] | None = None,
    by: str | Sequence[str] | Mapping[str, str] | None = None,
) -> Shown:
    """Return `table` as people like to read it, in a notebook or a report; everything in it is escaped.

    Parameters
    ----------
    table : DataFrame, Series or None
        None, where there was nothing to compute, is a table without rows. An index that says something comes in front.
    columns : sequence of str, optional
        Columns to show, in this order; all by default.
    caption : str, optional
        What the table shows, above it.
    rows : int or None, default 20
        Most rows to show, from the top; None shows all. What is left out is said below the table.
    empty : str
        What to say instead of a table without rows.
    labels : mapping of str to str, optional
        Headings by column name; by default the name, with spaces for underscores.
    articles, evidence, by : optional
        Where rows come from, for each to lead to its passages: the articles, the places that rows count, and the
        columns that say which row counts which (`corpus_tools.reports.evidence.gather`). Where several columns count,
        a mapping gives the places of each by the column's name.

    Returns
    -------
    Shown
        Has ``_repr_html_`` for notebooks and pages; prints as plain text.

    Raises
    ------
    InvalidTable
        When `table` is no table, or `rows` is negative.
    MissingColumn
        When a column of `columns` is not there.

    Examples
    --------
    >>> import pandas as pd
    >>> show(pd.DataFrame({"outlet": ["Meridian Post", None], "articles": [1200, 7]}), caption="Articles", rows=1)
    Articles
    Outlet         Articles
    Meridian Post     1,200
    Showing 1 of 2 rows.
    """
    whole = _as_frame(table)
    if rows is not None and rows < 0:
        raise InvalidTable(f"rows must be 0 or more, or None for all; it is {rows}.")
    frame = _chosen(whole, columns)
    head = frame if rows is None else frame.head(rows)
    wanted = labels or {}
    shown = tuple(
        _column(head.iloc[:, place], wanted.get(str(name), _label(name))) for place, name in enumerate(frame.columns)
    )
    title = cells.clean(caption, longest=300) if caption else None
    behind: tuple[Evidence, ...] = ()
    if articles is not None and len(head) and shown:
        from corpus_tools.reports.evidence import gather

        names = [str(name) for name in frame.columns]
        counted = _counted(evidence, names, _leading(shown, names, counted=evidence is not None))
        top = whole.head(len(head))
        behind = tuple(gather(top, articles, evidence=places, by=by, column=column) for column, places in counted)
    return Shown(shown, title, len(frame), cells.clean(empty, longest=600), behind)


def _chosen(frame: pd.DataFrame, columns: Sequence[str] | None) -> pd.DataFrame:
    """Return the columns that are to be shown; a table without any stands for one without rows."""
    if columns is None:
        return frame
    if not len(frame.columns) and not len(frame):
        return frame.head(0)
    from corpus_tools.schema import require

    require(frame, *columns)
    return frame[list(columns)]


def _leading(shown: Sequence[ShownColumn], names: Sequence[Any], *, counted: bool) -> int:
    """Return the column whose cells lead to where a row comes from: its count, or else its words or its title."""
    numbers = [place for place, column in enumerate(shown) if column.kind == "number"]
    whole = [place for place in numbers if cells.MISSING not in shown[place].cells]
    if counted and numbers:
        return (whole or numbers)[0]
    return next((place for place, name in enumerate(names) if name in _NAMING), 0)


def _counted(
    evidence: pd.DataFrame | Mapping[str, pd.DataFrame] | None, names: Sequence[str], leading: int
) -> list[tuple[int, pd.DataFrame | None]]:
    """Return the columns that lead to places, by their position, each with its places."""
    if not isinstance(evidence, Mapping):
        return [(leading, evidence)]
    missing = [name for name in evidence if name not in names]
    if missing:
        raise InvalidTable(
            f"evidence names the column {missing[0]!r}, which is not shown; there are {', '.join(names)}."
        )
    return [(names.index(name), places) for name, places in evidence.items()]


def _as_frame(table: object) -> pd.DataFrame:
    import pandas as pd

    if table is None:
        return pd.DataFrame()
    if isinstance(table, pd.Series):
        table = table.to_frame(table.name if table.name is not None else "value")
    if not isinstance(table, pd.DataFrame):
        raise InvalidTable(f"show() needs a DataFrame or Series, not {type(table).__name__}.")
    index = table.index
    plain = index.nlevels == 1 and index.name is None and pd.api.types.is_integer_dtype(index.dtype)
    if plain or not len(table):
        return table
    names = [name if name is not None else f"level_{place}" for place, name in enumerate(index.names)]
    names = ["index" if name == "level_0" and index.nlevels == 1 else name for name in names]
    levels = {name: index.get_level_values(place) for place, name in enumerate(names) if name not in table.columns}
    front = pd.DataFrame(levels, index=range(len(table)))
    return pd.concat([front, table.set_axis(range(len(table)), axis=0)], axis=1)


def _column(series: pd.Series[Any], label: str) -> ShownColumn:
    from pandas.api import types

    heading = cells.clean(label, longest=120)
    if types.is_datetime64_any_dtype(series.dtype):
        return ShownColumn(heading, "date", tuple(cells.text(value) for value in series))
    if types.is_bool_dtype(series.dtype):
        return ShownColumn(heading, "text", tuple(cells.text(value) for value in series))
    if types.is_numeric_dtype(series.dtype):
        known = [float(value) for value in series if not cells.is_missing(value)]
        if str(series.name) in _YEARS:
            return ShownColumn(heading, "number", tuple(cells.text(v).replace(",", "") for v in series))
        places = cells.decimals(known)
        written = [cells.MISSING if cells.is_missing(v) else cells.number(v, places) for v in series]
        return ShownColumn(heading, "number", tuple(written))
    values = tuple(cells.text(value) for value in series)
    if str(series.name) in ("left", "right"):  # the left side of a concordance ends where its word begins
        return ShownColumn(heading, str(series.name), values)
    if str(series.name) in ("url", "source_url"):
        return ShownColumn(heading, "url", values)
    return ShownColumn(heading, "text", values)


def _label(name: Any) -> str:
    text = " · ".join(map(str, name)) if isinstance(name, tuple) else str(name)
    text = text.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def cell_html(column: ShownColumn, classes: str, row: int, target: str = "") -> str:
    """Return one cell as HTML; an address in it is a link, and so is all of it with the attributes of a `target`."""
    text = column.cells[row]
    safe = escape(text)
    if target:
        return f"<td{classes}><a {target}>{safe}</a></td>"
    if column.kind == "url" and text.startswith(("https://", "http://")) and " " not in text:
        safe = f'<a href="{safe}" rel="noopener noreferrer">{safe}</a>'
    return f"<td{classes}>{safe}</td>"


def _fit(text: str, width: int, *, right: bool) -> str:
    if len(text) > width:
        text = text[: width - 1] + "…"
    return text.rjust(width) if right else text.ljust(width)
