import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.language import annotate
from corpus_tools.language._hashing import pack, unpack
from corpus_tools.language._lexicon import lexicon, word_and_form


def looked_up(form):
    return [int(values[0]) for values in lexicon().look_up(*word_and_form(form))]


def test_words_that_are_used_alike_share_a_cluster():
    cluster = {form: looked_up(form)[2] for form in ("Monday", "Tuesday", "January", "February", "bridge")}
    assert cluster["Monday"] == cluster["Tuesday"] != cluster["January"] == cluster["February"]
    assert cluster["bridge"] not in {0, cluster["Monday"], cluster["January"]}


def test_possible_tags_are_those_of_the_dictionary():
    noun, verb, adjective, plural, third, gerund, past = 1, 2, 4, 16, 32, 64, 128
    assert looked_up("runs")[1] == plural | third
    assert looked_up("stopped")[1] & past
    assert looked_up("closing")[1] & gerund
    assert looked_up("bridge")[1] & (noun | verb) == noun | verb
    assert looked_up("wooden")[1] == adjective


def test_an_unknown_word_has_nothing():
    assert looked_up("flimbergrop") == [0, 0, 0]


@settings(max_examples=50, deadline=None)
@given(st.sets(st.integers(0, 2**32 - 1)))
def test_packed_keys_come_back(numbers):
    keys = np.array(sorted(numbers), dtype=np.uint32)
    assert unpack(pack(keys)).tolist() == keys.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Food and Drug Administration agreed.", "Food and Drug Administration"),
        ("She leads the Ministry of Culture and Sport.", "Ministry of Culture and Sport"),
        ("It was in (Oda & Hale, 2010) too.", "Oda"),
    ],
)
def test_names_with_and(text, expected):
    assert expected in [name.text for name in annotate(text).names]


def test_two_names_joined_by_and_stay_two():
    names = [name.text for name in annotate("Ann Oda met the mayor of Bonn and Paris officials.").names]
    assert "Bonn" in names
    assert not any(" and " in name for name in names)


def test_a_well_known_organization_begins_the_name_of_something_else():
    found = {name.text: name.label for name in annotate("They lost the FIFA World Cup of 2010.").names}
    assert found.get("FIFA") == "organization"
