"""Two articles side by side: nothing lost, nothing run, in a bounded time."""

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.articles.comparing import COLUMNS, compare
from corpus_tools.reports.render import own_styles, sanitised

SOURCE = """The lock keeper of Orin closed both gates before noon. Nobody in the harbour knew why.

Two barges waited until the evening. The harbour master said that the gates were sound."""
COPY = """Barges were stuck in Orin on Friday, our reporter writes.

The lock keeper of Orin closed both gates before noon. Two barges waited until nightfall. The harbour master
said that the gates were sound."""


def passages(source, copy):
    return compare({"text": source}, {"text": copy}).passages


def test_what_is_kept_cut_and_added():
    found = compare({"text": SOURCE}, {"text": COPY})
    assert found.passages[["kind", "text", "words"]].to_numpy().tolist() == [
        ["added", "Barges were stuck in Orin on Friday, our reporter writes", 10],
        ["kept", "The lock keeper of Orin closed both gates before noon", 10],
        ["cut", "Nobody in the harbour knew why", 6],
        ["kept", "Two barges waited until", 4],
        ["cut", "the evening", 2],
        ["added", "nightfall", 1],
        ["kept", "The harbour master\nsaid that the gates were sound", 9],
    ]
    assert found.share_kept == pytest.approx(23 / 31)
    assert found.share_own == pytest.approx(11 / 34)
    assert found.html.count("<del>") == 3
    assert "74% of the source’s words are kept; 32% of the article’s words are its own." in found.html


def test_case_and_marks_do_not_count():
    found = compare({"text": "“The DAM broke!”"}, {"text": "the dam; broke"})
    assert found.passages["kind"].tolist() == ["kept"]
    assert (found.share_kept, found.share_own) == (1.0, 0.0)


def test_nothing_to_compare():
    for source, copy in (("", ""), (None, "The dam broke."), ("…", None)):
        found = compare({"text": source}, {"text": copy})
        assert found.share_kept is None
        assert list(found.passages) == list(COLUMNS)
    assert "There is nothing to compare." in compare({"text": ""}, {"text": ""}).html


ALPHABET = st.sampled_from(["dam ", "broke ", "the ", "gate, ", "\n\n", "<b>", "&", "’", "é", "\u202e", "\x00", "𝒳 "])


@settings(max_examples=100, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join), st.lists(ALPHABET, max_size=40).map("".join))
def test_passages_cover_both_texts_in_order(source, copy):
    found = compare({"text": source}, {"text": copy}).passages
    for kind, start, end, text in (("cut", "source_start", "source_end", source), ("added", "start", "end", copy)):
        mine = found[found["kind"].isin([kind, "kept"])]
        bounds = [bound for pair in zip(mine[start], mine[end], strict=True) for bound in pair]
        assert bounds == sorted(bounds)
        covered = " ".join(text[a:b] for a, b in zip(mine[start], mine[end], strict=True))
        assert ct.articles._alignment._WORD.findall(covered) == ct.articles._alignment._WORD.findall(text)
    for row in found.to_dict("records"):
        text = (
            source[row["source_start"] : row["source_end"]] if row["kind"] == "cut" else copy[row["start"] : row["end"]]
        )
        assert row["text"] == text
        assert row["words"] == len(ct.articles._alignment._WORD.findall(text)) > 0
    kept = found[found["kind"] == "kept"]
    for row in kept.to_dict("records"):
        words = ct.articles._alignment._WORD.findall(source[row["source_start"] : row["source_end"]].casefold())
        assert words == ct.articles._alignment._WORD.findall(row["text"].casefold())


HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)> & \u202egnp.exe\x00\ud800 \"' {{x}} $y$ "


def test_text_is_only_text():
    article = {"text": HOSTILE + "one", "title": HOSTILE, "outlet": HOSTILE, "published": pd.Timestamp("2016-08-02")}
    found = compare(article, {**article, "text": HOSTILE + "two"})
    page = found._repr_html_()
    assert page == found.html
    page.encode()
    assert page.count("<script") == page.count("<img") == 0
    assert page.count("</style>") == 1
    assert not set("\u202e\x00\ud800") & set(page)
    assert "2016-08-02" in page
    body = page.split("</style>")[1].replace("&quot;", '"').replace("&#x27;", "'")
    assert sanitised(page) == '<div class="ct-diff">' + body
    assert own_styles(page)


def test_the_time_is_bounded():
    same = "dam " * 60_000
    started = time.process_time()
    assert compare({"text": same}, {"text": same + "broke"}).share_kept == 1.0
    compare({"text": "a b " * 30_000}, {"text": "b b a " * 20_000})
    backwards = [f"w{number}" for number in range(30_000)]
    moved = compare({"text": " ".join(backwards)}, {"text": " ".join(backwards[15_000:] + backwards[:15_000])})
    assert moved.share_kept == 0.5
    compare({"text": " ".join(backwards)}, {"text": " ".join(backwards[::-1])})
    assert time.process_time() - started < 20


def test_long_texts_are_cut_and_the_page_says_so(monkeypatch):
    monkeypatch.setattr("corpus_tools.articles.comparing.MOST_WORDS", 5)
    found = compare({"text": "a b c d e f g"}, {"text": "a b c"})
    assert found.passages["words"].tolist() == [3, 2]
    assert "Only the first 5 words are compared." in found.html
