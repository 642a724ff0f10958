"""What pages of one site have in common is learnt on request, kept in the folder, and left out by every reader."""

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import corpus_tools as ct
from corpus_tools.articles.rules import COMMON
from corpus_tools.cli import app
from corpus_tools.errors import InvalidQuery, InvalidRules

APPEAL = "The Harl Post is owned by its readers, and every letter that reaches our desk is read by two of its editors."
STORIES = {
    "salt": "The salt barges left Harl on Monday, three days late, after the lock keepers had ended their strike.",
    "dam": "Engineers opened two of the five gates of the Orr dam on Tuesday to make room for the water of spring.",
    "vote": "The council of Millbeck voted by nine to four on Wednesday to close the old bridge for one summer.",
    "bells": "Nobody in Velisk knows who rang the bells of the burnt church on Thursday night, the warden said.",
}


def page(name: str) -> str:
    body = (
        f"<p>{STORIES[name]}</p><p>{APPEAL}</p><p>It was not known on Friday what comes after {name}, people said.</p>"
    )
    return (
        f'<html lang="en"><head><title>News of {name}</title><link rel="canonical" '
        f'href="https://harl.example/{name}.html"></head><body><h1>News of {name}</h1>'
        f"<article>{body}</article></body></html>"
    )


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in STORIES:
        (folder / f"{name}.html").write_text(page(name), encoding="utf-8")
    return folder


def test_nothing_is_learnt_unless_it_is_asked_for(pages: Path) -> None:
    assert ct.read(pages)["text"].str.contains(APPEAL, regex=False).all()


def test_the_common_block_is_left_out_and_the_stories_stay(pages: Path) -> None:
    found = ct.articles.learn_furniture(pages)
    assert found.to_dict("records") == [{"site": "harl.example", "blocks": 1}]
    texts = ct.read(pages).set_index("title")["text"]
    assert not texts.str.contains("owned by its readers").any()
    assert all(story in texts[f"News of {name}"] for name, story in STORIES.items())


def test_what_was_learnt_holds_for_pages_in_archives_and_for_a_build_again(pages: Path, tmp_path: Path) -> None:
    assert ct.build(pages, tmp_path / "corpus").added == 4
    ct.articles.learn_furniture(pages)
    with zipfile.ZipFile(pages / "more.zip", "w") as packed:
        packed.writestr("later.html", page("salt").replace("Monday", "Sunday"))
    summary = ct.build(pages, tmp_path / "corpus")
    texts = ct.open(tmp_path / "corpus").articles["text"]
    assert (summary.articles, texts.str.contains("owned by its readers").sum()) == (5, 0)


def test_the_command_says_how_many_blocks_of_which_site(pages: Path) -> None:
    result = CliRunner().invoke(app, ["furniture", str(pages)])
    assert result.exit_code == 0
    assert "harl.example" in result.output
    assert "1 block of 1 site will be left out." in result.output


def test_no_folder_and_a_broken_file_are_told(pages: Path) -> None:
    with pytest.raises(InvalidQuery, match="no folder"):
        ct.articles.learn_furniture(pages / "salt.html")
    (pages / COMMON).write_text("[1")
    with pytest.raises(InvalidRules, match="learn the furniture anew"):
        ct.read(pages)
