import pytest

from corpus_tools.errors import InvalidQuery
from corpus_tools.language import stopwords
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
