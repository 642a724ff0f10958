"""Small plans and notebooks to try things on."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PARAMETERS = 'corpus_path: str = "x"  # folder\ntop_n: int = 20  # rows\ntitle: str = ""  # anything'


def small_notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [
        new_markdown_cell("# Terms\n\nWhat is *said*?\n\nMore.", id="title"),
        new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]}),
        *(new_code_cell(source, id=f"code-{place}") for place, source in enumerate(sources)),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def write_study(folder: Path, plan: str, **notebooks: list[str]) -> Path:
    """Write a plan, a small corpus, and notebooks given by name and the lists of their code cells."""
    (folder / "notebooks").mkdir(exist_ok=True)
    (folder / "corpus").mkdir(exist_ok=True)
    (folder / "corpus" / "a.txt").write_text("A text.", encoding="utf-8")
    for name, sources in notebooks.items():
        nbformat.write(small_notebook(*sources), folder / "notebooks" / f"{name}.ipynb")
    path = folder / "reports.toml"
    path.write_text(plan, encoding="utf-8")
    return path


@pytest.fixture
def study(tmp_path: Path) -> Callable[..., Path]:
    return lambda plan, **notebooks: write_study(tmp_path, plan, **notebooks)


@pytest.fixture(scope="module")
def module_study(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    folder = tmp_path_factory.mktemp("study")
    return lambda plan, **notebooks: write_study(folder, plan, **notebooks)
