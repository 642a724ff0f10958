"""What the README shows works as it stands there."""

import re
import shlex
import tomllib
from pathlib import Path

import matplotlib as mpl
import pytest
import typer
import yaml

from corpus_tools import __version__
from corpus_tools.articles import rules
from corpus_tools.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_python_examples_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    with mpl.rc_context({"backend": "agg"}):
        for block in blocks("python"):
            exec(block, names)
    assert len(names["articles"]) > 60
    assert len(names["who"]) > 300
    assert len(names["lines"]) > 0
    assert names["story"].reports.max() > 3
    assert names["ax"].get_title("left") == "Reported events"


def test_the_rules_example_is_valid():
    (example,) = blocks("toml")
    assert rules.load(tomllib.loads(example)).outlet("TamrinVoice").name == "Tamrin Voice"


@pytest.mark.parametrize("target", re.findall(r"\]\(((?!http)[^)#]+)\)", README))
def test_links_lead_somewhere(target):
    assert (ROOT / target).exists()


def command_lines():
    """Return the lines in the docs that are to be typed into a shell."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for line in page.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"(?:\s*\$)?\s*(corpus-tools [a-z].*)", line):
                yield page.name, match[1].split(" | ")[0]


@pytest.mark.parametrize(("page", "line"), sorted(set(command_lines())))
def test_command_lines_name_commands_and_options_that_there_are(page, line):
    name, *given = shlex.split(line, comments=True)[1:]
    command = typer.main.get_command(app).commands[name]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word.split("=")[0] for word in given if re.match(r"-{1,2}[a-z]", word)} <= known | {"--help", "-h"}


def test_the_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
