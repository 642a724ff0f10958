"""Wordings in which half of a phrase says something else than the whole."""

from datetime import datetime

import pytest

from corpus_tools.timeline import find_expressions
from corpus_tools.timeline._tolls import find


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Police shot three men dead in October.", [("killed", 3, 3)]),
        ("Police shot three men in the legs.", [("injured", 3, 3)]),
        ("Guards stabbed two prisoners to death.", [("killed", 2, 2)]),
    ],
)
def test_shot_dead_is_not_injured(sentence, expected):
    assert [(toll.name, toll.least, toll.most) for toll in find(sentence)] == expected


def test_half_of_a_compound_length_is_no_date():
    text = "The log is dated 3 March 2023. Six months and nine days later the ferry burned."
    values = {found.value for found in find_expressions(text, datetime(2023, 12, 1))}
    assert "2023-03-03" in values
    assert not any(value and value.startswith("2023-03-1") for value in values)
