import pickle
from itertools import zip_longest
from pathlib import Path
from weakref import WeakSet

import pandas as pd
import pytest

from corpus_tools.errors import MissingColumn
from corpus_tools.language import _batch, _stretches, annotate, annotate_all, tokens_table

TEXTS = ["Ann Oda left. The bridge isn't open.", "", "Nobody came."]


SAMPLE = Path(__file__).parents[2] / "data" / "sample"
ASKED = "sentences tokens sentence_lengths upos xpos lemmas names chunks verbs clauses acronyms"


def test_annotations_come_one_for_each_text_and_only_some_are_read_ahead():
    seen = []

    def texts():
        for number in range(1_000):
            seen.append(number)
            yield f"Ann Oda left {number} times."

    annotations = annotate_all(texts())
    assert next(annotations).text == "Ann Oda left 0 times."
    assert len(seen) < 100
    assert [annotation.text for annotation in annotations][-1] == "Ann Oda left 999 times."
    longer = annotate_all(["Ann Oda left. " * 10_000 for _ in range(3)])
    assert sum(map(len, next(longer)._batch.texts)) <= 200_000


def answers(annotation):
    return {name: getattr(annotation, name) for name in ASKED.split()}


def test_texts_together_are_annotated_as_each_by_itself():
    paths = sorted(SAMPLE.rglob("*.txt"))[:14]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    odd = [
        "",
        "x",
        " \n",
        "x。y。 z",
        "no stop here\n\nNor (WHO) here",
        "-----",
        "Oda\tspoke. its not so",
        "日本。\ud83d",
    ]
    mixed = [text for pair in zip_longest(texts, odd, fillvalue="") for text in pair]
    for together, text in zip(annotate_all(mixed), mixed, strict=True):
        assert answers(together) == answers(annotate(text))


def test_a_full_memory_is_replaced_without_a_change_of_what_is_said(monkeypatch):
    before, other = annotate("Ann Oda hasn't left Bonn."), annotate("Nobody came to the old bridge of Lenn.")
    expected = answers(annotate(before.text)), answers(annotate(other.text))
    assert len(before.tokens) == 7
    monkeypatch.setattr(_stretches, "_MOST", 3)
    filled = _stretches.memory()
    assert answers(other) == expected[1]
    assert _stretches.memory() is not filled
    assert answers(before) == expected[0]


def test_annotations_can_be_handed_to_other_processes():
    annotation = next(annotate_all(TEXTS))
    assert annotation.upos
    assert answers(pickle.loads(pickle.dumps(annotation))) == answers(annotation)


def test_the_table_says_what_the_annotations_say():
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "text": TEXTS})
    table = tokens_table(articles)
    assert list(table.columns) == ["article_id", "sentence", "start", "end", "text", "lemma", "upos", "xpos"]
    assert table["article_id"].tolist() == ["a"] * 10 + ["c"] * 3
    assert table["sentence"].tolist() == [0] * 4 + [1] * 6 + [0] * 3
    first = table[table["article_id"] == "a"]
    annotation = annotate(TEXTS[0])
    assert first["lemma"].tolist() == annotation.lemmas
    assert first["upos"].tolist() == annotation.upos
    assert [TEXTS[0][start:end] for start, end in zip(first["start"], first["end"], strict=True)] == list(first["text"])


def test_missing_texts_have_no_tokens():
    table = tokens_table(pd.DataFrame({"article_id": ["a"], "text": pd.Series([None], dtype="str")}))
    assert table.empty
    assert str(table["start"].dtype) == "int64"


def test_a_table_without_texts_is_refused():
    with pytest.raises(MissingColumn, match="text"):
        tokens_table(pd.DataFrame({"article_id": ["a"]}))


def test_only_the_current_texts_are_kept(monkeypatch):
    alive = WeakSet()

    class Watched(_batch.Batch):
        def __init__(self, texts):
            super().__init__(texts)
            alive.add(self)

    monkeypatch.setattr(_batch, "Batch", Watched)
    most = 0
    for annotation in annotate_all(f"Ann Oda left {number} times." for number in range(400)):
        assert annotation.tokens
        most = max(most, len(alive))
    assert 1 <= most <= 2
