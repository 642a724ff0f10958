"""The command line: what it prints, where it writes, and how it ends."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_tools import __version__, cli
from corpus_tools.cli._saying import console
from corpus_tools.errors import CorpusToolsError

Run = Callable[..., tuple[int, str, str]]

NOTEBOOK = """{{"cells": [
 {{"cell_type": "markdown", "id": "title", "metadata": {{}}, "source": "# Small\\n\\nWhat?"}},
 {{"cell_type": "code", "execution_count": null, "id": "parameters", "metadata": {{"tags": ["parameters"]}},
   "outputs": [], "source": "corpus_path: str = 'x'\\ntop_n: int = 2"}},
 {{"cell_type": "code", "execution_count": null, "id": "code", "metadata": {{}}, "outputs": [], "source": "{source}"}}
], "metadata": {{"kernelspec": {{"display_name": "Python 3", "language": "python", "name": "python3"}}}},
 "nbformat": 4, "nbformat_minor": 5}}"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["corpus-tools", *map(str, arguments)])
        console.cache_clear()
        with pytest.raises(SystemExit) as end:
            cli.main()
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    texts = {
        "a.txt": (
            "Bridge reopens\n\nBy Ana Orel\n\nHarbour Post, 3 March 2031\n\n"
            "The bridge reopened on Monday. “We waited too long for this,” said the mayor, Ana Orel."
        ),
        "b.md": "# Market burns\n\nA fire killed at least 12 people in Velisk on Tuesday, police said.",
        "empty.txt": "",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def plan(folder: Path, **sources: str) -> None:
    lines = ['corpus = "raw"']
    for name, source in sources.items():
        (folder / f"{name}.ipynb").write_text(NOTEBOOK.format(source=source), encoding="utf-8")
        lines += ["[[report]]", f'notebook = "{name}.ipynb"']
    (folder / "reports.toml").write_text("\n".join(lines), encoding="utf-8")


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"corpus-tools {__version__}\n", "")
    code, out, _ = run("--help")
    assert code == 0
    assert {"build", "report", "info", "terms", "attributions", "expressions", "events"} <= set(out.split())


def test_a_wrong_option_is_told(run: Run) -> None:
    code, _, err = run("report", "--nonsense")
    assert code == 2
    assert "--nonsense" in err


def test_a_missing_plan_is_one_line(run: Run) -> None:
    code, out, err = run("report", "--plan", "z.toml")
    assert (code, out) == (2, "")
    assert err == "Error: There is no plan at z.toml; name another with --plan.\n"


def test_a_wrong_parameter_ends_before_anything_runs(run: Run, corpus: Path, tmp_path: Path) -> None:
    plan(tmp_path, a="1")
    with (tmp_path / "reports.toml").open("a", encoding="utf-8") as file:
        file.write("\nparameters = { top = 1 }")
    code, out, err = run("report", "--plan", "reports.toml")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "Report 'Small': a.ipynb has no parameter 'top'; it has corpus_path (str), top_n (int)." in err
    assert not (tmp_path / "html").exists()


def test_an_unknown_name_of_a_report(run: Run, corpus: Path, tmp_path: Path) -> None:
    plan(tmp_path, a="1")
    assert run("report", "--plan", "reports.toml", "--only", "b")[0] == 2


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ("top=1", "Report 'Small': a.ipynb has no parameter 'top'"),
        ("top_n=many", "parameter top_n takes a whole number (int), not 'many'."),
        ("corpus_path=x", "say --corpus instead"),
        ("top_n", "should read NAME=VALUE"),
    ],
)
def test_a_wrong_parameter_of_the_command_line(run: Run, corpus: Path, tmp_path: Path, pair: str, message: str) -> None:
    plan(tmp_path, a="1")
    code, out, err = run("report", "--plan", "reports.toml", "-p", pair)
    assert (code, out) == (2, "")
    assert message in " ".join(err.replace("│", "").split())


def test_what_a_notebook_lets_its_user_set(run: Run, corpus: Path, tmp_path: Path) -> None:
    plan(tmp_path, a="1")
    code, out, _ = run("params", "a.ipynb")
    assert code == 0
    assert out == "corpus_path: str = 'x'  \ntop_n: int = 2  \n"


@pytest.mark.notebooks
def test_reports_end_with_where_to_look(run: Run, corpus: Path, tmp_path: Path) -> None:
    plan(tmp_path, good="print(1)", bad="raise ValueError('no [red]such[/red] thing')")
    code, out, err = run("report", "--plan", "reports.toml", "--out", "pages", "--jobs", "1")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == "✓ good: Small"
    assert lines[1].startswith(
        "✗ bad: ValueError: no [red]such[/red] thing (executed so far: pages/notebooks/bad.ipynb)"
    )
    assert lines[2].startswith("1 of 2 reports are up to date after ")
    assert lines[3] == "Open pages/index.html"
    assert (tmp_path / "pages" / "good.html").exists()
    code, out, _ = run("report", "--plan", "reports.toml", "--out", "pages", "--only", "good", "--corpus", corpus)
    assert code == 0
    assert "1 of 1 reports are up to date" in out
    assert out.startswith("= good: Small (nothing it depends on has changed)")
    assert run("report", "--plan", "reports.toml", "--out", "pages", "--explain")[1] == (
        "good: unchanged\nbad: would be made again: it failed\n"
    )
    given = ("report", "--plan", "reports.toml", "--out", "pages", "--only", "good", "-p", "top_n=7", "--jobs", "1")
    assert run(*given, "--explain")[1] == "good: would be made again: title or parameters changed\n"
    assert run(*given)[1].startswith("✓ good: Small")
    assert "top_n = 7" in (tmp_path / "pages" / "good.html").read_text(encoding="utf-8")


def test_build_counts_every_input(run: Run, corpus: Path) -> None:
    code, out, _ = run("build", corpus, "--into", "built")
    assert code == 0
    assert "Read 3 files; 0 had not changed. 2 articles added, 1 rejected (0 duplicates among them)." in out
    assert "1 × empty" in out
    assert "corpus-tools report --corpus built" in out
    assert "Read 0 files; 3 had not changed. 0 articles added" in run("build", corpus, "--into", "built")[1]
    code, out, _ = run("info", "built")
    assert code == 0
    assert "2 articles" in out


@pytest.mark.parametrize("command", ["terms", "attributions", "expressions", "events"])
def test_tables_are_written(run: Run, corpus: Path, tmp_path: Path, command: str) -> None:
    code, out, err = run(command, corpus, "--out", "table.csv")
    assert (code, err) == (0, "")
    assert out.endswith(" rows in table.csv\n")
    assert len((tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()) >= 2


def test_columns_of_tables_are_said_once_for_files_that_are_alike(run: Run, corpus: Path) -> None:
    for name in ("x.csv", "y.csv"):
        text = f"headline,body,pubDate,zzz\nT {name},A text of its own in {name}.,2031-03-03,1\n"
        (corpus / name).write_text(text, encoding="utf-8")
    out = run("build", corpus, "--into", "built")[1]
    assert "x.csv and 1 file like it: body → text, headline → title, pubDate → published; not used: zzz\n" in out


def test_a_table_of_another_kind_is_refused_before_any_work(run: Run) -> None:
    code, _, err = run("terms", "nowhere", "--out", "table.xlsx")
    assert code == 2
    assert err == "Error: table.xlsx should end in one of .csv, .parquet, .jsonl.\n"


def test_a_corpus_that_is_not_there(run: Run) -> None:
    code, _, err = run("info", "nowhere")
    assert code == 2
    assert err.startswith("Error: ")
    assert err.count("\n") == 1


def test_errors_on_purpose_are_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise CorpusToolsError("two\nlines [bold]of it[/bold]")

    monkeypatch.setattr(cli, "app", fail)
    assert run("info") == (2, "", "Error: two lines [bold]of it[/bold]\n")


def test_the_installed_command() -> None:
    command = Path(sys.executable).with_name("corpus-tools")
    if not command.exists():
        pytest.skip("the package is not installed as a command")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout == f"corpus-tools {__version__}\n"
