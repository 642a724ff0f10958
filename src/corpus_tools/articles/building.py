"""Build a corpus on disk: atomic, incremental, one writer at a time."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.articles import manifest as _manifest
from corpus_tools.articles import rules as _rules
from corpus_tools.articles import settling
from corpus_tools.articles.corpus import stored
from corpus_tools.articles.inputs import Input, PathLike, digest, expand
from corpus_tools.articles.manifest import Manifest, Part
from corpus_tools.articles.places import write
from corpus_tools.articles.reading import (
    FileReading,
    Progress,
    RulesLike,
    Seen,
    file_of,
    read_rows,
    table,
    warn_open,
    where,
)
from corpus_tools.articles.rows import CANDIDATES, CONTENT
from corpus_tools.articles.rules import Rules
from corpus_tools.errors import CorpusLocked, InvalidQuery

#: Articles in one part.
ROWS = 2_000


@dataclass(frozen=True)
class BuildSummary:
    """What a build did.

    Parameters
    ----------
    read : int
        Files that were read (unchanged ones are not).
    added : int
        Articles that came in, also those of changed files.
    unchanged : int
        Files that were in the corpus already and had not changed.
    duplicates : int
        Inputs that were in the corpus already under another path, or twice.
    rejected : int
        Inputs that did not become articles, duplicates included.
    reasons : mapping of str to int
        How many were rejected for which reason.
    replaced : int
        Articles that went out because their file has changed.
    articles : int
        Articles in the corpus now.
    fingerprint : str
        Digest of the corpus now.
    """

    read: int = 0
    added: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    replaced: int = 0
    articles: int = 0
    fingerprint: str = ""


def build(
    paths: PathLike | Iterable[PathLike],
    into: PathLike,
    *,
    rules: RulesLike | None = None,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build a corpus, or add to one.

    Files that are in the corpus and have not changed are not read again; articles of changed files are replaced; what
    is in the corpus and not among `paths` stays. Whenever a build is stopped, the corpus before it is still whole.

    Parameters
    ----------
    paths : path-like or iterable of path-like
        Files, folders and patterns, as for `read`.
    into : path-like
        Folder of the corpus; made when it is not there.
    rules : path-like, mapping or Rules, optional
        Rules for outlets of your own; when they change, all inputs are read again.
    progress : callable, optional
        Called with the number of files done and their total.

    Returns
    -------
    BuildSummary
        What was read, added, left alone and rejected.

    Raises
    ------
    CorpusLocked
        When another process is writing to the corpus.
    InvalidQuery
        When `into` is a folder with other things in it.
    DamagedCorpus
        When the corpus that is there cannot be read.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "rain.txt").write_text("It rained all day.")
    >>> build(folder / "rain.txt", folder / "corpus").added
    1
    >>> build(folder / "rain.txt", folder / "corpus").unchanged
    1
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    known = _rules.load(rules) if rules is not None else _rules.beside(given)
    folder = Path(into).expanduser()
    _check_target(folder)
    files = [file for file in expand(given) if not file.path.resolve().is_relative_to(folder.resolve())]
    (folder / _manifest.PARTS).mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        old = _manifest.load(folder) if (folder / _manifest.NAME).is_file() else Manifest()
        return _Build(folder, old, known).run(files, progress)


def _check_target(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InvalidQuery(f"{folder.name} is a file; name a folder to build into.")
    if not folder.is_dir() or (folder / _manifest.NAME).is_file():
        return
    foreign = sorted(
        entry.name
        for entry in folder.iterdir()
        if entry.name not in (_manifest.PARTS, _manifest.LOCK, f".{_manifest.NAME}.tmp")
    )
    if foreign:
        raise InvalidQuery(
            f"{folder.name}/ is not empty and is no corpus (it holds {foreign[0]}); name a new or an empty folder."
        )


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _manifest.LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise CorpusLocked(
            f"Another process is writing to the corpus {folder.name}/; wait until it has finished and try again."
        ) from error
    try:
        yield
    finally:
        lock.release()


class _Build:
    """One run: what is there, what comes in, what goes out."""

    def __init__(self, folder: Path, old: Manifest, rules: Rules) -> None:
        self.folder, self.old, self.rules = folder, old, rules
        self.rules_digest = hashlib.sha256(repr(rules).encode()).hexdigest()[:16] if rules != Rules() else ""
        self.seen = Seen()
        self.parts: list[Part] = list(old.parts)
        self.inputs = dict(old.inputs)
        self.rejected = self._table(old.rejected_file)
        self.mapped = self._table(old.mapped_file)
        self.summary: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()

    def run(self, files: list[Input], progress: Progress | None) -> BuildSummary:
        named = self._named(files)
        wanted = [(file, sha) for file, sha in named if self._is_new(file, sha)]
        unchanged = len(named) - len(wanted)
        if not wanted and self.old.fingerprint:
            if progress is not None:
                progress(len(named), len(named))
            self._sweep()
            return self._summary(self.old, unchanged)
        gone = {file.name for file, _ in wanted if file.name in self.inputs}
        wanted += self._freed(gone, named, {file.name for file, _ in wanted})
        for file, _ in wanted:
            self._forget(file.name)
        self._drop(gone)
        batch: list[dict[str, Any]] = []
        for done, (file, _) in enumerate(wanted, 1):
            for item in read_rows(file, rules=self.rules, seen=self.seen):
                if isinstance(item, FileReading):
                    self._note(file, item)
                    continue
                batch.append(item)
                self.summary["added"] += 1
                if len(batch) >= ROWS:
                    self._write(table(batch))
                    batch = []
            if progress is not None:
                progress(done + unchanged, len(wanted) + unchanged)
        if batch:
            self._write(table(batch))
        return self._summary(self._finish(), unchanged)

    def _named(self, files: list[Input]) -> list[tuple[Input, str]]:
        """Return the files with the names that they have, or will have, in the corpus, and their digests."""
        by_place = {entry["place"]: name for name, entry in self.inputs.items()}
        taken = {name: entry["place"] for name, entry in self.inputs.items()}
        named: list[tuple[Input, str]] = []
        for file in files:
            place = self._place(file.path)
            try:
                sha = digest(file.path)[0] if file.path.is_file() else ""
            except OSError:
                sha = ""
            name = by_place.get(place, file.name)
            parents = list(file.path.resolve().parents)
            while name in taken and taken[name] != place and self.inputs.get(name, {}).get("sha256") != sha:
                depth = name.count("/")
                if depth >= len(parents):
                    name = f"{name}~"
                    continue
                name = f"{parents[depth].name or 'root'}/{name}"
            taken.setdefault(name, place)
            named.append((replace(file, name=name), sha))
        return named

    def _place(self, path: Path) -> str:
        relative = os.path.relpath(path.resolve(), self.folder.resolve())
        return hashlib.sha256(Path(relative).as_posix().encode("utf-8", "surrogateescape")).hexdigest()[:16]

    def _is_new(self, file: Input, sha: str) -> bool:
        known = self.inputs.get(file.name)
        return known is None or known["sha256"] != sha or self.old.rules != self.rules_digest or not sha

    def _freed(self, gone: set[str], named: list[tuple[Input, str]], wanted: set[str]) -> list[tuple[Input, str]]:
        """Return files whose articles were duplicates of articles that go out now."""
        freed = {
            file_of(row["source_path"])
            for row in self.rejected
            if isinstance(row.get("_first"), str) and file_of(row["_first"]) in gone
        }
        return [(file, sha) for file, sha in named if file.name in freed - wanted]

    def _forget(self, name: str) -> None:
        self.inputs.pop(name, None)
        self.rejected = [row for row in self.rejected if file_of(row["source_path"]) != name]
        self.mapped = [row for row in self.mapped if row["source_path"] != name]

    def _drop(self, gone: set[str]) -> None:
        """Take the articles of these files out, and learn what the rest holds."""
        for part in list(self.parts):
            rows = stored(_manifest.read_part(self.folder, part.file))
            kept = rows[~rows["source_path"].map(file_of).isin(gone)]
            if len(kept) < len(rows):
                self.summary["replaced"] += len(rows) - len(kept)
                self.parts.remove(part)
                if len(kept):
                    self._write(kept.reset_index(drop=True))
            for path, record, id_, content in zip(
                kept["source_path"], kept["source_record"], kept["article_id"], kept[CONTENT], strict=True
            ):
                place = where(path, None if pd.isna(record) else record)
                self.seen.ids[id_] = place
                self.seen.contents[content] = place

    def _note(self, file: Input, told: FileReading) -> None:
        self.summary["read"] += 1
        self.inputs[file.name] = {"sha256": told.sha256, "size": told.size, "place": self._place(file.path)}
        self.rejected.extend(told.rejected)
        self.mapped.extend(told.mapped)
        self.reasons.update(row["reason"] for row in told.rejected)

    def _write(self, rows: pd.DataFrame) -> None:
        data = _manifest.parquet_bytes(rows)
        name = f"{_manifest.PARTS}/{_manifest.content_name('articles', data)}"
        if not (self.folder / name).is_file():
            write(self.folder / name, data)
        digest_ = f"{_manifest.row_digest(rows):064x}"
        self.parts.append(Part(name, len(rows), digest_, int(rows[CANDIDATES].notna().sum())))

    def _finish(self) -> Manifest:
        """Settle dates, write the tables, and then the manifest, which makes the new corpus the valid one."""
        shown: settling.Proofs = {}
        for part in self.parts:
            shown = settling.add(shown, settling.proofs(stored(_manifest.read_part(self.folder, part.file))))
        left = self._settle(shown)
        tables = {}
        for name, rows, columns in (
            ("rejected", self.rejected, [*schema.REJECTED.names, "_first"]),
            ("mapped", self.mapped, ["source_path", "column", "field"]),
        ):
            frame = pd.DataFrame(rows, columns=columns).astype("str").sort_values(columns[:2], kind="stable")
            data = _manifest.parquet_bytes(frame.reset_index(drop=True))
            tables[name] = f"{_manifest.PARTS}/{_manifest.content_name(name, data)}"
            write(self.folder / tables[name], data)
        new = Manifest(
            articles=sum(part.rows for part in self.parts),
            rejected=len(self.rejected),
            fingerprint=_manifest.fingerprint([int(part.digest, 16) for part in self.parts]),
            parts=tuple(sorted(self.parts, key=lambda part: part.file)),
            rejected_file=tables["rejected"],
            mapped_file=tables["mapped"],
            inputs=dict(sorted(self.inputs.items())),
            proofs=shown,
            rules=self.rules_digest,
        )
        write(self.folder / _manifest.NAME, new.to_json().encode())
        self.old = new
        self._sweep()
        warn_open(left)
        return new

    def _settle(self, shown: settling.Proofs) -> int:
        left = 0
        for part in [part for part in self.parts if part.open_dates]:
            rows = stored(_manifest.read_part(self.folder, part.file))
            settled, still = settling.settle(rows, shown, self.rules)
            left += still
            self.parts.remove(part)
            self._write(settled)
        return left

    def _sweep(self) -> None:
        """Remove files that no manifest names: parts of the corpus before, and those of builds that were stopped."""
        kept = {part.file for part in self.old.parts} | {self.old.rejected_file, self.old.mapped_file}
        for file in (self.folder / _manifest.PARTS).iterdir():
            if f"{_manifest.PARTS}/{file.name}" not in kept:
                file.unlink(missing_ok=True)

    def _table(self, name: str) -> list[dict[str, Any]]:
        if not name:
            return []
        frame = _manifest.frame_of(_manifest.read_part(self.folder, name))
        return [
            {str(key): None if value != value else value for key, value in row.items()}
            for row in frame.to_dict("records")
        ]

    def _summary(self, manifest: Manifest, unchanged: int) -> BuildSummary:
        return BuildSummary(
            read=self.summary["read"],
            added=self.summary["added"],
            unchanged=unchanged,
            duplicates=self.reasons["duplicate"],
            rejected=sum(self.reasons.values()),
            reasons=dict(sorted(self.reasons.items())),
            replaced=self.summary["replaced"],
            articles=manifest.articles,
            fingerprint=manifest.fingerprint,
        )
