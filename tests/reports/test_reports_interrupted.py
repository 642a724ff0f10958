"""What is left when a run is stopped, or cannot write: earlier reports, their index, a clear line, an exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_tools.reports import differing, read_plan, regenerate

pytestmark = pytest.mark.notebooks

Study = Callable[..., Path]
ONE = '[[report]]\nnotebook = "notebooks/{}.ipynb"\n'
COMMAND = [sys.executable, "-c", "from corpus_tools.cli import main; main()", "report", "--plan"]


def test_ctrl_c_keeps_what_was_made_and_the_partial_notebook(study: Study) -> None:
    path = study(
        'corpus = "corpus"\n' + ONE.format("a") + ONE.format("b") + ONE.format("slow"),
        a=["print('first')"],
        b=["print('second')"],
        slow=["print('begun')", "import time; open('begun', 'w').close(); time.sleep(600)"],
    )
    regenerate(path, only="a")
    pages = path.parent / "html"
    before = (pages / "a.html").read_bytes()
    with subprocess.Popen([*COMMAND, str(path), "--jobs", "2"], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        while "✓ b" not in running.stdout.readline():
            assert running.poll() is None
        for _ in range(3000):
            if (path.parent / "notebooks" / "begun").exists():
                break
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        said = running.stdout.read()
        assert running.wait(300) == 130
    assert "\nInterrupted. What was made before stands in " in f"\n{said}"
    assert (pages / "a.html").read_bytes() == before
    assert "Not made yet." in (pages / "index.html").read_text(encoding="utf-8")
    partial = json.loads((pages / "notebooks" / "slow.partial.ipynb").read_text(encoding="utf-8"))
    assert "begun" in json.dumps(partial["cells"][2:])
    assert not list(pages.glob(".*.html*"))


def test_a_disk_that_is_full_is_told(study: Study) -> None:
    path = study('corpus = "corpus"\n' + ONE.format("a"), a=["print('x' * 100_000)"])
    limited = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))\n"
        "from corpus_tools.cli import main\nmain()"
    )
    command = [sys.executable, "-c", limited, "report", "--plan", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "300"})
    assert done.returncode == 1
    assert "✗ a: " in done.stdout
    assert "File too large" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_pages_are_checked_against_what_would_be_made(study: Study) -> None:
    path = study('corpus = "corpus"\n' + ONE.format("a") + ONE.format("b"), a=["print(1)"], b=["print(2)"])
    plan, pages = read_plan(path), path.parent / "html"
    regenerate(path)
    assert differing(plan, pages) == {}
    page = pages / "a.html"
    page.write_text(page.read_text(encoding="utf-8").replace("1", "7"), encoding="utf-8")
    (pages / "b.html").unlink()
    assert differing(plan, pages) == {"a": "the page is not what would be made", "b": "there is no page"}
    assert differing(plan, pages, only=["a"]) == {"a": "the page is not what would be made"}


def test_what_changed_since_the_last_run_is_on_the_index(study: Study) -> None:
    show = "import corpus_tools as ct, pandas as pd\nwords = open(corpus_path + '/a.txt').read().split()\n"
    show += "counts = pd.Series(words).value_counts().rename('count').rename_axis('term').reset_index()\n"
    show += "ct.reports.show(counts, caption='Terms')"
    path = study('corpus = "corpus"\n' + ONE.format("a"), a=[show])
    corpus = path.parent / "corpus" / "a.txt"
    corpus.write_text("ferry ferry quay", encoding="utf-8")
    assert regenerate(path)[0].changes == ()
    corpus.write_text("ferry mine", encoding="utf-8")
    assert regenerate(path)[0].changes == (
        "Terms: new: mine", "Terms: gone: quay", "Terms: different: ferry (2 → 1)",
    )  # fmt: skip
    index = (path.parent / "html" / "index.html").read_text(encoding="utf-8")
    assert "<li>Terms: different: ferry (2 → 1)</li>" in index
    assert regenerate(path, force=True)[0].changes == ()
