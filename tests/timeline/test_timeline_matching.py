"""What is counted for many pairs of reports at once agrees with what is counted for each."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.timeline import _matching
from corpus_tools.timeline._matching import blocks, matched, rarities
from corpus_tools.timeline._reports import Report
from corpus_tools.timeline._scoring import THRESHOLD, Features, score

KINDS = {"explosion": "harm", "attack": "harm", "military_action": "force", "statement": "statement", "court": "court",
         "arrest": "arrest", "other": "other"}  # fmt: skip
SETS = st.frozensets(
    st.sampled_from(["bomb", "market", "killed", "arlen", "velisk", "officials", "fire", "harbour"]), max_size=6
)
DAYS = st.one_of(st.none(), st.integers(736_000, 736_006))
TOLLS = st.one_of(st.none(), st.integers(0, 40))


@st.composite
def reports(draw):
    kind = draw(st.sampled_from(sorted(KINDS)))
    begin, finish = draw(DAYS), draw(DAYS)
    if begin is not None and finish is not None and (begin > finish or draw(st.booleans())):
        finish = begin
    return Report(
        draw(st.sampled_from("ab")), kind, KINDS[kind], begin, finish, draw(SETS), draw(SETS), draw(SETS),
        (draw(TOLLS), None), draw(st.sampled_from(["killed", "said"])),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(reports(), min_size=2, max_size=14))
def test_no_pair_is_passed_over(items):
    rarity = rarities(items)
    features = Features(items, rarity)
    first, second = np.triu_indices(len(items), 1)
    promising = features.promising(first, second)
    for one, other, found in zip(first.tolist(), second.tolist(), promising.tolist(), strict=True):
        left, right = items[one], items[other]
        value = score(left, right, rarity)
        assert value == score(right, left, rarity)
        sharing = bool(left.words & right.words or left.names & right.names)
        if value >= THRESHOLD and (sharing or not (left.dated and right.dated)):
            assert found or not sharing
        if found:
            assert sharing
            assert value >= THRESHOLD - 1e-5


@settings(max_examples=40, deadline=None)
@given(st.lists(reports(), max_size=30), st.integers(1, 7))
def test_cutting_blocks_makes_no_difference(items, size):
    whole = matched(items)
    kept = _matching._TOGETHER
    try:
        _matching._TOGETHER = size
        assert matched(items) == whole
    finally:
        _matching._TOGETHER = kept


def test_each_pair_is_in_one_block():
    kinds = list(KINDS) * 3
    items = [
        Report(f"a{place}", kind, KINDS[kind], 736_000, 736_000, frozenset(), frozenset({"bomb", "market", "fire"}),
               frozenset(), (12, 12), "killed")
        for place, kind in enumerate(kinds)
    ]  # fmt: skip
    found = [(first, second) for block in blocks(items, rarities(items)) for _, first, second in block.pairs()]
    assert len(found) == len(set(found)) > 20
