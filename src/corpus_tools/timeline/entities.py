"""The timeline of one name: what somebody or something did and underwent, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools.errors import InvalidQuery
from corpus_tools.timeline._datings import Dating, from_row
from corpus_tools.timeline._deeds import Deed, deeds
from corpus_tools.timeline._mentions import mentions, pattern
from corpus_tools.timeline.events import by_article
from corpus_tools.timeline.expressions import expressions as find_all_expressions
from corpus_tools.timeline.merging import brought_together, with_articles

#: Columns of `of`.
COLUMNS = (
    "order", "event_id", "begin", "finish", "dated", "dated_by", "predicate", "kind", "role", "status", "sentence",
    "mention", "article_id", "outlet", "published", "start", "end", "predicate_start", "predicate_end", "confidence",
)  # fmt: skip


def of(
    articles: pd.DataFrame, name: str, *, aliases: Sequence[str] = (), expressions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return what the articles say that somebody or something did or underwent, in the order of time.

    Parameters
    ----------
    articles : DataFrame
        Articles (`corpus_tools.schema.ARTICLES`); needs ``article_id`` and ``text``, and uses ``published``.
    name : str
        The name of a person, an organisation, a product. A surname or an acronym that a text uses for it is found, and
        *he*, *she* or *it* behind it where nobody else can be meant.
    aliases : sequence of str
        Other names of the same.
    expressions : DataFrame, optional
        What `corpus_tools.timeline.expressions` gives for these articles; computed when not given.

    Returns
    -------
    DataFrame
        One row for each verb of which the name is subject or object. ``order`` ranks the days (0: no day); reports of
        one event (same verb, same day) share ``event_id``. ``role`` is ``actor`` or ``target``. ``dated`` says from
        where the day is: the ``sentence`` (then ``dated_by`` is the expression), the ``article`` (the day told before
        it), or only the ``publication``: what is told as past has happened by then, ``begin`` being missing; what is
        told in the present tense holds on that day.

    Raises
    ------
    InvalidQuery
        When there is no name.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "published": [pd.Timestamp("2016-07-22")],
    ...     "text": ["Ana Marenko resigned on Monday. Marenko founded the Harbour Party in 1998."]})
    >>> of(articles, "Ana Marenko")[["begin", "finish", "predicate"]].astype(str).values.tolist()
    [['1998-01-01', '1998-12-31', 'founded'], ['2016-07-18', '2016-07-18', 'resigned']]
    """
    schema.require(articles, "article_id", "text")
    forms = [form for form in (name, *aliases) if form.strip()]
    if not forms:
        raise InvalidQuery("A timeline of one name needs that name.")
    wanted = pattern(forms)
    texts = articles["text"].map(lambda text: isinstance(text, str) and wanted.search(text) is not None)
    telling = articles[texts.astype(bool)]
    if expressions is None:
        expressions = find_all_expressions(telling)
    datings = by_article(expressions, from_row)
    published = telling["published"] if "published" in telling.columns else [None] * len(telling)
    rows = [
        row
        for article, text, when in zip(telling["article_id"], telling["text"], published, strict=True)
        for row in _rows(str(article), text, forms, datings.get(article, []), when)
    ]
    return _ordered(with_articles(pd.DataFrame(rows, columns=[name for name in COLUMNS if name in _OWN]), articles))


_OWN = frozenset(COLUMNS) - {"order", "outlet", "published"}


def events_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the events that `of` tells of, for plots and `corpus_tools.timeline.export`.

    Parameters
    ----------
    rows : DataFrame
        What `of` gives.

    Returns
    -------
    DataFrame
        `corpus_tools.schema.TIMELINE`: one row for each event, whatever the number of articles that tell of it.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "published": [pd.Timestamp("2016-07-22")] * 2,
    ...     "text": ["Ana Marenko resigned on Monday.", "On Monday Ana Marenko resigned."]})
    >>> events_of(of(articles, "Ana Marenko"))[["predicate", "reports"]].values.tolist()
    [['resigned', 2]]
    """
    return brought_together(rows.drop(columns="order"))


def _rows(article: str, text: str, forms: list[str], datings: list[Dating], when: Any) -> Iterator[dict[str, Any]]:
    from corpus_tools import language

    annotation = language.annotate(text)
    day = None if pd.isna(when) else pd.Timestamp(when).tz_localize(None).normalize()
    for deed in deeds(annotation, mentions(annotation, forms), datings, day):
        yield {
            "event_id": _event_id(article, deed), "begin": deed.begin, "finish": deed.finish, "dated": deed.dated,
            "dated_by": deed.dating.text if deed.dating else None, "predicate": deed.predicate, "kind": deed.kind,
            "role": deed.role, "status": deed.status, "sentence": text[deed.start : deed.end],
            "mention": deed.mention.text, "article_id": article, "start": deed.start, "end": deed.end,
            "predicate_start": deed.predicate_start,
            "predicate_end": deed.predicate_end, "confidence": deed.confidence,
        }  # fmt: skip


def _event_id(article: str, deed: Deed) -> str:
    """Name the event: reports of it share verb, role and day; what has no day of its own stays apart."""
    alike = deed.begin is not None and deed.dated != "publication"
    key = f"{deed.lemma}|{deed.role}|{deed.begin}|{deed.finish}" if alike else f"{article}|{deed.predicate_start}"
    return "e" + hashlib.sha256(key.encode()).hexdigest()[:12]


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(**{name: pd.to_datetime(rows[name]).astype("datetime64[s]") for name in ("begin", "finish")})
    known = rows["begin"].notna()
    rows["order"] = rows["begin"].where(known).rank(method="dense").fillna(0).astype("int64")
    rows = rows.astype(dict.fromkeys(sorted(_TEXTS), "str")).astype(dict.fromkeys(("start", "end"), "int64"))
    ordered = rows.sort_values(["begin", "finish", "published", "article_id", "predicate_start"], na_position="last")
    return ordered[list(COLUMNS)].reset_index(drop=True)


_TEXTS = frozenset(
    ("event_id", "dated", "dated_by", "predicate", "kind", "role", "status", "sentence", "mention", "article_id")
)
