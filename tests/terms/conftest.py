"""A small corpus of our own."""

import pandas as pd
import pytest


@pytest.fixture
def articles() -> pd.DataFrame:
    """Four invented articles: two outlets, one without an outlet, one without a date."""
    return pd.DataFrame(
        {
            "article_id": ["a1", "a2", "a3", "a4"],
            "text": [
                "The dam broke at dawn. The mayor’s boat left the harbour.",
                "Nobody checked the dam. “The dam was old,” the mayor said.",
                "Rain fell. Heavy rain again; then, light rain over the old harbour.",
                "The prime minister of Mirava met the mayor.",
            ],
            "outlet": ["Lakeside Post", "Meridian Press", "Lakeside Post", None],
            "published": pd.to_datetime(["2031-03-02", "2031-03-20", "2031-05-01", None]).astype("datetime64[s]"),
        }
    ).astype({"article_id": "str", "text": "str", "outlet": "str"})
