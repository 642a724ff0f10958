import pytest

from corpus_tools.language import sentences


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
