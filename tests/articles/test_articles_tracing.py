"""Every paragraph can be found again in the raw text, whatever the file's form."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus_tools as ct
from benchmarks._forms import forms
from corpus_tools.articles.html.offsets import plain
from corpus_tools.articles.tracing import locate
from corpus_tools.errors import UnreadableInput

MADE = forms()


def bare(text: str) -> str:
    return re.sub(r"\]\([^()\s]*\)|[\s*_`\[\]\\#>•-]", "", text)


@pytest.mark.filterwarnings("ignore::corpus_tools.errors.MetadataWarning")
@pytest.mark.parametrize("name", sorted(MADE))
def test_the_round_trip_for_every_form(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(MADE[name])
    reading = ct.articles.read_all(tmp_path / name)
    articles = reading.articles
    assert len(articles) > 0
    found = ct.articles.paragraphs(articles, folder=tmp_path.parent)
    for row in articles.itertuples():
        raw = ct.articles.raw(articles, row.article_id, folder=tmp_path.parent)
        own = found[found["article_id"] == row.article_id]
        assert [row.text[start:end] for start, end in zip(own["start"], own["end"], strict=True)] == row.text.split(
            "\n\n"
        )
        assert own["raw_start"].notna().all()
        shown = plain if "<p>" in raw else bare
        for place in own.itertuples():
            assert shown(raw[place.raw_start : place.raw_end]) == shown(row.text[place.start : place.end])


def test_bytes_of_a_page_are_found_again_through_its_encoding(tmp_path: Path) -> None:
    story = "Der Fluß stieg über die Ufer, sagte die Bürgermeisterin am Dienstag in Velisk.\r\n\r\nEs regnete weiter."
    (tmp_path / "a.txt").write_bytes(f"Flut in Velisk\r\n\r\n2. August 2016\r\n\r\n{story}".encode("cp1252"))
    articles = ct.read(tmp_path)
    found = ct.articles.paragraphs(articles, folder=tmp_path.parent)
    raw = ct.articles.raw(articles, articles["article_id"][0], folder=tmp_path.parent)
    assert [raw[row.raw_start : row.raw_end] for row in found.itertuples()] == story.split("\r\n\r\n")


def test_a_repaired_paragraph_is_missing_and_the_others_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Rain in Harl\n\nIt rained.\n\nShe said itâ€™s late.\n\nIt poured.", encoding="utf-8"
    )
    found = ct.articles.paragraphs(ct.read(tmp_path), folder=tmp_path.parent)
    assert found["raw_start"].isna().tolist() == [False, True, False]


def test_a_file_that_has_changed_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    articles = ct.read(tmp_path)
    (tmp_path / "a.txt").write_text("It poured.")
    with pytest.raises(UnreadableInput, match="has changed"):
        ct.articles.paragraphs(articles, folder=tmp_path.parent)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(UnreadableInput, match="is not there"):
        ct.articles.paragraphs(articles, folder=tmp_path.parent)


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="ab *_[]()\n-#é.", max_size=60), st.lists(st.text(alphabet="ab *[]é.", max_size=12), max_size=4)
)
def test_what_is_found_is_what_was_looked_for(raw: str, pieces: list[str]) -> None:
    for piece, place in zip(pieces, locate(raw, pieces), strict=True):
        if place is not None:
            assert bare(raw[place[0] : place[1]]) == bare(piece)
