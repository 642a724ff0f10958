"""Files in, table of articles out."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pandas as pd

from corpus_tools import schema
from corpus_tools.articles import rules as _rules
from corpus_tools.articles import settling
from corpus_tools.articles.inputs import Input, PathLike, digest, expand
from corpus_tools.articles.readers import LARGEST_FILE, Broken, Columns, Item, Record, Source, reader_for
from corpus_tools.articles.rows import CANDIDATES, CONTENT, PROOF, article_id, row
from corpus_tools.articles.rules import Rules
from corpus_tools.errors import MetadataWarning, MissingExtra, RejectedInputs, UnreadableInput

Progress = Callable[[int, int], None]
RulesLike = Rules | Mapping[str, Any] | str | os.PathLike[str]
HIDDEN = (CANDIDATES, PROOF, CONTENT)


@dataclass(frozen=True)
class Reading:
    """What reading gave: every input is in `articles` or in `rejected`.

    Parameters
    ----------
    articles : DataFrame
        One row per article (`corpus_tools.schema.ARTICLES`).
    rejected : DataFrame
        One row per input that did not become an article (`corpus_tools.schema.REJECTED`).
    mapped : DataFrame
        ``source_path``, ``column``, ``field``: which columns of tables filled which fields; ``field`` is missing for
        columns that were not used.
    """

    articles: pd.DataFrame
    rejected: pd.DataFrame
    mapped: pd.DataFrame


@dataclass
class Seen:
    """Articles seen so far, for telling duplicates: ids and contents, and where each was first."""

    ids: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)

    def again(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the rejection of a row that is a duplicate; None, and note it, when it is new."""
        place = where(row["source_path"], row["source_record"])
        earlier, what = self.ids.get(row["article_id"]), "content"
        if earlier is None:
            earlier, what = self.contents.get(row[CONTENT]), "outlet, date, title and text"
            self.ids[row["article_id"]] = earlier or place
        if earlier is None:
            self.contents[row[CONTENT]] = place
            return None
        return rejection(place, "duplicate", f"The same {what} as {earlier}.", earlier)

    def copies(self, told: FileReading) -> list[dict[str, Any]]:
        """Return the rejections of records that were not read because their content had been."""
        return [
            rejection(place, "duplicate", f"The same content as {self.ids[id_]}.", self.ids[id_])
            for id_, place in told.copies
        ]


@dataclass
class FileReading:
    """What one file gave."""

    sha256: str = ""
    size: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    mapped: list[dict[str, Any]] = field(default_factory=list)
    #: Ids and places of records whose content was read before, in this file or another.
    copies: list[tuple[str, str]] = field(default_factory=list)


def where(path: str, record: Any) -> str:
    """Return ``path#n`` for a record of a file of several, and the path for a page."""
    return path if record is None or record != record else f"{path}#{int(record)}"


def read_rows(file: Input, *, rules: Rules, ids: set[str]) -> Iterator[dict[str, Any] | FileReading]:
    """Yield the rows of one file as they are read, and at last what else there is to say about it.

    Records whose id is in `ids` are not read again; those that are read are added to it.
    """
    told, found = FileReading(), False
    try:
        for item in _items(file, told, rules.common):
            if isinstance(item, Columns):
                told.mapped.extend(
                    {"source_path": file.name, "column": column, "field": name} for column, name in item.fields.items()
                )
            elif isinstance(item, Broken):
                _reject(told, where(_name(file, item), item.number), item.reason, item.detail)
            elif (row_ := _row(file, item, told, rules, ids)) is not None:
                found = True
                yield row_
        if not found and not told.rejected and not told.copies:
            raise UnreadableInput("empty", "There is no record in it; nothing was lost.")
    except Exception as error:  # Whatever a stranger's file sets off, the other files are read.
        _reject(told, file.name, *_why(error))
    yield told


def _items(file: Input, told: FileReading, common: Mapping[str, Sequence[str]]) -> Iterator[Item]:
    """Yield what the file's reader finds in it."""
    if not file.path.exists():
        raise UnreadableInput("unreadable", "It is a link that leads nowhere, or was removed meanwhile.")
    if not file.path.is_file():
        raise UnreadableInput("unreadable", "It is no ordinary file, or a folder that may not be opened.")
    told.sha256, told.size, head = digest(file.path)
    if told.size == 0:
        raise UnreadableInput("empty", "0 bytes; nothing was lost.")
    if told.size > LARGEST_FILE:
        raise UnreadableInput("too_large", f"{told.size:,} bytes; a file may have {LARGEST_FILE:,}. Split it.")
    source = Source(file.path, file.name, common)
    yield from reader_for(source, head)(source)


def _row(file: Input, record: Record, told: FileReading, rules: Rules, ids: set[str]) -> dict[str, Any] | None:
    """Return the row of a record; None when it was read before or cannot be read, which is noted."""
    name = _name(file, record)
    place = where(name, record.number)
    id_ = article_id(record.canonical)
    if id_ in ids:  # Before the page is read: it would only give the same again.
        told.copies.append((id_, place))
        return None
    try:
        found = row(record, rules=rules, name=name, sha256=told.sha256)
    except Exception as error:
        _reject(told, place, *_why(error))
        return None
    ids.add(id_)
    return found


def _why(error: Exception) -> tuple[str, str]:
    """Return reason and detail of what could not be read."""
    if isinstance(error, UnreadableInput):
        return error.reason, error.detail
    if isinstance(error, MissingExtra):
        return "unsupported", str(error)
    if isinstance(error, (OSError, UnicodeError)):
        told = getattr(error, "strerror", None) or str(error)
        return "unreadable", f"{told}; check the file and its permissions."
    if isinstance(error, MemoryError):
        return "too_costly", "Reading it took more memory than there is; it was given up."
    return "failed", f"{type(error).__name__}: {str(error)[:200]}; this is a mistake of corpus-tools: please report it."


def _name(file: Input, item: Record | Broken) -> str:
    """Return the name of a record's file; of one in an archive, ``archive.zip#name``."""
    return f"{file.name}#{item.within}" if item.within else file.name


def file_of(source_path: str) -> str:
    """Return the name of the file that an article or a rejected record came from."""
    return source_path.split("#")[0]


def _reject(told: FileReading, path: str, reason: str, detail: str) -> None:
    told.rejected.append(rejection(path, reason, detail))


def rejection(path: str, reason: str, detail: str, first: str | None = None) -> dict[str, Any]:
    """Return a row of the rejected table; of a duplicate, with where the article was first."""
    return {"source_path": path, "reason": reason, "detail": detail, "_first": first}


def read_all(
    *paths: PathLike | Iterable[PathLike],
    rules: RulesLike | None = None,
    progress: Progress | None = None,
) -> Reading:
    r"""Read articles, and tell what became of every input.

    Parameters
    ----------
    *paths : path-like or iterable of path-like
        Files, folders (with their subfolders) and patterns such as ``"pages/*.txt"``. Hidden files, and those that a
        ``.corpusignore`` names, are left out.
    rules : path-like, mapping or Rules, optional
        A TOML file with rules for outlets of your own (see ``docs/articles.md``). By default, the ``.corpusrules.toml``
        in the folders among `paths`, where there is one.
    progress : callable, optional
        Called with the number of files done and their total.

    Returns
    -------
    Reading
        Tables ``articles``, ``rejected`` and ``mapped``.

    Raises
    ------
    UnreadableInput
        When a path does not exist.
    InvalidRules
        When the rules are not of the documented form.

    Warns
    -----
    MetadataWarning
        When dates stay missing because they can be read two ways.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> page = "Rain floods Millbeck\n\nBy Ines Orr\n\n2 Aug 2016\n\nIt rained all day."
    >>> _ = (folder / "rain.txt").write_text(page)
    >>> _ = (folder / "scan.png").write_bytes(b"\x89PNG")
    >>> reading = read_all(folder)
    >>> reading.articles.loc[0, ["title", "text"]].tolist(), reading.rejected["reason"].tolist()
    (['Rain floods Millbeck', 'It rained all day.'], ['unsupported'])
    """
    given = [path for entry in paths for path in ([entry] if isinstance(entry, (str, os.PathLike)) else entry)]
    known = _rules.given(rules, given)
    files = expand(given)
    rows: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    mapped: list[dict[str, Any]] = []
    seen, ids = Seen(), set[str]()
    for done, file in enumerate(files, 1):
        for item in read_rows(file, rules=known, ids=ids):
            if isinstance(item, FileReading):
                rejected.extend(item.rejected + seen.copies(item))
                mapped.extend(item.mapped)
            elif (again := seen.again(item)) is not None:
                rejected.append(again)
            else:
                rows.append(item)
        if progress is not None:
            progress(done, len(files))
    articles = table(rows)
    articles, left = settling.settle(articles, settling.proofs(articles), known)
    warn_open(left)
    return Reading(visible(articles), rejections(rejected), mappings(mapped))


def read(
    *paths: PathLike | Iterable[PathLike],
    rules: RulesLike | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    r"""Read articles from files, folders and patterns.

    Parameters
    ----------
    *paths, rules, progress
        As for `read_all`, which also returns what was rejected.

    Returns
    -------
    DataFrame
        One row per article (`corpus_tools.schema.ARTICLES`), in the order of the files' names.

    Warns
    -----
    RejectedInputs
        When inputs did not become articles; the message counts them by reason.
    MetadataWarning
        When dates stay missing because they can be read two ways.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> page = "---\ntitle: Rain\noutlet: The Harl Post\ndate: 2016-08-02\n---\nIt rained."
    >>> _ = (folder / "rain.md").write_text(page)
    >>> read(folder)[["title", "outlet", "published", "text"]].iloc[0].astype(str).tolist()
    ['Rain', 'The Harl Post', '2016-08-02 00:00:00', 'It rained.']
    """
    reading = read_all(*paths, rules=rules, progress=progress)
    if len(reading.rejected):
        counts = Counter(reading.rejected["reason"])
        told = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
        warnings.warn(
            RejectedInputs(
                f"{len(reading.rejected)} inputs did not become articles ({told}); "
                "corpus_tools.articles.read_all(...).rejected says which and why."
            ),
            stacklevel=2,
        )
    return reading.articles


def table(rows: pd.DataFrame | list[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as an articles table, the room's own columns behind."""
    frame = pd.DataFrame(rows, columns=[*schema.ARTICLES.names, *(n for n in EXTRA if n not in schema.ARTICLES.names)])
    return _extra(schema.ARTICLES.conform(frame))


#: Columns behind those of the schema, and their types.
EXTRA = {
    "dateline": "str",
    "dateline_date": "datetime64[s]",
    "published_offset": "Int64",
    CANDIDATES: "str",
    PROOF: "str",
    CONTENT: "str",
}


def _extra(frame: pd.DataFrame) -> pd.DataFrame:
    for name, dtype in EXTRA.items():
        values = pd.to_datetime(frame[name]) if dtype.startswith("datetime") else frame[name]
        frame[name] = pd.Series(values, index=frame.index).astype(cast("Any", dtype))
    return frame


def visible(frame: pd.DataFrame) -> pd.DataFrame:
    """Return an articles table without the room's own columns."""
    return frame.drop(columns=list(HIDDEN))


def rejections(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a rejected table."""
    frame = pd.DataFrame(rows, columns=schema.REJECTED.names)
    return schema.REJECTED.conform(frame)


def mappings(rows: pd.DataFrame | list[dict[str, Any]]) -> pd.DataFrame:
    """Return the table of columns and the fields that they fill."""
    return pd.DataFrame(rows, columns=["source_path", "column", "field"]).astype("str").reset_index(drop=True)


def warn_open(left: int) -> None:
    """Warn when dates were left missing because they can be read two ways."""
    if left:
        warnings.warn(
            MetadataWarning(
                f"{left} dates can be read day first or month first, and nothing shows which; they are missing. "
                "Give date_order for their outlets in a rules file."
            ),
            stacklevel=3,
        )
