"""The table as a whole: its form, options, bad input, and a real page."""

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import attribution, schema
from corpus_tools.attribution import finding
from corpus_tools.errors import InvalidQuery, MissingColumn, OtherLanguage
from tests.shared import REASON, SHARED

TEXT = (
    "Mayor Ilva Torrin said the town was broke.\n\n"
    "“We sold the ‘golden’ bus,” she told the Brandel Courier. “Nobody wanted it.”\n\n"
    "Residents fear a winter without heating. Two were hurt, according to the hospital."
)


_PIECES = [
    *"“”\"'‘’«»„‟:,.;—-() \né١\x00",
    "said ",
    "Ann ",
    "the ",
    "according to ",
    "that ",
    "who ",
    "was ",
    "a claim ",
    "ten ",
]


def _articles(*texts):
    return pd.DataFrame({"article_id": [f"a{number}" for number in range(len(texts))], "text": list(texts)})


def test_rows_have_the_documented_form():
    table = schema.validate(attribution.find(_articles(TEXT)), "attributions")
    assert table["cue"].tolist() == ["said", "told", "according to"]
    assert table["speaker"].tolist()[:2] == ["Ilva Torrin", "Ilva Torrin"]
    assert table["sentence"].iloc[2] == "Two were hurt, according to the hospital."


def test_every_span_is_in_the_text():
    row = attribution.find(_articles(TEXT)).iloc[1]
    assert [TEXT[a:b] for a, b in row["content_spans"]] == ["“We sold the ‘golden’ bus,”", "“Nobody wanted it.”"]
    assert TEXT[row["start"] : row["end"]].startswith("“We sold")
    assert row["relayed_by"] == "Brandel Courier"


def test_attitudes_are_left_out_unless_asked_for():
    assert "fear" not in attribution.find(_articles(TEXT))["cue"].tolist()
    kept = attribution.find(_articles(TEXT), attitudes=True, mode="recall")
    assert kept.loc[kept["cue"] == "fear", "cue_class"].tolist() == ["attitude"]


def test_modes_are_nested():
    sizes = [len(attribution.find(_articles(TEXT), mode=mode)) for mode in ("precise", "balanced", "recall")]
    assert sizes == sorted(sizes)


def test_unknown_options_are_named():
    with pytest.raises(InvalidQuery, match="balanced"):
        attribution.find(_articles(TEXT), mode="best")
    with pytest.raises(InvalidQuery, match="rules"):
        attribution.find(_articles(TEXT), model="large")
    with pytest.raises(MissingColumn, match="text"):
        attribution.find(pd.DataFrame({"article_id": []}))


@pytest.mark.filterwarnings("ignore::corpus_tools.errors.OtherLanguage")
@pytest.mark.parametrize(
    "text",
    ["", "   ", None, "“", '"' * 200, "'" * 200, "” “ ” «»", "\x00\x00", "....", "(((", "said", "said said said", ":"],
)
def test_bad_text_gives_a_table(text):
    schema.validate(attribution.find(_articles(text)), "attributions")


def test_no_articles():
    assert attribution.find(_articles()).empty


@pytest.mark.parametrize(
    "text",
    [
        "Der Minister sagte am Montag, dass die Brücke in Lenn geschlossen bleibe. „Wir haben kein Geld“, sagte er den "
        "Reportern. Die Opposition forderte eine neue Abstimmung im Rat der Stadt.",
        "Министр заявил в понедельник, что мост в Ленне останется закрытым. «Денег нет», — сказал он журналистам, а "
        "оппозиция потребовала нового голосования в городском совете на этой неделе.",
    ],
)
def test_another_language_gives_a_warning_and_low_confidence(text):
    with pytest.warns(OtherLanguage, match=r"1 article\(s\) do not read like English \(a0\)"):
        assert attribution.find(_articles(text)).empty
    with pytest.warns(OtherLanguage):
        every = attribution.find(_articles(text), mode="recall")
    assert (every["confidence"] <= 0.1).all()


def test_rules_serve_without_weights(monkeypatch):
    monkeypatch.setattr(finding, "trained", lambda: None)
    rules = attribution.find(_articles(TEXT), model="rules")
    pd.testing.assert_frame_equal(attribution.find(_articles(TEXT)), rules)


def test_weights_tell_speech_without_a_verb_of_saying_from_a_title():
    text = "“Nobody told us that the river would come so fast and so far,” in her words. "
    text += "Her novel “The Salt Road” sold well."
    table = attribution.find(_articles(text))
    assert table.loc[table["is_speech"], "content"].tolist() == [
        "“Nobody told us that the river would come so fast and so far,”"
    ]
    assert table.loc[~table["is_speech"], "content"].tolist() == ["“The Salt Road”"]


@pytest.mark.filterwarnings("ignore::corpus_tools.errors.OtherLanguage")
@pytest.mark.parametrize(
    "unit",
    ["word ", "“no ", '"no" ', "he said ", "according to the man ", "A, B, ", "the man who ", "a claim that ", "x: "],
)
def test_time_is_linear(unit):
    def seconds(size):
        text = unit * (size // len(unit))
        begin = time.perf_counter()
        attribution.find(_articles(text))
        return time.perf_counter() - begin

    seconds(2_000)
    small, large = seconds(2_000), seconds(12_000)
    assert large < 14 * small + 0.5


@pytest.mark.filterwarnings("ignore::corpus_tools.errors.OtherLanguage")
@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text(text):
    table = schema.validate(attribution.find(_articles(text), mode="recall", attitudes=True), "attributions")
    for row in table.to_dict("records"):
        assert 0 <= row["start"] < row["end"] <= len(text)
        for part in ("source_spans", "cue_spans", "content_spans"):
            assert all(row["start"] <= a < b <= row["end"] for a, b in row[part])
        assert row["content"].split() == " ".join(text[a:b] for a, b in row["content_spans"]).split()


@pytest.mark.filterwarnings("ignore::corpus_tools.errors.OtherLanguage")
@settings(max_examples=20, deadline=None)
@given(st.text(max_size=200))
def test_any_characters(text):
    schema.validate(attribution.find(_articles(text)), "attributions")


@pytest.mark.skipif(SHARED is None, reason=REASON)
def test_a_real_page():
    page = next((SHARED / "seed").glob("*.txt")).read_text(encoding="utf-8")
    body = page[page.index("A newly-released") : page.index("The original source of this")].strip()
    table = attribution.find(_articles(body))
    speech = table[table["is_speech"]]
    counts = speech["speaker"].value_counts()
    assert counts["Sergey Shoigu"] == 3
    assert counts["Zamir Kabulov"] == 3
    assert set(speech.loc[speech["speaker"] == "Sergey Shoigu", "cue_lemma"]) == {"estimate", "warn", "stress"}
    assert set(speech.loc[speech["speaker"] == "Zamir Kabulov", "cue_lemma"]) == {"say", "estimate", "state"}
    putin = speech[speech["speaker"] == "Vladimir Putin"]
    assert {"say", "stress"} <= set(putin["cue_lemma"])
    assert "the president" in set(putin["source"])
    reuters = speech[speech["source"] == "Reuters"].iloc[0]
    assert [hedge[2] for hedge in reuters["hedges"]] == ["could not be confirmed", "is thought to"]
    nested = speech[speech["cue"] == "is thought"].iloc[0]
    assert nested["relayed_by"] == "Reuters"
    claim = speech[speech["source"] == "Daesh"].iloc[0]
    assert claim["cue_lemma"] == "claim"
    assert not table.loc[table["content"].isin(['"target,"', '"ISIS"', '"ISIL"']), "is_speech"].any()
