"""Kernels forked from one process: quick, alone, limited, and ended with those who asked for them."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus_tools.reports import read_plan, zygote
from corpus_tools.reports.execute import DIED, Limits, execute

pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.skipif(not zygote.available(), reason="kernels are forked on Linux only"),
]

PLAN = 'corpus = "corpus"\n[[report]]\nnotebook = "notebooks/a.ipynb"'
Study = Callable[..., Path]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    names = ["corpus_tools.reports.show", "no.such.module"]
    with tempfile.TemporaryDirectory() as folder, zygote.started(Path(folder), names) as started:
        yield started


def run(study: Study, address: str, *sources: str, memory: int = 0) -> tuple[str | None, str]:
    (report,) = read_plan(study(PLAN, a=list(sources))).reports
    done = execute(report, limits=Limits(60, memory, address))
    outputs = [output for cell in done.notebook.cells for output in cell.get("outputs", [])]
    return done.error, "".join(output.text for output in outputs if output.output_type == "stream")


def test_a_forked_kernel_is_as_any_other(study: Study, address: str) -> None:
    error, said = run(
        study,
        address,
        "import os, sys, pathlib\nprint(pathlib.Path.cwd().name, sys.stdin.read(), top_n)",
        "import threading; print(threading.active_count() > 1, os.getpid() == os.getsid(0), hash('a'))",
    )
    assert error is None
    assert said.startswith("notebooks  20\nTrue True ")
    assert run(study, address, "print(hash('a'))")[1].strip() == said.split()[-1]


def test_what_notebooks_use_is_there_from_the_start(study: Study, address: str) -> None:
    source = (
        "import sys; print([name in sys.modules for name in ('pandas', 'matplotlib.pyplot', 'corpus_tools.schema')])"
    )
    assert run(study, address, source) == (None, "[True, True, True]\n")


def test_one_kernel_knows_nothing_of_another(study: Study, address: str) -> None:
    assert run(study, address, "import pandas; pandas.left_behind = 1")[0] is None
    assert run(study, address, "import pandas; print(hasattr(pandas, 'left_behind'))") == (None, "False\n")


def test_too_much_memory_is_an_error_of_the_cell(study: Study, address: str) -> None:
    error, _said = run(study, address, "data = bytearray(4_000_000_000)", memory=2_000_000_000)
    assert error is not None
    assert error == "The report needed more memory than 2.0 gigabytes; --memory allows more."


def test_a_kernel_that_dies_once_is_tried_again(study: Study, address: str, tmp_path: Path) -> None:
    mark = tmp_path / "died"
    source = (
        f"import os, pathlib\nmark = pathlib.Path({str(mark)!r})\nif not mark.exists():\n    mark.touch(); os._exit(9)"
    )
    assert run(study, address, source, "print('alive')") == (None, "alive\n")
    assert run(study, address, "import os; os._exit(9)")[0] == DIED


def test_a_kernel_ends_with_its_report(study: Study, address: str) -> None:
    pid = int(run(study, address, "import os; print(os.getpid())")[1])
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.05)
    pytest.fail("the kernel is still there")


def test_nobody_is_left_when_the_process_ends(tmp_path: Path) -> None:
    import json
    import socket

    with tempfile.TemporaryDirectory() as folder, zygote.started(Path(folder), []) as address:
        client = socket.socket(socket.AF_UNIX)
        client.connect(address)
        request = {
            "argv": ["-f", str(tmp_path / "k.json")],
            "environment": dict(os.environ),
            "folder": ".",
            "memory": 0,
        }
        client.sendall(json.dumps(request).encode() + b"\n")
        pid = int(client.recv(64).partition(b"\n")[0])
        assert Path(f"/proc/{pid}").exists()
    client.close()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split(")")[1][:3]:
            return
        time.sleep(0.05)
    pytest.fail("the kernel is still there")


def test_data_that_rooms_read_lazily_are_read_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    import types
    from functools import cache

    room = types.ModuleType("corpus_tools.made_up")
    read: list[str] = []

    @cache
    def words() -> None:
        read.append("words")

    @cache
    def entry(name: str) -> None:
        read.append(name)

    words.__module__ = entry.__module__ = room.__name__
    room.words, room.entry = words, entry  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, room.__name__, room)
    zygote._read_data(room)
    assert read == ["words"]
