"""Parameters read from a notebook without running it, and values checked against them."""

from typing import Any

import pytest

from corpus_tools.errors import InvalidPlan
from corpus_tools.reports.parameters import Parameter, checked, declared


def notebook(*sources: str) -> dict[str, Any]:
    return {"cells": [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": s} for s in sources]}


def test_reads_names_types_defaults_and_help() -> None:
    source = (
        '"""What can be set."""\n'
        'corpus_path: str = "../data"  # folder\n'
        "outlets: list[str] = []  # outlets, # by name\n"
        "share: float = 1\n"
        "direct = True\n"
        "terms = [\n    'a',\n    'b',\n]  # what to look for\n"
    )
    assert declared(notebook(source)) == {
        "corpus_path": Parameter("corpus_path", "str", "../data", "folder"),
        "outlets": Parameter("outlets", "list[str]", [], "outlets, # by name"),
        "share": Parameter("share", "float", 1, ""),
        "direct": Parameter("direct", "bool", True, ""),
        "terms": Parameter("terms", "list[str]", ["a", "b"], "what to look for"),
    }


def test_a_notebook_without_such_a_cell_declares_nothing() -> None:
    assert declared({"cells": [{"cell_type": "code", "metadata": {}, "source": "a = 1"}]}) == {}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a: int = len('x')", "default of a must be a literal"),
        ("import os", "only assignments"),
        ("a, b = 1, 2", "only a plain name"),
        ("a: int = 'x'", "takes a whole number"),
        ("a: int", "only assignments"),
        ("a: set[str] = []", "allowed are str, int"),
        ("a = {1: 2}", "declared as dict"),
        ("a = (", "is not Python"),
        ("a = [1, 'b']", "list\\[mixed\\]"),
        ("x.a = 1", "only a plain name"),
    ],
)
def test_anything_else_in_the_cell_is_refused(source: str, message: str) -> None:
    with pytest.raises(InvalidPlan, match=message):
        declared(notebook(source))


def test_the_cell_is_never_run() -> None:
    with pytest.raises(InvalidPlan):
        declared(notebook("a = __import__('os').abort()"))


def test_two_cells_are_refused() -> None:
    with pytest.raises(InvalidPlan, match="2 cells tagged"):
        declared(notebook("a = 1", "b = 2"))


ALL = declared(
    notebook("top_n: int = 20\nshare: float = 0.5\noutlets: list[str] = []\nquery: str = ''\nonly: bool = True")
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top_n", "5"),
        ("top_n", 5.0),
        ("top_n", True),
        ("share", "0.5"),
        ("outlets", "Meridian Post"),
        ("outlets", [1]),
        ("query", 5),
        ("query", None),
        ("only", 1),
    ],
)
def test_values_of_another_type_are_refused(name: str, value: object) -> None:
    with pytest.raises(InvalidPlan, match=f"Report 'Terms': parameter {name} takes a .* not "):
        checked({name: value}, ALL, report="Terms", notebook="terms.ipynb")


@pytest.mark.parametrize(
    "name",
    ["topn", "top_n = 1\nimport os; os.abort()\nx", "top_n; x", "class", "", "__import__('os')", "top n", "top_n\n"],
)
def test_names_that_are_not_declared_are_refused(name: str) -> None:
    with pytest.raises(InvalidPlan, match=r"terms.ipynb has no parameter .* it has top_n \(int\), share \(float\)"):
        checked({name: 1}, ALL, report="Terms", notebook="terms.ipynb")


def test_good_values_pass() -> None:
    given = {"top_n": 5, "share": 1, "outlets": ["a"], "query": "=1", "only": False}
    assert checked(given, ALL, report="r", notebook="n") == {**given, "share": 1.0}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("top_n", "5", 5),
        ("share", "0.25", 0.25),
        ("outlets", " A ;B; ", ["A", "B"]),
        ("outlets", "", []),
        ("query", "a;b", "a;b"),
        ("only", "No", False),
        ("only", "true", True),
    ],
)
def test_texts_from_a_command_line(name: str, text: str, value: object) -> None:
    assert ALL[name].parse(text) == value


@pytest.mark.parametrize(("name", "text"), [("top_n", "five"), ("only", "maybe"), ("share", "1,5")])
def test_texts_that_are_not_of_the_type(name: str, text: str) -> None:
    with pytest.raises(InvalidPlan, match=name):
        ALL[name].parse(text)


def test_choices_are_read_from_the_comment() -> None:
    toll = declared(notebook("toll: str = 'killed'  # whose number; one of: killed, injured"))["toll"]
    assert toll.choices == ("killed", "injured")
    assert toll.parse("injured") == "injured"
    with pytest.raises(InvalidPlan, match="parameter toll takes one of killed, injured, not 'lost'"):
        toll.check("lost")
    assert declared(notebook("x: str = ''  # one of many"))["x"].choices == ()


def test_a_default_outside_its_choices_is_refused() -> None:
    with pytest.raises(InvalidPlan, match="the default is wrong"):
        declared(notebook("toll: str = 'x'  # one of: killed, injured"))


def test_a_day_is_a_day_or_nothing() -> None:
    day = Parameter("date_from", "str", "", "first day to keep (YYYY-MM-DD); empty for no limit")
    assert (day.check("2016-02-29"), day.parse("")) == ("2016-02-29", "")
    for wrong in ("2016-13-01", "2015-02-29", "1 May 2016", "20160501", "2016-5-1"):
        with pytest.raises(InvalidPlan, match="date_from takes a day such as 2016-01-31"):
            day.parse(wrong)
