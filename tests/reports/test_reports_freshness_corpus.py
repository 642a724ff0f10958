"""Which changes beside a corpus make its reports stale."""

from __future__ import annotations

from pathlib import Path

import corpus_tools as ct
from corpus_tools.reports import freshness


def test_what_follows_from_a_corpus_does_not_change_it(tmp_path: Path) -> None:
    (tmp_path / "dam.txt").write_text("The dam broke on 3 May 2016.")
    ct.build(tmp_path / "dam.txt", tmp_path / "corpus")
    before = freshness._of_corpus(tmp_path / "corpus")
    corpus = ct.open(tmp_path / "corpus")
    corpus.search("dam")
    ct.compute.derive(corpus, "expressions")
    freshness.forget()
    assert freshness._of_corpus(tmp_path / "corpus") == before
    (tmp_path / "rain.txt").write_text("It rained.")
    ct.build(tmp_path / "rain.txt", tmp_path / "corpus")
    freshness.forget()
    assert freshness._of_corpus(tmp_path / "corpus") != before
