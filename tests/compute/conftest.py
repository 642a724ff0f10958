"""A corpus of several parts, made of the sample's articles."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus_tools as ct
from corpus_tools.articles import Corpus
from corpus_tools.compute import Engine

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build 20 short articles in five steps, so that they lie in five parts."""
    files = sorted(SAMPLE.rglob("*.txt"))[:20]
    target = tmp_path_factory.mktemp("compute") / "corpus"
    for step in range(5):
        ct.build(files[step * 4 : step * 4 + 4], target)
    return target


@pytest.fixture
def corpus(folder: Path, tmp_path: Path) -> Corpus:
    """Open a copy that a test may damage."""
    import shutil

    copy = tmp_path / "corpus"
    shutil.copytree(folder, copy)
    opened = ct.open(copy)
    assert len(opened.part_names) == 5
    return opened


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """Start a scheduler and two worker processes on this machine; yield the scheduler's address."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=logging.CRITICAL
    ) as running:
        yield running.scheduler_address


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return an engine with two workers."""
    if request.param == "dask":
        return Engine("dask", scheduler=request.getfixturevalue("cluster"))
    return Engine(request.param, jobs=2)
