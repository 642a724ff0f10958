import numpy as np
import pytest

from corpus_tools.language import annotate, annotate_all
from corpus_tools.language._name_vectors import Network
from corpus_tools.language._resources import arrays
from corpus_tools.language.acronyms import acronyms


def names(text):
    return {name.text: name for name in annotate(text).names}


def test_kinds_of_names():
    found = names("President Maria Lindt of France flew to London, where the Labour Party and the BBC waited.")
    assert {text: name.label for text, name in found.items()} == {
        "Maria Lindt": "person",
        "France": "place",
        "London": "place",
        "Labour Party": "organization",
        "BBC": "organization",
    }


def test_titles_and_affiliations_are_kept_apart():
    text = "Russia's Defense Minister Sergey Torvin said so, and French foreign minister Anna Delmas agreed."
    found = names(text)
    person = found["Sergey Torvin"]
    assert text[slice(*person.title)] == "Defense Minister"
    assert text[slice(*person.affiliation)] == "Russia"
    person = found["Anna Delmas"]
    assert text[slice(*person.title)] == "foreign minister"
    assert text[slice(*person.affiliation)] == "French"
    assert found["French"].label == "nationality"


def test_a_surname_is_joined_with_the_full_name():
    found = annotate("Peter Hale spoke first. Later Hale sat down, and Mr. Hale's son left.").names
    assert [(name.text, name.full) for name in found] == [
        ("Peter Hale", "Peter Hale"),
        ("Hale", "Peter Hale"),
        ("Hale", "Peter Hale"),
    ]


def test_an_acronym_is_joined_with_its_long_form():
    found = names("The Ministry of Public Works (MPW) closed the bridge. The MPW gave no reason.")
    assert found["MPW"].full == "Ministry of Public Works"
    assert found["MPW"].label == "organization"


def test_names_with_of_are_one_name_and_months_are_none():
    found = names("The University of Bonn opened in October and the Gulf of Mexico closed on Monday.")
    assert set(found) == {"University of Bonn", "Gulf of Mexico"}


def test_confidence_is_a_probability():
    found = annotate("Ann Oda of Bonn met Flimber at Grop. The Zarn of Quill said no to Vess Industries.").names
    assert found
    assert all(0 <= name.confidence <= 1 for name in found)


def test_definitions_of_acronyms():
    assert acronyms("Harbour Workers' Union (HWU)") == {"HWU": "Harbour Workers' Union"}
    assert acronyms("the ILO (International Labour Office)") == {"ILO": "International Labour Office"}
    assert acronyms('Grop [local acronym for "Free Bridge League"] denied it') == {"Grop": "Free Bridge League"}
    assert acronyms("He won (AP) and left (see below).") == {}
    assert acronyms("(" * 100_000) == {}


def test_an_explained_name_has_the_kind_of_its_long_form():
    text = 'Grop [local acronym for "UNESCO"] denied it. UNESCO, the United Nations agency, agreed with Grop.'
    found = names(text)
    assert (found["Grop"].full, found["Grop"].label) == ("UNESCO", "organization")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iowa Senator Ann Oda spoke in Bonn.", ["Iowa", "Ann Oda", "Bonn"]),
        ("He met Lau Chi-wai in the hall.", ["Lau Chi-wai"]),
        ("The talk of Oda & Brandt began. Procter & Gamble paid.", ["Oda", "Brandt", "Procter & Gamble"]),
        ("The Centre for the Visual Arts in Bonn opened.", ["Centre for the Visual Arts", "Bonn"]),
    ],
)
def test_bounds_of_names(text, expected):
    assert [name.text for name in annotate(text).names] == expected


def test_an_unknown_name_is_told_by_how_the_text_uses_it():
    text = "Torvik lies in the north. They met in Torvik. From Torvik they drove to Oslo."
    assert {name.label for name in annotate(text).names if name.text == "Torvik"} == {"place"}


def test_a_firm_whose_name_begins_like_a_title_keeps_it():
    found = names("Last year General Motors closed a plant, and General Abel Torvin left the army.")
    assert found["General Motors"].label == "organization"
    assert found["Abel Torvin"].label == "person"


def test_an_unknown_name_takes_its_kind_from_the_words_around():
    found = names("She lives in Vornholt, a small town on the coast. Dr. Zelvine, 54, said that he had not slept.")
    assert found["Vornholt"].label == "place"
    assert found["Zelvine"].label == "person"


def test_texts_together_have_the_names_that_they_have_alone():
    texts = [
        "Grill it. Basil is a herb; chop the basil.",
        "",
        "Ann Oda met Ben Lund (Oda, 2011) in Bonn.",
        "no name",
        "They flew to Coronda",
        "2016 was a dry year in Harl.",
    ]
    alone = [[(name.text, name.label, name.confidence) for name in annotate(text).names] for text in texts]
    together = [[(name.text, name.label, name.confidence) for name in one.names] for one in annotate_all(texts)]
    assert together == alone


def test_a_score_does_not_depend_on_what_is_scored_beside():
    data = arrays("names.npz")
    network = Network(data)
    numbers = np.random.default_rng(5).normal(size=(300, len(data["inner"]))).astype(np.float32)
    together = network.scores(numbers)
    for size in (1, 2, 63, 64, 65, 200):
        assert np.array_equal(network.scores(numbers[:size]), together[:size])
        assert np.array_equal(network.scores(numbers[-size:]), together[-size:])
