"""Ordinary kernels: side by side where forking is not available, and waited for where the computer is busy."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_tools.reports import execute, regenerate, zygote

pytestmark = pytest.mark.notebooks

ONE = '[[report]]\nnotebook = "notebooks/{}.ipynb"\n'

#: Each waits until the other has begun, so that neither ends where they run one after the other.
MEET = [
    "import pathlib, time\npathlib.Path('begun-{0}').touch()\n"
    "for _ in range(600):\n    if pathlib.Path('begun-{1}').exists():\n        break\n    time.sleep(0.1)\n"
    "else:\n    raise TimeoutError('the other never began')",
    "import corpus_tools as ct\nprint(ct.__name__)",
]


def test_without_forks_kernels_run_side_by_side(study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zygote, "available", lambda: False)
    monkeypatch.setattr(zygote, "started", lambda *_: pytest.fail("nothing may be forked"))
    cells = {
        "a": [MEET[0].format("a", "b"), MEET[1]],
        "b": [MEET[0].format("b", "a"), MEET[1]],
        "c": ["raise ValueError('no such thing')"],
    }
    path = study('corpus = "corpus"\n' + "".join(map(ONE.format, "abc")), **cells)
    a, b, c = regenerate(path, jobs=2)
    assert [one.error for one in (a, b, c)] == [None, None, "ValueError: no such thing"]
    for made in (a, b):
        kept = json.loads(made.notebook.read_text(encoding="utf-8"))
        assert kept["cells"][-1]["outputs"][0]["text"].split()[-1] == "corpus_tools"
    assert execute.Limits().zygote == ""


#: The kernel answers, and only seconds later says that it is idle, as on a computer with other things to do.
LATE = """import time
kernel = get_ipython().kernel
before = kernel.post_handler_hook
def late():
    kernel.post_handler_hook = before
    time.sleep(4.5)
    before()
kernel.post_handler_hook = late"""


def test_a_kernel_that_is_late_with_its_output_is_waited_for(study: Callable[..., Path]) -> None:
    (made,) = regenerate(study('corpus = "corpus"\n' + ONE.format("a"), a=[LATE, "print('done')"]))
    assert made.error is None


def test_a_very_long_word_in_an_output_costs_no_time(study: Callable[..., Path]) -> None:
    source = "import warnings\nprint('y' * 1_000_000)\nwarnings.warn('careful')"
    (made,) = regenerate(study('corpus = "corpus"\n' + ONE.format("a"), a=[source]), timeout=60)
    assert made.error is None
    assert made.remarks[0].startswith("<cell>")
