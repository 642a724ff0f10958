"""From a paragraph of an article back to the raw text that it was read from."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from corpus_tools.articles.inputs import digest
from corpus_tools.articles.readers import Record, Source, reader_for
from corpus_tools.articles.reading import file_of
from corpus_tools.articles.rows import article_id
from corpus_tools.errors import UnreadableInput
from corpus_tools.schema import require

_COLUMNS = dict.fromkeys(("start", "end", "raw_start", "raw_end"), "Int64")
#: What is left out on both sides before comparing: white space, what cannot be seen, and marks of Markdown; and on the
#: side of the raw text the addresses of its links.
_UNSEEN = re.compile(
    "(?:\\]\\([^()\\s]*\\)|[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff*_`\\[\\]\\\\#>•-])+"
)


def paragraphs(articles: pd.DataFrame, *, folder: str | os.PathLike[str] = ".") -> pd.DataFrame:
    r"""Return the paragraphs of articles, and where each stands in the raw text.

    The raw text is what `raw` gives: that of the file as it was decoded (a page's HTML, a text file), or the text of
    the record (a cell of a table, the body of a letter or of a feed's entry, the text layer of a PDF).

    Parameters
    ----------
    articles : DataFrame
        With ``article_id``, ``text``, ``source_path`` and ``source_sha256``; the files are read again.
    folder : path-like
        From where the paths in ``source_path`` lead to the files.

    Returns
    -------
    DataFrame
        One row for each paragraph: ``article_id``; ``start`` and ``end`` in ``text``; ``raw_start`` and ``raw_end`` in
        the raw text, missing for one that does not stand there as it is (repaired while cleaning, taken from JSON-LD).

    Raises
    ------
    UnreadableInput
        When a file is not there any more, or has changed.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import corpus_tools as ct
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "dam.txt").write_bytes(b"The old dam\r\n\r\nIt broke at dawn, and nobody saw it.")
    >>> articles = ct.read(folder)
    >>> found = paragraphs(articles, folder=folder.parent)
    >>> raw(articles, articles["article_id"][0], folder=folder.parent)[found["raw_start"][0] : found["raw_end"][0]]
    'It broke at dawn, and nobody saw it.'
    """
    require(articles, "article_id", "text", "source_path", "source_sha256")
    rows: list[tuple[Any, ...]] = []
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    found = {id_: _places(texts[id_], record) for id_, record in _records(articles, Path(folder))}
    for id_, text in texts.items():
        places = found.get(id_)
        if places is None:
            raise UnreadableInput("unreadable", f"The article {id_} is not found in its file any more; read it anew.")
        for (start, end), place in zip(_spans(text), places, strict=True):
            rows.append((id_, start, end, *(place or (None, None))))
    return pd.DataFrame(rows, columns=["article_id", *_COLUMNS]).astype({"article_id": "str", **_COLUMNS})


def raw(articles: pd.DataFrame, article: str, *, folder: str | os.PathLike[str] = ".") -> str:
    r"""Return the raw text of an article, line ends as ``\n`` and Unicode in NFC.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id``, ``source_path`` and ``source_sha256``.
    article : str
        Id of the article.
    folder : path-like
        From where the paths in ``source_path`` lead to the files.

    Raises
    ------
    UnreadableInput
        When there is no such article, or its file is not there any more or has changed.
    """
    require(articles, "article_id", "source_path", "source_sha256")
    for _, record in _records(articles[articles["article_id"] == article], Path(folder)):
        return record.raw or record.text
    raise UnreadableInput("not_found", f"There is no article {article}.")


def _records(articles: pd.DataFrame, folder: Path) -> Iterator[tuple[str, Record]]:
    """Read the files of articles again; yield the ids and the records."""
    files = articles["source_path"].map(file_of)
    for name, group in articles.groupby(files, sort=False):
        path = folder / str(name).replace("%23", "#")
        if not path.is_file():
            raise UnreadableInput(
                "unreadable", f"The file {name} is not there; say with folder= from where its path leads to it."
            )
        sha, _, head = digest(path)
        if sha not in set(group["source_sha256"]):
            raise UnreadableInput("unreadable", f"The file {name} has changed since it was read; read it anew.")
        wanted = set(group["article_id"])
        source = Source(path, str(name))
        for item in reader_for(source, head)(source):
            if isinstance(item, Record) and (id_ := article_id(item.canonical)) in wanted:
                wanted.discard(id_)
                yield id_, item
            if not wanted:
                break


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the paragraphs of a text stand."""
    found, start = [], 0
    for piece in text.split("\n\n"):
        found.append((start, start + len(piece)))
        start += len(piece) + 2
    return found


def _places(text: str, record: Record) -> list[tuple[int, int] | None]:
    pieces = text.split("\n\n")
    if not record.markup:
        return locate(record.raw or record.text, pieces)
    from corpus_tools.articles import html

    return html.locate(record.raw, pieces)


def locate(raw: str, pieces: Sequence[str]) -> list[tuple[int, int] | None]:
    r"""Return where paragraphs stand in a text that is no HTML; None for one that does not stand there as it is.

    Examples
    --------
    >>> raw = "By Ines Orr\n\nIt *rained*\nin [Harl](http://harl.example)."
    >>> (start, end), = locate(raw, ["It rained in Harl."])
    >>> raw[start:end]
    'It *rained*\nin [Harl](http://harl.example).'
    """
    begins: list[int] = []
    places: list[int] = []
    shown: list[str] = []
    total = place = 0
    for gap in [*_UNSEEN.finditer(raw), None]:
        end = gap.start() if gap else len(raw)
        if end > place:
            begins.append(total)
            places.append(place)
            shown.append(raw[place:end])
            total += end - place
        place = gap.end() if gap else end
    joined = "".join(shown)
    found: list[tuple[int, int] | None] = []
    after = 0
    for piece in pieces:
        wanted = _UNSEEN.sub("", piece)
        at = joined.find(wanted, after) if wanted else -1
        if at < 0:
            at = joined.find(wanted) if wanted else -1
        if at < 0:
            found.append(None)
            continue
        after = at + len(wanted)
        first, last = bisect_right(begins, at) - 1, bisect_right(begins, after - 1) - 1
        found.append((places[first] + at - begins[first], places[last] + after - begins[last]))
    return found
