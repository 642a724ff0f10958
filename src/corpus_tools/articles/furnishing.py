"""What the pages of one site have in common, learnt from a folder of them and kept in it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from corpus_tools.articles import html
from corpus_tools.articles.inputs import Input, expand
from corpus_tools.articles.readers import LARGEST_RECORD, web
from corpus_tools.articles.rules import COMMON
from corpus_tools.errors import InvalidQuery, UnreadableInput

_HEAD = 4096


def learn_furniture(folder: str | os.PathLike[str], *, least: int = 3, share: float = 0.2) -> pd.DataFrame:
    """Learn which blocks the saved pages of a folder have in common, and keep that in the folder.

    Subscription offers, standing appeals and lists of links that stand on many articles of a site are no text of any of
    them. What is learnt goes to ``.corpusfurniture.json``; `read` and `build` of the folder then leave it out.
    So that the same pages are always read in the same way, nothing is learnt unless it is asked for.

    Parameters
    ----------
    folder : path-like
        Folder with saved pages (HTML, MHTML), in subfolders too; other files are passed over.
    least : int
        Fewest articles of a site on which a block must stand.
    share : float
        Least share of the site's articles on which it must stand.

    Returns
    -------
    DataFrame
        ``site`` (host, or the name that a site gives itself), ``blocks`` (how many are known now).

    Raises
    ------
    InvalidQuery
        When it is no folder.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> for day in range(4):
    ...     page = f"<html><title>Day {day}</title><h1>Day {day}</h1><p>Rain fell on day {day} in Harl.</p>"
    ...     _ = (folder / f"{day}.html").write_text(page + "<p>Call our desk if you know more about this.</p></html>")
    >>> learn_furniture(folder)["blocks"].tolist()
    [1]
    """
    place = Path(folder).expanduser()
    if not place.is_dir():
        raise InvalidQuery(f"{place} is no folder; give the folder of the saved pages.")
    found = html.furniture(_pages(expand([place])), least=least, share=share)
    kept = {site: sorted(prints) for site, prints in sorted(found.items())}
    written = place / f"{COMMON}.new"
    written.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")
    written.replace(place / COMMON)
    return pd.DataFrame({"site": list(kept), "blocks": [len(prints) for prints in kept.values()]})


def _pages(files: list[Input]) -> Iterator[tuple[bytes, str | None]]:
    """Yield the pages among files, and their addresses where the file tells it."""
    for file in files:
        try:
            with file.path.open("rb") as opened:
                head = opened.read(_HEAD)
                if web.is_archive(head):
                    data, url, _ = web.page_of(head + opened.read(web.LARGEST_ARCHIVE))
                    yield data, url
                elif html.looks_html(head):
                    yield head + opened.read(LARGEST_RECORD), None
        except (OSError, UnreadableInput):
            continue  # Reading will say so.
