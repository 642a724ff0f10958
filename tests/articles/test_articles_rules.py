"""Rules that users add, and their mistakes."""

import time

import pytest

from corpus_tools.articles import read_all
from corpus_tools.articles.rules import Rules, load
from corpus_tools.errors import InvalidRules

PAGE = """Salt price rises

Filed by Ines Orr @ Hollin Desk
Seen first: 03/04/2016 18:40

The price of salt rose.

Salt is life -- join the Salt Club!
"""
RULES = """
[[outlets]]
name = "The Salt Times"
aliases = ["Salt Times Online"]
paths = ["salt/*"]
domains = ["salt.example"]
date_order = "day first"
timezone = "Europe/Rome"
labels = { "Seen first" = "published" }

[[outlets.furniture]]
pattern = 'Salt is life'
where = "tail"

[[outlets.furniture]]
pattern = 'Filed by .{1,40} @'
where = "head"

[[outlets]]
name = "Meridian Press Agency"
agency = "MPA"

[labels]
"Filed under" = "themes"
"""


def test_rules_of_an_outlet(tmp_path):
    (tmp_path / "salt").mkdir()
    (tmp_path / "salt" / "a.txt").write_text(PAGE)
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES)
    (row,) = read_all(tmp_path / "salt", rules=rules).articles.to_dict("records")
    assert (row["title"], row["outlet"], row["text"]) == (
        "Salt price rises",
        "The Salt Times",
        "The price of salt rose.",
    )
    assert (str(row["published"]), row["published_offset"]) == ("2016-04-03 16:40:00", 120)
    assert row["notes"] == [
        "metadata: date order: published 03/04/2016 18:40 read day first, as the rules say for this outlet"
    ]


def test_rules_beside_the_folder_hold_for_it(tmp_path):
    (tmp_path / "a.txt").write_text("Rain\n\nFiled under: Weather, Roads\n\nLENN (MPA) — It rained.")
    (tmp_path / ".corpusrules.toml").write_text(RULES)
    (row,) = read_all(tmp_path).articles.to_dict("records")
    assert (row["themes"], row["wire"], row["text"]) == (["Weather", "Roads"], "MPA", "It rained.")


def test_names_and_domains_and_codes():
    rules = load(
        {"outlets": [{"name": "The Salt Times", "aliases": ["STO"], "domains": ["salt.example"], "agency": "ST"}]}
    )
    assert rules.name("salt times") == "The Salt Times"
    assert rules.name("sto") == "The Salt Times"
    assert rules.agency("Salt Times") == "ST"
    assert rules.at(url="https://www.salt.example/a") is rules.outlets[0]
    assert rules.at(url="https://notsalt.example/a") is None
    assert load(None) == Rules()
    assert load(rules) is rules


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[outlets]\n", "not valid TOML"),
        ("[outlet]\nname = 'x'", "unknown entry 'outlet'; allowed are furniture, labels, outlets"),
        ("outlets = 3", "outlets must be a list of tables"),
        ("[[outlets]]\naliases = ['x']", "outlet 1 has no name"),
        ("[[outlets]]\nname = 'X'\nalias = ['x']", "unknown entry 'alias'"),
        ("[[outlets]]\nname = 'X'\naliases = 'x'", "aliases must be a list of texts"),
        ("[[outlets]]\nname = 'X'\ndate_order = 'dmy'", "date_order is 'dmy'; it may be 'day first' or 'month first'"),
        ("[[outlets]]\nname = 'X'\ntimezone = 'Mars/Base'", "there is no time zone 'Mars/Base'"),
        ("[[outlets]]\nname = 'X'\n[[outlets]]\nname = 'The X'", "names both X and The X"),
        ("[labels]\nFiled = 'theme'", "label 'Filed' fills 'theme'; it may fill title, authors"),
        ("[[furniture]]\npattern = '('", "is no regular expression"),
        ("[[furniture]]\nwhere = 'tail'", "pattern must be a regular expression"),
        ("[[furniture]]\npattern = 'x'\nwhere = 'middle'", "where is 'middle'; it may be head, tail, edge, anywhere"),
        ("[[furniture]]\npattern = 'x*'", "matches every line, even an empty one"),
        ("[[furniture]]\npattern = 'x'\nwords = -1", "words must be a number from 0"),
        ("[[furniture]]\npattern = 'x'\nplace = 'tail'", "unknown entry 'place'"),
    ],
)
def test_mistakes_are_named(tmp_path, text, message):
    path = tmp_path / "rules.toml"
    path.write_text(text)
    with pytest.raises(InvalidRules) as caught:
        load(path)
    assert message in str(caught.value)
    assert "rules.toml" in str(caught.value)


def test_missing_file(tmp_path):
    with pytest.raises(InvalidRules, match="cannot be read"):
        load(tmp_path / "none.toml")


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(\w+\s?)*$x", r"(.*a){20}b"])
def test_patterns_that_backtrack_without_end_are_refused_or_bounded(tmp_path, pattern):
    start = time.monotonic()
    message = "takes too long"
    try:
        rules = load({"furniture": [{"pattern": pattern}]})
        (tmp_path / "a.txt").write_text("Rain\n\n" + "a" * 200 + "!\n\nIt rained " + "a" * 3000 + ".")
        read_all(tmp_path, rules=rules)
    except InvalidRules as error:
        message = str(error)
    assert "takes too long" in message
    assert time.monotonic() - start < 5
