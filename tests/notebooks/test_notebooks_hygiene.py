"""Notebooks as they are kept: no outputs, typed and commented parameters, and no analysis of their own."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from corpus_tools.reports import declared, read_plan
from corpus_tools.reports.plan import heading
from tests.pages import NOTEBOOKS, PLAN

COMMON = {
    "corpus_path": ("str", "../data/sample"),
    "outlets": ("list[str]", []),
    "date_from": ("str", ""),
    "date_to": ("str", ""),
    "top_n": ("int", 20),
}

notebooks = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def sources(path: Path, kind: str) -> list[str]:
    return ["".join(cell["source"]) for cell in read(path)["cells"] if cell["cell_type"] == kind]


def test_there_are_notebooks_and_all_are_planned() -> None:
    assert NOTEBOOKS
    assert {report.notebook for report in read_plan(PLAN).reports} == set(NOTEBOOKS)


@notebooks
def test_is_valid_and_has_names_for_its_cells(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert read(path)["nbformat_minor"] >= 5
    names = [cell["id"] for cell in read(path)["cells"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]+", name) for name in names)
    assert names[:3] == ["title", "parameters", "load"]
    assert read(path)["metadata"]["kernelspec"]["name"] == "python3"


@notebooks
def test_outputs_are_cleared(path: Path) -> None:
    for cell in read(path)["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@notebooks
def test_begins_with_a_question_and_ends_with_how_it_was_computed(path: Path) -> None:
    title, question = heading(read(path))
    assert title
    assert len(question) > 60
    assert sources(path, "markdown")[-1].strip().startswith("## How this was computed")
    assert "ct.reports.computed(" in sources(path, "code")[-1]


@notebooks
def test_parameters_are_typed_and_commented_and_the_common_ones_are_the_same(path: Path) -> None:
    parameters = declared(read(path), name=path.name)
    assert list(parameters)[:5] == list(COMMON)
    for name, (kind, default) in COMMON.items():
        assert (parameters[name].type, parameters[name].default) == (kind, default)
    for parameter in parameters.values():
        assert len(parameter.help) > 5, parameter.name
    (cell,) = [c for c in read(path)["cells"] if "parameters" in c["metadata"].get("tags", [])]
    assert all(isinstance(node, ast.AnnAssign) for node in ast.parse("".join(cell["source"])).body)


@notebooks
def test_analysis_is_only_called(path: Path) -> None:
    forbidden = (
        ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try, ast.With,
    )  # fmt: skip
    for source in sources(path, "code"):
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, forbidden), ast.unparse(node)
            if isinstance(node, ast.Import):
                assert [name.name for name in node.names] == ["corpus_tools"]
            if isinstance(node, ast.ImportFrom):
                assert str(node.module).startswith("corpus_tools")


@notebooks
def test_has_three_plots_and_a_table_at_least(path: Path) -> None:
    code = "\n".join(sources(path, "code"))
    assert len(set(re.findall(r"ct\.plots\.\w+", code))) >= 3
    assert "ct.reports.show(" in code


@notebooks
def test_prose_names_nothing_of_one_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|root|tmp|Users)/|C:\\\\", text)
