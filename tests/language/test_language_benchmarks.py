import json

import pytest
from typer.testing import CliRunner

from benchmarks.__main__ import app
from benchmarks._registry import inputs, load_task, predictions, task_names


def test_tasks_are_found_by_module_name():
    assert "language" in task_names()
    assert load_task("language").name == "language"
    with pytest.raises(KeyError, match="no task 'nothing'"):
        load_task("nothing")


def test_predictions_see_only_the_inputs():
    seen = []
    gold = [{"id": "a", "text": "Oda left.", "tokens": [[0, 3, "PROPN", "NNP", "Oda"]], "quotes": []}]
    assert predictions(lambda documents: seen.extend(documents) or [{"x": 1}], gold) == [{"id": "a", "x": 1}]
    assert seen == [{"id": "a", "text": "Oda left."}] == [inputs(gold[0])]


def test_predict_writes_one_line_a_document(tmp_path):
    gold, out = tmp_path / "gold.jsonl", tmp_path / "pred.jsonl"
    gold.write_text('{"id": "a", "text": "Oda left."}\n{"id": "b", "text": ""}\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["predict", "language", str(gold), "--out", str(out)])
    assert result.exit_code == 0, result.output
    first, second = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert [token[:2] for token in first["tokens"]] == [[0, 3], [4, 8], [8, 9]]
    assert first["sentences"] == [[0, 9]]
    assert second == {"id": "b", "sentences": [], "tokens": [], "entities": []}
