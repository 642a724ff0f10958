"""A corpus as a Data Package: what the descriptor says, and that it loads back."""

import hashlib
import json
import re
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.errors import DamagedCorpus, InvalidQuery


@pytest.fixture
def corpus(tmp_path: Path) -> ct.articles.Corpus:
    folder = tmp_path / "rain news"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Rain in Harl\n\nBy Ines Orr and Omar Lind\n\nThe Harl Post, 2 Aug 2016\n\n=It rained, said 'all'."
    )
    (folder / "b.csv").write_text('id,title,text\nx-77,"=SUM(A1)","It poured; it poured.\nTwice."\n')
    (folder / "c.png").write_bytes(b"\x89PNG")
    ct.build(folder, into=tmp_path / "corpus")
    return ct.open(tmp_path / "corpus")


def test_the_descriptor_has_what_the_specification_asks_for(corpus: ct.articles.Corpus, tmp_path: Path) -> None:
    written = corpus.export(
        tmp_path / "out",
        formats=["parquet", "csv"],
        title="Rain",
        licenses=["CC-BY-4.0", {"path": "http://l.example/l"}],
    )
    package = json.loads(written.read_text())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (package["name"], package["title"], package["version"]) == ("corpus", "Rain", corpus.fingerprint)
    assert package["licenses"] == [{"name": "CC-BY-4.0"}, {"path": "http://l.example/l"}]
    assert package["sources"] == [{"title": "The Harl Post"}]
    names = [resource["name"] for resource in package["resources"]]
    assert names == ["articles", "articles-csv", "rejected", "rejected-csv"]
    for resource in package["resources"]:
        data = (written.parent / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        assert re.fullmatch(r".+/.+", resource["mediatype"])
        frame = pd.read_parquet(written.parent / resource["path"]) if resource["format"] == "parquet" else None
        columns = list(frame.columns) if frame is not None else data.decode().split("\r\n")[0].split(",")
        assert [column["name"] for column in resource["schema"]["fields"]] == columns
    fields = {column["name"]: column for column in package["resources"][0]["schema"]["fields"]}
    assert (fields["authors"]["type"], fields["published"]["type"]) == ("array", "datetime")
    assert (fields["source_record"]["type"], fields["text"]["constraints"]) == ("integer", {"required": True})
    assert package["resources"][0]["schema"]["primaryKey"] == ["article_id"]


def test_it_loads_back(corpus: ct.articles.Corpus, tmp_path: Path) -> None:
    corpus.export(tmp_path / "out")
    loaded = ct.open(tmp_path / "out")
    pd.testing.assert_frame_equal(loaded.articles, corpus.articles)
    pd.testing.assert_frame_equal(loaded.rejected, corpus.rejected)
    assert (loaded.name, loaded.fingerprint) == (corpus.name, corpus.fingerprint)
    assert "licenses" not in json.loads((tmp_path / "out" / "datapackage.json").read_text())


def test_csv_is_safe_in_a_spreadsheet_and_whole(corpus: ct.articles.Corpus, tmp_path: Path) -> None:
    corpus.export(tmp_path / "out", formats=["csv"])
    frame = pd.read_csv(tmp_path / "out" / "articles.csv", keep_default_na=False)
    assert frame["title"].tolist() == ["Rain in Harl", "'=SUM(A1)"]
    assert json.loads(frame["authors"][0]) == ["Ines Orr", "Omar Lind"]
    assert frame["published"].tolist() == ["2016-08-02T00:00:00Z", ""]
    assert frame["source_id"].tolist() == ["", "x-77"]


def test_the_same_corpus_gives_the_same_bytes(corpus: ct.articles.Corpus, tmp_path: Path) -> None:
    one, two = (corpus.export(tmp_path / name, formats=["csv", "parquet"]).parent for name in ("one", "two"))
    assert [path.read_bytes() for path in sorted(one.iterdir())] == [
        path.read_bytes() for path in sorted(two.iterdir())
    ]


def test_a_damaged_package_is_named(corpus: ct.articles.Corpus, tmp_path: Path) -> None:
    corpus.export(tmp_path / "out")
    (tmp_path / "out" / "articles.parquet").write_bytes(b"PAR1")
    with pytest.raises(DamagedCorpus, match=r"articles\.parquet"):
        ct.open(tmp_path / "out")


def test_what_is_refused(corpus: ct.articles.Corpus, tmp_path: Path) -> None:
    for wrong in (
        {"formats": ["xml"]},
        {"formats": []},
        {"licenses": ["my own words"]},
        {"licenses": [{"title": "x"}]},
    ):
        with pytest.raises(InvalidQuery):
            corpus.export(tmp_path / "out", **wrong)
    with pytest.raises(InvalidQuery, match="not empty"):
        corpus.export(corpus.path)
    assert not (tmp_path / "out").exists()
