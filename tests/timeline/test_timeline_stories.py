"""Stories: events that the same articles tell of; all data are our own."""

import pandas as pd

from corpus_tools import schema, timeline


def test_events_of_the_same_articles_are_one_story_and_lone_events_none():
    told = {"blast": "abc", "arrest": "ab", "flood": "de", "rescue": "e", "match": "f"}
    merged = schema.TIMELINE.conform(
        [
            {"event_id": name, "begin": pd.Timestamp("2023-10-07"), "finish": pd.Timestamp("2023-10-07"),
             "kind": "other", "predicate": name, "place": "Lenn", "reports": len(articles), "killed_min": 3,
             "killed_max": 3, "outlets": ["Post"]}
            for name, articles in told.items()
        ]
    )  # fmt: skip
    reported = pd.DataFrame([(name, article) for name, articles in told.items() for article in articles],
                            columns=["event_id", "article_id"])  # fmt: skip
    stories = timeline.stories(merged, reported).set_index("event_id")["story"]
    assert stories.dropna().to_dict() == {
        "blast": "blast, Lenn", "arrest": "blast, Lenn", "flood": "flood, Lenn", "rescue": "flood, Lenn"
    }  # fmt: skip
