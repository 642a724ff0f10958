"""Build a corpus on disk: atomic, incremental, one writer at a time."""

from __future__ import annotations

import hashlib
import os
import shutil
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.articles import batches as _batches
from corpus_tools.articles import manifest as _manifest
from corpus_tools.articles import rules as _rules
from corpus_tools.articles import settling, versioning
from corpus_tools.articles.batches import Batch, Over
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
    warn_open,
    where,
)
from corpus_tools.articles.rows import CANDIDATES, CONTENT
from corpus_tools.articles.rules import Rules
from corpus_tools.articles.summary import BuildSummary
from corpus_tools.articles.writers import check_target, locked
from corpus_tools.errors import DamagedCorpus, DamagedPart

#: Articles in one part.
ROWS = 2_000


def build(
    paths: PathLike | Iterable[PathLike],
    into: PathLike,
    *,
    rules: RulesLike | None = None,
    progress: Progress | None = None,
    over: Over | None = None,
) -> BuildSummary:
    """Build a corpus, or add to one.

    Files that are in the corpus and have not changed are not read again; articles of changed files are replaced; what
    is in the corpus and not among `paths` stays. Whenever a build is stopped, the corpus before it is still whole, and
    the next build goes on with the files that had not been read.

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
    over : callable, optional
        Has batches of files read, in this process unless it is given: ``over(function, batches, advance)`` calls the
        function on each batch, ``advance(done, total)`` after each, and returns results and errors by the place of
        their batch. The corpus is the same to the byte, whoever read.

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
    known = _rules.given(rules, given)
    folder = Path(into).expanduser()
    check_target(folder)
    own = _real(folder)
    files = [file for file in expand(given) if not _real(file.path).is_relative_to(own)]
    (folder / _manifest.PARTS).mkdir(parents=True, exist_ok=True)
    with locked(folder):
        old = _manifest.load(folder) if (folder / _manifest.NAME).is_file() else Manifest()
        return _Build(folder, old, known).run(files, over or _batches.one_after_another, progress)


def _real(path: Path) -> Path:
    """Return where a path leads; for a link that leads to itself, the link: `Path.resolve` raises an error there."""
    return Path(os.path.realpath(path))


def _keys(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield what tells duplicates apart."""
    names = ["article_id", "source_path", "source_record", CONTENT]
    for values in zip(*(rows[name].tolist() for name in names), strict=True):
        found = dict(zip(names, values, strict=True))
        yield found | {"source_record": None if pd.isna(found["source_record"]) else found["source_record"]}


def _alone(batch: Batch) -> list[Batch]:
    """Return each file of a batch as a batch."""
    return [replace(batch, files=(file,), shas=(sha,)) for file, sha in zip(batch.files, batch.shas, strict=True)]


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
        self.held: list[pd.DataFrame] = []

    def run(self, files: list[Input], over: Over, progress: Progress | None) -> BuildSummary:
        named = self._named(files)
        self._mend()
        wanted = [(file, sha) for file, sha in named if self._is_new(file, sha)]
        unchanged = len(named) - len(wanted)
        if not wanted and self.old.fingerprint and self.old.version == _manifest.VERSION:
            if progress is not None:
                progress(len(named), len(named))
            self._sweep()
            return self._summary(self.old, unchanged)
        gone = {file.name for file, _ in wanted if file.name in self.inputs}
        wanted += self._freed(gone, named, {file.name for file, _ in wanted})
        for file, _ in wanted:
            self._forget(file.name)
        self._drop(gone)

        def tell(done: int) -> None:
            if progress is not None:
                progress(done + unchanged, len(named))

        batches = self._read(wanted, over, tell)
        for batch in batches:
            self._take(batch)
        if self.held:
            self._flush()
        return self._summary(self._finish(), unchanged)

    def _read(self, files: list[tuple[Input, str]], over: Over, tell: Callable[[int], None]) -> list[Batch]:
        """Have the files read, and return the batches, all of which have given something then."""
        folder = self.folder / _batches.FOLDER
        folder.mkdir(exist_ok=True)
        batches = _batches.in_batches(files, self.rules, folder)
        results, errors = over(_batches.read_batch, batches, lambda done, total: tell(done * len(files) // total))
        self.summary["continued"] = sum(len(batches[place].files) for place, fresh in results.items() if not fresh)
        if not errors:
            return batches
        # A process died over one of these files; read by itself, it shows which.
        singles = {place: _alone(batches[place]) for place in errors}
        alone = [single for place in sorted(errors) for single in singles[place]]
        _, errors = over(_batches.read_batch, alone, lambda *_: None)
        for place, error in errors.items():
            _batches.failed(alone[place], error)
        return [single for place, batch in enumerate(batches) for single in singles.get(place, [batch])]

    def _take(self, batch: Batch) -> None:
        """Take in what a batch gave: what is new goes into parts, what is not into the rejected."""
        found = _batches.given(batch)
        if found is None:
            raise DamagedCorpus(f"What was read of {batch.files[0].name} is gone; run the build again.")
        for rows in _batches.rows_of(batch, found):
            again = [self.seen.again(row) for row in _keys(rows)]
            self._reject([row for row in again if row is not None])
            fresh = rows[[row is None for row in again]]
            self.summary["added"] += len(fresh)
            self.held.append(fresh)
            while sum(map(len, self.held)) >= ROWS:
                self._flush()
        for file, told in zip(batch.files, _batches.told_of(found), strict=True):
            self._note(file, told)

    def _flush(self) -> None:
        """Write a part of what has come in."""
        joined = pd.concat(self.held, ignore_index=True) if len(self.held) > 1 else self.held[0].reset_index(drop=True)
        if len(joined):
            self._write(joined.iloc[:ROWS])
        rest = joined.iloc[ROWS:].reset_index(drop=True)
        self.held = [rest] if len(rest) else []

    def _reject(self, rows: list[dict[str, Any]]) -> None:
        self.rejected.extend(rows)
        self.reasons.update(row["reason"] for row in rows)

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
            parents = list(_real(file.path).parents)
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
        relative = os.path.relpath(_real(path), _real(self.folder))
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

    def _mend(self) -> None:
        """Leave out parts that are damaged; what is given is then read again, so that what was in them comes back."""
        whole = [part for part in self.parts if self._is_whole(part)]
        if len(whole) < len(self.parts):
            self.parts = whole
            self.inputs = {name: {**entry, "sha256": ""} for name, entry in self.inputs.items()}

    def _is_whole(self, part: Part) -> bool:
        try:
            _manifest.read_part(self.folder, part.file)
        except DamagedCorpus as error:
            warnings.warn(DamagedPart(f"{error} What is given now is read again."), stacklevel=5)
            return False
        return True

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
            if len(kept) < len(rows) or self.old.version < _manifest.VERSION:
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
        self.mapped.extend(told.mapped)
        self._reject(told.rejected + self.seen.copies(told))

    def _write(self, rows: pd.DataFrame) -> None:
        data = _manifest.parquet_bytes(rows)
        name = f"{_manifest.PARTS}/{_manifest.content_name('articles', data)}"
        if not (self.folder / name).is_file() or (self.folder / name).read_bytes() != data:
            write(self.folder / name, data)
        digest_ = f"{_manifest.row_digest(rows):064x}"
        self.parts.append(Part(name, len(rows), digest_, int(rows[CANDIDATES].notna().sum())))

    def _finish(self) -> Manifest:
        """Settle dates, write the tables, and then the manifest, which makes the new corpus the valid one."""
        shown: settling.Proofs = {}
        for part in self.parts:
            shown = settling.add(shown, settling.proofs(stored(_manifest.read_part(self.folder, part.file))))
        left = self._settle(shown)
        related = [self._columns(part, versioning.NEEDED) for part in self.parts]
        found = versioning.versions(pd.concat(related, ignore_index=True)) if related else pd.DataFrame({"kind": []})
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
            versions=versioning.count(found),
        )
        write(self.folder / _manifest.NAME, new.to_json().encode())
        self.old = new
        self._sweep()
        warn_open(left)
        return new

    def _columns(self, part: Part, names: Sequence[str]) -> pd.DataFrame:
        return _manifest.frame_of(_manifest.read_part(self.folder, part.file), names)

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
        shutil.rmtree(self.folder / _batches.FOLDER, ignore_errors=True)

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
            continued=self.summary["continued"],
            versions=manifest.versions,
            articles=manifest.articles,
            fingerprint=manifest.fingerprint,
        )
