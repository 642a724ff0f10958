"""Plots are found without a list of them."""

import ast
from pathlib import Path

import pytest

import corpus_tools.plots as plots


def test_every_public_function_can_be_called_by_its_name() -> None:
    folder = Path(plots.__file__).parent
    for path in sorted(folder.glob("[a-z]*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert getattr(plots, node.name).__name__ == node.name
                assert node.name in dir(plots)


def test_no_plot_is_called_like_a_module() -> None:
    modules = {path.stem for path in Path(plots.__file__).parent.glob("*.py")}
    assert modules.isdisjoint(dir(plots))


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(AttributeError, match=r"no plot 'nonsense'; there are: .*articles_by_outlet"):
        _ = plots.nonsense
