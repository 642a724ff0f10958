"""Importing the package costs next to nothing; heavy libraries come with their first use."""

import subprocess
import sys

HEAVY = ("pandas", "numpy", "matplotlib", "nltk", "scipy", "networkx", "pyarrow", "nbconvert", "papermill", "typer")


def loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


def test_the_package() -> None:
    assert loaded_by("import corpus_tools; dir(corpus_tools)").isdisjoint(HEAVY)


def test_the_rooms_that_are_only_asked_for_names() -> None:
    assert loaded_by("import corpus_tools as ct; dir(ct.plots); dir(ct.reports)").isdisjoint(HEAVY)


def test_a_plan() -> None:
    statement = "from corpus_tools.reports import read_plan, declared"
    assert loaded_by(statement).isdisjoint(HEAVY)


def test_the_command_line() -> None:
    assert loaded_by("import corpus_tools.cli").isdisjoint(set(HEAVY) - {"typer"})
