"""The manifest of a corpus on disk, and how files are written so that a kill at any moment does no harm."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from corpus_tools.articles.places import Place
from corpus_tools.articles.settling import Proofs
from corpus_tools.errors import DamagedCorpus

#: Version of the form of a corpus on disk. Older ones are read as they are, and rewritten when they are added to.
#: 2: `source_id` and `retrieved` of articles; digests of rows leave out what is missing; counts of versions.
VERSION = 2
NAME = "manifest.json"
LOCK = ".lock"
PARTS = "parts"


@dataclass(frozen=True)
class Part:
    """One Parquet file of articles."""

    file: str
    rows: int
    digest: str
    open_dates: int


@dataclass(frozen=True)
class Manifest:
    """What a corpus holds.

    Parameters
    ----------
    version : int
        `VERSION` of the form on disk.
    articles, rejected : int
        How many there are.
    fingerprint : str
        Digest of all articles; the same for the same articles in any order and in any parts.
    parts : tuple of Part
        Files of articles.
    rejected_file, mapped_file : str
        Files with the tables of rejected inputs and of columns.
    inputs : mapping
        By path as in ``source_path``: SHA-256, size, number of articles, and a digest of where it stood.
    proofs : mapping
        How outlets were seen to order day and month.
    rules : str
        Digest of the rules that were in force.
    versions : mapping
        How many articles share address or id with another (`corpus_tools.articles.versions`), by kind.
    """

    version: int = VERSION
    articles: int = 0
    rejected: int = 0
    fingerprint: str = ""
    parts: tuple[Part, ...] = ()
    rejected_file: str = ""
    mapped_file: str = ""
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    proofs: Proofs = field(default_factory=dict)
    rules: str = ""
    versions: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return it as JSON, the same text for the same content."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def load(folder: Place) -> Manifest:
    """Return the manifest of the corpus in `folder`.

    Raises
    ------
    DamagedCorpus
        When it cannot be read, or was written by a newer version.
    """
    path = folder / NAME
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        version = int(found["version"])
        if version > VERSION:
            raise DamagedCorpus(
                f"The corpus {folder.name}/ has form {version}; this version reads {VERSION}. Update corpus-tools."
            )
        parts = tuple(Part(**part) for part in found.pop("parts"))
        return Manifest(**{**found, "parts": parts})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedCorpus(
            f"The {NAME} of {folder.name}/ cannot be read ({error}); build the corpus again into a new folder."
        ) from error


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet (zstd), the same bytes for the same table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    lists = [name for name in frame.columns if frame[name].dtype == object]
    schema = pa.Schema.from_pandas(frame.drop(columns=lists), preserve_index=False)
    for name in lists:
        schema = schema.insert(frame.columns.get_loc(name), pa.field(name, pa.list_(pa.string())))
    table = pa.Table.from_pandas(frame, schema=schema.remove_metadata(), preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(None), sink, compression="zstd")
    return bytes(sink.getvalue())


def content_name(prefix: str, data: bytes) -> str:
    """Return a file name made from the content."""
    return f"{prefix}-{hashlib.sha256(data).hexdigest()[:16]}.parquet"


def read_part(folder: Place, name: str) -> bytes:
    """Return the bytes of a part, checked against its name.

    Raises
    ------
    DamagedCorpus
        When it is gone or has been changed; the message names it.
    """
    try:
        data: bytes = (folder / name).read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise DamagedCorpus(
            f"The part {name} of the corpus {folder.name}/ cannot be read ({why}); build the corpus again."
        ) from error
    if content_name("x", data).split("-")[1] != PurePosixPath(name).name.split("-")[-1]:
        raise DamagedCorpus(f"The part {name} of the corpus {folder.name}/ is damaged; build the corpus again.")
    return data


def frame_of(data: bytes, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the table in Parquet bytes, all of it or some columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = None if columns is None else list(columns)
    frame: pd.DataFrame = pq.read_table(pa.BufferReader(data), columns=wanted).to_pandas()
    return frame


def row_digest(frame: pd.DataFrame) -> int:
    """Return a digest of rows that does not depend on their order: the sum of their hashes, modulo 2**256.

    What is missing does not count, so that a column that comes in later changes nothing.
    """
    total = 0
    names = sorted(name for name in frame.columns if name != "source_path" and not name.startswith("_"))
    for values in zip(*(frame[name].tolist() for name in names), strict=True):
        kept = {name: value for name, value in zip(names, values, strict=True) if not _missing(value)}
        text = json.dumps(kept, ensure_ascii=False, default=str)
        total += int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")
    return total % (1 << 256)


def _missing(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value == [] or value != value


def fingerprint(digests: list[int]) -> str:
    """Return the fingerprint of a corpus from the digests of its parts."""
    return hashlib.sha256((sum(digests) % (1 << 256)).to_bytes(32, "big")).hexdigest()[:16]
