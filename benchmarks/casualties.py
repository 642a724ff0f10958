"""How many were killed and injured, and when, in reports of shootings: the article's main incident."""

from __future__ import annotations

from typing import Any

import pandas as pd

GOLD = ("casualties/dev.jsonl",)
SCORER = "casualties"


def predict(document: dict[str, Any]) -> dict[str, Any]:
    """Return killed, injured and day of the incident that one gold line is about.

    The labels count every article, also those in which nobody was hit, so no toll counts as 0 here; and they give each
    a day, so one that names none gets that of its publication.
    """
    from corpus_tools.timeline import main_incident

    published: Any = pd.to_datetime(str(document.get("published") or "NaT"))
    article = pd.DataFrame(
        {
            "article_id": ["a"],
            "text": [document["text"]],
            "published": pd.Series([published]).astype("datetime64[s]"),
        }
    )
    incident = main_incident(article)
    day = published if incident.day is None else incident.day
    return {
        "id": document["id"],
        "killed": incident.killed or 0,
        "injured": incident.injured or 0,
        "date": None if pd.isna(day) else str(day.date()),
    }
