"""Short texts of our own, each with the rows that a careful reader expects, with and without the trained weights."""

import json
from pathlib import Path

import pandas as pd
import pytest

from corpus_tools import attribution, schema

CASES = [
    pytest.param(case, model, id=f"{path.stem}: {case['name']} ({model})")
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
    for model in ([case["model"]] if "model" in case else ["trained", "rules"])
]
FIELDS = ("kind", "speaker", "speaker_kind", "speaker_role", "anonymity", "cue_class", "negated", "relayed_by",
          "certainty", "hypothetical", "anonymity_reason")  # fmt: skip


def _found(text, model):
    return attribution.find(pd.DataFrame({"article_id": ["case"], "text": [text]}), mode="recall", model=model)


def _value(value):
    return None if pd.isna(value) else value


def _pieces(text, spans):
    return [" ".join(text[start:end].split()) for start, end in spans]


def test_there_are_many_cases():
    assert len({str(case.id).rpartition(" (")[0] for case in CASES}) >= 120


@pytest.mark.parametrize(("case", "model"), CASES)
def test_case(case, model):
    table = schema.validate(_found(case["text"], model), "attributions")
    speech = table[table["is_speech"]].to_dict("records")
    rows = {(_value(row["source"]), str(_value(row["cue"]) or "").lower()): row for row in speech}
    seen = sorted(
        (str(source), cue, str(_pieces(case["text"], row["content_spans"]))) for (source, cue), row in rows.items()
    )
    for expected in case["expected"]:
        key = expected["source"], expected["cue"].lower()
        matching = [row for (source, cue), row in rows.items() if source == key[0] and key[1] in cue]
        assert matching, f"no row for {key}; found {seen}"
        row = matching[0]
        assert _pieces(case["text"], row["content_spans"]) == [" ".join(piece.split()) for piece in expected["content"]]
        for field in FIELDS:
            if field in expected:
                assert _value(row[field]) == expected[field], field
        if "hedged" in expected:
            assert [hedge[2] for hedge in row["hedges"]] == expected["hedged"]
    if "no closing" not in case["name"]:
        assert len(speech) == len(case["expected"]), f"found {seen}"
    if "apart" in case:
        assert table.loc[~table["is_speech"], "content"].tolist() == case["apart"]
