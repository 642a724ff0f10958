"""A corpus as a Data Package: tables and a `datapackage.json` that says what they hold, to cite, share and load."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.articles.places import write
from corpus_tools.errors import DamagedCorpus, InvalidQuery

if TYPE_CHECKING:
    from corpus_tools.articles.corpus import Corpus

NAME = "datapackage.json"
FORMATS = ("parquet", "csv")
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES = {"string": "string", "datetime": "datetime", "integer": "integer", "number": "number", "boolean": "boolean"}
_MEDIA = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}
#: Cells that a spreadsheet would take for formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(
    corpus: Corpus,
    out: str | os.PathLike[str],
    *,
    formats: Sequence[str] = ("parquet",),
    name: str | None = None,
    title: str | None = None,
    description: str | None = None,
    licenses: Sequence[str | Mapping[str, str]] = (),
    sources: Sequence[Mapping[str, str]] = (),
) -> Path:
    """Write a corpus as a Data Package (https://datapackage.org, version 2).

    Parameters
    ----------
    corpus : Corpus
        As `open` gives it.
    out : path-like
        A folder that is not there yet, or is empty.
    formats : sequence of {"parquet", "csv"}
        How the tables are written; Parquet is loaded again by `open`. In CSV, lists are JSON, and cells that a
        spreadsheet would take for formulas begin with an apostrophe.
    name, title, description : str, optional
        Of the package; by default the name of the corpus.
    licenses : sequence
        Under which licences it is given on: names (``"CC-BY-4.0"``), or mappings with ``name``, ``path``, ``title``.
        Articles belong to their publishers: without licences the package says nothing, which means that none is given.
    sources : sequence of mappings, optional
        Where the articles are from, with ``title``, ``path``, ``email``; by default the outlets.

    Returns
    -------
    Path
        The ``datapackage.json``; it says for each table its columns, bytes and SHA-256.

    Raises
    ------
    InvalidQuery
        When the folder holds something, or a format or a licence is not known.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import corpus_tools as ct
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "dam.txt").write_text("The old dam broke at dawn.")
    >>> written = export(ct.open(folder / "dam.txt"), folder / "package", licenses=["CC-BY-4.0"])
    >>> ct.open(written.parent).articles["text"].tolist()
    ['The old dam broke at dawn.']
    """
    folder = Path(out).expanduser()
    _check(folder, formats)
    licences = [_licence(entry) for entry in licenses]
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"articles": (schema.ARTICLES, corpus.articles), "rejected": (schema.REJECTED, corpus.rejected)}
    resources = [
        _resource(folder, form, frame, format_) for form, frame in tables.values() for format_ in dict.fromkeys(formats)
    ]
    package = {
        "$schema": PROFILE,
        "name": _slug(name or corpus.name),
        "title": title or name or corpus.name,
        "description": description or f"{len(corpus):,} articles, read by corpus-tools {version('corpus-tools')}.",
        "version": corpus.fingerprint,
        "licenses": licences,
        "sources": list(sources) or _outlets(corpus.articles),
        "resources": resources,
        "corpus-tools": {"version": version("corpus-tools"), "name": corpus.name, "fingerprint": corpus.fingerprint},
    }
    kept = {key: value for key, value in package.items() if value}
    write(folder / NAME, (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode())
    return folder / NAME


def is_package(folder: Any) -> bool:
    """Return whether a folder holds a package that `export` wrote, with the articles as Parquet."""
    try:
        told = json.loads((folder / NAME).read_bytes())
        return "corpus-tools" in told and any(held["path"] == "articles.parquet" for held in told["resources"])
    except (OSError, ValueError, TypeError, KeyError):
        return False


def load(folder: Any) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Return what a package says of its corpus, and its tables by name, each checked against its digest.

    Raises
    ------
    DamagedCorpus
        When a table is gone or is not the one that was written; the message names it.
    """
    from corpus_tools.articles.manifest import frame_of

    told = json.loads((folder / NAME).read_bytes())
    tables: dict[str, pd.DataFrame] = {}
    for held in told["resources"]:
        if held["format"] != "parquet":
            continue
        file = folder / PurePosixPath(held["path"]).name
        data = file.read_bytes() if file.is_file() else b""
        if held["hash"] != f"sha256:{hashlib.sha256(data).hexdigest()}":
            raise DamagedCorpus(f"The table {file.name} of the package {folder.name}/ is gone or damaged; get it anew.")
        tables[held["name"]] = frame_of(data)
    return told["corpus-tools"], tables


def _check(folder: Path, formats: Sequence[str]) -> None:
    wrong = [format_ for format_ in formats if format_ not in FORMATS]
    if wrong or not formats:
        raise InvalidQuery(f"Tables are written as {' and '.join(FORMATS)}, not as {', '.join(wrong) or 'nothing'}.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidQuery(f"{folder.name} is there and not empty; name a new folder.")


def _licence(entry: str | Mapping[str, str]) -> dict[str, str]:
    found = {"name": entry} if isinstance(entry, str) else dict(entry)
    if not (found.get("name") or found.get("path")):
        raise InvalidQuery("A licence has a name (such as CC-BY-4.0), a path (its address), or both.")
    if not re.fullmatch(r"[\w.-]+", found.get("name", "x")):
        raise InvalidQuery(f"{found['name']!r} is no name of a licence; names are like CC-BY-4.0. Use title for words.")
    return found


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-") or "corpus"


def _outlets(articles: pd.DataFrame) -> list[dict[str, str]]:
    return [{"title": str(name)} for name in sorted(articles["outlet"].dropna().unique())]


def _resource(folder: Path, form: schema.Table, frame: pd.DataFrame, format_: str) -> dict[str, Any]:
    """Write a table, and return what the package says of it."""
    from corpus_tools.articles.manifest import parquet_bytes

    data = parquet_bytes(frame) if format_ == "parquet" else _csv(frame)
    path = f"{form.name}.{format_}"
    write(folder / path, data)
    said: dict[str, Any] = {
        "$schema": _RESOURCE,
        "name": form.name if format_ == "parquet" else f"{form.name}-csv",
        "type": "table",
        "path": path,
        "description": f"One row is {form.row}.",
        "format": format_,
        "mediatype": _MEDIA[format_],
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": _columns(form, frame),
    }
    return said if format_ == "parquet" else {**said, "encoding": "utf-8"}


def _columns(form: schema.Table, frame: pd.DataFrame) -> dict[str, Any]:
    known = {column.name: column for column in form.columns}
    fields = [_field(str(name), known.get(str(name)), frame[name].dtype) for name in frame.columns]
    key = {"primaryKey": ["article_id"]} if form.name == "articles" and frame["article_id"].is_unique else {}
    return {"$schema": _SCHEMA, "fields": fields, "missingValues": [""], **key}


def _field(name: str, column: schema.Column | None, dtype: Any) -> dict[str, Any]:
    if column is None:
        kind = "datetime" if "datetime" in str(dtype) else "integer" if "Int" in str(dtype) else "string"
        return {"name": name, "type": _TYPES[kind]}
    said: dict[str, Any] = {"name": name, "type": _TYPES.get(column.kind, "array"), "description": column.meaning}
    limits: dict[str, Any] = {"required": True} if column.required else {}
    limits |= {"enum": list(column.choices)} if column.choices else {}
    return said | ({"constraints": limits} if limits else {})


def _csv(frame: pd.DataFrame) -> bytes:
    shown = pd.DataFrame({name: [_cell(value) for value in frame[name].tolist()] for name in frame.columns})
    return shown.to_csv(index=False, lineterminator="\r\n").encode("utf-8", "replace")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) and isinstance(value, str) else text
