"""Two articles side by side: what a copy keeps of its source, what it cuts, and what it adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from corpus_tools.articles._alignment import aligned, words

#: Columns of the passages, and their types.
COLUMNS = {
    "kind": "str",
    "source_start": "int64",
    "source_end": "int64",
    "start": "int64",
    "end": "int64",
    "words": "int64",
    "text": "str",
}
#: Words of each article that are compared; what lies beyond is left out, and the comparison says so.
MOST_WORDS = 200_000
_ELEMENTS = {"kept": "span", "cut": "del", "added": "ins"}
_STYLE = """
.ct-diff{font:1rem/1.7 Georgia,"Times New Roman",serif;max-width:44rem;color:#111;background:#fff;padding:.5rem}
.ct-diff .ct-text{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
.ct-diff .ct-about{font:.85rem/1.5 system-ui,sans-serif;margin:0 0 .5em}
.ct-diff del{color:#8a3c00;background:#fdeee6;text-decoration:line-through}
.ct-diff ins{color:#004f80;background:#e6f1f8;text-decoration:underline;text-decoration-thickness:2px}
"""
#: Halves of characters, which no table can hold.
_HALVES = re.compile("[\ud800-\udfff]")
#: Characters that are no text, or turn the direction of what follows.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Comparison:
    """What an article has in common with its source; notebooks show it as one text with both in it.

    Parameters
    ----------
    share_kept : float or None
        Share of the source's words that the article keeps in their order, 0 to 1; None when it has none.
    share_own : float or None
        Share of the article's words that are not the source's.
    passages : DataFrame
        In the order of reading: ``kind`` (``kept``, ``cut``: only in the source, or ``added``: only in the article),
        ``source_start`` and ``source_end``, ``start`` and ``end`` (offsets into the two texts, end exclusive; of equal
        bounds where there is nothing), ``words`` and the passage's ``text``.
    html : str
        Safe HTML: everything from the articles is escaped.
    """

    share_kept: float | None
    share_own: float | None
    passages: pd.DataFrame
    html: str

    def _repr_html_(self) -> str:
        return self.html


def compare(source: Mapping[str, Any] | pd.Series, article: Mapping[str, Any] | pd.Series) -> Comparison:
    """Compare an article with the one that it copies, word by word; case and punctuation do not count.

    Parameters
    ----------
    source, article : mapping or Series
        Rows of the articles: need ``text``; ``title``, ``outlet`` and ``published`` are shown where they are there.

    Returns
    -------
    Comparison
        Passages kept, cut and added. A passage that stands elsewhere in the copy is both cut and added.

    Examples
    --------
    >>> found = compare({"text": "The dam broke. Two villages were flooded."}, {"text": "The dam broke on Monday."})
    >>> found.passages[["kind", "text"]].values.tolist()
    [['kept', 'The dam broke'], ['cut', 'Two villages were flooded'], ['added', 'on Monday']]
    >>> round(found.share_kept, 2)
    0.43
    """
    texts = _text(source), _text(article)
    spans = words(texts[0])[:MOST_WORDS], words(texts[1])[:MOST_WORDS]
    listed = [[text[a:b].casefold() for a, b in found] for text, found in zip(texts, spans, strict=True)]
    stretches = aligned(*listed)
    passages = pd.DataFrame(_passages(texts, spans, stretches), columns=list(COLUMNS)).astype(COLUMNS)
    common = sum(size for _, _, size in stretches)
    kept = common / len(spans[0]) if spans[0] else None
    own = 1 - common / len(spans[1]) if spans[1] else None
    whole = max(map(len, spans)) < MOST_WORDS
    return Comparison(kept, own, passages, _html(source, article, texts, passages, kept, own, whole))


def _text(article: Mapping[str, Any] | pd.Series) -> str:
    text = article["text"]
    return _HALVES.sub("\ufffd", text) if isinstance(text, str) else ""


def _passages(
    texts: tuple[str, str],
    spans: tuple[list[tuple[int, int]], list[tuple[int, int]]],
    stretches: list[tuple[int, int, int]],
) -> Iterator[tuple[str, int, int, int, int, int, str]]:
    """Yield the passages: first what is cut and added before a stretch that both have, then the stretch."""
    one = other = 0
    for first, second, size in [*stretches, (len(spans[0]), len(spans[1]), 0)]:
        if first > one:
            yield _passage("cut", texts[0], (one, first), (other, other), spans)
        if second > other:
            yield _passage("added", texts[1], (first, first), (other, second), spans)
        if size:
            yield _passage("kept", texts[1], (first, first + size), (second, second + size), spans)
        one, other = first + size, second + size


def _passage(
    kind: str,
    text: str,
    source: tuple[int, int],
    article: tuple[int, int],
    spans: tuple[list[tuple[int, int]], list[tuple[int, int]]],
) -> tuple[str, int, int, int, int, int, str]:
    bounds = _bounds(spans[0], source), _bounds(spans[1], article)
    start, end = bounds[0] if kind == "cut" else bounds[1]
    number = max(source[1] - source[0], article[1] - article[0])
    return kind, *bounds[0], *bounds[1], number, text[start:end]


def _bounds(spans: list[tuple[int, int]], place: tuple[int, int]) -> tuple[int, int]:
    first, last = place
    if first == last:
        where = spans[first][0] if first < len(spans) else spans[-1][1] if spans else 0
        return where, where
    return spans[first][0], spans[last - 1][1]


def _html(
    source: Mapping[str, Any] | pd.Series,
    article: Mapping[str, Any] | pd.Series,
    texts: tuple[str, str],
    passages: pd.DataFrame,
    kept: float | None,
    own: float | None,
    whole: bool,
) -> str:
    shares = [f"{kept:.0%} of the source’s words are kept"] if kept is not None else []
    shares += [f"{own:.0%} of the article’s words are its own"] if own is not None else []
    notes = [] if whole else [f"Only the first {MOST_WORDS:,} words are compared."]
    about = [
        f"<del>Source</del>: {_about(source)}",
        f"<ins>Article</ins>: {_about(article)}",
        *([f"{'; '.join(shares)}."] if shares else ["There is nothing to compare."]),
        *notes,
    ]
    head = "".join(f'<div class="ct-about">{line}</div>' for line in about)
    return (
        f'<div class="ct-diff"><style>{_STYLE}</style>{head}<div class="ct-text">{_body(texts, passages)}</div></div>'
    )


def _body(texts: tuple[str, str], passages: pd.DataFrame) -> str:
    """Return both texts as one; what stands between two passages is taken from the text that the second is from."""
    pieces: list[str] = []
    ends = [0, 0]
    for kind, source_start, source_end, start, end in zip(
        *(passages[name].tolist() for name in list(COLUMNS)[:5]), strict=True
    ):
        side, first, last = (0, source_start, source_end) if kind == "cut" else (1, start, end)
        between = texts[side][ends[side] : first]
        element = _ELEMENTS[kind]
        pieces.append(f"{safe(between)}<{element}>{safe(texts[side][first:last])}</{element}>")
        ends = [max(ends[0], source_end), max(ends[1], end)]
    return "".join(pieces) + safe(texts[1][ends[1] :])


def _about(article: Mapping[str, Any] | pd.Series) -> str:
    day = article.get("published")
    told = [value for value in (article.get("title"), article.get("outlet")) if isinstance(value, str)]
    told += [] if day is None or pd.isna(day) else [f"{pd.Timestamp(day):%Y-%m-%d}"]
    return f"<bdi>{' · '.join(map(safe, told)) or 'untitled'}</bdi>"


def safe(text: str) -> str:
    """Return text for HTML: escaped, and without characters that are no text or turn the direction of reading.

    Examples
    --------
    >>> safe("<b>" + chr(0))
    '&lt;b&gt;�'
    """
    return escape(_UNSEEN.sub("\ufffd", text))
