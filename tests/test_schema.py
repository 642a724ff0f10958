"""The tables hold rows to their form."""

import numpy as np
import pandas as pd
import pytest

from corpus_tools import schema
from corpus_tools.errors import InvalidTable, MissingColumn

ROW = {"article_id": "a", "start": 0, "end": 3, "kind": "direct", "content": "yes", "content_spans": [[0, 3]]}


@pytest.mark.parametrize("name", sorted(schema.TABLES))
def test_an_empty_table_has_its_form(name):
    table = schema.TABLES[name]
    assert list(table.empty().columns) == table.names
    assert schema.validate(table.empty(), name).empty


def test_conform_fills_missing_columns_and_keeps_others():
    frame = schema.ATTRIBUTIONS.conform([ROW | {"mine": 1, "source": ""}])
    assert schema.validate(frame, "attributions") is frame
    assert frame.source.isna().all()  # "" is not a text
    assert frame.cue_spans[0] == []
    assert frame.columns[-1] == "mine"


def test_conform_takes_what_parquet_gives_back(tmp_path):
    frame = schema.ATTRIBUTIONS.conform([ROW])
    frame.to_parquet(tmp_path / "x.parquet")
    again = schema.ATTRIBUTIONS.conform(pd.read_parquet(tmp_path / "x.parquet"))
    assert again.content_spans[0] == [[0, 3]]
    pd.testing.assert_frame_equal(again, frame)


def test_times_with_a_zone_become_utc():
    frame = schema.ARTICLES.conform(
        [{"article_id": "a", "published": pd.Timestamp("2021-03-01 23:30", tz="Etc/GMT+5")}]
    )
    assert frame.published[0] == pd.Timestamp("2021-03-02 04:30")


def test_a_text_where_a_list_is_due_becomes_a_list_of_one():
    assert schema.ARTICLES.conform([{"article_id": "a", "authors": "Ann Hale"}]).authors[0] == ["Ann Hale"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "loud"}, "holds 'loud' in row 0; allowed: direct, mixed, indirect"),
        ({"content": None}, "content of the attributions table may not be missing; row 0"),
        ({"start": None}, "start of the attributions table may not be missing"),
    ],
)
def test_a_wrong_value_is_named(change, message):
    with pytest.raises(InvalidTable, match=message):
        schema.validate(schema.ATTRIBUTIONS.conform([ROW | change]), "attributions")


def test_a_wrong_type_is_named():
    frame = schema.ATTRIBUTIONS.conform([ROW]).assign(start=np.array([0.5]))
    with pytest.raises(InvalidTable, match="start of the attributions table has type float64; it should be Int64"):
        schema.validate(frame, "attributions")


def test_missing_columns_are_named():
    with pytest.raises(MissingColumn, match="lacks content"):
        schema.validate(schema.ATTRIBUTIONS.conform([ROW]).drop(columns="content"), "attributions")
    with pytest.raises(MissingColumn, match="needs outlet; the table has text"):
        schema.require(pd.DataFrame({"text": ["x"]}), "text", "outlet")


def test_an_unknown_table_is_named():
    with pytest.raises(InvalidTable, match="There is no table 'quotes'"):
        schema.validate(pd.DataFrame(), "quotes")
