"""A corpus: built on disk, or raw files read on the fly."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.articles import exporting
from corpus_tools.articles import manifest as _manifest
from corpus_tools.articles.places import Place, is_folder, is_remote, place
from corpus_tools.articles.reading import Progress, Reading, RulesLike, mappings, read_all, table, visible
from corpus_tools.errors import DamagedCorpus, DamagedPart, UnreadableInput

if TYPE_CHECKING:
    from corpus_tools.articles.index import Index


@dataclass(frozen=True)
class Corpus:
    """Articles, with where they came from.

    Parameters
    ----------
    name : str
        Name of its folder or file.
    fingerprint : str
        Digest of all articles: the same articles give the same fingerprint, whether built or read on the fly.
    path : Path
        Where it is; for an object store, the like of it (`corpus_tools.articles.places.place`).
    """

    name: str
    fingerprint: str
    path: Place
    _reading: Reading | None = field(default=None, repr=False)
    _manifest: _manifest.Manifest | None = field(default=None, repr=False)

    def __len__(self) -> int:
        if self._manifest is not None:
            return self._manifest.articles
        assert self._reading is not None
        return len(self._reading.articles)

    @property
    def is_built(self) -> bool:
        """Whether it is a corpus on disk rather than raw files."""
        return self._manifest is not None

    @cached_property
    def articles(self) -> pd.DataFrame:
        """All articles (`corpus_tools.schema.ARTICLES`), sorted by source."""
        if self._reading is not None:
            return self._reading.articles
        parts = list(self.parts())
        if not parts:
            return visible(table([]))
        joined = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
        joined = joined.sort_values(["source_path", "source_record"], kind="stable", na_position="first")
        return schema.ARTICLES.conform(joined)

    @cached_property
    def rejected(self) -> pd.DataFrame:
        """Inputs that did not become articles (`corpus_tools.schema.REJECTED`)."""
        if self._reading is not None:
            return self._reading.rejected
        assert self._manifest is not None
        if not self._manifest.rejected_file:
            return schema.REJECTED.empty()
        data = _manifest.read_part(self.path, self._manifest.rejected_file)
        frame = _manifest.frame_of(data)
        return schema.REJECTED.conform(frame[schema.REJECTED.names])

    @cached_property
    def mapped(self) -> pd.DataFrame:
        """Which columns of tables filled which fields: ``source_path``, ``column``, ``field``."""
        if self._reading is not None:
            return self._reading.mapped
        assert self._manifest is not None
        if not self._manifest.mapped_file:
            return mappings([])
        data = _manifest.read_part(self.path, self._manifest.mapped_file)
        return mappings(_manifest.frame_of(data))

    def parts(self) -> Iterator[pd.DataFrame]:
        """Yield the articles part by part, so that a corpus larger than memory can be analysed.

        Warns
        -----
        DamagedPart
            When a part is gone or damaged; the message names it. The others are read; `damaged` tells which are not.
        """
        if self._manifest is None:
            if len(self.articles):
                yield self.articles
            return
        for _, articles in self.named_parts():
            yield articles

    def named_parts(self, *, skip: Collection[str] = ()) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the names and articles of the whole parts of a corpus on disk, without those in `skip`."""
        for name in self.part_names:
            if name in skip:
                continue
            try:
                articles = read_stored(self.path, name)
            except DamagedCorpus as error:
                warnings.warn(DamagedPart(f"{error} The other parts are read."), stacklevel=3)
                continue
            yield name, articles

    @cached_property
    def damaged(self) -> pd.DataFrame:
        """Parts of a corpus on disk that cannot be read (`corpus_tools.schema.REJECTED`); building adds them anew."""
        rows = []
        for name in self.part_names:
            try:
                _manifest.read_part(self.path, name)
            except DamagedCorpus as error:
                rows.append({"source_path": name, "reason": "damaged", "detail": str(error)})
        return schema.REJECTED.conform(pd.DataFrame(rows, columns=schema.REJECTED.names))

    @property
    def part_names(self) -> list[str]:
        """Names of the parts' files in the corpus' folder, in order; none when raw files were read on the fly."""
        return [] if self._manifest is None else [part.file for part in self._manifest.parts]

    def index(self) -> Index:
        """Return the full-text index of a corpus on disk, brought up to date (see `corpus_tools.articles.index`)."""
        from corpus_tools.articles.index import Index

        return Index(self)

    def search(self, query: str, *, limit: int | None = 20) -> pd.DataFrame:
        """Find articles of a corpus on disk by words, phrases and their nearness.

        Parameters
        ----------
        query : str
            E.g. ``"car bomb" NEAR kabul``; see `corpus_tools.articles.index.Index.search`.
        limit : int, optional
            Most articles; None for all.

        Returns
        -------
        DataFrame
            Best first: ``article_id``, ``title``, ``outlet``, ``published``, ``snippet``, ``score``.

        Raises
        ------
        InvalidQuery
            When the query cannot be understood, or the corpus was read on the fly.
        """
        return self.index().search(query, limit=limit)

    def export(self, out: str | os.PathLike[str], **options: Any) -> Path:
        """Write the corpus as a Data Package that others can cite and load (`corpus_tools.articles.export`).

        Parameters
        ----------
        out : path-like
            A new folder.
        **options
            ``formats``, ``name``, ``title``, ``description``, ``licenses``, ``sources``.

        Returns
        -------
        Path
            The ``datapackage.json``.
        """
        return exporting.export(self, out, **options)


def read_stored(folder: str | os.PathLike[str] | Place, name: str) -> pd.DataFrame:
    """Return the articles of one part of a corpus on disk.

    Raises
    ------
    DamagedCorpus
        When the part is gone or damaged; the message names it.
    """
    return visible(stored(_manifest.read_part(place(folder), name)))


def stored(data: bytes) -> pd.DataFrame:
    """Return the rows of a part, with the room's own columns."""
    return table(_manifest.frame_of(data))


def open(
    path: str | os.PathLike[str],
    *,
    rules: RulesLike | None = None,
    progress: Progress | None = None,
) -> Corpus:
    """Open a corpus.

    Parameters
    ----------
    path : path-like
        Folder of a corpus that `build` made, here or on an object store (``s3://bucket/corpus``), of a Data Package
        that `export` wrote, or raw files (a file, a folder, a pattern), which are then read.
    rules : path-like, mapping or Rules, optional
        Rules for raw files (see ``docs/articles.md``).
    progress : callable, optional
        Called with the number of raw files read and their total.

    Returns
    -------
    Corpus
        With ``articles``, ``rejected``, ``fingerprint``, ``name`` and ``parts()``.

    Raises
    ------
    UnreadableInput
        When the path does not exist, or its store cannot be reached.
    DamagedCorpus
        When the corpus cannot be read.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "rain"
    >>> folder.mkdir()
    >>> _ = (folder / "one.txt").write_text("It rained all day.")
    >>> corpus = open(folder)
    >>> corpus.name, len(corpus), corpus.articles["text"].tolist()
    ('rain', 1, ['It rained all day.'])
    """
    folder = place(path)
    has_parts = is_folder(folder / _manifest.PARTS)
    if has_parts and (folder / _manifest.NAME).is_file():
        found = _manifest.load(folder)
        return Corpus(_name(folder), found.fingerprint, folder, _manifest=found)
    if has_parts and (folder / _manifest.LOCK).is_file():
        raise UnreadableInput("empty", f"The corpus {folder.name}/ was never finished; build it again.")
    if exporting.is_package(folder):
        return _package(folder)
    if is_remote(path):
        raise UnreadableInput(
            "unsupported", f"There is no corpus at {path}; build one (raw files are read from this machine's disks)."
        )
    reading = read_all(path, rules=rules, progress=progress)
    digest = _manifest.fingerprint([_manifest.row_digest(reading.articles)])
    return Corpus(_name(folder), digest, folder, _reading=reading)


def _package(folder: Place) -> Corpus:
    told, tables = exporting.load(folder)
    articles = visible(table(tables["articles"]))
    rejected = schema.REJECTED.conform(tables.get("rejected", schema.REJECTED.empty()))
    return Corpus(
        str(told["name"]), str(told["fingerprint"]), folder, _reading=Reading(articles, rejected, mappings([]))
    )


def _name(folder: Place) -> str:
    return str(folder.name or folder.resolve().name)
