"""What the README shows works as it stands there."""

import re
import tomllib
from pathlib import Path

import matplotlib as mpl
import pytest

from corpus_tools.articles import rules

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
