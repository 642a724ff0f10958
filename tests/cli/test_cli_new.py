"""A study folder made from what is installed, outside of the repository."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import corpus_tools as ct
from corpus_tools.errors import InvalidPlan
from corpus_tools.reports import new, read_plan
from tests.pages import NOTEBOOKS, ROOT, SAMPLE

TEMPLATE = ROOT / "src" / "corpus_tools" / "reports" / "templates" / "study"


def names(folder: Path, pattern: str = "*") -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern) if path.is_file()}


def test_the_study_is_whole_and_its_plan_is_good(tmp_path: Path) -> None:
    study = new(tmp_path / "My “study” \\ 1")
    plan = read_plan(study / "reports" / "reports.toml")
    assert {report.notebook.name for report in plan.reports} == {path.name for path in NOTEBOOKS}
    assert {report.values["corpus_path"] for report in plan.reports} == {"../sample"}
    assert '"../sample"' in (study / "notebooks" / "overview.ipynb").read_text(encoding="utf-8").replace("\\", "")
    assert plan.title.startswith("My “study”")
    assert names(study / "data") == {"README.md", ".corpusignore"}


def test_what_is_said_about_the_articles_is_no_article(tmp_path: Path) -> None:
    study = new(tmp_path / "study")
    (study / "data" / "rain.txt").write_text("It rained all day.", encoding="utf-8")
    assert ct.read(study / "data")["text"].tolist() == ["It rained all day."]


def test_the_template_holds_what_the_repository_holds(tmp_path: Path) -> None:
    assert names(TEMPLATE / "notebooks") == {path.name for path in NOTEBOOKS}
    assert names(TEMPLATE / "sample") == {name for name in names(SAMPLE) if not name.startswith("expected/")}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InvalidPlan, match="is not empty"):
        new(tmp_path)
    with pytest.raises(InvalidPlan, match="is not empty"):
        new(tmp_path / "a.txt")


@pytest.mark.notebooks
def test_from_an_installed_wheel_outside_of_the_repository(tmp_path: Path) -> None:
    flit = pytest.importorskip("flit_core.buildapi", reason="needs flit_core")
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        wheel = tmp_path / flit.build_wheel(str(tmp_path))
    finally:
        os.chdir(here)
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    program = "from corpus_tools.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}

    def run(*arguments: str, cwd: Path) -> str:
        command = [sys.executable, "-c", f"import corpus_tools; print(corpus_tools.__file__); {program}", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=cwd, env=environment).stdout

    said = run("new", "my-study", cwd=tmp_path)
    assert said.startswith(str(site))
    assert "Next: cd my-study && make report" in said
    said = run("report", "--only", "overview", cwd=tmp_path / "my-study")
    assert "✓ overview: " in said
    assert (tmp_path / "my-study" / "reports" / "html" / "overview.html").exists()
