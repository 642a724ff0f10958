from pathlib import Path

import numpy as np
import pytest

from corpus_tools.language import sentences
from corpus_tools.language._gaps import ENOUGH, TOLERATED, Gaps, _weights, decided
from corpus_tools.language._stretches import Reading
from corpus_tools.language.sentences import by_rules

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def split(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Oda met U.S. President Lee at 5 p.m. on Friday.", "He left."],
        ["She moved to the U.S.", "The rest stayed."],
        ["It rose 3.5 percent to $4.2 million.", "Prices fell."],
        ["“We won.”", "Then he sat down."],
        ["“Why?” he asked.", "Nobody knew."],
        ["J. R. Hale and M. Dunn signed it.", "Others did not."],
        ["Acme Corp. and Beta Inc. merged.", "Shares rose!", "Why?"],
        ["The vote is on Jan. 5.", "See No. 12 and Fig. 3 there."],
        ["Figure 1. The bridge before the storm."],
        ["It closed in 1999. [4]", "It reopened later."],
        ["Wait... what?", "Yes."],
        ["He went to St. Mary.", "They followed at 10 a.m.", "It rained."],
    ],
)
def test_sentences_of_one_paragraph(expected):
    assert split(" ".join(expected)) == expected


def test_paragraphs_headlines_and_list_items_end_sentences():
    text = "Bridge closed after storm\n\nThe bridge was closed. It will reopen\n\n- first item\n- second item\n"
    assert split(text) == [
        "Bridge closed after storm",
        "The bridge was closed.",
        "It will reopen",
        "- first item",
        "- second item",
    ]


def test_a_line_wrapped_by_hand_runs_on():
    lines = [
        "The council of the harbour town said late on Tuesday that",
        "it would not repair the old bridge before the winter storms",
        "had passed, because the engineers need calm water and light",
        "for the work.",
    ]
    assert split("\n".join(lines)) == ["\n".join(lines)]


def test_nothing_but_white_space_has_no_sentence():
    assert sentences("") == []
    assert sentences(" \n\n\t ") == []


def test_long_runs_of_one_character_are_linear():
    for unit in (".", "\n", " ", "x", '"', "[", "-"):
        assert len(sentences(unit * 150_000)) <= 1
        assert len(sentences(unit * 150_000 + "x")) <= 2


def test_addresses_signatures_and_brackets_end_sentences_in_running_text():
    text = "See http://www.example.org/storms/ferry.html The ferry is late. Let me know if you can come. Thanks, Ruth"
    assert "The ferry is late." in split(text)


def test_a_note_after_a_page_break_is_no_overlap():
    assert split(".\x0c[0]") == [".", "[0]"]


@pytest.mark.parametrize("sign", ["-----", "----==", "***", "~~~~~~"])
def test_a_line_of_signs_begins_a_sentence(sign):
    assert split(f"Rain fell all day\n{sign}\nThe ferry is late. Nobody came.")[-1] == "Nobody came."
    assert any(sentence.startswith(sign) for sentence in split(f"Rain fell all day {sign} The ferry is late."))


def test_a_mark_of_time_begins_a_sentence():
    assert split("Rain fell all day 3/14/2001 10:30 AM The ferry is late.")[0] == "Rain fell all day"


def test_gaps_that_are_not_weighed_in_full_would_not_change():
    changed = doubtful = every = 0
    for path in sorted(SAMPLE.rglob("*.txt"))[:12]:
        text = path.read_text(encoding="utf-8", errors="replace").replace(". ", " ")
        ruled, reading = np.array([start for start, _ in by_rules(text)]), Reading([text])
        gaps = Gaps(reading, ruled)
        scores = _weights().total(gaps.keys(slice(None)))[:, 0]
        begin = set(ruled.tolist()) | set(gaps.starts[scores >= ENOUGH].tolist())
        begin -= set(gaps.starts[scores < TOLERATED].tolist())
        assert decided(reading, ruled).tolist() == sorted(begin)
        changed += len(begin ^ set(ruled.tolist()))
        every += len(scores)
        doubtful += len(gaps.only_doubtful().starts)
    assert 0 < changed < doubtful < every / 2
