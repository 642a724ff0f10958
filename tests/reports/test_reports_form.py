"""A form for people who write no code; nothing where nobody looks."""

from typing import Any

import pandas as pd
import pytest

from corpus_tools.reports import form
from corpus_tools.schema import ARTICLES

ROWS = [
    {
        "article_id": name,
        "outlet": outlet,
        "published": day,
        "text": "A ferry.",
        "source_path": "x",
        "source_sha256": "x",
    }
    for name, outlet, day in [
        ("a", "Harbour Post", "2031-03-01"),
        ("b", "Tamrin Voice", "2031-03-09"),
        ("c", None, None),
    ]
]


@pytest.fixture
def articles() -> pd.DataFrame:
    return ARTICLES.conform(ROWS)


def test_articles_are_chosen_and_the_steps_follow(articles: pd.DataFrame) -> None:
    made = form(articles, lambda chosen: chosen["article_id"].tolist(), " ".join)
    assert made.result() == "a b c"
    assert made.result(outlets=["Tamrin Voice"]) == "b"
    assert made.result(date_to="2031-03-05") == "a"


def test_terms_reach_a_step_that_takes_them(articles: pd.DataFrame) -> None:
    def count(chosen: pd.DataFrame, terms: list[str], *, by: str = "") -> tuple[int, list[str], str]:
        return len(chosen), terms, by

    assert form(articles, count, by="week").result(terms="ferry, quay ,") == (3, ["ferry", "quay"], "week")


def test_it_is_inert_where_nobody_looks(articles: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    made = form(articles, len)
    made._ipython_display_()
    assert made.widget is None
    assert repr(made) == ""


def test_the_form_follows_what_is_chosen(articles: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ipywidgets", reason="needs ipywidgets")
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda made, **_options: shown.append(made))
    widget = form(articles, len)._build()
    outlets, _dates, _terms, _said = widget.children
    assert outlets.options == ("Harbour Post", "Tamrin Voice")
    outlets.value = ("Harbour Post",)
    widget.children[1].children[0].value = "not a day"
    assert shown[:2] == [3, 1]
    assert "not a day" in str(shown[2])
