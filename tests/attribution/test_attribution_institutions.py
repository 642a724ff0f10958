"""Institutions called by half their name: resolved when one can be meant, and left as written when several can."""

import pytest

from corpus_tools import attribution, schema

UNION = "The miners' union said two men were missing. Coldwater Mining said the shaft was safe. "
TWO = (
    "The Finance Ministry said the budget would hold. Interior Minister Tam Orrel said outsiders had come. "
    "The ministry did not say who they were."
)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (UNION + "Output has fallen by a third, according to the company.", "Coldwater Mining"),
        (UNION + "The toll may rise, the union said.", "miners' union"),
        ("The union of dockers said it would strike. The company said the port stayed open.", "company"),
        ("The Sallow government said it was ready. The government in Pell said it was not.", "government in Pell"),
        (
            "The Finance Ministry said the budget held. The ministry said taxes would not rise.",
            "Finance Ministry",
        ),
        (TWO, "ministry"),
    ],
)
def test_half_a_name(text, speaker):
    found = attribution.find(schema.ARTICLES.conform([{"article_id": "a", "text": text}]))
    assert found.sort_values("start").speaker.tolist()[-1] == speaker


def test_a_comparison_has_no_speaker():
    text = "Forty-two people were injured, five more than first reported."
    found = attribution.find(schema.ARTICLES.conform([{"article_id": "a", "text": text}]))
    assert found.source.dropna().empty
