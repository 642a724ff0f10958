"""reports.toml, read and checked before anything runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_tools.errors import InvalidPlan
from corpus_tools.reports import read_plan
from corpus_tools.reports.plan import heading, names_used

Study = Callable[..., Path]

ONE = '[[report]]\nnotebook = "notebooks/a.ipynb"\ncorpus = "corpus"\n'


def test_a_plan(study: Study, tmp_path: Path) -> None:
    path = study(
        'title = "All"\ncorpus = "corpus"\n[[report]]\nnotebook = "notebooks/a.ipynb"\nparameters = {top_n = 3}', a=[]
    )
    plan = read_plan(path)
    assert plan.title == "All"
    (report,) = plan.reports
    assert (report.name, report.title, report.parameters) == ("a", "Terms", (("top_n", 3),))
    assert report.values == {"corpus_path": "../corpus", "top_n": 3}
    assert report.corpus == (tmp_path / "corpus").resolve()


def test_another_corpus_replaces_that_of_every_report(study: Study, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    plan = read_plan(study(ONE, a=[]), corpus=tmp_path / "other")
    assert plan.reports[0].values["corpus_path"] == "../other"
    assert plan.on(tmp_path / "corpus").reports[0].values["corpus_path"] == "../corpus"


def test_one_notebook_makes_several_reports(study: Study) -> None:
    plan = read_plan(study(ONE + 'title = "Émile & Co."\n' + ONE + 'title = "Two"\n' + ONE + 'name = "third"', a=[]))
    assert [report.name for report in plan.reports] == ["a-emile-co", "a-two", "third"]


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ("", "plans no report"),
        ("report = 1", "plans no report"),
        ("[[report]", "not valid TOML"),
        ("x = 1\n" + ONE, "key 'x' is not known; there are corpus, report, title"),
        (ONE + "notebok = 1", "report 1: the key 'notebok' is not known"),
        ('[[report]]\ncorpus = "corpus"', "`notebook` is missing"),
        ('[[report]]\nnotebook = "notebooks/z.ipynb"', "There is no notebook"),
        ('[[report]]\nnotebook = "reports.toml"', "is not a notebook"),
        ('[[report]]\nnotebook = "notebooks/a.ipynb"', "`corpus` is missing"),
        ('[[report]]\nnotebook = "notebooks/a.ipynb"\ncorpus = "z"', "there is no corpus at"),
        (ONE + "title = 1", "`title` must be a text"),
        (ONE + "parameters = 1", "`parameters` must be a table"),
        (ONE + "parameters = {top = 1}", r"Report 'Terms': a.ipynb has no parameter 'top'; it has corpus_path \(str\)"),
        (ONE + 'parameters = {top_n = "1"}', r"parameter top_n takes a whole number \(int\), not '1'"),
        (ONE + "parameters = {title = 2016-08-01}", "parameter title takes a text"),
        (ONE + 'parameters = {corpus_path = "x"}', "say `corpus = …`"),
        (ONE + 'parameters = {"top_n=1;import os" = 1}', "has no parameter"),
        (ONE + ONE, "the name 'a-terms' is taken"),
        (ONE + 'name = "index"', "the name 'index' is taken"),
    ],
)
def test_mistakes_are_refused_with_what_is_allowed(study: Study, plan: str, message: str) -> None:
    with pytest.raises(InvalidPlan, match=message):
        read_plan(study(plan, a=[]))


def test_a_name_stays_inside_the_folder(study: Study) -> None:
    assert read_plan(study(ONE + 'name = "../../x/<y>"', a=[])).reports[0].name == "x-y"


def test_a_plan_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidPlan, match="name another with --plan"):
        read_plan(tmp_path / "reports.toml")
    with pytest.raises(InvalidPlan, match="cannot be read"):
        read_plan(tmp_path)


def test_only_known_names(study: Study) -> None:
    with pytest.raises(InvalidPlan, match="no report 'b' in the plan; there are a"):
        read_plan(study(ONE, a=[])).only("b")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A *B*\n\nC [d](https://a.example) `e`\nf.\n\nG.", ("A B", "C d e f.")),
        ("# A\nC.", ("A", "C.")),
        ("# A", ("A", "")),
        ("No heading", ("", "")),
        ("# snake_case __x__\n\nq", ("snake_case x", "q")),
    ],
)
def test_title_and_question(source: str, expected: tuple[str, str]) -> None:
    assert heading({"cells": [{"cell_type": "markdown", "source": source}]}) == expected


def test_a_list_makes_one_report_for_each_value(study: Study) -> None:
    plan = read_plan(study(ONE + 'title = "Said"\nparameters = {top_n = [5, 10], title = ["Émile", "b"]}', a=[]))
    assert [(report.name, report.title) for report in plan.reports] == [
        ("a-5-emile", "Said: 5, Émile"),
        ("a-5-b", "Said: 5, b"),
        ("a-10-emile", "Said: 10, Émile"),
        ("a-10-b", "Said: 10, b"),
    ]
    assert plan.reports[1].values == {"top_n": 5, "title": "b", "corpus_path": "../corpus"}


def test_a_wrong_value_of_a_sweep_is_refused(study: Study) -> None:
    with pytest.raises(InvalidPlan, match="parameter top_n takes a whole number"):
        read_plan(study(ONE + "parameters = {top_n = [5, 'ten']}", a=[]))
    with pytest.raises(InvalidPlan, match="make 300 reports; 200 are allowed"):
        read_plan(study(ONE + f"parameters = {{top_n = {list(range(300))}}}", a=[]))


def test_names_of_the_library_that_a_notebook_uses() -> None:
    source = "import corpus_tools as ct\nfrom corpus_tools.articles import describe\nct.open(x)\nx.y.z\n%magic"
    good = {"cell_type": "code", "source": source.removesuffix("\n%magic")}
    assert names_used({"cells": [good, {"cell_type": "code", "source": source}]}) == {
        "corpus_tools.open",
        "corpus_tools.articles.describe",
    }
