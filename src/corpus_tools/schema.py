"""The tables: their columns, types and meanings, in one place.

Every analysis takes one of these tables and gives another. A table may carry further columns; those listed here are
relied upon. `start` and `end` are character offsets into the article's ``text``, `end` exclusive, so that
``text[start:end]`` is the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidTable, MissingColumn

#: Kinds of column (see `Column`), and the pandas types that hold them.
_DTYPES: dict[str, Any] = {
    "string": "str",
    "datetime": "datetime64[s]",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "list": "object",
    "spans": "object",
    "hedges": "object",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Name of the column.
    kind : {"string", "datetime", "integer", "number", "boolean", "list", "spans", "hedges"}
        ``string`` is text or missing, never ``""``; ``datetime`` is datetime64[s] or missing, without time zone (UTC
        where the source gives one); ``integer`` is Int64; ``number`` is float64; ``list`` holds a list of str in each
        row (empty, never missing); ``spans`` a list of ``[start, end]`` pairs; ``hedges`` a list of
        ``[start, end, text]``.
    meaning : str
        What it says, with its unit.
    required : bool
        Whether a value may not be missing.
    choices : tuple of str
        The values that a string may take; any when empty.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The form of one table: its name, what a row is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Return a table of this form without rows."""
        return self.conform(pd.DataFrame({name: [] for name in self.names}))

    def conform(self, rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """Return `rows` with these columns first, in order, and of the right types.

        Parameters
        ----------
        rows : DataFrame or iterable of mappings
            Missing columns are filled with missing values (lists with empty lists); further columns are kept, behind.

        Returns
        -------
        DataFrame
            A new table with a fresh index.
        """
        frame = rows.copy() if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
        frame = frame.reset_index(drop=True)
        data = {column.name: _cast(frame, column) for column in self.columns}
        others = {name: frame[name] for name in frame.columns if name not in data}
        return pd.DataFrame({**data, **others}, index=frame.index)

    def validate(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` unchanged if it has this form.

        Raises
        ------
        MissingColumn
            When a column is not there.
        InvalidTable
            When a column has another type, misses a required value, or holds a value outside its choices; the
            message names the column and the first row.
        """
        absent = [name for name in self.names if name not in frame.columns]
        if absent:
            raise MissingColumn(
                f"The {self.name} table lacks {', '.join(absent)}; it has {', '.join(map(str, frame.columns))}. "
                f"corpus_tools.schema.{self.name.upper()}.conform(table) adds missing columns."
            )
        for column in self.columns:
            _check(frame[column.name], column, self.name)
        return frame


def require(frame: pd.DataFrame, *columns: str) -> None:
    """Raise `MissingColumn` unless `frame` has all of `columns`."""
    absent = [name for name in columns if name not in frame.columns]
    if absent:
        have = ", ".join(map(str, frame.columns)) or "no columns"
        raise MissingColumn(f"This call needs {', '.join(absent)}; the table has {have}.")


def _cast(frame: pd.DataFrame, column: Column) -> pd.Series[Any]:
    if column.name not in frame.columns:
        values: list[Any] = [[] if _is_list(column) else None for _ in range(len(frame))]
        absent: pd.Series[Any] = pd.Series(values, index=frame.index, dtype=_DTYPES[column.kind])
        return absent
    series = frame[column.name]
    if _is_list(column):
        return pd.Series([_as_list(value) for value in series], index=frame.index, dtype="object")
    if column.kind == "string":
        text: pd.Series[Any] = pd.Series(series, dtype="str")
        empty = text == ""
        return text.mask(empty) if empty.any() else text
    if column.kind == "datetime":
        return _as_datetimes(series)
    other: pd.Series[Any] = pd.Series(series, dtype=_DTYPES[column.kind])
    return other


def _as_datetimes(series: pd.Series[Any]) -> pd.Series[Any]:
    parsed = pd.to_datetime(series)
    if parsed.dt.tz is not None:
        parsed = parsed.dt.tz_convert("UTC").dt.tz_localize(None)
    return cast("pd.Series[Any]", parsed.astype("datetime64[s]"))


def _as_list(value: Any) -> list[Any]:
    if value is None or (isinstance(value, float) and value != value):
        return []
    if isinstance(value, np.ndarray) and not value.size:
        return []
    if isinstance(value, str):
        return [value]
    return [item.tolist() if hasattr(item, "tolist") else item for item in value]


def _is_list(column: Column) -> bool:
    return column.kind in ("list", "spans", "hedges")


def _check(series: pd.Series[Any], column: Column, table: str) -> None:
    where = f"Column {column.name} of the {table} table"
    if _is_list(column):
        wrong = [index for index, value in series.items() if not isinstance(value, list)]
        if wrong:
            raise InvalidTable(f"{where} must hold lists; row {wrong[0]} does not.")
        return
    if series.dtype != _DTYPES[column.kind]:
        raise InvalidTable(f"{where} has type {series.dtype}; it should be {_DTYPES[column.kind]}.")
    if column.required and series.isna().any():
        raise InvalidTable(f"{where} may not be missing; row {series.index[series.isna()][0]} is.")
    if column.kind == "string" and (series == "").any():
        raise InvalidTable(f"{where} holds an empty text in row {series.index[series == ''][0]}; use None instead.")
    if column.choices:
        outside = series.notna() & ~series.isin(column.choices)
        if outside.any():
            first = series.index[outside][0]
            raise InvalidTable(f"{where} holds {series[first]!r} in row {first}; allowed: {', '.join(column.choices)}.")


def _c(name: str, kind: str, meaning: str, *, required: bool = False, choices: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, meaning, required, choices)


_ARTICLE_ID = _c("article_id", "string", "the article's id", required=True)
_START = _c("start", "integer", "first character in the article's text", required=True)
_END = _c("end", "integer", "character after the last", required=True)
_CONFIDENCE = _c("confidence", "number", "from 0 (a guess) to 1 (certain)")

ARTICLES = Table(
    "articles",
    "one article",
    (
        _c(
            "article_id",
            "string",
            "id made from the content of the input, the same wherever it is read",
            required=True,
        ),
        _c("title", "string", "headline"),
        _c("authors", "list", "people (or the organisation) named in the byline"),
        _c("outlet", "string", "who published it"),
        _c("published", "datetime", "when the outlet published it; midnight when only the day is known"),
        _c("original_outlet", "string", "who published it first, where the article says so"),
        _c("original_published", "datetime", "when it was first published, where the article says so"),
        _c("wire", "string", "news agency that the dateline, byline or credit names"),
        _c("url", "string", "address of the page"),
        _c("language", "string", "ISO 639-1 code"),
        _c("regions", "list", "regions that the page files it under"),
        _c("themes", "list", "themes, topics, tags or sections that the page files it under"),
        _c(
            "text",
            "string",
            "body, from the first sentence to the last; paragraphs parted by a blank line",
            required=True,
        ),
        _c("boilerplate", "string", "page furniture that was kept apart, one line each"),
        _c("source_path", "string", "file it was read from", required=True),
        _c(
            "source_record",
            "integer",
            "number of the record in a file of several articles, from 1; else missing",
        ),
        _c("source_sha256", "string", "SHA-256 of that file's bytes", required=True),
        _c("notes", "list", "what was repaired, assumed or left open while reading (`cleaning` and metadata)"),
        _c("source_id", "string", "id that the source gave it (a feed's guid, a letter's Message-ID, a column `id`)"),
        _c("retrieved", "datetime", "when it was saved, in UTC, where the source says so (WARC, a crawler's export)"),
    ),
)

REJECTED = Table(
    "rejected",
    "one input that did not become an article",
    (
        _c("source_path", "string", "file, with #n for the n-th record of a file of several", required=True),
        _c(
            "reason",
            "string",
            "short reason, e.g. empty, unsupported, too_large, no_text, duplicate",
            required=True,
        ),
        _c("detail", "string", "what was found and what to do"),
    ),
)

ATTRIBUTION_KINDS = ("direct", "mixed", "indirect")
SPEAKER_KINDS = (
    "person", "organisation", "government", "media outlet", "document", "group", "anonymous", "unknown",
)  # fmt: skip
ANONYMITY = ("named", "unnamed individual", "unnamed group", "none")

ATTRIBUTIONS = Table(
    "attributions",
    "one attribution: somebody said something",
    (
        _ARTICLE_ID,
        _START,
        _END,
        _c(
            "kind",
            "string",
            "direct (wholly in quotation marks), mixed or indirect",
            required=True,
            choices=ATTRIBUTION_KINDS,
        ),
        _c("source", "string", "who, as written; missing when the text names nobody"),
        _c("source_spans", "spans", "where the source stands"),
        _c("cue", "string", "the word or words that attribute"),
        _c("cue_spans", "spans", "where the cue stands"),
        _c("content", "string", "what was said, as written", required=True),
        _c("content_spans", "spans", "where the content stands"),
        _c("speaker", "string", "the source resolved to its fullest name in the article"),
        _c("speaker_kind", "string", "what kind of source", choices=SPEAKER_KINDS),
        _c("speaker_role", "string", "title or affiliation as written"),
        _c(
            "anonymity",
            "string",
            "named, unnamed individual, unnamed group; none when there is no source",
            choices=ANONYMITY,
        ),
        _c("cue_class", "string", "neutral, assertive, doubtful, denial, ... (attribution/data/cues.tsv)"),
        _c("negated", "boolean", "whether the text says that it was not said"),
        _c("is_speech", "boolean", "False for scare quotes, titles, nicknames and terms in marks"),
        _c("hedges", "hedges", "words that weaken the claim, with their places"),
        _c("relayed_by", "string", "outlet or person that passes the statement on"),
        _c("confidence", "number", "from 0 (a guess) to 1 (certain)"),
        _c("sentence", "string", "the sentence or sentences that hold start to end"),
        _c("anonymity_reason", "string", "why an unnamed source is unnamed, in the article's words"),
        _c("hypothetical", "boolean", "whether it is said only in a condition or possibility (would say, if he says)"),
        _c("certainty", "string", "certain, hedged or negated", choices=("certain", "hedged", "negated")),
        _c("cue_lemma", "string", "base form of the cue's main word: say for `has said`, warn for `also warned`"),
    ),
)

TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")

EXPRESSIONS = Table(
    "expressions",
    "one time expression",
    (
        _ARTICLE_ID,
        _START,
        _END,
        _c("text", "string", "the expression as written", required=True),
        _c("type", "string", "TIMEX3 type", required=True, choices=TIMEX_TYPES),
        _c(
            "value",
            "string",
            "TIMEX3 value, e.g. 2016-07-23, 2015-10, P5M, PAST_REF, XXXX-10; missing when unknown",
        ),
        _c("begin", "datetime", "first second of the interval that it denotes; missing when unknown"),
        _c("finish", "datetime", "last second of that interval"),
        _c(
            "granularity",
            "string",
            "second, minute, hour, day, week, month, quarter, season, half-year, year, decade, century",
        ),
        _c(
            "anchor",
            "string",
            "what it was resolved against: itself (a full date), published, narrative, dateline, or missing",
        ),
        _CONFIDENCE,
    ),
)

EVENT_STATUS = ("happened", "planned", "denied", "hypothetical", "negated", "ongoing")

EVENTS = Table(
    "events",
    "one reported happening",
    (
        _ARTICLE_ID,
        _START,
        _END,
        _c("sentence", "string", "the sentence that reports it", required=True),
        _c("predicate", "string", "the word that names the happening", required=True),
        _c(
            "kind",
            "string",
            "attack, explosion, arrest, election, ... (timeline/data/events.tsv)",
            required=True,
        ),
        _c("status", "string", "whether it happened", required=True, choices=EVENT_STATUS),
        _c("actor", "string", "who did it, as written"),
        _c("target", "string", "to whom or what, as written"),
        _c("place", "string", "where, as written"),
        _c("begin", "datetime", "earliest day it can have happened; missing when the text gives none"),
        _c("finish", "datetime", "latest day it can have happened"),
        _c("killed_min", "integer", "people killed, at least"),
        _c("killed_max", "integer", "people killed, at most; missing when open (`at least 80`)"),
        _c("injured_min", "integer", "people injured, at least"),
        _c("injured_max", "integer", "people injured, at most; missing when open"),
        _c("claimed_by", "string", "who claims responsibility, as written"),
        _c("reported_by", "string", "to whom the text attributes it, as written"),
        _c("certainty", "string", "certain, or the hedge that weakens it (reportedly, allegedly, ...)"),
        _CONFIDENCE,
        _c("missing_min", "integer", "people missing, at least"),
        _c("missing_max", "integer", "people missing, at most; missing when open"),
        _c("arrested_min", "integer", "people arrested, at least"),
        _c("arrested_max", "integer", "people arrested, at most; missing when open"),
        _c("displaced_min", "integer", "people displaced, at least"),
        _c("displaced_max", "integer", "people displaced, at most; missing when open"),
        _c("toll_text", "string", "the words that give the tolls, as written"),
        _c("predicate_start", "integer", "first character of the predicate in the article's text"),
        _c("predicate_end", "integer", "character after its last"),
        _c(
            "dated_by",
            "string",
            "the time expression in its sentence that dates it; missing when the article as a whole does",
        ),
        _c("dated_start", "integer", "first character of that expression in the article's text"),
        _c("dated_end", "integer", "character after its last"),
        _c("salience", "number", "from 0 (in passing) to 1 (what the article is about)"),
    ),
)

TIMELINE = Table(
    "timeline",
    "one event, from all its reports",
    (
        _c("event_id", "string", "id made from the reports that it joins", required=True),
        _c("begin", "datetime", "earliest day that the reports allow"),
        _c("finish", "datetime", "latest day that the reports allow"),
        _c("kind", "string", "kind of event", required=True),
        _c("place", "string", "where, in the most frequent wording"),
        _c("killed_min", "integer", "lowest number of killed reported"),
        _c("killed_max", "integer", "highest number of killed reported"),
        _c("injured_min", "integer", "lowest number of injured reported"),
        _c("injured_max", "integer", "highest number of injured reported"),
        _c("reports", "integer", "number of independent reports (reprints count once)", required=True),
        _c("outlets", "list", "outlets that report it"),
        _c("status", "string", "whether it happened, in most reports"),
        _c("predicate", "string", "the word that names it in most reports"),
        _c("claimed_by", "string", "who claims responsibility, in most reports"),
        _c("first_reported", "datetime", "publication of the first report"),
        _c("conflicts", "list", "what the reports differ in: date, killed, injured, claim, status"),
        _c("actor", "string", "who did it, in the most frequent wording"),
    ),
)

TABLES = {table.name: table for table in (ARTICLES, REJECTED, ATTRIBUTIONS, EXPRESSIONS, EVENTS, TIMELINE)}


def validate(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return `frame` unchanged if it has the form of the named table.

    Parameters
    ----------
    frame : DataFrame
        The table to check.
    table : {"articles", "rejected", "attributions", "expressions", "events", "timeline"}
        Which form to hold it to.

    Returns
    -------
    DataFrame
        The same object.

    Raises
    ------
    MissingColumn, InvalidTable
        When it has another form.

    Examples
    --------
    >>> rejected = REJECTED.conform([{"source_path": "a.txt", "reason": "empty", "detail": "0 bytes"}])
    >>> len(validate(rejected, "rejected"))
    1
    """
    if table not in TABLES:
        raise InvalidTable(f"There is no table {table!r}; there are {', '.join(TABLES)}.")
    return TABLES[table].validate(frame)
