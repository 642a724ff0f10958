"""Quotation marks of every style, and of none."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.attribution.marks import quotations


def _texts(text):
    return [text[quotation.start : quotation.end] for quotation in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "no" twice.', ['"no"']),
        ("She said “no” twice.", ["“no”"]),
        ("She said «no» twice.", ["«no»"]),
        ("She said „no“ twice.", ["„no“"]),
        ("She said ‘no’ twice.", ["‘no’"]),
        ("She said 'no' twice.", ["'no'"]),
        ("She said ''no'' twice.", ["''no''"]),
        ("“They said ‘no’ to us,” she said.", ["“They said ‘no’ to us,”"]),
        ("It isn't the students' fault; don't ask.", []),
        ("In the ’90s rock ’n’ roll was loud.", []),
        ("‘The miners’ union is closed,’ he said.", ["‘The miners’ union is closed,’"]),
        ('“Open and shut" in two styles.', ['“Open and shut"']),
        ("“First paragraph.\n\n“Second.”\n\nNo marks.", ["“First paragraph.", "“Second.”"]),
        ("It was “never closed. Then it rained.", ["“never closed."]),
        ("5' 11\" tall", []),
    ],
)
def test_pairs(text, expected):
    assert _texts(text) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="“”\"'‘’«»„‟‚‹›` ab.\n", max_size=80))
def test_quotations_are_in_order_and_apart(text):
    found = quotations(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all("\n\n" not in text[q.start : q.end] for q in found)
