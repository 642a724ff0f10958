"""A corpus on a real server that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.articles import Corpus
from corpus_tools.compute import Engine, derive, derived
from corpus_tools.errors import UnreadableInput

for _name in ("upath", "s3fs", "moto.server", "flask_cors"):
    pytest.importorskip(_name, reason=f"{_name} is not installed")
# The libraries of the store warn of their own ways.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a server on this machine; yield its address, which all find in the environment."""
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    _, port = running.get_host_and_port()
    url = f"http://127.0.0.1:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": url,
            "FSSPEC_S3_ENDPOINT_URL": url,
        }.items():
            patch.setenv(name, value)
        yield url
    running.stop()


@pytest.fixture
def address(corpus: Corpus, server: str, request: pytest.FixtureRequest) -> str:
    """Put a copy of the corpus into a bucket of its own."""
    import fsspec

    bucket = request.node.name.replace("_", "-")
    store = fsspec.filesystem("s3", endpoint_url=server)
    store.mkdir(bucket)
    for file in Path(str(corpus.path)).rglob("*"):
        if file.is_file():
            store.pipe(f"{bucket}/corpus/{file.relative_to(str(corpus.path)).as_posix()}", file.read_bytes())
    return f"s3://{bucket}/corpus"


def test_a_corpus_on_s3(corpus: Corpus, address: str) -> None:
    there = ct.open(address)
    assert there.fingerprint == corpus.fingerprint
    pd.testing.assert_frame_equal(there.articles, corpus.articles)
    assert derive(there, "expressions").computed == 5
    again = derive(there, "expressions", engine=Engine("processes", jobs=2))
    assert (again.computed, again.reused) == (0, 5)
    derive(corpus, "expressions")
    pd.testing.assert_frame_equal(derived(there, "expressions"), derived(corpus, "expressions"))


def test_what_is_not_there(address: str) -> None:
    missing = f"{address.rpartition('/')[0]}/nothing"
    with pytest.raises(UnreadableInput, match=f"There is no corpus at {missing}"):
        ct.open(missing)


def test_a_store_that_cannot_be_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from s3fs import S3FileSystem

    def silent(*_: object, **__: object) -> None:
        raise ConnectionError("nobody answers")

    monkeypatch.setattr(S3FileSystem, "isdir", silent)
    with pytest.raises(UnreadableInput, match=r"cannot be reached \(ConnectionError: nobody answers\); check"):
        ct.open(address)


def test_a_part_that_is_gone_is_named(corpus: Corpus, address: str) -> None:
    from upath import UPath

    there = ct.open(address)
    gone = there.part_names[1]
    UPath(f"{address}/{gone}").unlink()
    done = derive(there, "expressions")
    assert done.computed == 4
    assert done.rejected[["source_path", "reason"]].to_numpy().tolist() == [[gone, "damaged"]]
