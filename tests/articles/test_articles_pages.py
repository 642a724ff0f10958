"""Pages in the shapes in which people save them, with what a careful reader would take from each."""

import json
from pathlib import Path

import pytest

from corpus_tools.articles import read_all
from corpus_tools.articles.pages import parse
from tests.shared import REASON, SHARED

FOLDER = Path(__file__).parent / "pages"
PAGES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))
FIELDS = ("title", "outlet", "original_outlet", "wire", "text")
pytestmark = pytest.mark.filterwarnings("ignore::corpus_tools.errors.MetadataWarning")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_gives_what_is_expected(path):
    expected = json.loads((path.parent / f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    reading = read_all(path)
    assert reading.rejected.empty
    (row,) = reading.articles.to_dict("records")
    got = {name: None if row[name] != row[name] else row[name] for name in FIELDS}
    for name in ("published", "original_published"):
        moment = row[name]
        got[name] = None if moment is None or moment != moment else moment.isoformat().removesuffix("T00:00:00")
    for name in ("authors", "regions", "themes", "notes"):
        got[name] = row[name]
    got["boilerplate"] = row["boilerplate"].split("\n") if isinstance(row["boilerplate"], str) else []
    assert got == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "By Monday, the water had reached the second step of the hall.",
        "By Ostrey standards it was a quiet night, said the warden of the lock.",
        "Region: officials said that the whole of it would stay dark until Friday.",
        "Source: a man who would not give his name, and whose hands shook, said so twice.",
        "Copyright law protects the baker's sign, the court ruled in 2014.",
        "The views expressed at the meeting were the sharpest in years.",
        "Support for the government fell to 12 per cent, the institute found.",
        "Share prices fell in the afternoon and recovered by the evening.",
        "Follow the river for an hour and you come to the mill.",
        "Comment was not available from the ministry on Sunday.",
        "Join any queue in the town and you will hear the same story.",
        "Reproduction of the fish fell by half in the warm winter.",
        "Accessibility in the port remains poor, the union said.",
        "Designed by Ott Orr in 1961, the dam was never finished.",
        "Research by the Lenn Institute put the support at 40 per cent.",
        "Reporting by the engineers had been late for years, the judge found.",
        "Become a member of the party and you get a flat, the joke goes.",
        "Pictures by satellite firms showed the dam intact.",
        "The village can be reached by boat only, in the winter by nobody.",
        "More stories from survivors reached the town on Monday.",
        "Like hundreds of others on Facebook, she had lit a candle.",
        "Published on Tuesday, the report fills nine pages.",
        "The victim was a freelance journalist for the Voice, police said.",
        "2016 was the year in which the bridge fell.",
        "Editor Tomas Brell left the room before the vote.",
        "Originally published plans showed two towers, the architect said.",
        "This story first appeared to be about goats.",
        "NATO — which has no office there — declined to comment.",
        "Photo finish at the boat race: two crews were given the cup.",
    ],
)
@pytest.mark.parametrize("place", ["first", "middle", "last", "only"])
def test_sentences_of_the_body_stay_in_the_body(sentence, place):
    around = "The mill at Hollin has stood empty since the fire, and nobody expects it to turn again before the spring."
    body = {
        "first": [sentence, around, around + " Nobody."],
        "middle": [around, sentence, around + " Nobody."],
        "last": [around, around + " Nobody.", sentence],
        "only": [sentence],
    }[place]
    head = "Mill stays shut\n\nBy Ines Orr\n\nThe Harl Post, 2 August 2016\n\n"
    page = parse(head + "\n\n".join(body))
    assert page.text.split("\n\n") == body
    assert (page.title, page.authors, page.outlet) == ("Mill stays shut", ("Ines Orr",), "The Harl Post")


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "Read more: Who owns the mill?",
        "© 2016 The Harl Post",
        "Copyright © 2016 Harl Media Group. All rights reserved.",
        "Follow us on Twitter",
        "Leave a comment",
        "12 comments | Log in to comment",
        "Tags: mills, rivers",
        "Sign up for our newsletter and never miss a story.",
        "Ines Orr is a freelance reporter based in Lenn.",
        "The views expressed in this article are the author's own.",
        "The opinions expressed herein do not necessarily reflect those of The Harl Post.",
        "This article was amended on 3 August 2016 to correct the name of the mill.",
        "(Reporting by Ines Orr; Editing by Ott Bram)",
        "With inputs from agencies",
        "This work is licensed under a Creative Commons Attribution 4.0 licence.",
        "Contact the writer at ines@harl.example",
        "Related stories",
        "Facebook Twitter WhatsApp Email",
        "Donate so that we can keep reading what others would rather you did not.",
        "https://harl.example/mill",
    ],
)
def test_furniture_behind_the_body_is_kept_apart(line):
    page = parse(
        f"Mill stays shut\n\nBy Ines Orr\n\n2 August 2016\n\nThe mill has stood empty.\n\nIt will not turn.\n\n{line}"
    )
    assert page.text == "The mill has stood empty.\n\nIt will not turn."
    assert page.boilerplate is not None
    assert page.boilerplate.endswith(line)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2 Aug 2016", "2016-08-02"),
        ("2016-08-02", "2016-08-02"),
        ("August 2nd, 2016", "2016-08-02"),
        ("Aug. 2, 2016 18:40 GMT", "2016-08-02"),
        ("Tuesday, 2 August 2016", "2016-08-02"),
        ("25/09/2016", "2016-09-25"),
        ("09/25/2016", "2016-09-25"),
        ("2016-08-02T18:40:00+02:00", "2016-08-02"),
    ],
)
@pytest.mark.parametrize(
    "form", ["{}", "Published: {}", "The Harl Post, {}", "By Ines Orr | {}", "Posted on {}", "The Harl Post | {}"]
)
def test_dates_are_read_in_every_place(written, day, form):
    page = parse(f"Mill stays shut\n\n{form.format(written)}\n\nThe mill has stood empty since the fire.")
    assert page.published is not None
    assert page.published.value is not None
    assert str(page.published.value.date()) == day
    assert page.text == "The mill has stood empty since the fire."


def test_later_date_is_the_republication():
    page = parse(
        "Mill stays shut\n\nThe Harl Post, 2 August 2016\n\nValley Digest, 5 August 2016\n\nThe mill has stood empty."
    )
    assert (page.outlet, page.original_outlet) == ("Valley Digest", "The Harl Post")


def test_name_before_a_date_is_the_writer_where_the_page_names_its_outlet():
    text = "Mill stays shut\n\nAnna Lorne | 13 September 2016\n\nThe mill has stood empty."
    page = parse(text + "\n\n© The Harl Post 2016. All rights reserved.")
    assert (page.authors, page.outlet) == (("Anna Lorne",), "The Harl Post")
    alone = parse(text)
    assert (alone.authors, alone.outlet) == ((), None)  # It could be either.


@pytest.mark.parametrize(
    ("dateline", "wire"),
    [
        ("HARL (AP) —", "AP"),
        ("HARL (CBS/AP) —", "AP"),
        ("HARL (MPA) —", "MPA"),
        ("HARL (WHRL) --", None),
        ("HARL (CBS SF) —", None),
        ("HARL (harl.com) —", None),
    ],
)
def test_stations_are_no_agencies(dateline, wire):
    page = parse(f"Mill stays shut\n\n{dateline} The mill has stood empty.")
    assert (page.wire, page.text) == (wire, "The mill has stood empty.")


def test_place_before_a_date_is_no_outlet():
    page = parse("Mill stays shut\n\nParis, 2 August 2016\n\nThe mill has stood empty.")
    assert page.outlet is None
    assert page.published is not None


def test_page_of_furniture_only_is_kept_as_text():
    assert parse("Share this article\n\nSubscribe").text == "Share this article\n\nSubscribe"


@pytest.mark.skipif(SHARED is None, reason=REASON)
def test_seed_page():
    assert SHARED is not None
    (row,) = read_all(SHARED / "seed").articles.to_dict("records")
    assert row["title"] == "ISIS-Daesh Video Threatens to Stage Terrorist Attacks Inside Russia"
    assert row["authors"] == ["Alahednews"]
    assert (row["outlet"], str(row["published"].date())) == ("Global Research", "2016-08-02")
    assert (row["original_outlet"], str(row["original_published"].date())) == ("Alahednews", "2016-08-01")
    assert row["regions"] == ["Middle East & North Africa", "Russia and FSU"]
    assert row["themes"] == ["Terrorism"]
    assert row["text"].startswith("A newly-released video")
    assert row["text"].endswith("claimed by Daesh.")
    assert len(row["text"].split("\n\n")) == 15
    for word in ("Alahednews", "](", "Disclaimer", "Region:", "globalresearch"):
        assert word not in row["text"]
    assert len(row["boilerplate"].split("\n")) == 13
    assert row["language"] == "en"
