import numpy as np
import pytest

from corpus_tools.errors import InvalidQuery
from corpus_tools.language import stopwords
from corpus_tools.language._hashing import Weights, pack_rows, unpack_rows
from corpus_tools.language.lemmas import lemma


def test_stop_words_are_function_words_in_both_spellings():
    listed = stopwords()
    assert {"the", "of", "and", "isn't", "isn’t"} <= listed
    assert not {"government", "said", "people"} & listed
    assert all(word == word.lower() for word in listed)


def test_a_language_without_stop_words_is_refused():
    with pytest.raises(InvalidQuery, match="'xx'"):
        stopwords("xx")


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "expected"),
    [
        ("Cities", "NOUN", "NNS", "city"),
        ("children", "NOUN", "NNS", "child"),
        ("was", "AUX", "VBD", "be"),
        ("stopped", "VERB", "VBD", "stop"),
        ("making", "VERB", "VBG", "make"),
        ("overthrew", "VERB", "VBD", "overthrow"),
        ("better", "ADJ", "JJR", "good"),
        ("States", "PROPN", "NNPS", "State"),
        ("’s", "PART", "POS", "'s"),
        ("I", "PRON", "PRP", "I"),
        ("flimbering", "VERB", "VBG", "flimber"),
        ("\ud800", "X", "FW", "\ud800"),
    ],
)
def test_dictionary_forms(form, upos, xpos, expected):
    assert lemma(form, upos, xpos) == expected


def test_packed_rows_come_out_as_they_were():
    rows = np.array([[0, 3, -127, 0, 0, 0, 0, 0, 0, 1], [0] * 10, [5, 0, 0, 0, 0, 0, 0, 0, 0, -1]], dtype=np.int8)
    bits, weights = pack_rows(rows)
    assert len(weights) == 5
    assert (unpack_rows(bits, weights, 10) == rows).all()
    keys = np.array([[7, 0], [9, 7]], dtype=np.uint32)
    total = Weights(np.array([7, 8, 9], dtype=np.uint32), rows, 0.5).total(keys)
    assert total.tolist() == [(0.5 * rows[0]).tolist(), (0.5 * (rows[2] + rows[0].astype(int))).tolist()]
