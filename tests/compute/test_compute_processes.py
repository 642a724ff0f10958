"""Processes of this machine are forked where that is safe, and give what processes started anew give."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.articles import Corpus
from corpus_tools.compute.on_processes import forks

_COUNT = """
import os, signal, sys
from collections.abc import Callable
from pathlib import Path
import pandas as pd
import corpus_tools as ct
from corpus_tools.compute import Engine, run
from corpus_tools.compute.on_processes import forks

def killed(articles, *, marker):
    if not Path(marker).exists():
        Path(marker).write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return pd.DataFrame({"article_id": articles["article_id"], "parent": os.getppid()})

corpus, two = ct.open(sys.argv[1]), Engine("processes", 2)
assert forks()
found = run(corpus, killed, engine=two, marker=sys.argv[2])
assert found.rejected.empty and Path(sys.argv[2]).exists()
assert set(found.table["parent"]) == {os.getpid()}, "a worker was not forked from here"
assert forks(), "the processes' threads are still there"
counts = run(corpus, ct.terms.frequency, combine=ct.terms.combine_frequencies, engine=two, by="outlet")
counts.table.to_pickle(sys.argv[3])
"""


def test_forked_processes_count_the_same_also_after_one_was_killed(corpus: Corpus, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        _COUNT,
        str(corpus.path),
        str(tmp_path / "pid"),
        str(tmp_path / "counts"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = pd.read_pickle(tmp_path / "counts")
    pd.testing.assert_frame_equal(found, ct.terms.frequency(corpus.articles, by="outlet"))


_WAIT = """
import os, sys, time
from collections.abc import Callable
from pathlib import Path
import corpus_tools as ct
from corpus_tools.compute import Engine, run

def slow(articles, *, folder):
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(300)
    return articles

run(ct.open(sys.argv[1]), slow, engine=Engine("processes", 2), folder=sys.argv[2])
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_forked_processes_end_with_the_one_that_forked_them(
    corpus: Corpus, tmp_path: Path, how: signal.Signals
) -> None:
    command = [sys.executable, "-c", _WAIT, str(corpus.path), str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as program:
        workers = _awaited(lambda: [int(file.name) for file in tmp_path.iterdir() if file.name.isdigit()], 2)
        program.send_signal(how)
        program.wait(timeout=30)
    assert _awaited(lambda: [pid for pid in workers if not Path(f"/proc/{pid}").exists()], 2) == workers


def _awaited(found: Callable[[], list[int]], number: int) -> list[int]:
    until = time.monotonic() + 30
    while len(found()) < number:
        assert time.monotonic() < until
        time.sleep(0.05)
    return found()


def test_nothing_is_forked_beside_other_threads() -> None:
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        assert not forks()
    finally:
        ended.set()
        other.join()
