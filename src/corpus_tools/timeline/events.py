"""Reported happenings: what, when, where, how many, and who says so."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools._collector import seldom
from corpus_tools.timeline import _datings
from corpus_tools.timeline._event import Event, Speech
from corpus_tools.timeline._happenings import find_events
from corpus_tools.timeline._salience import salience
from corpus_tools.timeline.expressions import expressions as find_all_expressions


def events(
    articles: pd.DataFrame, attributions: pd.DataFrame | None = None, expressions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the happenings that the articles report.

    Parameters
    ----------
    articles : DataFrame
        Articles (`corpus_tools.schema.ARTICLES`); needs ``article_id`` and ``text``.
    attributions : DataFrame, optional
        Attributions (`corpus_tools.schema.ATTRIBUTIONS`): an event inside what somebody said is reported by that
        speaker.
        Without it, ``reported_by`` comes from the sentence alone (*according to ...*, *..., the police said*).
    expressions : DataFrame, optional
        What `corpus_tools.timeline.expressions` gives for these articles; computed when not given.

    Returns
    -------
    DataFrame
        `corpus_tools.schema.EVENTS`: one row for each happening that a sentence reports, with ``begin`` and
        ``finish`` the
        first and last day on which it can have happened.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "published": [pd.Timestamp("2023-10-08")],
    ...     "text": ["A bomb exploded in Arlen on Saturday, killing at least 23 people."]})
    >>> table = events(articles)
    >>> table[["kind", "place", "begin", "killed_min"]].astype(str).values.tolist()
    [['explosion', 'Arlen', '2023-10-07', '23']]
    """
    schema.require(articles, "article_id", "text")
    if expressions is None:
        expressions = find_all_expressions(articles)
    datings = by_article(expressions, _datings.from_row)
    speakers = by_article(attributions, _speech) if attributions is not None else {}
    published = articles["published"] if "published" in articles.columns else [None] * len(articles)
    with seldom():
        rows = [
            _row(article_id, text, event)
            for article_id, text, when in zip(articles["article_id"], articles["text"], published, strict=True)
            if isinstance(text, str)
            for event in find_events(text, datings.get(article_id, []), speakers.get(article_id, []), _day(when))
        ]
    return schema.EVENTS.conform(rows) if rows else schema.EVENTS.empty()


def _day(value: Any) -> pd.Timestamp | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).tz_localize(None).normalize()


def by_article(table: pd.DataFrame, build: Any) -> dict[str, list[Any]]:
    """Return what `build` makes of the rows of each article, None left out."""
    result: dict[str, list[Any]] = defaultdict(list)
    for row in table.to_dict("records"):
        built = build(row)
        if built is not None:
            result[row["article_id"]].append(built)
    return result


def _speech(row: dict[str, Any]) -> Speech | None:
    speaker = row.get("speaker")
    speaker = speaker if isinstance(speaker, str) else row.get("source")
    if not isinstance(speaker, str):
        return None
    return Speech(_spans(row["content_spans"]), _spans(row.get("cue_spans")), speaker)


def _spans(value: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in value) if value is not None and np.ndim(value) else ()


def _confidence(event: Event) -> float:
    value = 0.9 if event.trigger.is_verb and event.trigger.strong else 0.7
    if event.dating is None:
        value -= 0.2
    if event.inherited:
        value -= 0.1
    if event.details["certainty"] != "certain":
        value -= 0.1
    return round(max(value, 0.1), 2)


def _row(article_id: str, text: str, event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {
        "article_id": article_id,
        "start": event.start,
        "end": event.end,
        "sentence": text[event.start : event.end],
        "predicate": event.trigger.text,
        "kind": event.trigger.kind,
        "status": event.status,
        "begin": event.begin,
        "finish": event.finish,
        "confidence": _confidence(event),
        **{name: value for name, value in event.details.items() if name != "lasting"},
        "predicate_start": event.trigger.start,
        "predicate_end": event.trigger.end,
        "dated_by": event.dating.text if event.dating else None,
        "dated_start": event.dating.start if event.dating else None,
        "dated_end": event.dating.end if event.dating else None,
        "salience": salience(event, len(text)),
    }
    for toll in event.tolls:
        row[f"{toll.name}_min"], row[f"{toll.name}_max"] = toll.least, toll.most
    row["toll_text"] = text[event.tolls[0].start : max(toll.end for toll in event.tolls)] if event.tolls else None
    return row
