import pandas as pd
import pytest

from corpus_tools.errors import MissingColumn
from corpus_tools.language import annotate, annotate_all, tokens_table

TEXTS = ["Ann Oda left. The bridge isn't open.", "", "Nobody came."]


def test_annotations_come_one_for_each_text_and_only_when_asked_for():
    seen = []

    def texts():
        for text in TEXTS:
            seen.append(text)
            yield text

    annotations = annotate_all(texts())
    assert next(annotations).text == TEXTS[0]
    assert seen == TEXTS[:1]
    assert [annotation.text for annotation in annotations] == TEXTS[1:]


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
