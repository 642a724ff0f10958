"""Full-text search in a corpus on disk: an SQLite FTS5 index beside it, which can be made anew at any time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus_tools.articles.phrases import to_fts
from corpus_tools.errors import DamagedCorpus, InvalidQuery

if TYPE_CHECKING:
    from corpus_tools.articles.corpus import Corpus

NAME = "index.sqlite"
#: Form of the index; one of another form is made anew.
_FORM = 1
#: Seconds to wait for another process that is writing.
_PATIENCE = 60
# Soft hyphens and the like are not meant to part words.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
#: Words of these characters mean the same here and to whoever asks; of others, all articles are handed out.
_PLAIN = re.compile(r"[a-z0-9'\-]*[a-z0-9][a-z0-9'\-]*\*?")
_SCHEMA = """
create table articles (id integer primary key, part text, article_id text, title text, outlet text, published text,
                       text text);
create index by_part on articles (part);
create view seen as select id, visible(title) as title, visible(text) as text from articles;
create virtual table words using fts5(title, text, content='seen', content_rowid='id',
                                      tokenize="unicode61 remove_diacritics 0");
"""
#: Most articles among which the best are looked for: of what stands in more, ranking takes long and tells little.
MOST_RANKED = 10_000
_SOME = "select rowid from words where words match ? limit ?"
# Best first; what is shown of an article is only made for those.
_BEST = "select rowid, rank from words where words match ? order by rank, rowid limit ?"
_SHOWN = """
select article_id, articles.title, outlet, published, snippet(words, 1, '[', ']', '…', 24)
from words join articles on articles.id = words.rowid where words match ? and words.rowid = ?
"""
# From one name to the next: reading all rows to find a few dozen names would take longer than a search.
_PARTS = """
with recursive names (part) as (
    select min(part) from articles union all
    select (select min(part) from articles where part > names.part) from names where names.part is not null
) select part from names
"""
COLUMNS = {
    "article_id": "str",
    "title": "str",
    "outlet": "str",
    "published": "datetime64[s]",
    "snippet": "str",
    "score": "float64",
}


class Index:
    """The words of a corpus, and where they stand.

    Parameters
    ----------
    corpus : Corpus
        A corpus on disk. The index is brought up to date with it: only parts that are new are read.

    Raises
    ------
    InvalidQuery
        When the corpus was read on the fly, or lies on an object store: there is no disk to index on.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import corpus_tools as ct
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "dam.txt").write_text("The old dam broke at dawn.")
    >>> _ = ct.build(folder / "dam.txt", folder / "corpus")
    >>> Index(ct.open(folder / "corpus")).search('"old dam" NEAR dawn')["snippet"].tolist()
    ['The [old dam] broke at [dawn].']
    """

    def __init__(self, corpus: Corpus) -> None:
        if not corpus.is_built or not isinstance(corpus.path, Path):
            raise InvalidQuery(f"{corpus.name} is no corpus on this machine's disk; build one (corpus-tools build).")
        self._corpus = corpus
        self._file = corpus.path / NAME
        try:
            self._refresh()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)
            self._refresh()

    def search(self, query: str, *, limit: int | None = 20) -> pd.DataFrame:
        """Find articles by their words.

        Parameters
        ----------
        query : str
            Words, all of which must occur; ``"several words"`` that follow each other; ``flood*``; ``AND``, ``OR``,
            ``NOT`` and parentheses; ``dam NEAR dawn`` (at most ten words between them) or ``dam NEAR/3 dawn``;
            ``title:dam``. Upper and lower case are one.
        limit : int, optional
            Most articles; None for all.

        Returns
        -------
        DataFrame
            Best first (BM25): ``article_id``, ``title``, ``outlet``, ``published``, ``snippet`` with the words in
            brackets, ``score``. Where more than 10,000 articles match and not all of them are asked for, they come in
            the order of the corpus, and ``score`` is missing.

        Raises
        ------
        InvalidQuery
            When the query cannot be understood; the message says why.
        """
        if limit is not None and limit < 0:
            raise InvalidQuery("limit must be 0 or more.")
        asked = to_fts(query)
        with self._open() as database:
            try:
                best = _first(database, asked, limit)
            except sqlite3.OperationalError as error:
                raise InvalidQuery(f"The query {query!r} cannot be understood ({error}).") from error
            rows = [(*database.execute(_SHOWN, (asked, place)).fetchone(), score) for place, score in best]
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)

    def articles_with(self, alternatives: Sequence[Sequence[str]] | None) -> pd.DataFrame:
        """Return the articles that may hold all words of any of the alternatives, in the order of the corpus.

        Parameters
        ----------
        alternatives : sequence of sequences of str, optional
            Words in lower case; one ending in ``*`` is the beginning of a word. Articles too many may be returned,
            never one too few. None asks for all.

        Returns
        -------
        DataFrame
            ``article_id``, ``title``, ``outlet``, ``published``, ``text``.
        """
        wanted = None if alternatives is None else [_all_of(words) for words in alternatives]
        command = "select article_id, title, outlet, published, text from articles"
        given: tuple[str, ...] = ()
        if wanted is not None and all(wanted):
            command += " where id in (select rowid from words where words match ?)"
            given = (" OR ".join(f"({one})" for one in wanted if one),)
        with self._open() as database:
            rows = database.execute(command + " order by id", given).fetchall()
        names = ["article_id", "title", "outlet", "published", "text"]
        frame = pd.DataFrame(rows, columns=names)
        return frame.astype({**dict.fromkeys(names, "str"), "published": "datetime64[s]"})

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            database = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise DamagedCorpus(f"The index of {self._corpus.name}/ cannot be opened: {error}.") from error
        try:
            database.create_function("visible", 1, _visible, deterministic=True)
            yield database
        finally:
            database.close()

    def _refresh(self) -> None:
        with self._open() as database:
            if _form(database) == _FORM and _parts(database) == set(self._corpus.part_names):
                return
            database.execute("pragma synchronous = off")
            database.execute("begin immediate")
            if _form(database) != _FORM:
                _start_anew(database)
            there, wanted = _parts(database), self._corpus.part_names
            for name in sorted(there - set(wanted)):
                _remove(database, name)
            for name, articles in self._corpus.named_parts(skip=there):
                _add(database, name, articles)
            database.execute("commit")


def _first(database: sqlite3.Connection, asked: str, limit: int | None) -> list[tuple[int, float | None]]:
    """Return the places of the articles to show and their scores; these are missing where too many match."""
    if limit is not None and limit <= MOST_RANKED:
        some = database.execute(_SOME, (asked, MOST_RANKED + 1)).fetchall()
        if len(some) > MOST_RANKED:
            return [(place, None) for (place,) in some[:limit]]
    found = database.execute(_BEST, (asked, -1 if limit is None else limit)).fetchall()
    return [(place, -rank) for place, rank in found]


def _form(database: sqlite3.Connection) -> int:
    return int(database.execute("pragma user_version").fetchone()[0])


def _start_anew(database: sqlite3.Connection) -> None:
    for kind, name in database.execute("select type, name from sqlite_master where name in ('words')").fetchall():
        database.execute(f"drop {kind} {name}")
    for kind, name in [("view", "seen"), ("table", "articles")]:
        database.execute(f"drop {kind} if exists {name}")
    for command in _SCHEMA.split(";"):
        database.execute(command)
    database.execute(f"pragma user_version = {_FORM}")


def _parts(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute(_PARTS) if name is not None}


def _remove(database: sqlite3.Connection, part: str) -> None:
    database.execute(
        "insert into words (words, rowid, title, text) "
        "select 'delete', seen.id, seen.title, seen.text from seen join articles using (id) where part = ?",
        (part,),
    )
    database.execute("delete from articles where part = ?", (part,))


def _add(database: sqlite3.Connection, part: str, articles: pd.DataFrame) -> None:
    published = articles["published"].astype("str")
    columns = [articles[name] for name in ("article_id", "title", "outlet")] + [published, articles["text"]]
    rows = zip(*([None if value != value else value for value in column] for column in columns), strict=True)
    database.executemany(
        "insert into articles (part, article_id, title, outlet, published, text) values (?, ?, ?, ?, ?, ?)",
        ((part, *map(_storable, row)) for row in rows),
    )
    database.execute(
        "insert into words (rowid, title, text) "
        "select seen.id, seen.title, seen.text from seen join articles using (id) where part = ?",
        (part,),
    )


def _storable(value: Any) -> Any:
    """Return text that SQLite can hold: half of a pair of surrogates is no character."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) and not value.isascii() else value


def _visible(text: str | None) -> str | None:
    return text if text is None or text.isascii() else _INVISIBLE.sub("", text)


def _all_of(words: Sequence[str]) -> str:
    """Return what finds at least the articles with all of the words; empty when that is all articles."""
    plain = [word for word in words if _PLAIN.fullmatch(word)]
    return " AND ".join(f'"{word.rstrip("*")}"{"*" if word.endswith("*") else ""}' for word in plain)
